"""Recorded answers, served as their vendors would; and the parts that adapters are asked with."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from flows.gather.port import Ask, SourceAdapter
from flows.net import Net
from schemas.catalogue import Entity, Metric, MetricKind, Source, Tier
from schemas.facts import Observation
from tests.integration.gather.server import Reply, ScriptedServer

FOLDER = Path(__file__).parent.parent.parent / "recorded"
NOW = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)


class AllMetrics:
    """Knows the metrics that it is given, in every category."""

    def __init__(self, *metrics: Metric) -> None:
        self._known = {metric.id: metric for metric in metrics}

    def metric_for(self, attribute: str, category: str | None = None) -> Metric | None:
        return self._known.get(attribute)


def _metric(metric_id: str, kind: MetricKind = MetricKind.QUANTITY, unit: str = "1") -> Metric:
    return Metric(id=metric_id, name=metric_id, kind=kind, unit=unit if kind is MetricKind.QUANTITY else None)


METRICS = AllMetrics(
    *(_metric(name) for name in ("github_stars", "github_forks", "open_issues", "release_count", "releases_last_year")),
    *(_metric(name) for name in ("stack_overflow_questions", "known_vulnerabilities", "downloads", "rating")),
    *(_metric(name, unit="KB") for name in ("wheel_size", "sdist_size")),
    *(_metric(name, MetricKind.DATE) for name in ("first_release", "latest_release", "last_push", "supported_until")),
    *(_metric(name, MetricKind.TEXT) for name in ("latest_version", "python_floor", "licence")),
    _metric("archived", MetricKind.BOOLEAN),
    _metric("price", unit="USD"),
    _metric("monthly_price", unit="USD/month"),
)


def entity(name: str = "Flask", **external: str) -> Entity:
    """An entity with the names that sources know it by."""
    return Entity(id=name.lower(), name=name, category="web_frameworks", external=external)


def source(kind: str, **options: object) -> Source:
    """An official source of that kind."""
    return Source(
        id=kind, name=f"the {kind} source", tier=Tier.OFFICIAL, kind=kind, licence="test licence", options=options
    )


def serve(server: ScriptedServer, name: str) -> None:
    """Let the server answer as recorded in tests/recorded/<name>.json; the same path twice means first this, then that."""
    document = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    assert document["origin"]
    for answer in document["answers"]:
        body = answer["body"]
        raw = body if isinstance(body, str) else json.dumps(body)
        replies = server.replies.setdefault(answer["path"], [])
        assert isinstance(replies, list)
        replies.append(Reply(raw.encode(), answer.get("status", 200), answer["headers"]))


def read(
    adapter: SourceAdapter,
    about: Entity,
    asked: Source,
    net: Net,
    remarks: list[str] | None = None,
    secrets: Mapping[str, str] | None = None,
    now: datetime = NOW,
) -> dict[str, Observation]:
    """What the adapter yields, by metric; no metric twice."""
    ask = Ask(asked, METRICS, net, now, secrets or {}, (remarks if remarks is not None else []).append)
    assert adapter.covers(about, asked)
    found = list(adapter.read(about, ask))
    by_metric = {seen.metric: seen for seen in found}
    assert len(by_metric) == len(found)
    return by_metric


def raws(found: Mapping[str, Observation]) -> dict[str, str]:
    """Metric -> raw value."""
    return {metric: seen.raw for metric, seen in found.items()}
