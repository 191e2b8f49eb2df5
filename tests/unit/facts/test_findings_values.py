"""Contradictions, duplicates, units, plausibility, age: what is wrong with the values themselves."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from flows.facts.settle import settlement
from schemas.catalogue import Direction, Entity, Metric, MetricKind, Rule
from schemas.facts import Observation

from .builders import (
    BETA,
    BLOG,
    CURATED,
    LATENCY,
    MIRROR,
    OFFICIAL,
    READ_AT,
    SEED,
    TODAY,
    fact,
    metric,
    seen,
    sentences,
    sheet,
)

SHARE = metric("market_share", "percent", direction=Direction.HIGHER)
COUNT = metric("questions", "questions", direction=Direction.HIGHER)
AGE = metric("years_in_use", "years", name="Years in use", direction=Direction.HIGHER)
FIRST = metric("first_release", None, kind=MetricKind.DATE, name="First release")


def kinds(*observations: Observation, of: Metric = LATENCY, **fields: object) -> set[str]:
    return {one.kind.value for one in sheet(*observations, metrics=[of], **fields).findings}


def test_a_contradiction_names_the_values_the_source_and_the_fact() -> None:
    a, b, same = seen("12 ms", source=OFFICIAL), seen("30 ms", source=MIRROR), seen("12 ms", "beta", source=OFFICIAL)
    found = sheet(a, b, same)
    (one,) = [finding for finding in found.findings if finding.kind == "contradiction"]
    assert set(one.observations) == {a.id, b.id}
    assert one.facts == ("alpha.latency",)
    assert '"12 ms"' in one.sentence
    assert "Vendor" in one.sentence


def test_different_tiers_do_not_contradict_but_others_say() -> None:
    blog = seen("30 ms", source=BLOG)
    found = sheet(seen("12 ms", source=OFFICIAL), blog)
    (one,) = found.findings
    assert (one.kind, one.observations, one.facts) == ("others_say", (blog.id,), ("alpha.latency",))
    assert one.sentence == 'Latency of Alpha is 12 ms; A blog says "30 ms".'


def test_others_that_agree_say_nothing() -> None:
    assert kinds(seen("12 ms", source=OFFICIAL), seen("12.1 ms", source=BLOG)) == set()


def test_one_count_given_exactly_and_as_a_minimum_by_one_source_is_a_contradiction() -> None:
    exact, least = seen("68,000", of=COUNT), seen("68,000+", of=COUNT, attribute="Questions asked")
    assert "as exact in one place" in sentences(sheet(exact, least, metrics=[COUNT]), "contradiction")[0]
    other = seen("68,000+", of=COUNT, source=OFFICIAL)
    assert kinds(exact, other, of=COUNT) == set()


def test_one_metric_under_two_labels_of_one_source_is_a_duplicate() -> None:
    a, b = seen("12 ms", attribute="Lag"), seen("12 ms", attribute="Delay (avg)")
    (sentence,) = sentences(sheet(a, b), "duplicate_metric")
    assert "under 2 names" in sentence
    assert kinds(a, seen("12 ms", attribute="Delay", source=OFFICIAL)) == set()


def test_two_metrics_with_names_of_the_same_words_are_duplicates() -> None:
    one, other = metric("memory_idle", "MB"), metric("idle_memory", "MB")
    cells = [seen("5 MB", of=one, attribute="Memory Usage (Idle)"), seen("9 MB", of=other, attribute="Idle Memory")]
    (sentence,) = sentences(sheet(*cells, metrics=[one, other]), "duplicate_metric")
    assert "read as one" in sentence


@pytest.mark.parametrize(
    ("raw", "unit", "of", "why"),
    [
        ("7 minutes", "hours", metric("start", "minutes"), 'the column states "hours"'),
        ("850 thousand", "thousands", COUNT, "already counts in thousands"),
        ("40,000+", "thousands", COUNT, "already counts in thousands"),
        ("1,200 thousand", None, COUNT, "too small for it"),
        ("12 MB", None, LATENCY, "cannot be converted"),
        ("Manual set-up", "included", metric("plugins", None), "no quantity"),
        ("~1.2M (PyPI: ~2.8M)", None, COUNT, "more than one value"),
        ("2.4 ms / 3 ms", None, LATENCY, "more than one value"),
        ("70% (Python)", None, SHARE, "label does not name"),
    ],
)
def test_a_cell_whose_unit_or_population_is_not_its_rows_is_found(
    raw: str, unit: str | None, of: Metric, why: str
) -> None:
    (sentence,) = sentences(sheet(seen(raw, of=of, unit=unit), metrics=[of]), "unit_mismatch")
    assert why in sentence


@pytest.mark.parametrize(
    ("raw", "unit", "of"),
    [
        ("25-35 ms", "ms", LATENCY),
        ("1,200 ms", None, LATENCY),
        ("12 ms (p50, warm)", None, LATENCY),
        ("9 min 30 s", None, metric("start", "minutes")),
        ("70% (market share)", None, SHARE),
        ("2.7+", "version", metric("runtime", None, kind=MetricKind.TEXT)),
        ("40,000", None, COUNT),
        ("—", "hours", metric("start", "minutes")),
    ],
)
def test_a_cell_that_keeps_what_its_row_promises_is_fine(raw: str, unit: str | None, of: Metric) -> None:
    assert sentences(sheet(seen(raw, of=of, unit=unit), metrics=[of]), "unit_mismatch") == []


def test_a_limit_is_no_optimum() -> None:
    limit = metric("connections", "connections", name="Connection limit")
    assert "promises a maximum" in sentences(sheet(seen("500 optimal", of=limit), metrics=[limit]), "unit_mismatch")[0]


def test_a_figure_scaled_twice_reaches_no_draft() -> None:
    found = sheet(seen("40,000+", of=COUNT, unit="thousands"), metrics=[COUNT])
    assert fact(found, "alpha.questions").status == "disputed"


def test_columns_of_one_metric_in_several_units_are_found() -> None:
    a, b = seen("20", unit="ms"), seen("20 ms", "beta", unit="milliseconds")
    assert "unit as" in sentences(sheet(a, b), "unit_mismatch")[0]
    assert kinds(a, seen("20 ms", "beta", unit="MS")) == set()


def test_one_label_for_two_dimensions_is_found() -> None:
    share, years = metric("deployments", "percent"), metric("maturity", "years")
    cells = [
        seen("68%", of=share, attribute="Deployments"),
        seen("12+ years", of=years, attribute="Deployments (Est.)"),
    ]
    assert "different things" in sentences(sheet(*cells, metrics=[share, years]), "unit_mismatch")[0]


LIMITED = metric("battery", "hours", plausible_min=Decimal(1), plausible_max=Decimal(48))


@pytest.mark.parametrize(
    ("raw", "why"),
    [("30 minutes", "below 1 hours"), ("3 days", "above 48 hours"), ("5-60 minutes", None), ("48 hours", None)],
)
def test_values_outside_the_plausible_limits_are_found(raw: str, why: str | None) -> None:
    found = sheet(seen(raw, of=LIMITED), metrics=[LIMITED])
    assert [why in one for one in sentences(found, "implausible")] == ([True] if why else [])
    assert fact(found, "alpha.battery").status == ("disputed" if why else "single")


def test_less_than_nothing_is_found_where_it_cannot_be() -> None:
    assert "less than nothing" in sentences(sheet(seen("-5 ms")), "implausible")[0]
    chill = metric("chill", "°C")
    assert sentences(sheet(seen("-5 °C", of=chill), metrics=[chill]), "implausible") == []


def test_an_editors_settlement_is_not_withheld_for_being_implausible() -> None:
    choice = settlement(
        entity="alpha", metric=LIMITED, raw="60 hours", reason="read it twice", author="ann", at=READ_AT
    )
    assert fact(sheet(choice, metrics=[LIMITED]), "alpha.battery").display == "60 hours"


def test_a_value_far_from_all_others_is_found() -> None:
    cells = [seen(raw, attribute=raw) for raw in ("10 ms", "11 ms", "12 ms", "90 ms")]
    (sentence,) = sentences(sheet(*cells), "implausible")
    # the median of the others is 11, and 90 / 11 = 8.2
    assert '"90 ms" is 8 times above' in sentence


def test_a_broken_order_is_told_with_its_reason() -> None:
    mean, tail = metric("mean_latency", "ms"), metric("p99_latency", "ms")
    rule = Rule(lower="mean_latency", upper="p99_latency", because="a mean cannot exceed the p99")
    bad = sheet(seen("85 ms", of=mean), seen("8-12 ms", of=tail), metrics=[mean, tail], rules=[rule])
    assert "a mean cannot exceed the p99" in sentences(bad, "implausible")[0]
    good = sheet(seen("8 ms", of=mean), seen("8-12 ms", of=tail), metrics=[mean, tail], rules=[rule])
    assert good.findings == ()
    apart = sheet(
        seen("85 ms", of=mean, context="os=a"),
        seen("8-12 ms", of=tail, context="os=b"),
        metrics=[mean, tail],
        rules=[rule],
    )
    assert apart.findings == ()


def test_a_first_release_after_the_latest_is_found() -> None:
    latest = metric("latest_release", None, kind=MetricKind.DATE)
    rule = Rule(lower="first_release", upper="latest_release", because="the first cannot come after the latest")
    found = sheet(seen("2024", of=FIRST), seen("2023-05", of=latest), metrics=[FIRST, latest], rules=[rule])
    assert len(sentences(found, "implausible")) == 1
    same = sheet(seen("2023", of=FIRST), seen("2023-05", of=latest), metrics=[FIRST, latest], rules=[rule])
    assert same.findings == ()


def test_one_registry_with_two_sizes_is_found() -> None:
    size = metric("registry_size", "packages", shared=True)
    found = sheet(seen("300,000", of=size), seen("500,000", "beta", of=size), metrics=[size])
    assert "cannot have several sizes" in sentences(found, "implausible")[0]
    assert kinds(seen("500,000", of=size), seen("510,000", "beta", of=size), of=size) == set()


def test_shares_of_more_than_the_whole_are_found() -> None:
    assert "more than the whole" in sentences(sheet(seen("104%", of=SHARE), metrics=[SHARE]), "implausible")[0]
    both = sheet(seen("70%", of=SHARE), seen("40%", "beta", of=SHARE), metrics=[SHARE])
    assert "add up to more" in sentences(both, "implausible")[0]
    assert kinds(seen("70%", of=SHARE), seen("30%", "beta", of=SHARE), of=SHARE) == set()


def test_shares_of_different_wholes_are_found() -> None:
    a, b = seen("70% (Python)", of=SHARE), seen("22% (Survey 2026)", "beta", of=SHARE)
    assert "different wholes" in sentences(sheet(a, b, metrics=[SHARE]), "implausible")[0]
    same = seen("20% (Python)", "beta", of=SHARE)
    assert sentences(sheet(a, same, metrics=[SHARE]), "implausible") == []


def test_growth_may_pass_a_hundred_percent() -> None:
    growth = metric("growth", "percent")
    assert kinds(seen("104%", of=growth), of=growth) == set()


def test_dates_to_come_are_found() -> None:
    assert "in the future" in sentences(sheet(seen("2027", of=FIRST), metrics=[FIRST]), "implausible")[0]
    assert "dated 2027-01-01" in sentences(sheet(seen("12 ms", as_of=date(2027, 1, 1))), "implausible")[0]


def test_a_figure_of_a_registry_that_does_not_list_the_entity_is_found() -> None:
    listed = Entity(id="alpha", name="Alpha", category="databases", external={"pypi": "alpha"})
    for label, found in (("Weekly NPM downloads", 1), ("PyPI downloads", 0), ("Downloads", 0)):
        made = sheet(seen("5", of=COUNT, attribute=label), metrics=[COUNT], entities=(listed, BETA))
        assert len(sentences(made, "implausible")) == found


def test_a_value_past_its_time_to_live_is_told() -> None:
    found = sheet(seen("12 ms", as_of=date(2024, 1, 1)))
    assert sentences(found, "stale") == ['Latency of Alpha: "12 ms" is of 2024-01-01; it holds for 365 days.']


@pytest.mark.parametrize(
    ("raw", "attribute", "stale"),
    [
        ("22% (Survey 2024)", None, True),
        ("22% (Jan 2025)", None, True),
        ("22%", "Share, 2024", True),
        ("22% (Survey 2026)", None, False),
        ("22% (May 2026)", None, False),
    ],
)
def test_a_figure_that_names_a_year_long_gone_is_stale(raw: str, attribute: str | None, stale: bool) -> None:
    found = sheet(seen(raw, of=SHARE, attribute=attribute), metrics=[SHARE])
    assert bool(sentences(found, "stale")) is stale
    assert fact(found, "alpha.market_share").status == ("stale" if stale else "single")


PYTHON = metric(
    "oldest_python",
    None,
    kind=MetricKind.TEXT,
    ended=[{"line": "2.7", "on": date(2020, 1, 1)}, {"line": "3.7", "on": date(2023, 6, 27)}],
)


@pytest.mark.parametrize(
    ("raw", "stale"),
    [
        ("3.7+", True),
        ("Python 2.7 (legacy) / 3.7+", True),
        ("3.7.1", True),
        ("3.7+, from 4.0 on 3.11+", False),
        ("3.12+", False),
        ("any", False),
    ],
)
def test_a_page_that_names_only_release_lines_that_are_over_is_stale(raw: str, stale: bool) -> None:
    found = sheet(seen(raw, of=PYTHON, source=SEED), metrics=[PYTHON])
    assert ["support has ended" in one for one in sentences(found, "stale")] == ([True] if stale else [])
    assert fact(found, "alpha.oldest_python").status == ("stale" if stale else "single")


def test_a_dated_page_with_lines_that_were_over_is_told_of_and_the_makers_own_word_is_not() -> None:
    dated = sheet(seen("3.7+", of=PYTHON, source=BLOG, as_of=date(2026, 6, 1)), metrics=[PYTHON])
    assert "the last on 2023-06-27" in sentences(dated, "stale")[0]
    assert fact(dated, "alpha.oldest_python").status == "single"
    before = sheet(seen("3.7+", of=PYTHON, source=BLOG, as_of=date(2023, 6, 1)), metrics=[PYTHON])
    assert not any("support" in one for one in sentences(before, "stale"))
    assert sentences(sheet(seen("3.7+", of=PYTHON, source=OFFICIAL), metrics=[PYTHON]), "stale") == []


CONNECTIONS = metric("connections", "connections", name="Concurrent connections")


def test_advice_is_no_measurement() -> None:
    advised = sheet(seen("500 optimal", of=CONNECTIONS), metrics=[CONNECTIONS])
    assert "advice" in sentences(advised, "implausible")[0]
    asked = metric("connections", "connections", name="Recommended connections")
    assert sentences(sheet(seen("500 optimal", of=asked), metrics=[asked]), "implausible") == []
    measured = sheet(seen("500 (optimal settings)", of=CONNECTIONS), metrics=[CONNECTIONS])
    assert sentences(measured, "implausible") == []


def test_a_figure_older_than_its_source_says_is_told_but_stays_usable() -> None:
    found = sheet(seen("22% (Jan 2026)", of=SHARE), metrics=[SHARE])
    assert "stands among figures of June 2026, but speaks of January 2026" in sentences(found, "stale")[0]
    assert fact(found, "alpha.market_share").status == "single"


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("6 years (2018)", "stale"),  # 2026 - 2018 = 8
        ("7 years (2018)", None),
        ("12 years (2018)", "implausible"),
        ("5+ years (2018)", None),
    ],
)
def test_an_age_is_held_against_the_year_that_it_names(raw: str, kind: str | None) -> None:
    found = kinds(seen(raw, of=AGE), of=AGE)
    assert found == ({kind} if kind else set())


def test_an_age_is_held_against_the_first_release() -> None:
    found = sheet(seen("5 years", of=AGE), seen("2018", of=FIRST), metrics=[AGE, FIRST])
    assert "has fallen behind" in sentences(found, "stale")[0]


def test_of_two_minimums_of_one_age_the_weaker_is_the_older() -> None:
    cells = [seen("12+ years", of=AGE), seen("15+ years", of=AGE, attribute="Age")]
    assert 'weaker than "15+ years"' in sentences(sheet(*cells, metrics=[AGE]), "stale")[0]


def test_years_of_something_else_are_no_age() -> None:
    updates = metric("years_of_updates", "years", name="Years of updates", direction=Direction.HIGHER)
    found = sheet(seen("7 years", of=updates), seen("2025", of=FIRST), metrics=[updates, FIRST])
    assert found.findings == ()


def test_a_settlement_that_ran_out_is_told_until_it_is_replaced() -> None:
    old = settlement(
        entity="alpha", metric=LATENCY, raw="9 ms", reason="r", author="ann", at=READ_AT, expires=date(2026, 6, 10)
    )
    found = sheet(old, seen("12 ms"))
    assert "by ann held to 2026-06-10" in sentences(found, "stale")[0]
    assert fact(found, "alpha.latency").display == "12 ms"
    later = READ_AT.replace(month=6, day=20)
    new = settlement(entity="alpha", metric=LATENCY, raw="10 ms", reason="r", author="ann", at=later)
    assert sentences(sheet(old, new), "stale") == []


def test_a_fact_with_one_clean_reading_beside_doubtful_ones_stays_usable() -> None:
    old = seen("12 ms (2020)", attribute="Lag", source=OFFICIAL)
    found = sheet(old, seen("12 ms", source=MIRROR))
    assert sentences(found, "stale")
    assert fact(found, "alpha.latency").status == "agreed"


def test_clean_values_raise_nothing() -> None:
    assert kinds(seen("12 ms"), seen("30 ms", "beta"), seen("~12 ms", source=SEED)) == set()
    assert kinds(seen("12 ms", source=CURATED), today=TODAY) == set()
