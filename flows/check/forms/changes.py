"""Changes: figures of a column that goes below zero, told by a word of rise or fall: "dropped 3.1 %", "a loss of $193 million"."""

from __future__ import annotations

from dataclasses import replace

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.forms.values import absolute
from flows.check.items import hedge_first
from flows.check.lexicon.rise_and_fall import DOWN, UP
from flows.check.owners import APART
from flows.check.typed import Choice, TypedClaim

#: What sets a change against something else than what the column does.
_AGAINST = frozenset(
    "than as behind ahead of below above apart more less fewer higher lower faster slower between".split()
)
_STOPS = frozenset([";", ":", ".", "(", "and", "but", "while", "whereas", "from", "to"])
_REACH = 7


def read_change(scene: Scene, at: int, ctx: FormContext, assigned: Choice | None) -> TypedClaim | None:
    """The figure as the change that its column holds; None where no word of rise or fall tells it, or no column goes below zero."""
    items = scene.line.items
    stated = items[at].stated
    if stated is None or not ctx.compiled.below_zero or stated.low < 0 or stated.is_range:
        return None
    unit = stated.quantity.unit
    bare = unit in (None, "1")
    moving = ctx.compiled.below_zero
    if not bare and not any(ctx.compiled.metrics[metric].unit == unit for metric in moving):
        return None
    fallen = _direction(scene, at)
    if fallen is None or any(item.low in _AGAINST for item in items[at + 1 : at + 4] if item.kind == "w"):
        return None
    items[at].stated = replace(stated, fallen=fallen)
    claim = absolute(scene, at, ctx, assigned)
    near = min((choice.cost for choice in claim.metrics if choice.metric in moving), default=None) if claim else None
    if claim is not None and near is not None:
        # What rises and falls is said of a column of gains and losses before it is of any other.
        claim.metrics = tuple(
            choice.at(choice.cost - near if choice.metric in moving else max(choice.cost, APART))
            for choice in claim.metrics
        )
    return claim


def _direction(scene: Scene, at: int) -> bool | None:
    """True for a fall, False for a rise: the nearest such word before the figure in its clause, or directly behind it."""
    items = scene.line.items
    for k in range(at + 1, min(len(items), at + 3)):
        if items[k].low in DOWN | UP and items[k].depth - items[at].depth < 0.5 and items[k].low not in ("up", "down"):
            return items[k].low in DOWN
        if items[k].kind != "w":
            break
    start = hedge_first(items, at)
    for k in range(start - 1, max(-1, start - _REACH), -1):
        if items[k].low in ("up", "down"):
            if k == start - 1:
                return items[k].low == "down"
            continue
        if items[k].low in DOWN:
            return True
        if items[k].low in UP:
            return False
        if items[k].kind == "n" or items[k].low in _STOPS:
            return None
    return None
