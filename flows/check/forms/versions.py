"""Versions and other values that are no quantities: the text must show what a cell of the entity shows."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.link import owners
from flows.check.typed import Form, MetricChoice, TypedClaim
from schemas.checking import Label
from schemas.quantity import Kind


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """A claim for each version number."""
    items = scene.line.items
    for at, item in enumerate(items):
        if item.covered or item.kind != "n" or item.stated is None or item.stated.quantity.kind is not Kind.VERSION:
            continue
        item.covered = True
        words = tuple(word for word in item.low.lstrip("v").split() if word)
        metrics = tuple(MetricChoice(card.number, 0.0, "a version") for card in ctx.compiled.metrics if not card.numeric and any("." in raw for raw in ctx.compiled.value_words[card.number]))
        if not metrics:
            yield TypedClaim(Form.UNSUPPORTED, item.start, item.end, fixed=Label.UNVERIFIABLE, reason="no fact holds a version", items=(at, at + 1))
            continue
        found, weak = owners(scene, at, ctx.compiled)
        yield TypedClaim(Form.CAPABILITY, item.start, item.end, subjects=found, metrics=metrics, words=words, lenient=weak, items=(at, at + 1))
