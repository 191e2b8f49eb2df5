"""Items: a sentence as the forms read it: words, numbers and names in order, each with its span and clause depth."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field

from flows.check.graded import Graded
from flows.check.segment import Sentence
from flows.check.stated import Stated


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
    #: Every word and mark in it, once its names are known (`changed`): where none of the words that a form turns on is among them, the form has nothing to read.
    lows: frozenset[str] = field(init=False)
    #: The places of its numbers, likewise.
    numbers: list[int] = field(init=False)

    def changed(self) -> None:
        """A number has become a name, or a word a number: what is kept of it is read anew."""
        self.lows = frozenset([item.low for item in self.items])
        self.numbers = [at for at, item in enumerate(self.items) if item.kind == "n"]

    def low(self, at: int) -> str:
        """The lower-case text of an item, or "" outside the sentence."""
        return self.items[at].low if 0 <= at < len(self.items) else ""

    def kind(self, at: int) -> str:
        return self.items[at].kind if 0 <= at < len(self.items) else ""

    def words(self, first: int, last: int) -> str:
        """Items first..last-1 as one lower-case string, for phrase tests."""
        return " ".join(item.low for item in self.items[max(0, first) : max(0, last)])


def back_over(items: Sequence[Item], at: int, words: Container[str]) -> int:
    """The place nearest before `at` that is none of these words; -1 before the sentence."""
    at -= 1
    while at >= 0 and items[at].low in words:
        at -= 1
    return at


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
