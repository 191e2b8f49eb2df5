"""The draft's sentences, cut at their references, so that each printed figure links to where it comes from."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from flows.publish.provenance import Note, Provenance
from schemas.drafts import RenderedDraft, RenderedSentence
from schemas.facts import FactSheet

Sentences = tuple["Sentence", ...]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text. `note` is set where it is a figure: the first of the notes that it rests on; `title` names them."""

    text: str
    note: Note | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The sentence without its links."""
        return "".join(segment.text for segment in self.segments)


@dataclass(frozen=True, slots=True)
class Question:
    question: Sentences
    answer: Sentences


@dataclass(frozen=True, slots=True)
class Choice:
    """When to choose one side; `entity` is its id, `heading` how the card is headed."""

    entity: str
    heading: str
    sentences: Sentences


@dataclass(frozen=True, slots=True)
class Difference:
    """What the draft says of one metric, beside the metric's name."""

    metric: str
    heading: str
    sentences: Sentences


@dataclass(frozen=True, slots=True)
class ProsAndCons:
    entity: str
    name: str
    pros: Sentences
    cons: Sentences


@dataclass(frozen=True, slots=True)
class Prose:
    """A draft by the sections of the page. Empty tuples where the draft has no such block."""

    short_answer: Sentences
    verdict: Sentences
    choices: tuple[Choice, ...]
    neither: Sentences
    differences: tuple[Difference, ...]
    pros_and_cons: tuple[ProsAndCons, ...]
    questions: tuple[Question, ...]


def arrange(draft: RenderedDraft, sheet: FactSheet, provenance: Provenance) -> Prose:
    """The draft's blocks at their places in the page."""
    blocks = cut(draft, provenance)
    metrics = {metric.id: metric.name for metric in sheet.metrics}
    sides = [
        ProsAndCons(entity.id, entity.name, blocks.get(f"pros.{entity.id}", ()), blocks.get(f"cons.{entity.id}", ()))
        for entity in sheet.entities
    ]
    choices = [
        Choice(entity.id, f"Choose {entity.name} if", blocks.get(f"choose.{entity.id}", ()))
        for entity in sheet.entities
    ]
    return Prose(
        short_answer=blocks.get("short_answer", ()),
        verdict=blocks.get("verdict", ()),
        choices=tuple(choice for choice in choices if choice.sentences),
        neither=blocks.get("choose.neither", ()),
        differences=tuple(
            Difference(metric, metrics.get(metric, metric.replace("_", " ")), sentences)
            for name, sentences in blocks.items()
            if name.startswith("difference.") and (metric := name.removeprefix("difference."))
        ),
        pros_and_cons=tuple(side for side in sides if side.pros or side.cons),
        questions=_questions(blocks),
    )


def cut(draft: RenderedDraft, provenance: Provenance) -> dict[str, Sentences]:
    """Sentences by block, each cut into plain text and figures. Joined, the segments give back the sentence."""
    references = sorted(draft.references, key=lambda reference: reference.start)
    starts = [reference.start for reference in references]
    blocks: dict[str, list[Sentence]] = {}
    for sentence in draft.sentences:
        segments = []
        at = sentence.start
        for reference in references[bisect_left(starts, sentence.start) :]:
            if reference.start >= sentence.end:
                break
            if reference.start < at or reference.end > sentence.end:
                continue
            if reference.start > at:
                segments.append(Segment(_part(sentence, at, reference.start)))
            notes = provenance.of_facts(reference.facts)
            text = _part(sentence, reference.start, reference.end)
            segments.append(Segment(text, notes[0], _title(notes)) if notes else Segment(text))
            at = reference.end
        if at < sentence.end:
            segments.append(Segment(_part(sentence, at, sentence.end)))
        blocks.setdefault(sentence.block, []).append(Sentence(tuple(segments)))
    return {name: tuple(sentences) for name, sentences in blocks.items()}


def _part(sentence: RenderedSentence, start: int, end: int) -> str:
    return sentence.text[start - sentence.start : end - sentence.start]


def _title(notes: tuple[Note, ...]) -> str:
    return "; ".join(f"[{note.number}] {note.entity}, {note.metric}: {note.raw}" for note in notes[:4])


def _questions(blocks: Mapping[str, Sentences]) -> tuple[Question, ...]:
    """Pairs in the draft's order; a question without an answer, or an answer without its question, is not shown."""
    found = []
    for name, sentences in blocks.items():
        if name.startswith("faq.") and name.endswith(".question"):
            answer = blocks.get(name.removesuffix("question") + "answer", ())
            if answer:
                found.append(Question(sentences, answer))
    return tuple(found)
