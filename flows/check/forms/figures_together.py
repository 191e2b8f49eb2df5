"""Figures together: how many have something in common, told of what they have in common: "Arden placed three men in the top ten"."""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.groups import is_plural
from flows.check.stated import Hedge
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label


def members_of(scene: Scene, at: int, owner: tuple[int, ...], ctx: FormContext) -> TypedClaim | None:
    """ "Arden placed three men in the top ten": how many rows have it in common, where the noun is of no metric."""
    items, compiled = scene.line.items, ctx.compiled
    stated = items[at].stated
    noun = items[at + 1] if at + 1 < len(items) else None
    if (
        stated is None
        or stated.hedge is not Hedge.PLAIN
        or stated.quantity.unit not in (None, "1")
        or noun is None
        or noun.kind != "w"
        or noun.concept in compiled.by_concept
        or not (is_plural(noun.low) or (stated.low == 1 and noun.low.isalpha()))
    ):
        return None
    union = compiled.unions.all[owner[0] - compiled.entity_count]
    facts = tuple(cell.fact for entity in union.members for cell in compiled.cell(entity, union.metric))
    items[at].covered = True
    return TypedClaim(
        Form.COUNT,
        items[at].start,
        noun.end,
        fixed=Label.SUPPORTED if stated.low == len(union.members) else Label.CONTRADICTED,
        facts=facts,
        shown=f"{len(union.members)} are {union.title}: {', '.join(compiled.entity_names[e] for e in union.members)[:200]}",
        items=(at, at + 2),
    )
