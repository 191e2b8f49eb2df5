"""What a drafter writes: lists of sentences in named blocks."""

from __future__ import annotations

from pydantic import Field

from schemas.catalogue import Closed


class Sentence(Closed):
    """Source text, with references: "FastAPI serves {{ fastapi.throughput }}"."""

    text: str


class Block(Closed):
    """A named list of sentences: short_answer, verdict, choose.<entity>, choose.neither, difference.<metric>,
    pros.<entity>, cons.<entity>, faq.<n>.question, faq.<n>.answer."""

    name: str
    sentences: tuple[Sentence, ...]


class Draft(Closed):
    """The source text of one revision. Block names are unique; order is the page's order."""

    blocks: tuple[Block, ...] = Field(min_length=1)

    def block(self, name: str) -> Block | None:
        """The block of that name, or None."""
        return next((block for block in self.blocks if block.name == name), None)


class RenderedSentence(Closed):
    """One sentence with its references replaced, at its place in the document that the checker reads."""

    block: str
    number: int
    text: str
    start: int
    end: int


class RenderedReference(Closed):
    """What one reference printed and where, in the same document. `facts` are the fact ids it rests on."""

    reference: str
    text: str
    start: int
    end: int
    facts: tuple[str, ...]


class RenderedDraft(Closed):
    """The whole draft as one text, blocks under neutral headings, with every span kept."""

    text: str
    sentences: tuple[RenderedSentence, ...]
    references: tuple[RenderedReference, ...]
