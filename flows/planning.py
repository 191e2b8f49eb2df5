"""What would change if everything ran now, found without a model and without asking a source."""

from __future__ import annotations

from dataclasses import dataclass

from flows.check.version import checker_version
from flows.errors import TiebreakError
from flows.examine import examine, labels_hash
from flows.parts import Parts
from flows.pipeline import stored_sheet
from schemas.catalogue import Comparison
from schemas.checking import Decision


@dataclass(frozen=True, slots=True)
class Planned:
    """`action`: write (no page yet), keep, re-render (figures moved), rewrite (a claim flipped), review."""

    comparison: str
    action: str
    why: str


def plan_all(parts: Parts) -> list[Planned]:
    """One line for each comparison of the catalogue."""
    return [_plan(parts, comparison) for comparison in parts.catalogue.comparisons]


def _plan(parts: Parts, comparison: Comparison) -> Planned:
    slug = comparison.slug
    published = parts.store.publications.newest(slug)
    if published is None:
        return Planned(slug, "write", "it has no page yet")
    if published.retracted_at is not None:
        return Planned(slug, "write", f"it was retracted: {published.retracted_reason}")
    sheet = stored_sheet(parts, comparison)
    if published.sheet_hash == sheet.sheet_hash and published.checker_version == checker_version(parts.lexicon.digest):
        return Planned(slug, "keep", "facts and checker are the same")
    record = parts.store.drafts.get(published.draft_id)
    try:
        examined = examine(record.draft, sheet, parts.lexicon)
    except TiebreakError as error:
        return Planned(slug, "rewrite", str(error))
    approval = parts.store.publications.approval(published)
    if examined.report.decision is not Decision.PUBLISH or labels_hash(examined) != approval.labels_hash:
        failing = [claim for claim in examined.report.claims if claim.label.value != "supported"]
        return Planned(
            slug, "rewrite", f"{failing[0].text!r} is {failing[0].label.value}" if failing else "the claims changed"
        )
    if sheet.fingerprint != approval.fingerprint:
        return Planned(slug, "review", "a figure left its class, though every claim still holds")
    return Planned(
        slug,
        "re-render",
        "figures moved" if published.sheet_hash != sheet.sheet_hash else "the checker changed, every claim still holds",
    )
