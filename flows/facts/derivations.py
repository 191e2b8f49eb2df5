"""The derivations of a fact sheet: which arithmetic makes sense between its facts, and how the outcome is printed.

Only usable facts of one context take part, and where a metric has pairs in several contexts, none: `metric.ratio` must
mean one thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from flows.facts.derive import Derived, Side, age, better, difference, order, percent, ratio
from flows.facts.display import in_unit
from schemas.catalogue import Direction, Metric, MetricKind
from schemas.facts import Derivation, DerivationKind, Fact, FactStatus
from schemas.quantity import Bound, Kind, Quantity

#: What a draft may lean on.
USABLE = frozenset({FactStatus.AGREED, FactStatus.SINGLE})

#: From here on a ratio says it better.
MOST_PERCENT = 1000

_ORDINALS = ("first", "second")


def comparable_pair(facts: Sequence[Fact]) -> tuple[Fact, Fact] | None:
    """The two facts of one metric that may be set against each other, in the order given, or None.

    `facts` are all facts of one metric of two entities. Both must be usable and of one context; the pair without a
    context comes first; of several contexts none is chosen.
    """
    pairs: dict[object, list[Fact]] = {}
    for fact in facts:
        if fact.status in USABLE and fact.quantity is not None:
            pairs.setdefault(fact.context, []).append(fact)
    whole = {context: pair for context, pair in pairs.items() if len(pair) == 2}
    found = whole.get(()) or (next(iter(whole.values())) if len(whole) == 1 else None)
    return (found[0], found[1]) if found else None


def better_of(facts: Sequence[Fact], metric: Metric) -> str | None:
    """The entity that is better by the metric's direction, beyond the noise band, or None."""
    pair = comparable_pair(facts)
    if pair is None or pair[0].quantity is None or pair[1].quantity is None:
        return None
    side = better(pair[0].quantity, pair[1].quantity, metric)
    return None if side is None else pair[side].entity


def derive_metric(facts: Sequence[Fact], metric: Metric, today: date) -> Iterator[Derivation]:
    """Every derivation of one metric. `facts` are all its facts, of both entities."""
    if metric.kind is MetricKind.DATE:
        yield from _ages(facts, metric, today)
    pair = comparable_pair(facts)
    if pair is None or metric.shared:
        return
    a, b = pair[0].quantity, pair[1].quantity
    if a is None or b is None:
        return
    if metric.kind is MetricKind.DATE:
        yield from _made(DerivationKind.DIFFERENCE, difference(a, b), metric, pair)
    elif metric.kind is MetricKind.QUANTITY:
        yield from _made(DerivationKind.DIFFERENCE, difference(a, b, metric.unit), metric, pair)
        yield from _made(DerivationKind.RATIO, ratio(a, b, metric.unit), metric, pair)
        base = percent_base(a, b, metric)
        if base is not None:
            yield from _made(DerivationKind.PERCENT, percent(a, b, base, metric.unit), metric, pair, pair[base].entity)
    yield from _ranks(pair, a, b, metric)


def percent_base(a: Quantity, b: Quantity, metric: Metric) -> Side | None:
    """Whose value is 100 %: the worse side's, so that the figure says how much better the other is; the smaller on a
    neutral metric. None where the two have no order."""
    larger = order(a, b)
    if larger is None or metric.direction is Direction.LOWER:
        return larger
    return 1 if larger == 0 else 0


def _made(
    kind: DerivationKind, derived: Derived | None, metric: Metric, pair: tuple[Fact, Fact], base: str | None = None
) -> Iterator[Derivation]:
    if derived is None or derived.open:
        return
    rounding = ROUND_FLOOR if derived.bound is Bound.AT_LEAST else ROUND_HALF_UP
    low, high = derived.low, derived.high
    if kind is not DerivationKind.DIFFERENCE:
        step = _step(kind, low)
        low, high = (value.quantize(step, rounding=rounding) for value in (low, high))
    # "1x" and "0%" would deny the difference that the values show; nobody can picture 6,150 %.
    if (
        high == 0
        or (kind is DerivationKind.RATIO and low <= 1)
        or (kind is DerivationKind.PERCENT and high >= MOST_PERCENT)
    ):
        return
    unit = _unit(kind, derived, metric)
    yield Derivation(
        id=f"{metric.id}.{kind}",
        kind=kind,
        metric=metric.id,
        value=low,
        high=None if low == high else high,
        unit=derived.unit,
        display=("at least " if derived.bound is Bound.AT_LEAST else "")
        + in_unit(_quantity(low, high, derived.unit), unit),
        base=base,
        larger=pair[derived.larger].entity,
        facts=(pair[0].id, pair[1].id),
        computation=derived.computation,
    )


def _ages(facts: Sequence[Fact], metric: Metric, today: date) -> Iterator[Derivation]:
    seen: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.status in USABLE:
            seen.setdefault(fact.entity, []).append(fact)
    for entity, own in seen.items():
        alone = next((one for one in own if not one.context), own[0] if len(own) == 1 else None)
        if alone is None or alone.quantity is None:
            continue
        derived = age(alone.quantity, today)
        if derived is None or derived.low == 0:
            continue
        yield Derivation(
            id=f"{entity}.{metric.id}.age",
            kind=DerivationKind.AGE,
            metric=metric.id,
            entity=entity,
            value=derived.low,
            unit=derived.unit,
            display=in_unit(_quantity(derived.low, derived.low, derived.unit), derived.unit),
            facts=(alone.id,),
            computation=derived.computation,
        )


def _ranks(pair: tuple[Fact, Fact], a: Quantity, b: Quantity, metric: Metric) -> Iterator[Derivation]:
    """First and second, where one is better beyond the noise band; a tie has no rank worth printing."""
    winner = better(a, b, metric)
    if winner is None or not a.is_numeric:
        return
    sign = ">" if metric.direction is Direction.HIGHER else "<"
    line = f"{pair[winner].display} {sign} {pair[1 - winner].display}"
    for side, fact in enumerate(pair):
        place = 1 if side == winner else 2
        yield Derivation(
            id=f"{fact.entity}.{metric.id}.rank",
            kind=DerivationKind.RANK,
            metric=metric.id,
            entity=fact.entity,
            value=Decimal(place),
            unit=None,
            display=_ORDINALS[place - 1],
            facts=(pair[0].id, pair[1].id),
            computation=line,
        )


def _step(kind: DerivationKind, value: Decimal) -> Decimal:
    """The last digit shown: two digits of what differs, no more than the words of a page would say."""
    if kind is DerivationKind.RATIO:
        return Decimal("0.01") if value < Decimal("1.1") else Decimal("0.1") if value < 10 else Decimal(1)
    return Decimal("0.1") if value < 10 else Decimal(1)


def _unit(kind: DerivationKind, derived: Derived, metric: Metric) -> str | None:
    if kind is DerivationKind.DIFFERENCE and metric.kind is MetricKind.QUANTITY and derived.unit != "pp":
        return metric.unit
    return derived.unit


def _quantity(low: Decimal, high: Decimal, unit: str | None) -> Quantity:
    return Quantity(kind=Kind.QUANTITY if low == high else Kind.RANGE, raw="", low=low, high=high, unit=unit)


def by_metric(facts: Sequence[Fact]) -> Mapping[str, Sequence[Fact]]:
    """Facts by metric id, in order."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(fact.metric, []).append(fact)
    return found
