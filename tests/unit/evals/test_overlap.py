import pytest

from evals.overlap import masked, overlap, shingles
from tests.unit.draft.builtin_sheets import TRADE
from tests.unit.evals.pages import drafted, pages, written


def test_facts_names_and_figures_are_masked() -> None:
    page = written({"verdict": ["FastAPI serves {{ fastapi.throughput }}, Flask 3 of them."]})
    assert masked(page).split() == ["<name>", "serves", "<fact>", ",", "<name>", "<fact>", "of", "them."]


def test_a_page_overlaps_wholly_with_itself() -> None:
    twin = TRADE.model_copy(update={"comparison": TRADE.comparison.model_copy(update={"slug": "twin"})})
    text = {"verdict": ["Take FastAPI if you expect heavy traffic and Flask if not."]}
    assert overlap([written(text), written(text, twin)]).median == 1.0


def test_overlap_is_shared_runs_of_all_runs() -> None:
    one = written({"verdict": ["a b c d e f"]})
    twin = TRADE.model_copy(update={"comparison": TRADE.comparison.model_copy(update={"slug": "twin"})})
    other = written({"verdict": ["a b c d e g"]}, twin)
    # each has two runs of five, one of them shared: 1 of 3
    assert overlap([one, other]).median == pytest.approx(1 / 3)
    assert overlap([one, other]).median_copied == pytest.approx(1 / 2)


def test_runs_stay_inside_a_sentence() -> None:
    assert shingles("a b c\nd e f") == frozenset()


def test_the_hand_made_pages_do_not_read_alike() -> None:
    assert overlap(pages()).median < 0.5


def test_one_page_overlaps_with_nothing() -> None:
    assert overlap([drafted()]).median == 0.0
