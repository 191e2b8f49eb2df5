"""Ordering: whether one cell lies on the stated side of another, over their intervals, or both are alike."""

from __future__ import annotations

from decimal import Decimal

from flows.check.amounts import in_unit, larger_over_smaller
from flows.check.lexicon.model import Sign
from flows.check.outcome import ABSENT, DISPUTED, C, Outcome, S, U
from flows.check.sheet import Cell, MetricCard
from schemas.checking import Label

_D = Decimal

SAME = _D("0.10")
SLIGHT = _D("1.15")
MUCH = _D("1.2")
DRAMATIC = _D("2")


def value_sign(sign: Sign, card: MetricCard) -> int:
    """+1 when the subject's value must be the larger one, -1 the smaller, 0 when the metric has no better side."""
    if sign == "up":
        return 1
    if sign == "down":
        return -1
    return card.sign if sign == "better" else -card.sign


def order(
    a: Cell, b: Cell, sign: Sign, card: MetricCard, *, positive: bool, degree: str, strict: bool = True
) -> Outcome:
    """Whether a lies on the stated side of b. "not faster" is "at most as fast": the relation is negated, not the values."""
    evidence = (a.fact, b.fact)
    if a.disputed or b.disputed:
        return Outcome(U, evidence, reason=DISPUTED)
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return ABSENT
    side = value_sign(sign, card)
    if side == 0:
        return Outcome(U, evidence, reason=f"'{card.metric.name}' has no better side")
    b_low, b_high = in_unit(b.low, b.unit, a.unit), in_unit(b.high, b.unit, a.unit)
    mark, against = (">", "≤") if side > 0 else ("<", "≥")
    said = "more" if side > 0 else "less"
    right = f"{a.raw} against {b.raw}"
    other = "=" if (a.low, a.high) == (b_low, b_high) else ("<" if side > 0 else ">")
    if side > 0:
        above, reached = a.low > b_high, a.low >= b_high
        below, under = a.high < b_low, a.high <= b_low
    else:
        above, reached = a.high < b_low, a.high <= b_low
        below, under = a.low > b_high, a.low >= b_high
    if not positive:
        label = S if under else (C if above else U)
        line = (
            f"{a.raw} {against} {b.raw}" if label is S else f"{a.raw} {mark} {b.raw}, the text denies that it is {said}"
        )
        return Outcome(label, evidence, line if label is not U else f"{a.raw} and {b.raw} overlap", right=right)
    held = above if strict else reached
    label = S if held else (C if under or below or (a.low == a.high and b_low == b_high) else U)
    if label is S and degree and _degree(a, b_low, b_high, degree) is C:
        return Outcome(C, evidence, f"{a.raw} {mark} {b.raw}, but not {degree} {said}", right=right)
    if label is S:
        return Outcome(
            S, evidence, f"{a.raw} {mark if above else mark.replace('>', '≥').replace('<', '≤')} {b.raw}", right=right
        )
    return Outcome(
        label,
        evidence,
        f"{a.raw} {other} {b.raw}, the text says {said}" if label is C else f"{a.raw} and {b.raw} overlap",
        right=right,
    )


def _degree(a: Cell, b_low: Decimal, b_high: Decimal, degree: str) -> Label:
    return S if far_enough(larger_over_smaller(_mid(a.low, a.high), _mid(b_low, b_high)), degree) else C


def far_enough(ratio: Decimal | None, degree: str) -> bool:
    """Whether two values that are `ratio` apart lie as far from one another as the word says; None says nothing."""
    if ratio is None:
        return True
    if degree == "slightly":
        return ratio <= SLIGHT
    return ratio >= (MUCH if degree == "much" else DRAMATIC)


def same(a: Cell, b: Cell, *, positive: bool, exact: bool) -> Outcome:
    """ "On par": within 10 % of the larger value; "identical": equal as displayed."""
    evidence = (a.fact, b.fact)
    if a.disputed or b.disputed:
        return Outcome(U, evidence, reason=DISPUTED)
    if a.low is None or b.low is None or a.high is None or b.high is None:
        if not a.concepts and not b.concepts and a.truth is None:
            return ABSENT
        equal = a.raw.strip().lower() == b.raw.strip().lower() or (a.truth is not None and a.truth is b.truth)
        return Outcome(S if equal is positive else C, evidence, f"{a.raw} = {b.raw}")
    ends = ((a.low, in_unit(b.low, b.unit, a.unit)), (a.high, in_unit(b.high, b.unit, a.unit)))
    if exact:
        near = all(one == other for one, other in ends)
    else:
        near = all(abs(one - other) <= SAME * max(abs(one), abs(other)) for one, other in ends)
    return Outcome(S if near is positive else C, evidence, f"{a.raw} ≈ {b.raw}", right=f"{a.raw} against {b.raw}")


def _mid(low: Decimal | None, high: Decimal | None) -> Decimal:
    return ((low or _D(0)) + (high or _D(0))) / 2
