"""The gate: what a report's labels mean for publication. Policy only; it detects nothing."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.checking import Claim, Decision, Label, Unchecked


def decide(claims: Iterable[Claim], unchecked: Iterable[Unchecked]) -> Decision:
    """Reject when any claim is contradicted; review when one is unverifiable or could not be checked; else publish."""
    labels = {claim.label for claim in claims}
    if Label.CONTRADICTED in labels:
        return Decision.REJECT
    if Label.UNVERIFIABLE in labels or any(True for _ in unchecked):
        return Decision.REVIEW
    return Decision.PUBLISH
