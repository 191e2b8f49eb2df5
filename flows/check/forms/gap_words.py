"""Gap words: the words that make a number a distance between two values, and the direction each of them gives."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from flows.check.items import Item, hedge_first
from flows.check.stated import Stated
from flows.check.typed import Form

GAP_WORDS = frozenset(
    [
        "gap",
        "difference",
        "lead",
        "advantage",
        "margin",
        "edge",
        "apart",
        "distance",
        "deficit",
        "spread",
        "improvement",
        "increase",
        "reduction",
        "saving",
        "savings",
        "premium",
        "discount",
        "drop",
        "gain",
        "penalty",
        "speedup",
        "boost",
        "jump",
        "rise",
        "fall",
        "leap",
        "growth",
        "hike",
        "surcharge",
        "cut",
        "decrease",
        "decline",
    ]
)
GAP_SIGN = {
    "premium": "up",
    "surcharge": "up",
    "increase": "up",
    "hike": "up",
    "discount": "down",
    "reduction": "down",
    "drop": "down",
    "cut": "down",
    "decrease": "down",
    "saving": "down",
    "savings": "down",
    "improvement": "better",
    "speedup": "better",
    "lead": "better",
    "advantage": "better",
    "edge": "better",
    "boost": "better",
    "gain": "better",
    "penalty": "worse",
    "deficit": "worse",
}
AHEAD = {
    "ahead": "better",
    "behind": "worse",
    "clear": "better",
    "short": "worse",
    "adrift": "worse",
    "back": "worse",
    "above": "up",
    "below": "down",
    "extra": "up",
    "additional": "up",
    "over": "up",
    "under": "down",
    "off": "worse",
    "beyond": "up",
}
SAVES = {
    "saves": "down",
    "save": "down",
    "saving": "down",
    "saved": "down",
    "adds": "up",
    "add": "up",
    "shaves": "down",
    "cuts": "down",
    "cut": "down",
    "cutting": "down",
    "gains": "up",
    "loses": "down",
    "trims": "down",
    "knocks": "down",
    "reduces": "down",
    "drops": "down",
    "lowers": "down",
    "raises": "up",
    "increases": "up",
    "falls": "down",
    "rises": "up",
    "shrinks": "down",
    "grows": "up",
    "slows": "worse",
    "speeds": "better",
    "improves": "better",
}


#: What a verb before a gap measures, where no metric's own word stands: "lasts twice as long", "finishes within 6 %".
VERB_CLASSES = {
    verb: frozenset(classes)
    for verbs, classes in (
        ("last lasts lasted lasting play plays played playing", ("battery", "time", "durability")),
        ("finish finishes finished complete completes completed", ("time",)),
        ("cost costs costing charge charges charged asks sells retails", ("price",)),
        ("weigh weighs weighing weighed", ("weight",)),
    )
    for verb in verbs.split()
}
#: Nouns that stand for whatever was spoken of: "half the figure", "twice the rate".
GENERIC = frozenset(
    "figure figures amount amounts value values number numbers rate rates level levels total sum count score scores result results reading "
    "quantity share size way work load job rest whole lot field same original other others former latter maximum minimum average".split()
)
#: What a noun behind a gap measures, where no metric has it in its name: "three times the money".
NOUN_CLASSES = {
    noun: frozenset(classes)
    for nouns, classes in (
        ("money price cost bill outlay", ("price",)),
        ("speed pace", ("speed",)),
        ("time duration", ("time", "speed")),
        ("weight mass", ("weight",)),
        ("memory", ("memory",)),
        ("space size", ("size", "capacity", "memory", "area")),
        ("stamina endurance runtime", ("battery",)),
        ("power", ("power",)),
        ("range", ("range",)),
    )
    for noun in nouns.split()
}


@dataclass(frozen=True, slots=True)
class Gap:
    """The words that make a number a gap: items `at`..`last`, with what they say of direction and metric."""

    at: int
    last: int
    form: Form
    stated: Stated
    relation: str
    sign: object
    classes: frozenset[str] | None


def gap_before(items: list[Item], at: int, metrics: Container[str]) -> str:
    """The word that makes the figure after it a gap, "" for none:  "a lead of around 10 %", "the gap is 3 MP"."""
    first = hedge_first(items, at)
    if first > 0 and items[first - 1].low in ("with", ","):
        return ""
    for position in range(first - 1, max(-1, first - 8), -1):
        low = items[position].low
        if items[position].concept in metrics:
            # "Premium is $15", where a metric is called so.
            continue
        if low in (
            "gap",
            "difference",
            "lead",
            "advantage",
            "margin",
            "deficit",
            "saving",
            "savings",
            "premium",
            "edge",
            "distance",
            "spread",
            "differ",
            "differs",
            "reduction",
            "improvement",
            "speedup",
            "penalty",
            "growth",
            "surcharge",
            "discount",
            "gain",
            "boost",
        ) or (
            low in ("rise", "fall", "leap", "jump", "cut", "drop", "increase")
            and position > 0
            and (
                items[position - 1].low in ("a", "an", "the", "of", "'s", "its", "their")
                or items[position - 1].degree == "positive"
            )
        ):
            return low
        if (items[position].kind == "p" and low not in "'\"") or items[position].kind == "n":
            return ""
    return ""


def change_of(word: str) -> str:
    """The relation of a percentage to the word before it: a reduction is a part of the larger value, a rise of the smaller."""
    return {"up": "rise", "down": "fall"}.get(GAP_SIGN.get(word, ""), "gap")
