"""Headcounts: "four of the eight tools are provisioners", "two of them charge nothing for egress": whom a value or a nought is counted of.

The forms that read a predicate give its number to the claim that they make. What is left here names a value that some
have, or says of a measure that some have nothing of it; a count that does not come out stays unread.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Mention, Scene
from flows.check.forms.accounted import accounted
from flows.check.forms.context import FormContext
from flows.check.groups import having
from flows.check.items import Item, cover
from flows.check.lexicon.assertions import PLAIN
from flows.check.sheet import Cell, Compiled
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

_NOTHING = frozenset(["nothing", "no", "none", "zero", "without"])
#: Words of a predicate that say nothing of their own.
_BARE = PLAIN | {"extra", "additional", "further"}
_ENDS = frozenset([",", ";", ":", ".", "—", "–", "(", "while", "whereas", "but", "and", "though"])


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """A supported claim for each count that no form has taken and that the facts give."""
    for mention in scene.mentions:
        if mention.count is None or mention.at in scene.counted:
            continue
        last = _clause(scene, mention)
        words = [item for item in scene.line.items[mention.at + 1 : last + 1] if item.kind == "w"]
        found = _nought(scene, mention, words, ctx) if _none_said(words) else _having(mention, words, ctx.compiled)
        if not found or len(found) not in mention.count:
            continue
        scene.counted.add(mention.at)
        items = scene.line.items
        cover(items, mention.at, last)
        names = ", ".join(ctx.compiled.entity_names[cell.entity] for cell in found)
        yield TypedClaim(
            Form.COUNT,
            items[mention.at].start,
            items[last].end,
            fixed=Label.SUPPORTED,
            facts=tuple(cell.fact for cell in found),
            shown=f"{len(found)} do ({names[:200]})",
            items=(mention.at, last + 1),
        )


def _clause(scene: Scene, mention: Mention) -> int:
    """The last item of the counted one's predicate."""
    items = scene.line.items
    last = mention.at
    while last + 1 < len(items) and items[last + 1].low not in _ENDS and items[last + 1].kind != "e":
        last += 1
    return last


def _none_said(words: list[Item]) -> bool:
    return any(item.low in _NOTHING for item in words)


def _having(mention: Mention, words: list[Item], compiled: Compiled) -> list[Cell]:
    """The cells of those who have what the words name, and of whom they say nothing else."""
    if not all(_known(item, compiled) for item in words):
        return []
    who = set(having(words, compiled)) & set(mention.entities)
    named = {item.concept for item in words if item.concept in compiled.by_value}
    cells = {
        cell.entity: cell
        for concept in named
        for cell in compiled.by_value[concept]
        if cell.entity in who and not cell.disputed
    }
    return list(cells.values())


def _nought(scene: Scene, mention: Mention, words: list[Item], ctx: FormContext) -> list[Cell]:
    """The cells that say nothing, nought or no, of the measure that the words name, else of the one just spoken of.

    What there is none of has to be known to the sheet: "two of them have no ads" says nothing of a price of $0.
    """
    compiled = ctx.compiled
    first = next(k for k, item in enumerate(words) if item.low in _NOTHING)
    if not all(_known(item, compiled) for item in words[first + 1 :]):
        return []
    metrics = {metric for item in words for metric in compiled.by_concept.get(item.concept, ())}
    if not metrics:
        before = [link for link in scene.linked if link[0] < mention.at]
        metrics = {max(before)[1]} if before else set()
    for metric in sorted(metrics):
        cells = [cell for entity in mention.entities for cell in compiled.cell(entity, metric)[:1]]
        found = [cell for cell in cells if _empty(cell)]
        if mention.count is not None and len(found) in mention.count:
            return found
    return []


def _known(item: Item, compiled: Compiled) -> bool:
    return (
        item.low in compiled.lexicon.stop
        or item.low in _BARE
        or item.low in compiled.class_nouns
        or item.concept in compiled.by_concept
        or item.concept in compiled.by_value
        or accounted(item, compiled.accounted, compiled)
    )


def _empty(cell: Cell) -> bool:
    return not cell.disputed and (cell.truth is False or (cell.low is not None and cell.low == cell.high == 0))


__all__ = ["read"]
