"""Rules over the observations of one comparison. Each rule is a generator of findings; none knows any entity by name."""

from __future__ import annotations

from flows.facts.findings.view import View
from schemas.facts import Finding


def examine(view: View) -> tuple[Finding, ...]:
    """All findings, by kind and then by what they are about."""
    return ()
