"""Dates that a text states: "released in spring 2018", "since March 2016", "new this month", "in the same year as X"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from flows.check.dating import DAYS
from flows.check.discourse import Mention, Scene
from flows.check.forms.clauses import advice_clause, negated
from flows.check.forms.context import FormContext
from flows.check.forms.sides import comparands_for, subjects_for
from flows.check.items import Item, cover, hedge_first
from flows.check.link import metrics_for
from flows.check.owners import owners
from flows.check.period import Period, month_end, period
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.checking import Label
from schemas.quantity import Kind

_RELEASE = frozenset(
    "released release releases launched launch launches came comes arrived arrives introduced appeared debuted debut shipped "
    "out dates dated founded started began born created published updated new unveiled announced followed joined opened".split()
)
_LATEST = frozenset(
    "latest last current newest recent recently update updated updates maintained since new cutoff knowledge end".split()
)
#: What stands before a bare year, where it is a date.
_BEFORE_A_YEAR = frozenset(
    "in since from of by late early mid before after until ( and spring summer autumn fall winter :".split()
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


def is_year(stated: Stated, item: Item) -> bool:
    return (
        stated.quantity.unit in (None, "1")
        and stated.low == stated.high
        and 1900 <= stated.low <= 2100
        and stated.low == stated.low.to_integral_value()
        and len(item.text) == 4
        and item.text.isdigit()
    )


def date_metrics(scene: Scene, at: int, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The date metrics; the date of the last release is meant only where the sentence speaks of the last one."""
    dated = ctx.compiled.any_date
    if len(dated) == 1:
        return (MetricChoice(dated[0][0].number, 0.0, "the only date"),)
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


def question_subject(scene: Scene, found: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """Without a name of its own an answer speaks of whom the question named."""
    if scene.question is None or scene.mentions or not scene.question.mentions:
        return found
    asked: Mention = scene.question.mentions[0]
    return (Choice(asked.entities, 0.0, "named in the question"), *found)


def date_claim(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "released in spring 2018", "since March 2016", "before 2015"."""
    items, line = scene.line.items, scene.line
    said = period(stated.quantity.date or (str(int(stated.low)) if stated.quantity.kind is not Kind.DATE else None))
    if said is None and (stated.quantity.date or "").startswith("--"):
        said = _year_before(scene, at, stated.quantity.date or "", ctx)
    if said is None:
        return None
    first = at
    if stated.quantity.kind is not Kind.DATE and line.low(at - 1) not in _BEFORE_A_YEAR:
        return None
    found, weak = owners(scene, at, ctx.compiled)
    if _of_a_cell(ctx, found, str(said.first.year)):
        return None
    if line.words(at - 2, at) == "as of" or (line.low(at - 1) == "of" and line.low(at - 2) == "as"):
        cover(items, at, at)
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
    metrics = date_metrics(scene, at, ctx)
    if not metrics:
        return None
    cover(items, first, at)
    start = items[min(first, hedge_first(items, at))].start
    assigned = _in_order(scene, at)
    subjects = (assigned,) if assigned is not None else question_subject(scene, found)
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


def two_years(scene: Scene, at: int, ctx: FormContext) -> Iterator[TypedClaim]:
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
            metrics=date_metrics(scene, at, ctx),
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
        and (item.stated.quantity.kind is Kind.DATE or is_year(item.stated, item))
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


def relative_claim(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
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
        cover(items, at - 2, at)
        return TypedClaim(
            Form.SAME,
            items[at - 2].start,
            items[at].end,
            subjects=subjects,
            comparands=comparands,
            metrics=date_metrics(scene, at, ctx),
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
    cover(items, at - 1, at)
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
        metrics=date_metrics(scene, at, ctx),
        stated=None,
        period=said,
        lenient=weak,
        positive=not negated(items, at - 1),
        items=(at - 1, at + 1),
    )
