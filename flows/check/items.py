"""Items: a sentence as the forms read it: words, numbers and names in order, each with its span and clause depth."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter

from flows.check.graded import Graded, graded_words
from flows.check.segment import Sentence
from flows.check.sheet import Compiled
from flows.check.stated import Hedge, Stated, bound_hedge
from flows.check.words import Token, number_concept
from flows.quantities import find_quantities
from schemas.quantity import Kind, Quantity

_D = Decimal


#: Looked up once: before Python 3.12 an attribute of an enum is ten times as slow as a name of the module.
_PLAIN = Hedge.PLAIN
_NOT_COUNTED = frozenset({Kind.DATE, Kind.VERSION})


@dataclass(slots=True)
class Item:
    """`kind`: w word, n number, e entity, p punctuation. `low` of an entity or number is its text in lower case."""

    kind: str
    low: str
    text: str
    start: int
    end: int
    depth: float
    concept: str = ""
    entities: tuple[int, ...] = ()
    part: bool = False
    stated: Stated | None = None
    graded: Graded | None = None
    #: Index of the first item of the hedge before a number, so that a claim's span can start there.
    hedge_from: int = -1
    hedge_to: int = -1
    #: Consumed by a claim or exempt, so that it obliges nothing further.
    covered: bool = False

    @property
    def degree(self) -> str:
        """positive, comparative, superlative or verb; "" for a word that grades nothing."""
        return self.graded.degree if self.graded is not None else ""

    @property
    def unit(self) -> str | None:
        """The canonical unit of a number; None for words and bare numbers."""
        return self.stated.quantity.unit if self.stated is not None else None


@dataclass(slots=True)
class Line:
    """A sentence with its items."""

    sentence: Sentence
    items: list[Item]
    _lows: frozenset[str] | None = None
    _numbers: list[int] | None = None

    @property
    def lows(self) -> frozenset[str]:
        """Every word and mark in it: where none of the words that a form turns on is among them, the form has nothing to read."""
        if self._lows is None:
            self._lows = frozenset([item.low for item in self.items])
        return self._lows

    @property
    def numbers(self) -> list[int]:
        """The places of its numbers, once its names are known."""
        if self._numbers is None:
            self._numbers = [at for at, item in enumerate(self.items) if item.kind == "n"]
        return self._numbers

    def low(self, at: int) -> str:
        """The lower-case text of an item, or "" outside the sentence."""
        return self.items[at].low if 0 <= at < len(self.items) else ""

    def kind(self, at: int) -> str:
        return self.items[at].kind if 0 <= at < len(self.items) else ""

    def words(self, first: int, last: int) -> str:
        """Items first..last-1 as one lower-case string, for phrase tests."""
        return " ".join(item.low for item in self.items[max(0, first) : max(0, last)])


def cover(items: Sequence[Item], first: int, last: int) -> None:
    """Items `first` to `last`, or to the end, are read: no later form takes them, and nothing obliges them any more."""
    for item in items[first : last + 1]:
        item.covered = True


def hedge_first(items: Sequence[Item], at: int) -> int:
    """The first item of number `at` with the hedge before it."""
    return items[at].hedge_from if items[at].hedge_from >= 0 else at


def hedge_last(items: Sequence[Item], at: int) -> int:
    """The last item of number `at` with what stands after it as its hedge ("or so")."""
    return min(max(at, items[at].hedge_to), len(items) - 1)


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
            if quantity.is_numeric or quantity.kind in _NOT_COUNTED:
                behind = at
                while behind < len(tokens) and tokens[behind].start < quantity.end:
                    behind += 1
                items.append(_number(token, tokens[behind - 1], depths[at], quantity))
                continue
        kind, concept, graded = read_words.get(low) or _read_word(low, compiled)
        items.append(Item(kind, low, text, start, end, depths[at], concept, (), False, None, graded))
    _share_units(items)
    for position, item in enumerate(items):
        if item.kind == "n":
            _hedge(items, position)
    return Line(sentence, items)


def _share_units(items: list[Item]) -> None:
    """Bare numbers take the unit of the number that they are listed with, set against, or told after."""
    numbers = [at for at, item in enumerate(items) if item.kind == "n"]
    if len(numbers) < 2:
        return
    listed = False
    for at in range(len(items) - 3, -1, -1):
        # "2 and 3 s", "145, 180 and 210 seconds", "7.4 against 21.7 s": the unit is written after the last.
        bare, link, owner = items[at], items[at + 1].low, items[at + 2]
        if owner.stated is None or bare.stated is None:
            continue
        listed = link in ("and", "or", "&") or link in _AGAINST or (link == "," and listed)
        if not listed or (at and items[at - 1].low in ("the", "of", "all")) or not _take_unit(bare, owner):
            listed = False
    for before, at in itertools.pairwise(numbers):
        if items[before + 1].degree in ("", "positive") and (
            _set_against(items, before, at) or _told_after(items, before, at)
        ):
            _take_unit(items[at], items[before])


def _take_unit(bare: Item, owner: Item) -> bool:
    """Gives a bare number the unit of another, where that is written after its number; whether it could."""
    if bare.stated is None or owner.stated is None:
        return False
    unit_of, quantity = owner.stated.quantity, bare.stated.quantity
    if quantity.kind is Kind.VERSION and quantity.raw.count(".") < 2:
        # "SipHash 3.0" looks like a version until a figure stands before it.
        plain = [found for found in find_quantities(bare.low) if found.is_numeric]
        if not plain:
            return False
        quantity = plain[0]
        bare.stated = as_stated(quantity, bare.text)
    if quantity.unit not in (None, "1") or quantity.kind is not Kind.QUANTITY:
        return False
    if (
        unit_of.unit in (None, "1", "ratio")
        or unit_of.unit_span is None
        or unit_of.number_span is None
        or unit_of.unit_span[0] < unit_of.number_span[1]
    ):
        return False
    if not unit_of.written_low or unit_of.low is None:
        return False
    factor = unit_of.low / unit_of.written_low
    shared = replace(
        quantity, unit=unit_of.unit, low=bare.stated.low * factor, high=bare.stated.high * factor, resolution=(quantity.resolution or _D(0)) * factor,
        unit_span=unit_of.unit_span, number_span=unit_of.number_span,
    )  # fmt: skip
    bare.stated = as_stated(shared, bare.text)
    return True


_AGAINST = frozenset(["against", "versus", "vs"])


def _ends(items: list[Item], at: int) -> bool:
    """Whether nothing that is counted follows: "against 453.", "Flask just 14, ..."."""
    return at + 1 >= len(items) or items[at + 1].kind == "p" or items[at + 1].low in _AFTER_VALUE


_AFTER_VALUE = frozenset(["and", "or", "but", "while", "for", "with", "in", "on", "at", "when", "by"])


def _set_against(items: list[Item], before: int, at: int) -> bool:
    """ "8.9 hours instead of 8.2", "26 ms vs X's 20"."""
    words = [items[k].low for k in range(before + 1, at)]
    if len(words) > 6 or not _ends(items, at):
        return False
    against = any(word in _AGAINST for word in words) or " ".join(words).startswith(
        ("instead of", "rather than", "compared")
    )
    return against and not any(
        items[k].kind == "p" and items[k].low not in (",", "'", ".") for k in range(before + 1, at)
    )


def _told_after(items: list[Item], before: int, at: int) -> bool:
    """ "A manages 3.9 GB/s, B 3.0 and C just 1.2": a name with nothing but its number repeats what was said of the one before."""
    if not _ends(items, at):
        return False
    back = at - 1
    while back > before and items[back].low in _ONLY_HEDGES:
        back -= 1
    named = back > before and items[back].kind == "e"
    if not named and items[at - 1].kind == "p" and items[at - 1].low == "," and at + 1 < len(items):
        # "16.2 kB ArkType, 13.5 Zod"
        named = items[at + 1].kind == "e" and any(items[k].kind == "e" for k in range(before + 1, at))
    return named and not any(items[k].low in (".", ":", "|") for k in range(before + 1, at))


_ONLY_HEDGES = frozenset(
    ["just", "only", "about", "around", "roughly", "some", "nearly", "almost", "over", "under", "at", "with", "a", "mere", "needs", "takes", "gets", "'s", "has"]
)  # fmt: skip


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


_MOST_WORDS = 8192


def _read_word(low: str, compiled: Compiled) -> tuple[str, str, Graded | None]:
    """The kind, the concept and the degree of a word or mark: the same wherever it stands, so it is kept with the sheet."""
    graded = None
    if low[0].isalpha() or low[0] == "'":
        numbered = number_concept(low)
        known = numbered != low and numbered in compiled.by_concept
        kind, concept = "w", numbered if known else compiled.lexicon.concept(low)
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


def _number(first: Token, last: Token, depth: float, quantity: Quantity) -> Item:
    text = quantity.raw if len(quantity.raw) <= 40 else first.text
    written = quantity.written_low
    concept = ""
    if written is not None and written == written.to_integral_value() and written < 10**10:
        concept = str(int(written))
    item = Item("n", text.lower(), text, first.start, last.end, depth, concept=concept or number_concept(first.low))
    item.stated = as_stated(quantity, first.text)
    return item


def as_stated(quantity: Quantity, first: str) -> Stated:
    """The quantity as prose states it, before any hedge around it is read; `first`: its first token."""
    if quantity.kind in _NOT_COUNTED:
        return Stated(quantity, _D(0), _D(0), _D(0), _PLAIN, exact=True)
    if _KILO_NOUN.match(quantity.written_unit or "") and quantity.low is not None and quantity.high is not None:
        quantity = replace(
            quantity,
            low=quantity.low * 1000,
            high=quantity.high * 1000,
            resolution=(quantity.resolution or _D(1)) * 1000,
        )
    low = quantity.low or _D(0)
    high = quantity.high if quantity.high is not None else low
    worded = first[:1].isalpha()
    written = quantity.written_low
    step = quantity.resolution or _D(0)
    exact = False
    if written is not None and written == written.to_integral_value() and quantity.unit != "ratio":
        count = abs(written)
        if count < 20 and quantity.unit in (None, "1"):
            exact = True
        elif count >= 10 and count % 10 == 0 and step and not worded:
            # One trailing zero is rounding, but never more than 5 % of the value: "10" is not 13.
            step = min(step * 10, max(step, abs(low) / 10))
    elif (
        written is not None
        and quantity.unit in ("ratio", "percent")
        and written == written.to_integral_value()
        and abs(written) >= 10
        and abs(written) % 10 == 0
    ):
        step *= 10
    if worded and written is not None and written == written.to_integral_value() and not step:
        step = _D(1) if not written else abs(low / written)
    hedge = bound_hedge(quantity.bound) or (Hedge.ABOUT if quantity.approx else _PLAIN)
    word = quantity.unit == "ratio" and first.lower() in _MULTIPLE_WORDS
    return Stated(quantity, low, high, step, hedge, word=word, exact=exact)


_MULTIPLE_WORDS = frozenset(
    [
        "twice",
        "thrice",
        "double",
        "doubles",
        "doubled",
        "doubling",
        "triple",
        "triples",
        "tripled",
        "quadruple",
        "half",
        "halves",
        "halved",
        "halving",
        "third",
        "thirds",
        "quarter",
        "quarters",
        "fifth",
        "a",
        "two",
        "one",
        "three",
    ]
)

_KILO_NOUN = re.compile(r"k(?:loc|lines|msg|msgs|events|rows|docs|imgs?)\b", re.I)
_ABOUT = frozenset(
    [
        "about",
        "around",
        "roughly",
        "approximately",
        "approx",
        "circa",
        "ca",
        "some",
        "~",
        "≈",
        "approximate",
        "estimated",
        "nominally",
    ]
)
_BEFORE: tuple[tuple[tuple[str, ...], Hedge], ...] = tuple(
    (tuple(phrase.split()), hedge)
    for hedge, phrases in {
        Hedge.JUST_OVER: "just over|slightly more than|slightly over|slightly above|a little over|a little more than|a bit over|a bit more than|a shade over|a touch over|a hair over|barely over|just above|only just over|just more than|little more than|a tad over|a bit above|just past|a little above|a good|not much more than|not much over|barely more than|hardly more than|scarcely more than|not much above|a little beyond",
        Hedge.NEARLY: "just under|nearly|almost|close to|just shy of|not quite|approaching|a bit under|a little under|slightly under|slightly less than|a little less than|a shade under|just below|a touch under|a hair under|shy of|practically|virtually|nearing|just short of|a bit less than|slightly below|a little below|slightly fewer than|just less than|a bit below|not much less than|not much under|little less than|barely less than|hardly less than|not far off",
        Hedge.ABOUT: "in the region of|in the neighbourhood of|in the neighborhood of|in the order of|on the order of|something like|or about|in the range of|somewhere around|somewhere near|more or less|very roughly|give or take",
        Hedge.AT_LEAST: "at least|no less than|not less than|no fewer than|a minimum of|minimum of|minimum|upward of|≥|> =|no lower than|no slower than",
        Hedge.AT_MOST: "at most|no more than|not more than|a maximum of|≤|< =|within|never longer than|never more than|no longer than|no higher than|never took longer than|never exceeds|not exceeding|no greater than|at the most",
        Hedge.UP_TO: "up to|as much as|as many as|tops out at|topping out at|maxes out at|peaks at|peaking at|peaked at|as high as|as fast as|maximum of|a peak of|as long as|max",
        Hedge.OVER: "over|more than|above|upwards of|north of|exceeding|exceeds|greater than|>|higher than|better than|in excess of|pass|passes|passing|exceed|clear|clears|cracks|beyond|past|surpassing|surpasses|well over|well above|far more than|longer than|larger than|bigger than|upward of|tops|topping|topped|faster than|heavier than|older than",
        Hedge.UNDER: "under|less than|fewer than|below|<|lower than|shorter than|smaller than|south of|not even|lighter than|cheaper than|sub",
    }.items()
    for phrase in phrases.split("|")
)
_BY_LAST: dict[str, list[tuple[tuple[str, ...], Hedge]]] = {}
for _phrase, _meaning in sorted(_BEFORE, key=lambda pair: -len(pair[0])):
    _BY_LAST.setdefault(_phrase[-1], []).append((_phrase, _meaning))
_FILLERS = frozenset(
    [
        "a",
        "an",
        "the",
        "only",
        "just",
        "a",
        "its",
        "their",
        "still",
        "even",
        "barely",
        "exactly",
        "precisely",
        "mere",
        "merely",
        "another",
        "of",
    ]
)


def _hedge(items: list[Item], at: int) -> None:
    """Reads the hedge around number `at`, looking back over at most five words and forward over two."""
    item = items[at]
    stated = item.stated
    if stated is None:
        return
    hedge = stated.hedge
    item.hedge_from = at
    back = at - 1
    # An article or "only" may stand between hedge and number: "about a 10 % lead", "over the 500 mark".
    skipped = 0
    while back >= 0 and items[back].kind == "w" and items[back].low in _FILLERS and skipped < 2:
        back -= 1
        skipped += 1
    for start in dict.fromkeys((at - 1, back)):
        if start < 0:
            continue
        if items[start].low in _ABOUT:
            hedge = Hedge.ABOUT if hedge in (Hedge.PLAIN, Hedge.ABOUT) else hedge
            item.hedge_from = start
            if start - 1 >= 0 and items[start - 1].low in ("at", "only", "just"):
                pass
            break
        found = False
        for phrase, meaning in _BY_LAST.get(items[start].low, ()):
            first = start - len(phrase) + 1
            if first >= 0 and all(items[first + k].low == word for k, word in enumerate(phrase)):
                # "fast as N" needs its "as": covered by the phrase itself.
                hedge = meaning
                if (
                    first > 0
                    and items[first - 1].low in ("not", "never", "n't", "doesn't", "isn't")
                    and meaning in _FLIP
                ):
                    hedge = _FLIP[meaning]
                    first -= 1
                if (
                    first > 0
                    and items[first - 1].low == "no"
                    and meaning in _FLIP
                    and meaning in (Hedge.OVER, Hedge.UNDER)
                ):
                    hedge = _FLIP[meaning]
                    first -= 1
                if (
                    first > 0
                    and items[first - 1].low
                    in ("well", "far", "way", "comfortably", "easily", "significantly", "considerably")
                    and meaning in (Hedge.OVER, Hedge.UNDER)
                ):
                    first -= 1
                item.hedge_from = first
                found = True
                break
        if found:
            break
    item.hedge_to = at
    next_low = items[at + 1].low if at + 1 < len(items) else ""
    after = (next_low, items[at + 2].low) if at + 2 < len(items) else (next_low, "")
    if next_low == "range" and back >= 0 and items[back].low == "in":
        hedge = Hedge.ABOUT
    elif after in _ABOUT_BEHIND or next_low == "ish":
        hedge = Hedge.ABOUT if hedge is _PLAIN else hedge
        item.hedge_to = at + 2
    elif after in _LEAST_BEHIND:
        hedge = Hedge.AT_LEAST
        item.hedge_to = at + 2
    elif next_low == "+" and items[at + 1].start == item.end:
        hedge = Hedge.AT_LEAST
        item.hedge_to = at + 1
    elif after in _MOST_BEHIND:
        hedge = Hedge.AT_MOST
        item.hedge_to = at + 2
    elif hedge is _PLAIN and (bound := _bound_behind(items, at)) is not None:
        # "five years of updates or more": the bound stands behind the noun.
        hedge = bound
    if items[at - 1].low == "the" and hedge in (Hedge.OVER, Hedge.UNDER) and _told_in_full(items, at):
        # "above the 90 MB that X uses": the figure is X's own, and what lies above it is something else's.
        hedge, item.hedge_from = Hedge.PLAIN, at
    if hedge is _PLAIN and _shares_hedge(items, at):
        hedge = Hedge.ABOUT
    if hedge is Hedge.AT_LEAST and (
        stated.hedge is Hedge.ABOUT or any(items[k].low in _ABOUT for k in range(max(0, at - 2), at))
    ):
        # "around 10 or more": the bound itself is only about.
        low = stated.low * _D("0.865")
        item.stated = Stated(stated.quantity, low, low, stated.step, hedge, word=stated.word)
    elif hedge is not stated.hedge:
        exact = stated.exact and hedge is not Hedge.ABOUT
        item.stated = Stated(
            stated.quantity, stated.low, stated.high, stated.step, hedge, word=stated.word, exact=exact
        )
    for k in range(item.hedge_from, item.hedge_to + 1):
        if 0 <= k < len(items) and items[k].kind != "n":
            items[k].covered = True


_ABOUT_BEHIND = frozenset([("or", "so"), ("or", "thereabouts"), ("give", "or"), ("-", "ish")])
_LEAST_BEHIND = frozenset(
    [("or", "more"), ("and", "up"), ("or", "longer"), ("or", "higher"), ("or", "better"), ("and", "more"), ("or", "above"), ("and", "above"), ("at", "least")]
)  # fmt: skip
_MOST_BEHIND = frozenset([("or", "less"), ("or", "fewer"), ("or", "under"), ("or", "lower"), ("at", "most")])
_OR = {
    "more": Hedge.AT_LEAST,
    "longer": Hedge.AT_LEAST,
    "higher": Hedge.AT_LEAST,
    "better": Hedge.AT_LEAST,
    "less": Hedge.AT_MOST,
    "fewer": Hedge.AT_MOST,
    "lower": Hedge.AT_MOST,
}


def _bound_behind(items: list[Item], at: int) -> Hedge | None:
    for position in range(at + 1, min(len(items) - 1, at + 5)):
        if items[position].low == "or":
            bound = _OR.get(items[position + 1].low)
            if bound is not None:
                items[position].covered = items[position + 1].covered = True
            return bound
        if items[position].kind != "w" or items[position].low in ("and", "but", "than"):
            return None
    return None


def _told_in_full(items: list[Item], at: int) -> bool:
    """ "the 90 MB that X uses", "the 3 s of X": the number with its owner."""
    after = at + 1
    while after < len(items) and after - at < 3 and items[after].kind == "w" and items[after].low not in _OWNED:
        after += 1
    if after + 1 >= len(items) or items[after].low not in _OWNED:
        return False
    return any(items[k].kind == "e" for k in range(after + 1, min(len(items), after + 3)))


_OWNED = frozenset(["that", "which", "of"])


def _shares_hedge(items: list[Item], at: int) -> bool:
    """ "around 4,000K with one and 2,600K with three": the hedge of the first number covers the second."""
    for back in range(at - 1, max(-1, at - 9), -1):
        if items[back].kind == "n":
            earlier = items[back].stated
            if earlier is not None and earlier.hedge is Hedge.PLAIN and items[back].text[:1].isalpha():
                continue
            return (
                earlier is not None
                and earlier.hedge is Hedge.ABOUT
                and any(items[k].low == "and" for k in range(back + 1, at))
                and not any(items[k].kind == "p" for k in range(back + 1, at))
            )
    return False


def as_number(line: Line, first: int, at: int, stated: Stated) -> None:
    """Makes the words first..at a number, in place, with the hedge around it: "a month", "a dollar". It is held at `first`."""
    items = line.items
    line._lows = line._numbers = None
    head = items[first]
    head.kind, head.low, head.text, head.end = (
        "n",
        f"{head.low} {items[at].low}",
        f"{head.text} {items[at].text}",
        items[at].end,
    )
    head.graded, head.concept, head.stated = None, "", stated
    _hedge(items, first)
    items[at].covered = True


_FLIP = {
    Hedge.OVER: Hedge.AT_MOST,
    Hedge.UNDER: Hedge.AT_LEAST,
    Hedge.AT_LEAST: Hedge.UNDER,
    Hedge.AT_MOST: Hedge.OVER,
    Hedge.NEARLY: Hedge.NEARLY,
}
