"""Whatever breaks inside the checker blocks the text, and says what broke.

Faults are planted by walking the package, so a new module is held to this without being named here.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from types import CodeType

import pytest

import flows.check
import flows.quantities
from flows.check import check_text, compile_case
from flows.check.cases import answer_lines
from flows.check.proposals import read_twice
from flows.check.sheet import Compiled
from flows.examine import examine
from schemas.catalogue import MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Decision, Report
from schemas.drafts import Block, Draft, Sentence
from schemas.proposals import WireProposal
from tests.unit.check.faults import called_by, clear_caches, functions, modules, plant
from tests.unit.check.sentences import load, load_labelled
from tests.unit.draft.builtin_sheets import TRADE

#: What these define runs when they are imported (tables), is only the package's door, or is not part of a check.
NOT_IN_A_CHECK = {
    "flows.check": "hands out the public names",
    "flows.check.explain": "shows a report that is already made",
    "flows.check.lexicon.assertions": "builds its tables when it is imported",
    "flows.check.lexicon.doubt": "builds its tables when it is imported",
    "flows.check.lexicon.standard": "builds its tables when it is imported",
    "flows.check.lexicon.tenses": "builds the tables of other modules when they are imported",
}
OUTERMOST = {"flows.check.cases"}
MODULES = [name for name in modules(flows.check) if functions(name)]
#: The rooms beneath, of which the checker uses a part.
BENEATH = [name for name in modules(flows.quantities) if functions(name)]

#: Dates at the precision of a day, a month and a year, and a page with a date.
DATED = CheckCase(
    id="dated",
    date=date(2026, 6, 1),
    entities=tuple(CheckEntity(id=name.lower(), name=name) for name in ("Ostrel", "Pivane", "Quentor")),
    metrics=(CheckMetric(id="released", name="First release", aliases=("released",), kind=MetricKind.DATE),),
    facts=tuple(
        CheckFact(id=f"f{number}", entity=entity, metric="released", value=value)
        for number, (entity, value) in enumerate(
            {"ostrel": "2018-12-05", "pivane": "2022-12", "quentor": "2016"}.items()
        )
    ),
)
DATED_TEXTS = (
    "Ostrel was first released on December 5, 2018.",
    "Pivane was first released in December 2022, four years after Ostrel.",
    "Ostrel is seven years old.",
    "Quentor is two years older than Ostrel.",
    "Ostrel was released before 2019 and Pivane after 2021.",
)
#: A column of gains and losses.
MOVED = CheckCase(
    entities=(CheckEntity(id="a", name="Ostrel"), CheckEntity(id="b", name="Pivane")),
    metrics=(CheckMetric.model_validate({"id": "g", "name": "Revenue growth", "unit": "%"}),),
    facts=(
        CheckFact(id="a.g", entity="a", metric="g", value="-7.9%"),
        CheckFact(id="b.g", entity="b", metric="g", value="+8.8%"),
    ),
    text="The revenue of Ostrel fell 7.9 percent.",
)
#: On the first sheet of the sentence file: 145 s, 180 s and 210 s; 1.7 l, 1.5 l and 1.0 l.
MORE_TEXTS = (
    "The Vaporetta is the runner-up on boil time.",
    "On average, the three kettles take 178.3 seconds to boil.",
    "Together the three kettles hold 4.2 l.",
    "The average price of the three is $69.50.",
)

Run = Callable[[], list[str]]
"""Runs one check; the decision first, then what was not checked."""


def _by_lines(case: CheckCase) -> list[str]:
    return _read(next(answer_lines([case.model_dump_json()])))


def _by_both_readers(case: CheckCase, proposals: list[WireProposal]) -> list[str]:
    def check(one: CheckCase, compiled: Compiled) -> Report:
        return read_twice(one.text, compiled, proposals).report

    return _read(next(answer_lines([case.model_dump_json()], check=check)))


def _read(line: str) -> list[str]:
    answer = json.loads(line)
    return [answer["decision"], *(entry["reason"] for entry in answer.get("unchecked", []))]


def _by_draft() -> list[str]:
    sheet = TRADE
    name = sheet.entities[0].name
    draft = Draft(blocks=(Block(name="verdict", sentences=(Sentence(text=f"{name} is worth a look."),)),))
    report = examine(draft, sheet).report
    return [report.decision.value, *(entry.reason for entry in report.unchecked)]


def _proposed(case: CheckCase) -> list[WireProposal]:
    """What a second reader would say of the supported claims, as far as a plain value or order can be copied."""
    compiled = compile_case(case)
    facts = {fact.id: fact for fact in case.facts}
    proposals = []
    for claim in check_text(case.text, compiled).claims:
        cells = [facts[fact] for fact in claim.evidence]
        if claim.kind not in ("absolute", "comparison", "rank") or not cells:
            continue
        proposals.append(
            WireProposal(
                quote=claim.text,
                occurrence=1,
                form=claim.kind,
                subjects=[cells[0].entity],
                comparands=[cells[1].entity] if claim.kind == "comparison" and len(cells) > 1 else [],
                metric=cells[0].metric,
                value="".join(mark for mark in claim.text if mark in "0123456789.,"),
                unit="",
                hedge="none",
                direction="lower" if claim.kind == "comparison" else "none",
                relation="none",
                polarity="affirmed",
                rank=1 if claim.kind == "rank" else 0,
                scope="listed",
                scope_size=0,
                only=False,
            )
        )
    return proposals


def _runs() -> list[Run]:
    """Checks that publish first, so that a fault that passes would show; then texts that are blocked anyway."""
    here = Path(__file__).parent
    loaded = [*load(here / "sentences.txt"), *load(here / "assertions.txt")]
    texts = [one.case.model_copy(update={"text": one.text}) for one in loaded]
    texts += [DATED.model_copy(update={"text": text}) for text in DATED_TEXTS]
    texts += [texts[0].model_copy(update={"text": text}) for text in MORE_TEXTS]
    texts.append(MOVED)
    texts += [
        case.model_copy(update={"text": text})
        for case, _, text in load_labelled(here / "gaps.txt")
        if case.id == "ovens"
    ]
    texts += [
        case.model_copy(update={"text": text})
        for case, letter, text in load_labelled(here / "pairs.txt")
        if letter == "S"
    ]
    texts += [
        case.model_copy(update={"text": text})
        for name in ("moves.txt", "unions.txt", "streaks.txt")
        for case, letter, text in load_labelled(here / name)
        if letter == "S"
    ]
    decided = [(case, _by_lines(case)[0] == Decision.PUBLISH.value) for case in texts]
    passing = [case for case, passed in decided if passed]
    assert len(passing) >= 40
    # Small sheets first: a function is tried on the first run that reaches it, and each try reads its sheet anew.
    runs: list[Run] = [partial(_by_lines, case) for case in sorted(passing, key=lambda case: len(case.facts))]
    runs += [partial(_by_both_readers, case, _proposed(case)) for case in passing[:40]]
    return [*runs, _by_draft, *(partial(_by_lines, case) for case, passed in decided if not passed)]


@pytest.fixture(scope="module")
def reached() -> dict[CodeType, list[Run]]:
    """For every function that some run calls: the runs that call it."""
    runs = _runs()
    clear_caches("flows.check")
    calls: dict[CodeType, list[Run]] = defaultdict(list)
    for run in runs:
        for code in called_by(run):
            if "/flows/" in code.co_filename:
                calls[code].append(run)
    return calls


@pytest.mark.parametrize("module", MODULES)
def test_a_fault_in_any_function_of_the_checker_blocks_and_is_named(
    module: str, reached: dict[CodeType, list[Run]], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = _plant_each(module, reached, monkeypatch)
    assert tried or module in NOT_IN_A_CHECK, f"no run of this test calls anything of {module}"


@pytest.mark.parametrize("module", BENEATH)
def test_a_fault_in_the_reading_of_quantities_blocks_and_is_named(
    module: str, reached: dict[CodeType, list[Run]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _plant_each(module, reached, monkeypatch)


def _plant_each(module: str, reached: dict[CodeType, list[Run]], monkeypatch: pytest.MonkeyPatch) -> int:
    """How many of the functions were made to fail; asserts what must become of each."""
    tried = 0
    for name, function in functions(module).items():
        for run in reached.get(function.__code__, [])[:1]:
            tried += 1
            with monkeypatch.context() as patched:
                message = plant(patched, name, function)
                decision, *reasons = _outcome(run, module)
            clear_caches("flows.check")
            assert decision != Decision.PUBLISH.value, name
            assert any(message in reason for reason in reasons), (name, reasons)
    return tried


def _outcome(run: Run, module: str) -> list[str]:
    """What a run answers; the outermost function, which has no one above it to answer, may raise instead."""
    try:
        return run()
    except RuntimeError as error:
        if module not in OUTERMOST:
            raise
        return ["no answer", str(error)]


def test_the_runs_that_faults_are_planted_in_reach_most_of_the_checker(reached: dict[CodeType, list[Run]]) -> None:
    every = [function for module in MODULES if module not in NOT_IN_A_CHECK for function in functions(module).values()]
    assert sum(function.__code__ in reached for function in every) >= 0.85 * len(every)


def test_a_gate_that_fails_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.check.report.decide", _fail)
    report = check_text("Hello.", compile_case(CheckCase(entities=(), metrics=(), facts=())))
    assert report.decision is Decision.REVIEW
    assert "no gate today" in report.unchecked[0].reason


def test_a_fault_in_one_sentence_does_not_hide_the_claims_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    from flows.check import oblige
    from flows.check.discourse import Scene

    kettles = load(Path(__file__).parent / "sentences.txt")[0].case
    whole = oblige.uncovered

    def second_fails(scene: Scene) -> object:
        if scene.previous is not None:
            raise RuntimeError("second sentence")
        return whole(scene)

    monkeypatch.setattr(oblige, "uncovered", second_fails)
    report = check_text("The Brimo K2 weighs 9 kg. It is made of steel.", compile_case(kettles))
    assert report.decision is Decision.REJECT
    assert [claim.text for claim in report.claims if "9 kg" in claim.text]
    assert "second sentence" in report.unchecked[0].reason


def _fail(*_arguments: object) -> Decision:
    raise RuntimeError("no gate today")
