"""endoflife.date, API v1: how long the newest maintained release cycle of a product is supported."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from flows.gather.port import Ask
from flows.gather.shapes import day, listing, mapping, text
from schemas.catalogue import Entity, Source
from schemas.facts import Observation

API = "https://endoflife.date/api/v1"
#: What is read -> the metric that it fills.
METRICS = {"supported_until": "supported_until", "latest_version": "latest_version", "latest_release": "latest_release"}


class EndOfLife:
    """Adapter of kind `endoflife`; `external.eol` is the product's name there. Options: `endpoint`, `metrics`."""

    needs_network = True

    def covers(self, entity: Entity, _source: Source) -> bool:
        """Whether the entity names its product."""
        return "eol" in entity.external

    def read(self, entity: Entity, ask: Ask) -> Iterable[Observation]:
        """The newest maintained cycle: its end of life, and its latest version with the date. Unknown fields are ignored."""
        product = quote(entity.external["eol"], safe="")
        answer = ask.net.get(
            f"{ask.option('endpoint', API).rstrip('/')}/products/{product}", headers={"Accept": "application/json"}
        )
        result = mapping(mapping(answer.json(), "the answer").get("result"), "result")
        cycles = [mapping(cycle, "a release cycle") for cycle in listing(result.get("releases"), "result.releases")]
        dated = [
            (released, number, cycle)
            for number, cycle in enumerate(cycles)
            if cycle.get("isMaintained") is True
            and (released := day(cycle.get("releaseDate"))) is not None
            and released <= ask.now.date()
        ]
        if not dated:
            ask.remark(f"names no maintained release cycle of {entity.name}")
            return
        _, number, cycle = max(dated, key=lambda item: (item[0], -item[1]))
        latest = cycle.get("latest")
        newest: dict[str, object] = latest if isinstance(latest, dict) else {}
        released = day(newest.get("date"))
        metric = ask.mapping("metrics", METRICS)
        path = f"$.result.releases[{number}]"
        url = f"https://endoflife.date/{product}"
        values: tuple[tuple[str, date | str | None, str], ...] = (
            ("supported_until", day(cycle.get("eolFrom")), "eolFrom"),
            ("latest_version", text(newest.get("name")), "latest.name"),
            ("latest_release", released if released and released <= ask.now.date() else None, "latest.date"),
        )
        for name, value, key in values:
            yield from ask.observe(entity, metric.get(name), value, answer, f"{path}.{key}", url=url)
