"""Places told by an ordinal, where a column holds them: "finished seventh", "took eighth", "is third overall", "climbed to fourth".

Beside such a column the word is the value of a cell; without one it is a rank among the things compared (see `ranks`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flows.check.discourse import Scene
from flows.check.forms.clauses import advice_clause, denied
from flows.check.forms.context import FormContext
from flows.check.forms.ordinals import PLACES, read_place
from flows.check.forms.sides import subjects_for
from flows.check.items import cover
from flows.check.lexicon.tenses import in_any_tense
from flows.check.sheet import Compiled
from flows.check.spoken import occurrences
from flows.check.stated import Hedge, Stated
from flows.check.typed import Form, MetricChoice, TypedClaim
from flows.check.words import stem
from flows.quantities import parse_cell

_NAMED = dict(
    zip(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        range(1, 21),
        strict=True,
    )
)
_SHORT = {f"{n}{'th' if n // 10 == 1 else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}": n for n in range(1, 100)}
ORDINALS = _NAMED | _SHORT
WORDS = frozenset(ORDINALS)

_VERBS = in_any_tense("come finish rank is are place stand sit lie end remain stay go run take claim settle".split())
_MOVES = in_any_tense("climb drop slip move rise fall jump".split())
_BETWEEN = frozenset("only also even still again dead a close just now joint".split())
#: What may stand behind the ordinal: no noun that it could count.
_ENDS = frozenset(
    [
        "",
        *",.;:()",
        *"and but at with in on for behind ahead after while there here overall to despite although".split(),
    ]
)
_SPOTS = frozenset(["place", "position", "spot"])
#: What a column of places may be called.
_PLACING = frozenset(["rank", "place", "position", "standing", "placing", "finish"])
#: What may stand before that without making it another column.
_FINAL = frozenset(stem(word) for word in ("final", "overall", "current", "league"))


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """A claim for each ordinal that says in which place somebody is."""
    items = scene.line.items
    metrics = placing(scene, ctx.compiled)
    if not metrics:
        return
    for at, item in enumerate(items):
        if item.covered or item.low not in ORDINALS or not _is_place(scene, at) or advice_clause(scene, at):
            continue
        subjects, weak = subjects_for(scene, at, ctx)
        if not subjects or len(subjects[0].entities) != 1:
            continue
        rank = read_place(scene, at, ctx) if item.low in PLACES else None
        cover(items, at, at)
        number = parse_cell(str(ORDINALS[item.low]))
        value = number.low
        if value is None:
            continue
        claim = TypedClaim(
            Form.ABSOLUTE,
            item.start,
            item.end,
            subjects=subjects,
            metrics=metrics,
            stated=Stated(number, value, value, value / value, Hedge.PLAIN, exact=True),
            positive=not denied(scene, at),
            lenient=weak,
            items=(at, at + 1),
        )
        if rank is not None and (told := tuple(one for one in rank.metrics if one.why.startswith("word"))):
            # "third in the sprint classification": a place by what the clause names.
            claim.readings = (replace(rank, metrics=told),)
        yield claim


def placing(scene: Scene, compiled: Compiled) -> tuple[MetricChoice, ...]:
    """The columns of places: the plain one, and those of a longer name ("place on the stage") whose other words are said."""
    concepts = _concepts(compiled)
    plain, longer = [], []
    for card in compiled.metrics:
        if not card.numeric or card.unit not in (None, "1") or card.sign > 0:
            continue
        for phrase in card.phrases:
            others = set(phrase) - concepts
            if len(others) == len(phrase):
                continue
            if not others or others <= _FINAL:
                plain.append(MetricChoice(card.number, 0.0, "a place"))
            elif not others.isdisjoint(occurrences(scene)):
                longer.append(MetricChoice(card.number, 0.0, "a place"))
    return tuple(dict.fromkeys((*plain, *longer))) if plain else ()


def _concepts(compiled: Compiled) -> frozenset[str]:
    return frozenset(compiled.lexicon.concept(word) for word in _PLACING)


def _is_place(scene: Scene, at: int) -> bool:
    line = scene.line
    spot = line.low(at + 1) in _SPOTS
    if not spot and line.low(at + 1) not in _ENDS:
        return False
    back = at - 1
    while line.low(back) in _BETWEEN:
        back -= 1
    before = line.low(back)
    if before in _VERBS:
        return True
    if before == "in":
        return spot
    if before == "to":
        return any(item.low in _MOVES for item in line.items[max(0, back - 4) : back])
    return line.kind(at - 1) == "e" and at - 1 in scene.by_at
