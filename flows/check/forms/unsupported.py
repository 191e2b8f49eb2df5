"""Assertions beyond the facts: what is said of the things compared and no fact carries.

A sentence is read part by part (`parts`). Words that facts, claims, names and general words of comparison account for
assert nothing new. Three things are looked for by shape: what a reader is said to get (`wishes`), superlatives of
a quality that no metric measures, and what most people do. Whatever else a part asserts is weighed, not recognised (`doubtful`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flows.check.discourse import Scene
from flows.check.fitting import is_money
from flows.check.forms import doubtful, wishes
from flows.check.forms.accounted import accounted, sort_words
from flows.check.forms.beside import told_by_figure
from flows.check.forms.clauses import advice_clause, negated
from flows.check.forms.context import FormContext, beyond
from flows.check.forms.parts import Part, parts
from flows.check.forms.sides import subjects_for
from flows.check.items import Item, cover
from flows.check.lexicon import assertions as words
from flows.check.typed import Form, TypedClaim


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Unverifiable claims for what is asserted of an entity without any fact behind it."""
    yield from wishes.read(scene, ctx)
    found = parts(scene, ctx)
    for part in found:
        if part.open or _speaks_of_a_crowd(part):
            sort_words(part, scene, ctx)
    yield from _superlatives(scene, ctx)
    for part in found:
        if _speaks_of_a_crowd(part) and not any(
            scene.line.items[at].covered for at in (*part.unknown, *part.quality, *part.named)
        ):
            yield from _crowd(scene, part)
    yield from doubtful.read(scene, found, ctx)


def _speaks_of_a_crowd(part: Part) -> bool:
    return "most" in part.lows or not _PREFERRING.isdisjoint(part.lows)


def _crowd(scene: Scene, part: Part) -> Iterator[TypedClaim]:
    """ "the plan most teams start with": what people do is popularity, which no fact carries."""
    items = scene.line.items
    for at in range(part.first, part.last - 1):
        if (
            items[at].low == "most"
            and (
                items[at + 1].low in _PEOPLE or (items[at + 1].low in words.READER and items[at + 1].low.endswith("s"))
            )
            and scene.line.low(at - 1) not in ("for", "suit", "suits", "than", "fit", "fits", "like", "in", "to")
            and scene.line.low(at + 2) not in ("should", "shouldn't")
        ):
            last = max([at + 1, *(k for k in (*part.unknown, *part.known) if k > at)])
            yield beyond(scene, at, last, "no fact says what people do")
            return
        if (
            items[at].low in _PREFERRING
            and at > part.first
            and scene.line.low(at - 1)
            not in ("to", "you", "i", "we", "who", "not", "would", "may", "might", "will", "n't")
            and (at + 1 in scene.by_at or (scene.line.low(at + 1) == "the" and at + 2 in scene.by_at))
            and items[at - 1].kind == "w"
            and (at - 1 in part.reader or at - 1 in part.unknown or at - 1 in part.named or at - 1 == part.first)
            and scene.line.low(part.first) not in ("if", "choose", "when", "some", "many")
        ):
            yield beyond(
                scene,
                part.first,
                max([at + 1 if at + 1 in scene.by_at else at + 2, *part.unknown, *part.quality, *part.named]),
                "no fact says what people do",
            )
            return


_PREFERRING = frozenset(
    "know knows love loves praise praises swear prefer prefers trust trusts choose chose adopt adopted adopts use uses standardised standardized".split()
)


def _superlatives(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """ "the sportiest chassis", "the most polished apps": a superlative of a quality that no metric measures."""
    items = scene.line.items
    for at in [at for at, item in enumerate(items) if item.low[-3:] == "est"]:
        item = items[at]
        low = item.low
        if (
            len(low) > 5
            and not item.covered
            and item.kind == "w"
            and item.graded is None
            and low not in words.NOT_SUPERLATIVE
            and scene.line.low(at - 1) in _BEFORE_BEST
            and low not in ctx.compiled.vocabulary
        ):
            yield _borne(scene, at, ctx) or beyond(scene, at, _noun(scene, at), "no metric measures this")
    if _RANKING.isdisjoint(scene.line.lows):
        return
    for at, item in enumerate(items[:-1]):
        if item.low not in _RANKING:
            continue
        figures = any(each.kind == "n" for each in items)
        if item.low == "best" and scene.line.low(at - 1) in _BEFORE_BEST and _evaluated(scene, at + 1, ctx):
            last = at + (3 if scene.line.low(at + 2) == "-" else 1)
            yield beyond(scene, at, min(last, len(items) - 1), "no fact holds such a score")
            continue
        crowd = _for_most(scene, at) if item.low == "best" and scene.line.low(at - 1) in _BEFORE_BEST else None
        if crowd is not None:
            yield beyond(scene, at, crowd, "no fact says what suits most people")
            continue
        if (
            item.low in _PRICED
            and scene.line.low(at - 1) == "the"
            and items[at + 1].low in _PICKS
            and not item.covered
            and not any(
                "price" in card.weights or (card.unit is not None and is_money(card.unit))
                for card in ctx.compiled.metrics
            )
            and not advice_clause(scene, at)
        ):
            yield beyond(scene, at, at + 1, "no fact holds a price")
            continue
        if not figures and item.low in _BARE and item.graded is not None and _unmeasured(scene, at + 1, ctx):
            yield beyond(scene, at, at + 1, "no metric measures this")
            continue
        if (
            item.low in ("most", "least")
            and scene.line.low(at - 1) in _BEFORE_BEST
            and _adjective(items[at + 1])
            and items[at + 1].concept not in ctx.compiled.accounted
        ):
            yield _borne(scene, at, ctx) or beyond(scene, at, _noun(scene, at + 1), "no metric measures this")


def _borne(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """A superlative of an unknown quality with the figure that it rests on: its thing leads or ends the order of that metric."""
    last = _noun(scene, at + 1 if scene.line.low(at) in ("most", "least") else at)
    metric = told_by_figure(scene, last, ctx)
    if metric is None or scene.line.low(last) in _PICKS:
        # "The fairest deal: $4.00" is a judgement, whatever the figure.
        return None
    subjects, weak = subjects_for(scene, at, ctx)
    cover(scene.line.items, at, last)
    claim = TypedClaim(
        Form.RANK,
        scene.line.items[at].start,
        scene.line.items[last].end,
        subjects=subjects,
        metrics=(metric,),
        sign="up",
        rank=1,
        lenient=weak,
        positive=not negated(scene.line.items, at),
        items=(at, last + 1),
    )
    if claim.positive:
        # Which end of the order the word means, nobody knows.
        claim.readings = (replace(claim, sign="down"),)
    return claim


_BARE = frozenset("more less fewer fewest".split())
_PRICED = frozenset({"budget", "affordable", "economical", "premium", "entry-level", "bargain"})
_PICKS = frozenset(
    {"pick", "option", "choice", "model", "buy", "alternative", "king", "tier", "end", "deal", "value", "offer", "bet"}
)
#: The words on which a superlative of an unknown quality turns.
_RANKING = _BARE | _PRICED | {"best", "most", "least"}


_PEOPLE = frozenset(
    "people teams users developers companies buyers businesses customers shops organizations organisations startups enterprises beginners professionals players riders drivers owners travellers projects".split()
)


def _for_most(scene: Scene, at: int) -> int | None:
    """ "the best start for most users": the last item of a superlative that holds for a share of people."""
    items = scene.line.items
    for k in range(at + 2, min(len(items) - 2, at + 6)):
        if items[k].kind != "w":
            return None
        if (
            items[k].low == "for"
            and items[k + 1].low == "most"
            and (items[k + 2].low in _PEOPLE or items[k + 2].low in words.READER)
        ):
            return k + 2
    return None


def _unmeasured(scene: Scene, at: int, ctx: FormContext) -> bool:
    """ "fewer countries", "a better writer": the noun of a comparative that says nothing of its own, unknown to the facts."""
    item = scene.line.items[at]
    if (
        item.kind != "w"
        or item.graded is not None
        or item.covered
        or len(item.low) < 4
        or not item.low.isalpha()
        or item.low.endswith("ly")
    ):
        return False
    if advice_clause(scene, at) or scene.line.sentence.section == "choose":
        return False
    if (
        accounted(item, ctx.compiled.accounted, ctx.compiled)
        or item.low in ctx.compiled.lexicon.stop
        or item.low in ctx.compiled.class_nouns
    ):
        return False
    return not any(
        item.low in known
        for known in (words.PLAIN, words.TASTE, words.READER, words.MEASURES, words.QUALITY, ctx.compiled.lexicon.soft)
    )


_SCORES = frozenset(
    "value overall all-rounder allrounder performer experience quality package deal ecosystem product buy all".split()
)


def _evaluated(scene: Scene, at: int, ctx: FormContext) -> bool:
    """ "the best value", "the best all-rounder", "the best gaming monitor": a score that the facts would have to hold."""
    item = scene.line.items[at]
    if item.low == "all":
        return scene.line.low(at + 1) == "-" and scene.line.low(at + 2).startswith("round")
    if item.low in _SCORES:
        return item.concept not in ctx.compiled.by_concept
    if (
        item.kind != "w"
        or item.low in words.PLAIN
        or item.low in words.TASTE
        or item.low in ctx.compiled.lexicon.stop
        or item.low in ctx.compiled.lexicon.soft
        or item.graded is not None
    ):
        return False
    return (
        not accounted(item, ctx.compiled.accounted, ctx.compiled)
        and item.low not in ctx.compiled.class_nouns
        and item.low not in words.READER
    )


_BEFORE_BEST = frozenset("the its their 's is are has".split())


def _adjective(item: Item) -> bool:
    return (
        item.kind == "w"
        and item.graded is None
        and (
            item.low in words.QUALITY
            or item.low.endswith(
                ("ed", "ive", "able", "ible", "ful", "al", "ic", "ous", "ant", "ent", "ly", "ing", "ary")
            )
        )
    )


def _noun(scene: Scene, at: int) -> int:
    following = at + 1
    items = scene.line.items
    return (
        following
        if following < len(items)
        and items[following].kind == "w"
        and items[following].low.isalpha()
        and len(items[following].low) > 3
        else at
    )
