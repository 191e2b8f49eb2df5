"""Assertions beyond the facts: what is said of the things compared and no fact carries.

A sentence is read part by part (`parts`). Words that facts, claims, names and general words of comparison account for
assert nothing new; what is left decides: a name that occurs nowhere, an unknown predicate of a known subject, an unknown
object of a verb of having, a superlative of an unknown quality, a cause, popularity. Pros, cons and short answers are
read strictly; advice and descriptions of the reader only for what they assert of the product.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import SUBJECT, TOPIC, Scene
from flows.check.forms.context import FormContext, advice_clause
from flows.check.forms.parts import Part, parts, reading
from flows.check.items import Item
from flows.check.lexicon import assertions as words
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

_SHORT = frozenset({"short", "answer", "summary", "nutshell", "tl", "tldr", "glance", "line"})
_REASON = "no fact carries this"


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Unverifiable claims for what is asserted of an entity without any fact behind it."""
    found = parts(scene, ctx)
    yield from _superlatives(scene, ctx)
    for number, part in enumerate(found):
        if any(scene.line.items[at].covered for at in (*part.unknown, *part.quality, *part.named)):
            continue
        claim = (
            _cause(scene, part)
            or _crowd(scene, part)
            or _wish(scene, part)
            or _name(scene, part, ctx)
            or _predicate(scene, part, found[:number], ctx)
            or _object(scene, part, ctx)
            or _beyond(scene, part, ctx)
        )
        if claim is not None:
            yield claim


def _claim(scene: Scene, first: int, last: int, reason: str = _REASON) -> TypedClaim:
    items = scene.line.items
    for at in range(first, last + 1):
        items[at].covered = True
    return TypedClaim(
        Form.UNSUPPORTED,
        items[first].start,
        items[last].end,
        fixed=Label.UNVERIFIABLE,
        reason=reason,
        items=(first, last + 1),
    )


def _strict(scene: Scene) -> bool:
    """Pros, cons, and the short answer."""
    sentence = scene.line.sentence
    if sentence.section in ("pros", "cons"):
        return True
    return sentence.header is not None and any(token.low in _SHORT for token in sentence.header.tokens)


def _residue(part: Part) -> list[int]:
    return sorted((*part.unknown, *part.quality, *part.named))


def _name(scene: Scene, part: Part, ctx: FormContext) -> TypedClaim | None:
    """A thing, technology or maker that the facts do not know."""
    if not part.named:
        return None
    left = _residue(part)
    return _claim(scene, left[0], left[-1], "the facts name no such thing")


def _predicate(scene: Scene, part: Part, before: list[Part], ctx: FormContext) -> TypedClaim | None:
    """Something said of an entity, none of whose words a fact accounts for."""
    items = scene.line.items
    left = _residue(part)
    if not left or reading(part, items) or advice_clause(scene, left[0]):
        return None
    strict = _strict(scene)
    listed = strict and scene.line.sentence.bullet
    if part.known:
        return None
    if not part.unknown and part.taste and not strict:
        return None
    if (
        part.subject is None
        and not listed
        and not _definite(scene, part)
        and not (strict and scene.line.sentence.section != "plain")
    ):
        return None
    if part.taste and len(left) <= 1 and not listed:
        return None
    return _claim(scene, _from(scene, part, left), left[-1])


def _from(scene: Scene, part: Part, left: list[int]) -> int:
    """The claim begins after the subject, at the first word that is neither opener nor adverb."""
    at = part.subject.at + 1 if part.subject is not None and part.own else part.first
    items = scene.line.items
    while at < left[0] and items[at].kind != "w":
        at += 1
    return at


def _definite(scene: Scene, part: Part) -> bool:
    """ "The door opens by itself": a part of the thing spoken of last."""
    items = scene.line.items
    return (
        part.first == 0
        and items[0].low == "the"
        and bool(scene.carried)
        and not any(mention.at >= part.first for mention in scene.mentions)
        and not part.taste
    )


def _object(scene: Scene, part: Part, ctx: FormContext) -> TypedClaim | None:
    """ "X supports Y", "X ships with Y" where no fact knows Y."""
    items = scene.line.items
    lexicon = ctx.compiled.lexicon
    for at in range(part.first, part.last):
        item = items[at]
        if item.covered or item.kind != "w" or not (item.low in _HAVING or item.low in lexicon.lacking_verbs):
            continue
        if scene.line.low(at + 1) in (
            "to",
            "been",
            "had",
            "got",
            "come",
            "become",
            "grown",
            "its",
            "not",
        ) or scene.line.low(at - 1) in ("to", "that"):
            continue
        if part.subject is None or advice_clause(scene, at) or reading(part, items):
            continue
        unknown = [k for k in (*part.unknown, *part.quality) if k > at]
        if unknown and not any(k > at for k in part.known):
            return _claim(scene, at, max(unknown))
    return None


_HAVING = frozenset(
    "support supports includes include included offers offer ships ship shipped bundles bundled provides provide features feature contains has have comes requires require needs integrates implements "
    "allows enables handles lacks supports uses runs works gives gains boasts sports carries brings delivers enjoys".split()
)


def _wish(scene: Scene, part: Part) -> TypedClaim | None:
    """ "you want rear-wheel drive": what the reader is said to get by choosing it, where no fact knows it."""
    items = scene.line.items
    for at in range(part.first, part.last - 1):
        low = items[at].low
        if (
            not (low in words.WISHES or low in words.WISHES_HARD and scene.line.low(at + 1) in ("on", "upon"))
            or scene.line.low(at - 1) not in _PERSONS
        ):
            continue
        if scene.line.low(at + 1) in ("to", "you", "it", "them") or any(k > at for k in part.known):
            return None
        wanted = [k for k in (*part.unknown, *part.named) if k > at and items[k].low not in words.NEEDS]
        if not wanted or any(k > at and items[k].low in words.READER for k in part.reader) and not part.named:
            return None
        return _claim(scene, at + 1, max(wanted), "no fact says that it has this")
    return None


_PERSONS = frozenset("you who they we teams users people and".split())


def _cause(scene: Scene, part: Part) -> TypedClaim | None:
    """ "because it is written in Rust": a cause that no fact states as one."""
    items = scene.line.items
    first = next(
        (
            k
            for k in range(part.first, part.last)
            if items[k].low in ("because", "thanks", "owing") or items[k].low == "due" and scene.line.low(k + 1) == "to"
        ),
        None,
    )
    if (
        first is None
        or first > part.first + 4
        or any(items[k].kind == "n" or items[k].graded is not None for k in range(first, part.last))
        or advice_clause(scene, first)
    ):
        return None
    content = [
        k
        for k in range(first + 1, part.last)
        if items[k].kind == "w" and (k in part.known or k in part.unknown or k in part.named)
    ]
    if not content:
        return None
    return _claim(scene, first, content[-1], "no fact states a cause")


def _crowd(scene: Scene, part: Part) -> TypedClaim | None:
    """ "the plan most teams start with": what people do is popularity, which no fact carries."""
    items = scene.line.items
    for at in range(part.first, part.last - 1):
        if (
            items[at].low in ("most", "many")
            and items[at + 1].low in _PEOPLE
            and scene.line.low(at - 1) not in ("for", "suit", "suits", "than", "fit", "fits", "like", "in", "to")
        ):
            last = max([at + 1, *(k for k in (*part.unknown, *part.known) if k > at)])
            return _claim(scene, at, last, "no fact says what people do")
    return None


_PEOPLE = frozenset(
    "people teams users developers companies buyers businesses customers shops organizations organisations startups enterprises beginners professionals players riders drivers owners travellers projects".split()
)


def _beyond(scene: Scene, part: Part, ctx: FormContext) -> TypedClaim | None:
    """Makers, popularity and trends: no fact sheet without such a metric carries them."""
    items = scene.line.items
    for at in range(part.first, part.last):
        item = items[at]
        if (
            item.covered
            or item.kind != "w"
            or item.low not in ctx.compiled.lexicon.beyond
            or item.concept in ctx.compiled.vocabulary
        ):
            continue
        if part.subject is None and not _strict(scene) or advice_clause(scene, at) or not _has_subject(scene, at):
            continue
        return _claim(scene, at, at)
    return None


def _has_subject(scene: Scene, at: int) -> bool:
    """A subject of the compared things stands before the verb, in its clause or carried by a pronoun."""
    items = scene.line.items
    for mention in reversed(scene.mentions):
        if mention.at < at and mention.role in (SUBJECT, TOPIC):
            return items[at].depth - items[mention.at].depth < 1.0
    return bool(scene.topic) and at <= 1


def _superlatives(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """ "the sportiest chassis", "the most polished apps": a superlative of a quality that no metric measures."""
    items = scene.line.items
    for at, item in enumerate(items):
        if item.covered or item.kind != "w" or item.graded is not None:
            continue
        low = item.low
        if (
            low.endswith("est")
            and len(low) > 5
            and low not in words.NOT_SUPERLATIVE
            and scene.line.low(at - 1) in _BEFORE_BEST
            and low not in ctx.compiled.vocabulary
        ):
            yield _claim(scene, at, _noun(scene, at), "no metric measures this")
    for at, item in enumerate(items[:-1]):
        if (
            item.low in ("most", "least")
            and not item.covered
            and scene.line.low(at - 1) in _BEFORE_BEST
            and _adjective(items[at + 1])
            and items[at + 1].concept not in ctx.compiled.accounted
        ):
            yield _claim(scene, at, _noun(scene, at + 1), "no metric measures this")


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
