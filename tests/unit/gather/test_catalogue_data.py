"""The catalogue that ships with the project: what it must hold, and that the seed lot is carried as displayed."""

from __future__ import annotations

import json
import os
from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest

from flows.facts.registry import Registry
from flows.gather.catalogue import load_catalogue
from flows.gather.metrics_table import remarks
from schemas.catalogue import Catalogue, MetricKind, ObservationRow, Tier

ROOT = Path(__file__).resolve().parents[3]
SEED = Path(os.environ.get("TIEBREAK_SHARED", ROOT.parent / "shared")) / "seed"
TABLES = ("key_facts", "full_comparison", "full_comparison_more", "key_differences")

needs_seed = pytest.mark.skipif(
    not (SEED / "facts.json").exists(), reason=f"no seed page at {SEED}: set TIEBREAK_SHARED to the shared folder"
)


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "data")


def rows_of(source: str) -> list[ObservationRow]:
    return [row for row in catalogue().observations if row.source == source]


def test_there_are_eight_categories_with_at_least_two_comparisons_each() -> None:
    count = Counter(comparison.category for comparison in catalogue().comparisons)
    assert len(catalogue().categories) == 8
    assert min(count.values()) >= 2


def test_every_comparison_knows_at_least_eight_metrics_of_both_sides() -> None:
    registry = Registry(catalogue())
    category = {entity.id: entity.category for entity in catalogue().entities}
    known: dict[str, set[str]] = {}
    for row in catalogue().observations:
        metric = registry.metric_for(row.attribute, category[row.entity])
        assert metric is not None
        known.setdefault(row.entity, set()).add(metric.id)
    for comparison in catalogue().comparisons:
        left, right = comparison.entities
        assert len(known[left] & known[right]) >= 8, comparison.slug
        assert set(comparison.key_metrics) <= known[left] & known[right], comparison.slug


def test_every_category_has_two_comparisons_and_a_rule_of_plausibility() -> None:
    of = {metric.id: set(metric.categories) for metric in catalogue().metrics}
    for category in catalogue().categories:
        assert sum(one.category == category.id for one in catalogue().comparisons) >= 2, category.id
        assert any(category.id in of[rule.lower] & of[rule.upper] for rule in catalogue().rules), category.id


def test_the_only_remarks_are_metrics_that_a_live_source_fills() -> None:
    lines = {f"{remark.about} {remark.what}" for remark in remarks(catalogue())}
    assert {line for line in lines if "only a live source can fill it" not in line} == set()


def test_every_figure_beyond_the_seed_page_has_a_date_and_an_address() -> None:
    for row in catalogue().observations:
        assert row.as_of is not None, row
        if row.source not in ("seed_page", "editor_choice"):
            assert row.url is not None, row


def test_what_nobody_re_read_says_so_and_is_never_official() -> None:
    tiers = {source.id: source.tier for source in catalogue().sources}
    for row in catalogue().observations:
        if row.source == "by_hand":
            assert row.method is not None, row
        if tiers[row.source] is Tier.OFFICIAL:
            assert "re-read" not in (row.method or ""), row


def test_what_was_typed_in_links_no_page_that_nobody_opened() -> None:
    typed = {row.url for row in rows_of("by_hand")}
    assert all(url is not None and len(url.rstrip("/").split("/")) <= 6 for url in typed), typed


def test_no_address_is_that_of_a_package_registry() -> None:
    registries = ("py" + "pi.org", "pythonhosted" + ".org", "npm" + "js.org", "npm" + "js.com", "crates" + ".io")
    for path in (ROOT / "data").rglob("*.*"):
        if path.suffix in (".yaml", ".csv"):
            text = path.read_text(encoding="utf-8")
            assert not [host for host in registries if host in text], path.name


def test_prices_and_counts_that_move_go_stale_within_two_years() -> None:
    for metric in catalogue().metrics:
        if metric.unit in ("USD/month", "USD/million tokens", "stars", "downloads/week"):
            assert metric.ttl_days <= 730, metric.id


def test_every_quantity_has_bounds_of_plausibility_or_a_reason_to_have_none() -> None:
    bare = {m.id for m in catalogue().metrics if m.kind is MetricKind.QUANTITY and m.plausible_min is None}
    assert bare == set()


@needs_seed
def test_the_seed_lot_carries_every_cell_as_displayed_in_its_own_column() -> None:
    given = [
        item
        for item in json.loads((SEED / "facts.json").read_text())["observations"]
        if item["section"] in TABLES and item["value"] is not None
    ]
    held = {row.source_id: row for row in rows_of("seed_page")}
    assert len(given) == len(held) == 201
    for item in given:
        row = held[item["id"]]
        assert (row.entity, row.raw, row.unit, row.shown_diff) == (
            item["entity"],
            item["value"],
            item["unit"],
            item["displayed_diff"],
        )
        if item["attribute"] is not None:
            assert row.attribute == item["attribute"]


@needs_seed
def test_the_marked_winner_of_a_key_difference_stands_on_both_its_sides() -> None:
    given = {item["id"]: item for item in json.loads((SEED / "facts.json").read_text())["observations"]}
    for row in rows_of("seed_page"):
        assert row.source_id is not None
        if row.source_id.startswith("kd-"):
            pair = [given[f"{row.source_id.rsplit('-', 1)[0]}-{side}"] for side in ("flask", "fastapi")]
            assert row.shown_winner == next(item["entity"] for item in pair if item["marked_winner"])
        else:
            assert row.shown_winner is None


@needs_seed
def test_the_second_lot_is_the_curated_choice_and_outranks_the_seed_page() -> None:
    chosen = json.loads((SEED / "clean_facts.json").read_text())["facts"]
    held = rows_of("editor_choice")
    assert [(row.entity, row.raw, row.source_id) for row in held] == [
        (fact["entity"], fact["value"], fact["observation"]) for fact in chosen
    ]
    tiers = {source.id: source.tier for source in catalogue().sources}
    assert tiers["seed_page"] is Tier.SEED
    assert tiers["editor_choice"] is Tier.CURATED


@needs_seed
def test_the_nine_labels_of_throughput_mean_one_metric() -> None:
    labels = {
        row.attribute
        for row in rows_of("seed_page")
        if "per second" in row.attribute.lower() or "hroughput" in row.attribute
    }
    registry = Registry(catalogue())
    assert len(labels) == 9
    assert {metric.id for label in labels if (metric := registry.metric_for(label, "web_frameworks"))} == {"throughput"}
