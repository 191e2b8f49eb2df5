"""Proposed words: each name, number, word of order, "only" and "every" of a phrase must have its place in what is proposed of it."""

from __future__ import annotations

from collections.abc import Sequence

from flows.check.discourse import COMPARAND
from flows.check.forms.context import FormContext
from flows.check.forms.sides import comparand_after
from flows.check.forms.slants import slant_at
from flows.check.items import Item
from flows.check.lexicon.model import SIGNS
from flows.check.ordering import value_sign
from flows.check.phrase import (
    EVERY,
    ONLY,
    PLACES,
    REASONS,
    SIDES,
    WIDER,
    Phrase,
    content,
    obliged,
)
from flows.check.proposed_slots import ORDERS, PAIRS, ProposedSlots, ThrownAway
from flows.check.sheet import MetricCard
from flows.check.typed import Form
from schemas.proposals import WireProposal

#: Nearer than this before a number stands its article, "by", "of": what may come between "faster" and "20 %".
_BESIDE = 12


def hold_reasons(phrase: Phrase, ctx: FormContext) -> None:
    """A cause, a trend or a popularity inside the quote is more than a fact can carry."""
    for item in phrase.items:
        if (
            item.kind == "w"
            and (item.low in REASONS or item.low in ctx.compiled.lexicon.beyond)
            and item.concept not in ctx.compiled.vocabulary
        ):
            raise ThrownAway(f"{item.low!r} is no part of a typed claim")


def hold_entities(proposal: WireProposal, phrase: Phrase, slots: ProposedSlots, ctx: FormContext) -> None:
    """Whoever the quote names is in the claim, in the role that the words give; whoever is in the claim is named nearby."""
    scene = phrase.scene
    named = {*slots.subjects, *slots.comparands}
    for at in range(phrase.first, phrase.last):
        mention = scene.by_at.get(at)
        entities = mention.entities if mention is not None else scene.line.items[at].entities
        if not entities or (mention is not None and mention.how in ("pronoun", "which")):
            continue
        if not set(entities) <= named and not (slots.form is Form.RANK or proposal.only):
            raise ThrownAway("the quote names a thing that the claim leaves out")
        if (
            mention is not None
            and mention.role == COMPARAND
            and slots.comparands
            and not set(entities) <= set(slots.comparands)
        ):
            raise ThrownAway("the quote compares with another thing")
    hand = _at_hand(phrase)
    everyone = set(range(ctx.compiled.entity_count))
    if not set(slots.subjects) <= hand and set(slots.subjects) != everyone:
        raise ThrownAway("its subject is not named near the quote")
    others = everyone - set(slots.subjects)
    if not set(slots.comparands) <= hand and set(slots.comparands) != others:
        raise ThrownAway("what it compares with is not named near the quote")
    after = comparand_after(scene, phrase.last - 1) if slots.form in PAIRS else None
    if (
        after is not None
        and after.at <= phrase.last + 2
        and after.how in ("name", "part", "list")
        and not set(after.entities) <= named
    ):
        raise ThrownAway("the words go on to compare with another thing")


def _at_hand(phrase: Phrase) -> set[int]:
    """Everything named in the sentence, its header, its question, or the sentence before."""
    scene = phrase.scene
    found = {*scene.carried, *scene.carried_too, *scene.topic, *scene.before[-3:]}
    for each in (scene, scene.previous, scene.question):
        if each is not None:
            found.update(entity for mention in each.mentions for entity in (*mention.entities, *mention.otherwise))
    return found


def hold_quantifiers(
    proposal: WireProposal, phrase: Phrase, at_hand: Sequence[int], slots: ProposedSlots, ctx: FormContext
) -> None:
    items = phrase.scene.line.items
    everyone = ctx.compiled.entity_count
    for at in at_hand:
        item = items[at]
        if item.kind != "w":
            continue
        inside = phrase.first <= at < phrase.last
        if item.low in ONLY and not proposal.only and (inside or at < phrase.first) and not _merely(items, at):
            raise ThrownAway(f"{item.low!r} says that nothing else does, the claim does not")
        if (
            item.low in EVERY
            and inside
            and not _resolved(phrase, at)
            and len({*slots.subjects, *slots.comparands}) != everyone
            and item.graded is None
        ):
            raise ThrownAway(f"{item.low!r} speaks of more than the claim")
        if item.low in WIDER and slots.form in ORDERS:
            raise ThrownAway(f"{item.low!r}: the scope is wider than the facts")


def _resolved(phrase: Phrase, at: int) -> bool:
    """ "every other codec", which the discourse has read as a set; "at all", which is no set."""
    mention = phrase.scene.by_at.get(at + 1)
    return (mention is not None and mention.how in ("other", "all")) or phrase.scene.line.low(at - 1) == "at"


def _merely(items: Sequence[Item], at: int) -> bool:
    """ "only 330 shots", "only slightly", "English-only": a word of degree or a part of one, not of exclusion."""
    following = items[at + 1] if at + 1 < len(items) else None
    before = items[at - 1].low if at else ""
    if before == "-":
        return True
    return (
        before != "the"
        and following is not None
        and (
            following.kind == "n"
            or following.low in ("about", "some", "around", "slightly", "a", "roughly", "marginally", "just")
        )
    )


def held_number(proposal: WireProposal, phrase: Phrase, slots: ProposedSlots, ctx: FormContext) -> int | None:
    """The position of the claim's number. Every other number of the quote must be the stated scope or a word of the metric."""
    items = phrase.scene.line.items
    numbers = [at for at in sorted(obliged(items, phrase.first, phrase.last, ctx)) if items[at].kind == "n"]
    chosen: int | None = None
    if proposal.value.strip():
        where = _inside(proposal.value.strip(), phrase, items)
        chosen = next((at for at in numbers if items[at].start < where[1] and where[0] < items[at].end), None)
        if chosen is None:
            raise ThrownAway("its value is not a number that the text can be read to state")
        if (
            proposal.unit.strip()
            and proposal.unit.strip().lower()
            not in " ".join(item.text for item in phrase.items).lower() + items[chosen].text.lower()
        ):
            raise ThrownAway("its unit is not the one that the quote has")
    size = {ctx.compiled.entity_count, len(slots.subjects), len(slots.subjects) + len(slots.comparands)}
    for at in numbers:
        stated = items[at].stated
        if at == chosen or stated is None:
            continue
        if (
            proposal.scope_size
            and stated.low == stated.high == proposal.scope_size
            and proposal.scope_size in size
            and stated.quantity.unit in (None, "1")
        ):
            continue
        if not _names_metric(items, at, slots.card):
            raise ThrownAway(f"the quote has a number, {items[at].text[:30]!r}, that the claim leaves out")
    needs = slots.form in (Form.ABSOLUTE, Form.DATE, Form.RATIO, Form.PERCENT, Form.DIFFERENCE)
    if needs is not (chosen is not None):
        raise ThrownAway(f"a claim of the form {slots.form.value!r} {'needs a' if needs else 'has no'} number")
    return chosen


def _inside(value: str, phrase: Phrase, items: Sequence[Item]) -> tuple[int, int]:
    for item in items[phrase.first : phrase.last]:
        found = item.text.lower().find(value.lower())
        if item.kind == "n" and found >= 0:
            return item.start + found, item.start + found + len(value)
    return -1, -1


def _names_metric(items: Sequence[Item], at: int, card: MetricCard) -> bool:
    """ "with 10 threads": a bare number that is a word of the metric's name and stands beside another one."""
    stated = items[at].stated
    if stated is None or stated.quantity.unit not in (None, "1") or items[at].concept not in card.weights:
        return False
    beside = [items[k] for k in (at - 1, at + 1) if 0 <= k < len(items)]
    return any(item.kind == "w" and item.concept in card.weights for item in beside)


def held_order(
    proposal: WireProposal,
    phrase: Phrase,
    at_hand: Sequence[int],
    slots: ProposedSlots,
    number: int | None,
    ctx: FormContext,
) -> str:
    """Holds every word of order against the proposed side; gives the base of the adjective, "" without one."""
    items = phrase.scene.line.items
    low, high = at_hand[0], at_hand[-1] + 1
    kept = set(at_hand)
    base = ""
    for at in sorted(obliged(items, low, high, ctx)):
        item = items[at]
        if at not in kept or item.kind == "n":
            continue
        inside = phrase.first <= at < phrase.last
        if item.low in ctx.compiled.lexicon.same and (item.graded is None or item.graded.degree == "positive"):
            if (
                inside
                and slots.form is not Form.SAME
                and not (slots.form is Form.RANK and item.low in ("tie", "tied", "ties"))
            ):
                raise ThrownAway(f"{item.low!r} says that values are the same, the claim does not")
            continue
        if not inside and number is not None and not (phrase.first - _BESIDE <= at <= phrase.last + 3):
            continue
        if slots.form not in ORDERS or slots.form is Form.SAME:
            raise ThrownAway(f"{item.low!r} puts things in order, the claim does not")
        base = _agrees(item, items, at, proposal, slots) or base
    for at in range(phrase.first, phrase.last):
        if items[at].kind == "w" and items[at].low in PLACES and PLACES[items[at].low] != proposal.rank:
            raise ThrownAway(f"{items[at].low!r} is not the place that the claim has")
    return base


def _agrees(item: Item, items: Sequence[Item], at: int, proposal: WireProposal, slots: ProposedSlots) -> str:
    """Whether one word of order says the same side as the proposal; gives the base of its adjective. Raises ThrownAway."""
    if item.low in SIDES:
        sign, base, degree = SIGNS[SIDES[item.low]], "", "comparative"
    else:
        graded = item.graded
        assert graded is not None  # noqa: S101  # `obliged` saw a graded word
        slant = slant_at(list(items), at)
        sign = slant.sign if slant is not None else graded.meaning.sign
        base = slant.base if slant is not None else graded.base
        degree = graded.degree
    if slots.sign is None:
        raise ThrownAway(f"{item.low!r} has a side, the claim has none")
    if proposal.relation in ("share", "gap", "within") and degree != "verb":
        raise ThrownAway(f"{item.low!r} speaks of a change, not of a {proposal.relation}")
    if degree == "superlative" and slots.form is not Form.RANK:
        raise ThrownAway(f"{item.low!r} is a superlative, the claim is none")
    if degree == "comparative" and slots.form is Form.RANK:
        raise ThrownAway(f"{item.low!r} compares, the claim ranks")
    side = value_sign(slots.sign, slots.card)
    if slots.form is Form.RANK and proposal.rank < 0:
        side = -side
    if side == 0 or side != value_sign(sign, slots.card):
        raise ThrownAway(f"{item.low!r} says the other side")
    return base


def anchor_of(phrase: Phrase, ctx: FormContext) -> int:
    """The item that the links of a phrase are counted from: its first word of order, else its first word that says something."""
    items = phrase.scene.line.items
    found = obliged(items, phrase.first, phrase.last, ctx)
    if found:
        return min(found)
    said = {item.start for item in content(items, phrase.first, phrase.last, ctx.compiled.lexicon)}
    return next((at for at in range(phrase.first, phrase.last) if items[at].start in said), phrase.first)


def hold_known_words(phrase: Phrase, slots: ProposedSlots, ctx: FormContext) -> None:
    """Every word of a capability must be one of the metric's name or values: a fact cannot carry more than it says."""
    known = ctx.compiled.value_words[slots.card.number] | frozenset(slots.card.weights)
    items = phrase.scene.line.items
    words = content(items, phrase.first, phrase.last, ctx.compiled.lexicon)
    if not words:
        raise ThrownAway("the quote names no capability")
    for item in words:
        before = items[items.index(item) - 1].low
        if item.concept not in known and not (item.low in ctx.compiled.class_nouns and before in ONLY):
            raise ThrownAway(f"no fact of {slots.card.metric.id!r} has the word {item.text[:30]!r}")
