"""What identifies a sheet: the hash of what it says, and the fingerprint of what would change a page.

`sheet_hash` is of (entity, metric, low, high, unit, approx, bound, status, context) and, for values that are no numbers,
their text; no ids, no times. `fingerprint` maps values to their materiality class and adds the order of the entities per
metric. In the fingerprint `agreed` and `single` are one: a second source that says the same changes no page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from flows.facts.materiality import materiality_class
from flows.facts.registry import normalise
from schemas.catalogue import Metric
from schemas.facts import Fact, FactStatus
from schemas.quantity import Quantity


def canonical_json(value: object) -> str:
    """One spelling of a JSON value: keys sorted, no spaces, no escapes beyond what JSON needs. Decimals come as strings."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(value: object) -> str:
    """SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(value).encode("utf-8", "surrogatepass")).hexdigest()


def sheet_hash(facts: Sequence[Fact]) -> str:
    """The hash of what the facts say; their order does not matter."""
    return digest(sorted((_said(fact) for fact in facts), key=canonical_json))


def fingerprint(facts: Sequence[Fact], metrics: Sequence[Metric], better: Mapping[str, str]) -> str:
    """The hash of what a page depends on. `better` as in the fact sheet: metric id to the better entity."""
    known = {metric.id: metric for metric in metrics}
    classes = sorted((_class(fact, known[fact.metric]) for fact in facts), key=canonical_json)
    return digest([classes, sorted(better.items())])


def _said(fact: Fact) -> list[object]:
    quantity = fact.quantity
    where = [fact.entity, fact.metric, [list(pair) for pair in fact.context], fact.status.value]
    if quantity is None:
        return [*where, None]
    if not quantity.is_numeric:
        return [*where, _text(quantity)]
    bound = quantity.bound.value if quantity.bound else None
    return [*where, [_plain(quantity.low), _plain(quantity.high), quantity.unit, quantity.approx, bound]]


def _class(fact: Fact, metric: Metric) -> list[object]:
    quantity = fact.quantity
    status = "usable" if fact.status in (FactStatus.AGREED, FactStatus.SINGLE) else fact.status.value
    where = [fact.entity, fact.metric, [list(pair) for pair in fact.context], status]
    if quantity is None:
        return [*where, None]
    if quantity.low is None or quantity.high is None:
        return [*where, _text(quantity)]
    bound = quantity.bound.value if quantity.bound else None
    ends = [materiality_class(end, metric.materiality) for end in (quantity.low, quantity.high)]
    return [*where, [*ends, quantity.unit, quantity.approx, bound]]


def _text(quantity: Quantity) -> str:
    return quantity.date or normalise(quantity.raw)


def _plain(value: Decimal | None) -> str | None:
    """ "1E+3", "1000" and "1000.0" are one number."""
    if value is None:
        return None
    return format(value.normalize(), "f") if value else "0"
