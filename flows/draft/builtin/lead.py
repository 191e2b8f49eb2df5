"""Short answer and verdict: the first sentence names a choice, the others say on what it rests."""

from __future__ import annotations

from flows.draft.builtin import english
from flows.draft.builtin.content import Point, PointKind
from flows.draft.builtin.pairs import degree, pair, ratio
from flows.draft.builtin.plans import Plan, Shape
from flows.draft.builtin.verdict import verdict
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
    return short_answer, Block(name="verdict", sentences=_sentences(voice, verdict(voice, shape, said)))


def _sentences(voice: Voice, texts: list[str]) -> tuple[Sentence, ...]:
    return tuple(voice.sentence(text) for text in texts)


def _nouns(voice: Voice, points: tuple[Point, ...], at_most: int = 2) -> str:
    return english.listing([voice.argument(point) for point in _apart(voice, points)[:at_most]])


def _apart(voice: Voice, points: tuple[Point, ...]) -> list[Point]:
    """The points without those that are a kind of one before: after "folded cargo volume", "cargo volume" is no news."""
    kept: list[tuple[set[str], Point]] = []
    for point in points:
        words = set(voice.argument(point).lower().split())
        if not any(words <= other or other <= words for other, _ in kept):
            kept.append((words, point))
    return [point for _, point in kept]


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
                    f"pick {a} for its {voice.noun(top)}: {pair(voice, top, 'gap', inner=True, said=True, named=shape.first)}",
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
                    f"choose {a} if {voice.if_you(top)}: {pair(voice, top, 'choice', inner=True, named=shape.first)}",
                    f"pick {a} when {voice.if_you(top)}; {pair(voice, top, 'choice', inner=True, named=shape.first)}",
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
                    f"take {a}, or {b} if {voice.if_you(theirs[0])}",
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
            its = f"its {_comparative(voice, ours[0])}"
            return pick(
                "choice.tie",
                [
                    f"lean to {a} for {its}, but do not expect much between it and {b}",
                    f"little separates {a} and {b}: choose {a} for {its}",
                    f"pick {a} for {its}; otherwise it and {b} run close",
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


def _comparative(voice: Voice, point: Point) -> str:
    """ "larger cargo volume", or the noun alone where no comparative goes with it."""
    better = degree(voice, point, point.winner) if point.kind is PointKind.NUMBER and point.winner else None
    return f"{better} {voice.noun(point)}" if better else voice.noun(point)


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
        simple = not any(word in f"{one} {other}" for word in (" while ", ", but ", " where ", ", and ", ", which "))
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
