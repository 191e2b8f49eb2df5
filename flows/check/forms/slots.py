"""Slots of a gap: whose value stands against whose, and in which metric. One way for ratios, percents and differences.

Three things may be set against each other: two entities in one metric, one entity in two metrics ("its cold start takes
five times as long as its warm one"), and a value with a figure that the text has just given ("half of that").
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flows.check.discourse import OWNER, SUBJECT, TOPIC, Mention, Scene
from flows.check.forms.context import FormContext, changing, comparand_after, comparands_for, subjects_for
from flows.check.forms.gap_words import GAP_WORDS, GENERIC, NOUN_CLASSES, VERB_CLASSES
from flows.check.forms.parts import accounted
from flows.check.items import Item
from flows.check.link import metrics_for
from flows.check.sheet import MetricCard
from flows.check.spoken import occurrences
from flows.check.stated import Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.quantity import Kind

#: A metric that nothing speaks of, while another was spoken of last, lies just outside every band.
_UNSPOKEN = 0.65
_WITH = frozenset(["with", "for", "on", "at", "in", "under", "by", "via"])
#: Verbs that are a ratio themselves: "its fp16 mode halves the figure".
_MULTIPLIES = frozenset(
    "doubles doubled doubling halves halved halving triples tripled tripling quadruples quadrupled".split()
)
_ARTICLES = frozenset(["the", "a", "an"])


@dataclass(frozen=True, slots=True)
class Gap:
    """The words that make a number a gap: items `at`..`last`, with what they say of direction and metric."""

    at: int
    last: int
    form: Form
    stated: Stated
    relation: str
    sign: object
    classes: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Slots:
    """`against`: the other metric of the same entity. `operands`: two figures of the text that the gap lies between."""

    subjects: tuple[Choice, ...]
    comparands: tuple[Choice, ...]
    metrics: tuple[MetricChoice, ...]
    against: tuple[MetricChoice, ...] = ()
    operands: tuple[Stated, ...] = ()
    weak: bool = False
    change: bool = False
    here: frozenset[str] = frozenset()
    there: frozenset[str] = frozenset()
    across: bool = False


def slots_of(scene: Scene, gap: Gap, ctx: FormContext) -> Slots:
    """What may fill the slots of one gap, nearest first."""
    at = gap.at
    subjects, weak = subjects_for(scene, at, ctx)
    if gap.form is not Form.DIFFERENCE:
        # A ratio fits by chance: of the things a pronoun may mean, the one compared with before is the last.
        subjects = tuple(
            Choice(c.entities, max(c.cost, _UNSPOKEN), c.why) if c.why == "named before the pronoun" else c
            for c in subjects
        )
    if weak and len(scene.topic) == 2 and not scene.carried and _versus(scene):
        # "A versus B: twice the weight": of the first against the second.
        subjects = (Choice(scene.topic[:1], 0.1, "header"),)
    owner = owner_after(scene, at, gap.last) or _owner_before(scene, at)
    if owner is not None:
        subjects, weak = (Choice(owner.entities, 0.0, "named beside the phrase"),), False
    of = gap.relation in ("of", "within", "good", "gap") and owner_after(scene, at, gap.last) is None
    of = of and not _fronted(scene, gap)
    comparands = comparands_for(scene, at, ctx, subjects, after=at, of=of, pick=True)
    named = bool(comparands) and comparands[0].cost == 0.0
    step = () if named else _step_before(scene, at)
    if step:
        # The two ends of a step are all that is compared.
        subjects, comparands, named, weak = (
            (Choice(step[1], 0.0, "where it goes"),),
            (Choice(step[0], 0.0, "where it comes from"),),
            True,
            False,
        )
    halves = scene.line.items[at].low in _MULTIPLIES
    metrics = _metrics(scene, gap, ctx)
    if not named and "that" in (scene.line.low(at + 1), scene.line.low(at + 2)):
        before = _values_before(scene, at)
        if before:
            figures = _appositive(scene, gap)
            if figures:
                return Slots(subjects, comparands, metrics, operands=figures, weak=weak)
            comparands = tuple(
                Choice(entities, 0.02 + 0.1 * k, "the value before") for k, (entities, _) in enumerate(before)
            )
            spoken = dict.fromkeys(metric for _, metric in before)
            return Slots(
                subjects,
                comparands,
                tuple(MetricChoice(metric, 0.1 * k, "the value before") for k, metric in enumerate(spoken)),
                weak=weak,
            )
    operands = () if named else _figures_before(scene, gap)
    own, against = ((), ()) if named else _two_metrics(scene, gap, ctx)
    change = not against and (changing(scene.line.items, at) or gap.relation == "gap" or halves)
    here, there = contexts_around(scene, gap, ctx)
    return Slots(
        subjects,
        comparands,
        own or metrics,
        against,
        operands,
        weak,
        change and comparand_after(scene, at) is None,
        here,
        there,
        not named and bool(there or (here and (halves or scene.subject_before(at) is None))),
    )


def owner_after(scene: Scene, at: int, last: int) -> Mention | None:
    """ "17 % shorter with PDM", "35 % cheaper at Rill": the subject, where none stands before the phrase in its clause."""
    items = scene.line.items
    subject = scene.subject_before(at)
    if subject is not None and abs(items[subject.at].depth - items[at].depth) < 0.5:
        return None
    for mention in scene.mentions:
        if mention.at <= last:
            continue
        words = [item for item in items[last + 1 : mention.at] if item.low not in _ARTICLES]
        if len(words) == 1 and words[0].low in _WITH and mention.role in (OWNER, TOPIC):
            return mention
        return None
    return None


def _step_before(scene: Scene, at: int) -> tuple[tuple[int, ...], ...]:
    """ "Going from A to B doubles the price": where a step before item `at` comes from and where it goes, () for none."""
    line = scene.line
    names = [mention for mention in scene.mentions if mention.at < at]
    if len(names) != 2 or any(mention.how not in ("name", "part") or mention.possessive for mention in names):
        return ()
    words = [line.low(m.at - 2) if line.low(m.at - 1) in _ARTICLES else line.low(m.at - 1) for m in names]
    if words != ["from", "to"] or names[1].at - names[0].at > 4 or any(item.kind == "n" for item in line.items[:at]):
        return ()
    return tuple(mention.entities for mention in names)


def _versus(scene: Scene) -> bool:
    header = scene.line.sentence.header
    return header is not None and any(token.low in ("versus", "vs", "against") for token in header.tokens)


def _owner_before(scene: Scene, at: int) -> Mention | None:
    """ "A warm start of the Tamp takes a fifth ...": whose value it is, where no subject stands in the clause."""
    items = scene.line.items
    if scene.subject_before(at) is not None:
        return None
    for mention in reversed(scene.mentions):
        if mention.at > at or abs(items[mention.at].depth - items[at].depth) >= 0.5:
            continue
        if mention.role != OWNER or mention.how not in ("name", "part", "pronoun"):
            return None
        return mention if items[mention.at - 1].low in ("of", "the") and mention.at > 1 else None
    return None


def _fronted(scene: Scene, gap: Gap) -> bool:
    """ "For three times the money the Mazzo lasts longer": the name behind the phrase is the subject of the clause."""
    items = scene.line.items
    first = items[gap.at].hedge_from if items[gap.at].hedge_from >= 0 else gap.at
    if first != 1 or items[0].low not in ("for", "at", "with"):
        return False
    after = next((mention for mention in scene.mentions if mention.at > gap.last), None)
    return (
        after is not None
        and after.role == SUBJECT
        and not after.possessive
        and not any(item.low in ("of", "as", "than", "what") for item in items[gap.last + 1 : after.at])
    )


# Metrics


def _metrics(scene: Scene, gap: Gap, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """The metrics that the gap may be in: its own noun, its adjective, its verb, else what was spoken of last."""
    at, last = gap.at, gap.last
    cards = ctx.compiled.metrics
    unit_of = gap.stated if gap.form is Form.DIFFERENCE else figure_after(scene, at)
    classes = gap.classes if gap.classes is not None and "any" not in gap.classes else _classes_around(scene, gap, ctx)
    found = metrics_for(scene, at, ctx.compiled, stated=unit_of, classes=classes, reach=(last, last + 4))
    found = tuple(
        choice
        for choice in found
        if cards[choice.metric].numeric or (cards[choice.metric].unit is not None and choice.why.startswith("word"))
    )
    if _unknown(scene, gap, ctx):
        return ()
    found = _of_verb(scene, gap, found, ctx)
    found = _spoken(scene, gap, _valued(scene, gap, found, ctx), ctx)
    if gap.sign in ("better", "worse"):
        found = tuple(choice for choice in found if cards[choice.metric].sign) or found
    lowest = min((choice.cost for choice in found), default=0.0)
    return tuple(choice._replace(cost=choice.cost - lowest) for choice in found) if lowest else found


def _of_verb(scene: Scene, gap: Gap, found: tuple[MetricChoice, ...], ctx: FormContext) -> tuple[MetricChoice, ...]:
    """ "builds in half the time", "copies at twice the speed": the verb says which, whatever else is called a time."""
    items, line = scene.line.items, scene.line
    noun = next((k for k in range(gap.last + 1, gap.last + 4) if line.low(k) in NOUN_CLASSES), None)
    before = (items[gap.at].hedge_from if items[gap.at].hedge_from >= 0 else gap.at) - 1
    if noun is None or gap.form is Form.DIFFERENCE or line.low(before) not in ("in", "at", "within", "with"):
        return found
    if any(items[k].low not in _ARTICLES and items[k].low != "of" for k in range(gap.last + 1, noun)):
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
                tuple(
                    c._replace(cost=c.cost - least) if c in mine else c._replace(cost=max(c.cost, _UNSPOKEN))
                    for c in found
                )
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
        choice._replace(
            cost=0.0 if choice.metric == metric else max(choice.cost, _UNSPOKEN),
            why="word of the figure before",
        )
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
            return tuple(c if c.metric == here[1] else c._replace(cost=max(c.cost, _UNSPOKEN)) for c in found)
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
        choice if choice.metric in spoken else choice._replace(cost=max(choice.cost, _UNSPOKEN))
        for choice in (choice._replace(cost=0.0) if choice.metric == last else choice for choice in found)
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


def _two_metrics(scene: Scene, gap: Gap, ctx: FormContext) -> tuple[tuple[MetricChoice, ...], tuple[MetricChoice, ...]]:
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
        and _of_one_unit(cards[choice.metric], cards[own[0].metric])
    )
    return (own, against) if against else ((), ())


def _of_one_unit(one: MetricCard, other: MetricCard) -> bool:
    """Whether a gap between two metrics makes sense: counts of passengers and of cars have no unit in common."""
    return one.unit == other.unit and (one.unit not in (None, "1") or one.metric.unit == other.metric.unit)


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


# Contexts

_SPLIT = frozenset(["than", "as", "of", "against", "versus", "vs", "compared", "over", "from", "to"])
_NEXT = frozenset(["and", "while", "but", "whereas", "which", "though"])


def contexts_around(scene: Scene, gap: Gap, ctx: FormContext) -> tuple[frozenset[str], frozenset[str]]:
    """The words of contexts on the subject's side of a gap, and behind "than" or the thing compared."""
    telling = ctx.compiled.context_words
    if not telling:
        return frozenset(), frozenset()
    items = scene.line.items
    depth = items[gap.at].depth
    here: set[str] = set()
    there: set[str] = set()
    split = False
    earlier = scene.extra.get("gap")
    for k, item in enumerate(items):
        if gap.at <= k <= gap.last or abs(item.depth - depth) > 0.8:
            continue
        if k > gap.last:
            if (item.kind == "p" and item.low not in "'\"-") or item.low in _NEXT:
                break
            split = split or item.low in _SPLIT
        words = {item.concept} if item.kind != "e" else set()
        if item.kind == "n":
            words |= {scene.concept(word) for word in item.low.split() if word.isalpha()}
        (there if split else here).update(words & telling)
    if isinstance(earlier, TypedClaim) and earlier.items[1] <= gap.at:
        # "8 times quicker than A in fp32 and six times quicker than A in fp16": the subject's side was named before.
        here = (here - earlier.there) or set(earlier.here)
    return frozenset(here), frozenset(there)


# What the text itself gives


def _values_before(scene: Scene, at: int) -> list[tuple[tuple[int, ...], int]]:
    """The cells that the figures before item `at` were found to be of, nearest first: what "that" may mean."""
    here = [figure for figure in scene.figures if figure.at < at]
    found = here or (scene.previous.figures if scene.previous is not None else [])
    return [(figure.entities, figure.metric) for figure in reversed(found)]


def _appositive(scene: Scene, gap: Gap) -> tuple[Stated, ...]:
    """ "480 km; on the motorway 240, half of that": the figure right before the gap, and the one before that."""
    items = scene.line.items
    first = items[gap.at].hedge_from if items[gap.at].hedge_from >= 0 else gap.at
    back = first - 1
    while back >= 0 and items[back].low in (",", "or", "(", "just", "only", "about", "—", "–", "exactly"):
        back -= 1
    if back < 0 or items[back].kind != "n":
        return ()
    return _two_figures(items, first)


def _figures_before(scene: Scene, gap: Gap) -> tuple[Stated, ...]:
    """ "from 29 mpg to 32.2 mpg, an improvement of 11 %": the two figures right before a gap, of one unit, in the sentence."""
    items, at = scene.line.items, gap.at
    words = [items[k].low for k in range(max(0, at - 5), min(len(items), at + 5)) if items[k].text.islower()]
    gapped = gap.relation == "gap" or any(word in GAP_WORDS for word in words)
    if not gapped or (gap.form is Form.DIFFERENCE and gap.stated.quantity.unit in (None, "1", "ratio")):
        return ()
    return _two_figures(items, at)


def figures_apposed(scene: Scene, gap: Gap) -> tuple[Stated, ...]:
    """ "76 s with A and 388 s with B, five times as long": the two figures that the gap, behind a comma, sums up."""
    items = scene.line.items
    first = items[gap.at].hedge_from if items[gap.at].hedge_from >= 0 else gap.at
    back = first - 1
    while back >= 0 and items[back].low in (
        "or",
        "just",
        "only",
        "about",
        "a",
        "an",
        "by",
        "so",
        "that's",
        "is",
        "that",
    ):
        back -= 1
    if back < 1 or items[back].low not in (",", "(", "—", "–", ":", "-"):
        return ()
    if any(item.kind in ("e", "n") for item in items[gap.last + 1 : gap.last + 4]):
        return ()
    figures = _two_figures(items, first)
    if not figures or any(figure.low <= 0 for figure in figures):
        return ()
    later, earlier = figures
    if gap.sign == "up" and later.low < earlier.low and gap.stated.low >= 1:
        return ()
    if gap.sign == "down" and later.low > earlier.low:
        return ()
    return figures


def _two_figures(items: list[Item], at: int) -> tuple[Stated, ...]:
    """The two figures of one unit before item `at`, the nearer first."""
    found: list[Stated] = []
    for position in range(at - 1, -1, -1):
        earlier = items[position].stated
        if items[position].kind != "n" or earlier is None or earlier.is_range:
            continue
        if earlier.quantity.unit in ("ratio", "percent", "pp") or earlier.quantity.kind is Kind.DATE:
            if earlier.quantity.kind is Kind.DATE or earlier.exact:
                continue
            break
        if found and (earlier.quantity.unit or "1") != (found[0].quantity.unit or "1"):
            if (
                "1" in (earlier.quantity.unit or "1", found[0].quantity.unit or "1")
                and found[0].quantity.unit in (None, "1")
                and earlier.quantity.written_low
                and earlier.quantity.low is not None
            ):
                scale = earlier.quantity.low / earlier.quantity.written_low
                found[0] = replace(found[0], low=found[0].low * scale, high=found[0].high * scale)
            else:
                break
        found.append(earlier)
        if len(found) == 2:
            between = [items[k].low for k in range(position, at)]
            return tuple(found) if not any(word in ("but", "while", "whereas") for word in between) else ()
    return ()


def figure_after(scene: Scene, at: int) -> Stated | None:
    """ "roughly twice Redis's 190K": the figure after the name says in which unit the two are compared."""
    items = scene.line.items
    for position in range(at + 1, min(len(items), at + 7)):
        if (
            items[position].kind == "n"
            and items[position - 1].low == "at"
            and items[position].unit not in (None, "1", "ratio", "percent")
        ):
            # "twice as fast at 142 tokens a second"
            return items[position].stated
        if (
            items[position].kind == "n"
            and items[position].stated is not None
            and position >= 2
            and items[position - 1].low in ("'s", "'")
            and items[position - 2].kind == "e"
        ):
            return items[position].stated
        if items[position].kind == "p" and items[position].low not in "'":
            return None
    return None


__all__ = ["Gap", "Slots", "figure_after", "figures_apposed", "owner_after", "slots_of"]
