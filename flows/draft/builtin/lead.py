"""Short answer and verdict: the first sentence names a choice, the others say on what it rests."""

from __future__ import annotations

from flows.draft.builtin import english
from flows.draft.builtin.content import Point, PointKind
from flows.draft.builtin.pairs import pair, ratio
from flows.draft.builtin.plans import Plan, Shape
from flows.draft.builtin.voice import Voice
from schemas.drafts import Block, Sentence


def lead(voice: Voice, shape: Shape) -> tuple[Block, ...]:
    """The blocks short_answer and verdict. Names are full in the first, and may be short from then on."""
    points = _support_points(voice, shape)
    short_answer = Block(
        name="short_answer", sentences=_sentences(voice, [_choice(voice, shape), *_support(voice, shape, points)])
    )
    # A capability plan names its first point in the choice itself.
    said = {point.metric.id for point in (*points, *(shape.ours[:1] if shape.plan is Plan.CAPABILITY else ()))}
    voice.brief = True
    return short_answer, Block(name="verdict", sentences=_sentences(voice, _verdict(voice, shape, said)))


def _sentences(voice: Voice, texts: list[str]) -> tuple[Sentence, ...]:
    return tuple(voice.sentence(text) for text in texts)


def _nouns(voice: Voice, points: tuple[Point, ...], at_most: int = 2) -> str:
    return english.listing([voice.argument(point) for point in points[:at_most]])


def _choice(voice: Voice, shape: Shape) -> str:
    """The first sentence."""
    pick = voice.choice.pick
    a, b = voice.name(shape.first), voice.name(shape.second)
    ours, theirs = shape.ours, shape.theirs
    n = _nouns(voice, ours)
    m = _nouns(voice, theirs)
    match shape.plan:
        case Plan.SWEEP:
            most = _nouns(voice, ours, 3)
            return pick(
                "choice.sweep",
                [
                    f"choose {a}: it beats {b} on {most}",
                    f"{a} is the one to pick, ahead of {b} on {most}",
                    f"take {a} over {b}; it leads on {most}",
                    f"pick {a}, which comes out ahead of {b} on {most}",
                ],
            )
        case Plan.GAP:
            top = ours[0]
            big = ratio(voice, top)
            return pick(
                "choice.gap",
                [
                    f"choose {a} if {voice.if_you(top)}: {big}" if big else None,
                    f"pick {a} for its {voice.noun(top)}: {pair(voice, top, 'gap', inner=True)}",
                    f"{a} is the choice if {voice.if_you(top)}, because {big}" if big else None,
                    f"take {a} when {voice.if_you(top)}; {big}" if big else None,
                ],
            )
        case Plan.PRICE:
            return pick(
                "choice.price",
                [
                    f"choose {a} for the lower {voice.noun(ours[0])}, {b} for {m}",
                    f"pick {a} for its {voice.noun(ours[0])} and {b} for {m}",
                    f"{a} is the choice on {voice.noun(ours[0])}, {b} on {m}",
                    f"take {a} if {voice.if_you(ours[0])}, {b} if {voice.if_you(theirs[0])}",
                ],
            )
        case Plan.CAPABILITY:
            top = ours[0]
            return pick(
                "choice.capability",
                [
                    f"choose {a} if {voice.if_you(top)}: {pair(voice, top, 'choice', inner=True)}",
                    f"pick {a} when {voice.if_you(top)}; {pair(voice, top, 'choice', inner=True)}",
                ],
            )
        case Plan.TRADE | Plan.SPLIT:
            x, y = ours[0], theirs[0]
            # "for warranty and range, and Model 3 for cargo volume": a list before "and" needs the comma.
            both = ", and" if " and " in n else " and"
            return pick(
                f"choice.{shape.plan}",
                [
                    f"choose {a} for {n}{both} {b} for {m}",
                    f"pick {a} if {voice.if_you(x)}, {b} if {voice.if_you(y)}",
                    f"{a} is the choice for {n}, {b} for {m}",
                    f"take {a} when {voice.if_you(x)}; take {b} when {voice.if_you(y)}",
                    f"go with {a} if {voice.if_you(x)}, and with {b} if {voice.if_you(y)}",
                ],
            )
        case Plan.LEAN:
            return pick(
                "choice.lean",
                [
                    f"choose {a} unless {voice.if_you(theirs[0])}",
                    f"pick {a} for {_nouns(voice, ours, 3)}, and {b} only for {_nouns(voice, theirs, 1)}",
                    f"{a} is the choice on {_nouns(voice, ours, 3)}; {b} is the one to take if {voice.if_you(theirs[0])}",
                    f"take {a}, unless {_nouns(voice, theirs, 1)} {english.verb_for(_nouns(voice, theirs, 1))} what you care about",
                ],
            )
        case Plan.WORDS:
            top = voice.content.differences[0]
            noun = voice.noun(top)
            return pick(
                "choice.words",
                [
                    f"choose between {voice.name(voice.one)} and {voice.name(voice.other_one)} by {noun}",
                    f"let {noun} make the choice between {voice.name(voice.one)} and {voice.name(voice.other_one)}",
                ],
            )
        case Plan.TIE:
            if not ours:
                return f"choose {a} or {b} by price and taste: on {_level_nouns(voice)} the two are close"
            return pick(
                "choice.tie",
                [
                    f"lean to {a} for {n}, but do not expect much between the two",
                    f"choose {a} for {n} if nothing else decides between it and {b}",
                    f"pick {a} for {n}; otherwise it and {b} run close",
                ],
            )
        case Plan.SPARSE:
            if not ours:
                return f"choose {a} or {b} by what you know of them: hardly anything here can be compared"
            return pick(
                "choice.sparse",
                [
                    f"lean to {a} for {n}",
                    f"choose {a} if {voice.if_you(ours[0])}",
                ],
            )


def _level_nouns(voice: Voice) -> str:
    return english.listing([voice.noun(point) for point in voice.content.level[:2]])


def _support_points(voice: Voice, shape: Shape) -> tuple[Point, ...]:
    """What the choice rests on, of both sides where both have something."""
    ours, theirs = shape.ours, shape.theirs
    match shape.plan:
        case Plan.WORDS:
            points = voice.content.differences[:2]
        case Plan.GAP:
            points = (*theirs[:1], *ours[1:2])[:1]
        case Plan.CAPABILITY:
            points = (*ours[1:2], *theirs[:1])
        case _:
            points = (*ours[:1], *theirs[:1]) if theirs else ours[:2]
    return points or voice.content.level[:2]


def _support(voice: Voice, shape: Shape, points: tuple[Point, ...]) -> list[str]:
    """One or two sentences under the choice: the figures it rests on."""
    if len(points) == 2 and shape.theirs and shape.plan is not Plan.WORDS:
        one, other = (pair(voice, point, "support", inner=True) for point in points)
        simple = not any(word in f"{one} {other}" for word in (" while ", ", but ", " where "))
        joint = voice.choice.pick(
            "support.joint",
            ["while" if simple else None, "; " if simple else None, "in turn,", "on the other hand,", "alone"],
        )
        if joint == "while":
            return [f"{one}, while {other}"]
        if joint == "; ":
            return [f"{one}; {other}"]
        return [one, other if joint == "alone" else f"{joint} {other}"]
    return [pair(voice, point, "support") for point in points]


def _verdict(voice: Voice, shape: Shape, said: set[str]) -> list[str]:
    """Three to five sentences that repeat those of the short answer only where there is nothing else to say."""
    out = [*_first_side(voice, shape, said), *_second_side(voice, shape)]
    if shape.plan is Plan.TIE or not shape.theirs:
        out += [_close(voice, point) for point in voice.content.level[: 2 if len(shape.ours) < 2 else 1]]
    words = voice.content.differences[2:5] if shape.plan is Plan.WORDS else voice.content.differences[:1]
    if len(out) < 4:
        out += [pair(voice, point, "verdict") for point in words]
    return [*out, _closing(voice, shape)]


def _first_side(voice: Voice, shape: Shape, said: set[str]) -> list[str]:
    """What speaks for the first side: how wide its first point is, or what the short answer had no room for."""
    if not shape.ours:
        return []
    top, name = shape.ours[0], voice.name(shape.first)
    near = ratio(voice, top, shape.first) if shape.plan is not Plan.GAP else None
    fresh = [point for point in shape.ours if point.metric.id not in said and point is not top]
    if near:
        noun = voice.argument(top)
        options = [
            f"what {name} has to offer is {noun}: {near}",
            f"the case for {name} is plain: {near}",
            f"{ratio(voice, top)}, and that is the first reason to take {name}",
            f"the first reason to take {name}: {near}",
            f"{noun} {english.verb_for(noun, 'speaks', 'speak')} for {name}: {near}",
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
    if point.kind is not PointKind.NUMBER:
        return pair(voice, point, "verdict", inner=True)
    rival = voice.rival(entity)
    mine = voice.states(entity, point.metric, "favour", "it")
    return f"{mine}, against {voice.ref(rival, point.metric)} for {voice.name(rival)}"


def _first_reason(voice: Voice, top: Point, name: str) -> str:
    noun = voice.argument(top)
    # A capability is named by its sentence: before it the noun would be said twice.
    figure = top.kind is not PointKind.CAPABILITY
    reason = pair(voice, top, "verdict", inner=True, said=figure)
    return voice.choice.pick(
        "verdict.first",
        [
            f"what {name} has to offer is {noun}: {reason}" if figure else None,
            f"the case for {name} starts with {noun}: {reason}" if figure else None,
            f"{noun} {english.verb_for(noun)} the first reason to take {name}: {reason}" if figure else None,
            f"start with {noun}: {reason}" if figure else None,
            f"{name} makes its case with {noun}: {reason}" if figure else None,
            f"look at {noun} first: {reason}" if figure else None,
            f"the case for {name} is plain: {reason}",
            f"the first reason to take {name}: {reason}",
        ],
    )


def _more(voice: Voice, point: Point) -> str:
    """A second argument for a side."""
    more = pair(voice, point, "verdict", inner=True)
    noun = voice.argument(point)
    then = (
        f"then there {english.verb_for(noun)} {noun}: {pair(voice, point, 'then', inner=True, said=True)}"
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
        options = [
            f"{name} answers with {noun}: {near}",
            f"{name} has an argument of its own: {near}",
            f"{name} has {noun} on its side: {near}",
            f"against that, {ratio(voice, point)}",
            f"do not write {name} off, though: {near}",
        ]
        return [voice.choice.pick("verdict.second.ratio", options)]
    reason = pair(voice, point, "verdict", inner=True)
    figure = point.kind is not PointKind.CAPABILITY
    said = pair(voice, point, "verdict.said", inner=True, said=True) if figure else ""
    ways = [
        f"{name} answers with {noun}: {said}" if figure else None,
        f"on the other side, {reason}",
        f"{name} has {noun} on its side: {said}" if figure else None,
        f"{name} has an argument of its own: {reason}",
        f"weigh that against {noun}: {said}" if figure else None,
        f"do not write {name} off, though: {reason}",
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


def _closing(voice: Voice, shape: Shape) -> str:
    """The last sentence: a condition for each side."""
    a, b = voice.name(shape.first), voice.name(shape.second)
    ours, theirs = shape.ours, shape.theirs
    if not ours and voice.content.differences:
        point = voice.content.differences[0]
        x, y = voice.value(voice.one, point.metric), voice.value(voice.other_one, point.metric)
        a, b = voice.names
        noun = english.bare(voice.noun(point))
        return voice.choice.pick(
            "closing.words",
            [
                f"take {a} if {x} is the {noun} you want, {b} if it is {y}",
                f"so it is {a} for {x} and {b} for {y}",
            ],
        )
    if not ours:
        return f"with nothing else to go by, take the one of {a} and {b} that you already know"
    if not theirs:
        return voice.choice.pick(
            "closing.one",
            [
                f"{b} remains an option if you already use it",
                f"stay with {b} only if a switch is not worth the trouble to you",
                f"if you already work with {b}, weigh that against the cost of a switch",
            ],
        )
    x, y = voice.if_you(ours[-1 if len(ours) < 3 else 1]), voice.if_you(theirs[0])
    return voice.choice.pick(
        "closing.two",
        [
            f"so take {a} if {x}, and {b} if {y}",
            f"if {x}, that points to {a}; if {y}, to {b}",
            f"in short, {a} suits you if {x}, {b} if {y}",
            f"decide by your own case: {a} if {x}, {b} if {y}",
        ],
    )
