"""What a cell can be instead of a plain quantity: a date, a version, a clock time, a vector, a share, a list, a name."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from flows.quantities.dates import FoundDate, date_at
from flows.quantities.patterns import lazy
from flows.quantities.reading import RATIO, Measure
from flows.quantities.unit_reading import unit_at
from flows.quantities.unit_table import FOLDED

_VERSION_COLUMN = lazy(r"version|release(?! date)|edition", re.IGNORECASE)
_DATE_COLUMN = lazy(r"\byear\b|\bdate\b|released|launched|founded|since|first release|launch", re.IGNORECASE)
_YEAR_COLUMNS = {"year", "years"}
_VERSION = lazy(
    r"(?:v(?:ersion)?\.? ?[0-9]+(?:\.[0-9]+)*|[0-9]+(?:\.[0-9]+){2,}|[0-9]+(?:\.[0-9]+)*(?:[-.+]?(?:alpha|beta|rc|pre|dev|post|preview|snapshot|lts|final|ga)\b)[-.]?[0-9]*)(?:[-.+][0-9A-Za-z]+)*(?P<open>\+| ?\+(?=$|[ ,;(])| or (?:later|newer|higher|above))?(?=$|[\s,;()/–-])",
    re.IGNORECASE,
)
_NAMED_VERSION = lazy(
    r"(?:(?:Python|Node(?:\.js)?|Java|JDK|JRE|PHP|Ruby|Go|Rust|Android|iOS|iPadOS|watchOS|macOS|OS X|Mac OS X?|Windows|Ubuntu|Debian|Fedora|Linux|Kernel|Chrome|Chromium|Firefox|Safari|Edge|Opera|IE|Swift|Kotlin|Scala|Perl|Lua|ES|ECMAScript|TypeScript|"
    r"PostgreSQL|MySQL|MariaDB|SQLite|Redis|MongoDB|OpenSSL|GCC|Clang|LLVM|CUDA|Vulkan|OpenGL(?: ES)?|DirectX|Metal|\.NET(?: Core| Framework)?|C\+\+|React|Vue|Angular|Svelte|Django|Flask|FastAPI|Rails|Laravel|Spring(?: Boot)?|Express|HTML|CSS|One UI|MIUI|"
    r"ColorOS|OxygenOS|HarmonyOS|Wear OS|Tizen|webOS|Fuchsia|LineageOS|KDE|GNOME|Qt|GTK|wxWidgets|Electron|Tauri|PyPy|CPython|GraphQL|Kubernetes|Docker)[ /-]?(?P<least>>=|≥|>)? ?v?[0-9]+(?:\.[0-9x]+)*(?P<open>\+| or (?:later|newer|higher|above))?)(?![0-9A-Za-z%])"
    r"|[A-Z][A-Za-z.]*(?: [A-Z][A-Za-z]*)? v?[0-9]+\.[0-9]+(?:\.[0-9]+)*(?P<open2>\+)?(?=$| ?\()"
)
_STANDARDS = lazy(
    r"(?:USB|Mach|Bluetooth|HDMI|DisplayPort|PCIe?|Wi-?Fi|WLAN|SATA|DDR|GDDR|LPDDR|UFS|eMMC|NFC|IEEE|ISO|Thunderbolt|Qi|HTTP|TLS|SSL|IP|MIL|H\.|Apache|MPL|BSD|EUPL|L?A?GPL|CC[- ]BY|EPL|CDDL|BSL|SSPL|Artistic)",
    re.IGNORECASE,
)
_BARE_OPEN_VERSION = lazy(r"[0-9]{1,2}\.[0-9]{1,2}\+$|(?:>=|≥|\^) ?[0-2]?[0-9]\.[0-9]{1,2}$")
#: "72+" under a heading that names no unit is the oldest browser that will do: what is counted and left open is rounded.
_BARE_FLOOR = lazy(r"[1-9][1-46-9]\+$")
#: "2024.1", "24.04 LTS"
_DATED_VERSION = lazy(r"20[12][0-9]\.[0-9]{1,2}(?=$| ?\()|[0-9]{1,3}(?:\.[0-9]{1,2})? LTS(?![A-Za-z])")
_SCREEN = lazy(
    r"[48]K(?:[ @](?:[0-9]+p|HDR|UHD|video|ultra|resolution|display|OLED|streaming|Dolby|@?[0-9]+ ?fps)|[@/])",
    re.IGNORECASE,
)
#: "10s of ms": as vague as "tens of".
_TENS_OF = lazy(r"[0-9]0{1,5}s of ")
#: "5.1 surround", "80+ Gold": names of formats and seals.
_FORMAT = lazy(
    r"(?:[2-9]|1[0-9])\.[0-2](?:\.[2-6])?[ -](?:surround|channels?|ch|soundbar|sound|audio|speakers?|system|/ (?:Dolby )?Atmos|Dolby)(?![A-Za-z])"
    r"|80 ?(?:\+|PLUS) (?:White|Bronze|Silver|Gold|Platinum|Titanium)(?![A-Za-z])",
    re.IGNORECASE,
)
_SCREEN_COLUMN = lazy(r"resolution|video|picture|stream|display|screen|quality", re.IGNORECASE)
_SCREEN_SIZE = lazy(r"[2458]K(?![A-Za-z0-9])")
_SLASHED_DATE = lazy(r"[0-9]{1,2}([/.])[0-9]{1,2}\1((?:19|20)[0-9]{2})(?=$| |,)")
_DOTTED = lazy(r"[0-9]+\.[0-9]+(?= ?\(|,)")
_VECTOR = lazy(
    r"[~≈<>]?[ ]?[0-9][0-9.,]*[ \u00a0]?(?:[a-z]{1,2}|\"|″|in|inch(?:es)?)?[ \u00a0]?(?:[×✕*]|[xX](?![A-Za-z]))[ \u00a0]?[0-9]"
)
_SHARE_OF = lazy(r"[~≈]?[0-9]+(?:\.[0-9]+)?[ \u00a0]?(?:/|:|\\)[ \u00a0]?[0-9]+(?!:1$)")
_LIST = lazy(r"[0-9][0-9.]*(?:,[ ]?[0-9]{1,2}(?![0-9])|, [0-9]+)(?!.*\()")
#: Column units that a bare year under it would be a date for.
_FOUR_DIGITS = lazy(r"(?:19|20)[0-9]{2}")
_BARE_YEAR = lazy(r"(?:19[5-9][0-9]|20[0-3][0-9])$")
_YEARS = lazy(
    r"(?:since |from |c\. ?|circa |~)?(?:19[0-9]{2}|20[0-9]{2})(?:[ ]?[-–—/][ ]?(?:(?:19|20)[0-9]{2}|[0-9]{2}|present|now|today|current)?)?(?= ?$| ?\()",
    re.IGNORECASE,
)
#: "19 - 20 may 2001"
_DAYS = lazy(r"[0-9]{1,2} ?[-–] ?(?=[0-9]{1,2} [A-Za-z]{3})")
_RELEASED = lazy(
    r"(?:(?:available|discontinued|cancelled|coming soon|rumou?red|exp\.|released|announced|launched|first released|initial release|release|since|founded|in|on|as of|exp\. release|not announced yet|expected)[.:,]?[ \u00a0]+){1,3}",
    re.IGNORECASE,
)
_ENDS_DATE = lazy(r"[ \u00a0]*(?:$|[(,;.\-–—/]|to |and |with |[a-z])", re.IGNORECASE)
_LOOSE_VERSION = lazy(r"[^0-9]{0,30}?v?[0-9]+(?:\.[0-9]+)*(?P<open>\+)?")
_TO_ONE = lazy(r"[0-9.,]+ ?: ?1(?![0-9.])")
_BY_NUMBER = lazy(r"[ \u00a0]?[×xX][ \u00a0]?[0-9]")
_MORE_NUMBERS = lazy(
    r"[ \u00a0]?[-–—][ \u00a0]?[0-9]|[ \u00a0]?/[ \u00a0]?[0-9]|[ \u00a0](?:a/b|of [0-9]|out of|x [0-9])"
)
_RATIO_WORDS = lazy(
    r"[ \u00a0]*(?:$|[(\[,;.]|(?:faster|slower|higher|lower|more|less|fewer|better|worse|larger|smaller|bigger|cheaper|quicker|greater|longer|shorter|heavier|lighter|speed-?up|improve\w*|increase\w*|decrease\w*|reduc\w+|than|the|as|vs|over|of|gain|optical|digital|magnification|crop|macro|wide|ultrawide|viewfinder|scale|lossless|hybrid|zoom|"
    r"telephoto|throughput|performance|real-?time|realtime|baseline|overhead|compression|efficien\w+|on|in|at|for|to|with|when|compared|difference|boost|multiplier|return|revenue|arr|growth|cost|price)(?![A-Za-z]))",
    re.IGNORECASE,
)
_CLOCK = lazy(
    r"(?:(?P<whole>[0-9]{1,3}):(?P<part>[0-5][0-9])[ \u00a0]?(?P<unit>hrs?|hours?|h|min(?:utes?)?)|1/(?P<share>[0-9]{2,5})[ \u00a0]?(?P<second>s|secs?|seconds?))(?![A-Za-z])"
)
#: "2:20:17", "1:44.72": no time of day is told to the tenth, and none in prose to the second.
_LAP = lazy(
    r"(?:(?P<hours>[0-9]{1,3}):)?(?P<minutes>(?(hours)[0-5][0-9]|[0-9]{1,3})):(?P<seconds>[0-5][0-9](?(hours)(?:\.[0-9]{1,3})?|\.[0-9]{1,3}))(?![0-9A-Za-z:]|[.,][0-9]|[ \u00a0]?[ap]\.?m\b)"
)
#: "33:12" alone may be a time of day.
_TWO_PARTS = lazy(r"(?P<whole>[0-9]{1,3}):(?P<part>[0-5][0-9])(?![0-9A-Za-z:]|[.,][0-9]|[ \u00a0]?[ap]\.?m\b)")


class FoundVersion(NamedTuple):
    """A version at the head of a cell: where it ends, and whether later ones are meant too."""

    end: int
    is_open: bool


def date_of(text: str, column: str) -> FoundDate | None:
    """The date that a cell under `column` holds; a bare year only where it stands alone or the column is about dates."""
    lead = _RELEASED.match(text)
    position = lead.end() if lead is not None else 0
    days = _DAYS.match(text, position)
    found = date_at(text, days.end() if days is not None else position)
    if found is not None and _ENDS_DATE.match(text, found.end):
        return found
    slashed = _SLASHED_DATE.match(text, position)
    if slashed is not None:
        # Day and month may stand in either order.
        return FoundDate(slashed.group(2), position, slashed.end())
    bare = _YEARS.match(text, position)
    if bare is None:
        return None
    year = _FOUR_DIGITS.search(text, position)
    if year is None:
        return None
    column = column.lower()
    dated = (
        lead is not None
        or bare.end() - bare.start() > 4
        or _DATE_COLUMN.search(column) is not None
        or column.strip() in _YEAR_COLUMNS
    )
    if not dated and (column or not _BARE_YEAR.match(bare.group())):
        return None
    return FoundDate(year.group(), position, bare.end())


def version_of(text: str, column: str, *, has_unit: bool) -> FoundVersion | None:
    """The version that a cell holds; under a column with a unit only one that begins with v."""
    match = _VERSION.match(text)
    if match is not None and (match.group()[:1] in "vV" or not has_unit):
        return FoundVersion(match.end(), bool(match["open"]))
    if has_unit:
        return None
    named = _NAMED_VERSION.match(text)
    if named is not None and not _STANDARDS.match(text):
        following = unit_at(text, named.end() + 1) if text[named.end() : named.end() + 1] == " " else None
        if following is None:
            return FoundVersion(named.end(), bool(named["open"] or named["open2"] or named["least"]))
    if _BARE_OPEN_VERSION.match(text) or (not column and _BARE_FLOOR.match(text)):
        return FoundVersion(len(text), True)
    released = _DATED_VERSION.match(text)
    if released is not None:
        return FoundVersion(released.end(), False)
    dotted = _DOTTED.match(text)
    if dotted is not None:
        behind = text[dotted.end() :].lstrip(" (,")
        if date_at(behind, 0) is not None or (text[dotted.end()] == "," and behind[:1].isupper()):
            return FoundVersion(dotted.end(), False)
    if _VERSION_COLUMN.search(column):
        loose = _LOOSE_VERSION.match(text)
        if loose is not None:
            return FoundVersion(loose.end(), bool(loose["open"]))
    return None


def is_no_quantity(text: str, position: int, column: str = "") -> bool:
    """Whether a vector, a share of something, a score, a vague plural or a screen format begins here."""
    if _VECTOR.match(text, position) or _SCREEN.match(text, position) or _TENS_OF.match(text, position):
        return True
    if _FORMAT.match(text, position):
        return True
    if column and _SCREEN_SIZE.match(text, position) and _SCREEN_COLUMN.search(column):
        return True
    return _SHARE_OF.match(text, position) is not None and _TO_ONE.match(text, position) is None


def measure_stands(text: str, measure: Measure) -> bool:
    """Whether what follows lets a number at the head of a cell be a quantity: no list, no name, no "4x AA batteries"."""
    if measure.unit is None and not bare_number_stands(text, measure):
        return False
    written = text[measure.unit_start : measure.unit_end].strip()
    if measure.unit is RATIO and written in ("x", "×", "X") and not _RATIO_WORDS.match(text, measure.end):
        return False
    return _BY_NUMBER.match(text, measure.end) is None


def bare_number_stands(text: str, measure: Measure) -> bool:
    """Whether a number without a unit, at the head of a cell, is a number and no name, list, score or time."""
    end = measure.end
    following = text[end : end + 1]
    if following and (following.isalnum() or following in "_:/@#'\"′″°^\\="):
        return following in "/" and not text[end + 1 : end + 2].isdigit() and text[end + 1 : end + 2].isalpha()
    if following == "-" and text[end + 1 : end + 2].isalnum():
        return text.startswith("-ish", end)
    if following == "." and text[end + 1 : end + 2].isalnum():
        return False
    if following == "+" and text[end + 1 : end + 3].strip()[:1].isdigit():
        return False  # "5+2 years" is a sum
    if measure.low == measure.high and _LIST.match(text, measure.start):
        return False
    if measure.low == measure.high and any(dash in text[measure.start + 1 : end] for dash in ("-", "–")):
        return False  # "0 - 0" is a score, "2-2" a row of seats
    return not _MORE_NUMBERS.match(text, end)


def clock_at(text: str, position: int, two_parts: str = "") -> Measure | None:
    """ "10:32 hours", "12:30 min", "1/4000 s", "2:20:17": durations that need two numbers or three.

    `two_parts`: what the first number of "33:12" counts, "min" or "h"; otherwise that is a time of day.
    """
    match = _CLOCK.match(text, position)
    if match is None:
        return _lap_at(text, position, two_parts)
    unit = FOLDED["second"]
    if match["share"]:
        value = resolution = 1 / Decimal(match["share"])
    else:
        resolution = Decimal(60 if match["unit"][0] == "h" else 1)
        value = (Decimal(match["whole"]) * 60 + Decimal(match["part"])) * resolution
    name = "second" if match["share"] else "unit"
    return Measure(
        match.start(),
        match.end(),
        value,
        value,
        unit,
        value,
        value,
        resolution,
        match.start(name),
        match.start(name),
        match.end(),
    )


def _lap_at(text: str, position: int, two_parts: str) -> Measure | None:
    lap = _LAP.match(text, position)
    if lap is not None:
        seconds = Decimal(lap["seconds"])
        value = (Decimal(lap["hours"] or 0) * 60 + Decimal(lap["minutes"])) * 60 + seconds
        end, resolution = lap.end(), Decimal(1).scaleb(int(seconds.as_tuple().exponent))
    elif two_parts and (two := _TWO_PARTS.match(text, position)) is not None:
        end, resolution = two.end(), Decimal(60 if two_parts == "h" else 1)
        value = (Decimal(two["whole"]) * 60 + Decimal(two["part"])) * resolution
    else:
        return None
    return Measure(position, end, value, value, FOLDED["second"], value, value, resolution, end)
