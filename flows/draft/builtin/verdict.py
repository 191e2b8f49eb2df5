"""The verdict: what speaks for each side beyond the short answer, what is level, and a condition for each to end on."""

from __future__ import annotations

from flows.draft.builtin import english
from flows.draft.builtin.content import Point, PointKind
from flows.draft.builtin.pairs import pair, ratio
from flows.draft.builtin.plans import Plan, Shape
from flows.draft.builtin.voice import Voice


def verdict(voice: Voice, shape: Shape, said: set[str]) -> list[str]:
    """Three to five sentences that repeat those of the short answer only where there is nothing else to say."""
    out = [*_first_side(voice, shape, said), *_second_side(voice, shape)]
    if shape.plan is Plan.TIE or not shape.theirs:
        out += [_close(voice, point) for point in voice.content.level[: 2 if len(shape.ours) < 2 else 1]]
    words = voice.content.differences[2:5] if shape.plan is Plan.WORDS else voice.content.differences[:1]
    if len(out) < 4:
        out += [pair(voice, point, "verdict") for point in words]
    return [*out, *_closing(voice, shape)]


def _first_side(voice: Voice, shape: Shape, said: set[str]) -> list[str]:
    """What speaks for the first side: how wide its first point is, or what the short answer had no room for."""
    if not shape.ours:
        return []
    top, name = shape.ours[0], voice.name(shape.first)
    near = ratio(voice, top, shape.first) if shape.plan is not Plan.GAP else None
    fresh = [point for point in shape.ours if point.metric.id not in said and point is not top]
    if near:
        noun = voice.argument(top)
        short = ratio(voice, top, shape.first, said=True) or near
        options = [
            f"what {name} has to offer is its {noun}: {short}",
            f"the case for {name} is plain: {near}",
            f"{ratio(voice, top)}, and that is the first reason to take {name}",
            f"the first reason to take {name}: {near}",
            f"{noun} {english.verb_for(noun, 'speaks', 'speak')} for {name}: {short}",
        ]
        return [voice.choice.pick("verdict.first.ratio", options), *(_more(voice, point) for point in fresh[:1])]
    if top.metric.id in said and fresh:
        reason = _favour(voice, fresh[0], shape.first)
        options = [
            f"another reason to take {name}: {reason}",
            f"{name} has another point in its favour: {reason}",
            f"that is not all that {name} has: {reason}",
        ]
        return [voice.choice.pick("verdict.next", options), *(_more(voice, point) for point in fresh[1:2])]
    return [_first_reason(voice, top, name), *(_more(voice, point) for point in fresh[:1])]


def _favour(voice: Voice, point: Point, entity: str) -> str:
    """Why a point speaks for an entity that has just been named."""
    if point.kind is not PointKind.NUMBER or voice.spelled(point.metric):
        return pair(voice, point, "verdict", lead=entity, inner=True, named=entity)
    rival = voice.rival(entity)
    mine = voice.states(entity, point.metric, "favour", "it")
    return f"{mine}, against {voice.ref(rival, point.metric)} for {voice.name(rival)}"


def _first_reason(voice: Voice, top: Point, name: str) -> str:
    noun = voice.argument(top)
    # A capability is named by its sentence: before it the noun would be said twice.
    figure = top.kind is not PointKind.CAPABILITY
    reason = pair(voice, top, "verdict", inner=True, said=figure)
    its_reason = pair(voice, top, "verdict.its", inner=True, said=figure, named=top.winner)
    return voice.choice.pick(
        "verdict.first",
        [
            f"what {name} has to offer is its {noun}: {its_reason}" if figure else None,
            f"the case for {name} starts with {noun}: {its_reason}" if figure else None,
            f"{noun} {english.verb_for(noun)} the first reason to take {name}: {its_reason}" if figure else None,
            f"start with {noun}: {reason}" if figure else None,
            f"{name} makes its case with {noun}: {its_reason}" if figure else None,
            f"look at {noun} first: {reason}" if figure else None,
            f"the case for {name} is plain: {its_reason}",
            f"the first reason to take {name}: {its_reason}",
        ],
    )


def _more(voice: Voice, point: Point) -> str:
    """A second argument for a side."""
    more = pair(voice, point, "verdict", inner=True)
    noun = voice.argument(point)
    then = (
        f"then there {english.verb_for(noun)} the {noun}: {pair(voice, point, 'then', inner=True, said=True)}"
        if point.kind is not PointKind.CAPABILITY
        else None
    )
    return voice.choice.pick("verdict.more", [more, f"beyond that, {more}", then, f"besides, {more}", f"also, {more}"])


def _second_side(voice: Voice, shape: Shape) -> list[str]:
    if not shape.theirs:
        return []
    name = voice.name(shape.second)
    point = shape.theirs[1] if len(shape.theirs) > 1 else shape.theirs[0]
    noun = voice.argument(point)
    near = ratio(voice, point, shape.second) if len(shape.theirs) == 1 else None
    if near:
        short = ratio(voice, point, shape.second, said=True) or near
        options = [
            f"{name} answers with its {noun}: {short}",
            f"{name} has an argument of its own: {near}",
            f"{name} has {noun} on its side: {short}",
            f"against that, {ratio(voice, point)}",
            f"do not write {name} off, though: {near}",
        ]
        return [voice.choice.pick("verdict.second.ratio", options)]
    reason = pair(voice, point, "verdict", inner=True)
    figure = point.kind is not PointKind.CAPABILITY
    said = pair(voice, point, "verdict.said", inner=True, said=True) if figure else ""
    its = pair(voice, point, "verdict.its", inner=True, said=figure, named=shape.second)
    ways = [
        f"{name} answers with its {noun}: {its}" if figure else None,
        f"on the other side, {reason}",
        f"{name} has {noun} on its side: {its}" if figure else None,
        f"{name} has an argument of its own: {its}" if not figure else None,
        f"weigh that against {noun}: {said}" if figure else None,
        f"do not write {name} off, though: {its}" if not figure else None,
    ]
    return [voice.choice.pick("verdict.second", ways)]


def _close(voice: Voice, point: Point) -> str:
    one, other = voice.one, voice.other_one
    x, y = voice.ref(one, point.metric), voice.ref(other, point.metric)
    noun = voice.noun(point)
    if voice.equal(point):
        return pair(voice, point, "close")
    return voice.choice.pick(
        "close",
        [
            f"{noun} {english.verb_for(noun)} {x} for {voice.name(one)} and {y} for {voice.name(other)}, so it does not decide",
            f"{noun} will not decide: {voice.name(one)} has {x}, {voice.name(other)} {y}",
        ],
    )


def _closing(voice: Voice, shape: Shape) -> list[str]:
    """The last sentence: a condition for each side."""
    a, b = voice.name(shape.first), voice.name(shape.second)
    ours, theirs = shape.ours, shape.theirs
    if not ours and voice.content.differences:
        point = voice.content.differences[0]
        x, y = voice.value(voice.one, point.metric), voice.value(voice.other_one, point.metric)
        a, b = voice.names
        noun = english.bare(voice.noun(point))
        return [
            voice.choice.pick(
                "closing.words",
                [
                    f"take {a} if {x} is the {noun} you want, {b} if it is {y}",
                    f"so it is {a} for {x} and {b} for {y}",
                ],
            )
        ]
    if not ours:
        return [f"with nothing else to go by, take the one of {a} and {b} that you already know"]
    if not theirs:
        condition = voice.if_you(ours[-1 if len(ours) < 3 else 1])
        return [
            voice.choice.pick(
                "closing.one",
                [
                    f"so take {a} if {condition}, and {b} only if you already use it",
                    f"if {condition}, that points to {a}; take {b} only if you already use it",
                ],
            )
        ]
    x, y = voice.if_you(ours[-1 if len(ours) < 3 else 1]), voice.if_you(theirs[0])
    return [
        voice.choice.pick(
            "closing.two",
            [
                f"so take {a} if {x}, and {b} if {y}",
                f"if {x}, that points to {a}; if {y}, to {b}",
                f"in short, {a} suits you if {x}, {b} if {y}",
                f"decide by your own case: {a} if {x}, {b} if {y}",
            ],
        )
    ]
