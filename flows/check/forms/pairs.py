"""Pairs: "5-2", "109-104", "7-12 FG", "8 of 14", "6-for-13": two figures that are one claim."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.forms.gap_words import AHEAD
from flows.check.items import cover
from flows.check.owners import owners
from flows.check.pairs import Pair, records
from flows.check.stated import Hedge, Stated
from flows.check.typed import Form, TypedClaim
from flows.quantities import parse_cell

_DASHES = ("-", "–")
_RANGE = re.compile(r"^(\d{1,4})[-–](\d{1,4})(?:\s*([A-Za-z]{1,4}))?$")
_WHOLE = re.compile(r"^\d{1,5}$")
_OWN = frozenset(["his", "her", "its", "their", "our"])
#: How much a word must say of a metric for the pair to be of it, and how far its clause reaches.
_SPOKEN, _CLAUSE = 0.3, 0.5
_STOPS = frozenset(["and", "or", "but", "while", "in", "on", "at", "with", "from", "for", "to", "of", "the", "a", "an", "by", "as", "after"])  # fmt: skip
_BE = frozenset(["was", "were", "is", "are", "been", "be", "being", "got"])
_SIGN = {"better": 1, "up": 1, "worse": -1, "down": -1}
_MOST_SIDES = 12
_OUTCOMES = frozenset("win wins victory loss defeat lead triumph rout upset decision".split())


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    items = scene.line.items
    for at in scene.line.numbers:
        if items[at].covered and items[at].stated is None:
            continue
        shape = _shape(scene, at)
        if shape is None:
            continue
        first, second, last, kind = shape
        for claim in _claims(scene, at, last, first, second, kind, ctx):
            for position in range(*claim.items):
                items[position].covered = True
            yield claim


def _figure(value: str | Decimal) -> Stated:
    number = Decimal(value)
    return Stated(parse_cell(str(number)), number, number, Decimal(1), Hedge.PLAIN, exact=True)


def _shape(scene: Scene, at: int) -> tuple[Stated, Stated, int, str] | None:
    """The two figures, the last item of the second, and how they are joined: apart, range or part."""
    items, line = scene.line.items, scene.line
    stated = items[at].stated
    if stated is None or stated.hedge is not Hedge.PLAIN:
        return None
    ranged = _RANGE.match(items[at].text) or _RANGE.match(items[at].low)
    if ranged is not None:
        one, other = Decimal(ranged.group(1)), Decimal(ranged.group(2))
        return None if _years(one, other) else (_figure(one), _figure(other), at, "range")
    if stated.is_range or stated.quantity.unit not in (None, "1") or stated.low != int(stated.low):
        return None
    joint = line.low(at + 1)
    if joint in _DASHES and items[at].end == items[at + 1].start:
        word = line.low(at + 2)
        if word in ("for", "of") and line.low(at + 3) in _DASHES and (value := _whole(scene, at + 4)) is not None:
            return _figure(stated.low), _figure(value), at + 4, "part"
        value = _whole(scene, at + 2)
        if value is None or items[at + 1].end != items[at + 2].start or line.low(at + 3) in _DASHES:
            return None
        return None if _years(stated.low, value) else (_figure(stated.low), _figure(value), at + 2, "apart")
    if joint == "of" or (joint == "out" and line.low(at + 2) == "of"):
        place = at + 2 if joint == "of" else at + 3
        place += line.low(place) in _OWN
        value = _whole(scene, place)
        if value is not None and value >= stated.low:
            return _figure(stated.low), _figure(value), place, "part"
    return None


def _years(one: Decimal, other: Decimal) -> bool:
    return 1900 <= one < 2100 and (1900 <= other < 2100 or other < 100)


def _whole(scene: Scene, at: int) -> Decimal | None:
    items = scene.line.items
    if not 0 <= at < len(items):
        return None
    stated = items[at].stated
    if stated is None:
        return Decimal(items[at].low) if _WHOLE.match(items[at].low) else None
    plain = not stated.is_range and stated.quantity.unit in (None, "1") and stated.hedge is Hedge.PLAIN
    return stated.low if plain and stated.low == int(stated.low) else None


def _claims(
    scene: Scene, at: int, last: int, first: Stated, second: Stated, kind: str, ctx: FormContext
) -> Iterator[TypedClaim]:
    compiled, items = ctx.compiled, scene.line.items
    held, opposed = compiled.held_metrics, compiled.opposed_metrics
    if kind == "part" and not held and not opposed:
        return
    if kind == "part" and scene.subject_before(at) is None and not scene.carried and not scene.topic:
        return
    nouns, end = _nouns(scene, at, last)
    if nouns[:1] and nouns[0] in _OUTCOMES:
        # "a 118-107 win over X": the score, not how many were won.
        nouns, end = (), last + 1
    called = frozenset(number for number, names in compiled.short_names.items() if nouns and _names(nouns, names))
    spoken = _spoken(scene, at, last, ctx)
    found, _ = owners(scene, at, compiled)
    whose = tuple(dict.fromkeys(c.entities[0] for c in found if len(c.entities) == 1 and c.cost <= found[0].cost + 0.4))
    structures = {*held, *(number for both in opposed for number in both)}
    told = called & structures
    if not told and spoken & structures:
        told = frozenset(spoken & structures)
    if not told and scene.line.low(at - 1) == "(" and at - 2 in scene.by_at and scene.line.low(last + 1) == ")":
        # "the Tritons (12-19)" is no range.
        told = records(compiled)
    if told:
        held = tuple(number for number in held if number in told)
        opposed = tuple(both for both in opposed if told & set(both))
    labelled = bool(called) and scene.line.low(at - 1) == ":"
    if kind == "range" and not told and not labelled:
        # "7-12": a range of anything, unless the words around speak of such a pair ("Fouls: 6-10").
        return
    sides: tuple[tuple[int, int], ...] = ()
    shared: tuple[int, ...] = ()
    summed: tuple[tuple[int, ...], ...] = ()
    if kind == "apart" or (kind == "range" and (labelled or not called)):
        sides = _sides(scene, whose, ctx)
        named = frozenset(called or ())
        numeric = [card.number for card in compiled.metrics if card.numeric and not card.is_date]
        first_ones = [number for number in numeric if number in (named or spoken)]
        shared = tuple(first_ones) if named else tuple([*first_ones, *(n for n in numeric if n not in first_ones)])
        if not named:
            summed = compiled.periods
    if not sides and not (whose and (held or opposed)):
        return
    # "beat X (10-9)": what stands in brackets is of the one before it, not the score.
    sign, verb = _sign(scene, at, last) if sides and scene.line.low(at - 1) != "(" else (0, -1)
    if sign:
        ahead = scene.subject_before(verb if verb < at else at)
        leader = ahead.entities if ahead is not None else scene.carried
        sides = tuple(both for both in sides if both[:1] == leader) or sides
    object_at = next((m.at for m in scene.mentions if verb < m.at < at), -1) if 0 <= verb < at else -1
    if object_at > 0 and sign and sides and shared:
        # "lost to X, 109-104": who won is a claim of its own, about what the figures are of.
        order = Pair(first, second, whose, sides, (), (), shared, (), sign, verb)
        cover(items, verb, object_at)
        yield TypedClaim(
            Form.COMPARISON,
            items[verb].start,
            items[object_at].end,
            pair=order,
            items=(verb, object_at + 1),
            reason="the figures do not bear it out",
        )
        sign = 0
    elif 0 <= verb < at:
        items[verb].covered = True
    pair = Pair(first, second, whose, sides, held, opposed, shared, summed, sign, verb)
    yield TypedClaim(
        Form.ABSOLUTE,
        items[at].start,
        items[end - 1].end if end > last + 1 else items[last].end,
        stated=first,
        pair=pair,
        items=(at, max(last + 1, end)),
        reason="no two cells have these figures",
    )


def _spoken(scene: Scene, at: int, last: int, ctx: FormContext) -> set[int]:
    """The metrics that words of the clause speak of; the figures themselves speak of none."""
    items, weights = scene.line.items, ctx.compiled.weights_of
    found: set[int] = set()
    for place, item in enumerate(items):
        if item.kind != "w" or item.low.isdigit() or at <= place <= last or abs(item.depth - items[at].depth) > _CLAUSE:
            continue
        if any(scene.line.kind(k) == "n" and not at <= k <= last for k in (place - 1, place - 2)):
            # "3-for-4 on his way to 10 points": the noun of another figure.
            continue
        found.update(number for number, said in weights.get(item.concept, ()) if said >= _SPOKEN)
    return found


def _nouns(scene: Scene, at: int, last: int) -> tuple[tuple[str, ...], int]:
    """The words right after a pair, or its label: "7-12 FG", "2-4 3Pt", "Fouls: 6-10"; and where they end."""
    items = scene.line.items
    ranged = _RANGE.match(items[last].text)
    if ranged is None:
        ranged = _RANGE.match(items[last].low)
    inside = [ranged.group(3).lower()] if ranged is not None and ranged.group(3) else []
    stop = last + 1
    while stop < len(items) and stop <= last + 3 and items[stop].kind in ("w", "n") and items[stop].low not in _STOPS:
        if items[stop].kind == "n" and not items[stop].low.isdigit():
            break
        stop += 1
    words = [*inside, *(items[k].low for k in range(last + 1, stop))]
    if not words and scene.line.low(at - 1) == ":":
        words = [items[k].low for k in range(max(0, at - 4), at - 1) if items[k].kind == "w"]
    return tuple(words), stop


def _names(words: tuple[str, ...], names: frozenset[str]) -> bool:
    """Whether words are a short name of a metric: "FG", "3" + "Pt", "free throws", "fouls"."""
    for size in (3, 2, 1):
        for start in range(len(words) - size + 1):
            joined = "".join(words[start : start + size])
            if joined in names or (joined.endswith("s") and joined[:-1] in names):
                return True
    return False


def _sides(scene: Scene, whose: tuple[int, ...], ctx: FormContext) -> tuple[tuple[int, int], ...]:
    """The two that a score may be between: those named, else the subject and its only peer."""
    peers = ctx.compiled.peers
    named = list(dict.fromkeys(m.entities[0] for m in scene.mentions if len(m.entities) == 1))
    listed = [m.entities for m in scene.mentions if len(m.entities) == 2]
    lead = list(dict.fromkeys([*whose[:1], *named]))
    found = [(a, b) for a, b in permutations(lead[:4], 2) if b in peers(a)]
    found += [(a, b) for a, b in listed]
    if not found:
        for one in dict.fromkeys([*lead, *scene.carried[:1], *reversed(scene.before[-6:])]):
            others = {*peers(one)} - {one}
            if len(others) == 1:
                found.append((one, next(iter(others))))
            elif lead and one == lead[0]:
                found += [(one, other) for other in scene.before[-4:] if other in others]
    if not named:
        groups = {tuple(peers(entity)) for entity in range(ctx.compiled.entity_count)}
        found += [(group[0], group[1]) for group in groups if len(group) == 2]
    return tuple(dict.fromkeys(found))[:_MOST_SIDES]


def _sign(scene: Scene, at: int, last: int) -> tuple[int, int]:
    """On which side the clause puts its subject, and its verb of order: "won the third 34-22", "trailed 62-59", "a 62-59 lead"."""
    items = scene.line.items
    for back in range(at - 1, max(-1, at - 8), -1):
        item = items[back]
        if item.low in (";", "while", "but"):
            break
        if item.low in ("ahead", "behind"):
            return _SIGN[AHEAD[item.low]], back
        sign = _SIGN.get(item.graded.meaning.sign, 0) if item.degree == "verb" and item.graded is not None else 0
        head = back
        if item.low.startswith("out") and item.low.endswith("ed"):
            # Whoever outscores, outsells or out-ranks another has more, whatever the verb is.
            sign = 1
        elif item.low.endswith("ed") and scene.line.words(back - 2, back) == "out -":
            sign, head = 1, back - 2
        if sign:
            passive = scene.line.low(head - 1) in _BE and item.low.endswith("ed")
            return (-sign if passive else sign), back
    for ahead in range(last + 1, min(len(items), last + 3)):
        item = items[ahead]
        if item.low in ("lead", "win", "victory", "advantage", "edge"):
            return 1, ahead
        if item.low in ("deficit", "loss", "defeat"):
            return -1, ahead
    return 0, -1
