"""Capability words: what the words of a clause that name a column do there: name it, qualify it, belong to a verb, a figure or a name."""

from __future__ import annotations

from collections.abc import Mapping

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.forms.having import BUILT_IN
from flows.check.items import Item
from flows.check.lexicon.assertions import EDITIONS
from flows.check.sheet import MetricCard
from flows.check.words import stem
from schemas.catalogue import MetricKind


def listed_whole(scene: Scene, first: int, last: int, metric: int, places: list[int], ctx: FormContext) -> bool:
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


MODALS = frozenset(["can", "cannot", "can't", "will", "won't"])


def single(scene: Scene, at: int, card: MetricCard) -> bool:
    """ "single-threaded", "a single thread", where a column of yes and no says "multi-threaded"."""
    before = scene.line.low(at - 2) if scene.line.low(at - 1) == "-" else scene.line.low(at - 1)
    return (
        before == "single"
        and card.metric.kind is MetricKind.BOOLEAN
        and any("multi" in name.lower() for name in (card.metric.name, *card.metric.aliases))
    )


_NEEDING = frozenset("need needs require requires".split())
_OTHERS = frozenset(
    "external party separate additional extension extensions library libraries package packages".split()
)


def left_to_others(items: list[Item], first: int, places: list[int]) -> list[int]:
    """ "needs an external library for the ORM": who needs something else for a thing does not have it. The places of the thing."""
    needing = next((k for k in range(first, places[-1]) if items[k].low in _NEEDING), None)
    if needing is None or not any(items[k].low in _OTHERS for k in range(needing, places[-1])):
        return []
    purpose = next((k for k in range(needing, places[-1]) if items[k].low == "for"), None)
    return [at for at in places if at > purpose] if purpose is not None else []


def set_aside(items: list[Item], first: int, last: int) -> set[int]:
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


def content(item: Item, ctx: FormContext) -> bool:
    if item.low not in ctx.compiled.lexicon.stop and (len(item.low) > 1 or item.kind == "n"):
        return True
    # "written in Go", "a C library".
    return item.text[:1].isupper() and item.concept in ctx.compiled.grammar_names and item.low not in ("a", "i")


def qualifiers(
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


def shared_by_all(
    items: list[Item], first: int, last: int, places: list[int], ctx: FormContext, *, rivals: bool
) -> bool:
    """Whether the phrase speaks of something else, too: all its words also name measures in figures, another claim has read some
    of it, or `rivals`, other text metrics, are named that are no members of one list with this one."""
    if all(of_a_figure(items[at], ctx) for at in places):
        return True
    if rivals and not any(item.low in ("and", "or", "nor", ",", "&", "+") for item in items[first:last]):
        return True
    return any(
        item.covered and item.kind == "w" and item.concept and at not in places and content(item, ctx)
        for at, item in enumerate(items[first:last], first)
    )


def like_a_name(items: list[Item], at: int) -> bool:
    text = items[at].text
    return any(character.isdigit() or character.isupper() for character in (text[1:] if at == 0 else text))


def tells(item: Item, ctx: FormContext) -> bool:
    """Whether a word says what and not only that it is there."""
    lexicon = ctx.compiled.lexicon
    return (
        content(item, ctx)
        and item.low not in lexicon.capability_verbs
        and item.low not in lexicon.lacking_verbs
        and item.low not in BUILT_IN
        and item.low not in ctx.compiled.class_nouns
    )


def shown_there(item: Item, metric: int, ctx: FormContext) -> bool:
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


def had(scene: Scene, at: int) -> bool:
    """ "has an app", "has no app": a noun for the things compared is here what one of them has."""
    before = scene.line.low(at - 1)
    if before in ("a", "an", "no", "any"):
        return scene.line.low(at - 2) in _HAVING or before == "no"
    return before in _HAVING


_HAVING = frozenset("has have had includes offers without with lacks lack gets".split())


def is_verb_here(scene: Scene, at: int, metric: int, ctx: FormContext) -> bool:
    """ "Pontoon runs on Linux" of "Windows runners", "supports eSIM" of "Support": the verb of the clause, and no part of a name."""
    item = scene.line.items[at]
    if item.low not in ctx.compiled.lexicon.capability_verbs or item.low.endswith("ed"):
        return False
    if (item.concept,) not in ctx.compiled.metrics[metric].phrases:
        return item.concept not in compiled_values(ctx, metric)
    return scene.line.kind(at - 1) == "e" or scene.line.low(at - 1) in _BEFORE_A_VERB


_BEFORE_A_VERB = frozenset("not to can cannot can't does do did doesn't don't didn't will won't that which who".split())


def counts_there(scene: Scene, first: int, place: int) -> bool:
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


def presupposed(items: list[Item], places: list[int], values: frozenset[str], names: Mapping[str, float]) -> bool:
    """ "its plastic body is not for everyone": value and name side by side in a noun phrase, which a later "not" leaves alone."""
    return (
        len(places) > 1
        and places[-1] == places[-2] + 1
        and items[places[-2]].concept in values
        and items[places[-1]].concept in names
        and places[0] > 0
        and (items[places[0] - 1].low in ("its", "their", "the") or items[places[0] - 1].low == "'s")
    )


def of_a_figure(item: Item, ctx: FormContext) -> bool:
    cards = ctx.compiled.metrics
    return any(
        (cards[metric].numeric or cards[metric].is_date) and not cards[metric].hidden
        for metric in ctx.compiled.by_concept.get(item.concept, ())
    )


def compiled_values(ctx: FormContext, metric: int) -> frozenset[str]:
    """The value words of a metric that are not also words of its name."""
    return ctx.compiled.value_words[metric] - frozenset(ctx.compiled.metrics[metric].weights)
