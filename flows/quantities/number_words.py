"""Numbers in English words, up to 10^15: "two and a half", "three hundred thousand", "two thirds"."""

from __future__ import annotations

import re
from decimal import Decimal

from flows.quantities.numerals import ONE, Numeral, digits_at
from flows.quantities.patterns import lazy

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
