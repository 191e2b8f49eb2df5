"""A text read by whom the settings say: the rules, a model, or both. Fails closed where the model cannot be had."""

from __future__ import annotations

from datetime import date as Date

from flows.check import Compiled, check_text
from flows.check.proposals import Reader, Reading, read_twice, without_second_reader
from flows.draft.port import Parked
from flows.draft.second_reader import SecondReader
from flows.errors import ModelError
from schemas.checking import CheckCase, Label, Report

_WORSE = {Label.SUPPORTED: 0, Label.UNVERIFIABLE: 1, Label.CONTRADICTED: 2}


async def read_text(
    case: CheckCase,
    compiled: Compiled,
    second: SecondReader,
    *,
    reader: Reader = Reader.BOTH,
    date: Date | None = None,
    run_id: str = "",
) -> Reading:
    """The reading of `case.text`. Where the second reader fails, the rules' report with an unchecked entry, which blocks."""
    try:
        proposals = await second.propose(case, run_id)
    except (ModelError, Parked) as error:
        return Reading(without_second_reader(check_text(case.text, compiled, date=date), str(error)))
    return read_twice(case.text, compiled, proposals, date=date, reader=reader)


def objections(rules: Report, both: Report) -> tuple[str, ...]:
    """What the second reader found that the rules did not: one line for each claim that it made worse, or could not be asked."""
    lines = []
    for claim in both.claims:
        if claim.label is Label.SUPPORTED or claim.reader == "rules":
            continue
        before = max(
            (_WORSE[one.label] for one in rules.claims if one.start < claim.end and claim.start < one.end), default=0
        )
        if _WORSE[claim.label] > before:
            why = claim.reason or claim.computation
            lines.append(f"second reader: {claim.text!r} is {claim.label.value} ({why[:200]})")
    return (*lines, *(one.reason for one in both.unchecked if one not in rules.unchecked))
