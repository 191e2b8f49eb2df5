"""From a validated answer to blocks, and the rules beyond the schema: lengths, counts, who may be named where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from flows.references import scan
from schemas.drafts import Block, Draft, Sentence, WireEntity, WireFaqs, WireSentence, WireVerdict

#: Characters of one sentence; words of the whole verdict.
MAX_SENTENCE = 400
VERDICT_WORDS = (25, 120)

_ORDER = {"short_answer": 0, "verdict": 1, "choose": 2, "difference": 3, "pros": 4, "cons": 5, "faq": 6}
#: Prose has no tags, entities, links or code; a page shows them as they stand.
_MARKUP = re.compile(
    r"<[a-z/!?]|&(?:[a-z]{2,8}|#x?[0-9a-f]{1,6});|https?:|www\.|\]\(|`|\*\*|javascript:|on\w{3,12}=", re.I
)
#: What a model says that speaks of its task instead of the two, or repeats what a fact told it to do.
_RESIDUE = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,40}\b(?:instructions?|rules?|prompts?|above|previous)\b"
    r"|\bas an ai\b|\blanguage model\b|\bsystem prompt\b|\bDATA-[0-9a-f]{8,}|<<|>>|<\||\|>"
    r"|\brate (?:this|it|me)\b|\bI(?:'m| am| cannot| can't| have tested)\b",
    re.I,
)
#: Every match of `_MARKUP` and of `_RESIDUE` holds one of these, in lower case, where the text is ASCII.
_MARKUP_SIGNS = ("<", "&", ":", "www.", "](", "`", "**", "=")
_RESIDUE_SIGNS = (
    "ignore", "disregard", "forget", "override", "as an ai", "language model", "system prompt", "data-", "<", ">",
    "rate ", "i'm", "i am", "i can", "i have",
)  # fmt: skip


@dataclass(slots=True)
class Shaped:
    """The blocks that can be used, and what was wrong.

    `faults` are rules that the blocks still break; `dropped` say which sentences were left out and why. Both go back
    to the model; only the former keep a page from being published without an editor.
    """

    blocks: list[Block] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)

    def add(self, name: str, sentences: Iterable[WireSentence]) -> bool:
        """A block of what can be shown of `sentences`. Whether anything was left."""
        kept = []
        for number, one in enumerate(sentences, 1):
            text = plain(one.text)
            if not text:
                continue
            if found := _search(_MARKUP, _MARKUP_SIGNS, text):
                self.dropped.append(f"{name}.{number}: plain prose only, no markup, links or code: {found[0]!r}")
            elif found := _search(_RESIDUE, _RESIDUE_SIGNS, text):
                self.dropped.append(f"{name}.{number}: write about the two only, for their readers: {found[0]!r}")
            elif len(text) > MAX_SENTENCE:
                self.dropped.append(f"{name}.{number}: {len(text)} characters, wanted at most {MAX_SENTENCE}")
            else:
                kept.append(Sentence(text=text))
        if kept:
            self.blocks.append(Block(name=name, sentences=tuple(kept)))
        return bool(kept)


def verdict_blocks(answer: WireVerdict, entities: Iterable[str], metrics: Iterable[str]) -> Shaped:
    """Short answer, verdict, choices and differences. Without one of the first two there is nothing to publish."""
    ids, known, shaped = list(entities), set(metrics), Shaped()
    if answer.winner not in (*ids, "conditional"):
        shaped.faults.append(f"winner: must be one of {ids} or 'conditional', not {answer.winner[:40]!r}")
    shaped.faults += [
        f"decisive_metrics: {one[:40]!r} is no metric" for one in answer.decisive_metrics if one not in known
    ]
    whole = shaped.add("short_answer", answer.short_answer)
    whole = shaped.add("verdict", answer.verdict) and whole
    if not whole:
        return Shaped(faults=[*shaped.faults, "short_answer and verdict: neither may be empty", *shaped.dropped])
    words = sum(len(one.text.split()) for one in answer.verdict)
    if not VERDICT_WORDS[0] <= words <= VERDICT_WORDS[1]:
        shaped.faults.append(f"verdict: {words} words, wanted 40 to 90")
    chosen = {choice.entity: choice for choice in answer.choices}
    shaped.dropped += [f"choices: {one[:40]!r} is no entity of this comparison" for one in chosen if one not in ids]
    for one in ids:
        if one not in chosen or not shaped.add(f"choose.{one}", chosen[one].conditions):
            shaped.faults.append(f"choices: no entry for {one!r}")
    shaped.add("choose.neither", answer.neither[:1])
    seen: set[str] = set()
    for difference in answer.differences:
        if difference.metric not in known:
            shaped.dropped.append(f"differences: {difference.metric[:40]!r} is no metric of this sheet")
        elif difference.metric not in seen:
            seen.add(difference.metric)
            shaped.add(f"difference.{difference.metric}", difference.sentences)
    return shaped


def faq_blocks(answer: WireFaqs, names: Iterable[str]) -> Shaped:
    """Questions with their answers; one without the other is left out."""
    lowered, shaped = [name.lower() for name in names], Shaped()
    asked: set[str] = set()
    count = 0
    for number, faq in enumerate(answer.faqs[:8], 1):
        question = plain(faq.question)
        if rule := _question_fault(question, lowered, asked):
            shaped.dropped.append(f"faqs.{number}.question: {rule}")
            continue
        asked.add(question.lower())
        pair = Shaped()
        whole = pair.add(f"faq.{count + 1}.question", [WireSentence(text=question)])
        whole = pair.add(f"faq.{count + 1}.answer", faq.answer) and whole
        shaped.dropped += pair.dropped
        if whole:
            count += 1
            shaped.blocks += pair.blocks
    if not 3 <= count <= 8 or len(answer.faqs) > 8:
        shaped.faults.append(f"faqs: {count} usable entries, wanted 3 to 8")
    return shaped


def entity_blocks(answer: WireEntity, entity: str) -> Shaped:
    """Pros and cons of one entity. A sentence that rests on nothing, or on another's facts, is left out."""
    shaped = Shaped()
    for part, sentences in (("pros", answer.pros), ("cons", answer.cons)):
        kept = []
        for number, sentence in enumerate(sentences[:8], 1):
            paths = [reference.path for reference in scan(sentence.text).references]
            foreign = [path for path in paths if path.split(".")[0] != entity]
            if not paths:
                shaped.dropped.append(f"{part}.{number}: rests on no reference: {sentence.text[:60]!r}")
            elif foreign:
                shaped.dropped.append(f"{part}.{number}: {foreign[0]!r} is not a fact of {entity!r}")
            else:
                kept.append(sentence)
        if not shaped.add(f"{part}.{entity}", kept[:5]):
            shaped.faults.append(f"{part}: no usable sentence, wanted 1 to 5")
    return shaped


def without(blocks: Iterable[Block], unusable: set[tuple[str, int]]) -> list[Block]:
    """The blocks without the sentences (block, number from 0) that cannot be used; a question goes with its answer.

    Empty when a short answer or a verdict would be left without the other: then nothing stands.
    """
    kept = []
    for block in blocks:
        left = tuple(one for number, one in enumerate(block.sentences) if (block.name, number) not in unusable)
        if left:
            kept.append(Block(name=block.name, sentences=left))
    names = {block.name for block in kept}
    if len(names & {"short_answer", "verdict"}) == 1:
        return []
    return [block for block in kept if _partner(block.name) in names | {None}]


def assemble(blocks: Iterable[Block]) -> Draft:
    """A draft in the page's order: answer, verdict, choices, differences, pros and cons, FAQs."""
    return Draft(blocks=tuple(sorted(blocks, key=lambda block: _ORDER.get(block.name.partition(".")[0], 9))))


def plain(text: str) -> str:
    """A sentence on one line, without control, zero-width, bidi and tag characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = "".join(
        " " if one in "\n\r\t" else one for one in text if one in "\n\r\t" or unicodedata.category(one)[0] != "C"
    )
    return " ".join(kept.split())


def _search(pattern: re.Pattern[str], signs: tuple[str, ...], text: str) -> re.Match[str] | None:
    """`pattern.search`, which is slow, only where a sign of it stands in the text.

    Other alphabets have letters that fold into ours when case is ignored, so their texts are always searched.
    """
    lowered = text.lower()
    if text.isascii() and not any(sign in lowered for sign in signs):
        return None
    return pattern.search(text)


def _question_fault(question: str, names: list[str], asked: set[str]) -> str | None:
    if not question.endswith("?"):
        return "must end in '?'"
    if not any(name in question.lower() for name in names):
        return "must name an entity"
    return "stands there twice" if question.lower() in asked else None


def _partner(name: str) -> str | None:
    """What a block cannot stand without: a question's answer, an answer's question."""
    for half, other in ((".question", ".answer"), (".answer", ".question")):
        if name.startswith("faq.") and name.endswith(half):
            return name.removesuffix(half) + other
    return None
