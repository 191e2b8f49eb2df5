"""Versions and other values that are no quantities: the text must show what a cell of the entity shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.owners import owners
from flows.check.stated import as_stated
from flows.check.typed import Form, MetricChoice, TypedClaim
from flows.quantities import find_quantities
from schemas.checking import Label
from schemas.quantity import Kind

_SPOKEN = frozenset({"version", "versions", "release", "v", "releases"})
_VERSION_CELL = re.compile(r"\s*v?\d+(?:\.\d+)+\s*$", re.I)


def _is_version(scene: Scene, at: int, ctx: FormContext) -> bool:
    low = scene.line.items[at].low
    if (
        low.count(".") != 1
        or not low.replace(".", "").isdigit()
        or any(scene.line.low(k) in _SPOKEN for k in range(at - 3, at + 2))
    ):
        return True
    before = scene.line.items[at - 1] if at else None
    if any(low in known for known in ctx.compiled.value_words) or (
        before is not None and before.kind == "w" and before.text[:1].isupper() and at > 1
    ):
        return True
    return any(
        not card.numeric
        and any(
            _VERSION_CELL.match(cell.raw)
            for entity in range(ctx.compiled.entity_count)
            for cell in ctx.compiled.cell(entity, card.number)
        )
        for card in ctx.compiled.metrics
    )


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """A claim for each version number."""
    items = scene.line.items
    for at in scene.line.numbers:
        item = items[at]
        if item.covered or item.stated is None or item.stated.quantity.kind is not Kind.VERSION:
            continue
        if not _is_version(scene, at, ctx) and (
            plain := [found for found in find_quantities(item.low) if found.is_numeric]
        ):
            # "the Halo 18.9" in a row of figures: a number with one point is a version only where versions are spoken of.
            item.stated = as_stated(plain[0], item.text)
            continue
        item.covered = True
        if any(item.low in tokens for tokens in ctx.compiled.name_tokens):
            # "172 MB in 3.0.0": the version tells the things compared apart; it is a name.
            continue
        words = tuple(word for word in item.low.lstrip("v").split() if word)
        metrics = tuple(
            MetricChoice(card.number, 0.0, "a version")
            for card in ctx.compiled.metrics
            if not card.numeric and any("." in raw for raw in ctx.compiled.value_words[card.number])
        )
        if not metrics:
            yield TypedClaim(
                Form.UNSUPPORTED,
                item.start,
                item.end,
                fixed=Label.UNVERIFIABLE,
                reason="no fact holds a version",
                items=(at, at + 1),
            )
            continue
        found, weak = owners(scene, at, ctx.compiled)
        yield TypedClaim(
            Form.CAPABILITY,
            item.start,
            item.end,
            subjects=found,
            metrics=metrics,
            words=words,
            lenient=weak,
            items=(at, at + 1),
        )
