"""Rendering a draft and checking it, and the hashes that an approval is bound to. No I/O."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable

from flows.check import Compiled, case_from_sheet, check_text, compile_case
from flows.check.lexicon import STANDARD, Lexicon
from flows.check.version import checker_version
from flows.draft.port import Examined
from flows.references import render
from schemas.checking import Claim, Decision, Report, Unchecked
from schemas.drafts import Draft, RenderedDraft
from schemas.facts import FactSheet


def examine(draft: Draft, sheet: FactSheet, lexicon: Lexicon = STANDARD) -> Examined:
    """Render `draft` and check the whole text as if no reference had existed. Fails closed.

    Raises UnknownReference when the draft cannot be rendered.
    """
    return examiner(sheet, lexicon)(draft)


def examiner(sheet: FactSheet, lexicon: Lexicon = STANDARD) -> Callable[[Draft], Examined]:
    """`examine` for many drafts of one sheet: what the checker makes of the facts is made once, at the first draft."""
    compiled: list[Compiled] = []

    def one(draft: Draft) -> Examined:
        rendered = render(draft, sheet)
        try:
            if not compiled:
                compiled.append(compile_case(case_from_sheet(sheet), lexicon))
            report = check_text(rendered.text, compiled[0], date=sheet.today)
        except Exception as error:  # noqa: BLE001 - whatever breaks in the checker must stop the page, not the run
            reason = f"the checker failed: {type(error).__name__}: {error}"
            report = Report(
                unchecked=(Unchecked(reason=reason),),
                decision=Decision.REVIEW,
                checker_version=checker_version(lexicon.digest),
            )
        return Examined(rendered, report)

    return one


def revision_hash(draft: Draft) -> str:
    """Of the source text of all blocks."""
    return _digest([[block.name, [sentence.text for sentence in block.sentences]] for block in draft.blocks])


def claim_keys(rendered: RenderedDraft, claims: tuple[Claim, ...]) -> list[tuple[str, int, int, str]]:
    """(block, sentence no, ordinal in the sentence, form) of every claim, in the order of the text."""
    seen: dict[tuple[str, int], int] = {}
    keys = []
    for claim in sorted(claims, key=lambda one: (one.start, one.end, one.kind)):
        home = next(((s.block, s.number) for s in rendered.sentences if s.start <= claim.start < s.end), ("", -1))
        seen[home] = seen.get(home, -1) + 1
        keys.append((*home, seen[home], claim.kind))
    return keys


def labels_hash(examined: Examined) -> str:
    """Of the set of (claim key, label): what an approval is bound to."""
    ordered = sorted(examined.report.claims, key=lambda one: (one.start, one.end, one.kind))
    keys = claim_keys(examined.rendered, tuple(ordered))
    return _digest([[*key, claim.label.value] for key, claim in zip(keys, ordered, strict=True)])


def report_hash(examined: Examined) -> str:
    """Of the checker's version and the labels."""
    return _digest([examined.report.checker_version, labels_hash(examined)])


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
