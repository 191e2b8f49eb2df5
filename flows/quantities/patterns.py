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
            # The bound methods shadow this lookup from now on.
            self.match, self.search, self.fullmatch, self.finditer = (
                compiled.match,
                compiled.search,
                compiled.fullmatch,
                compiled.finditer,
            )
            return getattr(compiled, name)
