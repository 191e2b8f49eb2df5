"""Ellipses: who has it told shortly, after what has been said: "X does, too", "nor does Y", "the others have none", "Z lacks one"."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Mention, Scene
from flows.check.forms.context import FormContext
from flows.check.forms.meant import AUX, Meant, claim_of, meant_by
from flows.check.items import Line
from flows.check.typed import TypedClaim
from flows.check.words import SIZE_WORDS

_ALSO = frozenset("too also either well".split())


def ellipses(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """ "so can Poetry", "Rollup does too", "HarborPG does not", "nor does webpack"."""
    items = scene.line.items
    if AUX.isdisjoint(scene.line.lows):
        return
    for mention in scene.mentions:
        if mention.how == "list" or not mention.entities or items[mention.at].covered:
            # "None of them does" has been read as an answer.
            continue
        found = _elliptic(scene, mention)
        if found is None:
            continue
        first, last, also, negated = found
        meant = _said_before(scene, first, ctx)
        if meant is None or any(items[k].covered for k in range(first, last) if k != mention.at):
            continue
        whole = next(
            (
                other
                for other in scene.mentions
                if other.how == "list"
                and ((other.at == mention.at and items[mention.at - 1].low != ",") or mention.at < other.at < last)
            ),
            mention,
        )
        positive = meant.positive if also else not negated
        yield claim_of(scene, first, last, whole.entities, meant, positive=positive)


def _elliptic(scene: Scene, mention: Mention) -> tuple[int, int, bool, bool] | None:
    """(first item, end, same polarity as before, negated) of an elliptic clause around a mention."""
    line = scene.line
    at = mention.at
    if mention.how == "other" and line.low(at + 1) in SIZE_WORDS:
        # "the other two do as well"
        at += 1
    if line.low(at + 1) in _LACKS and line.low(at - 1) in ("something", "which", "the"):
        told = at - 1 if line.low(at - 1) != "the" else at - 2
        if line.low(told) in ("something", "which") and line.kind(at + 2) in ("p", ""):
            # "something the Kestrel lacks"
            return told, at + 2, False, True
    if line.low(at + 1) not in AUX | _GETS and not any(
        [item.low in ("so", "nor", "neither") for item in line.items[:at]]
    ):
        return None
    start = at
    while start > 0 and line.low(start - 1) in ("the", "all", "two", "other"):
        start -= 1
    if line.low(start - 1) in ("what", "than", "as", "like", "which"):
        # "three times what X does" is half of a comparison.
        return None
    if (
        line.low(start - 1) in AUX
        and line.low(start - 2) in ("so", "nor", "neither")
        and (line.kind(at + 1) in ("p", "") or line.low(at + 1) in ("and", "but"))
    ):
        inverted = line.low(start - 2) != "so"
        return start - 2, _list_end(scene, at) + 1, not inverted, inverted
    tool = at + 1
    refused = line.low(tool).endswith("n't") or line.low(tool + 1) == "not"
    if line.low(tool) in ("do", "does", "did", "don't", "doesn't", "didn't"):
        tool += 1 + (line.low(tool + 1) == "not")
    if line.low(tool) in _GETS and line.low(tool + 1) == "one" and line.kind(tool + 2) in ("p", ""):
        # "the Kestrel and the Otter do not have one"
        nobody = not _DENYING_BOTH.isdisjoint(line.words(_clause_start(line, at), at).split())
        return start, tool + 2, False, nobody != (refused or line.low(tool) in _LACKS)
    if line.low(at + 1) in ("has", "have", "had") and line.low(at + 2) == "none" and line.kind(at + 3) in ("p", ""):
        # "while the Kestrel has none"
        return start, at + 3, False, True
    after = at + 1
    if line.low(after) not in AUX:
        return None
    negated = line.low(after).endswith("n't") or line.low(after) == "cannot"
    after += 1
    if line.low(after) in ("not", "n't"):
        negated = True
        after += 1
    also = False
    if line.low(after) == "," and line.low(after + 1) in _ALSO:
        after += 1
    while line.low(after) in _ALSO or (line.low(after) == "as" and line.low(after + 1) == "well"):
        also = True
        after += 1 if line.low(after) != "as" else 2
    if line.kind(after) not in ("p", "") and line.low(after) not in ("and", "but", "while", "or"):
        return None
    if (
        line.low(after) == ","
        and line.low(after + 1) not in ("and", "but", "while", "nor", "so", "though", "")
        and line.kind(after + 1) != "e"
    ):
        return None
    return start, after, also and not negated, negated


def _clause_start(line: Line, at: int) -> int:
    """Where the list of subjects before item `at` can begin at the earliest."""
    return next((k + 1 for k in range(at - 1, -1, -1) if line.low(k) in (";", ":", "—", "–", "but", "while")), 0)


_DENYING_BOTH = frozenset(["neither", "nor", "none", "nobody"])


_GETS = frozenset("has have offer offers support supports include includes lack lacks".split())


_LACKS = frozenset(["lacks", "lack", "misses", "omits"])


def _list_end(scene: Scene, at: int) -> int:
    """The last item of the list that begins with the mention at item `at`."""
    entities = scene.by_at[at].entities
    return max(
        (other.at for other in scene.mentions if other.how == "list" and other.entities[:1] == entities[:1]), default=at
    )


def _said_before(scene: Scene, at: int, ctx: FormContext) -> Meant | None:
    """The capability spoken of last: in this sentence before item `at`, in the sentence before, or in the question."""
    items = scene.line.items
    stop = at
    for first in range(at - 1, -1, -1):
        # Part by part backwards: the nearest one that names something is meant.
        if first and items[first - 1].low not in (",", ";", ":", "—", "–", "while", "but"):
            continue
        here = meant_by(scene, first, stop, ctx)
        if here is not None:
            here.positive = not _denying(scene, first, stop, ctx)
            return here
        stop = first
    previous = scene.previous
    if previous is None or at > 6:
        return None
    earlier = meant_by(previous, 0, len(previous.line.items), ctx)
    if earlier is not None:
        if not previous.line.sentence.question:
            earlier.positive = not _denying(previous, 0, len(previous.line.items), ctx)
        return earlier
    if scene.question is not None:
        return meant_by(scene.question, 0, len(scene.question.line.items), ctx)
    return None


def _denying(scene: Scene, first: int, last: int, ctx: FormContext) -> bool:
    return any(
        item.low in _DENIALS or item.low.endswith("n't") or item.low in ctx.compiled.lexicon.lacking_verbs
        for item in scene.line.items[first:last]
    )


_DENIALS = frozenset("no not without neither nor cannot none nobody".split())

__all__ = ["ellipses"]
