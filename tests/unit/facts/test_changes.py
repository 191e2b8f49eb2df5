from __future__ import annotations

from datetime import UTC, date, datetime

from flows.facts.history import changed_since
from flows.facts.materiality import ChangeKind, changed
from schemas.catalogue import MetricKind
from schemas.facts import FactSheet

from .builders import MIRROR, OFFICIAL, metric, registry, seen, sheet

JANUARY, MARCH, JUNE = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 3, 6))


def pair(a: str, b: str = "30 ms") -> FactSheet:
    return sheet(seen(a), seen(b, "beta"))


def test_figures_that_move_within_materiality_are_no_change() -> None:
    # 10 % of 12 is 1.2
    assert changed(pair("12 ms"), pair("13.2 ms")) == ()


def test_a_material_change_is_told_in_words() -> None:
    (change,) = changed(pair("12 ms"), pair("13.3 ms"))
    assert (change.kind, change.fact) == (ChangeKind.VALUE, "alpha.latency")
    assert change.what == "Latency of Alpha: 12 ms became 13.3 ms"


def test_a_new_winner_is_a_change_even_where_no_value_is() -> None:
    (change,) = changed(pair("28 ms"), pair("29.5 ms"))
    assert (change.kind, change.before, change.after) == (ChangeKind.ORDER, "alpha", None)
    assert change.what == "Latency: neither side is better any more (it was Alpha)"


def test_values_that_come_and_go_are_changes() -> None:
    one, both = sheet(seen("12 ms")), sheet(seen("12 ms"), seen("12 ms", "beta"))
    assert [change.what for change in changed(one, both)] == ["Latency of Beta: 12 ms is new"]
    assert [change.what for change in changed(both, one)] == ["Latency of Beta: 12 ms is gone"]


def test_a_dispute_is_a_change_both_ways() -> None:
    calm = sheet(seen("12 ms", source=OFFICIAL))
    torn = sheet(seen("12 ms", source=OFFICIAL), seen("30 ms", source=MIRROR))
    assert [change.what for change in changed(calm, torn)] == ["Latency of Alpha: 12 ms is now disputed"]
    assert [change.what for change in changed(torn, calm)] == ["Latency of Alpha: 12 ms, no longer disputed"]


def test_other_words_are_a_change_and_another_spelling_is_none() -> None:
    support = metric("plugins", None, kind=MetricKind.CATEGORY)
    before, same, other = (
        sheet(seen(raw, of=support), metrics=[support]) for raw in ("Built in", "built-in", "Via an extension")
    )
    assert changed(before, same) == ()
    assert [change.kind for change in changed(before, other)] == [ChangeKind.VALUE]


def test_an_undated_figure_counts_from_the_days_on_which_it_was_read() -> None:
    """By its first day it would be stale on 30 June; it was still said on the first."""
    brief = metric(ttl_days=90)
    told = {
        dated: changed_since(
            [(seen("12 ms", of=brief, retrieved_at=JANUARY, as_of=JANUARY.date(), dated=dated), JANUARY, JUNE)],
            registry(brief),
            date(2026, 2, 1),
            date(2026, 6, 30),
        )
        for dated in (False, True)
    }
    assert told[False] == ()
    assert [change.kind for change in told[True]] == [ChangeKind.STATUS]


def test_what_changed_since_a_date_is_read_off_the_observations() -> None:
    history = [
        (seen("12 ms", retrieved_at=JANUARY), JANUARY, MARCH),
        (seen("20 ms", retrieved_at=JUNE), JUNE, JUNE),
        (seen("30 ms", "beta", retrieved_at=JANUARY), JANUARY, JUNE),
    ]
    found = changed_since(history, registry(), date(2026, 2, 1), date(2026, 6, 30))
    assert [change.what for change in found] == ["Latency of Alpha: 12 ms became 20 ms"]
    assert changed_since(history, registry(), date(2026, 6, 2), date(2026, 6, 30)) == ()


def test_a_value_that_came_back_is_the_current_one() -> None:
    back = seen("12 ms", retrieved_at=JANUARY)
    history = [(back, JANUARY, JUNE), (seen("20 ms", retrieved_at=MARCH), MARCH, MARCH)]
    found = changed_since(history, registry(), date(2026, 4, 1), date(2026, 6, 30))
    assert [change.what for change in found] == ["Latency of Alpha: 20 ms became 12 ms"]


def test_a_value_that_its_source_no_longer_says_is_gone() -> None:
    other = seen("12 ms", attribute="Delay", retrieved_at=JANUARY)
    history = [(seen("12 ms", retrieved_at=JANUARY), JANUARY, MARCH), (other, JANUARY, MARCH)]
    beta = seen("30 ms", "beta", retrieved_at=JUNE)
    gone = [*history, (seen("—", retrieved_at=JUNE), JUNE, JUNE), (beta, JUNE, JUNE)]
    found = changed_since(gone, registry(), date(2026, 4, 1), date(2026, 6, 30))
    assert [change.what for change in found] == ["Latency of Alpha: 12 ms is gone", "Latency of Beta: 30 ms is new"]
    assert changed_since(history, registry(), date(2026, 4, 1), date(2026, 6, 30)) == ()
