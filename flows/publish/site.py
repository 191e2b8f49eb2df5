"""What stands around the pages: the index of comparisons, the way from the reverse order, a notice for a withdrawn page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import cache

from pydantic import TypeAdapter

from flows.publish.addresses import home_link, page_link, reverse_slug, root_link
from flows.publish.feeds import atom, robots, sitemaps
from flows.publish.machine import compared, render_csv, render_json
from flows.publish.page import last_change, page_summary, page_title, render_page
from flows.publish.port import Sink
from flows.publish.templating import render
from schemas.pages import Listing, Page, Site

#: The site's own list of its pages: what the index, the feed and the sitemap are made from.
LISTINGS = "index.json"


def publish(page: Page, sink: Sink, site: Site | None = None) -> None:
    """Put the page, the way from its reverse order, and the index with it. Raises PublishError.

    The page comes first: an index may lack a page for a moment, but never names one that is not there.
    """
    slug = page.sheet.comparison.slug
    sink.put(slug, page_files(page, site))
    if reverse := reverse_files(page, site):
        sink.put(*reverse)
    _relist(sink, site, slug, listing(page))


def withdraw(slug: str, title: str, reason: str, on: date, sink: Sink, site: Site | None = None) -> None:
    """Take a page out of the index and put a notice in its place. Raises PublishError.

    `reason` is for readers. The reverse order still leads to the notice.
    """
    sink.put(slug, {"index.html": render_withdrawn(title, reason, on, site).encode()})
    _relist(sink, site, slug, None)


def page_files(page: Page, site: Site | None = None) -> dict[str, bytes]:
    """All files of one page's folder, by name."""
    site = site or Site()
    return {
        "index.html": render_page(page, site).encode(),
        "index.json": render_json(page, site).encode(),
        "facts.csv": render_csv(page).encode(),
    }


def reverse_files(page: Page, site: Site | None = None) -> tuple[str, dict[str, bytes]] | None:
    """Slug and files of the page in the other order, which leads to the canonical one; None where there is none."""
    slug = page.sheet.comparison.slug
    other = reverse_slug(slug)
    return (other, {"index.html": render_redirect(slug, page_title(page), site).encode()}) if other else None


def root_files(listings: Iterable[Listing], site: Site | None = None) -> dict[str, bytes]:
    """All files at the site's root, by name: index, feed, robots.txt, and the sitemap where the site has an address."""
    site = site or Site()
    pages = tuple(listings)
    files = {
        "index.html": render_index(pages, site),
        "feed.xml": atom(pages, site),
        "robots.txt": robots(site),
        LISTINGS: _listings().dump_json(pages, indent=1).decode(),
        **sitemaps(pages, site),
    }
    return {name: text.encode() for name, text in files.items()}


def listing(page: Page) -> Listing:
    """What the index, the sitemap and the feed say of a page."""
    newest = max(page.changes, key=lambda change: change.on, default=None)
    return Listing(
        slug=page.sheet.comparison.slug,
        title=page_title(page),
        category=page.sheet.category.name,
        summary=page_summary(page),
        changed_at=last_change(page),
        what_changed=newest.what if newest else "",
        compared=compared(page.sheet),
    )


def render_index(listings: Iterable[Listing], site: Site | None = None) -> str:
    """All comparisons by category, each category and its comparisons in the order of their names."""
    site = site or Site()
    categories: dict[str, list[tuple[str, Listing]]] = {}
    for each in sorted(listings, key=lambda listing: (listing.category.casefold(), listing.title.casefold())):
        link = page_link(site, each.slug, from_root=True)
        categories.setdefault(each.category, []).append((link, each))
    return render(
        "index.html.j2",
        {
            "site": site,
            "title": site.name,
            "summary": "Comparisons in which every figure has a source and every statement was held against the facts.",
            "canonical": site.url or "./index.html",
            "categories": categories,
            "feed": root_link(site, "feed.xml", from_root=True),
        },
    )


def render_redirect(slug: str, title: str, site: Site | None = None) -> str:
    """A page that sends its reader, and search engines, to `slug`. A server can do it with a 301; a folder cannot."""
    site = site or Site()
    target = page_link(site, slug)
    return render(
        "redirect.html.j2", {"site": site, "title": title, "summary": "", "canonical": target, "target": target}
    )


def render_withdrawn(title: str, reason: str, on: date, site: Site | None = None) -> str:
    """What stands in the place of a retracted page: that it is gone, since when and why."""
    site = site or Site()
    return render(
        "withdrawn.html.j2",
        {
            "site": site,
            "title": title,
            "summary": "",
            "canonical": "./index.html",
            "reason": reason,
            "on": on,
            "home": home_link(site),
        },
    )


def _relist(sink: Sink, site: Site | None, slug: str, new: Listing | None) -> None:
    """The root with `new` as the only line of `slug`."""

    def make(old: bytes | None) -> dict[str, bytes]:
        known = read_listings(old)
        if known is None:
            known = tuple(_listings_of_pages(sink))
        kept = [each for each in known if each.slug != slug]
        return root_files([*kept, new] if new else kept, site)

    sink.rewrite_root(LISTINGS, make)


def read_listings(content: bytes | None) -> tuple[Listing, ...] | None:
    """The lines of a site's `index.json`; None where there is none or it is damaged."""
    try:
        return None if content is None else _listings().validate_json(content)
    except ValueError:
        return None


def _listings_of_pages(sink: Sink) -> Iterator[Listing]:
    """The list made anew from what each page says of itself; a page whose data cannot be read is left out."""
    for slug in sink.slugs():
        with suppress(ValueError, KeyError, TypeError):
            said = json.loads(sink.read(slug, "index.json") or b"")
            changes = sorted(said["changes"], key=lambda change: str(change["on"]))
            yield Listing(
                slug=slug,
                title=said["title"],
                category=said["category"]["name"],
                summary=said["summary"],
                changed_at=said["changed_at"],
                what_changed=changes[-1]["what"] if changes else "",
                compared=said["compared"],
            )


@cache
def _listings() -> TypeAdapter[tuple[Listing, ...]]:
    return TypeAdapter(tuple[Listing, ...])
