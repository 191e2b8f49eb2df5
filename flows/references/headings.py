"""The headings of the checked document: they name the part and its entity, and claim nothing."""

from __future__ import annotations

from schemas.facts import FactSheet


def heading(block: str, sheet: FactSheet) -> str:
    """The line above a block: "Pros of Flask". Empty for an answer, which stands directly under its question.

    Metric names stay out of it: many hold words that would be claims in a sentence ("Latest release").
    """
    names = {entity.id: entity.name for entity in sheet.entities}
    part, _, rest = block.partition(".")
    match part:
        case "short_answer":
            return "Short answer"
        case "verdict":
            return "Verdict"
        case "choose" if rest == "neither":
            return "Choosing neither"
        case "choose":
            return f"Choosing {names.get(rest, rest)}"
        case "difference":
            return "Key difference"
        case "pros":
            return f"Pros of {names.get(rest, rest)}"
        case "cons":
            return f"Cons of {names.get(rest, rest)}"
        case "faq":
            return "Question" if rest.endswith(".question") else ""
        case _:
            return ""
