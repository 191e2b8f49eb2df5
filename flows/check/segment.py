"""Segment: a text into sections, sentences and clauses.

A clause is not cut out; each token carries a `depth`, the sum of the clause boundaries before it, so that the distance of
two tokens grows with the boundaries between them and never has to be all or nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from flows.check import table
from flows.check.words import Token, tokenize
from flows.quantities.units import lookup

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"\s*(?:[-−*•–—·▪►+✓✔✗✘✅❌]|\d{1,2}[.)])\s+")
#: "## 2. Pick a broker": the number only counts the headings.
_HEADING = re.compile(r"\s*(?:#{1,6}\s+|\*\*(?=[^*]+\*\*:?\s*$))(?:\d{1,2}[.)]\s+)?")
_QA = re.compile(r"\s*(?:\*\*)?(?:Q(?:uestion)?|A(?:nswer)?)\s?\d{0,2}\s?[:.)]\s*(?:\*\*)?\s*", re.I)
_LABEL = re.compile(r"\s*(?:\*\*)?([^.!?:;\n]{1,70}?)(?:\*\*)?\s*:(?:\*\*)?(?=\s)")
_END = re.compile(r"[.!?…]+[\"'”’)\]*_]*(?=\s+[\"'“‘(\[*_]*[A-Z0-9a-z~$€£#\-–—]|\s*$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:vs|e\.g|i\.e|approx|etc|incl|excl|no|cf|resp|est|ca|min|max|avg|sec|hr|hrs|mins|Dr|Mr|Ms|St|Inc|Ltd|Corp|Fig|ver)|(?<!\d)(?<!\d )\b[A-HJ-VX-Z])\.$"
)

#: Words that open a clause, with the weight of the boundary before them.
_OPENERS = {
    "while": 1.0, "whereas": 1.0, "but": 1.0, "although": 1.0, "though": 0.8, "however": 1.0, "yet": 0.8, "because": 0.8, "since": 0.5, "unlike": 0.6,
    "which": 0.6, "where": 0.6, "who": 0.6, "so": 0.6, "if": 0.5, "when": 0.5, "and": 0.25, "or": 0.2, "plus": 0.5, "despite": 0.6, "except": 0.4,
}  # fmt: skip
_MARKS = {",": 0.5, ";": 1.2, ":": 0.5, "—": 0.8, "–": 0.6, "(": 0.4, ")": 0.4, "|": 1.0}

#: The weight of the boundary before a word or mark, and behind it.
_BOUNDARIES = {low: (weight, 0.0) for low, weight in _OPENERS.items()} | {
    mark: (0.0, weight) for mark, weight in _MARKS.items()
}

PROS = frozenset(
    {
        "pro",
        "pros",
        "strength",
        "strengths",
        "advantage",
        "advantages",
        "plus",
        "pluses",
        "upside",
        "upsides",
        "likes",
        "good",
        "wins",
    }
)
CONS = frozenset(
    {
        "con",
        "cons",
        "weakness",
        "weaknesses",
        "drawback",
        "drawbacks",
        "disadvantage",
        "disadvantages",
        "downside",
        "downsides",
        "minus",
        "minuses",
        "bad",
        "limitations",
        "caveats",
        "caveat",
    }
)
CHOOSE = frozenset({"choose", "pick", "select", "take", "when", "use", "recommendation", "who", "go"})

#: Of these words the ones that a question may hold without asking for either side.
_LOOSELY = frozenset({"good", "bad", "plus", "wins", "likes"})

#: List marks that say on which side an item stands.
_SIDES = {"+": "pros", "✓": "pros", "✔": "pros", "✅": "pros", "−": "cons", "✗": "cons", "✘": "cons", "❌": "cons"}


@dataclass(slots=True)
class Header:
    """What stands above or before a sentence: its tokens, and the kind of list that it opens."""

    tokens: list[Token]
    kind: str
    start: int
    end: int
    #: What the list items below it are, by the heading above it.
    list_kind: str = "plain"
    #: It stands in the same row of a table, so its words are as near as those of the cell itself.
    beside: bool = False


@dataclass(slots=True)
class Sentence:
    """One sentence. `depth[i]` belongs to `tokens[i]`. `section`: pros, cons, choose or plain; `bullet` when it is a list item."""

    start: int
    end: int
    tokens: list[Token]
    depth: list[float]
    question: bool = False
    bullet: bool = False
    section: str = "plain"
    header: Header | None = None
    paragraph: int = 0
    #: A heading line itself: context for what follows, no claim.
    heading: bool = False
    #: The words of the heading above, whatever label or blank line stands between.
    above: list[Token] = field(default_factory=list)
    #: Another sentence of the same paragraph follows.
    goes_on: bool = False


@dataclass(slots=True)
class Document:
    text: str
    sentences: list[Sentence] = field(default_factory=list)


def segment(text: str, ordering: Container[str] = (), telling: Container[str] = ()) -> Document:
    """The sentences of `text` in order. Headings are kept as sentences with `heading` set.

    `ordering`: words that put things in order; a label that holds one ("Fastest charge: X") says something and stays.
    `telling`: words that do so behind a name ("X answers faster: 5 ms").
    """
    document = Document(text)
    header: Header | None = None
    paragraph = 0
    blank_from = 0
    #: The nearest heading above that opens pros, cons or choices: a heading below it ("## Pros", "**Flask**") stays within.
    above, above_level = "plain", 0
    heads: list[tuple[int, int]] = []
    over: list[Token] = []
    #: Whether the line before was a list item, and its paragraph.
    listed, of_list = False, 0
    for line in _LINE.finditer(text):
        if text.count("\n", blank_from, line.start()) > 1:
            paragraph += 1
            if header is not None and header.kind == "plain":
                header = None
        blank_from = line.end()
        start, end = line.span()
        if not text[start:end].strip():
            continue
        cells = table.cells(text, start, end)
        if cells and table.is_rule(text, start, end):
            continue
        if cells and not heads:
            heads = cells
            continue
        if cells:
            document.sentences.extend(_row(text, cells, heads, paragraph))
            continue
        heads = []
        heading = _HEADING.match(text, start, end)
        bullet = None if heading else _BULLET.match(text, start, end)
        if heading or bullet:
            start = (heading or bullet).end()  # type: ignore[union-attr]  # one of the two matched
        if bullet is not None:
            listed = True
        elif listed:
            if paragraph != of_list and header is not None and header.kind in ("pros", "cons"):
                # What follows the list after a blank line is no part of it.
                header = None
            listed = False
        of_list = paragraph
        asked = _QA.match(text, start, end)
        if asked:
            start = asked.end()
        stripped = text[start:end].strip(" *_#\t:")
        alone = heading is not None or (not bullet and not asked and _is_heading_line(text[start:end]))
        if alone and stripped:
            header = _header(text, start, end)
            over = header.tokens
            level = _level(heading)
            if header.kind != "plain" or level <= above_level:
                above, above_level = header.kind, level
            elif above != "plain":
                header.list_kind = above
            # "**Which is faster?**" heads what follows, and asks it.
            asks = stripped.endswith("?")
            document.sentences.append(_sentence(text, start, end, header, paragraph, heading=not asks))
            continue
        known = len(document.sentences)
        header = _line(document, text, start, end, header, paragraph, bullet is not None, (ordering, telling))
        side = _SIDES.get(bullet.group().strip()) if bullet else None
        for sentence in document.sentences[known:]:
            sentence.above = over
            if side is not None and sentence.section == "plain":
                sentence.section = side
    for sentence, following in itertools.pairwise(document.sentences):
        sentence.goes_on = following.paragraph == sentence.paragraph and not following.heading
    return document


def _row(text: str, cells: list[tuple[int, int]], heads: list[tuple[int, int]], paragraph: int) -> Iterator[Sentence]:
    """The cells of a table's row, each a list item below the head of its column and the name of its row."""
    for column, (first, last) in enumerate(cells):
        if first == last:
            continue
        above = tokenize(text, *heads[column]) if column < len(heads) else []
        names = [tokenize(text, *cells[k]) for k in table.naming(text, cells, column)]
        header = _header(text, *(heads[column] if column < len(heads) else cells[0]))
        header.tokens = [*above, *itertools.chain.from_iterable(names)]
        header.start, header.end, header.beside = first, first, True
        cell = _sentence(text, first, last, header, paragraph, bullet=True, heading=not column)
        if column and cell.section == "plain":
            # What stands beside a name in a table is said of it, as in a list of its pros.
            cell.section = "pros"
        yield cell


def _level(heading: re.Match[str] | None) -> int:
    """How deep a heading stands: its hash marks, then bold, then a plain line."""
    marks = heading.group().strip() if heading is not None else ""
    return len(marks) if marks.startswith("#") else 7 if marks else 8


def _is_heading_line(line: str) -> bool:
    """A short line without an end mark, or one that ends in a colon, is a heading."""
    bare = line.strip().rstrip("*_ ")
    first = bare.split()[0].lower().strip("*_:") if bare.split() else ""
    if (first in PROS or first in CONS) and len(bare) <= 60 and bare[-1:] not in ".!?;":
        return True
    if bare.endswith(":"):
        return len(bare) <= 90
    return (
        len(bare) <= 60
        and bare[-1:] not in ".!?;,\"'”)"
        and len(bare.split()) <= 7
        and not re.search(r"\d\s*$|\b(?:is|are|has|was)\b|:\**\s.*\d", bare)
    )


def _header(text: str, start: int, end: int) -> Header:
    tokens = tokenize(text, start, end)
    lows = {token.low for token in tokens}
    kind = "plain"
    if "?" in lows:
        # "What is an eSIM good for?" opens no list of what is good.
        lows -= _LOOSELY
    if lows & {"fit", "who", "whom", "suited", "suits"}:
        kind = "choose"
    elif lows & PROS:
        kind = "pros"
    elif lows & CONS:
        kind = "cons"
    elif tokens and tokens[0].low in CHOOSE:
        kind = "choose"
    return Header(tokens, kind, start, end)


def _line(
    document: Document,
    text: str,
    start: int,
    end: int,
    header: Header | None,
    paragraph: int,
    bullet: bool,
    saying: tuple[Container[str], Container[str]],
) -> Header | None:
    """Adds the sentences of one line; a label before a colon ("Pros of X: ...") becomes their header."""
    for first, last in _sentence_spans(text, start, end):
        here = first
        label = _LABEL.match(text, here, last)
        if (
            label
            and _is_label(label.group(1))
            and label.end() < last
            and not _orders(label.group(1), *saying)
            and not _measures(label.group(1), text[label.end() : last])
        ):
            found = _header(text, label.start(1), label.end(1))
            if found.kind != "plain" or not bullet:
                if found.kind == "plain" and header is not None and header.kind != "plain":
                    found.kind = header.kind if bullet else "plain"
                header = (
                    found if not (found.kind in ("pros", "cons") and header is not None) else _merged(header, found)
                )
                here = label.end()
        document.sentences.append(_sentence(text, here, last, header, paragraph, bullet=bullet))
    return header


_DATED = re.compile(r"\((?:19|20)\d\d\)")


def _is_label(words: str) -> bool:
    """ "Pros of the Nikon Z6", "Verdict", "EV6 vs IONIQ 5"; a clause with a verb before a colon is a clause."""
    lows = [word.strip("*_(),").lower() for word in words.split()]
    if not lows or _DATED.search(words):
        # "Rowan 3 (2019): 45 kg" states a year, which a label would not be held to.
        return False
    if lows[0] in PROS or lows[0] in CONS or lows[-1] in PROS or lows[-1] in CONS:
        return len(lows) <= 9
    if lows[0] in CHOOSE:
        return len(lows) <= 7
    return len(lows) <= 5 and not _VERB_LIKE.intersection(lows)


def _orders(words: str, ordering: Container[str], telling: Container[str]) -> bool:
    """ "Fastest charge", "Most seats", "Cheapest of the 28", "X scans fastest", "X beats Y"; "Cons of the slowest" opens a list."""
    lows = [word.strip("*_(),").lower() for word in words.split()]
    if lows[0] in PROS or lows[0] in CONS or lows[0] in CHOOSE:
        return any(low in ordering for low in lows[:2])
    return any(
        low in ordering or (at and low in telling and lows[at - 1] not in _NOT_TOLD) for at, low in enumerate(lows)
    )


def _measures(words: str, following: str) -> bool:
    """ "X boots in 99 ms: ...", "9 ms cold: that is X": a label that states a figure; "At 64 kB: ..." says where."""
    written = [word.strip("*_(),") for word in words.split()]
    for at, word in enumerate(written):
        if not word[-1:].isalnum() or not any(char.isdigit() for char in word):
            continue
        if at < 2 and (not at or written[0].lower() in _WHERE):
            if _POINTING.match(following):
                return True
            continue
        unit = lookup(written[at + 1]) if word[-1].isdigit() and at + 1 < len(written) else None
        if unit is not None or word[0] in "$€£¥":
            return True
    return False


#: What opens a label that says under which conditions, and what points back to the figure of a label.
_WHERE = frozenset("at with under over for on in from by up per above below about around only just".split())
_POINTING = re.compile(r"\s*(?:that|this|which|it|such)\b", re.I)
#: Behind these a word of order says which one ("the cheaper option", "our top pick"), or what became of it.
_NOT_TOLD = frozenset("the a an our my your this that which is at got gets became becomes grew grows turned".split())


_VERB_LIKE = frozenset(
    "is are was were has have had looks look takes take needs need costs cost gets get wins does do comes uses use runs offers supports that which and but it they".split()
)


def _merged(old: Header, new: Header) -> Header:
    """ "Cons:" after "Pros of X:" keeps X: the words of the older header stay unless the new one has words of its own."""
    own = [
        token
        for token in new.tokens
        if token.low not in PROS and token.low not in CONS and token.low not in {"of", "the", "for", "with", "s", "'s"}
    ]
    return new if own else Header(old.tokens, new.kind, new.start, new.end)


def _sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    here = start
    for mark in _END.finditer(text, start, end):
        if (
            mark.group().startswith(".")
            and _ABBREVIATION.search(text, max(here, mark.start() - 8), mark.start() + 1)
            and mark.end() < end
        ):
            continue
        spans.append((here, mark.end()))
        here = mark.end()
    if text[here:end].strip():
        spans.append((here, end))
    return spans


def _sentence(
    text: str,
    start: int,
    end: int,
    header: Header | None,
    paragraph: int,
    *,
    bullet: bool = False,
    heading: bool = False,
) -> Sentence:
    tokens = tokenize(text, start, end)
    depth: list[float] = []
    total = 0.0
    for _, _, _, low in tokens:
        weights = _BOUNDARIES.get(low)
        if weights is None:
            depth.append(total)
        else:
            depth.append(total + weights[0])
            total += weights[0] + weights[1]
    first, last = (tokens[0].start, tokens[-1].end) if tokens else (start, end)
    return Sentence(
        first,
        last,
        tokens,
        depth,
        question=bool(tokens) and "?" in text[max(first, last - 3) : last],
        bullet=bullet,
        section="plain" if header is None else header.list_kind if bullet and header.kind == "plain" else header.kind,
        header=header,
        paragraph=paragraph,
        heading=heading,
    )
