"""Order without a number: comparatives, superlatives, verbs of order, ranks, and sameness."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from flows.check.discourse import Scene
from flows.check.forms.context import (
    FormContext,
    Slant,
    advice_clause,
    changing,
    comparand_after,
    comparands_for,
    degree_before,
    negated,
    next_in_clause,
    slant_at,
    subjects_for,
)
from flows.check.forms.numbers import figure_after
from flows.check.items import Item
from flows.check.lexicon import Lexicon
from flows.check.lexicon.model import Sign
from flows.check.link import metrics_for, named_strength
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.checking import Label

_NUMBER = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "pair": 2,
    "trio": 3,
    "both": 2,
}
_PLACES = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "runner": 2,
    "last": -1,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
}
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
_TRIALS = frozenset(
    [
        "run",
        "runs",
        "test",
        "tests",
        "result",
        "results",
        "time",
        "times",
        "score",
        "scores",
        "figure",
        "value",
        "measurement",
    ]
)
_GAPS = frozenset(["lead", "gap", "margin", "advantage", "difference", "edge", "win", "loss"])
_LAST_VERBS = frozenset(["trails", "trail", "trailing", "trailed", "lags", "lagging", "lose", "loses", "lost"])
_PLACE_HEADS = frozenset(
    [
        "comes",
        "come",
        "came",
        "finishes",
        "finish",
        "finished",
        "ranks",
        "rank",
        "ranked",
        "is",
        "are",
        "sits",
        "placed",
        "lands",
        "landed",
    ]
)


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Claims for the graded words that no number has consumed."""
    items = scene.line.items
    at = 0
    while at < len(items):
        item = items[at]
        if not item.covered:
            graded = item.graded
            claim: TypedClaim | None = None
            if graded is not None and graded.degree == "verb":
                claim = _verb(scene, at, ctx)
            elif graded is not None and graded.degree == "comparative":
                claim = _comparative(scene, at, ctx)
            elif graded is not None and graded.degree == "superlative":
                claim = _superlative(scene, at, ctx)
            elif item.low in ("ahead", "behind"):
                claim = _ahead(scene, at, ctx)
            elif item.low in ctx.compiled.lexicon.same:
                claim = _same(scene, at, ctx)
            elif (item.low in _PLACES and scene.line.low(at - 1) in _PLACE_HEADS) or (
                item.low == "last" and scene.line.low(at + 1) in ("place", "in")
            ):
                claim = _place(scene, at, ctx)
            if claim is not None:
                yield claim
        at += 1


def _cover(items: list[Item], first: int, last: int) -> None:
    for position in range(first, min(last, len(items) - 1) + 1):
        items[position].covered = True


def _metrics(
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


@lru_cache(maxsize=8)
def measures(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Concepts of general measures (memory, price, latency) -> their classes."""
    table: dict[str, set[str]] = {}
    for name, words in lexicon.class_concepts.items():
        for word in words.split():
            table.setdefault(lexicon.concept(word), set()).add(name)
    return {concept: frozenset(names) for concept, names in table.items()}


def _unfit(scene: Scene, at: int, ctx: FormContext, classes: frozenset[str], metrics: tuple[MetricChoice, ...]) -> bool:
    """No metric can carry the word: no class fits and no metric word stands near."""
    if not metrics:
        return True
    if "any" in classes:
        return named_strength(scene, at, ctx.compiled) < 0.2 and not (
            scene.linked or (scene.previous is not None and scene.previous.last_metric is not None)
        )
    return False


def _comparative(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    slant = slant_at(items, at)
    if slant is None:
        return None
    low, nxt = items[at].low, scene.line.low(slant.last + 1)
    named = comparand_after(scene, slant.last)
    has_than = any(items[k].low == "than" for k in range(slant.last + 1, min(len(items), slant.last + 9)))
    if _taste(scene, slant, nxt) or (advice_clause(scene, at) and named is None):
        _cover(items, slant.first, slant.last)
        return None
    if (nxt == "of" and scene.line.low(slant.last + 2) in ("the", "these", "our")) or (
        nxt == "of" and scene.line.kind(slant.last + 2) == "e"
    ):
        return _pair_rank(scene, at, ctx, slant)
    if at > 0 and items[at - 1].low == "-" and items[at - 1].end == items[at].start:
        _cover(items, at, at)
        return None
    metrics = _metrics(scene, slant.last, ctx, slant.classes, slant.last, signed=slant.sign in ("better", "worse"))
    if named is None and has_than and (against := _other_metric(scene, slant, ctx)) is not None:
        return against
    subjects, weak = subjects_for(scene, at, ctx)
    if (
        named is None
        and not has_than
        and scene.line.kind(slant.last + 1) == "e"
        and slant.last + 1 in scene.by_at
        and subjects
    ):
        # "the older Pixel 6": said of the name that follows, against what the sentence is about.
        attributed = scene.by_at[slant.last + 1]
        _cover(items, slant.first, slant.last)
        rivals = tuple(choice for choice in subjects if not set(choice.entities) & set(attributed.entities))
        if not rivals or not metrics:
            return None
        return TypedClaim(
            Form.COMPARISON,
            items[slant.first].start,
            items[slant.last + 1].end,
            subjects=(Choice(attributed.entities, 0.0, "the name that follows"),),
            comparands=rivals,
            metrics=metrics,
            sign=slant.sign,
            lenient=True,
            items=(slant.first, slant.last + 2),
        )
    if (
        named is None
        and not has_than
        and low in ("more", "less", "further", "later", "longer", "most", "lower", "higher")
        and not _is_predicate(items, slant)
        and _unfit(scene, at, ctx, slant.classes, metrics)
    ):
        _cover(items, slant.first, slant.last)
        return None
    start, end = items[slant.first].start, items[slant.last].end
    last = slant.last
    if named is not None:
        end = items[named.at].end
        last = named.at
        scene.comparand = named.entities
    comparands = comparands_for(scene, at, ctx, subjects, after=slant.last)
    for position in range(slant.first, last + 1):
        if items[position].kind in ("w", "e"):
            items[position].covered = True
    if not subjects and named is None:
        return None
    if _unfit(scene, at, ctx, slant.classes, metrics):
        if not subjects and named is None:
            return None
        return TypedClaim(
            Form.COMPARISON,
            start,
            end,
            fixed=Label.UNVERIFIABLE,
            reason="no metric of the sheet says this",
            items=(slant.first, last + 1),
        )
    return TypedClaim(
        Form.COMPARISON, start, end, subjects=subjects, comparands=comparands, metrics=metrics, sign=slant.sign, positive=not negated(items, slant.first),
        degree=degree_before(items, slant.first), lenient=weak, items=(slant.first, last + 1), universal=_universal(scene, at, last),
        change=named is None and changing(items, at),
    )  # fmt: skip


def _is_predicate(items: list[Item], slant: Slant) -> bool:
    return slant.last > slant.first


def _taste(scene: Scene, slant: Slant, nxt: str) -> bool:
    """ "the better choice", "better suited": advice unless a metric is named."""
    return slant.base in ("good", "bad", "strong", "more", "far", "big", "large", "small") and nxt in _TASTE


def _pair_rank(scene: Scene, at: int, ctx: FormContext, slant: Slant) -> TypedClaim:
    """ "the faster of the two"."""
    items = scene.line.items
    subjects, weak = subjects_for(scene, at, ctx)
    pair: tuple[int, ...] = ()
    for mention in scene.mentions:
        if mention.at > slant.last and len(mention.entities) > 1:
            pair = mention.entities
            break
    among = pair or (tuple(range(ctx.compiled.entity_count)) if ctx.compiled.entity_count == 2 else ())
    _cover(items, slant.first, min(slant.last + 3, len(items) - 1))
    metrics = _metrics(scene, slant.last, ctx, slant.classes, slant.last, signed=slant.sign in ("better", "worse"))
    comparands = (
        (Choice(among, 0.0, "of the two"),) if among else comparands_for(scene, at, ctx, subjects, after=slant.last)
    )
    if not among:
        return TypedClaim(
            Form.COMPARISON,
            items[slant.first].start,
            items[slant.last].end,
            subjects=subjects,
            comparands=comparands,
            metrics=metrics,
            sign=slant.sign,
            positive=not negated(items, slant.first),
            lenient=weak,
            items=(slant.first, slant.last + 1),
        )
    return TypedClaim(
        Form.RANK,
        items[slant.first].start,
        items[min(slant.last + 3, len(items) - 1)].end,
        subjects=subjects,
        metrics=metrics,
        sign=slant.sign,
        rank=1,
        comparands=comparands,
        positive=not negated(items, slant.first),
        lenient=weak,
        items=(slant.first, slant.last + 1),
    )


def _other_metric(scene: Scene, slant: Slant, ctx: FormContext) -> TypedClaim | None:
    """ "faster on the A14 than on the EPYC": one entity, two metrics."""
    items = scene.line.items
    than = next((k for k in range(slant.last + 1, min(len(items), slant.last + 9)) if items[k].low == "than"), None)
    if than is None or than + 1 >= len(items):
        return None
    ahead = [k for k in range(than + 1, min(len(items), than + 6)) if items[k].concept in ctx.compiled.by_concept]
    if not ahead or not any(
        items[k].low in ("on", "in", "at", "with", "for", "its", "when", "under", "without", "during")
        for k in range(than + 1, ahead[0] + 1)
    ):
        return None
    metrics = _metrics(scene, slant.last, ctx, slant.classes, slant.last, signed=slant.sign in ("better", "worse"))
    against = metrics_for(scene, ahead[0], ctx.compiled, classes=slant.classes, reach=(than + 1, than + 6))
    against = tuple(choice for choice in against if choice.cost <= 0.5)
    subjects, weak = subjects_for(scene, slant.first, ctx)
    _cover(items, slant.first, than)
    return TypedClaim(
        Form.COMPARISON,
        items[slant.first].start,
        items[than].end,
        subjects=subjects,
        metrics=metrics,
        against_metrics=against,
        sign=slant.sign,
        positive=not negated(items, slant.first),
        lenient=weak,
        items=(slant.first, than + 1),
    )


def _superlative(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    slant = slant_at(items, at)
    if slant is None:
        return None
    prev, nxt = scene.line.low(at - 1), scene.line.low(slant.last + 1)
    if any(
        items[k].low in ("under", "below", "over", "above", "within") and scene.line.kind(k + 1) == "n"
        for k in range(slant.last + 1, min(len(items), slant.last + 5))
    ):
        # "the most memory under 800 W": a superlative within a condition, not over all.
        _cover(items, at, slant.last)
        return None
    if any(items[k].low in _GAPS for k in range(max(0, at - 4), at)) and prev in ("is", "was", "the"):
        _cover(items, at, slant.last)
        return None
    if (
        scene.line.kind(slant.last + 1) == "e"
        and scene.line.kind(slant.last + 2) == "w"
        and scene.line.low(slant.last + 2) in _TRIALS
    ) or nxt in _GAPS:
        # "the slowest fd run", "its narrowest lead": a superlative over runs or gaps, not over the things compared.
        _cover(items, at, slant.last + (1 if nxt in _GAPS else 0))
        return None
    if (
        nxt == "-"
        and scene.line.kind(slant.last + 2) == "w"
        and items[at].low in ("best", "most", "top")
        and items[at].end == items[at + 1].start
    ):
        _cover(items, at, slant.last + 2)
        if (
            scene.line.low(slant.last + 2)
            not in (
                "selling",
                "known",
                "loved",
                "rated",
                "reviewed",
                "supported",
                "documented",
                "in",
                "used",
                "starred",
            )
            or not subjects_for(scene, at, ctx)[0]
        ):
            return None
        return TypedClaim(
            Form.RANK,
            items[at].start,
            items[slant.last + 2].end,
            fixed=Label.UNVERIFIABLE,
            reason="no fact holds this",
            items=(at, slant.last + 3),
        )
    if items[at].low == "top" and scene.line.low(at - 2) == "from":
        return None
    if (items[at].low == "top" and prev not in ("the", "share", "shares", "on", "at", "joint")) or (
        items[at].low in ("most", "least") and prev == "at"
    ):
        return None
    if (
        items[at].low == "most"
        and slant.last == at
        and (
            nxt in ("of", "people", "teams", "users", "readers", "buyers", "cases", "developers", "of")
            or prev not in ("the", "is", "has", "its", "'s", "with", "offers", "uses", "costs")
        )
    ) and prev != "the":
        _cover(items, at, at)
        return None
    if (
        (prev == "of" and scene.line.low(at - 2) == "one")
        or (prev == "the" and scene.line.low(at - 2) == "of" and scene.line.low(at - 3) == "one")
        or prev in ("its", "their", "your")
        or (prev == "-" and scene.line.low(at - 3) in ("its", "their", "your"))
    ):
        _cover(items, at, slant.last)
        return None
    if _taste(scene, slant, nxt) or (advice_clause(scene, at) and scene.subject_before(at) is None):
        _cover(items, slant.first, slant.last)
        if items[at].low == "best" and nxt in ("overall", "all-rounder"):
            return TypedClaim(
                Form.RANK,
                items[at].start,
                items[slant.last].end,
                fixed=Label.UNVERIFIABLE,
                reason="no fact holds such a score",
                items=(at, slant.last + 1),
            )
        return None
    place = 1
    first = at
    if prev in ("second", "third", "fourth") or (
        prev == "-" and scene.line.low(at - 2) in ("second", "third", "fourth")
    ):
        place = _PLACES[prev if prev in _PLACES else scene.line.low(at - 2)]
        first = at - 1
    shared = any(
        items[k].low in ("share", "shares", "joint", "jointly", "tied", "tie", "equal", "sharing", "both", "among")
        for k in range(max(0, at - 5), min(len(items), slant.last + 4))
    )
    metrics = _metrics(scene, slant.last, ctx, slant.classes, slant.last, signed=slant.sign in ("better", "worse"))
    subjects, weak = _superlative_subject(scene, at, ctx)
    _cover(items, first, slant.last)
    start = items[first].start
    if prev == "the":
        start = items[first - 1].start if first > 0 else start
    end_item = slant.last
    while (
        end_item + 1 < len(items)
        and end_item < slant.last + 2
        and items[end_item + 1].concept in ctx.compiled.by_concept
        and items[end_item + 1].kind == "w"
    ):
        end_item += 1
    end = items[end_item].end
    if not subjects:
        return None
    if _unfit(scene, at, ctx, slant.classes, metrics):
        return TypedClaim(
            Form.RANK,
            start,
            end,
            fixed=Label.UNVERIFIABLE,
            reason="no metric of the sheet says this",
            items=(first, slant.last + 1),
        )
    if scene.subject_before(at) is None and _things(items, slant.last + 1, ctx):
        return None
    wrong_scope = _scope(scene, slant.last, ctx)
    if wrong_scope is not None:
        return TypedClaim(
            Form.RANK,
            start,
            max(end, wrong_scope[1]),
            fixed=wrong_scope[0],
            reason=wrong_scope[2],
            items=(first, slant.last + 1),
        )
    _cover(items, slant.last, end_item)
    group = scene.by_at.get(slant.last + 1)
    if group is not None and len(group.entities) > 1:
        # "Quickest Corolla": the rank is among that group.
        subjects = tuple(choice for choice in subjects if set(choice.entities) <= set(group.entities)) or tuple(
            Choice((entity,), 0.3, "one of the group") for entity in group.entities
        )
        return TypedClaim(
            Form.RANK,
            start,
            end,
            subjects=subjects,
            comparands=(Choice(group.entities, 0.0, "the group"),),
            metrics=metrics,
            sign=slant.sign,
            rank=place,
            positive=not negated(items, first),
            lenient=weak,
            items=(first, slant.last + 2),
        )
    among = tuple(
        Choice(mention.entities, 0.0, "scope")
        for mention in scene.mentions
        if mention.at > slant.last
        and mention.at <= slant.last + 5
        and len(mention.entities) > 1
        and mention.how in ("both", "list")
    )
    return TypedClaim(
        Form.RANK, start, end, subjects=subjects, comparands=among[:1], metrics=metrics, sign=slant.sign, rank=place, positive=not negated(items, first),
        relation="shared" if shared else "", lenient=weak, items=(first, slant.last + 1), degree="much" if _by_far(scene, at, slant.last) else "",
        universal=_universal(scene, at, slant.last),
    )  # fmt: skip


def _things(items: list[Item], at: int, ctx: FormContext) -> bool:
    """ "X.json is the slowest document": the noun says that something else than the entities is ranked."""
    if at >= len(items) or items[at].kind != "w" or items[at].low in ctx.compiled.lexicon.stop:
        return False
    return (
        items[at].low not in ctx.compiled.class_nouns
        and items[at].concept not in ctx.compiled.vocabulary
        and items[at].concept not in measures(ctx.compiled.lexicon)
    )


def _universal(scene: Scene, at: int, last: int) -> bool:
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


def _by_far(scene: Scene, at: int, last: int) -> bool:
    return (
        scene.line.words(at - 3, at).endswith("by far the")
        or scene.line.words(last + 1, last + 5).startswith("by far")
        or "by a wide margin" in scene.line.words(last + 1, last + 8)
    )


def _superlative_subject(scene: Scene, at: int, ctx: FormContext) -> tuple[tuple[Choice, ...], bool]:
    """ "X is the fastest"; "the fastest is X"; "the biggest, large,"."""
    items = scene.line.items
    subject = scene.subject_before(at)
    for step in range(at + 1, min(at + 6, len(items) - 1)):
        if items[step].low in ("is", "was", ":", "goes", "remains") and (
            items[step].low != "goes" or scene.line.low(step + 1) == "to"
        ):
            found = scene.by_at.get(step + 1) or scene.by_at.get(step + 2)
            if (
                found is not None
                and not any(items[k].low in (",", ";", "and", "but") for k in range(at + 1, step))
                and (subject is None or items[subject.at].depth < items[at].depth)
            ):
                return (Choice(found.entities, 0.0, "named by the superlative"),), False
            break
    if subject is None:
        for mention in scene.mentions:
            if mention.at > at:
                between = [items[k].low for k in range(at + 1, mention.at)]
                if (
                    any(
                        word in ("is", "goes", "belongs", ",", "comes", "from", "was", ":", "with", "—", "to")
                        for word in between
                    )
                    and "than" not in between
                ):
                    return (Choice(mention.entities, 0.0, "named by the superlative"),), False
                break
    return subjects_for(scene, at, ctx)


def _scope(scene: Scene, last: int, ctx: FormContext) -> tuple[Label, int, str] | None:
    """ "of the four" must match the number of entities; a wider world ("of all Python frameworks") cannot be checked."""
    items = scene.line.items
    count = ctx.compiled.entity_count
    for position in range(last + 1, min(len(items), last + 6)):
        low = items[position].low
        if items[position].kind == "p" and low in ",;.":
            return None
        if low in ("of", "among") and scene.line.low(position + 1) in ("the", "all", "these"):
            word = scene.line.low(position + 2)
            if word in ("the", "these"):
                word = scene.line.low(position + 3)
            stated = _NUMBER.get(word)
            if word.isdigit():
                stated = int(word)
            if stated is not None and stated > count:
                return (
                    Label.CONTRADICTED,
                    items[min(position + 2, len(items) - 1)].end,
                    f"{count} are compared, the text says {stated}",
                )
            return None
        if low in ("market", "world", "industry", "available", "ever", "existence"):
            return Label.UNVERIFIABLE, items[position].end, "the scope is wider than the facts"
    return None


def _verb(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    graded = items[at].graded
    assert graded is not None  # noqa: S101  # the caller looked
    low, nxt, prev = items[at].low, scene.line.low(at + 1), scene.line.low(at - 1)
    if (
        low in ("best", "top", "lead", "edge", "win")
        and prev in ("a", "the", "its", "of", "has", "with", "'s", "slight", "small", "clear", "big", "an")
        and low in ("best", "top", "edge")
    ):
        return None
    if low in ("lead", "win", "edge", "top") and (
        prev in ("a", "an", "the", "its", "any", "no", "their", "that", "this", "'s")
        or (at > 0 and items[at - 1].graded is not None)
        or scene.line.low(at - 2) in ("the", "a", "an", "its")
    ):
        return None
    if low in ("leading", "leader", "lost", "losing", "lose", "topping") and prev not in ("the", "is", "are", "clear"):
        return None
    if prev == "-" or nxt == "-":
        return None
    if low.startswith("los") and (
        nxt in ("the", "a", "any", "only", "about", "nearly", "just", "its", "more", "less", "some")
        or scene.line.kind(at + 1) == "n"
    ):
        return None
    if nxt in ("to", "out") and low in ("lead", "leads"):
        return None
    if advice_clause(scene, at) and scene.subject_before(at) is None:
        return None
    subjects, weak = subjects_for(scene, at, ctx)
    if not subjects:
        return None
    named = comparand_after(scene, at)
    heads = [
        mention.at
        for mention in scene.mentions
        if named is not None and mention.at > at and set(mention.entities) <= set(named.entities)
    ]
    if named is not None and any(items[k].low == "," for k in range(at + 1, min(heads, default=named.at))):
        named = None
    metrics = _metrics(scene, at, ctx, graded.meaning.classes, at, signed=graded.meaning.sign in ("better", "worse"))
    positive = not negated(items, at)
    _cover(items, at, at)
    start, end = items[at].start, items[named.at].end if named is not None else items[at].end
    vague = _unfit(scene, at, ctx, graded.meaning.classes, metrics)
    if vague and not metrics:
        return TypedClaim(
            Form.COMPARISON, start, end, fixed=Label.UNVERIFIABLE, reason="no metric is named", items=(at, at + 1)
        )
    if named is not None:
        scene.comparand = named.entities
        _cover(items, at, named.at)
        degree = "slightly" if low in ("edges", "edge", "edged") else _degree_after(items, at)
        return TypedClaim(
            Form.COMPARISON,
            start,
            end,
            subjects=subjects,
            comparands=(Choice(named.entities, 0.0, "object of the verb"),),
            metrics=metrics,
            sign=graded.meaning.sign,
            positive=positive,
            degree=degree or degree_before(items, at),
            lenient=weak,
            items=(at, named.at + 1),
            vague=vague,
        )
    place = -1 if low in _LAST_VERBS else 1
    sign: Sign = "better" if graded.meaning.sign in ("better", "worse") else "up"
    if ctx.compiled.entity_count > 2 and place == -1:
        comparands = comparands_for(scene, at, ctx, subjects)
        return TypedClaim(
            Form.COMPARISON,
            start,
            end,
            subjects=subjects,
            comparands=comparands,
            metrics=metrics,
            sign=graded.meaning.sign,
            positive=positive,
            lenient=True,
            items=(at, at + 1),
        )
    return TypedClaim(
        Form.RANK,
        start,
        end,
        subjects=subjects,
        metrics=metrics,
        sign=sign,
        rank=place,
        positive=positive,
        lenient=weak,
        items=(at, at + 1),
        vague=vague,
    )


def _degree_after(items: list[Item], at: int) -> str:
    words = " ".join(item.low for item in items[at : at + 14])
    if any(
        phrase in words
        for phrase in (
            "by a small margin",
            "by a narrow margin",
            "by a hair",
            "by a whisker",
            "narrowly",
            "slightly",
            "by a sliver",
            "just barely",
            "by a nose",
        )
    ):
        return "slightly"
    if any(
        phrase in words
        for phrase in (
            "by a wide margin",
            "by a large margin",
            "by a mile",
            "comfortably",
            "easily",
            "by far",
            "handily",
            "by a landslide",
        )
    ):
        return "much"
    return ""


def _ahead(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """ "ahead of zlib's", "pulls ahead", "falls behind", "behind Koa"."""
    items = scene.line.items
    low = items[at].low
    if scene.line.low(at + 1) in ("time", "the") and low == "behind" and comparand_after(scene, at) is None:
        return None
    subjects, weak = subjects_for(scene, at, ctx)
    if not subjects:
        return None
    named = comparand_after(scene, at)
    metrics = _metrics(scene, at, ctx, frozenset({"any"}), at, signed=True)
    _cover(items, at, named.at if named is not None else at)
    start, end = items[at].start, items[named.at].end if named is not None else items[at].end
    if _unfit(scene, at, ctx, frozenset({"any"}), metrics):
        return TypedClaim(
            Form.COMPARISON, start, end, fixed=Label.UNVERIFIABLE, reason="no metric is named", items=(at, at + 1)
        )
    comparands = (
        (Choice(named.entities, 0.0, "named after"),) if named is not None else comparands_for(scene, at, ctx, subjects)
    )
    if named is not None:
        scene.comparand = named.entities
    sign: Sign = "better" if low == "ahead" else "worse"
    return TypedClaim(
        Form.COMPARISON,
        start,
        end,
        subjects=subjects,
        comparands=comparands,
        metrics=metrics,
        sign=sign,
        positive=not negated(items, at),
        degree=degree_before(items, at),
        lenient=weak,
        items=(at, at + 1),
    )


def _place(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    subjects, weak = subjects_for(scene, at, ctx)
    if not subjects or advice_clause(scene, at):
        return None
    if items[at].low in ("first",) and scene.line.low(at + 1) not in (
        ",",
        ".",
        ";",
        "at",
        "in",
        "with",
        "on",
        "",
        "and",
    ):
        return None
    metrics = _metrics(scene, at, ctx, frozenset({"any"}), at)
    metrics = tuple(choice for choice in metrics if ctx.compiled.metrics[choice.metric].sign)
    _cover(items, at, at)
    if not metrics:
        return None
    return TypedClaim(
        Form.RANK,
        items[at].start,
        items[at].end,
        subjects=subjects,
        metrics=metrics,
        sign="better",
        rank=_PLACES[items[at].low],
        positive=not negated(items, at),
        lenient=weak,
        items=(at, at + 1),
    )


def _same(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    low = items[at].low
    if low in (
        "similar",
        "similarly",
        "level",
        "comparable",
        "alike",
        "draw",
        "match",
        "equal",
        "matches",
        "equals",
        "tie",
    ) and advice_clause(scene, at):
        return None
    if (
        low == "same"
        and scene.line.low(at + 1)
        in ("time", "way", "thing", "goes", "story", "file", "test", "machine", "price", "year")
        and not _metrics(scene, at, ctx, frozenset({"any"}), at)
    ):
        return None
    if low == "level" and scene.line.low(at - 1) not in ("is", "are", "dead", "draw", "drawn"):
        return None
    if (
        low == "same"
        and not any(item.concept in ctx.compiled.by_concept for item in items[at + 1 : at + 4])
        and scene.line.low(at + 1) not in ("as", ",", ".", "for", "on", "at", "")
    ):
        return None
    if (
        low == "similar"
        and scene.line.low(at + 1) not in ("to", ",", ".", "in", "on", "for", "at")
        and items[min(at + 1, len(items) - 1)].concept not in ctx.compiled.by_concept
    ):
        return None
    if low in ("same",) and scene.line.low(at - 1) not in ("the", "exactly", "this", "that"):
        return None
    subjects, weak = subjects_for(scene, at, ctx)
    if not subjects:
        return None
    named = comparand_after(scene, at) or (
        next_in_clause(scene, at) if scene.line.low(at + 1) in ("as", "to") else None
    )
    metrics = metrics_for(scene, at, ctx.compiled, stated=figure_after(scene, at), reach=(at + 1, at + 4))
    if named_strength(scene, at, ctx.compiled) < 0.3 and scene.previous is None:
        return None
    exact = low in ("identical", "same", "equal", "equals", "tie", "ties", "tied") and not any(
        scene.line.low(k)
        in (
            "about",
            "almost",
            "nearly",
            "roughly",
            "practically",
            "virtually",
            "much",
            "essentially",
            "basically",
            "broadly",
            "more",
        )
        for k in range(at - 3, at)
    )
    main = subjects[0]
    if (
        named is None
        and len(main.entities) < 2
        and low in ("same", "identical", "tie", "tied", "equal", "alike", "level", "draw")
    ):
        comparands = comparands_for(scene, at, ctx, subjects)
    elif named is not None:
        comparands = (Choice(named.entities, 0.0, "named after"),)
    else:
        comparands = ()
        if len(main.entities) < 2:
            return None
    _cover(items, at, at)
    return TypedClaim(
        Form.SAME,
        items[at].start,
        items[named.at].end if named is not None else items[at].end,
        subjects=subjects,
        comparands=comparands,
        metrics=metrics,
        positive=not negated(items, at),
        relation="exact" if exact else "",
        lenient=weak,
        items=(at, at + 1),
    )
