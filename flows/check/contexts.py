"""Contexts: which facts of two cells a gap lies between, by the words that say where and how they were measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flows.check.sheet import Cell


def matching(cells: Sequence[Cell], words: frozenset[str]) -> list[Cell]:
    """The facts whose contexts the words speak of most."""
    best = max((len(words & cell.where) for cell in cells), default=0)
    return [cell for cell in cells if len(words & cell.where) == best]


def pairs(
    one: Sequence[Cell], other: Sequence[Cell], here: frozenset[str], there: frozenset[str]
) -> list[tuple[Cell, Cell]]:
    """The facts of two cells that a gap may lie between: those the words speak of, in contexts as like as can be."""
    both = [(x, y) for x in matching(one, here) for y in matching(other, there)]
    alike = [(x, y) for x, y in both if x.context == y.context]
    if alike:
        return alike
    best = max((len(x.where & y.where) for x, y in both), default=0)
    return [(x, y) for x, y in both if len(x.where & y.where) == best]


def apart(cells: Sequence[Cell], here: frozenset[str], there: frozenset[str]) -> Iterator[tuple[Cell, Cell]]:
    """Two facts of one cell: the one that the words behind "than" speak of, against the rest."""
    if there:
        theirs = matching(cells, there)
        yield from ((x, y) for x in matching([cell for cell in cells if cell not in theirs], here) for y in theirs)
        return
    mine = matching(cells, here)
    for cell in mine:
        # Nothing is said of the other side: what differs least.
        rest = [other for other in cells if other not in mine]
        yield from ((cell, other) for other in matching(rest, cell.where))


__all__ = ["apart", "matching", "pairs"]
