"""The catalogue: what people edit in `data/`. Validated once, where a file enters."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=120)]
Name = Annotated[str, Field(min_length=1, max_length=120)]


class Closed(BaseModel):
    """Base of every schema: frozen, and an unknown key is an error rather than a silent loss."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class MetricKind(StrEnum):
    QUANTITY = "quantity"
    BOOLEAN = "boolean"
    CATEGORY = "category"
    DATE = "date"
    TEXT = "text"


class Direction(StrEnum):
    HIGHER = "higher_is_better"
    LOWER = "lower_is_better"
    NEUTRAL = "neutral"


class Tier(IntEnum):
    """How much a source is trusted; the highest tier present decides a fact."""

    SEED = 1
    THIRD_PARTY = 2
    CURATED = 3
    OFFICIAL = 4
    EDITOR = 5


class Wording(Closed):
    """How prose speaks of a metric. Every field is optional; the drafter falls back to the metric's name.

    `better` and `worse` are comparatives of the *better* and *worse* side ("faster", "slower"); `verb` takes the value
    as its object ("handles"), and of a boolean metric is the whole predicate ("comes with Python"); `noun` names the metric inside a sentence ("throughput"); `question` is what a reader
    would ask, with `{a}` and `{b}` for the names; `matters` completes "if you ..." ("serve heavy traffic").
    """

    noun: str | None = None
    better: str | None = None
    worse: str | None = None
    verb: str | None = None
    question: str | None = None
    matters: str | None = None


class EndedLine(Closed):
    """A release line of something else ("3.7" of Python), and the day on which its support ended."""

    line: str = Field(pattern=r"^[0-9]+(\.[0-9]+)*$")
    on: date


class Metric(Closed):
    """A registered attribute.

    `tolerance`: relative difference up to which two sources of one tier agree. `materiality`: relative change that
    counts as a change of the page. `noise`: relative difference below which no side is called better. `ttl_days`:
    age at which a value goes stale. `plausible_min`/`plausible_max` are in `unit`.
    """

    id: Id
    name: Name
    kind: MetricKind
    unit: str | None = None
    direction: Direction = Direction.NEUTRAL
    group: str = "general"
    aliases: tuple[Name, ...] = ()
    description: str | None = None
    tolerance: Decimal = Field(Decimal("0.05"), ge=0, le=1)
    materiality: Decimal = Field(Decimal("0.10"), ge=0, le=1)
    noise: Decimal = Field(Decimal("0.03"), ge=0, le=1)
    ttl_days: int = Field(365, gt=0)
    plausible_min: Decimal | None = None
    plausible_max: Decimal | None = None
    #: A property of something both sides share (the size of one registry); a difference means nothing.
    shared: bool = False
    #: Of a metric whose values name release lines of something else (the oldest Python that will do): the lines that are over.
    ended: tuple[EndedLine, ...] = ()
    #: The categories whose labels may mean this metric; filled by the loader, empty means every category.
    categories: tuple[Id, ...] = ()
    wording: Wording = Wording()

    @model_validator(mode="after")
    def _quantity_needs_unit(self) -> Metric:
        if self.kind is MetricKind.QUANTITY and not self.unit:
            raise ValueError(f'metric {self.id!r} is a quantity and needs a `unit` (use "1" for a plain count)')
        return self


class Rule(Closed):
    """A plausibility rule over two metrics of one entity: `lower` must not exceed `upper`. Works on dates and numbers."""

    lower: Id
    upper: Id
    because: str


class Offer(Closed):
    label: Name
    url: str
    metric: Id | None = None
    affiliate: bool = False


class Entity(Closed):
    id: Id
    name: Name
    aliases: tuple[Name, ...] = ()
    category: Id
    description: str | None = None
    homepage: str | None = None
    links: tuple[str, ...] = ()
    #: Keys: pypi, github, purl, stackexchange_tag, eol, wikidata, osv, jsonld; and any a generic source asks for.
    external: dict[str, str] = Field(default_factory=dict)
    offers: tuple[Offer, ...] = ()


class Comparison(Closed):
    slug: Slug
    entities: tuple[Id, Id]
    category: Id
    key_metrics: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _two_different(self) -> Comparison:
        if self.entities[0] == self.entities[1]:
            raise ValueError(f"comparison {self.slug!r} compares {self.entities[0]!r} with itself")
        return self


class Category(Closed):
    """`noun` and `plural` are the class words of prose ("framework", "frameworks")."""

    id: Id
    name: Name
    noun: str
    plural: str


class Source(Closed):
    """`kind` names the adapter: catalogue, pypi, github, endoflife, osv, stackexchange, json, jsonld, or an entry point's."""

    id: Id
    name: Name
    tier: Tier
    kind: str = "catalogue"
    url: str | None = None
    licence: str | None = None
    attribution: str | None = None
    options: dict[str, object] = Field(default_factory=dict)

    @field_validator("tier", mode="before")
    @classmethod
    def _tier_by_name(cls, value: object) -> object:
        if not isinstance(value, str) or value.isdigit():
            return value
        try:
            return Tier[value.strip().replace(" ", "_").replace("-", "_").upper()]
        except KeyError:
            names = ", ".join(tier.name.lower() for tier in reversed(Tier))
            raise ValueError(f"{value!r} is no tier; use one of {names}") from None


class Article(Closed):
    title: Name
    url: str
    entities: tuple[Id, ...] = ()
    categories: tuple[Id, ...] = ()


class ObservationRow(Closed):
    """One line of a catalogue CSV (or of a YAML file's `observations`). `attribute` maps to a metric by id or alias."""

    entity: Id
    attribute: Name
    raw: str = Field(max_length=2000)
    source: Id
    as_of: date | None = None
    url: str | None = None
    method: str | None = None
    #: The column's unit where the table states one; a unit in the cell wins and the conflict is recorded.
    unit: str | None = None
    #: "operation=parse; platform=A14": what narrows the value. Two values of different contexts are different facts.
    context: str | None = None
    #: What the source itself printed as the difference, and whom it marked as winner: checked, never used.
    shown_diff: str | None = None
    shown_winner: Id | None = None
    #: The source's own name of the row, kept so that a finding can be traced back to it.
    source_id: str | None = None


class Catalogue(Closed):
    """All of `data/`, cross-checked: every id that is named exists, slugs and unordered pairs are unique."""

    categories: tuple[Category, ...] = ()
    metrics: tuple[Metric, ...] = ()
    rules: tuple[Rule, ...] = ()
    entities: tuple[Entity, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    sources: tuple[Source, ...] = ()
    articles: tuple[Article, ...] = ()
    observations: tuple[ObservationRow, ...] = ()
