"""Editions: names that differ only by a number ("Civic (1976)", "Civic (1980)", "jemalloc 3.6.0"), and the number in prose that picks one of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.check.items import Item

_NUMBER = re.compile(r"(?<![\w.])v?(\d+(?:\.(?:\d+|x))*)(?![\w.]*\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_EDITION = re.compile(r"[-−]?v?(\d+(?:\.(?:\d+|x))*)")
_BEFORE_NAME = frozenset({"the", "a", "an", "than"})
_IN = frozenset({"in", "by"})
#: Nouns that say that a number is an edition.
_NOUNS = frozenset({"version", "release", "level", "edition", "v"})
#: Words before which, and after which, a number of an edition may stand without a noun.
_LINKS = frozenset({"in", "from", "to", "with", "of", "than", "and", "over", "the", "at", "by", "beats"})
_CLOSING = frozenset(["in", "to", "and", "or", "is", "was", "has", "had", "but", "than", "on", "at", "needs", "takes", "uses"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Editions:
    """`by_number`: the entities whose names hold the number. `family`: the entities of the same name without its numbers."""

    by_number: dict[str, frozenset[int]] = field(default_factory=dict)
    family: dict[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Sequence[str]) -> Editions:
        by_number: dict[str, set[int]] = defaultdict(set)
        families: dict[str, set[int]] = defaultdict(set)
        for number, name in enumerate(names):
            found = _NUMBER.findall(name)
            if found:
                families[" ".join(re.findall(r"\w+", _NUMBER.sub("", name).lower()))].add(number)
            for each in found:
                by_number[each].add(number)
        grouped = {number: frozenset(group) for group in families.values() if len(group) > 1 for number in group}
        several = {
            number: kept
            for number, owners in by_number.items()
            if len(owners) < len(names) and (kept := frozenset(owners & grouped.keys()))
        }
        return cls(several, grouped)

    def narrow(self, items: list[Item], before: Sequence[int]) -> None:
        """Lets numbers narrow the names beside them, or stand for the edition of the name spoken of last.

        `before`: the entities mentioned in earlier sentences, the last one last.
        """
        if not self.by_number:
            return
        for at, item in enumerate(items):
            match = _EDITION.fullmatch(item.low) if item.kind in ("n", "w") and item.unit in (None, "1") else None
            of_number = self.by_number.get(match.group(1)) if match is not None else None
            if of_number is None or match is None:
                continue
            if _YEAR.fullmatch(match.group(1)):
                self._year(items, at, of_number, before)
            elif _stands_alone(items, at, match.group(1)):
                chosen = self._edition(items, at, of_number, before)
                if chosen is not None:
                    _name(items, at, chosen)

    def _year(self, items: list[Item], at: int, of_year: frozenset[int], before: Sequence[int]) -> None:
        item, previous = items[at], items[at - 1] if at > 0 else None
        beside = next((items[k] for k in (at + 1, at - 1) if 0 <= k < len(items) and items[k].kind == "e"), None)
        if beside is not None and of_year & set(beside.entities):
            beside.entities = tuple(sorted(of_year & set(beside.entities)))
            item.covered = True
            _no_bound(items, at)
            return
        if previous is None or previous.low not in _BEFORE_NAME | _IN:
            return
        if previous.low in _IN and at == 1:
            # "In 1976, X and Y ...": the year holds for every name of the sentence.
            for other in items[at + 1 :]:
                if other.kind == "e" and len(other.entities) > 1 and of_year & set(other.entities):
                    other.entities = tuple(sorted(of_year & set(other.entities)))
                    item.covered = True
            return
        chosen = self._edition(items, at, of_year, before)
        if chosen is None:
            return
        if previous.low in _IN and at + 1 < len(items) and items[at + 1].low == "it":
            # "by 1980 it returned 32 mpg": the one of that year.
            _name(items, at + 1, chosen)
            item.covered = True
        else:
            _name(items, at, chosen)

    def _edition(self, items: list[Item], at: int, of_number: frozenset[int], before: Sequence[int]) -> int | None:
        """The one entity of that number in the family of the name nearest before it."""
        named = [other.entities for other in items[:at] if other.kind == "e" and other.entities]
        for entities in (*reversed(named), *((entity,) for entity in reversed(before))):
            family = frozenset().union(*(self.family.get(entity, frozenset()) for entity in entities))
            if len(family) > 1 and len(family & of_number) == 1:
                return next(iter(family & of_number))
        return None


def _stands_alone(items: list[Item], at: int, number: str) -> bool:
    """Whether a number may be the name of an edition: "version 3", "than 3.6.0", "in 2.3, then"; never "2.3 times"."""
    if number.count(".") > 1:
        return True
    previous = items[at - 1].low if at > 0 else ""
    if previous in _NOUNS:
        return True
    following = items[at + 1] if at + 1 < len(items) else None
    closed = following is None or following.kind == "p" or following.low in _CLOSING
    if items[at].low[0] in "-−":
        return previous in _LINKS
    return closed and previous in (_LINKS if "." in number else {"the"})


def _name(items: list[Item], at: int, chosen: int) -> None:
    item = items[at]
    item.kind, item.entities, item.stated, item.part = "e", (chosen,), None, True
    _no_bound(items, at)


def _no_bound(items: list[Item], at: int) -> None:
    """ "faster than the 2020 Civic": before a name the words of a bound are a comparison again."""
    item = items[at]
    if item.hedge_from >= 0:
        for other in items[item.hedge_from : at]:
            other.covered = False
    item.hedge_from = item.hedge_to = -1


__all__ = ["Editions"]
