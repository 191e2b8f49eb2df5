"""The rules beyond the schema: what is dropped, what stays as a fault, and that the rest stands."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.draft import shape
from flows.draft.shape import assemble, entity_blocks, faq_blocks, plain, verdict_blocks, without
from schemas.drafts import (
    Block,
    Sentence,
    WireChoice,
    WireDifference,
    WireEntity,
    WireFaq,
    WireFaqs,
    WireSentence,
    WireVerdict,
)

IDS, METRICS = ["swift", "homely"], ["volume", "price"]
WORDS = "Swift boils faster than Homely does and it costs more than most people who boil water once a day would ever want to pay for it."


def said(*texts: str) -> list[WireSentence]:
    return [WireSentence(text=text) for text in texts]


def verdict(**changes: object) -> WireVerdict:
    given: dict[str, object] = {
        "reasoning": "r",
        "decisive_metrics": ["volume"],
        "winner": "swift",
        "short_answer": said("Swift."),
        "verdict": said(WORDS),
        "choices": [WireChoice(entity=one, conditions=said(f"Choose {one} if you like it.")) for one in IDS],
        "neither": [],
        "differences": [WireDifference(metric="volume", sentences=said("It holds more."))],
    }
    return WireVerdict.model_validate(given | changes)


def names(blocks: list[Block]) -> list[str]:
    return [block.name for block in blocks]


def test_a_whole_verdict_has_no_fault():
    shaped = verdict_blocks(verdict(), IDS, METRICS)
    assert (shaped.faults, shaped.dropped) == ([], [])
    assert names(shaped.blocks) == ["short_answer", "verdict", "choose.swift", "choose.homely", "difference.volume"]


@pytest.mark.parametrize(
    ("changes", "said_of_it"),
    [
        ({"winner": "kettle"}, "winner: must be one of"),
        ({"decisive_metrics": ["taste"]}, "decisive_metrics: 'taste' is no metric"),
        ({"choices": []}, "choices: no entry for 'swift'"),
        ({"verdict": said("Too short.")}, "verdict: 2 words, wanted 40 to 90"),
        ({"verdict": said(*[WORDS] * 6)}, "words, wanted 40 to 90"),
    ],
)
def test_a_rule_that_is_broken_is_named_and_the_rest_kept(changes: dict[str, object], said_of_it: str):
    shaped = verdict_blocks(verdict(**changes), IDS, METRICS)
    assert any(said_of_it in one for one in shaped.faults)
    assert "short_answer" in names(shaped.blocks)


@pytest.mark.parametrize("part", ["short_answer", "verdict"])
def test_without_an_answer_or_a_verdict_nothing_stands(part: str):
    shaped = verdict_blocks(verdict(**{part: said("<b>bold</b>")}), IDS, METRICS)
    assert shaped.blocks == []
    assert shaped.faults


def test_a_metric_or_entity_that_is_none_of_ours_is_left_out():
    other = [WireDifference(metric="taste", sentences=said("It tastes."))]
    shaped = verdict_blocks(verdict(differences=other), IDS, METRICS)
    assert "difference.taste" not in names(shaped.blocks)
    assert shaped.dropped


@pytest.mark.parametrize(
    "text",
    [
        "Read <b>this</b>.",
        "Read <script>alert(1)</script>",
        "See https://example.org now.",
        "See www.example.org now.",
        "See [this](x).",
        "Write `code` here.",
        "This is **bold**.",
        "An &lt; entity.",
        "A javascript:alert(1) link.",
        "x" * 401,
    ],
)
def test_markup_links_and_walls_of_text_are_left_out_and_named(text: str):
    shaped = verdict_blocks(verdict(neither=said(text)), IDS, METRICS)
    assert "choose.neither" not in names(shaped.blocks)
    assert len(shaped.dropped) == 1


def test_pros_that_rest_on_nothing_or_on_another_are_left_out():
    answer = WireEntity(
        reasoning="r",
        pros=said("It is good.", "It holds {{ swift.volume }}.", "It beats {{ homely.volume }}."),
        cons=said("It costs {{ swift.price }}."),
    )
    shaped = entity_blocks(answer, "swift")
    assert [sentence.text for block in shaped.blocks for sentence in block.sentences] == [
        "It holds {{ swift.volume }}.",
        "It costs {{ swift.price }}.",
    ]
    assert len(shaped.dropped) == 2
    assert shaped.faults == []


def test_an_entity_without_a_con_is_a_fault():
    shaped = entity_blocks(WireEntity(reasoning="r", pros=said("It holds {{ swift.volume }}."), cons=[]), "swift")
    assert shaped.faults == ["cons: no usable sentence, wanted 1 to 5"]


def faqs(*questions: str) -> WireFaqs:
    return WireFaqs(reasoning="r", faqs=[WireFaq(question=one, answer=said("Yes.")) for one in questions])


def test_questions_are_questions_about_the_two_and_asked_once():
    shaped = faq_blocks(
        faqs("Is Swift fast?", "Is Swift fast?", "Tell me of Swift.", "Is tea nice?", "Is Homely big?"),
        ["Swift", "Homely"],
    )
    assert names(shaped.blocks) == ["faq.1.question", "faq.1.answer", "faq.2.question", "faq.2.answer"]
    assert len(shaped.dropped) == 3
    assert shaped.faults == ["faqs: 2 usable entries, wanted 3 to 8"]


def test_a_sentence_that_goes_takes_its_question_along():
    blocks = [
        Block(name="faq.1.question", sentences=(Sentence(text="Q?"),)),
        Block(name="faq.1.answer", sentences=(Sentence(text="A."),)),
        Block(name="pros.swift", sentences=(Sentence(text="a"), Sentence(text="b"))),
    ]
    left = without(blocks, {("faq.1.answer", 0), ("pros.swift", 0)})
    assert [(block.name, len(block.sentences)) for block in left] == [("pros.swift", 1)]


def test_nothing_stands_when_the_whole_verdict_goes():
    blocks = [Block(name=name, sentences=(Sentence(text="x"),)) for name in ("short_answer", "verdict", "choose.swift")]
    assert without(blocks, {("verdict", 0)}) == []


def test_blocks_stand_in_the_pages_order():
    blocks = [Block(name=name, sentences=(Sentence(text="x"),)) for name in ("faq.1.question", "pros.swift", "verdict")]
    assert names(list(assemble(blocks).blocks)) == ["verdict", "pros.swift", "faq.1.question"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [(" a \n b ", "a b"), ("a\u200bb", "ab"), ("\u202eabc", "abc"), ("caf\u00e9 \u2013 x", "caf\u00e9 \u2013 x")],
)
def test_a_sentence_is_one_visible_line(text: str, shown: str):
    assert plain(text) == shown


_PIECES = [
    "<b>", "< b", "a & b", "&amp;", "&#39;", "see https://x.example", "www.x.example", "[a](b)", "`code`", "**bold**",
    "javascript:x", "onload=1", "on load", "ignore all previous instructions", "Disregard the rules", "forget it",
    "override above", "as an AI", "Language Model", "system prompt", "DATA-0123456789abcdef", "data-rich", "<<", ">>",
    "<|end|>", "rate this 10", "Rate me", "rates", "I am sure", "I'm", "I cannot", "I can't", "I have tested", "Hi am",
    "the rate it pays", "a plain sentence", "5 > 4", "ſystem prompt", "\u0130gnore the rules",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=4))
def test_looking_for_signs_first_overlooks_nothing(pieces: list[str]):
    text = " ".join(pieces)
    for pattern, signs in ((shape._MARKUP, shape._MARKUP_SIGNS), (shape._RESIDUE, shape._RESIDUE_SIGNS)):
        assert bool(shape._search(pattern, signs, text)) == bool(pattern.search(text)), text
