"""What a page is made from: everything the publisher needs, and nothing that it would have to look up."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from pydantic import Field

from schemas.catalogue import Article, Closed, Source
from schemas.checking import Claim
from schemas.drafts import RenderedDraft
from schemas.facts import FactSheet


class Authorship(StrEnum):
    """Who wrote the words: the label near the headline."""

    DATA = "written from data"
    AI = "AI-assisted"


class Change(Closed):
    """One line of a page's history."""

    on: date
    what: str


class Related(Closed):
    slug: str
    title: str


class Site(Closed):
    """The site that a page stands in. `url` is the public address of its root, ending in "/"; "" while there is none.

    Without an address, links between pages name their files, so that a folder opened from disk can be read, and no
    sitemap is made. `publisher` is who answers for the pages, `contact` a web or e-mail address for readers, `licence`
    the address of the licence under which the site's own tables may be used.
    """

    name: str = Field("Tiebreak", min_length=1, max_length=120)
    url: str = Field("", pattern=r"^(https?://[^\s<>\"']+/)?$")
    publisher: str | None = None
    contact: str | None = None
    licence: str | None = None
    ai_policy: str | None = None
    corrections_policy: str | None = None


class Listing(Closed):
    """One line of the site's index: what the index page, the sitemap and the feed say of a page.

    `changed_at` is the last significant change, not the last rendering.
    """

    slug: str
    title: str
    category: str
    summary: str
    changed_at: datetime
    what_changed: str = ""
    #: How many metrics have a usable value on both sides.
    compared: int = 0


class Page(Closed):
    """One version of a page. `verified_at`: when the facts were last seen to hold."""

    sheet: FactSheet
    draft: RenderedDraft
    sources: tuple[Source, ...]
    authorship: Authorship
    number: int
    published_at: datetime
    verified_at: datetime
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    #: Set on a carried approval: the text is as reviewed, the figures are of this day.
    figures_updated_on: date | None = None
    checker_version: str = ""
    sheet_hash: str = ""
    changes: tuple[Change, ...] = ()
    related: tuple[Related, ...] = ()
    articles: tuple[Article, ...] = ()
    #: When the sources are asked again, if that is known.
    next_check_on: date | None = None
    #: The checker's claims about `draft.text`; exported with the facts, never needed to render.
    claims: tuple[Claim, ...] = ()
