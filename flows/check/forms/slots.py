"""Slots of a gap: whose value stands against whose, and in which metric. One way for ratios, percents and differences.

Three things may be set against each other: two entities in one metric, one entity in two metrics ("its cold start takes
five times as long as its warm one"), and a value with a figure that the text has just given ("half of that").
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.check.discourse import COMPARAND, OWNER, SUBJECT, TOPIC, Mention, Scene
from flows.check.forms.context import FormContext
from flows.check.forms.gap_figures import appositive, figures_before, values_before
from flows.check.forms.gap_metrics import ARTICLES, UNSPOKEN, metrics_of_gap, two_metrics
from flows.check.forms.gap_words import Gap
from flows.check.forms.sides import beaten_by, comparand_after, comparands_for, subjects_for
from flows.check.items import hedge_first
from flows.check.stated import Stated
from flows.check.typed import Choice, Form, MetricChoice, TypedClaim

#: What stands for the value before: "twice that with B", "double again with C".
_AGAIN = frozenset(["that", "again"])
_WITH = frozenset(["with", "for", "on", "at", "in", "under", "by", "via"])
#: Verbs that are a ratio themselves: "its fp16 mode halves the figure".
_MULTIPLIES = frozenset(
    "doubles doubled doubling halves halved halving triples tripled tripling quadruples quadrupled".split()
)


@dataclass(frozen=True, slots=True)
class Slots:
    """`against`: the other metric of the same entity. `operands`: two figures of the text that the gap lies between."""

    subjects: tuple[Choice, ...]
    comparands: tuple[Choice, ...]
    metrics: tuple[MetricChoice, ...]
    against: tuple[MetricChoice, ...] = ()
    operands: tuple[Stated, ...] = ()
    weak: bool = False
    change: bool = False
    here: frozenset[str] = frozenset()
    there: frozenset[str] = frozenset()
    across: bool = False


def slots_of(scene: Scene, gap: Gap, ctx: FormContext) -> Slots:
    """What may fill the slots of one gap, nearest first."""
    at = gap.at
    subjects, weak = subjects_for(scene, at, ctx)
    if gap.form is not Form.DIFFERENCE:
        # A ratio fits by chance: of the things a pronoun may mean, the one compared with before is the last.
        subjects = tuple(
            Choice(c.entities, max(c.cost, UNSPOKEN), c.why) if c.why == "named before the pronoun" else c
            for c in subjects
        )
    if weak and len(scene.topic) == 2 and not scene.carried and _versus(scene):
        # "A versus B: twice the weight": of the first against the second.
        subjects = (Choice(scene.topic[:1], 0.1, "header"),)
    owner = owner_after(scene, at, gap.last) or _owner_before(scene, at)
    if owner is not None:
        subjects, weak = (Choice(owner.entities, 0.0, "named beside the phrase"),), False
    of = gap.relation in ("of", "within", "good", "gap") and owner_after(scene, at, gap.last) is None
    of = of and not _fronted(scene, gap)
    comparands = comparands_for(scene, at, ctx, subjects, after=at, of=of, pick=True)
    doer = beaten_by(scene, at)
    if doer is not None:
        comparands = (Choice(doer.entities, 0.0, "by whom"),)
    named = bool(comparands) and (comparands[0].cost == 0.0 or _beaten(scene, at))
    step = () if named else _step_before(scene, at)
    if step:
        # The two ends of a step are all that is compared.
        subjects, comparands, named, weak = (
            (Choice(step[1], 0.0, "where it goes"),),
            (Choice(step[0], 0.0, "where it comes from"),),
            True,
            False,
        )
    halves = scene.line.items[at].low in _MULTIPLIES
    metrics = metrics_of_gap(scene, gap, ctx)
    if not named and "that" in (scene.line.low(at + 1), scene.line.low(at + 2)):
        before = values_before(scene, at)
        if before:
            figures = appositive(scene, gap)
            if figures:
                return Slots(subjects, comparands, metrics, operands=figures, weak=weak)
            comparands = tuple(
                Choice(entities, 0.02 + 0.1 * k, "the value before") for k, (entities, _) in enumerate(before)
            )
            spoken = dict.fromkeys(metric for _, metric in before)
            return Slots(
                subjects,
                comparands,
                tuple(MetricChoice(metric, 0.1 * k, "the value before") for k, metric in enumerate(spoken)),
                weak=weak,
            )
    operands = () if named else figures_before(scene, gap)
    own, against = ((), ()) if named else two_metrics(scene, gap, ctx)
    change = not named and not against
    here, there = contexts_around(scene, gap, ctx)
    if _asked_of_two(scene) and scene.question is not None and not named:
        # "Is A slower than B? Yes, seven times with the large file": of the two, not of two files.
        change = False
        first, second = dict.fromkeys(e for mention in scene.question.mentions for e in mention.entities)
        subjects, comparands = (Choice((first,), 0.0, "asked about"),), (Choice((second,), 0.0, "asked about"),)
    return Slots(
        subjects,
        comparands,
        own or metrics,
        against,
        operands,
        weak,
        change and comparand_after(scene, at) is None,
        here,
        there,
        not named
        and not _asked_of_two(scene)
        and bool(there or (here and (halves or scene.subject_before(at) is None))),
    )


def _asked_of_two(scene: Scene) -> bool:
    """Whether the sentence answers a question about two things and names none itself."""
    asked = scene.question
    if asked is None or scene.previous is not asked or scene.mentions:
        return False
    return len({entity for mention in asked.mentions for entity in mention.entities}) == 2


def owner_after(scene: Scene, at: int, last: int) -> Mention | None:
    """ "17 % shorter with PDM", "35 % cheaper at Rill": the subject, where none stands before the phrase in its clause."""
    items = scene.line.items
    subject = scene.subject_before(at)
    if subject is not None and abs(items[subject.at].depth - items[at].depth) < 0.5:
        return None
    for mention in scene.mentions:
        if mention.at <= last:
            continue
        words = [item for item in items[last + 1 : mention.at] if item.low not in ARTICLES and item.low not in _AGAIN]
        if len(words) == 1 and words[0].low in _WITH and mention.role in (OWNER, TOPIC):
            return mention
        return None
    return None


def _step_before(scene: Scene, at: int) -> tuple[tuple[int, ...], ...]:
    """ "Going from A to B doubles the price": where a step before item `at` comes from and where it goes, () for none."""
    line = scene.line
    names = [mention for mention in scene.mentions if mention.at < at]
    if len(names) != 2 or any(mention.how not in ("name", "part") or mention.possessive for mention in names):
        return ()
    words = [line.low(m.at - 2) if line.low(m.at - 1) in ARTICLES else line.low(m.at - 1) for m in names]
    if words != ["from", "to"] or names[1].at - names[0].at > 4 or any(item.kind == "n" for item in line.items[:at]):
        return ()
    return tuple(mention.entities for mention in names)


def _beaten(scene: Scene, at: int) -> bool:
    """ "461 and 282; the third surpasses B by half": who and whom, both named since the last figure."""
    roles: list[str] = []
    for mention in reversed(scene.mentions):
        if mention.at < at and mention.how in ("name", "part"):
            roles.append(mention.role)
            if len(roles) == 2:
                return roles == [COMPARAND, SUBJECT] and not any(
                    item.kind == "n" for item in scene.line.items[mention.at : at]
                )
    return False


def _versus(scene: Scene) -> bool:
    header = scene.line.sentence.header
    return header is not None and any(token.low in ("versus", "vs", "against") for token in header.tokens)


def _owner_before(scene: Scene, at: int) -> Mention | None:
    """ "A warm start of the Tamp takes a fifth ...": whose value it is, where no subject stands in the clause."""
    items = scene.line.items
    if scene.subject_before(at) is not None:
        return None
    for mention in reversed(scene.mentions):
        if mention.at > at or abs(items[mention.at].depth - items[at].depth) >= 0.5:
            continue
        if mention.role != OWNER or mention.how not in ("name", "part", "pronoun"):
            return None
        return mention if items[mention.at - 1].low in ("of", "the") and mention.at > 1 else None
    return None


def _fronted(scene: Scene, gap: Gap) -> bool:
    """ "For three times the money the Mazzo lasts longer": the name behind the phrase is the subject of the clause."""
    items = scene.line.items
    first = hedge_first(items, gap.at)
    if first != 1 or items[0].low not in ("for", "at", "with"):
        return False
    after = next((mention for mention in scene.mentions if mention.at > gap.last), None)
    return (
        after is not None
        and after.role == SUBJECT
        and not after.possessive
        and not any(item.low in ("of", "as", "than", "what") for item in items[gap.last + 1 : after.at])
    )


# Contexts

_SPLIT = frozenset(["than", "as", "of", "against", "versus", "vs", "compared", "over", "from", "to"])
_NEXT = frozenset(["and", "while", "but", "whereas", "which", "though"])


def contexts_around(scene: Scene, gap: Gap, ctx: FormContext) -> tuple[frozenset[str], frozenset[str]]:
    """The words of contexts on the subject's side of a gap, and behind "than" or the thing compared."""
    telling = ctx.compiled.context_words
    if not telling:
        return frozenset(), frozenset()
    items = scene.line.items
    depth = items[gap.at].depth
    here: set[str] = set()
    there: set[str] = set()
    split = False
    earlier = scene.extra.get("gap")
    for k, item in enumerate(items):
        if gap.at <= k <= gap.last or abs(item.depth - depth) > 0.8:
            continue
        if k > gap.last:
            if (item.kind == "p" and item.low not in "'\"-") or item.low in _NEXT:
                break
            split = split or item.low in _SPLIT
        words = {item.concept} if item.kind != "e" else set()
        if item.kind == "n":
            words |= {scene.concept(word) for word in item.low.split() if word.isalpha()}
        (there if split else here).update(words & telling)
    if isinstance(earlier, TypedClaim) and earlier.items[1] <= gap.at:
        # "8 times quicker than A in fp32 and six times quicker than A in fp16": the subject's side was named before.
        here = (here - earlier.there) or set(earlier.here)
    return frozenset(here), frozenset(there)
