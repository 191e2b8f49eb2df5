"""Numbers in digits, with their scale words: no units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from flows.quantities.patterns import lazy

ONE = Decimal(1)

#: A number in digits. Groups of three may stand apart by a comma, a thin or a plain space; Indian grouping is read too.
#: Groups are bounded: a list of numbers that looks like one endless number would be read anew from each of them.
_DIGITS = lazy(
    r"(?:(?P<grouped>[0-9]{1,3}(?:,[0-9]{2,3}){0,9},[0-9]{3}(?![0-9]))|(?P<spaced>[0-9]{1,3}(?:[ \u00a0\u202f\u2009][0-9]{3}){1,9}(?![0-9.,]?[0-9]))|(?P<plain>[0-9]+))?"
    r"(?P<fraction>\.[0-9]+)?"
    r"(?P<exponent>[eE][+-]?[0-9]{1,2}(?![0-9A-Za-z.])| ?[×x*·] ?10(?:\^[+-]?[0-9]{1,2}|[⁻⁺]?[⁰¹²³⁴-⁹]{1,2}))?"
)
#: What nearly every number looks like: nothing behind it that could be more of the number.
_COMMON = lazy(
    r"([0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(\.[0-9]{1,15})?(?![0-9eE×x*·½¼¾⅓⅔⅛⅜⅝⅞⅕]|[.,][0-9]|[ \u00a0\u202f\u2009][0-9×x*·½¼¾⅓⅔⅛⅜⅝⅞⅕])"
)
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_VULGAR = {
    "½": Decimal("0.5"),
    "¼": Decimal("0.25"),
    "¾": Decimal("0.75"),
    "⅓": ONE / 3,
    "⅔": ONE * 2 / 3,
    "⅛": Decimal("0.125"),
    "⅜": Decimal("0.375"),
    "⅝": Decimal("0.625"),
    "⅞": Decimal("0.875"),
    "⅕": Decimal("0.2"),
}
_VULGAR_AT = lazy(r" ?([½¼¾⅓⅔⅛⅜⅝⅞⅕])")
_SCALE = lazy(
    r"[ \u00a0-]?(?P<word>hundred|thousand|million|billion|trillion|lakhs?|crores?|dozens?|dozs?|mill?ions|billions|thousands)(?![a-z])"
    r"|[ \u00a0]?(?P<abbreviation>bn|mn|mln|bln|mio|tn|trn)\b\.?"
    r"|(?P<gap>[ \u00a0]?)(?P<letter>[kKMBTmbt])(?![A-Za-z0-9'’^²³]|-(?!a-)[A-Za-z])"
    r"|(?P<money_letter>[kKM])(?=USD|EUR|GBP|JPY|CHF)",
    re.IGNORECASE,
)
_SCALES = {
    "hundred": 100, "thousand": 10**3, "k": 10**3, "lakh": 10**5, "million": 10**6, "m": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "crore": 10**7,
    "billion": 10**9, "b": 10**9, "bn": 10**9, "bln": 10**9, "trillion": 10**12, "t": 10**12, "tn": 10**12, "trn": 10**12, "dozen": 12, "doz": 12,
}  # fmt: skip

#: "2 1/2 cups"
_MIXED = lazy(r" ([1-9])/([2-9]|1[06])(?![0-9/.])")
#: Longer strings of digits are identifiers.
_LONGEST = 24


@dataclass(slots=True)
class Numeral:
    """A number as read: its value, the worth of one unit in its last shown digit, its half-open span.

    `scale` is the factor of its scale word ("K", "million"), ONE without one. `fraction` marks "a third", "half".
    """

    value: Decimal
    resolution: Decimal
    start: int
    end: int
    scale: Decimal = ONE
    spelled: bool = False
    fraction: bool = False


def digits_at(text: str, start: int, *, spaced: bool = True) -> Numeral | None:
    """The number in digits that begins at `start`, without its scale word. None where there is none, or an endless one."""
    common = _COMMON.match(text, start)
    if common is not None:
        whole, fraction = common.groups("")
        return Numeral(
            Decimal(whole.replace(",", "") + fraction),
            ONE.scaleb(1 - len(fraction)) if fraction else ONE,
            start,
            common.end(),
        )
    match = _DIGITS.match(text, start)
    if match is None or (match.end() == start and text[start : start + 1] not in _VULGAR):
        return None
    whole = match["grouped"] or match["spaced"] or match["plain"] or ""
    end = match.end()
    if match["spaced"] and not spaced:
        whole = re.split(r"[^0-9]", whole, maxsplit=1)[0]
        end = start + len(whole)
        fraction, exponent = "", ""
    else:
        fraction, exponent = match["fraction"] or "", match["exponent"] or ""
    if not whole and not fraction:
        return _vulgar(text, start, None)
    plain = "".join(c for c in whole if c.isdigit())
    if len(plain) > _LONGEST or len(fraction) > 2 * _LONGEST:
        return None
    value = Decimal((plain or "0") + fraction)
    resolution = ONE.scaleb(-(len(fraction) - 1)) if fraction else ONE
    if exponent:
        power = _power(exponent)
        if abs(power) > _LONGEST:
            return None
        value, resolution = value.scaleb(power), resolution.scaleb(power)
    numeral = Numeral(value, resolution, start, end)
    if not fraction and not exponent:
        return _vulgar(text, end, numeral) or numeral
    return numeral


def _power(exponent: str) -> int:
    if exponent[0] in "eE":
        return int(exponent[1:])
    tail = exponent.split("10", 1)[1].lstrip("^").translate(_SUPERSCRIPT)
    return int(tail) if tail not in ("-", "+") else 0


def _vulgar(text: str, position: int, whole: Numeral | None) -> Numeral | None:
    match = _VULGAR_AT.match(text, position)
    if match is None:
        mixed = _MIXED.match(text, position) if whole is not None and whole.value < 1000 else None
        if mixed is None or whole is None or int(mixed.group(1)) >= int(mixed.group(2)):
            return None
        return Numeral(
            whole.value + Decimal(mixed.group(1)) / int(mixed.group(2)), Decimal("0.01"), whole.start, mixed.end()
        )
    part = _VULGAR[match.group(1)]
    if whole is None:
        return Numeral(part, Decimal("0.01"), position, match.end(), fraction=True)
    return Numeral(whole.value + part, Decimal("0.01"), whole.start, match.end())


def scaled(
    numeral: Numeral, text: str, *, money: bool = False, byte_letters: bool = False, kelvin: bool = False
) -> Numeral:
    """`numeral` with the scale word or letter behind it, if there is one.

    `money` lets lower-case m, b, t be millions, billions, trillions. `byte_letters` leaves K, M, B to be sizes, `kelvin`
    leaves K to be a temperature.
    """
    match = _SCALE.match(text, numeral.end)
    if match is None:
        return numeral
    key = (match["word"] or match["abbreviation"] or "").lower()
    if match["word"] and key.endswith("s"):
        key = key[:-1]
    letter = match["letter"] or match["money_letter"]
    if letter:
        if not _letter_scales(letter, numeral, match, text, money=money, byte_letters=byte_letters, kelvin=kelvin):
            return numeral
        key = letter.lower()
    if key in ("mio", "tn", "t", "trn", "mn") and not money and key != "mio":
        return numeral
    scale = Decimal(_SCALES[key])
    result = Numeral(
        numeral.value * scale, numeral.resolution * scale, numeral.start, match.end(), scale, numeral.spelled
    )
    return _more_scale(result, text) if match["word"] else result


def _more_scale(numeral: Numeral, text: str) -> Numeral:
    """ "3 hundred thousand"."""
    match = _SCALE.match(text, numeral.end)
    if match is None or not match["word"]:
        return numeral
    scale = Decimal(_SCALES[match["word"].lower().rstrip("s")])
    if scale <= numeral.scale:
        return numeral
    return Numeral(
        numeral.value * scale,
        numeral.resolution * scale,
        numeral.start,
        match.end(),
        numeral.scale * scale,
        numeral.spelled,
    )


def _letter_scales(
    letter: str, numeral: Numeral, match: re.Match[str], text: str, *, money: bool, byte_letters: bool, kelvin: bool
) -> bool:
    if money:
        return letter in "kKMBTmbt"
    if letter not in "kKM" and text[match.end() : match.end() + 1] == "/":
        return False  # "512 B/op"
    if byte_letters:
        return False
    if letter in "kK":
        return not (kelvin and letter == "K") and not (
            letter == "k" and match["gap"] and text[match.end() : match.end() + 1] not in ("", "+", ")", ",", ";")
        )
    if letter == "B" and match["gap"]:
        # "512 B" are bytes, "8.2 B" and "405 B parameters" are billions.
        return numeral.resolution < 1 or text[match.end() : match.end() + 1] == " "
    if letter in "MB":
        return True
    return letter == "b" and numeral.resolution < 1
