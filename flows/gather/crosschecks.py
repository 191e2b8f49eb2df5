"""What must hold between the entries of a catalogue: known names, unique names, attributes that map to one metric."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel

from flows.facts.registry import normalise
from flows.gather.documents import Document, Place, field_name, wrong
from schemas.catalogue import Article, Category, Comparison, Entity, Metric, ObservationRow, Rule, Source

#: The last words of references: no entity or metric may be called so.
DERIVATIONS = frozenset({"ratio", "difference", "percent", "rank", "age"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A catalogue entry and where it stands. For a CSV row `document` is None and `place` holds its line."""

    item: BaseModel
    file: str
    document: Document | None
    place: Place
    category: str | None

    def problem(self, where: Place, message: str) -> str:
        """One line naming file, line and field."""
        if self.document is None:
            line = self.place[0]
            return str(wrong(self.file, line if isinstance(line, int) else None, f"{field_name(where)}: {message}"))
        path = (*self.place, *where)
        return str(wrong(self.file, self.document.line_of(path), f"{field_name(path)}: {message}"))

    @property
    def spot(self) -> str:
        """ "sources.yaml:4": to point at the other of two."""
        line = self.place[0] if self.document is None else self.document.line_of(self.place)
        return f"{self.file}:{line}"


T = TypeVar("T", bound=BaseModel)
Items = Mapping[type[BaseModel], list[Placed]]


def nearest(given: str, known: Iterable[str]) -> str:
    """ "; did you mean 'x'?" when something known is near, else nothing."""
    names = {normalise(name): name for name in known}
    found = difflib.get_close_matches(normalise(given), names, n=1, cutoff=0.6)
    return f"; did you mean {names[found[0]]!r}?" if found else ""


def crosscheck(items: Items) -> Iterator[str]:
    """Everything that is wrong between the entries, check by check, each in reading order."""
    yield from _unique_ids(items)
    yield from _categories(items)
    yield from _metrics(items)
    yield from _comparisons(items)
    yield from _entities(items)
    yield from _articles(items)
    yield from _observations(items)


def _entries(items: Items, kind: type[T]) -> Iterator[tuple[T, Placed]]:
    for placed in items.get(kind, ()):
        if isinstance(placed.item, kind):
            yield placed.item, placed


def _ids(items: Items, kind: type[Category] | type[Metric] | type[Entity] | type[Source]) -> set[str]:
    return {item.id for item, _ in _entries(items, kind)}


def _unique_ids(items: Items) -> Iterator[str]:
    """Entities and metrics share one name space, because references name both; the others have one each."""
    named: list[tuple[str, str, Placed]] = [
        *((item.id, "an entity", placed) for item, placed in _entries(items, Entity)),
        *((item.id, "a metric", placed) for item, placed in _entries(items, Metric)),
    ]
    for name, _, placed in named:
        if name in DERIVATIONS:
            yield placed.problem(("id",), f"{name!r} is the name of a derivation: choose another id")
    categories = [(item.id, "a category", placed) for item, placed in _entries(items, Category)]
    sources = [(item.id, "a source", placed) for item, placed in _entries(items, Source)]
    for group in (named, categories, sources):
        owner: dict[str, tuple[str, Placed]] = {}
        for name, word, placed in group:
            if name in owner:
                other, there = owner[name]
                way_out = "choose another id"
                if word == other == "a metric":
                    way_out += ", or keep it once in metrics.yaml and name it under shared_metrics of both categories"
                yield placed.problem(("id",), f"{name!r} is already {other} ({there.spot}): {way_out}")
            owner.setdefault(name, (word, placed))


def _categories(items: Items) -> Iterator[str]:
    known = _ids(items, Category)
    members = [
        *((item.category, placed) for item, placed in _entries(items, Entity)),
        *((item.category, placed) for item, placed in _entries(items, Comparison)),
    ]
    for category, placed in members:
        if category not in known:
            yield placed.problem(("category",), _unknown("category", category, known))
    for metric, placed in _entries(items, Metric):
        for category in metric.categories:
            if category not in known:
                yield placed.problem(("categories",), _unknown("category", category, known))


def _metrics(items: Items) -> Iterator[str]:
    """Within a category no two metrics may answer to one label, and limits and rules must make sense."""
    for metric, placed in _entries(items, Metric):
        low, high = metric.plausible_min, metric.plausible_max
        if low is not None and high is not None and low > high:
            yield placed.problem(("plausible_min",), f"{low} is above plausible_max {high}: swap them")
    for category in sorted(_ids(items, Category)):
        taken: dict[str, tuple[Metric, Placed]] = {}
        for metric, placed in _in_category(items, category):
            for label in dict.fromkeys(normalise(text) for text in (metric.id, metric.name, *metric.aliases)):
                other = taken.setdefault(label, (metric, placed))
                if other[0] is not metric:
                    yield placed.problem(
                        _alias_place(metric, label),
                        f"{label!r} is also a name of metric {other[0].id!r} ({other[1].spot}): a label must mean one metric",
                    )
    known = _ids(items, Metric)
    for rule, placed in _entries(items, Rule):
        for side in ("lower", "upper"):
            named = getattr(rule, side)
            if named not in known:
                yield placed.problem((side,), _unknown("metric", named, known))


def _alias_place(metric: Metric, label: str) -> Place:
    for number, alias in enumerate(metric.aliases):
        if normalise(alias) == label:
            return ("aliases", number)
    return ("name",) if normalise(metric.name) == label else ("id",)


def _in_category(items: Items, category: str) -> Iterator[tuple[Metric, Placed]]:
    for metric, placed in _entries(items, Metric):
        if not metric.categories or category in metric.categories:
            yield metric, placed


def _comparisons(items: Items) -> Iterator[str]:
    entities = {entity.id: entity for entity, _ in _entries(items, Entity)}
    slugs: dict[str, Placed] = {}
    pairs: dict[frozenset[str], Placed] = {}
    usable = {
        category: {metric.id for metric, _ in _in_category(items, category)} for category in _ids(items, Category)
    }
    for comparison, placed in _entries(items, Comparison):
        for number, entity in enumerate(comparison.entities):
            if entity not in entities:
                yield placed.problem(("entities", number), _unknown("entity", entity, entities))
            elif entities[entity].category != comparison.category:
                yield placed.problem(
                    ("entities", number),
                    f"{entity!r} is of category {entities[entity].category!r}, the comparison of {comparison.category!r}",
                )
        if comparison.slug in slugs:
            yield placed.problem(
                ("slug",), f"{comparison.slug!r} stands twice (also {slugs[comparison.slug].spot}): keep one"
            )
        slugs.setdefault(comparison.slug, placed)
        pair = frozenset(comparison.entities)
        if pair in pairs:
            yield placed.problem(
                ("entities",),
                f"these two are already compared ({pairs[pair].spot}), in one order or the other: keep one",
            )
        pairs.setdefault(pair, placed)
        ours = usable.get(comparison.category, set())
        for number, metric_id in enumerate(comparison.key_metrics):
            if metric_id not in ours:
                yield placed.problem(("key_metrics", number), _unknown("metric", metric_id, ours))


def _entities(items: Items) -> Iterator[str]:
    metrics = _ids(items, Metric)
    taken: dict[tuple[str, str], tuple[Entity, Placed]] = {}
    for entity, placed in _entries(items, Entity):
        for label in dict.fromkeys(normalise(text) for text in (entity.name, *entity.aliases)):
            other = taken.setdefault((entity.category, label), (entity, placed))
            if other[0] is not entity:
                yield placed.problem(
                    ("name",), f"{label!r} also names {other[0].id!r} ({other[1].spot}): a name must mean one entity"
                )
        for number, offer in enumerate(entity.offers):
            if offer.metric is not None and offer.metric not in metrics:
                yield placed.problem(("offers", number, "metric"), _unknown("metric", offer.metric, metrics))
            yield from _addresses(placed, (("offers", number, "url"), offer.url))
        links = ((("links", number), link) for number, link in enumerate(entity.links))
        yield from _addresses(placed, (("homepage",), entity.homepage), *links)


def _articles(items: Items) -> Iterator[str]:
    entities, categories = _ids(items, Entity), _ids(items, Category)
    for article, placed in _entries(items, Article):
        for number, named in enumerate(article.entities):
            if named not in entities:
                yield placed.problem(("entities", number), _unknown("entity", named, entities))
        for number, named in enumerate(article.categories):
            if named not in categories:
                yield placed.problem(("categories", number), _unknown("category", named, categories))
        yield from _addresses(placed, (("url",), article.url))


def _addresses(placed: Placed, *addresses: tuple[Place, str | None]) -> Iterator[str]:
    for where, url in addresses:
        if url is not None and not url.startswith(("http://", "https://")):
            yield placed.problem(where, f"{url!r} must begin with http:// or https://")


def _observations(items: Items) -> Iterator[str]:
    sources = _ids(items, Source)
    entities = {entity.id: entity for entity, _ in _entries(items, Entity)}
    labels: dict[str, dict[str, str]] = {}
    for row, placed in _entries(items, ObservationRow):
        if row.source not in sources:
            yield placed.problem(("source",), _unknown("source", row.source, sources))
        if row.shown_winner is not None and row.shown_winner not in entities:
            yield placed.problem(("shown_winner",), _unknown("entity", row.shown_winner, entities))
        yield from _addresses(placed, (("url",), row.url))
        if not row.raw.strip():
            yield placed.problem(("raw",), "is empty: fill it or delete the row")
        entity = entities.get(row.entity)
        if entity is None:
            yield placed.problem(("entity",), _unknown("entity", row.entity, entities))
            continue
        if entity.category not in labels:
            labels[entity.category] = {
                normalise(text): text
                for metric, _ in _in_category(items, entity.category)
                for text in (metric.id, metric.name, *metric.aliases)
            }
        known = labels[entity.category]
        if normalise(row.attribute) not in known:
            yield placed.problem(
                ("attribute",),
                f"{row.attribute!r} maps to no metric of category {entity.category!r}{nearest(row.attribute, known.values())}"
                "; correct it, or add it to the aliases of a metric",
            )


def _unknown(what: str, given: str, known: Iterable[str]) -> str:
    return f"unknown {what} {given!r}{nearest(given, known) or '; define it, or correct the name'}"
