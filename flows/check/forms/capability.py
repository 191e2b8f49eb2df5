"""Capabilities: "supports plugins", "no ORM is built in", "keeps no logs", linked by the words of names and values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flows.check.cells import COMPOUNDED
from flows.check.discourse import OWNER, Scene
from flows.check.forms.absent import DENYING, no_figure
from flows.check.forms.capability_words import (
    MODALS,
    compiled_values,
    content,
    counts_there,
    had,
    is_verb_here,
    left_to_others,
    like_a_name,
    listed_whole,
    of_a_figure,
    presupposed,
    qualifiers,
    set_aside,
    shared_by_all,
    shown_there,
    single,
    tells,
)
from flows.check.forms.clauses import advice_clause
from flows.check.forms.context import FormContext
from flows.check.forms.contrary import contrary_of
from flows.check.forms.having import BUILT_IN, EVERYWHERE, asserts, denied, has_verb, subjects_of
from flows.check.items import Item
from flows.check.lexicon.verbs import VERBS
from flows.check.typed import Form, MetricChoice, TypedClaim
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
    away = set_aside(items, first, last)
    words = [
        at
        for at in telling
        if items[at].kind in ("w", "n")
        and items[at].concept
        and at not in away
        and (content(items[at], ctx) or (items[at].low in COMPOUNDED and scene.line.low(at + 1) == "-"))
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
        if len(places) > 1 or not is_verb_here(scene, places[0], metric, ctx)
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
        or scene.line.low(first) in MODALS
        or any(item.low in EVERYWHERE for item in scene.line.items[first:last])
    )


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
        and not listed_whole(scene, first, last, metric, places, ctx)
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
        items[at].low in ctx.compiled.class_nouns and items[at].concept not in values and not had(scene, at)
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
    if any(item.kind == "n" for item in items[first:last]) and all(of_a_figure(items[at], ctx) for at in places):
        # "a search time of 0.674 s": the words belong to the metric of the figure.
        return None
    if (
        len(places) == 1
        and items[places[0]].low in ctx.compiled.lexicon.class_nouns
        and not items[places[0]].text[0].isupper()
    ):
        # "come with every plan": a noun for the things compared, though a cell says "Paid plan only".
        return None
    if len(places) == 1 and not shown_there(items[places[0]], metric, ctx):
        return None
    if len(places) == 1 and items[places[0]].low in VERBS and scene.line.kind(places[0] + 1) == "n":
        # "charges $10 a year": the verb of a figure, though a cell says "Extra charge".
        return None
    if counts_there(scene, first, places[0]):
        return None
    stop = last
    if presupposed(items, places, values, ctx.compiled.metrics[metric].weights):
        stop = places[-1] + 1
    # "avoids no obstacles" of "Obstacle avoidance": a verb of lacking that names the metric denies nothing.
    lacking = ctx.compiled.lexicon.lacking_verbs - {items[at].low for at in places}
    within = any(items[at].low in ("no", "without") for at in range(places[0], places[-1]))
    positive = not denied(items, first, stop, places[-1 if within else 0], lacking) and not flipped
    elsewhere = left_to_others(items, first, places)
    if single(scene, places[0], ctx.compiled.metrics[metric]) or elsewhere:
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
    tentative = shared_by_all(items, first, last, places, ctx, rivals=rivals)
    top = scores[metric]
    metrics = tuple(
        MetricChoice(other, top - score, "words")
        for other, score in sorted(scores.items(), key=lambda pair: -pair[1])
        if other == metric or (abs(top - score) <= 0.05 and other not in owner)
    )
    if len(owner) == 1:
        places = sorted([*places, *qualifiers(scene, first, last, places, values, ctx)])
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
    words = tuple(items[at].concept for at in elsewhere or places)
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
        proper=frozenset(items[at].concept for at in places if like_a_name(items, at)),
        qualified=any(
            items[at].kind == "w" and items[at].concept and at not in places and tells(items[at], ctx)
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


def _elsewhere(
    items: list[Item], telling: list[int], metric: int, words: frozenset[str], ctx: FormContext
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Other metrics whose cells hold these words and more of the phrase: "limited by RAM" of a "Limited by RAM"."""
    near = {items[at].concept for at in telling}
    for other, known in enumerate(ctx.compiled.value_words):
        more = near & known
        if other != metric and words < more:
            yield other, tuple(more)
