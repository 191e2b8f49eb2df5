"""Two small pairs that share nothing, for the tests of prompts: made here, so that editing the catalogue changes no snapshot."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flows.facts.observe import make_observation
from flows.facts.registry import Registry
from flows.facts.sheet import build_sheet
from schemas.catalogue import Catalogue, Category, Comparison, Direction, Entity, Metric, MetricKind, Source
from schemas.facts import FactSheet

READ_AT = datetime(2026, 11, 1, tzinfo=UTC)
TODAY = date(2026, 11, 22)

_METRICS = (
    Metric(id="boil_time", name="Boil time", kind=MetricKind.QUANTITY, unit="s", direction=Direction.LOWER),
    Metric(id="volume", name="Volume", kind=MetricKind.QUANTITY, unit="ml", direction=Direction.HIGHER),
    Metric(id="colour", name="Colour", kind=MetricKind.CATEGORY, direction=Direction.NEUTRAL),
)


def sheet(left: str = "swift", right: str = "homely", **texts: str) -> FactSheet:
    """A sheet of two entities; `texts` replaces values by "ENTITY__METRIC" and names by "ENTITY__name"."""
    values = {
        f"{left}__boil_time": "120 s",
        f"{right}__boil_time": "240 s",
        f"{left}__volume": "1500 ml",
        f"{right}__volume": "2000 ml",
        f"{left}__colour": "red",
        f"{right}__colour": "blue",
    } | texts
    names = {one: values.pop(f"{one}__name", one.title()) for one in (left, right)}
    comparison = Comparison(
        slug=f"{left}-vs-{right}", entities=(left, right), category="kettles", key_metrics=("boil_time", "volume")
    )
    catalogue = Catalogue(
        categories=(Category(id="kettles", name="Kettles", noun="kettle", plural="kettles"),),
        entities=tuple(Entity(id=one, name=names[one], category="kettles") for one in (left, right)),
        metrics=_METRICS,
        sources=(Source(id="leaflets", name="Leaflets", tier=3),),
        comparisons=(comparison,),
    )
    metrics = {metric.id: metric for metric in _METRICS}
    observations = []
    for key, raw in values.items():
        entity, metric = key.split("__")
        observations.append(
            make_observation(
                entity=entity, metric=metrics[metric], raw=raw, source=catalogue.sources[0], retrieved_at=READ_AT
            )
        )
    return build_sheet(comparison, Registry(catalogue), observations, TODAY)
