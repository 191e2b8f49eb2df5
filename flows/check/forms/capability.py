"""Capabilities: "supports plugins", "no ORM is built in", "keeps no logs", linked by the words of names and values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flows.check.cells import COMPOUNDED
from flows.check.discourse import OWNER, Scene
from flows.check.forms.absent import DENYING, no_figure
from flows.check.forms.clauses import advice_clause
from flows.check.forms.context import FormContext
from flows.check.forms.contrary import contrary_of
from flows.check.forms.having import BUILT_IN, EVERYWHERE, asserts, denied, has_verb, subjects_of
from flows.check.items import Item
from flows.check.lexicon.assertions import EDITIONS
from flows.check.lexicon.verbs import VERBS
from flows.check.sheet import MetricCard
from flows.check.typed import Form, MetricChoice, TypedClaim
from flows.check.words import stem
from schemas.catalogue import MetricKind

#: Concepts that say how much and not what.
_MEASURES = frozenset({"price", "speed", "weight"})
#: What the words of one metric must weigh together before they are a claim about it.
_ENOUGH = 0.45


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """One claim for each segment of the sentence and each metric that its words name."""
    lows = scene.line.lows
    denies = not DENYING.isdisjoint(lows) or any([low[-3:] == "n't" for low in lows])
    known = ctx.compiled.text_words
    if not denies and not any([item.concept in known for item in scene.line.items]):
        return
    told: TypedClaim | None = None
    for first, last in segments(scene, ctx):
        contrary = contrary_of(told, scene, first, last)
        if contrary is not None:
            yield contrary
            continue
        for told in _segment(scene, ctx, first, last):
            yield told
        if denies:
            yield from no_figure(scene, ctx, first, last)


_JOINING = ("and", "but", "or")


def segments(scene: Scene, ctx: FormContext) -> list[tuple[int, int]]:
    """Runs of items between clause boundaries of weight 0.45 and more, and before "and" with a verb or a new subject."""
    items = scene.line.items
    listed: set[int] = set()
    for mention in scene.mentions:
        if mention.how == "list":
            members = [
                other.at
                for other in scene.mentions
                if other.at <= mention.at and other.how != "list" and set(other.entities) <= set(mention.entities)
            ]
            listed.update(range(min(members, default=mention.at), mention.at + 1))
    runs: list[tuple[int, int]] = []
    first, before = 0, items[0].depth if items else 0.0
    for at, item in enumerate(items):
        if (item.depth - before >= 0.45 or (item.low in _JOINING and at and _opens(items, at, ctx))) and not (
            at in listed and at - 1 in listed
        ):
            runs.append((first, at))
            first = at
        before = item.depth
    if items:
        runs.append((first, len(items)))
    return runs


def _opens(items: list[Item], at: int, ctx: FormContext) -> bool:
    """ "and covers 13 languages", "and Pulsar with tenants": a clause of its own after "and"."""
    if items[at].low not in _JOINING or at + 1 >= len(items):
        return False
    following = items[at + 1]
    if following.kind == "e":
        return True
    after = items[at + 2] if at + 2 < len(items) else None
    verb = following.low in ctx.compiled.lexicon.capability_verbs or following.low in ctx.compiled.lexicon.lacking_verbs
    return following.kind == "w" and (
        verb
        or following.low in ("cannot", "can", "does", "do", "is", "are", "has", "did", "will", "can't")
        or (
            following.low.endswith("s")
            and after is not None
            and (after.low in ("a", "an", "the", "no", "its", "up") or after.kind in ("n", "e"))
        )
    )


def _segment(scene: Scene, ctx: FormContext, first: int, last: int) -> Iterator[TypedClaim]:
    items = scene.line.items
    compiled = ctx.compiled
    telling = [at for at in range(first, last) if items[at].concept in compiled.text_words and not items[at].covered]
    if not telling:
        return
    away = _set_aside(items, first, last)
    words = [
        at
        for at in telling
        if items[at].kind in ("w", "n")
        and items[at].concept
        and at not in away
        and (_content(items[at], ctx) or (items[at].low in COMPOUNDED and scene.line.low(at + 1) == "-"))
    ]
    scores: dict[int, float] = {}
    for concept in dict.fromkeys(items[at].concept for at in words):
        for metric, weight in compiled.text_words.get(concept, {}).items():
            scores[metric] = scores.get(metric, 0.0) + weight
    if not scores:
        return
    owner: dict[int, list[int]] = {}
    for at in words:
        metrics = compiled.text_words.get(items[at].concept)
        if metrics:
            best = max(metrics, key=lambda metric: (scores[metric], metrics[metric]))
            owner.setdefault(best, []).append(at)
    owner = {
        metric: places
        for metric, places in owner.items()
        if len(places) > 1 or not _is_verb_here(scene, places[0], metric, ctx)
    }
    for metric, places in owner.items():
        weight = sum(compiled.text_words[concept][metric] for concept in {items[at].concept for at in places})
        if weight < _ENOUGH:
            continue
        claim = _claim(scene, ctx, first, last, metric, places, scores, owner, telling)
        if claim is not None:
            yield claim


def _told_whole(scene: Scene, first: int, last: int, metric: int, places: list[int], ctx: FormContext) -> bool:
    """ "Btrfs and ZFS take snapshots", "VP9 works in Chrome": whatever the verb, the feature is named whole beside who has it."""
    card = ctx.compiled.metrics[metric]
    if card.metric.kind is not MetricKind.BOOLEAN:
        return False
    said = [scene.line.items[at].concept for at in places]
    if not any(all(concept in said for concept in phrase) for phrase in card.phrases):
        return False
    opening = scene.line.low(first) in _JOINING
    return (
        any(first <= mention.at < last for mention in scene.mentions)
        or opening
        or scene.line.low(first) in _MODALS
        or any(item.low in EVERYWHERE for item in scene.line.items[first:last])
    )


def _listed(scene: Scene, first: int, last: int, metric: int, places: list[int], ctx: FormContext) -> bool:
    """ "Pro: free version", of a column "Free tier": a pro or con that says nothing else."""
    items = scene.line.items
    return (
        scene.line.sentence.bullet
        and scene.line.sentence.section in ("pros", "cons")
        and ctx.compiled.metrics[metric].metric.kind is MetricKind.BOOLEAN
        and all(
            at in places or items[at].kind == "p" or items[at].low in EDITIONS or items[at].low in ("a", "the", "has")
            for at in range(first, last)
        )
    )


_MODALS = frozenset(["can", "cannot", "can't", "will", "won't"])


def _single(scene: Scene, at: int, card: MetricCard) -> bool:
    """ "single-threaded", "a single thread", where a column of yes and no says "multi-threaded"."""
    before = scene.line.low(at - 2) if scene.line.low(at - 1) == "-" else scene.line.low(at - 1)
    return (
        before == "single"
        and card.metric.kind is MetricKind.BOOLEAN
        and any("multi" in name.lower() for name in (card.metric.name, *card.metric.aliases))
    )


def _set_aside(items: list[Item], first: int, last: int) -> set[int]:
    """What is named only to say that it is not there ("instead of laser navigation"), and what a superlative ranks."""
    away: set[int] = set()
    for at in range(first, last):
        pair = (items[at].low, items[at + 1].low if at + 1 < last else "")
        if pair[0] == "only" and at + 2 < last and items[at + 2].low in ("with", "that", "which", "without", "whose"):
            # "the only account with ...": the noun for the things compared, though a column is called "Accounting".
            away.add(at + 1)
        if pair in (("instead", "of"), ("rather", "than"), ("opposed", "to")) or pair[0] in ("against", "versus", "vs"):
            away.update(range(at, last))
        graded = items[at].graded
        if (
            graded is not None
            and graded.degree in ("comparative", "superlative")
            and at + 1 < last
            and items[at].covered
        ):
            away.add(at + 1)
    return away


def _content(item: Item, ctx: FormContext) -> bool:
    if item.low not in ctx.compiled.lexicon.stop and (len(item.low) > 1 or item.kind == "n"):
        return True
    # "written in Go", "a C library".
    return item.text[:1].isupper() and item.concept in ctx.compiled.grammar_names and item.low not in ("a", "i")


def _claim(
    scene: Scene,
    ctx: FormContext,
    first: int,
    last: int,
    metric: int,
    places: list[int],
    scores: dict[int, float],
    owner: dict[int, list[int]],
    telling: list[int],
) -> TypedClaim | None:
    items = scene.line.items
    if advice_clause(scene, places[0]):
        return None
    subjects, flipped = subjects_of(scene, ctx, first, last, places)
    if not subjects:
        return None
    if not any(mention.at >= first and mention.at < last for mention in scene.mentions) and items[first].low in (
        "for",
        "if",
        "when",
        "in",
        "on",
        "with",
        "at",
        "as",
        "where",
    ):
        return None
    values = compiled_values(ctx, metric)
    if (
        not any(items[at].concept in values for at in places)
        and not asserts(items, first, last, ctx)
        and not _told_whole(scene, first, last, metric, places, ctx)
        and not _listed(scene, first, last, metric, places, ctx)
    ):
        return None
    weights = ctx.compiled.metrics[metric].weights
    if not any(items[at].concept in values for at in places) and any(
        item.graded is not None
        and item.graded.degree == "comparative"
        and (item.covered or ctx.compiled.lexicon.concept(item.low) not in weights)
        for item in items[first:last]
    ):
        return None
    if {items[at].concept for at in places} <= _MEASURES or all(
        items[at].low in ctx.compiled.class_nouns and items[at].concept not in values and not _had(scene, at)
        for at in places
    ):
        return None
    if (
        len(places) == 1
        and places[0] - 1 in scene.by_at
        and any(
            item.graded is not None and item.graded.degree == "comparative" and item.covered
            for item in items[first:last]
        )
    ):
        # "It heats up 18 times faster": the verb of a comparison, no capability.
        return None
    if (
        not any(items[at].concept in values for at in places)
        and any(item.kind == "n" for item in items[first:last])
        and not has_verb(items, first, last, ctx)
    ):
        return None
    if any(item.kind == "n" for item in items[first:last]) and all(_of_a_figure(items[at], ctx) for at in places):
        # "a search time of 0.674 s": the words belong to the metric of the figure.
        return None
    if (
        len(places) == 1
        and items[places[0]].low in ctx.compiled.lexicon.class_nouns
        and not items[places[0]].text[0].isupper()
    ):
        # "come with every plan": a noun for the things compared, though a cell says "Paid plan only".
        return None
    if len(places) == 1 and not _shown(items[places[0]], metric, ctx):
        return None
    if len(places) == 1 and items[places[0]].low in VERBS and scene.line.kind(places[0] + 1) == "n":
        # "charges $10 a year": the verb of a figure, though a cell says "Extra charge".
        return None
    if _counts(scene, first, places[0]):
        return None
    stop = last
    if _presupposed(items, places, values, ctx.compiled.metrics[metric].weights):
        stop = places[-1] + 1
    # "avoids no obstacles" of "Obstacle avoidance": a verb of lacking that names the metric denies nothing.
    lacking = ctx.compiled.lexicon.lacking_verbs - {items[at].low for at in places}
    within = any(items[at].low in ("no", "without") for at in range(places[0], places[-1]))
    positive = not denied(items, first, stop, places[-1 if within else 0], lacking) and not flipped
    if _single(scene, places[0], ctx.compiled.metrics[metric]):
        positive = not positive
    if any(
        items[at].low == "no" and any(items[k].low in ("and", ",") for k in range(at, places[0]))
        for at in range(max(first, places[0] - 5), places[0])
    ):
        # "no dependencies and replay": whether the second is denied, too, cannot be told.
        return None
    builtin = any(
        items[at].low in BUILT_IN
        and (items[at].low not in ("come", "comes") or scene.line.low(at + 1) in ("with", "built", "included"))
        for at in range(first, last)
    )
    rivals = any(
        other != metric and any(items[at].concept in ctx.compiled.metrics[other].weights for at in theirs)
        for other, theirs in owner.items()
    )
    tentative = _shared(items, first, last, places, ctx, rivals=rivals)
    top = scores[metric]
    metrics = tuple(
        MetricChoice(other, top - score, "words")
        for other, score in sorted(scores.items(), key=lambda pair: -pair[1])
        if other == metric or (abs(top - score) <= 0.05 and other not in owner)
    )
    if len(owner) == 1:
        places = sorted([*places, *_qualifiers(scene, first, last, places, values, ctx)])
    for at in places:
        items[at].covered = True
    start, end = items[places[0]].start, items[places[-1]].end
    after = next(
        (
            mention
            for mention in scene.mentions
            if mention.how == "list" and mention.role == OWNER and places[-1] < mention.at < last
        ),
        None,
    )
    if after is not None:
        end = items[after.at].end
    words = tuple(items[at].concept for at in places)
    claim = TypedClaim(
        Form.CAPABILITY,
        start,
        end,
        subjects=subjects,
        metrics=metrics,
        words=words,
        positive=positive,
        builtin=builtin,
        tentative=tentative,
        proper=frozenset(items[at].concept for at in places if _like_a_name(items, at)),
        qualified=any(
            items[at].kind == "w" and items[at].concept and at not in places and _tells(items[at], ctx)
            for at in range(first, last)
        ),
        shared=len(places) > 1
        and any(items[at].low in ("and", ",") for at in range(places[0], places[-1]))
        and not any(items[at].low in ("both", "all", "each", "every") for at in range(first, last)),
        items=(places[0], places[-1] + 1),
    )
    claim.readings = tuple(
        replace(claim, metrics=(MetricChoice(other, 0.0, "words of its cells"),), words=more)
        for other, more in _elsewhere(items, telling, metric, frozenset(words), ctx)
    )
    return claim


def _qualifiers(
    scene: Scene, first: int, last: int, places: list[int], values: frozenset[str], ctx: FormContext
) -> list[int]:
    """ "is optional", "comes included": general words that name no metric, where they are what the cells of this one say."""
    items = scene.line.items
    return [
        at
        for at in range(first, last)
        if items[at].kind == "w"
        and items[at].concept in values
        and at not in places
        and not items[at].covered
        and items[at].concept not in ctx.compiled.text_words
        and (
            items[at].low not in ctx.compiled.class_nouns
            or (scene.line.low(at - 1) == "an" and scene.line.low(at + 1) in ("on", "for", "in", "with", "", "."))
        )
    ]


def _elsewhere(
    items: list[Item], telling: list[int], metric: int, words: frozenset[str], ctx: FormContext
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Other metrics whose cells hold these words and more of the phrase: "limited by RAM" of a "Limited by RAM"."""
    near = {items[at].concept for at in telling}
    for other, known in enumerate(ctx.compiled.value_words):
        more = near & known
        if other != metric and words < more:
            yield other, tuple(more)


def _shared(items: list[Item], first: int, last: int, places: list[int], ctx: FormContext, *, rivals: bool) -> bool:
    """Whether the phrase speaks of something else, too: all its words also name measures in figures, another claim has read some
    of it, or `rivals`, other text metrics, are named that are no members of one list with this one."""
    if all(_of_a_figure(items[at], ctx) for at in places):
        return True
    if rivals and not any(item.low in ("and", "or", "nor", ",", "&", "+") for item in items[first:last]):
        return True
    return any(
        item.covered and item.kind == "w" and item.concept and at not in places and _content(item, ctx)
        for at, item in enumerate(items[first:last], first)
    )


def _like_a_name(items: list[Item], at: int) -> bool:
    text = items[at].text
    return any(character.isdigit() or character.isupper() for character in (text[1:] if at == 0 else text))


def _tells(item: Item, ctx: FormContext) -> bool:
    """Whether a word says what and not only that it is there."""
    lexicon = ctx.compiled.lexicon
    return (
        _content(item, ctx)
        and item.low not in lexicon.capability_verbs
        and item.low not in lexicon.lacking_verbs
        and item.low not in BUILT_IN
        and item.low not in ctx.compiled.class_nouns
    )


def _shown(item: Item, metric: int, ctx: FormContext) -> bool:
    """Whether a lone word stands in the name or the cells of the metric as a word of its own: "builds" is no "Builder"."""
    low = item.low
    forms = {low, low + "s", low.rstrip("s"), low.removesuffix("es"), low.removesuffix("ed"), low.removesuffix("d"), low.removesuffix("ing"), low.removesuffix("ing") + "e", low + "ed", low + "d", low + "ing", low.rstrip("e") + "ing", low.removesuffix("y") + "ies", low.removesuffix("ies") + "y"}  # fmt: skip
    if item.concept in ctx.compiled.metrics[metric].weights or item.kind != "w" or len(low) < 4:
        return True
    concept, root = ctx.compiled.lexicon.concept, stem(low)
    # A synonym is another word; the same root in another form may be another thing.
    return not forms.isdisjoint(ctx.compiled.spelling[metric]) or any(
        stem(word) != root and concept(word) == item.concept for word in ctx.compiled.spelling[metric]
    )


def _had(scene: Scene, at: int) -> bool:
    """ "has an app", "has no app": a noun for the things compared is here what one of them has."""
    before = scene.line.low(at - 1)
    if before in ("a", "an", "no", "any"):
        return scene.line.low(at - 2) in _HAVING or before == "no"
    return before in _HAVING


_HAVING = frozenset("has have had includes offers without with lacks lack gets".split())


def _is_verb_here(scene: Scene, at: int, metric: int, ctx: FormContext) -> bool:
    """ "Pontoon runs on Linux" of "Windows runners", "supports eSIM" of "Support": the verb of the clause, and no part of a name."""
    item = scene.line.items[at]
    if item.low not in ctx.compiled.lexicon.capability_verbs or item.low.endswith("ed"):
        return False
    if (item.concept,) not in ctx.compiled.metrics[metric].phrases:
        return item.concept not in compiled_values(ctx, metric)
    return scene.line.kind(at - 1) == "e" or scene.line.low(at - 1) in _BEFORE_A_VERB


_BEFORE_A_VERB = frozenset("not to can cannot can't does do did doesn't don't didn't will won't that which who".split())


def _counts(scene: Scene, first: int, place: int) -> bool:
    """ "two are pending": a number of things is the subject; who they are is not said."""
    items = scene.line.items
    at = first
    while at < place and items[at].low in (
        "and",
        "but",
        "or",
        ",",
        "only",
        "just",
        "another",
        "the",
        "other",
        "while",
        "whereas",
    ):
        at += 1
    if at >= place or items[at].kind != "n" or not items[at].text.isalpha() or scene.extra.get("count"):
        return False
    return not any(first <= mention.at < place for mention in scene.mentions)


def _presupposed(items: list[Item], places: list[int], values: frozenset[str], names: Mapping[str, float]) -> bool:
    """ "its plastic body is not for everyone": value and name side by side in a noun phrase, which a later "not" leaves alone."""
    return (
        len(places) > 1
        and places[-1] == places[-2] + 1
        and items[places[-2]].concept in values
        and items[places[-1]].concept in names
        and places[0] > 0
        and (items[places[0] - 1].low in ("its", "their", "the") or items[places[0] - 1].low == "'s")
    )


def _of_a_figure(item: Item, ctx: FormContext) -> bool:
    cards = ctx.compiled.metrics
    return any(
        (cards[metric].numeric or cards[metric].is_date) and not cards[metric].hidden
        for metric in ctx.compiled.by_concept.get(item.concept, ())
    )


def compiled_values(ctx: FormContext, metric: int) -> frozenset[str]:
    """The value words of a metric that are not also words of its name."""
    return ctx.compiled.value_words[metric] - frozenset(ctx.compiled.metrics[metric].weights)
