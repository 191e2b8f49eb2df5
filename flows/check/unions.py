"""Unions: what rows have in common told as one thing, with what they have together: "the South had 46 cases", "Dayton's bench scored 25".

A column of categories that several share makes a row of sums for each of its values, and within teams for each value there.
Prose names such a row by the value alone. It takes no part in orders of the rows themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from flows.check.words import known_tokens
from schemas.catalogue import MetricKind

if TYPE_CHECKING:
    from flows.check.items import Item
    from flows.check.sheet import Cell, MetricCard

#: What does not add up: heights, ages, places, and what is one figure for each of many.
_NO_SUM = frozenset("price prices cost costs fee fees fare rent monthly warranty average mean median rate rank ranking place position age year index per highest lowest maximum minimum max min temperature altitude height margin".split())  # fmt: skip
#: Columns whose values are places and bodies that act as one; "the hybrid" of a column of drives is one car.
_BODIES = frozenset(
    "region area county district province state country nation nationality continent zone territory city town borough constituency team club "
    "side squad crew party bloc alliance coalition camp faction division conference league group pool department sector segment branch "
    "operator company owner basin star host valley island range coast river network".split()
)
_MOST = 40
_MOST_WORDS = 3
#: Those who did not start, whatever the column calls them, and the words for them.
RESERVE = frozenset("bench reserve reserves substitute substitutes sub subs".split())
_BENCH = (("bench",), ("reserves",), ("substitutes",), ("subs",))
_HALVES = (Decimal(60), Decimal("101"))


@dataclass(frozen=True, slots=True)
class Union:
    """`names`: its words in lower case. `metric`: the column of the value. `whole`: the team whose members it has."""

    number: int
    title: str
    names: tuple[tuple[str, ...], ...]
    metric: int
    members: tuple[int, ...]
    whole: int | None = None
    #: What the column calls each of them: "the Sorna valley".
    heads: frozenset[str] = frozenset()
    #: Written like a name: in prose it begins with a capital, too.
    proper: bool = False


@dataclass(frozen=True)
class Unions:
    """The unions of a sheet, by what a name of them begins with."""

    all: tuple[Union, ...] = ()
    first: Mapping[str, tuple[Union, ...]] = field(default_factory=dict)
    #: Fact of a sum -> the facts that are added.
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    cells: Mapping[tuple[int, int], tuple[Cell, ...]] = field(default_factory=dict)

    def match(self, items: Sequence[Item], at: int, whole: int | None) -> tuple[int, list[Union]]:
        """The last item of the longest name that begins at item `at`, and the unions called so; none where there is no such name."""
        best, found = at, list[Union]()
        for union in self.first.get(items[at].low, ()):
            if whole is not None and union.whole != whole:
                continue
            for name in union.names:
                last = at + len(name) - 1
                fits = last < len(items) and all(
                    items[k].low == word and items[k].kind == "w" for k, word in enumerate(name, at)
                )
                if not fits or (union.proper and not items[at].text[:1].isupper()):
                    continue
                if last + 1 < len(items) and items[last + 1].low in union.heads:
                    last += 1
                if last > best:
                    best, found = last, []
                if last == best:
                    found.append(union)
        return best, found


def unions_of(
    metrics: Sequence[MetricCard],
    cells: Mapping[tuple[int, int], tuple[Cell, ...]],
    count: int,
    part_of: Mapping[int, int],
    names: Sequence[str],
    totals: frozenset[int] = frozenset(),
) -> Unions:
    """The unions of a sheet of `count` rows, numbered from `count` on; a row of totals is in none."""
    taken = {word for name in names for word in _words(name)}
    found: list[Union] = []
    for card in metrics:
        if (
            card.numeric
            or card.hidden
            or card.is_date
            or card.metric.kind not in (MetricKind.CATEGORY, MetricKind.TEXT)
        ):
            continue
        rows: dict[str, list[int]] = defaultdict(list)
        for entity in range(count):
            held = cells.get((entity, card.number), ())
            if entity not in totals and len(held) == 1 and held[0].raw[:1].isalpha() and not held[0].disputed:
                rows[held[0].raw.strip()].append(entity)
        if not 1 < len(rows) <= sum(map(len, rows.values())) / 2:
            continue
        if (
            part_of
            and all(part_of.get(entity) is not None for own in rows.values() for entity in own)
            and _is_whole(rows, part_of)
        ):
            # The column says of what they are part: that is a row of its own.
            continue
        heads = frozenset(word for name in (card.metric.name, *card.metric.aliases) for word in _words(name))
        body = any(not _BODIES.isdisjoint(_words(name)) for name in (card.metric.name, *card.metric.aliases))
        for value, members in rows.items():
            words = _words(value)
            if not 0 < len(words) <= _MOST_WORDS:
                continue
            called = _called(words, rows, taken) if body or words[0] in RESERVE else ()
            groups: dict[int | None, list[int]] = {None: members}
            if part_of:
                groups = defaultdict(list)
                for member in members:
                    groups[part_of.get(member)].append(member)
            for whole, own in groups.items():
                if 1 < len(own) < count and called and len(found) < _MOST:
                    title = value if whole is None else f"{names[whole]}, {value}"
                    reserve = words[0] in RESERVE
                    found.append(
                        Union(
                            count + len(found),
                            title,
                            called,
                            card.number,
                            tuple(own),
                            whole,
                            heads,
                            value[:1].isupper() and not reserve,
                        )
                    )
    sums, parts = _sums(found, metrics, cells, count)
    if not sums:
        return Unions()
    first: dict[str, list[Union]] = defaultdict(list)
    for union in found:
        for start in dict.fromkeys(name[0] for name in union.names):
            first[start].append(union)
    return Unions(tuple(found), {word: tuple(own) for word, own in first.items()}, parts, sums)


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.low for token in known_tokens(text[:60]) if token.low[0].isalnum())


def _is_whole(rows: Mapping[str, list[int]], part_of: Mapping[int, int]) -> bool:
    return all(len({part_of[entity] for entity in own}) == 1 for own in rows.values())


def _called(words: tuple[str, ...], rows: Mapping[str, list[int]], taken: set[str]) -> tuple[tuple[str, ...], ...]:
    """What prose may call those of a value: the value, and its first word where no other value or name has it."""
    if words[0] in RESERVE:
        return _BENCH
    names = [] if set(words) <= taken else [words]
    shared = sum(words[0] in _words(other) for other in rows) > 1
    if len(words) > 1 and not shared and words[0] not in taken and len(words[0]) > 3:
        names.append(words[:1])
    return tuple(names)


def _sums(
    unions: Sequence[Union],
    metrics: Sequence[MetricCard],
    cells: Mapping[tuple[int, int], tuple[Cell, ...]],
    count: int,
) -> tuple[dict[tuple[int, int], tuple[Cell, ...]], dict[str, tuple[str, ...]]]:
    found: dict[tuple[int, int], tuple[Cell, ...]] = {}
    parts: dict[str, tuple[str, ...]] = {}
    for card in metrics if unions else ():
        if not adds_up(card, cells, count):
            continue
        for union in unions:
            own = [cells.get((entity, card.number), ()) for entity in union.members]
            rows = [
                each[0] for each in own if len(each) == 1 and each[0].low is not None and each[0].low == each[0].high
            ]
            if len(rows) < len(own) or any(row.disputed or row.unit != rows[0].unit for row in rows):
                continue
            cell = _sum(rows, union.number)
            found[union.number, card.number] = (cell,)
            parts[cell.fact] = tuple(row.fact for row in rows)
    return found, parts


def adds_up(card: MetricCard, cells: Mapping[tuple[int, int], tuple[Cell, ...]], count: int) -> bool:
    named = {word for name in (card.metric.name, *card.metric.aliases) for word in _words(name)}
    if not card.numeric or card.is_date or card.hidden or card.derived or named & _NO_SUM:
        return False
    unit = card.unit or "1"
    if unit == "percent":
        # Shares of one whole add up; rates do not.
        rows = [own[0].low for entity in range(count) if (own := cells.get((entity, card.number), ()))]
        return _HALVES[0] <= sum((low for low in rows if low is not None), Decimal(0)) <= _HALVES[1]
    # Times, sizes and speeds of several are seldom told as one.
    return unit in ("1", "kg", "Wh", "W", "m2") or (unit.isupper() and len(unit) == 3)


def _sum(rows: Sequence[Cell], number: int) -> Cell:
    def total(values: Sequence[Decimal | None]) -> Decimal:
        return sum((value for value in values if value is not None), Decimal(0))

    first = rows[0]
    low = total([row.low for row in rows])
    written = [row.quantity.written_low for row in rows]
    alike = len({row.quantity.written_unit for row in rows}) == 1 and None not in written
    quantity = replace(
        first.quantity,
        raw=" + ".join(row.raw for row in rows)[:80],
        low=low,
        high=low,
        written_low=total(written) if alike else low,
        written_high=total(written) if alike else low,
    )
    return replace(
        first,
        fact="+".join(row.fact for row in rows),
        entity=number,
        raw=f"{quantity.raw} = {(quantity.written_low or low).normalize():f}",
        quantity=quantity,
        low=low,
        high=low,
        least=total([row.least for row in rows]),
        most=total([row.most for row in rows]),
    )


__all__ = ["RESERVE", "Union", "Unions", "adds_up", "unions_of"]
