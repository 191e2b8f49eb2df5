"""Clauses: where the clause around a word ends, whether it denies what the word says, and whether it is about the reader."""

from __future__ import annotations

from flows.check.discourse import SUBJECT, Scene
from flows.check.items import Item

NEGATIONS = frozenset(
    [
        "not",
        "n't",
        "no",
        "never",
        "neither",
        "nor",
        "isn't",
        "aren't",
        "doesn't",
        "don't",
        "didn't",
        "wasn't",
        "weren't",
        "cannot",
        "can't",
        "won't",
        "hardly",
        "without",
        "nobody",
        "nothing",
        "none",
        "no-one",
    ]
)
_NOT_NEGATING = frozenset({"only", "just", "merely", "necessarily"})
ADVICE_OPENERS = frozenset(
    [
        "if",
        "choose",
        "pick",
        "when",
        "whether",
        "should",
        "unless",
        "opt",
        "consider",
        "use",
        "want",
        "need",
        "prefer",
        "whenever",
    ]
)


def negated(items: list[Item], at: int, reach: int = 6) -> bool:
    """Whether a negation before item `at`, in its clause, flips it. "Not only" and "rarely" do not."""
    depth = items[at].depth if at < len(items) else 0.0
    for back in range(at - 1, max(-1, at - reach - 1), -1):
        item = items[back]
        if item.kind == "p" and item.low in ",;:—(":
            return False
        if abs(item.depth - depth) > 0.3:
            return False
        if (
            item.low == "no"
            and back + 1 < len(items)
            and items[back + 1].low not in ("other", "tool", "one")
            and at - back > 3
        ):
            return False
        if item.low in NEGATIONS or item.low.endswith("n't") or item.low == "no":
            return not (back + 1 < len(items) and items[back + 1].low in _NOT_NEGATING)
        if item.kind == "w" and item.low == "t" and back > 0 and items[back - 1].low == "'":
            return True
    return False


def denied(scene: Scene, at: int) -> bool:
    """Whether what item `at` says is denied: by a negation before it, or because its subject is "nobody", "no train"."""
    subject = scene.subject_before(at)
    items = scene.line.items
    if subject is not None and subject.how in ("nobody", "noone") and items[at].depth - items[subject.at].depth < 0.5:
        return not any(items[k].low == "not" or items[k].low.endswith("n't") for k in range(subject.at + 1, at))
    return negated(items, at)


def clause_of(items: list[Item], at: int) -> tuple[int, int]:
    """The items of the clause around `at`: up to a boundary of weight 0.5 or more on either side."""
    first = last = at
    while (
        first > 0
        and items[first - 1].low not in (";", ":", "—", "–")
        and abs(items[first - 1].depth - items[at].depth) < 0.5
    ):
        first -= 1
    while last + 1 < len(items) and abs(items[last + 1].depth - items[at].depth) < 0.5:
        last += 1
    return first, last + 1


_OF_READERS = ADVICE_OPENERS.union(
    "you your you're we someone anyone teams users readers people developers buyers".split()
)


def _of_the_thing(items: list[Item], at: int) -> bool:
    """ "X does not need more memory", "two tools use cookies": what a thing needs or uses, where "if you need more memory" is
    about the reader."""
    if at < 1 or items[at].low not in ("need", "use", "want", "prefer"):
        return False
    before = items[at - 1]
    return before.low in ("not", "does", "doesn't", "did", "didn't") or (
        before.kind in "ewn" and before.low not in _OF_READERS and before.low not in _BEFORE_ADVICE
    )


#: After these a bare verb is advice, or what a reader does.
_BEFORE_ADVICE = frozenset(
    "and or but then to just also so simply otherwise instead still really only they who i best please now rather".split()
)


def advice_clause(scene: Scene, at: int) -> bool:
    """Whether item `at` stands in a clause that describes the reader ("if you need ..."), not a thing compared."""
    items = scene.line.items
    if _OF_READERS.isdisjoint(scene.line.lows):
        return False
    first, _ = clause_of(items, at)
    saw_reader = False
    for position in range(max(0, first - 1), at):
        low = items[position].low
        if low in _OF_READERS and not _of_the_thing(items, position):
            saw_reader = True
        elif (
            items[position].kind == "e"
            and saw_reader
            and scene.by_at.get(position) is not None
            and scene.by_at[position].role == SUBJECT
            and position + 1 < at
            and items[position + 1].low not in (",", "if", "when", "for")
        ):
            saw_reader = False
    return saw_reader
