"""Accounted: which words of a part the facts account for, and what the others are instead."""

from __future__ import annotations

from collections.abc import Collection

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.forms.parts import AUXILIARIES, Part
from flows.check.items import Item
from flows.check.lexicon import assertions as words
from flows.check.sheet import Compiled
from flows.quantities.units import lookup

#: Spans of time: a unit of some metric, hardly ever what a clause is about.
_TIMES = frozenset("day days week weeks month months year years hour hours minute minutes second seconds".split())


#: What a reader calls a kind of measure, where some metric is of that kind.
_DIMENSIONS = {
    "speed": "speed",
    "performance": "speed",
    "pace": "speed",
    "size": "size",
    "bill": "price",
    "bills": "price",
}


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
        if "wise" in (low, scene.line.low(at + 2)) and scene.line.low(at - 1 if low == "wise" else at + 1) == "-":
            # "Size-wise": says what is spoken of.
            continue
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
        if low in _DIMENSIONS and _DIMENSIONS[low] in ctx.compiled.numeric_classes:
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
        elif low in words.EDITIONS and at - 1 in (*part.known[-1:], *part.sure[-1:]):
            # "No hybrid version", "a free plan": the word before says which.
            continue
        elif (
            low in words.PLAIN
            or low in lexicon.class_nouns
            or low in ctx.things
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
