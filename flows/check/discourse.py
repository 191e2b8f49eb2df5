"""Discourse: who is mentioned in each sentence, in which role, and what one sentence hands to the next.

Pronouns and sets ("it", "both", "the others", "the latter") become entity items with `how` set, so that the forms read
them like names.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from flows.check.antecedents import Carried
from flows.check.editions import Editions
from flows.check.groups import BEGINNINGS, group_at, having, stands_alone, those_of
from flows.check.holders import described_group
from flows.check.items import Item, Line
from flows.check.kin import Kin
from flows.check.lexicon.peoples import PLACES
from flows.check.lexicon.verbs import VERBS
from flows.check.referents import REFERRING, Referents
from flows.check.roles import role_of
from flows.check.scene import COMPARAND, OWNER, SUBJECT, TOPIC, Mention, Scene
from flows.check.sheet import Compiled
from flows.check.unions import RESERVE, Union

#: The words that a group, a pronoun or a set may begin with, beside numbers and words of order.
_OPENING = BEGINNINGS | REFERRING
_AGAINST = frozenset(["versus", "vs", "against", "compared", "unlike"])

__all__ = ["COMPARAND", "OWNER", "SUBJECT", "TOPIC", "Mention", "Reader", "Scene"]


class Named(NamedTuple):
    """Rows told as one: whom the name may mean, its first and last item, and the team that has them."""

    unions: list[Union]
    first: int
    last: int
    whole: Mention | None


class Reader:
    """Walks the sentences in order and keeps what the next one may refer to."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._carried = Carried(everyone=tuple(range(compiled.entity_count)))
        self._referents = Referents(compiled, self._carried)
        self._previous: Scene | None = None
        self._question: Scene | None = None
        self._paragraph = -1
        self._header_at = -1
        #: What the header sets everything below against.
        self._beside: tuple[int, ...] = ()
        self._editions, self._kin = _families(compiled.entity_names)

    def read(self, line: Line) -> Scene:
        """Resolves the sentence's mentions, in place, and moves on."""
        sentence = line.sentence
        if sentence.heading:
            names = self._names(line.items)
            if names or sentence.section not in ("pros", "cons"):
                # "Cons:" below "Flask" and "Pros:" still speaks of Flask.
                self._carried.topic = names
            if names:
                self._carried.turn_to(names)
                self._note(names)
                if len(names) == 2:
                    self._carried.pair, self._carried.paired = names, True
            self._carried.subject_too = ()
            return Scene(
                line,
                [],
                {},
                self._carried.subject,
                (),
                self._carried.topic,
                tuple(self._carried.recent),
                self._previous,
                None,
            )
        if sentence.header is None:
            self._carried.topic = ()
        elif sentence.header.start != self._header_at:
            self._header_at = sentence.header.start
            names = self._header_names(sentence.header.tokens)
            against = any(token.low in _AGAINST for token in sentence.header.tokens[:3])
            self._beside = names if against and len(names) == 1 else ()
            if self._beside:
                # "Versus X: twice the weight": the thing compared, not the one that is spoken of.
                names = ()
            if names or sentence.header.kind == "plain":
                self._carried.topic = names
            if names:
                self._carried.turn_to(names if len(names) == 1 else self._carried.subject)
                self._note(names)
                if len(names) == 2:
                    self._carried.pair, self._carried.paired = names, True
        if sentence.paragraph != self._paragraph:
            self._paragraph = sentence.paragraph
        if sentence.bullet and len(self._carried.topic) == 1:
            self._carried.turn_to(self._carried.topic)
        mentions = self._mentions(line)
        scene = Scene(
            line,
            mentions,
            {mention.at: mention for mention in mentions},
            self._carried.subject,
            self._carried.subject_too,
            self._carried.topic,
            tuple(self._carried.recent),
            self._previous,
            # A row of a table answers nobody.
            None if sentence.header is not None and sentence.header.beside else self._question,
            concept=self._compiled.lexicon.concept,
            comparand=self._beside if sentence.header is not None else (),
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
        self._editions.narrow(items, self._carried.recent)
        self._kin.narrow(items, (*self._carried.recent, *self._carried.subject))
        mentions: list[Mention] = []
        unions = self._compiled.unions.first
        places = [
            at
            for at, item in enumerate(items)
            if item.kind in "en" or item.low in _OPENING or item.graded or item.low == "'s" or item.low in unions
        ]
        for at in places:
            item = items[at]
            if item.kind == "e":
                mention: Mention | None = self._name(items, at)
            elif item.low == "'s":
                mention = self._owner(line, at)
                item = items[at - 1]
            else:
                begins = item.kind == "n" or item.low in BEGINNINGS
                told_as_one = line.low(at + 1) in unions and self._union_at(line, at + 1, mentions) is not None
                mention = self._group(line, at) if begins and not told_as_one else None
                if mention is None and item.low in unions and item.kind == "w":
                    mention = self._union(line, at, mentions)
                if mention is None and item.low == "the":
                    mention = self._of_that_people(line, at, mentions)
                if mention is None and (item.low in REFERRING or item.degree in ("comparative", "superlative")):
                    mention = self._referents.mention(line, at, self._join_lists(items, mentions))
            if mention is not None:
                item.kind, item.entities = "e", mention.entities
                mentions.append(mention)
                self._note(mention.entities if mention.how in ("name", "part") else ())
        line.changed()
        _parts_of_groups(items, mentions)
        for mention in mentions:
            if mention.how == "all" and mention.at and items[mention.at - 1].low == "not":
                # "Not all of them have it": fewer than all, and no denial of what they have.
                items[mention.at - 1].low, mention.how = "just", "count"
                mention.count = range(len(mention.entities))
            if mention.how in ("all", "other"):
                rest = self._all_but(items, mention, mentions)
                mention.but = tuple(entity for entity in mention.entities if entity not in rest)
                items[mention.at].entities = mention.entities = rest
        if self._compiled.part_of:
            self._led(items, mentions)
        return self._join_lists(items, mentions)

    def _led(self, items: list[Item], mentions: list[Mention]) -> None:
        """ "Drake paced the Comets with 27": a team behind the verb of one of its own has no part in what is told of him."""
        for before, mention in pairwise(mentions):
            between = items[before.at + 1 : mention.at]
            if (
                len(mention.entities) == len(before.entities) == 1
                and self._compiled.part_of.get(before.entities[0]) == mention.entities[0]
                and 0 < len(between) <= _NEAR_VERB
                and not mention.possessive
                and all(item.kind == "w" and item.low not in _APART for item in between)
            ):
                mention.role, mention.how = OWNER, "team"

    def _union_at(self, line: Line, at: int, mentions: list[Mention]) -> Named | None:
        """The rows told as one that are named at item `at`."""
        items = line.items
        owned = bool(mentions) and items[at - 1].low in ("'s", "'") and mentions[-1].at == at - 2
        whole = mentions[-1] if owned else None
        last, found = self._compiled.unions.match(items, at, whole.entities[0] if whole is not None else None)
        if not found or (line.low(last + 1) in ("'s", "'") and line.low(last + 2) in RESERVE):
            # "The Comets' bench" of a table that does not say who started: not the Comets.
            return None
        front = at - 1 if line.low(at - 1) in ("the", "all") else at
        if not owned:
            front = those_of(line, front, len(found[0].members))
        return Named(found, front, last, whole) if stands_alone(line, front, last, owned=owned) else None

    def _union(self, line: Line, at: int, mentions: list[Mention]) -> Mention | None:
        """ "The South had 46 cases", "Dayton's bench scored 25": rows told as one by what they have in common."""
        named = self._union_at(line, at, mentions)
        if named is None:
            return None
        items = line.items
        found, front, last, whole = named
        chosen = found[0]
        if whole is None and chosen.whole is not None:
            # "The bench scored 31": of the team that is spoken of.
            order = [self._compiled.part_of.get(entity, entity) for entity in reversed(self._carried.recent)]
            chosen = next((union for team in order for union in found if union.whole == team), chosen)
        if whole is not None:
            mentions.pop()
            front = whole.at
            items[whole.at].kind, items[whole.at].entities = "w", ()
        while mentions and mentions[-1].at >= front:
            mentions.pop()
        for position in range(front, last + 1):
            items[position].covered = True
            items[position].concept = ""
            if position < at and items[position].kind in "ne":
                items[position].kind, items[position].entities, items[position].stated = "w", (), None
        possessive = line.low(last + 1) in ("'s", "'")
        role = role_of(items, at, possessive, self._compiled.class_nouns)
        return Mention(at, (chosen.number,), role, possessive, "name")

    def _group(self, line: Line, at: int) -> Mention | None:
        """A group described at item `at`; the words that describe it say nothing else."""
        found = group_at(line, at, self._compiled, VERBS) or described_group(line, at, self._compiled, VERBS)
        if found is None:
            return None
        items = line.items
        for position in range(found.first, found.last + 1):
            items[position].covered = True
            if position != at and items[position].kind == "w":
                items[position].concept = ""
        if found.count is not None:
            return Mention(at, found.entities, SUBJECT, False, "count", count=found.count)
        possessive = line.low(found.last + 1) in ("'s", "'")
        role = role_of(items, at, possessive, self._compiled.class_nouns)
        return Mention(at, found.entities, role, possessive, "neither" if line.low(at) == "neither" else "both")

    def _owner(self, line: Line, at: int) -> Mention | None:
        """ "AMD's card delivers ...": the one thing that has the value before the "'s" at item `at`."""
        items = line.items
        if at == 0 or line.kind(at + 1) != "w":
            return None
        found = having(items[at - 1 : at], self._compiled)
        if len(found) != 1:
            return None
        items[at - 1].covered = True
        items[at - 1].concept = ""
        thing = line.low(at + 1) in self._compiled.class_nouns
        return Mention(at - 1, found, role_of(items, at - 1, not thing, self._compiled.class_nouns), not thing, "part")

    def _of_that_people(self, line: Line, at: int, mentions: Sequence[Mention]) -> Mention | None:
        """ "... ahead of Brandon Cole. The American had led": the last one spoken of whom the facts say that of."""
        items = line.items
        if line.low(at + 1) not in PLACES or not (line.kind(at + 2) == "p" or line.low(at + 2) in VERBS):
            return None
        holders = having(items[at + 1 : at + 2], self._compiled)
        spoken = [*self._carried.recent, *(entity for mention in mentions for entity in mention.entities)]
        entity = next((entity for entity in reversed(spoken) if entity in holders), None)
        if entity is None:
            return None
        items[at + 1].covered = True
        items[at + 1].concept = ""
        return Mention(at, (entity,), role_of(items, at, False, self._compiled.class_nouns), False, "pronoun")

    def _all_but(self, items: list[Item], whole: Mention, mentions: list[Mention]) -> tuple[int, ...]:
        """ "All of them except X and Y": the set without what is excepted."""
        at = next((k for k in range(whole.at + 1, len(items)) if items[k].low in _EXCEPT), None)
        if at is None or (items[at].low == "but" and at > whole.at + 3):
            # "All of them do, but X ...": a clause of its own.
            return whole.entities
        out: set[int] = set()
        last = at
        for mention in mentions:
            joined = all(items[k].low in _JOINING for k in range(last + 1, mention.at)) if mention.at > at else False
            if joined and mention.how in ("name", "part"):
                out.update(mention.entities)
                last = mention.at
        rest = tuple(entity for entity in whole.entities if entity not in out)
        return rest or whole.entities

    def _name(self, items: list[Item], at: int) -> Mention:
        item = items[at]
        possessive = at + 1 < len(items) and items[at + 1].low in ("'s", "'", "’")
        role = role_of(items, at, possessive, self._compiled.class_nouns)
        if (
            at + 3 < len(items)
            and items[at + 1].low == ","
            and items[at + 2].low == "the"
            and items[at + 3].degree == "superlative"
        ):
            # "... as the Xperia, the thinnest of the six": what follows is said of the name before it.
            role = SUBJECT if role != TOPIC else role
        return Mention(at, item.entities, role, possessive, "part" if item.part else "name")

    # Lists, and what is carried on

    def _join_lists(self, items: list[Item], mentions: list[Mention]) -> list[Mention]:
        """ "A, B and C": each member stands for itself; the last one carries the whole list as its `list` mention."""
        run: list[Mention] = []
        joined: list[Mention] = []
        for mention in mentions:
            between = [items[k].low for k in range(run[-1].at + 1, mention.at)] if run else []
            if run and run[-1].role == COMPARAND and mention.role != COMPARAND:
                # "slower than A, and B, at 5 s, ...": B begins a clause of its own.
                between = ["|"]
            if any(mention.entities == member.entities for member in run):
                # "Among A, B and C, A is ...": a name that comes again begins the clause.
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
                and not self._compiled.apart(run[-1].entities, mention.entities)
            ):
                run.append(mention)
            else:
                if len(run) > 1:
                    joined.append(_listed(run))
                run = [mention] if mention.how in ("name", "part", "pronoun") else []
        if len(run) > 1:
            joined.append(_listed(run))
        ends = {whole.at: whole for whole in joined}
        return [each for mention in mentions for each in (mention, ends.get(mention.at)) if each is not None]

    def _note(self, entities: Sequence[int]) -> None:
        for entity in entities:
            if entity in self._carried.recent:
                self._carried.recent.remove(entity)
            self._carried.recent.append(entity)

    def _advance(self, scene: Scene) -> None:
        subjects = [
            mention
            for mention in scene.mentions
            if mention.role in (SUBJECT, TOPIC)
            and mention.how not in ("other", "count", "nobody", "noone")
            and not _runner_up(scene.line.items, mention.at)
        ]
        if scene.line.sentence.question:
            self._question = scene
            named = [mention for mention in scene.mentions if mention.how != "other"]
            if named:
                self._carried.subject = named[-1].entities if len(named) == 1 else named[0].entities
        elif subjects:
            # "X's runner has four cores, twice as many as the others, which ...": a clause by the way has no main subject.
            subjects = [mention for mention in subjects if mention.how != "which"] or subjects
            main = next(
                (mention for mention in subjects if not mention.possessive and len(mention.entities) == 1), None
            )
            last = subjects[-1]
            beside = last.how == "list" and (
                main is None or scene.line.items[last.at].depth - scene.line.items[main.at].depth < 0.5
            )
            heads = next(
                (
                    each
                    for each in subjects
                    if each.how == "list" and main is not None and each.entities[0] == main.entities[0]
                ),
                None,
            )
            self._carried.subject = last.entities if main is None or beside else (heads or main).entities
            self._carried.subject_too = last.entities if last.entities != self._carried.subject else ()
        elif (presented := _presented(scene)) is not None:
            self._carried.subject = presented.entities
        members = {entity for mention in subjects if len(mention.entities) > 1 for entity in mention.entities}
        one = [mention for mention in subjects if len(mention.entities) == 1 and not members & set(mention.entities)]
        self._carried.listed = any(
            mention.entities == self._carried.subject and mention.how not in ("name", "part", "pronoun", "which")
            for mention in subjects
        ) or (self._carried.listed and not subjects)
        if one:
            self._carried.alone = one[0].entities
        group = tuple(dict.fromkeys(entity for mention in scene.mentions for entity in mention.entities))
        for entities in (group, *(mention.entities for mention in scene.mentions)):
            if 2 < len(entities) < len(self._carried.everyone):
                self._carried.groups.append(entities)
        pairs = [mention.entities for mention in scene.mentions if len(mention.entities) == 2]
        names = list(dict.fromkeys(mention.entities[0] for mention in scene.mentions if len(mention.entities) == 1))
        self._carried.paired = bool(pairs) or len(names) == 2 or (self._carried.paired and not names)
        if pairs:
            self._carried.pair = pairs[-1]
        elif len(names) == 2:
            self._carried.pair = (names[0], names[1])
        if (
            not scene.line.sentence.question
            and self._question is not None
            and scene.line.sentence.paragraph != self._question.line.sentence.paragraph
        ):
            self._question = None
        self._previous = scene


@lru_cache(maxsize=64)
def _families(names: tuple[str, ...]) -> tuple[Editions, Kin]:
    """What the names of a sheet have in common, once for all its texts."""
    return Editions.of(names), Kin.among(names)


def _parts_of_groups(items: list[Item], mentions: list[Mention]) -> None:
    """ "None of the LFP cars", "all of the Go servers": one mention, of the group."""
    for whole, part in list(itertools.pairwise(mentions)):
        if (
            part.how == "both"
            and part.at == whole.at + 2
            and items[whole.at + 1].low == "of"
            and whole.how in ("nobody", "all")
            and set(part.entities) <= set(whole.entities)
        ):
            whole.entities = items[whole.at].entities = part.entities
            mentions.remove(part)


def _presented(scene: Scene) -> Mention | None:
    """ "The jump came with the Seven.": the one name of a sentence without a subject among the things compared, at its end."""
    items = scene.line.items
    if len(scene.mentions) != 1 or scene.line.sentence.bullet:
        return None
    mention = scene.mentions[0]
    ends = all(item.kind == "p" for item in items[mention.at + 1 :])
    alone = mention.how in ("name", "part") and len(mention.entities) == 1 and mention.role != COMPARAND
    return mention if ends and alone and not mention.possessive else None


def _runner_up(items: Sequence[Item], at: int) -> bool:
    """ "The next best is X", "the next cheapest, the X, costs 8": told by the way, while the text is about whoever leads."""
    return any(
        items[k].low == "next" and items[k + 1].degree == "superlative" for k in range(max(0, at - 6), max(0, at - 1))
    )


def _listed(run: list[Mention]) -> Mention:
    entities = tuple(dict.fromkeys(entity for mention in run for entity in mention.entities))
    return Mention(run[-1].at, entities, run[0].role, run[-1].possessive, "list")


_EXCEPT = frozenset(["except", "besides", "excluding", "but"])
_JOINING = frozenset(["for", "the", ",", "and", "or", "only"])
#: How many words a verb with its object's article has, and what stands between two that do not act on each other.
_NEAR_VERB = 4
_APART = frozenset("and or but while than for of in from with by".split())
