"""Traits of a clause: what in its build speaks for or against an assertion that no fact carries.

One pass over the words that `parts` has already sorted. What a trait weighs is data (`lexicon/doubt.py`).
"""

from __future__ import annotations

from flows.check.discourse import COMPARAND, OWNER, Scene
from flows.check.forms.clauses import advice_clause
from flows.check.forms.context import FormContext
from flows.check.forms.parts import AUXILIARIES, Part, reading
from flows.check.lexicon import assertions as words
from flows.check.lexicon.doubt import CHOOSING, CONDITIONS, SAYS

#: Endings of nouns for what cannot be touched.
_ABSTRACT = ("tion", "tions", "ity", "ment", "ments", "ness", "ance", "ence")
_SHORTENED = frozenset("it that there what here he she who".split())
_LENGTHS = (5, 8, 12)
_WISHED = words.WISHES | words.FONDNESS
_YOU = frozenset(("you", "your"))
#: After these a noun says what kind of thing is compared.
_KINDS = frozenset("only other every each any all another".split())


def sentence_traits(scene: Scene) -> set[str]:
    """What all clauses of the sentence have in common."""
    found = {"clause"}
    if any(item.kind == "n" for item in scene.line.items):
        found.add("number in the sentence")
    sentence = scene.line.sentence
    if not scene.before and (scene.previous is not None or sentence.goes_on):
        found.add("nothing named before")
    if (
        sentence.goes_on
        and not sentence.bullet
        and sentence.section == "plain"
        and (scene.previous is None or scene.previous.line.sentence.paragraph != sentence.paragraph)
    ):
        found.add("announces")
    if (
        scene.previous is not None
        and not sentence.bullet
        and scene.previous.line.sentence.paragraph == sentence.paragraph
        and any(item.kind == "n" for item in scene.previous.line.items)
    ):
        found.add("after figures")
    header = sentence.header
    if header is not None and any(token.low in CHOOSING for token in header.tokens):
        found.add("under advice")
    return found


def traits(scene: Scene, part: Part, left: list[int], common: set[str], ctx: FormContext) -> set[str]:
    """The traits of one clause. `left`: its words that nothing accounts for."""
    items = scene.line.items
    sentence = scene.line.sentence
    found = set(common)
    for low in part.lows:
        if low in SAYS:
            found.update(SAYS[low])
    open_words = [at for at in part.unknown if not items[at].covered and items[at - 1].low not in _KINDS]
    known = sum(not items[at].covered for at in part.known)
    quality = sum(at in left for at in part.quality)
    named = sum(not items[at].covered for at in part.named)
    taste = sum(not items[at].covered for at in part.taste)
    told = len(open_words) + quality + named
    for trait, count, most in (
        ("unknown word", len(open_words), 2),
        ("known word", known, 2),
        ("read word", len(part.sure), 2),
        ("reader word", len(part.reader), 2),
        ("quality", quality, 1),
        ("new name", named, 1),
        ("weak word", len(part.weak), 1),
    ):
        for size in range(1, min(count, most) + 1):
            found.add(trait if size == 1 else f"{trait}s")
    if sentence.section == "choose" or scene.line.low(0) in ("choose", "pick"):
        wishes = part.lows & _WISHED
        if wishes and "to" in part.lows:
            found.add("wants to do")
        elif not wishes and not part.lows.isdisjoint(_YOU):
            found.add("what the reader does")
    if not told:
        found.add("nothing new")
    if told and told * 2 >= told + known + len(part.sure) + taste:
        found.add("half new")
    _places(scene, part, found)
    _subject(scene, part, found)
    if sentence.section in ("pros", "cons"):
        found.add("pro or con")
        if open_words:
            found.add("unknown in a list")
        if quality:
            found.add("quality in a list")
    elif AUXILIARIES.isdisjoint(part.lows) and "being" not in found:
        found.add("no verb of being")
        if part.subject is None and "whole sentence" in found and not sentence.bullet and "5 words" not in found:
            found.add("label")
    if part.subject is None and open_words and "points" in found:
        found.add("unknown thing")
    for at in open_words:
        if items[at].low.endswith(_ABSTRACT):
            found.add("abstract noun")
        if at and (at - 1 in part.unknown or at - 1 in part.quality):
            found.add("two in a row")
    if any(items[at].degree == "verb" and not items[at].covered for at in range(part.first, part.last)):
        found.add("verb of order")
    if "most" in part.lows and any(
        items[at].low == "most" and scene.line.low(at + 1) in words.READER for at in range(part.first, part.last)
    ):
        found.add("most people")
    beyond = ctx.compiled.lexicon.beyond
    if not beyond.isdisjoint(part.lows) and any(
        items[at].low in beyond and not items[at].covered and items[at].concept not in ctx.compiled.vocabulary
        for at in range(part.first, part.last)
    ):
        found.add("makers and trends")
    if reading(part, items, sentence.section):
        found.add("to the reader")
    if advice_clause(scene, left[0]):
        found.add("advice")
    return found


def _places(scene: Scene, part: Part, found: set[str]) -> None:
    """Where the clause stands, how long it is, what opens and ends it."""
    items = scene.line.items
    first, last = part.first, part.last
    if first == 0:
        found.add("first clause")
        if last >= len(items) - 1:
            found.add("whole sentence")
    following = scene.line.low(last)
    if following == ":":
        found.add("before a colon")
    elif following == ",":
        found.add("before a comma")
    if part.opener in CONDITIONS:
        found.add("condition")
    elif part.opener in ("because", "since"):
        found.add("reason")
    length = 0
    for at in range(first, last):
        item = items[at]
        if item.kind != "p":
            length += 1
        elif item.low == "-" and first < at < last - 1 and items[at - 1].end == item.start:
            found.add("compound")
        if item.kind == "n":
            found.add("number")
        elif item.low in ("'s", "’s") and scene.line.low(at - 1) in _SHORTENED:
            found.add("being")
        if at in scene.claimed:
            found.add("read claim")
    for size in _LENGTHS:
        if length >= size:
            found.add(f"{size} words")


def _subject(scene: Scene, part: Part, found: set[str]) -> None:
    """Who the clause speaks of, and who else stands in it."""
    subject = part.subject
    if subject is None:
        at = part.first
        items = scene.line.items
        while at < part.last - 1 and items[at].kind == "p":
            at += 1
        if items[at].low in ("the", "this", "these", "that", "those"):
            found.add("points")
    elif part.own and not subject.possessive:
        if subject.how == "pronoun":
            found.add("about it")
        elif subject.how in ("name", "part", "list"):
            found.add("about a name")
    for mention in scene.mentions:
        if part.first <= mention.at < part.last:
            if mention.role == COMPARAND:
                found.add("comparand")
            elif mention.role == OWNER:
                found.add("owner")
            if mention is not subject and mention.how in ("name", "part"):
                found.add("another name")


__all__ = ["sentence_traits", "traits"]
