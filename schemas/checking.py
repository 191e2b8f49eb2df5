"""What goes into the checker and what comes out (DESIGN.md, Contracts)."""

from __future__ import annotations

from datetime import date as Date
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from schemas.catalogue import Closed, Direction, MetricKind


class Open(BaseModel):
    """Frozen, but other keys are ignored: labelled cases carry more than the checker needs."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class CheckEntity(Open):
    id: str
    name: str
    aliases: tuple[str, ...] = ()


class CheckMetric(Open):
    id: str
    name: str
    aliases: tuple[str, ...] = ()
    unit: str | None = None
    direction: Direction = Direction.NEUTRAL
    kind: MetricKind = MetricKind.QUANTITY


class CheckFact(Open):
    """`value` is the raw string as a page shows it; `disputed` facts support nothing and make what leans on them unverifiable."""

    id: str
    entity: str
    metric: str
    value: str | None
    context: str | None = None
    disputed: bool = False


class CheckCase(Open):
    id: str = ""
    date: Date | None = None
    entities: tuple[CheckEntity, ...]
    metrics: tuple[CheckMetric, ...]
    facts: tuple[CheckFact, ...]
    text: str = ""


class Label(StrEnum):
    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    UNVERIFIABLE = "unverifiable"


class Decision(StrEnum):
    PUBLISH = "publish"
    REVIEW = "review"
    REJECT = "reject"


class Claim(Closed):
    """A checkable phrase with its span in the checked text (half-open, in characters).

    `kind` is the claim form (absolute, comparison, ratio, ...). `computation` is one line a person can repeat.
    `right` is the value that would be right, `runner_up` the id of the fact that the number would fit elsewhere,
    `suspect` the part of the phrase that is wrong, `clause` the span of the clause it stands in.
    """

    start: int
    end: int
    text: str
    label: Label
    kind: str
    evidence: tuple[str, ...] = ()
    computation: str = ""
    reason: str = ""
    right: str | None = None
    runner_up: str | None = None
    suspect: tuple[int, int] | None = None
    clause: tuple[int, int] | None = None
    #: rules, model, or both: which reader found it.
    reader: str = "rules"
    #: The rules found no form or no cell for it, so nothing was executed: a second reader may still read it.
    unread: bool = False


class Unchecked(Closed):
    """A check that could not be made: never one of the labels."""

    start: int = 0
    end: int = 0
    reason: str


class Report(Closed):
    claims: tuple[Claim, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    decision: Decision
    checker_version: str = ""

    def count(self, label: Label) -> int:
        """How many claims carry `label`."""
        return sum(claim.label is label for claim in self.claims)


class CaseAnswer(Closed):
    """One output line of `tiebreak check --cases`; the label is called `status` on the wire."""

    id: str
    decision: Decision
    claims: tuple[dict[str, object], ...] = Field(default=())
