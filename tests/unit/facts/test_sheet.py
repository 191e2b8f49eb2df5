from __future__ import annotations

from decimal import Decimal

import pytest

from flows.facts.derive import ratio
from schemas.catalogue import Direction, Metric, MetricKind
from schemas.facts import Derivation, FactSheet

from .builders import LATENCY, OFFICIAL, SEED, fact, metric, seen, sheet

FAST = metric("throughput", "req/s", direction=Direction.HIGHER)
STARS = metric("stars", "stars", direction=Direction.HIGHER)
DAY = metric("first_release", None, kind=MetricKind.DATE, name="First release")


def pair(a: str, b: str, of: Metric = LATENCY, **fields: object) -> FactSheet:
    return sheet(seen(a, "alpha", of=of, **fields), seen(b, "beta", of=of, **fields), metrics=[of])


def derived(found: FactSheet) -> dict[str, Derivation]:
    return {one.id: one for one in found.derivations}


def test_a_pair_of_facts_has_difference_ratio_percent_and_ranks_with_their_arithmetic() -> None:
    found = derived(pair("~2,500 req/s", "~12,000 req/s", FAST))
    assert {name: one.display for name, one in found.items()} == {
        "throughput.difference": "9,500 req/s",
        "throughput.ratio": "4.8x",
        "throughput.percent": "380%",
        "alpha.throughput.rank": "second",
        "beta.throughput.rank": "first",
    }
    assert found["throughput.percent"].base == "alpha"
    assert found["throughput.ratio"].larger == "beta"
    assert found["throughput.ratio"].facts == ("alpha.throughput", "beta.throughput")


def test_percent_is_of_the_worse_side_so_that_it_says_how_much_better_the_other_is() -> None:
    # lower is better: (120 - 50) / 120 = 58 % less than Alpha
    one = derived(pair("120 ms", "50 ms"))["latency.percent"]
    assert (one.display, one.base) == ("58%", "alpha")


def test_a_range_leaves_two_ends() -> None:
    one = derived(pair("7 minutes", "1-2 hours", metric("start", "minutes")))["start.ratio"]
    assert (one.value, one.high, one.larger) == (Decimal("8.6"), Decimal("17.1"), "beta")


def test_an_open_figure_is_said_to_be_one_and_rounded_down() -> None:
    # 79,900 / 68,000 = 1.175, which "at least 1.2x" would overstate
    found = derived(pair("68,000", "79,900+", STARS))
    assert found["stars.ratio"].display == "at least 1.1x"
    # (79,900 - 68,000) / 68,000 = 17.5 %
    assert found["stars.percent"].display == "at least 17%"
    assert found["stars.difference"].display == "at least 11,900 stars"


def test_two_open_figures_derive_nothing_but_their_order() -> None:
    assert set(derived(pair("68,000+", "75,000+", STARS))) == {"alpha.stars.rank", "beta.stars.rank"}


def test_what_is_too_large_to_picture_in_percent_is_left_to_the_ratio() -> None:
    found = derived(pair("2", "2,000", STARS))
    assert found["stars.ratio"].display == "1,000x"
    assert "stars.percent" not in found


def test_dates_have_ages_and_a_difference_in_years() -> None:
    found = derived(pair("16 April 2010", "5 December 2018", DAY))
    assert {name: one.display for name, one in found.items()} == {
        "alpha.first_release.age": "16 years",
        "beta.first_release.age": "7 years",
        "first_release.difference": "8 years",
    }


def test_nothing_is_derived_across_contexts() -> None:
    one, other = seen("12 ms", context="os=linux"), seen("30 ms", "beta", context="os=macos")
    found = sheet(one, other)
    assert found.derivations == ()
    assert found.better == {}
    assert {fact.id: fact.status.value for fact in found.facts} == {
        "alpha.latency@os=linux": "single",
        "beta.latency@os=linux": "missing",
        "alpha.latency@os=macos": "missing",
        "beta.latency@os=macos": "single",
    }


def test_pairs_in_several_contexts_have_no_one_ratio() -> None:
    both = [
        seen(raw, entity, context=f"os={system}")
        for system, values in (("linux", ("12 ms", "30 ms")), ("macos", ("20 ms", "25 ms")))
        for entity, raw in zip(("alpha", "beta"), values, strict=True)
    ]
    assert sheet(*both[:2]).derivations
    assert sheet(*both).derivations == ()


@pytest.mark.parametrize("raw", ["10 ms", "—"])
def test_one_sided_and_disputed_metrics_have_no_winner(raw: str) -> None:
    other = seen("30 ms", source=SEED, attribute="Lag")
    found = sheet(seen("12 ms", source=SEED), other, seen(raw, "beta", source=SEED))
    assert found.better == {}


def test_shared_metrics_have_neither_winner_nor_derivations() -> None:
    size = metric("registry_size", "packages", direction=Direction.HIGHER, shared=True)
    found = pair("500,000", "500,000", size)
    assert (found.derivations, found.better) == ((), {})


def test_the_winner_is_better_by_direction() -> None:
    assert pair("120 ms", "50 ms").better == {"latency": "beta"}
    assert pair("120 req/s", "50 req/s", FAST).better == {"throughput": "alpha"}


def test_metrics_come_in_the_catalogues_order_and_facts_in_the_comparisons() -> None:
    found = sheet(
        seen("1", "beta", of=STARS),
        seen("12 ms", "alpha"),
        metrics=[LATENCY, STARS, FAST],
    )
    assert [one.id for one in found.metrics] == ["latency", "stars"]
    assert [one.id for one in found.facts] == ["alpha.latency", "beta.latency", "alpha.stars", "beta.stars"]


def test_observations_of_others_and_of_unknown_metrics_are_left_out() -> None:
    found = sheet(seen("12 ms"), seen("3", "gamma"), seen("3", of=metric("unknown", "1")))
    assert [one.entity for one in found.observations] == ["alpha"]


def test_the_derived_ratio_is_that_of_the_shared_function() -> None:
    found = pair("41.8 ms", "19.9 ms")
    quantities = [fact(found, f"{entity}.latency").quantity for entity in ("alpha", "beta")]
    assert quantities[0] is not None
    assert quantities[1] is not None
    function = ratio(quantities[0], quantities[1])
    assert function is not None
    # 41.8 / 19.9 = 2.1005
    assert derived(found)["latency.ratio"].value == round(function.low, 1) == Decimal("2.1")


def test_a_dates_display_is_in_words() -> None:
    assert fact(pair("2010-04-16", "2018-12", DAY), "alpha.first_release").display == "16 April 2010"


def test_text_is_shown_without_control_and_direction_characters() -> None:
    engine = metric("engine", None, kind=MetricKind.TEXT)
    found = sheet(seen("Jin\x00ja\u202e 2\n", of=engine, source=OFFICIAL), metrics=[engine])
    assert fact(found, "alpha.engine").display == "Jin ja 2"


def test_one_of_a_counted_thing_is_singular() -> None:
    warranty = metric("warranty", "years", direction=Direction.HIGHER)
    found = pair("1 year", "2 years", warranty)
    assert fact(found, "alpha.warranty").display == "1 year"
    assert derived(found)["warranty.difference"].display == "1 year"
    assert fact(pair("1 ms", "2 ms"), "alpha.latency").display == "1 ms"
