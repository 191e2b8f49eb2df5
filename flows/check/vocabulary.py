"""Vocabulary: the words of a sheet: what values and contexts tell apart, what prose may name at all, and how it is spelled."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from flows.check.lexicon import Lexicon
from flows.check.lexicon.assertions import DIMENSION_NOUNS, UNIT_NOUNS, WRITTEN_OUT
from flows.check.sheet import Cell, MetricCard
from flows.check.words import known_tokens
from flows.quantities import find_quantities
from flows.quantities.units import lookup
from schemas.checking import CheckCase


def telling_contexts(cells: Iterable[Cell], columns: Sequence[tuple[int, ...]]) -> frozenset[str]:
    """The concepts of contexts that tell the facts of one cell apart: "cpu", "50" (tabs)."""
    groups: dict[tuple[int, int], list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[cell.entity, columns[cell.metric][0]].append(cell)
    words: set[str] = set()
    for found in groups.values():
        if len(found) > 1:
            words |= frozenset.union(*(cell.where for cell in found))
            words -= frozenset.intersection(*(cell.where for cell in found))
    return frozenset(words)


def accounted_words(case: CheckCase, vocabulary: frozenset[str], lexicon: Lexicon) -> frozenset[str]:
    """What prose may name because some fact does, loosely: "config" meets "configuration" by its first five letters."""
    loose = [
        *(fact.context or "" for fact in case.facts),
        *(metric.unit or "" for metric in case.metrics),
        *(metric.name for metric in case.metrics),
    ]
    concepts = vocabulary | {lexicon.concept(token.low) for text in loose for token in known_tokens(text[:200])}
    for unit in (metric.unit for metric in case.metrics if metric.unit):
        found = lookup(unit)
        nouns = DIMENSION_NOUNS.get(found.dimension if found is not None else "", frozenset()) | UNIT_NOUNS.get(
            unit.lower(), frozenset()
        )
        for token in known_tokens(unit[:40]):
            nouns |= WRITTEN_OUT.get(token.low, frozenset())
        concepts |= {lexicon.concept(noun) for noun in nouns} | nouns
    return concepts | {concept[: 6 if len(concept) > 6 else 5] for concept in concepts if len(concept) >= 5}


def words_of_values(cells: Sequence[Cell], cards: Sequence[MetricCard]) -> tuple[tuple[frozenset[str], ...], ...]:
    """For each metric the concepts of its texts; those of them whose absence elsewhere means something; those of the latter that
    some cell affirms; and those that tell no two of its cells apart."""
    known: list[set[str]] = [set() for _ in cards]
    affirmed: list[set[str]] = [set() for _ in cards]
    common: list[set[str]] = [set() for _ in cards]
    strong: list[set[str]] = [set() for _ in cards]
    shared: list[Counter[str]] = [Counter() for _ in cards]
    sizes: Counter[int] = Counter()
    for cell in cells:
        if not cell.numeric:
            known[cell.metric] |= cell.concepts
            strong[cell.metric] |= cell.strong
            if cell.truth is not False:
                affirmed[cell.metric] |= cell.strong - cell.denied
            shared[cell.metric].update(cell.concepts)
            sizes[cell.metric] += 1
    for number in range(len(cards)):
        # A word of every cell tells nothing apart.
        if sizes[number] > 1:
            common[number] = {concept for concept, count in shared[number].items() if count == sizes[number]}
            strong[number] -= common[number]
    return tuple(
        tuple(frozenset(words) for words in each)
        for each in (known, strong, [some & all_ for some, all_ in zip(affirmed, strong, strict=True)], common)
    )


_CAPITALS = re.compile(r"\b(?:[A-Z]{2,5}|[A-Z][a-z][A-Z])\b")


def initials_of(case: CheckCase, cells: Sequence[Cell]) -> frozenset[str]:
    """Abbreviations in capitals in names and cells, in lower case."""
    texts = [
        *(cell.raw for cell in cells if not cell.numeric),
        *(name for metric in case.metrics for name in (metric.name, *metric.aliases)),
    ]
    return frozenset(found.lower() for text in texts for found in _CAPITALS.findall(text))


def spelling_of(cells: Sequence[Cell], count: int) -> tuple[frozenset[str], ...]:
    """The words of the texts of each metric as they are written, in lower case."""
    found: list[set[str]] = [set() for _ in range(count)]
    for cell in cells:
        if not cell.numeric:
            found[cell.metric].update(token.low for token in known_tokens(cell.raw[:400]))
    return tuple(frozenset(words) for words in found)


def text_words_of(
    cards: Sequence[MetricCard], known: Sequence[frozenset[str]], strong: Sequence[frozenset[str]], lexicon: Lexicon
) -> dict[str, dict[int, float]]:
    """Concept -> the textual metrics that it speaks of, in their names or in their values, and how much it says."""
    table: dict[str, dict[int, float]] = defaultdict(dict)
    spread: Counter[str] = Counter(concept for words in known for concept in words)
    plain = {
        lexicon.concept(word)
        for word in (
            "built",
            "included",
            "available",
            "supported",
            "yes",
            "not",
            "none",
            "default",
            "optional",
            "required",
        )
    }
    for card in cards:
        if card.numeric or card.is_date:
            continue
        for concept, weight in card.weights.items():
            table[concept][card.number] = max(weight, 0.3)
        for concept in known[card.number]:
            if concept in plain:
                continue
            weight = (0.7 if concept in strong[card.number] else 0.3) / spread[concept] ** 0.5
            table[concept][card.number] = table[concept].get(card.number, 0.0) + (
                weight if concept not in card.weights else 0.1
            )
    return table


_PER_SO_MANY = re.compile(r"(?:/|\bper)\s?(\d{2,}(?:,\d{3})*)\b")


def conditions_of(case: CheckCase) -> frozenset[tuple[str, str]]:
    """Figures of contexts and metric names, with their unit: they describe how something was measured."""
    texts = {fact.context for fact in case.facts if fact.context} | {
        name for metric in case.metrics for name in (metric.name, *metric.aliases)
    }
    # "$7/1000 loads": so many are what the price is for.
    so_many = {
        (number.replace(",", ""), "1") for fact in case.facts for number in _PER_SO_MANY.findall(fact.value or "")
    }
    found = frozenset(so_many).union(*(_figures(text[:300]) for text in texts))
    # "at 10 degrees" for a column "at 10 °C".
    return found | {(number, "degree") for number, unit in found if unit in ("degC", "degF")}


@lru_cache(maxsize=2048)
def _figures(text: str) -> frozenset[tuple[str, str]]:
    """The whole numbers of a name or a context, with their units."""
    return frozenset(
        (str(int(quantity.written_low)), quantity.unit or "1")
        for quantity in find_quantities(text)
        if quantity.written_low is not None
        and quantity.written_low == quantity.written_low.to_integral_value()
        and quantity.low == quantity.high
    )


def cells_by_word(cells: Sequence[Cell]) -> dict[str, tuple[Cell, ...]]:
    """Value words that tell cells apart: those that do not stand in every cell of their metric."""
    seen: dict[tuple[int, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        if not cell.numeric:
            for concept in cell.concepts:
                seen[cell.metric, concept].append(cell)
    values: dict[str, list[Cell]] = defaultdict(list)
    for (_, concept), found in seen.items():
        values[concept].extend(found)
    return {concept: tuple(found) for concept, found in values.items()}
