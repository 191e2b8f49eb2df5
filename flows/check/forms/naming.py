"""Superlatives that name a thing and rank nobody: "95 points behind the leader", "61 % of the best", "from smallest to largest"."""

from __future__ import annotations

from flows.check.discourse import Scene

#: What a thing is set against, or measured from: the superlative behind it says which one is meant and ranks nobody.
_FROM = frozenset("below above behind than against versus vs beyond under over past".split())
_PARTS = frozenset(["ratio", "percent"])


def names_a_thing(scene: Scene, at: int) -> bool:
    """ "95 points behind the leader", "61 % of the best", "from smallest to largest", "less than the next cheapest", "the two largest plans"."""
    items, line = scene.line.items, scene.line
    back = at - 1
    if line.low(back) == "next":
        # "The next best is X" is a place of its own.
        return line.low(back - 2) in _FROM or line.low(back - 2) == "as"
    if line.low(back) in ("from", "to") and (back == 0 or line.low(back - 1) != "up"):
        return any(
            items[k].degree == "superlative" and line.low(k - 1) in ("from", "to") and abs(k - at) in range(2, 6)
            for k in range(max(1, at - 5), min(len(items), at + 6))
        )
    if (
        line.kind(back) == "n"
        and line.low(back - 1) == "the"
        and line.low(back - 2) in ("on", "in", "for", "from", "to", "of", "at")
    ):
        return line.kind(at + 1) == "w" and line.low(at + 1).endswith("s")
    if line.low(back) in ("'s", "'") and line.kind(back - 1) == "e":
        back -= 1
    elif line.kind(back) == "e" and back in scene.by_at and scene.by_at[back].possessive:
        pass
    elif line.low(back) != "the":
        return False
    word = line.low(back - 1)
    if word in _FROM:
        return line.kind(at + 1) != "e"
    if word == "of":
        part = items[back - 2] if back > 1 else None
        return part is not None and part.kind == "n" and part.unit in _PARTS
    return False


__all__ = ["names_a_thing"]
