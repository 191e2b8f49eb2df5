"""Roles: what the words around a name make of it: the subject, the thing compared with, the owner of a figure, the topic."""

from __future__ import annotations

from collections.abc import Collection

from flows.check.items import Item, back_over, hedge_first
from flows.check.scene import COMPARAND, OWNER, SUBJECT, TOPIC

_SKIP = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "even",
        "bare",
        "plain",
        "either",
        "any",
        "each",
        "only",
        "just",
        "still",
        "both",
        "all",
        "not",
        "both",
        "original",
        "stock",
        "old",
        "new",
        "rival",
        "fellow",
        "nearest",
        "closest",
        "cousin",
        "around",
        "about",
        "roughly",
        "version",
        "release",
        "level",
    ]
)
_TO_HEADS = frozenset(
    [
        "compared",
        "relative",
        "identical",
        "similar",
        "equal",
        "close",
        "closest",
        "next",
        "comparable",
        "equivalent",
        "superior",
        "inferior",
        "opposed",
        "versus",
        "contrast",
        "second",
        "comparison",
        "runner-up",
        "loses",
        "lost",
    ]
)
_WITH_HEADS = frozenset(
    [
        "compared",
        "tied",
        "par",
        "level",
        "contrast",
        "comparison",
        "shares",
        "shared",
        "pace",
        "neck",
        "ties",
        "tie",
        "draws",
        "together",
    ]
)
_AS_HEADS = frozenset(["as", "same", "much", "many", "half", "twice", "times"])
_FRONT = frozenset(["for", "with", "in", "on", "at", "from", "among", "under", "by", "using", "of"])


#: What one thing may come before another by.
_SPANS = frozenset(
    "year month week day hour minute second decade generation season years months weeks days hours minutes seconds decades "
    "generations seasons long shortly soon right just".split()
)
_EVERY = frozenset(["every", "all", "each", "everything", "everyone", "everybody"])
#: What opens a sentence with a figure of its subject.
_OWN = frozenset(["at", "with"])
#: "A and the B", "A's, B's": between two members of a list.
_BETWEEN_MEMBERS = frozenset(["'s", "the", ",", "and", "either"])


def role_of(items: list[Item], at: int, possessive: bool, class_nouns: Collection[str]) -> str:
    """The role that the words before item `at` give to the thing that it names."""
    back = at - 1
    while back >= 0 and (
        items[back].low in _SKIP
        or _modifier(items[back])
        or items[back].low in "\"'“”‘’([*_`"
        or (items[back].kind == "w" and items[back].low in class_nouns)
    ):
        back -= 1
    if back < 0:
        return SUBJECT
    word = items[back].low
    before = items[back - 1].low if back > 0 else ""
    if (
        word in ("'s", "'")
        and back > 0
        and items[back - 1].kind == "e"
        and set(items[back - 1].entities) == set(items[at].entities)
    ):
        return role_of(items, back - 1, False, class_nouns)
    if items[back].kind == "n" and items[back].unit in ("ratio", "percent") and at - back <= 3:
        # "At 68% the X returns more than the rest": the figure is its own.
        return SUBJECT if items[0].low in _OWN and hedge_first(items, back) == 1 else COMPARAND
    if (
        any(items[k].low == "than" for k in range(max(0, at - 3), at))
        and items[back].kind == "w"
        and items[back].graded is None
    ):
        return COMPARAND
    if at - 1 >= 0 and items[at - 1].low in ("a", "an") and word in ("is", "was", "than"):
        return COMPARAND
    for step in range(back, max(-1, back - 5), -1):
        graded = items[step].graded
        if (
            graded is not None
            and graded.degree == "verb"
            and items[step].low not in ("winner", "leader", "top", "lead", "leading")
        ):
            return COMPARAND
        if (
            items[step].kind not in ("w", "p")
            or (items[step].kind == "p" and items[step].low != "-")
            or items[step].low in _PREPOSITIONS
        ):
            break
    if word in ("than", "versus", "vs", "against", "unlike", "behind", "besides", "except", "excluding"):
        return COMPARAND
    if (
        word == "but"
        and back
        and (before in _EVERY or (items[back - 1].kind == "w" and back > 1 and items[back - 2].low in _EVERY))
    ):
        # "every model but X", "all but X"
        return COMPARAND
    if word == "." and before == "vs":
        return COMPARAND
    if (
        at > 2
        and items[at - 1].low in ("a", "an")
        and any(items[k].low in ("is", "are") for k in range(max(1, at - 4), at))
        and any(items[k].kind == "e" for k in range(max(0, at - 6), at))
    ):
        return COMPARAND
    if (
        word == ","
        and back > 0
        and items[back - 1].kind == "e"
        and at + 1 < len(items)
        and items[at + 1].low in (",", "and", "or")
        and role_of(items, back - 1, False, class_nouns) == COMPARAND
    ):
        return COMPARAND
    if word in ("and", "or", "nor", "&", ",", "/") and back > 0:
        # A member of a list shares the role of the member before it.
        earlier = back_over(items, back, _BETWEEN_MEMBERS)
        if earlier >= 0 and items[earlier].kind == "e" and items[earlier].covered is False:
            known = role_of(items, earlier, False, class_nouns)
            comma_and = word in ("and", "or") and items[back - 1].low == ","
            joined = (
                word != ","
                and not _verb_follows(items, at)
                and not (comma_and and "," not in [items[k].low for k in range(max(0, earlier - 4), earlier)])
            )
            if known == COMPARAND and joined:
                return COMPARAND
            if known == OWNER and joined:
                return OWNER
        return SUBJECT
    if word == "what":
        return COMPARAND
    if word in ("after", "before") and (
        before in _SPANS or any(items[k].kind == "n" for k in range(max(0, back - 3), back))
    ):
        # "eight months after X", "50 ms before X", "a year before X"
        return COMPARAND
    if word == "by" and before in _TAKEN:
        return SUBJECT
    if word == "as" and _earlier(items, back, _AS_HEADS, 6):
        return COMPARAND
    if word in ("to", "with"):
        heads = _TO_HEADS if word == "to" else _WITH_HEADS
        if _earlier(items, back, heads, 4):
            return COMPARAND
        if (
            word == "to"
            and back > 0
            and (
                possessive
                or items[back - 1].kind == "n"
                or any(items[k].kind == "n" for k in range(max(0, back - 4), back))
            )
        ):
            return COMPARAND
    if word in ("over", "above", "below", "past", "beyond", "under") and back > 0:
        return COMPARAND
    if word == "of" and before in (
        "ahead",
        "instead",
        "front",
        "short",
        "shy",
        "clear",
        "place",
        "favour",
        "favor",
    ):
        return COMPARAND
    if word in ("out", "past") and items[back - 1].graded is not None and back > 0:
        return COMPARAND
    graded = items[back].graded
    if (
        graded is not None
        and graded.degree == "verb"
        and items[back].low not in ("winner", "leader", "top", "lead", "leading")
        and back > 0
    ):
        return COMPARAND
    if (
        word
        in (
            "matches",
            "match",
            "matching",
            "ties",
            "equals",
            "rivals",
            "follows",
            "tying",
            "replaces",
            "passes",
            "matched",
            "exceeds",
        )
        and back > 0
    ):
        return COMPARAND
    if possessive and word not in _BESIDE_CLAUSE and _of_same_clause(items, at, back):
        # "X shares Y's motor and beats ...": the subject stands before the verb.
        return OWNER
    if word in _FRONT:
        if back == 0 or items[back - 1].kind == "p" or items[back - 1].low in ("and", "but", "while", "whereas"):
            return TOPIC
        return OWNER
    if word == "like":
        return COMPARAND if back == 0 or before in (",", "is", "are", "just", "much") else OWNER
    return SUBJECT


_BESIDE_CLAUSE = frozenset(["and", "or", "but", "while", "whereas", "though", "although", "that", "which", "where", "when", "if", "because", "since", "as", "so", "yet", "is", "are", "was"])  # fmt: skip


def _of_same_clause(items: list[Item], at: int, back: int) -> bool:
    """Whether a name and a verb of its own stand before a word that is neither: the name at `at` is an object."""
    if items[back].kind != "w" or back == 0:
        return False
    for k in range(back - 1, -1, -1):
        if items[at].depth - items[k].depth > 0.2 or items[k].kind in ("p", "n"):
            return False
        if items[k].kind == "e":
            return True
    return False


#: "won by X": who did it is the subject, though a preposition stands before the name.
_TAKEN = frozenset(["won", "led", "topped", "taken", "claimed", "held", "set", "posted", "headed", "shared", "reached", "achieved", "scored", "offered", "delivered"])  # fmt: skip


def _verb_follows(items: list[Item], at: int) -> bool:
    following = items[at + 1].low if at + 1 < len(items) else ""
    return following in ("is", "has", "takes", "needs", "uses", "gets", "comes", "runs", "offers", "costs", "at")


def _earlier(items: list[Item], at: int, words: frozenset[str], reach: int) -> bool:
    return any(items[k].low in words for k in range(max(0, at - reach), at))


def _modifier(item: Item) -> bool:
    """ "beats the fastest X": a graded adjective between the word of the role and the name."""
    return (
        item.graded is not None
        and item.graded.degree in ("positive", "superlative")
        and item.low not in ("like", "more", "less", "over")
    )


_PREPOSITIONS = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "for",
        "with",
        "by",
        "to",
        "from",
        "as",
        "than",
        "and",
        "or",
        "but",
        "while",
        "is",
        "are",
        "has",
    ]
)
