"""Graded words: which comparative or superlative an adjective or verb of the lexicon has in prose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from flows.check.lexicon import Adjective, Lexicon

Degree = Literal["positive", "comparative", "superlative", "verb"]
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Graded:
    """A word of order: its base form, degree and meaning."""

    base: str
    degree: Degree
    meaning: Adjective


@lru_cache(maxsize=8)
def graded_words(lexicon: Lexicon) -> dict[str, Graded]:
    """Every form of every adjective and order verb, lower case."""
    words: dict[str, Graded] = {}
    for base, meaning in lexicon.adjectives.items():
        words.setdefault(base, Graded(base, "positive", meaning))
        if base in ("more", "less", "good", "bad", "far"):
            continue
        comparative, superlative = _forms(base)
        words.setdefault(comparative, Graded(base, "comparative", meaning))
        words.setdefault(superlative, Graded(base, "superlative", meaning))
    for word, (base, degree) in lexicon.irregular.items():
        known = lexicon.adjectives.get(base)
        if known is not None:
            words[word] = Graded(base, "comparative" if degree == "comparative" else "superlative", known)
    for base, meaning in lexicon.order_verbs.items():
        for form in _verb_forms(base):
            words.setdefault(form, Graded(base, "verb", meaning))
    return words


@lru_cache(maxsize=8)
def ranking_words(lexicon: Lexicon) -> frozenset[str]:
    """Superlatives of a measure; "best", "worst" and "top" head lists of advice as well and are left out."""
    return frozenset(
        word
        for word, graded in graded_words(lexicon).items()
        if graded.degree == "superlative" and graded.base not in ("good", "bad")
    ) - {"latest"}


@lru_cache(maxsize=8)
def telling_words(lexicon: Lexicon) -> frozenset[str]:
    """Words with which a few words before a colon say something of whoever stands before them: "X trails", "X answers faster"."""
    return frozenset(
        word
        for word, graded in graded_words(lexicon).items()
        if (graded.degree == "verb" and word.endswith("s"))
        or (graded.degree == "comparative" and word.endswith("er"))
        or word in ("best", "worst")
    )


def _forms(base: str) -> tuple[str, str]:
    if base.endswith("e"):
        return base + "r", base + "st"
    if base.endswith("y") and len(base) > 2 and base[-2] not in _VOWELS:
        return base[:-1] + "ier", base[:-1] + "iest"
    if (
        len(base) >= 3
        and base[-1] not in "wxyr"
        and base[-1] not in _VOWELS
        and base[-2] in _VOWELS
        and base[-3] not in _VOWELS
        and len(base) <= 4
    ):
        return base + base[-1] + "er", base + base[-1] + "est"
    return base + "er", base + "est"


def _verb_forms(base: str) -> tuple[str, ...]:
    irregular = {
        "win": ("win", "wins", "won", "winning", "winner"),
        "lead": ("lead", "leads", "led", "leading", "leader"),
        "beat": ("beat", "beats", "beaten", "beating"),
        "outrun": ("outrun", "outruns", "outran"),
        "undercut": ("undercut", "undercuts", "undercutting"),
        "overtake": ("overtake", "overtakes", "overtook", "overtaking"),
        "outdo": ("outdo", "outdoes", "outdid"),
        "outsell": ("outsell", "outsells", "outsold"),
        "lose": ("lose", "loses", "lost", "losing"),
        "lag": ("lag", "lags", "lagged", "lagging"),
        "top": ("tops", "topped"),
        "edge": ("edges", "edged"),
        "best": ("bests", "bested"),
    }
    if base in irregular:
        return irregular[base]
    if base.endswith("e"):
        return base, base + "s", base + "d", base[:-1] + "ing"
    return base, base + "s", base + "es", base + "ed", base + "ing"
