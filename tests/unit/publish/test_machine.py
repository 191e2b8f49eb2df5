"""What programs read of a page: JSON, CSV, structured data."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

from flows.publish.machine import render_csv, render_json
from flows.publish.page import render_page
from schemas.catalogue import Direction
from schemas.checking import Claim, Label
from schemas.pages import Authorship, Page, Site
from tests.unit.publish import sheets
from tests.unit.publish.documents import parse

SITE = Site(name="Tie", url="https://tie.example/", publisher="Tie Ltd", licence="https://tie.example/licence")


def exported(page: Page | None = None) -> dict[str, object]:
    document = json.loads(render_json(page or sheets.page(), SITE))
    assert isinstance(document, dict)
    return document


def graph(page: Page | None = None, site: Site = SITE) -> dict[str, dict[str, object]]:
    """The nodes of the page's JSON-LD by type."""
    (content,) = parse(render_page(page or sheets.page(), site)).one("script").children
    assert isinstance(content, str)
    return {node["@type"]: node for node in json.loads(content)["@graph"]}


def test_the_json_has_every_fact_with_its_amount_in_canonical_units() -> None:
    facts = {fact["id"]: fact for fact in exported()["facts"]}  # type: ignore[attr-defined]  # read from JSON
    assert len(facts) == len(sheets.sheet().facts)
    assert facts["kettle.idle_memory"]["quantity"] == {
        "kind": "range",
        "low": "25000000",
        "high": "35000000",
        "unit": "byte",
        "approx": False,
    }
    assert facts["samovar.p99_latency"]["status"] == "disputed"
    assert facts["samovar.p99_latency"]["quantity"] is None


def test_a_large_amount_is_written_in_plain_digits() -> None:
    sheet = sheets.sheet()
    first = sheet.facts[0]
    assert first.quantity is not None
    huge = sheets.amount("12E+9", "12E+9")
    page = sheets.page(
        sheet=sheet.model_copy(update={"facts": (first.model_copy(update={"quantity": huge}), *sheet.facts[1:])})
    )
    assert exported(page)["facts"][0]["quantity"]["low"] == "12000000000"  # type: ignore[index]  # read from JSON
    assert Decimal("12E+9") == 12000000000


def test_every_evidence_of_a_fact_is_among_the_observations_and_every_source_is_named() -> None:
    document = exported()
    observations = {each["id"]: each for each in document["observations"]}  # type: ignore[attr-defined]
    sources = {each["id"] for each in document["sources"]}  # type: ignore[attr-defined]
    named = {each for fact in document["facts"] for each in fact["evidence"]}  # type: ignore[attr-defined]
    assert named == set(observations)
    assert {each["source"] for each in observations.values()} == sources == {"bench", "hub", "blog"}


def test_findings_are_not_exported() -> None:
    assert "Editors only" not in render_json(sheets.page())


def test_claims_are_there_when_the_page_has_them_with_the_label_called_status() -> None:
    assert "claims" not in exported()
    claim = Claim(start=0, end=4, text="Take", label=Label.SUPPORTED, kind="absolute", evidence=("kettle.stars",))
    assert exported(sheets.page(claims=(claim,)))["claims"] == [
        {
            "start": 0,
            "end": 4,
            "text": "Take",
            "kind": "absolute",
            "evidence": ["kettle.stars"],
            "computation": "",
            "status": "supported",
        }
    ]


def test_the_spans_of_figures_give_back_their_text() -> None:
    sentences = exported()["prose"]
    figures = [(each["text"], figure) for each in sentences for figure in each["figures"]]  # type: ignore[attr-defined]
    assert len(figures) == sum("[" in text for _, text in sheets.TEXT) + 2  # two sentences hold two figures
    assert figures[0][0][figures[0][1]["start"] : figures[0][1]["end"]] == "~12,000 req/s"


def test_the_hashes_and_versions_are_exported() -> None:
    document = exported()
    assert document["hashes"] == {"sheet": "5ee7", "fingerprint": "f1f1"}
    assert (document["version"], document["checker_version"]) == (3, "c0ffee0123456789")
    assert document["url"] == "https://tie.example/kettle-vs-samovar/"


def test_the_csv_has_one_line_a_fact_and_its_sources() -> None:
    rows = list(csv.DictReader(io.StringIO(render_csv(sheets.page()))))
    assert len(rows) == len(sheets.sheet().facts)
    assert rows[0]["value"] == "~2,500 req/s"
    assert (rows[0]["low"], rows[0]["unit"]) == ("2500", "1/s")
    assert rows[7]["sources"].split() == [
        "https://bench.example/samovar/p99_latency",
        "https://blog.example/samovar/p99_latency",
    ]


def test_structured_data_is_about_both_and_rates_neither() -> None:
    nodes = graph()
    assert set(nodes) == {"WebPage", "Article", "Dataset", "BreadcrumbList"}
    assert [each["name"] for each in nodes["WebPage"]["about"]] == ["Kettle", "Samovar"]  # type: ignore[attr-defined]
    text = json.dumps(nodes)
    assert "Rating" not in text
    assert "FAQPage" not in text
    assert "javascript" not in text


def test_structured_data_says_how_the_text_came_about() -> None:
    assert str(graph()["Article"]["digitalSourceType"]).endswith("/CompositeWithTrainedAlgorithmicMediaDigitalSource")
    assert graph()["WebPage"]["reviewedBy"] == {"@type": "Person", "name": "Ada Okafor"}
    data = graph(sheets.page(authorship=Authorship.DATA, reviewed_by=None, reviewed_on=None))
    assert str(data["Article"]["digitalSourceType"]).endswith("/DataDrivenMediaDigitalSource")
    assert "reviewedBy" not in data["WebPage"]


def test_structured_dates_are_of_the_first_version_and_the_last_change() -> None:
    article = graph()["Article"]
    assert article["datePublished"] == "2026-09-01"
    assert article["dateModified"] == "2026-11-20T00:00:00+00:00"


def test_the_dataset_names_its_figures_and_its_files() -> None:
    dataset = graph()["Dataset"]
    assert len(dataset["variableMeasured"]) == 11  # type: ignore[arg-type]  # read from JSON
    assert [each["contentUrl"] for each in dataset["distribution"]] == [  # type: ignore[attr-defined]
        "https://tie.example/kettle-vs-samovar/index.json",
        "https://tie.example/kettle-vs-samovar/facts.csv",
    ]


def test_direction_and_winner_are_exported_for_programs() -> None:
    document = exported()
    metrics = {each["id"]: each["direction"] for each in document["metrics"]}  # type: ignore[attr-defined]
    assert metrics["startup_time"] == Direction.LOWER
    assert document["better"]["startup_time"] == "samovar"  # type: ignore[index]  # read from JSON
