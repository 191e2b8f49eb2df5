"""Rendering a draft and checking it, and the hashes that an approval is bound to. No I/O."""

from __future__ import annotations

import hashlib
import json
import pickle
from functools import cached_property

from flows.check import Compiled, case_from_sheet, compile_case
from flows.check.lexicon import STANDARD, Lexicon
from flows.checkers import Checkers, checked
from flows.draft.port import Examined
from flows.references import render
from schemas.checking import CheckCase, Claim, Report
from schemas.drafts import Draft, RenderedDraft
from schemas.facts import FactSheet


def examine(draft: Draft, sheet: FactSheet, lexicon: Lexicon = STANDARD) -> Examined:
    """Render `draft` and check the whole text as if no reference had existed. Fails closed.

    Raises UnknownReference when the draft cannot be rendered.
    """
    return Examiner(sheet, lexicon).now(draft)


class Examiner:
    """`examine` for many drafts of one sheet: what the checker makes of the facts is made once, at the first draft."""

    def __init__(self, sheet: FactSheet, lexicon: Lexicon = STANDARD, checkers: Checkers | None = None) -> None:
        """`checkers`: where to check, so that other comparisons are not kept waiting; None: here, where none wait."""
        self._sheet, self._lexicon, self._checkers = sheet, lexicon, checkers

    async def __call__(self, draft: Draft) -> Examined:
        """Raises UnknownReference when the draft cannot be rendered."""
        if self._checkers is None:
            return self.now(draft)
        rendered = render(draft, self._sheet)
        report = await self._checkers.report(lambda: self._pickled, rendered.text, self._sheet.today, self._report)
        return Examined(rendered, report)

    def now(self, draft: Draft) -> Examined:
        """The same at once."""
        rendered = render(draft, self._sheet)
        return Examined(rendered, self._report(rendered.text))

    def _report(self, text: str) -> Report:
        return checked(text, lambda: self._compiled, self._sheet.today, self._lexicon)

    @cached_property
    def _compiled(self) -> Compiled:
        return compile_case(self._case, self._lexicon)

    @cached_property
    def _case(self) -> CheckCase:
        return case_from_sheet(self._sheet)

    @cached_property
    def _pickled(self) -> bytes:
        return pickle.dumps(self._case)


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
