"""Small catalogues, observations and sheets for tests of the facts room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from flows.facts.observe import make_observation
from flows.facts.registry import Registry
from flows.facts.sheet import build_sheet
from schemas.catalogue import (
    Catalogue,
    Category,
    Comparison,
    Direction,
    Entity,
    Metric,
    MetricKind,
    Rule,
    Source,
    Tier,
)
from schemas.facts import Fact, FactSheet, Observation

TODAY = date(2026, 6, 30)
READ_AT = datetime(2026, 6, 1, 12, tzinfo=UTC)

SEED = Source(id="seed", name="Seed page", tier=Tier.SEED)
BLOG = Source(id="blog", name="A blog", tier=Tier.THIRD_PARTY)
CURATED = Source(id="curated", name="Editor's file", tier=Tier.CURATED)
OFFICIAL = Source(id="official", name="Vendor", tier=Tier.OFFICIAL)
MIRROR = Source(id="mirror", name="Mirror", tier=Tier.OFFICIAL)
SOURCES = (SEED, BLOG, CURATED, OFFICIAL, MIRROR)

ALPHA = Entity(id="alpha", name="Alpha", aliases=("Alpha DB",), category="databases")
BETA = Entity(id="beta", name="Beta", category="databases")


def metric(metric_id: str = "latency", unit: str | None = "ms", **fields: object) -> Metric:
    """A quantity where lower is better, unless said otherwise."""
    given: dict[str, object] = {
        "id": metric_id,
        "name": metric_id.replace("_", " ").capitalize(),
        "kind": MetricKind.QUANTITY if unit else MetricKind.CATEGORY,
        "unit": unit,
        "direction": Direction.LOWER if unit else Direction.NEUTRAL,
    }
    return Metric.model_validate(given | fields)


LATENCY = metric()


def seen(
    raw: str, entity: str = "alpha", of: Metric = LATENCY, source: Source = CURATED, **fields: object
) -> Observation:
    """What `source` said on 1 June 2026, unless said otherwise."""
    given: dict = {"entity": entity, "metric": of, "raw": raw, "source": source, "retrieved_at": READ_AT}
    return make_observation(**(given | fields))


def registry(*metrics: Metric, rules: Sequence[Rule] = (), entities: Sequence[Entity] = (ALPHA, BETA)) -> Registry:
    """Two databases and the comparison of them."""
    return Registry(
        Catalogue(
            categories=(Category(id="databases", name="Databases", noun="database", plural="databases"),),
            metrics=metrics or (LATENCY,),
            rules=tuple(rules),
            entities=tuple(entities),
            comparisons=(
                Comparison(slug="alpha-vs-beta", entities=(entities[0].id, entities[1].id), category="databases"),
            ),
            sources=SOURCES,
        )
    )


def sheet(
    *observations: Observation,
    metrics: Sequence[Metric] = (LATENCY,),
    rules: Sequence[Rule] = (),
    entities: Sequence[Entity] = (ALPHA, BETA),
    today: date = TODAY,
) -> FactSheet:
    """The sheet of Alpha against Beta."""
    known = registry(*metrics, rules=rules, entities=entities)
    return build_sheet(known.comparison("alpha-vs-beta"), known, observations, today)


def fact(found: FactSheet, fact_id: str) -> Fact:
    """The fact of that id."""
    return next(one for one in found.facts if one.id == fact_id)


def sentences(found: FactSheet, kind: str) -> list[str]:
    """The sentences of all findings of one kind."""
    return [one.sentence for one in found.findings if one.kind == kind]
