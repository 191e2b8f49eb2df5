"""Taking out sentences that fail, where the rest stands."""

from __future__ import annotations

from schemas.checking import Label, Report
from schemas.drafts import Block, Draft, RenderedDraft

#: Without one of these there is no page: they may lose sentences, but not all of them.
_NEEDED = ("short_answer", "verdict")


def without_failing(draft: Draft, rendered: RenderedDraft, report: Report) -> Draft | None:
    """The draft without every sentence that a failing claim touches, or None when too much would be gone.

    A question goes with its answer and the other way round; a block that is empty goes. None when a needed block
    would be empty, or when something failed that belongs to no sentence.
    """
    failing: set[tuple[str, int]] = set()
    spans = [(claim.start, claim.end) for claim in report.claims if claim.label is not Label.SUPPORTED]
    spans += [(one.start, one.end) for one in report.unchecked]
    for start, end in spans:
        touched = [(s.block, s.number) for s in rendered.sentences if start < s.end and s.start < max(end, start + 1)]
        if not touched:
            return None
        failing.update(touched)
    kept = [
        Block(
            name=block.name, sentences=tuple(s for n, s in enumerate(block.sentences) if (block.name, n) not in failing)
        )
        for block in draft.blocks
    ]
    left = {block.name for block in kept if block.sentences}
    if not all(name in left for name in _NEEDED):
        return None
    blocks = tuple(block for block in kept if block.name in left and _other_half(block.name) in left | {""})
    return Draft(blocks=blocks)


def _other_half(name: str) -> str:
    if not name.startswith("faq."):
        return ""
    head, _, half = name.rpartition(".")
    return f"{head}.{'answer' if half == 'question' else 'question'}"
