"""Check a text: the stages in order, and the report. Fails closed: whatever goes wrong becomes an unchecked entry."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date as Date
from decimal import Decimal

from flows.check import discourse, lines, oblige
from flows.check.agreed import Judged, agreed
from flows.check.capability import PARTLY
from flows.check.conjoined import conjoined
from flows.check.forms import forms_for, only, told_behind
from flows.check.forms.context import FormContext
from flows.check.gate import decide
from flows.check.graded import ranking_words, telling_words
from flows.check.items import Line
from flows.check.judge import judge
from flows.check.once import repeated
from flows.check.outcome import C, S, U
from flows.check.scene import Figure
from flows.check.segment import segment
from flows.check.sheet import Compiled, today_of
from flows.check.strangers import estranged
from flows.check.things import things_of
from flows.check.typed import Form, TypedClaim
from flows.check.verdict import Verdict
from flows.check.version import checker_version
from flows.quantities import find_quantities
from schemas.checking import Claim, Decision, Report, Unchecked
from schemas.quantity import Kind

#: A verdict has hundreds of characters, a whole page some thousands; beyond this a person must look.
MAX_CHARACTERS = 200_000
#: A sentence longer than this is no sentence that the forms were made for.
MAX_SENTENCE_TOKENS = 400


def check_text(
    text: str, compiled: Compiled, *, date: Date | None = None, scenes: list[discourse.Scene] | None = None
) -> Report:
    """The report on one text. Never raises for any text: what could not be checked is listed and blocks.

    `scenes`: a list that is given the sentences as they were read, for a second reader.
    """
    if len(text) > MAX_CHARACTERS:
        reason = f"the text has {len(text):,} characters; texts over {MAX_CHARACTERS:,} are not checked"
        return _report(text, [], [Unchecked(start=0, end=len(text), reason=reason)], compiled)
    claims: list[Claim] = []
    unchecked: list[Unchecked] = []
    try:
        for found in _check(text, compiled, today_of(compiled.case, date), [] if scenes is None else scenes):
            if isinstance(found, Claim):
                claims.append(found)
            else:
                unchecked.append(found)
    except Exception as error:  # noqa: BLE001  # any fault of the checker must block, not pass or crash
        unchecked.append(
            Unchecked(start=0, end=len(text), reason=f"the checker failed: {type(error).__name__}: {error}"[:300])
        )
    return _report(text, claims, unchecked, compiled)


def _report(text: str, claims: list[Claim], unchecked: list[Unchecked], compiled: Compiled) -> Report:
    ordered = tuple(claims)
    try:
        ordered = _rested(_merged(text, sorted(claims, key=lambda claim: (claim.start, claim.end))))
        return Report(
            claims=ordered,
            unchecked=tuple(unchecked),
            decision=decide(ordered, unchecked),
            checker_version=checker_version(compiled.lexicon.digest),
        )
    except Exception as error:  # noqa: BLE001  # a gate or a version that fails must block like any other stage
        failed = Unchecked(reason=f"the checker failed to decide: {type(error).__name__}: {error}"[:300])
        return Report(claims=ordered, unchecked=(*unchecked, failed), decision=Decision.REVIEW)


def _merged(text: str, claims: list[Claim]) -> tuple[Claim, ...]:
    """Neighbouring numbers that no metric can hold are one assertion: "accelerates to 100 km/h in 5.7 seconds"."""
    merged: list[Claim] = []
    for claim in claims:
        last = merged[-1] if merged else None
        if (
            last is not None
            and _homeless(last)
            and _homeless(claim)
            and last.clause == claim.clause
            and 0 <= claim.start - last.end <= 25
        ):
            merged[-1] = last.model_copy(update={"end": claim.end, "text": text[last.start : claim.end]})
        else:
            merged.append(claim)
    return tuple(merged)


def _rested(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Arithmetic between two figures of the text rests on the facts that those figures rest on."""
    return tuple(
        claim
        if claim.evidence or claim.label is not S
        else claim.model_copy(
            update={
                "evidence": tuple(
                    dict.fromkeys(
                        fact
                        for one in claims
                        if one.clause == claim.clause and one.end <= claim.start
                        for fact in one.evidence
                    )
                )
            }
        )
        for claim in claims
    )


def _homeless(claim: Claim) -> bool:
    return claim.label is U and claim.kind == Form.ABSOLUTE.value and not claim.evidence


def _check(
    text: str, compiled: Compiled, today: Date | None, scenes: list[discourse.Scene]
) -> Iterator[Claim | Unchecked]:
    document = segment(text, ranking_words(compiled.lexicon), telling_words(compiled.lexicon))
    quantities = sorted(find_quantities(text, compiled.two_parts), key=lambda quantity: quantity.start)
    reader = discourse.Reader(compiled)
    ctx = FormContext(compiled, today, things_of(document.sentences, compiled))
    for sentence in document.sentences:
        if len(sentence.tokens) > MAX_SENTENCE_TOKENS:
            yield Unchecked(
                start=sentence.start,
                end=sentence.end,
                reason=f"a sentence of {len(sentence.tokens)} words and marks is too long to read",
            )
            continue
        try:
            line = lines.read_line(sentence, quantities, compiled)
            if sentence.heading and _says_something(line):
                # "Flask: 12,000 requests per second" on a line of its own is printed like any other statement.
                sentence.heading = False
            scene = reader.read(line)
            scenes.append(scene)
            if sentence.heading or sentence.question:
                continue
            yield from _sentence(text, scene, ctx)
        except Exception as error:  # noqa: BLE001  # one sentence that cannot be read must not hide the others, nor pass
            yield Unchecked(
                start=sentence.start,
                end=sentence.end,
                reason=f"the checker failed here: {type(error).__name__}: {error}"[:300],
            )


def _says_something(line: Line) -> bool:
    """Whether a heading holds a figure, or grades a thing that it names."""
    numbers = any(
        item.kind == "n" and item.stated is not None and item.stated.quantity.kind is not Kind.VERSION
        for item in line.items
    )
    degrees = {item.degree for item in line.items}
    header = line.sentence.header
    if header is not None and header.beside and "superlative" in degrees:
        # "| Lowest price | Pell Mini |": the first cell is said of the name beside it.
        return True
    named = sum(item.kind == "e" for item in line.items)
    return numbers or bool(named and degrees & {"comparative", "superlative"}) or (named > 1 and "verb" in degrees)


def _sentence(text: str, scene: discourse.Scene, ctx: FormContext) -> Iterator[Claim]:
    judged: list[Judged] = []
    for form in forms_for(scene.line):
        for typed in form.read(scene, ctx):
            only.apply(scene, typed)
            told_behind.settle(scene, typed, ctx.compiled)
            scene.claimed.update(range(*typed.items))
            judged.append(_judged(typed, scene, ctx))
            if typed.stated is not None and judged[-1].verdict.label is not S:
                scene.failed.update(range(*typed.items))
    read = agreed(judged, ctx.compiled)
    factors = {factor for each in judged for factor in each.verdict.factors}
    read.update(repeated(judged, ctx.compiled))
    read.update(conjoined(judged, scene.line, ctx.compiled))
    for at, each in enumerate(judged):
        typed, verdict = each.claim, each.verdict
        if factors and _multiplies(typed, verdict, factors):
            continue
        if at in read and typed is judged[-1].claim:
            scene.last_metric = read[at].metric
        claim = _claim(text, typed, read.get(at, verdict), scene, ctx)
        if claim.reason != PARTLY and not (typed.tentative and claim.label is C):
            yield claim
    for typed in oblige.uncovered(scene):
        yield _claim(text, typed, _judged(typed, scene, ctx).verdict, scene, ctx)


def _multiplies(typed: TypedClaim, verdict: Verdict, factors: set[Decimal]) -> bool:
    """ "Twelve months of Vita come to $234": the count is what the price is multiplied with, and no value of its own."""
    stated = typed.stated
    if stated is None or typed.form is not Form.ABSOLUTE or verdict.label is S:
        return False
    quantity = stated.quantity
    return not stated.is_range and {stated.low, quantity.written_low, 12 * stated.low} & factors != set()


def _judged(typed: TypedClaim, scene: discourse.Scene, ctx: FormContext) -> Judged:
    """A claim with its verdict; what it was about is kept in the scene for the claims after it."""
    verdict = estranged(typed, judge(typed, ctx.compiled), scene, ctx.compiled)
    if verdict.metric is not None:
        told = typed.pair is not None and 0 <= typed.pair.verb < typed.items[0]
        scene.linked.append((max(0, typed.pair.verb - 1) if told and typed.pair else typed.items[0], verdict.metric))
        scene.last_metric = verdict.metric
        if typed.form is Form.ABSOLUTE:
            scene.figures.append(Figure(typed.items[0], verdict.metric, verdict.entities))
    return Judged(typed, verdict)


def _claim(text: str, typed: TypedClaim, verdict: Verdict, scene: discourse.Scene, ctx: FormContext) -> Claim:
    supported = verdict.label is S
    return Claim(
        start=typed.start,
        end=typed.end,
        text=text[typed.start : typed.end],
        label=verdict.label,
        kind=str(typed.form),
        evidence=_added(verdict.evidence, ctx.compiled),
        computation=verdict.computation
        if supported
        else _of_what(verdict, typed.form, ctx.compiled) + verdict.computation,
        reason=_elsewhere(verdict, ctx.compiled) or verdict.reason or ("" if supported else typed.reason),
        right=None if supported else verdict.right,
        runner_up=verdict.runner_up,
        suspect=typed.suspect or ((typed.start, typed.end) if verdict.label is C else None),
        clause=typed.clause or (scene.line.sentence.start, scene.line.sentence.end),
        reader=typed.reader,
        unread=not supported
        and verdict.label is U
        and not verdict.evidence
        and (typed.fixed is None or typed.form is Form.UNCOVERED),
    )


def _added(evidence: tuple[str, ...], compiled: Compiled) -> tuple[str, ...]:
    """The facts of sums, one by one."""
    parts = compiled.unions.parts
    if not parts or parts.keys().isdisjoint(evidence):
        return evidence
    return tuple(dict.fromkeys(fact for one in evidence for fact in parts.get(one, (one,))))


def _of_what(verdict: Verdict, form: Form, compiled: Compiled) -> str:
    """Whose cell of which metric a failed claim was held against: a lone "9.8 s is not 33" does not say it."""
    single = form in (Form.ABSOLUTE, Form.DATE, Form.CAPABILITY)
    if not single or verdict.metric is None or not verdict.computation:
        return ""
    names = [compiled.entity_names[entity] for entity in verdict.entities]
    shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
    return f"{shown}, {compiled.metrics[verdict.metric].metric.name}: " if names else ""


def _elsewhere(verdict: Verdict, compiled: Compiled) -> str:
    """The cell that has the stated value, in words."""
    if verdict.runner_up is None:
        return ""
    cell = compiled.by_fact.get(verdict.runner_up)
    if cell is None:
        return ""
    return f"the value is that of {compiled.entity_names[cell.entity]}, {compiled.metrics[cell.metric].metric.name} ({cell.fact})"
