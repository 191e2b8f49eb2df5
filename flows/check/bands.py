"""Bands: how much dearer than the cheapest combination another may be and still carry a claim."""

from __future__ import annotations

from flows.check.outcome import C, S
from flows.check.typed import CARRIED, Form, TypedClaim
from flows.check.verdict import Tried
from schemas.checking import Label

#: How much dearer than the best link a cell may be and still carry a value, and an order.
VALUE_BAND = 0.5
ORDER_BAND = 0.3
#: The same for what an affirmed order measures and is set against: an adjective alone names neither ("it is lighter").
READING_BAND = 0.5
WEAK_BAND = 0.6
#: How much dearer another count of the very thing may be of which a bare number is told: in a row of points, rebounds and assists
#: prose seldom says which in full.
COUNT_BAND = 1.2
#: "In every test": how much dearer a metric that speaks against it may be.
UNIVERSAL_BAND = 1.2
#: Forms that state a figure: a figure that fits is rarely chance.
_VALUES = frozenset(
    {Form.ABSOLUTE, Form.RATIO, Form.PERCENT, Form.DIFFERENCE, Form.DATE, Form.AGE, Form.COUNT, Form.AGGREGATE}
)
#: Forms that put things in order without a figure.
_ORDERS = frozenset({Form.RANK, Form.COMPARISON, Form.SAME})
#: Forms of which a denial turns the outcome round.
_DENIED = frozenset(
    {
        Form.COMPARISON,
        Form.RANK,
        Form.SAME,
        Form.RATIO,
        Form.PERCENT,
        Form.DIFFERENCE,
        Form.ABSOLUTE,
        Form.DATE,
        Form.AGE,
    }
)


def deciding_label(claim: TypedClaim) -> Label:
    """The label that one near combination is enough for: what would carry the claim itself speaks against its denial.

    "Not the smallest" is true of nearly every other metric, so a denial holds only where nothing near carries what it denies.
    """
    return S if claim.positive or claim.form not in _DENIED else C


def band_of(claim: TypedClaim) -> float:
    if claim.form not in _VALUES:
        return ORDER_BAND
    return WEAK_BAND if claim.lenient else VALUE_BAND


def read_widely(claim: TypedClaim) -> bool:
    """An order that is affirmed; what is denied of one metric holds of nearly every other."""
    return claim.positive and claim.form in _ORDERS


def widest(claim: TypedClaim) -> float:
    """How far beyond the cheapest combination another may lie at all and still carry the claim."""
    return READING_BAND if read_widely(claim) else max(band_of(claim), _count_band(claim))


def _count_band(claim: TypedClaim) -> float:
    """The band of a bare number that is affirmed of one thing, among the columns of the same; 0 for other claims."""
    stated = claim.stated
    if claim.form is not Form.ABSOLUTE or not claim.positive or claim.also or stated is None or not stated.plainly():
        # A bound holds of nearly any larger figure: "750,000+ questions" of 1.2 million downloads.
        return 0.0
    carried = any(choice.why == CARRIED for choice in claim.metrics[:1])
    return COUNT_BAND if stated.quantity.unit in (None, "1") and not carried else 0.0


def near_enough(claim: TypedClaim, entry: Tried, first: Tried) -> bool:
    """Whether a combination is near enough to the cheapest one, `first`, to carry the claim.

    Who an order is about stays strict where the sentence says it: only the metric and the comparand are open then.
    """
    wide = read_widely(claim) and (claim.lenient or entry.entities == first.entities)
    if wide:
        return entry.cost <= first.cost + READING_BAND
    own = _count_band(claim) if len(entry.entities) == 1 and entry.entities == first.entities else 0.0
    return entry.cost <= first.cost + max(own, band_of(claim))
