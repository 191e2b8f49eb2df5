"""Wording: strings of the sheet that a text may repeat as they stand: names of metrics, and cells with figures in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from schemas.catalogue import MetricKind
from schemas.checking import CheckCase

#: Longest cell, in characters, that a text would repeat.
_LONGEST = 120
#: By how many characters a word is known to begin no phrase.
HEAD = 4


@dataclass(frozen=True, slots=True)
class Phrase:
    """`key`: the string in lower case without blanks. `metrics`: those it names, or in whose cells it stands."""

    key: str
    metrics: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Phrases by the first two characters of their keys, the longest first."""

    titles: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    values: Mapping[str, tuple[Phrase, ...]] = field(default_factory=dict)
    #: The first characters of any of them: none (a quotation mark leaves nothing), one, two, up to `HEAD`.
    beginnings: frozenset[str] = frozenset()


@lru_cache(maxsize=8192)
def key_of(text: str) -> str:
    """Lower case, no blanks, one kind of dash and of multiplication sign, no quotes or emphasis."""
    return _DROPPED.sub("", text.lower().replace("×", "x").replace("–", "-").replace("‑", "-"))


_DROPPED = re.compile(r"[\s\"'`*_“”‘’]+")


def read_wording(case: CheckCase) -> Wording:
    """The phrases of a case."""
    at = {metric.id: number for number, metric in enumerate(case.metrics)}
    titles: dict[str, set[int]] = defaultdict(set)
    for metric in case.metrics:
        for name in (metric.name, *metric.aliases):
            if len(name.split()) > 1:
                titles[key_of(_UNIT.sub("", name))].add(at[metric.id])
    values: dict[str, set[int]] = defaultdict(set)
    for fact in case.facts:
        number = at.get(fact.metric)
        if (
            number is None
            or not fact.value
            or len(fact.value) > _LONGEST
            or case.metrics[number].kind in (MetricKind.QUANTITY, MetricKind.DATE)
        ):
            continue
        for part in parts_of(fact.value):
            values[part].add(number)
    named, told = _table(titles), _table(values)
    return Wording(
        named,
        told,
        frozenset(
            phrase.key[:size]
            for table in (named, told)
            for phrases in table.values()
            for phrase in phrases
            for size in range(HEAD + 1)
        ),
    )


_UNIT = re.compile(r"\s*\([^()]{1,12}\)\s*$")
_SPLIT = re.compile(r"[;,(]\s*|\)")


def parts_of(raw: str) -> tuple[str, ...]:
    """The keys of a cell: the whole, and each of its parts that has a figure beside a word."""
    whole = [key_of(raw)] if any(char.isalpha() for char in raw) or not raw.strip().isdigit() else []
    pieces = [
        key_of(piece)
        for piece in _SPLIT.split(raw)
        if any(char.isdigit() for char in piece) and sum(char.isalpha() for char in piece) > 1
    ]
    return tuple(dict.fromkeys(key for key in (*whole, *pieces) if len(key) > 1))


def _table(found: Mapping[str, Iterable[int]]) -> dict[str, tuple[Phrase, ...]]:
    table: dict[str, list[Phrase]] = defaultdict(list)
    for key, metrics in sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])):
        if len(key) > 1:
            table[key[:2]].append(Phrase(key, tuple(sorted(metrics))))
    return {first: tuple(phrases) for first, phrases in table.items()}


def match(lows: Sequence[str], at: int, table: Mapping[str, tuple[Phrase, ...]]) -> tuple[Phrase, int] | None:
    """The longest phrase that begins at item `at` and ends with an item, and how many items it takes. `lows`: keys of the items."""
    head = first = lows[at]
    if len(head) < 2 and at + 1 < len(lows):
        head += lows[at + 1]
    for phrase in table.get(head[:2], ()):
        key, joined, stop = phrase.key, "", at
        if not key.startswith(first):
            continue
        while stop < len(lows) and len(joined) < len(key):
            joined += lows[stop]
            stop += 1
        if joined == key:
            return phrase, stop - at
    return None
