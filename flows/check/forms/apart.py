"""Apart: differences said without a comparative: "50 ms before B", "the €720 between them", "gives up 10 Nm", "stays 3 dB below"."""

from __future__ import annotations

from dataclasses import replace

from flows.check.discourse import Mention, Scene
from flows.check.fitting import POINTS
from flows.check.forms.against import retold, set_against
from flows.check.forms.context import FormContext
from flows.check.forms.gap_words import AHEAD
from flows.check.forms.gaps import pairs
from flows.check.forms.sides import comparand_after, next_in_clause
from flows.check.forms.spans import span_of
from flows.check.forms.values import absolute
from flows.check.items import cover, hedge_first
from flows.check.link import metrics_for
from flows.check.stated import Stated
from flows.check.typed import Choice, Form, TypedClaim
from flows.quantities.units import lookup

_NAMED = ("name", "part", "pronoun", "other")
_ARTICLES = frozenset(["the", "a", "an"])
#: What may stand behind a phrase that ends its clause.
_ENDS = frozenset(["", ".", ",", ";", ":", ")", "—", "–", "and", "but", "while", "with", "in", "on", "at", "or"])
#: Words between a verb or a name and its figure.
_LIGHT = frozenset(["you", "about", "only", "just", "a", "an", "the", "some", "roughly", "around", "another", "up"])
_LIES = frozenset("lie lies lay is are was were sit sits stand stands remain remains there".split())
_SEPARATES = frozenset(["separate", "separates", "separated", "divide", "divides"])
_BOTH = frozenset(["them", "both", "their", "these", "those", "the"])
#: Verbs of one who has less of what is good; with "away" or "up" where they say it only so.
_GIVES = frozenset("give gives gave giving given".split())
_CONCEDES = frozenset("concede concedes conceded conceding sacrifice sacrifices forgo forgoes forfeit forfeits".split())
_LOSES = frozenset("lose loses lost losing".split())
_GAINS = frozenset("gain gains gained gaining".split())

#: The words that any of these readings but the last turns on.
_TURNING = _SEPARATES | _CONCEDES | _LOSES | _GAINS | {"before", "after", "between", "away", "up", "above", "below"}


def read_apart(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """The difference that a verb or preposition beside figure `at` makes of it; None where it may be a value."""
    told = None
    if not _TURNING.isdisjoint(scene.line.lows):
        told = (
            _timed(scene, at, ctx, stated)
            or _between(scene, at, ctx, stated)
            or _given_up(scene, at, ctx, stated)
            or _off(scene, at, ctx, stated)
        )
    return told or _elided(scene, at, ctx, stated)


def _after(scene: Scene, at: int) -> int:
    """The item behind a figure; the "hour" of "an hour" is held by its article."""
    items = scene.line.items
    place = max(at, items[at].hedge_to) + 1
    return place + 1 if place < len(items) and items[place].end == items[at].end else place


def _mention_at(scene: Scene, place: int) -> Mention | None:
    """What is named at item `place`, or behind an article there."""
    return scene.by_at.get(place + 1 if scene.line.low(place) in _ARTICLES else place)


def _timed(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "Ready in 0.44 s, 50 ms before B": a span of time that ends with a name is what lies between the two."""
    place = _after(scene, at)
    word = scene.line.low(place)
    unit = lookup(stated.quantity.unit or "")
    if word not in ("before", "after") or unit is None or unit.dimension != "time":
        return None
    other = _mention_at(scene, place + 1)
    if other is None or other.how not in _NAMED or scene.line.low(other.at + 1) not in _ENDS or other.possessive:
        return None
    start, _ = span_of(scene.line.items, at)
    sign = "down" if word == "before" else "up"
    end = scene.line.items[place].end
    claim = set_against(scene, at, ctx, Form.DIFFERENCE, stated, "", sign, None, start, end, place)
    return _against(scene, claim, other)


def _against(scene: Scene, claim: TypedClaim, other: Mention) -> TypedClaim:
    """The claim with the thing that the phrase itself sets its subject against."""
    subjects = tuple(choice for choice in claim.subjects if not set(choice.entities) & set(other.entities))
    scene.comparand = other.entities
    claim = replace(
        claim,
        subjects=subjects or claim.subjects,
        comparands=(Choice(other.entities, 0.0, "named after the phrase"),),
        operands=(),
        readings=(),
        change=False,
        across=False,
    )
    scene.extra["gap"] = claim
    return claim


def _between(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "the €720 between their prices", "a hundred dollars lie between A and B", "two points separate A from B"."""
    items, line = scene.line.items, scene.line
    place = _after(scene, at)
    lies = False
    while line.low(place) in _LIES:
        lies = True
        place += 1
    separates = line.low(place) in _SEPARATES
    if (line.low(place) != "between" and not separates) or stated.is_range:
        return None
    named = _two_behind(scene, place)
    if not named:
        if line.low(place + 1) not in _BOTH or line.kind(place + 1) == "n":
            return None
        # "They carry 1,350 between them" is a sum, "the 150 between them" is what parts them.
        if not (lies or separates or line.low(hedge_first(items, at) - 1) in ("the", "those", "these", "is", "are")):
            return None
        named = pairs(scene, ctx, at)
    metrics = tuple(
        choice
        for choice in metrics_for(scene, at, ctx.compiled, stated=stated)
        if ctx.compiled.metrics[choice.metric].numeric
    )
    if not metrics or not named:
        return None
    start, end = span_of(items, at)
    cover(items, at, place)
    return TypedClaim(
        Form.DIFFERENCE,
        start,
        max(end, items[place].end),
        subjects=named,
        metrics=metrics,
        stated=stated,
        relation="gap",
        items=(at, place + 1),
    )


def _two_behind(scene: Scene, place: int) -> tuple[Choice, ...]:
    """The two that "between" or "separates" names: as a pair, or one joined to the other by "and" or "from"."""
    first = _mention_at(scene, place + 1)
    if first is None:
        return ()
    here = [mention for mention in scene.mentions if mention.at == first.at]
    pair = next((mention for mention in here if len(mention.entities) == 2), None)
    if pair is not None:
        return (Choice(pair.entities, 0.0, "the two named"),)
    second = next((mention for mention in scene.mentions if first.at < mention.at <= first.at + 5), None)
    if second is None or len(first.entities) != 1 or len(second.entities) != 1:
        return ()
    if not any(item.low in ("and", "from") for item in scene.line.items[first.at : second.at]):
        return ()
    return (Choice((*first.entities, *second.entities), 0.0, "the two named"),)


def _given_up(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "gives away 15 kW", "you lose three years of warranty", "concedes 4 dB to B": less of it, or worse by it, than the other."""
    items, line = scene.line.items, scene.line
    back = hedge_first(items, at) - 1
    while back > 0 and line.low(back) in _LIGHT and line.low(back - 1) not in _GIVES:
        back -= 1
    if line.low(back) in (",", "and"):
        # "You give up a seat, 10 Nm of torque and the second battery": the verb has a list.
        back = _head_of_list(scene, back)
    verb = line.low(back)
    two = verb in ("away", "up") and line.low(back - 1) in _GIVES
    if items[back].kind != "w" or items[back].concept in ctx.compiled.by_concept:
        return None
    if not (two or verb in _CONCEDES or verb in _LOSES or verb in _GAINS):
        return None
    other = next_in_clause(scene, at)
    linked = line.low(_before_article(scene, other)) if other is not None else ""
    if other is not None and linked not in ("to", "on", "over", "against", "than"):
        other = None
    sign: str | None = "worse" if two or verb in _CONCEDES else "down"
    if verb in _GAINS:
        sign = "better" if linked == "on" else "up"
    elif verb in _LOSES and linked == "to":
        sign = "worse"
    if scene.subject_before(at) is None:
        # "You lose three years": whoever of the two the reader turns to.
        sign = None
    start, end = span_of(items, at)
    claim = set_against(scene, at, ctx, Form.DIFFERENCE, stated, "", sign, None, start, end, at)
    if claim.against_metrics:
        # "You lose 15 kg of crew weight": the noun is what it is lost of, not a second thing to measure from.
        told = metrics_for(scene, at, ctx.compiled, stated=stated, reach=(at + 1, at + 5))
        numeric = tuple(choice for choice in told if ctx.compiled.metrics[choice.metric].numeric)
        claim = scene.extra["gap"] = replace(claim, metrics=numeric, against_metrics=())
    if other is not None and not any(set(choice.entities) & set(other.entities) for choice in claim.subjects[:1]):
        return _against(scene, claim, other)
    return claim


def _head_of_list(scene: Scene, mark: int) -> int:
    """The verb whose list the mark at `mark` goes on with; the mark itself where a name or another verb comes between."""
    items, line = scene.line.items, scene.line
    for k in range(mark - 1, max(0, mark - 9), -1):
        if line.low(k) in ("away", "up") and line.low(k - 1) in _GIVES:
            return k
        if line.low(k) in _CONCEDES or line.low(k) in _LOSES or line.low(k) in _GAINS:
            return k
        if items[k].kind == "e" or (items[k].kind == "p" and line.low(k) != ",") or line.low(k) in _LIES:
            return mark
    return mark


def _before_article(scene: Scene, other: Mention) -> int:
    return other.at - 2 if scene.line.low(other.at - 1) in _ARTICLES else other.at - 1


def _off(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "Against B, it stays 3 dB below": the word ends its clause, and what it is measured from was named before."""
    items, line = scene.line.items, scene.line
    place = _after(scene, at)
    if line.low(place) in POINTS:
        place += 1
    if line.low(place) not in ("above", "below") or line.low(place + 1) not in _ENDS:
        return None
    if comparand_after(scene, place) is not None:
        return None
    start, _ = span_of(items, at)
    sign = AHEAD[line.low(place)]
    return set_against(scene, at, ctx, Form.DIFFERENCE, stated, "", sign, None, start, items[place].end, place)


def _elided(scene: Scene, at: int, ctx: FormContext, stated: Stated) -> TypedClaim | None:
    """ "Petal is 70 g heavier, Slate 210 g": a bare name with a bare figure takes over the comparison before it."""
    items, line = scene.line.items, scene.line
    earlier = scene.extra.get("gap")
    if (
        not isinstance(earlier, TypedClaim)
        or earlier.form is not Form.DIFFERENCE
        or earlier.sign is None
        or earlier.stated is None
        or earlier.stated.quantity.unit != stated.quantity.unit
        or line.low(_after(scene, at)) not in _ENDS
    ):
        return None
    mark = next((k for k in range(earlier.items[1], at) if line.low(k) in (",", ";", "and")), None)
    if mark is None:
        return None
    between = items[mark : hedge_first(items, at)]
    if any(item.kind == "n" or (item.kind == "w" and item.low not in (*_LIGHT, "and", "while")) for item in between):
        return None
    named = [mention for mention in scene.mentions if mark < mention.at < at]
    if len({mention.entities for mention in named}) != 1 or named[0].possessive or named[0].how not in _NAMED:
        return None
    entities = named[0].entities
    comparands = tuple(choice for choice in earlier.comparands if not set(choice.entities) & set(entities))
    if not comparands or any(set(choice.entities) & set(entities) for choice in earlier.subjects[:1]):
        return None
    value = absolute(scene, at, ctx, None)
    claim = retold(scene, at, Form.DIFFERENCE, stated, earlier, scene)
    return replace(
        claim,
        subjects=(Choice(entities, 0.0, "in the place of the subject before"),),
        comparands=comparands,
        relation=earlier.relation,
        readings=(value,) if value is not None else (),
    )
