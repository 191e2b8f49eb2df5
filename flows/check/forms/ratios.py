"""Ratios: "3x faster", "twice as many", "half the price", "a quarter less"."""

from __future__ import annotations

from dataclasses import replace

from flows.check.discourse import Scene
from flows.check.forms.against import set_against, slant_before, told_again
from flows.check.forms.context import FormContext
from flows.check.forms.gap_words import GAP_WORDS, SAVES, gap_before
from flows.check.forms.sides import comparand_after
from flows.check.forms.slants import slant_at
from flows.check.forms.spans import span_of
from flows.check.forms.values import absolute
from flows.check.items import cover, hedge_first
from flows.check.spoken import FAINT, named_strength
from flows.check.stated import Hedge, Stated
from flows.check.typed import Form, TypedClaim


def read_ratio(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
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
    if _counted(scene, at) or _period(scene, at):
        items[at].covered = True
        return None
    slant = slant_at(items, nxt)
    if slant is None and _occasions(scene, at, low):
        items[at].stated = replace(stated, quantity=replace(stated.quantity, unit=None), word=False)
        count = absolute(scene, at, ctx, None)
        if count is not None:
            count.tentative = named_strength(scene, at, ctx.compiled) < FAINT
        return count
    part = part_of_more(scene, at, nxt, ctx)
    if part is not None:
        return part
    relation, sign, classes, last = "", None, None, at
    if slant is not None and slant.degree == "comparative":
        relation, sign, classes, last = "times", slant.sign, slant.classes, slant.last
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
    elif low in GAP_WORDS:
        relation, sign, last = "gap", None, nxt
    else:
        told = told_again(scene, at, Form.RATIO, stated)
        if told is not None:
            return told
        found = slant_before(scene, at)
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
        return absolute(scene, at, ctx, None)
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
        return absolute(scene, at, ctx, None)
    start, end = span_of(items, at)
    return set_against(
        scene, at, ctx, Form.RATIO, stated, relation or "of", sign, classes, start, max(end, items[last].end), last
    )


#: What makes of "ten times" and "twice" a factor: whom or what it is set against.
_AGAINST = frozenset(
    "as the that those what of its their his her a an more less than over higher lower larger smaller over".split()
)
#: What comes before a factor, and not before how often something happened.
_BEFORE_FACTOR = frozenset(
    "by is are was were be at than about almost nearly roughly around some over times of to".split()
)


def _occasions(scene: Scene, at: int, low: str) -> bool:
    """ "fouled ten times", "won 13 times at home": how often something happened, set against nobody."""
    items, line = scene.line.items, scene.line
    stated = items[at].stated
    if stated is None or stated.low != stated.high or stated.hedge is not Hedge.PLAIN:
        return False
    often = items[at].low.endswith(" times") or items[at].low in ("twice", "thrice")
    if not often or stated.low != stated.low.to_integral_value() or low in _AGAINST or line.kind(at + 1) == "e":
        return False
    before = line.low(at - 1)
    if before in _BEFORE_FACTOR or line.kind(at - 1) not in ("w", "e"):
        return False
    return slant_before(scene, at) is None and not any(
        item.low in ("as", "than") for item in items[at + 1 : at + 4] if item.depth - items[at].depth < 0.5
    )


def _counted(scene: Scene, at: int) -> bool:
    """ "slipped twice", "triple digits": how often something happens, or how a figure is written."""
    items, line = scene.line.items, scene.line
    if line.low(at + 1) in ("digits", "digit", "figures"):
        return True
    return (
        items[at].low in ("twice", "thrice")
        and line.kind(at + 1) in ("p", "")
        and line.low(at - 1) not in ("as", "about", "almost", "nearly", "than", "over")
        and not any(item.kind == "n" for item in items[:at])
    )


#: What the part of a game or a year comes after: "after one quarter", "in the first half".
_DURING = frozenset("after in during through into before at by of for until".split())
_OF_A_WHOLE = frozenset("of the less more as that what fewer again its their lower higher cheaper".split())


def _period(scene: Scene, at: int) -> bool:
    """ "led 36-31 after one quarter", "one third-quarter run": a part of the time played, and no part of a value."""
    items, line = scene.line.items, scene.line
    if not items[at].low.endswith(("quarter", "quarters")) or items[at].low.startswith(("a ", "three ", "half")):
        return False
    first = hedge_first(items, at)
    after = max(at, items[at].hedge_to) + 1
    return line.low(first - 1) in _DURING and line.low(after) not in _OF_A_WHOLE and slant_at(items, after) is None


_SPEED = frozenset(["fast", "quick", "slow", "good", "bad", "efficient"])


def part_of_more(scene: Scene, at: int, nxt: int, ctx: FormContext) -> TypedClaim | None:
    """ "a quarter less", "half as long again", "slower, by a third", "a saving of half": a part of the comparand's value, as a percent is."""
    items = scene.line.items
    stated = items[at].stated
    if stated is None or stated.high >= 1:
        return None
    start, end = span_of(items, at)
    slant = slant_at(items, nxt)
    if slant is not None and slant.degree == "comparative":
        how = "speed" if slant.base in _SPEED else "signed"
        return set_against(
            scene,
            at,
            ctx,
            Form.PERCENT,
            as_percent(stated),
            how,
            slant.sign,
            slant.classes,
            start,
            items[slant.last].end,
            slant.last,
        )
    again = again_after(scene, at)
    if again is not None:
        word = slant_at(items, again - 1)
        if word is None and scene.line.low(again + 1) == "as":
            word = slant_at(items, again + 2)
        named = word is not None and word.degree == "positive" and items[word.last].low not in ("much", "many")
        sign, classes = (word.sign, word.classes) if word is not None and named else ("up", None)
        how = "speed" if word is not None and word.base in _SPEED else "signed"
        return set_against(
            scene, at, ctx, Form.PERCENT, as_percent(stated), how, sign, classes, start, items[again].end, again
        )
    head = hedge_first(items, at) - 1
    verb = scene.line.low(head - 1 if scene.line.low(head) in ("only", "just", "another") else head)
    its = scene.line.low(nxt) == "of" and scene.line.low(nxt + 1) in ("its", "their")
    if verb in SAVES and (scene.line.low(nxt) in ("to", "off", "from") or (its and verb in ("loses", "cuts", "saves"))):
        # "adds two thirds to the bandwidth": what it was at first is the whole.
        change = {"up": "rise", "down": "fall"}.get(SAVES[verb], "gap")
        return set_against(scene, at, ctx, Form.PERCENT, as_percent(stated), change, None, None, start, end, at)
    if scene.line.low(nxt) in ("the", "that", "what", "its", "as") or (scene.line.low(nxt) == "of"):
        return None
    told = told_again(scene, at, Form.PERCENT, as_percent(stated))
    if told is not None:
        return told
    found = slant_before(scene, at)
    if found is not None and found.degree == "comparative":
        if not any(item.low == "," for item in items[found.last : at]):
            # Before a comma the comparison is a claim of its own.
            cover(items, found.first, found.last)
        how = "speed" if found.base in _SPEED else "signed"
        return set_against(
            scene, at, ctx, Form.PERCENT, as_percent(stated), how, found.sign, found.classes, start, end, at
        )
    if gap_before(items, at, ctx.compiled.by_concept) or (
        scene.line.low(head) == "by" and (found is None or found.degree == "verb")
    ):
        # "surpasses B by about half", "slower? Yes, by a third": how far apart, whichever of the two it is a part of.
        return set_against(scene, at, ctx, Form.PERCENT, as_percent(stated), "gap", None, None, start, end, at)
    return None


def again_after(scene: Scene, at: int) -> int | None:
    """The "again" of "half as long again", "half again as much": as much as the whole and that part of it."""
    for k in range(at + 1, min(len(scene.line.items), at + 5)):
        if scene.line.low(k) == "again":
            return k
        if scene.line.kind(k) != "w":
            return None
    return None


def as_percent(stated: Stated) -> Stated:
    """A part as a percentage: a third is 33.3 % within the tolerance of the word."""
    return Stated(stated.quantity, stated.low * 100, stated.high * 100, stated.step * 100, stated.hedge, word=True)
