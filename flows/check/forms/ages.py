"""Lengths of time between dates: "about five years old", "four years older", "a month earlier", "turns ten this year"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from flows.check.dating import of_cell
from flows.check.discourse import Scene
from flows.check.forms.clauses import negated
from flows.check.forms.context import FormContext
from flows.check.forms.dates import date_claim, date_metrics, is_year, question_subject, relative_claim, two_years
from flows.check.forms.lengths import EARLIER, LATER, continued, role_of
from flows.check.forms.sides import comparands_for, subjects_for
from flows.check.hedges import as_number
from flows.check.items import cover, hedge_first, hedge_last
from flows.check.lexicon.model import Sign
from flows.check.owners import owners
from flows.check.period import Period
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.checking import Label
from schemas.quantity import Kind, Quantity

_WORDS = {
    "year": ("year", 1),
    "month": ("month", 1),
    "week": ("s", 7 * 86400),
    "day": ("s", 86400),
    "decade": ("year", 10),
    "fortnight": ("s", 14 * 86400),
}
#: What this form reads beside figures.
WORDS = frozenset(_WORDS)


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Claims about dates, where a metric of the facts holds dates; nothing else is touched."""
    if not ctx.compiled.has_dates:
        return
    items, line = scene.line.items, scene.line
    places = line.numbers
    if not WORDS.isdisjoint(line.lows):
        places = [at for at, item in enumerate(items) if item.stated is not None or item.low in _WORDS]
    for at in places:
        item = items[at]
        if item.covered or (item.stated is None and item.low not in _WORDS):
            continue
        yield from two_years(scene, at, ctx)
        claim = _read_at(scene, at, ctx)
        if claim is not None:
            yield claim


def _read_at(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    item = items[at]
    if item.covered:
        return None
    if item.kind == "w":
        if (item.low in ("year", "month", "week") and scene.line.low(at - 1) in ("this", "last")) or (
            item.low in ("year", "month") and scene.line.low(at - 1) == "same"
        ):
            return relative_claim(scene, at, ctx)
        if item.low in _WORDS and scene.line.low(at - 1) in ("a", "an", "one", "another"):
            return _worded(scene, at, ctx)
        return None
    stated = item.stated
    if item.kind != "n" or stated is None:
        return None
    if stated.quantity.kind is Kind.DATE or is_year(stated, item):
        return date_claim(scene, at, ctx, stated)
    if stated.quantity.unit in (None, "1"):
        return _turns(scene, at, ctx, stated)
    return _length(scene, at, ctx) if _counts_time(stated) else None


def _counts_time(stated: Stated) -> bool:
    unit, raw = stated.quantity.unit, stated.quantity.raw.lower()
    return unit in ("year", "month") or (unit == "s" and any(word in raw for word in ("day", "week", "fortnight")))


def _worded(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """ "a month earlier", "a decade younger", "a little over a year": a length without a digit."""
    items = scene.line.items
    role = role_of(scene, at - 1, at, ctx)
    if role is None:
        return None
    unit, scale = _WORDS[items[at].low]
    amount = Decimal(scale)
    quantity = Quantity(
        Kind.QUANTITY,
        raw=f"a {items[at].low}",
        low=amount,
        high=amount,
        unit=unit,
        resolution=amount if unit == "s" else Decimal(1),
        written_low=Decimal(1),
        written_high=Decimal(1),
        approx=items[at].low == "decade",
    )
    stated = Stated(
        quantity,
        amount,
        amount,
        quantity.resolution or Decimal(1),
        Hedge.ABOUT if items[at].low == "decade" else Hedge.PLAIN,
    )
    as_number(scene.line, at - 1, at, stated)
    return _claim(scene, at - 1, at, ctx, role)


def _length(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    role = role_of(scene, at, max(at, hedge_last(scene.line.items, at)), ctx)
    return _claim(scene, at, at, ctx, role) if role is not None else None


def _claim(scene: Scene, at: int, end: int, ctx: FormContext, role: tuple[str, Sign | None, int]) -> TypedClaim | None:
    items = scene.line.items
    stated = items[at].stated
    if stated is None:
        return None
    kind, sign, last = role
    start = items[hedge_first(items, at)].start
    stop = items[max(last, hedge_last(items, at))].end
    metrics = date_metrics(scene, at, ctx)
    if kind == "age":
        found, weak = owners(scene, at, ctx.compiled)
        cover(items, at, max(last, end))
        scene.extra["age"] = at
        if ctx.today is None:
            return TypedClaim(
                Form.AGE,
                start,
                stop,
                fixed=Label.UNVERIFIABLE,
                reason="an age needs the date of the page",
                items=(at, last + 1),
            )
        return TypedClaim(
            Form.AGE,
            start,
            stop,
            subjects=question_subject(scene, found),
            metrics=metrics,
            stated=stated,
            today=ctx.today,
            lenient=weak,
            positive=not negated(items, hedge_first(items, at), 3),
            items=(at, last + 1),
        )
    none: tuple[Choice, ...] = ()
    subjects, weak = subjects_for(scene, at, ctx)
    verb = next((k for k in range(at - 1, max(-1, at - 8), -1) if items[k].low.startswith(("predat", "preced"))), None)
    by = "by" in (scene.line.low(hedge_first(items, at) - 1), scene.line.low(hedge_first(items, at) - 2))
    superlative = next(
        (
            k
            for k in range(at - 1 if by else -1, max(-1, at - 6), -1)
            if items[k].low in ("oldest", "newest", "youngest")
        ),
        None,
    )
    if sign is None:
        subjects, comparands, weak = _pairs(scene, ctx, subjects, metrics), none, False
    elif (
        verb is not None
        and (after := next((mention for mention in scene.mentions if verb < mention.at < at), None)) is not None
    ):
        first = [mention for mention in scene.mentions if mention.at < verb]
        subjects = (
            (Choice(first[-1].entities, 0.0, "before the verb"),)
            if first
            else tuple(Choice(scene.carried, 0.2, "carried subject") for _ in scene.carried[:1])
        )
        comparands = (Choice(after.entities, 0.0, "after the verb"),)
    elif superlative is not None and subjects and metrics:
        comparands = _runner_up(subjects[0], metrics[0].metric, sign, ctx)
    else:
        comparands = comparands_for(scene, at, ctx, subjects, after=at, of=True, pick=True)
    for position in range(max(0, at - 9), at):
        # The word of the gap is part of this claim; a superlative stays one of its own.
        if items[position].low in LATER | EARLIER and position != superlative and (superlative is None):
            items[position].covered = items[position].covered or scene.line.low(hedge_first(items, at) - 1) == "by"
    cover(items, at, max(last, end))
    for position in range(last, min(len(items), last + 3)):
        if items[position].low == "than":
            items[position].covered = True
    if comparands and comparands[0].cost <= 0.15:
        scene.comparand = comparands[0].entities
    return TypedClaim(
        Form.DIFFERENCE,
        start,
        stop,
        subjects=subjects,
        comparands=comparands,
        metrics=metrics,
        stated=stated,
        sign=sign,
        lenient=weak,
        positive=not negated(items, hedge_first(items, at), 3),
        items=(at, last + 1),
    )


def _pairs(
    scene: Scene, ctx: FormContext, subjects: tuple[Choice, ...], metrics: tuple[MetricChoice, ...]
) -> tuple[Choice, ...]:
    """Between which two a gap without a direction lies: two named, the first and the last, or the two there are."""
    pairs = tuple(choice for choice in subjects if len(choice.entities) == 2)
    if pairs:
        return pairs
    named = tuple(dict.fromkeys(entity for mention in scene.mentions for entity in mention.entities))
    if len(named) == 2:
        return (Choice(named, 0.0, "the two named"),)
    if ctx.compiled.entity_count == 2:
        return (Choice((0, 1), 0.0, "the two there are"),)
    words = {item.low for item in scene.line.items}
    if words & {"first", "oldest", "earliest"} and words & {"last", "newest", "youngest", "latest"}:
        for choice in metrics:
            dates = sorted(
                (of.first, entity)
                for entity in range(ctx.compiled.entity_count)
                for cell in ctx.compiled.cell(entity, choice.metric)
                if (of := of_cell(cell)) is not None
            )
            if len(dates) > 1:
                return (Choice((dates[-1][1], dates[0][1]), 0.0, "the first and the last"),)
    count = ctx.compiled.entity_count
    return tuple(Choice((one, other), 0.3, "two of them") for one in range(count) for other in range(one + 1, count))[
        :30
    ]


def _runner_up(subject: Choice, metric: int, sign: Sign, ctx: FormContext) -> tuple[Choice, ...]:
    """ "the oldest by three years": measured against the one that comes next."""
    own = [
        of.first
        for entity in subject.entities
        for cell in ctx.compiled.cell(entity, metric)
        if (of := of_cell(cell)) is not None
    ]
    rivals = [
        (of.first, entity)
        for entity in range(ctx.compiled.entity_count)
        if entity not in subject.entities
        for cell in ctx.compiled.cell(entity, metric)
        if (of := of_cell(cell)) is not None
    ]
    if not own or not rivals:
        return ()
    nearest = max(rivals) if sign == "up" else min(rivals)
    return (Choice((nearest[1],), 0.0, "the next one"),)


def _turns(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "turns ten this year", and "about seven" after "X is five years old"."""
    items, line = scene.line.items, scene.line
    if line.low(at - 1) in ("turns", "turned", "turning", "hits") and line.low(at + 1) in ("this", "in"):
        found, weak = owners(scene, at, ctx.compiled)
        this = line.low(at + 1) == "this"
        cover(items, at, at + 2)
        if ctx.today is None and this:
            return TypedClaim(
                Form.AGE,
                items[at - 1].start,
                items[at].end,
                fixed=Label.UNVERIFIABLE,
                reason="an age needs the date of the page",
                items=(at, at + 1),
            )
        if not this:
            return None
        year = ctx.today.year if ctx.today is not None else 0
        born = Period(date(year - int(stated.low), 1, 1), date(year - int(stated.low), 12, 31))
        return TypedClaim(
            Form.DATE,
            items[at - 1].start,
            items[min(at + 2, len(items) - 1)].end,
            subjects=found,
            metrics=date_metrics(scene, at, ctx),
            stated=stated,
            period=born,
            lenient=weak,
            items=(at - 1, at + 3),
        )
    role = continued(scene, at, at) if stated.low < 120 and not items[at].covered else None
    if role is None or line.kind(at + 1) not in ("p", ""):
        return None
    years = Stated(
        Quantity(
            Kind.QUANTITY,
            raw=stated.quantity.raw,
            low=stated.low,
            high=stated.high,
            unit="year",
            resolution=Decimal(1),
            written_low=stated.low,
            written_high=stated.high,
        ),
        stated.low,
        stated.high,
        Decimal(1),
        stated.hedge,
    )
    items[at].stated = years
    return _claim(scene, at, at, ctx, role)
