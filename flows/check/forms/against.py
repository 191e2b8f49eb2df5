"""Against: a number that sets one entity against another, with its subject, comparand, metric and direction."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from flows.check.discourse import Scene
from flows.check.forms.clauses import negated
from flows.check.forms.context import FormContext
from flows.check.forms.gap_figures import figures_apposed
from flows.check.forms.gap_words import AHEAD, SAVES, Gap
from flows.check.forms.sides import agent
from flows.check.forms.slants import Slant, slant_at
from flows.check.forms.slots import slots_of
from flows.check.forms.spans import span_of
from flows.check.items import Item, back_over, cover, hedge_first
from flows.check.lexicon.model import OPPOSITE
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim

_BEFORE_FIGURES = frozenset("a an about the only just".split())


def slant_before(scene: Scene, at: int) -> Slant | None:
    """ "faster by about 20 %", "costs less, by $300", "beats it by three seconds"."""
    items = scene.line.items
    back = back_over(items, hedge_first(items, at), _BEFORE_FIGURES)
    if back < 0 or items[back].low not in ("by", "of"):
        return None
    if items[back].low == "of" and scene.line.low(back - 1) not in ("factor", "margin", "magnitude"):
        return None
    for position in range(back - 1, max(-1, back - 12), -1):
        if items[position].low in (";", "—", "while", "but"):
            return None
        slant = slant_at(items, position)
        if slant is not None and slant.degree in ("comparative", "superlative"):
            return slant
        graded = items[position].graded
        if graded is not None and graded.degree == "verb":
            suffered = agent(scene, position) is not None
            sign = OPPOSITE[graded.meaning.sign] if suffered else graded.meaning.sign
            return Slant(position, position, sign, graded.meaning.classes, "verb", graded.base)
        if items[position].low in AHEAD and items[position].low not in (
            "over",
            "under",
            "back",
            "off",
            "clear",
            "short",
        ):
            return Slant(position, position, AHEAD[items[position].low], frozenset({"any"}), "comparative", "")  # type: ignore[arg-type]  # the table holds signs only
        if items[position].low in SAVES:
            return Slant(position, position, SAVES[items[position].low], frozenset({"any"}), "verb", "")  # type: ignore[arg-type]  # the table holds signs only
    return None


_APPOSED = frozenset(
    "or ( , about roughly around some almost nearly just over under a an the i.e. ie that is by of more less than fully saving".split()
)
_RETOLD = frozenset(
    "that this is it in percent percentage terms which makes about roughly around some almost nearly just over under a an the or than more less".split()
)


def told_again(scene: Scene, at: int, form: Form, stated: Stated) -> TypedClaim | None:
    """ "€6 less than B, or 25 %", "In percent that is about 30 %": the gap just told, as another figure; or of another thing ("B a quarter")."""
    items = scene.line.items
    first = hedge_first(items, at)
    earlier = scene.extra.get("gap")
    if isinstance(earlier, TypedClaim):
        start = max(earlier.items[1], _comparand_end(scene, earlier, first))
        if any(item.low not in _APPOSED for item in items[start:first]) or not any(
            item.low in ("or", "(", ",", "i.e.", "ie") for item in items[start:first]
        ):
            return None
        return retold(scene, at, form, stated, earlier, scene)
    before = scene.previous
    earlier = before.extra.get("gap") if before is not None else None
    if before is None or not isinstance(earlier, TypedClaim) or not first:
        return None
    if any(item.low not in _RETOLD for item in items[:first]) or items[0].low not in (
        "that",
        "this",
        "in",
        "which",
        "it",
    ):
        return None
    return retold(scene, at, form, stated, earlier, before)


def _comparand_end(scene: Scene, earlier: TypedClaim, first: int) -> int:
    """Where the thing compared with ends: "less than the Aurelia, or ..."."""
    for mention in reversed(scene.mentions):
        if earlier.items[1] <= mention.at < first and any(
            set(mention.entities) == set(choice.entities) for choice in earlier.comparands[:1]
        ):
            return mention.at + (2 if mention.possessive else 1)
    return earlier.items[1]


def retold(scene: Scene, at: int, form: Form, stated: Stated, earlier: TypedClaim, where: Scene) -> TypedClaim:
    items = scene.line.items
    metrics = tuple(
        MetricChoice(metric, 0.0, "the gap before") for place, metric in where.linked if place == earlier.items[0]
    )
    sign = earlier.sign
    relation = earlier.relation
    if form is Form.PERCENT:
        relation = (
            "gap" if sign is None else ("speed" if sign in ("better", "worse") or relation == "speed" else "signed")
        )
    elif earlier.form is not Form.RATIO:
        relation = "gap" if sign is None else "times"
    start, end = span_of(items, at)
    items[at].covered = True
    return replace(
        earlier,
        form=form,
        start=start,
        end=end,
        stated=stated,
        relation=relation,
        metrics=metrics[-1:] or earlier.metrics,
        items=(at, at + 1),
        notes=[],
    )


def set_against(
    scene: Scene,
    at: int,
    ctx: FormContext,
    form: Form,
    stated: Stated,
    relation: str,
    sign: object,
    classes: frozenset[str] | None,
    start: int,
    end: int,
    last: int,
) -> TypedClaim:
    """A claim about two entities: subject, comparand and metric are linked, the phrase is covered."""
    items = scene.line.items
    if form is Form.PERCENT:
        stated = _rounded(stated)
    if form is Form.DIFFERENCE and stated.exact and stated.quantity.unit in (None, "1"):
        # "Twelve more" for 12.02: counts differ by whole numbers anyway, figures are told to the last one shown.
        stated = replace(stated, exact=False, step=stated.step or Decimal(1))
    gap = Gap(at, last, form, stated, relation, sign, classes)
    slots = slots_of(scene, gap, ctx)
    cover(items, at, last)
    if slots.comparands and slots.comparands[0].cost <= 0.15:
        scene.comparand = slots.comparands[0].entities
    than = _than(items, last)
    cover(items, last, than)
    final = sign if sign in ("up", "down", "better", "worse") else None
    figures = () if slots.operands else figures_apposed(scene, gap)
    claim = TypedClaim(
        form,
        start,
        end,
        subjects=slots.subjects,
        comparands=slots.comparands,
        metrics=slots.metrics,
        stated=stated,
        sign=final,  # type: ignore[arg-type]  # narrowed by the line above
        relation=relation,
        positive=not negated(items, hedge_first(items, at), 3),
        lenient=slots.weak,
        items=(at, last + 1),
        against_metrics=slots.against,
        operands=slots.operands,
        change=slots.change and not figures,
        here=slots.here,
        there=slots.there,
        across=slots.across,
    )
    if claim.operands and any(operand.hedge is not Hedge.PLAIN for operand in claim.operands):
        # "14 µs against just over a millisecond, a factor of 74": of the cells, which the text has rounded.
        claim.readings = (*claim.readings, replace(claim, operands=()))
    if not claim.operands:
        other = [replace(claim, operands=figures)] if figures else []
        if (
            form is Form.DIFFERENCE
            and not (claim.comparands and claim.comparands[0].cost == 0.0)
            and not slots.against
            and (sign in (None, "up", "down") or items[last].low in AHEAD)
        ):
            # "adds 23 KiB", "lifts by 10 mm", "12 seconds behind": where nothing is compared, what is added may be the value itself.
            other += [
                replace(claim, form=Form.ABSOLUTE, comparands=(), sign=None, relation="")
                for _ in (1,)
                if (last == at or items[last].low in AHEAD) and (classes is None or "any" in classes)
            ]
        two = _between_the_two(claim)
        if two and relation == "within":
            # The two are that close to each other, not to the rest.
            claim, two = two[0], ()
        claim.readings = (*claim.readings, *other, *two)
    scene.extra["gap"] = claim
    return claim


def _between_the_two(claim: TypedClaim) -> tuple[TypedClaim, ...]:
    """ "A and B are within 6 %", "76 s with A and 388 with B, five times as long": the second of the two named against the first."""
    two = claim.subjects[0].entities if claim.subjects else ()
    if len(two) != 2 or claim.against_metrics or (claim.comparands and claim.comparands[0].cost <= 0):
        return ()
    subject, comparand = Choice(two[1:], 0.0, "the second of the two"), Choice(two[:1], 0.0, "the first of the two")
    return (replace(claim, subjects=(subject,), comparands=(comparand,), change=False, across=False),)


def _rounded(stated: Stated) -> Stated:
    """ "20 % faster" for 21.5 %: a round percentage of a gap is meant to a tenth of itself, and five points at most."""
    if (
        stated.word
        or stated.hedge is not Hedge.PLAIN
        or stated.low != stated.high
        or stated.low < 10
        or stated.low % 10
    ):
        return stated
    return replace(stated, step=max(stated.step, min(Decimal(10), stated.low / 5)), exact=False)


def _than(items: list[Item], last: int) -> int:
    for position in range(last, min(len(items), last + 6)):
        if items[position].low == "than":
            return position
        if items[position].kind in ("p", "n"):
            break
    return last
