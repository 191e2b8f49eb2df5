"""Does the page decide, and does it treat both sides?"""

from __future__ import annotations

import re

from evals.candidates import Candidate
from evals.graders.grade import Grade, met

_CHOICE = re.compile(
    r"\b(?:choose|pick|take|go with|lean|choice|the one to (?:pick|take)|prefer|recommend|start with)\b", re.IGNORECASE
)
#: Words that a side's own blocks may have of all words about the two sides.
_SHARE = (0.35, 0.65)


def decisive(candidate: Candidate) -> Grade:
    """The first sentence names a choice; each side has conditions, and the two sides do not share them."""
    first = next((s.text for s in candidate.rendered.sentences if s.block == "short_answer"), "")
    one, other = (entity.id for entity in candidate.sheet.entities)
    left, right = (_words(candidate.text(f"choose.{entity}")) for entity in (one, other))
    return met(
        {
            "the first sentence names no choice": bool(_CHOICE.search(first)) and _names_one(candidate, first),
            f"no condition for {one}": bool(left),
            f"no condition for {other}": bool(right),
            "both sides have the same conditions": not left or left != right,
        }
    )


def sides(candidate: Candidate) -> Grade:
    """Both names early, something against each, and neither side with most of the words."""
    one, other = candidate.sheet.entities
    opening = " ".join(s.text for s in candidate.rendered.sentences[:2])
    weights = [
        len(_words(candidate.text(*(f"{part}.{e.id}" for part in ("choose", "pros", "cons"))))) for e in (one, other)
    ]
    low, high = _SHARE
    return met(
        {
            f"{one.name} not named early": one.name in opening,
            f"{other.name} not named early": other.name in opening,
            f"nothing for or against {one.name}": _argued(candidate, one.id),
            f"nothing for or against {other.name}": _argued(candidate, other.id),
            f"words {weights[0]}:{weights[1]}": bool(sum(weights)) and low <= weights[0] / sum(weights) <= high,
        }
    )


def _argued(candidate: Candidate, entity: str) -> bool:
    return any(s.block in (f"pros.{entity}", f"cons.{entity}") for s in candidate.rendered.sentences)


def _names_one(candidate: Candidate, text: str) -> bool:
    return any(name in text for name in candidate.spoken)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
