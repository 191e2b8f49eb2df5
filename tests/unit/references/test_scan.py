import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.references import Leftover, Reference, scan


def paths(text: str) -> list[str]:
    return [reference.path for reference in scan(text).references]


def leftovers(text: str) -> list[str]:
    return [leftover.text for leftover in scan(text).leftovers]


@pytest.mark.parametrize(
    "path",
    ["flask.throughput", "flask.throughput.rank", "flask.throughput.age", "throughput.ratio", "throughput.percent"],
)
def test_a_reference_is_found_with_its_span(path: str) -> None:
    text = f"It serves {{{{ {path} }}}}."
    (reference,) = scan(text).references
    assert (reference.path, text[reference.start : reference.end]) == (path, f"{{{{ {path} }}}}")
    assert not leftovers(text)


def test_spaces_inside_the_braces_are_free() -> None:
    assert paths("{{a.b}} {{  a.c\t}}") == ["a.b", "a.c"]


def test_line_ends_become_line_feeds_before_spans_are_counted() -> None:
    found = scan("one\r\n{{ a.b }}\rtwo")
    assert found.text == "one\n{{ a.b }}\ntwo"
    assert found.references[0].start == 4


@pytest.mark.parametrize(
    "text",
    [
        "{{ a.b.__class__ }}",
        "{{ a.b.c.d }}",
        "{{ a }}",
        "{{ a.b|upper }}",
        "{{ a.b() }}",
        "{{ a['b'] }}",
        "{{ A.b }}",
        "{{ a.b }",
        "{ a.b }}",
        "{{ a.b\n}}",
        "{{ a. b }}",
        "{{}}",
        "{% raw %}",
        "{%- include 'x' -%}",
        "{# a.b #}",
        "｛｛ a.b ｝｝",
        "{％ raw ％}",
        "{a.b}",
        "{ a.b.rank }",
        "{{ а.b }}",  # a Cyrillic first letter
        "{{\u200ba.b }}",
        "{{ a.b\u202e }}",
    ],
)
def test_whatever_else_looks_like_a_reference_is_a_leftover(text: str) -> None:
    assert paths(text) == []
    assert leftovers(text)


def test_nested_braces_leave_the_outer_ones_over() -> None:
    assert paths("{{ {{ a.b }} }}") == ["a.b"]
    assert leftovers("{{ {{ a.b }} }}") == ["{{", "}}"]


def test_three_braces_are_no_reference() -> None:
    assert paths("{{{ a.b }}}") == []
    assert leftovers("{{{ a.b }}}")


def test_a_raw_block_around_a_reference_is_an_error() -> None:
    assert leftovers("{% raw %}{{ a.b }}{% endraw %}") == ["{%", "%}", "{%", "%}"]


def test_an_id_longer_than_an_id_can_be_is_a_leftover() -> None:
    assert leftovers("{{ a." + "b" * 65 + " }}")


def test_ordinary_braces_are_text() -> None:
    assert not leftovers('A JSON body such as {"id": 1} or {id} is fine.')


@pytest.mark.parametrize(
    "unit", ["{", "{{", "{{ ", "{{ a", "{{ a.b", "{{ a.b }", "{{ a.b }}", "}}", "{%", "{ a.", " {{\t"]
)
def test_hostile_repetition_ends(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    found = scan(text)
    assert found.text == text
    assert len(found.references) == (len(text) // len(unit) if unit == "{{ a.b }}" else 0)


@given(st.text(alphabet="{}%# ab.\n\r｛｝_", max_size=60))
def test_no_text_raises_and_nothing_delimited_is_overlooked(text: str) -> None:
    found = scan(text)
    seen: list[Reference | Leftover] = [*found.references, *found.leftovers]
    left = list(found.text)
    for item in seen:
        left[item.start : item.end] = "\0" * (item.end - item.start)
    assert not re.search(r"\{\{|\}\}|\{%|%\}|\{#|#\}", "".join(left))
    assert all(found.text[item.start : item.end] == item.text for item in found.leftovers)
