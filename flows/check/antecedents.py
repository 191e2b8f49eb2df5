"""Antecedents: what a sentence may refer to, and which of it a pronoun or a number of things means."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.check.scene import SUBJECT, TOPIC, Mention


@dataclass(slots=True)
class Carried:
    """What a sentence may refer to: what the sentences and headings before it spoke of."""

    #: All entities of the facts.
    everyone: tuple[int, ...]
    subject: tuple[int, ...] = ()
    #: The last subject that was one thing: what "it" means where the subject carried on is a list.
    alone: tuple[int, ...] = ()
    #: The other subject of the sentence before, when it had two.
    subject_too: tuple[int, ...] = ()
    #: The entities mentioned so far, the last one last.
    recent: list[int] = field(default_factory=list)
    #: The last two that stood together, and whether nothing else was spoken of since.
    pair: tuple[int, ...] = ()
    paired: bool = False
    #: Those named together in a sentence or heading, the last group last.
    groups: list[tuple[int, ...]] = field(default_factory=list)
    #: Whether `subject` is a list or a set rather than one thing.
    listed: bool = False
    #: What the heading or label above names.
    topic: tuple[int, ...] = ()

    def turn_to(self, entities: tuple[int, ...]) -> None:
        """A heading, label or list item is about these."""
        self.subject, self.listed = entities, len(entities) > 1
        if len(entities) == 1:
            self.alone = entities

    def antecedent(self, mentions: list[Mention], *, plural: bool, asked: bool = False) -> tuple[int, ...]:
        """What "it" or, `plural`, "they" stands for: the subject before it, in the sentence or carried on."""
        for mention in reversed(mentions):
            if mention.role not in (SUBJECT, TOPIC):
                continue
            if plural and len(mention.entities) < 2:
                continue
            if mention.how in ("all", "list", "other", "both") and not plural and len(mention.entities) > 1:
                continue
            if mention.how == "noone" and not plural and mention.otherwise:
                # "Nothing beats X on price, because it costs nothing": X, not the others.
                return mention.otherwise
            return mention.entities
        named = dict.fromkeys(
            entity
            for mention in mentions
            if mention.how in ("name", "part") and len(mention.entities) == 1
            for entity in mention.entities
        )
        if plural and len(named) == 2:
            return tuple(named)
        alone = len(self.subject) == 1 and not self.paired and not asked
        if plural and alone and len(self.everyone) > 2:
            # "Bransby are last. They won five matches": a team, a company or a crew is many.
            return self.subject
        if plural and len(self.subject) < 2:
            return self.pair if len(self.pair) == 2 else (self.everyone if len(self.everyone) == 2 else self.subject)
        if not plural and self.listed and self.alone:
            return self.alone
        if not plural and not self.subject and self.topic:
            return self.topic
        return self.subject or (self.recent[-1:] and (self.recent[-1],)) or ()

    def other_than_subject(self, mentions: list[Mention], found: tuple[int, ...]) -> tuple[int, ...]:
        """ "X has the motor of Y and beats it": what the subject is compared with is not the subject."""
        subject = next((mention for mention in reversed(mentions) if mention.role in (SUBJECT, TOPIC)), None)
        if subject is None or not set(subject.entities) & set(found):
            return found
        earlier = [mention.entities for mention in reversed(mentions)]
        before = ((entity,) for entity in reversed(self.recent))
        for entities in (*earlier, self.subject, *before):
            if entities and not set(entities) & set(subject.entities):
                return entities
        return found

    def last_pair(self, mentions: list[Mention]) -> tuple[int, ...]:
        """What "both" stands for: the last two that were named together, or one after the other."""
        if not mentions and len(self.subject) == 2:
            return self.subject
        if len(self.everyone) == 2:
            order = [entity for mention in mentions for entity in mention.entities]
            first = list(dict.fromkeys([*self.recent, *order]))
            return tuple(first[-2:]) if len(first) >= 2 else self.everyone
        for mention in reversed(mentions):
            if len(mention.entities) == 2:
                return mention.entities
        names = [mention.entities[0] for mention in mentions if len(mention.entities) == 1]
        if len(dict.fromkeys(names)) >= 2:
            ordered = list(dict.fromkeys(reversed(names)))[:2]
            return (ordered[1], ordered[0])
        if len(self.pair) == 2:
            return self.pair
        recent = list(dict.fromkeys(reversed(self.recent)))[:2]
        return (recent[1], recent[0]) if len(recent) == 2 else ()

    def counted(self, size: int | None, mentions: list[Mention]) -> tuple[int, ...]:
        """ "All three", "these four": everyone, or the last so many that were named together."""
        if size in (None, len(self.everyone)):
            return self.everyone
        for mention in reversed(mentions):
            if len(mention.entities) == size:
                return mention.entities
        named = tuple(dict.fromkeys(mention.entities[0] for mention in mentions if len(mention.entities) == 1))
        if len(named) == size:
            return named
        return next((group for group in reversed(self.groups) if len(group) == size), ())

    def end_of_list(self, size: int, end: str, mentions: list[Mention]) -> tuple[int, ...]:
        """ "The last two", "the first three": of those named in order."""
        here = dict.fromkeys(entity for mention in mentions for entity in mention.entities)
        order = tuple(here) if len(here) > size else (self.groups[-1] if self.groups else ())
        if len(order) <= size:
            return ()
        return order[-size:] if end == "last" else order[:size]

    def all_but(self, entities: tuple[int, ...]) -> tuple[int, ...]:
        """Everyone but these."""
        return tuple(entity for entity in self.everyone if entity not in entities)
