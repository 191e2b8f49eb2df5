"""What a graded word measures: the metrics that it can speak of, and whether it speaks of any."""

from __future__ import annotations

from dataclasses import replace

from flows.check.discourse import Scene
from flows.check.forms.beside import BORNE, before, beside, borne, fronted, with_figure
from flows.check.forms.context import FormContext
from flows.check.forms.slants import Slant
from flows.check.items import Item
from flows.check.lexicon.model import measures
from flows.check.link import metrics_for
from flows.check.spoken import named_strength
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
        "machine",
        "machines",
        "device",
        "devices",
        "product",
        "products",
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

#: Why a metric named after the quality said ("more punctual") is meant.
NAMED = "named after the quality"


def slant_metrics(scene: Scene, slant: Slant, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metrics that a comparative or superlative may speak of."""
    found = _metrics(scene, slant, ctx)
    if not ctx.compiled.economies or slant.sign in ("better", "worse"):
        return found
    if "consumption" not in slant.classes and scene.line.low(slant.last + 1) not in _BURNT:
        return found
    # "thirstier", "less fuel": what uses more goes less far on a gallon.
    return tuple(
        replace(choice, flip=not choice.flip) if choice.metric in ctx.compiled.economies else choice for choice in found
    )


_BURNT = frozenset("fuel petrol gas gasoline diesel energy electricity juice".split())


def _metrics(scene: Scene, slant: Slant, ctx: FormContext) -> tuple[MetricChoice, ...]:
    signed = slant.sign in ("better", "worse")
    named = _named_by_quality(scene.line.items, slant.last, ctx) or _named_by_verb(scene, slant, ctx)
    if named:
        return named
    classes = _lasting(scene, slant, ctx)
    found = order_metrics(scene, slant.last, ctx, classes, slant.last, signed=signed, main=slant.main)
    if (
        slant.degree == "superlative"
        and not signed
        and (not found or unfit(scene, slant.first, ctx, slant.classes, found))
    ):
        return borne(scene, slant, ctx) or found
    noun = scene.line.items[slant.last + 1].concept if slant.last + 1 < len(scene.line.items) else ""
    if slant.degree == "superlative" and not signed and "any" in classes and noun not in ctx.compiled.by_concept:
        # "11.8 µs, the most allocations": the noun says what is ranked, not the figure before it.
        return with_figure(found, before(scene, slant.first))
    return found


def _named_by_quality(items: list[Item], at: int, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """ "more punctual", "the most accurate": the quality that a metric is named after (punctuality, accuracy)."""
    if items[at].low not in ("more", "less", "most", "least") or at + 1 >= len(items) or items[at + 1].kind != "w":
        return ()
    if items[at + 1].concept in ctx.compiled.by_concept:
        return ()
    for noun in quality_nouns(items[at + 1].low):
        cards = ctx.compiled.by_concept.get(ctx.compiled.lexicon.concept(noun), ())
        found = tuple(MetricChoice(number, 0.0, NAMED) for number in cards if ctx.compiled.metrics[number].numeric)
        if found:
            return found
    return ()


def _named_by_verb(scene: Scene, slant: Slant, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """ "The fastest to charge", "the fastest charging", "charges the fastest": what is done fast, where a metric with a better side is named after it
    and none of those that measure speed is."""
    if "speed" not in slant.classes or slant.base not in _SPEEDS:
        return ()
    line = scene.line
    if line.low(slant.last + 1) == "to":
        at = slant.last + 2
    elif line.low(slant.last + 1).endswith("ing"):
        at = slant.last + 1
    else:
        at = slant.first - (2 if line.low(slant.first - 1) == "the" else 1)
        if not line.low(at).endswith("s"):
            return ()
    if line.kind(at) != "w":
        return ()
    cards = [ctx.compiled.metrics[number] for number in ctx.compiled.by_concept.get(line.items[at].concept, ())]
    if any("speed" in card.classes for card in cards):
        return ()
    return tuple(MetricChoice(card.number, 0.0, NAMED) for card in cards if card.numeric and card.sign)


_SPEEDS = frozenset(("fast", "quick", "slow"))


def quality_nouns(adjective: str) -> tuple[str, ...]:
    """What the quality of an adjective is called: punctual, punctuality; stable, stability; accurate, accuracy."""
    if len(adjective) < 5:
        return ()
    nouns = [adjective + "ness", adjective + "ity"]
    if adjective.endswith("ble"):
        nouns.append(adjective[:-2] + "ility")
    elif adjective.endswith("ate"):
        nouns.append(adjective[:-2] + "cy")
    elif adjective.endswith("ent"):
        nouns.append(adjective[:-1] + "cy")
    elif adjective.endswith("y"):
        nouns.append(adjective[:-1] + "iness")
    elif adjective.endswith("ical"):
        nouns.append(adjective[:-4] + "y")
    elif adjective.endswith("e"):
        nouns.append(adjective[:-1] + "ity")
    return tuple(nouns)


_LASTING = frozenset("last lasts lasted lasting run runs ran running".split())


def _lasting(scene: Scene, slant: Slant, ctx: FormContext) -> frozenset[str]:
    """ "lasts longest": what lasts long is a time, even right after a word about a length."""
    if slant.base != "long" or scene.line.low(slant.first - 1) not in _LASTING:
        return slant.classes
    for kind in ("battery", "time"):
        if any(kind in card.classes and card.numeric for card in ctx.compiled.metrics):
            return frozenset({kind})
    return slant.classes


def order_metrics(
    scene: Scene,
    at: int,
    ctx: FormContext,
    classes: frozenset[str] | None,
    last: int,
    *,
    signed: bool = False,
    main: str = "",
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
        classes is not None
        and "any" in classes
        and (_unknown_noun(items, last + 1, ctx) or _unknown_quality(items, last, ctx))
    ):
        return ()
    found = metrics_for(scene, at, ctx.compiled, classes=classes, reach=(last + 1, stop), stays=True, main=main)
    # Anything that can be ordered: numbers, and dates for "newer".
    found = tuple(
        choice
        for choice in found
        if ctx.compiled.metrics[choice.metric].numeric or ctx.compiled.metrics[choice.metric].is_date
    )
    found = _with_a_side(found, ctx) if signed else found
    figure = beside(scene, last)
    if figure is None and found and not found[0].why.startswith("word") and "price" not in _classes(found[0], ctx):
        # Where no word names a measure, the figure that the subject has just been given does; a price is told of anything.
        figure = fronted(scene, at)
        figure = None if figure is not None and "price" in ctx.compiled.metrics[figure].classes else figure
    return with_figure(found, figure)


def _classes(choice: MetricChoice, ctx: FormContext) -> frozenset[str]:
    return ctx.compiled.metrics[choice.metric].classes


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


def _unknown_quality(items: list[Item], at: int, ctx: FormContext) -> bool:
    """ "less polished", "more forgiving": a quality that no metric is named for."""
    if items[at].low not in ("more", "less", "most", "least") or at + 1 >= len(items):
        return False
    item = items[at + 1]
    following = items[at + 2].low if at + 2 < len(items) else ""
    return (
        item.kind == "w"
        and len(item.low) > 5
        and item.low.endswith(("ed", "ing", "ive", "ful", "able", "ible", "ous"))
        and following in ("", ".", ",", ";", "than", "and", "of", ")")
        and item.concept not in ctx.compiled.vocabulary
        and item.concept not in measures(ctx.compiled.lexicon)
    )


def unfit(scene: Scene, at: int, ctx: FormContext, classes: frozenset[str], metrics: tuple[MetricChoice, ...]) -> bool:
    """No metric can carry the word: no class fits and no metric word stands near."""
    if not metrics:
        return True
    if metrics[0].why in (NAMED, BORNE):
        return False
    if "any" in classes and not any(
        (classes - {"any"}) & ctx.compiled.metrics[choice.metric].classes for choice in metrics
    ):
        linked = scene.linked or (scene.previous is not None and scene.previous.last_metric is not None)
        return not linked and named_strength(scene, at, ctx.compiled) < 0.2
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
