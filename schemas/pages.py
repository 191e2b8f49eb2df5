"""What a page is made from: everything the publisher needs, and nothing that it would have to look up."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from schemas.catalogue import Article, Closed, Source
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
