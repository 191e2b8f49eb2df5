"""Assertions beyond the facts: list items that no fact carries, capabilities of unknown things, causes, makers, popularity."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import SUBJECT, TOPIC, Scene
from flows.check.forms.capability import segments
from flows.check.forms.context import FormContext, advice_clause
from flows.check.items import Item
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

_CAUSE = frozenset({"because", "thanks", "owing"})
_LIGHT = frozenset("is are was were has have be been can will would may might could should also still even just only very quite fairly really both".split())


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Unverifiable claims for what is asserted of an entity without any fact behind it."""
    if scene.line.sentence.section in ("pros", "cons"):
        yield from _list_items(scene, ctx)
    yield from _unknown_things(scene, ctx)
    yield from _beyond(scene, ctx)


def _list_items(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """In pros and cons each part must rest on a fact: a part without any link asserts something that none carries."""
    items = scene.line.items
    for first, last in _parts(scene, ctx):
        part = items[first:last]
        if any(item.covered for item in part):
            continue
        content = [item for item in part if item.kind == "w" and _says_something(item, ctx)]
        if not content or any(item.concept in ctx.compiled.vocabulary and item.low not in ctx.compiled.lexicon.soft for item in content):
            continue
        for item in part:
            item.covered = True
        yield TypedClaim(Form.UNSUPPORTED, content[0].start, content[-1].end, fixed=Label.UNVERIFIABLE, reason="no fact carries this", items=(first, last))


def _parts(scene: Scene, ctx: FormContext) -> list[tuple[int, int]]:
    """A bullet is one part; running text after "Pros:" is cut at commas and semicolons."""
    items = scene.line.items
    if scene.line.sentence.bullet and len(items) <= 9:
        return [(0, len(items))]
    return segments(scene, ctx)


def _says_something(item: Item, ctx: FormContext) -> bool:
    return item.low not in ctx.compiled.lexicon.stop and item.low not in _LIGHT and item.low[0].isalpha()


def _unknown_things(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """"X supports Y", "X ships with Y" where no fact knows Y."""
    items = scene.line.items
    lexicon = ctx.compiled.lexicon
    for at, item in enumerate(items):
        if item.covered or item.kind != "w" or not (item.low in _PLAIN_VERBS or item.low in lexicon.lacking_verbs):
            continue
        if scene.line.low(at + 1) in ("to", "been", "had", "got", "come", "become", "grown", "its", "not") or scene.line.low(at - 1) in ("to", "that", "which"):
            continue
        if not _has_subject(scene, at) or advice_clause(scene, at):
            continue
        last = at
        unknown: list[int] = []
        touched = False
        for position in range(at + 1, min(len(items), at + 12)):
            if items[position].depth - items[at].depth >= 0.45 or items[position].kind == "p" and items[position].low in ".;:—(":
                break
            if items[position].covered or items[position].kind in ("n", "e"):
                touched = True
                break
            if _says_something(items[position], ctx) and items[position].kind == "w":
                if items[position].concept in ctx.compiled.vocabulary:
                    touched = True
                elif items[position].low not in ctx.compiled.class_nouns and items[position].low not in lexicon.soft:
                    unknown.append(position)
                    last = position
        if unknown and not touched:
            for position in range(at, last + 1):
                items[position].covered = True
            yield TypedClaim(Form.UNSUPPORTED, item.start, items[last].end, fixed=Label.UNVERIFIABLE, reason="no fact carries this", items=(at, last + 1))


_PLAIN_VERBS = frozenset(
    "support supports includes include included offers offer ships ship shipped bundles bundled provides provide features feature contains has have comes requires require needs integrates implements "
    "allows enables handles lacks supports uses runs works gives gains boasts sports carries brings delivers enjoys".split()
)


_PEOPLE = frozenset("people teams users developers companies buyers businesses customers shops organizations organisations startups enterprises beginners professionals players riders drivers owners travellers".split())


def _beyond(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Makers, popularity, trends, and what "most teams" do: no fact sheet without such a metric carries them."""
    items = scene.line.items
    lexicon = ctx.compiled.lexicon
    for at, item in enumerate(items):
        if item.covered or item.kind != "w":
            continue
        crowd = item.low in ("most", "many") and scene.line.low(at + 1) in _PEOPLE and scene.line.low(at - 1) not in ("for", "suit", "suits", "than", "fit", "fits")
        if not crowd and (item.low not in lexicon.beyond or item.concept in ctx.compiled.vocabulary):
            continue
        if advice_clause(scene, at) or not _has_subject(scene, at):
            continue
        last = at + 1 if crowd else at
        for position in range(at, last + 1):
            items[position].covered = True
        yield TypedClaim(Form.UNSUPPORTED, item.start, items[last].end, fixed=Label.UNVERIFIABLE, reason="no fact carries this", items=(at, last + 1))


def _has_subject(scene: Scene, at: int) -> bool:
    """A subject of the compared things stands before the verb, in its clause or carried by a pronoun."""
    items = scene.line.items
    for mention in reversed(scene.mentions):
        if mention.at < at and mention.role in (SUBJECT, TOPIC):
            return items[at].depth - items[mention.at].depth < 1.0
    return bool(scene.topic) and at <= 1
