"""Things: what a text calls the things that it compares ("which of these vans", "all five mice"), a noun that no list and no fact need hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.check.lexicon import assertions as words
from flows.check.segment import Sentence
from flows.check.sheet import Compiled
from flows.check.words import SIZE_WORDS, Token
from flows.quantities.units import lookup

_ASKING = frozenset(("which", "these", "those"))
_EACH = frozenset(("any", "every", "no"))


def things_of(sentences: Iterable[Sentence], compiled: Compiled) -> frozenset[str]:
    """Singular and plural of each noun that the text uses for the things compared."""
    found: set[str] = set()
    for sentence in sentences:
        tokens = sentence.tokens
        for at in range(len(tokens) - 1):
            noun = _noun_behind(tokens, at, compiled.entity_count)
            if noun is not None and _names_no_fact(noun, compiled):
                found.update(_numbers_of(noun))
    return frozenset(found)


def _noun_behind(tokens: list[Token], at: int, size: int) -> str | None:
    """The noun of "which vans", "of these vans", "all five vans", "the other vans", "every other van"."""
    low = tokens[at].low
    last = at + 1
    if low in _ASKING:
        if tokens[last].low == "of" and last + 2 < len(tokens) and tokens[last + 1].low in ("these", "the", "those"):
            last += 2
    elif low == "other":
        if at == 0 or tokens[at - 1].low not in _EACH:
            return None
        return tokens[last].low
    elif not (SIZE_WORDS.get(low) == size or (low == str(size) and size > 1)):
        return None
    noun = tokens[last].low
    return noun if noun.endswith("s") and not noun.endswith(("ss", "us", "is")) else None


def _names_no_fact(noun: str, compiled: Compiled) -> bool:
    return (
        len(noun) > 2
        and noun.isalpha()
        and noun not in compiled.lexicon.stop
        and noun not in words.PLAIN
        and noun not in words.MEASURES
        and noun not in words.READER
        and compiled.lexicon.concept(noun) not in compiled.vocabulary
        and lookup(noun) is None
    )


def _numbers_of(noun: str) -> Iterator[str]:
    yield noun
    if noun.endswith("ies"):
        yield noun[:-3] + "y"
    elif noun.endswith(("ches", "shes", "xes", "sses")):
        yield noun[:-2]
    elif noun.endswith("s"):
        yield noun[:-1]
    else:
        yield noun + "s"
