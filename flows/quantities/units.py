"""Units by name: looking them up, reading them out of a text, converting between them.

All factors are exact decimals; a conversion divides at most once, at the end.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from flows.quantities.patterns import lazy
from flows.quantities.unit_table import ADVERBS, COUNT, EXACT, FIRST_WORDS, FOLDED, ONE, PERIODS, Unit

__all__ = [
    "COUNT",
    "ONE",
    "Unit",
    "UnitMatch",
    "convert",
    "dimension_of",
    "is_currency",
    "lookup",
    "named_unit",
    "rate",
    "same_dimension",
    "unit_at",
]

_SUPERSCRIPTS = str.maketrans({"²": "2", "³": "3", "μ": "µ"})
_TOKEN = lazy(r"[°º] ?[CF](?![A-Za-z])|%-?points?\b|[%‰°º\"″”′'¢$€£¥₹₽₩₺₿]|[^\W\d_]+(?:[²³]|\^?[23](?![0-9A-Za-z]))?")
_NEXT_WORD = lazy(r"\.?[ -]\(?([^\W\d_]+)")
_PER = lazy(r" ?/ ?| per | (?:a|an|each|every) (?=\w)|-per-|-a-(?=month|year|day|week)")
_PER_SCALE = lazy(
    r"(?:one )?(million|thousand|billion|hundred|[kKM](?= tok))(?![a-z]) ?|([0-9][0-9,]*) ?(million\b|thousand\b|[kKM](?![A-Za-z0-9]))? ?"
)
#: "per 1M input tokens": which tokens is the qualifier's business.
_KIND_OF_TOKEN = lazy(
    r"(?:input|output|in|out|prompt|completion|cached|cached input|blended)(?: |/)(?:and output )?(?:tokens?|tok)(?![A-Za-z])",
    re.IGNORECASE,
)
_PER_WORD = lazy(r"(?:(?:square|cubic|sq\.?) )?[A-Za-zµ]+(?:-[a-z]+)?")
_POWER = lazy(r"\^?[23](?![0-9A-Za-z]|[.,][0-9])|[²³]")
_ADVERB = lazy(r"[ /](hourly|daily|weekly|monthly|yearly|annually|p\.a\.|p/m)(?!\w)")
_SCALES = {"hundred": 100, "thousand": 1000, "k": 1000, "million": 10**6, "m": 10**6, "billion": 10**9, "": 1}
_SCALE_MARKS = {1: "", 100: "100", 1000: "k", 10**6: "M", 10**9: "G"}
#: One use of a machine: what it takes converts like what it takes in all.
_USES = frozenset({"cycle", "charge", "wash", "load"})
#: What a rate of something that is no money may be per, beside periods.
_PER_THINGS = {
    "op",
    "ops",
    "request",
    "req",
    "call",
    "token",
    "kg",
    "km",
    "mile",
    "mi",
    "kwh",
    "l",
    "litre",
    "liter",
    "gal",
    "gallon",
    *_USES,
}
#: Words for what costs money that mean the same.
_SAME_THING = {
    "mo": "month",
    "users": "user",
    "seats": "seat",
    "tok": "token",
    "tokens": "token",
    "reqs": "request",
    "requests": "request",
    "req": "request",
    "kilobyte": "KB",
    "megabyte": "MB",
    "gigabyte": "GB",
    "gigabytes": "GB",
    "gig": "GB",
    "terabyte": "TB",
}
#: "Gb" alone is what people write for gigabytes of storage; "Gb/s" is a line speed.
_BIT_WHEN_A_RATE = {"kb", "Kb", "Mb", "Gb", "Tb"}
_PERIOD_IDS = ("s", "min", "hour", "day", "week", "month", "year")


class UnitMatch(NamedTuple):
    """A unit found in a text, with its half-open span."""

    unit: Unit
    start: int
    end: int


def named_unit(word: str) -> Unit | None:
    """The unit of this one name, without any per-part."""
    unit = EXACT.get(word)
    if unit is not None:
        return unit
    folded = word.translate(_SUPERSCRIPTS).lower()
    unit = FOLDED.get(folded)
    if unit is None and word[:1] in "°º" and " " in word:
        unit = FOLDED.get(folded.replace(" ", ""))
    return unit


def unit_at(text: str, start: int, *, money: Unit | None = None) -> UnitMatch | None:
    """The unit that begins at `start`, with its per-part ("req/s", "dollars per month").

    With `money`, a currency sign has been read before the number, and only the per-part may follow.
    """
    if money is not None:
        head, end = money, start
    else:
        match = _TOKEN.match(text, start)
        if match is None:
            return None
        found = _longest_name(text, match)
        if found is None:
            return _noun_rate(text, match)
        head, end = found
    unit, tail_end = _per_part(text, end, head, text[start:end])
    if money is not None and tail_end == start:
        return None
    return UnitMatch(unit, start, tail_end)


def _longest_name(text: str, match: re.Match[str]) -> tuple[Unit, int] | None:
    word = match.group()
    longest = FIRST_WORDS.get(word.lower(), 1)
    if longest > 1:
        ends = [match.end()]
        while len(ends) < longest:
            following = _NEXT_WORD.match(text, ends[-1])
            if following is None:
                break
            ends.append(following.end())
        for end in reversed(ends[1:]):
            name = text[match.start() : end].lower()
            unit = FOLDED.get(name) or FOLDED.get(name.replace("-", " "))
            if unit is not None:
                return unit, end
    unit = named_unit(word)
    if unit is None:
        return None
    end = match.end()
    # "61.02 sec." at the end of a cell: the dot of the abbreviation is left to the caller.
    return unit, end


def _noun_rate(text: str, match: re.Match[str]) -> UnitMatch | None:
    """ "widgets/s", "snapshots per minute": a noun that is in no table, counted over a period."""
    word = match.group()
    if len(word) < 3:
        return None
    per = _PER.match(text, match.end())
    if per is None or per.group().strip() in ("a", "an", "each", "every"):
        return None
    tail = _PER_WORD.match(text, per.end())
    if tail is None or tail.group().lower() not in PERIODS:
        return None
    unit = rate(COUNT, (tail.group(),))
    return None if unit is None else UnitMatch(unit, match.start(), tail.end())


def _per_part(text: str, end: int, head: Unit, written: str) -> tuple[Unit, int]:
    """Extend `head`, which ends at `end`, by the per-parts that follow it."""
    tails: list[str] = []
    money = is_currency(head)
    best, best_end = head, end
    while len(tails) < 3:
        part = _part(text, best_end, head, tails)
        if part is None:
            break
        names, part_end = part
        if names[0][-1:] in "23" and "^" in names[0]:
            # "m/s^2", "kg/m3"
            return (best, best_end) if tails or money else (_as_written(head, names[0], written), part_end)
        extended = rate(head, (*tails, *names), written)
        if extended is None:
            break
        tails += names
        best, best_end = extended, part_end
    adverb = _ADVERB.match(text, best_end) if money and not any(tail in _PERIOD_IDS for tail in tails) else None
    if adverb is not None:
        yearly = rate(head, (*tails, ADVERBS[adverb.group(1)]), written)
        if yearly is not None:
            return yearly, adverb.end()
    return best, best_end


def _part(text: str, position: int, head: Unit, tails: list[str]) -> tuple[list[str], int] | None:
    """One "per X" at `position`: how canonical units write it (two parts for "per GB-month"), and its end."""
    step = _PER.match(text, position)
    if step is None:
        return None
    money = is_currency(head)
    after, multiple = step.end(), 1
    scale = _PER_SCALE.match(text, after)
    if scale is not None:
        if not money and head.id not in ("Wh", "m^3"):
            return None
        after, multiple = scale.end(), _multiple(scale)
    word = _PER_WORD.match(text, after)
    if word is None:
        return None
    tokens = _KIND_OF_TOKEN.match(text, word.start()) if multiple > 1 or money else None
    if tokens is not None:
        return [_tail("tokens", multiple)], tokens.end()
    name = word.group()
    power = _POWER.match(text, word.end())
    if power is not None:
        return [f"{name}^{power.group().strip('^').translate(_SUPERSCRIPTS)}"], power.end()
    if name.lower() not in PERIODS and not _may_be_per(head, name, step.group().strip(), tails):
        return None
    thing, _, period = name.rpartition("-")
    if thing and period.lower() in PERIODS:
        return [_tail(thing, multiple), _tail(period, 1)], word.end()
    return [_tail(name, multiple)], word.end()


def _multiple(scale: re.Match[str]) -> int:
    if scale.group(1):
        return _SCALES[scale.group(1).lower()]
    number = int(scale.group(2).replace(",", "")[:12] or 1)
    return number * _SCALES[(scale.group(3) or "").lower()]


def _may_be_per(head: Unit, name: str, joint: str, tails: list[str]) -> bool:
    if is_currency(head):
        return joint in ("/", "per", "-per-") or (
            joint in ("a", "an", "each") and len(name) > 2 and not tails and name.lower() not in ("day's",)
        )
    if head.id == "ratio" or head.id == "percent":
        return False
    if head.id == "1" and name.lower() in _USES:
        return False  # "330 shots per charge" are shots
    return joint in ("/", "per") and name.lower() in _PER_THINGS


def _tail(name: str, multiple: int) -> str:
    """How a per-part is written in a canonical unit: "month", "user", "Mtoken", "100km"."""
    lower = name.lower()
    tokens = _TOKENS_IN_A_NAME.match(name)
    if tokens is not None and multiple == 1:
        return f"{tokens.group(1).replace('K', 'k')}token"
    if lower in PERIODS:
        lower = PERIODS[lower][0]
    else:
        lower = _SAME_THING.get(lower, lower)
        if name.isupper() or not name.islower():
            lower = name if named_unit(name) is not None else lower
    if multiple == 1:
        return lower
    return f"{_SCALE_MARKS.get(multiple, multiple)}{lower}"


_TOKENS_IN_A_NAME = lazy(r"([kKM])tok(?:ens?)?$", re.IGNORECASE)
_TOKENS = lazy(r"([kM]|[0-9]+)?token$")


@lru_cache(maxsize=2048)
def rate(head: Unit, tails: tuple[str, ...], written: str = "") -> Unit | None:
    """`head` per each of `tails` as a unit of its own; None where that is no unit anyone writes."""
    names = [PERIODS[tail.lower()][0] if tail.lower() in PERIODS else tail for tail in tails]
    things = [name for name in names if name not in _PERIOD_IDS]
    periods = [name for name in names if name in _PERIOD_IDS]
    if len(periods) > 1:
        return None
    if is_currency(head):
        return _price(head, things, periods)
    if len(names) != 1:
        return None
    tail = names[0]
    if periods:
        return _over_period(head, tail, written)
    if head.id in ("1", "byte", "bit", "s") or tail in _USES:
        return Unit(f"{head.id}/{tail}", head.factor, f"{head.id}/{tail}", head.divisor)
    if head.id == "W" and tail == "kg":
        return Unit("W/kg", head.factor, "W/kg")
    return _as_written(head, tail, written)


def _as_written(head: Unit, tail: str, written: str) -> Unit:
    """A rate that nothing converts to: "kWh/100km", "barrel/day"."""
    name = f"{head.id if head.dimension == head.id else written or head.id}/{tail}"
    return Unit(name, ONE, name)


def _price(head: Unit, things: list[str], periods: list[str]) -> Unit:
    factor = head.factor
    for index, thing in enumerate(things):
        tokens = _TOKENS.match(thing)
        if tokens is not None and tokens.group(1):
            # Model prices are quoted per thousand or per million tokens: one unit for both.
            size = {"k": 1000, "M": 10**6}.get(tokens.group(1)) or int(tokens.group(1))
            if size and 10**6 % size == 0:
                factor *= 10**6 // size
                things = [*things[:index], "Mtoken", *things[index + 1 :]]
    unit_id = "/".join([head.id, *sorted(things), *periods])
    return Unit(
        unit_id,
        factor,
        unit_id
        if not periods or periods[0] not in ("month", "year")
        else "/".join([head.id, *sorted(things), "calendar_time"]),
    )


def _over_period(head: Unit, period: str, written: str) -> Unit | None:
    seconds = next(value for name, value in PERIODS.values() if name == period)
    if head.id == "ratio":
        return Unit(f"1/{period}", ONE, "frequency") if written.lower() == "times" else None
    if head.id == "1":
        return Unit(f"1/{period}", head.factor, "frequency", scale=head.scale)
    if head.id == "byte" and seconds and written in _BIT_WHEN_A_RATE:
        return Unit("bit/s", head.factor, "data_rate", Decimal(seconds))
    if head.id in ("byte", "bit") and seconds:
        return Unit(f"{head.id}/s", head.factor, "data_rate", Decimal(seconds))
    if head.id == "m" and seconds:
        return Unit("m/s", head.factor, "speed", head.divisor * seconds)
    if head.id in ("byte", "bit", "s"):
        return Unit(f"{head.id}/{period}", head.factor, f"{head.id}/{period}")
    if head.dimension in ("percent", "points"):
        return Unit(f"{head.id}/{period}", head.factor, f"{head.id}/{period}")
    if head.id in ("year", "month"):
        return None
    if head.id == "TFLOPS":
        return head
    return _as_written(head, period, written)


def is_currency(unit: Unit) -> bool:
    """Whether this is an amount of money, not a price per something."""
    return unit.id.isupper() and len(unit.id) == 3 and unit.id.isalpha()


_BRACKETED = lazy(r"[(\[]([^()\[\]]+)[)\]]")
_LEAD = lazy(r"(?:in|as|number of|#|no\. of|total|avg\.?|average|mean|max\.?|min\.?) ", re.IGNORECASE)


_PART_NAME = lazy(r"(?:[0-9]{1,4}|[kMG])?(?:(?:square|cubic) )?[A-Za-zµ][A-Za-z-]*(?:\^[23])?$")
_SCALE_LETTERS = {"k": FOLDED["thousands"], "K": FOLDED["thousands"], "M": FOLDED["millions"], "B": FOLDED["billions"]}


@lru_cache(maxsize=4096)
def lookup(text: str) -> Unit | None:
    """The unit that `text` names as a whole: "ms", "requests/second", "USD/user/month", "thousands qps".

    Headings of columns are read too: "in millions", "Latency (ms)", "% of Python web frameworks". None where nothing
    in it is a unit.
    """
    name = " ".join(text.split())
    if not name or len(name) > 120:
        return None
    unit = _whole(name)
    if unit is not None:
        return unit
    bracket = _BRACKETED.search(name)
    if bracket is not None:
        unit = _whole(bracket.group(1).strip())
        if unit is not None:
            return unit
    lead = _LEAD.match(name)
    if lead is not None:
        return lookup(name[lead.end() :])
    if name.startswith("%"):
        return FOLDED["percent"]
    if bracket is not None and bracket.group(1) == "K" and name.lower().startswith("temp"):
        return FOLDED["kelvin"]
    head, _, rest = name.partition(" ")
    if rest:
        scale = _SCALE_LETTERS.get(head) or named_unit(head)
        if scale is not None and scale.scale != 1:
            # "thousands qps", "millions of users": the scale belongs to the unit behind it.
            inner = _whole(rest.removeprefix("of ")) or (COUNT if len(head) > 1 or rest.islower() else None)
            if inner is None:
                return None
            return Unit(inner.id, inner.factor * scale.factor, inner.dimension, inner.divisor, scale.factor)
        last = name.rsplit(" ", 1)[1]
        if last.islower() and len(last) > 1 and last not in ("in", "mo", "ct", "bar", "word", "cup"):
            return _whole(last)
    return None


def _whole(name: str) -> Unit | None:
    if name == "1":
        return COUNT
    if name.startswith("1/"):
        return rate(COUNT, (name[2:],))
    match = unit_at(name, 0)
    if match is not None and match.end == len(name):
        return match.unit
    if name[:1] in "/" or name.startswith("per "):
        tail = name.removeprefix("/").removeprefix("per ").strip().lower()
        return rate(COUNT, (tail,)) if tail in PERIODS else None
    parts = name.split("/")
    head = named_unit(parts[0])
    if head is None or len(parts) < 2 or not all(_PART_NAME.match(part) for part in parts[1:]):
        return None
    return rate(head, tuple(_SAME_THING.get(part, part) for part in parts[1:]), parts[0])


#: Canonical unit -> (what it has in common with others, its worth in that).
_SHARED: dict[str, tuple[str, Decimal, Decimal]] = {
    "byte": ("data", Decimal(8), ONE),
    "bit": ("data", ONE, ONE),
    "byte/s": ("data_rate", Decimal(8), ONE),
    "bit/s": ("data_rate", ONE, ONE),
    "month": ("calendar_time", ONE, ONE),
    "year": ("calendar_time", Decimal(12), ONE),
    "1/s": ("frequency", ONE, ONE),
    "1/min": ("frequency", ONE, Decimal(60)),
    "1/hour": ("frequency", ONE, Decimal(3600)),
    "1/day": ("frequency", ONE, Decimal(86400)),
    "1/week": ("frequency", ONE, Decimal(604800)),
    "1/month": ("calendar_frequency", ONE, ONE),
    "1/year": ("calendar_frequency", ONE, Decimal(12)),
}


def _unit(name: str) -> Unit | None:
    return lookup(name)


def dimension_of(name: str) -> str | None:
    """What a unit measures: "time", "data", "USD/calendar_time"; None for a name that is no unit."""
    unit = lookup(name)
    if unit is None:
        return None
    shared = _SHARED.get(unit.id)
    return shared[0] if shared else unit.dimension


def same_dimension(a: str, b: str) -> bool:
    """Whether values in these units can be compared. Currencies never compare with one another."""
    first = dimension_of(a)
    return first is not None and first == dimension_of(b)


def convert(value: Decimal, from_unit: str, to_unit: str) -> Decimal | None:
    """`value` in another unit of the same dimension; None where there is no conversion.

    Days and months do not convert into one another, nor does one currency into another.
    """
    source, target = _unit(from_unit), _unit(to_unit)
    if source is None or target is None or not same_dimension(from_unit, to_unit):
        return None
    if source.id != target.id and source.dimension == "temperature":
        return _temperature(value, source.id, target.id)
    up = source.factor * target.divisor
    down = source.divisor * target.factor
    if source.id != target.id:
        scale = _between(source.id, target.id)
        if scale is None:
            return None
        up *= scale[0]
        down *= scale[1]
    return value * up / down


def _between(source: str, target: str) -> tuple[Decimal, Decimal] | None:
    first, second = _SHARED.get(source), _SHARED.get(target)
    if first is not None and second is not None:
        return first[1] * second[2], first[2] * second[1]
    if source.endswith("/year") and target.endswith("/month"):
        return ONE, Decimal(12)
    if source.endswith("/month") and target.endswith("/year"):
        return Decimal(12), ONE
    return None


def _temperature(value: Decimal, source: str, target: str) -> Decimal:
    celsius = value
    if source == "degF":
        celsius = (value - 32) * 5 / 9
    elif source == "kelvin":
        celsius = value - Decimal("273.15")
    if target == "degF":
        return celsius * 9 / 5 + 32
    return celsius + Decimal("273.15") if target == "kelvin" else celsius
