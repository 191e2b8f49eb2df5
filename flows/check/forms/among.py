"""Among whom a superlative ranks, where the sentence says so: "of the open models, X ...", "leaving A aside", "the cheapest front loader"."""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.groups import having
from flows.check.items import Item
from flows.check.typed import Choice

_OF = frozenset(["of", "among", "amongst"])
#: What is left out: "apart from A", "after A", "leaving A aside".
_BUT = frozenset(["apart", "aside", "besides", "except", "excluding", "after", "behind", "leaving", "ignoring", "bar"])
#: What joins a thing and what it has: "the cheapest phone with wireless charging", "the cheapest way to get ...".
_WITH = frozenset(["with", "without", "get", "offering", "supporting"])
_ENDS = frozenset([",", ";", ".", ":", "—", "–", "("])
#: How much farther all are, where the sentence names some.
_ALL = 0.2
#: How far behind a superlative the noun reaches that says what is ranked.
_REACH = 5


def among(scene: Scene, first: int, last: int, subjects: tuple[Choice, ...], ctx: FormContext) -> tuple[Choice, ...]:
    """The set that the words before or after the superlative at items `first`..`last` name, then all; () where they name none."""
    found = _before(scene, first, ctx) or _after(scene, last, ctx)
    subject = subjects[0].entities[0] if subjects else -1
    if len(found) < 2 or len(found) == ctx.compiled.entity_count or subject not in found:
        return ()
    return Choice(found, 0.0, "said to be ranked"), Choice(tuple(range(ctx.compiled.entity_count)), _ALL, "all")


def _before(scene: Scene, first: int, ctx: FormContext) -> tuple[int, ...]:
    items = scene.line.items
    for at in range(first):
        if at and items[at - 1].kind != "p" and items[at - 1].low not in ("and", "but"):
            continue
        stop = next((k for k in range(at + 1, first) if items[k].low in _ENDS and not _in_list(scene, k)), None)
        if stop is None:
            # "Of our four lowland stations X stayed driest": up to the one that is spoken of.
            names = [mention.at for mention in scene.mentions if at < mention.at < first]
            if items[at].low not in _OF or len(names) != 1 or names[0] - at < 3:
                continue
            found = having(items[at + 1 : names[0]], ctx.compiled)
            size = next((item.stated.low for item in items[at + 1 : names[0]] if item.stated is not None), None)
            return found if size in (None, len(found)) else ()
        if items[at].low in _OF:
            named = _named(scene, at + 1, stop)
            return named if len(named) > 1 else _having(items[at + 1 : stop], ctx)
        if items[at].low in _BUT:
            return _without(_named(scene, at + 1, stop), ctx)
    return ()


def _after(scene: Scene, last: int, ctx: FormContext) -> tuple[int, ...]:
    items = scene.line.items
    stop = last + 1
    while stop < len(items) and stop <= last + _REACH and items[stop].kind == "w" and items[stop].low not in _BUT:
        stop += 1
    if stop < len(items) and items[stop].low in _BUT and items[stop].kind == "w":
        ahead = stop + (2 if scene.line.low(stop + 1) in ("from", "for") else 1)
        return _without(_named(scene, ahead, ahead + 2), ctx)
    if last + 1 < len(items) and items[last + 1].concept in ctx.compiled.by_concept:
        # "the most open issues": the noun is what is measured.
        return ()
    if any(item.low in _WITH for item in items[last + 1 : stop]):
        return _having(items[last + 1 : stop], ctx)
    return having(items[last + 1 : stop], ctx.compiled)


def _in_list(scene: Scene, at: int) -> bool:
    """ "Among A, B and C, C is ...": a comma between the members."""
    before, after = scene.by_at.get(at - 1), scene.by_at.get(at + 1)
    if scene.line.low(at) != "," or before is None or after is None:
        return False
    return any(
        mention.how == "list" and mention.at > at and {*before.entities, *after.entities} <= set(mention.entities)
        for mention in scene.mentions
        if mention.at >= after.at
    ) and not any(mention.at < before.at and mention.entities == after.entities for mention in scene.mentions)


def _named(scene: Scene, first: int, stop: int) -> tuple[int, ...]:
    return tuple(
        dict.fromkeys(entity for mention in scene.mentions if first <= mention.at < stop for entity in mention.entities)
    )


def _without(left_out: tuple[int, ...], ctx: FormContext) -> tuple[int, ...]:
    if not left_out:
        return ()
    return tuple(entity for entity in ctx.compiled.peers(left_out[0]) if entity not in left_out)


def _having(words: list[Item], ctx: FormContext) -> tuple[int, ...]:
    """Those who have what the words name: a value, or what a yes-or-no metric is called after ("with open weights")."""
    found = having(words, ctx.compiled)
    if found:
        return found
    without = any(item.low in ("without", "no") for item in words)
    for item in words:
        for metric in ctx.compiled.by_concept.get(item.concept, ()) if item.kind == "w" else ():
            cells = [
                (entity, cell)
                for entity in range(ctx.compiled.entity_count)
                for cell in ctx.compiled.cell(entity, metric)[:1]
            ]
            if sum(cell.truth is not None for _, cell in cells) * 2 > len(cells):
                return tuple(entity for entity, cell in cells if cell.truth is not without)
    return ()


__all__ = ["among"]
