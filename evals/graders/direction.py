"""Is the better side called better? Read off the catalogue's own comparatives, apart from the checker's lexicon."""

from __future__ import annotations

import re

from evals.candidates import Candidate
from evals.graders.grade import Grade, share
from schemas.facts import FactSheet


def direction(candidate: Candidate) -> Grade:
    """Comparisons in the registered words ("X is faster", "X has the lower latency") that name the right side."""
    found = [
        (right, f"{sentence.text[m.start() : m.end()]}")
        for sentence in candidate.rendered.sentences
        if not sentence.text.endswith("?")
        for pattern, right in _patterns(candidate.sheet)
        for m in pattern.finditer(sentence.text)
    ]
    wrong = [text for right, text in found if not right]
    return share(len(found) - len(wrong), len(found), "; ".join(wrong[:3]))


def _patterns(sheet: FactSheet) -> list[tuple[re.Pattern[str], bool]]:
    """Each phrase that could stand in the text, with whether it would be right."""
    larger = {d.metric: d.larger for d in sheet.derivations if d.larger}
    patterns = []
    for entity in sheet.entities:
        name = f"(?:{'|'.join(re.escape(n) for n in sorted((entity.name, *entity.aliases), key=len, reverse=True))})"
        for metric in sheet.metrics:
            best = sheet.better.get(metric.id)
            for word, side in ((metric.wording.better, True), (metric.wording.worse, False)):
                if word and best:
                    right = (best == entity.id) is side
                    patterns.append((re.compile(rf"\b{name} is (?:the )?{re.escape(word)}\b"), right))
            noun = metric.wording.noun
            if noun and metric.id in larger:
                for word, high in (("higher", True), ("lower", False)):
                    right = (larger[metric.id] == entity.id) is high
                    patterns.append((re.compile(rf"\b{name} has the {word} {re.escape(noun)}\b"), right))
    return patterns
