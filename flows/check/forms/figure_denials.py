"""Figure denials: whether a figure is denied, and of whom: "never takes longer than 5 ms", "none needs more than 1.5 GB"."""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.groups import names_things
from flows.check.items import Item, hedge_first
from flows.check.lexicon.verbs import VERBS
from flows.check.stated import Hedge, Stated

_AUXILIARIES = frozenset("is are was were do does did has have had can could will would".split())


def verb_denied(items: list[Item], at: int) -> bool:
    """ "does not have four cores", "isn't 1.2 kg": the verb is denied; "14, not 12" and "not only 12" deny none."""
    start = hedge_first(items, at)
    for position in range(start - 1, max(0, start - 4), -1):
        low = items[position].low
        if low.endswith("n't") or (low == "not" and items[position - 1].low in _AUXILIARIES):
            return True
        if items[position].kind != "w" or low in _BOUNDING:
            return False
    return False


def said_never(items: list[Item], at: int) -> bool:
    """ "never takes longer than 5 ms", "never gets past 2.6 GB/s"."""
    start = hedge_first(items, at)
    return any(
        items[position].low == "never" and all(item.kind == "w" for item in items[position:start])
        for position in range(start - 1, max(-1, start - 4), -1)
    )


def denied_whom(scene: Scene, at: int, stated: Stated, ctx: FormContext, *, tied: bool) -> tuple[int, ...]:
    """Of whom a figure is denied: "None needs more than 1.5 GB", "no tool finishes in under 3 s" of all, "A, B, C: none above 8"
    of those before; () where the clause does not open so."""
    items = scene.line.items
    start = hedge_first(items, at)
    bound = stated.hedge in _BOUNDS
    everyone = tuple(range(ctx.compiled.entity_count))
    for position in range(start - 1, max(-1, start - _OPENING), -1):
        low = items[position].low
        opens = not position or items[position - 1].kind == "p" or items[position - 1].low in ("and", "but")
        if low in ("none", "nobody", "nothing"):
            if not opens or start - position > 3 or not (bound or start - position > 1):
                return ()
            before = [mention.entities for mention in scene.mentions if mention.at < position and mention.how == "list"]
            return before[-1] if before and low == "none" else everyone
        if low == "no":
            thing = items[position + 1]
            # "No fare is above €64", where "no teaching hospital exceeds six" is of hospitals.
            measured = thing.concept in ctx.compiled.by_concept and (
                position + 2 >= start or items[position + 2].low in VERBS
            )
            # Of one that is named: "no file may exceed 60 MB in X".
            meant = measured or tied or names_things(thing, ctx.compiled)
            return everyone if opens and bound and meant else ()
        if items[position].kind != "w":
            return ()
    return ()


#: How far before a figure the clause may open that denies it of all, and what makes a figure a bound.
_OPENING = 7


_BOUNDS = frozenset({Hedge.OVER, Hedge.UNDER, Hedge.AT_LEAST, Hedge.AT_MOST})


#: What a denial before these is about is not the figure itself.
_BOUNDING = frozenset("only just merely than even until for".split())
