"""Capabilities: whether a boolean, category or text cell says that an entity has what the words name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from flows.check.outcome import ABSENT, DISPUTED, C, Outcome, S, U, every
from flows.check.sheet import Cell, Compiled

#: A cell that says "possible, with further work": neither a plain yes nor a plain no.
_WEAK = re.compile(
    r"\b(?:manual|manually|extensions?|add-?ons?|addon|requires?|required|external|third[- ]party|plugins?|separate(?:ly)?|optional|partial|limited|via|experimental|paid|extra)\b",
    re.I,
)
#: The cell speaks to a part of what is said: it neither carries the whole nor speaks against it.
PARTLY = "the fact speaks of a part of this"


class Said(NamedTuple):
    """What the text says that an entity has or has not.

    `proper`: those of `words` that are written like names; `qualified`: other words of the phrase say more of it
    ("no self-emptying dock"). `shared`: several values may be one each of several things.
    """

    words: tuple[str, ...]
    proper: frozenset[str] = frozenset()
    positive: bool = True
    builtin: bool = False
    qualified: bool = False
    shared: bool = False


class Wording(NamedTuple):
    """The words of one metric: those of its own `names`; those `known` from any of its cells; the `strong` ones, whose absence from
    a cell means that it is not there; the strong ones that some cell has `affirmed`; those `common` to all its cells.
    """

    names: frozenset[str]
    known: frozenset[str]
    strong: frozenset[str]
    affirmed: frozenset[str]
    common: frozenset[str]


def capability(cell: Cell, said: Said, metric: Wording) -> Outcome:
    """Whether the cell has what is said."""
    if cell.disputed:
        return Outcome(U, (cell.fact,), reason=DISPUTED)
    has = _has(cell, said, metric)
    shown = f"{'has' if said.positive else 'has not'}: {cell.raw[:100]}"
    if has is None or isinstance(has, str):
        return Outcome(U, (cell.fact,), shown, right=cell.raw[:100], reason=has or "the fact does not say so plainly")
    return Outcome(S if has is said.positive else C, (cell.fact,), shown, right=cell.raw[:100])


def _has(cell: Cell, said: Said, metric: Wording) -> bool | str | None:
    """Whether it is there; None or a reason where the cell does not tell."""
    positive, builtin = said.positive, said.builtin
    names, known, strong, affirmed, common = metric
    words = tuple(word for word in said.words if word in known or word in names)
    if not words:
        return None
    values = [word for word in words if word in known and word not in names]
    if cell.truth is False and builtin and positive:
        return False
    present = [word for word in values if word in cell.concepts and word not in cell.denied]
    denied = [word for word in values if word in cell.denied]
    missing = [word for word in values if word not in cell.concepts]
    absent = [word for word in missing if word in strong]
    if absent and positive and said.proper.isdisjoint(absent):
        # "solar nodes" and "for solar installs": one word of another cell is no other value.
        if not common.issuperset(present):
            return cell.concepts <= set(words) or PARTLY
        if (
            cell.truth is True
            and not _WEAK.search(cell.raw)
            and len(values) < len(set(words))
            and affirmed.isdisjoint(absent)
        ):
            # "Ranking rules in any order" of a plain "Yes", though another cell says "order cannot be changed".
            return True
    if absent:
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
    if not positive and said.qualified:
        return PARTLY
    return True if not missing else None


def _some_have_none(metric: int, compiled: Compiled) -> bool:
    """Whether some cell of a column of figures says "none": the others say that there is one."""
    return any(cell.truth is False for entity in range(compiled.entity_count) for cell in compiled.cell(entity, metric))


def all_have(entities: Sequence[int], metric: int, said: Said, compiled: Compiled) -> Outcome:
    """The capability for each of several entities: the worst label decides."""
    names, known = frozenset(compiled.metrics[metric].weights), compiled.value_words[metric]
    wording = Wording(
        names, known, compiled.strong_words[metric], compiled.affirmed_words[metric], compiled.common_words[metric]
    )

    def one(entity: int) -> Outcome:
        cells = compiled.cell(entity, metric)
        if (
            cells
            and all(cell.numeric for cell in cells)
            and names.issuperset(said.words)
            and _some_have_none(metric, compiled)
        ):
            # "has a telephoto camera" of "3x", where another cell says "None".
            shown = f"{'has' if said.positive else 'has not'}: {cells[0].raw[:100]}"
            return Outcome(S if said.positive else C, (cells[0].fact,), shown, right=cells[0].raw[:100])
        outcomes = [capability(cell, said, wording) for cell in cells if not cell.numeric]
        if not outcomes:
            return ABSENT
        return next((outcome for outcome in outcomes if outcome.label is S), outcomes[0])

    whole = every(entities, one)
    if whole.label is C and said.shared and said.positive:
        # "The languages are Rust and C++": one each.
        of_each = [{word for cell in compiled.cell(entity, metric) for word in cell.concepts} for entity in entities]
        values = {word for word in said.words if word in known and word not in names}
        if len(values) > 1 and all(values & words for words in of_each) and values <= set().union(*of_each):
            return replace(whole, label=S, right=None)
    return whole
