"""Referents: what pronouns and sets ("it", "both", "the others", "the latter") stand for."""

from __future__ import annotations

from flows.check.antecedents import Carried
from flows.check.described import described
from flows.check.items import Item, Line
from flows.check.lexicon.verbs import VERBS
from flows.check.nobody import denies_order, nobody
from flows.check.roles import role_of
from flows.check.scene import COMPARAND, OWNER, SUBJECT, TOPIC, Mention
from flows.check.sheet import Compiled
from flows.check.words import SIZE_WORDS

_NUMBER = SIZE_WORDS | {str(count): count for count in range(2, 9)}


class Referents:
    """Resolves pronouns and set words against what is carried."""

    def __init__(self, compiled: Compiled, carried: Carried) -> None:
        self._compiled = compiled
        self._carried = carried

    def mention(self, line: Line, at: int, mentions: list[Mention]) -> Mention | None:
        """What the pronoun or set word at item `at` stands for; None when it is no such word. `mentions`: those before it."""
        items = line.items
        item = items[at]
        if item.kind not in ("w", "n"):
            return None
        low = item.low
        nxt = line.low(at + 1)
        if low in ("it", "its", "itself"):
            found = self._carried.antecedent(mentions, plural=False)
            pronoun = self._mention(items, at, found, low == "its", "pronoun")
            if pronoun is not None and low == "it" and pronoun.role == COMPARAND:
                pronoun.entities = self._carried.other_than_subject(mentions, found)
            if pronoun is not None and not any(mention.role in (SUBJECT, TOPIC) for mention in mentions):
                pronoun.otherwise = self._carried.subject_too
            return pronoun
        if low in ("they", "their", "them"):
            found = self._carried.antecedent(mentions, plural=True, asked=line.sentence.question)
            plural = self._mention(items, at, found, low == "their", "pronoun")
            if plural is not None and len(self._carried.subject) == 1 and plural.entities != self._carried.subject:
                plural.otherwise = plural.otherwise or self._carried.subject
            if plural is not None and low == "them" and plural.role == SUBJECT:
                # "Raw SQL does them in 0.8 ms": them is never who does something.
                plural.role = OWNER
            return plural
        if low in ("which", "who", "whose") and at > 0 and mentions:
            nearest = mentions[-1]
            if nearest.at >= at - 9 and line.low(at - 1) in (",", "—", "–", "("):
                return Mention(at, nearest.entities, SUBJECT, low == "whose", "which")
            return None
        if low in ("former", "latter") and line.low(at - 1) == "the":
            pair = self._carried.last_pair(mentions)
            latter = self._mention(
                items, at, (pair[0 if low == "former" else 1],) if len(pair) == 2 else (), nxt == "'s", "pronoun"
            )
            if latter is not None and line.low(at - 2) in ("among", "of"):
                # "Among the latter, X leads": of a group, which is no subject.
                latter.role = OWNER
            return latter
        return self._set(line, at, mentions)

    def _set(self, line: Line, at: int, mentions: list[Mention]) -> Mention | None:
        items = line.items
        low, nxt, prev = items[at].low, line.low(at + 1), line.low(at - 1)
        nouns = self._compiled.class_nouns
        size = _NUMBER.get(low)
        if low in ("both", "neither", "either"):
            if line.kind(at + 1) == "e" or (nxt in ("the", "of") and line.kind(at + 2) == "e"):
                return None
            if not (
                self._set_use(line, at) or (items[at - 1].degree == "verb" and nxt in ("in", "on", "by", "at", "for"))
            ) or (
                low == "either"
                and nxt in (".", ",", ";", "", ")")
                and prev not in ("than", "of", "over", "into", "for", "to", "with", "in", "beats")
            ):
                return None
            found = self._carried.last_pair(mentions)
            whole = self._mention(items, at, found, nxt == "'s", "neither" if low == "neither" else "both")
            subject = next((mention for mention in reversed(mentions) if mention.role in (SUBJECT, TOPIC)), None)
            if (
                whole is not None
                and whole.role == COMPARAND
                and subject is not None
                and len(self._carried.everyone) >= 3
                and set(subject.entities) & set(whole.entities)
            ):
                others = [
                    entity
                    for entity in dict.fromkeys((*self._carried.recent, *self._carried.everyone))
                    if entity not in subject.entities
                ]
                whole.entities = (
                    tuple(others[-2:])
                    if len(self._carried.everyone) == 3
                    else tuple(entity for entity in self._carried.recent if entity not in subject.entities)[-2:]
                )
            return whole
        if items[at].degree in ("superlative", "comparative"):
            found = described(line, at, self._compiled, VERBS)
            return Mention(at, found, SUBJECT, False, "described") if found else None
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
            return self._mention(items, at, self._carried.last_pair(mentions), nxt == "'s", "both")
        if low in ("all", "every", "each"):
            if (
                nxt == "other"
                or (low == "all" and nxt == "others")
                or (low == "all" and nxt in ("the", "of") and line.low(at + 2) in ("others", "other", "rest"))
            ):
                return None
            count = _NUMBER.get(nxt)
            if (
                (count and self._set_use(line, at + 1))
                or nxt in nouns
                or (nxt == "of" and line.low(at + 2) in ("them", "these", "the"))
                or (low == "each" and nxt in ("is", "has", "offers"))
            ):
                return self._mention(items, at, self._carried.counted(count, mentions), False, "all")
            if (
                (nxt in ("but", "except") and line.kind(at + 2) != "n")
                or line.low(at + 2) == "except"
                or (line.low(at + 2) == "but" and line.kind(at + 3 + (line.low(at + 3) == "the")) == "e")
            ):
                return self._mention(items, at, self._carried.everyone, False, "all")
            return None
        if (
            low in ("everything", "everyone", "everybody", "everywhere")
            and nxt in ("but", "except")
            and (low == "everyone" or any(line.kind(k) == "e" for k in range(at + 2, at + 5)))
        ):
            return self._mention(items, at, self._carried.everyone, False, "all")
        if size is not None and size > 2 and prev in ("the", "these", "those") and self._set_use(line, at):
            if line.low(at - 2) in ("of", "between", "among"):
                return None
            return self._mention(items, at, self._carried.counted(size, mentions), nxt == "'s", "both")
        if size is not None and prev in ("last", "first") and line.low(at - 2) == "the" and self._set_use(line, at):
            return self._mention(items, at, self._carried.end_of_list(size, prev, mentions), nxt == "'s", "both")
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
            and not (prev == "each" and nxt not in nouns)
            # "X is the other service with cookies": said of X.
            and not (prev == "the" and line.low(at - 2) in ("is", "was") and size is None and nxt not in _NUMBER)
            and (prev in ("the", "any", "every", "no", "all", "each") or size)
            and (
                prev in ("any", "every", "no", "each")
                or nxt in nouns
                or self._things(line, at + 1)
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
        if low == "remaining" and prev == "the" and (count := _NUMBER.get(nxt)):
            # "The remaining three": all but those spoken of last.
            left_out = self._carried.recent[-(len(self._carried.everyone) - count) :]
            rest = self._carried.all_but((*left_out, *(e for one in mentions for e in one.entities)))
            return self._mention(items, at, rest if len(rest) == count else (), False, "both")
        if (count := _NUMBER.get(prev)) and low in ("rivals", "competitors", "others", "alternatives"):
            return self._others(line, at, mentions, count)
        if denies_order(line, at, self._compiled):
            base = self._carried.topic or self._carried.subject
            return nobody(line, at, mentions, base, self._carried.everyone)
        if low == "none" and nxt == "of" and line.low(at + 3) in ("others", "rest", "other"):
            nobody_else = self._others(line, at, mentions, None)
            if nobody_else is not None:
                nobody_else.how = "nobody"
            return nobody_else
        if low == "none" and nxt == "of" and line.low(at + 2) in ("them", "these", "the", "those"):
            counted = self._carried.counted(_NUMBER.get(line.low(at + 3)), mentions)
            # "None of the five is cheaper than X": X is not among them.
            against = _behind_than(line, at)
            return self._mention(
                items, at, tuple(entity for entity in counted if entity not in against), False, "nobody"
            )
        if low == "nobody" or (low in ("nothing", "nobody", "none", "no-one") and nxt == "else"):
            speaking = any(mention.role in (SUBJECT, TOPIC) for mention in mentions)
            none = (
                self._others(line, at, mentions, None)
                if speaking or not mentions
                else self._mention(items, at, self._carried.all_but(mentions[-1].entities), False, "nobody")
            )
            if none is not None:
                none.how = "nobody"
            return none
        return None

    def _set_use(self, line: Line, at: int) -> bool:
        """Whether "both", "two" stands for things compared: a verb, a class noun, "of" or a mark follows."""
        nxt = line.low(at + 1)
        if nxt in self._compiled.class_nouns or nxt in _EDITIONS or nxt in ("of", ",", ".", ";", ")", "'s", "", "'"):
            return True
        if line.kind(at + 1) == "e":
            return True
        return nxt in VERBS

    def _others(self, line: Line, at: int, mentions: list[Mention], count: int | None) -> Mention | None:
        subject: tuple[int, ...] = ()
        for mention in reversed(mentions):
            if mention.role in (SUBJECT, TOPIC):
                subject = mention.entities
                break
        if not subject:
            # "No other kettle boils faster than X": the others are all but X.
            subject = _behind_than(line, at)
        # "A runs at 80, B at 40; the rest stay at 30", "80% with the X; the others manage 30": all but those named before them.
        named = tuple(entity for one in mentions if one.how in ("name", "part") for entity in one.entities)
        if named and (not subject or line.low(at) != "other" or count is not None):
            left = [entity for entity in self._carried.everyone if entity not in (*named, *subject)]
            if len(left) > 1 and count in (None, len(left)):
                subject = (*subject, *named)
            elif not subject:
                subject = next((one.entities for one in reversed(mentions) if one.how in ("name", "part")), ())
        subject = subject or self._carried.topic or self._carried.subject
        rest = tuple(entity for entity in self._carried.everyone if entity not in subject)
        if not subject or (count is not None and len(rest) != count):
            rest = rest if count is not None and len(rest) == count else (() if count else rest)
        possessive = line.low(at + 1) in ("'s", "'")
        return (
            Mention(at, rest, role_of(line.items, at, possessive, self._compiled.class_nouns), possessive, "other")
            if rest
            else None
        )

    def _things(self, line: Line, at: int) -> bool:
        """ "the other shoes": a plural that no column is called, and that is no way to look at things."""
        if line.kind(at) != "w":
            return False
        item = line.items[at]
        return (
            item.low.endswith("s")
            and len(item.low) > 4
            and not item.low.endswith(("ss", "us", "is"))
            and item.graded is None
            and item.concept not in self._compiled.by_concept
            and item.concept not in self._compiled.by_value
            and item.low not in self._compiled.lexicon.stop
            and item.low not in _NO_THINGS
        )

    def _mention(
        self, items: list[Item], at: int, entities: tuple[int, ...], possessive: bool, how: str
    ) -> Mention | None:
        if not entities:
            return None
        return Mention(at, entities, role_of(items, at, possessive, self._compiled.class_nouns), possessive, how)


#: Plurals for what is said of things, not for things.
_NO_THINGS = frozenset(
    "tests metrics figures columns rows areas respects aspects categories features ways things words hands reasons points costs fees benchmarks results values cases sides uses tasks scenarios criteria strengths weaknesses differences measures scores numbers functions people users extras".split()
)


def _behind_than(line: Line, at: int) -> tuple[int, ...]:
    """Who is named behind "than" in the clause after item `at`."""
    for than in range(at + 1, min(len(line.items), at + 9)):
        if line.low(than) in (":", ",", ";"):
            break
        if line.low(than) == "than":
            ahead = line.items[than + 1 : than + 5]
            return next((item.entities for item in ahead if item.kind == "e"), ())
    return ()


#: Nouns for a thing compared that the lexicon of classes does not hold.
_EDITIONS = frozenset(["versions", "variants", "runs", "editions", "builds", "flavours", "flavors", "ones"])
#: Words that may stand for a thing or a set.
REFERRING = frozenset(
    [
        *("no", "it", "its", "itself", "they", "their", "them", "which", "who", "whose", "former", "latter"),
        *("both", "neither", "either", "pair", "duo", "all", "every", "each", "others", "rest", "competition"),
        *("rivals", "competitors", "everyone", "everything", "alternatives", "other", "rival", "competitor"),
        *(
            "remaining",
            "everybody",
            "everywhere",
            "counterpart",
            "opponent",
            "one",
            "none",
            "nothing",
            "nobody",
            "no-one",
        ),
        *_NUMBER,
    ]
)
