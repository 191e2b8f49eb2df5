"""Cells whose unit, scale or statistic is not the one that their row promises."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from flows.facts.findings.view import View, ids, listed
from flows.facts.observe import fits
from flows.facts.registry import normalise
from schemas.catalogue import MetricKind
from schemas.facts import Finding, FindingKind, Observation
from schemas.quantity import Kind

_SCALES = frozenset({"thousand", "thousands", "million", "millions", "billion", "billions", "k", "mn", "bn"})
_OWN_SCALE = re.compile(r"\d\s*(?:[kKmMbB]\b|thousand|million|billion)", re.IGNORECASE)

#: What a column may state that is no unit of measure, and promises none.
_NO_UNITS = frozenset({"version", "versions", "date", "year", "text", "yes no", "y n"})

#: Words that name a statistic; a label of one class and a cell of another speak of different things.
_STATISTICS = {
    **dict.fromkeys(("limit", "max", "maximum", "peak", "ceiling"), "a maximum"),
    **dict.fromkeys(("min", "minimum", "floor"), "a minimum"),
    **dict.fromkeys(("average", "avg", "mean", "median", "typical", "optimal", "recommended"), "a typical value"),
    **{f"p{share}": f"a p{share}" for share in (50, 90, 95, 99)},
}

#: Words of a bracket that narrow no population.
_EMPTY_WORDS = frozenset(
    {"the", "a", "an", "of", "in", "among", "by", "for", "est", "estimated", "approx", "percent", "as"}
)


def unit_mismatches(view: View) -> Iterator[Finding]:
    """Findings per cell, then per metric and per label."""
    for one in view.observations:
        check, sentence = _cell(view, one)
        if sentence:
            yield Finding(
                kind=FindingKind.UNIT_MISMATCH,
                sentence=f"{_where(view, one)}: {sentence}.",
                observations=ids([one]),
                # What the number counts is open: thousands, or thousands of thousands.
                withholds=check is _scaled_twice,
            )
    yield from _columns(view)
    yield from _one_label_two_units(view)


def _where(view: View, one: Observation) -> str:
    return f"{view.label(one)} of {view.name(one.entity)}"


def _cell(view: View, one: Observation) -> tuple[Check | None, str | None]:
    """What is wrong with the unit of one cell, and by which check, or (None, None). The first that applies is told."""
    return next(((check, found) for check in _CHECKS if (found := check(view, one))), (None, None))


def _no_unit_expected(view: View, one: Observation) -> str | None:
    metric = view.metrics[one.metric]
    column = normalise(one.unit or "")
    if not column or column in _NO_UNITS or column in _SCALES or one.quantity.kind is Kind.MISSING:
        return None
    if metric.kind in (MetricKind.CATEGORY, MetricKind.TEXT, MetricKind.BOOLEAN) or not one.quantity.is_numeric:
        return f'the column states "{one.unit}", but {listed([one])} is no quantity'
    return None


def _other_unit(view: View, one: Observation) -> str | None:
    metric, quantity = view.metrics[one.metric], one.quantity
    if not fits(quantity, metric):
        return f"{listed([one])} is not in {metric.unit}, and cannot be converted to it"
    if quantity.unit_conflict and one.unit:
        return f'the column states "{one.unit}", the cell {listed([one])}'
    return None


def _scaled_twice(_: View, one: Observation) -> str | None:
    number = one.quantity.written_low
    if number is None or not one.quantity.is_numeric:
        return None
    if normalise(one.unit or "") in _SCALES and (_OWN_SCALE.search(one.raw) or number >= 1000):
        return f"the column already counts in {one.unit}, and {listed([one])} is scaled or written out once more"
    if number >= 1000 and re.search(r"\b(?:thousand|million)s?\b", one.raw, re.IGNORECASE) and "," in one.raw:
        return f"{listed([one])} is counted in a unit that is too small for it"
    return None


def _two_values(view: View, one: Observation) -> str | None:
    if view.metrics[one.metric].kind is MetricKind.TEXT and one.quantity.kind is not Kind.VERSION:
        return None
    if one.quantity.kind not in (
        Kind.QUANTITY,
        Kind.RANGE,
        Kind.VERSION,
        Kind.TEXT,
    ):
        return None
    inside = re.findall(r"\(([^)]*)\)", one.raw)
    outside = re.sub(r"\([^)]*\)", " ", one.raw)
    parts = [part for part in re.split(r"\s/\s|;|,\s", outside) if re.search(r"\d", part)]
    named = [part for part in inside if re.search(r"[A-Za-z]\s*:\s*[~≈<>]?\s*[$€£]?\d", part)]
    if one.quantity.kind is Kind.TEXT and not re.match(r"\W*(?:[A-Za-z]+\s)?\d", outside):
        return None
    if len(parts) > 1 or named:
        return f"{listed([one])} holds more than one value"
    return None


def _other_statistic(view: View, one: Observation) -> str | None:
    if not one.quantity.is_numeric:
        return None
    promised = {_STATISTICS[word] for word in normalise(view.label(one)).split() if word in _STATISTICS}
    given = {_STATISTICS[word] for word in normalise(one.raw).split() if word in _STATISTICS}
    if promised and given and not promised & given:
        return f"the label promises {' or '.join(sorted(promised))}, {listed([one])} is {' or '.join(sorted(given))}"
    return None


def _other_population(view: View, one: Observation) -> str | None:
    """A share whose bracket names a population or a survey that its label does not."""
    quantity = one.quantity
    if quantity.unit != "percent" or not quantity.qualifier or "(" not in one.raw:
        return None
    label = set(normalise(f"{view.label(one)} {one.unit or ''} {view.metrics[one.metric].name}").split())
    extra = [word for word in normalise(quantity.qualifier).split() if word not in label | _EMPTY_WORDS]
    if any(word.isalpha() for word in extra):
        return f"{listed([one])} is a share of something that the label does not name"
    return None


Check = Callable[[View, Observation], str | None]
_CHECKS: tuple[Check, ...] = (
    _no_unit_expected,
    _scaled_twice,
    _other_unit,
    _two_values,
    _other_statistic,
    _other_population,
)


def _columns(view: View) -> Iterator[Finding]:
    """Metrics for which the columns of one source state different units, or spell one unit differently."""
    rows: dict[tuple[str, str], list[Observation]] = {}
    for one in view.observations:
        if view.metrics[one.metric].kind is MetricKind.QUANTITY and one.quantity.kind is not Kind.MISSING:
            rows.setdefault((one.source, one.metric), []).append(one)
    for (_, metric_id), cells in rows.items():
        units = dict.fromkeys(one.unit for one in cells if one.unit)
        if len({normalise(unit) for unit in units}) > 1:
            shown = ", ".join(f'"{unit}"' for unit in units)
            yield Finding(
                kind=FindingKind.UNIT_MISMATCH,
                sentence=f"{view.metrics[metric_id].name}: {view.source(cells[0])} states its unit as {shown}.",
                observations=ids(cells),
            )


def _one_label_two_units(view: View) -> Iterator[Finding]:
    """Labels that differ only in a bracket, with values of different dimensions: two metrics under one name."""
    labels: dict[tuple[str, str], list[Observation]] = {}
    for one in view.observations:
        if one.quantity.is_numeric:
            bare = normalise(re.sub(r"\([^)]*\)", " ", view.label(one)))
            labels.setdefault((one.source, bare), []).append(one)
    for cells in labels.values():
        if len({view.label(one) for one in cells}) > 1 and len({one.quantity.unit for one in cells}) > 1:
            names = ", ".join(dict.fromkeys(f'"{view.label(one)}"' for one in cells))
            yield Finding(
                kind=FindingKind.UNIT_MISMATCH,
                sentence=f"{names} share a name and measure different things: {listed(cells)}.",
                observations=ids(cells),
            )
