"""Strangers: a clause whose subject is a name that the facts do not have is about nobody whom they know.

Without this a figure or an order said of an unknown product is held against whoever is carried over, or against anybody.
"""

from __future__ import annotations

from flows.check.lexicon import assertions as words
from flows.check.lexicon.verbs import VERBS
from flows.check.outcome import S
from flows.check.scene import Scene
from flows.check.sheet import Compiled
from flows.check.typed import TypedClaim
from flows.check.verdict import Verdict
from flows.quantities.units import lookup
from schemas.checking import Label

_OPENERS = frozenset("and but while whereas yet so although though because since that".split())
_BEFORE_A_NAME = _OPENERS | {"the", ",", ";"}
_ENDS = frozenset(";:.")
_REASON = "the facts name no such thing"


def estranged(typed: TypedClaim, verdict: Verdict, scene: Scene, compiled: Compiled) -> Verdict:
    """The verdict, unless the claim holds for somebody while its clause speaks of a stranger."""
    if verdict.label is not S or typed.fixed is not None:
        return verdict
    at = _stranger_before(scene, typed.items[0], compiled)
    return verdict if at is None else Verdict(Label.UNVERIFIABLE, reason=_REASON)


def _stranger_before(scene: Scene, at: int, compiled: Compiled) -> int | None:
    """The nearest unknown name before item `at` that is the subject of a clause, with no known subject behind it."""
    items = scene.line.items
    subject = scene.subject_before(at)
    first = subject.at + 1 if subject is not None else 0
    for k in range(at - 1, first - 1, -1):
        if items[k].kind == "p" and items[k].low in _ENDS:
            return None
        if items[k].text[0].isupper() and _strange(scene, k, compiled) and _is_subject(scene, k):
            return k
    return None


def _strange(scene: Scene, at: int, compiled: Compiled) -> bool:
    """Whether item `at` is a name that neither the facts nor English account for."""
    item = scene.line.items[at]
    low, text = item.low, item.text
    if item.kind != "w" or item.covered or len(low) < 3 or item.graded is not None:
        return False
    inner = any(char.isupper() for char in text[1:]) or any(char.isdigit() for char in text)
    if text.isupper() and text.isalpha():
        return False
    before = scene.line.low(at - 1)
    following = scene.line.items[at + 1].text[0] if at + 1 < len(scene.line.items) else ""
    if not inner and before not in _BEFORE_A_NAME and not (at == 0 and following.isupper()):
        # The first word of a sentence or of an item has a capital whatever it is.
        return False
    if low in compiled.accounted or item.concept in compiled.accounted or low in compiled.beginnings:
        return False
    if low in words.COMMON_CAPITALS or low in compiled.lexicon.stop or low in words.PLAIN or low in words.TASTE:
        return False
    if low in words.READER or low in words.QUALITY or low in compiled.class_nouns or lookup(text) is not None:
        return False
    return not any(low in name.lower() for name in compiled.entity_names)


def _is_subject(scene: Scene, at: int) -> bool:
    """Whether the name begins its clause and a verb follows it: "The Foobar has ...", "and GT300 draws ..."."""
    line = scene.line
    start = at - 1 if line.low(at - 1) == "the" else at
    if start > 0 and line.kind(start - 1) != "p" and line.low(start - 1) not in _OPENERS:
        return False
    last = at + 1
    while line.kind(last) in ("w", "n") and last < at + 3 and not line.items[last].text[0].islower():
        last += 1
    following = line.low(last)
    return following in VERBS or (following.endswith("s") and len(following) > 3) or following == "'s"


__all__ = ["estranged"]
