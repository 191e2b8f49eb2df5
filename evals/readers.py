"""How a second reader changes what is found: labelled cases scored with the rules alone and with proposals beside them.

    python -m evals.readers CASES [--proposals FILE]... [--json]
    python -m evals.readers --pages [--data DIR]

CASES are labelled cases as JSON Lines; a proposals file holds what a reader proposed about them, by case id (`evals/answers/
claims`, `origin: written` where a person wrote it). Only cases that have proposals are scored, by both readings. `--pages`
checks every shipped comparison twice, with its references and as bare text, and prints how many claims each way links.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias

from flows.check import compile_case
from flows.check.proposals import Reader, Reading, read_twice
from flows.errors import InputError
from schemas.checking import CheckCase, Claim, Label
from schemas.proposals import WireProposal

ANSWERS = Path(__file__).parent / "answers" / "claims"
Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
#: What a written proposal leaves out.
_DEFAULTS: dict[str, Json] = {
    "occurrence": 1,
    "subjects": [],
    "comparands": [],
    "metric": "",
    "value": "",
    "unit": "",
    "hedge": "none",
    "direction": "none",
    "relation": "none",
    "polarity": "affirmed",
    "rank": 0,
    "scope": "listed",
    "scope_size": 0,
    "only": False,
}
_OWN = ("expect", "stands", "why")


@dataclass(frozen=True, slots=True)
class Written:
    """One proposal of a file. `expect`: its fate when it is the only one, see `fate`; `stands`: what stands over its quote
    with the rules alone, "" where that is not said; `why`: what it is there for."""

    proposal: WireProposal
    expect: str
    stands: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """The proposals of one file by case id, and the cases that it brings itself (a table and a text). `origin`: who proposed."""

    origin: str
    proposals: Mapping[str, tuple[Written, ...]]
    cases: Mapping[str, CheckCase] = field(default_factory=dict)


@dataclass(slots=True)
class Score:
    """Counted at the labelled claims, as the benchmark does: flagged means contradicted or unverifiable."""

    errors: int = 0
    flagged: int = 0
    supported: int = 0
    alarms: int = 0
    strays: int = 0

    def add(
        self, gold: Sequence[Mapping[str, Json]], claims: Sequence[Claim], ignore: Sequence[Mapping[str, Json]]
    ) -> None:
        """Counts one case."""
        bad = [claim for claim in claims if claim.label is not Label.SUPPORTED]
        for one in gold:
            hit = any(_over(one, claim) for claim in bad)
            if one["label"] == Label.SUPPORTED.value:
                self.supported += 1
                self.alarms += hit
            else:
                self.errors += 1
                self.flagged += hit
        self.strays += sum(not any(_over(one, claim) for one in (*gold, *ignore)) for claim in bad)

    def as_dict(self) -> dict[str, float]:
        """Counts and shares for printing."""
        precise = self.flagged + self.alarms + self.strays
        recall = self.flagged / self.errors if self.errors else 0.0
        precision = self.flagged / precise if precise else 0.0
        both = precision + recall
        return {
            "errors": self.errors,
            "flagged": self.flagged,
            "recall": recall,
            "precision": precision,
            "f1": 2 * precision * recall / both if both else 0.0,
            "supported": self.supported,
            "false alarms": self.alarms,
            "strays": self.strays,
        }


def read_answers(path: Path) -> Answers:
    """One proposals file. Raises InputError naming the file and the case that is wrong."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}") from error
    proposals: dict[str, tuple[Written, ...]] = {}
    cases: dict[str, CheckCase] = {}
    for case_id, entry in document["cases"].items():
        listed = entry
        if isinstance(entry, dict):
            listed = entry["claims"]
            table = document["tables"][entry["table"]]
            cases[case_id] = CheckCase.model_validate({"id": case_id, **table, "text": entry["text"]})
        try:
            proposals[case_id] = tuple(_written(one) for one in listed)
        except (ValueError, KeyError) as error:
            raise InputError(f"{path}: {case_id}: {error}") from error
    return Answers(str(document["origin"]), proposals, cases)


def _written(entry: Mapping[str, Json]) -> Written:
    wire = {key: value for key, value in entry.items() if key not in _OWN}
    expect = str(entry.get("expect", "supported"))
    return Written(
        WireProposal.model_validate({**_DEFAULTS, **wire}),
        expect,
        str(entry.get("stands", "")),
        str(entry.get("why", "")),
    )


def read_case(case: CheckCase, proposals: Iterable[WireProposal], reader: Reader = Reader.BOTH) -> Reading:
    """One case by the rules with these proposals."""
    return read_twice(case.text, compile_case(case), proposals, date=case.date, reader=reader)


def fate(case: CheckCase, written: Written, reader: Reader = Reader.BOTH) -> str:
    """What becomes of a proposal that stands alone: "thrown", or the label that stands over its quote afterwards."""
    reading = read_case(case, [written.proposal], reader)
    return "thrown" if reading.thrown else standing(case, reading, written)


def standing(case: CheckCase, reading: Reading, written: Written) -> str:
    """The worst label over a proposal's quote in a merged report, "none" where nothing is claimed there."""
    start = -1
    for _ in range(written.proposal.occurrence):
        start = case.text.find(written.proposal.quote, start + 1)
    end = start + len(written.proposal.quote)
    labels = {claim.label for claim in reading.report.claims if start >= 0 and start < claim.end and claim.start < end}
    worst = (Label.CONTRADICTED, Label.UNVERIFIABLE, Label.SUPPORTED)
    return next((label.value for label in worst if label in labels), "none")


def compare(path: Path, answers: Sequence[Answers]) -> dict[str, dict[str, float]]:
    """The cases of `path` that have proposals, by each reader. Every proposal of a case counts, hostile ones as well."""
    merged: dict[str, list[WireProposal]] = {}
    for file in answers:
        for case_id, written in file.proposals.items():
            merged.setdefault(case_id, []).extend(one.proposal for one in written)
    scores = {reader: Score() for reader in (Reader.RULES, Reader.BOTH)}
    for gold in _lines(path):
        proposals = merged.get(str(gold["id"]))
        if proposals is None:
            continue
        case = CheckCase.model_validate(gold)
        for reader, score in scores.items():
            report = read_case(case, proposals, reader).report
            score.add(_claims(gold, "claims"), report.claims, _claims(gold, "ignore"))
    return {reader.value: score.as_dict() for reader, score in scores.items()}


def pages(folder: Path, today: date) -> Iterator[dict[str, Json]]:
    """Every comparison of a catalogue as the built-in drafter writes it: what the rules make of its text alone, and how
    many of its claims rest on a reference, whose facts are known without linking."""
    from evals.local import LocalApp

    app = LocalApp(folder, today)
    for one in app([comparison.slug for comparison in app.catalogue.comparisons]):
        spans = [(reference.start, reference.end, set(reference.facts)) for reference in one.rendered.references]
        claims = one.report.claims
        with_reference = agree = 0
        for claim in claims:
            facts = [found for start, end, found in spans if start < claim.end and claim.start < end]
            with_reference += bool(facts)
            agree += bool(facts) and any(found & set(claim.evidence) for found in facts)
        yield {
            "comparison": one.sheet.comparison.slug,
            "claims": len(claims),
            "supported": sum(claim.label is Label.SUPPORTED for claim in claims),
            "on a reference": with_reference,
            "linked alike": agree,
        }


def _lines(path: Path) -> Iterator[dict[str, Json]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _claims(gold: Mapping[str, Json], key: str) -> list[Mapping[str, Json]]:
    found = gold.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _over(gold: Mapping[str, Json], claim: Claim) -> bool:
    start, end = gold["start"], gold["end"]
    assert isinstance(start, int)  # noqa: S101 - the case format
    assert isinstance(end, int)  # noqa: S101 - the case format
    return start < claim.end and claim.start < end


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse, run, print; 0 unless the use was wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.readers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("cases", nargs="?", type=Path)
    parser.add_argument("--proposals", type=Path, action="append", help="default: every file of evals/answers/claims")
    parser.add_argument(
        "--pages", action="store_true", help="the shipped comparisons, with references and as bare text"
    )
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 11, 22))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    rows: list[dict[str, Json]]
    try:
        if given.pages:
            rows = list(pages(given.data, given.today))
        elif given.cases is not None:
            files = given.proposals or sorted(ANSWERS.glob("*.json"))
            scored = compare(given.cases, [read_answers(path) for path in files])
            rows = [{"reader": reader, **figures} for reader, figures in scored.items()]
        else:
            parser.error("name a file of cases, or --pages")
    except InputError as error:
        sys.stderr.write(f"evals: {error}\n")
        return error.exit_code
    sys.stdout.write((json.dumps(rows, indent=1) if given.json else _table(rows)) + "\n")
    return 0


def _table(rows: Sequence[Mapping[str, Json]]) -> str:
    if not rows:
        return "nothing to score"
    shown = [list(rows[0])] + [[f"{v:.1%}" if isinstance(v, float) else str(v) for v in row.values()] for row in rows]
    widths = [max(len(row[at]) for row in shown) for at in range(len(shown[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in shown)


if __name__ == "__main__":
    sys.exit(main())
