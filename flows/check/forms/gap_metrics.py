"""The metrics that a gap may be in: its own noun, its adjective, its verb, else what was spoken of last; and those between two metrics."""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.forms.accounted import accounted
from flows.check.forms.context import FormContext
from flows.check.forms.gap_figures import figure_after
from flows.check.forms.gap_words import GENERIC, NOUN_CLASSES, VERB_CLASSES, Gap
from flows.check.items import hedge_first
from flows.check.link import metrics_for
from flows.check.spoken import occurrences
from flows.check.typed import Form, MetricChoice, TypedClaim

#: A metric that nothing speaks of, while another was spoken of last, lies just outside every band.
UNSPOKEN = 0.65
ARTICLES = frozenset(["the", "a", "an"])


# Metrics


def metrics_of_gap(scene: Scene, gap: Gap, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metrics that the gap may be in: its own noun, its adjective, its verb, else what was spoken of last."""
    at, last = gap.at, gap.last
    cards = ctx.compiled.metrics
    unit_of = gap.stated if gap.form is Form.DIFFERENCE else figure_after(scene, at)
    classes = gap.classes if gap.classes is not None and "any" not in gap.classes else _classes_around(scene, gap, ctx)
    found = metrics_for(scene, at, ctx.compiled, stated=unit_of, classes=classes, reach=(last, _noun_end(scene, last)))
    found = tuple(
        choice
        for choice in found
        if cards[choice.metric].numeric or (cards[choice.metric].unit is not None and choice.why.startswith("word"))
    )
    if _unknown(scene, gap, ctx):
        return ()
    found = _of_verb(scene, gap, _named_by_verb(scene, gap, ctx) or found, ctx)
    found = _spoken(scene, gap, _valued(scene, gap, found, ctx), ctx)
    if gap.sign in ("better", "worse"):
        found = tuple(choice for choice in found if cards[choice.metric].sign) or found
    lowest = min((choice.cost for choice in found), default=0.0)
    return tuple(choice.at(choice.cost - lowest) for choice in found) if lowest else found


def _named_by_verb(scene: Scene, gap: Gap, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """ "polls twice as fast", "charges 20 % faster": what is done, where a metric is named after it and none measures its speed."""
    if gap.classes is None or "speed" not in gap.classes:
        return ()
    before = scene.line.items[hedge_first(scene.line.items, gap.at) - 1]
    if before.kind != "w" or not before.low.endswith("s") or before.graded is not None:
        return ()
    cards = [ctx.compiled.metrics[number] for number in ctx.compiled.by_concept.get(before.concept, ())]
    if any("speed" in card.classes for card in cards):
        return ()
    return tuple(
        MetricChoice(card.number, 0.0, f"word '{before.concept}'") for card in cards if card.numeric and card.sign
    )


def _noun_end(scene: Scene, last: int) -> int:
    """Where the noun behind a gap ends at the latest: "and bandwidth more than triples" says nothing of "8 GB" before it."""
    return next((k for k in range(last + 1, last + 4) if scene.line.low(k) in _NEXT), last + 4)


_NEXT = frozenset([",", ";", ":", "—", "–", ")", "and", "but", "while", "whereas", "yet"])


def _of_verb(scene: Scene, gap: Gap, found: tuple[MetricChoice, ...], ctx: FormContext) -> tuple[MetricChoice, ...]:
    """ "builds in half the time", "copies at twice the speed": the verb says which, whatever else is called a time."""
    items, line = scene.line.items, scene.line
    noun = next((k for k in range(gap.last + 1, gap.last + 4) if line.low(k) in NOUN_CLASSES), None)
    before = hedge_first(items, gap.at) - 1
    if noun is None or gap.form is Form.DIFFERENCE or line.low(before) not in ("in", "at", "within", "with"):
        return found
    if any(items[k].low not in ARTICLES and items[k].low != "of" for k in range(gap.last + 1, noun)):
        return found
    for place in range(before - 1, max(-1, before - 4), -1):
        if items[place].kind != "w":
            break
        if items[place].concept in ctx.compiled.by_concept:
            cards = ctx.compiled.metrics
            wanted = NOUN_CLASSES[items[noun].low]
            mine = [
                c for c in found if items[place].concept in cards[c.metric].weights and wanted & cards[c.metric].classes
            ]
            least = min((c.cost for c in mine), default=0.0)
            return (
                tuple(c.at(c.cost - least) if c in mine else c.at(max(c.cost, UNSPOKEN)) for c in found)
                if mine
                else found
            )
    return found


def _classes_around(scene: Scene, gap: Gap, ctx: FormContext) -> frozenset[str] | None:
    """What a noun behind the phrase ("three times the money") or the verb before it ("lasts twice as long") speaks of."""
    items = scene.line.items
    for place in range(gap.last + 1, min(len(items), gap.last + 4)):
        item = items[place]
        if item.kind in ("p", "n") or item.concept in ctx.compiled.by_concept:
            break
        if item.low in NOUN_CLASSES and _some(NOUN_CLASSES[item.low], ctx):
            return NOUN_CLASSES[item.low]
    depth = items[gap.at].depth
    for place in range(gap.at - 1, max(-1, gap.at - 7), -1):
        item = items[place]
        if item.kind == "p" or abs(item.depth - depth) > 0.3:
            break
        if item.concept in ctx.compiled.by_concept:
            break
        if item.low in VERB_CLASSES and _some(VERB_CLASSES[item.low], ctx):
            return VERB_CLASSES[item.low] | (gap.classes or frozenset({"any"}))
    return gap.classes


def _valued(scene: Scene, gap: Gap, found: tuple[MetricChoice, ...], ctx: FormContext) -> tuple[MetricChoice, ...]:
    """ "3 GB in the big test, twice what A needs": without a noun or adjective of its own, a ratio is in the metric of the figure before it."""
    if gap.classes is not None or gap.form is Form.DIFFERENCE:
        return found
    items = scene.line.items
    if any(item.kind == "w" and item.concept in ctx.compiled.by_concept for item in items[gap.last + 1 : gap.last + 5]):
        return found
    here = [(place, metric) for place, metric in scene.linked if place < gap.at and items[place].kind == "n"]
    if not here or items[gap.at].depth - items[max(here)[0]].depth > 0.8 or _unknown_noun(scene, gap):
        return found
    place, metric = max(here)
    if any(
        item.concept in ctx.compiled.by_concept and items[gap.at].depth - item.depth < 0.3
        for item in items[place + 1 : gap.at]
    ):
        return found
    return tuple(
        choice.at(0.0 if choice.metric == metric else max(choice.cost, UNSPOKEN), "word of the figure before")
        for choice in found
    )


def _unknown(scene: Scene, gap: Gap, ctx: FormContext) -> bool:
    """ "a third of the house": a noun that no metric, value, unit or context has; nothing can be computed of it."""
    line = scene.line
    noun = gap.last + 1
    if gap.relation != "of" or gap.form is Form.DIFFERENCE or scene.figures:
        # "With a warranty of 3 years it offers three times the cover": another word for the figure before.
        return False
    if line.low(noun) == "of":
        noun += 1
    elif line.low(gap.last) != "of" and line.low(noun) != "the":
        return False
    if line.low(noun) not in ("the", "its", "their"):
        return False
    noun += 1
    if line.kind(noun) != "w" or line.low(noun + 1) not in (
        "of",
        ",",
        ".",
        ";",
        ")",
        "",
        "and",
        "but",
        "while",
        "that",
    ):
        return False
    item = line.items[noun]
    lexicon = ctx.compiled.lexicon
    return not (
        item.low in NOUN_CLASSES
        or any(item.low in words.split() for words in lexicon.class_concepts.values())
        or item.low in GENERIC
        or item.low in lexicon.stop
        or item.low in lexicon.class_nouns
        or item.graded is not None
        or accounted(item, ctx.compiled.accounted, ctx.compiled)
    )


def _some(classes: frozenset[str], ctx: FormContext) -> bool:
    return any(card.numeric and classes & card.classes for card in ctx.compiled.metrics)


def _spoken(scene: Scene, gap: Gap, found: tuple[MetricChoice, ...], ctx: FormContext) -> tuple[MetricChoice, ...]:
    """Where no word around the gap speaks of a metric, those spoken of last are meant, and no others."""
    if gap.form is Form.DIFFERENCE or not found or _unknown_noun(scene, gap):
        return found
    context = found[0].why.startswith("word")
    if context and not occurrences(scene).keys().isdisjoint(ctx.compiled.by_concept):
        here = max((entry for entry in scene.linked if entry[0] < gap.at), default=None)
        if gap.classes is None and gap.relation == "of" and here is not None and here[1] == found[0].metric:
            # "the cheapest car, and about a third of a Kestrel": what its claims are about and words speak of.
            return tuple(c if c.metric == here[1] else c.at(max(c.cost, UNSPOKEN)) for c in found)
        return found
    if gap.classes is not None and _some(gap.classes - {"any"}, ctx):
        # "twice as wide": the adjective speaks.
        return found
    last = _last_metric(scene, gap.at)
    if last is None or all(choice.metric != last for choice in found):
        return found
    earlier = scene.extra.get("gap")
    if (
        isinstance(earlier, TypedClaim)
        and gap.classes is not None
        and earlier.sign == gap.sign
        and gap.last - earlier.items[1] <= 6
    ):
        # "20 % cheaper in, 40 % cheaper out": the same word again speaks of another metric.
        return found
    before = scene.previous.linked if scene.previous is not None and not scene.linked else []
    spoken = {last, *(metric for _, metric in before), *([found[0].metric] if context else [])}
    return tuple(
        choice if choice.metric in spoken else choice.at(max(choice.cost, UNSPOKEN))
        for choice in (choice.at(0.0) if choice.metric == last else choice for choice in found)
    )


def _unknown_noun(scene: Scene, gap: Gap) -> bool:
    """ "90 times its cost", where no metric is called so: something else than what was spoken of last."""
    line = scene.line
    return any(
        line.low(k) in NOUN_CLASSES and not any(line.low(j) in (",", ";", "and") for j in range(gap.last + 1, k))
        for k in range(gap.last + 1, gap.last + 5)
    )


def _last_metric(scene: Scene, at: int) -> int | None:
    """The metric of the nearest claim before item `at`, in the sentence or the one before."""
    here = [entry for entry in scene.linked if entry[0] < at]
    if here:
        return max(here)[1]
    earlier = scene.previous
    if earlier is None or earlier.line.sentence.paragraph != scene.line.sentence.paragraph:
        return None
    return earlier.last_metric


def two_metrics(scene: Scene, gap: Gap, ctx: FormContext) -> tuple[tuple[MetricChoice, ...], tuple[MetricChoice, ...]]:
    """One entity in two metrics of one unit: the one named before the gap, and the one named after "than" or "of"."""
    places = _named_behind(scene, gap, ctx)
    own = _named_before(scene, gap, ctx) if places else ()
    if not own:
        return (), ()
    cards = ctx.compiled.metrics
    found = metrics_for(scene, places[0], ctx.compiled, reach=(places[0], places[-1] + 1))
    if gap.classes is not None and "any" not in gap.classes:
        own = tuple(choice for choice in own if gap.classes & cards[choice.metric].classes)
    if not own:
        return (), ()
    against = tuple(
        choice
        for choice in found
        if choice.cost <= 0.4
        and cards[choice.metric].numeric
        and choice.metric != own[0].metric
        and cards[choice.metric].of_one_unit(cards[own[0].metric])
    )
    return (own, against) if against else ((), ())


def _named_before(scene: Scene, gap: Gap, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metric of the figure right before the gap, else the one that words of its clause name before it."""
    items = scene.line.items
    depth = items[gap.at].depth
    cards = ctx.compiled.metrics
    for figure in reversed(scene.figures):
        if figure.at < gap.at and abs(items[figure.at].depth - depth) <= 0.6:
            return (MetricChoice(figure.metric, 0.0, "the value before"),)
    words = [
        k
        for k in range(max(0, gap.at - 14), gap.at)
        if items[k].kind in ("w", "n")
        and items[k].concept in ctx.compiled.by_concept
        and abs(items[k].depth - depth) < 0.5
    ]
    if not words:
        bare = scene.subject_before(gap.at) is None and scene.line.low(gap.last + 1) != "the"
        last = _last_metric(scene, gap.at) if bare else None
        return (MetricChoice(last, 0.0, "spoken of last"),) if last is not None else ()
    found = metrics_for(scene, words[-1], ctx.compiled, reach=(words[0], words[-1] + 1))
    return tuple(choice for choice in found if choice.cost <= 0.3 and cards[choice.metric].numeric)


def _named_behind(scene: Scene, gap: Gap, ctx: FormContext) -> list[int]:
    """Metric words behind "than", "as" or "of", where no thing compared is named: "than its cold one", "of the list price"."""
    items = scene.line.items
    subject = scene.subject_before(gap.at)
    start = None
    for k in range(gap.last + 1, min(len(items), gap.last + 6)):
        if (
            items[k].low in ("than", "as", "of", "its")
            or scene.line.low(gap.last) == "of"
            or (k == gap.last + 1 and items[k].low == "the")
        ):
            start = k
            break
        if items[k].kind in ("p", "n", "e"):
            return []
    if start is None:
        return []
    places: list[int] = []
    for k in range(start, min(len(items), start + 7)):
        item = items[k]
        if item.kind == "e":
            mention = scene.by_at.get(k)
            own = (
                mention is not None
                and mention.how == "pronoun"
                and subject is not None
                and set(mention.entities) == set(subject.entities)
            )
            if not own:
                return []
        if item.kind == "p":
            break
        if item.degree == "superlative":
            # "than the best router": a thing that is described, no metric.
            return []
        if item.kind in ("w", "n") and item.concept in ctx.compiled.by_concept:
            places.append(k)
        elif item.low in ("and", "while", "but", "for") and k > start:
            break
    return places
