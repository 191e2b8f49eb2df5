"""Hand-made fact sheets, one for each plan of the built-in drafter: no parsing, no resolution."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schemas.catalogue import Category, Comparison, Direction, Entity, Metric, MetricKind, Wording
from schemas.facts import Derivation, DerivationKind, Fact, FactSheet, FactStatus
from schemas.quantity import Kind, Quantity

UP, DOWN, NEUTRAL = Direction.HIGHER, Direction.LOWER, Direction.NEUTRAL


@dataclass(frozen=True)
class Row:
    """One metric and what each side prints; a number follows from the digits of the display."""

    metric: Metric
    left: str | None
    right: str | None


def number(
    id: str,
    noun: str,
    unit: str,
    direction: Direction,
    left: str | None,
    right: str | None,
    group: str = "performance",
    **wording: str,
) -> Row:
    metric = Metric(
        id=id,
        name=noun.capitalize(),
        kind=MetricKind.QUANTITY,
        unit=unit,
        direction=direction,
        group=group,
        wording=Wording(noun=noun, **wording),
    )
    return Row(metric, left, right)


def answer(id: str, noun: str, left: str | None, right: str | None, direction: Direction = UP, **wording: str) -> Row:
    metric = Metric(
        id=id,
        name=noun.capitalize(),
        kind=MetricKind.BOOLEAN,
        direction=direction,
        group="features",
        wording=Wording(noun=noun, **wording),
    )
    return Row(metric, left, right)


def words(id: str, noun: str, left: str | None, right: str | None, **wording: str) -> Row:
    metric = Metric(
        id=id, name=noun.capitalize(), kind=MetricKind.CATEGORY, group="features", wording=Wording(noun=noun, **wording)
    )
    return Row(metric, left, right)


def day(id: str, noun: str, left: str | None, right: str | None, **wording: str) -> Row:
    metric = Metric(
        id=id, name=noun.capitalize(), kind=MetricKind.DATE, group="maturity", wording=Wording(noun=noun, **wording)
    )
    return Row(metric, left, right)


def compare(
    left: str,
    right: str,
    *rows: Row,
    key: tuple[str, ...] = (),
    status: dict[str, FactStatus] | None = None,
    slug: str | None = None,
) -> FactSheet:
    """The sheet of two entities; `status` by fact id, else single."""
    a, b = _id(left), _id(right)
    facts: list[Fact] = []
    derivations: list[Derivation] = []
    better: dict[str, str] = {}
    for row in rows:
        pair = [
            _fact(e, row.metric, shown, (status or {}).get(f"{e}.{row.metric.id}"))
            for e, shown in ((a, row.left), (b, row.right))
        ]
        present = [fact for fact in pair if fact is not None]
        facts += present
        if len(present) == 2 and all(f.status is FactStatus.SINGLE and f.quantity for f in present):
            ratio = _ratio(row.metric, present)
            if ratio:
                derivations.append(ratio)
            winner = _better(row.metric, present)
            if winner:
                better[row.metric.id] = winner
    return FactSheet(
        comparison=Comparison(
            slug=slug or f"{a}-vs-{b}".replace("_", "-"), entities=(a, b), category="things", key_metrics=key
        ),
        category=Category(id="things", name="Things", noun="thing", plural="things"),
        entities=(Entity(id=a, name=left, category="things"), Entity(id=b, name=right, category="things")),
        metrics=tuple(row.metric for row in rows),
        facts=tuple(facts),
        derivations=tuple(derivations),
        better=better,
        today=date(2026, 11, 20),
    )


def _id(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")


def _fact(entity: str, metric: Metric, shown: str | None, status: FactStatus | None) -> Fact | None:
    if shown is None:
        return None
    status = status or FactStatus.SINGLE
    known = status not in (FactStatus.DISPUTED, FactStatus.MISSING)
    return Fact(
        id=f"{entity}.{metric.id}",
        entity=entity,
        metric=metric.id,
        status=status,
        quantity=_quantity(metric, shown) if known else None,
        display=shown if known else None,
    )


def _quantity(metric: Metric, shown: str) -> Quantity:
    match metric.kind:
        case MetricKind.BOOLEAN:
            return Quantity(Kind.BOOLEAN, shown, boolean=shown.startswith("Yes"))
        case MetricKind.DATE:
            return Quantity(Kind.DATE, shown, date=shown)
        case MetricKind.QUANTITY:
            digits = "".join(char for char in shown.split(" ")[0] if char.isdigit() or char == ".")
            value = Decimal(digits)
            return Quantity(Kind.QUANTITY, shown, low=value, high=value, unit=metric.unit, approx="~" in shown)
        case _:
            return Quantity(Kind.TEXT, shown)


def _ratio(metric: Metric, pair: list[Fact]) -> Derivation | None:
    values = {fact.entity: fact.quantity.low for fact in pair if fact.quantity and fact.quantity.low}
    if len(values) < 2:
        return None
    large, small = max(values.values()), min(values.values())
    value = (large / small).quantize(Decimal("0.01"))
    return Derivation(
        id=f"{metric.id}.ratio",
        kind=DerivationKind.RATIO,
        metric=metric.id,
        value=value,
        display=f"{value:.1f}x",
        larger=max(values, key=lambda e: values[e]) if large != small else None,
        facts=tuple(fact.id for fact in pair),
        computation=f"{large} / {small} = {value:.1f}",
    )


def _better(metric: Metric, pair: list[Fact]) -> str | None:
    left, right = (fact.quantity for fact in pair)
    if metric.direction is NEUTRAL or left is None or right is None:
        return None
    x, y = (q.low if q.low is not None else Decimal(int(bool(q.boolean))) for q in (left, right))
    if x == y or (y and x and abs(x - y) / max(x, y) < Decimal("0.03")):
        return None
    return pair[0].entity if (x > y) is (metric.direction is UP) else pair[1].entity


THROUGHPUT = number(
    "throughput",
    "throughput",
    "req/s",
    UP,
    "~2,500 req/s",
    "~12,000 req/s",
    better="faster",
    worse="slower",
    verb="handles",
    matters="expect heavy traffic",
    question="Which handles more requests per second, {a} or {b}?",
)
STARTUP = number(
    "startup",
    "startup time",
    "ms",
    DOWN,
    "~120 ms",
    "~50 ms",
    better="quicker to start",
    worse="slower to start",
    verb="starts in",
    matters="restart often",
    question="Which starts faster, {a} or {b}?",
)
MEMORY = number(
    "memory",
    "idle memory",
    "MB",
    DOWN,
    "~35 MB",
    "100 MB",
    "footprint",
    better="lighter on memory",
    worse="heavier on memory",
    verb="idles at",
    matters="run many small instances",
    question="Which uses less memory, {a} or {b}?",
)
PACKAGES = number(
    "packages",
    "number of related packages",
    "packages",
    UP,
    "~8,500 packages",
    "~2,100 packages",
    "ecosystem",
    verb="has",
    matters="rely on ready-made extensions",
)
STARS = number(
    "stars",
    "GitHub star count",
    "stars",
    UP,
    "68,000 stars",
    "75,000 stars",
    "ecosystem",
    better="more starred",
    worse="less starred",
    verb="has",
    question="Which has more stars on GitHub, {a} or {b}?",
    matters="want the larger following on GitHub",
)
ASYNC = words(
    "async",
    "async support",
    "Requires extensions",
    "Native async/await",
    question="Do {a} and {b} support async/await?",
    matters="write asynchronous code",
)
FIRST = day(
    "first_release",
    "first release",
    "2010",
    "2018",
    better="older",
    worse="newer",
    verb="was first released on",
    question="Which came first, {a} or {b}?",
    matters="want the longer track record",
)
PRICE = number(
    "price",
    "monthly price",
    "USD/month",
    DOWN,
    "$7.99/month",
    "$15.49/month",
    "price",
    better="cheaper",
    worse="more expensive",
    verb="costs",
    question="Which is cheaper, {a} or {b}?",
    matters="watch the monthly bill",
)
STREAMS = number(
    "streams",
    "number of simultaneous streams",
    "streams",
    UP,
    "2 streams",
    "4 streams",
    "features",
    verb="allows",
    matters="share with a family",
)
TITLES = number(
    "titles",
    "number of titles",
    "titles",
    UP,
    "3,500 titles",
    "6,600 titles",
    "catalogue",
    verb="lists",
    matters="want a larger catalogue",
)
DOWNLOADS = answer("downloads", "offline downloads", "No", "Yes", matters="watch on the road")

TRADE = compare(
    "Flask",
    "FastAPI",
    THROUGHPUT,
    STARTUP,
    MEMORY,
    PACKAGES,
    STARS,
    ASYNC,
    FIRST,
    key=("memory", "throughput", "packages"),
)
PRICE_PLAN = compare("Streamly", "Cinebox", PRICE, STREAMS, TITLES, DOWNLOADS, key=("price", "streams"))
SWEEP = compare("Slowpoke", "Swift", THROUGHPUT, STARTUP, STARS, FIRST, key=("throughput",))
GAP = compare(
    "Tortoise",
    "Hare",
    THROUGHPUT,
    STARTUP,
    number("latency", "latency", "ms", DOWN, "10 ms", "11 ms", verb="answers in"),
    key=("throughput",),
)
CAPABILITY = compare(
    "Plain", "Rich", DOWNLOADS, STREAMS, number("size", "app size", "MB", DOWN, "80 MB", "95 MB"), key=("downloads",)
)
TIE = compare(
    "Left",
    "Right",
    number("score", "benchmark score", "points", UP, "1000 points", "1010 points", verb="scores"),
    number("speed", "peak speed", "MB/s", UP, "500 MB/s", "530 MB/s"),
    number("mass", "weight", "g", DOWN, "200 g", "201 g"),
)
WORDS = compare("Ember", "Svelte", ASYNC, words("licence", "licence", "MIT", "Apache-2.0", verb="uses the licence"))
SPARSE = compare(
    "Known", "Obscure", STARS, number("forks", "fork count", "forks", UP, "900 forks", None, verb="has"), FIRST
)
LEAN = compare(
    "Most",
    "Some",
    number(
        "read",
        "read speed",
        "MB/s",
        UP,
        "900 MB/s",
        "600 MB/s",
        verb="reads at",
        better="faster at reading",
        matters="load large files",
    ),
    number("write", "write speed", "MB/s", UP, "700 MB/s", "500 MB/s", verb="writes at", matters="record video"),
    number("seek", "seek time", "ms", DOWN, "9 ms", "7 ms", verb="seeks in", matters="open many small files"),
    key=("read", "write"),
)
SPLIT = compare(
    "North",
    "South",
    number("read", "read speed", "MB/s", UP, "900 MB/s", "600 MB/s", verb="reads at", matters="load large files"),
    number("write", "write speed", "MB/s", UP, "500 MB/s", "700 MB/s", verb="writes at", matters="record video"),
    number("seek", "seek time", "ms", DOWN, "9 ms", "9.1 ms", verb="seeks in"),
)
EMPTY = compare("Nothing", "Void", number("score", "benchmark score", "points", UP, "10 points", None))

ALL = {
    "trade": TRADE,
    "price": PRICE_PLAN,
    "sweep": SWEEP,
    "gap": GAP,
    "capability": CAPABILITY,
    "tie": TIE,
    "words": WORDS,
    "sparse": SPARSE,
    "lean": LEAN,
    "split": SPLIT,
}  # fmt: skip
