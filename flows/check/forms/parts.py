"""Parts: the stretches of a sentence that assert one thing each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from flows.check.discourse import SUBJECT, TOPIC, Mention, Scene
from flows.check.forms.clauses import ADVICE_OPENERS
from flows.check.forms.context import FormContext
from flows.check.items import Item
from flows.check.lexicon import assertions as words

_MARKS = frozenset(",;:—–()|…")
_OPENERS = frozenset(
    "while whereas but although though because since which where so if when unless plus yet however until as".split()
)
AUXILIARIES = frozenset(
    "is are was were has have had does do did can cannot can't could will won't would may might must should isn't aren't doesn't don't hasn't wasn't".split()
)
_ADVERBS = frozenset(
    "also still even only just too now then already always often never usually typically generally simply easily really actually currently both all not n't".split()
)


@dataclass(slots=True)
class Part:
    """Items `first`..`last`-1. `opener`: the word that links it to the part before.

    `subject`: the mention it speaks of, in it or carried over from a part before; `own` when it stands in the part.
    `known`: items that facts account for; `unknown`, `quality`, `taste`, `named`: items by what they are instead.
    """

    first: int
    last: int
    opener: str = ""
    mark: str = ""
    subject: Mention | None = None
    own: bool = False
    known: list[int] = field(default_factory=list)
    #: Numbers and words of claims already read: what stands here is checked as a whole.
    sure: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    quality: list[int] = field(default_factory=list)
    taste: list[int] = field(default_factory=list)
    named: list[int] = field(default_factory=list)
    reader: list[int] = field(default_factory=list)
    #: Words that say little alone and something together: "owns most of its machines", "must run on a laptop".
    weak: list[int] = field(default_factory=list)
    #: All its words, so that a reading none of whose words stands in it can be left out at once.
    lows: frozenset[str] = frozenset()
    #: Whether a word stands in it that no form has read: a part without one asserts nothing new.
    open: bool = False
    verb: bool = False
    #: Whether a number or a word of order stands in it: such a claim is checked as a whole.
    firm: bool = False


def parts(scene: Scene, ctx: FormContext) -> list[Part]:
    """The parts of the sentence in order; their words are sorted by `sort_words`, for whoever asks."""
    items = scene.line.items
    stop = ctx.compiled.lexicon.stop
    found: list[Part] = []
    carried: Mention | None = None
    for first, last, opener, mark in _cuts(items, ctx):
        if not opener and items[first].low in _OPENERS:
            opener = items[first].low
        inner = items[first:last]
        part = Part(first, last, opener, mark, lows=frozenset([item.low for item in inner]))
        for item in inner:
            if not item.covered and item.kind == "w" and item.low not in stop and item.low[0].isalpha():
                part.open = True
                break
        own = next(
            (
                mention
                for mention in scene.mentions
                if first <= mention.at < last and mention.role in (SUBJECT, TOPIC) and _leads(items, part, mention)
            ),
            None,
        )
        if own is not None:
            part.subject, part.own = own, True
        elif not any(
            mention.at >= first and mention.at < last and mention.role == SUBJECT for mention in scene.mentions
        ):
            part.subject = carried
        if part.subject is not None:
            carried = part.subject
        found.append(part)
    return found


_AS_BEFORE = frozenset("well soon long far much many".split())


def _low(items: list[Item], at: int) -> str:
    return items[at].low if 0 <= at < len(items) else ""


def _cuts(items: list[Item], ctx: FormContext) -> Iterator[tuple[int, int, str, str]]:
    first, opener, mark = 0, "", ""
    for at, item in enumerate(items):
        if item.kind == "p" and item.low in _MARKS:
            if at > first:
                yield first, at, opener, mark
            first, opener, mark = at + 1, "", item.low
        elif (
            item.kind == "w"
            and at > first
            and (item.low in _OPENERS or (item.low in ("and", "or") and _verb_after(items, at, ctx)))
        ):
            if item.low == "as" and (
                items[at - 1].kind != "w"
                or items[at - 1].low in _AS_BEFORE
                or _low(items, at + 1) not in ("you", "one", "it", "they", "we")
            ):
                continue
            if item.low == "so" and at + 1 < len(items) and items[at + 1].low in ("far", "much", "many"):
                continue
            yield first, at, opener, mark
            first, opener, mark = at, item.low, ""
    if first < len(items):
        yield first, len(items), opener, mark


def _verb_after(items: list[Item], at: int, ctx: FormContext) -> bool:
    """ "and connects to an app", "and the sportiest chassis", "and is easy": a part of its own after "and"."""
    here = at + 1
    while here < len(items) and items[here].low in _ADVERBS:
        here += 1
    if here >= len(items):
        return False
    low = items[here].low
    if (
        items[here].kind == "e"
        or low in AUXILIARIES
        or low in ("it", "its", "the", "a", "an", "you", "your", "no", "they", "their")
    ):
        return True
    return (
        items[here].kind == "w"
        and low.endswith("s")
        and len(low) > 3
        and (
            low in words.PLAIN
            or low in ctx.compiled.lexicon.capability_verbs
            or low in ctx.compiled.lexicon.lacking_verbs
            or (
                here + 1 < len(items)
                and items[here + 1].low
                in ("a", "an", "the", "to", "its", "no", "with", "from", "on", "in", "into", "by")
            )
        )
    )


def _leads(items: list[Item], part: Part, mention: Mention) -> bool:
    """Whether only openers, adverbs, articles or a short setting ("in practice") stand before the mention in its part."""
    if _setting(items, part.first, mention.at):
        return True
    return all(
        items[k].kind != "n"
        and (
            items[k].low in _OPENERS
            or items[k].low in _ADVERBS
            or items[k].low
            in (
                "and",
                "or",
                "the",
                "a",
                "for",
                "with",
                "what",
                "by",
                "contrast",
                "meanwhile",
                "here",
                "in",
                "on",
                "unlike",
                "overall",
                "*",
                "-",
                "only",
                "“",
                '"',
            )
            or items[k].kind == "e"
            or items[k].kind == "p"
        )
        for k in range(part.first, mention.at)
    )


def _setting(items: list[Item], first: int, last: int) -> bool:
    """ "in return", "for most people", "after a year": a preposition and up to three words without a verb."""
    while first < last and items[first].low in ("and", "but", "so", "yet", "while", "*"):
        first += 1
    return (
        1 < last - first <= 4
        and items[first].low in _PREPOSITIONS
        and all(item.kind in ("w", "n") and item.low not in AUXILIARIES for item in items[first:last])
    )


_PREPOSITIONS = frozenset("in for at on after by with under among during as before since from without".split())
#: Verbs that tell the reader what to do, where they open a clause.
IMPERATIVES = frozenset(
    "recommend take go buy skip ask look try remember mind think stay stick start budget check avoid get note expect "
    "write pin put keep settle measure test decide make let set switch begin plan leave see listen talk turn wait look".split()
)


def reading(part: Part, items: list[Item], section: str = "plain") -> bool:
    """Whether the part is about the reader or gives advice: "if you travel", "choose it", "you get"."""
    if section == "choose" and not part.own:
        return True
    here = part.first
    while here < part.last and (
        items[here].low in _ADVERBS or items[here].low in ("and", "or", "but", "so", "then") or items[here].kind == "p"
    ):
        here += 1
    if here >= part.last:
        return False
    low = items[here].low
    return low in ADVICE_OPENERS or low in words.READER or low in IMPERATIVES
