"""What a source itself printed as the difference, and whom it marked as winner: recomputed, never used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from flows.facts.derive import better
from flows.facts.findings.view import View, ids, listed
from flows.quantities.show import show_number
from schemas.catalogue import Direction, Metric
from schemas.facts import Finding, FindingKind, Observation

#: A printed percentage holds when it is within a point of the recomputed one: pages round to whole points.
_POINT = Decimal("1.0")

#: Two readings of one pair, on one base and on the other, that differ by so many points need their base named.
_BASES_APART = 10

#: A source that prints so many differences and none on a row with a figure on both sides knows why.
_PRINTS_DIFFERENCES = 3


@dataclass(frozen=True)
class _Row:
    """A row with one printed difference: the two cells in the order of the comparison, the metric, the figure."""

    left: Observation
    right: Observation
    metric: Metric
    shown: Decimal
    text: str

    def changes(self) -> tuple[Decimal, Decimal] | None:
        """(left - right) in percent of right, and in percent of left, at the middle of ranges; None without numbers."""
        a, b = self.left.quantity, self.right.quantity
        if a.low is None or a.high is None or b.low is None or b.high is None or a.unit != b.unit:
            return None
        one, other = (a.low + a.high) / 2, (b.low + b.high) / 2
        if one == 0 or other == 0:
            return None
        return (one - other) / other * 100, (one - other) / one * 100


def shown_differences(view: View) -> Iterator[Finding]:
    """Printed differences that do not follow from the cells, or that mean nothing."""
    by_source: dict[str, list[_Row]] = {}
    for row in _rows(view):
        by_source.setdefault(row.left.source, []).append(row)
    for source, rows in by_source.items():
        for row in rows:
            why = [*_objections(row, view)]
            if why:
                yield Finding(
                    kind=FindingKind.BAD_DIFF,
                    sentence=f"{view.label(row.left)}: the printed difference {row.text} {'; '.join(why)}.",
                    observations=ids([row.left, row.right]),
                )
        yield from _withheld(view, source, len(rows))


def shown_winners(view: View) -> Iterator[Finding]:
    """Winners that a source marks, or that its printed sign implies, against direction, or where there can be none."""
    rows = list(_rows(view))
    for row in rows:
        if row.metric.shared:
            yield Finding(
                kind=FindingKind.WRONG_WINNER,
                sentence=(
                    f"{view.label(row.left)}: {row.text} reads as a lead of one side, but {row.metric.name} is the same "
                    "thing for both."
                ),
                observations=ids([row.left, row.right]),
            )
            continue
        changes = row.changes()
        if changes and changes[0] * row.shown < 0 and not _negated(rows, row.left.source):
            ahead = row.left if changes[0] > 0 else row.right
            yield Finding(
                kind=FindingKind.WRONG_WINNER,
                sentence=(
                    f"{view.label(row.left)}: {row.text} points to the wrong side: {listed([row.left, row.right])}, so "
                    f"{view.name(ahead.entity)}'s value is the larger one."
                ),
                observations=ids([row.left, row.right]),
            )
    yield from _marked(view)


def _rows(view: View) -> Iterator[_Row]:
    for (_, metric_id, _, _), row in view.rows.items():
        if len(row) != 2:
            continue
        sides = [row[entity.id] for entity in view.entities if entity.id in row]
        marked = [one for side in sides for one in side if one.shown_diff]
        if len(sides) != 2 or not marked:
            continue
        text = marked[0].shown_diff or ""
        figure = re.fullmatch(r"\s*([+\-−–]?)\s*(\d+(?:[.,]\d+)?)\s*%\s*", text)
        left, right = (next((one for one in side if one.shown_diff), side[0]) for side in sides)
        if figure is not None:
            size = Decimal(figure[2].replace(",", "."))
            yield _Row(left, right, view.metrics[metric_id], -size if figure[1] and figure[1] != "+" else size, text)


def _objections(row: _Row, view: View) -> Iterator[str]:
    changes = row.changes()
    if row.metric.shared:
        yield f"compares two figures for one and the same thing, {row.metric.name}"
    if changes is None:
        yield f"is computed from values that cannot be compared: {listed([row.left, row.right])}"
        return
    printed = abs(row.shown)
    on_right, on_left = (abs(change) for change in changes)
    if min(abs(printed - on_right), abs(printed - on_left)) > _POINT:
        yield (
            f"does not follow from {listed([row.left, row.right])}: it is {_points(on_right)}% of "
            f"{view.name(row.right.entity)}'s value"
        )
    elif abs(on_right - on_left) > _BASES_APART:
        base = row.right if abs(printed - on_right) <= abs(printed - on_left) else row.left
        other = on_left if base is row.right else on_right
        yield (
            f"does not name its base: it is in percent of {view.name(base.entity)}'s value, in percent of the other's it "
            f"would be {_points(other)}%"
        )
    if row.left.quantity.bound is not None or row.right.quantity.bound is not None:
        yield f"takes an open figure for an exact one: {listed([row.left, row.right])}"
    if row.metric.direction is Direction.LOWER and row.shown > 0:
        yield "carries a plus on a metric where less is better"


def _points(value: Decimal) -> str:
    return show_number(value.quantize(Decimal(1)))


def _negated(rows: list[_Row], source: str) -> bool:
    """Whether the source counts second minus first: most of the figures that hold have the other sign."""
    signs = [
        changes[0] * row.shown > 0
        for row in rows
        if row.left.source == source
        and (changes := row.changes())
        and min(abs(abs(row.shown) - abs(change)) for change in changes) <= _POINT
    ]
    return sum(signs) * 2 < len(signs)


def _withheld(view: View, source: str, printed: int) -> Iterator[Finding]:
    """Rows with the same figure on both sides and no difference, in a source that prints differences."""
    if printed < _PRINTS_DIFFERENCES:
        return
    cells: list[Observation] = []
    for (of_source, _, _, _), row in view.rows.items():
        here = [one for side in row.values() for one in side]
        same = len(row) == 2 and len({one.raw.strip() for one in here}) == 1
        if of_source == source and same and here[0].quantity.is_numeric and not any(one.shown_diff for one in here):
            cells += here
    if cells:
        count = len({view.label(one) for one in cells})
        yield Finding(
            kind=FindingKind.BAD_DIFF,
            sentence=(
                f"{view.source(cells[0])} prints differences, but none on {count} rows with the same figure on both sides, "
                "where it would be 0%: it knows that one side is missing."
            ),
            observations=ids(cells),
        )


def _marked(view: View) -> Iterator[Finding]:
    for (_, metric_id, _, _), row in view.rows.items():
        cells = [one for side in row.values() for one in side]
        marks = {one.shown_winner for one in cells if one.shown_winner}
        if not marks:
            continue
        metric, shown = view.metrics[metric_id], sorted(marks)[0]
        why = None
        if metric.shared:
            why = f"{metric.name} is the same thing for both"
        elif metric.direction is Direction.NEUTRAL:
            why = f"no value of {metric.name} is better than another"
        elif len(row) == 2 and len(cells) == 2:
            side = better(cells[0].quantity, cells[1].quantity, metric)
            if side is not None and cells[side].entity != shown:
                word = "higher" if metric.direction is Direction.HIGHER else "lower"
                why = f"{word} is better, and the values are {listed(cells)}"
        if why:
            yield Finding(
                kind=FindingKind.WRONG_WINNER,
                sentence=f"{view.label(cells[0])}: {view.name(shown)} is marked as the winner, but {why}.",
                observations=ids(cells),
            )
