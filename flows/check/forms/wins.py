"""Wins: "wins two of the three tests", "won 3 of 5": in how many metrics something is best, recounted."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.forms.context import FormContext
from flows.check.items import Item, cover
from flows.check.ranking import rank
from flows.check.scene import Scene
from flows.check.sheet import Compiled
from flows.check.stated import Hedge
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

WORDS = frozenset(["win", "wins", "won"])


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """One claim for each "wins N of M" whose M is the number of metrics with a better side; of other wholes nothing is read."""
    items, line = scene.line.items, scene.line
    for at, item in enumerate(items):
        if item.low not in WORDS or item.covered or at + 3 >= len(items):
            continue
        said = 0 if line.low(at + 1) == "none" else _whole(items[at + 1])
        of = at + 3 if (line.low(at + 2), line.low(at + 3)) == ("out", "of") else at + 2
        total = of + (2 if line.low(of + 1) == "the" else 1)
        if said is None or line.low(of) != "of" or total >= len(items):
            continue
        subject = scene.subject_before(at)
        if subject is None or len(subject.entities) != 1:
            continue
        outcomes = _outcomes(subject.entities, ctx.compiled)
        if len(outcomes) != _whole(items[total]):
            continue
        alone = sum(first for first, _, _ in outcomes)
        level = sum(first or tied for first, tied, _ in outcomes)
        cover(items, at, total)
        yield TypedClaim(
            Form.COUNT,
            item.start,
            items[total].end,
            fixed=Label.SUPPORTED if said in (alone, level) else Label.CONTRADICTED,
            facts=tuple(dict.fromkeys(fact for _, _, facts in outcomes for fact in facts)),
            shown=f"first in {alone} of {len(outcomes)}, the text says {said}",
            items=(at, total + 1),
        )


def _whole(item: Item) -> int | None:
    """A plain count, or None."""
    stated = item.stated
    if stated is None or stated.hedge is not Hedge.PLAIN or stated.quantity.unit not in (None, "1"):
        return None
    return int(stated.low) if stated.low == stated.low.to_integral_value() else None


def _outcomes(entities: tuple[int, ...], compiled: Compiled) -> list[tuple[bool, bool, tuple[str, ...]]]:
    """For each metric with a better side that they have: whether they are first alone, first with others, and the facts."""
    found: list[tuple[bool, bool, tuple[str, ...]]] = []
    for card in compiled.metrics:
        if not card.numeric or not card.sign or not compiled.cell(entities[0], card.number):
            continue
        alone = rank(entities, card, "better", 1, compiled, among=None, positive=True, shared=False)
        level = rank(entities, card, "better", 1, compiled, among=None, positive=True, shared=True)
        found.append((alone.label is Label.SUPPORTED, level.label is Label.SUPPORTED, alone.evidence))
    return found
