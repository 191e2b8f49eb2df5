"""The marks of the corpus: a marked text becomes the faulty or the clean text, with spans and labels.

`{{S|phrase}}` is supported, `{{C:number|wrong => right}}` contradicted, `{{U:unsupported|wrong => }}` unverifiable,
`{{I|phrase}}` left out of the scoring; `evals/cases/README.md` has the whole grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

ERRORS = ("number", "unit", "direction", "entity", "ratio", "attribute", "absolute", "date", "unsupported")
LABELS = {"S": "supported", "C": "contradicted", "U": "unverifiable"}

#: A claim that rests on arithmetic over several metrics, or on a premise that the text itself sets.
DERIVED = "derived"

MARK = re.compile(r"\{\{(?P<label>[SCUI])(?P<traits>(?::\w+)*)(?P<facts>(?: [a-z0-9_.*]+)*)\|(?P<body>.*?)\}\}")
LIST_MARKER = re.compile(r"(?:[-*•+−]|\d+[.)])")

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
Case: TypeAlias = dict[str, Json]


class CorpusError(Exception):
    """A corpus file does not follow the format; the message names file, text and what to change."""


@dataclass
class Writing:
    """One variant of a text while it is being put together, with the spans found so far."""

    text: str = ""
    claims: list[Json] = field(default_factory=list)
    ignore: list[Json] = field(default_factory=list)

    def drop_phrase(self, following: str) -> str:
        """Close the gap that an empty correction leaves; returns what of `following` is still to be written.

        A list line that held nothing else goes with its marker.
        """
        line = self.text.rpartition("\n")[2]
        ends_line = not following or following.startswith("\n")
        if ends_line and (not line.strip() or LIST_MARKER.fullmatch(line.strip())):
            self.text = self.text[: len(self.text) - len(line)]
            return following.removeprefix("\n")
        if self.text.endswith(" ") and (ends_line or following[0] in " ,.;:)"):
            self.text = self.text[:-1]
        elif following.startswith(" ") and (not self.text or self.text.endswith("\n")):
            return following[1:]
        return following


def write(marked: str, clean: bool, fact_ids: Sequence[str], where: str) -> Writing:
    """The faulty text of `marked`, or with `clean` its twin, with the claims found.

    `where` stands in error messages. Raises CorpusError where a mark breaks the grammar or names a fact that is not there.
    """
    writing = Writing()
    rest = marked
    while found := MARK.search(rest):
        writing.text += rest[: found.start()]
        rest = rest[found.end() :]
        label = found["label"]
        faulty, correction, why = _body(found["body"], label, where)
        error, derived = _traits(found, where)
        facts = _named(found["facts"].split(), fact_ids, where)
        phrase = correction if clean and correction is not None else faulty
        unlabelled = phrase.startswith("~")
        phrase = phrase.removeprefix("~").strip() if unlabelled else phrase
        if not phrase:
            rest = writing.drop_phrase(rest)
            continue
        start = len(writing.text)
        writing.text += phrase
        if label == "I":
            writing.ignore.append({"start": start, "end": start + len(phrase)})
        elif not unlabelled:
            wrong = label in "CU" and not clean
            claim: Case = {
                "start": start,
                "end": start + len(phrase),
                "text": phrase,
                "label": LABELS[label] if wrong else "supported",
                "facts": [*facts],
                "error": error if wrong else None,
                "why": why if wrong else "",
            }
            writing.claims.append(claim | {DERIVED: True} if derived else claim)
    writing.text += rest
    if "{{" in writing.text or "}}" in writing.text:
        raise CorpusError(f"{where}: a mark is not closed or not known near {writing.text[-60:]!r}.")
    return writing


def _traits(found: re.Match[str], where: str) -> tuple[str | None, bool]:
    """The error kind of a mark, and whether its claim is derived."""
    label, traits = found["label"], found["traits"].split(":")[1:]
    derived = DERIVED in traits
    errors = [trait for trait in traits if trait != DERIVED]
    if len(errors) != (label in "CU") or not set(errors) <= set(ERRORS):
        raise CorpusError(f"{where}: mark {found[0]!r} needs an error of {', '.join(ERRORS)} after C or U, none else.")
    return (errors[0] if errors else None), derived


def _body(body: str, label: str, where: str) -> tuple[str, str | None, str]:
    """`wrong => right ## why` of an error mark, or the bare phrase of any other."""
    if label in "SI":
        if " => " in body or not body.strip() or body != body.strip():
            raise CorpusError(f"{where}: {body!r} must be a bare phrase without blanks around it.")
        return body, None, ""
    phrase, _, why = body.partition(" ## ")
    faulty, arrow, correction = phrase.partition(" =>")
    if not arrow or not faulty.strip() or faulty != faulty.strip():
        raise CorpusError(f"{where}: an error mark reads 'wrong => right', got {body!r}.")
    correction = correction.strip()
    return faulty, correction, why.strip() or (f"right would be: {correction}" if correction else "no fact carries it")


def _named(patterns: Iterable[str], fact_ids: Sequence[str], where: str) -> list[str]:
    """Fact ids that the mark names, each with the further facts of its cell (`air.price.2`).

    `*.price` is the price of every entity, `air.*` every fact of one.
    """
    named: list[str] = []
    for pattern in patterns:
        expression = re.compile(re.escape(pattern).replace(r"\*", r"[a-z0-9_]+") + r"(?:\.\d+)?")
        matches = [fact_id for fact_id in fact_ids if expression.fullmatch(fact_id)]
        if not matches:
            raise CorpusError(f"{where}: no fact {pattern!r}.")
        named += (fact_id for fact_id in matches if fact_id not in named)
    return named
