"""Who has it, said shortly: "Folding: Brisk and Tenor", "so can Poetry", "Pebblet does too", "Only the K3." after a question.

The thing meant is named by a label, by the capability spoken of last, or by the question; the entities follow.
"""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.accounted import accounted
from flows.check.forms.context import FormContext
from flows.check.forms.ellipses import ellipses
from flows.check.forms.meant import AUX, FILLING, Meant, claim_of, meant_by, meant_of
from flows.check.items import Item
from flows.check.lexicon import assertions as words
from flows.check.typed import Form, TypedClaim
from schemas.checking import Label

_EVERYONE = frozenset("all everyone everybody everywhere every each both".split())
_NOBODY = frozenset("none nobody neither no-one".split())
_BUT = frozenset("but except besides save without".split())


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Claims for label lists, ellipses and short answers."""
    claim = _labelled(scene, ctx) or _answered(scene, ctx) or _yes_or_no(scene, ctx)
    if claim is not None:
        yield claim
    else:
        yield from _shared_out(scene, ctx)
    yield from ellipses(scene, ctx)


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
            (item.kind == "w" and low not in FILLING)
            or (item.kind == "n" and low not in FILLING)
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
    meant = meant_of(label, ctx)
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
    return claim_of(
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
    meant = meant_of(label, ctx)
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
        yield claim_of(scene, at, last, found[0], meant, positive=_SAYS[items[at].low])
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
    while last > first and items[last - 1].low in AUX:
        last -= 1
    found = _listed(scene, first, last, ctx) if last > first else None
    if found is None or not found[0]:
        return None
    asked = question.line.items
    meant = meant_by(question, 0, len(asked), ctx)
    if meant is None and any(item.low in AUX for item in items[first:]) and _unknown(question, ctx):
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
    claim = claim_of(scene, first, last, found[0], meant, positive=found[1] is not denied, exclusive=found[2])
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
    if len(rest) > 3 or any(item.kind != "e" and item.low not in AUX and item.low != "not" for item in rest):
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
    return claim_of(scene, 0, 1, named[0].entities, meant, positive=(items[0].low == "yes") is not denied)


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


__all__ = ["read"]
