"""Editions: names that differ only by a year ("Civic (1976)", "Civic (1980)"), and the year in prose that picks one of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.check.items import Item

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_BEFORE_NAME = frozenset({"the", "a", "an", "than"})
_IN = frozenset({"in", "by"})


@dataclass(frozen=True, slots=True)
class Editions:
    """`by_year`: the entities whose names hold the year. `family`: the entities of the same name without its year."""

    by_year: dict[str, frozenset[int]] = field(default_factory=dict)
    family: dict[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Sequence[str]) -> Editions:
        by_year: dict[str, set[int]] = defaultdict(set)
        families: dict[str, set[int]] = defaultdict(set)
        for number, name in enumerate(names):
            years = _YEAR.findall(name)
            if len(years) == 1:
                by_year[years[0]].add(number)
                families[_YEAR.sub("", name).lower()].add(number)
        several = {year: frozenset(found) for year, found in by_year.items() if len(found) < len(names)}
        return cls(several, {number: frozenset(group) for group in families.values() for number in group})

    def narrow(self, items: list[Item], before: Sequence[int]) -> None:
        """Lets years narrow the names beside them, or stand for the edition of the name spoken of last.

        `before`: the entities mentioned in earlier sentences, the last one last.
        """
        if not self.by_year:
            return
        for at, item in enumerate(items):
            of_year = self.by_year.get(item.low) if item.kind in ("n", "w") else None
            if of_year is None:
                continue
            previous = items[at - 1] if at > 0 else None
            beside = next((items[k] for k in (at + 1, at - 1) if 0 <= k < len(items) and items[k].kind == "e"), None)
            if beside is not None and of_year & set(beside.entities):
                beside.entities = tuple(sorted(of_year & set(beside.entities)))
                item.covered = True
                _no_bound(items, at)
                continue
            if previous is None or previous.low not in _BEFORE_NAME | _IN:
                continue
            if previous.low in _IN and at == 1:
                # "In 1976, X and Y ...": the year holds for every name of the sentence.
                for other in items[at + 1 :]:
                    if other.kind == "e" and len(other.entities) > 1 and of_year & set(other.entities):
                        other.entities = tuple(sorted(of_year & set(other.entities)))
                        item.covered = True
                continue
            chosen = self._edition(items, at, of_year, before)
            if chosen is not None:
                item.kind, item.entities, item.stated = "e", (chosen,), None
                _no_bound(items, at)

    def _edition(self, items: list[Item], at: int, of_year: frozenset[int], before: Sequence[int]) -> int | None:
        """The one entity of that year in the family of the name nearest before the year."""
        named = [other.entities for other in items[:at] if other.kind == "e" and other.entities]
        for entities in (*reversed(named), *((entity,) for entity in reversed(before))):
            family = frozenset().union(*(self.family.get(entity, frozenset()) for entity in entities))
            if len(family) > 1 and len(family & of_year) == 1:
                return next(iter(family & of_year))
        return None


def _no_bound(items: list[Item], at: int) -> None:
    """ "faster than the 2020 Civic": before a name the words of a bound are a comparison again."""
    item = items[at]
    if item.hedge_from >= 0:
        for other in items[item.hedge_from : at]:
            other.covered = False
    item.hedge_from = item.hedge_to = -1


__all__ = ["Editions"]
