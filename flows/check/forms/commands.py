"""Commands: clauses that tell the reader what to do ("set an alert on each of them", "and walk away when in doubt").

A bare verb is known by its place and by what follows it, since no list holds all verbs: it opens the sentence, and an article, a
pronoun or a question word comes next.
"""

from __future__ import annotations

from flows.check.forms.context import FormContext
from flows.check.forms.parts import AUXILIARIES, IMPERATIVES, Part
from flows.check.items import Item
from flows.check.lexicon import assertions as words
from flows.check.scene import Scene

#: What may stand before the verb.
_LEADING = frozenset(
    "and or but so then also just only always first next finally please instead still now otherwise".split()
)
#: The object of a verb begins with one of these.
_OBJECTS = frozenset(
    "the a an it them your yourself my our this these those one each any all every some no nothing everything what how whether where".split()
)
_PARTICLES = frozenset(
    "to at into on for with from through before after about up down out away around until by".split()
)
_BARE = IMPERATIVES | words.VERBS
_NEGATIVE = frozenset(("don't", "never"))
#: After these a command goes on with a statement of its own.
_ASSERTING = frozenset("because since as which who where while whereas although though but".split())
#: "and see which of them you like": a question, no statement.
_FINDING = frozenset("see check decide find ask learn tell out".split())
_CONDITION = 9
#: "Expect it to age badly": what one is told to think is said of the thing.
_THINKING = frozenset("expect mind note remember think know consider".split())
#: Words of unknown kind that end so are no bare verbs.
_INFLECTED = ("ed", "ly", "ing", "s")


def commanding(scene: Scene, ctx: FormContext) -> bool:
    """Whether the sentence opens with a command."""
    sentence = scene.line.sentence
    items = scene.line.items
    if sentence.section in ("pros", "cons") or not items:
        return False
    at = _head(items, 0, len(items))
    if items[at].low in ("if", "when", "in"):
        # "If in doubt, write it in both": the command comes behind the condition.
        comma = next((k for k in range(at, min(len(items), at + _CONDITION)) if items[k].low == ","), at)
        at = comma + 1 if comma > at and comma + 1 < len(items) else at
    # A sentence goes on from its label in small letters: "Northgate: hit the crossbar".
    return items[0].text[:1].isupper() and _command(items, at, ctx)


def command(part: Part, scene: Scene, ctx: FormContext, *, goes_on: bool) -> bool:
    """Whether the clause is one, or belongs to one. `goes_on`: the sentence opens with a command ("..., and walk away")."""
    items = scene.line.items
    if goes_on:
        asserts = part.opener in _ASSERTING and scene.line.low(part.first - 1) not in _FINDING
        if any(item.low == ":" for item in items[: part.first]):
            # Behind the colon of "go with A: it has a dashboard" stands what is said of A.
            return False
        return part.first == 0 or (not asserts and not (part.own and part.subject is not None))
    return scene.line.low(part.first) in ("so", "then") and _command(items, _head(items, part.first, part.last), ctx)


def _head(items: list[Item], first: int, last: int) -> int:
    at = first
    while at < last - 1 and (items[at].kind == "p" or items[at].low in _LEADING):
        at += 1
    return at


def _command(items: list[Item], at: int, ctx: FormContext) -> bool:
    item = items[at]
    low = item.low
    if item.kind != "w" or at + 1 >= len(items):
        return False
    following = items[at + 1].low
    if low in _NEGATIVE or (low == "do" and following == "not"):
        return at + 2 < len(items) and items[at + 1].degree not in ("comparative", "superlative") and following != "the"
    if low in _THINKING:
        return False
    if low in _BARE:
        return following in _OBJECTS or (low in IMPERATIVES and following in _PARTICLES)
    return (
        following in _OBJECTS
        and low.isalpha()
        and not low.endswith(_INFLECTED)
        and not (low in words.PLAIN or low in words.READER or low in ctx.compiled.lexicon.stop or low in AUXILIARIES)
        and item.concept not in ctx.compiled.by_concept
    )


__all__ = ["command", "commanding"]
