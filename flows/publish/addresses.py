"""How pages name each other: whole addresses where the site has one, files beside each other where it has none."""

from __future__ import annotations

from schemas.pages import Site


def page_address(site: Site, slug: str) -> str:
    """The one address of a page, for canonical links and feeds; relative to the page itself while the site has none."""
    return f"{site.url}{slug}/" if site.url else "./index.html"


def home_link(site: Site) -> str:
    """From a page to the index."""
    return site.url or "../index.html"


def page_link(site: Site, slug: str, *, from_root: bool = False) -> str:
    """From a page, or from the index, to another page. Without an address it names the file: folders open as lists."""
    if site.url:
        return f"{site.url}{slug}/"
    return f"{'' if from_root else '../'}{slug}/index.html"


def file_link(site: Site, slug: str, name: str) -> str:
    """From a page to a file beside it."""
    return f"{site.url}{slug}/{name}" if site.url else name


def root_link(site: Site, name: str, *, from_root: bool = False) -> str:
    """From a page, or from the index, to a file at the site's root."""
    return f"{site.url}{name}" if site.url else f"{'' if from_root else '../'}{name}"


def reverse_slug(slug: str) -> str | None:
    """ "fastapi-vs-flask" for "flask-vs-fastapi"; None where a slug has no second order of its own."""
    left, between, right = slug.partition("-vs-")
    if not (left and between and right) or "-vs-" in right or left == right:
        return None
    return f"{right}-vs-{left}"
