"""schema.org data of a page: what it is about, who wrote and read it, and its figures as a dataset.

No rating and no FAQPage: nobody rated anything, and search shows no result for questions. The text of every value
also stands on the page.
"""

from __future__ import annotations

from datetime import datetime

from flows.publish.addresses import file_link, page_address
from flows.publish.escaping import shown, web_address
from flows.publish.figures import Figures
from flows.publish.provenance import Provenance
from flows.publish.wording import day_attribute
from schemas.catalogue import Entity
from schemas.pages import Authorship, Page, Site

_SOURCE_TYPES = {
    Authorship.DATA: "https://schema.org/DataDrivenMediaDigitalSource",
    Authorship.AI: "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource",
}


def json_ld(
    page: Page, site: Site, title: str, summary: str, changed_at: datetime, figures: Figures, provenance: Provenance
) -> dict[str, object]:
    """The page as a JSON-LD graph of web page, article, dataset and breadcrumb."""
    slug = page.sheet.comparison.slug
    address = page_address(site, slug)
    about = [_thing(entity) for entity in page.sheet.entities]
    first = min((change.on for change in page.changes), default=changed_at.date())
    organisation = _present({"@type": "Organization", "name": site.publisher or site.name, "url": site.url or None})
    based_on = [
        _present({"@type": "CreativeWork", "name": group.source.name, "url": web_address(group.source.url)})
        for group in provenance.groups
    ]
    graph = [
        _present(
            {
                "@type": "WebPage",
                "@id": address,
                "url": address,
                "name": title,
                "inLanguage": "en",
                "about": about,
                "mainEntity": {"@id": f"{address}#article"},
                "lastReviewed": day_attribute(page.reviewed_on) or None,
                "reviewedBy": {"@type": "Person", "name": page.reviewed_by} if page.reviewed_by else None,
            }
        ),
        _present(
            {
                "@type": "Article",
                "@id": f"{address}#article",
                "headline": title,
                "description": summary or None,
                "inLanguage": "en",
                "about": about,
                "datePublished": first.isoformat(),
                "dateModified": changed_at.isoformat(),
                "version": str(page.number),
                "author": organisation,
                "publisher": organisation,
                "digitalSourceType": _SOURCE_TYPES[page.authorship],
                "isBasedOn": based_on or None,
                "mainEntityOfPage": {"@id": address},
            }
        ),
        _present(
            {
                "@type": "Dataset",
                "@id": f"{address}#dataset",
                "name": f"{title}: the figures",
                "description": f"Values of {len(figures.rows)} attributes with the source and date of each.",
                "creator": organisation,
                "dateModified": page.verified_at.isoformat(),
                "license": web_address(site.licence),
                "isBasedOn": based_on or None,
                "measurementTechnique": "Read from the named sources, resolved by trust in the source",
                "variableMeasured": [
                    _present({"@type": "PropertyValue", "name": row.metric.name, "unitText": row.metric.unit})
                    for row in figures.rows
                ],
                "distribution": [
                    {
                        "@type": "DataDownload",
                        "encodingFormat": kind,
                        "contentUrl": file_link(site, slug, name),
                    }
                    for kind, name in (("application/json", "index.json"), ("text/csv", "facts.csv"))
                ],
            }
        ),
    ]
    if site.url:
        graph.append(
            {
                "@type": "BreadcrumbList",
                "itemListElement": [
                    {"@type": "ListItem", "position": at, "name": name, "item": item}
                    for at, (name, item) in enumerate([(site.name, site.url), (title, address)], start=1)
                ],
            }
        )
    return {"@context": "https://schema.org", "@graph": _clean(graph)}


def _thing(entity: Entity) -> dict[str, object]:
    links = [link for link in map(web_address, entity.links) if link]
    return _present(
        {
            "@type": "Thing",
            "name": entity.name,
            "description": entity.description,
            "url": web_address(entity.homepage),
            "sameAs": links or None,
        }
    )


def _present(node: dict[str, object]) -> dict[str, object]:
    """Without what is not known: an empty property says something that nobody said."""
    return {key: value for key, value in node.items() if value is not None}


def _clean(value: object) -> object:
    """All strings as the page shows them."""
    if isinstance(value, str):
        return shown(value)
    if isinstance(value, dict):
        return {key: _clean(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean(inner) for inner in value]
    return value
