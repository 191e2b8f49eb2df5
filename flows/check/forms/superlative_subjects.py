"""Superlative subjects: of whom "the fastest" is said: "the fastest is X", "the next best, the X", "the lightest is A, the heaviest B"."""

from __future__ import annotations

from flows.check.discourse import COMPARAND, SUBJECT, TOPIC, Mention, Scene
from flows.check.forms.context import FormContext
from flows.check.forms.sides import subjects_for
from flows.check.typed import Choice


def as_many(scene: Scene, at: int, subjects: tuple[Choice, ...]) -> tuple[Choice, ...]:
    """ "The three fastest are A, B and C": those who are named together and are so many."""
    before = scene.line.items[at - 1] if at else None
    if before is None or before.kind != "n" or before.stated is None or scene.line.low(at - 2) != "the":
        return subjects
    together = next((mention for mention in scene.mentions if len(mention.entities) == before.stated.low), None)
    return (Choice(together.entities, 0.0, "as many as are counted"),) if together is not None else subjects


def next_best(scene: Scene, at: int, last: int) -> tuple[tuple[Choice, ...], bool, bool]:
    """ "The next best is X", "the next best, the X, makes 317", "X the next best": the one named beside it; without a name nothing is ranked."""
    line = scene.line
    for k in range(last + 1, min(len(line.items), at + 6)):
        found = scene.by_at.get(k)
        if found is not None:
            return (Choice(found.entities, 0.0, "named as the next"),), False, False
        if line.low(k) in BREAKS:
            break
    before = at - 3 if line.low(at - 2) == "the" else at - 2
    named = scene.by_at.get(before - (line.low(before) in ("is", "are", "was", "were")))
    if named is not None and named.role in (SUBJECT, TOPIC):
        return (Choice(named.entities, 0.0, "named as the next"),), False, False
    return (), False, False


#: What comes after these is another statement, not whom a rank is among.
BREAKS = frozenset([";", ".", "while", "whereas", "but"])


def superlative_subject(scene: Scene, at: int, ctx: FormContext) -> tuple[tuple[Choice, ...], bool, bool]:
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
