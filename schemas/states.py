"""The states of a draft and the moves between them: the one table."""

from __future__ import annotations

from enum import StrEnum


class DraftState(StrEnum):
    DRAFTED = "drafted"
    PARKED = "parked"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    RETRACTED = "retracted"
    FAILED = "failed"


_S = DraftState
#: From a state to the states it may move to (DESIGN.md, Hashes and states). Any state but FAILED may also fail.
MOVES: dict[DraftState, frozenset[DraftState]] = {
    _S.DRAFTED: frozenset({_S.PARKED, _S.IN_REVIEW, _S.APPROVED}),
    _S.PARKED: frozenset({_S.DRAFTED, _S.IN_REVIEW, _S.APPROVED}),
    _S.IN_REVIEW: frozenset({_S.APPROVED, _S.REJECTED}),
    _S.APPROVED: frozenset({_S.PUBLISHED}),
    _S.PUBLISHED: frozenset({_S.SUPERSEDED, _S.RETRACTED}),
    _S.REJECTED: frozenset(),
    _S.SUPERSEDED: frozenset(),
    _S.RETRACTED: frozenset(),
    _S.FAILED: frozenset(),
}


def may_move(here: DraftState, there: DraftState) -> bool:
    """Whether the table allows the move."""
    if there is DraftState.FAILED:
        return here is not DraftState.FAILED
    return there in MOVES[here]
