"""Cards: what prose may call each metric, how much each of the words says, and what kind of thing the metric measures."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from flows.check.cells import UNIT_WORDS
from flows.check.lexicon import Lexicon
from flows.check.lexicon.model import measures
from flows.check.sheet import Cell, MetricCard
from flows.check.words import known_tokens, number_concept
from flows.quantities.units import is_currency, lookup, same_dimension
from schemas.catalogue import Direction, MetricKind
from schemas.checking import CheckMetric
from schemas.quantity import Quantity


def own_words(name: str) -> str:
    """A metric's name without what it is relative to: "time vs. msgspec structs" speaks of time."""
    return _RELATIVE.split(name)[0] or name


_RELATIVE = re.compile(r"\b(?:vs\.?|versus|relative to|compared (?:to|with)|against)\s", re.I)


@lru_cache(maxsize=1024)
def size_of(unit: str | None) -> Decimal | None:
    """The size of a written unit in the canonical one of its dimension; None for money and what is no unit."""
    found = lookup(unit.split("/")[0].split(" per ")[0].strip()) if unit else None
    return found.factor if found is not None and not is_currency(found) else None


def read_cards(metrics: Sequence[CheckMetric], cells: Iterable[Cell], lexicon: Lexicon) -> tuple[MetricCard, ...]:
    """A card for each metric, in order: its unit and kind from its cells, its words from its names."""
    units: dict[int, Counter[str]] = defaultdict(Counter)
    numeric: Counter[int] = Counter()
    written: dict[int, set[Decimal]] = defaultdict(set)
    total: Counter[int] = Counter()
    inside: dict[int, list[Quantity]] = defaultdict(list)
    for cell in cells:
        inside[cell.metric].extend(cell.numbers)
        total[cell.metric] += 1
        if cell.numeric:
            numeric[cell.metric] += 1
            units[cell.metric][cell.unit or "1"] += 1
            factor = size_of(cell.quantity.written_unit or metrics[cell.metric].unit)
            if factor is not None:
                written[cell.metric].add(factor)
    vocabulary = [_phrases(metric, lexicon) for metric in metrics]
    group = {number: units[number].most_common(1)[0][0] if units[number] else "" for number in range(len(metrics))}
    sizes = Counter(group.values())
    # How rare a word is among the metrics that a number could be confused with: those of one unit.
    spread: Counter[tuple[str, str]] = Counter(
        (group[number], concept)
        for number, phrases in enumerate(vocabulary)
        for concept in {c for phrase in phrases for c in phrase}
    )
    cards: list[MetricCard] = []
    for number, (metric, phrases) in enumerate(zip(metrics, vocabulary, strict=True)):
        size = sizes[group[number]]
        weights = {
            concept: math.log(1 + size / spread[group[number], concept]) / math.log(1 + size)
            for phrase in phrases
            for concept in phrase
        }
        for word in (*_unit_nouns(metric), *_called(metric)):
            weights.setdefault(lexicon.concept(word), 0.5)
        unit = units[number].most_common(1)[0][0] if units[number] else None
        figures = numeric[number] * 2 >= total[number] and numeric[number] > 0
        cards.append(
            MetricCard(
                number=number,
                metric=metric,
                unit=unit,
                numeric=figures,
                weights=weights,
                phrases=phrases,
                classes=_classes(metric, unit, set(weights), lexicon),
                sign={Direction.HIGHER: 1, Direction.LOWER: -1, Direction.NEUTRAL: 0}[metric.direction],
                numbers=tuple(inside[number]),
                # "unlimited", "unlimited", "3": a bare figure can be of a column of words, too.
                units=frozenset(units[number]) - ({"1"} if figures else frozenset()),
                sizes=frozenset(written[number]),
                hidden="#" in metric.id,
                derived=unit == "ratio"
                and bool(
                    {"relative", "vs", "versus", "ratio", "normalized", "normalised"}
                    & {token.low for token in known_tokens(metric.name)}
                ),
            )
        )
    cards = [replace(card, plainer=plainer) if (plainer := _plainer(card, cards)) else card for card in cards]
    if any("price" in card.classes and card.unit not in (None, "1", "percent") for card in cards):
        # Where prices are stated in money, "the cheapest" does not speak of a price rise in percent.
        cards = [
            replace(card, classes=card.classes - {"price"}) if card.unit in (None, "1", "percent") else card
            for card in cards
        ]
    return tuple(cards)


def _plainer(card: MetricCard, cards: Sequence[MetricCard]) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """ "Insert" beside "Insert 100 rows": what a text names in full when it leaves out the number of the other name."""
    if not card.phrases or not all(any(word[:1].isdigit() for word in phrase) for phrase in card.phrases):
        return ()
    return tuple(
        (other.number, phrase)
        for other in cards
        if other.unit == card.unit or (other.unit and card.unit and same_dimension(other.unit, card.unit))
        for phrase in other.phrases
        if any(set(phrase) < set(own) for own in card.phrases)
    )


def _phrases(metric: CheckMetric, lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    return _phrases_of((metric.name, *metric.aliases), lexicon)


@lru_cache(maxsize=2048)
def _phrases_of(names: tuple[str, ...], lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """The concepts of each name of a metric, in order."""
    phrases: list[tuple[str, ...]] = []
    for name in names:
        plain = UNIT_WORDS.sub(
            lambda found: "" if lookup(found.group(1)) is not None else found.group(), own_words(name[:200])
        )
        phrase = tuple(
            number_concept(token.low.replace(",", ""))
            if token.low[0].isdigit()
            # "TO" for turnovers is not the "to" of prose.
            else token.text
            if token.low in _WEAK_NAME_WORDS
            else lexicon.concept(token.low)
            for token in known_tokens(plain)
            if token.low[0].isalnum()
            and (token.low not in _WEAK_NAME_WORDS or (token.text.isupper() and len(token.text) > 1))
            and (len(token.low) > 1 or token.low.isdigit())
        )
        parts = (
            tuple(
                lexicon.concept(word.lower()) for word in _CAMEL.findall(plain) if word.lower() not in _WEAK_NAME_WORDS
            )
            if _HUMPS.search(plain)
            else ()
        )
        if parts and parts not in phrases:
            phrases.append(parts)
        if not phrase and (single := known_tokens(plain)):
            phrase = (single[0].low,)
        if phrase and phrase not in phrases:
            phrases.append(phrase)
    return tuple(phrases)


#: "StaticAll time": the words inside a joined name.
_HUMPS = re.compile(r"[a-z][A-Z]")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}(?![a-z])|\d+")


def _unit_nouns(metric: CheckMetric) -> tuple[str, ...]:
    """The words of the column's unit that prose may use as a noun: "shots", "lines", "req"."""
    return tuple(
        token.low
        for token in known_tokens((metric.unit or "")[:40])
        if len(token.low) >= 3
        and token.low.isalpha()
        and token.low != "per"
        and (
            (unit := lookup(token.low)) is None
            or ((metric.unit or "").lower() == token.low and unit.dimension == "count")
        )
    )


def _called(metric: CheckMetric) -> tuple[str, ...]:
    """What prose calls a high percentile, and how far a thing goes on its fuel."""
    if any(_PERCENTILE.search(name[:200]) for name in (metric.name, *metric.aliases)):
        return ("tail",)
    return ("mileage",) if (metric.unit or "").lower() in ("mpg", "km/l", "l/100 km", "l/100km") else ()


_PERCENTILE = re.compile(r"\bp9\d+|percentile|\b9\d(?:\.\d+)?th\b", re.I)


_WEAK_NAME_WORDS = frozenset(
    "up get use used 's a no it you can be do has have than out its of the an for in on per to and or with by at is from built".split()
)


def _classes(metric: CheckMetric, unit: str | None, concepts: set[str], lexicon: Lexicon) -> frozenset[str]:
    """What kind of thing the metric measures, from its unit first and its words second."""
    known = measures(lexicon)
    classes = {name for concept in concepts if concept in known for name in known[concept]}
    lower = metric.direction is Direction.LOWER
    if unit == "percent" and lexicon.concept("compression") in concepts:
        classes.add("size")
    match unit:
        case "s" | "s/op" | "min" | "h":
            classes.add("time")
            classes.discard("price")
            if lower or (metric.direction is Direction.NEUTRAL and "battery" not in classes):
                classes.add("speed")
            elif metric.direction is Direction.HIGHER:
                classes.discard("speed")
        case "month" | "year":
            classes.add("time")
            classes.discard("date")
            if lexicon.concept("age") in concepts:
                classes = {"age"}
        case "byte" | "bit":
            classes |= {"memory" if "memory" in classes else "size"}
            classes.discard("speed")
        case "byte/s" | "bit/s" | "1/s" | "m/s":
            classes.add("speed")
            classes.discard("price")
        case "kg":
            classes = {"weight"}
        case "m":
            classes.add("length")
        case "W":
            classes.add("power")
        case "year-date":
            classes = {"date"}
        case "Hz":
            # A refresh rate is no speed, a clock's is.
            if lexicon.concept("speed") not in concepts and lexicon.concept("clock") not in concepts:
                classes.discard("speed")
        case "dB":
            classes.add("noise")
        case _:
            pass
    if unit not in (None, "year-date", "1"):
        classes.discard("date")
    measured = lookup(unit.split("/")[0]) if unit not in (None, "1", "percent") else None
    if measured is not None:
        if is_currency(measured):
            classes = {"price"}
        else:
            # A refresh rate or a charging power is no price, whatever its words may also mean.
            classes.discard("price")
    if metric.direction is Direction.HIGHER and "efficiency" not in classes:
        # Of the power that an engine gives, more is better: it is none that is used up.
        classes.discard("consumption")
    if metric.kind is MetricKind.DATE:
        classes = {"date"}
    return frozenset(classes)
