"""Cases as JSON Lines: one case in, one answer out, in order, in constant memory (DESIGN.md, Contracts)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator

from pydantic import ValidationError

from flows.check.compiling import compile_case
from flows.check.lexicon import STANDARD, Lexicon
from flows.check.report import check_text
from flows.check.sheet import Compiled
from schemas.checking import CheckCase, Decision, Report, Unchecked

#: The report on a case's text.
Check = Callable[[CheckCase, Compiled], Report]


def check_case(case: CheckCase, compiled: Compiled) -> Report:
    """By the rules alone."""
    return check_text(case.text, compiled)


def answer_lines(lines: Iterable[str], lexicon: Lexicon = STANDARD, check: Check = check_case) -> Iterator[str]:
    """The answer to each non-empty line. A malformed line is answered `{"line": n, "error": ...}` in its place."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answer(number, line, lexicon, check)


def _answer(number: int, line: str, lexicon: Lexicon, check: Check) -> str:
    try:
        case = CheckCase.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        return json.dumps(
            {"line": number, "error": f"{where}: {first['msg']}" if where else first["msg"]}, ensure_ascii=False
        )
    try:
        report = check(case, compile_case(case, lexicon))
    except Exception as error:  # noqa: BLE001  # facts that cannot be compiled must not stop the stream, nor pass
        reason = f"the case could not be checked: {type(error).__name__}: {error}"[:300]
        report = Report(unchecked=(Unchecked(end=len(case.text), reason=reason),), decision=Decision.REVIEW)
    return json.dumps(answer(case.id, report), ensure_ascii=False)


def answer(case_id: str, report: Report) -> dict[str, object]:
    """One answer as it goes over the wire; the label is called `status` there."""
    claims = [
        {
            "start": claim.start,
            "end": claim.end,
            "text": claim.text,
            "status": claim.label.value,
            "kind": claim.kind,
            "evidence": list(claim.evidence),
            "computation": claim.computation,
            "reason": claim.reason,
            **({} if claim.reader == "rules" else {"reader": claim.reader}),
        }
        for claim in report.claims
    ]
    body: dict[str, object] = {"id": case_id, "decision": report.decision.value, "claims": claims}
    if report.unchecked:
        body["unchecked"] = [entry.model_dump() for entry in report.unchecked]
    return body
