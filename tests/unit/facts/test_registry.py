from __future__ import annotations

import pytest

from flows.errors import UnknownName
from flows.facts.registry import Registry
from schemas.catalogue import Catalogue, Category, Comparison, Entity

from .builders import metric, registry


def test_a_label_means_a_metric_by_id_name_or_alias_whatever_its_case_and_punctuation() -> None:
    hello = metric("hello_world_time", "minutes", name="Time to 'Hello World'", aliases=("First run",))
    known = registry(hello)
    for label in ("hello_world_time", "time to hello world", "TIME-TO 'Hello World'", "first run"):
        assert known.metric_for(label) is hello
    assert known.metric_for("time to goodbye") is None


def test_a_label_that_means_two_metrics_needs_its_category() -> None:
    web = metric("web_price", "USD", aliases=("price",), categories=("web",))
    cars = metric("car_price", "USD", aliases=("price",), categories=("cars",))
    known = registry(web, cars)
    assert known.metric_for("price") is None
    assert known.metric_for("price", "cars") is cars
    assert known.metric_for("price", "phones") is None


def test_a_percent_sign_tells_two_labels_apart() -> None:
    share, count = metric("share", "percent", name="Users %"), metric("users", "1", name="Users")
    assert registry(share, count).metric_for("users %") is share


@pytest.mark.parametrize("slug", ["alpha-vs-beta", "beta-vs-alpha", "Alpha-vs-Beta", "beta vs Alpha DB"])
def test_a_comparison_is_found_in_either_order_and_by_names(slug: str) -> None:
    assert registry().comparison(slug).slug == "alpha-vs-beta"


@pytest.mark.parametrize(
    ("slug", "suggested"), [("alpha-vs-betta", "'alpha-vs-beta'"), ("beta-vs-alfa", "'alpha-vs-beta'")]
)
def test_an_unknown_comparison_names_the_nearest_one(slug: str, suggested: str) -> None:
    with pytest.raises(UnknownName, match=f"Did you mean {suggested}"):
        registry().comparison(slug)


def test_a_slug_that_is_no_pair_of_ids_is_found_swapped() -> None:
    category = Category(id="cars", name="Cars", noun="car", plural="cars")
    left = Entity(id="model_3_long_range", name="Tesla Model 3 Long Range", category="cars")
    right = Entity(id="ioniq_6", name="Hyundai Ioniq 6", category="cars")
    pair = Comparison(slug="tesla-model-3-vs-hyundai-ioniq-6", entities=(left.id, right.id), category="cars")
    known = Registry(Catalogue(categories=(category,), entities=(left, right), comparisons=(pair,)))
    assert known.comparison("hyundai-ioniq-6-vs-tesla-model-3") is pair


def test_an_unknown_metric_names_the_nearest_one() -> None:
    with pytest.raises(UnknownName, match=r"no metric 'latancy'.*'latency'"):
        registry().metric("latancy")
