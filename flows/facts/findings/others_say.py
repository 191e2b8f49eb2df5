"""What lower tiers say against a fact: worth an editor's look, no dispute."""

from __future__ import annotations

from collections.abc import Iterator

from flows.facts.agreement import agree
from flows.facts.findings.view import View, ids, listed
from schemas.facts import Finding, FindingKind


def others_say(view: View) -> Iterator[Finding]:
    """One finding for each fact that outranked observations contradict."""
    known = {one.id: one for one in view.observations}
    for fact in view.facts:
        if fact.quantity is None or not fact.others:
            continue
        metric, quantity = view.metrics[fact.metric], fact.quantity
        outranked = [known[other] for other in fact.others if other in known]
        against = [one for one in outranked if view.fits(one) and not agree(one.quantity, quantity, metric.tolerance)]
        if against:
            where = " and ".join(dict.fromkeys(view.source(one) for one in against))
            yield Finding(
                kind=FindingKind.OTHERS_SAY,
                sentence=f"{metric.name} of {view.name(fact.entity)} is {fact.display}; {where} says {listed(against)}.",
                observations=ids(against),
                facts=(fact.id,),
            )
