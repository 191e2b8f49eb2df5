"""Once: a sentence that states one figure twice says it of two cells.

"It takes 5.9 s to read and as much to write: 5.9 s" is of the time to read and of the time to write, and so is "24 fps against
24" of two cards. Where one cell carries both and no other cell that either may be linked to has the figure, one of the two was
copied: the one that may as well be about something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from flows.check.agreed import Judged
from flows.check.combinations import every_combination
from flows.check.sheet import Compiled
from flows.check.stated import Hedge
from flows.check.typed import Form, TypedClaim
from flows.check.verdict import Verdict
from schemas.checking import Label

_REASON = "the sentence has said this figure of the same cell"


def repeated(judged: Sequence[Judged], compiled: Compiled) -> dict[int, Verdict]:
    """For the places in `judged` of figures that only repeat what another of the sentence has said: the new verdict."""
    figures = [at for at, one in enumerate(judged) if _plain(one)]
    found: dict[int, Verdict] = {}
    for one, other in combinations(figures, 2):
        mine, theirs = judged[one], judged[other]
        if mine.verdict.evidence != theirs.verdict.evidence or not _equal(mine.claim, theirs.claim):
            continue
        doubts = [_doubt(each, compiled) for each in (mine, theirs)]
        if doubts[0] is None or doubts[1] is None:
            continue
        at = one if doubts[0] < doubts[1] else other
        found[at] = replace(judged[at].verdict, label=Label.CONTRADICTED, reason=_REASON)
    return found


def _plain(one: Judged) -> bool:
    claim = one.claim
    return (
        claim.form is Form.ABSOLUTE
        and one.verdict.label is Label.SUPPORTED
        and len(one.verdict.evidence) == 1
        and claim.stated is not None
        and claim.stated.hedge is Hedge.PLAIN
        and claim.positive
        and claim.fixed is None
        and claim.pair is None
        and claim.count is None
    )


def _equal(one: TypedClaim, other: TypedClaim) -> bool:
    return one.stated is not None and other.stated is not None and one.stated.low == other.stated.low


def _doubt(one: Judged, compiled: Compiled) -> float | None:
    """How far from the best link the nearest other cell lies that the figure may be of; None where such a cell has it, too."""
    nearest: float | None = None
    held: float | None = None
    for entry in every_combination(one.claim, compiled):
        if entry.outcome.absent:
            continue
        if entry.outcome.evidence == one.verdict.evidence:
            held = entry.cost if held is None else min(held, entry.cost)
        elif entry.outcome.label is Label.SUPPORTED:
            return None
        else:
            nearest = entry.cost if nearest is None else min(nearest, entry.cost)
    return (nearest if nearest is not None else 9.0) - (held or 0.0)


__all__ = ["repeated"]
