"""A mutant: the text of a labelled case with one supported claim made wrong, and where in it names stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from schemas.checking import CheckCase


@dataclass(frozen=True, slots=True)
class Mutant:
    """A text made wrong at `start`..`end`, within the claim `claim_start`..`claim_end` (in the mutated text)."""

    kind: str
    case: str
    text: str
    start: int
    end: int
    was: str
    became: str
    claim_start: int
    claim_end: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """A supported claim of a case: `start`..`end` of its text, and the facts that it rests on."""

    case: CheckCase
    start: int
    end: int
    facts: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.case.text[self.start : self.end]

    def made(self, kind: str, first: int, last: int, became: str) -> Mutant:
        """The mutant in which `became` stands for what the text has at `first`..`last`."""
        whole = self.case.text
        text = whole[:first] + became + whole[last:]
        grown = len(became) - (last - first)
        return Mutant(
            kind,
            self.case.id,
            text,
            first,
            first + len(became),
            whole[first:last],
            became,
            self.start,
            self.end + grown,
        )

    def names(self, first: int, last: int) -> bool:
        """Whether `first`..`last` is part of the name of an entity: "4070" before "Super", "faster" in "faster-whisper"."""
        text = self.case.text
        surface = text[first:last].lower()
        before = re.search(r"([\w.]+)[\s-]+$", text[max(0, first - 30) : first])
        after = re.match(r"[\s-]+([\w.]+)", text[last : last + 30])
        beside = {match.group(1).lower().rstrip(".") for match in (before, after) if match is not None}
        for entity in self.case.entities:
            for name in (entity.name, *entity.aliases):
                words = set(re.split(r"[\s-]+", name.lower()))
                if surface in words and (len(words) == 1 or words & beside):
                    return True
        return False
