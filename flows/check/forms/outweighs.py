"""One against all the others added up: "84,800 stars, more than all others combined", "more memory than the other three together"."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from flows.check.amounts import in_unit, plain
from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.items import cover
from flows.check.typed import Form, TypedClaim
from flows.check.words import SIZE_WORDS
from schemas.checking import Label

WORDS = frozenset(["combined", "together"])
_BETWEEN = frozenset("all the of other others rest put taken added up them its rivals competitors".split())
_MORE, _LESS = frozenset(["more", "larger", "bigger", "heavier"]), frozenset(["less", "fewer"])
_REACH = 8


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """A claim for each such phrase whose measure the sentence has named or has just given a figure of."""
    items, line = scene.line.items, scene.line
    for cue in range(2, len(items)):
        if line.low(cue) not in WORDS:
            continue
        than = next((k for k in range(cue - 1, max(0, cue - _REACH), -1) if line.low(k) == "than"), None)
        if than is None or not _all_others(scene, than + 1, cue):
            continue
        first = next((k for k in range(than - 1, max(-1, than - 3), -1) if line.low(k) in _MORE | _LESS), None)
        subject = scene.subject_before(first) if first is not None else None
        whom = subject.entities if subject is not None else scene.topic or scene.carried
        metric = _metric(scene, first, than, ctx) if first is not None else None
        if first is None or metric is None or len(whom) != 1:
            continue
        cover(items, first, cue)
        size = next((SIZE_WORDS[line.low(k)] for k in range(than, cue) if line.low(k) in SIZE_WORDS), None)
        label, shown, facts = _summed(whom[0], metric, line.low(first) in _MORE, size, ctx)
        yield TypedClaim(
            Form.COMPARISON,
            items[first].start,
            items[cue].end,
            fixed=label,
            facts=facts,
            shown=shown,
            reason="" if label is Label.SUPPORTED else "not all of them have a figure" if not shown else "",
            items=(first, cue + 1),
        )


def _all_others(scene: Scene, first: int, cue: int) -> bool:
    """Whether only words for the whole rest stand between."""
    between = scene.line.items[first:cue]
    return any(item.low in ("others", "other", "rest") for item in between) and all(
        item.low in _BETWEEN or item.kind == "n" or item.low in SIZE_WORDS for item in between
    )


def _metric(scene: Scene, first: int, than: int, ctx: FormContext) -> int | None:
    """The measure named between "more" and "than", else that of the figure before."""
    for item in scene.line.items[first + 1 : than]:
        named = [n for n in ctx.compiled.by_concept.get(item.concept, ()) if ctx.compiled.metrics[n].numeric]
        return named[0] if len(named) == 1 else None
    before = [link for link in scene.linked if link[0] < first]
    return max(before)[1] if before else None


def _summed(
    entity: int, metric: int, more: bool, size: int | None, ctx: FormContext
) -> tuple[Label, str, tuple[str, ...]]:
    """`size`: how many others the text speaks of; who has no figure takes no part."""
    compiled = ctx.compiled
    cells = {other: found for other in compiled.peers(entity) if (found := compiled.cell(other, metric)[:1])}
    if entity not in cells or len(cells) < 2 or size not in (None, len(cells) - 1):
        return Label.UNVERIFIABLE, "", ()
    if any(found[0].low is None or found[0].disputed for found in cells.values()):
        return Label.UNVERIFIABLE, "", ()
    own = cells[entity][0]
    rest = sum(
        (
            in_unit(found[0].low or Decimal(0), found[0].unit, own.unit)
            for other, found in cells.items()
            if other != entity
        ),
        Decimal(0),
    )
    held = (own.low or Decimal(0)) > rest if more else (own.low or Decimal(0)) < rest
    written = own.quantity.written_low
    scale = written / own.low if written and own.low else Decimal(1)
    shown = f"{own.raw}, all others together {plain(rest * scale)}"
    facts = tuple(found[0].fact for found in cells.values())
    return Label.SUPPORTED if held else Label.CONTRADICTED, shown, facts


__all__ = ["WORDS", "read"]
