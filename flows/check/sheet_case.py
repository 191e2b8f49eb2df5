"""A fact sheet as a case: what the checker reads of the facts that the pipeline resolved."""

from __future__ import annotations

from schemas.catalogue import Metric
from schemas.checking import CheckCase, CheckEntity, CheckFact, CheckMetric
from schemas.facts import Fact, FactSheet, FactStatus

_UNSAFE = frozenset({FactStatus.DISPUTED, FactStatus.STALE})


def case_from_sheet(sheet: FactSheet) -> CheckCase:
    """The case for a sheet's prose. Disputed and stale facts are kept, marked, so that nothing may lean on them."""
    return CheckCase(
        id=sheet.comparison.slug,
        date=sheet.today,
        entities=tuple(
            CheckEntity(id=entity.id, name=entity.name, aliases=entity.aliases) for entity in sheet.entities
        ),
        metrics=tuple(_metric(metric) for metric in sheet.metrics),
        facts=tuple(fact for each in sheet.facts if (fact := _fact(each, sheet)) is not None),
    )


def _metric(metric: Metric) -> CheckMetric:
    words = (metric.wording.noun,)
    aliases = dict.fromkeys((*metric.aliases, *(word for word in words if word), metric.id.replace("_", " ")))
    return CheckMetric(
        id=metric.id,
        name=metric.name,
        aliases=tuple(aliases),
        unit=metric.unit,
        direction=metric.direction,
        kind=metric.kind,
    )


def _fact(fact: Fact, sheet: FactSheet) -> CheckFact | None:
    if fact.status is FactStatus.MISSING:
        return None
    value = fact.display or (fact.quantity.raw if fact.quantity is not None else None)
    if value is None:
        # A disputed fact has no value of its own; what its sources said keeps the cell from looking absent.
        sources = [
            observation.raw for observation in sheet.observations if observation.id in (*fact.evidence, *fact.others)
        ]
        value = sources[0] if sources else None
    if value is None:
        return None
    context = ", ".join(f"{key}={word}" for key, word in fact.context) or None
    return CheckFact(
        id=fact.id,
        entity=fact.entity,
        metric=fact.metric,
        value=value,
        context=context,
        disputed=fact.status in _UNSAFE,
    )
