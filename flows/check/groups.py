"""Groups: things described by how many they are or by what they have: "three printers", "the AMD cards", "four of them"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from flows.check.items import Item, Line
from flows.check.lexicon.verbs import VERBS
from flows.check.sheet import Compiled
from flows.check.stated import Hedge
from flows.check.words import SIZE_WORDS
from flows.quantities.units import lookup

_OPENERS = frozenset("and but only just exactly while whereas so yet because here".split())
_DEFINITE = frozenset("the these those all both neither".split())
_PAIR = frozenset("both neither".split())
_EACH = frozenset("every each no any".split())
_THEM = frozenset("them these those the".split())
_ASIDE = frozenset("here listed in among on of this table list comparison group".split())
#: What an object begins with: the word before it is a verb.
_OBJECT = frozenset("all the their a an its no not at with in on for both nothing".split())
_LISTED = frozenset("are here were".split())
_OFFERED = frozenset("compared listed here on in covered tested available reviewed".split())
#: What may not follow the head of a counted subject: then it is no subject of a predicate.
_NO_VERB = frozenset("and or of to for than as by from at".split())


#: What a group begins with, unless it is a number.
BEGINNINGS = _DEFINITE | _EACH | {"most"}


@dataclass(frozen=True, slots=True)
class Group:
    """`entities` that items `first`..`last` speak of; `count`: how many of them the sentence is about, None for each."""

    first: int
    last: int
    entities: tuple[int, ...]
    count: range | None = None


def group_at(line: Line, at: int, compiled: Compiled, verbs: frozenset[str]) -> Group | None:
    """The group that begins at item `at`, or None. `verbs`: words that are surely verbs."""
    item = line.items[at]
    if item.kind == "n" or item.low == "most":
        return _counted(line, at, compiled, verbs)
    if item.low in BEGINNINGS:
        return _described(line, at, compiled)
    return None


def having(items: list[Item], compiled: Compiled) -> tuple[int, ...]:
    """The entities for whom a fact affirms every value word among `items`; () where there is no value word."""
    found: set[int] | None = None
    for item in items:
        own = _holders(item, compiled)
        if own:
            found = own if found is None else found & own
    return tuple(sorted(found or ()))


def _holders(item: Item, compiled: Compiled) -> set[int]:
    if (
        item.kind != "w"
        or not item.concept
        or item.graded is not None
        or item.concept in compiled.by_concept
        or (
            item.low in compiled.lexicon.stop
            and not (item.text[0].isupper() and item.concept in compiled.grammar_names)
        )
        or item.low in compiled.class_nouns
    ):
        return set()
    own = {
        cell.entity
        for cell in compiled.by_value.get(item.concept, ())
        if cell.truth is not False and item.concept not in cell.denied
    }
    return own if 0 < len(own) < compiled.entity_count else set()


def _counted(line: Line, at: int, compiled: Compiled, verbs: frozenset[str]) -> Group | None:
    """ "Three printers share", "only two of the four need", "four have": a plain number as the subject of a clause."""
    items = line.items
    size = _size_at(line, at)
    if size is None:
        return None
    head = items[at].hedge_from if items[at].hedge_from >= 0 else at
    before = line.low(head - 1)
    if not (head == 0 or (items[head - 1].kind == "p" and before in ",;:—–(.*") or before in _OPENERS):
        return None
    all_but = before == "but" and line.low(head - 2) == "all"
    if size.exact == 1 and size.hedge is Hedge.PLAIN and not all_but and before not in ("only", "just", "exactly"):
        return None
    if size.exact is not None and not 1 <= size.exact <= compiled.entity_count:
        return None
    if items[at].low == "most" and line.low(at + 1) != "of" and line.low(at + 1) not in compiled.class_nouns:
        return None
    position = at + 1
    named = False
    among: list[Item] = []
    if line.low(position) == "of" and line.low(position + 1) in _THEM:
        position, named = position + 2, True
        if line.kind(position) == "n":
            position += 1
    while position < len(items) and position <= at + 5 and _holders(items[position], compiled):
        among.append(items[position])
        position += 1
    if not named or line.low(position) not in verbs:
        nouns = position
        while position < nouns + 3 and _is_noun(line, position, compiled, verbs):
            position, named = position + 1, True
        if named:
            pass
        elif among and among[-1].low.endswith("s"):
            named = True
    while line.low(position) in _ASIDE and position < at + 9:
        position += 1
    if not named and line.low(position) not in verbs and not _is_verb(line, position, compiled):
        return None
    if size.exact is None and line.low(position) not in verbs:
        # "half of the price", "most users": no part of the things compared.
        return None
    if size.exact == compiled.entity_count and line.low(position) in _LISTED and line.low(position + 1) in _OFFERED:
        # "Nineteen models are on offer": how many there are.
        return None
    if (
        position >= len(items)
        or items[position].kind not in ("w",)
        or line.low(position) in _NO_VERB
        or (items[position].degree in ("comparative", "superlative"))
    ):
        return None
    entities = having(among, compiled) or tuple(range(compiled.entity_count))
    total = len(entities)
    if all_but and size.exact is not None:
        return Group(at, at, entities, range(total - size.exact, total - size.exact + 1))
    return Group(head, at, entities, size.of(total))


class _Size(NamedTuple):
    """How many of a set: so many exactly, or from `least` to `most` of it as parts of the whole, both included."""

    exact: int | None = None
    hedge: Hedge = Hedge.PLAIN
    part: float | None = None

    def of(self, total: int) -> range:
        if self.part is not None:
            least, most = _PARTS.get(self.hedge, (-_SLACK, _SLACK))
            fits = [count for count in range(total + 1) if least <= count / total - self.part <= most]
            return range(fits[0], fits[-1] + 1) if fits else range(0)
        exact = self.exact or 0
        if self.hedge is Hedge.AT_LEAST:
            return range(exact, total + 1)
        if self.hedge is Hedge.OVER:
            return range(exact + 1, total + 1)
        if self.hedge is Hedge.AT_MOST:
            return range(exact + 1)
        return range(exact) if self.hedge is Hedge.UNDER else range(exact, exact + 1)


#: How far from a stated part the true one may lie.
_SLACK = 0.07
_PARTS = {
    Hedge.OVER: (0.0001, 1.0),
    Hedge.AT_LEAST: (0.0, 1.0),
    Hedge.UNDER: (-1.0, -0.0001),
    Hedge.AT_MOST: (-1.0, 0.0),
    Hedge.ABOUT: (-0.13, 0.13),
    Hedge.NEARLY: (-0.13, -0.0001),
    Hedge.JUST_OVER: (0.0001, 0.15),
}
_COUNTED_HEDGES = frozenset([Hedge.PLAIN, Hedge.AT_LEAST, Hedge.OVER, Hedge.AT_MOST, Hedge.UNDER])


def _size_at(line: Line, at: int) -> _Size | None:
    """ "three", "at least three", "half of", "two thirds of", "most": how many a subject that begins at item `at` means."""
    item = line.items[at]
    stated = item.stated
    if item.low == "most":
        return _Size(hedge=Hedge.OVER, part=0.5)
    if stated is None or stated.low != stated.high or not item.text.replace(" ", "").replace("-", "").isalpha():
        return None
    if stated.quantity.unit == "ratio":
        if not 0 < stated.low < 1 or line.low(at + 1) != "of" or line.low(at + 2) not in _THEM:
            return None
        return _Size(hedge=stated.hedge, part=float(stated.low))
    if (
        stated.hedge not in _COUNTED_HEDGES
        or stated.quantity.unit not in (None, "1")
        or stated.low != stated.low.to_integral_value()
        or not item.text.isalpha()
    ):
        return None
    return _Size(exact=int(stated.low), hedge=stated.hedge)


def _is_verb(line: Line, at: int, compiled: Compiled) -> bool:
    """A word that is no verb of the lists, directly after the number and before an object: "four drive all wheels"."""
    return (
        line.kind(at) == "w"
        and line.low(at + 1) in _OBJECT
        and line.low(at) not in compiled.lexicon.stop
        and not line.low(at).endswith("s")
        and line.items[at].graded is None
        and lookup(line.low(at)) is None
    )


_PLURALS = frozenset("men women people children".split())


def is_plural(word: str) -> bool:
    """Whether a word looks like the plural of a noun."""
    return word in _PLURALS or (word.endswith("s") and not word.endswith(("ss", "'s")) and len(word) > 3)


def _is_noun(line: Line, at: int, compiled: Compiled, verbs: frozenset[str]) -> bool:
    """Whether item `at` is a plural noun for the things compared, and no unit or measure."""
    low = line.low(at)
    if line.kind(at) != "w" or low in verbs:
        return False
    if low in compiled.class_nouns:
        return True
    item = line.items[at]
    return (
        is_plural(low)
        and low not in compiled.lexicon.stop
        and item.graded is None
        and item.concept not in compiled.by_concept
        and item.concept not in compiled.by_value
        and lookup(low) is None
    )


def names_things(item: Item, compiled: Compiled) -> bool:
    """Whether a noun behind "no" can stand for the things compared: no fact speaks of it."""
    low = item.low
    return low in compiled.class_nouns or (
        item.kind == "w"
        and len(low) > 2
        and low.isalpha()
        and low not in compiled.lexicon.stop
        and item.graded is None
        and item.concept not in compiled.by_concept
        and item.concept not in compiled.by_value
        and lookup(low) is None
    )


def _described(line: Line, at: int, compiled: Compiled) -> Group | None:
    """ "all five GCP rows", "the open-source options", "every diesel": a definite group with a value word before its head."""
    items = line.items
    position = at + 1
    stated = items[position].stated if line.kind(position) == "n" else None
    if stated is not None:
        if stated.quantity.unit not in (None, "1") or stated.low != stated.low.to_integral_value():
            return None
        position += 1
        able = _able(line, position, int(stated.low), compiled)
        if able:
            return Group(at, position + 1, able)
    values = position
    while (
        position < len(items)
        and position <= at + 6
        and (_holders(items[position], compiled) or items[position].low == "-")
    ):
        position += 1
    if position == values:
        return None
    last = position - 1
    head = items[position] if position < len(items) else None
    plural = items[last].low.endswith("s")
    if head is not None and head.kind == "w" and _heads(head, compiled):
        last, plural = position, head.low.endswith("s")
    elif not plural:
        return None
    entities = having(items[values : last + 1], compiled)
    if items[at].low in _PAIR and len(entities) != 2:
        return None
    single = items[at].low == "the" and not plural
    if not entities or (single and len(entities) != 1) or (stated is not None and int(stated.low) != len(entities)):
        return None
    return Group(at, last, entities)


def _able(line: Line, at: int, size: int, compiled: Compiled) -> tuple[int, ...]:
    """ "The two open models": so many have what a column of yes and no is named by, where the word names no other column."""
    items = line.items
    if (
        at + 1 >= len(items)
        or items[at].kind != "w"
        or items[at].graded is not None
        or not _heads(items[at + 1], compiled)
    ):
        return ()
    named = [compiled.metrics[number] for number in compiled.by_concept.get(items[at].concept, ())]
    if len(named) != 1 or named[0].numeric:
        return ()
    own = [
        entity
        for entity in range(compiled.entity_count)
        if any(cell.truth for cell in compiled.cell(entity, named[0].number))
    ]
    return tuple(own) if len(own) == size < compiled.entity_count else ()


def _heads(item: Item, compiled: Compiled) -> bool:
    return item.low in compiled.class_nouns or (
        item.low.endswith("s")
        and len(item.low) > 3
        and item.graded is None
        and item.concept not in compiled.by_concept
        and item.low not in compiled.lexicon.stop
    )


def _object_at(line: Line, at: int) -> bool:
    """Whether an object begins at item `at`: then the word before it is a verb."""
    return (
        line.low(at) in _OBJECT
        or line.kind(at) == "n"
        or (at < len(line.items) and line.items[at].degree in ("comparative", "superlative"))
    )


def those_of(line: Line, first: int, size: int) -> int:
    """Where "the three resorts of" begins before a value at item `first`, where as many have it; `first` where nothing like it stands there."""
    noun = first - 2
    if line.low(first - 1) not in ("of", "in", "from") or noun < 1 or not is_plural(line.low(noun)):
        return first
    start = noun - 1
    if line.kind(start) in "ne" and line.items[start].text.isalpha():
        counted = SIZE_WORDS.get(line.low(start))
        if counted != size:
            return first
        start -= line.low(start - 1) in ("the", "all")
    elif line.low(start) != "the":
        return first
    opens = start == 0 or line.kind(start - 1) == "p" or line.low(start - 1) in _OPENERS
    return start if opens else first


def stands_alone(line: Line, first: int, last: int, *, owned: bool) -> bool:
    """Whether a value at items `first` to `last` is whom the clause is about, instead of what is said of somebody: "the South had
    46", not "a district in the South", "the South districts", "X, of the South"."""
    before, after = line.low(first - 1), line.low(last + 1)
    opening = first == 1 and before in ("in", "for") and (after in (",", "'s") or line.kind(last + 1) == "n")
    if not owned and before in _SAID_OF and not opening:
        return False
    ahead = line.items[last + 1 : last + 9]
    told = any(item.kind == "n" or item.degree in ("comparative", "superlative") for item in ahead)
    if not told and before not in ("than", "as"):
        return False
    if before in ("than", "as"):
        return line.kind(last + 1) in ("p", "")
    if line.kind(last + 1) == "n" or after in ("'s", "'", ",", "and", "had", "has", "'d"):
        return after not in (",", "and") or (before in ("", "and", ",", "the") and line.kind(last + 2) in ("n", "w"))
    return (
        after in VERBS
        or after.endswith("ed")
        or (line.kind(last + 1) == "w" and len(after) > 3 and _object_at(line, last + 2))
    )


#: What says of somebody where he belongs.
_SAID_OF = frozenset("in of at from for by with to on a an 's '".split())

__all__ = ["BEGINNINGS", "Group", "group_at", "having", "names_things", "stands_alone", "those_of"]
