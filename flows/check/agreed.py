"""Agreed: claims of one sentence that fail in the metrics they were linked to, and that hold together in another one.

"Faster with four threads, 18 ns against 21 ns": which column is meant may be said in words that the sheet does not have.
One figure that stands in a farther column proves nothing: that is how the number of another metric looks. But where a second
claim of the sentence, about somebody else or of another form, holds in the very same column, the sentence speaks of that column.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flows.check.judge import holding
from flows.check.outcome import C, S
from flows.check.sheet import Compiled
from flows.check.typed import Form, TypedClaim
from flows.check.verdict import Verdict
from schemas.record import record

#: How much dearer than the best link a metric may be that two claims agree on.
AGREED_BAND = 1.1
#: The same for a claim that holds in the linked metric, too.
_ANY = 9.0
#: How many others have to agree against what holds in the linked metric as well.
_MORE = 2
_FORMS = frozenset({Form.ABSOLUTE, Form.RANK, Form.COMPARISON, Form.RATIO, Form.DIFFERENCE, Form.PERCENT})


@record
class Judged:
    claim: TypedClaim
    verdict: Verdict


def agreed(judged: Sequence[Judged], compiled: Compiled) -> dict[int, Verdict]:
    """For the places in `judged` of one sentence's claims that hold in a metric on which another of them agrees: the new verdict."""
    misread = [at for at, one in enumerate(judged) if _may_be_misread(one)]
    if len(judged) < 2 or not misread:
        return {}
    kept: dict[int, dict[int, Verdict]] = {}

    def held(at: int) -> dict[int, Verdict]:
        """Where a claim that may be misread holds. Asked late: every combination is executed for it."""
        if at not in kept:
            kept[at] = holding(judged[at].claim, compiled, AGREED_BAND) if at in misread else {}
        return kept[at]

    found: dict[int, Verdict] = {}
    for at in misread:
        spoken = _spoken(judged, judged[at].verdict.metric)
        if any(claim.form is not Form.ABSOLUTE for claim in spoken) or not held(at):
            continue
        told = [holding(claim, compiled, _ANY) for claim in spoken]
        for metric, verdict in held(at).items():
            agreeing = sum(
                _agree(judged[at].claim, verdict, judged[other].claim, theirs)
                for other, theirs in _others(judged, held, at, metric)
            )
            if agreeing >= (_MORE if told else 1) and all(metric in where for where in told):
                found[at] = verdict
                break
    return found


def _spoken(judged: Sequence[Judged], metric: int | None) -> list[TypedClaim]:
    """The claims of the sentence that hold in `metric`, to which they were linked: a misread one has to hold where they do, too.

    Where something of the sentence holds in the linked metric alone, as all but bare values do, it speaks of both: "62 dB idle
    and 88 under load; the other 84 and 58" has its figures exchanged. "$4.00 here, $9.95 there" may be of renewals, if the
    first price never changes.
    """
    return [one.claim for one in judged if one.verdict.label is S and one.verdict.metric == metric]


def _may_be_misread(one: Judged) -> bool:
    claim = one.claim
    plain = claim.positive and claim.fixed is None and claim.count is None and claim.pair is None and not claim.operands
    whole = claim.exclusive or claim.universal or claim.vague
    return one.verdict.label is C and claim.form in _FORMS and plain and not whole


def _others(
    judged: Sequence[Judged], held: Callable[[int], dict[int, Verdict]], at: int, metric: int
) -> list[tuple[int, Verdict]]:
    """The other claims of the sentence that are carried by `metric`, or would be."""
    return [
        (other, verdict)
        for other, one in enumerate(judged)
        if other != at
        for verdict in (
            one.verdict if one.verdict.label is S and one.verdict.metric == metric else held(other).get(metric),
        )
        if verdict is not None
    ]


def _agree(one: TypedClaim, mine: Verdict, other: TypedClaim, theirs: Verdict) -> bool:
    """Two claims of which one has a figure; two bare figures of one thing are never of one metric."""
    if one.stated is None and other.stated is None:
        return False
    return not (one.form is other.form is Form.ABSOLUTE and mine.entities == theirs.entities)
