"""Likeness: "as fast as X", "not as quiet as X", "costs as much as X", "nearly as large as X's"."""

from __future__ import annotations

from dataclasses import replace

from flows.check.discourse import Mention, Scene
from flows.check.forms.clauses import advice_clause, denied
from flows.check.forms.context import FormContext
from flows.check.forms.measures import NAMED, quality_nouns, slant_metrics, unfit
from flows.check.forms.sides import comparand_after, comparands_for, subjects_for
from flows.check.forms.slants import Slant
from flows.check.items import cover
from flows.check.lexicon.model import OPPOSITE, Sign
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim

_AMOUNTS: dict[str, Sign] = {"much": "up", "many": "up", "little": "down", "few": "down"}
_ANY = frozenset({"any"})
#: How many words for the measure may stand before the second "as": "as much cargo space as X".
_NOUNS = 3
_ENDS = frozenset(["", ".", ",", ";", ")", "and", "but", "on", "in", "at", "for"])
_EXACTLY = frozenset(["exactly", "precisely"])
_NEARLY = frozenset(["nearly", "almost", "practically", "virtually"])
#: Words between a verb or a denial and "as".
_ADVERBS = _EXACTLY | _NEARLY | frozenset("just quite also still about roughly even equally every bit at least".split())
#: Whoever has what is as long or lasts as long: elsewhere "as long as" is a condition.
_BEING = frozenset("is are was were be being been lasts last lasted takes take took runs run ran not n't isn't".split())


def read_as(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """The likeness that begins with the "as" at item `at`; a denied one is an order."""
    items, line = scene.line.items, scene.line
    slant = _slant(scene, at, ctx)
    if slant is None or line.kind(at - 1) == "n" or line.low(at - 1) in ("times", "half", "twice"):
        return None
    back = at - 1
    while line.low(back) in _ADVERBS:
        back -= 1
    if items[slant.first].covered and line.low(back) not in _BEING:
        return None
    second = next((k for k in range(slant.last + 1, slant.last + 2 + _NOUNS) if line.low(k) == "as"), None)
    denying = line.low(back) in ("not", "n't") or line.low(back).endswith("n't") or denied(scene, at)
    named = _named(scene, second) if second is not None else None
    if named is None and not (
        second is None and line.low(slant.last + 1) in _ENDS and (denying or line.low(at - 1) == "just")
    ):
        return None
    if advice_clause(scene, at):
        return None
    subjects, weak = subjects_for(scene, at, ctx)
    metrics = _metrics(scene, slant, ctx)
    if not subjects or not metrics or unfit(scene, slant.first, ctx, slant.classes, metrics):
        return None
    last = named.at if named is not None else slant.last
    cover(items, at, last)
    comparands = (
        (Choice(named.entities, 0.0, "named after"),) if named is not None else comparands_for(scene, at, ctx, subjects)
    )
    if named is not None:
        scene.comparand = named.entities
    before = {item.low for item in items[back + 1 : at]}
    claim = TypedClaim(
        Form.SAME,
        items[at].start,
        items[last].end,
        subjects=subjects,
        comparands=comparands,
        metrics=metrics,
        relation="exact" if before & _EXACTLY else "",
        lenient=weak,
        items=(at, last + 1),
    )
    order = replace(claim, form=Form.COMPARISON, relation="", sign=slant.sign)
    if denying:
        return replace(order, sign=OPPOSITE[slant.sign])
    if "least" in before:
        return replace(order, sign=OPPOSITE[slant.sign], positive=False)
    if before & _NEARLY:
        claim.readings = (replace(order, sign=OPPOSITE[slant.sign], degree="slightly"),)
    return claim


def _slant(scene: Scene, at: int, ctx: FormContext) -> Slant | None:
    items = scene.line.items
    if at + 1 >= len(items) or items[at + 1].kind != "w":
        return None
    item = items[at + 1]
    if item.low in _AMOUNTS:
        return Slant(at + 1, at + 1, _AMOUNTS[item.low], _ANY, "comparative", item.low)
    if item.graded is not None:
        if item.degree != "positive":
            return None
        meaning = item.graded.meaning
        return Slant(at + 1, at + 1, meaning.sign, meaning.classes, "comparative", item.graded.base, meaning.main)
    return Slant(at + 1, at + 1, "up", _ANY, "comparative", item.low) if _qualities(item.low, ctx) else None


def _qualities(word: str, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """ "as punctual as": the metrics that the quality is called after."""
    concepts = (ctx.compiled.lexicon.concept(noun) for noun in quality_nouns(word))
    numbers = (number for concept in concepts for number in ctx.compiled.by_concept.get(concept, ()))
    return tuple(MetricChoice(number, 0.0, NAMED) for number in numbers if ctx.compiled.metrics[number].numeric)


def _metrics(scene: Scene, slant: Slant, ctx: FormContext) -> tuple[MetricChoice, ...]:
    if scene.line.items[slant.first].graded is None and slant.base not in _AMOUNTS:
        return _qualities(slant.base, ctx)
    return slant_metrics(scene, slant, ctx)


def _named(scene: Scene, second: int) -> Mention | None:
    """Whom the second "as" names, directly behind it."""
    named = comparand_after(scene, second)
    first = next((mention for mention in scene.mentions if mention.at > second), None)
    if named is None or first is None:
        return None
    between = scene.line.items[second + 1 : first.at]
    return named if len(between) < _NOUNS and all(item.kind == "w" for item in between) else None
