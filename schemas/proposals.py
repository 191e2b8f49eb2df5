"""What a second reader proposes: typed claims about quoted phrases. It never carries a label; the checker's executor decides.

In the subset of JSON schema that strict endpoints take: every key required, no defaults, no lengths. Empty strings, empty
lists, 0 and "none" stand for what a phrase does not have.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from schemas.catalogue import Closed

WireForm = Literal[
    "absolute", "comparison", "ratio", "percent", "difference", "rank", "same", "capability", "date", "no_fact"
]
WireHedge = Literal[
    "none",
    "about",
    "nearly",
    "just over",
    "over",
    "at least",
    "under",
    "at most",
    "up to",
    "slightly",
    "much",
    "dramatically",
]


class WireProposal(Closed):
    """One assertion of the text, as one reader understands it."""

    quote: str = Field(
        description="The exact words of the text that make the claim, the shortest run that carries it, at most 200 characters."
    )
    occurrence: int = Field(description="Which occurrence of these words in the text is meant, counted from 1.")
    form: WireForm = Field(
        description="absolute: a value of something. comparison: more or less than another, without a number. ratio: N times, twice, half. "
        "percent: N % more, less or of. difference: N units more, less or apart. rank: first, last, fastest. same: equal, on par. "
        "capability: has, supports, lacks. date: a year or day. no_fact: an assertion that no listed fact is about."
    )
    subjects: list[str] = Field(description="Ids of the entities that the claim is about; every one must satisfy it.")
    comparands: list[str] = Field(description="Ids of the entities it is measured against; empty when there are none.")
    metric: str = Field(description="Id of the metric that the words speak of; empty with no_fact.")
    value: str = Field(description="The number as the quote writes it, without its unit; empty when it has none.")
    unit: str = Field(description="The unit as the quote writes it; empty when it has none.")
    hedge: WireHedge = Field(description="How the words qualify the number, or how far apart they say two values are.")
    direction: Literal["none", "higher", "lower", "better", "worse"] = Field(
        description="Where the subject is said to lie against the comparand: the larger or smaller value, or the better or worse side."
    )
    relation: Literal["none", "change", "share", "gap", "within"] = Field(
        description="For ratio and percent. change: N times or N % more or less. share: N times or N % of the comparand's value. "
        "gap: only the size of the gap. within: at most that far apart."
    )
    polarity: Literal["affirmed", "denied"] = Field(description="denied when the words deny it: not, no, lacks.")
    rank: int = Field(description="For rank: 1 for first, 2 for second, -1 for last; else 0.")
    scope: Literal["listed", "wider"] = Field(
        description="wider when it is said of more things than the listed entities, such as a whole market."
    )
    scope_size: int = Field(description="The stated number of things compared ('of the four'); 0 when none is stated.")
    only: bool = Field(description="True when the words say that nothing else does: only, alone, sole.")


class WireProposals(Closed):
    """The second reader's answer for one text."""

    claims: list[WireProposal] = Field(description="Every checkable assertion of the text, in order.")
