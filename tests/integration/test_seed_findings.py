"""The findings on a real comparison page: its known defects are raised, and its repaired facts raise nothing.

A defect counts as raised when a finding of the mapped kind names one of its observations. The rules know nothing of the
page; what is made by hand here is the registry: which of the page's labels mean one metric, in which unit, which way round.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows.facts.observe import make_observation, observe_row
from flows.facts.registry import Registry
from flows.facts.sheet import build_sheet
from flows.gather.catalogue import load_catalogue
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
from schemas.facts import FactSheet, FindingKind, Observation

SHARED = Path(os.environ.get("TIEBREAK_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
SEED = SHARED / "seed"
DATA = Path(__file__).resolve().parents[2] / "data"

pytestmark = pytest.mark.skipif(
    not (SEED / "defects.json").exists(), reason=f"no seed page at {SEED}: set TIEBREAK_SHARED to the shared folder"
)

#: Kind of defect -> the kind of finding that raises it. Kinds that are not about facts (prose, encoding, sources) are absent.
RAISED_BY = {
    "wrong_column": FindingKind.WRONG_COLUMN,
    "contradiction": FindingKind.CONTRADICTION,
    "duplicate_metric": FindingKind.DUPLICATE_METRIC,
    "unit_mismatch": FindingKind.UNIT_MISMATCH,
    "implausible": FindingKind.IMPLAUSIBLE,
    "bad_diff": FindingKind.BAD_DIFF,
    "wrong_winner": FindingKind.WRONG_WINNER,
    "stale": FindingKind.STALE,
}

#: The page was read on this day.
PAGE_DAY = date(2026, 6, 30)
READ_AT = datetime(2026, 6, 30, 12, tzinfo=UTC)

HIGHER, LOWER, NEUTRAL = Direction.HIGHER, Direction.LOWER, Direction.NEUTRAL

#: Family of labels -> unit, direction. Families that are not listed are categories.
NUMERIC = {
    "core_size": ("KB", LOWER),
    "latency": ("ms", LOWER),
    "downloads": ("downloads", HIGHER),
    "hello_world": ("minutes", LOWER),
    "stack_overflow": ("questions", HIGHER),
    "startup": ("ms", LOWER),
    "github_stars": ("stars", HIGHER),
    "extensions": ("packages", HIGHER),
    "throughput": ("req/s", HIGHER),
    "registry_size": ("packages", HIGHER),
    "memory": ("MB", LOWER),
    "cold_start": ("ms", LOWER),
    "boilerplate": ("lines", LOWER),
    "learning": ("hours", LOWER),
    "adoption": ("percent", HIGHER),
    "jobs": ("jobs", HIGHER),
    "maturity": ("years", HIGHER),
    "build_time": ("hours", LOWER),
    "concurrency": ("connections", HIGHER),
}

#: The families hold a date and counts of years in one ("age", which is no metric's id); they are two metrics here.
FIRST_RELEASE = "first_release_year"

#: The key differences have no label on the page.
UNLABELLED = {
    "kd-1": ("kd_throughput",),
    "kd-2": ("kd_async",),
    "kd-3": ("kd_api_docs",),
    "kd-4": ("kd_learning_curve:learning", "kd_learning_curve:build_time"),
    "kd-5": ("kd_ecosystem:extensions", "kd_ecosystem:maturity"),
    "kd-6": ("kd_data_validation",),
    "kd-7": ("kd_stack_overflow",),
}


def load(name: str) -> dict:
    return json.loads((SEED / name).read_text(encoding="utf-8"))


def slug(attribute: str, unit: str | None) -> str:
    text = f"{attribute} {unit or ''}".replace("%", "pct").lower()
    return re.sub(r"[^a-z0-9]+", "_", text).strip("_")


def families() -> dict[str, list[str]]:
    found = {name: list(members) for name, members in load("metric_families.json")["families"].items()}
    age = found.pop("age")
    found["maturity"] = [member for member in age if member != FIRST_RELEASE]
    found[FIRST_RELEASE] = [FIRST_RELEASE]
    return found


def seed_registry() -> Registry:
    rows = load("facts.json")["observations"]
    labels = {slug(row["attribute"], row["unit"]): row["attribute"] for row in rows if row["attribute"]}
    metrics = []
    for name, members in families().items():
        aliases = [labels[member] for member in members if member in labels]
        aliases += [f"{member}:{name}" for member in members if member.startswith("kd_")]
        aliases += [member for member in members if member.startswith("kd_") and _homes(member) == 1]
        shape: dict = {"id": name, "name": name.replace("_", " ").capitalize(), "aliases": tuple(aliases)}
        if name in NUMERIC:
            unit, direction = NUMERIC[name]
            shape |= {"kind": MetricKind.QUANTITY, "unit": unit, "direction": direction}
        else:
            shape["kind"] = MetricKind.DATE if name == FIRST_RELEASE else MetricKind.CATEGORY
        if name == "python_version":
            # Python's calendar as the shipped registry has it, which knows nothing of what needs which Python.
            shape["ended"] = Registry(load_catalogue(DATA)).metric("python_floor").ended
        metrics.append(Metric(**shape, shared=name == "registry_size"))
    return Registry(
        Catalogue(
            categories=(Category(id="web", name="Web frameworks", noun="framework", plural="frameworks"),),
            metrics=tuple(metrics),
            rules=(Rule(lower="startup", upper="cold_start", because="a cold start contains the start"),),
            entities=(
                Entity(id="flask", name="Flask", category="web", external={"pypi": "flask"}),
                Entity(id="fastapi", name="FastAPI", category="web", external={"pypi": "fastapi"}),
            ),
            comparisons=(Comparison(slug="flask-vs-fastapi", entities=("flask", "fastapi"), category="web"),),
            sources=(Source(id="seed", name="the seed page", tier=Tier.SEED),),
        )
    )


def _homes(member: str) -> int:
    return sum(member in members for members in families().values())


def seed_observations(registry: Registry) -> list[Observation]:
    found = []
    for row in load("facts.json")["observations"]:
        labels = UNLABELLED.get(row["id"].rsplit("-", 1)[0], (row["attribute"],))
        if row["value"] is None or labels == (None,):
            continue
        for label in labels:
            metric = registry.metric_for(label)
            assert metric is not None, label
            found.append(
                make_observation(
                    entity=row["entity"],
                    metric=metric,
                    raw=row["value"],
                    source=registry.source("seed"),
                    retrieved_at=READ_AT,
                    attribute=label,
                    unit=row["unit"],
                    shown_diff=row["displayed_diff"],
                    shown_winner=row["entity"] if row["marked_winner"] is True else None,
                    source_id=row["id"],
                )
            )
    return found


@pytest.fixture(scope="module")
def seed_sheet() -> FactSheet:
    registry = seed_registry()
    return build_sheet(registry.comparison("flask-vs-fastapi"), registry, seed_observations(registry), PAGE_DAY)


def raised(sheet: FactSheet) -> dict[str, list[tuple[str, bool]]]:
    """For each kind of defect its defects, each with whether it was raised."""
    row = {one.id: one.source_id for one in sheet.observations}
    named: dict[FindingKind, set[str | None]] = {}
    for finding in sheet.findings:
        named.setdefault(finding.kind, set()).update(row[one] for one in finding.observations)
    found: dict[str, list[tuple[str, bool]]] = {}
    for defect in load("defects.json"):
        kind = RAISED_BY.get(defect["kind"])
        if kind is not None:
            hit = bool(named.get(kind, set()) & set(defect["observations"]))
            found.setdefault(defect["kind"], []).append((defect["id"], hit))
    return found


def rate(sheet: FactSheet) -> tuple[float, str]:
    """The share of defects raised, and what to say when it is too small."""
    found = raised(sheet)
    counted = {kind: (sum(hit for _, hit in defects), len(defects)) for kind, defects in found.items()}
    missed = [defect for defects in found.values() for defect, hit in defects if not hit]
    hits, total = (sum(pair[place] for pair in counted.values()) for place in (0, 1))
    return hits / total, f"{hits} of {total}: {counted}; missed: {missed}"


def test_nine_of_ten_defects_are_raised(seed_sheet: FactSheet) -> None:
    assert {kind: len(defects) for kind, defects in raised(seed_sheet).items()} == {
        "wrong_column": 41,
        "contradiction": 37,
        "duplicate_metric": 23,
        "unit_mismatch": 19,
        "implausible": 17,
        "bad_diff": 7,
        "wrong_winner": 2,
        "stale": 9,
    }
    share, told = rate(seed_sheet)
    assert share >= 0.9, told


def test_the_shipped_catalogue_finds_nearly_as_many() -> None:
    """It registers the latencies apart and each key difference once, which costs a duplicate and a contradiction."""
    registry = Registry(load_catalogue(DATA))
    rows = [row for row in registry.catalogue.observations if registry.source(row.source).tier is Tier.SEED]
    observations = [observe_row(row, registry, READ_AT) for row in rows]
    share, told = rate(build_sheet(registry.comparison("flask-vs-fastapi"), registry, observations, PAGE_DAY))
    assert share >= 0.88, told


def test_the_repaired_facts_raise_nothing() -> None:
    clean = load("clean_facts.json")
    kinds = {metric["id"]: metric for metric in clean["metrics"]}
    registry = Registry(
        Catalogue(
            categories=(Category(id="web", name="Web frameworks", noun="framework", plural="frameworks"),),
            metrics=tuple(
                Metric(
                    id=metric["id"],
                    name=metric["name"],
                    aliases=tuple(metric["aliases"]),
                    kind=MetricKind(metric["kind"]),
                    unit=metric["unit"],
                    direction=Direction(metric["direction"]),
                )
                for metric in clean["metrics"]
            ),
            entities=tuple(
                Entity(id=entity["id"], name=entity["name"], aliases=tuple(entity["aliases"]), category="web")
                for entity in clean["entities"]
            ),
            comparisons=(Comparison(slug="flask-vs-fastapi", entities=("flask", "fastapi"), category="web"),),
            sources=(Source(id="curated", name="Editor's choice", tier=Tier.CURATED),),
        )
    )
    observations = [
        make_observation(
            entity=fact["entity"],
            metric=registry.metric(fact["metric"]),
            raw=fact["value"],
            source=registry.source("curated"),
            retrieved_at=READ_AT,
            as_of=date(2026, 1, 31) if fact["context"] == "as of Jan 2026" else None,
        )
        for fact in clean["facts"]
    ]
    assert len(observations) == len(clean["facts"]) > 30
    assert {one.metric for one in observations} == set(kinds)
    sheet = build_sheet(registry.comparison("flask-vs-fastapi"), registry, observations, PAGE_DAY)
    assert [finding.sentence for finding in sheet.findings] == []


def test_a_finding_says_why_each_fact_is_disputed(seed_sheet: FactSheet) -> None:
    told = {fact for finding in seed_sheet.findings if finding.kind == "contradiction" for fact in finding.facts}
    doubted = {one for finding in seed_sheet.findings if finding.withholds for one in finding.observations}
    disputed = [fact for fact in seed_sheet.facts if fact.status == "disputed"]
    assert disputed
    assert [fact.id for fact in disputed if fact.id not in told and not doubted.issuperset(fact.evidence)] == []


def test_no_figure_reaches_a_draft_from_the_column_of_the_other(seed_sheet: FactSheet) -> None:
    misplaced = {
        one for finding in seed_sheet.findings if finding.kind == "wrong_column" for one in finding.observations
    }
    usable = [fact for fact in seed_sheet.facts if fact.status in ("agreed", "single")]
    assert usable
    assert [fact.id for fact in usable if misplaced.issuperset(fact.evidence)] == []


def test_no_finding_repeats_another(seed_sheet: FactSheet) -> None:
    times = Counter(finding.sentence for finding in seed_sheet.findings)
    assert [sentence for sentence, count in times.items() if count > 1] == []
