"""Which of several wordings a page uses: fixed by its seed, different from page to page, rarely the same twice on one."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence


class Choice:
    """Picks among wordings. The same seed and the same calls give the same picks, on every machine."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._used: Counter[tuple[str, int]] = Counter()

    def pick(self, family: str, options: Sequence[str | None]) -> str:
        """One of the options that are not None: the least used of its family so far, then by the seed's own order.

        An option is known by its place, so a family must list its options in one order. Raises ValueError when none
        is left.
        """
        usable = [number for number, option in enumerate(options) if option is not None]
        if not usable:
            raise ValueError(f"no wording of {family!r} fits")
        number = min(usable, key=lambda n: (self._used[family, n], self._rank(family, n)))
        self._used[family, number] += 1
        chosen = options[number]
        assert chosen is not None  # noqa: S101 - narrowed by `usable`
        return chosen

    def _rank(self, family: str, number: int) -> str:
        return hashlib.sha256(f"{self._seed}\0{family}\0{number}".encode()).hexdigest()
