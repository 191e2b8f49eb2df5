"""Where a quantity may begin in running text, as one pattern: the words and marks that open one, by the kind of what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.quantities.contexts import MONTH
from flows.quantities.number_words import NUMBER_WORD
from flows.quantities.patterns import lazy
from flows.quantities.spelled import FOLDS

_RATIO_WORD = "twice|thrice|double|doubles|doubled|doubling|triple|triples|tripled|tripling|quadruple|quadruples|quadrupled|treble|trebles|trebled|trebling|halve|halves|halved|halving"
_SCALE_WORD = "hundred|thousand|million|billion|trillion"
_SMALL_WORD = "|".join(word for word in NUMBER_WORD.split("|") if word not in _SCALE_WORD.split("|"))
_SHARE_WORD = "third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth|half|hundredth|thousandth"
_SIGN_WORD = "minus|negative"
_MANY_WORD = "dozens|hundreds|tens|thousands|millions|billions|trillions"
_CURRENCY_CODE = "USD|EUR|GBP|CHF|INR|CAD|AUD|NZD|HKD|SGD|JPY|CNY|RMB|KRW|SEK|NOK|DKK|PLN|CZK|BRL|MXN|ZAR"


def _by_initial(words: str) -> str:
    """The same alternatives, those of one initial together: the engine then rejects a whole group by one letter.

    It does so only for letters written out in both cases, not for those that `IGNORECASE` widens.
    """
    groups: dict[str, list[str]] = {}
    for word in words.split("|"):
        groups.setdefault(word[0].lower(), []).append(word[1:])
    return "|".join(f"(?-i:[{initial}{initial.upper()}])(?:{'|'.join(rests)})" for initial, rests in groups.items())


def _by_two(words: Iterable[str]) -> str:
    """The pairs of letters that any of the words begins with, those of one initial together."""
    groups: dict[str, set[str]] = {}
    for word in words:
        groups.setdefault(word[0].lower(), set()).update((word[1].lower(), word[1].upper()))
    pairs = (f"[{initial}{initial.upper()}][{''.join(sorted(seconds))}]" for initial, seconds in groups.items())
    return f"(?-i:{'|'.join(pairs)})"


#: How anything in letters that is looked for begins: most words of a text are passed over by their first two letters.
_OPENS = _by_two(
    [
        *"|".join((_SMALL_WORD, _SIGN_WORD, _MANY_WORD, _RATIO_WORD, MONTH, _CURRENCY_CODE)).split("|"),
        *FOLDS,
        *"orders|several|a |an|Rs|Q1|Q2|Q3|Q4".split("|"),
    ]
)
#: Where a quantity may begin. Everything else is skipped in one pass of the regular expression engine.
START = lazy(
    rf"(?<![\w])(?:(?={_OPENS})(?:(?P<word>(?:{_by_initial(_SMALL_WORD)})(?![A-Za-z'’])|(?:an |several )?orders? of magnitude|an? (?:{_SCALE_WORD}|{_SHARE_WORD}|dozen|(?:milli|micro|nano)?second|minute|hour|day|week|month|year|decade|century)(?![A-Za-z'’])"
    rf"|(?:{_by_initial(_SIGN_WORD)}) (?=[0-9]|(?:{NUMBER_WORD})(?![a-z]))|(?:{_by_initial(_MANY_WORD)})(?![A-Za-z]))|(?P<ratio>(?:{_by_initial(_RATIO_WORD)}|(?:{_by_initial('|'.join(FOLDS))})fold)(?![A-Za-z]))|(?P<month>(?:{_by_initial(MONTH)})\.? (?=[0-9o])|Q[1-4] (?=[12]))"
    rf"|(?P<code>(?:{_by_initial(_CURRENCY_CODE)}|Rs\.?)[ \u00a0]?(?=[0-9])))|(?P<money>[A-Za-z]{{1,3}} ?[$£¥€](?= ?[0-9])))"
    r"|(?P<sign>\$(?:US|AU|CA|NZ)(?= ?[0-9])|[$€£¥₹₩₽₺₪฿₫₱₴₦₿](?= ?[0-9.+-]))|(?P<digit>[0-9½¼¾⅓⅔⅛⅜⅝⅞⅕]|\.(?=[0-9]))",
    re.IGNORECASE,
)
