"""Inside: figures that stand within cells of another kind become columns of their own, so that prose may compare them.

"Cloud, 180 days" is a text that holds a length of time, "$200 credit (~28K loads)" a price and a number of loads, and
"150 x 150 x 150 mm" three lengths and a volume. As columns under the metric's own names they are ranked, divided and
subtracted like any other figures; the texts stay what they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from flows.check.words import stem
from flows.quantities import find_quantities, parse_cell
from flows.quantities.units import is_currency, lookup
from schemas.catalogue import MetricKind
from schemas.checking import CheckCase, CheckFact, CheckMetric
from schemas.quantity import Kind, Quantity

#: How the id of a column ends that counts what cells list.
_COUNTED = "count"
#: A figure that one cell alone has is compared with nothing.
_LEAST = 2
_SIDES = re.compile(
    r"^\D{0,20}?(\d+(?:[.,]\d+)?)\s?(?:mm|cm|m|in)?\s?[x×]\s?(\d+(?:[.,]\d+)?)\s?(?:mm|cm|m|in)?\s?[x×]\s?(\d+(?:[.,]\d+)?)\s?(mm|cm|in|m)(?:³|3)?\b",
    re.I,
)
#: Two figures in one cell.
_SEVERAL = re.compile(r"\d[^\d.,–-]+\d")
_WORD = re.compile(r"[A-Za-z]{3,}")
_PLURAL = re.compile(r"[a-z]{3}(?<!s)s\Z")
_LISTED = re.compile(r",\s*(?:and |or )?|\s(?:and|or|&)\s")
_READ = frozenset({Kind.QUANTITY, Kind.RANGE})


def revealed(case: CheckCase) -> CheckCase:
    """`case` with a column for each kind of figure that two and more cells of a metric hold besides what they are read as."""
    metrics = list(case.metrics)
    facts = list(case.facts)
    cells: dict[str, list[CheckFact]] = defaultdict(list)
    for fact in case.facts:
        if fact.value:
            cells[fact.metric].append(fact)
    for metric in case.metrics:
        if metric.kind is MetricKind.DATE or (
            metric.kind is MetricKind.QUANTITY
            and not any(_SEVERAL.search(fact.value or "") for fact in cells[metric.id])
        ):
            continue
        columns = [*enumerate(_columns(metric, cells[metric.id]), start=1)]
        for number, column in columns or ((_COUNTED, listed) for listed in _listed(metric, cells[metric.id])):
            key = f"{metric.id}#{number}"
            metrics.append(metric.model_copy(update={"id": key, "unit": None, "kind": MetricKind.QUANTITY}))
            facts.extend(fact.model_copy(update={"metric": key, "value": value}) for fact, value in column)
    if len(metrics) == len(case.metrics):
        return case
    return case.model_copy(update={"metrics": tuple(metrics), "facts": tuple(facts)})


def within(one: str, other: str) -> bool:
    """Whether two columns, by their ids, hold figures out of the same cells."""
    return one.partition("#")[0] == other.partition("#")[0]


def _columns(metric: CheckMetric, facts: list[CheckFact]) -> Iterator[list[tuple[CheckFact, str]]]:
    """The columns of a metric: the facts that hold such a figure, with it."""
    sides = [(fact, found) for fact in facts for found in (_SIDES.match(fact.value or ""),) if found is not None]
    if len(sides) >= _LEAST:
        if all(len(set(found.groups()[:3])) == 1 for _, found in sides):
            yield [(fact, f"{found.group(1)} {found.group(4)}") for fact, found in sides]
        yield [(fact, _volume(found)) for fact, found in sides]
        return
    held: dict[str, list[tuple[CheckFact, Quantity]]] = defaultdict(list)
    for fact in facts:
        for unit, quantity in _figures(fact.value or "", metric):
            held[unit].append((fact, quantity))
    for unit, found in held.items():
        whose = [fact.id for fact, _ in found]
        if (
            len(set(whose)) < len(whose)
            or len(found) * 2 <= len(facts)
            or len({quantity.low for _, quantity in found}) < _LEAST
        ):
            # Of two figures in one cell the words would have to say which; where all are the same, nothing is compared.
            continue
        if metric.kind is MetricKind.QUANTITY and not _besides(metric, facts, unit):
            continue
        yield [(fact, f"{'~' if quantity.approx else ''}{quantity.raw}") for fact, quantity in found]


def _listed(metric: CheckMetric, facts: list[CheckFact]) -> Iterator[list[tuple[CheckFact, str]]]:
    """ "Protocols: AMQP, MQTT, STOMP": how many are listed, where the name is a plural and at least two cells list something."""
    if metric.kind not in (MetricKind.TEXT, MetricKind.CATEGORY) or not _PLURAL.search(metric.name):
        return
    counts = [len(_LISTED.split(fact.value or "")) for fact in facts]
    if max(counts, default=0) > 1 and not any(re.search(r"[.;:()\d]", fact.value or "") for fact in facts):
        yield [(fact, str(count)) for fact, count in zip(facts, counts, strict=True)]


def _volume(sides: re.Match[str]) -> str:
    one, other, third = (Decimal(side.replace(",", ".")) for side in sides.groups()[:3])
    return f"{one * other * third:f} {sides.group(4)}³"


def _figures(raw: str, metric: CheckMetric) -> Iterator[tuple[str, Quantity]]:
    """The figures of a cell that measure something, or count what the metric is named after; with what they measure."""
    for quantity in _quantities(raw[:400]):
        if quantity.kind in _READ and quantity.low is not None:
            measured = _dimension(quantity, metric, raw.partition(quantity.raw)[2])
            if measured:
                yield measured, quantity


@lru_cache(maxsize=4096)
def _quantities(raw: str) -> tuple[Quantity, ...]:
    return tuple(find_quantities(raw)) if any(map(str.isdigit, raw)) else ()


def _dimension(quantity: Quantity, metric: CheckMetric, rest: str = "") -> str:
    """What a figure measures; of a count only where its noun, in it or in the `rest` of the cell, is one of the metric's own."""
    unit = lookup((quantity.unit or "1").split("/")[0])
    if unit is None:
        return ""
    if unit.dimension == "count":
        nouns = {stem(word.lower()) for word in _WORD.findall(quantity.raw) or _WORD.findall(rest)[:1]}
        return "count" if nouns & _names(metric) else ""
    return (quantity.unit or "").split("/")[0] if is_currency(unit) else unit.dimension


def _names(metric: CheckMetric) -> set[str]:
    return {stem(word.lower()) for name in (metric.name, *metric.aliases) for word in _WORD.findall(name)}


def _besides(metric: CheckMetric, facts: list[CheckFact], unit: str) -> bool:
    """Whether a column of figures has cells that are read as something else than `unit`."""
    own = [parse_cell(fact.value or "", metric.unit) for fact in facts]
    return any(quantity.low is not None and _dimension(quantity, metric) not in ("", unit) for quantity in own)


__all__ = ["revealed", "within"]
