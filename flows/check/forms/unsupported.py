"""Assertions beyond the facts: what is said of the things compared and no fact carries.

A sentence is read part by part (`parts`). Words that facts, claims, names and general words of comparison account for
assert nothing new; what is left decides: a name that occurs nowhere, an unknown predicate of a known subject, an unknown
object of a verb of having, a superlative of an unknown quality, a cause, popularity. Pros, cons and short answers are
read strictly; advice and descriptions of the reader only for what they assert of the product.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import SUBJECT, TOPIC, Scene
from flows.check.forms import predicates, wishes
from flows.check.forms.context import FormContext, advice_clause
from flows.check.forms.parts import Part, accounted, parts, reading
from flows.check.items import Item
from flows.check.lexicon import assertions as words
from flows.check.link import is_money
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

_SHORT = frozenset({"short", "answer", "summary", "nutshell", "tl", "tldr", "glance", "line"})
_REASON = "no fact carries this"


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Unverifiable claims for what is asserted of an entity without any fact behind it."""
    yield from wishes.read(scene, ctx)
    found = parts(scene, ctx)
    yield from _superlatives(scene, ctx)
    for part in found:
        if any(scene.line.items[at].covered for at in (*part.unknown, *part.quality, *part.named)):
            continue
        claim = (
            _cause(scene, part, ctx)
            or _crowd(scene, part)
            or _name(scene, part, ctx)
            or _predicate(scene, part, ctx)
            or _object(scene, part, ctx)
            or _missing(scene, part, ctx)
            or _plainly(scene, part, ctx)
            or _beyond(scene, part, ctx)
        )
        if claim is not None:
            yield claim


def _claim(scene: Scene, first: int, last: int, reason: str = _REASON) -> TypedClaim:
    items = scene.line.items
    for at in range(first, last + 1):
        items[at].covered = True
    return TypedClaim(
        Form.UNSUPPORTED,
        items[first].start,
        items[last].end,
        fixed=Label.UNVERIFIABLE,
        reason=reason,
        items=(first, last + 1),
    )


def _strict(scene: Scene) -> bool:
    """Pros, cons, and the short answer."""
    sentence = scene.line.sentence
    if sentence.section in ("pros", "cons"):
        return True
    return sentence.header is not None and any(token.low in _SHORT for token in sentence.header.tokens)


def _plainly(scene: Scene, part: Part, ctx: FormContext) -> TypedClaim | None:
    if reading(part, scene.line.items, scene.line.sentence.section):
        return None
    found = predicates.plain(scene, part, ctx)
    return _claim(scene, *found) if found is not None else None


def _residue(part: Part) -> list[int]:
    return sorted((*part.unknown, *part.quality, *part.named))


def _name(scene: Scene, part: Part, ctx: FormContext) -> TypedClaim | None:
    """A thing, technology or maker that the facts do not know."""
    if not part.named or reading(part, scene.line.items, scene.line.sentence.section):
        return None
    # Only what stands together: a claim about a known thing in the same part keeps its own span.
    walls = part.known
    first = last = part.named[0]
    for at in _residue(part):
        low, high = min(at, first), max(at, last)
        if not any(low < wall < high for wall in walls):
            first, last = low, high
    return _claim(scene, first, last, "the facts name no such thing")


def _predicate(scene: Scene, part: Part, ctx: FormContext) -> TypedClaim | None:
    """Something said of an entity, hardly any of whose words a fact accounts for."""
    items = scene.line.items
    left = _residue(part)
    if (
        not left
        or part.firm
        or (part.sure and not _strict(scene))
        or (part.opener == "so" and (len(part.unknown) < 2 or part.known or not part.own))
        or reading(part, items, scene.line.sentence.section)
        or advice_clause(scene, left[0])
        or _personal(part, items)
    ):
        return None
    if _framed(scene, part) or _announces(scene, part) or _scope_of_answer(scene, part):
        return None
    strict = _strict(scene)
    listed = strict and scene.line.sentence.bullet
    if len(left) < len(part.known) + len(part.sure) + (0 if listed else 1):
        return None
    if part.taste and not listed and (len(left) <= len(part.taste) or _judged(part, items, left)):
        return None
    if not part.unknown and part.taste and not strict:
        return None
    in_list = scene.line.sentence.section in ("pros", "cons")
    if (
        part.subject is None
        and not in_list
        and not _definite(scene, part)
        and not _answer(scene, part)
        and not _origin(scene, part)
    ):
        return None
    return _claim(scene, _from(scene, part, left), left[-1])


def _framed(scene: Scene, part: Part) -> bool:
    """ "comes down to breadth against weight", "has no such blemish": what frames a comparison or points back asserts nothing new."""
    line = scene.line
    return any(
        (line.low(at), line.low(at + 1)) in _FRAMES or line.low(at) in _FRAMING
        for at in range(part.first, part.last - 1)
    )


_FRAMES = frozenset(
    [
        ("down", "to"), ("matter", "of"), ("question", "of"), ("no", "such"), ("all", "about"), ("any", "such"),
        ("battle", "of"), ("tale", "of"), ("story", "of"), ("contest", "between"), ("choice", "between"),
        ("what", "matters"), ("one", "to"), ("that", "matters"), ("so", "too"), ("other", "way"),
    ]
)  # fmt: skip
_FRAMING = frozenset("hinges depends boils hinge depend".split())


def _announces(scene: Scene, part: Part) -> bool:
    """ "X is a curious case: it needs 3 ms": what stands before a colon or dash is borne by the figures after it."""
    items = scene.line.items
    return (
        part.last < len(items)
        and items[part.last].low in (":", "—", "–")
        and not part.named
        and any(item.kind == "n" or (item.covered and item.graded is not None) for item in items[part.last + 1 :])
    )


def _scope_of_answer(scene: Scene, part: Part) -> bool:
    """ "In raw terms, no": what the answer to a question is limited to."""
    if (
        scene.question is not None
        and part.first == 0
        and scene.line.low(0) in ("not", "only")
        and scene.line.low(1) in ("in", "on", "for", "at", "by", "with")
    ):
        return True
    return (
        part.first == 0
        and scene.question is not None
        and scene.line.low(0) in ("in", "for", "on", "at", "by", "with")
        and scene.line.low(part.last) == ","
        and scene.line.low(part.last + 1) in ("yes", "no", "not")
    )


def _judged(part: Part, items: list[Item], left: list[int]) -> bool:
    """ "night scenes are a joy": what is said of them is taste."""
    be = max((at for at in range(part.first, part.last) if items[at].low in _BEING), default=-1)
    return be >= 0 and not any(at > be for at in left) and any(at > be for at in part.taste)


_BEING = frozenset("is are was were be feels feel looks look seems remains".split())
_FIRST_PERSON = frozenset("i me my we us our".split())


def _personal(part: Part, items: list[Item]) -> bool:
    return any(items[at].low in _FIRST_PERSON for at in part.reader)


def _from(scene: Scene, part: Part, left: list[int]) -> int:
    """The claim begins after its subject, and after what facts account for."""
    at = part.subject.at + 1 if part.subject is not None and part.own else part.first
    at = max([at, *(known + 1 for known in part.known if known < left[0])])
    items = scene.line.items
    while at < left[0] and items[at].kind != "w":
        at += 1
    return min(at, left[0])


def _definite(scene: Scene, part: Part) -> bool:
    """ "The door opens by itself", "None of them has one": a part of the things spoken of last, or a number of them."""
    items = scene.line.items
    if part.first != 0 or not scene.before:
        return False
    if (
        items[0].low in ("none", "some", "most")
        and scene.line.low(1) == "of"
        and (scene.line.low(2) in ("these", "the") or 2 in scene.by_at or scene.line.low(2) == "them")
    ):
        return True
    if (
        part.taste
        or part.reader
        or any(mention.at >= part.first and items[mention.at].low not in _OBJECTS for mention in scene.mentions)
    ):
        return False
    if 0 in part.unknown:
        # "Calls sound clearer on it", "Cold weather shortens the range": things that the facts do not know.
        return len(part.unknown) > 1 and not scene.line.sentence.bullet and not part.firm
    return (
        items[0].low in _DETERMINERS
        and len(items) > 2
        and items[1].kind == "w"
        and not any(item.graded is not None and item.graded.degree == "positive" for item in items)
        and scene.line.low(2) not in ("was", "were")
    )


_OBJECTS = frozenset("it them itself themselves".split())
_DETERMINERS = frozenset("the this these every some".split())


def _answer(scene: Scene, part: Part) -> bool:
    """What is said right after a question about the things: "By hand, in Italy.", "Yes, with snapshot isolation."."""
    sentence = scene.line.sentence
    previous = scene.previous
    return (
        scene.question is not None
        and previous is scene.question
        and not part.taste
        and not part.reader
        and not any(part.first <= mention.at < part.last for mention in scene.mentions)
        and bool(sentence.tokens)
    )


def _origin(scene: Scene, part: Part) -> bool:
    """ "Made from recycled aluminium.": a sentence without a subject about where the thing comes from."""
    return part.first == 0 and scene.line.items[0].low in _ORIGINS and bool(scene.before or scene.topic)


_ORIGINS = frozenset(
    "made built designed backed trusted used written developed created launched engineered crafted manufactured maintained founded loved favoured favored adopted award".split()
)


def _object(scene: Scene, part: Part, ctx: FormContext) -> TypedClaim | None:
    """ "X supports Y", "X ships with Y" where no fact knows Y."""
    items = scene.line.items
    lexicon = ctx.compiled.lexicon
    if _HAVING.isdisjoint(part.lows) and lexicon.lacking_verbs.isdisjoint(part.lows):
        return None
    for at in range(part.first, part.last):
        item = items[at]
        if item.covered or item.kind != "w" or not (item.low in _HAVING or item.low in lexicon.lacking_verbs):
            continue
        if scene.line.low(at + 1) in (
            "to",
            "been",
            "had",
            "got",
            "come",
            "become",
            "grown",
            "its",
            "not",
        ) or scene.line.low(at - 1) in ("to", "that"):
            continue
        if part.subject is None or advice_clause(scene, at) or reading(part, items, scene.line.sentence.section):
            continue
        if scene.line.low(at + 1) in ("no", "any") and at + 2 < part.last and _absent_noun(scene, at + 2, ctx):
            return _claim(scene, at, at + 2, "no fact says that it is missing")
        unknown = [k for k in (*part.unknown, *part.quality) if k > at]
        if (
            unknown
            and not any(k > at for k in (*part.known, *part.sure))
            and (len(unknown) > sum(k > at for k in part.taste) or _strict(scene))
        ):
            return _claim(scene, at, max(unknown))
    return None


def _absent_noun(scene: Scene, at: int, ctx: FormContext) -> bool:
    """A noun after "no" that neither facts nor the talk about a comparison know."""
    item = scene.line.items[at]
    if item.kind != "w" or item.covered or not item.low.isalpha() or len(item.low) < 3:
        return False
    if (
        accounted(item, ctx.compiled.accounted, ctx.compiled)
        or item.low in ctx.compiled.lexicon.stop
        or item.low in ctx.compiled.class_nouns
        or item.graded is not None
    ):
        return False
    return item.low not in words.TASTE and item.low not in _NO_MATTER and item.low not in words.QUALITY


_NO_MATTER = frozenset(
    "difference way need longer more other rival rivals match chance question doubt reason point sense contest one better worse less fewer such matter answer figure figures figure data value result results number equal exception exceptions clear winner time cost costs charge change gap lead advantage".split()
)


def _missing(scene: Scene, part: Part, ctx: FormContext) -> TypedClaim | None:
    """ "no app" in a list of cons: an absent cell never says "has none"."""
    items = scene.line.items
    if scene.line.sentence.section not in ("pros", "cons"):
        return None
    for at in range(part.first, part.last - 1):
        if (
            items[at].low in ("no", "without")
            and _absent_noun(scene, at + 1, ctx)
            and not part.sure
            and not any(k > at for k in part.known)
        ):
            return _claim(scene, at, at + 1, "no fact says that it is missing")
    return None


_HAVING = frozenset(
    "support supports includes include included offers offer ships ship shipped bundles bundled provides provide features feature contains has have comes requires require needs integrates implements "
    "allows enables handles lacks supports uses runs works gives gains boasts sports carries brings delivers enjoys".split()
)


_CAUSES = frozenset({"because", "thanks", "owing", "due"})


def _cause(scene: Scene, part: Part, ctx: FormContext) -> TypedClaim | None:
    """ "because it is written in Rust": a cause that no fact states as one."""
    if _CAUSES.isdisjoint(part.lows):
        return None
    items = scene.line.items
    first = next(
        (
            k
            for k in range(part.first, part.last)
            if items[k].low in _CAUSES and (items[k].low != "due" or scene.line.low(k + 1) == "to")
        ),
        None,
    )
    if (
        first is None
        or first > part.first + 4
        or any(item.low in ("i", "you", "we") for item in items)
        or any(items[k].kind == "n" or items[k].graded is not None for k in range(first, part.last))
        or advice_clause(scene, first)
    ):
        return None
    told = {*part.known, *part.sure, *part.unknown, *part.named}
    content = [k for k in range(first + 1, part.last) if items[k].kind == "w" and k in told]
    if (
        told
        and not any(k > first for k in (*part.unknown, *part.named))
        and not any(items[k].concept in known for k in content for known in ctx.compiled.value_words)
    ):
        # A reason that rests on figures is arithmetic, not a cause.
        return None
    if not content and part.subject is not None and part.own and not part.sure:
        # "because it thinks before it answers": nothing in the reason is known, whatever its words.
        content = [k for k in range(part.subject.at + 1, part.last) if items[k].kind == "w"]
    if not content:
        return None
    return _claim(scene, first, content[-1], "no fact states a cause")


def _crowd(scene: Scene, part: Part) -> TypedClaim | None:
    """ "the plan most teams start with": what people do is popularity, which no fact carries."""
    if "most" not in part.lows and _PREFERRING.isdisjoint(part.lows):
        return None
    items = scene.line.items
    for at in range(part.first, part.last - 1):
        if (
            items[at].low == "most"
            and (
                items[at + 1].low in _PEOPLE or (items[at + 1].low in words.READER and items[at + 1].low.endswith("s"))
            )
            and scene.line.low(at - 1) not in ("for", "suit", "suits", "than", "fit", "fits", "like", "in", "to")
        ):
            last = max([at + 1, *(k for k in (*part.unknown, *part.known) if k > at)])
            return _claim(scene, at, last, "no fact says what people do")
        if (
            items[at].low in _PREFERRING
            and at > part.first
            and scene.line.low(at - 1)
            not in ("to", "you", "i", "we", "who", "not", "would", "may", "might", "will", "n't")
            and (at + 1 in scene.by_at or (scene.line.low(at + 1) == "the" and at + 2 in scene.by_at))
            and items[at - 1].kind == "w"
            and (at - 1 in part.reader or at - 1 in part.unknown or at - 1 in part.named or at - 1 == part.first)
            and scene.line.low(part.first) not in ("if", "choose", "when", "some", "many")
        ):
            return _claim(
                scene,
                part.first,
                max([at + 1 if at + 1 in scene.by_at else at + 2, *_residue(part)]),
                "no fact says what people do",
            )
    return None


_PREFERRING = frozenset(
    "love loves praise praises swear prefer prefers trust trusts choose chose adopt adopted adopts use uses standardised standardized".split()
)


_PEOPLE = frozenset(
    "people teams users developers companies buyers businesses customers shops organizations organisations startups enterprises beginners professionals players riders drivers owners travellers projects".split()
)


def _beyond(scene: Scene, part: Part, ctx: FormContext) -> TypedClaim | None:
    """Makers, popularity and trends: no fact sheet without such a metric carries them."""
    if ctx.compiled.lexicon.beyond.isdisjoint(part.lows):
        return None
    items = scene.line.items
    for at in range(part.first, part.last):
        item = items[at]
        if (
            item.covered
            or item.kind != "w"
            or item.low not in ctx.compiled.lexicon.beyond
            or item.concept in ctx.compiled.vocabulary
        ):
            continue
        if (part.subject is None and not _strict(scene)) or advice_clause(scene, at) or not _has_subject(scene, at):
            continue
        return _claim(scene, at, at)
    return None


def _has_subject(scene: Scene, at: int) -> bool:
    """A subject of the compared things stands before the verb, in its clause or carried by a pronoun."""
    items = scene.line.items
    for mention in reversed(scene.mentions):
        if mention.at < at and mention.role in (SUBJECT, TOPIC):
            return items[at].depth - items[mention.at].depth < 1.0
    return bool(scene.topic) and at <= 1


def _superlatives(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """ "the sportiest chassis", "the most polished apps": a superlative of a quality that no metric measures."""
    items = scene.line.items
    for at in [at for at, item in enumerate(items) if item.low[-3:] == "est"]:
        item = items[at]
        low = item.low
        if (
            len(low) > 5
            and not item.covered
            and item.kind == "w"
            and item.graded is None
            and low not in words.NOT_SUPERLATIVE
            and scene.line.low(at - 1) in _BEFORE_BEST
            and low not in ctx.compiled.vocabulary
        ):
            yield _claim(scene, at, _noun(scene, at), "no metric measures this")
    if _RANKING.isdisjoint(scene.line.lows):
        return
    for at, item in enumerate(items[:-1]):
        if item.low not in _RANKING:
            continue
        figures = any(each.kind == "n" for each in items)
        if item.low == "best" and scene.line.low(at - 1) in _BEFORE_BEST and _evaluated(scene, at + 1, ctx):
            last = at + (3 if scene.line.low(at + 2) == "-" else 1)
            yield _claim(scene, at, min(last, len(items) - 1), "no fact holds such a score")
            continue
        crowd = _for_most(scene, at) if item.low == "best" and scene.line.low(at - 1) in _BEFORE_BEST else None
        if crowd is not None:
            yield _claim(scene, at, crowd, "no fact says what suits most people")
            continue
        if (
            item.low in _PRICED
            and scene.line.low(at - 1) == "the"
            and items[at + 1].low in _PICKS
            and not item.covered
            and not any(
                "price" in card.weights or (card.unit is not None and is_money(card.unit))
                for card in ctx.compiled.metrics
            )
            and not advice_clause(scene, at)
        ):
            yield _claim(scene, at, at + 1, "no fact holds a price")
            continue
        if not figures and item.low in _BARE and item.graded is not None and _unmeasured(scene, at + 1, ctx):
            yield _claim(scene, at, at + 1, "no metric measures this")
            continue
        if (
            item.low in ("most", "least")
            and scene.line.low(at - 1) in _BEFORE_BEST
            and _adjective(items[at + 1])
            and items[at + 1].concept not in ctx.compiled.accounted
        ):
            yield _claim(scene, at, _noun(scene, at + 1), "no metric measures this")


_BARE = frozenset("more less fewer fewest".split())
_PRICED = frozenset({"budget", "affordable", "economical", "premium", "entry-level", "bargain"})
_PICKS = frozenset({"pick", "option", "choice", "model", "buy", "alternative", "king", "tier", "end"})
#: The words on which a superlative of an unknown quality turns.
_RANKING = _BARE | _PRICED | {"best", "most", "least"}


def _for_most(scene: Scene, at: int) -> int | None:
    """ "the best start for most users": the last item of a superlative that holds for a share of people."""
    items = scene.line.items
    for k in range(at + 2, min(len(items) - 2, at + 6)):
        if items[k].kind != "w":
            return None
        if (
            items[k].low == "for"
            and items[k + 1].low == "most"
            and (items[k + 2].low in _PEOPLE or items[k + 2].low in words.READER)
        ):
            return k + 2
    return None


def _unmeasured(scene: Scene, at: int, ctx: FormContext) -> bool:
    """ "fewer countries", "a better writer": the noun of a comparative that says nothing of its own, unknown to the facts."""
    item = scene.line.items[at]
    if (
        item.kind != "w"
        or item.graded is not None
        or item.covered
        or len(item.low) < 4
        or not item.low.isalpha()
        or item.low.endswith("ly")
    ):
        return False
    if advice_clause(scene, at) or scene.line.sentence.section == "choose":
        return False
    if (
        accounted(item, ctx.compiled.accounted, ctx.compiled)
        or item.low in ctx.compiled.lexicon.stop
        or item.low in ctx.compiled.class_nouns
    ):
        return False
    return not any(
        item.low in known
        for known in (words.PLAIN, words.TASTE, words.READER, words.MEASURES, words.QUALITY, ctx.compiled.lexicon.soft)
    )


_SCORES = frozenset(
    "value overall all-rounder allrounder performer experience quality package deal ecosystem product buy all".split()
)


def _evaluated(scene: Scene, at: int, ctx: FormContext) -> bool:
    """ "the best value", "the best all-rounder", "the best gaming monitor": a score that the facts would have to hold."""
    item = scene.line.items[at]
    if item.low == "all":
        return scene.line.low(at + 1) == "-" and scene.line.low(at + 2).startswith("round")
    if item.low in _SCORES:
        return item.concept not in ctx.compiled.by_concept
    if (
        item.kind != "w"
        or item.low in words.PLAIN
        or item.low in words.TASTE
        or item.low in ctx.compiled.lexicon.stop
        or item.low in ctx.compiled.lexicon.soft
        or item.graded is not None
    ):
        return False
    return (
        not accounted(item, ctx.compiled.accounted, ctx.compiled)
        and item.low not in ctx.compiled.class_nouns
        and item.low not in words.READER
    )


_BEFORE_BEST = frozenset("the its their 's is are has".split())


def _adjective(item: Item) -> bool:
    return (
        item.kind == "w"
        and item.graded is None
        and (
            item.low in words.QUALITY
            or item.low.endswith(
                ("ed", "ive", "able", "ible", "ful", "al", "ic", "ous", "ant", "ent", "ly", "ing", "ary")
            )
        )
    )


def _noun(scene: Scene, at: int) -> int:
    following = at + 1
    items = scene.line.items
    return (
        following
        if following < len(items)
        and items[following].kind == "w"
        and items[following].low.isalpha()
        and len(items[following].low) > 3
        else at
    )
