"""Names: which token sequences of prose mean which entities.

Full names and aliases first; then every part of a name that belongs to one entity only ("Canon" for "Canon EOS R"), and
parts that several but not all share, which mean that group ("both selectolax backends").
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flows.check.graded import graded_words
from flows.check.lexicon import Lexicon
from flows.check.words import Token, known_tokens, stem
from schemas.checking import CheckEntity

_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
_MAX_NAME_TOKENS = 14
_MAX_PART_TOKENS = 5


@dataclass(frozen=True, slots=True)
class NameForm:
    """A sequence of tokens, with the entities it names. `part`: derived from a longer name, so weaker."""

    lows: tuple[str, ...]
    texts: tuple[str, ...]
    entities: tuple[int, ...]
    part: bool
    #: Whether it is the last word of the only name that has it.
    last: bool = False
    #: Other spellings: the alias "XORM" of "xorm".
    others: tuple[tuple[str, ...], ...] = ()


class NameIndex:
    """Longest match of names over tokens."""

    def __init__(self, entities: Sequence[CheckEntity], vocabulary: Collection[str], lexicon: Lexicon) -> None:
        """`vocabulary`: stems of metric names and values, which a part of a name may not claim for itself."""
        self._lexicon = lexicon
        self._forms: dict[str, list[NameForm]] = {}
        whole: _Noted = {}
        parts: _Noted = {}
        words_apart: set[tuple[str, ...]] = set()
        self._graded = graded_words(lexicon)
        for number, entity in enumerate(entities):
            for name in (entity.name, *entity.aliases):
                tokens = known_tokens(name[:200])[:_MAX_NAME_TOKENS]
                if tokens:
                    _note(whole, tokens, number)
            for name in (entity.name, *entity.aliases):
                tokens = known_tokens(name[:200])[:_MAX_NAME_TOKENS]
                for first in range(len(tokens)):
                    for last in range(first + 1, min(len(tokens), first + _MAX_PART_TOKENS) + 1):
                        _note(parts, tokens[first:last], number)
                for first, last in _spaced(tokens):
                    words_apart.add(tuple(token.low for token in tokens[first:last]))
            plain = entity.id.replace("_", " ")
            if (
                len(plain) > 3
                and plain not in lexicon.common
                and plain not in lexicon.stop
                and stem(plain) not in vocabulary
            ):
                tokens = known_tokens(plain)
                if len(tokens) == 1:
                    _note(parts, tokens, number)
        for number, entity in enumerate(entities):
            for spelled in _in_words(entity.name):
                _note(whole, known_tokens(spelled), number)
        exact = set(whole)
        for number, entity in enumerate(entities):
            tokens = known_tokens(_BRACKETS.sub("", entity.name)[:200])[:_MAX_NAME_TOKENS]
            if tokens and tuple(token.low for token in tokens) not in exact:
                _note(whole, tokens, number)
        for lows, (owners, spellings) in whole.items():
            texts, *others = spellings
            self._add(NameForm(lows, texts, tuple(sorted(owners)), part=False, others=tuple(others)))
        for lows, (owners, spellings) in parts.items():
            apart = lows in words_apart
            usable = [texts for texts in spellings if self._usable(lows, texts, vocabulary, len(owners) > 1, apart)]
            if usable and lows not in whole and len(owners) < len(entities):
                ends = len(owners) == 1 and len(lows) == 1 and _last_word(entities[min(owners)].name) == lows[0]
                # "BMW" of an alias where the name has "bmw": what is written like a name is one, however short.
                texts, *others = usable
                self._add(NameForm(lows, texts, tuple(sorted(owners)), part=True, last=ends, others=tuple(others)))
        for forms in self._forms.values():
            # Longest first: "Fast" may be a part of "Fast API", and matching it early would leave "API" behind.
            forms.sort(key=lambda form: (-len(form.lows), form.part))
        #: Every word with which a name may begin in prose, its plural and singular among them.
        self.heads = {
            head for low in self._forms for head in (low, low + "s", *((low[:-1],) if low.endswith("s") else ()))
        }

    def match(self, tokens: Sequence[Token], at: int, *, opens: bool) -> tuple[int, NameForm] | None:
        """The longest name that begins at token `at`: (number of tokens, form). `opens`: the token begins a sentence."""
        if tokens[at].low not in self.heads:
            return None
        if (
            at > 1
            and tokens[at - 1].text in "._"
            and tokens[at - 1].end == tokens[at].start
            and tokens[at - 2].end == tokens[at - 1].start
        ):
            return None
        for form in self._forms.get(tokens[at].low, ()):
            size = len(form.lows)
            if at + size > len(tokens):
                continue
            if not all(_same_word(tokens[at + k].low, form.lows[k], last=k == size - 1) for k in range(1, size)):
                continue
            if (
                form.part
                and form.lows[-1] in self._lexicon.stop
                and tokens[at + size - 1].start > tokens[at + size - 2].end
            ):
                # "version 6 a year ago"
                continue
            if (
                size == 1
                and form.lows[0].isdigit()
                and (at == 0 or tokens[at - 1].low not in ("the", "a", "an", "and", "or", "than", "vs", "over", "both"))
            ):
                continue
            if _glued(tokens, at, size) and (
                self._case_fits(tokens[at : at + size], form, opens) or self._as_noun(tokens, at, form)
            ):
                return size, form
        low = tokens[at].low
        if len(low) > 3 and low + "s" in self._forms and low not in self._forms and low not in self._lexicon.stop:
            for form in self._forms[low + "s"]:
                if len(form.lows) == 1 and form.part and form.texts[0][0].lower() == tokens[at].text[0].lower():
                    return 1, form
        if low.endswith("s") and low[:-1] in self._forms and low not in self._forms and low not in ("pros", "cons"):
            for form in self._forms[low[:-1]]:
                if len(form.lows) == 1 and tokens[at].text[0] == form.texts[0][0] and len(low) > 3:
                    return 1, form
        return None

    def _add(self, form: NameForm) -> None:
        self._forms.setdefault(form.lows[0], []).append(form)

    def _usable(
        self, lows: tuple[str, ...], texts: tuple[str, ...], vocabulary: Collection[str], shared: bool, apart: bool
    ) -> bool:
        """`shared`: several entities have the part. `apart`: it stands between spaces in a name."""
        if not lows[0][0].isalnum() or not lows[-1][-1].isalnum():
            return False
        if (
            len(lows) == 1
            and lows[0].isdigit()
            and len(lows[0]) >= 3
            and not (lows[0][:2] in ("19", "20") and len(lows[0]) == 4)
        ):
            # A model number that one name has: "the 4060".
            return not shared
        if apart and len(lows) == 2 and lows[0].isdigit() and lows[1] == "a":
            # "the 6a" of "Pixel 6a"; another letter behind a figure may be a unit
            return not shared
        words = [low for low in lows if any(char.isalpha() for char in low)]
        if not words or all(word in self._lexicon.stop or word in self._lexicon.class_nouns for word in words):
            return False
        if apart and shared and not lows[1][0].isalnum() and any(low[0].isdigit() for low in lows):
            return True
        if lows[0] in self._lexicon.stop or lows[-1] in self._lexicon.stop:
            return False
        if len(lows) > 1:
            # "whisper.cpp", "us-central1": written as no word of prose is, so it names even a group.
            return not shared or any(text[0].isupper() for text in texts) or (apart and not lows[1][0].isalnum())
        word, text = lows[0], texts[0]
        if stem(word) in vocabulary or word in self._graded or word in self._lexicon.soft:
            return False
        if text[0].isupper():
            return len(word) >= 2
        return (
            len(word) >= (4 if word.isalpha() else 3)
            and word not in self._lexicon.common
            and word not in self._lexicon.qualities
        )

    def _as_noun(self, tokens: Sequence[Token], at: int, form: NameForm) -> bool:
        """ "the summit" of Stackpole Summit: the last word of one name, told like a noun that stands by itself."""
        word = form.lows[0]
        if len(form.lows) > 1 or not form.last or at == 0 or tokens[at - 1].low != "the" or len(word) < 4:
            return False
        if not word.isalpha() or word in self._lexicon.class_nouns or word in self._lexicon.stop:
            return False
        after = tokens[at + 1].low if at + 1 < len(tokens) else ""
        return not after.isalpha() or after in self._lexicon.stop or after in _AFTER_NOUN or after.endswith("ed")

    def _case_fits(self, tokens: Sequence[Token], form: NameForm, opens: bool) -> bool:
        if all(token.text == text for token, text in zip(tokens, form.texts, strict=True)):
            return True
        if form.others and tuple(token.text for token in tokens) in form.others:
            return True
        word, text = form.lows[0], form.texts[0]
        if len(form.lows) > 1:
            return True
        if tokens[0].text.isupper() and len(word) > 1:
            return not text.islower() or not word.isalpha()
        if text.islower():
            # A lower-case name may open a sentence with a capital; "Base" elsewhere is another word.
            return opens or word not in self._lexicon.common
        return word not in self._lexicon.common and word not in self._lexicon.stop and len(word) >= 4 and not form.part


#: Verbs that a noun may be the subject of, beside those that end as the past does.
_AFTER_NOUN = frozenset("had has gets got gave took saw went won lost led sits lies stands holds stays came".split())


def _last_word(name: str) -> str:
    tokens = known_tokens(_BRACKETS.sub("", name)[:200])
    return tokens[-1].low if len(tokens) > 1 and tokens[-1].text[0].isupper() else ""


#: A name in lower case: whose it is, and how it is spelled, the first spelling first.
_Noted = dict[tuple[str, ...], tuple[set[int], dict[tuple[str, ...], None]]]


def _note(table: _Noted, tokens: Sequence[Token], number: int) -> None:
    owners, spellings = table.setdefault(tuple(token.low for token in tokens), (set(), {}))
    owners.add(number)
    spellings.setdefault(tuple(token.text for token in tokens))


def _in_words(name: str) -> tuple[str, ...]:
    """ "2 machines" as "two machines", "1 machine" as "one machine" and "a single machine"."""
    size, _, noun = name.partition(" ")
    if not size.isdigit() or not noun.isalpha() or not 0 < int(size) < len(_SIZES):
        return ()
    return (f"{_SIZES[int(size)]} {noun}", *((f"single {noun}",) if size == "1" else ()))


_SIZES = "zero one two three four five six seven eight nine ten eleven twelve".split()


def _spaced(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The words between spaces, as token ranges: "n1-standard-4 in asia-east1" has three."""
    bounds = [0, *(k for k in range(1, len(tokens)) if tokens[k].start > tokens[k - 1].end), len(tokens)]
    return [(first, last) for first, last in itertools.pairwise(bounds) if last - first > 1]


def _same_word(low: str, wanted: str, *, last: bool) -> bool:
    return low == wanted or (last and len(wanted) > 3 and low in (wanted + "s", wanted + "es"))


def _glued(tokens: Sequence[Token], at: int, size: int) -> bool:
    """No part of a longer dotted or hyphenated word: "React" in "React-like" is another word."""
    after = at + size
    if after + 1 < len(tokens) and tokens[after].text in "-." and tokens[after].start == tokens[after - 1].end:
        following = tokens[after + 1]
        if following.start == tokens[after].end and following.low in (
            "like",
            "style",
            "esque",
            "compatible",
            "based",
            "inspired",
        ):
            return False
    return True
