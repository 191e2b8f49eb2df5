"""A fact sheet in, a draft out: plan, words, blocks."""

from __future__ import annotations

from flows.draft.builtin.choice import Choice
from flows.draft.builtin.content import content
from flows.draft.builtin.faq import faqs
from flows.draft.builtin.lead import lead
from flows.draft.builtin.parts import conditions, differences, pros_and_cons
from flows.draft.builtin.plans import shape
from flows.draft.builtin.voice import Voice
from schemas.drafts import Draft
from schemas.facts import FactSheet


def write(sheet: FactSheet) -> Draft:
    """The draft of one comparison, in the order of the page.

    It leans only on agreed and single facts. The same sheet gives the same draft; wording varies with the slug, and for
    pros and cons with the entity.
    """
    known = content(sheet)
    form = shape(known)
    voice = Voice(known, Choice(sheet.comparison.slug))
    return Draft(
        blocks=(
            *lead(voice, form),
            *conditions(voice, form),
            *differences(voice),
            *pros_and_cons(known),
            *faqs(voice, form),
        )
    )
