"""Figures that stand under the wrong entity.

A table that copies a figure into both columns, or prints it under the entity that it does not belong to, cannot be told
from one cell. It shows in the pattern (many rows with the same figure on both sides), in the anchors (rows that fill both
columns with different values say whose value is which) and in names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.facts.agreement import agree, support
from flows.facts.findings.view import View, ids, listed
from schemas.catalogue import Entity, Metric, Tier
from schemas.facts import Finding, FindingKind, Observation
from schemas.quantity import Kind, Quantity

#: A source copies figures into both columns when at least so many rows, and so large a share of the rows with a figure on
#: both sides, hold the same one, and so large a share of these is denied by another value for the same entity. Two models
#: of one phone share most of their figures, but then nothing denies them.
COPIED_ROWS = 5
COPIED_SHARE = 0.5
DENIED_SHARE = 0.25

#: So many rows in the wrong column make the place of the one-sided figures of a source worthless.
UNRELIABLE_ROWS = 5

Row = dict[str, tuple[Observation, ...]]


def wrong_columns(view: View) -> Iterator[Finding]:
    """Findings per row, and one per source whose columns cannot be trusted."""
    found = [*_copied(view), *_of_the_other(view), *_names_the_other(view)]
    yield from found
    yield from _unreliable(view, {observation for finding in found for observation in finding.observations})


def _measured(quantity: Quantity) -> bool:
    return quantity.is_numeric or quantity.kind is Kind.DATE


def _copied(view: View) -> Iterator[Finding]:
    filled: dict[str, list[tuple[str, Row]]] = {}
    for (source, _, label, _), row in view.rows.items():
        if len(row) == 2 and all(_measured(one.quantity) for cells in row.values() for one in cells):
            filled.setdefault(source, []).append((label, row))
    for rows in filled.values():
        same = [
            (label, row)
            for label, row in rows
            if len({one.raw.strip() for cells in row.values() for one in cells}) == 1
        ]
        denied = sum(any(one.id in view.denied for cells in row.values() for one in cells) for _, row in same)
        if len(same) < COPIED_ROWS or len(same) < COPIED_SHARE * len(rows) or denied < DENIED_SHARE * len(same):
            continue
        for _, row in same:
            cells = [one for side in row.values() for one in side]
            yield Finding(
                kind=FindingKind.WRONG_COLUMN,
                sentence=(
                    f"{view.label(cells[0])}: {listed(cells)} is printed for both sides, as in {len(same)} of the "
                    f"{len(rows)} rows of {view.source(cells[0])} with a figure on both: one of the two is a copy."
                ),
                observations=ids(cells),
                withholds=True,
            )


def _of_the_other(view: View) -> Iterator[Finding]:
    """Values that contradict their own entity's value, and repeat the other's, by a row that fills both columns."""
    anchors: dict[str, list[dict[str, Observation]]] = {}
    for (_, metric_id, _, _), row in view.rows.items():
        metric = view.metrics[metric_id]
        if len(row) != 2 or metric.shared:
            continue
        first, second = row.values()
        if all(not _same(a, b, metric) for a in first for b in second):
            anchors.setdefault(metric_id, []).append({entity: cells[0] for entity, cells in row.items()})
    for metric_id, pairs in anchors.items():
        metric = view.metrics[metric_id]
        members = {one.id for pair in pairs for one in pair.values()}
        for (_, of_metric, _, _), row in view.rows.items():
            if of_metric != metric_id:
                continue
            for entity, cells in row.items():
                other = view.other(entity)
                for one in cells:
                    if one.id in members or other is None:
                        continue
                    hits = [pair for pair in pairs if _same(one, pair[other], metric)]
                    if hits and not any(_same(one, pair[entity], metric) for pair in pairs):
                        yield Finding(
                            kind=FindingKind.WRONG_COLUMN,
                            sentence=(
                                f"{view.label(one)}: {listed([one])} stands under {view.name(entity)}, but "
                                f"{view.label(hits[0][other])} gives {listed([hits[0][entity]])} for {view.name(entity)} "
                                f"and {listed([hits[0][other]])} for {view.name(other)}: it looks like {view.name(other)}'s."
                            ),
                            observations=ids([one]),
                            withholds=True,
                        )


def _same(one: Observation, other: Observation, metric: Metric) -> bool:
    a, b = one.quantity, other.quantity
    if not a.is_numeric and not b.is_numeric and a.kind is not Kind.DATE:
        first, second = support(one.raw), support(other.raw)
        # Free words may differ in a thousand ways; only which way they read tells an owner.
        return first is not None and first is second
    return agree(a, b, metric.tolerance)


def _names_the_other(view: View) -> Iterator[Finding]:
    """A figure, or the label of its row, that names the other entity and not its own."""
    for one in view.observations:
        other = next((entity for entity in view.entities if entity.id != one.entity), None)
        own = next((entity for entity in view.entities if entity.id == one.entity), None)
        if other is None or own is None or not _measured(one.quantity):
            continue
        text = f"{one.attribute or ''} {one.raw}"
        if _names(text, other) and not _names(text, own):
            yield Finding(
                kind=FindingKind.WRONG_COLUMN,
                sentence=f"{view.label(one)}: {listed([one])} stands under {own.name} but names {other.name}.",
                observations=ids([one]),
                withholds=True,
            )


def _names(text: str, entity: Entity) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in (entity.name, *entity.aliases))


def _unreliable(view: View, flagged: set[str]) -> Iterator[Finding]:
    bad: dict[str, int] = {}
    one_sided: dict[str, list[Observation]] = {}
    for (source, _, _, _), row in view.rows.items():
        cells = [one for side in row.values() for one in side]
        if any(one.id in flagged for one in cells):
            bad[source] = bad.get(source, 0) + 1
        elif len(row) == 1:
            one_sided.setdefault(source, []).extend(cells)
    two_sided = {source for (source, _, _, _), row in view.rows.items() if len(row) == 2}
    for source, cells in one_sided.items():
        count = len({view.label(one) for one in cells})
        if bad.get(source, 0) >= UNRELIABLE_ROWS:
            why = f"{view.source(cells[0])} has {bad[source]} rows in the wrong column"
        elif cells[0].tier is Tier.SEED and source not in two_sided and count >= UNRELIABLE_ROWS:
            # A page made for another pair: what its columns are worth cannot be seen from here.
            why = f"{view.source(cells[0])} has no row with a value for both sides"
        else:
            continue
        yield Finding(
            kind=FindingKind.WRONG_COLUMN,
            sentence=f"{why}, so the place of its {count} one-sided rows does not tell whose figures they are.",
            observations=ids(cells),
            withholds=True,
        )
