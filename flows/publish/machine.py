"""A page's facts for programs: `index.json` with everything, `facts.csv` with the values."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from decimal import Decimal

from pydantic_core import to_json

from flows.facts.derivations import USABLE
from flows.publish.escaping import web_address
from flows.publish.page import last_change, page_summary, page_title
from flows.publish.wording import authorship
from schemas.facts import Fact, FactSheet, Observation
from schemas.pages import Page, Site
from schemas.quantity import Quantity

#: Version of the layout of `index.json`; it changes when a key changes its meaning or goes.
FORMAT = 1

#: What a spreadsheet would run as a formula. A number with its sign is data and stays a number.
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_NUMBER = re.compile(r"^[+-]?[\d.,]+%?$")


def render_json(page: Page, site: Site | None = None) -> str:
    """All facts, derivations and sources of the page with its hashes, as one JSON object.

    Amounts are strings in canonical units, so that no reader rounds them. Findings are the editors' and are not here.
    `claims` is there where the page carries the checker's report.
    """
    site = site or Site()
    sheet = page.sheet
    slug = sheet.comparison.slug
    used = {each for fact in sheet.facts for each in (*fact.evidence, *fact.others)}
    observations = [observation for observation in sheet.observations if observation.id in used]
    named = {observation.source for observation in observations}
    document: dict[str, object] = {
        "format": FORMAT,
        "slug": slug,
        "url": f"{site.url}{slug}/" if site.url else None,
        "title": page_title(page),
        "summary": page_summary(page),
        "compared": compared(sheet),
        "category": {"id": sheet.category.id, "name": sheet.category.name},
        "authorship": page.authorship.value,
        "label": authorship(page),
        "version": page.number,
        "published_at": page.published_at.isoformat(),
        "changed_at": last_change(page).isoformat(),
        "verified_at": page.verified_at.isoformat(),
        "next_check_on": page.next_check_on.isoformat() if page.next_check_on else None,
        "reviewed_by": page.reviewed_by,
        "reviewed_on": page.reviewed_on.isoformat() if page.reviewed_on else None,
        "figures_updated_on": page.figures_updated_on.isoformat() if page.figures_updated_on else None,
        "checker_version": page.checker_version,
        "hashes": {"sheet": page.sheet_hash or sheet.sheet_hash, "fingerprint": sheet.fingerprint},
        "entities": [
            {
                "id": entity.id,
                "name": entity.name,
                "homepage": web_address(entity.homepage),
                "external": dict(sorted(entity.external.items())),
            }
            for entity in sheet.entities
        ],
        "metrics": [
            metric.model_dump(mode="json", include={"id", "name", "kind", "unit", "direction", "group", "description"})
            for metric in sheet.metrics
        ],
        "facts": [_fact(fact) for fact in sheet.facts],
        "better": sheet.better,
        "derivations": [derivation.model_dump(mode="json") for derivation in sheet.derivations],
        "observations": [_observation(observation) for observation in observations],
        "sources": [
            source.model_dump(mode="json", include={"id", "name", "url", "licence", "attribution"})
            | {"tier": source.tier.name.lower()}
            for source in page.sources
            if source.id in named
        ],
        "prose": _prose(page),
        "changes": [change.model_dump(mode="json") for change in page.changes],
    }
    if page.claims:
        document["claims"] = [
            claim.model_dump(mode="json", include={"start", "end", "text", "kind", "evidence", "computation"})
            | {"status": claim.label.value}
            for claim in page.claims
        ]
    # The standard library indents in Python, which takes as long as rendering the page.
    return to_json(document, indent=1).decode() + "\n"


def render_csv(page: Page) -> str:
    """One line a fact, with the source and date of the value; safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["entity", "metric", "context", "value", "low", "high", "unit", "status", "sources", "as_of", "verified_at"]
    )
    observations = {observation.id: observation for observation in page.sheet.observations}
    for fact in page.sheet.facts:
        quantity = fact.quantity
        urls = dict.fromkeys(
            observations[each].url or observations[each].source for each in fact.evidence if each in observations
        )
        cells = [
            fact.entity,
            fact.metric,
            "; ".join(f"{key}={value}" for key, value in fact.context),
            fact.display or "",
            _amount(quantity.low) or "" if quantity else "",
            _amount(quantity.high) or "" if quantity else "",
            quantity.unit or "" if quantity else "",
            fact.status.value,
            " ".join(urls),
            fact.as_of.isoformat() if fact.as_of else "",
            fact.verified_at.isoformat() if fact.verified_at else "",
        ]
        writer.writerow([spreadsheet_safe(cell) for cell in cells])
    return out.getvalue()


def spreadsheet_safe(cell: str) -> str:
    """`cell` with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.match(cell) else cell


def _fact(fact: Fact) -> dict[str, object]:
    return {
        "id": fact.id,
        "entity": fact.entity,
        "metric": fact.metric,
        "context": dict(fact.context),
        "status": fact.status.value,
        "display": fact.display,
        "quantity": _quantity(fact.quantity),
        "evidence": list(fact.evidence),
        "others": list(fact.others),
        "as_of": fact.as_of.isoformat() if fact.as_of else None,
        "verified_at": fact.verified_at.isoformat() if fact.verified_at else None,
    }


def _quantity(quantity: Quantity | None) -> dict[str, object] | None:
    """Without the spans: they belong to the raw string of one source."""
    if quantity is None:
        return None
    kept = ("kind", "low", "high", "unit", "approx", "bound", "qualifier", "boolean", "date")
    shown = {key: value for key in kept if (value := getattr(quantity, key)) is not None}
    return {key: _amount(value) if isinstance(value, Decimal) else value for key, value in shown.items()}


def _amount(value: Decimal | None) -> str | None:
    """Plain digits: "12000", never "1.2E+4"."""
    return None if value is None else f"{value:f}"


def _observation(observation: Observation) -> dict[str, object]:
    return {
        "id": observation.id,
        "entity": observation.entity,
        "metric": observation.metric,
        "context": dict(observation.context),
        "raw": observation.raw,
        "source": observation.source,
        "url": web_address(observation.url),
        "as_of": observation.as_of.isoformat() if observation.as_of else None,
        "retrieved_at": observation.retrieved_at.isoformat(),
        "method": observation.method,
        "licence": observation.licence,
        "response_hash": observation.response_hash,
    }


def _prose(page: Page) -> list[dict[str, object]]:
    """Sentences in order, each with the figures that it prints and the facts behind them; spans are of its text."""
    return [
        {
            "block": sentence.block,
            "text": sentence.text,
            "figures": [
                {
                    "start": reference.start - sentence.start,
                    "end": reference.end - sentence.start,
                    "reference": reference.reference,
                    "facts": list(reference.facts),
                }
                for reference in page.draft.references
                if sentence.start <= reference.start and reference.end <= sentence.end
            ],
        }
        for sentence in page.draft.sentences
    ]


def compared(sheet: FactSheet) -> int:
    """How many (metric, context) have a usable value on both sides."""
    sides = Counter((fact.metric, fact.context) for fact in sheet.facts if fact.status in USABLE)
    return sum(count == len(sheet.entities) for count in sides.values())
