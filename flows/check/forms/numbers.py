"""Numbers: the order in which a stated number is read: as a context, a ratio, a percent, a count, a difference, a date, a value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from flows.check.discourse import SUBJECT, TOPIC, Scene
from flows.check.forms.against import set_against
from flows.check.forms.changes import read_change
from flows.check.forms.clauses import advice_clause, negated
from flows.check.forms.context import FormContext
from flows.check.forms.counts_exempt import exempt_count, note_count
from flows.check.forms.dates_in_numbers import is_year, read_date
from flows.check.forms.differences import read_answer, read_difference
from flows.check.forms.figures_side_by_side import paired
from flows.check.forms.gap_figures import figure_after
from flows.check.forms.gap_words import AHEAD
from flows.check.forms.percents import read_percent
from flows.check.forms.ratios import read_ratio
from flows.check.forms.slants import slant_at
from flows.check.forms.spans import span_of
from flows.check.forms.tallies import counts_things, read_tally
from flows.check.forms.values import absolute, in_context
from flows.check.items import Item, cover, hedge_first, hedge_last
from flows.check.owners import owners
from flows.check.scene import Mention
from flows.check.stated import Hedge, Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from flows.quantities import parse_cell
from schemas.quantity import Kind


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """One claim for each number of the sentence that is no name, list mark or count of the things compared."""
    items = scene.line.items
    numbers = [at for at in scene.line.numbers if items[at].stated is not None]
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
    """ "Starter is free", "costs nothing": a price of zero."""
    items = scene.line.items
    if WORDS.isdisjoint(scene.line.lows):
        return
    prices = tuple(
        MetricChoice(card.number, 0.0, "a price")
        for card in ctx.compiled.metrics
        if card.numeric and "price" in card.classes
    )
    if not prices:
        return
    for at, item in enumerate(items):
        nxt = scene.line.low(at + 1)
        last = at + 2 if (nxt, scene.line.low(at + 2)) == ("of", "charge") else at
        alone = scene.line.sentence.bullet and at == 0 and scene.line.low(last + 1) in ("", ".", ",", ";", "(")
        nothing = item.low == "nothing" and scene.line.low(at - 1) in _COSTING and nxt in _BEHIND_NOTHING
        if (
            item.covered
            or (item.low != "free" and not nothing)
            or not (
                alone
                or nothing
                or (scene.line.low(at - 1) == "only" and (nxt in ctx.compiled.class_nouns or nxt in ctx.things))
                or scene.line.low(at - 1) in ("is", "are", "both", "completely", "entirely", "be")
            )
            or (last == at and nxt in ("of", "to", "from", "tier", "plan", "trial", "-"))
            or any(not ctx.compiled.metrics[number].numeric for number in ctx.compiled.by_concept.get(item.concept, ()))
            or _something_else(scene, at - 2, ctx)
            or advice_clause(scene, at)
        ):
            continue
        zero = parse_cell("0")
        found, weak = owners(scene, at, ctx.compiled)
        cover(items, at, last)
        stated = Stated(zero, Decimal(0), Decimal(0), Decimal(0), Hedge.PLAIN, exact=True)
        yield TypedClaim(
            Form.ABSOLUTE,
            item.start,
            items[last].end,
            subjects=found,
            metrics=prices,
            stated=stated,
            lenient=weak,
            positive=not negated(items, at),
            items=(at, last + 1),
        )


def _something_else(scene: Scene, at: int, ctx: FormContext) -> bool:
    """ "Messaging is free", "the first 50,000 are free": what costs nothing is not the thing compared."""
    if at < 0 or (at < 1 and scene.line.kind(at) != "w"):
        return False
    item = scene.line.items[at]
    if item.kind == "n":
        # "The first 50,000 are free", not "all of the four cost nothing".
        return item.stated is None or item.stated.low > ctx.compiled.entity_count
    return (
        item.kind == "w"
        and len(item.low) > 3
        and item.low.isalpha()
        and item.low not in ctx.compiled.lexicon.stop
        and item.low not in ctx.compiled.class_nouns
        and item.concept not in ctx.compiled.by_concept
        and not item.low.endswith("ly")
    )


def _claim(scene: Scene, at: int, ctx: FormContext, assigned: Choice | None) -> TypedClaim | None:
    items = scene.line.items
    item = items[at]
    stated = item.stated
    if stated is None:
        return None
    unit = stated.quantity.unit
    if unit != "ratio" and in_context(items, at, stated, ctx):
        items[at].covered = True
        return None
    of_unit = _tenths(scene, at, stated)
    if of_unit is not None:
        stated = item.stated = of_unit
        unit = None
        if stated.hedge is Hedge.AT_MOST:
            # "within half a point of B"
            start, end = span_of(items, at)
            return set_against(scene, at, ctx, Form.DIFFERENCE, stated, "", None, None, start, end, at)
    elif unit in (None, "1") and stated.low < 1 and _FRACTION.search(item.low):
        unit = "ratio"
        stated = item.stated = replace(
            stated, quantity=replace(stated.quantity, unit="ratio"), step=Decimal(0), word=True, exact=False
        )
    # "a factor of more than four", "more than a factor of four"
    places = (hedge_first(items, at), at)
    if unit in (None, "1") and any(scene.line.words(place - 2, place) == "factor of" for place in places):
        start, end = span_of(items, at)
        hedge = Hedge.AT_MOST if scene.line.low(at - 4) == "within" and stated.hedge is Hedge.PLAIN else stated.hedge
        # "A factor of eight" for 8.05: a ratio, not a count.
        factor = replace(stated, hedge=hedge, exact=False, step=stated.step or Decimal(1))
        return set_against(scene, at, ctx, Form.RATIO, factor, "gap", None, None, start, end, at)
    if unit == "pp":
        start, end = span_of(items, at)
        items[at].covered = True
        slant = slant_at(items, at + 1)
        sign = slant.sign if slant is not None and slant.degree == "comparative" else AHEAD.get(scene.line.low(at + 1))
        return set_against(scene, at, ctx, Form.DIFFERENCE, stated, "", sign, None, start, end, at)
    if stated.quantity.kind is Kind.DATE:
        return read_date(scene, at, ctx)
    if stated.quantity.kind is Kind.VERSION:
        return None
    if ctx.compiled.below_zero:
        changed = read_change(scene, at, ctx, assigned)
        if changed is not None:
            return changed
    if unit == "percent":
        return read_percent(scene, at, ctx, assigned)
    if unit == "ratio":
        return read_ratio(scene, at, ctx)
    if exempt_count(scene, at, ctx):
        item.covered = True
        note_count(scene, at, ctx)
        return None
    if paired(scene, at):
        return absolute(scene, at, ctx, assigned)
    asked = read_answer(scene, at, ctx)
    if asked is not None:
        return asked
    difference = read_difference(scene, at, ctx)
    if difference is not None:
        return difference
    if is_year(stated, item) and ctx.compiled.has_dates:
        dated = read_date(scene, at, ctx)
        if dated is not None:
            return dated
    if assigned is None and counts_things(scene, at, stated, ctx):
        item.covered = True
        return read_tally(scene, at, stated, ctx)
    return absolute(scene, at, ctx, assigned)


#: What this form reads beside figures.
WORDS = frozenset(["free", "nothing"])
_COSTING = frozenset(["cost", "costs", "costing"])
#: "costs nothing to run" and "costs nothing for students" say it of something else.
_BEHIND_NOTHING = frozenset(["", ".", ",", ";", "!", ")", "and", "but", "while", "a", "per", "at", "here"])


def _tenths(scene: Scene, at: int, stated: Stated) -> Stated | None:
    """ "two tenths slower", "half a point ahead": a part of whatever unit the values have, no part of another value."""
    items, line = scene.line.items, scene.line
    after = max(at, items[at].hedge_to) + 1
    if stated.low >= 1 or stated.quantity.unit not in (None, "1", "ratio"):
        return None
    place = after + 1 if line.low(after) == "of" else after
    if line.low(place) in ("a", "an") and line.low(place + 1) == "point":
        # What follows the unit is what the figure is set against.
        items[at].hedge_to = place + 1
    elif items[at].low.endswith(("tenths", "hundredths")):
        slant = slant_at(items, after)
        compared = slant is not None and slant.degree == "comparative"
        if not compared and line.low(after) not in ("ahead", "behind", "adrift", "apart"):
            return None
    else:
        return None
    return replace(stated, quantity=replace(stated.quantity, unit=None), word=False, exact=False, step=Decimal("0.1"))


_FRACTION = re.compile(r"\b(?:half|halves|thirds?|quarters?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b")


def _respectively(scene: Scene, numbers: list[int], ctx: FormContext) -> dict[int, Choice]:
    """ "A and B take 2 and 3 s": a list of names and a list of as many numbers are paired in order."""
    items = scene.line.items
    assigned: dict[int, Choice] = {}
    lists = [mention for mention in scene.mentions if len(mention.entities) > 1 and mention.how not in _NO_ORDER]
    if not lists:
        return assigned
    runs: list[list[int]] = []
    for at in numbers:
        # "150 Mbps, 50 more than the other": how much more is no second value.
        behind = hedge_last(items, at) + 1
        gap = behind < len(items) and items[behind].degree == "comparative"
        between = [items[k].low for k in range(runs[-1][-1] + 1, hedge_first(items, at))] if runs else []
        if runs and not gap and all(word in _RUN for word in between):
            runs[-1].append(at)
        elif runs and len(runs[-1]) == 1 and between in _SET_AGAINST and not _claimed_by_name(scene, at):
            # "A and B are close: 4.2 versus 4.3 s".
            runs[-1].append(at)
        else:
            runs.append([at])
    for run in runs:
        if len(run) < 2:
            continue
        for mention in reversed(lists):
            leads = mention.role in (SUBJECT, TOPIC)
            if (
                len(mention.entities) == len(run)
                and (
                    mention.at < run[0]
                    or (
                        leads
                        and ("respectively" in scene.line.words(run[-1], run[-1] + 4) or _fronted(scene, run, mention))
                    )
                )
                and (leads or (mention.how == "list" and _of_one_kind(items, run)))
            ):
                for at, entity in zip(run, mention.entities, strict=True):
                    assigned[at] = Choice((entity,), 0.0, "in the order of mention")
                break
    return assigned


def _fronted(scene: Scene, run: list[int], mention: Mention) -> bool:
    """ "At 27 and 29 ms, A and B are ...": figures that open the sentence, before the list of those whose they are."""
    items = scene.line.items
    first = min(one.at for one in scene.mentions if one.at > run[-1])
    return (
        hedge_first(items, run[0]) <= 1
        and items[0].low in ("at", "with")
        and first - run[-1] <= _NOUNS
        and any(items[k].low == "," for k in range(run[-1] + 1, first))
        and mention.how == "list"
        and not any(one.at < run[0] for one in scene.mentions)
    )


#: How many items may stand between such figures and the list: a noun, a comma, an article.
_NOUNS = 5


def _claimed_by_name(scene: Scene, at: int) -> bool:
    """Whether a name stands behind item `at` before any mark: "5 s against 7 for B"."""
    items = scene.line.items
    for k in range(at + 1, min(len(items), at + 5)):
        if items[k].kind == "p":
            return False
        if items[k].kind == "e":
            return True
    return False


_SET_AGAINST = (["versus"], ["vs"], ["vs", "."], ["against"], ["compared", "to"], ["compared", "with"])
#: What may stand between the figures of one run.
_RUN = frozenset([",", "and", "or", "about", "around", "roughly", "some", "then"])
#: Sets that have no order of mention.
_NO_ORDER = frozenset(["neither", "nobody", "noone", "count"])


def _of_one_kind(items: list[Item], run: list[int]) -> bool:
    """Whether figures are of one unit, whether or not each of them is written with it."""
    return len({items[at].unit or "1" for at in run} - {"1"}) < 2


__all__ = ["figure_after", "read"]
