from itertools import pairwise

import pytest

from flows.draft.builtin.content import PointKind, content
from flows.draft.builtin.plans import Plan, shape
from schemas.facts import FactSheet, FactStatus
from tests.unit.draft.builtin_sheets import (
    ALL,
    DOWNLOADS,
    EMPTY,
    PACKAGES,
    PRICE_PLAN,
    STARS,
    THROUGHPUT,
    TRADE,
    compare,
    words,
)


@pytest.mark.parametrize(("plan", "sheet"), ALL.items(), ids=ALL)
def test_the_facts_choose_the_plan(plan: str, sheet: FactSheet) -> None:
    assert shape(content(sheet)).plan is Plan(plan)


def test_a_sheet_without_anything_to_compare_is_sparse() -> None:
    assert shape(content(EMPTY)).plan is Plan.SPARSE


def test_a_price_plan_puts_the_cheaper_side_first() -> None:
    form = shape(content(PRICE_PLAN))
    assert (form.first, form.ours[0].metric.id) == ("streamly", "price")


def test_key_metrics_and_wide_gaps_come_first() -> None:
    points = content(TRADE).points
    # memory is the first key metric (weight 3), throughput the second with the wider gap (4.8x against 2.9x)
    assert [point.metric.id for point in points[:2]] == ["memory", "throughput"]
    assert all(a.weight >= b.weight for a, b in pairwise(points))


@pytest.mark.parametrize("status", [FactStatus.DISPUTED, FactStatus.STALE, FactStatus.MISSING])
def test_what_is_not_firm_makes_no_point(status: FactStatus) -> None:
    sheet = compare("Flask", "FastAPI", THROUGHPUT, STARS, status={"flask.throughput": status})
    assert [point.metric.id for point in content(sheet).points] == ["stars"]


def test_who_has_a_capability_is_better_at_it() -> None:
    (point,) = content(compare("A", "B", DOWNLOADS)).points
    assert (point.kind, point.winner) == (PointKind.CAPABILITY, "b")


def test_qualified_words_are_a_difference_and_no_yes() -> None:
    (point,) = content(compare("A", "B", words("orm", "database ORM", "Built in", "Manual setup required"))).points
    assert (point.kind, point.winner) == (PointKind.DIFFERENCE, None)


def test_swapping_the_sides_swaps_nothing_but_their_order() -> None:
    there = shape(content(TRADE))
    back = shape(content(_swapped(TRADE)))
    assert (back.plan, back.first) == (there.plan, there.first)
    assert {point.metric.id for point in back.ours} == {point.metric.id for point in there.ours}


def _swapped(sheet: FactSheet) -> FactSheet:
    one, other = sheet.comparison.entities
    return sheet.model_copy(
        update={
            "comparison": sheet.comparison.model_copy(update={"entities": (other, one)}),
            "entities": tuple(reversed(sheet.entities)),
        }
    )


def test_a_point_without_a_direction_has_no_winner() -> None:
    points = {point.metric.id: point for point in content(TRADE).points}
    assert points["first_release"].winner is None
    assert points[PACKAGES.metric.id].winner == "flask"
