from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from flows.facts.resolve import Resolver, fact_id, key_of, missing, resolve, resolve_group
from flows.facts.settle import NOTHING, settlement
from schemas.catalogue import Metric
from schemas.facts import Fact, FactStatus, Observation

from .builders import BLOG, CURATED, LATENCY, MIRROR, OFFICIAL, READ_AT, SEED, TODAY, metric, seen


def resolved(*observations: Observation, of: Metric = LATENCY, today: date = TODAY) -> Fact:
    return resolve_group(observations, of, today)


def settled(raw: str, expires: date | None = None, at: datetime = READ_AT) -> Observation:
    return settlement(entity="alpha", metric=LATENCY, raw=raw, reason="measured", author="ann", at=at, expires=expires)


def test_one_source_is_a_single_fact_with_its_display() -> None:
    found = resolved(seen("0.012 s"))
    assert (found.id, found.status, found.display) == ("alpha.latency", FactStatus.SINGLE, "12 ms")
    assert found.verified_at == READ_AT


def test_two_sources_of_the_deciding_tier_that_agree_make_an_agreed_fact() -> None:
    a, b = seen("12 ms", source=OFFICIAL), seen("12.1 ms", source=MIRROR)
    assert resolved(a, b).status is FactStatus.AGREED


def test_two_rows_of_one_source_are_one_source() -> None:
    assert resolved(seen("12 ms"), seen("12 ms", attribute="Lag")).status is FactStatus.SINGLE


def test_disagreement_inside_the_deciding_tier_is_a_dispute_without_a_value() -> None:
    a, b = seen("12 ms", source=OFFICIAL), seen("20 ms", source=MIRROR)
    found = resolved(a, b)
    assert (found.status, found.quantity, found.display) == (FactStatus.DISPUTED, None, None)
    assert set(found.evidence) == {a.id, b.id}


def test_a_lower_tier_that_disagrees_is_no_dispute() -> None:
    official, blog = seen("12 ms", source=OFFICIAL), seen("20 ms", source=BLOG)
    found = resolved(official, blog)
    assert (found.status, found.display, found.others) == (FactStatus.SINGLE, "12 ms", (blog.id,))


def test_of_agreeing_readings_the_plainest_is_printed() -> None:
    a, b = seen("~12 ms", source=OFFICIAL), seen("12.2 ms", source=MIRROR)
    assert resolved(a, b).display == "12.2 ms"


def test_a_newer_reading_of_the_same_place_replaces_the_older() -> None:
    old = seen("12 ms", as_of=date(2026, 1, 1))
    new = seen("30 ms", as_of=date(2026, 5, 1))
    found = resolved(new, old)
    assert (found.display, found.status, found.others) == ("30 ms", FactStatus.SINGLE, ())


def test_two_values_of_one_place_and_day_are_disputed() -> None:
    assert resolved(seen("12 ms"), seen("30 ms")).status is FactStatus.DISPUTED


def test_facts_of_different_contexts_stay_apart() -> None:
    one, other = seen("12 ms", context="platform=A"), seen("30 ms", context="platform=B")
    found = list(resolve([one, other], {"latency": LATENCY}, TODAY))
    assert [fact.id for fact in found] == ["alpha.latency@platform=A", "alpha.latency@platform=B"]
    assert {fact.status for fact in found} == {FactStatus.SINGLE}


@pytest.mark.parametrize(("days", "status"), [(365, FactStatus.SINGLE), (366, FactStatus.STALE)])
def test_a_value_goes_stale_after_its_time_to_live(days: int, status: FactStatus) -> None:
    found = resolved(seen("12 ms", as_of=TODAY - timedelta(days=days)))
    assert found.status is status
    assert found.display == "12 ms"


def test_without_a_date_of_its_own_a_value_is_as_old_as_its_reading() -> None:
    old = seen("12 ms", retrieved_at=datetime(2024, 1, 1, tzinfo=UTC))
    assert resolved(old).status is FactStatus.STALE


def test_a_stale_reading_does_not_dispute_a_fresh_one_of_its_tier() -> None:
    old = seen("30 ms", source=MIRROR, as_of=date(2020, 1, 1))
    found = resolved(seen("12 ms", source=OFFICIAL), old)
    assert (found.status, found.display, found.others) == (FactStatus.SINGLE, "12 ms", (old.id,))


def test_an_absent_value_says_nothing() -> None:
    assert resolved(seen("—")).status is FactStatus.MISSING
    assert resolved(seen("—", source=OFFICIAL), seen("12 ms", source=BLOG)).display == "12 ms"


def test_a_value_of_another_dimension_is_no_value_of_the_metric() -> None:
    odd = seen("12 MB")
    assert resolved(odd).status is FactStatus.MISSING
    assert resolved(odd).others == (odd.id,)


def test_an_editors_settlement_decides_a_dispute() -> None:
    a, b = seen("12 ms", source=OFFICIAL), seen("20 ms", source=MIRROR)
    found = resolved(a, settled("12 ms"), b)
    assert (found.status, found.display) == (FactStatus.SINGLE, "12 ms")
    assert set(found.others) == {a.id, b.id}


def test_a_settlement_holds_through_its_last_day_and_no_longer() -> None:
    choice, source = settled("15 ms", expires=date(2026, 6, 30)), seen("12 ms")
    assert resolved(choice, source, today=date(2026, 6, 30)).display == "15 ms"
    assert resolved(choice, source, today=date(2026, 7, 1)).display == "12 ms"


def test_a_newer_settlement_replaces_the_older() -> None:
    older, newer = settled("15 ms"), settled("16 ms", at=READ_AT + timedelta(days=1))
    assert resolved(newer, older).display == "16 ms"


def test_an_editor_may_settle_that_there_is_nothing_to_print() -> None:
    choice = settled(NOTHING)
    found = resolved(choice, seen("12 ms"))
    assert (found.status, found.display, found.evidence) == (FactStatus.MISSING, None, (choice.id,))


def test_the_same_observation_twice_counts_once() -> None:
    one = seen("12 ms")
    assert len(list(resolve([one, one], {"latency": LATENCY}, TODAY))) == 1
    assert next(iter(resolve([one, one], {"latency": LATENCY}, TODAY))).evidence == (one.id,)


def test_an_update_touches_the_changed_fact_alone_and_hands_it_out_once() -> None:
    memory = metric("memory", "MB")
    held = {
        "alpha": [seen("12 ms"), seen("100 MB", of=memory)],
        "beta": [seen("9 ms", "beta"), seen("80 MB", "beta", of=memory)],
    }
    resolver = Resolver({"latency": LATENCY, "memory": memory}, lambda entity: held[entity], TODAY)
    assert len(list(resolver.resolve(held))) == 4
    arrived = seen("14 ms", as_of=date(2026, 6, 2))
    held["alpha"] = [arrived, held["alpha"][1]]
    touched = resolver.update([arrived])
    assert touched == {key_of(arrived)}
    assert [(fact.id, fact.display) for fact in resolver.changed(touched)] == [("alpha.latency", "14 ms")]
    assert list(resolver.changed(touched)) == []


def test_a_fact_that_nobody_speaks_of_any_more_is_handed_out_as_missing() -> None:
    held = {"alpha": [seen("12 ms")]}
    resolver = Resolver({"latency": LATENCY}, lambda entity: held[entity], TODAY)
    list(resolver.resolve(held))
    gone = key_of(held["alpha"][0])
    held["alpha"] = []
    assert list(resolver.changed({gone})) == [missing("alpha", "latency")]


def test_the_context_stands_in_the_id_of_a_fact() -> None:
    assert fact_id("alpha", "latency", (("mode", "cold"), ("os", "linux"))) == "alpha.latency@mode=cold,os=linux"


def test_seed_figures_give_way_to_a_curated_choice() -> None:
    seeds = [seen(raw, source=SEED, attribute=raw) for raw in ("1 ms", "5 ms", "80 ms")]
    assert resolved(*seeds).status is FactStatus.DISPUTED
    assert resolved(*seeds, seen("12 ms", source=CURATED)).display == "12 ms"
