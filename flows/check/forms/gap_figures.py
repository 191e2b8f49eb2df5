"""The figures of a text that a gap lies between ("from 29 mpg to 32.2, an improvement of 11 %"), or is of ("half of that")."""

from __future__ import annotations

from dataclasses import replace

from flows.check.discourse import Scene
from flows.check.fitting import is_money
from flows.check.forms.gap_words import GAP_WORDS, Gap
from flows.check.items import Item, back_over, hedge_first
from flows.check.stated import Stated
from flows.check.typed import Form
from schemas.quantity import Kind

# What the text itself gives


#: Between a gap behind a comma and the figures that it sums up: "..., so about 5x", "..., or just half".
_APPOSING = frozenset([",", "or", "(", "just", "only", "about", "—", "–", "exactly"])
_SUMMING_UP = frozenset("or just only about a an by so that's is that".split())


def values_before(scene: Scene, at: int) -> list[tuple[tuple[int, ...], int]]:
    """The cells that the figures before item `at` were found to be of, nearest first: what "that" may mean."""
    here = [figure for figure in scene.figures if figure.at < at]
    found = here or (scene.previous.figures if scene.previous is not None else [])
    return [(figure.entities, figure.metric) for figure in reversed(found)]


def appositive(scene: Scene, gap: Gap) -> tuple[Stated, ...]:
    """ "480 km; on the motorway 240, half of that": the figure right before the gap, and the one before that."""
    items = scene.line.items
    first = hedge_first(items, gap.at)
    back = back_over(items, first, _APPOSING)
    if back < 0 or items[back].kind != "n":
        return ()
    return _two_figures(items, first)


def figures_before(scene: Scene, gap: Gap) -> tuple[Stated, ...]:
    """ "from 29 mpg to 32.2 mpg, an improvement of 11 %": the two figures right before a gap, of one unit, in the sentence."""
    items, at = scene.line.items, gap.at
    words = [items[k].low for k in range(max(0, at - 5), min(len(items), at + 5)) if items[k].text.islower()]
    gapped = gap.relation == "gap" or any(word in GAP_WORDS for word in words)
    if not gapped or (gap.form is Form.DIFFERENCE and gap.stated.quantity.unit in (None, "1", "ratio")):
        return ()
    return _two_figures(items, at)


def figures_apposed(scene: Scene, gap: Gap) -> tuple[Stated, ...]:
    """ "76 s with A and 388 s with B, five times as long": the two figures that the gap, behind a comma, sums up."""
    items = scene.line.items
    first = hedge_first(items, gap.at)
    back = back_over(items, first, _SUMMING_UP)
    if back < 1 or items[back].low not in (",", "(", "—", "–", ":", "-"):
        return ()
    if any(item.kind in ("e", "n") for item in items[gap.last + 1 : gap.last + 4]):
        return ()
    figures = _two_figures(items, first)
    if not figures or any(figure.low <= 0 for figure in figures):
        return ()
    later, earlier = figures
    if gap.sign == "up" and later.low < earlier.low and gap.stated.low >= 1:
        return ()
    if gap.sign == "down" and later.low > earlier.low:
        return ()
    return figures


def _two_figures(items: list[Item], at: int) -> tuple[Stated, ...]:
    """The two figures of one unit before item `at`, the nearer first."""
    found: list[Stated] = []
    for position in range(at - 1, -1, -1):
        earlier = items[position].stated
        if items[position].kind != "n" or earlier is None:
            continue
        if earlier.is_range:
            if not found and earlier.quantity.unit not in ("ratio", "percent", "pp"):
                # "from 2.5 TB to 6 TB, 2.4 times as much"
                return tuple(replace(earlier, low=end, high=end) for end in (earlier.high, earlier.low))
            continue
        if earlier.quantity.unit in ("ratio", "percent", "pp") or earlier.quantity.kind is Kind.DATE:
            if earlier.quantity.kind is Kind.DATE or earlier.exact:
                continue
            break
        if found and (earlier.quantity.unit or "1") != (found[0].quantity.unit or "1"):
            if _money_of(earlier) is not None and _money_of(earlier) == _money_of(found[0]):
                # "$0.615 an hour and 34 cents"
                pass
            elif (
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
            return tuple(found) if not any(word in ("but", "while", "whereas") for word in between) else ()
    return ()


def _money_of(stated: Stated) -> str | None:
    """The currency of a price, whether or not it says for what."""
    unit = (stated.quantity.unit or "1").split("/")[0]
    return unit if is_money(unit) else None


def figure_after(scene: Scene, at: int) -> Stated | None:
    """ "roughly twice Redis's 190K": the figure after the name says in which unit the two are compared."""
    items = scene.line.items
    for position in range(at + 1, min(len(items), at + 7)):
        if (
            items[position].kind == "n"
            and items[position - 1].low == "at"
            and items[position].unit not in (None, "1", "ratio", "percent")
        ):
            # "twice as fast at 142 tokens a second"
            return items[position].stated
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
