"""Figures side by side: two that are set against each other, told of one thing, or stand in a list: "0.5 s versus 4 s", "takes 2 GB and 3 GB"."""

from __future__ import annotations

from collections.abc import Iterable

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext

AGAINST = frozenset(["vs", "versus", "against"])


_JOINTS = frozenset(["and", "/"])


def _plain_number(scene: Scene, at: int) -> bool:
    items = scene.line.items
    return (
        0 <= at < len(items) and items[at].kind == "n" and items[at].unit not in (None, "1", "percent", "ratio", "pp")
    )


def paired(scene: Scene, at: int) -> bool:
    """ "0.5 s versus 4 s": two figures set against each other, no name beside either."""
    items = scene.line.items
    if AGAINST.isdisjoint(scene.line.lows) or not _plain_number(scene, at):
        return False
    for first, second in ((at, at + 2), (at - 2, at)):
        if _plain_number(scene, first) and _plain_number(scene, second):
            named = any(items[k].kind == "e" for k in (first - 1, first - 2, second + 1) if 0 <= k < len(items))
            return items[first + 1].low in AGAINST and not named
    return False


def sides_named(scene: Scene, ctx: FormContext) -> Iterable[int]:
    """Who may be set against each other: those that the sentence, its question or its heading names, where they are two or more."""
    asked = scene.question.mentions if scene.question is not None else []
    named = {entity for mention in (*scene.mentions, *asked) for entity in mention.entities} | set(scene.topic)
    return sorted(named) if len(named) > 1 else range(ctx.compiled.entity_count)


def two_of_one(scene: Scene, at: int) -> bool:
    """ "takes 2 GB and 3 GB": two figures of one kind in a row that end a clause."""
    items = scene.line.items
    if _JOINTS.isdisjoint(scene.line.lows):
        return False
    for first, second in ((at, at + 2), (at - 2, at)):
        if (
            _plain_number(scene, first)
            and _plain_number(scene, second)
            and items[first + 1].low in _JOINTS
            and scene.line.low(second + 1) in ("", ".", ",", ";")
            and scene.line.low(first - 1) not in (",", "and", "between", "from")
            and not any(item.low in ("respectively", "both") for item in items)
        ):
            subject = scene.subject_before(first)
            return subject is not None and len(subject.entities) == 1
    return False


def in_list(scene: Scene, at: int) -> bool:
    """ "20, 40, 50 and 100 GB": one of three or more figures of one kind in a row; "360 Hz, 0.3 ms, 1,000 nits" is no such list."""

    def chained(first: int, last: int) -> bool:
        units = {items[k].unit or "1" for k in (first, last)} - {"1"}
        return (
            len(units) < 2
            and last - first <= 3
            and all(items[k].low in (",", "and", "or", "to") for k in range(first + 1, last))
        )

    places = scene.line.numbers
    if len(places) < 3:
        return False
    items = scene.line.items
    here = places.index(at)
    first = last = here
    while first > 0 and chained(places[first - 1], places[first]):
        first -= 1
    while last + 1 < len(places) and chained(places[last], places[last + 1]):
        last += 1
    return last - first >= 2
