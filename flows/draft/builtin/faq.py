"""Questions that a reader would ask, answered from the facts."""

from __future__ import annotations

from flows.draft.builtin import english
from flows.draft.builtin.content import CLOSE, Point, PointKind
from flows.draft.builtin.pairs import pair, ratio
from flows.draft.builtin.plans import Shape
from flows.draft.builtin.voice import Voice
from schemas.catalogue import Direction, Metric
from schemas.drafts import Block

_AT_MOST = 6
_AT_LEAST = 3


def faqs(voice: Voice, shape: Shape) -> tuple[Block, ...]:
    """faq.<n>.question and faq.<n>.answer, three to six of them where the facts allow."""
    found: list[tuple[str, list[str]]] = []
    ranked = sorted(voice.content.points, key=lambda p: (p.metric.wording.question is None, -p.weight))
    for point in ranked[:4]:
        found.append(_asked(voice, point))
    if shape.theirs and shape.ours:
        found.append(_when(voice, shape))
    for metric in voice.content.both[:1]:
        found.append(_shared(voice, metric, has=True))
    for metric in voice.content.neither[:1]:
        found.append(_shared(voice, metric, has=False))
    for point in ranked[4:]:
        if len(found) < _AT_LEAST:
            found.append(_asked(voice, point))
    for entity, metric in voice.content.alone:
        if len(found) < _AT_LEAST + 1 and voice.fact(entity.id, metric).quantity is not None:
            found.append(_alone(voice, entity.id, metric))
    blocks: list[Block] = []
    for number, (question, answer) in enumerate(found[:_AT_MOST], start=1):
        blocks.append(Block(name=f"faq.{number}.question", sentences=(voice.sentence(question),)))
        blocks.append(Block(name=f"faq.{number}.answer", sentences=tuple(voice.sentence(text) for text in answer)))
    return tuple(blocks)


def _asks(voice: Voice, metric: Metric) -> str | None:
    """The metric's own question with the names in it; replaced, not formatted, since names and wording are data."""
    question = metric.wording.question
    if not question:
        return None
    return question.replace("{a}", voice.full_name(voice.one)).replace("{b}", voice.full_name(voice.other_one))


def _asked(voice: Voice, point: Point) -> tuple[str, list[str]]:
    question = _question(voice, point)
    return question, _answer(voice, point, question)


def _question(voice: Voice, point: Point) -> str:
    one, other = voice.full_name(voice.one), voice.full_name(voice.other_one)
    noun = voice.noun(point)
    own = _asks(voice, point.metric)
    if own:
        return own
    match point.kind:
        case PointKind.CAPABILITY:
            have = voice.plural(voice.predicate(point.metric) or f"has {voice.thing(point)}")
            return f"Do {one} and {other} both {have}?"
        case PointKind.DATE:
            return f"When was the {noun} of {one} and {other}?"
        case PointKind.DIFFERENCE:
            return f"How do {one} and {other} differ on {noun}?"
        case PointKind.NUMBER:
            more = "more" if english.is_plural(noun) else "the higher"
            return voice.choice.pick(
                "question",
                [
                    f"Which has {more} {noun}, {one} or {other}?",
                    f"How do {one} and {other} compare on {noun}?",
                    f"What is the difference in {noun} between {one} and {other}?",
                ],
            )


def _answer(voice: Voice, point: Point, question: str) -> list[str]:
    best = point.winner or point.larger
    if point.kind is PointKind.DATE:
        return [_direct(voice, point, question) or pair(voice, point, "answer", lead=best)]
    if point.winner is None and point.kind is PointKind.NUMBER and point.metric.direction is not Direction.NEUTRAL:
        return [_undecided(voice, point)]
    direct = _direct(voice, point, question)
    answer = voice.choice.pick("direct", [direct, pair(voice, point, "answer", lead=best), direct])
    texts = [answer]
    big = ratio(voice, point)
    if big and f"{point.metric.id}.ratio" not in answer:
        texts.append(big)
    if point.winner and point.metric.wording.matters:
        name = voice.name(point.winner)
        texts.append(
            voice.choice.pick(
                "so",
                [
                    f"if you {point.metric.wording.matters}, that is a reason to take {name}",
                    f"that favours {name} if you {point.metric.wording.matters}",
                    f"if you {point.metric.wording.matters}, start with {name}",
                ],
            )
        )
    return texts


def _undecided(voice: Voice, point: Point) -> str:
    """An answer to "which ...?" where the figures name nobody."""
    said = pair(voice, point, "undecided", inner=True)
    if voice.equal(point):
        return f"there is no difference: {said}"
    return f"the two are close: {said}" if (point.ratio or CLOSE) < CLOSE else said


def _when(voice: Voice, shape: Shape) -> tuple[str, list[str]]:
    """When the side that the page does not lean to is the one to take."""
    name, full = voice.name(shape.second), voice.full_name(shape.second)
    points = shape.theirs[:2]
    question = voice.choice.pick(
        "when",
        [
            f"When is {full} the better choice?",
            f"Who should pick {full} over {voice.full_name(shape.first)}?",
            f"What does {full} have over {voice.full_name(shape.first)}?",
        ],
    )
    conditions = [f"if {voice.if_you(point)}" for point in points]
    # "if you sing or dance, or if you play": an "or" of its own needs the comma.
    last = ", or " if " or " in conditions[0] else " or "
    return question, [f"take {name} {last.join(conditions)}", *(pair(voice, point, "when") for point in points)]


def _direct(voice: Voice, point: Point, question: str) -> str | None:
    """An answer to "which ...?" that opens with the name."""
    metric = point.metric
    if point.kind is PointKind.DATE:
        first = _dated(point, question, voice)
        if first is None:
            return None
        name, rival = voice.name(first), voice.name(voice.rival(first))
        x, y = voice.ref(first, metric), voice.ref(voice.rival(first), metric)
        verb, other = voice.verb(first, metric), voice.verb(voice.rival(first), metric)
        if verb is None or other is None:
            return f"{name}, whose {voice.noun(point)} dates from {x}; {voice.their(voice.rival(first))} dates from {y}"
        opening = f"{name}, {verb.removeprefix('was ')} {x}" if verb.startswith("was ") else f"{name}, which {verb} {x}"
        if first != point.larger:
            return f"{opening}; {rival} followed {english.preposition(other)}{y}"
        return f"{opening}; {rival} came before it, {english.preposition(other)}{y}"
    if point.kind is not PointKind.NUMBER or point.winner is None or not question.startswith("Which"):
        return None
    name, rival = voice.name(point.winner), voice.name(voice.rival(point.winner))
    x, y = voice.ref(point.winner, metric), voice.ref(voice.rival(point.winner), metric)
    noun, counted = voice.noun(point), voice.counts(point.winner, metric)
    verb = metric.wording.verb if counted or voice.tells(metric) else None
    does = _auxiliary(question)
    return voice.choice.pick(
        "direct.form",
        [
            f"{name} {does}: its {noun} {english.verb_for(noun)} {x}, against {y} for {rival}" if not counted else None,
            f"{name} {does}: it {verb} {x}, against {y} for {rival}" if verb and not counted else None,
            f"{name} {does}, with {voice.amount(point.winner, metric)}, against {y} for {rival}"
            if counted or not verb
            else None,
        ],
    )


def _auxiliary(question: str) -> str:
    """What answers "which ...?" beside a name: "Which is faster, ...?" - "Flask is", "Which needs less ...?" - "Flask does"."""
    verb = question.split()[1]
    return verb if verb in {"is", "was", "can", "will"} else "does"


def _dated(point: Point, question: str, voice: Voice) -> str | None:
    """Whom a question about dates asks for, by its words: the later one or the earlier one."""
    if point.larger is None or not question.startswith("Which"):
        return None
    if any(word in question for word in ("newer", "recent", "later", "latest")):
        return point.larger
    if any(word in question for word in ("older", "first", "earlier", "longer")):
        return voice.rival(point.larger)
    return None


def _shared(voice: Voice, metric: Metric, *, has: bool) -> tuple[str, list[str]]:
    one, other = voice.names
    have = voice.plural(voice.predicate(metric) or f"has {voice.thing(metric)}")
    question = _asks(voice, metric) or f"Do {voice.full_name(voice.one)} and {voice.full_name(voice.other_one)} {have}?"
    answer = (
        f"both {one} and {other} {have}"
        if has
        else f"neither {one} nor {other} {voice.predicate(metric) or f'has {voice.thing(metric)}'}"
    )
    return question, [answer]


def _alone(voice: Voice, entity: str, metric: Metric) -> tuple[str, list[str]]:
    noun = voice.noun(metric)
    question = f"What is known of the {noun} of {voice.full_name(entity)}?"
    return question, [voice.states(entity, metric, "alone")]
