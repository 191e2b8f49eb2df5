"""Figures under the wrong entity, printed differences and marked winners: what a table shows beside its cells."""

from __future__ import annotations

import pytest

from schemas.catalogue import Direction, Entity, Metric, MetricKind
from schemas.facts import FactSheet, Observation

from .builders import ALPHA, BETA, BLOG, CURATED, LATENCY, SEED, fact, metric, seen, sentences, sheet

SPECS = [metric(f"spec_{number}", "ms") for number in range(8)]
PLUGINS = metric("plugins", None, kind=MetricKind.CATEGORY)


def row(left: str, right: str, of: Metric = LATENCY, **fields: object) -> list[Observation]:
    return [seen(left, "alpha", of=of, **fields), seen(right, "beta", of=of, **fields)]


def copied(rows: int, denied: int, source: object = BLOG) -> FactSheet:
    """`rows` rows with one figure on both sides; for the first `denied` of them Alpha has another figure elsewhere."""
    cells = [one for of in SPECS[:rows] for one in row("7 ms", "7 ms", of, source=source)]
    cells += [seen("90 ms", of=of, source=source, attribute="Elsewhere") for of in SPECS[:denied]]
    return sheet(*cells, metrics=SPECS)


def test_a_source_that_copies_figures_into_both_columns_is_found_out() -> None:
    found = sentences(copied(5, 2), "wrong_column")
    assert len([one for one in found if "printed for both sides, as in 5 of the 5 rows" in one]) == 5


@pytest.mark.parametrize(("rows", "denied"), [(4, 4), (8, 1)])
def test_two_products_may_share_figures_that_nothing_denies(rows: int, denied: int) -> None:
    assert sentences(copied(rows, denied), "wrong_column") == []


def test_a_figure_in_the_wrong_column_reaches_no_draft() -> None:
    found = copied(5, 2)
    assert fact(found, "beta.spec_4").status == "disputed"
    assert fact(found, "beta.spec_4").display is None


def test_a_copied_figure_stays_usable_where_another_source_says_the_same() -> None:
    cells = [one for of in SPECS[:5] for one in row("7 ms", "7 ms", of, source=BLOG)]
    cells += [seen("90 ms", of=of, source=BLOG, attribute="Elsewhere") for of in SPECS[:2]]
    found = sheet(*cells, seen("7 ms", "beta", of=SPECS[4], source=CURATED), metrics=SPECS)
    assert fact(found, "beta.spec_4").display == "7 ms"


def test_a_value_that_repeats_the_others_and_contradicts_its_own_looks_misplaced() -> None:
    odd = seen("50 ms", attribute="Lag", source=BLOG)
    found = sheet(*row("10 ms", "50 ms", source=BLOG), odd)
    (sentence,) = sentences(found, "wrong_column")
    assert 'Lag: "50 ms" stands under Alpha' in sentence
    assert "it looks like Beta's" in sentence


def test_a_feature_that_reads_like_the_others_looks_misplaced() -> None:
    odd = seen("Native", of=PLUGINS, attribute="Plug-in support", source=BLOG)
    found = sheet(*row("Via an extension", "Built in", PLUGINS, source=BLOG), odd, metrics=[PLUGINS])
    assert len(sentences(found, "wrong_column")) == 1


def test_a_value_between_two_that_differ_is_nobodys() -> None:
    found = sheet(*row("10 ms", "50 ms", source=BLOG), seen("30 ms", attribute="Lag", source=BLOG))
    assert sentences(found, "wrong_column") == []


@pytest.mark.parametrize(
    ("attribute", "raw", "found"),
    [
        ("Beta latency", "12 ms", True),
        (None, "12 ms (Beta 2.0)", True),
        ("Alpha and Beta latency", "12 ms", False),
        ("Betamax latency", "12 ms", False),
        ("beta release latency", "12 ms", False),
    ],
)
def test_a_figure_that_names_the_other_entity_is_found(attribute: str | None, raw: str, found: bool) -> None:
    assert bool(sentences(sheet(seen(raw, attribute=attribute)), "wrong_column")) is found


def test_a_text_may_name_the_other_entity() -> None:
    found = sheet(seen("Beta-compatible", of=PLUGINS), metrics=[PLUGINS])
    assert sentences(found, "wrong_column") == []


def test_a_seed_page_about_another_pair_proves_nothing_about_its_figures() -> None:
    cells = [seen("7 ms", of=of, source=SEED) for of in SPECS[:5]]
    found = sheet(*cells, metrics=SPECS)
    assert "no row with a value for both sides" in sentences(found, "wrong_column")[0]
    assert fact(found, "alpha.spec_0").status == "disputed"
    assert sentences(sheet(*cells[:4], metrics=SPECS), "wrong_column") == []


def shown(left: str, right: str, diff: str, of: Metric = LATENCY) -> FactSheet:
    return sheet(*row(left, right, of, shown_diff=diff), metrics=[of])


@pytest.mark.parametrize(
    ("left", "right", "diff"),
    # (104 - 100) / 100 = +4 %, and the other base gives 3.8 %
    [("104 req/s", "100 req/s", "+4%"), ("100 req/s", "104 req/s", "-4%"), ("100 req/s", "104 req/s", "−3.8%")],
)
def test_a_difference_that_holds_on_either_base_is_fine(left: str, right: str, diff: str) -> None:
    fast = metric("throughput", "req/s", direction=Direction.HIGHER)
    found = shown(left, right, diff, fast)
    assert sentences(found, "bad_diff") == []
    assert sentences(found, "wrong_winner") == []


@pytest.mark.parametrize(
    ("left", "right", "diff", "why"),
    [
        # (7 - 90) / 90 = -92 %; the page took 7 and 1.5 as numbers of one unit
        ("7 minutes", "1-2 hours", "+367%", "does not follow"),
        # (50 - 120) / 120 = -58 %, (50 - 120) / 50 = -140 %
        ("50 ms", "120 ms", "-58%", "does not name its base"),
        ("104 ms", "100+ ms", "+4%", "open figure"),
        ("104 ms", "100 ms", "+4%", "less is better"),
        ("104 ms", "100 MB", "+4%", "cannot be compared"),
    ],
)
def test_a_difference_that_does_not_hold_or_means_nothing_is_found(left: str, right: str, diff: str, why: str) -> None:
    (sentence,) = sentences(shown(left, right, diff), "bad_diff")
    assert why in sentence


def test_a_difference_between_two_figures_of_one_thing_means_nothing() -> None:
    size = metric("registry_size", "packages", shared=True)
    found = shown("300,000", "500,000", "-40%", size)
    assert "one and the same thing" in sentences(found, "bad_diff")[0]
    assert "the same thing for both" in sentences(found, "wrong_winner")[0]


def test_a_sign_that_points_to_the_wrong_side_is_found() -> None:
    (sentence,) = sentences(shown("7 minutes", "1-2 hours", "+367%"), "wrong_winner")
    assert "Beta's value is the larger one" in sentence


def test_a_source_that_counts_second_minus_first_is_not_wrong_for_it() -> None:
    fast = [metric(f"speed_{number}", "req/s", direction=Direction.HIGHER) for number in range(3)]
    cells = [one for of in fast for one in row("100 req/s", "104 req/s", of, shown_diff="+4%")]
    assert sentences(sheet(*cells, metrics=fast), "wrong_winner") == []


def test_a_difference_that_is_withheld_where_it_would_be_zero_is_found() -> None:
    cells = [one for of in SPECS[:3] for one in row("50 ms", "52 ms", of, shown_diff="-4%")]
    cells += row("7 ms", "7 ms", SPECS[3])
    (sentence,) = sentences(sheet(*cells, metrics=SPECS), "bad_diff")
    assert "none on 1 rows" in sentence


@pytest.mark.parametrize(
    ("of", "winner", "found"),
    [
        (metric("latency", "ms"), "alpha", False),
        (metric("latency", "ms"), "beta", True),
        (metric("latency", "ms", direction=Direction.NEUTRAL), "alpha", True),
        (metric("latency", "ms", shared=True), "alpha", True),
    ],
)
def test_a_marked_winner_is_held_against_the_direction(of: Metric, winner: str, found: bool) -> None:
    marked = sheet(*row("10 ms", "50 ms", of, shown_winner=winner), metrics=[of])
    assert bool(sentences(marked, "wrong_winner")) is found


def test_names_with_pattern_characters_are_taken_as_they_are() -> None:
    entities = (ALPHA, Entity(id="beta", name="Beta (C++)", category=BETA.category))
    found = sheet(seen("12 ms", attribute="Beta (C++) lag"), entities=entities)
    assert len(sentences(found, "wrong_column")) == 1
