"""What the site tells machines that visit it: sitemap, Atom feed, robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree

from flows.publish.addresses import page_link
from flows.publish.escaping import shown
from schemas.pages import Listing, Site

#: What the sitemap protocol allows in one file.
MOST_ADDRESSES = 50_000
#: A feed is for recent changes; the sitemap has all pages.
MOST_ENTRIES = 50
#: `changed_at` of a feed without entries: `updated` is required, and no moment would be true.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def sitemaps(listings: Iterable[Listing], site: Site) -> dict[str, str]:
    """File names to sitemap files; more than one and an index of them when one cannot hold all. Empty without an address.

    `lastmod` is the last change in substance of each page, never the time of writing.
    """
    if not site.url:
        return {}
    pages = sorted(listings, key=lambda listing: listing.slug)
    parts = [pages[at : at + MOST_ADDRESSES] for at in range(0, len(pages), MOST_ADDRESSES)] or [[]]
    if len(parts) == 1:
        return {"sitemap.xml": _sitemap(parts[0], site)}
    files = {f"sitemap-{number}.xml": _sitemap(part, site) for number, part in enumerate(parts, start=1)}
    root = ElementTree.Element("sitemapindex", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for name, part in zip(tuple(files), parts, strict=True):
        entry = _add(root, "sitemap")
        _add(entry, "loc", f"{site.url}{name}")
        _add(entry, "lastmod", max(listing.changed_at for listing in part).isoformat())
    files["sitemap.xml"] = _document(root)
    return files


def atom(listings: Iterable[Listing], site: Site) -> str:
    """The newest changes first. `updated` moves only when a page changed in substance."""
    newest = sorted(listings, key=lambda listing: (listing.changed_at, listing.slug), reverse=True)[:MOST_ENTRIES]
    feed = ElementTree.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"})
    _add(feed, "id", site.url or _name(site.name))
    _add(feed, "title", f"{site.name}: changes of comparisons")
    _add(feed, "updated", max((listing.changed_at for listing in newest), default=_NEVER).isoformat())
    _add(feed, "link", rel="self", href=f"{site.url}feed.xml")
    _add(feed, "link", rel="alternate", href=site.url or "index.html")
    author = _add(feed, "author")
    _add(author, "name", site.publisher or site.name)
    for listing in newest:
        entry = _add(feed, "entry")
        link = page_link(site, listing.slug, from_root=True)
        _add(entry, "id", link if site.url else _name(listing.slug))
        _add(entry, "title", listing.title)
        _add(entry, "link", rel="alternate", href=link)
        _add(entry, "updated", listing.changed_at.isoformat())
        _add(entry, "category", term=listing.category)
        _add(entry, "summary", listing.what_changed or listing.summary)
    return _document(feed)


def robots(site: Site) -> str:
    """Everything may be read."""
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {site.url}sitemap.xml\n" if site.url else "")


def _sitemap(listings: Iterable[Listing], site: Site) -> str:
    root = ElementTree.Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for listing in listings:
        entry = _add(root, "url")
        _add(entry, "loc", page_link(site, listing.slug))
        _add(entry, "lastmod", listing.changed_at.isoformat())
    return _document(root)


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    """A child whose text holds no character that XML forbids."""
    child = ElementTree.SubElement(parent, tag, {name: shown(value) for name, value in attributes.items()})
    if text is not None:
        child.text = shown(text)
    return child


def _document(root: ElementTree.Element) -> str:
    ElementTree.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _name(what: str) -> str:
    """A lasting name where there is no address to serve as one."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'tiebreak:{what}')}"
