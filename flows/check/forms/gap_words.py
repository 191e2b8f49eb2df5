"""Gap words: the words that make a number a distance between two values, and the direction each of them gives."""

from __future__ import annotations

from flows.check.items import Item

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
        "hike",
        "surcharge",
        "cut",
        "decrease",
        "decline",
        "cheaper",
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


def gap_before(items: list[Item], at: int) -> bool:
    """ "a lead of around 10 %", "the gap is 3 MP"."""
    first = items[at].hedge_from if items[at].hedge_from >= 0 else at
    if first > 0 and items[first - 1].low in ("with", ","):
        return False
    for position in range(first - 1, max(-1, first - 8), -1):
        low = items[position].low
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
            "increase",
            "speedup",
            "drop",
            "penalty",
        ):
            return True
        if (items[position].kind == "p" and low not in "'\"") or items[position].kind == "n":
            return False
    return False
