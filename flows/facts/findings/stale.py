"""Figures that time has passed by: by their date, by the year that they name, by the release that they count from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from flows.facts.findings.view import View, ids, listed
from flows.facts.registry import normalise
from flows.facts.resolve import has_expired, is_stale, seen_on
from schemas.catalogue import MetricKind, Tier
from schemas.facts import FactStatus, Finding, FindingKind, Observation
from schemas.quantity import Bound, Kind

_AGE = re.compile(r"\b(?:age|years? in|in (?:use|production|market|business)|years? old|maturity)\b")
_FIRST = re.compile(r"\b(?:first|initial|founded|launch(?:ed)?|introduced|created|since)\b")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
_LINE = re.compile(r"(?<![\w.])\d+\.\d+(?:\.\d+)*(?![\w.])")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\.?\s+(20\d\d)\b", re.IGNORECASE)

#: A figure that names a time of its own may lag so far behind the date of its source before an editor should know.
SAME_TIME = timedelta(days=90)

#: Years by which a count of years may differ from the calendar: 2018 to 2026 is 7 or 8.
_SLACK = 1


def stale_figures(view: View) -> Iterator[Finding]:
    """Values past their time to live, values that name a year long gone, and ages that stopped counting."""
    evidence = {one for fact in view.facts if fact.status is FactStatus.STALE for one in fact.evidence}
    for one in view.observations:
        metric = view.metrics[one.metric]
        if one.id in evidence and is_stale(one, metric, view.today):
            yield _finding(view, one, f"{listed([one])} is of {seen_on(one)}; it holds for {metric.ttl_days} days")
            continue
        spoken = stated_date(view, one)
        if spoken is None:
            continue
        if view.today - spoken > timedelta(days=metric.ttl_days):
            yield _finding(view, one, f"{listed([one])} speaks of {spoken:%B %Y}; it holds for {metric.ttl_days} days")
        elif seen_on(one) - spoken > SAME_TIME:
            what = f"{listed([one])} stands among figures of {seen_on(one):%B %Y}, but speaks of {spoken:%B %Y}"
            yield _finding(view, one, what).model_copy(update={"withholds": False})
    yield from _ended_lines(view)
    yield from _ages(view)


def expired_settlements(view: View, observations: tuple[Observation, ...]) -> Iterator[Finding]:
    """Settlements that held to a date that has passed, and that nothing newer replaced."""
    for one in observations:
        replaced = any(
            other.tier is Tier.EDITOR
            and (other.entity, other.metric, other.context) == (one.entity, one.metric, one.context)
            and other.retrieved_at > one.retrieved_at
            for other in observations
        )
        if one.tier is Tier.EDITOR and has_expired(one, view.today) and not replaced:
            yield _finding(view, one, f"the settlement on {listed([one])} by {one.author} held to {one.expires}")


def stated_date(view: View, one: Observation) -> date | None:
    """The last day of the month or year that a cell or its label names as its time: "(Jan 2026)", "Survey 2024"."""
    metric = view.metrics[one.metric]
    if metric.kind is MetricKind.DATE or not one.quantity.is_numeric or _is_age(view, one):
        return None
    text = f"{one.attribute or ''} {one.quantity.qualifier or ''}"
    month = _MONTH.search(text)
    if month is not None:
        number = _MONTHS.index(month[1].casefold()[:3]) + 1
        following = date(int(month[2]) + number // 12, number % 12 + 1, 1)
        return following - timedelta(days=1)
    years = [int(year) for year in _YEAR.findall(text)]
    return date(max(years), 12, 31) if years and max(years) <= view.today.year else None


def _ended_lines(view: View) -> Iterator[Finding]:
    """Values that name nothing but release lines whose support has ended, from sources that do not read them off themselves.

    One without a date is as old as what it names; a dated one is only doubtful.
    """
    for one in view.observations:
        ended = {line.line: line.on for line in view.metrics[one.metric].ended}
        if not ended or one.tier > Tier.THIRD_PARTY:
            continue
        said = seen_on(one) if one.as_of is not None else view.today
        named = [".".join(found.group().split(".")[:2]) for found in _LINE.finditer(one.raw)]
        over = [ended[line] for line in named if line in ended and ended[line] < said]
        if named and len(over) == len(named):
            what = f"{listed([one])} names only release lines whose support has ended, the last on {max(over)}"
            yield _finding(view, one, what).model_copy(update={"withholds": one.as_of is None})


def _ages(view: View) -> Iterator[Finding]:
    """Counts of years against the first release (of the entity, or named in the cell), and against each other."""
    ages = [one for one in view.observations if _is_age(view, one)]
    for one in ages:
        years = one.quantity.high
        own = _YEAR.search(one.quantity.qualifier or "")
        starts = [(int(own[1]), one)] if own else _first_releases(view, one.entity)
        if years is None or not starts:
            continue
        first = min(year for year, _ in starts)
        elapsed = view.today.year - first
        rest = [other for _, other in starts if other is not one]
        if years > elapsed + _SLACK:
            yield Finding(
                kind=FindingKind.IMPLAUSIBLE,
                sentence=f"{_where(view, one)}: {listed([one])} is more than the {elapsed} years since {first}.",
                observations=ids([one, *rest]),
                withholds=True,
            )
        elif years < elapsed - _SLACK and one.quantity.bound is not Bound.AT_LEAST:
            yield Finding(
                kind=FindingKind.STALE,
                sentence=f"{_where(view, one)}: {listed([one])} has fallen behind: {first} is {elapsed} years ago.",
                observations=ids([one]),
                withholds=True,
            )
    yield from _weaker(view, ages)


def _weaker(view: View, ages: list[Observation]) -> Iterator[Finding]:
    """Of two minimums of one age the smaller one is the older."""
    for one in ages:
        for other in ages:
            low, high = one.quantity.low, other.quantity.low
            if one.entity != other.entity or low is None or high is None or one.quantity.unit != other.quantity.unit:
                continue
            if one.quantity.bound is other.quantity.bound is Bound.AT_LEAST and low < high - _SLACK:
                yield _finding(
                    view, one, f"{listed([one])} is weaker than {listed([other])}, so it is the older figure"
                )
                break


def _is_age(view: View, one: Observation) -> bool:
    metric = view.metrics[one.metric]
    if (
        metric.kind is not MetricKind.QUANTITY
        or one.quantity.unit not in ("year", "month")
        or not one.quantity.is_numeric
    ):
        return False
    return _AGE.search(normalise(f"{view.label(one)} {metric.name} {one.unit or ''}")) is not None


def _first_releases(view: View, entity: str) -> list[tuple[int, Observation]]:
    found = []
    for one in view.observations:
        name = normalise(f"{view.label(one)} {view.metrics[one.metric].name}")
        if one.entity == entity and one.quantity.kind is Kind.DATE and one.quantity.date and _FIRST.search(name):
            found.append((int(one.quantity.date[:4]), one))
    return found


def _finding(view: View, one: Observation, what: str) -> Finding:
    return Finding(
        kind=FindingKind.STALE, sentence=f"{_where(view, one)}: {what}.", observations=ids([one]), withholds=True
    )


def _where(view: View, one: Observation) -> str:
    return f"{view.label(one)} of {view.name(one.entity)}"
