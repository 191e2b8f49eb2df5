"""One page: sections in their order, each from facts, sources or the draft; a section without content is not there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from flows.facts.derivations import USABLE
from flows.publish import chart, figures, prose
from flows.publish.addresses import file_link, home_link, page_address, page_link, root_link
from flows.publish.escaping import script_json, shown, web_address
from flows.publish.provenance import Provenance
from flows.publish.structured import json_ld
from flows.publish.templating import render
from flows.publish.wording import authorship
from schemas.catalogue import Entity
from schemas.pages import Authorship, Page, Site
from schemas.quantity import Kind

if TYPE_CHECKING:
    from markupsafe import Markup

#: Characters of the description that search results and previews show.
SUMMARY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Side:
    """One entity in the head of the page. `version` is its value of the first version metric, if it has one."""

    entity: Entity
    version: str | None
    identifiers: tuple[tuple[str, str], ...]
    ahead: int


@dataclass(frozen=True, slots=True)
class OfferLine:
    """A place to get an entity; `price` is what the sheet says of the offer's metric."""

    entity: Entity
    label: str
    url: str
    price: str | None
    affiliate: bool


@dataclass(frozen=True, slots=True)
class Resources:
    """An entity's own addresses, home page first."""

    entity: Entity
    links: tuple[str, ...]


def render_page(page: Page, site: Site | None = None) -> str:
    """The page as one HTML document that asks for nothing else: no script, no font, no image.

    Links are relative while `site` has no address. What sources, people or models wrote is data to the template and
    is escaped; the template engine never reads it.
    """
    site = site or Site()
    sheet = page.sheet
    provenance = Provenance(sheet, page.sources)
    rows = figures.arrange(sheet, provenance)
    words = prose.arrange(page.draft, sheet, provenance)
    title = page_title(page)
    summary = page_summary(page)
    changed_at = last_change(page)
    slug = sheet.comparison.slug
    offers = _offers(page)
    return render(
        "page.html.j2",
        {
            "page": page,
            "sheet": sheet,
            "site": site,
            "title": title,
            "summary": summary,
            "label": authorship(page),
            "by_model": page.authorship is Authorship.AI,
            "sides": tuple(_sides(page, rows)),
            "figures": rows,
            "prose": words,
            "chart": chart.pairs(rows),
            "sources": provenance.groups,
            "offers": offers,
            "paid": any(offer.affiliate for offer in offers),
            "resources": _resources(sheet.entities),
            "articles": tuple(article for article in page.articles if web_address(article.url)),
            "changed_at": changed_at,
            "canonical": page_address(site, slug),
            "home": home_link(site),
            "feed": root_link(site, "feed.xml"),
            "data_file": file_link(site, slug, "index.json"),
            "table_file": file_link(site, slug, "facts.csv"),
            "related": tuple((page_link(site, each.slug), each.title) for each in page.related),
            "structured": _script(json_ld(page, site, title, summary, changed_at, rows, provenance)),
        },
    )


def page_title(page: Page) -> str:
    """ "Flask vs FastAPI", in the catalogue's order."""
    return shown(" vs ".join(entity.name for entity in page.sheet.entities))


def page_summary(page: Page) -> str:
    """The short answer, or else the verdict's beginning, as far as it fits a preview, cut between words."""
    for block in ("short_answer", "verdict"):
        text = " ".join(sentence.text for sentence in page.draft.sentences if sentence.block == block)
        text = " ".join(shown(text).split())
        if text:
            return text if len(text) <= SUMMARY_LENGTH else text[: SUMMARY_LENGTH - 1].rsplit(" ", 1)[0] + "…"
    return ""


def last_change(page: Page) -> datetime:
    """When the page last changed in substance: its newest history line, else its publication.

    This is what the sitemap and the feed report. A page that is rendered again with the same content keeps it.
    """
    newest = max((change.on for change in page.changes), default=None)
    if newest is None or newest == page.published_at.date():
        return page.published_at
    return datetime.combine(newest, time(), tzinfo=UTC)


def _script(value: object) -> Markup:
    """Data for a script element: `script_json` has already made it safe there, where HTML escapes would break it."""
    from markupsafe import Markup

    return Markup(script_json(value))  # noqa: S704 - escaped for a script element


def _sides(page: Page, rows: figures.Figures) -> Iterable[Side]:
    for at, entity in enumerate(page.sheet.entities):
        cells = [row.cells[at] for row in rows.rows]
        version = next(
            (
                cell.value
                for cell in cells
                if cell.usable and cell.fact and cell.fact.quantity and cell.fact.quantity.kind is Kind.VERSION
            ),
            None,
        )
        identifiers = tuple(
            (name, entity.external[key]) for key, name in _IDENTIFIERS.items() if key in entity.external
        )
        yield Side(entity, version, identifiers, ahead=sum(cell.better for cell in cells))


#: What tells readers which one is meant, of the keys under which sources know an entity.
_IDENTIFIERS = {"github": "GitHub", "pypi": "PyPI", "npm": "npm"}


def _offers(page: Page) -> tuple[OfferLine, ...]:
    """Real offers only: those whose address can be followed."""
    prices = {(fact.entity, fact.metric): fact.display for fact in page.sheet.facts if fact.status in USABLE}
    return tuple(
        OfferLine(
            entity,
            offer.label,
            offer.url,
            prices.get((entity.id, offer.metric)) if offer.metric else None,
            offer.affiliate,
        )
        for entity in page.sheet.entities
        for offer in entity.offers
        if web_address(offer.url)
    )


def _resources(entities: Iterable[Entity]) -> tuple[Resources, ...]:
    found = []
    for entity in entities:
        addresses = dict.fromkeys(
            address for address in (entity.homepage, *entity.links) if web_address(address) and address
        )
        if addresses:
            found.append(Resources(entity, tuple(addresses)))
    return tuple(found)
