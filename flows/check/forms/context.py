"""What every form is given, and what it says of words that no fact can decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flows.check.discourse import Scene
from flows.check.items import cover
from flows.check.sheet import Compiled
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label


@dataclass(frozen=True, slots=True)
class FormContext:
    """`today` is the page's date; None makes ages unverifiable."""

    compiled: Compiled
    today: date | None = None
    #: What the text calls the things compared, where neither a list nor the facts know the noun.
    things: frozenset[str] = frozenset()


def beyond(scene: Scene, first: int, last: int, reason: str, form: Form = Form.UNSUPPORTED) -> TypedClaim:
    """The words from item `first` to `last`, which no fact can decide: read, and unverifiable."""
    items = scene.line.items
    cover(items, first, last)
    return TypedClaim(
        form,
        items[first].start,
        items[last].end,
        fixed=Label.UNVERIFIABLE,
        reason=reason,
        items=(first, last + 1),
    )
