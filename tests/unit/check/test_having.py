"""Who has what: sets, counts, qualifiers of a cell and denials, each right sentence beside one that differs in a word."""

from __future__ import annotations

import pytest

from flows.check import check_text, compile_case
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Label

_CELLS = {
    "cafe": ("Café", "boolean", ("Yes", "Yes", "No", "Yes", "No")),
    "fiveg": ("5G", "boolean", ("No", "Yes", "Yes", "Yes", "Yes")),
    "access": ("Wheelchair access", "text", ("Full", "Partial", "None", "Full", "Partial")),
    "guide": ("Audio guide", "text", ("Optional", "Standard", "No", "Yes (beta)", "Yes")),
    "lang": ("Written in", "category", ("Go", "Rust", "Go", "Java", "C")),
    "drive": ("Drive", "category", ("Front-wheel drive", "Rear-wheel drive", "Front-wheel drive", "All-wheel drive", "Front-wheel drive")),
    "runners": ("Windows runners", "boolean", ("Yes", "No", "Yes", "No", "Yes")),
    "price": ("Price", "quantity", ("$9", "$15", "$19", "$29", "$35")),
}  # fmt: skip
_NAMES = ("Kestrel", "Otter", "Heron", "Wren", "Dipper")
SHEET = compile_case(
    CheckCase(
        entities=tuple(CheckEntity(id=name.lower(), name=name) for name in _NAMES),
        metrics=tuple(
            CheckMetric.model_validate(
                {"id": number, "name": name, "kind": kind}
                | ({"unit": "$", "direction": "lower_is_better"} if kind == "quantity" else {})
            )
            for number, (name, kind, _) in _CELLS.items()
        ),
        facts=tuple(
            CheckFact(id=f"{name.lower()}.{number}", entity=name.lower(), metric=number, value=value)
            for number, (_, _, values) in _CELLS.items()
            for name, value in zip(_NAMES, values, strict=True)
        ),
    )
)

#: What is right, and what is wrong in the same place.
PAIRS = [
    ("Look elsewhere if you need a café: neither Heron nor {Dipper|Otter} has one.", "denied of both before the verb"),
    ("Kestrel has {no|} 5G.", "a name of a digit and a letter"),
    ("5G is missing from {Kestrel|Otter}.", "said from behind"),
    ("{All but Kestrel|All but Otter} have 5G.", "the one that is excepted has it not"),
    ("{Every station but Kestrel|Every station but Wren} has 5G.", "so with a noun between"),
    ("Everyone except {Kestrel|Wren} offers 5G.", "and with everyone"),
    ("{All but two|All but one} have a café.", "a number of them is excepted"),
    ("Wheelchair access is {partial|full} at Otter.", "a short cell says another word"),
    ("The audio guide is in beta at {Wren|Dipper}.", "what a short cell adds to its yes is of that cell"),
    ("The audio guide is {optional|standard} at Kestrel.", "a general word that the cells say"),
    ("Kestrel is written in {Go|Java}.", "a name that is a word of grammar"),
    ("Dipper is written in {C|Go}.", "a name of one letter"),
    ("Otter is {rear-wheel drive|front-wheel drive}.", "a word that all cells share proves nothing"),
    ("The Go stations are {Kestrel and Heron|Kestrel and Otter}.", "the whole of a set"),
    ("The Go stations are {Kestrel and Heron|Kestrel}.", "one too few"),
    ("{Wren|Otter} is the only all-wheel-drive station.", "the one of its kind"),
    ("Heron is the only Go station {without|with} a café.", "a kind, and a denial"),
    ("Otter is one of {three|four} stations with a café.", "a number of them"),
    ("Of the two Go stations, {Kestrel|Heron} is the one with a café.", "among whom"),
    ("The stations without a café are {Heron and Dipper|Heron and Wren}.", "those who lack it"),
    ("{Otter|Heron} is rear-wheel drive and runs no Windows runners.", "a verb of having is no rival"),
    ("{Most|Half} of the five have a café.", "a part of them is a count"),
    ("{About half|Most} of them are written in Go.", "and no ratio of two figures"),
    ("At least {two|four} of the five are written in Go.", "a bound on a count"),
    ("{Not all|All} of them have 5G.", "fewer than all"),
    ("None of the {rear-wheel-drive|Go} stations has Windows runners.", "of a group, and not of all"),
    ("The 5G stations cost {at least $15|at least $19}.", "a group by a column of yes and no"),
    ("Otter has a café; Wren {does, too|does not}.", "the same again"),
    ("Otter has a café, and so do {Kestrel and Wren|Kestrel and Dipper}.", "of every one of a list"),
    ("Otter has a café, while {Heron|Wren} has none.", "has none"),
    ("Otter has a café, something {Heron|Wren} lacks.", "said of a thing by the way"),
    ("- Café: {everywhere except Heron and Dipper|everywhere except Heron and Wren}.", "a label before a list"),
    ("- Café: {yes at Otter, no at Heron|no at Otter, yes at Heron}.", "a yes and a no for each"),
    ("Does Otter have a café? {Yes, it does.|No, it does not.}", "an answer in two words"),
    ("Which of them is written in Go? {Kestrel and Heron.|Kestrel and Otter.}", "names for an answer"),
    ("Among the Go stations, only {Kestrel|Heron} has a café.", "alone among some"),
    ("Heron {excludes|includes} an audio guide.", "a verb that denies"),
    ("Dipper is {|not} the only station written in C.", "alone or not"),
    ("Kestrel is {not|} the only station written in Go.", "and not alone"),
    ("Otter has a café; {Heron|Wren} does not have one.", "one of what was spoken of"),
]  # fmt: skip


def _labels(text: str) -> set[Label]:
    report = check_text(text, SHEET)
    assert not report.unchecked
    return {claim.label for claim in report.claims}


def _both(pattern: str) -> tuple[str, str]:
    head, _, rest = pattern.partition("{")
    choice, _, tail = rest.partition("}")
    right, _, wrong = choice.partition("|")
    return " ".join(f"{head}{right}{tail}".split()), " ".join(f"{head}{wrong}{tail}".split())


@pytest.mark.parametrize(("pattern", "why"), PAIRS)
def test_the_right_one_passes(pattern: str, why: str) -> None:
    assert _labels(_both(pattern)[0]) == {Label.SUPPORTED}, why


@pytest.mark.parametrize(("pattern", "why"), PAIRS)
def test_the_wrong_one_is_flagged(pattern: str, why: str) -> None:
    assert _labels(_both(pattern)[1]) - {Label.SUPPORTED}, why


def test_a_count_that_may_be_nought_needs_somebody_who_has_it() -> None:
    assert _labels("Not every station has a moat.") != {Label.SUPPORTED}


@pytest.mark.parametrize("text", ["Otter runs on two servers at $15.", "Otter runs at $15."])
def test_a_verb_is_no_part_of_a_name(text: str) -> None:
    assert all(claim.kind != "capability" for claim in check_text(text, SHEET).claims)
