"""A small invented sheet that the unit tests share."""

from __future__ import annotations

from flows.check import check_text, compile_case
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric, Claim, Label, Report

CASE = CheckCase(
    id="laptops",
    entities=(CheckEntity(id="aster", name="Aster"), CheckEntity(id="borel", name="Borel")),
    metrics=(
        CheckMetric(id="boot", name="Boot time", aliases=("startup",), unit="s", direction=Direction.LOWER),
        CheckMetric(id="battery", name="Battery life", unit="hours", direction=Direction.HIGHER),
        CheckMetric(id="weight", name="Weight", unit="kg", direction=Direction.LOWER),
        CheckMetric(id="price", name="Price", unit="$", direction=Direction.LOWER),
        CheckMetric(id="stars", name="Reviews", unit="reviews", direction=Direction.HIGHER),
        CheckMetric(id="touch", name="Touch screen", kind=MetricKind.BOOLEAN),
        CheckMetric(id="released", name="Released", kind=MetricKind.DATE),
    ),
    facts=(
        CheckFact(id="f1", entity="aster", metric="boot", value="12 s"),
        CheckFact(id="f2", entity="borel", metric="boot", value="2.5 s"),
        CheckFact(id="f3", entity="aster", metric="battery", value="9 hours"),
        CheckFact(id="f4", entity="borel", metric="battery", value="15 hours"),
        CheckFact(id="f5", entity="aster", metric="weight", value="1.3 kg"),
        CheckFact(id="f6", entity="borel", metric="weight", value="1.6 kg"),
        CheckFact(id="f7", entity="aster", metric="price", value="$799"),
        CheckFact(id="f8", entity="borel", metric="price", value="$1,249"),
        CheckFact(id="f9", entity="aster", metric="stars", value="75,000+"),
        CheckFact(id="f10", entity="borel", metric="stars", value="~2,100"),
        CheckFact(id="f11", entity="aster", metric="touch", value="No"),
        CheckFact(id="f12", entity="borel", metric="touch", value="Yes"),
        CheckFact(id="f13", entity="aster", metric="released", value="2021"),
        CheckFact(id="f14", entity="borel", metric="released", value="2023"),
    ),
)


def report_on(text: str, case: CheckCase = CASE) -> Report:
    return check_text(text, compile_case(case))


def label_of(text: str, phrase: str, case: CheckCase = CASE) -> Label | None:
    """The worst label of the claims that overlap `phrase`; None when there is no such claim."""
    start = text.index(phrase)
    found = claims_over(report_on(text, case), start, start + len(phrase))
    for label in (Label.CONTRADICTED, Label.UNVERIFIABLE, Label.SUPPORTED):
        if any(claim.label is label for claim in found):
            return label
    return None


def claims_over(report: Report, start: int, end: int) -> list[Claim]:
    return [claim for claim in report.claims if claim.start < end and start < claim.end]
