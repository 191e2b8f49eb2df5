"""From a proposal to a typed claim: what a second reader says is held against the text before anything is executed.

Nothing that decides a label is taken from the proposal where the text says it: the number, its unit and hedge, the degree
and the denial are read from the text and must agree with the proposal. What a proposal may add is the link: which form,
whose value, against whom, of which metric, to which side; and only where the text does not link it otherwise. Each number,
word of order, "only" and "every" of the quote, and those around it that no other claim speaks for, must have its place in
the claim; a phrase with one word too many is not read at all. So a true claim cannot be laid over a wrong number.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from flows.check import execute
from flows.check.conditions import metric_of
from flows.check.discourse import COMPARAND
from flows.check.fitting import unit_fit
from flows.check.forms.context import FormContext, comparand_after, degree_before, slant_at, subjects_for
from flows.check.items import Item
from flows.check.lexicon.model import SIGNS, Sign
from flows.check.link import metrics_for
from flows.check.owners import owners
from flows.check.period import period
from flows.check.phrase import (
    EVERY,
    ONLY,
    PLACES,
    REASONS,
    SIDES,
    WIDER,
    Phrase,
    content,
    denials,
    hedged,
    obliged,
    ordering,
    reach,
)
from flows.check.sheet import MetricCard
from flows.check.spoken import named_strength
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.checking import Label
from schemas.proposals import WireProposal

_PAIRS = frozenset({Form.COMPARISON, Form.RATIO, Form.PERCENT, Form.DIFFERENCE, Form.SAME})
_ORDERS = _PAIRS | {Form.RANK}
_DIRECTIONS: dict[str, Sign] = {"higher": "up", "lower": "down", "better": "better", "worse": "worse"}
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
#: Nearer than this before a number stands its article, "by", "of": what may come between "faster" and "20 %".
_BESIDE = 12


class ThrownAway(Exception):
    """A proposal that is not executed; the message says why."""


@dataclass(frozen=True, slots=True)
class _Slots:
    """The ids of a proposal as positions in the compiled case."""

    form: Form
    subjects: tuple[int, ...]
    comparands: tuple[int, ...]
    card: MetricCard
    sign: Sign | None


def typed_claim(
    proposal: WireProposal, phrase: Phrase, taken: Sequence[tuple[int, int]], ctx: FormContext
) -> TypedClaim:
    """The claim that a proposal makes of a phrase, ready for the judge. `taken`: spans that the rules' claims speak for.

    Raises ThrownAway.
    """
    if proposal.form == "no_fact":
        return _no_fact(phrase, ctx)
    slots = _slots(proposal, ctx)
    at_hand = reach(phrase, taken)
    _reasons(phrase, ctx)
    _entities(proposal, phrase, slots, ctx)
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
    _quantifiers(proposal, phrase, at_hand, slots, ctx)
    number = _number(proposal, phrase, slots, ctx)
    slant_base = _order(proposal, phrase, at_hand, slots, number, ctx)
    anchor = number if number is not None else _anchor(phrase, ctx)
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


def _slots(proposal: WireProposal, ctx: FormContext) -> _Slots:
    compiled = ctx.compiled
    entity_at = {entity.id: number for number, entity in enumerate(compiled.case.entities)}
    unknown = [one for one in (*proposal.subjects, *proposal.comparands) if one not in entity_at]
    if unknown:
        raise ThrownAway(f"there is no entity {unknown[0][:60]!r}")
    columns = [card for card in compiled.metrics if metric_of(card.metric.id) == proposal.metric]
    if not columns:
        raise ThrownAway(f"there is no metric {proposal.metric[:60]!r}")
    form = Form(proposal.form)
    subjects = tuple(dict.fromkeys(entity_at[one] for one in proposal.subjects))
    comparands = tuple(dict.fromkeys(entity_at[one] for one in proposal.comparands))
    if not subjects:
        raise ThrownAway("it is about nothing")
    if set(subjects) & set(comparands):
        raise ThrownAway("it compares a thing with itself")
    sign = _DIRECTIONS.get(proposal.direction)
    if form in _PAIRS and not comparands and not (form in (Form.SAME, Form.DIFFERENCE) and len(subjects) > 1):
        if compiled.entity_count != 2 or len(subjects) != 1:
            raise ThrownAway("it names nothing to compare with")
        comparands = (1 - subjects[0],)
    if form is Form.RANK:
        if comparands and len({*subjects, *comparands}) != compiled.entity_count:
            raise ThrownAway("a rank among some of the things compared is a comparison with each")
        comparands = ()
    # Of several conditions the one that everybody named has is meant.
    card = next(
        (one for one in columns if all(compiled.cell(each, one.number) for each in (*subjects, *comparands))),
        columns[0],
    )
    if form in (Form.RATIO, Form.PERCENT) and (card.is_date or not card.numeric):
        raise ThrownAway(f"there is no arithmetic on {proposal.metric[:60]!r}")
    missing = [entity for entity in (*subjects, *comparands) if not compiled.cell(entity, card.number)]
    if missing:
        raise ThrownAway(f"there is no fact for {compiled.entity_names[missing[0]][:60]!r} in {proposal.metric[:60]!r}")
    return _Slots(form, subjects, comparands, card, sign)


def _reasons(phrase: Phrase, ctx: FormContext) -> None:
    """A cause, a trend or a popularity inside the quote is more than a fact can carry."""
    for item in phrase.items:
        if (
            item.kind == "w"
            and (item.low in REASONS or item.low in ctx.compiled.lexicon.beyond)
            and item.concept not in ctx.compiled.vocabulary
        ):
            raise ThrownAway(f"{item.low!r} is no part of a typed claim")


def _entities(proposal: WireProposal, phrase: Phrase, slots: _Slots, ctx: FormContext) -> None:
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
    after = comparand_after(scene, phrase.last - 1) if slots.form in _PAIRS else None
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


def _quantifiers(
    proposal: WireProposal, phrase: Phrase, at_hand: Sequence[int], slots: _Slots, ctx: FormContext
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
        if item.low in WIDER and slots.form in _ORDERS:
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


def _number(proposal: WireProposal, phrase: Phrase, slots: _Slots, ctx: FormContext) -> int | None:
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


def _order(
    proposal: WireProposal, phrase: Phrase, at_hand: Sequence[int], slots: _Slots, number: int | None, ctx: FormContext
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
        if slots.form not in _ORDERS or slots.form is Form.SAME:
            raise ThrownAway(f"{item.low!r} puts things in order, the claim does not")
        base = _agrees(item, items, at, proposal, slots) or base
    for at in range(phrase.first, phrase.last):
        if items[at].kind == "w" and items[at].low in PLACES and PLACES[items[at].low] != proposal.rank:
            raise ThrownAway(f"{items[at].low!r} is not the place that the claim has")
    return base


def _agrees(item: Item, items: Sequence[Item], at: int, proposal: WireProposal, slots: _Slots) -> str:
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
    side = execute.value_sign(slots.sign, slots.card)
    if slots.form is Form.RANK and proposal.rank < 0:
        side = -side
    if side == 0 or side != execute.value_sign(sign, slots.card):
        raise ThrownAway(f"{item.low!r} says the other side")
    return base


def _anchor(phrase: Phrase, ctx: FormContext) -> int:
    """The item that the links of a phrase are counted from: its first word of order, else its first word that says something."""
    items = phrase.scene.line.items
    found = obliged(items, phrase.first, phrase.last, ctx)
    if found:
        return min(found)
    said = {item.start for item in content(items, phrase.first, phrase.last, ctx.compiled.lexicon)}
    return next((at for at in range(phrase.first, phrase.last) if items[at].start in said), phrase.first)


def _subject_link(phrase: Phrase, anchor: int, slots: _Slots, number: int | None, ctx: FormContext) -> None:
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


def _metric_link(phrase: Phrase, anchor: int, slots: _Slots, number: int | None, ctx: FormContext) -> None:
    """Where the words name a metric, the claim must be about it, or about one that they name nearly as well."""
    scene, card = phrase.scene, slots.card
    items = scene.line.items
    if slots.form is Form.CAPABILITY:
        _known_words(phrase, slots, ctx)
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
        classes=slant.classes if slant is not None and slots.form in _ORDERS else None,
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
    if own is None and slant is not None and slots.form in _ORDERS and "any" not in slant.classes:
        raise ThrownAway(f"{slant.base!r} does not speak of {card.metric.id!r}")
    if named_strength(scene, anchor, ctx.compiled) >= _NAMED:
        best = ctx.compiled.metrics[choices[0].metric].metric.id if choices else "another"
        raise ThrownAway(f"the words speak of {best!r}, the claim of {card.metric.id!r}")


def _vague(item: Item) -> bool:
    """A word of order that any metric can have ("leads", "better"): the metric must be named, it cannot be proposed."""
    graded = item.graded
    return ordering(item) and (graded is None or "any" in graded.meaning.classes)


def _known_words(phrase: Phrase, slots: _Slots, ctx: FormContext) -> None:
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


def _build(
    proposal: WireProposal, phrase: Phrase, slots: _Slots, number: int | None, denied: bool, base: str, ctx: FormContext
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
            claim.degree = degree_before(items, _anchor(phrase, ctx)) or (
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
    assert stated is not None  # noqa: S101  # `_number` chose an item with a number
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
