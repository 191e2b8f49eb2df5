"""What `tiebreak metrics` shows: the registered metrics as rows, and what an editor should look at again.

An error of the catalogue stops the loader; a remark here does not. It says where prose would read badly, a figure could
not be compared, or an entry does nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from flows.facts.registry import Registry, normalise
from flows.quantities.units import lookup
from schemas.catalogue import Catalogue, Closed, Direction, Metric, MetricKind

_ARTICLE = re.compile(r"^(?:an?|the) ")


class Remark(Closed):
    """Something to look at: `about` is the id it concerns, `what` one sentence saying what to do."""

    about: str
    what: str


def rows(catalogue: Catalogue, category: str | None = None) -> list[dict[str, object]]:
    """The metrics of a category, or all, in the catalogue's order; `entities` and `values` count what the files hold."""
    values, entities = _use(catalogue)
    return [
        {
            "id": metric.id,
            "name": metric.name,
            "categories": ", ".join(metric.categories) or "all",
            "group": metric.group,
            "kind": metric.kind.value,
            "unit": metric.unit or "",
            "direction": metric.direction.value,
            "aliases": len(metric.aliases),
            "entities": len(entities.get(metric.id, ())),
            "values": values[metric.id],
            "ttl_days": metric.ttl_days,
        }
        for metric in catalogue.metrics
        if _belongs(metric, category)
    ]


def findings(catalogue: Catalogue, category: str | None = None) -> list[str]:
    """The remarks as lines, of one category or of all."""
    ours = {metric.id for metric in catalogue.metrics if _belongs(metric, category)}
    ours |= {item.id for item in catalogue.entities if category in (None, item.category)}
    ours |= {item.slug for item in catalogue.comparisons if category in (None, item.category)}
    return [f"{remark.about} {remark.what}" for remark in remarks(catalogue) if remark.about in ours]


def _belongs(metric: Metric, category: str | None) -> bool:
    return category is None or not metric.categories or category in metric.categories


def remarks(catalogue: Catalogue) -> tuple[Remark, ...]:
    """What should be looked at again, metrics first, in the catalogue's order."""
    return tuple(
        [
            *_wording(catalogue),
            *_units_and_directions(catalogue),
            *_unused(catalogue),
            *_aliases(catalogue),
            *_key_metrics(catalogue),
            *_entity_names(catalogue),
        ]
    )


def _use(catalogue: Catalogue) -> tuple[Counter[str], dict[str, set[str]]]:
    """Observations of each metric, and the entities that have one."""
    registry = Registry(catalogue)
    category = {entity.id: entity.category for entity in catalogue.entities}
    values: Counter[str] = Counter()
    entities: dict[str, set[str]] = {}
    for row in catalogue.observations:
        metric = registry.metric_for(row.attribute, category.get(row.entity))
        if metric is not None:
            values[metric.id] += 1
            entities.setdefault(metric.id, set()).add(row.entity)
    return values, entities


def _wording(catalogue: Catalogue) -> Iterator[Remark]:
    for metric in catalogue.metrics:
        missing = [name for name in _needed_words(metric) if not getattr(metric.wording, name)]
        if missing:
            yield Remark(
                about=metric.id, what=f"has no wording for {', '.join(missing)}: prose falls back to {metric.name!r}"
            )
        words = metric.wording
        if words.better and words.worse and normalise(words.better) == normalise(words.worse):
            yield Remark(about=metric.id, what=f"says {words.better!r} of both sides: give `worse` a word of its own")
        noun = normalise(_ARTICLE.sub("", words.noun or ""))
        if noun and noun not in {normalise(name) for name in (metric.id, metric.name, *metric.aliases)}:
            yield Remark(
                about=metric.id, what=f"has the noun {words.noun!r}, which is no alias: the checker would not know it"
            )
        if words.question and not ("{a}" in words.question and "{b}" in words.question):
            yield Remark(about=metric.id, what="has a question without {a} and {b}: name both sides in it")


def _needed_words(metric: Metric) -> tuple[str, ...]:
    if metric.kind is not MetricKind.QUANTITY:
        return ("noun",)
    if metric.direction is Direction.NEUTRAL or metric.shared:
        return ("noun",)
    return ("noun", "better", "worse")


def _units_and_directions(catalogue: Catalogue) -> Iterator[Remark]:
    for metric in catalogue.metrics:
        if metric.unit and lookup(metric.unit) is None:
            yield Remark(
                about=metric.id, what=f"has the unit {metric.unit!r}, which no conversion knows: it only equals itself"
            )
        comparable = (MetricKind.QUANTITY, MetricKind.BOOLEAN, MetricKind.DATE)
        if metric.direction is not Direction.NEUTRAL and metric.kind not in comparable:
            yield Remark(
                about=metric.id,
                what=f"is {metric.direction.value} but of kind {metric.kind.value}: text is never better",
            )
        if metric.kind is MetricKind.QUANTITY and metric.plausible_min is None and metric.plausible_max is None:
            yield Remark(
                about=metric.id, what="has neither plausible_min nor plausible_max: no slip of a digit would be seen"
            )


def _unused(catalogue: Catalogue) -> Iterator[Remark]:
    values, _ = _use(catalogue)
    named = {metric for comparison in catalogue.comparisons for metric in comparison.key_metrics}
    named |= {side for rule in catalogue.rules for side in (rule.lower, rule.upper)}
    for metric in catalogue.metrics:
        if not values[metric.id] and metric.id not in named:
            yield Remark(about=metric.id, what="has no value in the files: only a live source can fill it")


def _aliases(catalogue: Catalogue) -> Iterator[Remark]:
    names: dict[str, dict[str, str]] = {}
    for entity in catalogue.entities:
        for name in (entity.id, entity.name, *entity.aliases):
            names.setdefault(entity.category, {})[normalise(name)] = entity.id
    for metric in catalogue.metrics:
        for label in (metric.name, *metric.aliases):
            for category in metric.categories or tuple(names):
                entity_id = names.get(category, {}).get(normalise(label))
                if entity_id is not None:
                    yield Remark(
                        about=metric.id, what=f"answers to {label!r}, which is also a name of entity {entity_id!r}"
                    )
        seen: set[str] = set()
        for alias in metric.aliases:
            if normalise(alias) in seen | {normalise(metric.name)}:
                yield Remark(about=metric.id, what=f"lists the alias {alias!r} twice, or repeats its name: remove one")
            seen.add(normalise(alias))


def _key_metrics(catalogue: Catalogue) -> Iterator[Remark]:
    _, entities = _use(catalogue)
    for comparison in catalogue.comparisons:
        for metric in comparison.key_metrics:
            lacking = [entity for entity in comparison.entities if entity not in entities.get(metric, set())]
            if lacking:
                yield Remark(
                    about=comparison.slug,
                    what=f"has the key metric {metric!r} without a value for {' and '.join(lacking)}",
                )


def _entity_names(catalogue: Catalogue) -> Iterator[Remark]:
    owner: dict[str, str] = {}
    for entity in catalogue.entities:
        for name in dict.fromkeys(normalise(text) for text in (entity.id, entity.name, *entity.aliases)):
            other = owner.setdefault(name, entity.id)
            if other != entity.id:
                yield Remark(
                    about=entity.id, what=f"is also called {name!r}, like entity {other!r} of another category"
                )
