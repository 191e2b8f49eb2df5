"""Pairs: two figures that are stated as one ("5-2", "7 of 12", "109-104"), and the cells that can carry them.

Three things are written that way: a cell that holds both figures, two opposite measures of one entity (won and lost, made and
attempted), and one measure of two entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from flows.check.words import known_tokens

if TYPE_CHECKING:
    from flows.check.sheet import Cell, Compiled
    from flows.check.stated import Stated

_BOTH = re.compile(r"^\s*(\d+)\s*[-–/]\s*(\d+)\s*$")  # cells are written with either dash
#: Words by which the names of two measures differ where prose states them as a pair, in the order of stating.
_OPPOSED = (
    (
        frozenset({"won", "wins", "win", "victories"}),
        frozenset({"lost", "losses", "loss", "defeats"}),
    ),
    (
        frozenset({"made", "completed", "successful", "converted", "hit", "passed", "scored", "for", "correct"}),
        frozenset({"attempted", "attempts", "tried", "taken", "total", "faced", "missed", "failed", "conceded", "against", "allowed"}),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pair:
    """The readings of a pair of figures. `whose`: the entities it may be of; `sides`: the pairs of entities that may share it.

    `held`, `opposed`, `shared`: the metrics of each reading. `sign`: where the first of two sides is said to lie.
    `summed`: runs of metrics whose sum the figures may be ("at half-time").
    """

    first: Stated
    second: Stated
    whose: tuple[int, ...]
    sides: tuple[tuple[int, int], ...]
    held: tuple[int, ...]
    opposed: tuple[tuple[int, int], ...]
    shared: tuple[int, ...]
    summed: tuple[tuple[int, ...], ...] = ()
    sign: int = 0
    #: The item of the verb of order before the figures, which speaks of what they are of.
    verb: int = -1


@dataclass(frozen=True, slots=True)
class Found:
    """How a pair came out: `fits` False where cells exist and none has the figures, None where there is no cell."""

    fits: bool | None
    evidence: tuple[str, ...] = ()
    computation: str = ""
    metric: int | None = None
    entities: tuple[int, ...] = ()


def held_metrics(compiled: Compiled) -> tuple[int, ...]:
    """The metrics whose cells hold two figures each ("14-7")."""
    counts: dict[int, list[int]] = {}
    for (_, metric), cells in compiled.cells.items():
        seen = counts.setdefault(metric, [0, 0])
        seen[0] += len(cells)
        # "8-12 ms" is a range: two figures that are counted have no unit.
        seen[1] += sum(_BOTH.match(cell.raw) is not None and cell.unit in (None, "1") for cell in cells)
    return tuple(sorted(metric for metric, (total, both) in counts.items() if both * 2 > total))


def opposed_metrics(compiled: Compiled) -> tuple[tuple[int, int], ...]:
    """Two metrics whose names are the same but for one opposite word: "Goals for" and "Goals against", "Wins" and "Losses"."""
    names = [
        (card.number, card.unit, [tuple(token.low for token in known_tokens(name)) for name in (card.metric.name, *card.metric.aliases)])
        for card in compiled.metrics
        if card.numeric
    ]  # fmt: skip
    found: list[tuple[int, int]] = []
    for (one, unit, ones), (other, its, others) in combinations(names, 2):
        if unit != its:
            continue
        if any(_opposite(a, b) for a in ones for b in others):
            found.append((one, other))
        elif any(_opposite(b, a) for a in ones for b in others):
            found.append((other, one))
    return tuple(found)


def _opposite(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if len(one) != len(other):
        return False
    apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(apart) == 1 and any(apart[0][0] in first and apart[0][1] in second for first, second in _OPPOSED)


def records(compiled: Compiled) -> frozenset[int]:
    """The metrics of games won and lost, which a name has behind it in brackets: "the Herons (14-9)"."""
    first, second = _OPPOSED[0]
    return frozenset(
        number
        for both in compiled.opposed_metrics
        if {token.low for token in known_tokens(compiled.metrics[both[0]].metric.name)} & first
        and {token.low for token in known_tokens(compiled.metrics[both[1]].metric.name)} & second
        for number in both
    )


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_PLACE = re.compile(r"\b(?:" + "|".join(_ORDINALS) + r")\b|\d+")


def periods(compiled: Compiled) -> tuple[tuple[int, ...], ...]:
    """The beginnings of what is told part by part ("first quarter", "second quarter", ...): two parts, three, all."""
    runs: dict[str, list[tuple[int, int]]] = {}
    for card in compiled.metrics:
        found = _PLACE.search(card.metric.name.lower())
        if card.numeric and found is not None:
            word = found.group()
            place = _ORDINALS.index(word) + 1 if word in _ORDINALS else int(word[:4])
            runs.setdefault(_PLACE.sub("#", card.metric.name.lower(), count=1), []).append((place, card.number))
    return tuple(
        tuple(number for _, number in run[:size])
        for run in runs.values()
        if len(run) > 2 and [place for place, _ in run] == list(range(1, len(run) + 1))
        for size in range(2, len(run) + 1)
    )


_DIGITS = {word: str(number) for number, word in enumerate("one two three four five six seven eight nine".split(), 1)}
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def short_names(compiled: Compiled) -> dict[int, frozenset[str]]:
    """What a metric may be called in a few letters: its names written together, their initials, and for two opposite measures
    what their short names begin with ("FG" for FGM and FGA, "3Pt" for 3PM and 3PA)."""
    found: dict[int, set[str]] = {}
    for card in compiled.metrics:
        names = found.setdefault(card.number, set())
        for name in (card.metric.name, *card.metric.aliases):
            words = [token.low for token in known_tokens(name) if token.low[0].isalnum()]
            joined = "".join(words)
            names.update((joined, joined.removesuffix("s")))
            if len(words) > 1:
                names.add("".join(word[0] for word in words))
                # "Three-pointers made" is 3PM.
                names.add("".join(_DIGITS.get(word, word[0]) for word in words))
    for one, other in opposed_metrics(compiled):
        common: set[str] = set()
        for a in found[one]:
            for b in found[other]:
                if len(a) == len(b) <= 5 and a[:-1] == b[:-1] and len(a) > 2:
                    common.add(a[:-1])
        ones, others = compiled.metrics[one].metric, compiled.metrics[other].metric
        for a in (ones.name, *ones.aliases):
            for b in (others.name, *others.aliases):
                first, second = ([token.low for token in known_tokens(name)] for name in (a, b))
                if _opposite(tuple(first), tuple(second)):
                    common.add("".join(word for word, its in zip(first, second, strict=True) if word == its))
        common.discard("")
        both = {*common, *(prefix + letter for prefix in common for letter in _LETTERS if len(prefix) < 4)}
        found[one] |= both
        found[other] |= both
    return {number: frozenset(names - {""}) for number, names in found.items()}


def _value(cells: tuple[Cell, ...]) -> Decimal | None:
    return cells[0].low if cells and cells[0].low == cells[0].high else None


def find(pair: Pair, compiled: Compiled) -> Found:
    """The first reading that the cells bear out; else the first that they speak against."""
    against: Found | None = None
    for found in _readings(pair, compiled):
        if found.fits:
            return found
        against = against or found
    return against or Found(None)


def find_order(pair: Pair, compiled: Compiled) -> Found:
    """Whether the first side lies where the verb puts it, in a measure that has both figures, or else at least one of them."""
    for least in (2, 1):
        for one, other in pair.sides:
            for metric in pair.shared:
                ones, others = compiled.cell(one, metric), compiled.cell(other, metric)
                a, b = _value(ones), _value(others)
                if a is None or b is None or a == b:
                    continue
                fit = max(
                    pair.first.holds(a) + pair.second.holds(b),
                    pair.first.holds(b) + pair.second.holds(a),
                )
                if fit >= least:
                    fits = (a > b) is (pair.sign > 0)
                    return Found(
                        fits, (ones[0].fact, others[0].fact), f"{ones[0].raw} and {others[0].raw}", metric, (one,)
                    )
    return Found(None)


def _readings(pair: Pair, compiled: Compiled) -> Iterator[Found]:
    first, second = pair.first, pair.second
    for entity in pair.whose:
        for metric in pair.held:
            for cell in compiled.cell(entity, metric):
                both = _BOTH.match(cell.raw)
                if both is not None:
                    fits = first.holds(Decimal(both.group(1))) and second.holds(Decimal(both.group(2)))
                    yield Found(fits, (cell.fact,), f"the fact says {cell.raw}", metric, (entity,))
        for one, other in pair.opposed:
            yield from _two(pair, compiled.cell(entity, one), compiled.cell(entity, other), one, (entity,))
    for one, other in pair.sides:
        for metric in pair.shared:
            yield from _two(pair, compiled.cell(one, metric), compiled.cell(other, metric), metric, (one, other))
        for run in pair.summed:
            yield from _sums(pair, run, (one, other), compiled)


def _two(
    pair: Pair, ones: tuple[Cell, ...], others: tuple[Cell, ...], metric: int, entities: tuple[int, ...]
) -> Iterator[Found]:
    a, b = _value(ones), _value(others)
    if a is None or b is None:
        return
    fits = pair.first.holds(a) and pair.second.holds(b)
    if len(entities) == 2:
        fits = fits or (pair.first.holds(b) and pair.second.holds(a))
        if fits and pair.sign and a != b and (a > b) is not (pair.sign > 0):
            fits = False
    yield Found(fits, (ones[0].fact, others[0].fact), f"{ones[0].raw} and {others[0].raw}", metric, entities)


def _sums(pair: Pair, run: tuple[int, ...], sides: tuple[int, int], compiled: Compiled) -> Iterator[Found]:
    rows = [[compiled.cell(entity, metric) for metric in run] for entity in sides]
    values = [[_value(cells) for cells in row] for row in rows]
    if any(value is None for row in values for value in row):
        return
    a, b = (sum((value for value in row if value is not None), Decimal(0)) for row in values)
    fits = (pair.first.holds(a) and pair.second.holds(b)) or (pair.first.holds(b) and pair.second.holds(a))
    if fits and pair.sign and a != b and (a > b) is not (pair.sign > 0):
        fits = False
    if fits:
        yield Found(
            True, tuple(cells[0].fact for row in rows for cells in row), f"{a} and {b} together", run[-1], sides
        )
    elif {pair.first.low, pair.second.low} == {a, b}:
        yield Found(
            False, tuple(cells[0].fact for row in rows for cells in row), f"{a} and {b} together", run[-1], sides
        )
