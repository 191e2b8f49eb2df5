"""Parts: the stretches of a sentence that assert one thing each, and which of their words the facts account for."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from flows.check.discourse import OWNER, SUBJECT, TOPIC, Mention, Scene
from flows.check.forms.clauses import ADVICE_OPENERS
from flows.check.forms.context import FormContext
from flows.check.items import Item
from flows.check.lexicon import assertions as words
from flows.check.sheet import Compiled
from flows.quantities.units import lookup

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
#: Spans of time: a unit of some metric, hardly ever what a clause is about.
_TIMES = frozenset("day days week weeks month months year years hour hours minute minutes second seconds".split())


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


def _owner(items: list[Item], part: Part, scene: Scene) -> Mention | None:
    """ "The camera of X raises ...", "Service at X is slow": what belongs to X is spoken of."""
    for mention in scene.mentions:
        if (
            part.first + 1 < mention.at <= part.first + 6
            and mention.at + 1 < part.last
            and mention.role == OWNER
            and items[mention.at + 1].kind == "w"
            and items[part.first].kind == "w"
        ):
            before = [items[k] for k in range(part.first, mention.at)]
            if not any(item.kind in ("n", "e") for item in before) and before[0].low not in (
                "for",
                "in",
                "with",
                "at",
                "on",
                "of",
                "by",
                "among",
                "from",
                "to",
            ):
                return mention
    return None


def sort_words(part: Part, scene: Scene, ctx: FormContext) -> None:
    """Sorts the words of the part by what they are to the facts."""
    items = scene.line.items
    known = ctx.compiled.accounted
    lexicon = ctx.compiled.lexicon
    adjunct = False
    leading = False
    spelled = _spelled(items, part, ctx.compiled.initials)
    pointed = _pointed(items, part)
    for at in range(part.first, part.last):
        item = items[at]
        low = item.low
        if leading and (low in AUXILIARIES or low == "that" or at in scene.by_at):
            # "For most applications the database is the bottleneck": what follows the opening is the statement.
            adjunct = leading = False
        if item.kind == "n":
            if at in scene.claimed or item.concept in ctx.compiled.by_concept or not item.covered:
                part.sure.append(at)
                part.firm = True
            continue
        if item.kind != "w" or not low[0].isalpha():
            continue
        if low in AUXILIARIES:
            part.verb = True
            continue
        if low in words.READER:
            part.reader.append(at)
        if at in scene.idle and at not in scene.claimed:
            continue
        if item.covered:
            if (low not in lexicon.stop or item.graded is not None) and not (
                low in ("more", "less")
                and (at + 1 >= part.last or items[at + 1].low in ("often", "frequently", "than", "easily"))
            ):
                part.sure.append(at)
                part.firm = part.firm or item.graded is not None
            continue
        if (
            low in ("for", "when")
            and (at > part.first or scene.line.sentence.section == "plain")
            and scene.line.low(at + 1) not in ("its", "their")
            and not (scene.line.sentence.section in ("pros", "cons") and at <= part.first + 2)
        ):
            adjunct = True
            leading = low == "for" and at <= part.first + 1
            continue
        if low in ("suits", "suit", "appeals", "aimed", "geared", "meant", "tailored", "who"):
            # What follows describes people, not the thing.
            adjunct = True
        if low in lexicon.stop or (low in words.STATES and low != "free"):
            continue
        if low in words.QUALITY and scene.line.low(at + 1) in ("one", "option", "choice", "pick"):
            part.taste.append(at)
            continue
        if (
            (low == "source" and scene.line.low(at - 1) in ("open", "closed", "-"))
            or low in ("open", "closed", "proprietary")
        ) and ctx.compiled.lexicon.concept("licence") in known:
            part.known.append(at)
            continue
        if low == "safe" and scene.line.low(at - 1) in words.SAFE_OF:
            part.unknown.append(at)
            continue
        if low in words.MEASURES and (item.concept not in ctx.compiled.by_concept or low in _TIMES):
            continue
        if (
            low == "free"
            and scene.line.low(at - 1) != "-"
            and any("price" in card.classes for card in ctx.compiled.metrics)
        ):
            part.known.append(at)
            continue
        if at in spelled or accounted(item, known, ctx.compiled):
            part.known.append(at)
            continue
        if at in pointed:
            continue
        if _named(items, at, scene):
            if len(low) < 3 or not (
                low in ctx.compiled.beginnings
                # "C++" where a thing compared is called "libc++": no name of its own.
                or any(low in name.lower() for name in ctx.compiled.entity_names)
            ):
                part.named.append(at)
            continue
        if item.graded is not None and item.graded.degree != "verb":
            if "any" in item.graded.meaning.classes and low not in words.QUALITY:
                continue
            if item.graded.degree != "positive" and any(
                item.graded.meaning.classes & card.classes for card in ctx.compiled.metrics
            ):
                part.known.append(at)
                continue
            if any(item.graded.meaning.classes & card.classes for card in ctx.compiled.metrics):
                continue
        if low in words.QUALITY and not (low in words.TASTE and (adjunct or scene.line.low(at + 1) == "to")):
            part.quality.append(at)
        elif low in words.TASTE or low in lexicon.soft:
            part.taste.append(at)
        elif (
            low in words.PLAIN
            or low in lexicon.class_nouns
            or low in words.READER
            or adjunct
            or (low.endswith("ly") and len(low) > 4)
        ):
            if not adjunct and (low in words.WEAK or low in lexicon.class_nouns):
                part.weak.append(at)
            continue
        else:
            part.unknown.append(at)


def _spelled(items: list[Item], part: Part, initials: frozenset[str]) -> Collection[int]:
    """Words that spell out an abbreviation of the facts: "object-oriented" where a cell says "OO"."""
    found: set[int] = set()
    places = [at for at in range(part.first, part.last) if items[at].low != "-" or items[at].kind != "p"]
    letters = "".join([_initial(items[at]) for at in places]) if initials else ""
    for word in initials:
        size = len(word)
        start = letters.find(word) if size <= _MOST_SPELLED else -1
        while start >= 0:
            # Two letters meet by chance too often.
            if size > 2 or items[places[start + 1] - 1].low == "-":
                found.update(places[start : start + size])
            start = letters.find(word, start + 1)
    return found


_MOST_SPELLED = 4


def _initial(item: Item) -> str:
    """The letter that a word gives to an abbreviation."""
    low = item.low
    return low[0] if item.kind == "w" and low.isalpha() and low not in _JOINING else " "


def _pointed(items: list[Item], part: Part) -> Collection[int]:
    """The words of "that last trait", "these numbers": they point back and name nothing new."""
    found: set[int] = set()
    if _POINTING.isdisjoint(part.lows):
        return found
    for at in range(part.first, part.last - 1):
        low = items[at].low
        if low not in _POINTING or (
            low == "that"
            and at > part.first
            and items[at - 1].kind in ("w", "e")
            and items[at - 1].low not in _BEFORE_THAT
        ):
            continue
        last = at + 2 if items[at + 1].low in words.PLAIN else at + 1
        found.update(k for k in range(at + 1, min(part.last, last + 1)) if items[k].kind == "w")
    return found


_POINTING = frozenset("that this these those such".split())
_JOINING = frozenset("and or the a an of to in for with".split())
_BEFORE_THAT = frozenset("shares share has with of in on at for by above below beats meets and than like from".split())


def accounted(item: Item, known: frozenset[str], compiled: Compiled) -> bool:
    """Whether a metric, value, unit, context or name of the facts has this word or one of the same root."""
    concept = item.concept
    if concept in known or item.low in known or (item.graded is not None and item.graded.degree == "verb"):
        return True
    unit = lookup(item.low) if len(item.low) != 3 else None
    # A noun that one counts ("plugins") is a thing, no measure: only a fact can know it.
    if (unit is not None and unit.dimension != "count") or (item.low.endswith("th") and item.low[:-2] in words.NUMBERS):
        return True
    if len(concept) >= 5:
        return concept[: 6 if len(concept) > 6 else 5] in known
    return False


def _named(items: list[Item], at: int, scene: Scene) -> bool:
    """A proper noun or technical name that is not the first word of the sentence, a bullet or a quotation."""
    item = items[at]
    text = item.text
    if item.low in words.COMMON_CAPITALS or lookup(text) is not None:
        return False
    inner = any(char.isupper() for char in text[1:])
    if inner and len(text) > 1:
        return not (text.isupper() and len(text) > 6)
    if not text[0].isupper() or at == 0:
        return False
    before = items[at - 1]
    return (
        before.low not in (":", "*", "“", '"', "-", "–", "—", "•", ".", "?", "!", "(")
        and item.low not in words.PLAIN
        and item.low not in words.TASTE
    )


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


__all__ = ["AUXILIARIES", "IMPERATIVES", "Part", "accounted", "parts", "reading", "sort_words"]
