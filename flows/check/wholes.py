"""Wholes: entities of a sheet that others are part of, such as a team among its players; the two are never ranked together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from schemas.checking import CheckCase


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


def _ends(name: str) -> tuple[str, ...]:
    """What a name may be shortened to from either end: "Harbor City Gulls" is Harbor, Harbor City, City Gulls and Gulls."""
    words = name.split()
    return tuple(" ".join(part) for size in range(1, len(words)) for part in (words[:size], words[size:]))


__all__ = ["part_of"]
