"""Predicates of plain words that still assert something: habits, histories, for whom a thing is best or too much.

None of their words need be unknown ("it owns most of its machines", "too loud for an open kitchen"): what makes them
statements is their build, and that no fact and no claim stands in the same part.
"""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext, advice_clause
from flows.check.forms.parts import Part, accounted
from flows.check.lexicon import assertions as words

#: First and last item of what is asserted, and why no fact carries it.
Found = tuple[int, int, str]
_BE = frozenset("is are was were be makes make made remains remain seems feels becomes".split())
_NOBODY = frozenset("one that which this who nobody nothing everybody you we i they".split())
_LINKS = frozenset("in into on onto with through under over at by from".split())
_COURTESY = frozenset("call say much many far compare matter ignore tell know often well good bad".split())


def plain(scene: Scene, part: Part, ctx: FormContext) -> Found | None:
    """What the part asserts in plain words; None when it rests on facts, judges, or is about the reader."""
    if part.named:
        return None
    return (
        _too(scene, part, ctx)
        or _choice(scene, part, ctx)
        or _history(scene, part)
        or _lifecycle(scene, part, ctx)
        or _caused(scene, part)
        or _ability(scene, part)
        or _imagined(scene, part)
        or _weak(scene, part)
    )


def _lifecycle(scene: Scene, part: Part, ctx: FormContext) -> Found | None:
    """ "no longer maintained", "not updated in years": what has become of the thing."""
    if words.LIFECYCLE.isdisjoint(part.lows):
        return None
    items = scene.line.items
    for at in range(part.first, part.last):
        item = items[at]
        if item.low not in words.LIFECYCLE or item.covered or item.concept in ctx.compiled.vocabulary:
            continue
        before = [items[k].low for k in range(max(part.first, at - 4), at)]
        told = part.own or part.first == at or any(low in ("not", "no", "longer", "actively", "well") for low in before)
        if not told or (part.subject is None and not scene.topic and not scene.carried) or advice_clause(scene, at):
            continue
        if "by" in (scene.line.low(at + 1), scene.line.low(at + 2)) or part.sure:
            continue
        start = at
        while start > part.first and items[start - 1].low in ("not", "no", "longer", "actively", "well", "been"):
            start -= 1
        return start, _last_word(scene, at, part.last), "no fact tells what became of it"
    return None


def _caused(scene: Scene, part: Part) -> Found | None:
    """ "Hard links are the reason for the lead", "fragmentation explains the differences": one thing made the cause of another."""
    items = scene.line.items
    pointing = part.first + 1 < part.last and items[part.first].low in ("which", "that", "this")
    if pointing and items[part.first + 1].low in ("explains", "explained") and part.last - part.first > 2:
        return part.first + 1, _last_word(scene, part.first + 1, part.last), "no fact states a cause"
    if words.CAUSES.isdisjoint(part.lows):
        return None
    for at in range(part.first + 1, part.last):
        low = items[at].low
        if low not in words.CAUSES or items[at].covered or advice_clause(scene, at):
            continue
        noun = low in ("reason", "reasons", "culprit", "responsible", "blame", "causes")
        if noun and not any(items[k].low in _BE or items[k].low == "to" for k in range(max(part.first, at - 3), at)):
            continue
        start = part.first
        while start < at and (items[start].kind != "w" or items[start].low in ("and", "but", "so", "while", "though")):
            start += 1
        subject = [k for k in range(start, at) if items[k].kind == "w" and items[k].low not in _BE]
        unknown = [k for k in subject if k in part.unknown]
        if not unknown or any(items[k].kind in ("n", "e") and k < at for k in range(part.first, at)):
            continue
        if noun and low.startswith("reason") and scene.line.low(at + 1) == "to":
            continue
        return unknown[0], _last_word(scene, at, part.last), "no fact states a cause"
    return None


_UNABLE = frozenset({"can't", "cannot", "couldn't", "won't", "will"})


def _ability(scene: Scene, part: Part) -> Found | None:
    """ "can't tip over at the lights": what a thing cannot do, in whatever words."""
    if _UNABLE.isdisjoint(part.lows):
        return None
    items = scene.line.items
    strict = scene.line.sentence.bullet and scene.line.sentence.section in ("pros", "cons")
    if part.known or part.sure or part.firm or (part.subject is None and not strict):
        return None
    for at in range(part.first, part.last - 1):
        if items[at].low not in _UNABLE or (items[at].low == "will" and items[at + 1].low != "not"):
            continue
        if not (part.own or at == part.first) or (part.subject is not None and at - part.subject.at > 2 and part.own):
            return None
        verb = at + 1
        while verb < part.last and (
            items[verb].low.endswith("ly") or items[verb].low in ("even", "yet", "really", "not")
        ):
            verb += 1
        if any(k > verb for k in part.taste):
            return None
        if not items[at].low.startswith("c") and not any(
            items[k].kind == "w" and items[k].low in (*_LINKS, "the", "a", "an") for k in range(verb + 1, part.last - 1)
        ):
            # "won't let you", "won't disappoint": says nothing of what.
            return None
        if verb >= part.last or items[verb].kind != "w" or items[verb].low in words.IDLE_ABILITIES:
            return None
        return at, _last_word(scene, verb, part.last), "no fact says that it cannot"
    return None


def _imagined(scene: Scene, part: Part) -> Found | None:
    """ "Go would land near Rust", "stripping symbols would halve it": what was not measured."""
    items = scene.line.items
    if (
        "would" not in part.lows
        or part.taste
        or part.opener in ("if", "when", "unless", "as", "that")
        or any(items[k].kind == "n" for k in part.sure)
    ):
        return None
    at = next((k for k in range(part.first + 1, part.last - 1) if items[k].low == "would"), None)
    if at is None or any(items[k].low in words.READER or items[k].low in _NOBODY for k in range(part.first, at)):
        return None
    if part.subject is None and not (part.unknown and part.unknown[0] < at):
        return None
    if items[at + 1].low in ("be", "have", "not", "like", "need", "rather", "suit", "do") or advice_clause(scene, at):
        return None
    return at, _last_word(scene, at, part.last), "what would be is no fact"


def _too(scene: Scene, part: Part, ctx: FormContext) -> Found | None:
    """ "too loud for an open kitchen": a threshold that no fact sets."""
    if "too" not in part.lows:
        return None
    items = scene.line.items
    for at in range(part.first, part.last - 2):
        if items[at].low != "too" or items[at + 1].kind != "w" or items[at + 1].low in _COURTESY:
            continue
        link = scene.line.low(at + 2)
        if link not in ("for", "to") or scene.line.low(at + 3) in ("you", "me", "us", "my", "your", "our", "call", "ignore", "matter"):  # fmt: skip
            continue
        if part.subject is None or advice_clause(scene, at) or any(items[k].kind == "n" for k in range(at, part.last)):
            continue
        last = _last_word(scene, at + 3, part.last)
        if last > at + 2 and not any(items[k].kind == "e" for k in range(at, last + 1)):
            return at, last, "no fact sets this limit"
    return None


def _choice(scene: Scene, part: Part, ctx: FormContext) -> Found | None:
    """ "the best choice for beginners", "the default pick for web work": what a choice is said to be best for."""
    if words.RANKED_CHOICES.isdisjoint(part.lows):
        return None
    items = scene.line.items
    for at in range(part.first, part.last - 3):
        if items[at].low not in words.RANKED_CHOICES or items[at + 1].low not in words.CHOICES:
            continue
        if scene.line.low(at + 2) not in ("for", "among", "in") or scene.line.low(at - 1) not in ("the", "a", "its"):
            continue
        if advice_clause(scene, at) or scene.line.low(at + 3) in ("you", "me", "us", "your", "my"):
            continue
        told = range(at + 3, part.last)
        if any(items[k].kind in ("n", "e") or items[k].degree in ("comparative", "superlative") for k in told):
            continue
        if any(items[k].kind == "w" and accounted(items[k], ctx.compiled.accounted, ctx.compiled) for k in told):
            continue
        last = _last_word(scene, at + 3, part.last)
        return at, last, "no fact says what it suits"
    return None


def _history(scene: Scene, part: Part) -> Found | None:
    """ "has never offered one", "was discontinued years ago": what a thing used to do, and how often it does it."""
    items = scene.line.items
    if part.subject is None or not part.own or part.firm or part.sure or part.known or part.taste or part.quality:
        return None
    at = part.subject.at
    has = next((k for k in range(at + 1, min(at + 4, part.last)) if items[k].low in ("has", "have", "had")), None)
    if has is None or has + 2 >= part.last or items[has + 1].low not in words.HISTORY:
        return None
    verb = has + 2
    while verb < part.last and (items[verb].low in words.HISTORY or items[verb].low.endswith("ly")):
        verb += 1
    if verb >= part.last or items[verb].kind != "w" or items[verb].low in ("been", "a", "an", "the", "to"):
        return None
    return has, _last_word(scene, verb, part.last), "no fact tells its history"


def _weak(scene: Scene, part: Part) -> Found | None:
    """ "both share a platform", "it must run on a laptop": two words that say little alone."""
    if (
        part.subject is None
        or not part.own
        or len(part.weak) < 2
        or part.firm
        or part.sure
        or part.known
        or part.taste
        or part.reader
    ):
        return None
    first = next((at for at in part.weak if at > part.subject.at), None)
    return (first, part.weak[-1], "no fact carries this") if first is not None and first < part.weak[-1] else None


def _last_word(scene: Scene, at: int, stop: int) -> int:
    """The last word of the phrase that begins at item `at`."""
    items = scene.line.items
    last = at
    for k in range(at, stop):
        if items[k].kind == "p" and items[k].low not in "-'’":
            break
        last = k
    return last


__all__ = ["plain"]
