"""The listed parts: when to choose which, the key differences, pros and cons."""

from __future__ import annotations

from flows.draft.builtin import english
from flows.draft.builtin.choice import Choice
from flows.draft.builtin.content import Content, Point, PointKind
from flows.draft.builtin.pairs import pair, ratio
from flows.draft.builtin.plans import Shape, is_price
from flows.draft.builtin.voice import Voice
from schemas.catalogue import Direction
from schemas.drafts import Block

#: Points that a list takes at most.
_CONDITIONS = 3
#: Conditions that a side has at least, be it that what it has is enough.
_FEWEST = 2
_DIFFERENCES = 6
_LISTED = 4
#: Groups of metrics about a thing's standing: nobody needs more stars or releases than there are.
_STANDING = frozenset({"ecosystem", "maturity", "popularity"})


def conditions(voice: Voice, shape: Shape) -> tuple[Block, ...]:
    """choose.<a>, choose.<b> and choose.neither, in the order of the page's entities."""
    blocks = []
    for entity in (voice.one, voice.other_one):
        points = shape.ours if entity == shape.first else shape.theirs
        texts = [_condition(voice, entity, point) for point in points[:_CONDITIONS]]
        if len(texts) < _FEWEST:
            texts += _fallback(voice, entity, shape)[: _FEWEST - len(texts)]
        if texts:
            blocks.append(Block(name=f"choose.{entity}", sentences=tuple(voice.sentence(text) for text in texts)))
    neither = _neither(voice, shape)
    if neither:
        blocks.append(Block(name="choose.neither", sentences=tuple(voice.sentence(text) for text in neither)))
    return tuple(blocks)


def _condition(voice: Voice, entity: str, point: Point) -> str:
    name = voice.name(entity)
    condition = voice.if_you(point)
    if point.kind is PointKind.NUMBER and not point.metric.wording.matters:
        # The condition has said the noun: figures alone follow it.
        x, y = (voice.ref(one, point.metric) for one in (entity, voice.rival(entity)))
        figures = f"{x}, against {y} for {voice.name(voice.rival(entity))}"
        return voice.choice.pick(
            "condition.figures",
            [f"choose {name} if {condition}: {figures}", f"{name} fits if {condition}: {figures}"],
        )
    if point.kind is PointKind.CAPABILITY:
        reason = pair(voice, point, "condition", inner=True, named=entity)
    else:
        rival = voice.rival(entity)
        value = voice.ref(rival, point.metric)
        reason = voice.choice.pick(
            "condition.reason",
            [
                f"{voice.states(entity, point.metric, 'condition', 'it')}, against {value} for {voice.name(rival)}"
                if not voice.spelled(point.metric)
                else None,
                voice.states(entity, point.metric, "condition", "it"),
                pair(voice, point, "condition", lead=entity, inner=True, named=entity)
                if not voice.spelled(point.metric)
                else None,
            ],
        )
    return voice.choice.pick(
        f"condition.{entity}",
        [
            f"choose {name} if {condition}: {reason}",
            f"pick {name} when {condition}; {reason}",
            f"{name} fits if {condition}: {reason}",
            f"take {name} if {condition}, since {reason}",
        ],
    )


def _fallback(voice: Voice, entity: str, shape: Shape) -> list[str]:
    """Conditions for a side that leads on little: that what it has is enough for the reader."""
    rival = shape.theirs if entity == shape.first else shape.ours
    metrics = [p for p in (*rival, *voice.content.level) if p.kind is PointKind.NUMBER][:2]
    name = voice.name(entity)
    texts = []
    for point in metrics:
        value = voice.amount(entity, point.metric)
        many = voice.counts(entity, point.metric)
        high = point.metric.direction is Direction.HIGHER
        texts.append(
            voice.choice.pick(
                "fallback",
                [
                    f"choose {name} if you need no more than {value}" if high and _firm(voice, entity, point) else None,
                    f"stay with {name} if {value} {'are' if many else 'is'} enough for you" if high else None,
                    f"stay with {name} if you can live with {value}" if not high else None,
                    f"{name} fits if {value} {'are' if many else 'is'} all you ask for" if high else None,
                    f"{name} fits if {value} {'are' if many else 'is'} within your limits" if not high else None,
                ],
            )
        )
    for point in voice.content.differences[:2]:
        if len(texts) < 2:
            noun = voice.noun(point)
            texts.append(
                f"choose {name} if its {noun}, {voice.value(entity, point.metric)}, {english.verb_for(noun, 'suits', 'suit')} you"
            )
    return texts


def _firm(voice: Voice, entity: str, point: Point) -> bool:
    """Whether the value is no bound itself: nobody needs no more than up to 640 GB/s."""
    quantity = voice.fact(entity, point.metric).quantity
    return quantity is not None and quantity.bound is None


def _neither(voice: Voice, shape: Shape) -> list[str]:
    one, other = voice.name(voice.one), voice.name(voice.other_one)
    texts = []
    needed = [metric for metric in voice.content.neither if metric.direction is not Direction.LOWER]
    for metric in needed[:2]:
        thing, predicate = voice.thing(metric), voice.predicate(metric)
        texts.append(
            voice.choice.pick(
                "neither.capability",
                [
                    f"look elsewhere if you need {thing}: neither {one} nor {other} has {english.pronoun(thing)}"
                    if not predicate
                    else None,
                    f"choose neither if {thing} {english.verb_for(thing)} a must, as neither {one} nor {other} has {english.pronoun(thing)}"
                    if not predicate
                    else None,
                    f"neither {one} nor {other} {predicate}, so look elsewhere if you need that" if predicate else None,
                ],
            )
        )
    figures = [p for p in (*shape.ours, *shape.theirs) if p.kind is PointKind.NUMBER and _can_fall_short(voice, p)]
    # One limit is enough: a second one reads like a form that was filled in.
    for point in figures[: 1 if len(texts) < 2 else 0]:
        best = voice.amount(point.winner or voice.one, point.metric)
        many = voice.counts(point.winner or voice.one, point.metric)
        enough = "not enough" if point.metric.direction is Direction.HIGHER else "still too much"
        falls = f"{'are' if many else 'is'} {enough}"
        texts.append(
            voice.choice.pick(
                "neither.figure",
                [
                    f"look beyond both if {best} {falls} for you",
                    f"look further if {best} {falls} for what you do",
                    f"leave both aside if {best} {falls}",
                    f"look past the pair if {best} {falls} in your case",
                ],
            )
        )
    return texts or [
        f"look further if your choice turns on something that this page does not compare for {one} and {other}"
    ]


def _can_fall_short(voice: Voice, point: Point) -> bool:
    """Whether a reader could find the better figure wanting: nobody finds zero too much."""
    if point.winner is None or point.metric.group in _STANDING:
        return False
    # Short of a high figure, or over a budget, is where readers end up; nobody leaves for a smaller download.
    if point.metric.direction is not Direction.HIGHER and not is_price(point.metric):
        return False
    quantity = voice.fact(point.winner, point.metric).quantity
    return quantity is not None and bool(quantity.low)


def differences(voice: Voice) -> tuple[Block, ...]:
    """difference.<metric> for the heaviest points: both values, and for whom they matter where no condition said it."""
    blocks = []
    apart = [point for point in voice.content.points if not voice.equal(point) and point not in voice.content.level]
    told = {point for entity in (voice.one, voice.other_one) for point in voice.content.of(entity)[:_CONDITIONS]}
    # The first figure that one side wins says so; on the others the figures may speak for themselves.
    heaviest = next((point for point in apart if point.kind is PointKind.NUMBER and point.winner), None)
    for point in apart[:_DIFFERENCES]:
        texts = [pair(voice, point, "difference", ahead=point is heaviest)]
        big = ratio(voice, point)
        shows_ratio = f"{point.metric.id}.ratio" in texts[0]
        if big and not shows_ratio and voice.is_wide(point):
            texts.append(big)
        elif point.metric.wording.matters and point not in told:
            texts.append(_matters(voice, point))
        blocks.append(
            Block(name=f"difference.{point.metric.id}", sentences=tuple(voice.sentence(text) for text in texts))
        )
    return tuple(blocks)


def _matters(voice: Voice, point: Point) -> str:
    """For whom a difference matters: a reason for the side it speaks for, where it speaks for one."""
    condition = voice.if_you(point)
    if point.winner is None:
        return voice.choice.pick("matters", [f"that matters if {condition}", f"it matters if {condition}"])
    name = voice.name(point.winner)
    return voice.choice.pick(
        "matters.side",
        [f"if {condition}, that speaks for {name}", f"that is another point for {name} if {condition}"],
    )


def pros_and_cons(content: Content) -> tuple[Block, ...]:
    """pros.<entity> and cons.<entity>: about that entity alone, worded by it alone, so that pages can share them."""
    blocks = []
    for entity in (content.sheet.entities[0].id, content.sheet.entities[1].id):
        voice = Voice(content, Choice(entity))
        better = content.of(entity)
        worse = content.of(voice.rival(entity))
        for part, points in (("pros", better), ("cons", worse)):
            texts = [_listed(voice, entity, point) for point in points[:_LISTED]]
            if texts:
                blocks.append(Block(name=f"{part}.{entity}", sentences=tuple(voice.sentence(text) for text in texts)))
    return tuple(blocks)


def _listed(voice: Voice, entity: str, point: Point) -> str:
    metric, noun = point.metric, voice.noun(point)
    if point.kind is PointKind.CAPABILITY:
        return voice.capability(entity, metric, "").strip()
    value = voice.value(entity, metric)
    verb = voice.verb(entity, metric)
    if verb and voice.counts(entity, metric):
        return f"{verb} {value}"
    return voice.choice.pick(
        "listed",
        [
            f"{verb.removeprefix('was ')} {value}" if verb and voice.tells(metric) else None,
            f"{noun} of {value}" if point.kind is PointKind.NUMBER else None,
            f"{noun}: {value}",
        ],
    )
