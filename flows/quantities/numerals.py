"""Numbers in digits and in English words, up to 10^15, with their scale words: no units."""

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

_ONES = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS = {
    w: 10 * n
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2)
} | {"fourty": 40}
_BIG = {
    "hundred": 100,
    "thousand": 10**3,
    "lakh": 10**5,
    "lakhs": 10**5,
    "million": 10**6,
    "millions": 10**6,
    "crore": 10**7,
    "crores": 10**7,
    "billion": 10**9,
    "billions": 10**9,
    "trillion": 10**12,
    "trillions": 10**12,
}
_DOZENS = {"dozen", "dozens", "doz", "dozs"}
_DENOMINATORS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twelfth": 12, "sixteenth": 16,
    "twentieth": 20, "hundredth": 100, "thousandth": 1000, "millionth": 10**6,
}  # fmt: skip
NUMBER_WORD = "|".join(
    sorted(
        [*_ONES, *_TENS, "hundred", "thousand", "million", "billion", "trillion", "dozen", "half", "quarter"],
        key=len,
        reverse=True,
    )
)
_WORD = lazy(r"[A-Za-z]+")
_JOINT = lazy(r"[ \u00a0]*-[ \u00a0]*|[ \u00a0]+and[ \u00a0]+(?:an?[ \u00a0]+)?|,?[ \u00a0]+")
_ARTICLE = lazy(
    r"(an?)[ -](?=(?:hundred|thousand|million|billion|trillion|dozen|third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|half|hundredth|thousandth)(?![a-z]))",
    re.IGNORECASE,
)
_OF_SCALE = lazy(r" (?:of )?(?:an? )?(hundred|thousand|million|billion|trillion|dozen)(?![a-z])", re.IGNORECASE)
_SCALE_BEHIND = lazy(r" (thousand|million|billion|trillion)(?![a-z])")
_PARTS = lazy(
    r"([1-9]|one|two|three|four|five|six|seven|eight|nine) (third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?(?![a-z])",
    re.IGNORECASE,
)
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


def words_at(text: str, start: int, *, conjunction: bool = True) -> Numeral | None:
    """The number in words that begins at `start` ("two and a half", "three hundred thousand", "two thirds", "half").

    Without `conjunction`, "and" ends it ("between one hundred and two hundred"). Also a number in digits that goes on in words ("4 thousand 3 hundred and 21"). None where there is none.
    """
    return _WordReader(text, start, conjunction=conjunction).read()


class _WordReader:
    """Reads one spelled number from left to right; `total` holds finished scales, `current` the part below the next one."""

    def __init__(self, text: str, start: int, *, nested: bool = False, conjunction: bool = True) -> None:
        self.text = text
        # "one over one over one ..." must not be read to any depth.
        self.nested = nested
        self.conjunction = conjunction
        self.start = start
        self.end = start
        self.total = Decimal(0)
        self.current: Decimal | None = None
        self.smallest_scale = Decimal(10**18)
        self.room = Decimal(10**18)
        self.seen = False
        self.resolution = ONE
        self.scale = ONE

    def read(self) -> Numeral | None:
        article = _ARTICLE.match(self.text, self.start)
        position = self.start
        if article is not None:
            position = article.end()
        word = _WORD.match(self.text, position)
        if (
            word is not None
            and word.group().lower() in _DENOMINATORS
            and (article is not None or word.group().lower() in ("half", "quarter"))
        ):
            return self._fraction_of_scale(word)
        while self._element(position):
            joint = _JOINT.match(self.text, self.end)
            if joint is None:
                break
            position = joint.end()
            if "," in joint.group() and not (self.current is None and self.scale >= 1000):
                break  # "two thousand, three hundred" goes on, "a hundred, over a million" does not
            if "and" in joint.group().lower() and not self.conjunction:
                break
            tail = self._and_parts(joint.group().lower(), position) or self._tail(joint.group().lower(), position)
            if tail is not None:
                return tail
        if not self.seen:
            return None
        value = self.total + (self.current if self.current is not None else 0)
        return Numeral(value, self.resolution, self.start, self.end, self.scale, spelled=True)

    def _fraction_of_scale(self, word: re.Match[str]) -> Numeral:
        """ "half", "a third", "half a million", "a quarter of a million", "quarter million"."""
        value = ONE / _DENOMINATORS[word.group().lower()]
        big = _OF_SCALE.match(self.text, word.end())
        if big is None:
            return Numeral(value, Decimal("0.1"), self.start, word.end(), spelled=True, fraction=True)
        scale = Decimal(12 if big.group(1).lower() == "dozen" else _BIG[big.group(1).lower()])
        return Numeral(value * scale, scale / 10, self.start, big.end(), scale, spelled=True)

    def _element(self, position: int) -> bool:
        """Take one word, or digits after a scale, into the sum. False where the number has ended before."""
        word = _WORD.match(self.text, position)
        if word is None:
            return self._digits(position)
        name = word.group().lower()
        if name in _ONES or name in _TENS:
            amount = Decimal(_ONES[name] if name in _ONES else _TENS[name])
            if self.current is None:
                if amount >= self.room:
                    return False
                self.current = amount
            elif (self.current % 100 == 0 and self.current and amount < 100) or (
                name in _ONES and 1 <= amount < 10 and self.current % 10 == 0 and 20 <= self.current % 100 <= 90
            ):
                self.current += amount
            else:
                return False
        elif name in _DOZENS and self.current is not None:
            self.current *= 12
        elif name in _BIG:
            if not self._big(Decimal(_BIG[name])):
                return False
        elif name == "dozen" and not self.seen:
            self.current = Decimal(12)
        else:
            return False
        self.seen, self.end = True, word.end()
        return True

    def _big(self, scale: Decimal) -> bool:
        if scale == 100:
            base = ONE if self.current is None else self.current
            if base >= 100 or base == 0:
                return False
            self.current = base * 100
            return True
        if self.current is None and self.seen:
            # "a hundred thousand million" multiplies what was just finished.
            if self.smallest_scale >= scale or not self.total:
                return False
            self.total *= scale
        else:
            if scale >= self.smallest_scale:
                return False
            self.total += (ONE if self.current is None else self.current) * scale
        self.current = None
        self.smallest_scale = self.room = scale
        self.scale = scale
        return True

    def _digits(self, position: int) -> bool:
        numeral = digits_at(self.text, position, spaced=False)
        if numeral is None:
            return False
        if not self.seen:
            self.current = numeral.value
            self.resolution = numeral.resolution
        elif (
            numeral.value == numeral.value.to_integral_value()
            and numeral.value < min(self.room, Decimal(1000))
            and self.current is None
        ):
            self.current = numeral.value
        elif self.current is not None and self.current % 100 == 0 and self.current and numeral.value < 100:
            self.current += numeral.value
        else:
            return False
        self.seen, self.end = True, numeral.end
        return True

    def _tail(self, joint: str, position: int) -> Numeral | None:
        """What may close a number: "and a half", "thirds", "over three"."""
        word = _WORD.match(self.text, position)
        if word is None:
            return None
        name = word.group().lower()
        value = self.total + (self.current if self.current is not None else 0)
        if " and " in joint and " a" in joint[4:] and name in ("half", "quarter", "third"):
            part = ONE / _DENOMINATORS[name]
            unit = self.scale if self.current is None and self.scale > 100 else ONE
            big = _SCALE_BEHIND.match(self.text, word.end())
            scale = Decimal(_BIG[big.group(1)]) if big else ONE
            return Numeral(
                (value + part * unit) * scale,
                Decimal("0.1") * unit * scale,
                self.start,
                big.end() if big else word.end(),
                scale if big else self.scale,
                spelled=True,
            )
        singular = name[:-1] if name.endswith("s") and name != "halves" else name
        if (
            "and" not in joint
            and singular in _DENOMINATORS
            and value > 0
            and (name.endswith("s") or value == 1 or name == "halves")
            and name not in ("quarter",)
        ):
            return self._thirds(value, singular, word.end())
        if singular == "quarter" and value == 1 and "and" not in joint:
            return self._thirds(value, singular, word.end())
        if name == "over" and value > 0 and not self.nested:
            below = (
                _WordReader(self.text, word.end() + 1, nested=True).read()
                if self.text[word.end() : word.end() + 1] == " "
                else None
            )
            if below is not None and below.spelled and below.value > 0 and not below.fraction:
                return Numeral(value / below.value, Decimal("0.1"), self.start, below.end, spelled=True, fraction=True)
        return None

    def _and_parts(self, joint: str, position: int) -> Numeral | None:
        """ "and three fifths"."""
        match = _PARTS.match(self.text, position) if " and " in joint and joint.strip() == "and" else None
        if match is None:
            return None
        above = match.group(1).lower()
        count = Decimal(above) if above.isdigit() else Decimal(_ONES[above])
        value = self.total + (self.current if self.current is not None else 0)
        part = count / _DENOMINATORS[match.group(2).lower()]
        return Numeral(value + part, Decimal("0.1"), self.start, match.end(), self.scale, spelled=True)

    def _thirds(self, value: Decimal, singular: str, end: int) -> Numeral:
        return Numeral(value / _DENOMINATORS[singular], Decimal("0.1"), self.start, end, spelled=True, fraction=True)
