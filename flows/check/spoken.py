"""Spoken: how strongly the words around a phrase speak of each metric: those of its clause, its sentence, and what stands before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set as AbstractSet
from functools import lru_cache

from flows.check.carry import next_figure
from flows.check.discourse import Scene
from flows.check.items import Item
from flows.check.sheet import Compiled, MetricCard
from flows.quantities.units import lookup

#: How much less a word says where the rest of the metric's name is left out.
UNSAID = 0.15
#: How much less a name with a number that nobody says speaks than the name that is all said.
PLAIN = 0.5
#: Below this the words around a figure speak of no metric.
FAINT = 0.15
_CONTEXT = {"previous": 0.33, "header": 0.45, "question": 0.75}


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
                        if len(word) > 2 and word.isalpha() and not measuring(word):
                            table[scene.concept(word)].append(position)
            elif item.kind == "e" and " " in item.low:
                # "in-situ parsing" is a name and still speaks of parsing.
                for word in item.low.split():
                    if word.isalpha():
                        table[scene.concept(word)].append(position)
        scene.occurrences = dict(table)
    return scene.occurrences


@lru_cache(maxsize=2048)
def measuring(word: str) -> bool:
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
    among: AbstractSet[int] | None = None,
    valued: bool = False,
) -> dict[int, tuple[float, str]]:
    """How strongly the words around item `at` speak of each metric, with the word that says most.

    Words of the same clause count most, then the sentence, the header, the question answered, the sentence before.
    `graded`: words of degree speak of the metrics of their class, too ("the thinnest", "how heavy"). `among`: the metrics
    that are asked about, where not all are. `valued`: item `at` is itself the value of a metric, and so are those behind it.
    """
    items = scene.line.items
    here = items[at]
    end = next_figure(items, at, compiled) if valued else len(items)
    #: Metric -> how strongly each word speaks of it.
    best: dict[int, dict[str, float]] = defaultdict(dict)
    for concept, places, weighed in _telling(scene, compiled):
        nearness = 0.0
        for place in places:
            near = _near(items, at, place, here) if place < end else _BEYOND
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
            near = _near(items, at, place, here) * _GRADED if place < end else _BEYOND
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
    phrases = said_phrases(scene, compiled)
    parts: dict[int, list[tuple[float, str]]] = {}
    totals: dict[int, tuple[float, str]] = {}
    for metric, said_of in best.items():
        if not said_of or (among is not None and metric not in among and metric not in compiled.plain):
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
            total += _phrase_bonus(items, at, [phrase for phrase in phrases[metric] if phrase[0] < end])
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


#: "The oldest at 33": what is said of a date is said of an age.
_AGES = frozenset(["age"])


def _graded_classes(scene: Scene) -> list[tuple[int, frozenset[str]]]:
    """The words of degree of a sentence with the classes that they measure; words that fit anything are left out."""
    cached = scene.extra.get("graded")
    if isinstance(cached, list):
        return cached
    found = [
        (
            place,
            item.graded.meaning.classes | _AGES
            if "date" in item.graded.meaning.classes
            else item.graded.meaning.classes,
        )
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
#: How near a word is that stands beyond the next figure: that figure is what it speaks of.
_BEYOND = 0.05


def _has_number_after(items: list[Item], place: int) -> bool:
    for position in range(place + 1, min(len(items), place + 7)):
        if items[position].kind == "n":
            return True
        if items[position].depth > items[place].depth:
            return False
    return False


def said_phrases(scene: Scene, compiled: Compiled) -> dict[int, list[tuple[int, int]]]:
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
    above = scene.line.sentence.above
    if header is not None or above:
        tokens = above if header is None else (*header.tokens, *above)
        table["header"] = frozenset(compiled.lexicon.concept(token.low) for token in tokens) & known
    if scene.question is not None and scene.question is not scene:
        table["question"] = known & occurrences(scene.question).keys()
    if (
        scene.previous is not None
        and not scene.line.sentence.bullet
        and scene.previous.line.sentence.paragraph == scene.line.sentence.paragraph
    ):
        table["previous"] = known & occurrences(scene.previous).keys()
    return table


def named_strength(scene: Scene, at: int, compiled: Compiled) -> float:
    """The best metric score at item `at`: 0 when no word of any metric stands near."""
    return max((score for score, _ in metric_scores(scene, at, compiled).values()), default=0.0)
