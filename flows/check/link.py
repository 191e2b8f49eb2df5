"""Link: which metrics a phrase may be about, each with a cost and the reason for it: by the words around, the unit, and the figures before.

Costs are graded: 0 is what the words say, 0.6 and more what is at most a runner-up. Whose value a figure is stands in `owners`,
what its unit allows in `fitting`, what the words around it say in `spoken`. Nothing here looks at a value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from operator import attrgetter, itemgetter

from flows.check.cards import size_of
from flows.check.carry import carried_metrics, taken, turns
from flows.check.discourse import Scene
from flows.check.fitting import POINTS, fitting
from flows.check.items import Item, back_over, hedge_first
from flows.check.owners import APART
from flows.check.sheet import Compiled
from flows.check.spoken import FAINT, measuring, metric_scores, occurrences, said_phrases
from flows.check.stated import Stated
from flows.check.typed import CARRIED, MetricChoice

#: What a unit that the metric's cells are not written in takes from its words.
STRANGE = 0.25
#: The same where the units lie a thousandfold and more apart: hours are hardly ever of a column in milliseconds.
FOREIGN, _THOUSANDFOLD = 0.8, 1000
#: How much better a metric must be announced than another to leave no choice.
TOLD = 0.2
#: What the words shared with the metric of the figure before say.
SIBLING = 0.3
#: How much worse a unit must fit than another ("$35 a month" of an overdraft fee) to be of that one alone.
UNFIT = 0.4
#: Verbs that say how long a thing goes on.
LASTING = frozenset(("last", "lasts", "lasted", "lasting"))
#: What the verb directly before a figure and its noun says for its metric.
SAID = 0.5


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
    if dates:
        possible_cards = compiled.any_date
    elif stated is not None:
        possible_cards = fitting(stated, compiled)
    else:
        possible_cards = compiled.any_metric
    if owner is not None and classes is None and len(possible_cards) < 2:
        # One metric has the unit of the figure: no word can speak for another.
        return tuple(MetricChoice(card.number, 0.0, "unit") for card, _ in possible_cards if dates or not card.is_date)
    if classes is not None and "date" in classes:
        classes = classes | {"age"}
    here_scores: dict[int, float] = {}
    scores = metric_scores(
        scene,
        at,
        compiled,
        reach=reach,
        own=here_scores,
        graded=stated is not None and not dates,
        among=None if possible_cards is compiled.any_metric else {card.number for card, _ in possible_cards},
        valued=owner is not None,
    )
    last_place, carried = max([link for link in scene.linked if link[0] < at], default=(0, None))
    earlier = (
        scene.previous.last_metric
        if scene.previous is not None and scene.previous.line.sentence.paragraph == scene.line.sentence.paragraph
        else None
    )
    choices: list[tuple[float, int, str]] = []
    unfit: dict[int, float] = {}
    spoken = 0.0
    unit_after = scene.line.low(at + 1) if stated is not None and stated.quantity.unit in (None, "1") else ""
    nouns = _nouns(scene, at, reach, compiled)
    verb = _verb_before(scene, at, compiled) if nouns and stated is not None else ""
    lasting = stated is not None and scene.line.low(hedge_first(scene.line.items, at) - 1) in LASTING
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
    bare = bool(nouns) and stated is not None and stated.quantity.unit in _COUNTED
    wholes = _said_whole(scene, reach, compiled) if bare else frozenset()
    has_main = measured and main in compiled.numeric_classes
    named = False
    for card, penalty in possible_cards:
        if stated is not None and card.is_date and not dates:
            continue
        number = card.number
        score, why = scores.get(number, _UNSPOKEN)
        if lasting and "battery" in card.classes:
            # "and lasts 100 hours"
            score, why = score + SAID, why or "lasts"
        if verb and verb in card.weights:
            # "lost only three matches": the verb says which figure of matches it is.
            score += SAID
        elif nouns:
            named = not card.weights.keys().isdisjoint(nouns)
            if not named:
                penalty += 0.7
            elif bare:
                penalty += (2 * STRANGE if card.unit not in _COUNTED else 0.0) + (
                    STRANGE if wholes and number not in wholes else 0.0
                )
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
        unfit[number] = penalty
    if not choices:
        return ()
    possible = frozenset(metric for _, metric, _ in choices)
    strange = _strange(stated, possible, compiled) if owner is not None and stated is not None else frozenset()
    if strange:
        choices = [
            (score - (FOREIGN if _foreign(stated, metric, compiled) else STRANGE), metric, why)
            if metric in strange
            else (score, metric, why)
            for score, metric, why in choices
        ]
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
    told = (
        owner is not None
        and not bound
        and (_told_above(scene, possible, compiled) or _told_before(scene))
        and not _moves(scene, at)
    )
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
    fits_best = min(unfit.values())
    # Sorted by the score alone, so that equal ones keep the order of the sheet.
    for score, metric, why in sorted(choices, key=itemgetter(0), reverse=True):
        farther = best - score
        cost = farther * 1.2
        if cost > 3.0:
            cost = 3.0
        if cost < 0.6 and spoken > (0.85 if measured else 0.1) and not why and metric not in (carried, earlier):
            # Nothing speaks of this metric while something speaks of another: it may be a runner-up, no more.
            cost = 0.6
        if bound:
            cost = 0.0 if metric in bound else max(cost, APART)
        elif faint and not (has_main and main not in compiled.metrics[metric].classes):
            # Only what stood before speaks: several metrics stay possible.
            if cost > most:
                cost = most
            if metric in strange or (told and farther > TOLD) or unfit[metric] > fits_best + UNFIT:
                cost = APART
        if rest and metric in given and cost < APART:
            # "27.6 s cold, 6.2 s warm": two figures of one thing in a row are of two metrics.
            cost = APART
        flip = flipping and "age" in compiled.metrics[metric].classes
        told_by = CARRIED if metric in bound else f"word '{why}'" if why else "unit"
        found.append(MetricChoice(metric, round(cost, 3), told_by, flip))
    return tuple(sorted(found, key=attrgetter("cost"))) if bound or given else tuple(found)


#: The units of a bare number.
_COUNTED = frozenset({None, "1"})
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


def _told_above(scene: Scene, possible: frozenset[int], compiled: Compiled) -> bool:
    """ "## Warm start", then "X: 17 ms": what a heading names is what the lines below it measure."""
    header, above = scene.line.sentence.header, scene.line.sentence.above
    tokens = above if header is None or header.beside else (*header.tokens, *above)
    return bool(tokens) and _tells((scene.concept(token.low) for token in tokens), possible, compiled)


def _moves(scene: Scene, at: int) -> bool:
    """ "falls from 4 to 2 ms"; the one figure of "goes up to 140 MB" is of what was announced."""
    return turns(scene.line.items, at) and len(scene.line.numbers) > 1


def _strange(stated: Stated, possible: frozenset[int], compiled: Compiled) -> frozenset[int]:
    """The metrics whose cells are written in another unit than the figure, where some are written in the figure's own.

    Prose takes a unit over from the cell: "380 µs" is of the metric in microseconds before it is of the one in seconds.
    """
    size = size_of(stated.quantity.written_unit)
    if size is None or stated.quantity.unit in _COUNTED:
        # "1,240 people" is written in no unit that a column could lack.
        return frozenset()
    other = frozenset(metric for metric in possible if size not in compiled.metrics[metric].sizes)
    return other if len(other) < len(possible) else frozenset()


def _foreign(stated: Stated | None, metric: int, compiled: Compiled) -> bool:
    size = size_of(stated.quantity.written_unit) if stated is not None else None
    sizes = compiled.metrics[metric].sizes
    return bool(size and sizes) and all(max(size, own) >= _THOUSANDFOLD * min(size, own) for own in sizes if size)


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
    if last + 1 < len(items) and items[last].low in ("versus", "vs", "against") and items[last + 1].kind == "n":
        # "9.9 versus 8.4 for the join": what stands behind the two is said of both.
        last += 2
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
            and not measuring(word)
            and (concept := scene.concept(word)) in compiled.by_concept
        }
    return frozenset(found)


_BEFORE_COUNTS = frozenset("only just the another a all".split())


def _verb_before(scene: Scene, at: int, compiled: Compiled) -> str:
    """The word that a figure and its noun are the object of, where it is of some metric's name: "won five matches"."""
    items = scene.line.items
    before = back_over(items, hedge_first(items, at), _BEFORE_COUNTS)
    if before < 0 or items[before].kind != "w" or items[before].low in compiled.lexicon.stop:
        return ""
    return items[before].concept if items[before].concept in compiled.by_concept else ""


def _said_whole(scene: Scene, reach: tuple[int, int] | None, compiled: Compiled) -> frozenset[int]:
    """ "21 points" is of "Points" before it is of "Points after day one": the metrics one of whose names stands whole behind a figure."""
    return frozenset(
        metric
        for metric, places in said_phrases(scene, compiled).items()
        if reach is not None and any(reach[0] <= place < reach[1] for place, _ in places)
    )
