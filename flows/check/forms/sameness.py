"""Sameness: "identical", "the same as X", "ties with X"."""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.forms.clauses import advice_clause, denied
from flows.check.forms.context import FormContext
from flows.check.forms.gap_words import NOUN_CLASSES
from flows.check.forms.measures import is_universal, order_metrics
from flows.check.forms.numbers import figure_after
from flows.check.forms.sides import comparand_after, comparands_for, next_in_clause, subjects_for
from flows.check.items import cover
from flows.check.link import metrics_for
from flows.check.spoken import named_strength
from flows.check.typed import Choice, Form, TypedClaim

#: How far the one that a sameness does not name may be: two figures are hardly the same by chance.
_SOMEBODY = 0.45
#: What may be the same without any value being so.
_PATTERNS = frozenset("order picture story ranking pattern trend tale result verdict".split())


def _any_of(found: tuple[Choice, ...], subject: tuple[int, ...], ctx: FormContext) -> tuple[Choice, ...]:
    """ "X costs the same": as somebody spoken of before, whoever that was."""
    known = {choice.entities for choice in found}
    return (
        *found,
        *(
            Choice((entity,), _SOMEBODY, "one of the others")
            for entity in ctx.compiled.peers(subject[0])
            if entity not in subject and (entity,) not in known
        ),
    )


def read_same(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    low = items[at].low
    if low in (
        "similar",
        "similarly",
        "level",
        "comparable",
        "alike",
        "draw",
        "match",
        "equal",
        "matches",
        "equals",
        "tie",
    ) and advice_clause(scene, at):
        return None
    if (
        low == "same"
        and scene.line.low(at + 1)
        in ("time", "way", "thing", "goes", "story", "file", "test", "machine", "price", "year")
        and not order_metrics(scene, at, ctx, frozenset({"any"}), at)
    ):
        return None
    if low == "draw" and scene.line.low(at - 1) not in ("a", "to", "end", "dead"):
        # "power draw", "draw less": what a thing takes from the wall.
        return None
    if low == "level" and scene.line.low(at - 1) not in (
        "is",
        "are",
        "not",
        "aren't",
        "isn't",
        "dead",
        "draw",
        "drawn",
    ):
        return None
    if (
        low == "same"
        and not any(item.concept in ctx.compiled.by_concept for item in items[at + 1 : at + 4])
        and scene.line.low(at + 1) not in ("as", ",", ".", "for", "on", "at", "")
    ):
        return None
    if (
        low == "similar"
        and scene.line.low(at + 1) not in ("to", ",", ".", "in", "on", "for", "at")
        and items[min(at + 1, len(items) - 1)].concept not in ctx.compiled.by_concept
    ):
        return None
    if low in ("same",) and scene.line.low(at - 1) not in ("the", "exactly", "this", "that"):
        return None
    if low == "same" and any(scene.line.low(k) in _PATTERNS for k in range(max(0, at - 4), at)):
        # "On the large set the order is the same": of no one value.
        cover(items, at, at)
        return None
    subjects, weak = subjects_for(scene, at, ctx)
    if not subjects:
        return None
    named = comparand_after(scene, at) or (
        next_in_clause(scene, at) if scene.line.low(at + 1) in ("as", "to") else None
    )
    if low in ("tie", "tied") and scene.line.low(at + 1) in ("behind", "ahead") and len(subjects[0].entities) > 1:
        # "B and C tie behind it": with one another.
        named = None
    # "for the same money"
    classes = NOUN_CLASSES.get(scene.line.low(at + 1))
    classes = classes if classes is not None and not classes.isdisjoint(ctx.compiled.numeric_classes) else None
    metrics = metrics_for(
        scene, at, ctx.compiled, stated=figure_after(scene, at), reach=(at + 1, at + 4), classes=classes
    )
    if named_strength(scene, at, ctx.compiled) < 0.3 and scene.previous is None:
        return None
    main = subjects[0]
    if (
        low == "same"
        and named is None
        and len(main.entities) < 2
        and scene.line.low(at - 1) == "the"
        and scene.line.low(at - 2) in ("on", "with", "under", "from", "using")
    ):
        # "on the same machine": a setting that all share.
        return None
    exact = low in ("identical", "same", "equal", "equals", "tie", "ties", "tied") and not any(
        scene.line.low(k)
        in (
            "about",
            "almost",
            "nearly",
            "roughly",
            "practically",
            "virtually",
            "much",
            "essentially",
            "basically",
            "broadly",
            "more",
        )
        for k in range(at - 3, at)
    )
    if (
        named is None
        and len(main.entities) < 2
        and low in ("same", "identical", "tie", "tied", "equal", "alike", "level", "draw")
    ):
        comparands = comparands_for(scene, at, ctx, subjects)
        if not is_universal(scene, at, at):
            comparands = _any_of(comparands, main.entities, ctx)
    elif named is not None:
        comparands = (Choice(named.entities, 0.0, "named after"),)
    else:
        comparands = ()
        if len(main.entities) < 2:
            return None
    cover(items, at, at)
    return TypedClaim(
        Form.SAME,
        items[at].start,
        items[named.at].end if named is not None else items[at].end,
        subjects=subjects,
        comparands=comparands,
        metrics=metrics,
        positive=not denied(scene, at),
        relation="exact" if exact else "",
        lenient=weak,
        items=(at, at + 1),
    )
