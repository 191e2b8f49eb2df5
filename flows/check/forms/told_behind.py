"""Told behind: "beats X on compression speed", "matches Y in height and depth": the metric stands whole behind an order, and is meant."""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.sheet import Compiled
from flows.check.spoken import said_phrases
from flows.check.typed import Form, TypedClaim

_ORDERS = frozenset({Form.COMPARISON, Form.SAME, Form.RANK})
_PREPOSITIONS = frozenset(["in", "on", "at", "for"])
_ENDS = frozenset(["and", "but", "while", "though", "although", "yet", "by"])
_DETERMINERS = frozenset(["the", "its", "their", "both", "terms", "of"])


def settle(scene: Scene, claim: TypedClaim, compiled: Compiled) -> None:
    """Sets aside the metrics of an order other than those that are named behind it; of two in a list it must hold of both."""
    if claim.form not in _ORDERS or claim.fixed is not None or claim.vague or len(claim.metrics) < 2:
        return
    items = scene.line.items
    at = claim.items[1]
    while at < len(items) and items[at].start < claim.end:
        at += 1
    if scene.line.low(at) not in _PREPOSITIONS:
        return
    groups = _listed(scene, at + 1, compiled)
    told = frozenset().union(*groups)
    if not told or any(len(group) > 1 for group in groups) or not told <= {choice.metric for choice in claim.metrics}:
        return
    nouns = {item.concept for item in items[claim.items[0] : at] if item.concept in compiled.by_concept}
    if any(nouns.isdisjoint(compiled.metrics[metric].weights) for metric in told if nouns):
        # "more allocations than Beego on inserts": the noun names what is counted, and where is told behind.
        return
    claim.metrics = tuple(choice.at(0.0, why="told behind") for choice in claim.metrics if choice.metric in told)
    claim.universal = claim.universal or len(groups) > 1


def _listed(scene: Scene, at: int, compiled: Compiled) -> list[frozenset[int]]:
    """The metrics named from item `at` on, a set for each member of the list: "compression speed and ratio"."""
    items = scene.line.items
    groups: list[frozenset[int]] = []
    while True:
        while scene.line.low(at) in _DETERMINERS:
            at += 1
        found = {
            metric: max(size for place, size in places if place == at)
            for metric, places in said_phrases(scene, compiled).items()
            if any(place == at for place, _ in places)
        }
        if not found:
            return groups
        size = max(found.values())
        words = 0
        while at < len(items) and words < size:
            words += items[at].kind != "p"
            at += 1
        if groups and scene.line.kind(at) not in ("p", "") and scene.line.low(at) not in _ENDS:
            # "is ahead on speed, and latency is lower": the subject of the next clause.
            return groups
        groups.append(frozenset(metric for metric, own in found.items() if own == size))
        if scene.line.low(at) not in ("and", ","):
            return groups
        while scene.line.low(at) in ("and", ",", *_PREPOSITIONS):
            at += 1
