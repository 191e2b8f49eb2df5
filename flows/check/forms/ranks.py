"""Ranks: superlatives ("the fastest", "the second cheapest") and places ("ranks first", "finishes last")."""

from __future__ import annotations

from flows.check.discourse import COMPARAND, SUBJECT, TOPIC, Mention, Scene
from flows.check.forms.among import among
from flows.check.forms.beside import BORNE
from flows.check.forms.clauses import advice_clause, denied
from flows.check.forms.context import FormContext
from flows.check.forms.measures import is_taste, is_universal, order_metrics, slant_metrics, unfit
from flows.check.forms.naming import names_a_thing
from flows.check.forms.sides import subjects_for
from flows.check.forms.slants import slant_at
from flows.check.items import Item, cover
from flows.check.lexicon.model import measures
from flows.check.typed import Choice, Form, TypedClaim
from flows.check.words import SIZE_WORDS
from schemas.checking import Label

_NUMBER = SIZE_WORDS | {"pair": 2, "trio": 3, "both": 2}
PLACES = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "runner": 2,
    "last": -1,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
}
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
    subjects, weak, turned = (
        _next_best(scene, at, slant.last) if prev == "next" else _superlative_subject(scene, at, ctx)
    )
    subjects = _as_many(scene, at, subjects)
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
        and not any(items[k].low in _BREAKS for k in range(slant.last + 1, mention.at))
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


def _as_many(scene: Scene, at: int, subjects: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """ "The three fastest are A, B and C": those who are named together and are so many."""
    before = scene.line.items[at - 1] if at else None
    if before is None or before.kind != "n" or before.stated is None or scene.line.low(at - 2) != "the":
        return subjects
    together = next((mention for mention in scene.mentions if len(mention.entities) == before.stated.low), None)
    return (Choice(together.entities, 0.0, "as many as are counted"),) if together is not None else subjects


def _conditioned(items: list[Item], first: int) -> bool:
    """ "under 800 W" within four words of item `first` and before any mark: what comes behind a comma is told beside the rank."""
    for at in range(first, min(len(items) - 1, first + 4)):
        if items[at].kind == "p" and items[at].low != "-":
            return False
        if items[at].low in ("under", "below", "over", "above", "within") and items[at + 1].kind == "n":
            return True
    return False


def _next_best(scene: Scene, at: int, last: int) -> tuple[tuple[Choice, ...], bool, bool]:
    """ "The next best is X", "the next best, the X, makes 317", "X the next best": the one named beside it; without a name nothing is ranked."""
    line = scene.line
    for k in range(last + 1, min(len(line.items), at + 6)):
        found = scene.by_at.get(k)
        if found is not None:
            return (Choice(found.entities, 0.0, "named as the next"),), False, False
        if line.low(k) in _BREAKS:
            break
    before = at - 3 if line.low(at - 2) == "the" else at - 2
    named = scene.by_at.get(before - (line.low(before) in ("is", "are", "was", "were")))
    if named is not None and named.role in (SUBJECT, TOPIC):
        return (Choice(named.entities, 0.0, "named as the next"),), False, False
    return (), False, False


#: Words by which several have one rank.
_SHARING = frozenset(
    ["share", "shares", "joint", "jointly", "tied", "tie", "ties", "equal", "sharing", "both", "among"]
)
_STANDING = frozenset(
    "is are was were comes come came stays stay ends end ended sits sit finishes finish out stands stand be still firmly clearly again back".split()
)
_TYING = frozenset(["tie", "ties", "tied", "tying"])
#: What comes after these is another statement, not whom a rank is among.
_BREAKS = frozenset([";", ".", "while", "whereas", "but"])


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


def _superlative_subject(scene: Scene, at: int, ctx: FormContext) -> tuple[tuple[Choice, ...], bool, bool]:
    """ "X is the fastest"; "the fastest is X"; "the biggest, large,": who, whether carried, whether denied after the phrase."""
    items = scene.line.items
    subject = scene.subject_before(at)
    bare = _elliptic(scene, at)
    if bare is not None:
        return (Choice(bare.entities, 0.0, "the verb left out"),), False, False
    opening = at - 3 if scene.line.low(at - 1) == "-" else at - 1
    if scene.line.low(opening) == "the" and scene.line.low(opening - 1) == ",":
        # "longer than X, the second-slowest": said of the name before it, whatever its role.
        beside = scene.by_at.get(opening - 2)
        if beside is not None and beside.how in ("name", "part") and len(beside.entities) == 1:
            return (Choice(beside.entities, 0.0, "said of the name before"),), False, False
    for step in range(at + 1, min(at + 6, len(items) - 1)):
        if items[step].low in _COPULA and (items[step].low != "goes" or scene.line.low(step + 1) == "to"):
            ahead = step + 1 + (scene.line.low(step + 1) == "not")
            found = scene.by_at.get(ahead) or scene.by_at.get(ahead + 1)
            if found is not None and items[step].low in ("are", "were"):
                # "The fastest are A and B"
                found = next(
                    (one for one in scene.mentions if one.how == "list" and one.entities[:1] == found.entities[:1]),
                    None,
                )
            if (
                found is not None
                and not any(items[k].low in (",", ";", "and", "but") for k in range(at + 1, step))
                and (subject is None or items[subject.at].depth < items[at].depth)
            ):
                turned = ahead > step + 1 or items[step].low.endswith("n't")
                return (Choice(found.entities, 0.0, "named by the superlative"),), False, turned
            break
    if subject is None:
        for mention in scene.mentions:
            if mention.at > at and mention.role != COMPARAND:
                between = [items[k].low for k in range(at + 1, mention.at)]
                if (
                    any(
                        word in ("is", "goes", "belongs", ",", "comes", "from", "was", ":", "with", "—", "to")
                        for word in between
                    )
                    and "than" not in between
                    and mention.role != COMPARAND
                ):
                    return (Choice(mention.entities, 0.0, "named by the superlative"),), False, "not" in between
                break
    return *subjects_for(scene, at, ctx, owned=True), False


def _elliptic(scene: Scene, at: int) -> Mention | None:
    """ "The lightest is A, the heaviest B": who directly follows, where the superlative before it was said of somebody else."""
    items, line = scene.line.items, scene.line
    last = at + 1 if items[at].low in ("most", "least") and line.kind(at + 1) == "w" else at
    last += line.low(last + 1) == "the"
    last += line.kind(last + 1) == "n" and line.kind(last + 2) == "e"
    after = scene.by_at.get(last + 1)
    if line.low(at - 1) != "the" or line.low(at - 2) not in (",", ";", "and", "but") or after is None:
        return None
    if (
        after.how not in ("name", "part")
        or after.possessive
        or line.low(last + 2) not in ("", ",", ";", ".", "at", "with", "(", "and", "—", "–")
    ):
        return None
    return after if any(items[k].degree == "superlative" for k in range(at)) else None


_COPULA = frozenset(["is", "are", "was", "were", ":", "goes", "remains", "isn't", "wasn't"])


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


def fronted_place(scene: Scene, at: int) -> Mention | None:
    """ "Second in speed is X", "third on punctuality comes X": who it is."""
    line = scene.line
    if (at and line.kind(at - 1) != "p" and line.low(at - 1) not in ("and", "but")) or line.low(at + 1) not in _IN:
        return None
    verb = next((k for k in range(at + 2, at + 8) if line.low(k) in _NAMING or line.kind(k) in "pn"), None)
    if verb is None or line.low(verb) not in _NAMING:
        return None
    found = scene.by_at.get(verb + 1) or scene.by_at.get(verb + 2)
    return found if found is not None and found.how in ("name", "part") else None


_IN = frozenset("in on for by with".split())
_NAMING = frozenset("is was comes came".split())


def read_place(scene: Scene, at: int, ctx: FormContext) -> TypedClaim | None:
    items = scene.line.items
    subjects, weak = subjects_for(scene, at, ctx)
    ahead = fronted_place(scene, at)
    if ahead is not None:
        subjects, weak = (Choice(ahead.entities, 0.0, "named by the place"),), False
    if not subjects or advice_clause(scene, at):
        return None
    if scene.line.words(at + 1, at + 3) in ("to last", "- to"):
        # It is read with the "last" behind it.
        cover(items, at, at)
        return None
    if items[at].low in ("first",) and scene.line.low(at + 1) not in (
        ",",
        ".",
        ";",
        "at",
        "in",
        "with",
        "on",
        "",
        "and",
        "there",
        "here",
        "overall",
        "(",
    ):
        return None
    metrics = order_metrics(scene, at, ctx, frozenset({"any"}), at)
    rank, first = PLACES[items[at].low], at
    if rank < 0 and scene.line.low(at - 1) == "to" and scene.line.low(at - 2) in ("second", "next", "third"):
        # "second to last": counted from the end.
        rank, first = (-3 if scene.line.low(at - 2) == "third" else -2), at - 2
    cover(items, first, at)
    if scene.line.low(at + 1) == "from" and (end := at + 2 + (scene.line.low(at + 2) == "the")) < len(items):
        # "third from the bottom", "second from last"
        if items[end].low in ("bottom", "last", "end", "back", "rear"):
            rank = -rank
            cover(items, at, end)
        elif items[end].low == "top":
            cover(items, at, end)
    if items[at - 1].low not in ("a", "the") and scene.line.low(at - 2) == "a":
        # "a distant last"
        cover(items, at - 2, at)
    if metrics and not ctx.compiled.metrics[metrics[0].metric].sign:
        # A place by a measure that has no better side may be counted from either end.
        return None
    metrics = tuple(choice for choice in metrics if ctx.compiled.metrics[choice.metric].sign)
    if not metrics:
        return None
    return TypedClaim(
        Form.RANK,
        items[first].start,
        items[at].end,
        subjects=subjects,
        metrics=metrics,
        sign="better",
        rank=rank,
        positive=not denied(scene, at),
        lenient=weak,
        items=(at, at + 1),
    )
