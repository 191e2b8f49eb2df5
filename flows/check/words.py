"""Words: the tokens of a text with their spans, and what two forms of one word have in common: the stem, the number."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import NamedTuple, cast

#: A name like "p99" or "A14", one like "5G" or "2FA", letters, digits (with their inner separators), the possessive ending, or one other visible character.
_TOKEN = re.compile(
    r"\b[A-Za-z](?:\+\+|#)(?!\w)|['’]s(?![^\W\d_])|[^\W\d_]{1,6}\d[^\W_]*|(?<![\w.,$€£])\d(?:[DG]|FA)(?![\w%])|[^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)?|\d+(?:[.,]\d+)*|[^\w\s]|_"
)

_SUFFIXES = (
    "izations", "isations", "ization", "isation", "izers", "izing", "ising", "ized", "ised", "izes", "ises", "izer", "iser", "ize", "ise",
    "ations", "ation", "ating", "ators", "ator", "ated", "ates", "ate", "ities", "ity", "ments", "ment", "ness", "tions", "tion",
    "sions", "sion", "ances", "ance", "ences", "ence", "ency", "ancy", "ors", "or", "ings", "ing", "ers", "er", "ies", "ied", "ily", "ably",
    "able", "ible", "ives", "ive", "ants", "ant", "ents", "ent", "est", "ally", "ly", "ed", "es", "al", "e", "y", "s",
)  # fmt: skip
_VOWELS = frozenset("aeiouy")
_NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
    "sixteen": "16", "twenty": "20", "thirty": "30", "fifty": "50", "hundred": "100", "first": "1st", "second": "2nd", "third": "3rd",
    "single": "1", "dual": "2", "quad": "4",
}  # fmt: skip


class Token(NamedTuple):
    """One token; `low` is its lower-case form with straight apostrophes."""

    start: int
    end: int
    text: str
    low: str


#: A token from its parts, without the detour through the class: a text has hundreds.
_token = cast("Callable[[tuple[int, int, str, str]], Token]", partial(tuple.__new__, Token))


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of `text[start:end]`, spans relative to the whole text."""
    tokens = []
    for found in _TOKEN.finditer(text, start, len(text) if end is None else end):
        first, last = found.span()
        word = text[first:last]
        low = word.lower()
        tokens.append(_token((first, last, word, low.replace("’", "'") if "’" in low else low)))
    return tokens


#: Longer strings are not kept: they hardly come again.
_KEPT = 120


def known_tokens(text: str) -> tuple[Token, ...]:
    """The tokens of a name or a cell, kept: a sheet asks for them several times, and so do sheets that share an entity or a metric."""
    return _kept_tokens(text) if len(text) <= _KEPT else tuple(tokenize(text))


@lru_cache(maxsize=8192)
def _kept_tokens(text: str) -> tuple[Token, ...]:
    return tuple(tokenize(text))


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """What is left of a lower-case word without its ending; short words and words with digits stay as they are.

    A light stemmer: it joins "serialize", "serializing" and "serialization", or "parse", "parses" and "parser". It need
    not give real words, only the same string for related forms.
    """
    if len(word) <= 3 or not word.isalpha():
        return word
    if len(word) > 5 and word.endswith("ies"):
        # "latencies", "families": as their singular.
        word = f"{word[:-3]}y"
    for suffix in _SUFFIXES:
        if word.endswith(suffix):
            rest = word[: -len(suffix)]
            if len(rest) >= 3 and not _VOWELS.isdisjoint(rest):
                if (suffix == "s" and rest.endswith("s")) or (suffix == "y" and rest[-1] in "aeou"):
                    # "delay" keeps its end, so that "delays" has the same stem.
                    return word
                if len(rest) >= 4 and rest[-1] == rest[-2] and rest[-1] not in "aeiouls":
                    rest = rest[:-1]
                return rest
    return word


def stems(text: str) -> tuple[str, ...]:
    """The stems of all words and numbers of a phrase, in order, punctuation left out."""
    return tuple(stem(token.low) for token in tokenize(text) if token.low[0].isalnum())


#: Sizes of sets as they are written in words: "the two", "all ten".
SIZE_WORDS = {word: size for size, word in enumerate("two three four five six seven eight nine ten".split(), start=2)}


def number_concept(low: str) -> str:
    """ "ten" and "10" are one word in the name of a metric."""
    return _NUMBER_WORDS.get(low, low)
