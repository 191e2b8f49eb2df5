"""Link: which entities and which metrics a phrase may be about, each with a cost and the reason for it.

Costs are graded: 0 is a grammatical tie ("Flask's 35 MB"), 0.1 the subject of the clause, 0.2 and more what is carried from
before, 0.7 and more what merely stands nearby. Nothing here looks at a value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter, itemgetter

from flows.check.carry import carried_metrics, taken, turns
from flows.check.discourse import COMPARAND, OWNER, SUBJECT, TOPIC, Mention, Scene
from flows.check.items import Item
from flows.check.sheet import Compiled, MetricCard, size_of
from flows.check.stated import Stated
from flows.check.typed import Choice, MetricChoice
from flows.quantities.units import convert, is_currency, lookup, same_dimension

_NEUTRAL_BETWEEN = frozenset(
    [
        "at",
        "with",
        "is",
        "was",
        "of",
        "just",
        "only",
        "about",
        "around",
        "roughly",
        "some",
        "approximately",
        "nearly",
        "almost",
        "(",
        ":",
        "–",
        "—",
        "-",
        "on",
        "to",
        "'s",
        "'",
        "has",
        "had",
        "gets",
        "an",
        "a",
        "the",
        "=",
        "needs",
        "takes",
        "uses",
        "using",
        "scoring",
        "reaching",
        "hits",
        "costs",
        "under",
        "over",
    ]
)
_OWNER_WORDS = frozenset(["for", "of", "in", "on", "from", "with", "by", "at", "on"])
#: A grammatical tie between a figure and its owner; what may still compete with it; and how far the rest is put.
TIED, BESIDE, APART = 0.02, 0.12, 0.65
#: What a unit that the metric's cells are not written in takes from its words.
STRANGE = 0.25
#: What the unit of a figure fits only but for a period or the like, where it fits nothing else.
LOOSE = 0.3
#: How much better a metric must be announced than another to leave no choice.
TOLD = 0.2
#: What the words shared with the metric of the figure before say.
SIBLING = 0.3
#: How much less a word says where the rest of the metric's name is left out.
UNSAID = 0.15
#: How much less a name with a number that nobody says speaks than the name that is all said.
PLAIN = 0.5
#: Below this the words around a figure speak of no metric.
FAINT = 0.15
_CONTEXT = {"previous": 0.33, "header": 0.45, "question": 0.75}


def entity_of(name: int) -> tuple[int, ...]:
    return (name,)


def owners(scene: Scene, at: int, compiled: Compiled) -> tuple[tuple[Choice, ...], bool]:
    """Whose value number `at` may be, nearest first; and whether the link is weak (carried without a pronoun)."""
    items = scene.line.items
    found: dict[tuple[int, ...], Choice] = {}
    tied = _tied(scene, at)

    def add(entities: tuple[int, ...], cost: float, why: str) -> None:
        if tied and entities != tied:
            # The clause says whose the number is: whoever is named elsewhere is farther than any doubt.
            cost += _ELSEWHERE
        if entities and (entities not in found or found[entities].cost > cost):
            found[entities] = Choice(entities, cost, why)

    add(tied, 0.0, "told beside the number")
    start = items[at].hedge_from if items[at].hedge_from >= 0 else at
    _possessor(scene, start, add)
    _named_after(scene, at, add)
    _told_by(scene, start, at, add)
    _directly_before(scene, start, add)
    _against(scene, start, compiled, add)
    subject = scene.subject_before(at)
    asked = _asked(scene, at) if subject is None else ()
    if asked:
        add(asked, 0.02, "asked about")
    if subject is not None and subject.how == "noone":
        # "Nobody needs less, 0.28 MB": the figure is that of the one who leads.
        add(subject.otherwise, 0.1, "whom nobody passes")
    elif subject is not None:
        add(subject.entities, 0.1, "subject of the clause")
        add(subject.otherwise, 0.45, "the other subject before")
    elif (later := scene.subject_after(at)) is not None and items[later.at].depth - items[at].depth < 1.0:
        add(later.entities, 0.18, "subject after the number")
    if subject is not None and subject.how == "part" and len(subject.entities) > 1:
        # "the Corolla" for three model years: one of them is meant.
        for entity in subject.entities:
            add((entity,), 0.2, "one of the group")
    weak = subject is None and len(scene.topic) != 1
    if weak and _definite(scene, at):
        for entity in range(compiled.entity_count):
            add((entity,), 0.3, "the one described")
    if _of_change(items, at):
        weak = True
        for entity in range(compiled.entity_count):
            add((entity,), 0.4, "one state of a change")
    if scene.topic:
        for entity in scene.topic:
            add((entity,), 0.15 if len(scene.topic) == 1 and subject is None else 0.35, "header")
    if subject is None and scene.carried:
        add(scene.carried, 0.25, "carried subject")
        add(scene.carried_too, 0.45, "the other subject before")
    elif scene.carried:
        add(scene.carried, 0.8, "carried subject")
    for mention in scene.mentions:
        if mention.how in ("name", "part", "pronoun"):
            near = abs(items[mention.at].depth - items[at].depth)
            add(
                mention.entities,
                0.7 + 0.2 * near + (0.1 if mention.role == COMPARAND else 0.0),
                "named in the sentence",
            )
    for entity in scene.before[-3:]:
        add((entity,), 0.8 if weak else 1.1, "named before")
    if len(found) == 0 or (weak and _only_compared(scene, at)):
        weak = True
        compared = {entity for mention in scene.mentions for entity in mention.entities} if found else set()
        for entity in range(compiled.entity_count):
            if entity not in compared:
                add((entity,), 0.3, "no one is named")
    ranked = tuple(sorted(found.values(), key=lambda choice: choice.cost))
    shared = any(mention.how == "part" and mention.entities == ranked[0].entities for mention in scene.mentions)
    if ranked and ranked[0].cost <= TIED and not (len(ranked[0].entities) > 1 and shared):
        # "35 MB for Flask": the figure's owner stands beside it; whoever else is about is no second reading.
        beside = BESIDE if ranked[0].cost else 0.0
        return tuple(
            choice if choice.cost <= beside else choice._replace(cost=max(choice.cost, APART)) for choice in ranked
        ), False
    return ranked, weak


def _only_compared(scene: Scene, at: int) -> bool:
    """ "Allocations: 102, five times those of pg": the only thing named is what the figure is set against."""
    items = scene.line.items
    if scene.topic or scene.carried or not scene.mentions or any(mention.at < at for mention in scene.mentions):
        return False
    gap = next((k for k in range(at + 1, scene.mentions[0].at) if items[k].kind == "n"), None)
    return gap is not None and items[gap].unit in ("ratio", "percent") and len(scene.mentions[0].entities) < 3


def _asked(scene: Scene, at: int) -> tuple[int, ...]:
    """ "How heavy is the Halo? 1.2 kg.": what opens an answer is of the one thing that was asked about."""
    question = scene.question
    if question is None or scene.previous is not question or any(mention.at < at for mention in scene.mentions):
        return ()
    named = {mention.entities for mention in question.mentions if mention.entities}
    found = next(iter(named)) if len(named) == 1 else ()
    return found if len(found) == 1 else ()


def _definite(scene: Scene, at: int) -> bool:
    """ "The fastest router only needs 13 µs": somebody is described instead of named."""
    items = scene.line.items
    return any(items[k].degree == "superlative" and scene.line.low(k - 1) == "the" for k in range(1, at))


def _of_change(items: list[Item], at: int) -> bool:
    """ "from 80 s to 42 s": two states, whose owners the sentence need not name."""
    start = items[at].hedge_from if items[at].hedge_from >= 0 else at
    before = items[start - 1].low if start > 0 else ""
    if before == "from":
        return any(items[k].low == "to" and k + 1 < len(items) for k in range(at + 1, min(len(items), at + 5)))
    return before == "to" and any(items[k].low == "from" for k in range(max(0, start - 7), start))


def _possessor(scene: Scene, start: int, add) -> None:  # type: ignore[no-untyped-def]  # a local collector
    """ "Flask's approximate 2,500", "Koa's throughput of 54,272"."""
    items = scene.line.items
    back = start - 1
    steps = 0
    while back >= 0 and steps < 7:
        item = items[back]
        if item.kind == "n" or (item.kind == "p" and item.low not in "'\"()"):
            return
        if item.kind == "e":
            mention = scene.by_at.get(back)
            if mention is not None and mention.possessive:
                # "slower than OpenAI's version at 12 s", "the size of webpack's (715 KB ...": as likely the subject's.
                loose = mention.role == COMPARAND and any(each.low in ("at", "(", "with") for each in items[back:start])
                add(mention.entities, 0.1 if loose else 0.0, "possessive")
            return
        back -= 1
        steps += 1


def _named_after(scene: Scene, at: int, add) -> None:  # type: ignore[no-untyped-def]  # a local collector
    """ "65,189 for GoJson", "8,500 related packages for Flask", "2,500 (Flask)"."""
    items = scene.line.items
    position = at + 1
    owner_word = ""
    while position < len(items) and position - at < 8:
        item = items[position]
        if item.kind == "n" or (item.kind == "p" and item.low not in ("(", "/", "-", "*", "`", '"')):
            return
        if item.kind == "e":
            mention = scene.by_at.get(position)
            if mention is None:
                return
            if owner_word in ("for", "of", "in", "on", "from", "with", "by", "at", "(") and mention.role in (
                OWNER,
                TOPIC,
                SUBJECT,
                COMPARAND,
            ):
                strong = owner_word in ("for", "(") or (
                    owner_word in ("on", "in", "from", "of", "with") and position - at <= 4
                )
                entities = mention.entities
                following = scene.mentions
                for later in following:
                    if (
                        later.how == "list"
                        and later.at >= position
                        and entities[0] in later.entities
                        and later.entities[0] == entities[0]
                    ):
                        entities = later.entities
                add(entities, 0.02 if strong else 0.3, f"named after with '{owner_word}'")
            return
        if item.low in _OWNER_WORDS or item.low == "(":
            owner_word = item.low
        elif item.low in (
            "than",
            "while",
            "whereas",
            "but",
            "and",
            "as",
            "to",
            "against",
            "versus",
            "which",
            "compared",
            "instead",
            "ahead",
            "short",
        ):
            return
        position += 1


#: What is added to the cost of everyone else where the clause ties a number to one name.
_ELSEWHERE = 0.6


def _tied(scene: Scene, at: int) -> tuple[int, ...]:
    """ "the 1,675 MB that X uses", "more than X delivers (28 GB/s)", "12 s in 4.0": the one whose number it can only be."""
    items = scene.line.items
    start = items[at].hedge_from if items[at].hedge_from >= 0 else at
    after = at + 1
    while after < len(items) and after - at < 3 and items[after].kind == "w" and items[after].low not in _LINKING:
        after += 1
    if scene.line.low(after) in ("that", "which"):
        after += 2 if scene.line.low(after + 1) == "the" else 1
        mention = scene.by_at.get(after)
        if mention is not None and mention.how in ("name", "part"):
            return mention.entities
    if scene.line.low(start - 1) == "(":
        for back in range(start - 2, max(-1, start - 6), -1):
            if items[back].kind in ("n", "p"):
                break
            named = scene.by_at.get(back)
            if named is not None:
                return named.entities if back < start - 2 else ()
    placed = scene.by_at.get(after + 1)
    if scene.line.low(after) == "in" and placed is not None and placed.how == "part" and len(placed.entities) == 1:
        return placed.entities
    return ()


def _told_by(scene: Scene, start: int, at: int, add) -> None:  # type: ignore[no-untyped-def]  # a local collector
    """ "13.5 kB Zod, 4.3 typia": the name stands right after the number."""
    after = at + 2 if scene.line.low(at + 1) == "the" else at + 1
    mention = scene.by_at.get(after)
    if mention is not None and mention.how in ("name", "part") and scene.line.kind(start - 1) != "e":
        add(mention.entities, 0.04, "told after the number")


_LINKING = frozenset(["that", "which", "than", "and", "or", "for", "of", "in", "on", "at", "to", "with", "from", "by", "while", "but", "as", "when", "the", "is", "are"])  # fmt: skip


def _directly_before(scene: Scene, start: int, add) -> None:  # type: ignore[no-untyped-def]  # a local collector
    """ "Koa at 54,272", "Flask (35 MB)", "zlib: 100 MB/s", "zlib's 2.743" has its own rule."""
    items = scene.line.items
    back = start - 1
    steps = 0
    commas = 0
    while back >= 0 and steps < 4 and items[back].kind != "e":
        if items[back].low == ",":
            commas += 1
        elif items[back].low not in _NEUTRAL_BETWEEN:
            return
        back -= 1
        steps += 1
    if back < 0 or items[back].kind != "e" or commas > 1:
        return
    mention = scene.by_at.get(back)
    if mention is None or mention.how == "neither":
        return
    if commas and not mention.possessive and not any(items[k].low in ("at", "with", "on") for k in range(back, start)):
        return
    entities = mention.entities
    if mention.how in ("name", "part"):
        for whole in scene.mentions:
            if whole.how == "list" and whole.at == mention.at:
                entities = whole.entities
                add(mention.entities, 0.05, "last of the list before the number")
                add(entities, 0.12, "list before the number")
                return
    words = {items[k].low for k in range(back + 1, start)}
    loose = (
        mention.how in ("other", "all", "both")
        or (mention.role == COMPARAND and words & {"at", ":", "with"})
        or ("to" in words and _of_change(items, start))
    )
    # "thicker than any Pixel at 9.6 mm", "from 6 GB with A to 1 GB": the figure may as well be the subject's.
    add(entities, 0.1 if loose else 0.02, "directly before the number")


def _against(scene: Scene, start: int, compiled: Compiled, add) -> None:  # type: ignore[no-untyped-def]  # a local collector
    """ "1,889 ops/s to json's 453", "12,000 against 2,500": the bare number after it belongs to the other side."""
    items = scene.line.items
    back = start - 1
    while back >= 0 and items[back].low in (
        "the",
        "a",
        "only",
        "just",
        "about",
        "around",
        "roughly",
        "some",
        "its",
        "mere",
    ):
        back -= 1
    if back > 0 and items[back].low == "of" and items[back - 1].low == "instead":
        back -= 1
    if back < 0 or (
        items[back].low not in ("against", "versus", "vs", "to", "compared", "than", ".", "instead")
        and not (items[back].low in ("with", "to") and back > 0 and items[back - 1].low == "compared")
    ):
        return
    if items[back - 1].kind == "e":
        return
    if items[back].low == "to" and not any(items[k].kind == "n" for k in range(max(0, back - 6), back)):
        return
    subject = scene.subject_before(start)
    base = subject.entities if subject is not None else scene.carried
    if not base:
        return
    others = tuple(entity for entity in range(compiled.entity_count) if entity not in base)
    if compiled.entity_count == 2:
        add(others, 0.03, "the other side")
    else:
        for mention in scene.mentions:
            if mention.role == COMPARAND and mention.at < start and not set(mention.entities) & set(base):
                add(mention.entities, 0.05, "the side compared with")
        for entity in others:
            add((entity,), 0.45, "one of the others")


# Metrics


def unit_fit(stated: Stated, card: MetricCard) -> float | None:
    """How badly the unit of a stated number fits a metric: 0 exactly, up to 0.3 loosely; None when it cannot be.

    A bare number fits any metric (the unit is left out), a unit of another dimension none.
    """
    unit = stated.quantity.unit
    fits = card.fits
    if unit not in fits:
        if len(fits) >= _MOST_UNITS:
            # Made-up units of a hostile text must not pile up.
            fits.clear()
        fits[unit] = _fit(unit, card)
    return fits[unit]


_MOST_UNITS = 512


def fitting(stated: Stated, compiled: Compiled) -> tuple[tuple[MetricCard, float], ...]:
    """The metrics that a stated value can be of by its unit, each with how badly it fits."""
    unit = stated.quantity.unit
    known = compiled.fitting
    if unit not in known:
        if len(known) >= _MOST_UNITS:
            known.clear()
        fits = ((card, _fit(unit, card)) for card in compiled.metrics)
        known[unit] = tuple((card, fit) for card, fit in fits if fit is not None) or tuple(
            (card, LOOSE) for card in compiled.metrics if card.numeric and _one_side_a_rate(unit, card.unit)
        )
    return known[unit]


def _one_side_a_rate(unit: str | None, want: str | None) -> bool:
    """ "31,700 times a year" of "Operations a year", "2.1 kWh": the column or the text leaves out per what it counts."""
    if unit is None or want is None or ("/" in unit) is ("/" in want):
        return False
    return unit.partition("/")[0] == want.partition("/")[0]


def _fit(unit: str | None, card: MetricCard) -> float | None:
    want = card.unit
    if not card.numeric:
        # Numbers inside the texts of the column, and its few cells that are figures and nothing else.
        inside = (*(quantity.unit for quantity in card.numbers), *card.units)
        return min((0.1 + fit for one in inside if (fit := _same_unit(unit, one)) is not None), default=None)
    if card.is_date:
        return None
    if unit is None or unit == "1":
        if want in (None, "1", "ratio"):
            return 0.0
        if is_money(want):
            return 0.4
        return 0.12
    if unit == want or (unit == "pp" and want == "percent") or unit in card.units:
        return 0.0
    if want in (None, "1"):
        if unit in ("ratio", "1/s") and lookup(card.metric.unit or "") is None:
            return 0.25
        return None
    if units_meet(unit, want):
        return 0.05
    return None


def _same_unit(unit: str | None, other: str | None) -> float | None:
    """Whether a number inside a text cell can be the stated one."""
    if (unit or "1") == (other or "1"):
        return 0.0
    return 0.0 if unit is not None and other is not None and units_meet(unit, other) else None


@lru_cache(maxsize=4096)
def units_meet(unit: str, want: str) -> bool:
    """Whether a value in `unit` can be compared with one in `want`: one dimension, or one currency with the period left out."""
    if unit == want:
        return True
    head, _, tail = unit.partition("/")
    other, _, rest = want.partition("/")
    if head == other and (is_money(unit) or (not (tail and rest) and (tail or rest) not in _PERIODS)):
        # Money per month and money, nanoseconds per operation and nanoseconds: prose leaves the second part out.
        return True
    if unit == "degree" and want in _TEMPERATURES:
        # "66 degrees" leaves out which.
        return True
    return same_dimension(unit, want) and convert(Decimal(1), unit, want) is not None


POINTS = frozenset({"point", "points"})
_TEMPERATURES = frozenset({"degC", "degF"})
_PERIODS = frozenset({"s", "min", "hour", "h", "day", "week", "month", "year"})


@lru_cache(maxsize=1024)
def is_money(unit: str) -> bool:
    head = lookup(unit.split("/")[0])
    return head is not None and is_currency(head)


def occurrences(scene: Scene) -> dict[str, list[int]]:
    """Concept -> item positions in this sentence, computed once."""
    if scene.occurrences is None:
        table: dict[str, list[int]] = defaultdict(list)
        for position, item in enumerate(scene.line.items):
            if item.graded is not None and item.graded.degree in ("comparative", "superlative"):
                # "slower" speaks through its class, not as the word "speed".
                continue
            if item.graded is not None and position and scene.line.low(position - 1) == "as":
                # "twice as fast" likewise.
                continue
            if item.concept and item.kind in ("w", "n"):
                table[item.concept].append(position)
                if item.kind == "n" and " " in item.low:
                    # "40,000 stars": the noun inside the number speaks of its metric.
                    for word in item.low.split():
                        if len(word) > 2 and word.isalpha() and not _measuring(word):
                            table[scene.concept(word)].append(position)
            elif item.kind == "e" and " " in item.low:
                # "in-situ parsing" is a name and still speaks of parsing.
                for word in item.low.split():
                    if word.isalpha():
                        table[scene.concept(word)].append(position)
        scene.occurrences = dict(table)
    return scene.occurrences


@lru_cache(maxsize=2048)
def _measuring(word: str) -> bool:
    """A unit of measure inside a figure: "8.8 minutes" are not the "free minutes" of a metric, as "40 stars" are its stars."""
    if word in ("times", "time", "fold"):
        return True
    unit = lookup(word)
    return unit is not None and unit.dimension != "count"


def metric_scores(
    scene: Scene,
    at: int,
    compiled: Compiled,
    *,
    reach: tuple[int, int] | None = None,
    own: dict[int, float] | None = None,
    graded: bool = False,
) -> dict[int, tuple[float, str]]:
    """How strongly the words around item `at` speak of each metric, with the word that says most.

    Words of the same clause count most, then the sentence, the header, the question answered, the sentence before.
    `graded`: words of degree speak of the metrics of their class, too ("the thinnest", "how heavy").
    """
    items = scene.line.items
    here = items[at]
    #: Metric -> how strongly each word speaks of it.
    best: dict[int, dict[str, float]] = defaultdict(dict)
    for concept, places, weighed in _telling(scene, compiled):
        nearness = 0.0
        for place in places:
            near = _near(items, at, place, here)
            if items[place].kind == "e":
                near *= 0.6
            elif reach is not None and reach[0] <= place < reach[1]:
                near = max(near, 1.5)
            if near > nearness:
                nearness = near
        for metric, said in weighed:
            weight = said * nearness
            if weight > 0.0:
                best[metric][concept] = weight
    if graded:
        for place, classes in _graded_classes(scene):
            near = _near(items, at, place, here) * _GRADED
            for name in classes:
                for metric in compiled.by_class.get(name, ()):
                    if near > best[metric].get(name, 0.0):
                        best[metric][name] = near
    for concept in _label_concepts(scene):
        for metric, said in compiled.weights_of.get(concept, ()):
            weight = said * _LABEL
            if weight > best[metric].get(concept, 0.0):
                best[metric][concept] = weight
    spoken = 0.0
    for metric, said_of in best.items():
        strongest = max(said_of.values(), default=0.0)
        spoken = max(spoken, strongest)
        if own is not None and strongest > own.get(metric, 0.0):
            own[metric] = strongest
    for kind, told in _told_around(scene, compiled):
        factor = _CONTEXT[kind] * (0.5 if spoken >= 0.3 and kind == "previous" and graded else 1.0)
        for metric, concept, said in told:
            weight = said * factor
            if own is not None and kind == "question":
                # An answer speaks of what was asked.
                own[metric] = max(own.get(metric, 0.0), weight)
            if weight > best[metric].get(concept, 0.0):
                best[metric][concept] = weight
    if graded and scene.question is not None and scene.question is not scene:
        for _, classes in _graded_classes(scene.question):
            weight = _GRADED * _CONTEXT["question"]
            for name in classes:
                for metric in compiled.by_class.get(name, ()):
                    best[metric][name] = max(best[metric].get(name, 0.0), weight)
                    if own is not None:
                        own[metric] = max(own.get(metric, 0.0), weight)
    phrases = _said_phrases(scene, compiled)
    parts: dict[int, list[tuple[float, str]]] = {}
    totals: dict[int, tuple[float, str]] = {}
    for metric, said_of in best.items():
        if not said_of:
            continue
        card = compiled.metrics[metric]
        weights = parts[metric] = [(weight, concept) for concept, weight in said_of.items()]
        if len(weights) > 1:
            weights.sort(reverse=True)
        # Many faint words must not outweigh one that stands beside the phrase.
        total = 0.0
        for (weight, _), share in zip(weights, _SHARES, strict=False):
            total += weight * share
        if graded:
            total *= _covered(card, {concept for weight, concept in weights if weight > 0.1})
        if metric in phrases:
            total += _phrase_bonus(items, at, phrases[metric])
        totals[metric] = (total, weights[0][1])
    for metric in parts:
        if compiled.metrics[metric].plainer:
            _prefer_plain(totals, metric, parts, compiled)
    return totals


def _prefer_plain(
    totals: dict[int, tuple[float, str]], metric: int, parts: dict[int, list[tuple[float, str]]], compiled: Compiled
) -> None:
    """ "Inserting a row takes 1.1 ms" is of "Insert" before it is of "Insert 100 rows", whose number nobody says."""
    if any(word[:1].isdigit() for weight, word in parts[metric] if weight > FAINT):
        return
    named = [
        totals[other][0]
        for other, phrase in compiled.metrics[metric].plainer
        if other in parts and {word for weight, word in parts[other] if weight > FAINT}.issuperset(phrase)
    ]
    if named and totals[metric][0] > max(named) - PLAIN:
        totals[metric] = (max(named) - PLAIN, totals[metric][1])


def _telling(scene: Scene, compiled: Compiled) -> tuple[tuple[str, list[int], tuple[tuple[int, float], ...]], ...]:
    """The words of this sentence that some metric's name has: concept, places, and what it says of which metric. Computed once."""
    if scene.telling is None:
        weights_of = compiled.weights_of
        scene.telling = tuple(
            (concept, places, weights_of[concept])
            for concept, places in occurrences(scene).items()
            if concept in weights_of
        )
    return scene.telling


#: What a word of the label before a colon says, beside a word of the clause itself.
_LABEL = 0.7


def _label_concepts(scene: Scene) -> tuple[str, ...]:
    """ "CPU memory hardly moves: 3,117 MB": the words before the colon are the clause's own."""
    header = scene.line.sentence.header
    if header is None or not (header.beside or 0 <= scene.line.sentence.start - header.end <= _BESIDE_LABEL):
        return ()
    return tuple(scene.concept(token.low) for token in header.tokens)


#: The colon, its asterisks and blanks.
_BESIDE_LABEL = 6
#: What a word of degree says for each metric of its class, beside a word of the metric's own name.
_GRADED = 0.4


def _graded_classes(scene: Scene) -> list[tuple[int, frozenset[str]]]:
    """The words of degree of a sentence with the classes that they measure; words that fit anything are left out."""
    cached = scene.extra.get("graded")
    if isinstance(cached, list):
        return cached
    found = [
        (place, item.graded.meaning.classes)
        for place, item in enumerate(scene.line.items)
        if item.graded is not None and item.graded.degree != "verb" and "any" not in item.graded.meaning.classes
    ]
    scene.extra["graded"] = found
    return found


_SHARES = (1.0, 0.9, 0.65, 0.45, 0.3, 0.2, 0.15)


def _covered(card: MetricCard, said: set[str]) -> float:
    """How much of a metric's name the words say: "insert" is all of "Insert" and a third of "Insert 100 rows"."""
    best = 0.0 if card.phrases else 1.0
    for phrase in card.phrases:
        share = len(said.intersection(phrase)) / len(phrase)
        if share > best:
            best = share
    return 1.0 - UNSAID * (1.0 - best)


def _near(items: list[Item], at: int, place: int, here: Item) -> float:
    other = items[place]
    depth = abs(other.depth - here.depth)
    distance = abs(place - at)
    near = (1.0 - min(distance, 25) * 0.014) / (1.0 + 1.0 * depth)
    if place > at and distance <= 3 and depth == 0:
        near *= 1.2
    if at < place:
        for k in range(place - 1, at, -1):
            if items[k].kind == "n":
                # "230 mm on each side and 280 mm in height": the word behind the next figure is of that one.
                return near * (_BEHIND if place - k <= 2 and items[k].depth == other.depth else 0.5)
    else:
        for k in range(place + 1, at):
            if items[k].kind == "n":
                return near * 0.5
    if depth and here.kind == "n" and place > at and _has_number_after(items, place):
        # "50 ms, p99 responses in 8-12 ms": words before another number speak of that number.
        near *= 0.5
    return near


#: How much a word says of a figure before the one that it stands behind.
_BEHIND = 0.2


def _has_number_after(items: list[Item], place: int) -> bool:
    for position in range(place + 1, min(len(items), place + 7)):
        if items[position].kind == "n":
            return True
        if items[position].depth > items[place].depth:
            return False
    return False


def _said_phrases(scene: Scene, compiled: Compiled) -> dict[int, list[tuple[int, int]]]:
    """Metric -> where the words of one of its names stand together, and how many words the name has. Computed once."""
    if scene.phrases is not None:
        return scene.phrases
    items, table = scene.line.items, occurrences(scene)
    found: dict[int, list[tuple[int, int]]] = {}
    for word, places in table.items():
        for metric, phrase in compiled.phrases_of.get(word, ()):
            for place in places:
                if len(phrase) == 1 or _stands_at(items, place, phrase):
                    found.setdefault(metric, []).append((place, len(phrase)))
    scene.phrases = found
    return found


def _stands_at(items: list[Item], place: int, phrase: tuple[str, ...]) -> bool:
    """Whether the words of `phrase`, the first of which stands at `place`, follow in order with at most two others between."""
    matched = 1
    for item in items[place + 1 : place + len(phrase) + 2]:
        if item.concept == phrase[matched]:
            matched += 1
            if matched == len(phrase):
                return True
    return False


def _phrase_bonus(items: list[Item], at: int, phrases: list[tuple[int, int]]) -> float:
    """Words of a name that stand together say more than the same words apart."""
    bonus = 0.0
    for place, size in phrases:
        depth = abs(items[place].depth - items[at].depth)
        if size > 1:
            bonus = max(bonus, 0.3 * min(size, 3) / (1.0 + 3.0 * depth))
        elif abs(place - at) <= 8 and depth < 0.3:
            bonus = max(bonus, 0.4 - 0.02 * abs(place - at))
    return bonus


def _told_around(scene: Scene, compiled: Compiled) -> tuple[tuple[str, tuple[tuple[int, str, float], ...]], ...]:
    """What the words of header, question and the sentence before say of which metric, computed once."""
    if scene.around is None:
        weights_of = compiled.weights_of
        scene.around = tuple(
            (kind, tuple((metric, concept, said) for concept in concepts for metric, said in weights_of[concept]))
            for kind, concepts in _context_concepts(scene, compiled).items()
        )
    return scene.around


def _context_concepts(scene: Scene, compiled: Compiled) -> dict[str, AbstractSet[str]]:
    """The concepts of header, question and the sentence before that some metric's name has."""
    table: dict[str, AbstractSet[str]] = {}
    known = compiled.weights_of.keys()
    header = scene.line.sentence.header
    if header is not None:
        table["header"] = frozenset(compiled.lexicon.concept(token.low) for token in header.tokens) & known
    if scene.question is not None and scene.question is not scene:
        table["question"] = known & occurrences(scene.question).keys()
    if (
        scene.previous is not None
        and not scene.line.sentence.bullet
        and scene.previous.line.sentence.paragraph == scene.line.sentence.paragraph
    ):
        table["previous"] = known & occurrences(scene.previous).keys()
    return table


def metrics_for(
    scene: Scene,
    at: int,
    compiled: Compiled,
    *,
    stated: Stated | None = None,
    classes: frozenset[str] | None = None,
    reach: tuple[int, int] | None = None,
    dates: bool = False,
    owner: tuple[int, ...] | None = None,
    stays: bool = False,
    main: str = "",
) -> tuple[MetricChoice, ...]:
    """The metrics that a phrase at item `at` may be about, cheapest first.

    `owner`: whose value a figure is; then a figure whose clause names no metric takes over that of the figures before it.

    `stated`: a value whose unit must fit. `classes`: those an adjective can speak of; a metric outside them is out unless
    its own words stand in the clause. `stays`: a word of a kind after a claim about a metric of that kind stays with it.
    `main`: the class that the word means first, where any metric has it.
    """
    here_scores: dict[int, float] = {}
    scores = metric_scores(scene, at, compiled, reach=reach, own=here_scores, graded=stated is not None and not dates)
    last_place, carried = max([link for link in scene.linked if link[0] < at], default=(0, None))
    earlier = (
        scene.previous.last_metric
        if scene.previous is not None and scene.previous.line.sentence.paragraph == scene.line.sentence.paragraph
        else None
    )
    choices: list[tuple[float, int, str]] = []
    spoken = 0.0
    unit_after = scene.line.low(at + 1) if stated is not None and stated.quantity.unit in (None, "1") else ""
    nouns = _nouns(scene, at, reach, compiled)
    measured = classes is not None and "any" not in classes and not classes.isdisjoint(compiled.numeric_classes)
    if measured and classes is not None:
        # "the fastest router": the noun is the thing, not a metric, unless a metric of that class has it.
        nouns = frozenset(
            noun for noun in nouns if any(noun in card.weights for card in compiled.metrics if classes & card.classes)
        )
    if (
        classes is not None
        and "any" in classes
        and len(classes) > 1
        and not nouns
        and not classes.isdisjoint(compiled.by_class)
    ):
        classes = classes - {"any"}
    has_main = measured and main in compiled.numeric_classes
    if dates:
        possible_cards = compiled.any_date
    elif stated is not None:
        possible_cards = fitting(stated, compiled)
    else:
        possible_cards = compiled.any_metric
    named = False
    for card, penalty in possible_cards:
        if stated is not None and card.is_date and not dates:
            continue
        number = card.number
        score, why = scores.get(number, _UNSPOKEN)
        if nouns:
            named = not card.weights.keys().isdisjoint(nouns)
            penalty += 0.0 if named else 0.7
        if classes is None:
            pass
        elif "any" in classes:
            if classes & card.classes:
                score += 0.3
                why = why or "adjective"
        elif measured and not named and classes.isdisjoint(card.classes):
            # Metrics of the word's own class exist: what stands around cannot make it speak of another.
            continue
        else:
            if classes & card.classes or ("date" in classes and "age" in card.classes):
                score += 0.45
            elif score < 0.55:
                continue
            else:
                penalty += 0.3 if named else 0.8
        if has_main and main not in card.classes:
            penalty += 0.3
        if score - penalty > spoken:
            spoken = score - penalty
        if number == carried:
            # "1.5 MB for GitHub routes, the highest of all": right after a figure, its metric is meant.
            score += 0.7 if stated is None and not nouns and at - last_place <= 9 else 0.3
        elif number == earlier:
            score += 0.15
        if unit_after and card.metric.unit and unit_after == card.metric.unit.lower():
            # Points are also what two percentages lie apart.
            score += 0.4 if unit_after in POINTS else 1.2
        if card.hidden:
            penalty += 0.15
        if card.derived and (stated is None or stated.quantity.unit != "ratio"):
            penalty += 0.35
        choices.append((score - penalty, number, why))
    if not choices:
        return ()
    possible = frozenset(metric for _, metric, _ in choices)
    strange = _strange(stated, possible, compiled) if owner is not None and stated is not None else frozenset()
    if strange:
        choices = [(score - STRANGE if metric in strange else score, metric, why) for score, metric, why in choices]
    silent = owner is not None and _silent(scene, at, possible, compiled)
    if owner is not None and not silent:
        choices = _like_before(scene, at, choices, compiled)
    best = max(choices)[0]
    own = max([here_scores.get(metric, 0.0) for _, metric, _ in choices])
    bound: frozenset[int] = frozenset()
    given = taken(scene, at, owner) if owner is not None else frozenset()
    if owner is not None and (own < FAINT or silent):
        bound = carried_metrics(
            scene, at, owner, possible.__contains__, lambda earlier: _tells(occurrences(earlier), possible, compiled)
        )
    told = owner is not None and not bound and _told_before(scene) and not turns(scene.line.items, at)
    settled = (
        stays
        and measured
        and carried is not None
        and bool((classes or frozenset()) & compiled.metrics[carried].classes)
    )
    found: list[MetricChoice] = []
    flipping = classes is not None and "date" in classes
    faint = own < FAINT and not settled
    most = 0.45 if stated is not None else 0.28
    rest = len(given) < len(choices)
    # Sorted by the score alone, so that equal ones keep the order of the sheet.
    for score, metric, why in sorted(choices, key=itemgetter(0), reverse=True):
        farther = best - score
        cost = farther * 1.2
        if cost > 3.0:
            cost = 3.0
        if cost < 0.6 and spoken > 0.1 and not why and metric not in (carried, earlier):
            # Nothing speaks of this metric while something speaks of another: it may be a runner-up, no more.
            cost = 0.6
        if bound:
            cost = 0.0 if metric in bound else max(cost, APART)
        elif faint and not (has_main and main not in compiled.metrics[metric].classes):
            # Only what stood before speaks: several metrics stay possible.
            if cost > most:
                cost = most
            if metric in strange or (told and farther > TOLD):
                cost = APART
        if rest and metric in given and cost < APART:
            # "27.6 s cold, 6.2 s warm": two figures of one thing in a row are of two metrics.
            cost = APART
        flip = flipping and "age" in compiled.metrics[metric].classes
        found.append(MetricChoice(metric, round(cost, 3), f"word '{why}'" if why else "unit", flip))
    return tuple(sorted(found, key=attrgetter("cost"))) if bound or given else tuple(found)


#: The score of a metric of which no word speaks.
_UNSPOKEN = (0.0, "")


def _told_before(scene: Scene) -> bool:
    """ "Updating is another race. X takes 5.8 s": a sentence without figures announces what the next one measures."""
    previous = scene.previous
    return (
        previous is not None
        and not previous.figures
        and not previous.line.sentence.bullet
        and previous.line.sentence.paragraph == scene.line.sentence.paragraph
        and not any(item.kind == "n" for item in previous.line.items)
    )


def _strange(stated: Stated, possible: frozenset[int], compiled: Compiled) -> frozenset[int]:
    """The metrics whose cells are written in another unit than the figure, where some are written in the figure's own.

    Prose takes a unit over from the cell: "380 µs" is of the metric in microseconds before it is of the one in seconds.
    """
    size = size_of(stated.quantity.written_unit)
    if size is None:
        return frozenset()
    other = frozenset(metric for metric in possible if size not in compiled.metrics[metric].sizes)
    return other if len(other) < len(possible) else frozenset()


def _like_before(
    scene: Scene, at: int, choices: list[tuple[float, int, str]], compiled: Compiled
) -> list[tuple[float, int, str]]:
    """ "8 ns with one thread, 9 ns with four": what differs from the figure before in one word shares its other words."""
    before = max((figure for figure in scene.figures if figure.at < at), key=lambda figure: figure.at, default=None)
    if before is None:
        return choices
    words = set(compiled.metrics[before.metric].weights)
    return [
        (score + SIBLING * _shared(words, compiled.metrics[metric].weights.keys()), metric, why)
        if metric != before.metric
        else (score, metric, why)
        for score, metric, why in choices
    ]


def _shared(one: set[str], other: Collection[str]) -> float:
    common = sum(word in one for word in other)
    return common / (len(one) + len(other) - common) if common else 0.0


def _own_figure(item: Item, compiled: Compiled) -> bool:
    """A figure that states something, unlike the one in "21 ms for 1,000 row updates"."""
    return item.kind == "n" and (item.concept, item.unit or "1") not in compiled.conditions


_JOINS = frozenset([",", ";", "and", "but", "while", "whereas", "or", "against", "versus", "vs", "(", "—", "–"])


def _tells(concepts: Iterable[str], possible: frozenset[int], compiled: Compiled) -> bool:
    """Whether some word is of one of the possible metrics and not of all of them."""
    for concept in concepts:
        spoken = compiled.by_concept.get(concept, ())
        if not possible.isdisjoint(spoken) and not possible <= set(spoken):
            return True
    return False


def _silent(scene: Scene, at: int, possible: frozenset[int], compiled: Compiled) -> bool:
    """Whether nothing between the figure before and this one, nor behind it in its clause, tells the possible metrics apart."""
    before = max((figure.at for figure in scene.figures if figure.at < at), default=None)
    if before is None:
        return False
    items = scene.line.items
    last = at + 1
    while last < len(items) and not _own_figure(items[last], compiled) and items[last].depth - items[at].depth < 0.3:
        last += 1
    first = before + 1
    while first < at and items[first].low not in _JOINS:
        # "88 dB under load; the other 84": the words right behind a figure are that figure's.
        first += 1
    for item in items[first:last]:
        words = (item.low.split() if item.kind == "n" and " " in item.low else ()) if item.kind != "w" else (item.low,)
        for word in words:
            spoken = compiled.by_concept.get(item.concept if item.kind == "w" else scene.concept(word), ())
            if not possible.isdisjoint(spoken) and not possible <= set(spoken):
                return False
        if item.graded is not None and item.graded.degree != "verb":
            classes = item.graded.meaning.classes
            meant = {metric for name in classes for metric in compiled.by_class.get(name, ())}
            if "any" in classes or (not possible.isdisjoint(meant) and not possible <= meant):
                return False
    return True


def _nouns(scene: Scene, at: int, reach: tuple[int, int] | None, compiled: Compiled) -> frozenset[str]:
    """The metric words of the noun that the phrase itself names: "the fewest allocations", "956 allocations"."""
    items = scene.line.items
    found = (
        {
            items[k].concept
            for k in range(*reach)
            if k < len(items) and items[k].concept in compiled.by_concept and items[k].kind == "w"
        }
        if reach is not None
        else set()
    )
    if items[at].kind == "n" and " " in items[at].low:
        found |= {
            concept
            for word in items[at].low.split()
            if len(word) > 2
            and word.isalpha()
            and not _measuring(word)
            and (concept := scene.concept(word)) in compiled.by_concept
        }
    return frozenset(found)


def named_strength(scene: Scene, at: int, compiled: Compiled) -> float:
    """The best metric score at item `at`: 0 when no word of any metric stands near."""
    return max((score for score, _ in metric_scores(scene, at, compiled).values()), default=0.0)


def choices_of(mentions: Iterable[Mention], cost: float, why: str) -> tuple[Choice, ...]:
    return tuple(Choice(mention.entities, cost, why) for mention in mentions)


def roles() -> tuple[str, str, str, str]:
    return SUBJECT, COMPARAND, OWNER, TOPIC
