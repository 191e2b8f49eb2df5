"""Everything known about one comparison: resolved, derived, examined and hashed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flows.facts.derivations import better_of, by_metric, derive_metric
from flows.facts.findings import examine, withhold
from flows.facts.findings.view import View
from flows.facts.hashes import fingerprint, sheet_hash
from flows.facts.registry import Registry
from flows.facts.resolve import group, missing, resolve_group
from schemas.catalogue import Catalogue, Comparison, Metric, Tier
from schemas.facts import Context, Derivation, Fact, FactSheet, Observation


def build_sheet(
    comparison: Comparison, catalogue: Catalogue | Registry, observations: Iterable[Observation], today: date
) -> FactSheet:
    """The fact sheet of a comparison as of `today`.

    Observations of other entities or of metrics that the catalogue does not have are left out. Where one entity has a
    value, the other has a fact too, if only a missing one.
    """
    registry = catalogue if isinstance(catalogue, Registry) else Registry(catalogue)
    entities = tuple(registry.entity(entity) for entity in comparison.entities)
    known = {metric.id for metric in registry.catalogue.metrics}
    own = [one for one in observations if one.entity in comparison.entities and one.metric in known]
    groups = group(own)
    unique = tuple(sorted((one for same in groups.values() for one in same), key=lambda one: one.id))
    contexts: dict[str, set[Context]] = {}
    for _, metric_id, context in groups:
        contexts.setdefault(metric_id, set()).add(context)
    metrics: list[Metric] = sorted(
        (registry.metric(metric_id) for metric_id in contexts), key=lambda metric: registry.position(metric.id)
    )
    resolved: list[Fact] = []
    for metric in metrics:
        for context in sorted(contexts[metric.id]):
            for entity in entities:
                same = groups.get((entity.id, metric.id, context))
                resolved.append(resolve_group(same, metric, today) if same else missing(entity.id, metric.id, context))
    rules, sources = registry.rules_for(known), registry.catalogue.sources
    findings = examine(View.of(unique, resolved, entities, metrics, rules, sources, today), unique)
    facts = withhold(resolved, findings, frozenset(one.id for one in own if one.tier is Tier.EDITOR))
    derivations: list[Derivation] = []
    better: dict[str, str] = {}
    of_metric = by_metric(facts)
    for metric in metrics:
        derivations += derive_metric(of_metric[metric.id], metric, today)
        winner = better_of(of_metric[metric.id], metric)
        if winner is not None:
            better[metric.id] = winner
    return FactSheet(
        comparison=comparison,
        category=registry.category(comparison.category),
        entities=entities,
        metrics=tuple(metrics),
        facts=facts,
        derivations=tuple(derivations),
        findings=findings,
        observations=unique,
        better=better,
        today=today,
        sheet_hash=sheet_hash(facts),
        fingerprint=fingerprint(facts, metrics, better),
    )
