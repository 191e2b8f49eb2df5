"""Premises: a comparison of something that no fact knows ("its keyboard is the best", "cached prompts are cheaper still").

Read before the forms of order, which would hold the comparison against a metric of the whole thing.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.accounted import accounted
from flows.check.forms.clauses import advice_clause
from flows.check.forms.context import FormContext
from flows.check.items import Item, cover
from flows.check.lexicon import assertions as words
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

_OPENERS = frozenset("and but while whereas though although so yet that because since also , ; : — – ( * -".split())
_BE = frozenset(
    "is are was were has have had looks look feels feel sounds sound costs cost runs run gets get takes take".split()
)
_ENDS = frozenset(", ; : . — – ( ) ! ? while whereas but because although though when if".split())


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """A claim for each clause that compares a part or an aspect unknown to the facts."""
    items = scene.line.items
    opening = [at for at in range(1, len(items)) if items[at - 1].low in _OPENERS]
    for at in (0, *opening) if items else ():
        first = _owned(items, at)
        bare = first is None
        if first is None and (at == 0 or items[at - 1].low in ("and", "but", "while", "whereas", ",", ";")):
            first = at
        if first is None:
            continue
        verb = first
        while verb < len(items) and verb < first + 4 and _unknown(items[verb], ctx, verb == 0):
            verb += 1
        if verb == first or verb >= len(items) or not _verb(items, verb, bare):
            continue
        found = _compared(scene, verb, ctx)
        if found is None or advice_clause(scene, at):
            continue
        if bare and (len(found[2]) or not items[verb - 1].low.endswith("s")):
            # "Short hops are cheapest with Carly" speaks of Carly; "the German is quieter" is a name for a thing compared.
            continue
        cover(items, first, found[1])
        yield TypedClaim(
            Form.UNSUPPORTED,
            items[first].start,
            items[found[1]].end,
            fixed=Label.UNVERIFIABLE,
            reason="no fact is about this",
            items=(first, found[1] + 1),
        )


def _owned(items: list[Item], at: int) -> int | None:
    """The first item after "its", "their" or "X's" at item `at`."""
    if items[at].low in ("its", "their"):
        return at + 1
    if items[at].kind == "e" and at + 1 < len(items) and items[at + 1].low in ("'s", "'"):
        return at + 2
    return None


def _unknown(item: Item, ctx: FormContext, opening: bool) -> bool:
    low = item.low
    return (
        item.kind == "w"
        and not item.covered
        and low.isalpha()
        and len(low) > 2
        and (item.graded is None or item.graded.degree == "positive")
        and (opening or item.text[0].islower() or item.text.isupper())
        and low not in ctx.compiled.lexicon.stop
        and low not in words.PLAIN
        and low not in words.TASTE
        and low not in words.READER
        and low not in words.RELATIONS
        and low not in words.MEASURES
        and low not in ctx.compiled.lexicon.class_nouns
        and not low.endswith("ly")
        and not accounted(item, ctx.compiled.accounted, ctx.compiled)
    )


def _verb(items: list[Item], at: int, bare: bool) -> bool:
    """Whether the clause's verb follows: "is", "still lags"."""
    while at < len(items) and (items[at].low in ("still", "also", "even", "just") or items[at].low.endswith("ly")):
        at += 1
    if at >= len(items):
        return False
    return items[at].low in _BE or (not bare and (items[at].degree == "verb" or items[at].low in words.PLAIN) and items[at].low.endswith("s"))  # fmt: skip


def _compared(scene: Scene, verb: int, ctx: FormContext) -> tuple[int, int, tuple[int, ...]] | None:
    """First and last item of the comparison in the clause of the verb, and whom else the clause names."""
    items = scene.line.items
    first = last = -1
    named: list[int] = []
    for at in range(verb, min(len(items), verb + 9)):
        item = items[at]
        if item.low in _ENDS:
            break
        if item.kind == "n" or (
            item.kind == "w" and first >= 0 and accounted(item, ctx.compiled.accounted, ctx.compiled)
        ):
            # A figure or a known metric carries it.
            return None
        if item.kind == "e":
            if item.low not in ("it", "its", "them"):
                named.extend(item.entities)
        elif item.degree in ("comparative", "superlative", "verb"):
            if item.covered:
                return None
            first, last = at if first < 0 else first, at
    return (first, last, tuple(named)) if first >= 0 else None


__all__ = ["read"]
