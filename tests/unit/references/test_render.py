import pytest

from flows.errors import UnknownReference
from flows.references import problems, render, table
from schemas.drafts import Block, Draft, Sentence
from tests.unit.references.sheets import SHEET


def draft(**blocks: list[str]) -> Draft:
    return Draft(
        blocks=tuple(
            Block(name=name.replace("__", "."), sentences=tuple(Sentence(text=text) for text in texts))
            for name, texts in blocks.items()
        )
    )


def test_blocks_stand_under_neutral_headings() -> None:
    rendered = render(
        draft(
            short_answer=["FastAPI."],
            pros__flask=["Small.", "Old."],
            faq__1__question=["Which serves more?"],
            faq__1__answer=["FastAPI."],
        ),
        SHEET,
    )
    assert rendered.text == (
        "Short answer\nFastAPI.\n\nPros of Flask\n- Small.\n- Old.\n\nQuestion\nWhich serves more?\n\nFastAPI."
    )


def test_every_span_gives_back_its_text() -> None:
    rendered = render(
        draft(
            short_answer=["It serves {{ fastapi.throughput }}, {{ throughput.ratio }} as much.", "So take it."],
            cons__flask=["Only {{flask.throughput}}."],
        ),
        SHEET,
    )
    assert [rendered.text[s.start : s.end] for s in rendered.sentences] == [s.text for s in rendered.sentences]
    assert [rendered.text[r.start : r.end] for r in rendered.references] == ["12,000 req/s", "4.8x", "2,500 req/s"]
    assert [(s.block, s.number) for s in rendered.sentences] == [
        ("short_answer", 0),
        ("short_answer", 1),
        ("cons.flask", 0),
    ]
    assert rendered.references[1].facts == ("flask.throughput", "fastapi.throughput")


def test_every_reference_of_the_table_renders_as_the_table_says() -> None:
    for path, text in table(SHEET).items():
        assert render(draft(verdict=[f"Here: {{{{ {path} }}}}."]), SHEET).sentences[0].text == f"Here: {text}."


def test_line_breaks_inside_a_sentence_become_spaces() -> None:
    assert render(draft(verdict=["One\r\n- {{ flask.throughput }}\n\nVerdict"]), SHEET).sentences[0].text == (
        "One - 2,500 req/s Verdict"
    )


def test_an_unknown_reference_names_block_sentence_and_reference() -> None:
    with pytest.raises(UnknownReference, match=r"block 'verdict', sentence 2.*'flask.thruput'.*'flask.throughput'"):
        render(draft(verdict=["Fine.", "It has {{ flask.thruput }}."]), SHEET)


@pytest.mark.parametrize("path", ["flask.stars", "fastapi.stars", "flask.orm", "flask.latency"])
def test_prose_cannot_lean_on_what_is_not_firm(path: str) -> None:
    with pytest.raises(UnknownReference):
        render(draft(verdict=[f"It has {{{{ {path} }}}}."]), SHEET)


@pytest.mark.parametrize(
    "text", ["{{ flask.throughput.__class__ }}", "{% raw %}", "｛｛ flask.throughput ｝｝", "{# x #}"]
)
def test_a_leftover_is_refused(text: str) -> None:
    with pytest.raises(UnknownReference, match="block 'verdict', sentence 1"):
        render(draft(verdict=[text]), SHEET)


def test_all_problems_are_listed_in_order() -> None:
    found = problems(draft(verdict=["{{ a.b }} and {% x %}"], cons__flask=["{{ flask.stars }}"]), SHEET)
    assert [(p.block, p.number, p.text) for p in found] == [
        ("verdict", 0, "{%"),
        ("verdict", 0, "%}"),
        ("verdict", 0, "a.b"),
        ("cons.flask", 0, "flask.stars"),
    ]
