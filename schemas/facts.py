"""Observations, what they resolve to, and what is wrong with them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from schemas.catalogue import Category, Closed, Comparison, Entity, Metric, Tier
from schemas.quantity import Quantity

#: Ordered (key, value) pairs; empty = no context. Hashable, so that it can be part of a key.
Context = tuple[tuple[str, str], ...]


class Observation(Closed):
    """One raw value of one metric for one entity, as read from one source at one time. Append-only.

    `id` is derived from the content (everything that the source said and where; not when it was read): the same reading
    has the same id.
    """

    id: str
    entity: str
    metric: str
    raw: str
    quantity: Quantity
    source: str
    #: The source's own name of the row it stands in, where it has one.
    source_id: str | None = None
    tier: Tier
    retrieved_at: datetime
    as_of: date | None = None
    #: Whether the source itself states the date. Otherwise `as_of` is the day of reading, and no part of what was said.
    dated: bool = True
    url: str | None = None
    endpoint: str | None = None
    jsonpath: str | None = None
    response_hash: str | None = None
    licence: str | None = None
    method: str | None = None
    context: Context = ()
    #: The label the source used, where it differs from the metric's name ("Framework Core Size").
    attribute: str | None = None
    #: The unit the source's column states, if any.
    unit: str | None = None
    shown_diff: str | None = None
    shown_winner: str | None = None
    #: Only on an editor's settlement: why, and until when it holds.
    reason: str | None = None
    author: str | None = None
    expires: date | None = None


class FactStatus(StrEnum):
    """agreed: two or more sources of the deciding tier; single: one; disputed: they disagree beyond tolerance, or a
    finding says that what they say cannot be right."""

    AGREED = "agreed"
    SINGLE = "single"
    DISPUTED = "disputed"
    STALE = "stale"
    MISSING = "missing"


class Fact(Closed):
    """What the observations of (entity, metric, context) resolve to.

    `id` is `entity.metric`, with `@k=v,...` behind it where there is a context. `quantity` and `display` are None when
    the status is disputed or missing. `evidence` are the observations that decided; `others` those that disagree or
    were outranked.
    """

    id: str
    entity: str
    metric: str
    status: FactStatus
    context: Context = ()
    quantity: Quantity | None = None
    #: The value as a page prints it, unit included: "12,000 req/s".
    display: str | None = None
    evidence: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    as_of: date | None = None
    #: Newest moment at which a source was seen to say so.
    verified_at: datetime | None = None


class FindingKind(StrEnum):
    WRONG_COLUMN = "wrong_column"
    CONTRADICTION = "contradiction"
    DUPLICATE_METRIC = "duplicate_metric"
    UNIT_MISMATCH = "unit_mismatch"
    IMPLAUSIBLE = "implausible"
    BAD_DIFF = "bad_diff"
    WRONG_WINNER = "wrong_winner"
    STALE = "stale"
    OTHERS_SAY = "others_say"


class Finding(Closed):
    """Something wrong with facts, in a sentence an editor understands. `observations` are the ids it is about.

    `withholds`: a fact that rests on these observations alone is kept out of drafts until an editor settles it.
    """

    kind: FindingKind
    sentence: str
    observations: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    withholds: bool = False


class DerivationKind(StrEnum):
    DIFFERENCE = "difference"
    RATIO = "ratio"
    PERCENT = "percent"
    RANK = "rank"
    AGE = "age"


class Derivation(Closed):
    """Arithmetic over facts of one context.

    `id` is the reference without braces: `metric.ratio`, `metric.difference`, `metric.percent`, `entity.metric.rank`,
    `entity.metric.age`. `computation` is one line a person can repeat ("12,000 / 2,500 = 4.8").
    """

    id: str
    kind: DerivationKind
    metric: str
    entity: str | None = None
    value: Decimal
    #: The other end where ranges leave more than one answer (7 minutes against 1-2 hours: 8.6 to 17 times); else None.
    high: Decimal | None = None
    unit: str | None = None
    display: str
    #: For percent: the entity whose value is 100 %.
    base: str | None = None
    #: The entity with the larger value (difference, ratio, percent); None when equal.
    larger: str | None = None
    facts: tuple[str, ...]
    computation: str


class FactSheet(Closed):
    """All facts and derivations of one comparison, in the order of the catalogue's metrics.

    `better` maps a metric id to the entity that is better by direction, beyond the noise band; metrics that are
    neutral, one-sided, disputed, stale or within the band are absent.
    """

    comparison: Comparison
    category: Category
    entities: tuple[Entity, ...]
    metrics: tuple[Metric, ...]
    facts: tuple[Fact, ...]
    derivations: tuple[Derivation, ...] = ()
    findings: tuple[Finding, ...] = ()
    observations: tuple[Observation, ...] = Field(default=(), repr=False)
    better: dict[str, str] = Field(default_factory=dict)
    #: The day the sheet was resolved for; ages are relative to it.
    today: date
    sheet_hash: str = ""
    fingerprint: str = ""
