"""Numbers: what a stated number is: a value, a ratio, a percent, a difference, a count of the things compared, a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from flows.check.discourse import SUBJECT, TOPIC, Scene
from flows.check.forms.context import (
    FormContext,
    Slant,
    advice_clause,
    changing,
    comparand_after,
    comparands_for,
    negated,
    slant_at,
    subjects_for,
)
from flows.check.items import Item
from flows.check.lexicon.model import Sign
from flows.check.link import is_money, metrics_for, occurrences, owners, unit_fit
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from flows.quantities import parse_cell
from schemas.checking import Label
from schemas.quantity import Kind

_GAP = frozenset(
    [
        "gap",
        "difference",
        "lead",
        "advantage",
        "margin",
        "edge",
        "apart",
        "distance",
        "deficit",
        "spread",
        "improvement",
        "increase",
        "reduction",
        "saving",
        "savings",
        "premium",
        "discount",
        "drop",
        "gain",
        "penalty",
        "speedup",
        "boost",
        "jump",
        "hike",
        "surcharge",
        "cut",
        "decrease",
        "decline",
        "cheaper",
    ]
)
_GAP_SIGN = {
    "premium": "up",
    "surcharge": "up",
    "increase": "up",
    "hike": "up",
    "discount": "down",
    "reduction": "down",
    "drop": "down",
    "cut": "down",
    "decrease": "down",
    "saving": "down",
    "savings": "down",
    "improvement": "better",
    "speedup": "better",
    "lead": "better",
    "advantage": "better",
    "edge": "better",
    "boost": "better",
    "gain": "better",
    "penalty": "worse",
    "deficit": "worse",
}
_AHEAD = {
    "ahead": "better",
    "behind": "worse",
    "clear": "better",
    "short": "worse",
    "adrift": "worse",
    "back": "worse",
    "above": "up",
    "below": "down",
    "extra": "up",
    "additional": "up",
    "over": "up",
    "under": "down",
    "off": "worse",
    "beyond": "up",
}
_SAVES = {
    "saves": "down",
    "save": "down",
    "saving": "down",
    "saved": "down",
    "adds": "up",
    "add": "up",
    "shaves": "down",
    "cuts": "down",
    "cut": "down",
    "cutting": "down",
    "gains": "up",
    "loses": "down",
    "trims": "down",
    "knocks": "down",
    "reduces": "down",
    "drops": "down",
    "lowers": "down",
    "raises": "up",
    "increases": "up",
    "falls": "down",
    "rises": "up",
    "shrinks": "down",
    "grows": "up",
    "slows": "worse",
    "speeds": "better",
    "improves": "better",
}
_NUMBERED = frozenset(
    [
        "level",
        "tier",
        "version",
        "phase",
        "step",
        "page",
        "chapter",
        "type",
        "class",
        "grade",
        "gen",
        "generation",
        "series",
        "part",
        "section",
        "python",
        "java",
        "figure",
        "option",
        "number",
        "no",
        "appendix",
        "wave",
        "mark",
        "mk",
        "route",
        "windows",
        "android",
        "ios",
    ]
)
_SCOPE_WORDS = frozenset(["of", "the", "all", "these", "those", "our", "its", "other", "every", "among"])
_POSITIVE_AS = frozenset(
    [
        "many",
        "much",
        "fast",
        "quick",
        "long",
        "large",
        "big",
        "high",
        "heavy",
        "expensive",
        "costly",
        "slow",
        "often",
        "far",
        "deep",
        "wide",
        "tall",
        "cheap",
        "light",
        "efficient",
        "good",
    ]
)


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """One claim for each number of the sentence that is no name, list mark or count of the things compared."""
    items = scene.line.items
    numbers = [at for at, item in enumerate(items) if item.kind == "n" and item.stated is not None]
    yield from _free(scene, ctx)
    assigned = _respectively(scene, numbers, ctx)
    for at in numbers:
        item = items[at]
        if item.covered or item.stated is None:
            continue
        claim = _claim(scene, at, ctx, assigned.get(at))
        if claim is not None:
            yield claim


def _free(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """ "Starter is free": a price of zero."""
    items = scene.line.items
    prices = tuple(
        MetricChoice(card.number, 0.0, "a price")
        for card in ctx.compiled.metrics
        if card.numeric and "price" in card.classes
    )
    if not prices:
        return
    for at, item in enumerate(items):
        nxt = scene.line.low(at + 1)
        if (
            item.covered
            or item.low != "free"
            or scene.line.low(at - 1) not in ("is", "are", "both", "completely", "entirely", "be")
            or nxt in ("of", "to", "from", "tier", "plan", "trial", "-")
            or advice_clause(scene, at)
        ):
            continue
        zero = parse_cell("0")
        found, weak = owners(scene, at, ctx.compiled)
        item.covered = True
        stated = Stated(zero, Decimal(0), Decimal(0), Decimal(0), Hedge.PLAIN, exact=True)
        yield TypedClaim(
            Form.ABSOLUTE,
            item.start,
            item.end,
            subjects=found,
            metrics=prices,
            stated=stated,
            lenient=weak,
            positive=not negated(items, at),
            items=(at, at + 1),
        )


def _claim(scene: Scene, at: int, ctx: FormContext, assigned: Choice | None) -> TypedClaim | None:
    items = scene.line.items
    item = items[at]
    stated = item.stated
    if stated is None:
        return None
    unit = stated.quantity.unit
    if unit != "ratio" and _in_context(items[at], stated, ctx):
        items[at].covered = True
        return None
    if unit in (None, "1") and stated.low < 1 and _FRACTION.search(item.low):
        unit = "ratio"
        stated = item.stated = replace(stated, quantity=replace(stated.quantity, unit="ratio"), word=True, exact=False)
    if unit in (None, "1") and scene.line.low(at - 1) == "of" and scene.line.low(at - 2) == "factor":
        start, end = span_of(items, at)
        return _against(scene, at, ctx, Form.RATIO, stated, "gap", None, None, start, end, at)
    if unit == "pp":
        start, end = span_of(items, at)
        items[at].covered = True
        slant = slant_at(items, at + 1)
        sign = slant.sign if slant is not None and slant.degree == "comparative" else _AHEAD.get(scene.line.low(at + 1))
        return _against(scene, at, ctx, Form.DIFFERENCE, stated, "", sign, None, start, end, at)
    if stated.quantity.kind is Kind.DATE:
        return _date(scene, at, ctx)
    if stated.quantity.kind is Kind.VERSION:
        return None
    if unit == "percent":
        return _percent(scene, at, ctx)
    if unit == "ratio":
        return _ratio(scene, at, ctx)
    if _exempt_count(scene, at, ctx):
        item.covered = True
        _note_count(scene, at, ctx)
        return None
    if _paired(scene, at):
        return _absolute(scene, at, ctx, assigned)
    asked = _answer(scene, at, ctx)
    if asked is not None:
        return asked
    difference = _difference(scene, at, ctx)
    if difference is not None:
        return difference
    if _is_year(stated, item) and any(card.is_date for card in ctx.compiled.metrics):
        dated = _date(scene, at, ctx)
        if dated is not None:
            return dated
    return _absolute(scene, at, ctx, assigned)


_FRACTION = re.compile(r"\b(?:half|halves|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b")


def span_of(items: list[Item], at: int) -> tuple[int, int]:
    """From the hedge to the end of the number with its unit."""
    first = items[at].hedge_from if items[at].hedge_from >= 0 else at
    last = max(at, min(items[at].hedge_to, len(items) - 1))
    return items[first].start, items[last].end


# Absolute values


def _in_context(item: Item, stated: Stated, ctx: FormContext) -> bool:
    """ "0 to 60 mph", "ten copies": a figure that names the conditions of a fact or the metric itself, not its value."""
    if stated.low != stated.high or not item.concept.isdigit():
        return False
    return (item.concept, stated.quantity.unit or "1") in ctx.compiled.conditions


def _absolute(scene: Scene, at: int, ctx: FormContext, assigned: Choice | None) -> TypedClaim | None:
    items = scene.line.items
    stated = items[at].stated
    assert stated is not None  # noqa: S101  # the caller looked
    start, end = span_of(items, at)
    found, weak = owners(scene, at, ctx.compiled)
    if assigned is not None:
        found, weak = (assigned,), False
    if _in_context(items[at], stated, ctx):
        items[at].covered = True
        return None
    metrics = metrics_for(scene, at, ctx.compiled, stated=stated, reach=_noun_reach(items, at))
    also = _with_unit_before(scene, at, stated)
    if also:
        more = metrics_for(scene, at, ctx.compiled, stated=also[0], reach=_noun_reach(items, at))
        known = {choice.metric for choice in metrics}
        metrics = (*metrics, *(choice for choice in more if choice.metric not in known))
    items[at].covered = True
    nobody = (subject := scene.subject_before(at)) is not None and subject.how in ("nobody", "neither")
    if _in_list(items, at):
        known_owners = {choice.entities for choice in found}
        found = (
            *found,
            *(
                Choice((entity,), 0.4, "one of a list")
                for entity in range(ctx.compiled.entity_count)
                if (entity,) not in known_owners
            ),
        )
    if _paired(scene, at):
        # "0.5 s versus 4 s": without names, either may be of either side.
        known_owners = {choice.entities for choice in found}
        found = (
            *found,
            *(
                Choice((entity,), 0.1, "one of the two sides")
                for entity in range(ctx.compiled.entity_count)
                if (entity,) not in known_owners
            ),
        )
    if _joined(scene, at):
        # "takes 2 GB and 3 GB": two values of one thing are of two metrics, in whichever order.
        metrics = tuple(replace(choice, cost=min(choice.cost, 0.1)) for choice in metrics)
    if nobody and subject is not None:
        found = (Choice(subject.entities, 0.0, "nobody else"),)
    return TypedClaim(
        Form.ABSOLUTE,
        start,
        end,
        subjects=found,
        metrics=metrics,
        stated=stated,
        also=also,
        positive=not nobody,
        lenient=weak,
        items=(at, at + 1),
        reason="" if metrics else "no metric has this unit",
    )


def _plain_number(scene: Scene, at: int) -> bool:
    items = scene.line.items
    return 0 <= at < len(items) and items[at].kind == "n" and items[at].unit not in (None, "percent", "ratio", "pp")


def _paired(scene: Scene, at: int) -> bool:
    """ "0.5 s versus 4 s": two figures set against each other, no name beside either."""
    if not _plain_number(scene, at):
        return False
    items = scene.line.items
    for first, second in ((at, at + 2), (at - 2, at)):
        if _plain_number(scene, first) and _plain_number(scene, second):
            named = any(items[k].kind == "e" for k in (first - 1, first - 2, second + 1) if 0 <= k < len(items))
            return items[first + 1].low in ("vs", "versus", "against") and not named
    return False


def _joined(scene: Scene, at: int) -> bool:
    """ "takes 2 GB and 3 GB": two figures of one kind in a row that end a clause."""
    items = scene.line.items
    for first, second in ((at, at + 2), (at - 2, at)):
        if (
            _plain_number(scene, first)
            and _plain_number(scene, second)
            and items[first + 1].low in ("and", "/")
            and scene.line.low(second + 1) in ("", ".", ",", ";")
            and scene.line.low(first - 1) not in (",", "and", "between", "from")
            and not any(item.low in ("respectively", "both") for item in items)
        ):
            subject = scene.subject_before(first)
            return subject is not None and len(subject.entities) == 1
    return False


def _in_list(items: list[Item], at: int) -> bool:
    """ "20, 40, 50 and 100 GB": one of three or more figures in a row."""

    def chained(first: int, last: int) -> bool:
        return last - first <= 3 and all(items[k].low in (",", "and", "or", "to") for k in range(first + 1, last))

    places = [k for k, item in enumerate(items) if item.kind == "n"]
    here = places.index(at)
    first = last = here
    while first > 0 and chained(places[first - 1], places[first]):
        first -= 1
    while last + 1 < len(places) and chained(places[last], places[last + 1]):
        last += 1
    return last - first >= 2


_SCALED = re.compile(r"\d\s?(k|m|b|thousand|million|billion)\b")


def _with_unit_before(scene: Scene, at: int, stated: Stated) -> tuple[Stated, ...]:
    """ "a little over two minutes, and FuseBox close to three": the unit of the number before, where this one has none."""
    if stated.quantity.unit not in (None, "1"):
        return ()
    items = scene.line.items
    following = next(
        (
            k
            for k in range(at + 1, min(len(items), at + 8))
            if items[k].kind == "n" and items[k].unit not in (None, "1")
        ),
        None,
    )
    if following is not None and _in_list(items, at):
        last = items[following].stated
        if last is not None and last.quantity.written_low and last.quantity.low is not None:
            scale = last.quantity.low / last.quantity.written_low
            return (
                replace(
                    stated,
                    quantity=replace(stated.quantity, unit=last.quantity.unit),
                    low=stated.low * scale,
                    high=stated.high * scale,
                    step=(stated.step or Decimal(1)) * scale,
                    exact=False,
                ),
            )
    for back in range(at - 1, -1, -1):
        earlier = items[back].stated
        if earlier is None:
            continue
        quantity = earlier.quantity
        scaled = _SCALED.search(items[back].low)
        if scaled is not None and quantity.unit in (None, "1") and stated.low < 1000:
            factor = {"k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "b": 10**9, "billion": 10**9}[
                scaled.group(1)
            ]
            return (
                replace(
                    stated,
                    low=stated.low * factor,
                    high=stated.high * factor,
                    step=(stated.step or Decimal(1)) * factor,
                    exact=False,
                ),
            )
        if quantity.unit in ("ratio", "percent"):
            continue
        if quantity.unit in (None, "1") or not quantity.written_low or quantity.low is None:
            return ()
        scale = quantity.low / quantity.written_low
        return (
            replace(
                stated,
                quantity=replace(stated.quantity, unit=quantity.unit),
                low=stated.low * scale,
                high=stated.high * scale,
                step=(stated.step or Decimal(1)) * scale,
                exact=False,
            ),
        )
    return ()


def _noun_reach(items: list[Item], at: int) -> tuple[int, int]:
    """The noun that directly follows a number: "8,500 related packages", "693 autofocus points"."""
    stop = at + 1
    while (
        stop < len(items)
        and stop <= at + 4
        and items[stop].kind == "w"
        and items[stop].low
        not in ("and", "or", "for", "while", "than", "but", "in", "on", "with", "to", "against", "at")
    ):
        stop += 1
    return at + 1, stop


def _exempt_count(scene: Scene, at: int, ctx: FormContext) -> bool:
    """Counts of the things compared ("the four", "two of the three", "one of"), list marks and digits inside words."""
    items = scene.line.items
    item = items[at]
    stated = item.stated
    if (
        stated is not None
        and scene.line.low(at - 1) == "all"
        and stated.low == stated.low.to_integral_value()
        and stated.quantity.written_low is not None
        and stated.quantity.written_low <= 20
    ):
        return True
    if (
        at + 1 < len(scene.line.items)
        and scene.line.kind(at + 1) == "e"
        and stated is not None
        and stated.low == len(items[at + 1].entities)
    ):
        return True
    if stated is None or stated.quantity.unit not in (None, "1") or not item.text[:1].isalnum():
        return False
    low = stated.low
    before, after = scene.line.low(at - 1), scene.line.low(at + 1)
    if low != low.to_integral_value():
        return False
    if item.text.lower() == "one" or before in _NUMBERED:
        return True
    if item.text.lower() == "one" and (
        after
        in (
            "of",
            "that",
            "with",
            "to",
            "is",
            "thing",
            "or",
            "which",
            "who",
            "in",
            "for",
            "more",
            "can",
            "another",
            ",",
            ".",
        )
        or before
        in (
            "the",
            "this",
            "that",
            "any",
            "every",
            "each",
            "no",
            "only",
            "which",
            "either",
            "another",
            "right",
            "first",
            "second",
            "last",
            "cheaper",
            "faster",
        )
    ):
        return True
    if (
        at + 2 < len(items)
        and items[at + 1].low in ".-_"
        and items[at + 1].start == item.end
        and items[at + 2].start == items[at + 1].end
        and items[at + 2].kind == "w"
    ):
        return True
    if before in ("all", "both") or (
        scene.line.low(at + 1) == "-" and scene.line.kind(at + 2) == "w" and items[at + 1].start == item.end
    ):
        return True
    if (
        before in ("with", "on", "at", "using", "to", "from", "of", "for")
        and item.concept in ctx.compiled.by_concept
        and scene.line.kind(at + 1) in ("p", "")
    ):
        # "slightly ahead with three": the number names a metric ("three steppers").
        return True
    if low > 60:
        return False
    following = items[at + 1].graded if at + 1 < len(items) else None
    if (
        before in ("the", "these", "those")
        and low <= ctx.compiled.entity_count
        and scene.line.kind(at + 1) == "w"
        and items[at + 1].concept not in ctx.compiled.by_concept
        and items[at + 1].concept not in ctx.compiled.by_value
        and following is None
    ):
        return True
    if (
        before in ("the", "these")
        and low <= ctx.compiled.entity_count
        and following is not None
        and following.degree in ("comparative", "positive")
        and scene.line.low(at + 2) != "than"
    ):
        # "the two cheaper kettles": which two is no statement about a value.
        items[at + 1].covered = True
        return True
    if (
        low == ctx.compiled.entity_count
        and before in ("are", "has", "compares", "covers", "lists")
        and scene.line.low(at - 2) in ("there", "table", "page", "comparison", "we", "it", "list")
    ):
        return True
    if (before == "the" and scene.line.low(at - 2) in ("of", "among")) or before in ("other", "remaining", "others"):
        return True
    if (
        low == ctx.compiled.entity_count
        and after
        and scene.line.kind(at + 1) == "w"
        and not any(
            items[k].concept in ctx.compiled.by_concept or items[k].concept in ctx.compiled.by_value
            for k in range(at + 1, min(at + 2, len(items)))
        )
    ):
        return True
    noun_counts = (
        after in ctx.compiled.class_nouns
        or scene.line.kind(at + 1) in ("p", "")
        or after
        in (
            "of",
            "are",
            "have",
            "is",
            "share",
            "to",
            "that",
            "with",
            "here",
            "on",
            "and",
            "all",
            "agree",
            "use",
            "support",
            "differ",
        )
    )
    if (
        before in ("the", "all", "these", "those", "both", "our", "other", "every", "top")
        and noun_counts
        and low <= ctx.compiled.entity_count
    ):
        if not any(
            items[k].concept in ctx.compiled.by_concept
            for k in range(at + 1, min(at + 3, len(items)))
            if items[k].kind == "w" and items[k].low not in ctx.compiled.class_nouns
        ):
            return True
        return before in ("the", "these", "those") and after in ctx.compiled.class_nouns
    if after in ("with", "have", "support", "offer", "lack", "include") and low <= ctx.compiled.entity_count:
        return True
    if after in ("of", "out") and scene.line.low(at + 2) in ("the", "them", "these", "of", "those"):
        return True
    if (
        after in ctx.compiled.class_nouns
        and low <= ctx.compiled.entity_count
        and after not in ("packages", "package")
        and items[at + 1].concept not in ctx.compiled.by_concept
    ):
        return True
    return before == "of" and scene.line.low(at - 2) in ("out", "one", "each", "any")


_COUNTED = frozenset(
    [
        "with",
        "have",
        "has",
        "support",
        "supports",
        "offer",
        "offers",
        "include",
        "includes",
        "use",
        "uses",
        "provide",
        "need",
        "needs",
        "require",
        "lack",
        "ship",
        "come",
        "do",
        "share",
        "run",
        "cost",
        "date",
    ]
)


def _note_count(scene: Scene, at: int, ctx: FormContext) -> None:
    """ "four with X", "two of the three offer Y": the claim that follows is about how many."""
    items = scene.line.items
    stated = items[at].stated
    before, after = scene.line.low(at - 1), scene.line.low(at + 1)
    if (
        stated is None
        or items[at].text.lower() in ("one", "1")
        or before in ("the", "all", "these", "other", "both", "of", "are", "every", "those")
    ):
        return
    if after in _COUNTED or (after == "of" and scene.line.low(at + 2) in ("the", "them", "these")):
        scene.extra["count"] = (at, int(stated.low))


def _is_year(stated: Stated, item: Item) -> bool:
    return (
        stated.quantity.unit in (None, "1")
        and stated.low == stated.high
        and 1900 <= stated.low <= 2100
        and stated.low == stated.low.to_integral_value()
        and "," not in item.text
        and len(item.text) == 4
    )


def _date(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    stated = items[at].stated
    if stated is None:
        return None
    year = (stated.quantity.date or "")[:4]
    value = Decimal(year) if year.isdigit() else stated.low
    hedge = stated.hedge
    for back in range(at - 1, max(-1, at - 4), -1):
        if items[back].low in ("since", "in", "from"):
            hedge = Hedge.PLAIN
        elif items[back].low == "before":
            hedge = Hedge.UNDER
        elif items[back].low == "after":
            hedge = Hedge.OVER
    found, weak = owners(scene, at, ctx.compiled)
    if year and any(
        year in f"{cell.raw} {cell.context}"
        for choice in found[:2]
        for entity in choice.entities
        for _, metric in scene.linked
        for cell in ctx.compiled.cell(entity, metric)
    ):
        # "23,500 positions in 2025" where the cell itself says 2025: part of that claim.
        items[at].covered = True
        return None
    metrics = metrics_for(scene, at, ctx.compiled, stated=None, dates=True)
    if not metrics:
        if stated.quantity.kind is not Kind.DATE:
            return None
        return TypedClaim(
            Form.DATE, *span_of(items, at), fixed=Label.UNVERIFIABLE, reason="no fact holds a date", items=(at, at + 1)
        )
    items[at].covered = True
    exact = Stated(
        stated.quantity, value, value, Decimal(1) if hedge is not Hedge.PLAIN else Decimal(0), hedge, exact=True
    )
    return TypedClaim(
        Form.DATE, *span_of(items, at), subjects=found, metrics=metrics, stated=exact, lenient=weak, items=(at, at + 1)
    )


# Ratios


def _ratio(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    stated = items[at].stated
    assert stated is not None  # noqa: S101  # the caller looked
    nxt = at + 1
    while (
        nxt < len(items)
        and items[nxt].low in ("times", "x", "×", "-", "fold", "the", "as", "or", "so", "much", "a", "even")
        and nxt <= at + 3
    ):
        if items[nxt].low in ("the", "as", "much"):
            break
        nxt += 1
    low = scene.line.low(nxt)
    slant = slant_at(items, nxt)
    relation, sign, classes, last = "", None, None, at
    if slant is not None and slant.degree == "comparative":
        relation, sign, classes, last = "times", slant.sign, slant.classes, slant.last
        if stated.high < 1:
            # "a quarter less": a part of the comparand's value, as a percent is.
            part = Stated(
                stated.quantity, stated.low * 100, stated.high * 100, stated.step * 100, stated.hedge, word=True
            )
            start, _ = span_of(items, at)
            how = "speed" if slant.base in ("fast", "quick", "slow", "good", "bad", "efficient") else "signed"
            return _against(
                scene,
                at,
                ctx,
                Form.PERCENT,
                part,
                how,
                slant.sign,
                slant.classes,
                start,
                items[slant.last].end,
                slant.last,
            )
    elif low == "as":
        word = slant_at(items, nxt + 1)
        relation, sign, last = "of", "up", nxt + 1
        if word is not None and items[nxt + 1].low not in ("many", "much"):
            sign, classes = word.sign, word.classes
            relation = "good" if sign in ("better", "worse") else "of"
            if sign in ("down",):
                relation = "good"
    elif (
        low in ("the", "that", "what", "of", "its", "their")
        or items[at].text.lower() in ("twice", "double", "half", "triple")
        or scene.line.kind(nxt) == "e"
        or low in ("a",)
    ):
        relation, sign, last = "of", "up", at
    elif low in ("behind", "ahead"):
        relation, sign, last = "times", "worse" if low == "behind" else "better", nxt
    elif low in _GAP:
        relation, sign, last = "gap", None, nxt
    else:
        found = _slant_before(scene, at)
        if found is not None:
            relation, sign, classes = "times", found.sign, found.classes
        elif items[at].text.lower() in (
            "doubles",
            "doubled",
            "halves",
            "halved",
            "doubling",
            "halving",
            "triples",
            "tripled",
            "cuts",
        ):
            relation, sign = "of", "up"
    metric_ratio = any(
        card.unit in ("ratio",) or (card.metric.unit or "").strip() in ("x", "×") for card in ctx.compiled.metrics
    )
    if not relation and metric_ratio:
        return _absolute(scene, at, ctx, None)
    if not relation and items[at].text[:1].isdigit():
        # "by about 3.8x", "roughly 3x on the large file": larger over smaller, no metric holds such a number itself.
        relation = "gap"
    if (
        metric_ratio
        and relation != "times"
        and low not in ("as",)
        and comparand_after(scene, at) is None
        and items[at].text[:1].isdigit()
    ):
        return _absolute(scene, at, ctx, None)
    start, end = span_of(items, at)
    return _against(
        scene, at, ctx, Form.RATIO, stated, relation or "of", sign, classes, start, max(end, items[last].end), last
    )


def _slant_before(scene: Scene, at: int) -> Slant | None:
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
        if items[position].low in _AHEAD and items[position].low not in (
            "over",
            "under",
            "back",
            "off",
            "clear",
            "short",
        ):
            return Slant(position, position, _AHEAD[items[position].low], frozenset({"any"}), "comparative", "")  # type: ignore[arg-type]  # the table holds signs only
        if items[position].low in _SAVES:
            return Slant(position, position, _SAVES[items[position].low], frozenset({"any"}), "verb", "")  # type: ignore[arg-type]  # the table holds signs only
    return None


def _against(
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
    gap = relation == "gap" or any(word in _GAP for word in words)
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


# Percent


def _percent(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    stated = items[at].stated
    assert stated is not None  # noqa: S101  # the caller looked
    start, end = span_of(items, at)
    nxt = max(at, items[at].hedge_to) + 1
    low = scene.line.low(nxt)
    slant = slant_at(items, nxt)
    before = scene.line.low((items[at].hedge_from if items[at].hedge_from >= 0 else at) - 1)
    if slant is not None and slant.degree == "comparative":
        relation = (
            "speed" if slant.base in ("fast", "quick", "slow", "speedy", "good", "bad", "efficient") else "signed"
        )
        return _against(
            scene,
            at,
            ctx,
            Form.PERCENT,
            stated,
            relation,
            slant.sign,
            slant.classes,
            start,
            items[slant.last].end,
            slant.last,
        )
    if before == "within" or stated.hedge is Hedge.AT_MOST or scene.line.low(items[at].hedge_from) == "within":
        return _against(scene, at, ctx, Form.PERCENT, stated, "within", None, None, start, end, at)
    own_share = (
        scene.line.low(nxt + 1) in ("its", "the")
        and any(card.unit == "percent" for card in ctx.compiled.metrics)
        and not any(item.kind == "e" and item.low != "its" for item in items[nxt + 1 : nxt + 5])
    )
    if (
        low == "of"
        and not own_share
        and (scene.line.low(nxt + 1) in ("that", "what", "the", "its") or scene.line.kind(nxt + 1) == "e")
    ):
        return _against(scene, at, ctx, Form.PERCENT, stated, "of", "up", None, start, items[nxt].end, nxt)
    if low in _AHEAD and low not in ("over", "under", "off", "back"):
        return _against(scene, at, ctx, Form.PERCENT, stated, "speed", _AHEAD[low], None, start, items[nxt].end, nxt)
    for position in (nxt, nxt + 1, nxt + 2):
        word = scene.line.low(position)
        if scene.line.kind(position) != "w":
            break
        if word in _GAP:
            sign = _GAP_SIGN.get(word)
            return _against(
                scene,
                at,
                ctx,
                Form.PERCENT,
                stated,
                "speed" if sign in ("better", "worse") else ("signed" if sign else "gap"),
                sign,
                None,
                start,
                items[position].end,
                position,
            )
    if _gap_before(items, at):
        return _against(scene, at, ctx, Form.PERCENT, stated, "gap", None, None, start, end, at)
    found = _slant_before(scene, at)
    if found is not None:
        for position in range(found.first, found.last + 1):
            items[position].covered = True
        relation = "speed" if found.sign in ("better", "worse") else "signed"
        return _against(scene, at, ctx, Form.PERCENT, stated, relation, found.sign, found.classes, start, end, at)
    if any(items[k].low in _SAVES for k in range(max(0, at - 6), at)) and any(
        items[k].low == "by" for k in range(max(0, at - 4), at)
    ):
        return _against(scene, at, ctx, Form.PERCENT, stated, "gap", None, None, start, end, at)
    if not any(
        card.unit == "percent" or unit_fit(stated, card) is not None for card in ctx.compiled.metrics
    ) or scene.line.low(start_of(items, at) - 1) in ("by", "another"):
        return _against(scene, at, ctx, Form.PERCENT, stated, "gap", None, None, start, end, at)
    return _absolute(scene, at, ctx, None)


def start_of(items: list[Item], at: int) -> int:
    """The first item of a number with its hedge."""
    return items[at].hedge_from if items[at].hedge_from >= 0 else at


def _gap_before(items: list[Item], at: int) -> bool:
    """ "a lead of around 10 %", "the gap is 3 MP"."""
    first = items[at].hedge_from if items[at].hedge_from >= 0 else at
    if first > 0 and items[first - 1].low in ("with", ","):
        return False
    for position in range(first - 1, max(-1, first - 8), -1):
        low = items[position].low
        if low in (
            "gap",
            "difference",
            "lead",
            "advantage",
            "margin",
            "deficit",
            "saving",
            "savings",
            "premium",
            "edge",
            "distance",
            "spread",
            "differ",
            "differs",
            "reduction",
            "improvement",
            "increase",
            "speedup",
            "drop",
            "penalty",
        ):
            return True
        if (items[position].kind == "p" and low not in "'\"") or items[position].kind == "n":
            return False
    return False


# Differences


def _difference(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    stated = items[at].stated
    if stated is None:
        return None
    start, end = span_of(items, at)
    nxt = max(at, items[at].hedge_to) + 1
    if (
        stated.quantity.unit in ("year", "month")
        and ctx.today is not None
        and any(card.is_date for card in ctx.compiled.metrics)
        and _tells_age(scene, at)
    ):
        return _age(scene, at, ctx, stated, start)
    if (
        stated.quantity.unit in ("year", "month")
        and scene.line.low(nxt) in _YEARS
        and any(card.is_date for card in ctx.compiled.metrics)
    ):
        return _years(scene, at, ctx, stated, start, nxt)
    fits = any(unit_fit(stated, card) is not None for card in ctx.compiled.metrics)
    if (
        not fits
        and stated.quantity.unit in ("year", "month")
        and any(card.is_date for card in ctx.compiled.metrics)
        and _by_before(items, at)
    ):
        return _years(scene, at, ctx, stated, start, -1)
    if not fits:
        return None
    for position in range(nxt, min(nxt + 3, len(items))):
        word = items[position]
        if (
            word.kind in ("p", "n", "e")
            or word.low in ("and", "but", "with", "at", "for", "which", "while", "has", "is", "to")
            or (word.covered and word.graded is not None)
        ):
            break
        slant = slant_at(items, position)
        if (
            slant is not None
            and slant.degree == "comparative"
            and not (
                position > nxt
                and scene.line.low(position - 1) in ("or", "and", "is", "with", "at", "but", "while", "to")
            )
        ):
            if word.low in ("better", "worse") and position > nxt:
                break
            return _against(
                scene,
                at,
                ctx,
                Form.DIFFERENCE,
                stated,
                "",
                slant.sign,
                slant.classes,
                start,
                items[slant.last].end,
                slant.last,
            )
        if word.low in ("ahead", "behind", "extra", "additional", "adrift") or (
            word.low == "short" and scene.line.low(position + 1) == "of"
        ):
            return _against(
                scene, at, ctx, Form.DIFFERENCE, stated, "", _AHEAD[word.low], None, start, word.end, position
            )
        if word.low in _GAP and word.text.islower() and word.low not in ("edge", "drop", "cut", "gain"):
            return _against(
                scene, at, ctx, Form.DIFFERENCE, stated, "", _GAP_SIGN.get(word.low), None, start, word.end, position
            )
        if (
            word.low in ("above", "below", "over", "under")
            and comparand_after(scene, position) is not None
            and position == nxt
        ):
            return _against(
                scene, at, ctx, Form.DIFFERENCE, stated, "", _AHEAD[word.low], None, start, word.end, position
            )
    if _gap_before(items, at):
        return _against(scene, at, ctx, Form.DIFFERENCE, stated, "", None, None, start, end, at)
    found = _slant_before(scene, at)
    if found is not None and _by_before(items, at):
        for position in range(found.first, found.last + 1):
            items[position].covered = True
        return _against(
            scene,
            at,
            ctx,
            Form.DIFFERENCE,
            stated,
            "",
            found.sign,
            found.classes,
            start,
            end,
            at,
        )
    if scene.line.low(start_of(items, at) - 1) == "by":
        return _against(scene, at, ctx, Form.DIFFERENCE, stated, "", None, None, start, end, at)
    first = (items[at].hedge_from if items[at].hedge_from >= 0 else at) - 1
    while first >= 0 and items[first].low in ("you", "about", "only", "just", "a", "an", "the"):
        first -= 1
    verb = scene.line.low(first)
    if verb in ("saves", "save", "saving", "saved", "shaves", "adds", "trims", "knocks"):
        return _against(scene, at, ctx, Form.DIFFERENCE, stated, "", _SAVES[verb], None, start, end, at)
    return None


def _tells_age(scene: Scene, at: int) -> bool:
    """ "is two years old", "less than three months old"."""
    text = scene.line.items[at].low
    return text.endswith(" old") or "old" in (scene.line.low(at + 1), scene.line.low(at + 2))


def _age(scene: Scene, at: int, ctx: FormContext, stated: Stated, start: int) -> TypedClaim:
    """An age is the page's date minus the fact's date."""
    items = scene.line.items
    found, weak = owners(scene, at, ctx.compiled)
    last = next((k for k in (at + 1, at + 2) if scene.line.low(k) == "old"), at)
    for position in range(at, last + 1):
        items[position].covered = True
    return TypedClaim(
        Form.AGE,
        start,
        items[last].end,
        subjects=found,
        metrics=metrics_for(scene, at, ctx.compiled, dates=True),
        stated=stated,
        today=ctx.today,
        lenient=weak,
        items=(at, last + 1),
    )


_YEARS = {
    "after": "up",
    "later": "up",
    "newer": "up",
    "younger": "up",
    "before": "down",
    "earlier": "down",
    "older": "down",
    "ahead": "down",
}


def _years(scene: Scene, at: int, ctx: FormContext, stated: Stated, start: int, word: int) -> TypedClaim:
    """ "five years after Nimbo", "two years older": the difference of two dates."""
    items = scene.line.items
    subjects, weak = subjects_for(scene, at, ctx)
    comparands = comparands_for(scene, at, ctx, subjects, after=at, of=True)
    last = max(at, word)
    for position in range(at, last + 1):
        items[position].covered = True
    metrics = metrics_for(scene, at, ctx.compiled, dates=True)
    sign: Sign | None = None if word < 0 else ("up" if _YEARS[items[word].low] == "up" else "down")
    return TypedClaim(
        Form.DIFFERENCE,
        start,
        items[last].end,
        subjects=subjects,
        comparands=comparands,
        metrics=metrics,
        stated=stated,
        sign=sign,
        lenient=weak,
        items=(at, last + 1),
    )


_ASKED = frozenset(
    [
        "more",
        "less",
        "fewer",
        "extra",
        "save",
        "saves",
        "saved",
        "gain",
        "gains",
        "lose",
        "loses",
        "difference",
        "gap",
        "behind",
        "ahead",
    ]
)


def _answer(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    """ "How much heavier is the Halo than the Mira? 63 grams": a bare figure answers what was asked."""
    question, items, stated = scene.question, scene.line.items, scene.line.items[at].stated
    if (
        question is None
        or stated is None
        or question is not scene.previous
        or any(mention.at < at for mention in scene.mentions)
        or at > 4
        or any(item.kind == "n" for item in items[:at])
    ):
        return None
    words = question.line.items
    if not any(item.low == "how" for item in words) or not any(
        item.low in _ASKED or (item.graded is not None and item.graded.degree == "comparative") for item in words
    ):
        return None
    names = list(dict.fromkeys(entity for mention in question.mentions for entity in mention.entities))
    if len(names) != 2:
        return None
    last = next((k for k in range(len(words) - 1, -1, -1) if words[k].concept in ctx.compiled.by_concept), None)
    metrics = metrics_for(question, last if last is not None else 0, ctx.compiled, stated=stated)
    start, end = span_of(items, at)
    items[at].covered = True
    return TypedClaim(
        Form.DIFFERENCE,
        start,
        end,
        subjects=(Choice((names[0],), 0.0, "asked about"),),
        comparands=(Choice((names[1],), 0.0, "asked about"),),
        metrics=metrics,
        stated=stated,
        lenient=True,
        items=(at, at + 1),
    )


def _by_before(items: list[Item], at: int) -> bool:
    first = items[at].hedge_from if items[at].hedge_from >= 0 else at
    return any(items[k].low == "by" for k in range(max(0, first - 3), first))


# Lists


def _respectively(scene: Scene, numbers: list[int], ctx: FormContext) -> dict[int, Choice]:
    """ "A and B take 2 and 3 s": a list of names and a list of as many numbers are paired in order."""
    items = scene.line.items
    assigned: dict[int, Choice] = {}
    lists = [
        mention
        for mention in scene.mentions
        if (mention.how in ("list", "both", "all") or len(mention.entities) > 1) and mention.role in (SUBJECT, TOPIC)
    ]
    if not lists:
        return assigned
    runs: list[list[int]] = []
    for at in numbers:
        if runs and all(
            items[k].low in (",", "and", "or", "about", "around", "roughly", "some", "then")
            for k in range(runs[-1][-1] + 1, items[at].hedge_from if items[at].hedge_from >= 0 else at)
        ):
            runs[-1].append(at)
        else:
            runs.append([at])
    for run in runs:
        if len(run) < 2:
            continue
        for mention in reversed(lists):
            if len(mention.entities) == len(run) and (
                mention.at < run[0] or "respectively" in scene.line.words(run[-1], run[-1] + 4)
            ):
                for at, entity in zip(run, mention.entities, strict=True):
                    assigned[at] = Choice((entity,), 0.0, "in the order of mention")
                break
    return assigned


__all__ = ["is_money", "occurrences", "read", "span_of"]
