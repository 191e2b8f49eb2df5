"""Wishes: what the reader is said to get by choosing a thing ("choose X if you want Y"), where no fact knows it of X.

What describes only the reader says nothing of a thing: money, speed, workloads, a plan of action. The object of the wish
is read conjunct by conjunct; a possessive ("its plugin market") asserts that the thing has it, whatever the word.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.accounted import accounted
from flows.check.forms.context import FormContext
from flows.check.items import Item, back_over, cover
from flows.check.lexicon import assertions as words
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

_PERSONS = frozenset("you who they we teams users people and can could".split())
_ADVERBS = frozenset(
    "also already really just only still simply absolutely do mostly mainly often always primarily".split()
)
_NO_OBJECT = frozenset(
    "to you it them your nothing something anything everything neither both none one that this".split()
)
_ENDS = frozenset(
    "but if when while because so at over where who whose that which rather instead than without from until on".split()
)
_JOINTS = frozenset("and or plus with".split())
_MODALS = frozenset("can will would do don't are have must may might could".split())
_OFFERED = frozenset("support tool tools package plan plans".split())
_CLOSERS = frozenset(".;:—–()!?")
_VERBS = words.WISHES | words.WISHES_HARD | words.FONDNESS | words.BEARING
_POSSESSIVES = frozenset("its their".split())


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Unverifiable claims for things wished for that no fact gives to what is recommended."""
    items = scene.line.items
    if not (scene.mentions or scene.topic) or _VERBS.isdisjoint(scene.line.lows):
        return
    for at, item in enumerate(items):
        hard = item.low in words.WISHES_HARD and scene.line.low(at + 1) in ("on", "upon")
        fond = item.low in words.FONDNESS
        borne = item.low in words.BEARING and scene.line.low(at + 1) == "with" and scene.line.low(at + 2) not in ("it", "that", "them", "this", "less", "fewer")  # fmt: skip
        if not (hard or fond or borne or item.low in words.WISHES) or not _of_a_person(items, at):
            continue
        first = at + (2 if hard or borne else 1)
        if scene.line.low(first) in _NO_OBJECT:
            continue
        for start, stop in _conjuncts(items, first):
            if start > first and items[start].low in _MODALS:
                # "... and can live with its quirks": another verb of the reader.
                break
            if fond and not _definite(items, start, stop):
                # "you value comfort" describes the reader; "a large dealer network" beside it does not.
                continue
            found = _asserted(scene, ctx, start, stop)
            if found is None:
                break
            if found:
                cover(items, start, found[-1])
                yield TypedClaim(
                    Form.UNSUPPORTED,
                    items[start].start,
                    items[found[-1]].end,
                    fixed=Label.UNVERIFIABLE,
                    reason="no fact says that it has this",
                    items=(start, found[-1] + 1),
                )


def _definite(items: list[Item], start: int, stop: int) -> bool:
    """Whether a conjunct speaks of one thing or a make: "a large dealer network", "Google's style", "mesh-based backs"."""
    return (
        items[start].low in ("a", "an")
        or _compound(items, start, stop) is not None
        or any(
            items[k].low in ("'s", "’s") and items[k - 1].text[:1].isupper()
            for k in range(start + 1, min(stop, start + 3))
        )
    )


def _compound(items: list[Item], start: int, stop: int) -> int | None:
    """The first item of a compound that says how a thing is made: "header-only", "indentation-based"."""
    for k in range(start + 1, stop - 1):
        if items[k].low == "-" and items[k + 1].low in words.MAKES and items[k - 1].end == items[k].start:
            return k - 1
    return None


def _of_a_person(items: list[Item], at: int) -> bool:
    before = back_over(items, at, _ADVERBS)
    return before >= 0 and items[before].low in _PERSONS


def _conjuncts(items: list[Item], first: int) -> Iterator[tuple[int, int]]:
    start = first
    for at in range(first, len(items) + 1):
        item = items[at] if at < len(items) else None
        ends = (
            item is None
            # "space for photos": for what one needs it describes the reader.
            or (
                item.low == "for"
                and at > first
                and items[at - 1].low in words.NEEDS
                and items[at - 1].low not in _OFFERED
            )
            or item.low in _ENDS
            or (item.kind == "p" and item.low in _CLOSERS)
        )
        if ends or (item is not None and (item.low in _JOINTS or item.low == ",")):
            if at > start:
                yield start, at
            start = at + 1
        if ends:
            return


def _asserted(scene: Scene, ctx: FormContext, start: int, stop: int) -> list[int] | None:
    """The items that no fact accounts for; empty where the conjunct only describes the reader; None ends the reading."""
    items = scene.line.items
    if any(
        items[k].kind == "n" or (items[k].covered and items[k].low not in ctx.compiled.lexicon.stop)
        for k in range(start, stop)
    ):
        return None
    if any(items[k].low in words.READER and items[k].low not in words.NEEDS - words.READER for k in range(start, stop)):
        return []
    if any(items[k].low in ("to", "you", "it") for k in range(start, stop)):
        return None
    owned = items[start].low in _POSSESSIVES
    denied = items[start].low == "no"
    wanted: list[int] = []
    known: list[int] = []
    for k in range(start, stop):
        item = items[k]
        low = item.low
        if item.kind != "w" or not low[0].isalpha() or low in ctx.compiled.lexicon.stop or low in words.MEASURES:
            continue
        if accounted(item, ctx.compiled.accounted, ctx.compiled):
            if low not in words.NEEDS:
                known.append(k)
        elif owned:
            if low not in words.TASTE:
                wanted.append(k)
        elif (low in ("safe", "safety") and scene.line.low(k - 1) in words.SAFE_OF) or not (
            low in words.NEEDS
            or (low in words.QUALITY and low not in words.GOODS)
            or (low in words.PLAIN and not denied)
            or low in words.TASTE
            or low in ctx.compiled.class_nouns
            or low in ctx.compiled.lexicon.soft
            or low.endswith("ly")
            or (
                item.graded is not None
                and any(item.graded.meaning.classes & card.classes for card in ctx.compiled.metrics)
            )
        ):
            wanted.append(k)
    made = _compound(items, start, stop)
    if made is not None and made not in known and made + 2 not in known and made + 3 < stop:
        return sorted({*wanted, made, made + 2})
    if not wanted or (owned and known) or (not denied and len(known) > len(wanted)):
        return []
    if (
        not denied
        and known
        and max(known) < min(wanted)
        and (_linked(items, max(known), min(wanted)) or _whole(items, known, ctx))
    ):
        # "backups on tape", "organic food": a known thing first, and how it is wanted; "module federation" is another thing.
        return []
    if not owned and not denied and len(wanted) == 1 and _kind(scene, ctx, start, stop, wanted[0]):
        return []
    return wanted


def _whole(items: list[Item], known: list[int], ctx: FormContext) -> bool:
    """Whether the known words are the whole name of a metric."""
    said = tuple(items[k].concept for k in known)
    return any(said in card.phrases for card in ctx.compiled.metrics)


def _kind(scene: Scene, ctx: FormContext, start: int, stop: int, at: int) -> bool:
    """ "a quiet mower", "a drill with ...": the noun for the kind of thing compared, which no fact need name."""
    items = scene.line.items
    if items[start].low not in ("a", "an") or at != stop - 1:
        return False
    measured = any(
        graded.meaning.classes & card.classes
        for item in items[start:at]
        if (graded := item.graded) is not None
        for card in ctx.compiled.metrics
    )
    return measured or scene.line.low(stop) in ("with", "that", "which", "whose", "without")


def _linked(items: list[Item], first: int, last: int) -> bool:
    return any(items[k].low in _PREPOSITIONS for k in range(first + 1, last))


_PREPOSITIONS = frozenset("of for with in on from by to at against under over across without as".split())


__all__ = ["read"]
