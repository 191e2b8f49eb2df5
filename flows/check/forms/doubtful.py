"""Clauses that no form has read and that most likely assert something beyond the facts.

No shape is looked for: every clause is scored by its traits (`traits`), whose weights are data fitted on labelled texts
(`lexicon/doubt.py`), and flagged from a threshold up.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import fsum

from flows.check.forms.clauses import advice_clause
from flows.check.forms.commands import command, commanding
from flows.check.forms.context import FormContext, beyond
from flows.check.forms.parts import AUXILIARIES, Part, reading
from flows.check.forms.traits import sentence_traits, traits
from flows.check.lexicon.assertions import SORTS
from flows.check.lexicon.doubt import THRESHOLD, WEIGHTS
from flows.check.scene import Doubt, Scene
from flows.check.typed import TypedClaim

#: Verbs of fit, and nouns for the decision itself: such a clause judges.
_SUITING = frozenset("suit suits suited appeals aimed geared meant tailored".split())
_CHOICE = frozenset("choice decision answer pick verdict".split())
_THINGS = frozenset("its their it they".split())
#: How a mention says which thing it is.
_NAMING = frozenset(("name", "part", "list"))
_FAVOURING = frozenset("favour favours favor favors".split())
_SOURCES = frozenset(
    [
        *(("as", word) for word in "measured tested reported shown listed seen benchmarked timed".split()),
        ("according", "to"),
        ("judging", "by"),
        ("judging", "from"),
    ]
)
_REASON = "no fact carries this"


def doubts(scene: Scene, found: list[Part], ctx: FormContext) -> list[Doubt]:
    """Every clause with words that nothing accounts for, scored. They are kept in the scene, for whoever fits the weights."""
    common: set[str] | None = None
    commands = False
    for part in found:
        left = _left(scene, part, ctx)
        if not left or not scene.failed.isdisjoint(range(part.first, part.last)):
            # "Renting one costs $2.50 an hour", with a figure that no fact has: flagged once is enough.
            continue
        if common is None:
            common = sentence_traits(scene)
            commands = commanding(scene, ctx)
            if commands:
                common.add("sentence commands")
        if _to_the_reader(scene, part, left, command(part, scene, ctx, goes_on=commands)):
            continue
        has = traits(scene, part, left, common, ctx)
        score = fsum([WEIGHTS.get(trait, 0.0) for trait in has])
        scene.doubts.append(Doubt(_from(scene, part, left), left[-1], frozenset(has), score))
    return scene.doubts


def read(scene: Scene, found: list[Part], ctx: FormContext) -> Iterator[TypedClaim]:
    """Unverifiable claims for the clauses whose doubts weigh enough."""
    for doubt in doubts(scene, found, ctx):
        if doubt.score < THRESHOLD:
            continue
        yield beyond(scene, doubt.first, doubt.last, _reason(doubt))


def _to_the_reader(scene: Scene, part: Part, left: list[int], commanded: bool) -> bool:
    """ "if you work with code bases", "pin your versions": advice that names nothing compared is no claim (CHECKING.md, Oblige)."""
    if commanded:
        # "Set an alert on each of them": what is told to do with a thing says nothing of it.
        return not any(part.first <= mention.at < part.last and mention.how in _NAMING for mention in scene.mentions)
    if scene.line.sentence.bullet or scene.line.sentence.section == "choose":
        # A list of whom a thing is for says by the way what the thing has.
        return False
    if _attributes(scene, part) or _favours(scene, part) or _sorts(scene, part) or _should(scene, part):
        return True
    named = any(part.first <= mention.at < part.last for mention in scene.mentions)
    if named or not _THINGS.isdisjoint(part.lows):
        return False
    return advice_clause(scene, left[0]) or reading(part, scene.line.items, scene.line.sentence.section)


def _attributes(scene: Scene, part: Part) -> bool:
    """ "As measured by its own tests": says where a statement comes from, and states nothing."""
    return (scene.line.low(part.first), scene.line.low(part.first + 1)) in _SOURCES


def _should(scene: Scene, part: Part) -> bool:
    """ "Freelancers with simple needs should start there": advice to whoever is no thing compared."""
    at = next((k for k in range(part.first, part.last) if scene.line.low(k) == "should"), None)
    return at is not None and not any(part.first <= mention.at < at for mention in scene.mentions)


def _sorts(scene: Scene, part: Part) -> bool:
    """ "There are two kinds of monitors here": says how the page goes on."""
    line, at = scene.line, part.first
    return line.low(at) == "there" and line.kind(at + 2) == "n" and line.low(at + 3) in SORTS


def _favours(scene: Scene, part: Part) -> bool:
    """ "small teams favour A", "big ones are happy with either": whom a thing suits, with the thing as the object, is advice."""
    line = scene.line
    for at in range(part.first + 1, part.last - 1):
        if line.low(at) in _FAVOURING or (line.low(at - 1) == "happy" and line.low(at) == "with"):
            whom = at + 2 if line.low(at + 1) == "the" else at + 1
            named = scene.by_at.get(whom)
            thing = named is not None and named.how in _NAMING and not named.possessive
            return (thing or line.low(whom) in ("either", "both")) and not any(
                part.first <= mention.at < at for mention in scene.mentions
            )
    return False


def _reason(doubt: Doubt) -> str:
    if "because" in doubt.traits:
        return "no fact states a cause"
    if "new name" in doubt.traits:
        return "the facts name no such thing"
    return _REASON


def _left(scene: Scene, part: Part, ctx: FormContext) -> list[int]:
    """The words of the part that nothing accounts for; where all are plain, those after its subject."""
    if not part.open:
        return []
    items = scene.line.items
    # "for a tight budget": what is the reader's is no quality of the thing.
    quality = [at for at in part.quality if at + 1 not in part.reader]
    new = sorted((*part.unknown, *quality, *part.named))
    if new == quality and not _CHOICE.isdisjoint(part.lows) and part.subject is None:
        # "the choice is easy"
        return []
    if new:
        return [] if any(items[at].covered for at in new) else new
    if scene.line.sentence.section == "plain" and (part.taste or part.quality or not _SUITING.isdisjoint(part.lows)):
        # "easy to like and hard to fault", "suits commuters", "the one for a tight budget": taste and fit are no claims.
        return []
    if scene.line.sentence.section == "plain" and items[part.first].low == "for" and AUXILIARIES.isdisjoint(part.lows):
        # "the pick for small teams, for glue code and for people in a hurry": whom it suits.
        return []
    stop = ctx.compiled.lexicon.stop
    start = part.subject.at + 1 if part.subject is not None and part.own else part.first
    left = [
        at
        for at in range(start, part.last)
        if not items[at].covered and items[at].kind == "w" and items[at].low[0].isalpha() and items[at].low not in stop
    ]
    if all(items[at].low in ctx.compiled.lexicon.capability_verbs for at in left) and any(
        at in scene.idle or at in scene.claimed for at in range(max([*left, start]), part.last)
    ):
        # "A offers at-most-once only": a verb of having whose object is read says nothing alone.
        return []
    return left


def _from(scene: Scene, part: Part, left: list[int]) -> int:
    """The claim begins after its subject, and after what facts account for."""
    items = scene.line.items
    if any(k in scene.claimed for k in range(part.first, left[0])):
        return left[0]
    at = part.subject.at + 1 if part.subject is not None and part.own else part.first
    at = max([at, *(known + 1 for known in (*part.known, *part.sure) if known < left[0])])
    while at < left[0] and items[at].kind != "w":
        at += 1
    return min(at, left[0])


__all__ = ["doubts", "read"]
