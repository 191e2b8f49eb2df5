"""Two readers, one judge: what a second reader proposes is executed as the rules' claims are, and the two are merged.

The rule, so that nothing wrong can be proposed into a page:

1. A proposal carries no label. Its quote, entities, metric and cells must exist, and its typed claim must contain every
   number, word of order, denial, "only" and "every" of the phrase (flows/check/proposed.py); else it is thrown away, with
   the reason kept, and changes nothing.
2. What the rules have *executed*, or hold to be beyond the facts, is never made better. Where a proposal over the same
   words comes to another label, the worse one stands, and the reason names both.
3. What the rules could *not read* (`Claim.unread`: a number without a form, a phrase without a cell) becomes supported
   only where the executor supports proposed claims that together contain all its numbers and words of order, and no
   proposal over those words comes to anything else. A contradicted one makes it contradicted.
4. "No fact carries this" blocks a phrase, unless arithmetic has already supported a claim over the same words: a model
   does not decide what arithmetic can.
5. What neither reader covers stays blocked, and an error here is an unchecked entry, which blocks too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date as Date
from enum import StrEnum

from flows.check.discourse import Scene
from flows.check.forms.context import FormContext
from flows.check.gate import decide
from flows.check.judge import judge
from flows.check.phrase import Misplaced, Phrase, content, locate, obliged
from flows.check.proposed import typed_claim
from flows.check.proposed_slots import ThrownAway
from flows.check.report import check_text
from flows.check.sheet import Compiled, today_of
from flows.check.typed import Form
from schemas.checking import Claim, Label, Report, Unchecked
from schemas.proposals import WireProposal

#: A page holds some hundred claims; what comes beyond is no reading of it.
MAX_PROPOSALS = 500
_WORSE = {Label.SUPPORTED: 0, Label.UNVERIFIABLE: 1, Label.CONTRADICTED: 2}


class Reader(StrEnum):
    """Who reads. `model` is for measuring: the rules only say what is obliged, and rule 2 has nothing to hold against."""

    RULES = "rules"
    MODEL = "model"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Thrown:
    """A proposal that changed nothing, and why. `number`: its place in the answer, from 1."""

    number: int
    quote: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The merged report; `executed`: how many proposals were carried out."""

    report: Report
    thrown: tuple[Thrown, ...] = ()
    executed: int = 0


@dataclass(frozen=True, slots=True)
class _Read:
    """One executed proposal: its claim, its phrase, and the obliged characters that it speaks for."""

    claim: Claim
    phrase: Phrase
    spans: frozenset[tuple[int, int]]


def read_twice(
    text: str,
    compiled: Compiled,
    proposals: Iterable[WireProposal],
    *,
    date: Date | None = None,
    reader: Reader = Reader.BOTH,
) -> Reading:
    """The report of the rules with a second reader's proposals executed and merged into it. Never raises for any input."""
    scenes: list[Scene] = []
    report = check_text(text, compiled, date=date, scenes=scenes)
    if reader is Reader.RULES:
        return Reading(report)
    found_by_rules = [claim.model_copy(update={"text": text[claim.start : claim.end]}) for claim in report.claims]
    rules = [_unread(claim) for claim in found_by_rules] if reader is Reader.MODEL else found_by_rules
    unchecked = list(report.unchecked)
    thrown: list[Thrown] = []
    read: list[_Read] = []
    ctx = FormContext(compiled, today_of(compiled.case, date))
    taken = [(claim.start, claim.end) for claim in report.claims]
    for number, proposal in enumerate(proposals, 1):
        shown = proposal.quote[:80]
        if number > MAX_PROPOSALS:
            thrown.append(Thrown(number, shown, f"only the first {MAX_PROPOSALS} proposals are read"))
            break
        try:
            found = _execute(text, proposal, scenes, taken, ctx)
            _decided_already(found, rules)
            read.append(found)
        except (Misplaced, ThrownAway) as error:
            thrown.append(Thrown(number, shown, str(error)))
        except Exception as error:  # noqa: BLE001 - a proposal that cannot be carried out must block, not pass or crash
            unchecked.append(
                Unchecked(reason=f"the second reader's claim {number} failed: {type(error).__name__}: {error}"[:300])
            )
    claims = tuple(sorted(_merge(rules, read, scenes, ctx), key=lambda claim: (claim.start, claim.end)))
    merged = Report(
        claims=claims,
        unchecked=tuple(unchecked),
        decision=decide(claims, unchecked),
        checker_version=report.checker_version,
    )
    return Reading(merged, tuple(thrown), len(read))


def without_second_reader(report: Report, reason: str) -> Report:
    """The report when a second reader was wanted and could not be had: a check that was not made, so it blocks."""
    unchecked = (*report.unchecked, Unchecked(reason=f"the second reader did not read: {reason}"[:300]))
    return report.model_copy(update={"unchecked": unchecked, "decision": decide(report.claims, unchecked)})


def _unread(claim: Claim) -> Claim:
    """What the rules alone say is set aside: the phrase is obliged, and the second reader has to speak for it."""
    if claim.unread or claim.kind == Form.UNSUPPORTED.value:
        return claim
    blank = {"label": Label.UNVERIFIABLE, "unread": True, "evidence": (), "computation": "", "right": None}
    return claim.model_copy(update={**blank, "runner_up": None, "suspect": None, "reason": "no proposal covers it"})


def _execute(
    text: str, proposal: WireProposal, scenes: Sequence[Scene], taken: Sequence[tuple[int, int]], ctx: FormContext
) -> _Read:
    """Raises Misplaced and ThrownAway."""
    phrase = locate(text, scenes, proposal.quote, proposal.occurrence)
    typed = typed_claim(proposal, phrase, taken, ctx)
    verdict = judge(typed, ctx.compiled)
    if typed.fixed is None and not verdict.evidence:
        raise ThrownAway(f"no cell carries it: {verdict.reason or 'nothing to compare'}")
    failed = verdict.label is not Label.SUPPORTED
    claim = Claim(
        start=phrase.start,
        end=phrase.end,
        text=text[phrase.start : phrase.end],
        label=verdict.label,
        kind=typed.form.value,
        evidence=verdict.evidence,
        computation=verdict.computation,
        reason=verdict.reason or (typed.reason if failed else ""),
        right=verdict.right if failed else None,
        runner_up=verdict.runner_up,
        suspect=(phrase.start, phrase.end) if verdict.label is Label.CONTRADICTED else None,
        clause=(phrase.scene.line.sentence.start, phrase.scene.line.sentence.end),
        reader="model",
    )
    items = phrase.scene.line.items
    spans = frozenset((items[at].start, items[at].end) for at in obliged(items, phrase.first, phrase.last, ctx))
    return _Read(claim, phrase, spans)


def _decided_already(read: _Read, rules: Sequence[Claim]) -> None:
    """Rule 4. Raises ThrownAway."""
    if read.claim.kind != Form.UNSUPPORTED.value:
        return
    for claim in rules:
        if claim.label is Label.SUPPORTED and claim.start < read.claim.end and read.claim.start < claim.end:
            raise ThrownAway(f"the facts carry {claim.text[:60]!r}: {claim.computation[:80]}")


def _merge(rules: Sequence[Claim], read: Sequence[_Read], scenes: Sequence[Scene], ctx: FormContext) -> list[Claim]:
    """Every rules' claim with what was proposed over the same words, and the proposals over words of their own."""
    merged: list[Claim] = []
    used: set[int] = set()
    for claim in rules:
        claim_spans, words = _obliged_of(claim, scenes, ctx)
        over = [number for number, one in enumerate(read) if _meet(claim, claim_spans, one)]
        used.update(over)
        rivals = [read[number] for number in over]
        if not rivals:
            merged.append(claim)
        elif claim.unread and _lifted(claim_spans, words, rivals):
            used.difference_update(over)
        else:
            merged.append(_worse(claim, max(rivals, key=lambda one: _WORSE[one.claim.label]).claim))
    # The worst first: of two proposals for one phrase the better one must not hide the other.
    for number, one in sorted(enumerate(read), key=lambda entry: -_WORSE[entry[1].claim.label]):
        same = any(claim.start == one.claim.start and claim.end == one.claim.end for claim in merged)
        if number not in used and not same:
            merged.append(one.claim)
    return merged


def _obliged_of(
    claim: Claim, scenes: Sequence[Scene], ctx: FormContext
) -> tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]:
    """The spans of a claim's obliged items, and those of all its words with content."""
    for scene in scenes:
        if scene.line.sentence.start <= claim.start < max(scene.line.sentence.end, claim.start + 1):
            items = scene.line.items
            inside = [at for at, item in enumerate(items) if item.start < claim.end and claim.start < item.end]
            if not inside:
                continue
            first, last = inside[0], inside[-1] + 1
            tokens = frozenset((items[at].start, items[at].end) for at in obliged(items, first, last, ctx))
            said = content(items, first, last, ctx.compiled.lexicon)
            return tokens, frozenset((item.start, item.end) for item in said)
    return frozenset(), frozenset({(claim.start, claim.end)})


def _meet(claim: Claim, spans: frozenset[tuple[int, int]], one: _Read) -> bool:
    """Whether both speak of the same words: a shared number or word of order; where one has none, any shared character."""
    if spans and one.spans:
        return bool(spans & one.spans)
    return claim.start < one.claim.end and one.claim.start < claim.end


def _lifted(spans: frozenset[tuple[int, int]], words: frozenset[tuple[int, int]], rivals: Sequence[_Read]) -> bool:
    """Rule 3: all that obliges in an unread phrase stands in supported proposals, and nothing speaks against them.

    A phrase without a number or a word of order is lifted by a capability alone, whose every word is one of the facts.
    """
    if any(one.claim.label is not Label.SUPPORTED for one in rivals) or not (spans or words):
        return False
    if not spans and any(one.claim.kind != Form.CAPABILITY.value for one in rivals):
        return False
    needed = spans or words
    return all(any(one.phrase.start <= start and end <= one.phrase.end for one in rivals) for start, end in needed)


def _worse(claim: Claim, other: Claim) -> Claim:
    """The claim of both readers, under the worse of their labels."""
    if claim.label is other.label:
        return claim.model_copy(update={"reader": "both", "reason": claim.reason or other.reason})
    if claim.unread and other.label is Label.SUPPORTED:
        reason = f"{claim.reason}; the second reader speaks for a part of it only"
        return claim.model_copy(update={"reader": "both", "reason": reason})
    ours, theirs = claim, other
    if _WORSE[other.label] > _WORSE[claim.label]:
        ours, theirs = other, claim
    worse, better = ("second reader", "rules") if ours is other else ("rules", "second reader")
    why = ours.reason or ours.computation or ours.label.value
    return claim.model_copy(
        update={
            "label": ours.label,
            "kind": ours.kind,
            "evidence": ours.evidence,
            "computation": ours.computation,
            "right": ours.right,
            "runner_up": ours.runner_up,
            "suspect": ours.suspect,
            "reader": "both",
            "unread": False,
            "reason": f"the readers disagree, the worse label stands: {worse}: {ours.label.value} ({why}); "
            f"{better}: {theirs.label.value} ({(theirs.computation or theirs.reason)[:120]})",
        }
    )
