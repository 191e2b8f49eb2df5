"""How alike the pages read once their facts are masked: shared runs of five words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from evals.candidates import Candidate

SIZE = 5
_TOKEN = re.compile(r"<\w+>|[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")

Shingles = frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Overlap:
    """`nearest`: for each page its highest Jaccard overlap with any other page. `copied`: the share of its runs that
    stand on any other page, which grows with the number of pages. `pairs`: the median over all pairs of pages."""

    nearest: Mapping[str, float]
    copied: Mapping[str, float]
    pairs: float

    @property
    def median(self) -> float:
        """The median over pages of `nearest`."""
        return median(self.nearest.values()) if self.nearest else 0.0

    @property
    def median_copied(self) -> float:
        return median(self.copied.values()) if self.copied else 0.0


def masked(candidate: Candidate) -> str:
    """The prose with every printed reference, name and figure replaced by a mark, headings left out."""
    parts = []
    for sentence in candidate.rendered.sentences:
        text, at = "", sentence.start
        for r in candidate.rendered.references:
            if sentence.start <= r.start < sentence.end:
                text += candidate.rendered.text[at : r.start] + " <fact> "
                at = r.end
        parts.append(text + candidate.rendered.text[at : sentence.end])
    prose = "\n".join(parts)
    for name in candidate.spoken:
        prose = prose.replace(name, "<name>")
    return re.sub(r"\d[\d.,]*", "<fact>", prose)


def shingles(text: str) -> Shingles:
    """All runs of five tokens, within a line."""
    found = set()
    for line in text.splitlines():
        tokens = [token.lower() for token in _TOKEN.findall(line)]
        found |= {tuple(tokens[i : i + SIZE]) for i in range(len(tokens) - SIZE + 1)}
    return frozenset(found)


def overlap(candidates: Sequence[Candidate]) -> Overlap:
    """The overlap of every page with the others. Quadratic in the number of pages."""
    pages = {candidate.slug: shingles(masked(candidate)) for candidate in candidates}
    between = {
        (a, b): len(pages[a] & pages[b]) / len(pages[a] | pages[b]) if pages[a] | pages[b] else 0.0
        for a in pages
        for b in pages
        if a < b
    }
    nearest = {slug: max((v for pair, v in between.items() if slug in pair), default=0.0) for slug in pages}
    copied = {}
    for slug, own in pages.items():
        others = frozenset().union(*(page for other, page in pages.items() if other != slug))
        copied[slug] = len(own & others) / len(own) if own else 0.0
    return Overlap(nearest, copied, median(between.values()) if between else 0.0)
