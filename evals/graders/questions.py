"""Are the questions ones that a reader would ask, and answered?"""

from __future__ import annotations

from evals.candidates import Candidate
from evals.graders.grade import Grade, met


def questions(candidate: Candidate) -> Grade:
    """Three to eight; each ends in a question mark, names a side, is asked once and has an answer."""
    asked: dict[str, str] = {}
    answered: set[str] = set()
    for sentence in candidate.rendered.sentences:
        part, _, rest = sentence.block.partition(".")
        if part == "faq":
            number, _, half = rest.partition(".")
            if half == "question":
                asked[number] = sentence.text
            else:
                answered.add(number)
    texts = list(asked.values())
    return met(
        {
            f"{len(texts)} questions": 3 <= len(texts) <= 8,
            "a question without a question mark": all(text.endswith("?") for text in texts),
            "a question that names neither side": all(any(n in text for n in candidate.spoken) for text in texts),
            "a question asked twice": len(set(texts)) == len(texts),
            "a question without an answer": set(asked) == answered,
        }
    )
