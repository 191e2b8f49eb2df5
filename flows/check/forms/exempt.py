"""Exempt: idioms whose comparatives and numbers oblige nothing, and digits that belong to the name of a metric."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.items import Item
from flows.check.lexicon import Lexicon
from flows.check.typed import TypedClaim
from flows.check.words import tokenize


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Marks what is exempt; never yields a claim."""
    items = scene.line.items
    by_first = idioms_by_first(ctx)
    lows = tuple([item.low for item in items])
    for at in [at for at, low in enumerate(lows) if low in by_first]:
        for phrase in by_first[lows[at]]:
            if lows[at : at + len(phrase)] == phrase and not _grades(items, at + len(phrase)):
                # "more than one" is an idiom, "at least 40" is a bound: a number directly after keeps its hedge.
                for k in range(len(phrase)):
                    # Only what obliges: "exactly-once delivery" stays readable as a capability.
                    if items[at + k].graded is not None or items[at + k].kind == "n":
                        items[at + k].covered = True
                        scene.idle.add(at + k)
    for at in scene.line.numbers:
        if items[at].concept and _names_metric(scene, at, ctx):
            items[at].covered = True
    yield from ()


def _grades(items: list[Item], at: int) -> bool:
    """ "the more efficient of the pair": the "more" of an idiom ("the more, the merrier") grades the adjective behind it."""
    return (
        0 < at < len(items)
        and items[at - 1].low in ("more", "less")
        and items[at].degree == "positive"
        and not any(
            item.low == "the" and following.low in ("more", "less")
            for item, following in zip(items[at:], items[at + 1 :], strict=False)
        )
    )


def idioms_by_first(ctx: FormContext) -> dict[str, list[tuple[str, ...]]]:
    """The idioms by their first word, longest first."""
    return _table(ctx.compiled.lexicon)


@lru_cache(maxsize=8)
def _table(lexicon: Lexicon) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in lexicon.idioms:
        words = tuple(token.low for token in tokenize(" ".join(phrase)))
        table.setdefault(words[0], []).append(words)
    return table


_REACHING = frozenset("to hit hits hitting reach reaches reached reaching pass passes past touches".split())


def _names_metric(scene: Scene, at: int, ctx: FormContext) -> bool:
    """ "with 10 threads", "at 1080p": the number is a word of a metric's name and stands beside another word of it."""
    items = scene.line.items
    concept = items[at].concept
    metrics = ctx.compiled.by_concept.get(concept)
    if not metrics:
        return False
    stated = items[at].stated
    if scene.line.low(at - 1) in ("is", "was", "are") or (
        stated is not None
        and stated.quantity.unit not in (None, "1")
        and (concept, stated.quantity.unit or "1") not in ctx.compiled.conditions
    ):
        # "the price is $4": a value, even where a metric has that figure in its name.
        return False
    beside = ctx.compiled.beside_numbers.get(concept, frozenset())
    if scene.line.low(at - 1) in _REACHING and any(word[:1].isdigit() for word in beside):
        # "sprints to 100 in 4 s", "hits 60 in 12 s", of a column "0-100 km/h"
        return True
    counted = items[at + 1].concept if at + 1 < len(items) and items[at + 1].kind == "w" else ""
    if counted in ctx.compiled.by_concept and counted not in beside:
        # "allocates 10 objects" where the name is "objects allocated: 10 fields": the value of that metric.
        return False
    for neighbour in (at + 1, at - 1, at + 2, at - 2, at - 3):
        if 0 <= neighbour < len(items) and items[neighbour].kind == "w" and items[neighbour].concept in beside:
            return True
    first = items[at].text.lower()
    return (
        # "1080p", "h264": written as one word; "10 allocations" counts something.
        " " not in first
        and any(char.isalpha() for char in first)
        and any(char.isdigit() for char in first)
        and stated is not None
        and stated.quantity.unit in (None, "1")
    )
