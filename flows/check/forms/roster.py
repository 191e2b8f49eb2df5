"""Who has it, said shortly: "Folding: Brisk and Tenor", "so can Poetry", "Pebblet does too", "Only the K3." after a question.

The thing meant is named by a label, by the capability spoken of last, or by the question; the entities follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flows.check.discourse import Mention, Scene
from flows.check.forms.accounted import accounted
from flows.check.forms.context import FormContext
from flows.check.items import Item, Line, cover
from flows.check.lexicon import assertions as words
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim
from flows.check.words import SIZE_WORDS
from schemas.checking import Label

_EVERYONE = frozenset("all everyone everybody everywhere every each both".split())
_NOBODY = frozenset("none nobody neither no-one".split())
_FILLING = frozenset(
    "only just and or & , also the of them these those in this list table here service phone tool plan car one ones model models store product option entity three four five six seven two too as well else alone all both".split()
)
_BUT = frozenset("but except besides save without".split())
_AUX = frozenset(
    "do does did can has have is are will don't doesn't didn't can't cannot hasn't haven't isn't aren't won't".split()
)
_ALSO = frozenset("too also either well".split())
_WEIGHT = 0.6


@dataclass(slots=True)
class Meant:
    """A capability as words said it: which metric, by which concepts, and whether it was affirmed."""

    metric: int
    words: tuple[str, ...]
    positive: bool
    strength: float


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Claims for label lists, ellipses and short answers."""
    claim = _labelled(scene, ctx) or _answered(scene, ctx) or _yes_or_no(scene, ctx)
    if claim is not None:
        yield claim
    else:
        yield from _shared_out(scene, ctx)
    yield from _ellipses(scene, ctx)


def meant_by(scene: Scene, first: int, last: int, ctx: FormContext) -> Meant | None:
    """The textual metric that items `first`..`last`-1 name best; None when none does clearly."""
    return _meant(scene.line.items[first:last], ctx)


def _meant(items: list[Item], ctx: FormContext) -> Meant | None:
    table = ctx.compiled.text_words
    scores: dict[int, float] = {}
    used: dict[int, list[str]] = {}
    lexicon = ctx.compiled.lexicon
    asked = any(item.low in _AUX or item.low in ("which", "what") for item in items)
    for item in items:
        named = item.text[:1].isupper() and item.concept in ctx.compiled.grammar_names
        if item.kind not in ("w", "n") or not item.concept or (item.low in lexicon.stop and not named):
            continue
        if asked and item.low in lexicon.capability_verbs and not item.low.endswith("ed"):
            # "Which of them runs on Linux?" of "Windows runners"
            continue
        for metric, weight in table.get(item.concept, {}).items():
            if item.concept not in used.setdefault(metric, []):
                scores[metric] = scores.get(metric, 0.0) + weight
                used[metric].append(item.concept)
    if not scores:
        return None
    ranked = sorted(scores, key=lambda metric: -scores[metric])
    best = ranked[0]
    if scores[best] < _WEIGHT or (len(ranked) > 1 and scores[ranked[1]] > scores[best] - 0.15):
        return None
    return Meant(best, tuple(used[best]), True, scores[best])


def _claim(
    scene: Scene,
    first: int,
    last: int,
    subjects: tuple[int, ...],
    meant: Meant,
    *,
    positive: bool,
    exclusive: bool = False,
) -> TypedClaim:
    items = scene.line.items
    cover(items, first, last - 1)
    return TypedClaim(
        Form.CAPABILITY, items[first].start, items[last - 1].end, subjects=(Choice(subjects, 0.0, "listed"),), metrics=(MetricChoice(meant.metric, 0.0, "named before"),),
        words=meant.words, positive=positive, exclusive=exclusive, items=(first, last),
    )  # fmt: skip


def _listed(scene: Scene, first: int, last: int, ctx: FormContext) -> tuple[tuple[int, ...], bool, bool] | None:
    """Items that only list entities: (entities, whether they have it, whether nobody else has); None for anything else."""
    items = scene.line.items
    everyone = tuple(range(ctx.compiled.entity_count))
    named: list[int] = []
    spared: list[int] = []
    seen_all = seen_none = but = only = False
    for at in range(first, last):
        item = items[at]
        mention = scene.by_at.get(at)
        low = item.low
        if (seen_all or seen_none) and low in ("them", "these", "those"):
            # "None of them": the set that is spoken of, not somebody besides.
            continue
        if mention is not None and mention.how == "nobody":
            only, seen_none = (True, seen_none) if scene.line.low(at + 1) == "else" else (only, True)
        elif (mention is not None and mention.how in ("all", "both", "neither")) or low in _EVERYONE:
            if mention is not None and mention.how == "both" and mention.entities:
                named.extend(mention.entities)
            else:
                seen_all = seen_all or low in _EVERYONE
        elif item.kind == "e":
            (spared if but else named).extend(item.entities)
        elif low in _NOBODY:
            if at + 1 < last and items[at + 1].low == "else":
                only = True
            else:
                seen_none = True
        elif low in _BUT:
            but = True
        elif low in ("only", "alone", "solely"):
            only = True
        elif (
            (item.kind == "w" and low not in _FILLING)
            or (item.kind == "n" and low not in _FILLING)
            or (item.kind == "p" and low not in (",", "*", "&", '"', "/"))
        ):
            return None
    if seen_all and not named:
        return tuple(entity for entity in everyone if entity not in spared), True, bool(spared)
    if seen_none and not named:
        return tuple(entity for entity in everyone if entity not in spared), False, False
    if named and not seen_all and not seen_none and not spared:
        return tuple(dict.fromkeys(named)), True, only
    return None


def _end(scene: Scene, at: int) -> int:
    """The end of what is listed from item `at`: a full stop, semicolon, dash or bracket."""
    items = scene.line.items
    while at < len(items) and items[at].low not in (".", ";", "—", "–", "(", ":", "!"):
        at += 1
    return at


_LABEL_WORDS = frozenset(
    "built-in builtin support supported form forms available included lacks missing without native".split()
)


def _labelled(scene: Scene, ctx: FormContext) -> TypedClaim | None:
    """ "Cutlery drawer: all three", "Folding: Sono and Tenor"."""
    label, first = _label(scene, ctx)
    if first < 0:
        return None
    last = _end(scene, first)
    found = _listed(scene, first, last, ctx)
    meant = _meant(label, ctx)
    if found is None or meant is None or last <= first or not found[0]:
        return None
    weights = ctx.compiled.text_words
    if any(
        item.kind == "w"
        and item.low not in ctx.compiled.lexicon.stop
        and item.low not in _LABEL_WORDS
        and meant.metric not in weights.get(item.concept, {})
        for item in label
    ):
        return None
    denied = any(item.low in ("no", "without", "not", "lacks", "missing") for item in label)
    return _claim(
        scene, 0, last, found[0], meant, positive=found[1] is not denied, exclusive=found[2] and found[1] and not denied
    )


def _label(scene: Scene, ctx: FormContext) -> tuple[list[Item], int]:
    """The words before a colon at the beginning of the line, and the item behind it; -1 where there is no label, or it names somebody."""
    items, header = scene.line.items, scene.line.sentence.header
    colon = next((at for at in range(1, min(7, len(items))) if items[at].low == ":"), None)
    if colon is not None:
        return items[:colon], -1 if any(item.kind == "e" for item in items[:colon]) else colon + 1
    if header is None or header.beside or scene.topic or not 0 < scene.line.sentence.start - header.end <= _GAP:
        return [], -1
    concept = ctx.compiled.lexicon.concept
    return [
        Item("w", token.low, token.text, token.start, token.end, 0.0, concept(token.low))
        for token in header.tokens
        if token.low[0].isalnum()
    ], 0


#: How far behind a label its own line begins: a colon, marks of emphasis and a blank.
_GAP = 5
_SAYS = {"yes": True, "available": True, "included": True, "no": False, "none": False, "not": False, "missing": False}
_AT = frozenset("in at on for with from the available included supported by".split())


def _shared_out(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """ "Cloakroom: yes at the Glass House, no at the Tram Depot": a label, and a yes or a no for each."""
    items = scene.line.items
    label, at = _label(scene, ctx)
    if at < 0 or scene.line.low(at) not in _SAYS:
        return
    meant = _meant(label, ctx)
    if meant is None:
        return
    while at < len(items) and items[at].low in _SAYS:
        named = at + 1
        while scene.line.low(named) in _AT:
            named += 1
        last = named
        while last < len(items) and (items[last].kind == "e" or items[last].low in (",", "and", "the", "&")):
            last += 1
        while last > named and items[last - 1].kind != "e":
            last -= 1
        found = _listed(scene, named, last, ctx) if last > named else None
        if found is None:
            return
        yield _claim(scene, at, last, found[0], meant, positive=_SAYS[items[at].low])
        at = last
        while scene.line.low(at) in (",", ";", "and", "but"):
            at += 1


def _answered(scene: Scene, ctx: FormContext) -> TypedClaim | None:
    """ "Only the K3." after a question about a capability; "All of them do." where no fact knows what was asked."""
    question = scene.question
    if question is None or scene.previous is not question:
        return None
    items = scene.line.items
    first = 1 if items and items[0].low in ("yes", "no") else 0
    while first < len(items) and items[first].low in (",", ":", ".", "*"):
        first += 1
    last = _end(scene, first)
    while last > first and items[last - 1].low in _AUX:
        last -= 1
    found = _listed(scene, first, last, ctx) if last > first else None
    if found is None or not found[0]:
        return None
    asked = question.line.items
    meant = meant_by(question, 0, len(asked), ctx)
    if meant is None and any(item.low in _AUX for item in items[first:]) and _unknown(question, ctx):
        return TypedClaim(
            Form.UNSUPPORTED,
            items[first].start,
            items[last - 1].end,
            fixed=Label.UNVERIFIABLE,
            reason="no fact answers this question",
            items=(first, last),
        )
    if meant is None or any(
        item.graded is not None and item.graded.degree in ("comparative", "superlative") for item in asked
    ):
        return None
    denied = any(item.low in ("lack", "lacks", "not", "without", "no") or item.low.endswith("n't") for item in asked)
    claim = _claim(scene, first, last, found[0], meant, positive=found[1] is not denied, exclusive=found[2])
    claim.tentative = _more(asked, meant, ctx)
    return claim


def _more(asked: list[Item], meant: Meant, ctx: FormContext) -> bool:
    """Whether a question asks for more than what it names: "Which editors cost money?" is not about pair editing."""
    lexicon, table = ctx.compiled.lexicon, ctx.compiled.text_words
    return any(
        item.kind == "w"
        and item.low not in lexicon.stop
        and item.low not in _LABEL_WORDS
        and item.low not in lexicon.capability_verbs
        and item.low not in lexicon.lacking_verbs
        and item.low not in ctx.compiled.class_nouns
        and meant.metric not in table.get(item.concept, {})
        # "Which controllers ...": what is asked about, whatever the things are called.
        and before.low not in ("which", "what")
        for before, item in zip((*asked[-1:], *asked), asked, strict=False)
    )


def _yes_or_no(scene: Scene, ctx: FormContext) -> TypedClaim | None:
    """ "**Does Quarto support Greek?** No.": the whole answer is one word; the question says what it is about."""
    question, items = scene.question, scene.line.items
    if question is None or scene.previous is not question or not items or items[0].low not in ("yes", "no"):
        return None
    rest = [item for item in items[1:] if item.kind != "p"]
    if len(rest) > 3 or any(item.kind != "e" and item.low not in _AUX and item.low != "not" for item in rest):
        return None
    asked = question.line.items
    named = [mention for mention in question.mentions if mention.how in ("name", "part", "pronoun")]
    if (
        len(named) != 1
        or _first_word(asked) not in _ASKING
        or any(item.kind == "n" or (item.graded is not None and item.graded.degree != "positive") for item in asked)
        or any(item.low in ("or", "only", "every", "all", "not") or item.low.endswith("n't") for item in asked)
    ):
        return None
    meant = meant_by(question, 0, len(asked), ctx)
    if meant is None:
        return None
    denied = any(item.low in ctx.compiled.lexicon.lacking_verbs or item.low == "without" for item in asked)
    return _claim(scene, 0, 1, named[0].entities, meant, positive=(items[0].low == "yes") is not denied)


_ASKING = frozenset("does do is are has have can will did".split())


def _first_word(items: list[Item]) -> str:
    return next((item.low for item in items if item.kind == "w"), "")


def _unknown(question: Scene, ctx: FormContext) -> bool:
    """Whether the question asks for something that no fact knows, and nothing that one does."""
    known = unknown = False
    for at, item in enumerate(question.line.items):
        if item.kind != "w" or at == 0 or item.low in ctx.compiled.lexicon.stop or item.low in ctx.compiled.class_nouns:
            continue
        if accounted(item, ctx.compiled.accounted, ctx.compiled):
            known = True
        elif item.low not in words.PLAIN and item.low not in words.TASTE and item.low not in words.READER:
            unknown = True
    return unknown and not known


def _ellipses(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """ "so can Poetry", "Rollup does too", "HarborPG does not", "nor does webpack"."""
    items = scene.line.items
    if _AUX.isdisjoint(scene.line.lows):
        return
    for mention in scene.mentions:
        if mention.how == "list" or not mention.entities or items[mention.at].covered:
            # "None of them does" has been read as an answer.
            continue
        found = _elliptic(scene, mention)
        if found is None:
            continue
        first, last, also, negated = found
        meant = _before(scene, first, ctx)
        if meant is None or any(items[k].covered for k in range(first, last) if k != mention.at):
            continue
        whole = next(
            (
                other
                for other in scene.mentions
                if other.how == "list"
                and ((other.at == mention.at and items[mention.at - 1].low != ",") or mention.at < other.at < last)
            ),
            mention,
        )
        positive = meant.positive if also else not negated
        yield _claim(scene, first, last, whole.entities, meant, positive=positive)


def _elliptic(scene: Scene, mention: Mention) -> tuple[int, int, bool, bool] | None:
    """(first item, end, same polarity as before, negated) of an elliptic clause around a mention."""
    line = scene.line
    at = mention.at
    if mention.how == "other" and line.low(at + 1) in SIZE_WORDS:
        # "the other two do as well"
        at += 1
    if line.low(at + 1) in _LACKS and line.low(at - 1) in ("something", "which", "the"):
        told = at - 1 if line.low(at - 1) != "the" else at - 2
        if line.low(told) in ("something", "which") and line.kind(at + 2) in ("p", ""):
            # "something the Kestrel lacks"
            return told, at + 2, False, True
    if line.low(at + 1) not in _AUX | _GETS and not any(
        [item.low in ("so", "nor", "neither") for item in line.items[:at]]
    ):
        return None
    start = at
    while start > 0 and line.low(start - 1) in ("the", "all", "two", "other"):
        start -= 1
    if line.low(start - 1) in ("what", "than", "as", "like", "which"):
        # "three times what X does" is half of a comparison.
        return None
    if (
        line.low(start - 1) in _AUX
        and line.low(start - 2) in ("so", "nor", "neither")
        and (line.kind(at + 1) in ("p", "") or line.low(at + 1) in ("and", "but"))
    ):
        inverted = line.low(start - 2) != "so"
        return start - 2, _list_end(scene, at) + 1, not inverted, inverted
    tool = at + 1
    refused = line.low(tool).endswith("n't") or line.low(tool + 1) == "not"
    if line.low(tool) in ("do", "does", "did", "don't", "doesn't", "didn't"):
        tool += 1 + (line.low(tool + 1) == "not")
    if line.low(tool) in _GETS and line.low(tool + 1) == "one" and line.kind(tool + 2) in ("p", ""):
        # "the Kestrel and the Otter do not have one"
        nobody = not _DENYING_BOTH.isdisjoint(line.words(_clause_start(line, at), at).split())
        return start, tool + 2, False, nobody != (refused or line.low(tool) in _LACKS)
    if line.low(at + 1) in ("has", "have", "had") and line.low(at + 2) == "none" and line.kind(at + 3) in ("p", ""):
        # "while the Kestrel has none"
        return start, at + 3, False, True
    after = at + 1
    if line.low(after) not in _AUX:
        return None
    negated = line.low(after).endswith("n't") or line.low(after) == "cannot"
    after += 1
    if line.low(after) in ("not", "n't"):
        negated = True
        after += 1
    also = False
    if line.low(after) == "," and line.low(after + 1) in _ALSO:
        after += 1
    while line.low(after) in _ALSO or (line.low(after) == "as" and line.low(after + 1) == "well"):
        also = True
        after += 1 if line.low(after) != "as" else 2
    if line.kind(after) not in ("p", "") and line.low(after) not in ("and", "but", "while", "or"):
        return None
    if (
        line.low(after) == ","
        and line.low(after + 1) not in ("and", "but", "while", "nor", "so", "though", "")
        and line.kind(after + 1) != "e"
    ):
        return None
    return start, after, also and not negated, negated


def _clause_start(line: Line, at: int) -> int:
    """Where the list of subjects before item `at` can begin at the earliest."""
    return next((k + 1 for k in range(at - 1, -1, -1) if line.low(k) in (";", ":", "—", "–", "but", "while")), 0)


_DENYING_BOTH = frozenset(["neither", "nor", "none", "nobody"])
_GETS = frozenset("has have offer offers support supports include includes lack lacks".split())
_LACKS = frozenset(["lacks", "lack", "misses", "omits"])


def _list_end(scene: Scene, at: int) -> int:
    """The last item of the list that begins with the mention at item `at`."""
    entities = scene.by_at[at].entities
    return max(
        (other.at for other in scene.mentions if other.how == "list" and other.entities[:1] == entities[:1]), default=at
    )


def _before(scene: Scene, at: int, ctx: FormContext) -> Meant | None:
    """The capability spoken of last: in this sentence before item `at`, in the sentence before, or in the question."""
    items = scene.line.items
    stop = at
    for first in range(at - 1, -1, -1):
        # Part by part backwards: the nearest one that names something is meant.
        if first and items[first - 1].low not in (",", ";", ":", "—", "–", "while", "but"):
            continue
        here = meant_by(scene, first, stop, ctx)
        if here is not None:
            here.positive = not _denying(scene, first, stop, ctx)
            return here
        stop = first
    previous = scene.previous
    if previous is None or at > 6:
        return None
    earlier = meant_by(previous, 0, len(previous.line.items), ctx)
    if earlier is not None:
        if not previous.line.sentence.question:
            earlier.positive = not _denying(previous, 0, len(previous.line.items), ctx)
        return earlier
    if scene.question is not None:
        return meant_by(scene.question, 0, len(scene.question.line.items), ctx)
    return None


def _denying(scene: Scene, first: int, last: int, ctx: FormContext) -> bool:
    return any(
        item.low in _DENIALS or item.low.endswith("n't") or item.low in ctx.compiled.lexicon.lacking_verbs
        for item in scene.line.items[first:last]
    )


_DENIALS = frozenset("no not without neither nor cannot none nobody".split())

__all__ = ["Meant", "meant_by", "read"]
