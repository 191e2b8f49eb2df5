import pytest

from evals.graders import GRADERS
from evals.graders.choosing import decisive, sides
from evals.graders.coverage import coverage, deciding
from evals.graders.direction import direction
from evals.graders.grounding import grounded, typed_figures
from evals.graders.questions import questions
from evals.graders.reading import length, readable, school_years, syllables
from schemas.checking import Label
from schemas.facts import FactSheet
from tests.unit.draft.builtin_sheets import GAP, SWEEP, TRADE
from tests.unit.evals.pages import drafted, report, written


@pytest.mark.parametrize("sheet", [TRADE, SWEEP, GAP])
@pytest.mark.parametrize("name", ["typed_figures", "direction", "decisive", "questions", "readable"])
def test_the_built_in_draft_of_a_full_sheet_passes(name: str, sheet: FactSheet) -> None:
    assert GRADERS[name](drafted(sheet)).value == 1.0


def test_grounded_is_the_share_of_supported_claims() -> None:
    # 2 supported of 3 claims and 1 check that could not be made: 2 / 4
    grade = grounded(drafted(check=report(Label.SUPPORTED, Label.SUPPORTED, Label.CONTRADICTED, unchecked=1)))
    assert grade.value == 0.5
    assert "broken" in grade.note


def test_without_a_claim_there_is_nothing_to_ground() -> None:
    assert grounded(drafted(check=report())).value is None


def test_a_typed_figure_is_no_reference() -> None:
    grade = typed_figures(written({"verdict": ["It serves {{ fastapi.throughput }}, not 13,000."]}))
    assert (grade.value, grade.note) == (0.5, "13,000")  # one of two figures was printed by a reference


def test_digits_in_names_are_words() -> None:
    sheet = TRADE.model_copy(
        update={"entities": (TRADE.entities[0].model_copy(update={"name": "Python 3"}), TRADE.entities[1])}
    )
    assert typed_figures(written({"verdict": ["Python 3 is here."]}, sheet)).value is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("FastAPI is faster.", 1.0),
        ("Flask is faster.", 0.0),
        ("Flask is slower and Flask is quicker to start.", 0.5),
        ("FastAPI has the higher throughput.", 1.0),
        ("FastAPI has the higher startup time.", 0.0),
        ("Is Flask faster?", None),
    ],
)
def test_the_better_side_must_be_called_better(text: str, value: float | None) -> None:
    assert direction(written({"verdict": [text]})).value == value


def test_a_first_sentence_without_a_choice_is_not_decisive() -> None:
    vague = written({"short_answer": ["It depends."], "choose.flask": ["Choose Flask if you can."]})
    grade = decisive(vague)
    assert grade.value == 0.5  # no choice named, and no condition for FastAPI: 2 of 4 rules
    assert "names no choice" in grade.note


def test_one_sided_pages_lose_points() -> None:
    one = written(
        {
            "short_answer": ["Take FastAPI."],
            "pros.fastapi": ["Handles {{ fastapi.throughput }}."],
            "choose.fastapi": ["Choose FastAPI."],
        }
    )
    assert sides(one).value == pytest.approx(
        2 / 5
    )  # FastAPI is named and argued; Flask is neither; the words are 0:all
    assert sides(drafted(TRADE)).value == 1.0


def test_deciding_metrics_are_those_with_a_wide_gap_and_a_better_side() -> None:
    # throughput 4.8x and key, memory 2.9x and key, packages 4.0x and key, startup 2.4x: 2*2.3, 2*1.5, 2*2.0, 1.3
    assert deciding(TRADE) == ["throughput", "packages", "memory", "startup"]


def test_coverage_counts_the_deciding_metrics_that_are_cited() -> None:
    page = written({"verdict": ["It serves {{ fastapi.throughput }}."], "pros.flask": ["Idles at {{ flask.memory }}."]})
    assert coverage(page).value == 0.25  # throughput of four; a list of pros is no place to decide
    assert coverage(drafted(SWEEP)).value == 1.0


def test_questions_need_marks_names_and_answers() -> None:
    page = written({"faq.1.question": ["Which one."], "faq.2.question": ["Is Flask old?"], "faq.2.answer": ["Yes."]})
    grade = questions(page)
    assert grade.value == pytest.approx(1 / 5)  # only "asked once" holds
    assert "2 questions" in grade.note


def test_a_sentence_of_forty_words_is_hard_to_read() -> None:
    # 40 > 20 on average, 40 > 35 at most, and 0.39 * 40 + 11.8 - 15.59 = 11.8 > 10 school years
    assert readable(written({"verdict": [" ".join(["word"] * 40) + "."]})).value == 0.0


def test_school_years_follow_the_formula() -> None:
    # 5 words, 1 sentence, 6 syllables: 0.39 * 5 + 11.8 * 6 / 5 - 15.59 = 0.52
    assert school_years(["the cat sat on paper"]) == pytest.approx(0.52)
    # a name of four syllables counts as one: 0.39 * 2 + 11.8 * 2 / 2 - 15.59 = -3.01
    assert school_years(["Kubernetes runs"], frozenset({"Kubernetes"})) == pytest.approx(-3.01)


@pytest.mark.parametrize(("word", "count"), [("cat", 1), ("table", 2), ("make", 1), ("throughput", 2), ("memory", 3)])
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_a_verdict_of_five_words_is_too_short() -> None:
    page = written(
        {
            "short_answer": ["Take FastAPI for throughput and Flask for its low memory use."],
            "verdict": ["Take the one you like."],
        }
    )
    assert length(page).value == pytest.approx(2 / 3)
