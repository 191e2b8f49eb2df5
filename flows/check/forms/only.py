"""Only: "the only one with ...", "Only tiny is quicker": marks the claim that follows as exclusive."""

from __future__ import annotations

from collections.abc import Iterator

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext, beyond
from flows.check.groups import having
from flows.check.holders import holders
from flows.check.items import Item
from flows.check.typed import Choice, Form, TypedClaim

_BESIDES = frozenset(["besides", "except", "apart", "beyond", "other", "aside"])


#: What a sentence must hold one of for this form.
WORDS = frozenset(["only", "sole"])
_COUNTABLE = frozenset(
    {Form.ABSOLUTE, Form.CAPABILITY, Form.DATE, Form.COMPARISON, Form.RATIO, Form.PERCENT, Form.DIFFERENCE}
)


def read(scene: Scene, ctx: FormContext) -> Iterator[TypedClaim]:
    """Notes where exclusivity begins; yields only a claim whose scope is wider than the facts."""
    items = scene.line.items
    for at, item in enumerate(items):
        if item.low not in WORDS or item.covered:
            continue
        if scene.line.low(at - 1) == "the" or (
            scene.line.low(at - 1) in ("are", "is") and scene.line.low(at + 1) == "ones"
        ):
            stop = at + 1
            while (
                stop < len(items)
                and stop < at + 7
                and items[stop].low
                not in (
                    "with",
                    "that",
                    "which",
                    "to",
                    "who",
                    "on",
                    "in",
                    "whose",
                    "without",
                    "offering",
                    "of",
                    "here",
                    "besides",
                    "having",
                    "under",
                    "above",
                    "below",
                    "over",
                    "where",
                    "not",
                    "not",
                    "at",
                    "from",
                    "for",
                    ",",
                )
            ):
                stop += 1
            wider = [
                items[k]
                for k in range(at + 1, min(stop, len(items)))
                if (
                    items[k].kind == "w"
                    and items[k].text[:1].isupper()
                    and items[k].low not in ctx.compiled.class_nouns
                    and items[k].concept not in ctx.compiled.vocabulary
                )
                or (items[k].kind == "w" and items[k].text == "Python")
            ]
            denied = _undone(items, at)
            if wider and (wider[-1].text == "Python" or stop - at > 2):
                end = min(stop + 3, len(items) - 1)
                yield beyond(scene, at, end, "the scope is wider than the facts", Form.ONLY)
                continue
            kind = having(items[at + 1 : stop], ctx.compiled)
            for position in range(at + 1, stop):
                if kind and having(items[position : position + 1], ctx.compiled):
                    # The word says among which things it is the only one.
                    items[position].covered, items[position].concept = True, ""
            kind = kind or _them(scene, at)
            _mark(
                scene,
                at,
                tuple(entity for entity in range(ctx.compiled.entity_count) if entity not in kind) if kind else (),
                denied=denied,
            )
        elif (
            scene.line.kind(at + 1) == "e" or (scene.line.low(at + 1) == "the" and scene.line.kind(at + 2) == "e")
        ) and (at == 0 or items[at - 1].kind == "p" or items[at - 1].low in ("and", "but", "while")):
            _mark(scene, at, _outside(scene, at, ctx))
        elif scene.line.low(at + 1) in _PLACES and (
            scene.line.kind(at + 2) == "e" or (scene.line.low(at + 2) == "the" and scene.line.kind(at + 3) == "e")
        ):
            # "Photography is forbidden only in the Mint": said of whoever has been told before it.
            scene.extra["only behind"] = at


_PLACES = frozenset(["in", "on", "at", "with", "by", "for"])
_NEAR = 5
_AMONG = frozenset(["of", "among", "amongst"])


def _outside(scene: Scene, at: int, ctx: FormContext) -> tuple[int, ...]:
    """ "Among the Go servers, only X ...": the others, of whom nothing is said."""
    items = scene.line.items
    comma = next((k for k in range(1, at) if items[k].low == ","), None)
    if items[0].low not in _AMONG or comma is None:
        return ()
    group = next((each for each in scene.mentions if each.at < comma and each.how == "both"), None)
    found = group.entities if group is not None else getattr(holders(items[1:comma], ctx.compiled), "having", ())
    return tuple(each for each in range(ctx.compiled.entity_count) if each not in found) if found else ()


def _them(scene: Scene, at: int) -> tuple[int, ...]:
    """ "The remaining three ... X is the only one of them": among those just spoken of."""
    if scene.line.words(at + 1, at + 4) != "one of them":
        return ()
    found = scene.by_at.get(at + 3)
    return found.entities if found is not None and len(found.entities) > 1 else ()


def _undone(items: list[Item], at: int) -> bool:
    """ "is not the only one that": denies that it is alone, not what it has; the forms shall not read the denial again."""
    for position in range(max(0, at - 3), at):
        item = items[position]
        if item.low == "not" or item.low.endswith("n't"):
            item.low = item.low.removesuffix("n't") if item.low != "not" else "also"
            return True
    return False


def _mark(scene: Scene, at: int, besides: tuple[int, ...] = (), *, denied: bool = False) -> None:
    """`besides`: entities of another kind ("the only two-wheeler with ...") that are no counterexamples."""
    for mention in scene.mentions:
        if mention.at > at and any(scene.line.low(k) in _BESIDES for k in range(max(at, mention.at - 3), mention.at)):
            besides = (*besides, *mention.entities)
    scene.extra["only"] = (at, besides, denied)


def apply(scene: Scene, claim: TypedClaim) -> None:
    """Makes the first claim after "only" exclusive, and gives the number of "four with X" to the claim after it."""
    subject = scene.subject_before(claim.items[0])
    opening = scene.by_at.get(claim.items[0] + (scene.line.low(claim.items[0]) == "the"))
    if opening is not None and opening.how in ("name", "part", "list"):
        # "Four of the five have it; X doesn't": said of the name that it begins with.
        subject = opening
    if subject is not None and subject.count is not None and claim.fixed is None and claim.form in _COUNTABLE:
        claim.count = subject.count
        claim.start = min(claim.start, scene.line.items[subject.at].start)
        claim.subjects = (Choice(subject.entities, 0.0, "counted"),)
        scene.counted.add(subject.at)
        return
    if subject is not None and subject.but and claim.fixed is None and claim.form in _COUNTABLE:
        # "All but X have it": and X does not.
        claim.exclusive = True
        return
    counted = scene.extra.get("count")
    if (
        isinstance(counted, tuple)
        and claim.fixed is None
        and claim.form in (Form.ABSOLUTE, Form.CAPABILITY, Form.DATE, Form.COMPARISON)
    ):
        at, number = counted
        if (
            at < claim.items[0] <= at + 12
            and not any(scene.line.low(k) in (";", ",") for k in range(at, claim.items[0]))
            and not any(
                at < mention.at < claim.items[0] and mention.how in ("name", "part", "pronoun")
                for mention in scene.mentions
            )
        ):
            claim.count = number
            scene.extra["count"] = None
    behind = scene.extra.get("only behind")
    if isinstance(behind, int) and claim.form is Form.CAPABILITY and 0 <= behind - claim.items[1] <= _NEAR:
        claim.exclusive = claim.fixed is None
        scene.extra["only behind"] = None
        return
    mark = scene.extra.get("only")
    if not isinstance(mark, tuple) or claim.fixed is not None or claim.form is Form.RANK:
        return
    at, besides, denied = mark
    items = scene.line.items
    if claim.items[0] < len(items) and abs(items[claim.items[0]].depth - items[at].depth) > 0.65:
        return
    if claim.form is Form.CAPABILITY and any(
        items[k].low == "," and scene.line.low(k + 1).endswith("ing") for k in range(at, claim.items[0] - 1)
    ):
        # "the only one without a screen, having just a dial": what the participle adds, others may have.
        return
    if at < claim.items[1] and claim.items[0] <= at + 14 and (claim.items[0] > at or claim.form is Form.CAPABILITY):
        claim.exclusive, claim.not_alone = not denied, denied
        claim.besides = besides
        scene.extra["only"] = None
