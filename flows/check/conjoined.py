"""Conjoined: two things counted of one subject are said of the same ones: "two of the four are free and have a dark mode"."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from flows.check.agreed import Judged
from flows.check.items import Line
from flows.check.outcome import C, S
from flows.check.sheet import Compiled
from flows.check.verdict import Verdict


def conjoined(judged: Sequence[Judged], line: Line, compiled: Compiled) -> dict[int, Verdict]:
    """For the places in `judged` of claims that share their counted subject: whether as many do all of it."""
    shared: dict[int, list[int]] = defaultdict(list)
    for at, one in enumerate(judged):
        if one.claim.count is not None and one.claim.fixed is None and one.verdict.who is not None:
            # What is counted is told from its subject on: claims of one subject start at one place.
            shared[one.claim.start].append(at)
    found: dict[int, Verdict] = {}
    for places in shared.values():
        if len(places) < 2 or not all(
            _and_so(line, judged[one], judged[other]) for one, other in itertools.pairwise(places)
        ):
            continue
        count = judged[places[0]].claim.count
        who = frozenset.intersection(*(judged[at].verdict.who or frozenset() for at in places))
        names = ", ".join(compiled.entity_names[entity] for entity in sorted(who))
        for at in places:
            told = judged[at].verdict
            label = S if count is not None and len(who) in count else C
            shown = f"{told.computation}; all of what is said: {len(who)}" + (f" ({names[:200]})" if names else "")
            found[at] = replace(told, label=label, computation=shown, right=str(len(who)))
    return found


def _and_so(line: Line, one: Judged, other: Judged) -> bool:
    """Whether "and" alone joins the two: "five by transit, four by radial velocity" counts others anew."""
    between = line.items[one.claim.items[1] : other.claim.items[0]]
    return any(item.low == "and" for item in between) and all(item.kind == "w" and item.low != "or" for item in between)


__all__ = ["conjoined"]
