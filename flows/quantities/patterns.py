"""Regular expressions that are compiled when they are first used: sixty of them would make every start slow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    lazy = re.compile
else:

    class lazy:  # stands in for the function re.compile
        """A pattern with the methods of `re.Pattern`, compiled at the first use of one of them."""

        def __init__(self, source: str, flags: int = 0) -> None:
            self._source = source
            self._flags = flags

        def __getattr__(self, name: str) -> object:
            compiled = re.compile(self._source, self._flags)
            for method in ("match", "search", "fullmatch", "finditer", "findall", "split", "sub"):
                setattr(self, method, getattr(compiled, method))
            # From now on the bound methods are looked up plainly: a class with `__getattr__` looks up everything slowly.
            self.__class__ = _Compiled
            return getattr(compiled, name)

    class _Compiled:
        """What a lazy pattern turns into."""
