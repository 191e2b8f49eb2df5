"""Kin: names that share a part, and the part in prose that picks one of them: "12 s in fp16", "its fp16 run", "piper with rvc"."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flows.check.items import Item

_BESIDE = frozenset(["with", "the", "(", "'s", "using", "in", "on", "-", "via", "a", "+"])
_INSIDE = frozenset(["with", "using", "(", "in", "via", "'s", "+", "on"])
_UNDER = frozenset(["in", "with", "on", "using", "under", "via", "at"])
_AGAINST = frozenset(["than", "to", "from", "against", "versus", "vs", "and", "or", "while", "but"])
_WHOSE = frozenset(["its", "'s", "whose"])
#: How many of the entities mentioned before may be the ones whose part is meant.
_REACH = 3


@dataclass(frozen=True, slots=True)
class Kin:
    """`of`: for each entity, those whose names begin with the same word."""

    names: tuple[str, ...]
    of: tuple[frozenset[int], ...]

    @classmethod
    def among(cls, names: Sequence[str]) -> Kin:
        groups: dict[str, set[int]] = defaultdict(set)
        heads = [next((word for word in name.lower().split() if word != "the"), "") for name in names]
        for number, head in enumerate(heads):
            groups[head].add(number)
        return cls(tuple(name.lower() for name in names), tuple(frozenset(groups[head]) for head in heads))

    def narrow(self, items: list[Item], before: Sequence[int]) -> None:
        """Lets the names of a sentence narrow one another, in place. `before`: who was spoken of, the last one last."""
        named = [at for at, item in enumerate(items) if item.kind == "e"]
        for first, second in itertools.pairwise(named):
            self._beside(items, first, second)
        for at in named:
            self._under(items, at, before)
        for at in named:
            self._whole(items, at, named)

    def _beside(self, items: list[Item], first: int, second: int) -> None:
        """ "selectolax with the Lexbor backend": a shared part beside a narrower name means the narrower."""
        a, b = items[first], items[second]
        between = [items[k].low for k in range(first + 1, second)]
        if second - first > 4 or not all(word in _BESIDE for word in between):
            return
        if not between and a.entities != b.entities and len(a.entities) == 1 == len(b.entities):
            # "the sugared zap": of two names side by side the one whose full name holds the other is meant.
            if b.low in self.names[a.entities[0]]:
                b.entities = a.entities
            elif a.low in self.names[b.entities[0]]:
                a.entities = b.entities
            return
        if a.entities != b.entities and b.part and between and between[0] in _INSIDE:
            # "msgspec with Structs": the narrower name contains the wider one.
            holding = tuple(entity for entity in b.entities if a.low in self.names[entity])
            if len(holding) == 1:
                a.entities = b.entities = holding
                return
        if len(a.entities) > 1 and set(b.entities) < set(a.entities):
            a.entities = b.entities
        elif len(b.entities) > 1 and set(a.entities) < set(b.entities) and "(" in between:
            b.entities = a.entities

    def _under(self, items: list[Item], at: int, before: Sequence[int]) -> None:
        """ "12 s in fp16", "its fp16 run": of those that share the part, the one akin to whom the text speaks of."""
        item = items[at]
        previous = items[at - 1].low if at > 0 else ""
        if previous == "the" and at > 1:
            previous = items[at - 2].low
        if not item.part or len(item.entities) < 2 or previous not in _UNDER | _WHOSE:
            return
        earlier = [other.entities for other in items[:at] if other.kind == "e" and other.entities != item.entities]
        for entities in (*reversed(earlier), *((entity,) for entity in reversed(before[-_REACH:]))):
            akin = frozenset(entities) if len(entities) > 1 else self.of[entities[0]]
            met = tuple(entity for entity in item.entities if entity in akin)
            if len(met) == 1:
                item.entities = met
                return

    def _whole(self, items: list[Item], at: int, named: list[int]) -> None:
        """ "The n1-standard-4 costs $0.41 in asia-east1": the one place that is named says which of the group."""
        item = items[at]
        if not item.part or len(item.entities) < 2:
            return
        places = [
            k
            for k in named
            if k > at
            and items[k - 1].low in _UNDER
            and items[k].part
            and set(items[k].entities) < set(item.entities)
            and (k < 2 or items[k - 2].low not in _AGAINST)
        ]
        if len(places) == 1 and not any(at < k < places[0] for k in named):
            item.entities = items[places[0]].entities


__all__ = ["Kin"]
