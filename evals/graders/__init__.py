"""Graders that need no model: each looks at one candidate and gives a value between 0 and 1."""

from evals.graders.choosing import decisive, sides
from evals.graders.coverage import coverage
from evals.graders.direction import direction
from evals.graders.grade import Grade, Grader
from evals.graders.grounding import grounded, kept, typed_figures
from evals.graders.questions import questions
from evals.graders.reading import length, readable

#: In the order of the table.
GRADERS: dict[str, Grader] = {
    "grounded": grounded,
    "kept": kept,
    "typed_figures": typed_figures,
    "direction": direction,
    "decisive": decisive,
    "sides": sides,
    "coverage": coverage,
    "questions": questions,
    "readable": readable,
    "length": length,
}

__all__ = ["GRADERS", "Grade", "Grader"]
