"""Hedges: "about", "just over", "at most", "or so": what the words around a number make of it."""

from __future__ import annotations

from decimal import Decimal

from flows.check.items import Item, Line
from flows.check.stated import Hedge, Stated

_D = Decimal
_PLAIN = Hedge.PLAIN
_ABOUT = frozenset(
    "about around roughly approximately approx circa ca some ~ ≈ approximate estimated nominally".split()
)
_BEFORE: tuple[tuple[tuple[str, ...], Hedge], ...] = tuple(
    (tuple(phrase.split()), hedge)
    for hedge, phrases in {
        Hedge.JUST_OVER: "just over|slightly more than|slightly over|slightly above|a little over|a little more than|a bit over|a bit more than|a shade over|a touch over|a hair over|barely over|just above|only just over|just more than|little more than|a tad over|a bit above|just past|a little above|a good|not much more than|not much over|barely more than|hardly more than|scarcely more than|not much above|a little beyond",
        Hedge.NEARLY: "just under|nearly|almost|close to|just shy of|not quite|approaching|a bit under|a little under|slightly under|slightly less than|a little less than|a shade under|just below|a touch under|a hair under|shy of|practically|virtually|nearing|just short of|a bit less than|slightly below|a little below|slightly fewer than|just less than|a bit below|not much less than|not much under|little less than|barely less than|hardly less than|not far off",
        Hedge.ABOUT: "in the region of|in the neighbourhood of|in the neighborhood of|in the order of|on the order of|something like|or about|in the range of|somewhere around|somewhere near|more or less|very roughly|give or take",
        Hedge.AT_LEAST: "at least|no less than|not less than|no fewer than|a minimum of|minimum of|minimum|upward of|≥|> =|no lower than|no slower than",
        Hedge.AT_MOST: "at most|no more than|not more than|a maximum of|≤|< =|within|never longer than|never more than|no longer than|no higher than|never took longer than|never exceeds|not exceeding|no greater than|at the most",
        Hedge.UP_TO: "up to|as much as|as many as|tops out at|topping out at|maxes out at|peaks at|peaking at|peaked at|as high as|as fast as|maximum of|a peak of|as long as|max|limited to|restricted to|capped at",
        Hedge.OVER: "over|more than|above|upwards of|north of|exceeding|exceeds|greater than|>|higher than|better than|in excess of|pass|passes|passed|passing|exceed|exceeded|clear|clears|cleared|cracks|cracked|beyond|past|surpassing|surpasses|well over|well above|far more than|longer than|larger than|bigger than|upward of|tops|topping|topped|faster than|heavier than|older than|brighter than|louder than|taller than|wider than|thicker than|deeper than|hotter than|warmer than|dearer than|pricier than|costlier than|more expensive than",
        Hedge.UNDER: "falls short of|fall short of|fell short of|falling short of|under|less than|fewer than|below|<|lower than|shorter than|smaller than|south of|not even|lighter than|cheaper than|quieter than|thinner than|slimmer than|narrower than|cooler than|colder than|shallower than|less expensive than|sub",
    }.items()
    for phrase in phrases.split("|")
)
_BY_LAST: dict[str, list[tuple[tuple[str, ...], Hedge]]] = {}
for _phrase, _meaning in sorted(_BEFORE, key=lambda pair: -len(pair[0])):
    _BY_LAST.setdefault(_phrase[-1], []).append((_phrase, _meaning))
_FILLERS = frozenset("a an the only just its their still even barely exactly precisely mere merely another of".split())


def read_hedge(items: list[Item], at: int) -> None:
    """Reads the hedge around number `at`, looking back over at most five words and forward over two."""
    item = items[at]
    stated = item.stated
    if stated is None:
        return
    hedge = stated.hedge
    item.hedge_from = at
    head = at
    if at > 2 and items[at - 1].low == "of" and items[at - 2].low == "factor":
        # "by more than a factor of four": the hedge of the number stands before the whole phrase.
        head = at - 2
    back = head - 1
    # An article or "only" may stand between hedge and number: "about a 10 % lead", "over the 500 mark".
    skipped = 0
    while back >= 0 and items[back].kind == "w" and items[back].low in _FILLERS and skipped < 2:
        back -= 1
        skipped += 1
    for start in range(head - 1, back - 1, -1):
        if start < 0:
            continue
        if items[start].low in _ABOUT:
            hedge = Hedge.ABOUT if hedge in (Hedge.PLAIN, Hedge.ABOUT) else hedge
            item.hedge_from = start
            if start - 1 >= 0 and items[start - 1].low in ("at", "only", "just"):
                pass
            break
        found = False
        for phrase, meaning in _BY_LAST.get(items[start].low, ()):
            first = start - len(phrase) + 1
            if first >= 0 and all(items[first + k].low == word for k, word in enumerate(phrase)):
                # "fast as N" needs its "as": covered by the phrase itself.
                hedge = meaning
                if meaning is Hedge.OVER and _ends_bare(items, at, phrase):
                    hedge = meaning = Hedge.AT_LEAST
                if _passed_tests(items, at, phrase) or (phrase == ("over",) and _spread(items, first)):
                    hedge = _PLAIN
                    continue
                if (
                    first > 0
                    and items[first - 1].low in ("not", "never", "n't", "doesn't", "isn't")
                    and meaning in _FLIP
                ):
                    hedge = _FLIP[meaning]
                    first -= 1
                if (
                    first > 0
                    and items[first - 1].low == "no"
                    and meaning in _FLIP
                    and meaning in (Hedge.OVER, Hedge.UNDER)
                ):
                    hedge = _FLIP[meaning]
                    first -= 1
                if (
                    first > 0
                    and items[first - 1].low
                    in ("well", "far", "way", "comfortably", "easily", "significantly", "considerably")
                    and meaning in (Hedge.OVER, Hedge.UNDER)
                ):
                    first -= 1
                item.hedge_from = first
                found = True
                break
        if found:
            break
    item.hedge_to = at
    next_low = items[at + 1].low if at + 1 < len(items) else ""
    after = (next_low, items[at + 2].low) if at + 2 < len(items) else (next_low, "")
    if next_low == "range" and back >= 0 and items[back].low == "in":
        hedge = Hedge.ABOUT
    elif after in _ABOUT_BEHIND or next_low == "ish":
        hedge = Hedge.ABOUT if hedge is _PLAIN else hedge
        item.hedge_to = at + 2
    elif after in _LEAST_BEHIND:
        hedge = Hedge.AT_LEAST
        item.hedge_to = at + 2
    elif next_low == "+" and items[at + 1].start == item.end:
        hedge = Hedge.AT_LEAST
        item.hedge_to = at + 1
    elif after in _MOST_BEHIND:
        hedge = Hedge.AT_MOST
        item.hedge_to = at + 2
    elif next_low in _UPPER_END and hedge is Hedge.AT_MOST:
        hedge = Hedge.UP_TO
    elif hedge is _PLAIN and (bound := _bound_behind(items, at)) is not None:
        # "five years of updates or more": the bound stands behind the noun.
        hedge = bound
    if items[at - 1].low == "the" and hedge in (Hedge.OVER, Hedge.UNDER) and _told_in_full(items, at):
        # "above the 90 MB that X uses": the figure is X's own, and what lies above it is something else's.
        hedge, item.hedge_from = Hedge.PLAIN, at
    if hedge is _PLAIN and _shares_hedge(items, at):
        hedge = Hedge.ABOUT
    if hedge is Hedge.AT_LEAST and (
        stated.hedge is Hedge.ABOUT or any(items[k].low in _ABOUT for k in range(max(0, at - 2), at))
    ):
        # "around 10 or more": the bound itself is only about.
        low = stated.low * _D("0.865")
        item.stated = Stated(stated.quantity, low, low, stated.step, hedge, word=stated.word)
    elif hedge is not stated.hedge:
        exact = stated.exact and hedge is not Hedge.ABOUT
        item.stated = Stated(
            stated.quantity, stated.low, stated.high, stated.step, hedge, word=stated.word, exact=exact
        )
    for k in range(item.hedge_from, item.hedge_to + 1):
        if 0 <= k < len(items) and items[k].kind != "n":
            items[k].covered = True


def _passed_tests(items: list[Item], at: int, phrase: tuple[str, ...]) -> bool:
    """ "passes 3,120 of the tests": so many of them, no bound."""
    return (
        phrase[0] in _PASSING and at + 1 < len(items) and items[at].unit in (None, "1") and items[at + 1].low in _TESTED
    )


def _ends_bare(items: list[Item], at: int, phrase: tuple[str, ...]) -> bool:
    """ "Of the tests X passes 2,870.": so many, or more than so many."""
    return (
        phrase[0].startswith("pass")
        and items[at].unit in (None, "1")
        and (at + 1 == len(items) or items[at + 1].kind == "p")
    )


def _spread(items: list[Item], at: int) -> bool:
    """ "sprawls over 310 hectares": all of them, no bound."""
    return at > 0 and items[at - 1].low in _SPREADING


_SPREADING = frozenset(
    "sprawls sprawled sprawl spread spreads stretch stretches stretched extends extend extended distributed".split()
)
_PASSING = frozenset(["pass", "passes", "passed", "passing", "clear", "clears", "cleared"])
_TESTED = frozenset("of out tests test checks cases exams suites inspections".split())
_ABOUT_BEHIND = frozenset([("or", "so"), ("or", "thereabouts"), ("give", "or"), ("-", "ish")])
_LEAST_BEHIND = frozenset(
    [("or", "more"), ("and", "up"), ("or", "longer"), ("or", "higher"), ("or", "better"), ("and", "more"), ("or", "above"), ("and", "above"), ("at", "least")]
)  # fmt: skip
_MOST_BEHIND = frozenset([("or", "less"), ("or", "fewer"), ("or", "under"), ("or", "lower"), ("at", "most")])
#: "15 A maximum": the upper end itself, not just any amount beyond it.
_UPPER_END = frozenset(["maximum", "max", "tops"])
_OR = {
    "more": Hedge.AT_LEAST,
    "longer": Hedge.AT_LEAST,
    "higher": Hedge.AT_LEAST,
    "better": Hedge.AT_LEAST,
    "less": Hedge.AT_MOST,
    "fewer": Hedge.AT_MOST,
    "lower": Hedge.AT_MOST,
}


def _bound_behind(items: list[Item], at: int) -> Hedge | None:
    for position in range(at + 1, min(len(items) - 1, at + 5)):
        if items[position].low == "or":
            bound = _OR.get(items[position + 1].low)
            if bound is not None:
                items[position].covered = items[position + 1].covered = True
            return bound
        if items[position].kind != "w" or items[position].low in ("and", "but", "than"):
            return None
    return None


def _told_in_full(items: list[Item], at: int) -> bool:
    """ "the 90 MB that X uses", "the 3 s of X": the number with its owner."""
    after = at + 1
    while after < len(items) and after - at < 3 and items[after].kind == "w" and items[after].low not in _OWNED:
        after += 1
    if after + 1 >= len(items) or items[after].low not in _OWNED:
        return False
    return any(items[k].kind == "e" for k in range(after + 1, min(len(items), after + 3)))


_OWNED = frozenset(["that", "which", "of"])


def _shares_hedge(items: list[Item], at: int) -> bool:
    """ "around 4,000K with one and 2,600K with three": the hedge of the first number covers the second."""
    for back in range(at - 1, max(-1, at - 9), -1):
        if items[back].kind == "n":
            earlier = items[back].stated
            if earlier is not None and earlier.hedge is Hedge.PLAIN and items[back].text[:1].isalpha():
                continue
            return (
                earlier is not None
                and earlier.hedge is Hedge.ABOUT
                and any(items[k].low == "and" for k in range(back + 1, at))
                and not any(items[k].kind == "p" for k in range(back + 1, at))
            )
    return False


def as_number(line: Line, first: int, at: int, stated: Stated) -> None:
    """Makes the words first..at a number, in place, with the hedge around it: "a month", "a dollar". It is held at `first`."""
    items = line.items
    head = items[first]
    head.kind, head.low, head.text, head.end = (
        "n",
        f"{head.low} {items[at].low}",
        f"{head.text} {items[at].text}",
        items[at].end,
    )
    head.graded, head.concept, head.stated = None, "", stated
    line.changed()
    read_hedge(items, first)
    items[at].covered = True


_FLIP = {
    Hedge.OVER: Hedge.AT_MOST,
    Hedge.UNDER: Hedge.AT_LEAST,
    Hedge.AT_LEAST: Hedge.UNDER,
    Hedge.AT_MOST: Hedge.OVER,
}
