"""The port between sources and the rest: what an adapter is asked, and what it may answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol

from flows.errors import InputError, SourceUnavailable
from flows.facts.observe import make_observation
from flows.gather.cleaning import clean
from flows.net import Answer, Net
from schemas.catalogue import Entity, Metric, Source
from schemas.facts import Context, Observation

#: A date further ahead than this is refused where it tells of something that has happened: clocks differ, by a day at most.
_CLOCK_SLACK = timedelta(days=1)


class Metrics(Protocol):
    """The part of the registry that adapters need."""

    def metric_for(self, attribute: str, category: str | None = None) -> Metric | None:
        """The metric that a label means in a category, or None."""
        ...


class SourceAdapter(Protocol):
    """Reads one kind of source. It holds no state of a run; several threads may use it at once."""

    #: Whether it goes through the door; one that does not is read offline too.
    needs_network: bool

    def covers(self, entity: Entity, source: Source, /) -> bool:
        """Whether the source can be asked about the entity (it has the name that the source knows it by)."""
        ...

    def read(self, entity: Entity, ask: Ask) -> Iterable[Observation]:
        """What the source says about the entity, through `ask.observe`.

        Raises NotThere when the source does not know the entity (others are still asked), and any other
        SourceUnavailable when the source cannot be used.
        """
        ...


@dataclass(frozen=True)
class Ask:
    """What an adapter is given: its source with its options, the metrics that are wanted, the door and the time."""

    source: Source
    metrics: Metrics
    net: Net
    now: datetime
    #: Secrets by name (github_token, stackexchange_key), from the settings.
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    #: Takes one line about something that was left out; it becomes a note of the run.
    remark: Callable[[str], None] = field(default=lambda _line: None, repr=False)

    def option(self, name: str, default: str) -> str:
        """A text option of the source. Raises InputError when the catalogue gives it another type."""
        value = self.source.options.get(name, default)
        if not isinstance(value, str):
            raise InputError(f"Source {self.source.id!r}: option {name!r} must be text, it is {value!r}.")
        return value

    def mapping(self, name: str, default: Mapping[str, str]) -> dict[str, str]:
        """A text-to-text option of the source, laid over `default`; an empty value takes an entry away."""
        value = self.source.options.get(name, {})
        if not isinstance(value, dict):
            raise InputError(f"Source {self.source.id!r}: option {name!r} must be a mapping, it is {value!r}.")
        merged = {**default, **{str(key): "" if text is None else str(text) for key, text in value.items()}}
        return {key: text for key, text in merged.items() if text}

    def observe(
        self,
        entity: Entity,
        metric_id: str | None,
        raw: object,
        answer: Answer,
        jsonpath: str,
        *,
        endpoint: str | None = None,
        url: str | None = None,
        as_of: date | None = None,
        unit: str | None = None,
        method: str | None = None,
        context: Context = (),
        licence: str | None = None,
    ) -> Iterable[Observation]:
        """One observation, or none where the metric is not registered for the entity's category or there is no value.

        `raw` is text, a number, a boolean ("Yes"/"No") or a date; anything else, and text that holds markup or nothing
        readable, is no value. `url` is the page for people where it differs from the address that was asked.
        """
        metric = self.metrics.metric_for(metric_id, entity.category) if metric_id else None
        text = clean(raw)
        if metric is None or text is None:
            return ()
        seen_at = answer.seen_at(self.now)
        return (
            make_observation(
                entity=entity.id,
                metric=metric,
                raw=text,
                source=self.source,
                retrieved_at=seen_at,
                as_of=as_of or seen_at.date(),
                dated=as_of is not None,
                url=url or answer.url,
                endpoint=endpoint or answer.url,
                jsonpath=jsonpath,
                response_hash=answer.sha256,
                licence=licence or self.source.licence,
                method=method,
                context=context,
                unit=unit,
            ),
        )

    def has_happened(self, moment: datetime) -> bool:
        """Whether a time that a source gives for something past is not in the future."""
        return moment <= self.now + _CLOCK_SLACK


def unusable(source: Source, what: str) -> SourceUnavailable:
    """The error for an answer of another shape than the source documents."""
    return SourceUnavailable(f"{source.name} answered in an unexpected shape: {what}")
