"""Nobody: "nobody takes longer", "no train here is faster than X", "nothing uses less": an order denied of all others."""

from __future__ import annotations

from flows.check.groups import having
from flows.check.items import Line
from flows.check.scene import SUBJECT, TOPIC, Mention
from flows.check.sheet import Compiled

_WORDS = frozenset(["nobody", "nothing", "none", "no-one", "no"])
#: Words before which such a clause begins.
_JOINS = frozenset(["and", "but", "that", "while", "since", "so"])
_NO_NOUN = frozenset(["other", "longer", "more", "less", "fewer", "one", "matter", "doubt"])


#: What names an exception, by its last word; "other than", "apart from", "save for".
_EXCEPTING = {"than": "other", "from": "apart", "except": "", "besides": "", "but": "", "excluding": "", "save": ""}
_DENYING = frozenset(["nobody", "nothing", "none", "no-one", "no"])
_LISTING = frozenset([",", "and", "or", "the", "for"])
#: How many words may name those who are denied it: "no other airline in this table".
_DENIED = 6


def nobody_but(line: Line, at: int, compiled: Compiled) -> tuple[int, ...]:
    """Those of whom a clause denies something by "nobody except X", "no Comet other than X" before item `at`; () where it does not."""
    items = line.items
    if _DENYING.isdisjoint(line.lows):
        return ()
    for last in range(at - 1, 0, -1):
        if items[last].kind == "p" and items[last].low != ",":
            return ()
        opener = _EXCEPTING.get(items[last].low)
        if opener is None or (opener and line.low(last - 1) != opener):
            continue
        named: list[int] = []
        for k in range(last + 1, at):
            if items[k].kind == "e":
                named.extend(items[k].entities)
            elif items[k].low not in _LISTING:
                break
        first = last - bool(opener)
        head = next((k for k in range(first - 1, max(-1, first - _DENIED), -1) if items[k].low in _DENYING), None)
        if head is None or not named or any(items[k].kind == "p" for k in range(head, first)):
            return ()
        among = having(items[head + 1 : first], compiled) or tuple(range(compiled.entity_count))
        return tuple(entity for entity in among if entity not in named)
    return ()


def denies_order(line: Line, at: int, compiled: Compiled) -> bool:
    """Whether "nobody", "no train" at item `at` opens a clause that puts things in order."""
    items = line.items
    if line.low(at) not in _WORDS or line.low(at + 1) in ("else", "of"):
        return False
    if at and items[at - 1].kind != "p" and items[at - 1].low not in _JOINS:
        return False
    if line.low(at) != "no":
        return _order_ahead(line, at + 1)
    if at + 1 >= len(items):
        return False
    noun = items[at + 1]
    if noun.low == "one":
        return _order_ahead(line, at + 2)
    if noun.kind != "w" or noun.graded is not None or noun.concept in compiled.by_concept or noun.low in _NO_NOUN:
        return False
    return _order_ahead(line, at + 2)


def _order_ahead(line: Line, start: int) -> bool:
    items = line.items
    for position in range(start, min(len(items), start + 8)):
        if items[position].kind == "p" or items[position].low in ("and", "but", "to"):
            return False
        if items[position].degree in ("comparative", "verb") or _as(line, position):
            return True
    return False


def _as(line: Line, at: int) -> bool:
    """ "as fast as", "as much as"."""
    if line.low(at) != "as" or at + 2 >= len(line.items):
        return False
    return line.items[at + 1].degree == "positive" or line.low(at + 1) in ("much", "many", "little", "few")


def nobody(
    line: Line, at: int, mentions: list[Mention], carried: tuple[int, ...], everyone: tuple[int, ...]
) -> Mention | None:
    """All but the one that is compared with: named after "than", or the subject so far, or `carried`."""
    items = line.items
    than = next((k for k in range(at + 1, min(len(items), at + 12)) if line.low(k) == "than"), None)
    if than is None:
        # "No train is as fast as X": the second "as".
        than = next(
            (k for k in range(at + 3, min(len(items), at + 12)) if line.low(k) == "as" and _as(line, k - 2)), None
        )
    base: tuple[int, ...] = ()
    if than is not None:
        base = next((items[k].entities for k in range(than + 1, min(len(items), than + 5)) if line.kind(k) == "e"), ())
    for mention in reversed(mentions):
        if line.low(mention.at - 1) == "only":
            # "Only X starts sooner; nothing uses less": X is the exception, not who is spoken of.
            continue
        if not base and mention.role in (SUBJECT, TOPIC):
            base = mention.otherwise if mention.how == "noone" else mention.entities
    base = base or carried
    rest = tuple(entity for entity in everyone if entity not in base)
    return Mention(at, rest, SUBJECT, False, "noone", base) if base and rest else None
