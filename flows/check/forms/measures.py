"""What a graded word measures: the metrics that it can speak of, and whether it speaks of any."""

from __future__ import annotations

from functools import lru_cache

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext, Slant
from flows.check.items import Item
from flows.check.lexicon import Lexicon
from flows.check.link import metrics_for, named_strength
from flows.check.typed import MetricChoice

_TASTE = frozenset(
    [
        "step",
        "leap",
        "deal",
        "jump",
        "part",
        "role",
        "concern",
        "issue",
        "problem",
        "question",
        "picture",
        "reason",
        "sense",
        "thing",
        "choice",
        "pick",
        "option",
        "fit",
        "bet",
        "suited",
        "suit",
        "match",
        "for",
        "value",
        "experience",
        "deal",
        "all-rounder",
        "candidate",
        "starting",
        "place",
        "way",
        "if",
        "when",
        "overall",
    ]
)
#: Nouns that name no measure of their own: what they size follows from the rest of the sentence.
_VAGUE_NOUNS = frozenset(
    [
        "number",
        "numbers",
        "figure",
        "figures",
        "amount",
        "share",
        "value",
        "values",
        "count",
        "counts",
        "total",
        "result",
        "results",
        "score",
        "scores",
        "file",
        "files",
        "output",
        "outputs",
        "build",
        "margin",
        "gap",
        "lead",
        "pixels",
        "pixel",
        "of",
        "than",
        "among",
        "overall",
        "option",
        "pick",
        "one",
        "ones",
        "spot",
        "place",
        "end",
        "side",
        "average",
        "footprint",
        "times",
        "time",
        "entry",
        "model",
        "version",
        "member",
        "half",
        "part",
        "piece",
        "thing",
        "name",
        "here",
        "listed",
    ]
)
_PLAIN_MEASURES = frozenset(
    [
        "memory",
        "ram",
        "price",
        "cost",
        "storage",
        "latency",
        "throughput",
        "battery",
        "weight",
        "noise",
        "brightness",
        "warranty",
        "resolution",
        "bandwidth",
        "consumption",
        "mileage",
        "accuracy",
        "reliability",
        "durability",
        "uptime",
        "availability",
        "popularity",
        "downloads",
        "stars",
        "torque",
        "horsepower",
        "power",
        "temperature",
    ]
)


def cover(items: list[Item], first: int, last: int) -> None:
    for position in range(first, min(last, len(items) - 1) + 1):
        items[position].covered = True


def order_metrics(
    scene: Scene, at: int, ctx: FormContext, classes: frozenset[str] | None, last: int, *, signed: bool = False
) -> tuple[MetricChoice, ...]:
    """Metrics for a relation; a graded word of a class is a word about that class even without a noun."""
    stop = last + 1
    items = scene.line.items
    while (
        stop < len(items)
        and stop <= last + 4
        and items[stop].kind == "w"
        and items[stop].low not in ("than", "and", "but", "in", "at", "on", "of", "for")
    ):
        stop += 1
    if _unknown_measure(items, last + 1, stop, ctx) or (
        classes is not None and "any" in classes and _unknown_noun(items, last + 1, ctx)
    ):
        return ()
    found = metrics_for(scene, at, ctx.compiled, classes=classes, reach=(last + 1, stop))
    # Anything that can be ordered: numbers, and dates for "newer".
    found = tuple(
        choice
        for choice in found
        if ctx.compiled.metrics[choice.metric].numeric or ctx.compiled.metrics[choice.metric].is_date
    )
    return _with_a_side(found, ctx) if signed else found


def _with_a_side(found: tuple[MetricChoice, ...], ctx: FormContext) -> tuple[MetricChoice, ...]:
    """ "Faster", "better" can only speak of metrics that have a better side, where there are any."""
    sided = tuple(choice for choice in found if ctx.compiled.metrics[choice.metric].sign)
    lowest = min((choice.cost for choice in sided), default=0.0)
    return tuple(MetricChoice(choice.metric, choice.cost - lowest, choice.why) for choice in sided) or found


def _unknown_measure(items: list[Item], first: int, last: int, ctx: FormContext) -> bool:
    """ "the least memory" where no metric speaks of memory: the noun names a measure that the facts do not have."""
    compiled = ctx.compiled
    for position in range(first, last):
        concept = items[position].concept
        if concept in compiled.by_concept:
            return False
        classes = measures(compiled.lexicon).get(concept)
        if (
            classes
            and items[position].low in _PLAIN_MEASURES
            and not any(classes & card.classes for card in compiled.metrics)
        ):
            return True
    return False


def _unknown_noun(items: list[Item], at: int, ctx: FormContext) -> bool:
    """ "fewer plugins", "the biggest community": the thing counted or sized is nothing that the facts speak of."""
    if at >= len(items):
        return False
    item, compiled = items[at], ctx.compiled
    return (
        item.kind == "w"
        and len(item.low) > 3
        and item.graded is None
        and not item.low.endswith(("ly", "ing", "ed"))
        and item.low not in compiled.lexicon.stop
        and item.low not in compiled.class_nouns
        and item.low not in _TASTE
        and item.low not in _VAGUE_NOUNS
        and item.concept not in compiled.vocabulary
        and item.concept not in measures(compiled.lexicon)
    )


@lru_cache(maxsize=8)
def measures(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Concepts of general measures (memory, price, latency) -> their classes."""
    table: dict[str, set[str]] = {}
    for name, words in lexicon.class_concepts.items():
        for word in words.split():
            table.setdefault(lexicon.concept(word), set()).add(name)
    return {concept: frozenset(names) for concept, names in table.items()}


def unfit(scene: Scene, at: int, ctx: FormContext, classes: frozenset[str], metrics: tuple[MetricChoice, ...]) -> bool:
    """No metric can carry the word: no class fits and no metric word stands near."""
    if not metrics:
        return True
    if "any" in classes:
        return named_strength(scene, at, ctx.compiled) < 0.2 and not (
            scene.linked or (scene.previous is not None and scene.previous.last_metric is not None)
        )
    return False


def is_taste(scene: Scene, slant: Slant, nxt: str) -> bool:
    """ "the better choice", "better suited": advice unless a metric is named."""
    return slant.base in ("good", "bad", "strong", "more", "far", "big", "large", "small") and nxt in _TASTE


def is_universal(scene: Scene, at: int, last: int) -> bool:
    """ "in every test", "across the board": the order must hold for every metric it can speak of."""
    words = f" {scene.line.words(last + 1, last + 9)} "
    return any(
        phrase in words
        for phrase in (
            " in every ",
            " in all ",
            " on every ",
            " across the board",
            " in each ",
            " in both ",
            " on all ",
            " every single ",
        )
    )
