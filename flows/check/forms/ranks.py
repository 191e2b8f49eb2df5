"""Ranks: superlatives: "the fastest", "the second cheapest", "the best of the four"."""

from __future__ import annotations

from flows.check.discourse import Scene
from flows.check.forms.among import among
from flows.check.forms.beside import BORNE
from flows.check.forms.clauses import advice_clause, denied
from flows.check.forms.context import FormContext
from flows.check.forms.measures import is_taste, is_universal, slant_metrics, unfit
from flows.check.forms.naming import names_a_thing
from flows.check.forms.ordinals import PLACES
from flows.check.forms.sides import subjects_for
from flows.check.forms.slants import slant_at
from flows.check.forms.superlative_subjects import BREAKS, as_many, next_best, superlative_subject
from flows.check.items import Item, cover
from flows.check.lexicon.model import measures
from flows.check.typed import Choice, Form, TypedClaim
from flows.check.words import SIZE_WORDS
from schemas.checking import Label

_NUMBER = SIZE_WORDS | {"pair": 2, "trio": 3, "both": 2}
_TRIALS = frozenset(
    [
        "run",
        "runs",
        "test",
        "tests",
        "result",
        "results",
        "time",
        "times",
        "score",
        "scores",
        "figure",
        "value",
        "measurement",
    ]
)
_GAPS = frozenset(["lead", "gap", "margin", "advantage", "difference", "edge", "win", "loss"])


def read_superlative(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    slant = slant_at(items, at)
    if slant is None:
        return None
    prev, nxt = scene.line.low(at - 1), scene.line.low(slant.last + 1)
    if _conditioned(items, slant.last + 1):
        # "the most memory under 800 W": a superlative within a condition, not over all.
        cover(items, at, slant.last)
        return None
    if names_a_thing(scene, slant.first):
        cover(items, at, slant.last)
        return None
    if prev == "the" and (
        scene.line.low(at - 2) in ("than", "behind")
        or (scene.line.low(at - 2) == "of" and scene.line.low(at - 3) in ("short", "shy", "ahead"))
    ):
        # "200 lb short of the best", "behind the leanest": what something is set against.
        cover(items, at, slant.last)
        return None
    if any(items[k].low in _GAPS for k in range(max(0, at - 4), at)) and prev in ("is", "was", "the"):
        cover(items, at, slant.last)
        return None
    if (
        scene.line.kind(slant.last + 1) == "e"
        and scene.line.kind(slant.last + 2) == "w"
        and scene.line.low(slant.last + 2) in _TRIALS
    ) or nxt in _GAPS:
        # "the slowest fd run", "its narrowest lead": a superlative over runs or gaps, not over the things compared.
        cover(items, at, slant.last + (1 if nxt in _GAPS else 0))
        return None
    if (
        nxt == "-"
        and scene.line.kind(slant.last + 2) == "w"
        and items[at].low in ("best", "most", "top")
        and items[at].end == items[at + 1].start
        and items[slant.last + 2].concept not in ctx.compiled.by_concept
    ):
        cover(items, at, slant.last + 2)
        if (
            scene.line.low(slant.last + 2)
            not in (
                "selling",
                "known",
                "loved",
                "rated",
                "reviewed",
                "supported",
                "documented",
                "in",
                "used",
                "starred",
            )
            or not subjects_for(scene, at, ctx)[0]
        ):
            return None
        return TypedClaim(
            Form.RANK,
            items[at].start,
            items[slant.last + 2].end,
            fixed=Label.UNVERIFIABLE,
            reason="no fact holds this",
            items=(at, slant.last + 3),
        )
    if items[at].low == "top" and scene.line.low(at - 2) == "from":
        return None
    if (
        (items[at].low == "top" and prev not in ("the", "share", "shares", "on", "at", "joint"))
        or (
            # "with 4K on top": besides.
            items[at].low == "top" and prev == "on" and scene.line.low(at - 2) not in _STANDING and at > 1
        )
        or (items[at].low in ("most", "least") and prev == "at")
    ):
        return None
    if (
        (
            items[at].low == "most"
            and slant.last == at
            and (
                nxt in ("of", "people", "teams", "users", "readers", "buyers", "cases", "developers", "of")
                or (prev == "with" and items[min(at + 1, len(items) - 1)].concept not in ctx.compiled.vocabulary)
                or prev not in ("the", "is", "has", "its", "'s", "with", "offers", "uses", "costs")
            )
        )
        and prev != "the"
        and not (_opens(items, at) and items[min(at + 1, len(items) - 1)].concept in ctx.compiled.by_concept)
    ):
        cover(items, at, at)
        return None
    if (
        (prev == "of" and scene.line.low(at - 2) == "one")
        or (prev == "the" and scene.line.low(at - 2) == "of" and scene.line.low(at - 3) == "one")
        or prev in ("its", "their", "your")
        or (prev == "-" and scene.line.low(at - 3) in ("its", "their", "your"))
    ):
        cover(items, at, slant.last)
        return None
    if is_taste(scene, slant, nxt) or (advice_clause(scene, at) and scene.subject_before(at) is None):
        cover(items, slant.first, slant.last)
        if items[at].low == "best" and nxt in ("overall", "all-rounder"):
            return TypedClaim(
                Form.RANK,
                items[at].start,
                items[slant.last].end,
                fixed=Label.UNVERIFIABLE,
                reason="no fact holds such a score",
                items=(at, slant.last + 1),
            )
        return None
    place = 1
    first = at
    if prev in ("second", "third", "fourth") or (
        prev == "-" and scene.line.low(at - 2) in ("second", "third", "fourth")
    ):
        place = PLACES[prev if prev in PLACES else scene.line.low(at - 2)]
        first = at - 1
    elif prev == "next":
        # "The next best is X": behind whoever has just been said to lead.
        place, first = 2, at - 1
    sharing = [k for k in range(max(0, at - 5), min(len(items), slant.last + 4)) if items[k].low in _SHARING]
    if not sharing and scene.line.low(at - 2) == "for" and not _TYING.isdisjoint(scene.line.lows):
        # "It ties for the most power and for the most torque."
        sharing = [k for k in range(at) if items[k].low in _TYING]
    shared = bool(sharing) or _shared_after(items, slant.last)
    metrics = slant_metrics(scene, slant, ctx)
    subjects, weak, turned = next_best(scene, at, slant.last) if prev == "next" else superlative_subject(scene, at, ctx)
    subjects = as_many(scene, at, subjects)
    cover(items, first, slant.last)
    for k in sharing:
        cover(items, k, k)
    start = items[first].start
    if prev == "the":
        start = items[first - 1].start if first > 0 else start
    end_item = slant.last
    while (
        end_item + 1 < len(items)
        and end_item < slant.last + 2
        and items[end_item + 1].concept in ctx.compiled.by_concept
        and items[end_item + 1].kind == "w"
    ):
        end_item += 1
    end = items[end_item].end
    if not subjects:
        return None
    if unfit(scene, at, ctx, slant.classes, metrics):
        return TypedClaim(
            Form.RANK,
            start,
            end,
            fixed=Label.UNVERIFIABLE,
            reason="no metric of the sheet says this",
            items=(first, slant.last + 1),
        )
    if (
        metrics[0].why != BORNE
        and scene.subject_before(at) is None
        and _things(items, slant.last + 1, ctx)
        and not _is_the(scene, slant.last + 2)
    ):
        return None
    wrong_scope = _scope(scene, slant.last, ctx)
    if wrong_scope is not None:
        return TypedClaim(
            Form.RANK,
            start,
            max(end, wrong_scope[1]),
            fixed=wrong_scope[0],
            reason=wrong_scope[2],
            items=(first, slant.last + 1),
        )
    cover(items, slant.last, end_item)
    group = scene.by_at.get(slant.last + 1)
    if group is not None and len(group.entities) > 1:
        # "Quickest Corolla": the rank is among that group.
        subjects = tuple(choice for choice in subjects if set(choice.entities) <= set(group.entities)) or tuple(
            Choice((entity,), 0.3, "one of the group") for entity in group.entities
        )
        return TypedClaim(
            Form.RANK,
            start,
            end,
            subjects=subjects,
            comparands=(Choice(group.entities, 0.0, "the group"),),
            metrics=metrics,
            sign=slant.sign,
            rank=place,
            positive=not denied(scene, first),
            lenient=weak,
            items=(first, slant.last + 2),
        )
    within = tuple(
        Choice(mention.entities, 0.0, "scope")
        for mention in scene.mentions
        if mention.at > slant.last
        and mention.at <= slant.last + 5
        and len(mention.entities) > 1
        and mention.how in ("both", "list")
        and not any(items[k].low in BREAKS for k in range(slant.last + 1, mention.at))
    )
    return TypedClaim(
        Form.RANK, start, end, subjects=subjects, comparands=within[:1] or among(scene, first, slant.last, subjects, ctx), metrics=metrics, sign=slant.sign, rank=place,
        positive=denied(scene, _listed_first(items, first)) is turned, relation="shared" if shared else "", lenient=weak, items=(first, slant.last + 1), degree="much" if _by_far(scene, at, slant.last) else "",
        universal=is_universal(scene, at, slant.last),
    )  # fmt: skip


def _listed_first(items: list[Item], first: int) -> int:
    """The superlative that opens a list of them: "isn't the strongest, the quietest or the lightest" denies all three."""
    at = first
    while at > 3:
        before = at - 1 if items[at - 1].low == "the" else at
        joint = before - 1
        if items[joint].low not in (",", "or", "nor"):
            break
        joint -= items[joint].low in ("or", "nor") and items[joint - 1].low == ","
        if items[joint - 1].degree != "superlative":
            break
        at = joint - 1
    return at if any(item.low in ("or", "nor") for item in items[first - 2 : first + 4]) else first


def _conditioned(items: list[Item], first: int) -> bool:
    """ "under 800 W" within four words of item `first` and before any mark: what comes behind a comma is told beside the rank."""
    for at in range(first, min(len(items) - 1, first + 4)):
        if items[at].kind == "p" and items[at].low != "-":
            return False
        if items[at].low in ("under", "below", "over", "above", "within") and items[at + 1].kind == "n":
            return True
    return False


#: Words by which several have one rank.
_SHARING = frozenset(
    ["share", "shares", "joint", "jointly", "tied", "tie", "ties", "equal", "sharing", "both", "among"]
)
_STANDING = frozenset(
    "is are was were comes come came stays stay ends end ended sits sit finishes finish out stands stand be still firmly clearly again back".split()
)
_TYING = frozenset(["tie", "ties", "tied", "tying"])


def _shared_after(items: list[Item], last: int) -> bool:
    """ "strongest motor, 85 Nm, shared with the other": what is the most is that of two."""
    for k in range(last + 1, min(len(items) - 1, last + 9)):
        if items[k].low in (".", ";", "while", "whereas", "but", "and"):
            return False
        if items[k].low in ("shared", "tied", "level", "equal") and items[k + 1].low in ("with", "by"):
            return True
    return False


def _opens(items: list[Item], at: int) -> bool:
    """ "Most seats: X", "cheap fares, most seats"."""
    return at == 0 or items[at - 1].kind == "p"


def _things(items: list[Item], at: int, ctx: FormContext) -> bool:
    """ "X.json is the slowest document": the noun says that something else than the entities is ranked."""
    if at >= len(items) or items[at].kind != "w" or items[at].low in ctx.compiled.lexicon.stop:
        return False
    return (
        items[at].low not in ctx.compiled.class_nouns
        and items[at].low not in ctx.things
        and items[at].concept not in ctx.compiled.vocabulary
        and items[at].concept not in measures(ctx.compiled.lexicon)
    )


def _is_the(scene: Scene, at: int) -> bool:
    """ "The lightest van with a toilet is X": the noun is what X is, whatever it means."""
    line = scene.line
    for position in range(at, min(len(line.items), at + 5)):
        if line.low(position) in ("is", "was", "remains"):
            named = scene.by_at.get(position + 1) or scene.by_at.get(position + 2)
            return named is not None and named.how in ("name", "part") and not named.possessive
        if line.kind(position) != "w":
            return False
    return False


def _by_far(scene: Scene, at: int, last: int) -> bool:
    return (
        scene.line.words(at - 3, at).endswith("by far the")
        or scene.line.words(last + 1, last + 5).startswith("by far")
        or "by a wide margin" in scene.line.words(last + 1, last + 8)
    )


def _scope(scene: Scene, last: int, ctx: FormContext) -> tuple[Label, int, str] | None:
    """ "of the four" must match the number of entities; a wider world ("of all Python frameworks") cannot be checked."""
    items = scene.line.items
    count = ctx.compiled.entity_count
    for position in range(last + 1, min(len(items), last + 6)):
        low = items[position].low
        if items[position].kind == "p" and low in ",;.":
            return None
        if low in ("of", "among") and scene.line.low(position + 1) in ("the", "all", "these"):
            word = scene.line.low(position + 2)
            if word in ("the", "these"):
                word = scene.line.low(position + 3)
            stated = _NUMBER.get(word)
            if word.isdigit():
                stated = int(word)
            if stated is not None and stated > count:
                return (
                    Label.CONTRADICTED,
                    items[min(position + 2, len(items) - 1)].end,
                    f"{count} are compared, the text says {stated}",
                )
            return None
        if low in ("market", "world", "industry", "available", "ever", "existence"):
            return Label.UNVERIFIABLE, items[position].end, "the scope is wider than the facts"
    return None
