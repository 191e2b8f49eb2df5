"""Wording of the sheet repeated as it stands: a metric's own name holds no superlative, a cell's own text no loose numbers."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.fitting import unit_fit
from flows.check.forms.clauses import negated
from flows.check.forms.context import FormContext
from flows.check.owners import owners
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from flows.check.wording import HEAD, key_of, match
from schemas.quantity import Kind

_COPULA = frozenset(["is", "are", "was", "were", ":", "=", "being", "remains", "stands", "comes", "dates"])
_LATEST = frozenset(["latest", "newest", "last", "current", "recent"])
_RANKED = frozenset(
    ["ranks", "rank", "ranked", "comes", "finishes", "first", "second", "third", "fourth", "fifth", "sixth", "last"]
)
_RELEASE = frozenset(["release", "version", "update"])


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Covers metric names that an owner or a copula marks as such; claims for cells that are repeated verbatim."""
    items = scene.line.items
    wording = ctx.compiled.wording
    lows = [key_of(item.low) for item in items]
    latest = _LATEST if not _LATEST.isdisjoint(scene.line.lows) else frozenset()
    behind = 0
    for at in [at for at, low in enumerate(lows) if low[:HEAD] in wording.beginnings or low in latest]:
        if at < behind:
            continue
        named = match(lows, at, wording.titles)
        if named is not None:
            phrase, size = named
            yield from _named(scene, ctx, at, at + size, phrase.metrics, lows)
            behind = at + size
            continue
        if items[at].low in _LATEST and scene.line.low(at + 1) in _RELEASE and _owned(scene, at):
            # "Its latest release is ...": the name of a thing that each has, no rank among them.
            items[at].covered = True
        claim = _verbatim(scene, ctx, at, lows)
        if claim is not None:
            yield claim
            behind = claim.items[1]


def _owned(scene: Scene, at: int) -> bool:
    before = scene.line.low(at - 1)
    return (
        before in ("'s", "'", "its", "their", "whose", "most")
        or (scene.line.kind(at - 1) == "e" and scene.by_at.get(at - 1) is not None and scene.by_at[at - 1].possessive)
        or at == 0
    )


def _named(
    scene: Scene, ctx: FormContext, first: int, stop: int, metrics: tuple[int, ...], lows: list[str]
) -> Iterator[TypedClaim]:
    """ "X's highest resolution is 4K": the name is no claim; what follows the copula is the value of that metric."""
    items, line = scene.line.items, scene.line
    copula = line.low(stop) in _COPULA
    if (
        stop - first > 1
        and line.low(first - 1) in ("in", "by", "for", "on")
        and any(item.low in _RANKED for item in items[:first])
        and all(ctx.compiled.metrics[metric].numeric or ctx.compiled.metrics[metric].is_date for metric in metrics)
    ):
        # "ranks second in list price": the name of a measure is no capability.
        for item in items[first:stop]:
            item.covered = item.covered or (item.kind == "w" and item.graded is None)
    if not (copula or _owned(scene, first)):
        if stop - first > 1 and line.low(first - 1) in ("in", "by", "for", "on", "at"):
            # "trails X on top speed": the name of a measure puts nothing in order.
            for item in items[first:stop]:
                item.covered = item.covered or item.graded is not None
        return
    for position in range(first, stop):
        if items[position].kind == "n" or items[position].graded is not None:
            items[position].covered = True
    if not copula or stop + 1 >= len(items):
        return
    choices = tuple(MetricChoice(metric, 0.0, "its own name") for metric in metrics)
    value = stop + 1
    claim = _verbatim(scene, ctx, value, lows, choices)
    if claim is not None:
        for item in items[first:value]:
            item.covered = True
        yield claim
        return
    number = items[value]
    stated = number.stated
    if (
        number.kind != "n"
        or stated is None
        or number.covered
        or stated.quantity.kind in (Kind.DATE, Kind.VERSION)
        or stated.quantity.unit in ("ratio", "percent", "pp")
    ):
        return
    after = line.low(value + 1)
    if after not in ("", ".", ",", ";", "while", "and", "(") or not any(item.kind == "e" for item in items[:first]):
        return
    found, weak = owners(scene, value, ctx.compiled)
    held = tuple(choice for choice in choices if unit_fit(stated, ctx.compiled.metrics[choice.metric]) is not None)
    if not held or len(found[0].entities) != 1:
        return
    number.covered = True
    yield TypedClaim(
        Form.ABSOLUTE,
        number.start,
        number.end,
        subjects=found,
        metrics=held,
        stated=stated,
        lenient=weak,
        positive=not negated(items, stop),
        items=(value, value + 1),
    )


def _verbatim(
    scene: Scene, ctx: FormContext, at: int, lows: list[str], choices: tuple[MetricChoice, ...] = ()
) -> TypedClaim | None:
    """A cell's own text at item `at`, where its nearest owner has it; anything else is left to the other forms."""
    items = scene.line.items
    found = match(lows, at, ctx.compiled.wording.values)
    if found is None:
        return None
    phrase, size = found
    stop = at + size
    figures = any(item.kind == "n" for item in items[at:stop])
    if (size < 2 and not choices) or (
        not choices and (not figures or any(item.kind == "e" for item in items[at:stop]))
    ):
        return None
    if negated(items, at) and not choices:
        return None
    metrics = (
        tuple(choice for choice in choices if choice.metric in phrase.metrics)
        if choices
        else tuple(MetricChoice(metric, 0.0, "its own words") for metric in phrase.metrics)
    )
    subjects, weak = owners(scene, at, ctx.compiled)
    nearest: Choice | None = subjects[0] if subjects else None
    if nearest is None or not metrics:
        return None
    holds = all(
        any(phrase.key in key_of(cell.raw) for choice in metrics for cell in ctx.compiled.cell(entity, choice.metric))
        for entity in nearest.entities
    )
    if not holds:
        return None
    for item in items[at:stop]:
        item.covered = True
    return TypedClaim(
        Form.CAPABILITY,
        items[at].start,
        items[stop - 1].end,
        subjects=(nearest,),
        metrics=metrics,
        relation="verbatim",
        words=(phrase.key,),
        lenient=weak,
        items=(at, stop),
    )
