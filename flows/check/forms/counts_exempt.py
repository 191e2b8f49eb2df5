"""Exempt counts: numbers that count the things compared, mark a list or belong to a word, and state no value."""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.lexicon.assertions import SORTS

_NUMBERED = frozenset(
    [
        "level",
        "tier",
        "version",
        "phase",
        "step",
        "page",
        "chapter",
        "type",
        "class",
        "grade",
        "gen",
        "generation",
        "series",
        "part",
        "section",
        "python",
        "java",
        "figure",
        "option",
        "number",
        "no",
        "appendix",
        "wave",
        "mark",
        "mk",
        "route",
        "windows",
        "android",
        "ios",
    ]
)


def exempt_count(scene: Scene, at: int, ctx: FormContext) -> bool:
    """Counts of the things compared ("the four", "two of the three", "one of"), list marks and digits inside words."""
    items = scene.line.items
    item = items[at]
    stated = item.stated
    if (
        stated is not None
        and scene.line.low(at - 1) == "all"
        and stated.low == stated.low.to_integral_value()
        and stated.quantity.written_low is not None
        and stated.quantity.written_low <= 20
    ):
        return True
    if (
        at + 1 < len(scene.line.items)
        and scene.line.kind(at + 1) == "e"
        and stated is not None
        and stated.low == len(items[at + 1].entities)
    ):
        return True
    if stated is None or stated.quantity.unit not in (None, "1") or not item.text[:1].isalnum():
        return False
    low = stated.low
    before, after = scene.line.low(at - 1), scene.line.low(at + 1)
    if low != low.to_integral_value():
        return False
    if item.text.lower() == "one" or before in _NUMBERED:
        return True
    if before == "other" and after in ("put", "combined", "together", "taken"):
        return True
    if after in SORTS and before in ("are", "into") and low <= ctx.compiled.entity_count:
        # "There are two camps here"
        return True
    if item.text.lower() == "one" and (
        after
        in (
            "of",
            "that",
            "with",
            "to",
            "is",
            "thing",
            "or",
            "which",
            "who",
            "in",
            "for",
            "more",
            "can",
            "another",
            ",",
            ".",
        )
        or before
        in (
            "the",
            "this",
            "that",
            "any",
            "every",
            "each",
            "no",
            "only",
            "which",
            "either",
            "another",
            "right",
            "first",
            "second",
            "last",
            "cheaper",
            "faster",
        )
    ):
        return True
    if (
        at + 2 < len(items)
        and items[at + 1].low in ".-_"
        and items[at + 1].start == item.end
        and items[at + 2].start == items[at + 1].end
        and items[at + 2].kind == "w"
    ):
        return True
    if before in ("all", "both") or (
        scene.line.low(at + 1) == "-" and scene.line.kind(at + 2) == "w" and items[at + 1].start == item.end
    ):
        return True
    if (
        before in ("with", "on", "at", "using", "to", "from", "of", "for")
        and item.concept in ctx.compiled.by_concept
        and scene.line.kind(at + 1) in ("p", "")
    ):
        # "slightly ahead with three": the number names a metric ("three steppers").
        return True
    if low > 60:
        return False
    following = items[at + 1].graded if at + 1 < len(items) else None
    if (
        before in ("the", "these", "those")
        and low <= ctx.compiled.entity_count
        and scene.line.kind(at + 1) == "w"
        and items[at + 1].concept not in ctx.compiled.by_concept
        and items[at + 1].concept not in ctx.compiled.by_value
        and following is None
    ):
        return True
    if (
        before in ("the", "these")
        and low <= ctx.compiled.entity_count
        and following is not None
        and following.degree in ("comparative", "positive")
        and scene.line.low(at + 2) != "than"
    ):
        # "the two cheaper kettles": which two is no statement about a value.
        items[at + 1].covered = True
        return True
    if (
        before == "the"
        and at + 1 < len(items)
        and items[at + 1].degree == "superlative"
        and 1 < low <= ctx.compiled.entity_count
    ):
        # "the two slowest": so many share the end of the order.
        return True
    if (
        low == ctx.compiled.entity_count
        and before in ("are", "has", "compares", "covers", "lists")
        and scene.line.low(at - 2) in ("there", "table", "page", "comparison", "we", "it", "list")
    ):
        return True
    if (before in ("the", "our", "these") and scene.line.low(at - 2) in ("of", "among")) or before in (
        "other",
        "remaining",
        "others",
    ):
        return True
    if (
        low == ctx.compiled.entity_count
        and after
        and scene.line.kind(at + 1) == "w"
        and not any(
            items[k].concept in ctx.compiled.by_concept or items[k].concept in ctx.compiled.by_value
            for k in range(at + 1, min(at + 2, len(items)))
        )
    ):
        return True
    noun_counts = (
        after in ctx.compiled.class_nouns
        or scene.line.kind(at + 1) in ("p", "")
        or after
        in (
            "of",
            "are",
            "have",
            "is",
            "share",
            "to",
            "that",
            "with",
            "here",
            "on",
            "and",
            "all",
            "agree",
            "use",
            "support",
            "differ",
        )
    )
    if (
        before in ("the", "all", "these", "those", "both", "our", "other", "every", "top")
        and noun_counts
        and low <= ctx.compiled.entity_count
    ):
        if not any(
            items[k].concept in ctx.compiled.by_concept
            for k in range(at + 1, min(at + 3, len(items)))
            if items[k].kind == "w" and items[k].low not in ctx.compiled.class_nouns
        ):
            return True
        return before in ("the", "these", "those") and after in ctx.compiled.class_nouns
    if after in ("with", "have", "support", "offer", "lack", "include") and low <= ctx.compiled.entity_count:
        return True
    if after in ("of", "out") and scene.line.low(at + 2) in ("the", "them", "these", "of", "those"):
        return True
    if (
        after in ctx.compiled.class_nouns
        and low <= ctx.compiled.entity_count
        and after not in ("packages", "package")
        and items[at + 1].concept not in ctx.compiled.by_concept
    ):
        return True
    return before == "of" and scene.line.low(at - 2) in ("out", "one", "each", "any")


_COUNTED = frozenset(
    [
        "with",
        "have",
        "has",
        "support",
        "supports",
        "offer",
        "offers",
        "include",
        "includes",
        "use",
        "uses",
        "provide",
        "need",
        "needs",
        "require",
        "lack",
        "ship",
        "come",
        "do",
        "share",
        "run",
        "cost",
        "date",
    ]
)


def note_count(scene: Scene, at: int, ctx: FormContext) -> None:
    """ "four with X", "two of the three offer Y": the claim that follows is about how many."""
    items = scene.line.items
    stated = items[at].stated
    before, after = scene.line.low(at - 1), scene.line.low(at + 1)
    if (
        stated is None
        or items[at].text.lower() in ("one", "1")
        or before in ("the", "all", "these", "other", "both", "of", "are", "every", "those")
    ):
        return
    if after in _COUNTED or (after == "of" and scene.line.low(at + 2) in ("the", "them", "these")):
        scene.extra["count"] = (at, range(int(stated.low), int(stated.low) + 1))
