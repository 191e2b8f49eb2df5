"""Slants: graded phrases ("faster", "less memory"), how far apart they put two values, and verbs of change."""

from __future__ import annotations

from typing import NamedTuple

from flows.check.items import Item
from flows.check.lexicon.model import OPPOSITE, Sign

_SLIGHT = frozenset(
    [
        "slightly",
        "marginally",
        "barely",
        "bit",
        "hair",
        "narrowly",
        "fractionally",
        "little",
        "touch",
        "shade",
        "tad",
        "somewhat",
        "modestly",
        "smidge",
        "whisker",
        "narrow",
        "small",
        "edges",
    ]
)
_MUCH = frozenset(
    [
        "much",
        "far",
        "well",
        "significantly",
        "considerably",
        "substantially",
        "way",
        "clearly",
        "markedly",
        "noticeably",
        "comfortably",
        "easily",
        "wide",
        "hugely",
        "handily",
    ]
)
_DRAMATIC = frozenset(["dramatically", "drastically", "vastly", "massively", "enormously"])
#: Words that say how far one value lies from another, in place of a figure.
DEGREES = (_SLIGHT | _MUCH | _DRAMATIC) - {"way", "well", "small", "narrow", "wide", "edges"}


class Slant(NamedTuple):
    """A graded phrase found beside a number or on its own: its items, sign, classes and degree of comparison."""

    first: int
    last: int
    sign: Sign
    classes: frozenset[str]
    degree: str
    base: str
    main: str = ""


_ADVERBS: dict[str, Sign] = {"slowly": "worse", "quickly": "better", "rapidly": "better", "swiftly": "better"}


_STRENGTH: dict[str, Sign] = {"strong": "better", "weak": "worse"}
_RESULTS = frozenset(
    "result results score scores showing performance figure figures number numbers ratio ratios time times reading readings mark marks".split()
)


def slant_at(items: list[Item], at: int) -> Slant | None:
    """The graded phrase that begins at item `at`: "faster", "more expensive", "less memory", "fewer"."""
    if not 0 <= at < len(items):
        return None
    graded = items[at].graded
    if graded is None or graded.degree == "verb":
        return None
    low = items[at].low
    if low in ("more", "less", "most", "least") and at + 1 < len(items):
        following = items[at + 1].graded
        if following is not None and following.degree == "positive" and items[at + 1].low not in ("high",):
            sign = following.meaning.sign if low in ("more", "most") else OPPOSITE[following.meaning.sign]
            return Slant(
                at, at + 1, sign, following.meaning.classes, graded.degree, following.base, following.meaning.main
            )
        if (
            low in ("more", "less")
            and items[at + 1].low.endswith("ly")
            and (base := _ADVERBS.get(items[at + 1].low)) is not None
        ):
            # "more slowly"
            sign = base if low == "more" else OPPOSITE[base]
            return Slant(at, at + 1, sign, frozenset({"speed"}), graded.degree, "fast", "speed")
    if graded.base in _STRENGTH and any(item.low in _RESULTS for item in items[at + 1 : at + 5]):
        # "the weakest time", "the strongest showing": good or bad, whichever way the figures run.
        return Slant(at, at, _STRENGTH[graded.base], frozenset({"any"}), graded.degree, graded.base)
    return Slant(at, at, graded.meaning.sign, graded.meaning.classes, graded.degree, graded.base, graded.meaning.main)


def degree_before(items: list[Item], at: int) -> str:
    """How far apart the words before a comparative say the values are."""
    for back in range(at - 1, max(-1, at - 4), -1):
        low = items[back].low
        if low in _SLIGHT:
            return "slightly"
        if low in _DRAMATIC:
            return "dramatically"
        if low in _MUCH:
            return "much"
        if low not in ("the", "a", "even", "still", "by", "only", "very", "not", "is", "also"):
            return ""
    return ""


def degree_of(word: str) -> str:
    """How far apart an adjective before "lead" or "edge" says the values are: "narrow", "comfortable"; "" for another word."""
    return _NOUN_DEGREES.get(word, "")


_NOUN_DEGREES = {
    word: degree
    for degree, words in {
        "slightly": "slight narrow small slim tiny marginal minimal wafer-thin thin",
        "much": "clear comfortable wide big large significant considerable substantial decisive commanding solid strong healthy",
        "dramatically": "huge massive enormous vast",
    }.items()
    for word in words.split()
}

_CHANGES = frozenset(
    [
        "gets",
        "get",
        "got",
        "getting",
        "becomes",
        "become",
        "became",
        "slows",
        "slow",
        "speeds",
        "goes",
        "went",
        "turns",
        "makes",
        "made",
        "making",
        "drops",
        "climbs",
        "rises",
        "falls",
        "grows",
        "shrinks",
        "improves",
        "degrades",
    ]
)


def changing(items: list[Item], at: int) -> bool:
    """Whether a verb of change stands shortly before item `at`: "gets slightly faster", "makes X 3 times slower"."""
    return any(
        items[k].low in _CHANGES for k in range(max(0, at - 8), at) if abs(items[k].depth - items[at].depth) < 0.5
    )
