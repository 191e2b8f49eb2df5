"""A quoted phrase at its place in a text that the rules have read, with everything in and around it that obliges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flows.check.discourse import Scene
from flows.check.forms.clauses import clause_of
from flows.check.forms.context import FormContext
from flows.check.forms.exempt import idioms_by_first
from flows.check.items import Item
from flows.check.lexicon import Lexicon

MAX_QUOTE = 200
ONLY = frozenset(["only", "alone", "sole", "solely", "exclusively"])
#: Words that speak of every member of a set; a set word that the discourse resolved is an entity item instead.
EVERY = frozenset(
    [
        "every",
        "all",
        "each",
        "always",
        "any",
        "anything",
        "everything",
        "everywhere",
        "throughout",
        "most",
        "many",
        "several",
        "few",
    ]
)
#: Words that make a claim about more than the things compared.
WIDER = frozenset(
    ["market", "world", "industry", "ever", "existence", "anywhere", "globally", "worldwide", "competition"]
)
#: Cause, trend and condition: what no single fact can carry.
REASONS = frozenset(
    ["because", "thanks", "due", "since", "therefore", "will", "would", "could", "might", "may", "should"]
)
#: Order without a graded word.
SIDES = {"ahead": "better", "behind": "worse"}
PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "1st": 1, "2nd": 2, "3rd": 3}
#: Neither content nor obliging, beside the stop words of the lexicon.
_LIGHT = frozenset(
    "also too even just still built natively out box default comes come there here its it share shares shared sharing".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """`first`..`last` are item positions of `scene` (half-open), `start`..`end` characters of the text."""

    scene: Scene
    first: int
    last: int
    start: int
    end: int

    @property
    def items(self) -> list[Item]:
        return self.scene.line.items[self.first : self.last]


class Misplaced(Exception):
    """A quote that is no phrase of the text; the message says why."""


def locate(text: str, scenes: Sequence[Scene], quote: str, occurrence: int) -> Phrase:
    """The phrase that a quote means. Raises Misplaced."""
    if not quote.strip() or len(quote) > MAX_QUOTE:
        raise Misplaced(f"the quote has {len(quote)} characters")
    start = -1
    for _ in range(max(1, min(occurrence, 1000))):
        start = text.find(quote, start + 1)
        if start < 0:
            raise Misplaced("the quote does not stand in the text")
    end = start + len(quote.rstrip())
    start += len(quote) - len(quote.lstrip())
    for scene in scenes:
        sentence = scene.line.sentence
        if sentence.start <= start and end <= sentence.end:
            if sentence.heading or sentence.question:
                raise Misplaced("a heading or a question asserts nothing")
            return _within(scene, start, end)
    raise Misplaced("the quote is no part of one sentence")


def _within(scene: Scene, start: int, end: int) -> Phrase:
    items = scene.line.items
    inside = [at for at, item in enumerate(items) if item.start < end and start < item.end]
    if not inside:
        raise Misplaced("the quote holds no word")
    if any(items[at].start < start or items[at].end > end for at in inside):
        raise Misplaced("the quote cuts a word, or a number from its unit")
    return Phrase(scene, inside[0], inside[-1] + 1, start, end)


def hedged(items: Sequence[Item]) -> frozenset[int]:
    """Positions of the words that qualify a number ("more than" before 40): part of the number, not an order."""
    return frozenset(
        k
        for at, item in enumerate(items)
        if item.kind == "n" and item.hedge_from >= 0
        for k in range(item.hedge_from, max(item.hedge_to, at) + 1)
        if k != at
    )


def idiomatic(items: Sequence[Item], ctx: FormContext) -> frozenset[int]:
    """Positions inside idioms, whose words oblige nothing."""
    table = idioms_by_first(ctx)
    found: set[int] = set()
    for at, item in enumerate(items):
        for phrase in table.get(item.low, ()):
            if [each.low for each in items[at : at + len(phrase)]] == list(phrase):
                found.update(range(at, at + len(phrase)))
    return frozenset(found)


def ordering(item: Item) -> bool:
    """Whether an item puts two things in order: a comparative, superlative or verb of order."""
    return (item.graded is not None and item.graded.degree != "positive") or (item.kind == "w" and item.low in SIDES)


def obliged(items: Sequence[Item], first: int, last: int, ctx: FormContext) -> frozenset[int]:
    """The positions whose numbers and words of order a claim over items `first`..`last` has to carry.

    The tail of a hyphenated word ("schema-less") orders nothing.
    """
    quiet = hedged(items) | idiomatic(items, ctx)
    quiet |= {at for at in range(1, len(items)) if items[at].kind == "w" and _glued(items, at)}
    same = ctx.compiled.lexicon.same
    return frozenset(
        at
        for at in range(first, last)
        if at not in quiet
        and ((items[at].kind == "n" and items[at].stated is not None) or ordering(items[at]) or items[at].low in same)
    )


def _glued(items: Sequence[Item], at: int) -> bool:
    return items[at - 1].low == "-" and items[at - 1].end == items[at].start


def reach(phrase: Phrase, taken: Iterable[tuple[int, int]]) -> list[int]:
    """The positions of the clause around a phrase, without those that other claims (by character span) speak for."""
    items = phrase.scene.line.items
    first, last = phrase.first, phrase.last
    for at in (phrase.first, phrase.last - 1):
        low, high = clause_of(items, at)
        first, last = min(first, low), max(last, high)
    spans = [span for span in taken if not (span[0] < phrase.end and phrase.start < span[1])]
    return [
        at
        for at in range(first, last)
        if phrase.first <= at < phrase.last or not any(s <= items[at].start and items[at].end <= e for s, e in spans)
    ]


def denials(scene: Scene, positions: Iterable[int], ctx: FormContext) -> int:
    """How many words at these positions deny: negations, verbs of lacking, "neither"; "not only" denies nothing."""
    items = scene.line.items
    lexicon = ctx.compiled.lexicon
    quiet = hedged(items) | idiomatic(items, ctx)
    count = 0
    for at in positions:
        low = items[at].low
        if at in quiet:
            continue
        mention = scene.by_at.get(at)
        if mention is not None:
            count += mention.how == "neither"
        elif low in ("nor",) and any(items[k].low in ("neither", "not", "no") for k in range(at)):
            continue
        elif low in lexicon.negations or low.endswith("n't") or low in lexicon.lacking_verbs:
            count += scene.line.low(at + 1) not in ("only", "just", "merely")
    return count


def content(items: Sequence[Item], first: int, last: int, lexicon: Lexicon) -> list[Item]:
    """The words and numbers that say something: no entity, no stop word, no verb of having or lacking, no negation."""
    silent = lexicon.capability_verbs | lexicon.lacking_verbs | lexicon.negations | lexicon.stop | _LIGHT | ONLY
    return [
        item
        for item in items[first:last]
        if item.kind in ("w", "n")
        and item.low[:1].isalnum()
        and item.low not in silent
        and not item.low.endswith("n't")
    ]
