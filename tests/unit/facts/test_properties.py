"""What holds for any observations: order, lower tiers, scale."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flows.facts.agreement import agree
from flows.facts.derive import Derived, better, difference, percent, ratio
from flows.facts.hashes import sheet_hash
from flows.facts.materiality import materiality_class
from flows.facts.resolve import resolve_group
from schemas.catalogue import Direction, Metric, MetricKind, Source, Tier
from schemas.facts import FactStatus, Observation
from schemas.quantity import Bound, Kind, Quantity

from .builders import LATENCY, TODAY, metric, seen, sheet

SOURCES = tuple(
    Source(id=f"{tier.name.lower()}_{number}", name=f"{tier.name} {number}", tier=tier)
    for tier in (Tier.SEED, Tier.THIRD_PARTY, Tier.CURATED, Tier.OFFICIAL)
    for number in range(2)
)
RAWS = ("1 ms", "1.02 ms", "~1 ms", "2-3 ms", "3 ms", "3+ ms", "90 ms", "0.09 s", "—", "12 MB", "fast")


@st.composite
def observations(draw: st.DrawFn, sources: tuple[Source, ...] = SOURCES, most: int = 6) -> list[Observation]:
    rows = draw(
        st.lists(
            st.tuples(
                st.sampled_from(RAWS),
                st.sampled_from(sources),
                st.integers(0, 800),
                st.sampled_from((None, "Lag", "Delay")),
            ),
            max_size=most,
        )
    )
    return [
        seen(raw, source=source, as_of=TODAY - timedelta(days=days), attribute=attribute)
        for raw, source, days, attribute in rows
    ]


@given(observations(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_observations_does_not_matter(given_: list[Observation], random: object) -> None:
    shuffled = list(given_)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives random.Random
    one, other = sheet(*given_), sheet(*shuffled)
    assert one == other
    assert sheet_hash(tuple(reversed(one.facts))) == one.sheet_hash


@given(observations(SOURCES[4:]), observations(SOURCES[:4]))
@settings(max_examples=60, deadline=None)
def test_lower_tiers_never_change_a_value_that_a_higher_tier_decides(
    higher: list[Observation], lower: list[Observation]
) -> None:
    assume(higher)
    before = resolve_group(higher, LATENCY, TODAY)
    assume(before.status is not FactStatus.MISSING)
    after = resolve_group([*lower, *higher], LATENCY, TODAY)
    assert after.model_copy(update={"others": before.others}) == before


@given(observations(), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_usable_facts_have_a_value_and_disputed_or_missing_ones_have_none(
    given_: list[Observation], years: int
) -> None:
    for fact in sheet(*given_, today=date(TODAY.year + years, 6, 30)).facts:
        valued = fact.status not in (FactStatus.DISPUTED, FactStatus.MISSING)
        assert (fact.quantity is not None) is (fact.display is not None) is valued


def point(value: Decimal, bound: Bound | None = None) -> Quantity:
    return Quantity(kind=Kind.QUANTITY, raw="", low=value, high=value, unit="s", bound=bound)


VALUES = st.decimals(min_value="0.001", max_value="100000", places=3, allow_nan=False, allow_infinity=False)
SCALES = st.sampled_from([Decimal("0.001"), Decimal(1000), Decimal(60)])


@given(VALUES, VALUES, SCALES)
def test_ratio_and_percent_do_not_depend_on_the_unit(a: Decimal, b: Decimal, scale: Decimal) -> None:
    def both(factor: Decimal) -> list[tuple[Decimal, int] | None]:
        made: list[Derived | None] = [
            ratio(point(a * factor), point(b * factor)),
            percent(point(a * factor), point(b * factor), 0),
        ]
        return [None if one is None else (round(one.low, 12), one.larger) for one in made]

    assert both(Decimal(1)) == both(scale)


@given(VALUES, VALUES)
def test_derivations_are_the_same_from_either_side(a: Decimal, b: Decimal) -> None:
    one, other = point(a), point(b)
    for function in (difference, ratio):
        first, second = function(one, other), function(other, one)
        assert (first is None) is (second is None)
        if first is not None and second is not None:
            assert (first.low, first.larger) == (second.low, 1 - second.larger)
    sides = better(one, other, LATENCY), better(other, one, LATENCY)
    assert sides in ((None, None), (0, 1), (1, 0))


@given(VALUES, VALUES)
def test_a_ratio_times_the_smaller_is_the_larger(a: Decimal, b: Decimal) -> None:
    found = ratio(point(a), point(b))
    assert (found is None) is (a == b)
    if found is not None:
        assert round(found.low * min(a, b), 6) == round(max(a, b), 6)


@given(VALUES, st.sampled_from([None, Bound.AT_LEAST, Bound.AT_MOST]))
def test_every_reading_agrees_with_itself(value: Decimal, bound: Bound | None) -> None:
    assert agree(point(value, bound), point(value, bound), Decimal(0))


@given(VALUES, VALUES)
def test_values_of_one_class_differ_by_less_than_the_materiality(a: Decimal, b: Decimal) -> None:
    tenth = Decimal("0.1")
    if materiality_class(a, tenth) == materiality_class(b, tenth):
        assert max(a, b) / min(a, b) < Decimal("1.1") + Decimal("1e-9")


CELLS = st.text(max_size=40) | st.from_regex(
    r"[~<>]?\d{1,6}([.,]\d+)?[KMB+%x]? ?(ms|GB|years|\(20\d\d\))?", fullmatch=True
)
OF = tuple(
    metric(f"of_{kind.value}", "ms" if kind is MetricKind.QUANTITY else None, kind=kind, direction=Direction.LOWER)
    for kind in MetricKind
)


@given(st.lists(st.tuples(CELLS, CELLS, st.sampled_from(OF), st.none() | CELLS), max_size=5))
@settings(max_examples=80, deadline=None)
def test_no_cell_makes_a_sheet_fail(rows: list[tuple[str, str, Metric, str | None]]) -> None:
    cells = [
        seen(raw, entity, of=of, source=SOURCES[0], unit=label, attribute=label, shown_diff=label)
        for left, right, of, label in rows
        for entity, raw in (("alpha", left), ("beta", right))
    ]
    found = sheet(*cells, metrics=OF)
    assert len({fact.id for fact in found.facts}) == len(found.facts)
    assert len({one.id for one in found.derivations}) == len(found.derivations)
