"""Answers that are only a name: "Which is fastest? The Corso.", "Which is cheaper, A or B? A, by six euros."."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.forms.measures import slant_metrics, unfit
from flows.check.forms.slants import slant_at
from flows.check.scene import Mention
from flows.check.typed import Choice, Form, TypedClaim

_LEAD = frozenset(["the", "yes", ",", "clearly", "probably", "definitely", "easily", "still", "that", "'s", "is", "it"])
_END = frozenset(["", ".", ",", ";", "(", ":", "—", "–", "!", "by", "with", "at", "again", "here"])
_ASKS = frozenset(["which", "what", "who", "is", "are", "whose"])


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """The order that a question asks for, of the entity that answers it."""
    question = scene.question
    if question is None or scene.previous is not question:
        return
    named = _name(scene)
    if named is None:
        return
    asked = question.line
    if not asked.items or asked.items[0].low not in _ASKS:
        return
    for at, item in enumerate(asked.items):
        slant = slant_at(asked.items, at)
        if slant is None or item.kind == "e" or slant.degree not in ("comparative", "superlative"):
            continue
        if any(mention.at < at for mention in question.mentions) or slant.base in ("good", "bad"):
            # "Is A faster than B?" asks about A; what is best is seldom a figure.
            return
        metrics = slant_metrics(question, slant, ctx)
        if not metrics or unfit(question, slant.last, ctx, slant.classes, metrics):
            return
        pair = tuple(dict.fromkeys(entity for mention in question.mentions for entity in mention.entities))
        among = (Choice(pair, 0.0, "asked about"),) if len(pair) > 1 and set(named.entities) <= set(pair) else ()
        items = scene.line.items
        yield TypedClaim(
            Form.RANK,
            items[named.at].start,
            items[named.at].end,
            subjects=(Choice(named.entities, 0.0, "the answer"),),
            comparands=among,
            metrics=metrics,
            sign=slant.sign,
            rank=1,
            items=(named.at, named.at + 1),
        )
        return


def _name(scene: Scene) -> Mention | None:
    """The one name that the sentence begins with, where no verb of its own follows."""
    line = scene.line
    at = 0
    while line.low(at) in _LEAD:
        at += 1
    named = scene.by_at.get(at)
    if named is None or named.how not in ("name", "part") or len(named.entities) != 1:
        return None
    return named if line.low(at + 1) in _END else None
