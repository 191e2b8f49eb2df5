"""Lines: the items of a sentence read from its tokens, the quantities of the text and the names that the sheet knows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from flows.check.fitting import POINTS
from flows.check.graded import Graded, graded_words
from flows.check.hedges import read_hedge
from flows.check.items import Item, Line
from flows.check.lexicon.peoples import PLACES
from flows.check.meant_units import as_meant
from flows.check.segment import Sentence
from flows.check.shared_units import share_units
from flows.check.sheet import Compiled
from flows.check.stated import NOT_COUNTED, as_stated
from flows.check.words import Token, number_concept
from schemas.quantity import Quantity


def read_line(sentence: Sentence, quantities: Sequence[Quantity], compiled: Compiled) -> Line:
    """`quantities`: those of the whole text, sorted by start."""
    tokens, depths = sentence.tokens, sentence.depth
    items: list[Item] = []
    index = bisect_left(quantities, sentence.start, key=attrgetter("start"))
    names, read_words = compiled.names, compiled.read_words
    heads = names.heads
    #: Where the next quantity begins; behind the sentence where there is none.
    upcoming = quantities[index].start if index < len(quantities) else sentence.end
    behind = 0
    for at, token in enumerate(tokens):
        if at < behind:
            continue
        start, end, text, low = token
        while upcoming < start:
            # It began inside a name or a figure that has been read.
            index += 1
            upcoming = quantities[index].start if index < len(quantities) else sentence.end
        if low in heads and (named := names.match(tokens, at, opens=not items)) is not None:
            size, form = named
            size = _with_mark(tokens, at, size, form.entities, compiled)
            last = tokens[at + size - 1]
            items.append(
                Item(
                    "e",
                    " ".join(form.lows),
                    text,
                    start,
                    last.end,
                    depths[at],
                    entities=form.entities,
                    part=form.part,
                )
            )
            behind = at + size
            continue
        if upcoming == start:
            quantity = quantities[index]
            if quantity.is_numeric or quantity.kind in NOT_COUNTED:
                behind = at
                while behind < len(tokens) and tokens[behind].start < quantity.end:
                    behind += 1
                items.append(_number(token, tokens[behind - 1], depths[at], as_meant(quantity, compiled)))
                continue
        kind, concept, graded = read_words.get(low) or _read_word(low, compiled)
        if text != low and (written := text.removesuffix("s")) in compiled.by_concept:
            # "TO", "GETs": written like the abbreviation of a metric.
            concept = written
        if text == "-" and _joins_count(items, tokens, at, compiled):
            continue
        items.append(Item(kind, low, text, start, end, depths[at], concept, (), False, None, graded))
    share_units(items)
    for position, item in enumerate(items):
        if item.kind == "n":
            read_hedge(items, position)
    return Line(sentence, items)


def _with_mark(tokens: Sequence[Token], at: int, size: int, entities: tuple[int, ...], compiled: Compiled) -> int:
    """A name may be followed by more of its full name: "zstd -1", "zlib 1.2.11"; those tokens belong to it."""
    if len(entities) != 1:
        return size
    full = compiled.name_tokens[entities[0]]
    while at + size < len(tokens) and size < 14:
        token = tokens[at + size]
        digits = token.low[0].isdigit() and token.low in full
        dash = (
            token.text == "-"
            and at + size + 1 < len(tokens)
            and tokens[at + size + 1].low in full
            and tokens[at + size + 1].low[0].isdigit()
            and "-" in full
        )
        if not (digits or dash):
            break
        size += 1
    return size


_OF_POINTS = frozenset("lead advantage gap margin deficit edge difference improvement drop rise gain swing".split())


def _joins_count(items: list[Item], tokens: Sequence[Token], at: int, compiled: Compiled) -> bool:
    """Whether the dash at token `at` ties a number to the noun that it counts: "a 600-car ferry" has 600 cars, "a nine-point lead" is of nine."""
    if not items or items[-1].kind != "n" or items[-1].end != tokens[at].start or at + 1 >= len(tokens):
        return False
    word = tokens[at + 1]
    if word.start != tokens[at].end or not word.text.islower():
        return False
    if word.low in POINTS:
        # "A nine-point lead", not "three-point range".
        return at + 2 < len(tokens) and tokens[at + 2].low in _OF_POINTS
    return any(
        compiled.metrics[metric].numeric and compiled.metrics[metric].unit in (None, "1")
        for metric in compiled.by_concept.get(compiled.lexicon.concept(word.low), ())
    )


_MOST_WORDS = 8192


def _read_word(low: str, compiled: Compiled) -> tuple[str, str, Graded | None]:
    """The kind, the concept and the degree of a word or mark: the same wherever it stands, so it is kept with the sheet."""
    graded = None
    if low[0].isalpha() or low[0] == "'":
        numbered = number_concept(low)
        known = numbered != low and numbered in compiled.by_concept
        kind, concept = "w", numbered if known else compiled.lexicon.concept(low)
        if low in PLACES and concept not in compiled.by_value:
            concept = _place(low, compiled) or concept
        graded = graded_words(compiled.lexicon).get(low)
    elif low[0].isdigit():
        kind, concept = "w", low
    else:
        kind, concept = "p", ""
    if len(compiled.read_words) >= _MOST_WORDS:
        # Made-up words of a hostile text must not pile up.
        compiled.read_words.clear()
    compiled.read_words[low] = kind, concept, graded
    return kind, concept, graded


def _place(people: str, compiled: Compiled) -> str:
    """ "Japanese" where a column says Japan: the concept by which the facts know the place."""
    concepts = [compiled.lexicon.concept(place) for place in PLACES[people]]
    return next((concept for concept in concepts if concept in compiled.by_value), "")


def _number(first: Token, last: Token, depth: float, quantity: Quantity) -> Item:
    text = quantity.raw if len(quantity.raw) <= 40 else first.text
    written = quantity.written_low
    concept = ""
    if written is not None and written == written.to_integral_value() and written < 10**10:
        concept = str(int(written))
    item = Item("n", text.lower(), text, first.start, last.end, depth, concept=concept or number_concept(first.low))
    item.stated = as_stated(quantity, first.text)
    return item
