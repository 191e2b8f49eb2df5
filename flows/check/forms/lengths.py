"""What a length of time says of dates: how old something is, or how far two of them lie apart and on which side."""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.fitting import fitting, unit_fit
from flows.check.forms.clauses import advice_clause
from flows.check.forms.context import FormContext
from flows.check.forms.sides import next_in_clause
from flows.check.items import hedge_first
from flows.check.lexicon.model import Sign
from flows.check.spoken import metric_scores

LATER = frozenset(["after", "later", "newer", "younger", "youngest", "newest", "behind", "since"])
EARLIER = frozenset(
    "before earlier older oldest ahead sooner predates predate predating precedes preceding preceded elder".split()
)
_LASTING = frozenset(
    "been around running market existence sale available exist existed exists sold going out shipping offered production".split()
)


def role_of(scene: Scene, at: int, last: int, ctx: FormContext) -> tuple[str, Sign | None, int] | None:
    """What a length of time says: "age" or "gap", on which side (up = the later date), and the last item it takes."""
    items, line = scene.line.items, scene.line
    stated = items[at].stated
    fits = stated is not None and bool(fitting(stated, ctx.compiled))
    nxt = last + 1
    while line.low(nxt) in ("or", "so", "-") and nxt < last + 3:
        nxt += 1
    low = line.low(nxt)
    start = hedge_first(items, at)
    before = line.low(start - 1)
    if items[at].low.endswith("old") or low in ("old", "ago") or (low == "of" and line.low(nxt + 1) == "age"):
        return "age", None, nxt if low in ("old", "ago") else last
    if low in ("older", "newer", "younger", "later", "earlier", "sooner"):
        return "gap", "up" if low in LATER else "down", nxt
    if low in ("before", "after", "ahead", "behind") and not advice_clause(scene, at):
        named = next_in_clause(scene, nxt)
        if named is not None and named.at <= nxt + 3 and not fits:
            return "gap", "up" if low in LATER else "down", nxt
        return None
    words = [items[k].low for k in range(max(0, start - 9), start) if abs(items[k].depth - items[at].depth) < 0.6]
    if before == "by" or line.low(start - 2) == "by":
        for word in reversed(words):
            if word in LATER or word in EARLIER:
                return "gap", "up" if word in LATER else "down", last
        return None
    if fits and set(words) & {"gap", "difference"}:
        scores = {metric: score for metric, (score, _) in metric_scores(scene, at, ctx.compiled).items()}
        dates = max((scores.get(card.number, 0.0) for card in ctx.compiled.metrics if card.is_date), default=0.0)
        stated = items[at].stated
        fits = not dates or any(
            scores.get(card.number, 0.0) > dates
            for card in ctx.compiled.metrics
            if stated is not None and unit_fit(stated, card) is not None
        )
    return None if fits else _plain_role(scene, at, last, nxt)


def _plain_role(scene: Scene, at: int, last: int, nxt: int) -> tuple[str, Sign | None, int] | None:
    """The role of a length of time that no other metric of the facts can hold."""
    items, line = scene.line.items, scene.line
    start, low = hedge_first(items, at), line.low(nxt)
    before = line.low(start - 1)
    words = [items[k].low for k in range(max(0, start - 9), start) if abs(items[k].depth - items[at].depth) < 0.6]
    if before == "for" and (set(words) & _LASTING or low == "now"):
        return "age", None, nxt if low == "now" else last
    if low in ("apart", "between", "separate", "separates"):
        return "gap", None, nxt if low == "apart" else last
    if set(words) & {"gap", "difference", "separate", "separates"} or low in ("gap", "difference"):
        return "gap", None, last
    if (low == "in" and line.low(nxt + 1) == "age") or low == "lead":
        return "gap", None, last
    if _answers_age(scene, start):
        return "age", None, last
    return continued(scene, at, last)


def _answers_age(scene: Scene, start: int) -> bool:
    """ "How old is X?" - "A little over a year." """
    question = scene.question
    if question is None or start > 2 or any(item.kind == "e" for item in scene.line.items[:start]):
        return False
    words = [item.low for item in question.line.items]
    return "old" in words or ("long" in words and "around" in words) or "age" in words


def continued(scene: Scene, at: int, last: int) -> tuple[str, Sign | None, int] | None:
    """ "X is two years old; Y about a year and a half": the second length is what the first one is."""
    earlier = scene.extra.get("age")
    if not isinstance(earlier, int) or earlier >= at:
        return None
    between = [item for item in scene.line.items[earlier + 1 : hedge_first(scene.line.items, at)] if item.kind != "p"]
    named = any(item.kind == "e" for item in between)
    return (
        ("age", None, last)
        if named
        and all(
            item.kind == "e"
            or item.low in ("and", "is", "only", "just", "but", "while", "already", "old", "the", "at", "about", "with")
            for item in between
        )
        else None
    )
