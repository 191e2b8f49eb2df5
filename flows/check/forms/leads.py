"""Orders told by a noun or an exception: "takes a narrow lead over X", "has the edge", "trails only X", "second only to X"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flows.check.discourse import Mention, Scene
from flows.check.forms.clauses import advice_clause, denied
from flows.check.forms.context import FormContext
from flows.check.forms.measures import order_metrics, unfit
from flows.check.forms.sides import comparand_after, comparands_for, subjects_for, whole_list
from flows.check.forms.slants import degree_of
from flows.check.items import back_over, cover
from flows.check.lexicon.model import OPPOSITE
from flows.check.typed import Choice, Form, TypedClaim
from schemas.checking import Label

LEADS = frozenset(["lead", "edge", "advantage", "upper"])
_HAVING = frozenset(
    "has have had having holds hold held holding takes take took taking gets get got keeps keep kept enjoys enjoy enjoyed"
    " gains gain gained retains retain retained maintains maintain with".split()
)
_ARTICLES = frozenset("a an the its their no any".split())
_ANY = frozenset({"any"})


def read_lead(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """ "has the edge over X in M": the noun says that the subject is better; an adjective before it, by how much."""
    items = scene.line.items
    line = scene.line
    last = at
    if items[at].low == "upper":
        if line.low(at + 1) != "hand":
            return None
        last = at + 1
    if line.low(last + 1) in ("of", "-") or line.low(at - 1) == "-" or line.kind(last + 1) == "n":
        # "a lead of 5 ms" is a difference, "lead times" and "edge cases" are other things.
        return None
    degree, before = "", at - 1
    if line.kind(before) == "w" and (degree := degree_of(items[before].low)):
        before -= 1
        before = back_over(items, before + 1, ("very", "rather", "fairly", "only"))
    if line.low(before) not in _ARTICLES or line.low(before - 1) not in _HAVING or advice_clause(scene, at):
        return None
    if line.kind(last + 1) == "w" and line.low(last + 1) not in _BEHIND:
        return None
    denying = line.low(before) == "no" or denied(scene, before - 1)
    if denying and degree:
        # "no clear lead" leaves a small one, or none.
        return None
    subjects, weak = subjects_for(scene, before - 1, ctx)
    if not subjects:
        return None
    named = comparand_after(scene, last)
    metrics = order_metrics(scene, at, ctx, _ANY, last, signed=True)
    start, end = items[before].start, items[named.at if named is not None else last].end
    cover(items, before - 1, named.at if named is not None else last)
    if unfit(scene, at, ctx, _ANY, metrics):
        return TypedClaim(
            Form.COMPARISON, start, end, fixed=Label.UNVERIFIABLE, reason="no metric is named", items=(before, last + 1)
        )
    claim = TypedClaim(
        Form.COMPARISON,
        start,
        end,
        subjects=subjects,
        metrics=metrics,
        sign="better",
        positive=not denying,
        degree=degree,
        lenient=weak,
        items=(before, last + 1),
    )
    if named is not None:
        scene.comparand = named.entities
        return replace(claim, comparands=(Choice(named.entities, 0.0, "named after"),))
    # Who "takes the lead" is first of all; who "has the edge" has it over whom the text was comparing with.
    told = comparands_for(scene, at, ctx, subjects) if ctx.compiled.entity_count == 2 or line.low(at) != "lead" else ()
    return first_of_all(claim, told, ctx)


_BEHIND = frozenset("over in on at with for when here there by and but though while against".split())


def first_of_all(claim: TypedClaim, comparands: tuple[Choice, ...], ctx: FormContext) -> TypedClaim:
    """Who is ahead of nobody in particular is ahead of all: how far is then told of the next one."""
    if ctx.compiled.entity_count == 2 or any(choice.cost < _TOLD for choice in comparands):
        return replace(claim, comparands=comparands)
    return replace(claim, form=Form.RANK, comparands=(), rank=1)


#: From here on the thing compared with is guessed.
_TOLD = 0.2


def read_exception(scene: Scene, claim: TypedClaim, ctx: FormContext) -> Iterator[TypedClaim]:
    """ "trails only X", "ahead of only X": nobody but X stands on that side."""
    if claim.form is not Form.COMPARISON or claim.fixed is not None or not claim.positive or claim.sign is None:
        return
    mention = _only_named(scene, claim.items[0])
    if mention is None or ctx.compiled.entity_count == 2:
        return
    yield replace(
        claim,
        form=Form.RANK,
        comparands=(),
        sign=OPPOSITE[claim.sign],
        rank=len(mention.entities) + 1,
        degree="",
        universal=False,
    )


def _only_named(scene: Scene, at: int) -> Mention | None:
    items = scene.line.items
    for mention in scene.mentions:
        if mention.at <= at:
            continue
        back = back_over(items, mention.at, ("the", "'s", "by"))
        if (back >= at and items[back].low == "only") or scene.line.low(at - 1) == "only":
            return whole_list(scene, mention)
        return None
    return None


def read_second_to(scene: Scene, place: TypedClaim, at: int) -> TypedClaim | None:
    """ "second only to X", the place itself being read: that X is the one before."""
    items = scene.line.items
    if scene.line.low(at + 1) != "only" or scene.line.low(at + 2) != "to":
        return None
    mention = next((whole_list(scene, one) for one in scene.mentions if at + 2 < one.at <= at + 5), None)
    if mention is None:
        return None
    cover(items, at, mention.at)
    return replace(
        place,
        form=Form.COMPARISON,
        start=items[at].start,
        end=items[mention.at].end,
        rank=0,
        sign="worse",
        comparands=(Choice(mention.entities, 0.0, "named after"),),
        items=(at, mention.at + 1),
    )
