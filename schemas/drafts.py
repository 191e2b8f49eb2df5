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


# What a model answers: the wire models stay in the subset of JSON schema that strict endpoints take (every key required,
# no defaults, no lengths, no unions with a discriminator); lengths and cross-field rules are held afterwards, and what
# breaks them goes back as repair feedback. Field order is the order of generation: thinking comes before choosing.


class WireSentence(Closed):
    text: str = Field(description="One sentence. Figures only as references, exactly as listed: {{ entity.metric }}.")


class WireChoice(Closed):
    entity: str = Field(description="Id of the entity.")
    conditions: list[WireSentence] = Field(
        description="One or two sentences: who should choose it, resting on a reference."
    )


class WireDifference(Closed):
    metric: str = Field(description="Id of the metric.")
    sentences: list[WireSentence] = Field(description="One sentence about the difference.")


class WireVerdict(Closed):
    reasoning: str = Field(description="Which metrics decide between the two, and for whom. Not published.")
    decisive_metrics: list[str] = Field(description="Ids of the two to four metrics that decide.")
    winner: str = Field(description="Id of the entity to prefer, or 'conditional' when it depends on the reader.")
    short_answer: list[WireSentence] = Field(description="One or two sentences that answer which to choose.")
    verdict: list[WireSentence] = Field(description="Two to four sentences, 40 to 90 words.")
    choices: list[WireChoice] = Field(description="One entry for each entity.")
    neither: list[WireSentence] = Field(description="At most one sentence on who should choose neither; may be empty.")
    differences: list[WireDifference] = Field(description="Three to five entries, the most decisive first.")


class WireFaq(Closed):
    question: str = Field(description="A question a reader would ask, ending in '?', naming at least one entity.")
    answer: list[WireSentence] = Field(description="One to three sentences that answer it with references.")


class WireFaqs(Closed):
    reasoning: str = Field(description="What a reader would still want to know. Not published.")
    faqs: list[WireFaq] = Field(description="Three to eight entries.")


class WireEntity(Closed):
    reasoning: str = Field(description="Which figures speak for it and which against it. Not published.")
    pros: list[WireSentence] = Field(description="Two to four sentences, each resting on a reference to this entity.")
    cons: list[WireSentence] = Field(description="One to three sentences, each resting on a reference to this entity.")


class WireMark(Closed):
    criterion: str = Field(description="decisive, grounded, useful, fair or plain.")
    reasoning: str = Field(description="One sentence, before the mark.")
    mark: str = Field(description="'A', 'B' or 'tie'.")


class WireJudgement(Closed):
    marks: list[WireMark] = Field(description="One entry for each of the five criteria.")
    whole: str = Field(description="'A', 'B' or 'tie'.")
