"""A model's draft against the built-in drafter's on the same facts, by a model as judge.

Advisory: a judge's marks say nothing until they were compared with what editors decided.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flows.draft.builtin import write
from flows.draft.judging import CRITERIA, WHOLE, Judgement, ModelJudge, Side
from flows.errors import InputError
from flows.examine import examine
from flows.parts import Parts
from flows.store.records import DraftRecord
from schemas.drafts import Draft
from schemas.facts import FactSheet
from schemas.states import DraftState

#: What is judged: what both kinds of drafters write, and a reader reads first.
_JUDGED = ("short_answer", "verdict", "choose.")
#: How a side is called: the model's text is always the first.
_WHO = {Side.FIRST: "model", Side.SECOND: "built-in", Side.TIE: "tie"}


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison, judged. `writer` is the model that wrote the first text."""

    slug: str
    writer: str
    judgement: Judgement

    def who(self, key: str) -> str:
        """ "model", "built-in" or "tie", with a star where the judge followed the order."""
        return _WHO[self.judgement.marks[key]] + ("*" if key in self.judgement.flipped else "")


async def judge_drafts(parts: Parts, slugs: Sequence[str], judge: ModelJudge) -> list[Compared]:
    """The newest draft of a model that the store has for each, against the built-in drafter's on that draft's own facts.

    Raises InputError where there is no such draft, ModelError where the judge gives no usable answer.
    """
    run_id, found = f"judge-{uuid.uuid4().hex[:20]}", []
    try:
        for slug in slugs:
            record = _newest(parts, slug)
            sheet = parts.store.observations.sheet(record.sheet_hash)
            if sheet is None:
                raise InputError(f"{slug}: the facts of draft {record.id} are gone: `tiebreak run {slug} --redraft`")
            texts = _text(record.draft, sheet, parts), _text(write(sheet), sheet, parts)
            found.append(Compared(slug, record.model or "", await judge.compare(sheet, *texts, run_id)))
    finally:
        await judge.close()
    return found


def summary(found: Sequence[Compared]) -> str:
    """How often whom the judge preferred, and how often it only followed the order."""
    wins = Counter(_WHO[one.judgement.marks[WHOLE]] for one in found)
    flips = sum(len(one.judgement.flipped) for one in found)
    asked = len(found) * (len(CRITERIA) + 1)
    return (
        f"whole: model {wins['model']}, built-in {wins['built-in']}, tie {wins['tie']}; {flips} of {asked} marks "
        f"followed the order of the texts (*, counted as tie)"
    )


def _newest(parts: Parts, slug: str) -> DraftRecord:
    written = [one for one in parts.store.drafts.in_state(*DraftState, comparison=slug) if one.drafter == "model"]
    if not written:
        raise InputError(f"{slug}: the store has no draft of a model: `TIEBREAK_MODEL=... tiebreak run {slug}` first")
    return written[-1]


def _text(draft: Draft, sheet: FactSheet, parts: Parts) -> str:
    rendered = examine(draft, sheet, parts.lexicon).rendered
    return " ".join(one.text for one in rendered.sentences if one.block.startswith(_JUDGED))
