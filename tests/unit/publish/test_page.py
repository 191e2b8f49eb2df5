"""The sections of a page: what stands where, and what is not there."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest

from flows.publish.page import render_page
from schemas.facts import FactStatus
from schemas.pages import Authorship, Page, Site
from tests.unit.publish import sheets
from tests.unit.publish.documents import Node, parse


@pytest.fixture(scope="module")
def document() -> Node:
    return parse(render_page(sheets.page()))


def section(document: Node, heading: str) -> Node:
    return document.one("section", aria_labelledby=heading)


def headings(document: Node) -> list[str]:
    return [node.text for node in document.all("h2")]


def row(table: Node, name: str) -> list[str]:
    """The texts of a row's cells, its heading first."""
    rows = [tr for tr in table.all("tr") if tr.all("th", scope="row") and tr.all("th")[0].text.startswith(name)]
    assert len(rows) == 1, name
    return [cell.text for cell in rows[0].children if isinstance(cell, Node)]


def test_a_page_with_everything_has_every_section_in_order(document: Node) -> None:
    assert headings(document) == [
        "Verdict",
        "Key differences",
        "Key facts and figures",
        "At a glance",
        "Known for one side only",
        "What sources disagree on",
        "Pros and cons",
        "Questions and answers",
        "Full comparison",
        "How we compare",
        "Sources",
        "History of changes",
        "Related comparisons",
        "Related articles",
        "Official resources",
        "Where to get it",
        "Use this data",
    ]


def test_a_section_without_content_is_not_rendered() -> None:
    sheet = sheets.sheet()
    bare = sheet.model_copy(
        update={
            "facts": (),
            "derivations": (),
            "better": {},
            "observations": (),
            "entities": tuple(
                entity.model_copy(update={"homepage": None, "links": (), "offers": ()}) for entity in sheet.entities
            ),
        }
    )
    page = sheets.page(
        sheet=bare, draft=sheets.rendered(()), sources=(), changes=(), related=(), articles=(), checker_version=""
    )
    assert headings(parse(render_page(page))) == ["How we compare", "Use this data"]


def test_the_list_of_contents_names_exactly_the_sections(document: Node) -> None:
    links = [link.attributes["href"].removeprefix("#") for link in document.one("nav").all("a")]
    assert links == [heading.attributes["id"] for heading in document.all("h2")]


def test_every_link_inside_the_page_leads_somewhere_and_no_id_is_there_twice(document: Node) -> None:
    ids = [node.attributes["id"] for node in document.walk() if "id" in node.attributes]
    assert len(ids) == len(set(ids))
    inside = [href[1:] for link in document.all("a") if (href := link.attributes["href"]).startswith("#")]
    assert inside
    assert set(inside) <= set(ids)


def test_there_is_one_first_heading_and_no_level_is_left_out(document: Node) -> None:
    levels = [int(node.tag[1]) for node in document.walk() if re.fullmatch(r"h[1-6]", node.tag)]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_every_table_has_a_caption_and_every_heading_cell_a_scope(document: Node) -> None:
    tables = document.all("table")
    assert len(tables) == 3
    for table in tables:
        assert table.one("caption").text
        assert all(cell.attributes.get("scope") for cell in table.all("th"))


def test_the_page_asks_for_nothing_else(document: Node) -> None:
    """No script that runs, no image, no stylesheet, no font from elsewhere."""
    assert [script.attributes["type"] for script in document.all("script")] == ["application/ld+json"]
    assert not document.all("img")
    assert not document.all("iframe")
    assert {link.attributes["rel"] for link in document.all("link")} == {"canonical", "alternate"}
    assert "url(" not in document.one("style").children[0]  # type: ignore[operator]  # a style holds one string
    assert not [node for node in document.walk() if any(name.startswith("on") for name in node.attributes)]


# --- the head of the page


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"authorship": Authorship.DATA, "reviewed_by": None, "reviewed_on": None}, "Written from data"),
        ({}, "AI-assisted, reviewed by Ada Okafor on 20 November 2026"),
        (
            {"figures_updated_on": date(2026, 11, 22)},
            "AI-assisted, text reviewed by Ada Okafor on 20 November 2026, figures updated on 22 November 2026",
        ),
        ({"reviewed_by": None, "reviewed_on": None}, "AI-assisted, not reviewed by a person"),
        (
            {"authorship": Authorship.DATA, "reviewed_by": None, "figures_updated_on": date(2026, 11, 22)},
            "Written from data, figures updated on 22 November 2026",
        ),
    ],
)
def test_the_label_near_the_headline_says_who_wrote_and_read_the_text(changes: dict[str, object], label: str) -> None:
    hero = parse(render_page(sheets.page(**changes))).one("header", class_="hero")
    assert hero.one("p", class_="label").text == label


def test_text_from_data_is_nowhere_called_ai_assisted() -> None:
    page = sheets.page(authorship=Authorship.DATA, reviewed_by=None, reviewed_on=None)
    html = render_page(page)
    assert "AI-assisted" not in html
    assert "CompositeWithTrainedAlgorithmicMedia" not in html


def test_the_status_strip_says_when_how_much_and_which_version(document: Node) -> None:
    # Rows with a value: all 11 metrics. Both sides usable: throughput, startup, memory, stars, version, release,
    # validation = 7; p99 is disputed, related packages, WebSocket and price are known for one side.
    pairs = [(div.one("dt").text, div.one("dd").text) for div in document.one("dl", class_="status").all("div")]
    assert pairs == [
        ("Verified on", "22 November 2026"),
        ("Known for both", "7 of 11 figures"),
        ("Page version", "3"),
        ("Checker", "c0ffee012345"),
    ]


def test_each_side_shows_its_version_and_on_how_many_figures_it_is_better(document: Node) -> None:
    kettle, samovar = document.one("header", class_="hero").all("section")
    assert kettle.one("p", class_="name").text == "Kettle 3.1.2"
    assert "better in 1 of 7 compared figures" in kettle.text
    assert "better in 3 of 7 compared figures" in samovar.text


# --- facts and figures


def test_key_figures_are_two_sided_and_in_the_order_of_the_comparison(document: Node) -> None:
    names = [cell.text for cell in section(document, "figures").all("th", scope="row")]
    # p99_latency is a key metric too, but disputed.
    assert [name.split(" higher")[0].split(" lower")[0] for name in names] == [
        "Requests per second",
        "Startup time",
        "Idle memory",
        "GitHub stars",
        "First release",
    ]


def test_a_difference_names_its_base_and_the_winner_is_a_word(document: Node) -> None:
    # 12,000 - 2,500 = 9,500; 12,000 / 2,500 = 4.8; 9,500 / 2,500 = 380 %
    assert row(section(document, "figures"), "Requests per second") == [
        "Requests per second higher is better",
        "~2,500 req/s5",
        "~12,000 req/s6 better",
        "Samovar higher by ~9,500 req/s (~4.8x, ~380% above Kettle)",
    ]


def test_where_the_base_is_the_larger_value_the_words_speak_of_the_smaller(document: Node) -> None:
    # 7,000 / 75,000 = 9.3 %: Kettle's stars lie below Samovar's.
    assert row(section(document, "figures"), "GitHub stars")[3] == "Kettle lower by 7,000 (9.3% below Samovar)"


def test_nothing_is_computed_that_the_sheet_does_not_derive(document: Node) -> None:
    assert row(section(document, "figures"), "Idle memory")[3] == "differs"


def test_a_neutral_metric_never_has_a_winner(document: Node) -> None:
    assert all("better" not in cell for cell in row(section(document, "full"), "First release"))


def test_what_one_side_alone_has_stands_apart_and_is_compared_with_nothing(document: Node) -> None:
    apart = section(document, "one-sided")
    kettle, samovar = apart.all("section")
    assert [term.text for term in kettle.all("dt")] == ["Related packages"]
    assert [term.text for term in samovar.all("dt")] == ["WebSocket support"]
    assert row(section(document, "full"), "Related packages")[2:] == ["not known", ""]


def test_a_disputed_fact_shows_the_value_of_every_source_and_no_value_of_its_own(document: Node) -> None:
    disputed = section(document, "disputed")
    assert disputed.one("h3").text == "p99 response time: Samovar"
    assert [node.text for node in disputed.all("span", class_="num")] == ["20 ms", "90 ms"]
    assert row(section(document, "full"), "p99 response time")[2:] == ["sources disagree", ""]


def test_a_stale_value_says_when_it_was_last_verified_and_takes_no_part(document: Node) -> None:
    _name, kettle, samovar, difference = row(section(document, "full"), "Hosting price")
    assert kettle.startswith("$9.99/month")
    assert kettle.endswith("last verified on 22 November 2026")
    assert (samovar, difference) == ("not known", "")
    assert "price" not in section(document, "one-sided").text.lower()


def test_the_full_table_is_grouped_and_marks_equal_rows_for_the_filter() -> None:
    sheet = sheets.sheet()
    facts = tuple(
        fact.model_copy(update={"display": "Yes", "status": FactStatus.SINGLE}) if fact.metric == "validation" else fact
        for fact in sheet.facts
    )
    full = section(parse(render_page(sheets.page(sheet=sheet.model_copy(update={"facts": facts})))), "full")
    groups = [cell.text for cell in full.all("th", scope="rowgroup")]
    assert groups == ["Performance", "Ecosystem", "Maturity", "Features", "Prices"]
    assert [tr.all("th")[0].text for tr in full.all("tr", class_="same")] == ["Built-in validation"]


def test_values_of_different_contexts_are_different_rows_and_the_winner_is_of_the_plain_one() -> None:
    document = parse(render_page(sheets.with_context((("workload", "json"),))))
    rows = [tr for tr in section(document, "full").all("tr") if tr.all("th")[0].text.startswith("Requests per second")]
    assert ["workload json" in tr.text for tr in rows] == [False, True]
    assert [("better" in tr.all("td")[1].text) for tr in rows] == [True, False]


def test_the_chart_is_its_own_data_table(document: Node) -> None:
    chart = section(document, "chart")
    assert row(chart, "Requests per second")[1:] == ["Kettle ~2,500 req/s", "Samovar ~12,000 req/s better"]
    bars = {
        tr.all("th")[0].text.split(" higher")[0].split(" lower")[0]: [
            [rect.attributes["width"] for rect in svg.all("rect")[1:]] for svg in tr.all("svg")
        ]
        for tr in chart.all("tr")
        if tr.all("svg")
    }
    assert bars["Requests per second"] == [["208"], ["1000"]]  # 2,500 / 12,000 = 0.208
    assert bars["Idle memory"] == [["625", "250"], ["1000"]]  # 25 / 40 = 0.625; (35 - 25) / 40 = 0.25
    assert "First release" not in bars


# --- prose


def test_every_block_of_a_draft_has_its_place(document: Node) -> None:
    assert document.one("p", class_="answer").text.startswith("Take Samovar for heavy traffic")
    assert section(document, "verdict").one("p", class_="verdict").text.startswith("Samovar is the faster")
    choices = [(node.one("h3").text, node.one("ul").text) for node in section(document, "verdict").all("section")]
    assert choices == [
        ("Choose Kettle if", "You run on small machines: it idles at 25-35 MB."),
        ("Choose Samovar if", "You serve heavy traffic."),
        ("Choose neither if", "You need hosting included."),
    ]
    differences = section(document, "differences").all("div")
    assert [node.one("dt").text for node in differences] == ["Requests per second", "Startup time"]
    pros_and_cons = [node.text for node in section(document, "pros-and-cons").all("section")]
    assert pros_and_cons == [
        "Kettle Pros It idles at 25-35 MB. Cons Validation: “Requires extensions, one for each kind of request”.",
        "Samovar Pros Validation is built in. Cons It was first released in December 2018.",
    ]


def test_a_question_is_visible_and_one_without_an_answer_is_not_there(document: Node) -> None:
    assert [node.text for node in section(document, "questions").all("h3")] == [
        "Which one is faster, Kettle or Samovar?"
    ]
    assert "Does this question have an answer?" not in document.text


def test_a_figure_in_prose_links_to_the_row_of_its_source(document: Node) -> None:
    figure = document.one("p", class_="answer").all("a")[0]
    assert figure.text == "~12,000 req/s"
    note = document.by_id(figure.attributes["href"].removeprefix("#"))
    assert note.text.startswith("Requests per second, Samovar: ~12,000")
    assert note.one("a").attributes["href"] == "https://bench.example/samovar/throughput"


def test_findings_are_for_editors(document: Node) -> None:
    assert "Editors only" not in render_page(sheets.page())


# --- sources, offers, links


def test_each_source_shows_licence_and_attribution_and_only_used_ones_are_named(document: Node) -> None:
    sources = section(document, "sources")
    names = [node.text for node in sources.all("h3")]
    assert names == ["Code hosting API", "Kitchen Bench 2026", "A blog"]
    assert "licence: CC BY 4.0" in sources.text
    assert "Kitchen Bench contributors" in sources.text
    assert "disputed, not used in the text" in sources.text


def test_the_day_of_a_source_is_said_once_and_a_note_says_what_differs(document: Node) -> None:
    assert section(document, "sources").text.count("as of 1 June 2026") == 3
    sheet = sheets.sheet()
    older, undated = (
        each.model_copy(update={"as_of": as_of})
        for each, as_of in zip(sheet.observations, (date(2026, 5, 31), None), strict=False)
    )
    changed = sheet.model_copy(update={"observations": (older, undated, *sheet.observations[2:])})
    bench = section(parse(render_page(sheets.page(sheet=changed))), "sources").all("section")[1]
    assert "as of 1 June 2026 unless noted" in bench.one("p").text
    assert "as of 31 May 2026" in bench.all("li")[0].text
    assert "undated" in bench.all("li")[1].text
    assert not [node.text for node in bench.all("li")[2:] if "as of" in node.text or "undated" in node.text]


def test_values_that_a_more_trusted_source_outranked_are_folded_away_with_the_last_numbers() -> None:
    sheet = sheets.sheet()
    other = sheets.observation("kettle", "throughput", "3,000", sheets.amount("3,000", "3000"), "blog", id="blog/x")
    facts = (sheet.facts[0].model_copy(update={"others": ("blog/x",)}), *sheet.facts[1:])
    changed = sheet.model_copy(update={"facts": facts, "observations": (*sheet.observations, other)})
    sources = section(parse(render_page(sheets.page(sheet=changed))), "sources")
    folded = sources.one("details")
    assert folded.one("summary").text == "1 more value, not used: a more trusted source decides"
    assert folded.one("li").attributes["value"] == "21"
    assert "3,000" in folded.one("li").text


def test_a_single_value_that_is_held_back_is_in_doubt_and_not_called_a_disagreement() -> None:
    sheet = sheets.sheet()
    facts = tuple(
        fact.model_copy(update={"evidence": fact.evidence[:1]}) if fact.status is FactStatus.DISPUTED else fact
        for fact in sheet.facts
    )
    document = parse(render_page(sheets.page(sheet=sheet.model_copy(update={"facts": facts}))))
    disputed = section(document, "disputed")
    assert disputed.one("h2").text == "Values in doubt"
    assert "disagree" not in disputed.text.lower()
    assert [(div.one("dt").text, div.one("dd").text) for div in disputed.all("div")] == [
        ("p99 response time: Samovar", "20 ms12")
    ]
    assert row(section(document, "full"), "p99 response time")[2] == "in doubt"


def test_the_notes_are_numbered_through(document: Node) -> None:
    numbers = [int(node.attributes["value"]) for node in section(document, "sources").all("li")]
    assert numbers == list(range(1, 21))


def test_the_disclosure_stands_before_the_first_paid_link(document: Node) -> None:
    offers = section(document, "offers")
    assert offers.text.index("Paid links.") < offers.text.index("Kettle Cloud")
    assert offers.one("a").attributes["rel"] == "sponsored noopener"


def test_an_unpaid_offer_needs_no_disclosure() -> None:
    sheet = sheets.sheet()
    free = sheets.KETTLE.offers[0].model_copy(update={"affiliate": False})
    entities = (sheets.KETTLE.model_copy(update={"offers": (free,)}), sheets.SAMOVAR)
    offers = section(parse(render_page(sheets.page(sheet=sheet.model_copy(update={"entities": entities})))), "offers")
    assert "Paid" not in offers.text
    assert "sponsored" not in offers.one("a").attributes["rel"]


def test_history_is_newest_first(document: Node) -> None:
    days = [node.attributes["datetime"] for node in section(document, "history").all("time")]
    assert days == ["2026-11-20", "2026-09-01"]


def test_without_an_address_pages_link_to_files_that_open_from_disk(document: Node) -> None:
    assert document.one("link", rel="canonical").attributes["href"] == "./index.html"
    assert section(document, "related").one("a").attributes["href"] == "../kettle-vs-teapot/index.html"


def test_with_an_address_canonical_and_links_are_whole() -> None:
    site = Site(name="Tie", url="https://tie.example/", contact="desk@tie.example", publisher="Tie Ltd")
    document = parse(render_page(sheets.page(), site))
    assert document.one("link", rel="canonical").attributes["href"] == "https://tie.example/kettle-vs-samovar/"
    assert document.one("meta", property="og:url").attributes["content"] == "https://tie.example/kettle-vs-samovar/"
    assert section(document, "related").one("a").attributes["href"] == "https://tie.example/kettle-vs-teapot/"
    assert document.one("footer").one("a").attributes["href"] == "mailto:desk@tie.example"


def test_the_same_page_renders_the_same_bytes() -> None:
    first: Page = sheets.page()
    assert render_page(first) == render_page(Page.model_validate(first.model_dump()))
