"""Units as they stand in a text: where one begins, how far its name goes, and what it is per."""

from __future__ import annotations

import re
from typing import NamedTuple

from flows.quantities.patterns import lazy
from flows.quantities.unit_rates import PERIOD_IDS, USES, is_currency, rate, rate_as_written
from flows.quantities.unit_table import ADVERBS, COUNT, EXACT, FIRST_WORDS, FOLDED, PERIODS, Unit

_SUPERSCRIPTS = str.maketrans({"²": "2", "³": "3", "μ": "µ"})
_TOKEN = lazy(r"[°º] ?[CF](?![A-Za-z])|%-?points?\b|[%‰°º\"″”′'¢$€£¥₹₽₩₺₿]|[^\W\d_]+(?:[²³]|\^?[23](?![0-9A-Za-z]))?")
_NEXT_WORD = lazy(r"\.?[ -]\(?([^\W\d_]+)")
_PER = lazy(
    r" ?/ ?| per | (?:a|an|each|every) (?=\w)(?!\w+ (?:ago|earlier|before|previously|prior|later)\b)|-per-|-a-(?=month|year|day|week)"
)
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
    *USES,
}
#: Words for what costs money that mean the same.
SAME_THING = {
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
            return (best, best_end) if tails or money else (rate_as_written(head, names[0], written), part_end)
        extended = rate(head, (*tails, *names), written)
        if extended is None:
            break
        tails += names
        best, best_end = extended, part_end
    adverb = _ADVERB.match(text, best_end) if money and not any(tail in PERIOD_IDS for tail in tails) else None
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
    if head.id == "1" and name.lower() in USES:
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
        lower = SAME_THING.get(lower, lower)
        if name.isupper() or not name.islower():
            lower = name if named_unit(name) is not None else lower
    if multiple == 1:
        return lower
    return f"{_SCALE_MARKS.get(multiple, multiple)}{lower}"


_TOKENS_IN_A_NAME = lazy(r"([kKM])tok(?:ens?)?$", re.IGNORECASE)
