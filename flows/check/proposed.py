"""From a proposal to a typed claim: what a second reader says is held against the text before anything is executed.

Nothing that decides a label is taken from the proposal where the text says it: the number, its unit and hedge, the degree
and the denial are read from the text and must agree with the proposal. What a proposal may add is the link: which form,
whose value, against whom, of which metric, to which side; and only where the text does not link it otherwise. Each number,
word of order, "only" and "every" of the quote, and those around it that no other claim speaks for, must have its place in
the claim; a phrase with one word too many is not read at all. So a true claim cannot be laid over a wrong number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from flows.check.fitting import unit_fit
from flows.check.forms.context import FormContext
from flows.check.forms.sides import subjects_for
from flows.check.forms.slants import degree_before, slant_at
from flows.check.items import Item
from flows.check.link import metrics_for
from flows.check.owners import owners
from flows.check.period import period
from flows.check.phrase import (
    Phrase,
    content,
    denials,
    hedged,
    ordering,
    reach,
)
from flows.check.proposed_slots import ORDERS, ProposedSlots, ThrownAway, read_slots
from flows.check.proposed_words import (
    anchor_of,
    held_number,
    held_order,
    hold_entities,
    hold_known_words,
    hold_quantifiers,
    hold_reasons,
)
from flows.check.spoken import named_strength
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.checking import Label
from schemas.proposals import WireProposal

_DEGREES = frozenset({"slightly", "much", "dramatically"})
_SPEEDS = frozenset({"fast", "quick", "slow", "speedy", "good", "bad", "efficient"})
_EXACT = frozenset({"identical", "same", "equal", "equals", "tie", "ties", "tied"})
_BUILT_IN = frozenset({"built", "includes", "include", "included", "bundled", "bundles", "ships", "ship", "native", "natively", "default", "box", "standard", "integrated"})  # fmt: skip
#: A link of this cost or less is grammatical; what it says about who is meant cannot be proposed away.
_GRAMMATICAL = 0.2
_OWNER_BAND = 0.1
_SUBJECT_BAND = 0.3
_METRIC_BAND = 0.5
#: What "and" adds to the depth of a clause.
_AND = 0.25
#: From this score on the words near a phrase name a metric.
_NAMED = 0.5


def typed_claim(
    proposal: WireProposal, phrase: Phrase, taken: Sequence[tuple[int, int]], ctx: FormContext
) -> TypedClaim:
    """The claim that a proposal makes of a phrase, ready for the judge. `taken`: spans that the rules' claims speak for.

    Raises ThrownAway.
    """
    if proposal.form == "no_fact":
        return _no_fact(phrase, ctx)
    slots = read_slots(proposal, ctx)
    at_hand = reach(phrase, taken)
    hold_reasons(phrase, ctx)
    hold_entities(proposal, phrase, slots, ctx)
    denied = denials(phrase.scene, _deniable(phrase, at_hand), ctx) % 2 == 1
    if denied is not (proposal.polarity == "denied"):
        raise ThrownAway(f"the words {'deny' if denied else 'affirm'}, the proposal has {proposal.polarity!r}")
    if proposal.scope == "wider":
        return TypedClaim(
            slots.form,
            phrase.start,
            phrase.end,
            fixed=Label.UNVERIFIABLE,
            reason="said of more than the things compared",
        )
    hold_quantifiers(proposal, phrase, at_hand, slots, ctx)
    number = held_number(proposal, phrase, slots, ctx)
    slant_base = held_order(proposal, phrase, at_hand, slots, number, ctx)
    anchor = number if number is not None else anchor_of(phrase, ctx)
    _subject_link(phrase, anchor, slots, number, ctx)
    _metric_link(phrase, anchor, slots, number, ctx)
    return _build(proposal, phrase, slots, number, denied, slant_base, ctx)


def _deniable(phrase: Phrase, at_hand: Sequence[int]) -> list[int]:
    """Where a denial of the phrase can stand: before it in its clause, or behind it before the next "and"."""
    items = phrase.scene.line.items
    last = items[phrase.last - 1].depth
    return [at for at in at_hand if at < phrase.last or items[at].depth - last < _AND]


def _no_fact(phrase: Phrase, ctx: FormContext) -> TypedClaim:
    items = phrase.scene.line.items
    if not content(items, phrase.first, phrase.last, ctx.compiled.lexicon):
        raise ThrownAway("the quote asserts nothing")
    return TypedClaim(
        Form.UNSUPPORTED, phrase.start, phrase.end, fixed=Label.UNVERIFIABLE, reason="no fact carries this"
    )


def _subject_link(phrase: Phrase, anchor: int, slots: ProposedSlots, number: int | None, ctx: FormContext) -> None:
    """Where grammar ties the phrase to somebody, the claim must be about them."""
    scene = phrase.scene
    if slots.form in (Form.ABSOLUTE, Form.DATE) and number is not None:
        choices, weak = owners(scene, number, ctx.compiled)
        band = _OWNER_BAND
    else:
        choices, weak = subjects_for(scene, anchor, ctx)
        band = _SUBJECT_BAND
    if weak or not choices or choices[0].cost > _GRAMMATICAL:
        return
    near = {entity for choice in choices if choice.cost <= choices[0].cost + band for entity in choice.entities}
    if slots.form is Form.CAPABILITY:
        near.update(entity for item in phrase.items for entity in item.entities)
    if slots.form is Form.SAME or (slots.form is Form.DIFFERENCE and slots.sign is None):
        near |= set(slots.comparands)
    if not set(slots.subjects) <= near:
        names = ", ".join(ctx.compiled.entity_names[entity] for entity in sorted(near))
        raise ThrownAway(f"the words are about {names[:100]}")


def _metric_link(phrase: Phrase, anchor: int, slots: ProposedSlots, number: int | None, ctx: FormContext) -> None:
    """Where the words name a metric, the claim must be about it, or about one that they name nearly as well."""
    scene, card = phrase.scene, slots.card
    items = scene.line.items
    if slots.form is Form.CAPABILITY:
        hold_known_words(phrase, slots, ctx)
        return
    stated = items[number].stated if number is not None else None
    valued = stated if slots.form in (Form.ABSOLUTE, Form.DIFFERENCE) else None
    if valued is not None and not card.is_date and unit_fit(valued, card) is None:
        raise ThrownAway(f"the unit of {valued.quantity.raw[:30]!r} is not one of {card.metric.id!r}")
    slant = next((found for at in range(phrase.first, phrase.last) if (found := slant_at(items, at)) is not None), None)
    choices = metrics_for(
        scene,
        anchor,
        ctx.compiled,
        stated=valued,
        classes=slant.classes if slant is not None and slots.form in ORDERS else None,
        reach=(phrase.first, phrase.last + 3),
        dates=card.is_date,
    )
    own = next((choice for choice in choices if choice.metric == card.number), None)
    if own is not None and own.cost <= choices[0].cost + _METRIC_BAND:
        named = own.why.startswith("word") and own.why != "word 'adjective'"
        sided = sum(1 for each in ctx.compiled.metrics if each.sign)
        if number is None and not named and sided > 1 and any(_vague(item) for item in phrase.items):
            raise ThrownAway("the words name no metric")
        return
    if own is None and slant is not None and slots.form in ORDERS and "any" not in slant.classes:
        raise ThrownAway(f"{slant.base!r} does not speak of {card.metric.id!r}")
    if named_strength(scene, anchor, ctx.compiled) >= _NAMED:
        best = ctx.compiled.metrics[choices[0].metric].metric.id if choices else "another"
        raise ThrownAway(f"the words speak of {best!r}, the claim of {card.metric.id!r}")


def _vague(item: Item) -> bool:
    """A word of order that any metric can have ("leads", "better"): the metric must be named, it cannot be proposed."""
    graded = item.graded
    return ordering(item) and (graded is None or "any" in graded.meaning.classes)


def _build(
    proposal: WireProposal,
    phrase: Phrase,
    slots: ProposedSlots,
    number: int | None,
    denied: bool,
    base: str,
    ctx: FormContext,
) -> TypedClaim:
    items = phrase.scene.line.items
    form = slots.form
    claim = TypedClaim(
        form,
        phrase.start,
        phrase.end,
        subjects=(Choice(slots.subjects, 0.0, "proposed"),),
        comparands=(Choice(slots.comparands, 0.0, "proposed"),) if slots.comparands else (),
        metrics=(MetricChoice(slots.card.number, 0.0, "proposed"),),
        sign=slots.sign,
        positive=not denied,
        rank=proposal.rank,
        exclusive=proposal.only,
        besides=slots.comparands if form is Form.CAPABILITY else (),
        items=(phrase.first, phrase.last),
        reader="model",
    )
    if number is not None:
        claim.stated = _stated(proposal, items, number, form)
    match form:
        case Form.ABSOLUTE | Form.DATE if denied:
            raise ThrownAway("a denied value is left to the rules")
        case Form.COMPARISON | Form.RANK:
            if claim.sign is None or (form is Form.RANK and not proposal.rank):
                raise ThrownAway("an order needs a direction, and a rank its place")
            claim.degree = degree_before(items, anchor_of(phrase, ctx)) or (
                proposal.hedge if proposal.hedge in _DEGREES else ""
            )
        case Form.DATE if claim.stated is not None:
            written = claim.stated.quantity.date or str(int(claim.stated.low))
            claim.period, claim.degree = period(written), claim.stated.hedge.value
            if claim.period is None:
                raise ThrownAway("its value is no date")
        case Form.SAME:
            claim.relation = "exact" if any(item.low in _EXACT for item in phrase.items) else ""
        case Form.RATIO | Form.PERCENT:
            _arithmetic(proposal, claim, base, phrase)
        case Form.CAPABILITY:
            words = content(items, phrase.first, phrase.last, ctx.compiled.lexicon)
            claim.words = tuple(item.concept for item in words)
            claim.builtin = any(item.low in _BUILT_IN for item in phrase.items)
        case _:
            pass
    return claim


def _stated(proposal: WireProposal, items: Sequence[Item], at: int, form: Form) -> Stated:
    stated = items[at].stated
    assert stated is not None  # noqa: S101  # `held_number` chose an item with a number
    if form is Form.DATE:
        return _year(items, at, stated)
    read = "none" if stated.hedge is Hedge.PLAIN else stated.hedge.value
    if proposal.hedge != read and not (proposal.hedge in _DEGREES and read != "none"):
        raise ThrownAway(f"the words qualify the number as {read!r}, the proposal as {proposal.hedge!r}")
    return stated


def _year(items: Sequence[Item], at: int, stated: Stated) -> Stated:
    year = (stated.quantity.date or "")[:4]
    value = Decimal(year) if year.isdigit() else stated.low
    hedge = stated.hedge
    for item in items[max(0, at - 3) : at]:
        hedge = {"before": Hedge.UNDER, "after": Hedge.OVER, "since": Hedge.PLAIN, "in": Hedge.PLAIN}.get(
            item.low, hedge
        )
    return Stated(stated.quantity, value, value, Decimal(0 if hedge is Hedge.PLAIN else 1), hedge, exact=True)


def _arithmetic(proposal: WireProposal, claim: TypedClaim, base: str, phrase: Phrase) -> None:
    stated = claim.stated
    assert stated is not None  # noqa: S101  # both forms need a number
    unit = "ratio" if claim.form is Form.RATIO else "percent"
    part = (
        claim.form is Form.PERCENT
        and stated.quantity.unit == "ratio"
        and stated.high < 1
        and proposal.relation == "change"
    )
    quiet = hedged(phrase.scene.line.items)
    ordered = any(ordering(item) for at, item in enumerate(phrase.items, phrase.first) if at not in quiet)
    if not ordered and proposal.relation == "change" and (part or stated.hedge in (Hedge.UNDER, Hedge.AT_MOST)):
        # A change below some bound holds for every change to the other side: the words must say to which side.
        raise ThrownAway("no word of order says that it is a change")
    if stated.quantity.unit != unit and not part:
        raise ThrownAway(f"{stated.quantity.raw[:30]!r} is no {unit}")
    if part:
        # "a quarter less": a part of the comparand's value, as a percent is.
        claim.stated = replace(stated, low=stated.low * 100, high=stated.high * 100, step=stated.step * 100, word=True)
    match proposal.relation:
        case "change":
            if claim.sign is None:
                raise ThrownAway("a change needs a direction")
            if claim.form is Form.RATIO:
                claim.relation = "times"
            else:
                claim.relation = "speed" if base in _SPEEDS or claim.sign in ("better", "worse") else "signed"
        case "share":
            claim.relation, claim.sign = "of", "up"
        case "gap":
            claim.relation, claim.sign = "gap", None
        case "within" if claim.form is Form.PERCENT:
            claim.relation, claim.sign = "within", None
        case _:
            raise ThrownAway(f"a {claim.form.value} needs a relation")
