"""Capabilities: whether a boolean, category or text cell says that an entity has what the words name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.check.execute import ABSENT, DISPUTED, C, Outcome, S, U, every
from flows.check.sheet import Cell, Compiled

#: A cell that says "possible, with further work": neither a plain yes nor a plain no.
_WEAK = re.compile(
    r"\b(?:manual|manually|extensions?|add-?ons?|addon|requires?|required|external|third[- ]party|plugins?|separate(?:ly)?|optional|partial|limited|via|experimental|paid|extra)\b",
    re.I,
)


def capability(
    cell: Cell,
    words: Iterable[str],
    names: frozenset[str],
    known: frozenset[str],
    strong: frozenset[str],
    *,
    positive: bool,
    builtin: bool,
) -> Outcome:
    """Whether the cell has what `words` say.

    `names`: words of the metric's own name; `known`: words of any cell of the metric; `strong`: those whose absence from
    this cell means that it is not there.
    """
    if cell.disputed:
        return Outcome(U, (cell.fact,), reason=DISPUTED)
    has = _has(cell, tuple(words), names, known, strong, positive=positive, builtin=builtin)
    shown = f"{'has' if positive else 'has not'}: {cell.raw[:100]}"
    if has is None:
        return Outcome(U, (cell.fact,), shown, right=cell.raw[:100], reason="the fact does not say so plainly")
    return Outcome(S if has is positive else C, (cell.fact,), shown, right=cell.raw[:100])


def _has(
    cell: Cell,
    words: tuple[str, ...],
    names: frozenset[str],
    known: frozenset[str],
    strong: frozenset[str],
    *,
    positive: bool,
    builtin: bool,
) -> bool | None:
    words = tuple(word for word in words if word in known or word in names)
    if not words:
        return None
    values = [word for word in words if word in known and word not in names]
    if cell.truth is False and builtin and positive:
        return False
    present = [word for word in values if word in cell.concepts and word not in cell.denied]
    denied = [word for word in values if word in cell.denied]
    missing = [word for word in values if word not in cell.concepts]
    if missing and any(word in strong for word in missing):
        return False
    if denied and not present:
        return False
    if present:
        if (
            builtin
            and positive
            and _WEAK.search(cell.raw)
            and cell.truth is not True
            and not any(word in strong for word in present)
        ):
            return None
        return not (not positive and cell.truth is False)
    if any(word in cell.denied for word in words):
        return False
    if cell.truth is not None:
        if cell.truth and builtin and _WEAK.search(cell.raw):
            return None
        return cell.truth
    if _WEAK.search(cell.raw):
        return not builtin
    return True if not missing else None


def all_have(
    entities: Iterable[int], metric: int, words: tuple[str, ...], compiled: Compiled, *, positive: bool, builtin: bool
) -> Outcome:
    """The capability for each of several entities: the worst label decides."""
    names = frozenset(compiled.metrics[metric].weights)
    known = compiled.value_words[metric]
    strong = compiled.strong_words[metric]

    def one(entity: int) -> Outcome:
        cells = compiled.cell(entity, metric)
        outcomes = [
            capability(cell, words, names, known, strong, positive=positive, builtin=builtin)
            for cell in cells
            if not cell.numeric
        ]
        if not outcomes:
            return ABSENT
        return next((outcome for outcome in outcomes if outcome.label is S), outcomes[0])

    return every(entities, one)
