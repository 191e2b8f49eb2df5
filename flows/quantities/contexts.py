"""What stands around a number in running text and decides what it is: a year, a version, a share, a pronoun, a name."""

from __future__ import annotations

import re
from functools import lru_cache

from flows.quantities.dates import YEAR, FoundDate
from flows.quantities.hedges import hedge_before
from flows.quantities.patterns import lazy
from flows.quantities.reading import Measure
from flows.quantities.unit_reading import unit_at

MONTH = "January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_VERSION_NAME = lazy(
    r"(?:^|[^\w])(?:(?:[vV]ersions?|[rR]eleases?|Python|Node(?:\.js)?|Java|JDK|PHP|Ruby|Go|Rust|Android|iOS|iPadOS|macOS|Windows|Ubuntu|Debian|Chrome|Firefox|Safari|Swift|Kotlin|PostgreSQL|Postgres|MySQL|MariaDB|SQLite|Redis|CUDA|OpenGL|Vulkan|DirectX|\.NET|C\+\+|React|Vue|Angular|Django|"
    r"Flask|FastAPI|Rails|Laravel|USB|Bluetooth|HDMI|DisplayPort|PCIe|Wi-Fi|HTTP|TLS|OAuth|OpenAPI|GPT|Llama|Claude|Gemini|ES|Kubernetes|Linux|Prisma|Pydantic|TypeScript|ECMAScript)[ -]v?)$"
)
_NAME_BEFORE = lazy(r"(?:^|[^.!?\w] ?|[a-z,] )(?![A-Z]{3,} $)[A-Z][\w.+#]*(?: [A-Z][\w.+#]*)* $")
_DOTTED = lazy(r"[0-9]+\.[0-9]+(?:\.x)?(?![0-9%])")
_YEAR_LEAD = lazy(
    r"(?:^|[^\w])(?:in|since|from|by|until|till|before|after|of|during|through|around|circa|late|early|mid|year|mid-|late-|early-|as of|back to|to|and|between|for|©|the|spring|summer|autumn|fall|winter)[ -]$|[(\[/–-]$|(?:"
    + MONTH
    + r")\.?,? $",
    re.IGNORECASE,
)
_YEAR_STRONG = lazy(
    r"(?:^|[^\w])(?:in|since|by|until|till|during|circa|late|early|mid|year|as of|back to|©|spring|summer|autumn|fall|winter)[ -]$|(?:"
    + MONTH
    + r")\.?,? (?:of )?$",
    re.IGNORECASE,
)
_YEAR_SPAN = lazy(r"(?:[-–—]|/| to | and | or )(?:(?:19|20)?[0-9]{2})(?![0-9A-Za-z%.,]*[0-9])")
_PLURAL_BEHIND = lazy(r" (?:[a-z]+[- ]){0,2}?(?!is |was |has |as |its |this |this|does |alongside)[a-z]{2,}s(?![a-z])")
_TIME = lazy(
    r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[ap]\.?m\b\.?)?|[0-9]{1,2}:(?!1(?![0-9]))[0-9](?![0-9])|[0-9]{1,2} ?[ap]\.?m\.?(?![a-z])",
    re.IGNORECASE,
)
_SLASHED_DATE = lazy(r"[0-9]{1,2}/[0-9]{1,2}/((?:19|20)[0-9]{2}|[0-9]{2})(?![0-9/])")
_DECADE = lazy(r"[1-9]0s(?![a-z])")
_DECADE_LEAD = lazy(r"(?:\b(?:the|his|her|their|my|our|your|early|late|mid)[ -])$", re.IGNORECASE)
_ORDINAL = lazy(r"[0-9]+(?:st|nd|rd|th)(?![a-z])")
_NOT_ONE_BEFORE = lazy(
    r"(?:this|that|the|which|each|every|no|any|another|only|last|new|old|first|second|next|other|some|a|an|big|good|better|best|right|wrong|single|former|latter|older|newer|faster|slower|cheaper|same)[ -]$",
    re.IGNORECASE,
)
_NOT_ONE_BEHIND = lazy(
    r" (?:can|could|should|must|may|might|would|will|another|thing\b|does|has|is\b|was\b|who|that|which|or the other|by one|day\b|so\b|to\b|for\b|with\b|in\b|and\b)|[.,;:!?)]|-(?:off|time|way|click|liner|on-one|to-one|stop|sided)|$",
    re.IGNORECASE,
)
_NOT_HALF_BEFORE = lazy(r"(?:first|second|other|latter|former|final|last|better|third|fourth)[ -]$", re.IGNORECASE)
_ORDINAL_USE = lazy(
    r"[ -](?!of\b|the\b|less|more|few|fast|slow|cheap|large|small|high|low|as\b|that\b|to\b|in\b|and\b|or\b|its\b|their\b|a\b|an\b|million|billion|thousand|million|second|minute|hour|mile|century|smaller|larger)[a-z]+",
    re.IGNORECASE,
)
_SCREEN = lazy(
    r"[48]K[ -](?:HDR|UHD|video|resolution|display|content|stream|screen|TV|monitor|60|Ultra|at [0-9])", re.IGNORECASE
)
_NOUN = lazy(
    r"[ \u00a0-]((?:[A-Za-z][\w'’-]{0,30} ){0,3}?[A-Za-z][\w'’-]{0,30}?(?:s|people|children|men|women))(?![\w'’])|[ -]([a-z][\w-]{1,30})"
)
_STOP = {
    "of", "the", "and", "or", "to", "in", "on", "at", "for", "with", "from", "by", "as", "is", "are", "was", "were", "than", "a", "an", "it", "its", "that", "this", "but", "per", "when", "while", "if", "so", "into", "out", "up", "against", "versus", "vs", "over", "under", "has", "have", "had",
    "which", "who", "because", "where", "more", "less", "fewer", "each", "between", "among", "not", "be", "can", "will", "would", "also", "only", "both", "after", "before", "since", "until", "during", "faster", "slower", "higher", "lower", "better", "worse", "does", "do", "did", "though", "although", "rather", "instead", "compared", "together",
}  # fmt: skip
_NO_NAME_PARTS = {"sub", "mid", "pre", "to", "non", "under", "up", "a", "about"}
_HYPHENED = lazy(r"([A-Za-z][A-Za-z0-9]*)-$")
_TO_NUMBER = lazy(r" to [0-9]")
_ONE_GOES_ON = lazy(r" (?:hundred|thousand|million|billion|and a|to \w+ |or two)|-(?:third|half|fifth|quarter)")


def follows_version_name(before: str) -> bool:
    """Whether the text that ends right before a number names something that has versions ("Python ", "version ")."""
    return _names_versions(before[before.rfind(" ", 0, len(before) - 2) + 1 :])


@lru_cache(maxsize=4096)
def _names_versions(word: str) -> bool:
    """`word`: with what joins it to the number, and no more than that."""
    return _VERSION_NAME.search(word) is not None


def is_version_of_a_name(text: str, measure: Measure) -> bool:
    """Whether a bare small decimal follows a name ("Claude 3.5") and so is its version."""
    start = measure.start
    if measure.unit is not None or measure.scaled or measure.low != measure.high or measure.low >= 30:
        return False
    if _DOTTED.match(text, start) is None or _NAME_BEFORE.search(text[max(0, start - 40) : start]) is None:
        return False
    return hedge_before(text, start) is None


def slashed_date_at(text: str, start: int) -> FoundDate | None:
    """ "3/4/2020": day and month may stand in either order, so only the year is taken."""
    match = _SLASHED_DATE.match(text, start)
    if match is None:
        return None
    year = match.group(1)
    return FoundDate(year if len(year) == 4 else f"20{year}", start, match.end())


def one_stands(text: str, start: int, end: int) -> bool:
    """Whether the word "one" counts something here and is no pronoun."""
    if _ONE_GOES_ON.match(text, end) or text.startswith(" over ", end):
        return True
    if _NOT_ONE_BEFORE.search(text[max(0, start - 10) : start]) is None and _NOT_ONE_BEHIND.match(text, end) is None:
        return True
    hedge = hedge_before(text, start)
    return hedge is not None and hedge[0].bound is not None


def year_at(text: str, start: int) -> FoundDate | None:
    """The bare year that begins at `start`, where the words around it say that it is one; "2000 users" is none."""
    match = YEAR.match(text, start)
    if match is None:
        return None
    end = match.end()
    before = text[max(0, start - 20) : start]
    if before[-1:] in "$€£¥~<>≈" and before:
        return None
    hedged = hedge_before(text, start)
    span = _YEAR_SPAN.match(text, end)
    strong = _YEAR_STRONG.search(before) is not None
    behind = unit_at(text, end + 1) if text[end : end + 1] == " " else None
    if behind is not None and behind.unit.id != "1" and behind.end - behind.start > 1:
        return None
    if not strong and (_PLURAL_BEHIND.match(text, end) or (hedged is not None and hedged[0].bound is not None)):
        return None
    if strong and _PLURAL_BEHIND.match(text, end) and behind is not None:
        return None
    if not strong and not _YEAR_LEAD.search(before) and _TO_NUMBER.match(text, end):
        return None
    if span is not None and (strong or _YEAR_LEAD.search(before)):
        end = span.end()
    if text[end : end + 1] == "+" or not (strong or _YEAR_LEAD.search(before) or before == "" or before[-1:].isspace()):
        return None
    if text[end : end + 1] == "s":
        end += 1
    return FoundDate(match.group(), start, end)


def share_stands(text: str, measure: Measure) -> bool:
    """Whether "a third", "half" is a share here and no ordinal or half of a match."""
    start, end = measure.start, measure.end
    if measure.unit is not None:
        return True
    written = text[start:end].lower()
    if written.endswith("half") and _NOT_HALF_BEFORE.search(text[max(0, start - 10) : start]):
        return False
    if written in ("half", "quarter"):
        return written == "half" and text[end : end + 1] != "-"
    return not (written.startswith(("a ", "an ")) and "half" not in written and _ORDINAL_USE.match(text, end))


def end_of_nothing(text: str, start: int, before: str) -> int | None:
    """The end of a time of day, an ordinal, a decade or a screen format that begins here."""
    for pattern in (_TIME, _ORDINAL, _SCREEN, _DECADE):
        match = pattern.match(text, start)
        if match is not None and (pattern is not _DECADE or _DECADE_LEAD.search(before)):
            return match.end()
    return None


def inside_name(before: str) -> bool:
    """Whether the character before the digits glues them to a name ("GPT-4", "HTTP/2", "ID.3"), or is a decimal mark."""
    last, previous = before[-1], before[-2]
    if last == "-":
        # "sub-10 ms" and "top-10" are no names, "TPP-11" is.
        tail = _HYPHENED.search(before)
        return tail is not None and tail.group(1).lower() not in _NO_NAME_PARTS
    if last in "/.":
        return previous.isalpha() or (previous.isdigit() and last == ".")
    if last in "'’":
        return True
    return last in "@&#" and previous.isalnum()


def noun_behind(text: str, end: int) -> tuple[int, int] | None:
    """The noun that a bare number counts: "12 third-party packages" -> "third-party packages"; None without one."""
    match = _NOUN.match(text, end)
    if match is None:
        return None
    group = 1 if match.group(1) else 2
    words = match.group(group).split(" ")
    taken = 0
    for word in words:
        if word.lower().rstrip("s") in _STOP or word.lower() in _STOP:
            break
        taken += len(word) + 1
    if taken == 0:
        return None
    start = match.start(group)
    return start, start + taken - 1
