"""The lexicon as one frozen value, and how a person's additions are merged into it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Literal

from flows.check.words import stem
from flows.errors import InputError

#: `up` and `down` move the value; `better` and `worse` move along the metric's direction.
Sign = Literal["up", "down", "better", "worse"]
OPPOSITE: dict[Sign, Sign] = {"up": "down", "down": "up", "better": "worse", "worse": "better"}
SIGNS: dict[str, Sign] = {"up": "up", "down": "down", "better": "better", "worse": "worse"}


@dataclass(frozen=True, slots=True)
class Adjective:
    """What a gradable word says: its sign and the classes of metrics it can speak of ("any" = every class).

    `main` is the class that is meant where the sheet has it: "light" is weight before memory or thickness.
    """

    sign: Sign
    classes: frozenset[str]
    main: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All word tables, compared by identity so that what is derived from one can be kept. Sets hold lower-case words; `synonyms` maps a stem to its concept."""

    #: Base form -> meaning; comparatives and superlatives are derived by rule and by `irregular`.
    adjectives: Mapping[str, Adjective]
    #: "better" -> ("good", "comparative").
    irregular: Mapping[str, tuple[str, str]]
    #: Verbs of order, base form -> sign of the subject against the object.
    order_verbs: Mapping[str, Adjective]
    #: Words that make two values the same.
    same: frozenset[str]
    synonyms: Mapping[str, str]
    #: Concept -> class of metric (speed, price, size, ...).
    class_concepts: Mapping[str, str]
    capability_verbs: frozenset[str]
    lacking_verbs: frozenset[str]
    negations: frozenset[str]
    comparand_words: frozenset[str]
    stop: frozenset[str]
    #: Ordinary words that a lower-case text word may be although an entity has that name.
    common: frozenset[str]
    class_nouns: frozenset[str]
    #: Multi-word phrases, as tuples of lower-case words, whose comparatives and numbers oblige nothing.
    idioms: tuple[tuple[str, ...], ...]
    #: Words of advice, taste and speech that carry no claim.
    soft: frozenset[str]
    #: Words that, in a positive or negative list, assert a quality that needs a fact.
    qualities: frozenset[str]
    #: Words that mark cause, trend, popularity or makers: assertions beyond any sheet unless a fact carries them.
    beyond: frozenset[str]
    #: Of what a person added; "" for the standard tables. Part of the checker's version.
    digest: str = ""

    def concept(self, word: str) -> str:
        """The concept of a lower-case word: its stem, or what the synonym table makes of it."""
        root = stem(word)
        return self.synonyms.get(root, root)


@lru_cache(maxsize=8)
def measures(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Concepts of general measures (memory, price, latency) -> their classes."""
    table: dict[str, set[str]] = {}
    for name, words in lexicon.class_concepts.items():
        for word in words.split():
            table.setdefault(lexicon.concept(word), set()).add(name)
    return {concept: frozenset(names) for concept, names in table.items()}


def synonym_map(groups: Iterable[str]) -> dict[str, str]:
    """From lines of words to stem -> concept; the first word of a line names the concept."""
    table: dict[str, str] = {}
    for line in groups:
        words = line.split()
        head = stem(words[0])
        for word in words:
            table.setdefault(stem(word), head)
    return table


def extend(base: Lexicon, more: Mapping[str, object]) -> Lexicon:
    """`base` with a person's additions.

    Keys: `adjectives` ({word: "sign class class"}), `order_verbs` (the same), `synonyms` (list of lines), `idioms`
    (list of phrases), and any set of words by its name (list). Raises InputError naming the key that is wrong.
    """
    changes: dict[str, object] = {}
    names = {field.name for field in fields(base)} - {"digest"}
    for key, value in more.items():
        if key not in names:
            raise InputError(f"lexicon: unknown key {key!r}; known: {', '.join(sorted(names))}")
        old = getattr(base, key)
        if key in ("adjectives", "order_verbs"):
            if not isinstance(value, Mapping):
                raise InputError(f"lexicon: {key!r} maps a word to 'sign class class'")
            changes[key] = {**old, **{str(word): adjective(str(meaning)) for word, meaning in value.items()}}
        elif not isinstance(value, list):
            raise InputError(f"lexicon: {key!r} is a list")
        elif key == "synonyms":
            changes[key] = {**old, **synonym_map(str(line) for line in value)}
        elif key == "idioms":
            changes[key] = (*old, *(tuple(str(phrase).lower().split()) for phrase in value))
        elif isinstance(old, frozenset):
            changes[key] = old | {str(word).lower() for word in value}
        else:
            raise InputError(f"lexicon: {key!r} cannot be extended")
    changes["digest"] = hashlib.sha256(json.dumps(more, sort_keys=True, default=str).encode()).hexdigest()
    return replace(base, **changes)  # type: ignore[arg-type]  # the loop built each value by its field's type


def adjective(line: str) -> Adjective:
    """From "down price size" to its meaning. Raises InputError."""
    sign, *classes = line.split()
    if sign not in SIGNS or not classes:
        raise InputError(f"lexicon: {line!r} is not 'up|down|better|worse CLASS...'")
    return Adjective(SIGNS[sign], frozenset(classes), classes[0])
