"""Feats of a box score: "a double-double", "his triple-double": ten or more in as many of the five counts that make one."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from flows.check.discourse import Scene
from flows.check.forms.clauses import negated
from flows.check.forms.context import FormContext
from flows.check.forms.sides import subjects_for
from flows.check.items import cover
from flows.check.sheet import Compiled
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

_TIMES = {"double": 2, "triple": 3, "quadruple": 4}
_DOUBLE = frozenset(["double", "doubles"])
_COUNTS = frozenset(["points", "pts", "rebounds", "reb", "assists", "ast", "steals", "stl", "blocks", "blk"])
_TEN = Decimal(10)
WORDS = frozenset(_TIMES)


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """A claim with its label for each feat that is said of one player; a sheet without such counts has none."""
    items, line = scene.line.items, scene.line
    for at in range(len(items) - 2):
        if items[at].low not in _TIMES or line.low(at + 1) != "-" or line.low(at + 2) not in _DOUBLE:
            continue
        counts = _counts(ctx.compiled)
        subjects, _ = subjects_for(scene, at, ctx)
        members = ctx.compiled.part_of
        who = next((c.entities for c in subjects if not members or members.keys() >= set(c.entities)), ())
        if len(counts) < _TIMES[items[at].low] or not who:
            continue
        cover(items, at, at + 2)
        facts: list[str] = []
        shown: list[str] = []
        for entity in who:
            tens = _tens(entity, counts, ctx.compiled)
            facts.extend(fact for fact, _ in tens)
            shown.append(f"{ctx.compiled.entity_names[entity]}: {', '.join(text for _, text in tens) or 'none'}")
        needed = _TIMES[items[at].low]
        done = {
            entity for entity in range(ctx.compiled.entity_count) if len(_tens(entity, counts, ctx.compiled)) >= needed
        }
        alone = line.low(at - 1) in ("only", "lone", "sole")
        holds = set(who) <= done and not (alone and done & set(ctx.compiled.peers(who[0])) - set(who))
        positive = not negated(items, at)
        yield TypedClaim(
            Form.COUNT,
            items[at].start,
            items[at + 2].end,
            fixed=Label.SUPPORTED if holds is positive else Label.CONTRADICTED,
            facts=tuple(dict.fromkeys(facts)),
            shown=f"ten or more of {'; '.join(shown)}",
            items=(at, at + 3),
        )


def _counts(compiled: Compiled) -> tuple[int, ...]:
    """The metrics that a double-double is made of, by their names."""
    return tuple(
        card.number
        for card in compiled.metrics
        if card.numeric
        and card.unit in (None, "1")
        and not _COUNTS.isdisjoint(
            name.lower().removeprefix("total ") for name in (card.metric.name, *card.metric.aliases)
        )
    )


def _tens(entity: int, counts: tuple[int, ...], compiled: Compiled) -> list[tuple[str, str]]:
    found = []
    for metric in counts:
        for cell in compiled.cell(entity, metric)[:1]:
            if cell.low is not None and cell.low >= _TEN:
                found.append((cell.fact, f"{compiled.metrics[metric].metric.name} {cell.raw}"))
    return found


__all__ = ["WORDS", "read"]
