"""only."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.typed import TypedClaim


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    yield from ()
