"""A draft with its references replaced, as the one document that the checker and the publisher read."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flows.errors import UnknownReference
from flows.references.headings import heading
from flows.references.scan import scan
from flows.references.table import Target, lookup
from schemas.drafts import Block, Draft, RenderedDraft, RenderedReference, RenderedSentence
from schemas.facts import FactSheet


@dataclass(frozen=True, slots=True)
class Problem:
    """A reference or delimiter that cannot be rendered. `number` counts the sentences of the block from 0."""

    block: str
    number: int
    text: str
    message: str


def problems(draft: Draft, sheet: FactSheet) -> tuple[Problem, ...]:
    """Everything in `draft` that `render` would refuse, in order: what goes back to whoever wrote it."""
    return tuple(_problems(draft, lookup(sheet)))


def render(draft: Draft, sheet: FactSheet) -> RenderedDraft:
    """`draft` as text under neutral headings, with the spans of every sentence and of every printed reference.

    Raises UnknownReference, naming block, sentence and the reference, for the first thing that is no known reference.
    """
    targets = lookup(sheet)
    problem = next(_problems(draft, targets), None)
    if problem is not None:
        raise UnknownReference(problem.message)
    out = _Document()
    for block in draft.blocks:
        out.block(block, heading(block.name, sheet), targets)
    return RenderedDraft(text=out.text, sentences=tuple(out.sentences), references=tuple(out.references))


def _problems(draft: Draft, targets: Mapping[str, Target]) -> Iterator[Problem]:
    for block in draft.blocks:
        for number, sentence in enumerate(block.sentences):
            where = f"block {block.name!r}, sentence {number + 1}"
            found = scan(sentence.text)
            for leftover in found.leftovers:
                message = f"{where}: {leftover.text!r} is no reference; write {{{{ entity.metric }}}} or plain text"
                yield Problem(block.name, number, leftover.text, message)
            for reference in found.references:
                if reference.path not in targets:
                    near = difflib.get_close_matches(reference.path, targets, n=1)
                    hint = f"; did you mean {near[0]!r}?" if near else "; no agreed fact has that name"
                    message = f"{where}: unknown reference {reference.path!r}{hint}"
                    yield Problem(block.name, number, reference.path, message)


class _Document:
    """The text as it grows, and where things stand in it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.sentences: list[RenderedSentence] = []
        self.references: list[RenderedReference] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def block(self, block: Block, title: str, targets: Mapping[str, Target]) -> None:
        listed = block.name.startswith(("pros.", "cons.", "choose."))
        if self._parts:
            self._add("\n\n")
        if title:
            self._add(f"{title}\n")
        for number, sentence in enumerate(block.sentences):
            if number:
                self._add("\n" if listed else " ")
            if listed:
                self._add("- ")
            self._sentence(block.name, number, sentence.text, targets)

    def _sentence(self, block: str, number: int, source: str, targets: Mapping[str, Target]) -> None:
        found = scan(" ".join(source.split()))
        start = self._length
        first = len(self._parts)
        at = 0
        for reference in found.references:
            self._add(found.text[at : reference.start])
            target = targets[reference.path]
            where = self._length
            self._add(target.text)
            self.references.append(
                RenderedReference(
                    reference=reference.path, text=target.text, start=where, end=self._length, facts=target.facts
                )
            )
            at = reference.end
        self._add(found.text[at:])
        text = "".join(self._parts[first:])
        self.sentences.append(RenderedSentence(block=block, number=number, text=text, start=start, end=self._length))

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
