"""Members: who is said to be the whole of a set: "the Go servers are A and B", "X is the only LFP car with a heat pump".

The set is recounted from the cells, so that a name too many, one too few and a false "only" are told apart from what holds.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.holders import Holders, holders
from flows.check.items import cover
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

_IS = frozenset(["is", "are", "was", "were", "remain", "remains", "isn't", "aren't", "wasn't", "weren't"])
#: What a sentence must hold one of for this form.
WORDS = _IS | {":"}
_OPENERS = frozenset(["the", "all", "both", "these", "those"])
_LIST = frozenset([",", "and", "&", "the", "both", "just", "only", "*", "or"])
_AMONG = frozenset(["of", "among", "amongst"])
_ENDS = frozenset(["", ".", ";", "—", "–", "(", ")", "!"])
_JOINS = frozenset(["and", "but", "while", "whereas", ",", ";", ":", "—", "–", "."])
_BEHIND = frozenset(
    [",", ";", ".", ":", "—", "–", "(", ")", "and", "but", "while", "whereas", "though", "because", "so"]
)


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """A claim for each sentence part that names the members of a set."""
    items = scene.line.items
    for at, item in enumerate(items):
        if item.low not in WORDS or item.covered:
            continue
        found = _set_first(scene, at, ctx) or _members_first(scene, at, ctx)
        if found is not None:
            yield found


def _names(scene: Scene, at: int) -> tuple[tuple[int, ...], int]:
    """The things that are listed by name from item `at` on, and the item behind them."""
    found: list[int] = []
    while at < len(scene.line.items):
        mention = scene.by_at.get(at)
        if mention is not None and mention.how in ("name", "part", "list") and not mention.possessive:
            found.extend(scene.line.items[at].entities)
        elif scene.line.low(at) not in _LIST:
            break
        at += 1
    return tuple(dict.fromkeys(found)), at


def _set_first(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """ "The Go servers are A and B."."""
    line = scene.line
    first = at
    while first > 0 and line.low(first - 1) not in _JOINS:
        first -= 1
    if line.low(first) not in _OPENERS or at - first < 2 or at - first > 12:
        return None
    if any(mention.how in ("name", "part", "pronoun") for mention in scene.mentions if first <= mention.at < at):
        return None
    named, end = _names(scene, at + 1)
    if not named or line.low(end) not in _ENDS:
        return None
    found = _found(scene, first, at, ctx)
    return None if found is None else _claim(scene, first, end - 1, named, found, ctx)


def _members_first(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """ "A and B are the Go servers", "A is the only one under MIT", "A is one of the three with a café"."""
    items, line = scene.line.items, scene.line
    subject = next((each for each in reversed(scene.mentions) if each.at == at - 1), None)
    if subject is None or subject.how not in ("name", "part", "pronoun", "list") or subject.possessive:
        return None
    ahead = at + 1
    size = None
    denied = line.low(ahead) == "not" or line.low(at).endswith("n't")
    if line.low(ahead) == "not":
        ahead += 1
    if line.low(ahead) == "one" and line.low(ahead + 1) == "of":
        ahead += 2
        while line.low(ahead) in ("the", "only", "just"):
            ahead += 1
        stated = items[ahead].stated if ahead < len(items) else None
        if stated is None or stated.quantity.unit not in (None, "1") or not items[ahead].text.isalpha():
            return None
        size = int(stated.low)
    elif line.low(ahead) != "the" or (ahead + 1 < len(items) and items[ahead + 1].degree == "superlative"):
        return None
    end = ahead
    while end < len(items) and line.low(end) not in _BEHIND and not (end > ahead and items[end].kind == "e"):
        end += 1
    if line.low(end) == "and" or line.kind(end) == "e":
        # "the only one with A and B", "the only one that X beats".
        return None
    found = _found(scene, ahead, end, ctx)
    if found is None:
        return None
    if subject.how == "pronoun" and found.having != frozenset(subject.entities):
        # Who is meant is less than sure.
        return None
    if denied:
        of = found.of(subject.entities)
        if of is None or size is not None:
            return None
        # "X is not the only one with a café": it has one, and so has somebody else.
        only = any(items[k].low in ("only", "sole") for k in range(ahead, end))
        held = of and len(found.having) > len(subject.entities) if only else not of
        return _told(scene, ahead - 1, end - 1, found, ctx, holds=held)
    if size is not None:
        if found.of(subject.entities) is None:
            return None
        holds = len(found.having) == size and found.of(subject.entities)
        return _told(scene, ahead - 1, end - 1, found, ctx, holds=bool(holds))
    return _claim(scene, ahead, end - 1, subject.entities, found, ctx)


def _found(scene: Scene, first: int, last: int, ctx: FormContext) -> Holders | None:
    """Who has what items `first`..`last`-1 describe, among those that the sentence begins with ("Of the Go servers, ...")."""
    items = scene.line.items
    found = holders(items[first:last], ctx.compiled)
    if found is None or first == 0 or items[0].low not in _AMONG:
        return found
    comma = next((at for at in range(1, first) if items[at].low == ","), None)
    among = holders(items[1:comma], ctx.compiled) if comma is not None else None
    if among is None:
        return None
    return Holders(found.having & among.having, found.lacking | among.lacking, (*among.facts, *found.facts))


def _claim(
    scene: Scene, first: int, last: int, named: tuple[int, ...], found: Holders, ctx: FormContext
) -> TypedClaim | None:
    """Whether those that are named are the whole set; None where the facts do not tell."""
    of = found.of(named)
    return None if of is None else _told(scene, first, last, found, ctx, holds=of and found.having == frozenset(named))


def _told(scene: Scene, first: int, last: int, found: Holders, ctx: FormContext, *, holds: bool) -> TypedClaim:
    items = scene.line.items
    cover(items, first, last)
    for at in range(first, last + 1):
        mention = scene.by_at.get(at)
        if mention is not None and mention.count is not None:
            scene.counted.add(at)
    return TypedClaim(
        Form.COUNT,
        items[first].start,
        items[last].end,
        fixed=Label.SUPPORTED if holds else Label.CONTRADICTED,
        facts=found.facts,
        shown=f"{len(found.having)} do: {', '.join(ctx.compiled.entity_names[each] for each in sorted(found.having))[:200]}",
        reason="" if holds else "these are not all that there are of them, or not only these",
        items=(first, last + 1),
    )


__all__ = ["WORDS", "read"]
