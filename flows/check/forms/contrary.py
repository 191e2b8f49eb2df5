"""The contrary of a capability, said of others behind it: "works in Chrome, but not in Firefox"."""

from __future__ import annotations

from dataclasses import replace

from flows.check.discourse import Scene
from flows.check.items import cover
from flows.check.typed import Choice, TypedClaim

_BEHIND_NOT = frozenset(["in", "on", "for", "with", "by", "from", "under", "the"])
_LISTING = frozenset(["and", "or", "nor", "the", "in", "on", "for", "with"])


def contrary_of(told: TypedClaim | None, scene: Scene, first: int, last: int) -> TypedClaim | None:
    """ "works in Chrome and Safari, but not in Firefox": of those named behind it the contrary of `told` is said."""
    items = scene.line.items
    at = first
    while at < last and (items[at].low in ("but", "though") or items[at].kind == "p"):
        at += 1
    if told is None or at == first or scene.line.low(at) != "not":
        return None
    members = [mention for mention in scene.mentions if at < mention.at < last]
    named = at + 1
    while named < last and items[named].low in _BEHIND_NOT:
        named += 1
    rest = items[named:last]
    if not members or any(item.kind not in ("e", "p") and item.low not in _LISTING for item in rest):
        return None
    end = members[-1].at
    cover(items, at, end)
    listed = [mention for mention in members if mention.how == "list"]
    return replace(
        told,
        start=items[at].start,
        end=items[end].end,
        subjects=tuple(Choice(mention.entities, 0.0, "named behind 'but not'") for mention in listed or members[:1]),
        positive=not told.positive,
        exclusive=False,
        not_alone=False,
        count=None,
        readings=(),
        items=(at, end + 1),
    )
