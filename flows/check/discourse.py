"""Discourse: what pronouns and sets stand for, who the subject of each clause is, and which role each name plays.

Pronouns and sets ("it", "both", "the others", "the latter") become entity items with `how` set, so that the forms read
them like names.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from flows.check.editions import Editions
from flows.check.items import Item, Line
from flows.check.sheet import Compiled

SUBJECT, COMPARAND, OWNER, TOPIC = "subject", "comparand", "owner", "topic"
_SKIP = frozenset(
    [
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "even",
        "bare",
        "plain",
        "either",
        "any",
        "each",
        "only",
        "just",
        "still",
        "both",
        "all",
        "not",
        "both",
        "original",
        "stock",
        "old",
        "new",
        "rival",
        "fellow",
        "nearest",
        "closest",
        "cousin",
        "around",
        "about",
        "roughly",
    ]
)
_TO_HEADS = frozenset(
    [
        "compared",
        "relative",
        "identical",
        "similar",
        "equal",
        "close",
        "closest",
        "next",
        "comparable",
        "equivalent",
        "superior",
        "inferior",
        "opposed",
        "versus",
        "contrast",
        "second",
        "comparison",
        "runner-up",
        "loses",
        "lost",
    ]
)
_WITH_HEADS = frozenset(
    [
        "compared",
        "tied",
        "par",
        "level",
        "contrast",
        "comparison",
        "shares",
        "shared",
        "pace",
        "neck",
        "ties",
        "tie",
        "draws",
        "together",
    ]
)
_AS_HEADS = frozenset(["as", "same", "much", "many", "half", "twice", "times"])
_FRONT = frozenset(["for", "with", "in", "on", "at", "from", "among", "under", "by", "using", "of"])
_NUMBER = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "2": 2,
    "3": 3,
    "4": 4,
    "5": 5,
    "6": 6,
    "7": 7,
    "8": 8,
}


@dataclass(slots=True)
class Mention:
    """A name, pronoun or set at one place. `how`: name, part, pronoun, both, all, neither, other, which, list."""

    at: int
    entities: tuple[int, ...]
    role: str
    possessive: bool
    how: str
    #: What a pronoun may mean instead, with less reason.
    otherwise: tuple[int, ...] = ()


@dataclass(slots=True)
class Scene:
    """What the forms know about one sentence: its items, mentions in order, and what came before."""

    line: Line
    mentions: list[Mention]
    by_at: dict[int, Mention]
    #: Entities carried from before: the last subject, the header's, the previous sentence's others.
    carried: tuple[int, ...]
    #: The other subject of the sentence before, when it had two.
    carried_too: tuple[int, ...]
    topic: tuple[int, ...]
    before: tuple[int, ...]
    previous: Scene | None
    question: Scene | None
    #: Metrics linked by claims of this sentence, in order of position: (item index, metric).
    linked: list[tuple[int, int]] = field(default_factory=list)
    #: Comparands of this sentence's claims, for "that" and bare comparatives.
    comparand: tuple[int, ...] = ()
    last_metric: int | None = None
    occurrences: dict[str, list[int]] | None = None
    extra: dict[str, object] = field(default_factory=dict)
    concept: Callable[[str], str] = str

    def subject_before(self, at: int) -> Mention | None:
        """The nearest mention before item `at` that is a subject, topic or possessor of its clause."""
        for mention in reversed(self.mentions):
            if mention.at < at and mention.role in (SUBJECT, TOPIC):
                return mention
        return None

    def subject_after(self, at: int) -> Mention | None:
        for mention in self.mentions:
            if mention.at > at and mention.role in (SUBJECT, TOPIC):
                return mention
        return None


class Reader:
    """Walks the sentences in order and keeps what the next one may refer to."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._all = tuple(range(compiled.entity_count))
        self._subject: tuple[int, ...] = ()
        self._subject_too: tuple[int, ...] = ()
        self._recent: list[int] = []
        self._pair: tuple[int, ...] = ()
        self._previous: Scene | None = None
        self._question: Scene | None = None
        self._paragraph = -1
        self._header_at = -1
        self._topic: tuple[int, ...] = ()
        self._editions = Editions.of(compiled.entity_names)

    def read(self, line: Line) -> Scene:
        """Resolves the sentence's mentions, in place, and moves on."""
        sentence = line.sentence
        if sentence.heading:
            names = self._names(line.items)
            if names or sentence.section not in ("pros", "cons"):
                # "Cons:" below "Flask" and "Pros:" still speaks of Flask.
                self._topic = names
            if names:
                self._subject = names
                self._note(names)
                if len(names) == 2:
                    self._pair = names
            self._subject_too = ()
            return Scene(line, [], {}, self._subject, (), self._topic, tuple(self._recent), self._previous, None)
        if sentence.header is None:
            self._topic = ()
        elif sentence.header.start != self._header_at:
            self._header_at = sentence.header.start
            names = self._header_names(sentence.header.tokens)
            if names or sentence.header.kind == "plain":
                self._topic = names
            if names:
                self._subject = names if len(names) == 1 else self._subject
                self._note(names)
                if len(names) == 2:
                    self._pair = names
        if sentence.paragraph != self._paragraph:
            self._paragraph = sentence.paragraph
        if sentence.bullet and len(self._topic) == 1:
            self._subject = self._topic
        mentions = self._mentions(line)
        scene = Scene(
            line,
            mentions,
            {mention.at: mention for mention in mentions},
            self._subject,
            self._subject_too,
            self._topic,
            tuple(self._recent),
            self._previous,
            self._question,
            concept=self._compiled.lexicon.concept,
        )
        self._advance(scene)
        return scene

    # Names and groups

    def _names(self, items: Sequence[Item]) -> tuple[int, ...]:
        found: list[int] = []
        for item in items:
            if item.kind == "e":
                found.extend(entity for entity in item.entities if entity not in found)
        return tuple(found)

    def _header_names(self, tokens: Sequence[object]) -> tuple[int, ...]:
        from flows.check.words import Token

        found: list[int] = []
        words = [token for token in tokens if isinstance(token, Token)]
        at = 0
        while at < len(words):
            named = self._compiled.names.match(words, at, opens=at == 0)
            if named is None:
                at += 1
                continue
            found.extend(entity for entity in named[1].entities if entity not in found)
            at += named[0]
        return tuple(found)

    def _mentions(self, line: Line) -> list[Mention]:
        items = line.items
        self._editions.narrow(items, self._recent)
        self._narrow(items)
        mentions: list[Mention] = []
        at = 0
        while at < len(items):
            item = items[at]
            mention = self._name(items, at) if item.kind == "e" else self._set_or_pronoun(line, at, mentions)
            if mention is not None:
                item.kind, item.entities = "e", mention.entities
                mentions.append(mention)
                self._note(mention.entities if mention.how in ("name", "part") else ())
            at += 1
        for mention in mentions:
            if mention.how == "all":
                mention.entities = self._all_but(items, mention, mentions)
                items[mention.at].entities = mention.entities
        self._join_lists(items, mentions)
        return mentions

    def _all_but(self, items: list[Item], whole: Mention, mentions: list[Mention]) -> tuple[int, ...]:
        """ "All of them except X": the set without what is excepted."""
        for mention in mentions:
            if (
                mention.at > whole.at
                and mention.how in ("name", "part")
                and any(
                    items[k].low in ("except", "besides", "excluding", "but")
                    for k in range(max(whole.at, mention.at - 3), mention.at)
                )
            ):
                return tuple(entity for entity in whole.entities if entity not in mention.entities)
        return whole.entities

    def _narrow(self, items: list[Item]) -> None:
        """ "selectolax with the Lexbor backend": a shared part beside a narrower name means the narrower."""
        named = [at for at, item in enumerate(items) if item.kind == "e"]
        for first, second in itertools.pairwise(named):
            a, b = items[first], items[second]
            between = [items[k].low for k in range(first + 1, second)]
            if second - first > 4 or not all(
                word in ("with", "the", "(", "'s", "using", "in", "on", "-", "via", "a") for word in between
            ):
                continue
            if not between and a.entities != b.entities and len(a.entities) == 1 == len(b.entities):
                # "the sugared zap": of two names side by side the one whose full name holds the other is meant.
                names = self._compiled.entity_names
                if b.low in names[a.entities[0]].lower():
                    b.entities = a.entities
                elif a.low in names[b.entities[0]].lower():
                    a.entities = b.entities
                continue
            if (
                a.entities != b.entities
                and len(b.entities) == 1
                and b.part
                and between
                and between[0] in ("with", "using", "(", "in", "via", "'s")
                and a.low in self._compiled.entity_names[b.entities[0]].lower()
            ):
                # "msgspec with Structs": the narrower name contains the wider one.
                a.entities = b.entities
                continue
            if len(a.entities) > 1 and set(b.entities) < set(a.entities):
                a.entities = b.entities
            elif len(b.entities) > 1 and set(a.entities) < set(b.entities) and "(" in between:
                b.entities = a.entities

    def _name(self, items: list[Item], at: int) -> Mention:
        item = items[at]
        possessive = at + 1 < len(items) and items[at + 1].low in ("'s", "'", "’")
        role = self._role(items, at, possessive)
        if (
            at + 3 < len(items)
            and items[at + 1].low == ","
            and items[at + 2].low == "the"
            and items[at + 3].degree == "superlative"
        ):
            # "... as the Xperia, the thinnest of the six": what follows is said of the name before it.
            role = SUBJECT if role != TOPIC else role
        return Mention(at, item.entities, role, possessive, "part" if item.part else "name")

    def _role(self, items: list[Item], at: int, possessive: bool) -> str:
        back = at - 1
        while back >= 0 and (
            items[back].low in _SKIP
            or _modifier(items[back])
            or items[back].low in "\"'“”‘’([*_`"
            or (items[back].kind == "w" and items[back].low in self._compiled.class_nouns)
        ):
            back -= 1
        if back < 0:
            return SUBJECT
        word = items[back].low
        before = items[back - 1].low if back > 0 else ""
        if (
            word in ("'s", "'")
            and back > 0
            and items[back - 1].kind == "e"
            and set(items[back - 1].entities) == set(items[at].entities)
        ):
            return self._role(items, back - 1, False)
        if items[back].kind == "n" and items[back].unit in ("ratio", "percent") and at - back <= 3:
            return COMPARAND
        if (
            any(items[k].low == "than" for k in range(max(0, at - 3), at))
            and items[back].kind == "w"
            and items[back].graded is None
        ):
            return COMPARAND
        if at - 1 >= 0 and items[at - 1].low in ("a", "an") and word in ("is", "was", "than"):
            return COMPARAND
        for step in range(back, max(-1, back - 5), -1):
            graded = items[step].graded
            if (
                graded is not None
                and graded.degree == "verb"
                and items[step].low not in ("winner", "leader", "top", "lead", "leading")
            ):
                return COMPARAND
            if (
                items[step].kind not in ("w", "p")
                or (items[step].kind == "p" and items[step].low != "-")
                or items[step].low in _PREPOSITIONS
            ):
                break
        if word in ("than", "versus", "vs", "against", "unlike", "behind", "besides", "except", "excluding"):
            return COMPARAND
        if word == "." and before == "vs":
            return COMPARAND
        if (
            at > 2
            and items[at - 1].low in ("a", "an")
            and any(items[k].low in ("is", "are") for k in range(max(1, at - 4), at))
            and any(items[k].kind == "e" for k in range(max(0, at - 6), at))
        ):
            return COMPARAND
        if (
            word == ","
            and back > 0
            and items[back - 1].kind == "e"
            and at + 1 < len(items)
            and items[at + 1].low in (",", "and", "or")
            and self._role(items, back - 1, False) == COMPARAND
        ):
            return COMPARAND
        if word in ("and", "or", "nor", "&", ",", "/") and back > 0:
            # A member of a list shares the role of the member before it.
            earlier = back - 1
            while earlier >= 0 and items[earlier].low in ("'s", "the", ",", "and", "either"):
                earlier -= 1
            if earlier >= 0 and items[earlier].kind == "e" and items[earlier].covered is False:
                known = self._role(items, earlier, False)
                comma_and = word in ("and", "or") and items[back - 1].low == ","
                joined = (
                    word != ","
                    and not self._verb_follows(items, at)
                    and not (comma_and and "," not in [items[k].low for k in range(max(0, earlier - 4), earlier)])
                )
                if known == COMPARAND and joined:
                    return COMPARAND
                if known == OWNER and joined:
                    return OWNER
            return SUBJECT
        if word == "what":
            return COMPARAND
        if word == "as" and self._earlier(items, back, _AS_HEADS, 6):
            return COMPARAND
        if word in ("to", "with"):
            heads = _TO_HEADS if word == "to" else _WITH_HEADS
            if self._earlier(items, back, heads, 4):
                return COMPARAND
            if (
                word == "to"
                and back > 0
                and (
                    possessive
                    or items[back - 1].kind == "n"
                    or any(items[k].kind == "n" for k in range(max(0, back - 4), back))
                )
            ):
                return COMPARAND
        if word in ("over", "above", "below", "past", "beyond", "under") and back > 0:
            return COMPARAND
        if word == "of" and before in (
            "ahead",
            "instead",
            "front",
            "short",
            "shy",
            "clear",
            "place",
            "favour",
            "favor",
        ):
            return COMPARAND
        if word in ("out", "past") and items[back - 1].graded is not None and back > 0:
            return COMPARAND
        graded = items[back].graded
        if (
            graded is not None
            and graded.degree == "verb"
            and items[back].low not in ("winner", "leader", "top", "lead", "leading")
            and back > 0
        ):
            return COMPARAND
        if (
            word
            in (
                "matches",
                "match",
                "matching",
                "ties",
                "equals",
                "rivals",
                "follows",
                "tying",
                "replaces",
                "passes",
                "matched",
                "exceeds",
            )
            and back > 0
        ):
            return COMPARAND
        if word in _FRONT:
            if back == 0 or items[back - 1].kind == "p" or items[back - 1].low in ("and", "but", "while", "whereas"):
                return TOPIC
            return OWNER
        if word == "like":
            return COMPARAND if back == 0 or before in (",", "is", "are", "just", "much") else OWNER
        return SUBJECT

    @staticmethod
    def _verb_follows(items: list[Item], at: int) -> bool:
        following = items[at + 1].low if at + 1 < len(items) else ""
        return following in ("is", "has", "takes", "needs", "uses", "gets", "comes", "runs", "offers", "costs", "at")

    @staticmethod
    def _earlier(items: list[Item], at: int, words: frozenset[str], reach: int) -> bool:
        return any(items[k].low in words for k in range(max(0, at - reach), at))

    # Pronouns and sets

    def _set_or_pronoun(self, line: Line, at: int, mentions: list[Mention]) -> Mention | None:
        items = line.items
        item = items[at]
        if item.kind not in ("w", "n"):
            return None
        low = item.low
        nxt = line.low(at + 1)
        if low in ("it", "its", "itself"):
            found = self._antecedent(mentions, plural=False)
            pronoun = self._mention(items, at, found, low == "its", "pronoun")
            if pronoun is not None and not any(mention.role in (SUBJECT, TOPIC) for mention in mentions):
                pronoun.otherwise = self._subject_too
            return pronoun
        if low in ("they", "their", "them"):
            found = self._antecedent(mentions, plural=True)
            return self._mention(items, at, found, low == "their", "pronoun")
        if low in ("which", "who", "whose") and at > 0 and mentions:
            nearest = mentions[-1]
            if nearest.at >= at - 9 and line.low(at - 1) in (",", "—", "–", "("):
                return Mention(at, nearest.entities, SUBJECT, low == "whose", "which")
            return None
        if low in ("former", "latter") and line.low(at - 1) == "the":
            pair = self._last_pair(mentions)
            return self._mention(
                items, at, (pair[0 if low == "former" else 1],) if len(pair) == 2 else (), nxt == "'s", "pronoun"
            )
        return self._set(line, at, mentions)

    def _set(self, line: Line, at: int, mentions: list[Mention]) -> Mention | None:
        items = line.items
        low, nxt, prev = items[at].low, line.low(at + 1), line.low(at - 1)
        nouns = self._compiled.class_nouns
        size = _NUMBER.get(low)
        if low in ("both", "neither", "either"):
            if line.kind(at + 1) == "e" or (nxt in ("the", "of") and line.kind(at + 2) == "e"):
                return None
            if not self._set_use(line, at) or (
                low == "either"
                and nxt in (".", ",", ";", "", ")")
                and prev not in ("than", "of", "over", "into", "for", "to", "with", "in", "beats")
            ):
                return None
            found = self._last_pair(mentions)
            whole = self._mention(items, at, found, nxt == "'s", "neither" if low == "neither" else "both")
            subject = next((mention for mention in reversed(mentions) if mention.role in (SUBJECT, TOPIC)), None)
            if (
                whole is not None
                and whole.role == COMPARAND
                and subject is not None
                and len(self._all) >= 3
                and set(subject.entities) & set(whole.entities)
            ):
                others = [
                    entity for entity in dict.fromkeys((*self._recent, *self._all)) if entity not in subject.entities
                ]
                whole.entities = (
                    tuple(others[-2:])
                    if len(self._all) == 3
                    else tuple(entity for entity in self._recent if entity not in subject.entities)[-2:]
                )
            return whole
        if low == "two" and line.kind(at + 1) == "e" and len(items[at + 1].entities) == 2:
            return None
        if (
            low in ("two", "pair", "duo")
            and prev in ("the", "these", "those", "other")
            and (low != "two" or self._set_use(line, at) or nxt in ("'", "of"))
        ):
            if prev == "other":
                return self._others(line, at, mentions, 2)
            if line.low(at - 2) in ("of", "between") and low == "two" and self._compiled.entity_count == 2:
                return None
            return self._mention(items, at, self._last_pair(mentions), nxt == "'s", "both")
        if low in ("all", "every", "each"):
            if nxt == "other" or (
                low == "all" and nxt in ("the", "of") and line.low(at + 2) in ("others", "other", "rest")
            ):
                return None
            count = _NUMBER.get(nxt)
            if (
                (count and self._set_use(line, at + 1))
                or nxt in nouns
                or (nxt == "of" and line.low(at + 2) in ("them", "these", "the"))
                or (low == "each" and nxt in ("is", "has", "offers"))
            ):
                return self._mention(items, at, self._all if count in (None, len(self._all)) else (), False, "all")
            return None
        if low in (
            "others",
            "rest",
            "competition",
            "rivals",
            "competitors",
            "everyone",
            "everything",
            "alternatives",
        ) and (prev in ("the", "all", "its", "other") or nxt == "else"):
            return self._others(line, at, mentions, None)
        if (
            low == "other"
            and (prev in ("the", "any", "every", "no", "all", "each") or size)
            and (
                prev in ("any", "every", "no", "each")
                or nxt in nouns
                or line.kind(at + 1) in ("p", "")
                or nxt in _NUMBER
                or line.low(at + 1) in ("is", "has", "needs", "takes", "at", "costs")
            )
        ):
            return self._others(line, at, mentions, _NUMBER.get(nxt))
        if (
            low in ("rival", "competitor", "counterpart", "opponent")
            and prev in ("its", "either", "the", "any", "every", "nearest")
            and prev != "nearest"
        ):
            return self._others(line, at, mentions, None)
        if low == "either" or (low in ("rival", "one") and prev == "either"):
            return self._others(line, at, mentions, None)
        if low == "none" and nxt == "of" and line.low(at + 2) in ("them", "these", "the", "those"):
            return self._mention(items, at, self._all, False, "nobody")
        if low == "nothing" and nxt == "else":
            nobody = self._others(line, at, mentions, None)
            if nobody is not None:
                nobody.how = "nobody"
            return nobody
        return None

    def _set_use(self, line: Line, at: int) -> bool:
        """Whether "both", "two" stands for things compared: a verb, a class noun, "of" or a mark follows."""
        nxt = line.low(at + 1)
        if nxt in self._compiled.class_nouns or nxt in ("of", ",", ".", ";", ")", "'s", "", "'"):
            return True
        if line.kind(at + 1) == "e":
            return True
        return nxt in _VERBS

    def _others(self, line: Line, at: int, mentions: list[Mention], count: int | None) -> Mention | None:
        subject: tuple[int, ...] = ()
        for mention in reversed(mentions):
            if mention.role in (SUBJECT, TOPIC):
                subject = mention.entities
                break
        if not subject:
            # "No other kettle boils faster than X": the others are all but X.
            than = next(
                (
                    k
                    for k in range(at + 1, min(len(line.items), at + 9))
                    if line.low(k) == "than" and not any(line.low(j) in (":", ",", ";") for j in range(at, k))
                ),
                None,
            )
            subject = (
                next(
                    (
                        line.items[k].entities
                        for k in range(than + 1, min(len(line.items), than + 5))
                        if line.kind(k) == "e"
                    ),
                    (),
                )
                if than is not None
                else ()
            )
        subject = subject or self._topic or self._subject
        rest = tuple(entity for entity in self._all if entity not in subject)
        if not subject or (count is not None and len(rest) != count):
            rest = rest if count is not None and len(rest) == count else (() if count else rest)
        possessive = line.low(at + 1) in ("'s", "'")
        return Mention(at, rest, self._role(line.items, at, possessive), possessive, "other") if rest else None

    def _mention(
        self, items: list[Item], at: int, entities: tuple[int, ...], possessive: bool, how: str
    ) -> Mention | None:
        if not entities:
            return None
        return Mention(at, entities, self._role(items, at, possessive), possessive, how)

    def _antecedent(self, mentions: list[Mention], *, plural: bool) -> tuple[int, ...]:
        for mention in reversed(mentions):
            if mention.role not in (SUBJECT, TOPIC):
                continue
            if plural and len(mention.entities) < 2:
                continue
            if mention.how in ("all",) and not plural:
                continue
            return mention.entities
        if plural and len(self._subject) < 2:
            return self._pair if len(self._pair) == 2 else (self._all if len(self._all) == 2 else self._subject)
        if not plural and not self._subject and self._topic:
            return self._topic
        return self._subject or (self._recent[-1:] and (self._recent[-1],)) or ()

    def _last_pair(self, mentions: list[Mention]) -> tuple[int, ...]:
        if len(self._all) == 2:
            order = [entity for mention in mentions for entity in mention.entities]
            first = list(dict.fromkeys([*self._recent, *order]))
            return tuple(first[-2:]) if len(first) >= 2 else self._all
        for mention in reversed(mentions):
            if len(mention.entities) == 2:
                return mention.entities
        names = [mention.entities[0] for mention in mentions if len(mention.entities) == 1]
        if len(dict.fromkeys(names)) >= 2:
            ordered = list(dict.fromkeys(reversed(names)))[:2]
            return (ordered[1], ordered[0])
        if len(self._pair) == 2:
            return self._pair
        recent = list(dict.fromkeys(reversed(self._recent)))[:2]
        return (recent[1], recent[0]) if len(recent) == 2 else ()

    # Lists, and what is carried on

    @staticmethod
    def _join_lists(items: list[Item], mentions: list[Mention]) -> None:
        """ "A, B and C": each member stands for itself; the last one carries the whole list as its `list` mention."""
        run: list[Mention] = []
        joined: list[Mention] = []
        for mention in mentions:
            between = [items[k].low for k in range(run[-1].at + 1, mention.at)] if run else []
            if run and run[-1].role == COMPARAND and mention.role != COMPARAND:
                # "slower than A, and B, at 5 s, ...": B begins a clause of its own.
                between = ["|"]
            if (
                run
                and between
                and all(
                    word in (",", "and", "or", "nor", "&", "the", "/", "as", "well", "both", "'s", "-", "+")
                    for word in between
                )
                and any(word in (",", "and", "or", "nor", "&", "/", "+", "-") for word in between)
                and mention.how in ("name", "part", "pronoun")
            ):
                run.append(mention)
            else:
                if len(run) > 1:
                    joined.append(_listed(run))
                run = [mention] if mention.how in ("name", "part", "pronoun") else []
        if len(run) > 1:
            joined.append(_listed(run))
        for whole in joined:
            mentions.insert(next(k for k, mention in enumerate(mentions) if mention.at == whole.at) + 1, whole)

    def _note(self, entities: Sequence[int]) -> None:
        for entity in entities:
            if entity in self._recent:
                self._recent.remove(entity)
            self._recent.append(entity)

    def _advance(self, scene: Scene) -> None:
        subjects = [
            mention for mention in scene.mentions if mention.role in (SUBJECT, TOPIC) and mention.how != "other"
        ]
        if scene.line.sentence.question:
            self._question = scene
            named = [mention for mention in scene.mentions if mention.how != "other"]
            if named:
                self._subject = named[-1].entities if len(named) == 1 else named[0].entities
        elif subjects:
            main = next(
                (mention for mention in subjects if not mention.possessive and len(mention.entities) == 1), None
            )
            last = subjects[-1]
            beside = last.how == "list" and (
                main is None or scene.line.items[last.at].depth - scene.line.items[main.at].depth < 0.5
            )
            self._subject = last.entities if main is None or beside else main.entities
            self._subject_too = last.entities if last.entities != self._subject else ()
        pairs = [mention.entities for mention in scene.mentions if len(mention.entities) == 2]
        names = list(dict.fromkeys(mention.entities[0] for mention in scene.mentions if len(mention.entities) == 1))
        if pairs:
            self._pair = pairs[-1]
        elif len(names) == 2:
            self._pair = (names[0], names[1])
        if (
            not scene.line.sentence.question
            and self._question is not None
            and scene.line.sentence.paragraph != self._question.line.sentence.paragraph
        ):
            self._question = None
        self._previous = scene


def _modifier(item: Item) -> bool:
    """ "beats the fastest X": a graded adjective between the word of the role and the name."""
    return (
        item.graded is not None
        and item.graded.degree in ("positive", "superlative")
        and item.low not in ("like", "more", "less", "over")
    )


_PREPOSITIONS = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "for",
        "with",
        "by",
        "to",
        "from",
        "as",
        "than",
        "and",
        "or",
        "but",
        "while",
        "is",
        "are",
        "has",
    ]
)


def _listed(run: list[Mention]) -> Mention:
    entities = tuple(dict.fromkeys(entity for mention in run for entity in mention.entities))
    return Mention(run[-1].at, entities, run[0].role, run[-1].possessive, "list")


_VERBS = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "can",
        "cannot",
        "offer",
        "offers",
        "support",
        "supports",
        "include",
        "includes",
        "need",
        "needs",
        "require",
        "requires",
        "cost",
        "costs",
        "use",
        "uses",
        "run",
        "runs",
        "take",
        "takes",
        "come",
        "comes",
        "provide",
        "provides",
        "ship",
        "ships",
        "share",
        "lack",
        "lacks",
        "get",
        "gets",
        "start",
        "starts",
        "stay",
        "stays",
        "sit",
        "sits",
        "work",
        "works",
        "reach",
        "reaches",
        "deliver",
        "deliver",
        "weigh",
        "weighs",
        "last",
        "lasts",
        "arrived",
        "came",
        "date",
        "dates",
        "handle",
        "handles",
        "manage",
        "manages",
        "score",
        "scores",
        "land",
        "lands",
        "fall",
        "falls",
        "perform",
        "performs",
        "leave",
        "leaves",
        "rely",
        "relies",
        "allow",
        "allows",
        "let",
        "lets",
        "make",
        "makes",
        "agree",
        "differ",
        "tie",
        "give",
        "gives",
        "fit",
        "fits",
        "charge",
        "charges",
        "sell",
        "sells",
        "list",
        "lists",
        "measure",
        "measures",
        "appeared",
        "were",
        "will",
        "would",
        "should",
        "may",
        "might",
        "must",
        "could",
        "remain",
        "remains",
        "also",
        "keep",
        "keeps",
        "store",
        "stores",
        "accept",
        "accepts",
    ]
)
