"""Words and signs around a number that make it approximate or open on one side."""

from __future__ import annotations

import re
from typing import NamedTuple

from flows.quantities.patterns import lazy
from schemas.quantity import Bound

_LEAST = (
    "over|more than|greater than|larger than|bigger than|higher than|longer than|above|beyond|exceeding|exceeds|exceed|exceeded|at least|no less than|not less than|no fewer than|not fewer than|minimum|"
    "minimum of|a minimum of|min|min.|min:|in excess of|upwards of|upward of|north of|starting at|starts at|start at|starting from|starts from|as low as|as little as|as few as|well over|just over|"
    "slightly over|a little over|slightly more than|a little more than|well above|just above|greater than or equal to|more than or equal to|upwards from|well more than|anything over|surpassing|surpassed|topping"
)
_MOST = (
    "under|less than|fewer than|lower than|smaller than|below|up to|upto|at most|no more than|not more than|no greater than|no longer than|maximum|maximum of|a maximum of|max|max.|max:|as much as|as many as|"
    "as high as|as long as|well under|just under|slightly under|a little under|well below|just below|slightly less than|less than or equal to|not exceeding|within|shorter than|sub|sub-|a max of|as fast as|capped at|limited to|tops out at"
)
_ABOUT = (
    "about|around|approximately|approx|approx.|roughly|some|circa|ca|ca.|c.|nearly|almost|close to|nearing|approaching|estimated|est.|an estimated|something like|in the region of|on the order of|more or less|"
    "typically around|in the neighborhood of|somewhere around|virtually|an average of about|roughly speaking"
)


class Hedge(NamedTuple):
    """What a hedge does to the number behind it."""

    approx: bool
    bound: Bound | None


HEDGES: dict[str, Hedge] = {}
for _phrases, _hedge in (
    (_LEAST, Hedge(False, Bound.AT_LEAST)),
    (_MOST, Hedge(False, Bound.AT_MOST)),
    (_ABOUT, Hedge(True, None)),
):
    for _phrase in _phrases.split("|"):
        HEDGES[_phrase] = _hedge
SIGNS: dict[str, Hedge] = {
    "~": Hedge(True, None), "≈": Hedge(True, None), "∼": Hedge(True, None), "≅": Hedge(True, None), "≃": Hedge(True, None), "〜": Hedge(True, None),
    "<": Hedge(False, Bound.AT_MOST), "≤": Hedge(False, Bound.AT_MOST), "⩽": Hedge(False, Bound.AT_MOST), "<=": Hedge(False, Bound.AT_MOST), "&lt;": Hedge(False, Bound.AT_MOST),
    ">": Hedge(False, Bound.AT_LEAST), "≥": Hedge(False, Bound.AT_LEAST), "⩾": Hedge(False, Bound.AT_LEAST), ">=": Hedge(False, Bound.AT_LEAST), "&gt;": Hedge(False, Bound.AT_LEAST),
}  # fmt: skip
_LAST_WORDS = frozenset(phrase.split()[-1] for phrase in HEDGES)
_OPENING = "(\"'“‘,"
_LONGEST = max(len(phrase.split()) for phrase in HEDGES)
_LOOK_BACK = 48

_BEHIND = lazy(
    r"[ \u00a0]?(?:(?P<least>(?:or|and) (?:more|higher|greater|above|longer|up|over|upwards|better|larger)|plus(?= [a-z]|[.,;)]|$)|minimum|upwards|(?<= )min(?:\.(?=$| )|(?=$|[,;])))"
    r"|(?P<most>or (?:less|fewer|lower|below|under|faster|shorter|smaller|equal)|maximum|max\.?|tops)|(?P<about>or so|-ish|ish|more or less|approx\.?|approximately))(?![A-Za-z-])",
    re.IGNORECASE,
)
AHEAD = lazy(
    r"(?P<sign>&[lg]t;=?|[<>]=|[~≈∼≅≃<>≤≥⩽⩾])[ \u00a0]*|(?P<word>"
    + "|".join(re.escape(p) for p in sorted([*HEDGES, "from", "between"], key=len, reverse=True) if p != "sub-")
    + r")(?:[ \u00a0]+|:[ \u00a0]*|(?<=sub)-)",
    re.IGNORECASE,
)


def hedge_before(text: str, start: int) -> tuple[Hedge, int] | None:
    """The hedge that ends right before `start` in running text, with the place where it begins."""
    approx, bound, begin = False, None, start
    for _ in range(2):
        found = _one_before(text, begin)
        if found is None:
            break
        approx = approx or found[0].approx
        bound = bound or found[0].bound
        begin = found[1]
    return None if begin == start else (Hedge(approx, bound), begin)


def _one_before(text: str, start: int) -> tuple[Hedge, int] | None:
    window_start = max(0, start - _LOOK_BACK)
    window = text[window_start:start]
    bare = window.rstrip(" \u00a0")
    if not bare:
        return None
    if not bare[-1].isalnum():
        for length in (4, 2, 1):
            sign = SIGNS.get(bare[-length:]) if length <= len(bare) else None
            if sign is not None:
                return sign, window_start + len(bare) - length
    if bare[-4:].lower() == "sub-":
        return HEDGES["sub-"], window_start + len(bare) - 4
    if len(bare) == len(window) and not bare.endswith("-"):
        return None
    if bare[bare.rfind(" ") + 1 :].lower().lstrip(_OPENING) not in _LAST_WORDS:
        return None
    words = bare.lower().split(" ")
    for count in range(min(_LONGEST, len(words)), 0, -1):
        phrase = " ".join(words[-count:]).lstrip(_OPENING)
        hedge = HEDGES.get(phrase)
        if hedge is not None:
            begin = window_start + len(bare) - len(phrase)
            if begin == 0 or not text[begin - 1].isalnum():
                return hedge, begin
    return None


def hedge_behind(text: str, end: int) -> tuple[Hedge, int] | None:
    """The hedge that begins right behind a quantity ("or more", "max"), with its end."""
    match = _BEHIND.match(text, end)
    if match is None:
        return None
    if match["least"]:
        return Hedge(False, Bound.AT_LEAST), match.end()
    if match["most"]:
        return Hedge(False, Bound.AT_MOST), match.end()
    return Hedge(True, None), match.end()
