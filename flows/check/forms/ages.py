"""Dates and times between them: "released in spring 2018", "about five years old", "four years older", "the same year"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from flows.check.dating import DAYS, of_cell
from flows.check.discourse import Mention, Scene
from flows.check.fitting import fitting, unit_fit
from flows.check.forms.context import FormContext, advice_clause, comparands_for, negated, next_in_clause, subjects_for
from flows.check.items import Item, as_number, cover
from flows.check.lexicon.model import Sign
from flows.check.link import metrics_for
from flows.check.owners import owners
from flows.check.period import Period, month_end, period
from flows.check.spoken import metric_scores
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
_LATER = frozenset(["after", "later", "newer", "younger", "youngest", "newest", "behind", "since"])
_EARLIER = frozenset(
    [
        "before",
        "earlier",
        "older",
        "oldest",
        "ahead",
        "sooner",
        "predates",
        "predate",
        "predating",
        "precedes",
        "preceding",
        "preceded",
        "elder",
    ]
)
_GAP = frozenset(
    ["gap", "difference", "between", "apart", "separate", "separates", "separated", "separating", "distance"]
)
_LASTING = frozenset(
    [
        "been",
        "around",
        "running",
        "market",
        "existence",
        "sale",
        "available",
        "exist",
        "existed",
        "exists",
        "sold",
        "going",
        "out",
        "shipping",
        "offered",
        "production",
    ]
)
_RELEASE = frozenset(
    [
        "released",
        "release",
        "releases",
        "launched",
        "launch",
        "launches",
        "came",
        "comes",
        "arrived",
        "arrives",
        "introduced",
        "appeared",
        "debuted",
        "debut",
        "shipped",
        "out",
        "dates",
        "dated",
        "founded",
        "started",
        "began",
        "born",
        "created",
        "published",
        "updated",
        "new",
        "unveiled",
        "announced",
        "followed",
        "joined",
        "opened",
    ]
)
_LATEST = frozenset(
    [
        "latest",
        "last",
        "current",
        "newest",
        "recent",
        "recently",
        "update",
        "updated",
        "updates",
        "maintained",
        "since",
        "new",
        "cutoff",
        "knowledge",
        "end",
    ]
)
_SEASONS = {"spring": (3, 6), "summer": (6, 9), "autumn": (9, 12), "fall": (9, 12), "winter": (12, 15)}
_PARTS = {
    "early": (1, 5),
    "mid": (4, 9),
    "late": (8, 12),
    "beginning": (1, 4),
    "start": (1, 4),
    "end": (9, 12),
    "middle": (4, 9),
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


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
        yield from _two_years(scene, at, ctx)
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
            return _relative(scene, at, ctx)
        if item.low in _WORDS and scene.line.low(at - 1) in ("a", "an", "one", "another"):
            return _worded(scene, at, ctx)
        return None
    stated = item.stated
    if item.kind != "n" or stated is None:
        return None
    if stated.quantity.kind is Kind.DATE or _is_year(stated, item):
        return _date(scene, at, ctx, stated)
    if stated.quantity.unit in (None, "1"):
        return _turns(scene, at, ctx, stated)
    return _length(scene, at, ctx) if _counts_time(stated) else None


def _counts_time(stated: Stated) -> bool:
    unit, raw = stated.quantity.unit, stated.quantity.raw.lower()
    return unit in ("year", "month") or (unit == "s" and any(word in raw for word in ("day", "week", "fortnight")))


def _is_year(stated: Stated, item: Item) -> bool:
    return (
        stated.quantity.unit in (None, "1")
        and stated.low == stated.high
        and 1900 <= stated.low <= 2100
        and stated.low == stated.low.to_integral_value()
        and len(item.text) == 4
        and item.text.isdigit()
    )


def _metrics(scene: Scene, at: int, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The date metrics; the date of the last release is meant only where the sentence speaks of the last one."""
    found = metrics_for(scene, at, ctx.compiled, dates=True)
    words = {item.low for item in scene.line.items} | (
        {item.low for item in scene.question.line.items} if scene.question is not None else set()
    )
    if len(found) < 2 or words & _LATEST:
        return found
    late = {
        card.number
        for card in ctx.compiled.metrics
        if {word for name in (card.metric.name, *card.metric.aliases) for word in name.lower().split()} & _LATEST
    }
    if not late or len(late) == len(found):
        return found
    raised = [
        MetricChoice(choice.metric, choice.cost + (0.7 if choice.metric in late else 0.0), choice.why, choice.flip)
        for choice in found
    ]
    lowest = min(choice.cost for choice in raised)
    return tuple(
        sorted(
            (MetricChoice(choice.metric, round(choice.cost - lowest, 3), choice.why, choice.flip) for choice in raised),
            key=lambda choice: choice.cost,
        )
    )


def _cover(items: list[Item], first: int, last: int) -> None:
    cover(items, max(first, 0), last)


def _first(items: list[Item], at: int) -> int:
    return items[at].hedge_from if items[at].hedge_from >= 0 else at


# Lengths of time


def _worded(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """ "a month earlier", "a decade younger", "a little over a year": a length without a digit."""
    items = scene.line.items
    role = _role(scene, at - 1, at, ctx)
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
    role = _role(scene, at, max(at, items_hedge_to(scene.line.items, at)), ctx)
    return _claim(scene, at, at, ctx, role) if role is not None else None


def items_hedge_to(items: list[Item], at: int) -> int:
    """The last item of a number with what stands after it as its hedge ("or so")."""
    return min(max(at, items[at].hedge_to), len(items) - 1)


def _role(scene: Scene, at: int, last: int, ctx: FormContext) -> tuple[str, Sign | None, int] | None:
    """What a length of time says: "age" or "gap", on which side (up = the later date), and the last item it takes."""
    items, line = scene.line.items, scene.line
    stated = items[at].stated
    fits = stated is not None and bool(fitting(stated, ctx.compiled))
    nxt = last + 1
    while line.low(nxt) in ("or", "so", "-") and nxt < last + 3:
        nxt += 1
    low = line.low(nxt)
    start = _first(items, at)
    before = line.low(start - 1)
    if items[at].low.endswith("old") or low in ("old", "ago") or (low == "of" and line.low(nxt + 1) == "age"):
        return "age", None, nxt if low in ("old", "ago") else last
    if low in ("older", "newer", "younger", "later", "earlier", "sooner"):
        return "gap", "up" if low in _LATER else "down", nxt
    if low in ("before", "after", "ahead", "behind") and not advice_clause(scene, at):
        named = next_in_clause(scene, nxt)
        if named is not None and named.at <= nxt + 3 and not fits:
            return "gap", "up" if low in _LATER else "down", nxt
        return None
    words = [items[k].low for k in range(max(0, start - 9), start) if abs(items[k].depth - items[at].depth) < 0.6]
    if before == "by" or line.low(start - 2) == "by":
        for word in reversed(words):
            if word in _LATER or word in _EARLIER:
                return "gap", "up" if word in _LATER else "down", last
        return None
    if fits and set(words) & {"gap", "difference"}:
        scores = {metric: score for metric, (score, _) in metric_scores(scene, at, ctx.compiled).items()}
        dates = max((scores.get(card.number, 0.0) for card in ctx.compiled.metrics if card.is_date), default=0.0)
        stated = items[at].stated
        fits = not dates or any(
            scores.get(card.number, 0.0) > dates
            for card in ctx.compiled.metrics
            if stated is not None and unit_fit(stated, card) is not None
        )
    return None if fits else _plain_role(scene, at, last, nxt)


def _plain_role(scene: Scene, at: int, last: int, nxt: int) -> tuple[str, Sign | None, int] | None:
    """The role of a length of time that no other metric of the facts can hold."""
    items, line = scene.line.items, scene.line
    start, low = _first(items, at), line.low(nxt)
    before = line.low(start - 1)
    words = [items[k].low for k in range(max(0, start - 9), start) if abs(items[k].depth - items[at].depth) < 0.6]
    if before == "for" and (set(words) & _LASTING or low == "now"):
        return "age", None, nxt if low == "now" else last
    if low in ("apart", "between", "separate", "separates"):
        return "gap", None, nxt if low == "apart" else last
    if set(words) & {"gap", "difference", "separate", "separates"} or low in ("gap", "difference"):
        return "gap", None, last
    if (low == "in" and line.low(nxt + 1) == "age") or low == "lead":
        return "gap", None, last
    if _answers_age(scene, start):
        return "age", None, last
    return _continued(scene, at, last)


def _answers_age(scene: Scene, start: int) -> bool:
    """ "How old is X?" - "A little over a year." """
    question = scene.question
    if question is None or start > 2 or any(item.kind == "e" for item in scene.line.items[:start]):
        return False
    words = [item.low for item in question.line.items]
    return "old" in words or ("long" in words and "around" in words) or "age" in words


def _continued(scene: Scene, at: int, last: int) -> tuple[str, Sign | None, int] | None:
    """ "X is two years old; Y about a year and a half": the second length is what the first one is."""
    earlier = scene.extra.get("age")
    if not isinstance(earlier, int) or earlier >= at:
        return None
    between = [item for item in scene.line.items[earlier + 1 : _first(scene.line.items, at)] if item.kind != "p"]
    named = any(item.kind == "e" for item in between)
    return (
        ("age", None, last)
        if named
        and all(
            item.kind == "e"
            or item.low in ("and", "is", "only", "just", "but", "while", "already", "old", "the", "at", "about", "with")
            for item in between
        )
        else None
    )


def _claim(scene: Scene, at: int, end: int, ctx: FormContext, role: tuple[str, Sign | None, int]) -> TypedClaim | None:
    items = scene.line.items
    stated = items[at].stated
    if stated is None:
        return None
    kind, sign, last = role
    start = items[_first(items, at)].start
    stop = items[max(last, items_hedge_to(items, at))].end
    metrics = _metrics(scene, at, ctx)
    if kind == "age":
        found, weak = owners(scene, at, ctx.compiled)
        _cover(items, at, max(last, end))
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
            subjects=_question_subject(scene, found),
            metrics=metrics,
            stated=stated,
            today=ctx.today,
            lenient=weak,
            positive=not negated(items, _first(items, at), 3),
            items=(at, last + 1),
        )
    none: tuple[Choice, ...] = ()
    subjects, weak = subjects_for(scene, at, ctx)
    verb = next((k for k in range(at - 1, max(-1, at - 8), -1) if items[k].low.startswith(("predat", "preced"))), None)
    by = "by" in (scene.line.low(_first(items, at) - 1), scene.line.low(_first(items, at) - 2))
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
        if items[position].low in _LATER | _EARLIER and position != superlative and (superlative is None):
            items[position].covered = items[position].covered or scene.line.low(_first(items, at) - 1) == "by"
    _cover(items, at, max(last, end))
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
        positive=not negated(items, _first(items, at), 3),
        items=(at, last + 1),
    )


def _question_subject(scene: Scene, found: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Without a name of its own an answer speaks of whom the question named."""
    if scene.question is None or scene.mentions or not scene.question.mentions:
        return found
    asked: Mention = scene.question.mentions[0]
    return (Choice(asked.entities, 0.0, "named in the question"), *found)


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
        _cover(items, at, at + 2)
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
            metrics=_metrics(scene, at, ctx),
            stated=stated,
            period=born,
            lenient=weak,
            items=(at - 1, at + 3),
        )
    role = _continued(scene, at, at) if stated.low < 120 and not items[at].covered else None
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


# Dates


def _date(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "released in spring 2018", "since March 2016", "before 2015"."""
    items, line = scene.line.items, scene.line
    said = period(stated.quantity.date or (str(int(stated.low)) if stated.quantity.kind is not Kind.DATE else None))
    if said is None and (stated.quantity.date or "").startswith("--"):
        said = _year_before(scene, at, stated.quantity.date or "", ctx)
    if said is None:
        return None
    first = at
    if stated.quantity.kind is not Kind.DATE and line.low(at - 1) not in (
        "in",
        "since",
        "from",
        "of",
        "by",
        "late",
        "early",
        "mid",
        "before",
        "after",
        "until",
        "(",
        "and",
        "spring",
        "summer",
        "autumn",
        "fall",
        "winter",
        ":",
    ):
        return None
    found, weak = owners(scene, at, ctx.compiled)
    if _of_a_cell(ctx, found, str(said.first.year)):
        return None
    if line.words(at - 2, at) == "as of" or (line.low(at - 1) == "of" and line.low(at - 2) == "as"):
        _cover(items, at, at)
        return None
    said, first = _narrowed(scene, at, said, stated.quantity.raw)
    hedge: Hedge = stated.hedge if stated.hedge is Hedge.ABOUT else Hedge.PLAIN
    word = line.low(first - 1)
    if word in ("before", "predates", "predating", "pre") or (
        word in ("to", "until") and line.low(first - 2) == "prior"
    ):
        hedge = Hedge.UNDER
    elif word == "after":
        hedge = Hedge.OVER
    elif word == "by" and said.whole_year and line.low(first - 2) not in ("followed", "joined"):
        hedge = Hedge.AT_MOST
    metrics = _metrics(scene, at, ctx)
    if not metrics:
        return None
    _cover(items, first, at)
    start = items[min(first, _first(items, at))].start
    assigned = _in_order(scene, at)
    subjects = (assigned,) if assigned is not None else _question_subject(scene, found)
    return TypedClaim(
        Form.DATE,
        start,
        items[at].end,
        subjects=subjects,
        metrics=metrics,
        stated=stated,
        period=Period(said.first, said.last),
        degree=hedge.value,
        lenient=weak and assigned is None,
        positive=not _denied(scene, first),
        items=(first, at + 1),
    )


def _year_before(scene: Scene, at: int, day: str, ctx: FormContext) -> Period | None:
    """ "2 August 2025 for X, 30 June for Y": a date without a year is in the year named last, else in that of the page."""
    for item in reversed(scene.line.items[:at]):
        if item.kind == "n" and item.stated is not None and (earlier := period(item.stated.quantity.date)) is not None:
            return period(f"{earlier.first.year}{day[1:]}")
    return period(f"{ctx.today.year}{day[1:]}") if ctx.today is not None else None


_TWO_YEARS = re.compile(r"(\d{4}) (?:and|or) (\d{4})")


def _two_years(scene: Scene, at: int, ctx: FormContext) -> Iterator[TypedClaim]:
    """ "X and Y were released in 2010 and 2016": one phrase, two dates, in the order of mention."""
    item = scene.line.items[at]
    found = (
        _TWO_YEARS.fullmatch(item.low) if item.kind == "n" and item.stated is not None and not item.covered else None
    )
    if found is None:
        return
    lists = [
        mention
        for mention in scene.mentions
        if mention.how in ("list", "both") and mention.at < at and len(mention.entities) == 2
    ]
    if not lists:
        return
    item.covered = True
    for year, entity, span in zip(found.groups(), lists[-1].entities, (found.span(1), found.span(2)), strict=True):
        yield TypedClaim(
            Form.DATE,
            item.start + span[0],
            item.start + span[1],
            subjects=(Choice((entity,), 0.0, "in the order of mention"),),
            metrics=_metrics(scene, at, ctx),
            stated=item.stated,
            period=period(year),
            items=(at, at + 1),
        )


def _denied(scene: Scene, first: int) -> bool:
    """ "not released in 2018" is denied; "hasn't had a release since 2021" says when the last one was."""
    return negated(scene.line.items, first) and scene.line.low(first - 1) not in ("since", "before", "until", "after")


def _of_a_cell(ctx: FormContext, found: tuple[Choice, ...], year: str) -> bool:
    """ "23,500 positions in 2025" where the cell itself says 2025: part of another claim."""
    owned = {
        (entity, card.number)
        for choice in found[:2]
        for entity in choice.entities
        for card in ctx.compiled.metrics
        if not card.is_date
    }
    return any(year in f"{cell.raw} {cell.context}" for key in owned for cell in ctx.compiled.cell(*key))


def _in_order(scene: Scene, at: int) -> Choice | None:
    """ "X and Y arrived in 2010 and 2016": as many dates as names, one after the other."""
    items = scene.line.items
    dates = [
        k
        for k, item in enumerate(items)
        if item.kind == "n"
        and item.stated is not None
        and (item.stated.quantity.kind is Kind.DATE or _is_year(item.stated, item))
    ]
    if at not in dates or len(dates) < 2:
        return None
    if any(item.kind == "e" for item in items[dates[0] : dates[-1]]):
        return None
    if any(
        items[k].low not in (",", "and", "in", "to", "from") for k in range(dates[0] + 1, dates[-1]) if k not in dates
    ):
        return None
    for mention in reversed(scene.mentions):
        if mention.how in ("list", "both") and mention.at < dates[0] and len(mention.entities) == len(dates):
            return Choice((mention.entities[dates.index(at)],), 0.0, "in the order of mention")
    single = [
        mention
        for mention in scene.mentions
        if mention.at < dates[0] and mention.how in ("name", "part") and len(mention.entities) == 1
    ]
    if len(single) == len(dates):
        return Choice(single[dates.index(at)].entities, 0.0, "in the order of mention")
    return None


def _narrowed(scene: Scene, at: int, said: Period, raw: str) -> tuple[Period, int]:
    """Season, quarter, half and "early", "mid", "late" before or inside a year."""
    line = scene.line
    year = said.first.year
    if not said.whole_year:
        if line.low(at - 1) in ("of",) and line.low(at - 2) in ("end", "start", "beginning", "middle"):
            return said, at - 2
        return said, at
    if raw[:1] in "qQ" and raw[1:2].isdigit():
        return _months(year, 3 * int(raw[1]) - 2, 3 * int(raw[1])), at
    back = at - 1
    while line.low(back) in ("of", "-", "the", "in") and back > at - 3:
        back -= 1
    word = line.low(back)
    if word in _SEASONS:
        return _months(
            year - 1 if word == "winter" else year, *(_SEASONS[word] if word != "winter" else (12, 24))
        ), back
    if word in _PARTS and line.low(at - 1) in ("of", "-", word):
        return _months(year, *_PARTS[word]), back
    if word == "quarter" and line.low(back - 1) in _ORDINALS:
        quarter = _ORDINALS[line.low(back - 1)]
        return _months(year, 3 * quarter - 2, 3 * quarter), back - 1
    if word == "half" and line.low(back - 1) in _ORDINALS:
        return (_months(year, 1, 6) if line.low(back - 1) == "first" else _months(year, 7, 12)), back - 1
    return said, at


def _months(year: int, first: int, last: int) -> Period:
    """A stretch of months; months past twelve belong to the next year."""
    end = (year + (last - 1) // 12, (last - 1) % 12 + 1)
    return Period(date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1), month_end(*end))


def _relative(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """ "released last year", "new this month", "in the same year as X"."""
    items, line = scene.line.items, scene.line
    if not any(item.low in _RELEASE for item in items[max(0, at - 8) : at + 5]):
        return None
    word, unit = line.low(at - 1), items[at].low
    if word == "same":
        if line.low(at - 2) not in ("the", "that"):
            return None
        subjects, weak = subjects_for(scene, at, ctx)
        pair = tuple(choice for choice in subjects if len(choice.entities) > 1)
        comparands = (
            ()
            if pair and subjects[0].entities == pair[0].entities
            else comparands_for(scene, at, ctx, subjects, after=at, of=True)
        )
        if not subjects:
            return None
        _cover(items, at - 2, at)
        return TypedClaim(
            Form.SAME,
            items[at - 2].start,
            items[at].end,
            subjects=subjects,
            comparands=comparands,
            metrics=_metrics(scene, at, ctx),
            relation=unit,
            positive=not negated(items, at - 2),
            lenient=weak,
            items=(at - 2, at + 1),
        )
    if advice_clause(scene, at):
        return None
    if items[at].text[:1].isupper() or line.low(at + 1) in ("'s", "'") or scene.subject_before(at) is None:
        return None
    found, weak = owners(scene, at, ctx.compiled)
    _cover(items, at - 1, at)
    start, stop = items[at - 1].start, items[at].end
    if ctx.today is None:
        return TypedClaim(
            Form.DATE,
            start,
            stop,
            fixed=Label.UNVERIFIABLE,
            reason=f"'{word} {unit}' needs the date of the page",
            items=(at - 1, at + 1),
        )
    today = ctx.today
    if unit == "year":
        said = period(str(today.year - (word == "last")))
    elif unit == "month":
        reference = today.replace(day=1) - timedelta(days=1) if word == "last" else today
        said = period(f"{reference.year}-{reference.month:02}")
    else:
        days = DAYS["week"]
        said = Period(today - timedelta(days=int(days) * (2 if word == "last" else 1)), today)
    if said is None:
        return None
    return TypedClaim(
        Form.DATE,
        start,
        stop,
        subjects=found,
        metrics=_metrics(scene, at, ctx),
        stated=None,
        period=said,
        lenient=weak,
        positive=not negated(items, at - 1),
        items=(at - 1, at + 1),
    )
