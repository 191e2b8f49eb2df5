"""Things described instead of named: "the cheapest has ...", "the heavier of the two flies longer"."""

from __future__ import annotations

import math
from decimal import Decimal

from flows.check.items import Line
from flows.check.sheet import Compiled, MetricCard

_OPENING = frozenset(["", ",", ";", ".", ":", "and", "but", "while", "whereas", "(", "—", "–", "only"])
_AFTER = frozenset(["also", "even", "still", "alone", "only", "here", "listed", "actually", "then"])
_COPULA = frozenset(["is", "are", "was", "were", "remains", "goes"])
#: Words that end a description: what follows them says which part of the thing is meant.
_RELATIVE = frozenset(["that", "which", "with", "to", "for", "in", "at", "on", "under", "below", "over"])


def described(line: Line, at: int, compiled: Compiled, verbs: frozenset[str]) -> tuple[int, ...]:
    """The entity that a graded word at item `at`, after "the", describes as the subject of a clause; () where none is clear.

    One metric of the word's kind decides, or several that agree; a tie describes nobody.
    """
    items = line.items
    graded = items[at].graded
    if graded is None or line.low(at - 1) != "the" or line.low(at - 2) not in _OPENING:
        return ()
    pair = compiled.entity_count == 2
    if graded.degree == "comparative" and not (pair and line.low(at + 1) in ("of", "one")):
        return ()
    if graded.degree not in ("superlative", "comparative"):
        return ()
    verb = _verb(line, at + 1, compiled, verbs)
    if verb is None:
        return ()
    if line.low(verb) in _COPULA and any(line.kind(k) == "e" for k in range(verb + 1, verb + 4)):
        # "The cheapest is X" names the thing: a claim of its own.
        return ()
    classes = graded.meaning.classes - {"any"}
    cards = [card for card in compiled.metrics if classes & card.classes and (card.numeric or card.is_date)]
    cards = [card for card in cards if graded.meaning.main in card.classes] or cards
    found = {_first(card, graded.meaning.sign, compiled) for card in _spoken_of(line, cards)}
    entity = found.pop() if len(found) == 1 else None
    return () if entity is None else (entity,)


def _spoken_of(line: Line, cards: list[MetricCard]) -> list[MetricCard]:
    """Those of the metrics whose names the sentence says most of: "on the small set, the fastest parser needs ..."."""
    if len(cards) < 2:
        return cards
    words = {item.concept for item in line.items if item.kind == "w" and item.graded is None}
    told = [math.fsum(weight for concept, weight in card.weights.items() if concept in words) for card in cards]
    return [card for card, much in zip(cards, told, strict=True) if much == max(told)]


def _verb(line: Line, start: int, compiled: Compiled, verbs: frozenset[str]) -> int | None:
    """The verb of the description: directly after it, or after one noun, "one", or "of the four"."""
    items = line.items
    position = start
    if line.low(position) == "of":
        position += 1
        while position < len(items) and position < start + 4 and line.low(position) not in verbs:
            if items[position].kind == "p" or line.low(position) in _RELATIVE:
                return None
            position += 1
    elif (
        position < len(items)
        and line.low(position) not in verbs
        and items[position].kind == "w"
        and items[position].graded is None
        and line.low(position) not in _RELATIVE
        and items[position].concept not in compiled.by_concept
        and line.low(position) not in _AFTER
    ):
        position += 1
    while line.low(position) in _AFTER:
        position += 1
    if position >= len(items) or items[position].kind != "w":
        return None
    return position if line.low(position) in verbs or line.low(position) in _COPULA else None


def _first(card: MetricCard, sign: str, compiled: Compiled) -> int | None:
    """The one entity that lies furthest on the stated side of a metric."""
    side = {"up": 1, "down": -1, "better": card.sign, "worse": -card.sign}[sign]
    if "age" in card.classes:
        side = -side
    values: list[tuple[Decimal, int]] = []
    for entity in range(compiled.entity_count):
        for cell in compiled.cell(entity, card.number)[:1]:
            if cell.low is not None and cell.high is not None and not cell.disputed:
                values.append(((cell.high if side > 0 else cell.low) * side, entity))
    values.sort(reverse=True)
    if not side or len(values) < 2 or values[0][0] == values[1][0]:
        return None
    return values[0][1]
