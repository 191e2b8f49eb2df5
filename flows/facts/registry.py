"""Ids, names and aliases: which entity, metric, source or comparison a word means."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from flows.errors import UnknownName
from schemas.catalogue import Catalogue, Category, Comparison, Entity, Metric, Rule, Source


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """A label without case and punctuation: "Time to 'Hello World'" and "time-to-hello world" are one."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(re.sub(r"[^\w%+#]+|_", " ", folded).split())


class Registry:
    """A catalogue with its look-ups built once. Ids are unique within the catalogue (checked where it is loaded)."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._metrics = {metric.id: metric for metric in catalogue.metrics}
        self._entities = {entity.id: entity for entity in catalogue.entities}
        self._sources = {source.id: source for source in catalogue.sources}
        self._categories = {category.id: category for category in catalogue.categories}
        self._slugs = {comparison.slug: comparison for comparison in catalogue.comparisons}
        self._pairs = {frozenset(comparison.entities): comparison for comparison in catalogue.comparisons}
        self._order = {metric.id: number for number, metric in enumerate(catalogue.metrics)}
        self._labels: dict[str, list[Metric]] = {}
        for metric in catalogue.metrics:
            for label in dict.fromkeys(normalise(text) for text in (metric.id, metric.name, *metric.aliases)):
                self._labels.setdefault(label, []).append(metric)
        self._entity_names: dict[str, Entity] = {}
        for entity in catalogue.entities:
            for name in (entity.id, entity.name, *entity.aliases):
                self._entity_names.setdefault(normalise(name), entity)

    def metric(self, metric_id: str) -> Metric:
        """The metric of that id. Raises UnknownName with the nearest one."""
        return _found("metric", metric_id, self._metrics)

    def entity(self, entity_id: str) -> Entity:
        """The entity of that id. Raises UnknownName with the nearest one."""
        return _found("entity", entity_id, self._entities)

    def source(self, source_id: str) -> Source:
        """The source of that id. Raises UnknownName with the nearest one."""
        return _found("source", source_id, self._sources)

    def category(self, category_id: str) -> Category:
        """The category of that id. Raises UnknownName with the nearest one."""
        return _found("category", category_id, self._categories)

    def metric_for(self, attribute: str, category: str | None = None) -> Metric | None:
        """The metric that a source's label means, by id, name or alias; case and punctuation do not count.

        With a category only its metrics answer. Without one, a label that means different metrics in different
        categories means none.
        """
        found = self._labels.get(normalise(attribute), [])
        if category is not None:
            found = [metric for metric in found if not metric.categories or category in metric.categories]
        return found[0] if len(found) == 1 else None

    def entity_for(self, name: str) -> Entity | None:
        """The entity that a name means: id, name or alias; case and punctuation do not count."""
        return self._entity_names.get(normalise(name))

    def metrics_of(self, category: str) -> tuple[Metric, ...]:
        """The metrics that a category may use, in the catalogue's order."""
        return tuple(m for m in self.catalogue.metrics if not m.categories or category in m.categories)

    def position(self, metric_id: str) -> int:
        """Where a metric stands in the catalogue; unknown ones come last."""
        return self._order.get(metric_id, len(self._order))

    def rules_for(self, metrics: Iterable[str]) -> tuple[Rule, ...]:
        """The plausibility rules whose two metrics are both among `metrics`."""
        wanted = set(metrics)
        return tuple(rule for rule in self.catalogue.rules if {rule.lower, rule.upper} <= wanted)

    def comparison(self, slug: str) -> Comparison:
        """The comparison of a slug in either order ("fastapi-vs-flask"), or of two names. Raises UnknownName."""
        wanted = slug.strip().casefold()
        found = self._slugs.get(wanted)
        if found is not None:
            return found
        for cut in re.finditer(r"-vs-|\s+vs\.?\s+", wanted):
            left, right = self.entity_for(wanted[: cut.start()]), self.entity_for(wanted[cut.end() :])
            if left is not None and right is not None:
                pair = self._pairs.get(frozenset((left.id, right.id)))
                if pair is not None:
                    return pair
            swapped = self._slugs.get(f"{wanted[cut.end() :]}-vs-{wanted[: cut.start()]}")
            if swapped is not None:
                return swapped
        both_orders = {known: known for known in self._slugs} | {
            "-vs-".join(reversed(known.split("-vs-"))): known for known in self._slugs if known.count("-vs-") == 1
        }
        near = difflib.get_close_matches(wanted, both_orders, n=1, cutoff=0.5)
        hint = f" Did you mean {both_orders[near[0]]!r}?" if near else " `tiebreak facts` lists the comparisons."
        raise UnknownName(f"There is no comparison {slug!r}.{hint}")


T = TypeVar("T")


def _found(word: str, wanted: str, known: dict[str, T]) -> T:
    try:
        return known[wanted]
    except KeyError:
        near = difflib.get_close_matches(wanted, known, n=1, cutoff=0.5)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        raise UnknownName(f"There is no {word} {wanted!r}.{hint}") from None
