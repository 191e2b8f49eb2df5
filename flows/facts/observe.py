"""One raw value -> an observation: the quantity is parsed here, once, and the id is derived from the content."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace
from datetime import date, datetime

from flows.errors import InputError
from flows.facts.registry import Registry
from flows.quantities import find_quantities, parse_cell
from flows.quantities.units import convert, lookup, same_dimension
from schemas.catalogue import Metric, MetricKind, ObservationRow, Source
from schemas.facts import Context, Observation
from schemas.quantity import Kind, Quantity

#: A rate over one of these is a quantity of its own kind: MB/s is no MB.
_PERIODS = frozenset({"s", "min", "hour", "day", "week", "month", "year"})

_ISO_DATE = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?(?![\d.])")


def make_observation(
    *,
    entity: str,
    metric: Metric,
    raw: str,
    source: Source,
    retrieved_at: datetime,
    as_of: date | None = None,
    dated: bool = True,
    url: str | None = None,
    endpoint: str | None = None,
    jsonpath: str | None = None,
    response_hash: str | None = None,
    licence: str | None = None,
    method: str | None = None,
    context: Context | str | None = (),
    attribute: str | None = None,
    unit: str | None = None,
    shown_diff: str | None = None,
    shown_winner: str | None = None,
    source_id: str | None = None,
    reason: str | None = None,
    author: str | None = None,
    expires: date | None = None,
) -> Observation:
    """What `source` said about `metric` of `entity`. `unit` is that of the source's column, where it states one.

    `dated` is False where the source states no date and `as_of` is the day of reading: read again tomorrow it is the same.

    `context` may be text as a catalogue holds it ("operation=parse; platform=A14"). Raises InputError where it cannot be read.
    """
    pairs = parse_context(context) if isinstance(context, str) or context is None else tuple(sorted(context))
    if attribute == metric.name:
        attribute = None
    content = (source.id, entity, metric.id, raw, as_of.isoformat() if as_of and dated else None, pairs, url)
    detail = (attribute, unit, source_id, author, reason, expires.isoformat() if expires else None)
    return Observation(
        id=_digest(content, detail),
        entity=entity,
        metric=metric.id,
        raw=raw,
        quantity=read_quantity(raw, metric, unit),
        source=source.id,
        source_id=source_id,
        tier=source.tier,
        retrieved_at=retrieved_at,
        as_of=as_of,
        dated=dated,
        url=url,
        endpoint=endpoint,
        jsonpath=jsonpath,
        response_hash=response_hash,
        licence=licence or source.licence,
        method=method,
        context=pairs,
        attribute=attribute,
        unit=unit,
        shown_diff=shown_diff,
        shown_winner=shown_winner,
        reason=reason,
        author=author,
        expires=expires,
    )


def observe_row(row: ObservationRow, registry: Registry, retrieved_at: datetime) -> Observation:
    """A catalogue row as an observation. Raises InputError for an attribute that maps to no metric."""
    category = registry.entity(row.entity).category
    metric = registry.metric_for(row.attribute, category)
    if metric is None:
        raise InputError(
            f"Attribute {row.attribute!r} of {row.entity!r} is no metric of category {category!r}: "
            "add it as an alias of one, or define it."
        )
    return make_observation(
        entity=row.entity,
        metric=metric,
        raw=row.raw,
        source=registry.source(row.source),
        retrieved_at=retrieved_at,
        as_of=row.as_of,
        url=row.url,
        method=row.method,
        context=row.context,
        attribute=None if row.attribute == metric.id else row.attribute,
        unit=row.unit,
        shown_diff=row.shown_diff,
        shown_winner=row.shown_winner,
        source_id=row.source_id,
    )


def parse_context(text: str | None) -> Context:
    """ "operation=parse; platform=A14" as sorted pairs; a note without "=" is kept under the key "note"."""
    pairs: dict[str, str] = {}
    for part in (text or "").split(";"):
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not key:
            continue
        if not equals:
            key, value = "note", key
        if not value or key in pairs:
            raise InputError(f"Context {text!r} cannot be read: write `key=value; other=value`, each key once.")
        pairs[key] = value
    return tuple(sorted(pairs.items()))


def read_quantity(raw: str, metric: Metric, column_unit: str | None = None) -> Quantity:
    """The value that `raw` holds for `metric`, in canonical units.

    A cell may hold more than the metric's own value ("15+ years, 100+ extensions"): where the first quantity is of
    another dimension than the metric and exactly one other is of the right one, that one is taken. Text and category
    metrics never hold numbers, whatever digits their text has.
    """
    match metric.kind:
        case MetricKind.QUANTITY:
            return _numeric(raw, metric, column_unit)
        case MetricKind.DATE:
            return _date(raw)
        case MetricKind.BOOLEAN | MetricKind.CATEGORY | MetricKind.TEXT:
            parsed = parse_cell(raw)
            if parsed.kind in (Kind.MISSING, Kind.BOOLEAN) or not parsed.is_numeric:
                return parsed
            return Quantity(kind=Kind.TEXT, raw=raw, start=0, end=len(raw))


def fits(quantity: Quantity, metric: Metric) -> bool:
    """Whether a numeric value is of the metric's dimension; values that are no numbers always are."""
    if metric.kind is not MetricKind.QUANTITY or not quantity.is_numeric or metric.unit is None:
        return True
    return quantity.unit == (own := canonical_unit(metric)) or same_dimension(quantity.unit or "1", own or "1")


def is_of_kind(quantity: Quantity, metric: Metric) -> bool:
    """Whether a value is what the metric asks for: a number of its dimension, a date, a yes or no; text fits text."""
    match metric.kind:
        case MetricKind.QUANTITY:
            return quantity.is_numeric and fits(quantity, metric)
        case MetricKind.DATE:
            return quantity.kind is Kind.DATE
        case MetricKind.BOOLEAN:
            return quantity.kind is Kind.BOOLEAN
        case MetricKind.CATEGORY | MetricKind.TEXT:
            return True


def canonical_unit(metric: Metric) -> str | None:
    """The unit in which the metric's values are held; a unit that the table does not know ("stars") counts things."""
    if metric.unit is None:
        return None
    own = lookup(metric.unit)
    return own.id if own is not None else "1"


def _numeric(raw: str, metric: Metric, column_unit: str | None) -> Quantity:
    first = parse_cell(raw, column_unit or metric.unit)
    if not fits(first, metric):
        right = [found for found in find_quantities(raw) if found.is_numeric and fits(found, metric)]
        if len(right) == 1:
            first = replace(right[0], raw=raw)
    return _in_canonical_unit(first, metric)


def _in_canonical_unit(quantity: Quantity, metric: Metric) -> Quantity:
    """Months as years, bits as bytes where the metric has these: values of one metric share one unit.

    "35 MB per instance" under a metric in MB is 35 MB; what it is per, qualifies it.
    """
    own, unit = canonical_unit(metric), quantity.unit
    head, _, thing = (unit or "").partition("/")
    if own is not None and head == own and thing.isalpha() and thing not in _PERIODS:
        return replace(quantity, unit=own, unit_conflict=False, qualifier=quantity.qualifier or f"per {thing}")
    if own is not None and unit == "1" and own.startswith("1/"):
        # "2.8M downloads" under downloads a week: the label says how often, the cell what is counted.
        return replace(quantity, unit=own)
    if own is None or unit is None or own == unit or quantity.low is None or quantity.high is None:
        return quantity
    low, high = convert(quantity.low, unit, own), convert(quantity.high, unit, own)
    if low is None or high is None:
        return quantity
    resolution = None if quantity.resolution is None else convert(quantity.resolution, unit, own)
    return replace(quantity, low=low, high=high, unit=own, resolution=resolution)


def _date(raw: str) -> Quantity:
    parsed = parse_cell(raw)
    if parsed.kind in (Kind.DATE, Kind.MISSING):
        return parsed
    found = _ISO_DATE.search(raw)
    if found is None:
        return parsed
    return Quantity(
        kind=Kind.DATE, raw=raw, date=found.group(), start=found.start(), end=found.end(), number_span=found.span()
    )


def _digest(*parts: object) -> str:
    body = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:16]
