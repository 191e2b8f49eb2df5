"""Carry: which metric a figure takes over from the figures before it, where its own clause names none.

"Lookups take 4 µs in A, 11 in B": the second figure is of what the first one is of. "A: 30 KB, 62 ms, 21 ms. B: 28 KB,
55 ms, 19 ms": the k-th figure of a row is of what the k-th figure of the row before is of. Two figures of one owner in one
row are never of one metric. Nothing here looks at a value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flows.check.items import Item, hedge_first
from flows.check.scene import Figure, Scene
from flows.check.sheet import Compiled

#: Marks and words that may stand between the figures of one row.
_ROW = frozenset([",", "and", "or", "&", "/", "|", "plus", "×", "x"])
_NOTHING: frozenset[int] = frozenset()
#: How many sentences back a figure may take its metric from.
_REACH = 2
_SCALES = ("million", "billion", "thousand", "k", "m", "b")
_TURNING = frozenset(
    ["gets", "get", "going", "goes", "becomes", "falls", "drops", "rises", "climbs", "grows", "shrinks", "from", "moving", "switching", "turning"]
)  # fmt: skip
_BREAKS = frozenset([";", ".", ":", "—", "–", "while", "whereas", "but", "against", "versus", "vs", "to", "instead"])


def carried_metrics(
    scene: Scene,
    at: int,
    owner: tuple[int, ...],
    fits: Callable[[int], bool],
    speaks: Callable[[Scene], bool],
) -> frozenset[int]:
    """The metrics that figure `at` of `owner` may take over; empty where nothing before it says.

    `fits`: whether the unit of the figure can be of a metric; `speaks`: whether a sentence has words of such metrics.
    """
    items = scene.line.items
    if turns(items, at) or _set_against(items, at):
        return _NOTHING
    parallel = _parallel(scene, at, owner)
    if parallel is not None:
        return frozenset({parallel.metric}) if fits(parallel.metric) else _NOTHING
    before = [figure for figure in scene.figures if figure.at < at]
    if before:
        return _of_row(scene, before, at, owner, fits, here=True)
    if scene.line.sentence.bullet:
        return _NOTHING
    earlier: Scene | None = scene.previous
    for _ in range(_REACH):
        if (
            earlier is None
            or earlier.line.sentence.question
            or earlier.line.sentence.paragraph != scene.line.sentence.paragraph
        ):
            return _NOTHING
        if earlier.figures:
            return _of_row(earlier, earlier.figures, at, owner, fits, like=items[at])
        if speaks(earlier):
            return _NOTHING
        earlier = earlier.previous
    return _NOTHING


def turns(items: list[Item], at: int) -> bool:
    """ "gets slower, going to 29 s", "falls from 4 to 2": one thing in two states is no second thing in the same state."""
    return any(item.low in _TURNING for item in items[max(0, at - 9) : at])


def _set_against(items: list[Item], at: int) -> bool:
    """ "274 against 69 seconds": two figures side by side may be of two things or of two metrics of one."""
    start = hedge_first(items, at)
    return (
        start > 1 and items[start - 1].low in ("against", "versus", "vs", "to", "of") and items[start - 2].kind == "n"
    )


def _of_row(
    scene: Scene,
    figures: Sequence[Figure],
    at: int,
    owner: tuple[int, ...],
    fits: Callable[[int], bool],
    *,
    here: bool = False,
    like: Item | None = None,
) -> frozenset[int]:
    """The metrics of the last figure that fits and of those beside it that are of the same kind."""
    items = scene.line.items
    fitting = [figure for figure in figures if fits(figure.metric)]
    if like is not None:
        alike = [figure for figure in fitting if _kind(items[figure.at]) == _kind(like)]
        fitting = alike or ([] if _kind(like) else fitting)
    if not fitting:
        return _NOTHING
    last = fitting[-1]
    if last.entities == owner and (not here or _one_row(items, last.at, at)):
        return _NOTHING
    return frozenset(figure.metric for figure in fitting if figure.entities == last.entities)


def _kind(item: Item) -> str:
    """What is written with a figure: "ms", "million", "$"; "" for a bare one."""
    if item.stated is None:
        return ""
    return (item.stated.quantity.written_unit or "").lower() or next(
        (word for word in _SCALES if item.low.endswith(word)), ""
    )


def taken(scene: Scene, at: int, owner: tuple[int, ...]) -> frozenset[int]:
    """The metrics that the row of figure `at`, or the sentence before it, has already given a value for the same owner."""
    items = scene.line.items
    return frozenset(
        figure.metric
        for figure in scene.figures
        if figure.at < at
        and figure.entities == owner
        and not turns(items, at)
        and (_one_row(items, figure.at, at) or (len(owner) == 1 and _goes_on(items, figure.at, at)))
    )


def _goes_on(items: list[Item], first: int, last: int) -> bool:
    """ "a magnitude 8.1, struck Minoro and killed 211": what is told further of one thing is something else."""
    between = [item.low for item in items[first + 1 : last]]
    return ("and" in between or "," in between) and _BREAKS.isdisjoint(between)


def _one_row(items: list[Item], first: int, last: int) -> bool:
    """Whether two figures stand in one row: joined by a comma or "and", no name and no break between them."""
    between = items[first + 1 : hedge_first(items, last)]
    return any(item.low in _ROW for item in between) and not any(
        item.kind == "e" or item.low in _BREAKS for item in between
    )


def _row(scene: Scene, at: int) -> list[int]:
    """The positions of the bare row of figures that `at` stands in: "34.7 KB, 55 ms and 19.8 ms"."""
    items = scene.line.items
    row = [at]
    for step in (-1, 1):
        here = at
        while True:
            there = here + step
            while 0 <= there < len(items) and items[there].low in _ROW:
                there += step
            if not 0 <= there < len(items) or items[there].kind != "n" or abs(there - here) < 2:
                break
            row.append(there)
            here = there
    return sorted(row)


def _parallel(scene: Scene, at: int, owner: tuple[int, ...]) -> Figure | None:
    """The figure of the row before this one, of another owner, that stands at the same place in a row as long."""
    row = _row(scene, at)
    if len(row) < 2:
        return None
    earlier = [figure for figure in scene.figures if figure.at < row[0]]
    where = scene
    if not earlier and scene.previous is not None:
        where = scene.previous
        earlier = where.figures
    if not earlier or earlier[-1].entities == owner:
        return None
    model = [earlier[-1]]
    for figure in reversed(earlier[:-1]):
        if figure.entities != model[0].entities or not _one_row(where.line.items, figure.at, model[0].at):
            break
        model.insert(0, figure)
    return model[row.index(at)] if len(model) == len(row) else None


#: What may stand between the figures of one list, the last of which has their words.
_CHAIN = frozenset([",", "and", "or", "to", "by", "x", "×", "/", "-", "–", "against", "versus", "vs"])
#: What parts two figures: the words behind it are those of the second.
_PARTS = frozenset([",", ";", "and", "but", "or", "while", "whereas", "then"])
_NO_VALUES = frozenset(["ratio", "pp"])


def next_figure(items: list[Item], at: int, compiled: Compiled) -> int:
    """Where the next value behind figure `at` stands: "4 GB and 85 ms for an update". Those of one list end together."""
    chained = True
    parted = 0
    for k in range(at + 1, len(items)):
        item = items[k]
        if item.kind == "n" and item.stated is not None:
            gap = k + 1 < len(items) and items[k + 1].degree == "comparative"
            if gap or (item.concept, item.unit or "1") in compiled.conditions or item.unit in _NO_VALUES:
                continue
            if not chained or not _alike(items[at], item):
                return parted or k
        else:
            parted = k if item.low in _PARTS else parted
            chained = chained and item.low in _CHAIN
    return len(items)


def _alike(one: Item, other: Item) -> bool:
    """Whether two figures are written with one unit, or the first leaves it to the other."""
    if one.stated is None or other.stated is None:
        return False
    mine, theirs = one.stated.quantity.written_unit, other.stated.quantity.written_unit
    return mine is None or mine == theirs
