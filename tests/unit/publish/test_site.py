"""What stands around the pages: index, feed, sitemap, the reverse order, withdrawn pages."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest

from flows.publish.addresses import reverse_slug
from flows.publish.feeds import MOST_ADDRESSES, MOST_ENTRIES, atom, robots, sitemaps
from flows.publish.page import last_change
from flows.publish.sink import FolderSink
from flows.publish.site import listing, publish, read_listings, render_index, render_redirect, withdraw
from schemas.pages import Change, Listing, Site
from tests.unit.publish import sheets
from tests.unit.publish.documents import parse

SITE = Site(name="Tie", url="https://tie.example/")
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def xml(text: str) -> ElementTree.Element:
    """The document; an error where it is not well-formed."""
    return ElementTree.fromstring(text)  # noqa: S314 - written by the code under test


def line(slug: str, changed_at: datetime = sheets.NOON, **more: str) -> Listing:
    fields = {"slug": slug, "title": slug.title(), "category": "Tea", "summary": "Short.", "changed_at": changed_at}
    return Listing.model_validate(fields | more)


def test_the_last_change_is_of_the_content_and_not_of_the_rendering() -> None:
    page = sheets.page()
    assert page.published_at.date() == date(2026, 11, 22)
    assert last_change(page) == datetime(2026, 11, 20, tzinfo=UTC)
    assert last_change(sheets.page(changes=())) == page.published_at
    today = Change(on=date(2026, 11, 22), what="Figures updated.")
    assert last_change(sheets.page(changes=(today,))) == page.published_at


def test_rendering_later_moves_neither_sitemap_nor_feed() -> None:
    later = sheets.page(published_at=sheets.NOON + timedelta(days=9), verified_at=sheets.NOON + timedelta(days=9))
    then, now = [listing(sheets.page())], [listing(later)]
    assert sitemaps(then, SITE) == sitemaps(now, SITE)
    assert atom(then, SITE) == atom(now, SITE)


def test_a_sitemap_has_the_canonical_address_and_its_own_day_for_each_page() -> None:
    old = datetime(2026, 1, 2, tzinfo=UTC)
    root = xml(sitemaps([line("b-vs-c", old), line("a-vs-b")], SITE)["sitemap.xml"])
    assert [(url.findtext(f"{MAP}loc"), url.findtext(f"{MAP}lastmod")) for url in root] == [
        ("https://tie.example/a-vs-b/", "2026-11-22T12:00:00+00:00"),
        ("https://tie.example/b-vs-c/", "2026-01-02T00:00:00+00:00"),
    ]


def test_a_site_without_an_address_has_no_sitemap() -> None:
    assert sitemaps([line("a-vs-b")], Site()) == {}
    assert "Sitemap" not in robots(Site())
    assert "Sitemap: https://tie.example/sitemap.xml" in robots(SITE)


def test_more_pages_than_a_sitemap_may_hold_become_several_and_an_index() -> None:
    files = sitemaps((line(f"x{number}-vs-y") for number in range(MOST_ADDRESSES + 1)), SITE)
    assert sorted(files) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    index = xml(files["sitemap.xml"])
    assert [each.findtext(f"{MAP}loc") for each in index] == [
        "https://tie.example/sitemap-1.xml",
        "https://tie.example/sitemap-2.xml",
    ]
    assert len(xml(files["sitemap-2.xml"])) == 1


def test_the_feed_has_the_newest_change_first_and_ends_somewhere() -> None:
    lines = [line(f"x{number}-vs-y", sheets.NOON + timedelta(hours=number)) for number in range(MOST_ENTRIES + 3)]
    feed = xml(atom(lines, SITE))
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == MOST_ENTRIES
    assert entries[0].findtext(f"{ATOM}id") == f"https://tie.example/x{MOST_ENTRIES + 2}-vs-y/"
    assert feed.findtext(f"{ATOM}updated") == entries[0].findtext(f"{ATOM}updated")


@pytest.mark.parametrize("site", [SITE, Site()])
def test_a_feed_has_what_atom_requires_also_when_it_is_empty(site: Site) -> None:
    for lines in ([], [line("a-vs-b", title="<b>&\x00\u202e")]):
        feed = xml(atom(lines, site))
        for node in (feed, *feed.findall(f"{ATOM}entry")):
            for required in ("id", "title", "updated"):
                assert node.findtext(f"{ATOM}{required}")
        assert feed.findtext(f"{ATOM}author/{ATOM}name")


def test_the_index_lists_comparisons_by_category_and_name() -> None:
    document = parse(
        render_index([line("b-vs-c"), line("x-vs-y", category="Coffee"), line("a-vs-b")], Site(name="Tie"))
    )
    assert [node.text for node in document.all("h2")] == ["Coffee", "Tea"]
    links = [node.all("a")[0].attributes["href"] for node in document.all("li")]
    assert links == ["x-vs-y/index.html", "a-vs-b/index.html", "b-vs-c/index.html"]


def test_an_empty_index_says_so() -> None:
    assert "Nothing has been published yet." in parse(render_index([])).text


@pytest.mark.parametrize(
    ("slug", "other"),
    [
        ("flask-vs-fastapi", "fastapi-vs-flask"),
        ("a-b-vs-c", "c-vs-a-b"),
        ("flask", None),
        ("a-vs-b-vs-c", None),
        ("a-vs-a", None),
        ("a-vs-", None),
    ],
)
def test_the_reverse_order_of_a_slug(slug: str, other: str | None) -> None:
    assert reverse_slug(slug) == other


def test_the_reverse_order_leads_to_the_canonical_page() -> None:
    document = parse(render_redirect("a-vs-b", "A vs B", SITE))
    assert document.one("link", rel="canonical").attributes["href"] == "https://tie.example/a-vs-b/"
    assert document.one("meta", http_equiv="refresh").attributes["content"] == "0; url=https://tie.example/a-vs-b/"
    assert document.one("a").attributes["href"] == "https://tie.example/a-vs-b/"
    assert "noindex" not in render_redirect("a-vs-b", "A vs B", SITE)


def test_publishing_writes_the_page_its_reverse_and_the_index(tmp_path: Path) -> None:
    publish(sheets.page(), FolderSink(tmp_path), SITE)
    files = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())
    assert files == [
        ".publishing/lock",
        "feed.xml",
        "index.html",
        "index.json",
        "kettle-vs-samovar/facts.csv",
        "kettle-vs-samovar/index.html",
        "kettle-vs-samovar/index.json",
        "robots.txt",
        "samovar-vs-kettle/index.html",
        "sitemap.xml",
    ]


def test_publishing_twice_changes_no_byte(tmp_path: Path) -> None:
    def content() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    publish(sheets.page(), FolderSink(tmp_path))
    before = content()
    publish(sheets.page(), FolderSink(tmp_path))
    assert content() == before


def test_a_withdrawn_page_leaves_a_notice_and_the_index(tmp_path: Path) -> None:
    sink = FolderSink(tmp_path)
    publish(sheets.page(), sink, SITE)
    withdraw("kettle-vs-samovar", "Kettle vs Samovar", "A source was wrong.", date(2026, 11, 23), sink, SITE)
    assert read_listings(sink.read("", "index.json")) == ()
    assert b"kettle-vs-samovar" not in (sink.read("", "sitemap.xml") or b"")
    notice = parse((sink.read("kettle-vs-samovar", "index.html") or b"").decode())
    assert "withdrawn on 23 November 2026" in notice.text
    assert "A source was wrong." in notice.text
    assert notice.one("meta", name="robots").attributes["content"] == "noindex"
    assert sink.read("kettle-vs-samovar", "index.json") is None


@pytest.mark.parametrize("damage", ["[{", "", "{}", '[{"slug": 1}]', None])
def test_a_lost_or_damaged_list_of_pages_is_made_anew_from_the_pages(tmp_path: Path, damage: str | None) -> None:
    sink = FolderSink(tmp_path)
    publish(sheets.page(), sink, SITE)
    before = (tmp_path / "index.json").read_bytes()
    other = sheets.sheet()
    comparison = other.comparison.model_copy(update={"slug": "kettle-vs-teapot"})
    if damage is None:
        (tmp_path / "index.json").unlink()
    else:
        (tmp_path / "index.json").write_text(damage)
    (tmp_path / "kettle-vs-broken").mkdir()
    (tmp_path / "kettle-vs-broken" / "index.json").write_text("[]")
    publish(sheets.page(sheet=other.model_copy(update={"comparison": comparison})), sink, SITE)
    (again, new) = read_listings(sink.read("", "index.json")) or ()
    assert (again,) == read_listings(before)
    assert new.slug == "kettle-vs-teapot"
