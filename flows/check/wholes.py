"""Wholes: entities of a sheet that others are part of, such as a team among its players; the two are never ranked together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from schemas.checking import CheckCase

if TYPE_CHECKING:
    from flows.check.sheet import Cell, MetricCard


def part_of(case: CheckCase) -> Mapping[int, int]:
    """Member -> whole, by number. A metric says so where each of its values names one entity that has no such value itself:
    "Team: Ironport" of every player, and the Ironport Anchors, who are in no team."""
    numbers = {entity.id: number for number, entity in enumerate(case.entities)}
    values: dict[str, dict[int, str]] = defaultdict(dict)
    for fact in case.facts:
        if fact.entity in numbers and fact.value and fact.value.strip(" -–—?"):
            values[fact.metric][numbers[fact.entity]] = fact.value.strip().lower()
    if len(values) < 2:
        return {}
    names = [tuple(name.lower() for name in (entity.name, *entity.aliases)) for entity in case.entities]
    for held in values.values():
        if len(set(held.values())) * 2 > len(held) or len(held) == len(names):
            # A value for each, or for everybody: nothing that several have in common and a whole has not.
            continue
        wholes: dict[str, int] = {}
        for value in set(held.values()):
            named = [
                number
                for number, called in enumerate(names)
                if number not in held and any(value in (name, *_ends(name)) for name in called)
            ]
            if len(named) != 1:
                break
            wholes[value] = named[0]
        else:
            return {member: wholes[value] for member, value in held.items()}
    return {}


def total_of(
    metrics: Sequence[MetricCard], cells: Mapping[tuple[int, int], tuple[Cell, ...]], count: int
) -> Mapping[int, int]:
    """Member -> the row of totals, where one row holds the sum of all others in three columns or more."""
    if count < _LEAST_ROWS:
        return {}
    sums: Counter[int] = Counter()
    for card in metrics:
        if not card.numeric or card.is_date or card.hidden or card.unit in ("percent", "ratio", "K"):
            continue
        rows = [cells.get((entity, card.number), ()) for entity in range(count)]
        if not all(len(own) == 1 and own[0].low is not None and own[0].low == own[0].high for own in rows):
            continue
        values = [own[0].low or Decimal(0) for own in rows]
        whole = max(range(count), key=values.__getitem__)
        if values[whole] and 2 * values[whole] == sum(values):
            sums[whole] += 1
    found = sums.most_common(1)
    if len(sums) != 1 or found[0][1] < _LEAST_COLUMNS:
        return {}
    return {entity: found[0][0] for entity in range(count) if entity != found[0][0]}


#: From how many rows and columns on a sum is no chance.
_LEAST_ROWS, _LEAST_COLUMNS = 4, 3


def _ends(name: str) -> tuple[str, ...]:
    """What a name may be shortened to from either end: "Harbor City Gulls" is Harbor, Harbor City, City Gulls and Gulls."""
    words = name.split()
    return tuple(" ".join(part) for size in range(1, len(words)) for part in (words[:size], words[size:]))


__all__ = ["part_of", "total_of"]
