"""Proposed slots: the ids that a second reader names as positions in the compiled case; an id that is not there throws the proposal away."""

from __future__ import annotations

from dataclasses import dataclass

from flows.check.conditions import metric_of
from flows.check.forms.context import FormContext
from flows.check.lexicon.model import Sign
from flows.check.sheet import MetricCard
from flows.check.typed import Form
from schemas.proposals import WireProposal

PAIRS = frozenset({Form.COMPARISON, Form.RATIO, Form.PERCENT, Form.DIFFERENCE, Form.SAME})
ORDERS = PAIRS | {Form.RANK}
_DIRECTIONS: dict[str, Sign] = {"higher": "up", "lower": "down", "better": "better", "worse": "worse"}


class ThrownAway(Exception):
    """A proposal that is not executed; the message says why."""


@dataclass(frozen=True, slots=True)
class ProposedSlots:
    """The ids of a proposal as positions in the compiled case."""

    form: Form
    subjects: tuple[int, ...]
    comparands: tuple[int, ...]
    card: MetricCard
    sign: Sign | None


def read_slots(proposal: WireProposal, ctx: FormContext) -> ProposedSlots:
    """Who and what is meant by the ids of a proposal. Raises ThrownAway for one that the case does not have, and for a form that cannot be about them."""
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
    if form in PAIRS and not comparands and not (form in (Form.SAME, Form.DIFFERENCE) and len(subjects) > 1):
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
    return ProposedSlots(form, subjects, comparands, card, sign)
