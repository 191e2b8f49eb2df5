"""Nothing that a source, a person or a model wrote reaches a reader as anything but text."""

from __future__ import annotations

import json

import pytest

from flows.publish.escaping import contact_address, script_json, shown, web_address
from flows.publish.machine import render_csv, render_json, spreadsheet_safe
from flows.publish.page import render_page
from flows.publish.site import listing, render_index, render_redirect, render_withdrawn
from schemas.catalogue import Article, Offer
from schemas.pages import Change, Page, Related, Site
from tests.unit.publish import sheets
from tests.unit.publish.documents import Node, parse

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "{{ 7*7 }} {% raw %} {# x #} ${7*7}",
    "</title></style></textarea><svg onload=alert(1)>",
    "]]></script><!--",
    "a\u202eb\u2066c\x00d\x1be\ufefff",
    "&lt;b&gt; &amp; &#60;",
)


def hostile(attack: str) -> Page:
    """The page with `attack` in every text that comes from outside."""
    base = sheets.sheet()
    name = attack[:120]
    entities = tuple(
        entity.model_copy(
            update={
                "name": name,
                "description": attack,
                "external": {"github": attack},
                "offers": (Offer(label=name, url="https://shop.example/"),),
                "homepage": attack,
                "links": (attack, f"https://x.example/{attack}"),
            }
        )
        for entity in base.entities
    )
    sheet = base.model_copy(
        update={
            "entities": entities,
            "category": base.category.model_copy(update={"name": name}),
            "metrics": tuple(metric.model_copy(update={"name": name, "group": name}) for metric in base.metrics),
            "facts": tuple(
                fact.model_copy(update={"display": attack, "context": ((attack, attack),)}) if fact.display else fact
                for fact in base.facts
            ),
            "derivations": tuple(
                each.model_copy(update={"display": attack, "computation": attack}) for each in base.derivations
            ),
            "observations": tuple(
                each.model_copy(update={"raw": attack, "url": attack, "method": attack}) for each in base.observations
            ),
        }
    )
    lines = [(block, attack.replace("|", "") + text) for block, text in sheets.TEXT]
    if any(mark in attack for mark in "[]|"):
        lines = list(sheets.TEXT)
    return sheets.page(
        sheet=sheet,
        draft=sheets.rendered(lines),
        sources=tuple(
            source.model_copy(update={"name": name, "licence": attack, "attribution": attack, "url": attack})
            for source in sheets.SOURCES
        ),
        reviewed_by=attack,
        checker_version=attack,
        changes=(Change(on=sheets.NOON.date(), what=attack),),
        related=(Related(slug="kettle-vs-teapot", title=attack),),
        articles=(Article(title=name, url="https://articles.example/"),),
    )


def shape(document: Node) -> list[tuple[str, tuple[str, ...]]]:
    """Elements and the names of their attributes: what text must not be able to change."""
    return [(node.tag, tuple(sorted(node.attributes))) for node in document.walk()]


HARMLESS = "harmless words"


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_text_leaves_the_page_with_the_elements_of_a_harmless_one(attack: str) -> None:
    html = render_page(hostile(attack))
    document = parse(html)
    assert shape(document) == shape(parse(render_page(hostile(HARMLESS))))
    if "\x00" not in attack:
        assert attack.strip() in document.one("h1").all("span")[0].text


def test_what_looks_like_a_template_is_text() -> None:
    document = parse(render_page(hostile("{{ 7*7 }}")))
    assert document.one("h1").text == "{{ 7*7 }} vs {{ 7*7 }}"
    assert document.one("p", class_="answer").text.startswith("{{ 7*7 }}Take Samovar")


@pytest.mark.parametrize("attack", ATTACKS)
def test_structured_data_stays_json_and_inside_its_element(attack: str) -> None:
    script = parse(render_page(hostile(attack))).one("script", type="application/ld+json")
    (content,) = script.children
    assert isinstance(content, str)
    assert "<" not in content
    assert json.loads(content)["@graph"][0]["about"][0]["name"] == shown(attack)


@pytest.mark.parametrize("attack", ATTACKS)
def test_index_redirect_and_notice_are_as_safe_as_a_page(attack: str) -> None:
    line = listing(hostile(attack))
    harmless = listing(hostile(HARMLESS))
    assert shape(parse(render_index([line]))) == shape(parse(render_index([harmless])))
    assert shape(parse(render_redirect("a-vs-b", attack))) == shape(parse(render_redirect("a-vs-b", HARMLESS)))
    day = sheets.NOON.date()
    assert shape(parse(render_withdrawn(attack, attack, day))) == shape(
        parse(render_withdrawn(HARMLESS, HARMLESS, day))
    )


def test_characters_that_reorder_or_hide_text_are_not_shown() -> None:
    html = render_page(hostile(ATTACKS[6]))
    assert not [character for character in html if character in "\u202e\u2066\x00\x1b\ufeff"]
    assert shown("a\u202eb\x00c\td\ne") == "abc\td\ne"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "//evil.example",
        "/relative",
        "https://",
        "https:///path",
        "https://user:secret@evil.example/",
        "https://good.example@evil.example/",
        "https://x.example/\n.evil",
        "https://x.example/ a",
        'https://x.example/"onclick="x',
        "https://x.example/\u202e",
        "http://[::1",
        "ftp://x.example/",
        "",
        None,
    ],
)
def test_an_address_that_is_no_plain_web_address_is_no_link(address: str | None) -> None:
    assert web_address(address) is None


@pytest.mark.parametrize(
    "address", ["https://x.example", "http://x.example:8000/a?b=c&d=e#f", "https://xn--80ak6aa92e.example/"]
)
def test_a_web_address_stays_as_it_is(address: str) -> None:
    assert web_address(address) == address


def test_addresses_from_sources_that_are_not_web_addresses_are_never_links() -> None:
    links = [node.attributes["href"] for node in parse(render_page(sheets.page())).all("a")]
    assert links
    assert not [link for link in links if link.lower().startswith(("javascript", "data"))]


def test_a_contact_is_a_web_address_or_an_e_mail_address() -> None:
    assert contact_address("desk@tie.example") == "mailto:desk@tie.example"
    assert contact_address("https://tie.example/contact") == "https://tie.example/contact"
    assert contact_address("desk@tie.example?bcc=x@y.example") is None
    assert contact_address("javascript:alert(1)//a@b.example") is None


def test_json_for_a_script_element_cannot_end_it() -> None:
    text = script_json({"a": "</script><!-- & \u2028"})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"a": "</script><!-- & \u2028"}


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|'/c calc'!A0", "'+cmd|'/c calc'!A0"),
        (" =1", "' =1"),
        ("-12.5", "-12.5"),
        ("+367%", "+367%"),
        ("-2+3", "'-2+3"),
        ("~2,500 req/s", "~2,500 req/s"),
    ],
)
def test_a_cell_that_a_spreadsheet_would_run_is_quoted_and_a_number_is_not(cell: str, safe: str) -> None:
    assert spreadsheet_safe(cell) == safe


@pytest.mark.parametrize("attack", [*ATTACKS, "=HYPERLINK(1)"])
def test_exports_of_hostile_values_can_be_read_back(attack: str) -> None:
    page = hostile(attack)
    assert json.loads(render_json(page, Site()))["facts"][0]["display"] == attack
    assert not [line for line in render_csv(page).splitlines() if line.startswith(("=", "@"))]
