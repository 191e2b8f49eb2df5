"""Against: a number that sets one entity against another, with its subject, comparand, metric and direction."""

from __future__ import annotations

from dataclasses import replace

from flows.check.discourse import Scene
from flows.check.forms.context import (
    FormContext,
    Slant,
    changing,
    comparand_after,
    comparands_for,
    negated,
    slant_at,
    subjects_for,
)
from flows.check.forms.gap_words import AHEAD, GAP_WORDS, SAVES
from flows.check.items import Item
from flows.check.link import metrics_for
from flows.check.stated import Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from schemas.quantity import Kind


def slant_before(scene: Scene, at: int) -> Slant | None:
    """ "faster by about 20 %", "costs less, by $300", "beats it by three seconds"."""
    items = scene.line.items
    back = (items[at].hedge_from if items[at].hedge_from >= 0 else at) - 1
    while back >= 0 and items[back].low in ("a", "an", "about", "the", "only", "just"):
        back -= 1
    if back < 0 or items[back].low not in ("by", "of"):
        return None
    if items[back].low == "of" and scene.line.low(back - 1) not in ("factor", "margin", "magnitude"):
        return None
    for position in range(back - 1, max(-1, back - 12), -1):
        if items[position].low in (";", "—", "while", "but"):
            return None
        slant = slant_at(items, position)
        if slant is not None and slant.degree in ("comparative", "superlative"):
            return slant
        graded = items[position].graded
        if graded is not None and graded.degree == "verb":
            return Slant(position, position, graded.meaning.sign, graded.meaning.classes, "verb", graded.base)
        if items[position].low in AHEAD and items[position].low not in (
            "over",
            "under",
            "back",
            "off",
            "clear",
            "short",
        ):
            return Slant(position, position, AHEAD[items[position].low], frozenset({"any"}), "comparative", "")  # type: ignore[arg-type]  # the table holds signs only
        if items[position].low in SAVES:
            return Slant(position, position, SAVES[items[position].low], frozenset({"any"}), "verb", "")  # type: ignore[arg-type]  # the table holds signs only
    return None


def set_against(
    scene: Scene,
    at: int,
    ctx: FormContext,
    form: Form,
    stated: Stated,
    relation: str,
    sign: object,
    classes: frozenset[str] | None,
    start: int,
    end: int,
    last: int,
) -> TypedClaim:
    """A claim about two entities: subject, comparand and metric are linked, the phrase is covered."""
    items = scene.line.items
    subjects, weak = subjects_for(scene, at, ctx)
    subjects = _apart(scene, at, subjects)
    comparands = comparands_for(
        scene, at, ctx, subjects, after=at, of=relation in ("of", "within", "good", "gap"), pick=True
    )
    comparands = _that(scene, at, ctx, subjects, comparands)
    operands = (
        _figures_before(scene, at, stated, form, relation) if not (comparands and comparands[0].cost == 0.0) else ()
    )
    unit_of_difference = stated if form is Form.DIFFERENCE else figure_after(scene, at)
    metrics = metrics_for(scene, at, ctx.compiled, stated=unit_of_difference, classes=classes, reach=(last, last + 4))
    metrics = tuple(choice for choice in metrics if ctx.compiled.metrics[choice.metric].numeric)
    if sign in ("better", "worse"):
        metrics = tuple(choice for choice in metrics if ctx.compiled.metrics[choice.metric].sign) or metrics
        lowest = min((choice.cost for choice in metrics), default=0.0)
        metrics = tuple(MetricChoice(choice.metric, choice.cost - lowest, choice.why) for choice in metrics)
    if comparands and comparands[0].why == "the value before" and scene.linked:
        carried = max((place, metric) for place, metric in scene.linked)[1]
        metrics = (MetricChoice(carried, 0.0, "the value before"),)
    against = (
        _metric_named_after(scene, at, last, ctx)
        if relation == "of" and (not comparands or comparands[0].cost > 0.05)
        else ()
    )
    if against and scene.linked:
        carried = max((place, metric) for place, metric in scene.linked)[1]
        metrics = (
            MetricChoice(carried, 0.0, "the value before"),
            *(
                MetricChoice(choice.metric, choice.cost + 0.6, choice.why)
                for choice in metrics
                if choice.metric != carried
            ),
        )
    for position in range(at, last + 1):
        items[position].covered = True
    if comparands and comparands[0].cost <= 0.15:
        scene.comparand = comparands[0].entities
    than = _than(items, last)
    for position in range(last, than + 1):
        items[position].covered = True
    final = sign if sign in ("up", "down", "better", "worse") else None
    return TypedClaim(
        form,
        start,
        end,
        subjects=subjects,
        comparands=comparands,
        metrics=metrics,
        stated=stated,
        sign=final,  # type: ignore[arg-type]  # narrowed by the line above
        relation=relation,
        positive=not negated(items, items[at].hedge_from if items[at].hedge_from >= 0 else at, 3),
        lenient=weak,
        items=(at, last + 1),
        against_metrics=against,
        operands=operands,
        change=not against and (changing(items, at) or relation == "gap") and comparand_after(scene, at) is None,
    )


def _figures_before(scene: Scene, at: int, stated: Stated, form: Form, relation: str) -> tuple[Stated, ...]:
    """ "from 29 mpg to 32.2 mpg, an improvement of 11 %": the two figures right before a gap, of one unit, in the sentence."""
    items = scene.line.items
    words = [items[k].low for k in range(max(0, at - 5), min(len(items), at + 5)) if items[k].text.islower()]
    gap = relation == "gap" or any(word in GAP_WORDS for word in words)
    if not gap or (form is Form.DIFFERENCE and stated.quantity.unit in (None, "1", "ratio")):
        return ()
    found: list[Stated] = []
    for position in range(at - 1, -1, -1):
        earlier = items[position].stated
        if items[position].kind != "n" or earlier is None or earlier.is_range:
            continue
        if earlier.quantity.unit in ("ratio", "percent", "pp") or earlier.quantity.kind is Kind.DATE:
            if earlier.quantity.kind is Kind.DATE or earlier.exact:
                continue
            break
        if found and (earlier.quantity.unit or "1") != (found[0].quantity.unit or "1"):
            if (
                "1" in (earlier.quantity.unit or "1", found[0].quantity.unit or "1")
                and found[0].quantity.unit in (None, "1")
                and earlier.quantity.written_low
                and earlier.quantity.low is not None
            ):
                scale = earlier.quantity.low / earlier.quantity.written_low
                found[0] = replace(found[0], low=found[0].low * scale, high=found[0].high * scale)
            else:
                break
        found.append(earlier)
        if len(found) == 2:
            between = [items[k].low for k in range(position, at)]
            return tuple(found) if not any(word in (";", "but", "while", "whereas") for word in between) else ()
    return ()


def figure_after(scene: Scene, at: int) -> Stated | None:
    """ "roughly twice Redis's 190K": the figure after the name says in which unit the two are compared."""
    items = scene.line.items
    for position in range(at + 1, min(len(items), at + 7)):
        if (
            items[position].kind == "n"
            and items[position].stated is not None
            and position >= 2
            and items[position - 1].low in ("'s", "'")
            and items[position - 2].kind == "e"
        ):
            return items[position].stated
        if items[position].kind == "p" and items[position].low not in "'":
            return None
    return None


def _metric_named_after(scene: Scene, at: int, last: int, ctx: FormContext) -> tuple[MetricChoice, ...]:
    """ "less than a third of the single-threaded rate": the same thing in another metric."""
    items = scene.line.items
    words = [
        k
        for k in range(last + 1, min(len(items), last + 7))
        if items[k].kind == "w" and items[k].concept in ctx.compiled.by_concept
    ]
    if (
        len(ctx.compiled.metrics) < 2
        or not words
        or scene.line.low(at + 1) not in ("of", "the", "its")
        or any(
            items[k].kind in ("p", "n") or (items[k].kind == "e" and items[k].low != "its")
            for k in range(at + 1, words[0])
        )
    ):
        return ()
    if (
        scene.line.low(at + 1) == "the"
        and scene.line.low(at + 2) != "of"
        and "of" not in [items[k].low for k in range(at + 1, words[0])]
    ):
        return ()
    found = metrics_for(scene, words[0], ctx.compiled, reach=(words[0], words[-1] + 1))
    return tuple(choice for choice in found if choice.cost <= 0.4 and ctx.compiled.metrics[choice.metric].numeric)


def _apart(scene: Scene, at: int, subjects: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return subjects


def _that(
    scene: Scene, at: int, ctx: FormContext, subjects: tuple[Choice, ...], comparands: tuple[Choice, ...]
) -> tuple[Choice, ...]:
    """ "58 % of that", "halves that": what the last value of the text belonged to."""
    words = [item.low for item in scene.line.items[at + 1 : at + 4]]
    last = scene.extra.get("last_value") or (
        scene.previous.extra.get("last_value") if scene.previous is not None else None
    )
    if "that" not in words or not isinstance(last, tuple) or not last or (comparands and comparands[0].cost == 0.0):
        return comparands
    return (Choice(last, 0.02, "the value before"), *comparands)


def _than(items: list[Item], last: int) -> int:
    for position in range(last, min(len(items), last + 6)):
        if items[position].low == "than":
            return position
        if items[position].kind in ("p", "n"):
            break
    return last
