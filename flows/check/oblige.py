"""Oblige: every number and every word of order must be covered by a claim or be exempt; what is left is unverifiable."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label


def uncovered(scene: Scene) -> Iterator[TypedClaim]:
    """A claim for each obliged token that no form has read."""
    for mention in scene.mentions:
        # "Most of them" is no number: what nothing reads of it is weighed like any other assertion.
        if mention.count is not None and mention.at not in scene.counted and scene.line.low(mention.at) != "most":
            yield _unread(scene, mention.at, "what is counted is not read")
    for at in scene.line.numbers:
        item = scene.line.items[at]
        if item.stated is not None and not item.covered:
            yield _unread(scene, at, "a number that no claim form covers")


def _unread(scene: Scene, at: int, reason: str) -> TypedClaim:
    item = scene.line.items[at]
    return TypedClaim(Form.UNCOVERED, item.start, item.end, fixed=Label.UNVERIFIABLE, reason=reason, items=(at, at + 1))
