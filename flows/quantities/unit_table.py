"""The names of units and what they are worth: data, and the few lines that spread prefixes over it.

Canonical units are those of the wire: s (up to weeks), month, year, byte, bit, 1, percent, pp, ratio, ISO currency codes, m,
m^2, m^3, kg, W, Wh, Ah, V, Hz, degC, degF, dB, nit, rpm. A unit outside that list ("milligray", "TFLOPS") is its own
canonical unit: it is passed on as it stands and never converted.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: a value in it times `factor`, divided by `divisor`, is the value in the canonical unit `id`.

    Two numbers instead of one keep conversions such as GB/min to byte/s exact. `kinds` of units that can be compared
    share a `dimension`.
    """

    id: str
    factor: Decimal
    dimension: str
    divisor: Decimal = ONE
    #: The scale that belongs to the name of a count ("thousands" is 1000); ONE for everything else.
    scale: Decimal = ONE


#: Units by their name as written, where case matters ("Mb/s", "W").
EXACT: dict[str, Unit] = {}
#: Units by their name in lower case, singular and plural.
FOLDED: dict[str, Unit] = {}

_SI = (
    ("", "", ONE),
    ("k", "kilo", Decimal(1000)),
    ("m", "mega", Decimal(10**6)),
    ("g", "giga", Decimal(10**9)),
    ("t", "tera", Decimal(10**12)),
    ("p", "peta", Decimal(10**15)),
)
_BINARY = (
    ("ki", "kibi", Decimal(2**10)),
    ("mi", "mebi", Decimal(2**20)),
    ("gi", "gibi", Decimal(2**30)),
    ("ti", "tebi", Decimal(2**40)),
    ("pi", "pebi", Decimal(2**50)),
)


def _add(
    unit_id: str,
    factor: Decimal | int | str,
    dimension: str,
    names: str,
    *,
    exact: str = "",
    divisor: int = 1,
    scale: int = 1,
) -> None:
    """Enter `names` (separated by "|") in lower case, `exact` as they stand."""
    unit = Unit(unit_id, Decimal(factor), dimension, Decimal(divisor), Decimal(scale))
    for name in names.split("|"):
        if name:
            FOLDED[name] = unit
    for name in exact.split("|"):
        if name:
            EXACT[name] = unit


def _durations() -> None:
    for factor, names, exact in (
        ("1", "sec|secs|second|seconds", "s|S"),
        ("0.001", "ms|msec|msecs|millisecond|milliseconds|millis|milli-second|milli-seconds", ""),
        ("0.000001", "us|µs|μs|usec|microsecond|microseconds|micros", ""),
        ("0.000000001", "ns|nsec|nanosecond|nanoseconds|nanos", ""),
        ("60", "min|mins|minute|minutes|mn", ""),
        ("3600", "hr|hrs|hour|hours", "h|H"),
        ("86400", "day|days|business day|business days|working day|working days|calendar day|calendar days", "d"),
        ("604800", "week|weeks|wk|wks", ""),
    ):
        _add("s", factor, "time", names, exact=exact)
    _add("month", 1, "calendar_time", "month|months|mo|mos|mth|mths")
    _add("month", 3, "calendar_time", "quarters")
    _add(
        "year",
        1,
        "calendar_time",
        "year|years|yr|yrs|years old|year old|years of age|year-old|years-old|yrs old",
        exact="y",
    )
    _add("year", 10, "calendar_time", "decade|decades")
    _add("year", 100, "calendar_time", "century|centuries")
    _add("year", 1000, "calendar_time", "millennium|millennia")


def _data() -> None:
    for short, word, factor in _SI:
        _add(
            "byte",
            factor,
            "data",
            f"{short}b|{word}byte|{word}bytes|{short}byte|{short}bytes" if short else "byte|bytes",
            exact="" if short else "B",
        )
        _add("bit", factor, "data", f"{short}bit|{short}bits|{word}bit|{word}bits")
        _add("bit/s", factor, "data_rate", f"{short}bps|{short}bits/s|{short}bit/s")
        up = short.upper()
        _add("byte/s", factor, "data_rate", "", exact=f"{up}Bps|{short}Bps" if short else "")
        if short:
            _add("bit/s", factor, "data_rate", "", exact=f"{up}b/s|{short}b/s|{up}b/sec")
    for short, word, factor in _BINARY:
        _add("byte", factor, "data", f"{short}b|{word}byte|{word}bytes", exact=short.capitalize())
        _add("bit", factor, "data", f"{short}bit|{short}bits")


def _counts_and_shares() -> None:
    _add("percent", 1, "percent", "%|percent|percents|per cent|pct|percentage")
    _add("percent", 1, "percent", "", exact="pc")
    _add("percent", "0.1", "percent", "‰|per mille|permille")
    _add(
        "pp",
        1,
        "points",
        "pp|ppt|percentage point|percentage points|percentage-point|percentage-points|%-points|% points|%pts",
    )
    _add("pp", "0.01", "points", "basis point|basis points|bps of")
    _add("ratio", 1, "ratio", "x|×|times|fold|-fold|folds|ratio")
    for noun in [
        "request",
        "requests",
        "req",
        "reqs",
        "query",
        "queries",
        "operation",
        "operations",
        "op",
        "ops",
        "transaction",
        "transactions",
        "txn",
        "txns",
        "token",
        "tokens",
        "tok",
        "toks",
        "frame",
        "frames",
        "message",
        "messages",
        "msg",
        "msgs",
        "row",
        "rows",
        "record",
        "records",
        "event",
        "events",
        "packet",
        "packets",
        "write",
        "writes",
        "read",
        "reads",
        "insert",
        "inserts",
        "job",
        "jobs",
        "page",
        "pages",
        "star",
        "stars",
        "package",
        "packages",
        "download",
        "downloads",
        "question",
        "questions",
        "extension",
        "extensions",
        "plugin",
        "plugins",
        "position",
        "positions",
        "connection",
        "connections",
        "line",
        "lines",
        "lines of code",
        "loc",
        "sloc",
        "user",
        "users",
        "core",
        "cores",
        "thread",
        "threads",
        "repository",
        "repositories",
        "repo",
        "repos",
        "library",
        "libraries",
        "file",
        "files",
        "item",
        "items",
        "module",
        "modules",
        "hop",
        "hops",
        "peer",
        "peers",
        "alloc",
        "allocs",
        "allocation",
        "allocations",
        "commit",
        "commits",
        "fork",
        "forks",
        "issue",
        "issues",
        "contributor",
        "contributors",
        "install",
        "installs",
        "installation",
        "installations",
        "model",
        "models",
        "people",
        "person",
        "persons",
        "seat",
        "seats",
        "channel",
        "channels",
        "title",
        "titles",
        "screen",
        "screens",
        "device",
        "devices",
        "stream",
        "streams",
        "parameter",
        "parameters",
        "param",
        "params",
        "pixel",
        "pixels",
        "px",
        "dependency",
        "dependencies",
        "member",
        "members",
        "customer",
        "customers",
        "integration",
        "integrations",
        "language",
        "languages",
        "app",
        "apps",
        "project",
        "projects",
        "database",
        "databases",
        "node",
        "nodes",
        "server",
        "servers",
        "instance",
        "instances",
        "call",
        "calls",
        "invocation",
        "invocations",
        "character",
        "characters",
        "word",
        "words",
        "image",
        "images",
        "test",
        "tests",
        "error",
        "errors",
        "warning",
        "warnings",
        "rule",
        "rules",
        "feature",
        "features",
        "step",
        "steps",
        "object",
        "objects",
        "document",
        "documents",
        "doc",
        "docs",
        "point",
        "points",
        "shot",
        "shots",
        "cycle",
        "cycles",
        "count",
        "counts",
        "vote",
        "votes",
        "review",
        "reviews",
        "release",
        "releases",
        "advisory",
        "advisories",
        "column",
        "columns",
        "indexes",
        "slot",
        "slots",
        "profile",
        "profiles",
        "subscriber",
        "subscribers",
        "song",
        "songs",
        "transistor",
        "transistors",
        "bucket",
        "buckets",
        "classes",
    ]:
        FOLDED[noun] = COUNT
    for noun, scale in (("thousand", 1000), ("million", 10**6), ("billion", 10**9), ("trillion", 10**12)):
        _add("1", scale, "count", f"{noun}s|{noun}", scale=scale)
    _add("1/min", 1, "frequency", "tpm")
    _add("1/s", 1, "frequency", "rps|qps|tps|fps|iops|ops/s|hits/s|per second|req/s")
    for short, factor in (("k", 1000), ("m", 10**6)):
        _add("1/s", factor, "frequency", f"{short}rps|{short}qps|{short}tps|{short}iops|{short}ops")
    _add("rpm", 1, "rotation", "rpm|revolutions per minute|revolution per minute")


_CURRENCIES = {
    "USD": "$|us$|usd|dollar|dollars|us dollar|us dollars|u.s. dollar|u.s. dollars|american dollars|bucks|buck",
    "EUR": "€|eur|euro|euros",
    "GBP": "£|gbp|gb£|pound sterling|pounds sterling|british pound|british pounds|quid",
    "INR": "₹|inr|rupee|rupees|indian rupee|indian rupees|rs|rs.",
    "CAD": "cad|c$|ca$|cdn$|canadian dollar|canadian dollars",
    "AUD": "aud|a$|au$|australian dollar|australian dollars",
    "NZD": "nzd|nz$|new zealand dollar|new zealand dollars",
    "HKD": "hkd|hk$|hong kong dollar|hong kong dollars",
    "SGD": "sgd|s$|singapore dollar|singapore dollars",
    "TWD": "twd|nt$",
    "MXN": "mxn|mxn$|mex$|mexican peso|mexican pesos",
    "BRL": "brl|r$|brazilian real|brazilian reais|reais",
    "JPY": "¥|jpy|yen|japanese yen|jp¥",
    "CNY": "cny|rmb|yuan|renminbi|chinese yuan|cn¥|元",
    "KRW": "₩|krw|won|south korean won",
    "RUB": "₽|rub|ruble|rubles|rouble|roubles|russian ruble|russian rubles",
    "CHF": "chf|swiss franc|swiss francs",
    "SEK": "sek|swedish krona|swedish kronor",
    "NOK": "nok|norwegian krone|norwegian kroner",
    "DKK": "dkk|danish krone|danish kroner|danish crown|danish crowns",
    "PLN": "pln|zł|zloty|zlotys",
    "CZK": "czk|kč|czech koruna|czech crowns",
    "HUF": "huf|forint|forints",
    "TRY": "₺|try|turkish lira|lira|liras",
    "ILS": "₪|ils|shekel|shekels",
    "ZAR": "zar|rand",
    "THB": "฿|thb|baht",
    "VND": "₫|vnd|dong",
    "PHP": "₱|php|philippine peso|philippine pesos",
    "UAH": "₴|uah|hryvnia",
    "NGN": "₦|ngn|naira",
    "AED": "aed|dirham|dirhams",
    "SAR": "sar",
    "IDR": "idr|rupiah",
    "MYR": "myr|ringgit",
    "BTC": "₿|btc|bitcoin|bitcoins",
}
#: Codes that are also English words: only in capitals.
_WORD_LIKE = {"try", "php", "won", "rand", "sar", "real", "dong", "rub", "cad", "rs", "buck"}


def _money() -> None:
    for code, names in _CURRENCIES.items():
        unit = Unit(code, ONE, code)
        EXACT[code] = unit
        for name in names.split("|"):
            if name not in _WORD_LIKE:
                FOLDED[name] = unit
    EXACT["Rs"] = EXACT["Rs."] = EXACT["INR"]
    _add("USD", "0.01", "USD", "cent|cents|us cent|us cents|¢")


def _space_and_mass() -> None:
    for factor, names, exact in (
        ("1", "meter|meters|metre|metres", "m"),
        ("1000", "km|kms|kilometer|kilometers|kilometre|kilometres", ""),
        ("0.01", "cm|cms|centimeter|centimeters|centimetre|centimetres", ""),
        ("0.1", "dm|decimeter|decimeters|decimetre|decimetres", ""),
        ("0.001", "mm|millimeter|millimeters|millimetre|millimetres", ""),
        ("0.000001", "µm|μm|um|micrometer|micrometers|micrometre|micrometres|micron|microns", ""),
        ("0.000000001", "nm|nanometer|nanometers|nanometre|nanometres", ""),
        ("1609.344", "mile|miles|mi", ""),
        ("1852", "nautical mile|nautical miles|nmi", ""),
        ("0.3048", "ft|foot|feet|′|'|ft.", ""),
        ("0.0254", 'inch|inches|"|″|”|in.', ""),
        ("0.9144", "yard|yards|yd|yds", ""),
        ("9460730472580800", "light year|light years|light-year|light-years|ly", ""),
    ):
        _add("m", factor, "length", names, exact=exact)
    _add("m/s", "0.44704", "speed", "mph|mi/h")
    _add("m/s", 1000, "speed", "kph|kmh|kmph|km/h", divisor=3600)
    _add("m/s", 1852, "speed", "knot|knots|kn|kts", divisor=3600)
    for factor, names, exact in (
        ("1", "kg|kgs|kilogram|kilograms|kilogramme|kilogrammes|kilo|kilos", ""),
        ("0.001", "gram|grams|gramme|grammes|gm|gms", "g"),
        ("0.000001", "mg|milligram|milligrams", ""),
        ("0.000000001", "µg|μg|ug|mcg|microgram|micrograms", ""),
        ("0.45359237", "lb|lbs|pound|pounds|pound-mass|lb.|lbs.", ""),
        ("0.028349523125", "oz|ounce|ounces|oz.", ""),
        ("1000", "tonne|tonnes|metric ton|metric tons|metric tonne|metric tonnes", "t"),
        ("907.18474", "ton|tons|short ton|short tons", ""),
        ("6.35029318", "stone", ""),
    ):
        _add("kg", factor, "mass", names, exact=exact)
    for square in ("square {}", "sq {}", "sq. {}"):
        for factor, names in (
            ("1", "meter|meters|metre|metres|m"),
            ("0.0001", "centimeter|centimeters|centimetre|centimetres|cm"),
            ("0.000001", "millimeter|millimeters|millimetre|millimetres|mm"),
            ("1000000", "kilometer|kilometers|kilometre|kilometres|km"),
            ("0.09290304", "foot|feet|ft"),
            ("0.00064516", "inch|inches|in"),
            ("2589988.110336", "mile|miles|mi"),
        ):
            _add("m^2", factor, "area", "|".join(square.format(name) for name in names.split("|")))
    for factor, names in (
        ("1", "m^2|m2|meter squared|meters squared|metres squared|sqm"),
        ("0.0001", "cm^2|cm2|cm squared"),
        ("0.000001", "mm^2|mm2|mm squared"),
        ("1000000", "km^2|km2|km squared|sqkm"),
        ("0.09290304", "ft^2|ft2|sqft|feet squared"),
        ("4046.8564224", "acre|acres"),
        ("10000", "hectare|hectares|ha"),
    ):
        _add("m^2", factor, "area", names)
    for factor, names, exact in (
        ("1", "m^3|m3|cubic meter|cubic meters|cubic metre|cubic metres|meters cubed|metres cubed", ""),
        ("0.001", "liter|liters|litre|litres|ltr", "l|L"),
        ("0.00001", "cl|centiliter|centiliters|centilitre|centilitres", ""),
        (
            "0.000001",
            "ml|milliliter|milliliters|millilitre|millilitres|cc|cm^3|cm3|cubic centimeter|cubic centimeters|cubic centimetre|cubic centimetres",
            "",
        ),
        ("0.028316846592", "cubic foot|cubic feet|cu ft|cu. ft.|cu. ft|ft^3|ft3", ""),
        ("0.000016387064", "cubic inch|cubic inches|cu in|in^3", ""),
        ("0.003785411784", "gallon|gallons|gal|us gallon|us gallons", ""),
    ):
        _add("m^3", factor, "volume", names, exact=exact)


def _physics() -> None:
    for short, word, factor in (("m", "milli", Decimal("0.001")), *_SI[:5]):
        big = short.upper() if short in ("g", "t") else short
        mega = "M" if word == "mega" else big
        _add(
            "Hz",
            factor,
            "frequency_hz",
            f"{word}hertz" + ("" if word == "milli" else f"|{short}hz"),
            exact="mHz" if word == "milli" else "",
        )
        _add("W", factor, "power", f"{word}watt|{word}watts", exact=f"{mega}W" + ("|kw|KW" if short == "k" else ""))
        _add("V", factor, "voltage", f"{word}volt|{word}volts", exact=f"{mega}V")
        _add(
            "Ah",
            factor,
            "charge",
            f"{word}ampere hour|{word}ampere hours|{word}amp hour|{word}amp hours|{word}ampere-hour|{word}amp-hour",
            exact=f"{mega}Ah",
        )
        _add("ampere", factor, "current", f"{word}amp|{word}amps|{word}ampere|{word}amperes", exact=f"{mega}A")
        wh = f"{word}watt hour|{word}watt hours|{word}watt-hour|{word}watt-hours"
        if word != "milli":
            wh += f"|{short}wh"
        _add("Wh", factor, "energy", wh, exact=f"{mega}Wh")
    _add("Ah", "0.001", "charge", "mah")
    _add("Ah", 1, "charge", "ah")
    FOLDED["amps"] = FOLDED["amp"]
    _add("W", "745.6998715822702", "power", "hp|horsepower|bhp|whp")
    _add("W", "735.49875", "power", "metric horsepower", exact="PS|cv|CV")
    _add(
        "degC",
        1,
        "temperature",
        "degc|°c|ºc|celsius|celcius|centigrade|degree celsius|degrees celsius|degree celcius|degrees celcius|deg c|degree c|degrees c|degrees centigrade",
        exact="C|℃",
    )
    _add(
        "degF",
        1,
        "temperature",
        "degf|°f|ºf|fahrenheit|degree fahrenheit|degrees fahrenheit|deg f|degree f|degrees f",
        exact="F|℉",
    )
    _add("kelvin", 1, "temperature", "kelvin|kelvins|degrees kelvin|degree kelvin|°k")
    _add("degree", 1, "angle", "°|º|degree|degrees|deg")
    _add("dB", 1, "level", "db|decibel|decibels")
    _add("nit", 1, "luminance", "nit|nits|cd/m2|cd/m²")


_PASSED_ON = (
    "megapixel:mp,mpx,mpix,megapixel,megapixels|radian:rad,radian,radians|dBm:dbm|dBA:dba|dBi:dbi|TFLOPS:tflops,tflop,teraflops|GFLOPS:gflops,gflop,gigaflops|PFLOPS:pflops,petaflops|TOPS:tops,ai tops|hectopascal:hpa|"
    "ppi:ppi|dpi:dpi|lumen:lm,lumen,lumens|lux:lux|candela:candela,candelas|joule:joule,joules|kilojoule:kj,kilojoule,kilojoules|megajoule:mj,megajoule,megajoules|calorie:cal,calorie,calories|"
    "kilocalorie:kcal,kilocalorie,kilocalories|newton:newton,newtons|kilonewton:kn,kilonewton,kilonewtons|pascal:pascal,pascals|kilopascal:kpa,kilopascal,kilopascals|megapascal:mpa,megapascal,megapascals|"
    "bar:bar,bars|psi:psi|atmosphere:atm,atmosphere,atmospheres|ohm:ω,ohm,ohms|farad:farad,farads|electronvolt:electronvolt,electronvolts|"
    "gray:gy,gray,grays|milligray:mgy,milligray,milligrays|sievert:sv,sievert,sieverts|millisievert:msv,millisievert,millisieverts|becquerel:bq,becquerel,becquerels|tesla:tesla,teslas|mole:mol,mole,moles|"
    "parsec:parsec,parsecs|barrel:bbl,barrel,barrels|carat:carat,carats,ct|mpg:mpg,miles per gallon|mpge:mpge|ppm:ppm|ppb:ppb|newton metre:nm torque,newton metre,newton metres,newton meter,newton meters|"
    "pound foot:lb-ft,lb·ft,ft-lb,pound-feet,lb ft|megayear:megayear,megayears|franc:franc,francs|peso:peso,pesos|krona:krona,kronor|krone:krone,kroner|mmHg:mmhg,mm hg|"
    "roentgen:roentgen,roentgens|acre-foot:acre-foot,acre-feet|pint:pint,pints|quart:quart,quarts,qt,qts|fluid ounce:fl oz,fl. oz.,fluid ounce,fluid ounces|cup:cup,cups|teaspoon:teaspoon,teaspoons,tsp|tablespoon:tablespoon,tablespoons,tbsp"
)
_PASSED_ON_EXACT = {
    "J": "joule",
    "eV": "electronvolt",
    "keV": "kiloelectronvolt",
    "MeV": "megaelectronvolt",
    "GeV": "gigaelectronvolt",
    "TeV": "teraelectronvolt",
    "kΩ": "kiloohm",
    "Å": "angstrom",
    "EV": "EV",
    "N": "newton",
    "Nm": "newton metre",
    "N·m": "newton metre",
    "Pa": "pascal",
    "Gy": "gray",
    "mGy": "milligray",
    "Ω": "ohm",
    "kN": "kilonewton",
    "Ma": "megayear",
    "T": "tesla",
    "R": "roentgen",
}


def _others() -> None:
    for entry in _PASSED_ON.split("|"):
        unit_id, _, names = entry.partition(":")
        unit = Unit(unit_id, ONE, unit_id)
        for name in names.split(","):
            FOLDED.setdefault(name, unit)
        FOLDED.setdefault(unit_id.lower(), unit)
    for name, unit_id in _PASSED_ON_EXACT.items():
        EXACT[name] = Unit(unit_id, ONE, unit_id)


COUNT = Unit("1", ONE, "count")

_durations()
_data()
_counts_and_shares()
_money()
_space_and_mass()
_physics()
_others()

#: Longest name, in words, that begins with this word: "square" -> 2.
FIRST_WORDS: dict[str, int] = {}
for _name in FOLDED:
    _words = _name.replace("-", " ").split(" ")
    if len(_words) > 1 and _words[0]:
        FIRST_WORDS[_words[0]] = max(len(_words), FIRST_WORDS.get(_words[0], 0))

#: The word after "per" or "/" -> the period as canonical units spell it, with its length in seconds where it has one.
PERIODS: dict[str, tuple[str, int]] = {}
for _period, _seconds, _names in (
    ("s", 1, "s sec second seconds"),
    ("min", 60, "min minute minutes mins"),
    ("hour", 3600, "h hr hrs hour hours"),
    ("day", 86400, "d day days"),
    ("week", 604800, "week weeks wk"),
    ("month", 0, "month months mo mth mon"),
    ("year", 0, "year years yr yrs annum y"),
):
    for _word in _names.split():
        PERIODS[_word] = (_period, _seconds)
#: "$9.99 monthly".
ADVERBS = {
    "hourly": "hour",
    "daily": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
    "p.a.": "year",
    "p/m": "month",
    "pm": "month",
}
