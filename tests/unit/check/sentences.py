"""Reads `sentences.txt` and its like: invented sheets with sentences, what must become of their phrases, and that it does."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from flows.check import check_text, compile_case
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label

_DIRECTIONS = {"higher": Direction.HIGHER, "lower": Direction.LOWER, "neutral": Direction.NEUTRAL}


@dataclass
class Sentence:
    """`supported` and `flagged` are phrases of `text`; with neither, nothing may be flagged.

    `missed` and `strayed`: where the checker is known to be wrong today, of `flagged` and beside it.
    """

    case: CheckCase
    text: str
    supported: list[str] = field(default_factory=list)
    flagged: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    strayed: list[str] = field(default_factory=list)


def load(path: Path) -> list[Sentence]:
    """All sentences of a file in order."""
    sentences: list[Sentence] = []
    sheet: CheckCase | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, rest = line.partition(" ")
        if line.startswith("sheet "):
            sheet = CheckCase(id=rest, entities=(), metrics=(), facts=())
        elif line.startswith("entities:") and sheet is not None:
            names = [name.strip() for name in rest.split("|")]
            sheet = sheet.model_copy(
                update={"entities": tuple(CheckEntity(id=f"e{k}", name=name) for k, name in enumerate(names))}
            )
        elif line.startswith("metric ") and sheet is not None:
            sheet = _metric(sheet, rest)
        elif line.startswith("text:") and sheet is not None:
            sentences.append(Sentence(sheet, rest.replace("\\n", "\n")))
        elif key == "=":
            sentences[-1].supported.append(rest)
        elif key == "!":
            sentences[-1].flagged.append(rest)
        elif key == "-":
            sentences[-1].missed.append(rest)
        elif key == "+":
            sentences[-1].strayed.append(rest)
    return sentences


def load_labelled(path: Path) -> list[tuple[CheckCase, str, str]]:
    """Sheet, label and text of every line "S text" (C and U alike) of a file whose sheets are written as above."""
    rows: list[tuple[CheckCase, str, str]] = []
    sheets = iter(_sheets(path.read_text(encoding="utf-8")))
    for block in path.read_text(encoding="utf-8").split("sheet ")[1:]:
        sheet = next(sheets)
        rows += [
            (sheet, line[0], line[2:].replace("\\n", "\n"))
            for line in block.splitlines()
            if line[:2] in ("S ", "C ", "U ")
        ]
    return rows


def _sheets(text: str) -> list[CheckCase]:
    found: list[CheckCase] = []
    for line in text.splitlines():
        key, _, rest = line.partition(" ")
        if key == "sheet":
            found.append(CheckCase(id=rest, entities=(), metrics=(), facts=()))
        elif key == "entities:":
            names = [name.strip() for name in rest.split("|")]
            found[-1] = found[-1].model_copy(
                update={"entities": tuple(CheckEntity(id=f"e{k}", name=name) for k, name in enumerate(names))}
            )
        elif key == "metric":
            found[-1] = _metric(found[-1], rest)
    return found


def _metric(sheet: CheckCase, line: str) -> CheckCase:
    head, _, body = line.partition(": ")
    name, unit, kind, aliases, *values = [part.strip() for part in body.split("|")]
    words = kind.split()
    metric = CheckMetric(
        id=head, name=name, unit=unit or None, direction=_DIRECTIONS[words[0]],
        kind=MetricKind(words[1]) if len(words) > 1 else MetricKind.QUANTITY,
        aliases=tuple(alias.strip() for alias in aliases.removeprefix("aliases ").split(";") if alias.strip()),
    )  # fmt: skip
    facts = tuple(
        CheckFact(
            id=f"{head}.{k}" + (f".{n}" if n else ""),
            entity=f"e{k}",
            metric=head,
            value=one.partition(" @ ")[0].strip(),
            context=one.partition(" @ ")[2].strip() or None,
        )
        for k, value in enumerate(values)
        if value
        for n, one in enumerate(value.split(";;"))
    )
    return sheet.model_copy(update={"metrics": (*sheet.metrics, metric), "facts": (*sheet.facts, *facts)})


_LETTERS = {"S": Label.SUPPORTED, "C": Label.CONTRADICTED, "U": Label.UNVERIFIABLE}
_WORST_FIRST = (Label.CONTRADICTED, Label.UNVERIFIABLE, Label.SUPPORTED)


def assert_worst(case: CheckCase, letter: str, text: str) -> None:
    """The worst label among the claims of the text is that of the letter."""
    report = check_text(text, compile_case(case))
    assert not report.unchecked
    labels = {claim.label for claim in report.claims}
    worst = next((label for label in _WORST_FIRST if label in labels), None)
    shown = [(claim.text, claim.label.value, claim.kind, claim.computation, claim.reason) for claim in report.claims]
    assert worst is _LETTERS[letter], shown
