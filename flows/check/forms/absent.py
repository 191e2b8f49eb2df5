"""Absent: a denial of what the facts know by a figure ("no USB-C"), which a figure above zero contradicts."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.clauses import advice_clause
from flows.check.forms.context import FormContext
from flows.check.forms.having import subjects_of
from flows.check.items import Item, cover
from flows.check.sheet import Cell, MetricCard
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

#: With any "n't", the words that may say that something is not there.
DENYING = frozenset({"no", "without", "lacks", "never", "not"})


def no_figure(scene: Scene, ctx: FormContext, first: int, last: int) -> Iterator[TypedClaim]:
    """ "no USB-C": the thing is known by a figure; no figure says nothing, a figure above zero says that it is there."""
    items = scene.line.items
    for at in range(first, last - 1):
        if items[at].low not in DENYING and not items[at].low.endswith("n't"):
            continue
        never = _never(items, at)
        if (
            (items[at].low not in ("no", "without", "lacks") and not never)
            or advice_clause(scene, at)
            or any(item.kind == "n" for item in items[at:last])
        ):
            continue
        after_denial = at + 1
        while after_denial < last - 1 and (
            items[after_denial].low in ("a", "an", "any", "single", "had", "been")
            or (never and not items[after_denial].concept)
        ):
            after_denial += 1
        for card in ctx.compiled.metrics:
            size = _named_metric(items, after_denial, last, card)
            size += after_denial - at - 1 if size else 0
            if (
                not (card.numeric or card.is_date)
                or card.hidden
                or not size
                or items[at + 1].covered
                or items[at + 1].graded is not None
            ):
                continue
            end = at + size
            while end < last - 1 and items[end + 1].kind == "p" and items[end + 1].low == "-":
                end += 2
            after = scene.line.low(end + 1)
            if after not in ("", ",", ".", ";", "at", "and", "or", ")", "!", "but"):
                continue
            subjects, _ = subjects_of(scene, ctx, first, last, [at])
            if not subjects:
                continue
            cells = [cell for entity in subjects[0].entities for cell in ctx.compiled.cell(entity, card.number)]
            if not cells:
                fixed, reason = Label.UNVERIFIABLE, "no figure is no statement that there is none"
            elif all(cell.low == 0 or cell.truth is False for cell in cells) or _told_apart(
                items[at + size].low, cells, card, ctx
            ):
                fixed, reason = Label.SUPPORTED, ""
            elif any(cell.low is not None and cell.low > 0 for cell in cells):
                fixed, reason = Label.CONTRADICTED, f"the fact says {cells[0].raw[:60]}"
            else:
                continue
            cover(items, at, end)
            yield _claim(items, at, end, cells, fixed, reason)
            break
        else:
            yield from _nothing_counted(scene, ctx, (first, last), at, after_denial)


def _nothing_counted(
    scene: Scene, ctx: FormContext, segment: tuple[int, int], at: int, noun: int
) -> Iterator[TypedClaim]:
    """ "without allocations", where columns count them: all that the words leave must be zero, or all above it."""
    items, line = scene.line.items, scene.line
    concept = items[noun].concept
    if noun >= segment[1] or not concept or items[noun].covered or items[noun].graded is not None:
        return
    if line.low(noun + 1) not in (
        "",
        ",",
        ".",
        ";",
        "at",
        "for",
        "in",
        "on",
        "and",
        "or",
        ")",
        "!",
        "but",
        "per",
        "when",
    ):
        return
    cards = [
        card
        for card in ctx.compiled.metrics
        if card.numeric and not card.hidden and concept in card.weights and _counts(card, concept, ctx)
    ]
    said = {items[k].concept for k in range(*segment) if k != noun and len(items[k].concept) > _SHORT}
    told = [sum(any(word.startswith(each) for each in said) for word in card.weights) for card in cards]
    cards = [card for card, much in zip(cards, told, strict=True) if much == max(told)]
    subjects, _ = subjects_of(scene, ctx, *segment, [at])
    if not cards or not subjects:
        return
    rows = [
        [cell for card in cards for cell in ctx.compiled.cell(entity, card.number) if cell.low is not None]
        for entity in subjects[0].entities
    ]
    cells = [cell for row in rows for cell in row]
    if not all(rows) or any(cell.disputed for cell in cells):
        return
    some = [any(cell.low for cell in row) for row in rows]
    if any(some) and any(not all(cell.low for cell in row) for row, one in zip(rows, some, strict=True) if one):
        # One of its columns has some and another none: the words do not say which is meant.
        return
    cover(items, at, noun)
    if any(some):
        reason = f"the fact says {next(cell.raw for cell in cells if cell.low)[:60]}"
        yield _claim(items, at, noun, cells, Label.CONTRADICTED, reason)
    else:
        yield _claim(items, at, noun, cells, Label.SUPPORTED)


def _claim(items: list[Item], first: int, last: int, cells: list[Cell], label: Label, reason: str = "") -> TypedClaim:
    """That there is nothing of what the items name, as these cells decide it."""
    return TypedClaim(
        Form.CAPABILITY,
        items[first].start,
        items[last].end,
        fixed=label,
        facts=tuple(cell.fact for cell in cells),
        shown="; ".join(cell.raw[:60] for cell in cells),
        reason=reason,
        items=(first, last + 1),
    )


#: A word that has to begin another one must be longer than this.
_SHORT = 3


def _counts(card: MetricCard, concept: str, ctx: FormContext) -> bool:
    """Whether the noun is what the metric counts: its unit says so. Of others ("no price") none is not zero."""
    unit = (card.metric.unit or "").split("/")[0]
    return ctx.compiled.lexicon.concept(unit.lower()) == concept


def _named_metric(items: list[Item], first: int, last: int, card: MetricCard) -> int:
    """How many items from item `first` on name the metric: a whole name or alias, with other words of the metric before it."""
    run: list[str] = []
    at = first
    while at < last and at < first + 6 and (items[at].kind == "p" or items[at].concept in card.weights):
        if items[at].kind == "p" and items[at].low not in "-/":
            break
        if items[at].kind != "p":
            run.append(items[at].concept)
        at += 1
        if any(tuple(run[-len(phrase) :]) == phrase for phrase in card.phrases):
            return at - first
    return 0


def _told_apart(low: str, cells: list[Cell], card: MetricCard, ctx: FormContext) -> bool:
    """ "without HBM": the word stands in cells of others and in none of these."""
    others = [
        cell.raw.lower()
        for entity in range(ctx.compiled.entity_count)
        for cell in ctx.compiled.cell(entity, card.number)
        if cell not in cells
    ]
    return any(low in raw for raw in others) and not any(low in cell.raw.lower() for cell in cells)


def _never(items: list[Item], at: int) -> bool:
    """ "has never had a", "doesn't have any": a verb of having, denied, at item `at`."""
    low = items[at].low
    following = items[at + 1].low if at + 1 < len(items) else ""
    return (low == "never" and following in ("had", "got", "offered", "has", "been")) or (
        (low.endswith("n't") or low == "not") and following in ("have", "had", "offer", "come")
    )
