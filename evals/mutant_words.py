"""Wrong words: the direction of a comparison turned round, a statement denied or a denial undone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.mutant import Claimed, Mutant
from flows.check.graded import graded_words
from flows.check.lexicon import STANDARD

_SWAPS = {
    "faster": "slower", "fastest": "slowest", "quicker": "slower", "quickest": "slowest", "higher": "lower", "highest": "lowest", "larger": "smaller",
    "largest": "smallest", "bigger": "smaller", "biggest": "smallest", "cheaper": "pricier", "cheapest": "priciest", "lighter": "heavier", "lightest": "heaviest",
    "longer": "shorter", "longest": "shortest", "newer": "older", "newest": "oldest", "more": "fewer", "most": "fewest", "better": "worse", "best": "worst",
    "beats": "trails", "ahead": "behind", "leads": "trails", "outperforms": "underperforms", "less": "more", "wins": "loses", "tops": "trails",
}  # fmt: skip
_DIRECTION = {**_SWAPS, **{there: here for here, there in _SWAPS.items() if there not in _SWAPS}}
_SUPERLATIVES = {word for word in _DIRECTION if word.endswith("est") or word in ("most", "least", "worst")}
_NEGATABLE = re.compile(
    r"\b(supports|includes|offers|has|have|is|are|ships with|comes with|provides|needs|requires)\b"
    r"(?!\s+(?:(?:so )?only|just|merely|also|neither|none|nothing)\b)(?![^.;:,\n]*\s(?:too|as well)\b)"
)
#: After these a loser lost to somebody, and did not lose some of what they had.
_LOST = re.compile(r"\s*(?:[.,;:!?\n]|$)| (?:on|at|by|in|against|here|there|every|all|both|\w+ of)\b")
#: Before a verb that is denied already ("doesn't have", "nor is"), in a clause that asserts nothing of its own ("a quarter of
#: what X needs", "until they are read", "if it has to"): the mutant would be no English or no statement, and nothing could be
#: wrong about it.
_NO_STATEMENT = re.compile(
    r"(?:\b(?:nor|neither)|n['’]t|\bnot)\s+$|\b(?:what|until|if|when|unless|once|whether|where)\s+(?:[\w$€£'’.-]+\s+){0,12}$",
    re.I,
)
#: A subject that denies: "no other audit is not older" is written by nobody.
_DENYING_SUBJECT = re.compile(r"\b(?:no|none|nobody|nothing|neither|never)\b[^.;:,\n]*$", re.I)
#: "has no", "is not": the denial of these is the plain verb.
_DENYING = re.compile(r"\s+(?:not|no)\b")
#: "has risen", "have been": an auxiliary.
_PARTICIPLE = re.compile(r"\s+(?:been|\w{2,}(?:ed|en))\b")
_DENIED = re.compile(r"\b(?:not|no|never|neither|nor|none|nobody|nothing|cannot)\b|n['’]t\b", re.I)
_NEGATED = {
    "has": "does not have",
    "have": "do not have",
    "is": "is not",
    "are": "are not",
    "supports": "does not support",
    "includes": "does not include",
    "offers": "does not offer",
    "ships with": "does not ship with",
    "comes with": "does not come with",
    "provides": "does not provide",
    "needs": "does not need",
    "requires": "does not require",
}


def words(claimed: Claimed) -> Iterator[Mutant]:
    """The mutants of each word of order in the claim, and of its verb."""
    yield from _directions(claimed)
    text = claimed.case.text
    verb = _NEGATABLE.search(text, claimed.start, claimed.end)
    if verb is None or re.search(r"\d", claimed.text):
        return
    if _NO_STATEMENT.search(text, max(0, verb.start() - 90), verb.start()):
        return
    if _DENYING_SUBJECT.search(text, claimed.start, verb.start()):
        return
    yield _negation(claimed, verb.start(), verb.end())


def _directions(claimed: Claimed) -> Iterator[Mutant]:
    text = claimed.case.text
    for word in re.finditer(r"[A-Za-z]+", claimed.text):
        low = word.group().lower()
        first, last = claimed.start + word.start(), claimed.start + word.end()
        if low not in _DIRECTION or claimed.names(first, last):
            continue
        after, before = text[last : last + 40], text[max(0, first - 12) : first].lower()
        if re.match(r"\s+than\s*[\d$]", after):
            continue
        if low in ("most", "best", "worst", "more", "less", "least", "fewer") and (
            after.lower().startswith((" than", " of ", " for"))
            or before.endswith(("at ", "or ", "and ", "at its ", "at their "))
        ):
            continue
        if low in _SUPERLATIVES and _DENIED.search(text, max(0, claimed.start - 25), first):
            # What is not the fastest need not be the slowest either: such a mutant may stay true.
            continue
        if low in _SUPERLATIVES and before.endswith(("from ", "to ", "next ")):
            # "from smallest to largest" is an order that the mutant would only make no sense of; the next best is who comes after.
            continue
        became = _DIRECTION[low]
        if low in ("more", "most") and not _counts(after):
            became = {"more": "less", "most": "least"}[low]
        if low == "loses" and not _LOST.match(after):
            # Losing half of what it had is undone by gaining it; who loses to somebody beats them.
            became = "beats" if after.startswith(" to ") else "gains"
            last += len(" to") if became == "beats" else 0
        if low == "ahead" and text.startswith(" of ", last):
            last += 3
        elif low == "behind":
            became = "ahead of" if re.match(r" (?:the |its |[A-Z])", after) else "ahead"
        yield claimed.made("direction", first, last, became.capitalize() if word.group()[0].isupper() else became)


def _counts(after: str) -> bool:
    """Whether things are counted: "most glyphs" turns into "fewest glyphs", "most efficient", "most sun", "more" into no "fewer"."""
    noun = re.match(r"\s+(?:[a-z]+[-\s])?([a-z]+)", after)
    following = re.match(r"\s+([a-z]+)", after)
    graded = graded_words(STANDARD).get(following.group(1)) if following is not None else None
    if graded is not None and graded.degree == "positive":
        return False
    return following is not None and (
        following.group(1).endswith("s") or (noun is not None and noun.group(1).endswith("s"))
    )


def _negation(claimed: Claimed, first: int, last: int) -> Mutant:
    """The verb denied; where it is denied already, the plain verb."""
    text = claimed.case.text
    verb = text[first:last]
    denied = _DENYING.match(text, last)
    if denied is not None:
        return claimed.made("negation", first, denied.end(), verb)
    auxiliary = verb in ("has", "have") and _PARTICIPLE.match(text, last) is not None
    return claimed.made("negation", first, last, f"{verb} not" if auxiliary else _NEGATED[verb])
