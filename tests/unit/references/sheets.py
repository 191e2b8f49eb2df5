"""A small hand-made fact sheet, and a way to make others: no parsing, no resolution."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from schemas.catalogue import Category, Comparison, Direction, Entity, Metric, MetricKind
from schemas.facts import Context, Derivation, DerivationKind, Fact, FactSheet, FactStatus
from schemas.quantity import Kind, Quantity

TODAY = date(2026, 11, 20)


def fact(
    entity: str,
    metric: str,
    display: str,
    value: str | None = None,
    status: FactStatus = FactStatus.SINGLE,
    context: Context = (),
) -> Fact:
    number = Decimal(value) if value is not None else None
    kind = Kind.QUANTITY if value is not None else Kind.TEXT
    known = status not in (FactStatus.DISPUTED, FactStatus.MISSING)
    return Fact(
        id=f"{entity}.{metric}" + "".join(f"@{k}={v}" for k, v in context),
        entity=entity,
        metric=metric,
        status=status,
        context=context,
        quantity=Quantity(kind=kind, raw=display, low=number, high=number) if known else None,
        display=display if known else None,
    )


def sheet(*facts: Fact, derivations: tuple[Derivation, ...] = ()) -> FactSheet:
    metrics = dict.fromkeys(f.metric for f in facts)
    return FactSheet(
        comparison=Comparison(slug="flask-vs-fastapi", entities=("flask", "fastapi"), category="web"),
        category=Category(id="web", name="Web frameworks", noun="framework", plural="frameworks"),
        entities=(
            Entity(id="flask", name="Flask", category="web"),
            Entity(id="fastapi", name="FastAPI", category="web"),
        ),
        metrics=tuple(
            Metric(
                id=m,
                name=m.replace("_", " ").capitalize(),
                kind=MetricKind.QUANTITY,
                unit="1",
                direction=Direction.HIGHER,
            )
            for m in metrics
        ),
        facts=facts,
        derivations=derivations,
        today=TODAY,
    )


THROUGHPUT = (
    fact("flask", "throughput", "2,500 req/s", "2500"),
    fact("fastapi", "throughput", "12,000 req/s", "12000"),
)
RATIO = Derivation(
    id="throughput.ratio",
    kind=DerivationKind.RATIO,
    metric="throughput",
    value=Decimal("4.8"),
    display="4.8x",
    larger="fastapi",
    facts=("flask.throughput", "fastapi.throughput"),
    computation="12,000 / 2,500 = 4.8",
)
SHEET = sheet(
    *THROUGHPUT,
    fact("flask", "stars", "", status=FactStatus.DISPUTED),
    fact("fastapi", "stars", "75,000", "75000", status=FactStatus.STALE),
    fact("flask", "orm", "", status=FactStatus.MISSING),
    fact("flask", "latency", "25 ms", "25", context=(("mode", "sync"),)),
    fact("flask", "latency", "35 ms", "35", context=(("mode", "async"),)),
    fact("fastapi", "latency", "8 ms", "8", context=(("mode", "async"),)),
    derivations=(RATIO,),
)
