"""Publishing what is approved: records, then files. Doing it again changes nothing, so a killed sweep is run again."""

from __future__ import annotations

from collections.abc import Iterable

from flows.draft.port import Examined
from flows.examine import examine, labels_hash
from flows.parts import Parts
from flows.publish.page import page_title
from flows.publish.site import publish, withdraw
from flows.store.records import ApprovalRecord, DraftRecord, PublicationRecord
from schemas.checking import Decision
from schemas.facts import FactSheet
from schemas.pages import Authorship, Change, Page, Related
from schemas.states import DraftState

#: Name of the switch that stops all publishing.
PAUSED = "publish_paused"


def release_draft(
    parts: Parts,
    record: DraftRecord,
    sheet: FactSheet,
    examined: Examined,
    *,
    approval_id: int,
    change: str = "Text and figures updated.",
) -> str | None:
    """Publish an approved draft and write its page. None while publishing is paused, else where the page is.

    The caller has checked that the approval fits; a text that no longer passes is refused by `sweep`.
    """
    if parts.store.locks.switch(PAUSED) is not None:
        return None
    now = parts.now()
    first = parts.store.publications.newest(record.comparison) is None
    parts.store.publications.add(
        comparison=record.comparison,
        draft_id=record.id,
        approval_id=approval_id,
        revision_hash=record.revision_hash,
        sheet_hash=sheet.sheet_hash,
        checker_version=examined.report.checker_version,
        verified_at=now,
        change="First published." if first else change,
        at=now,
    )
    rewrite(parts, record.comparison)
    return f"{parts.site_shown}/{record.comparison}/index.html"


def sweep(parts: Parts) -> list[str]:
    """Publish every approved draft that still stands, and write every page that the sink does not have yet.

    Gives one line for each thing done or refused.
    """
    if (why := parts.store.locks.switch(PAUSED)) is not None:
        return [f"publishing is paused ({why}): nothing was released"]
    done = []
    for record in parts.store.drafts.in_state(DraftState.APPROVED):
        done.append(_release_approved(parts, record))
    there = set(parts.sink.slugs())
    for publication in parts.store.publications.all_newest():
        lost = publication.retracted_at is None and publication.comparison not in there
        if publication.written_at is None or lost:
            rewrite(parts, publication.comparison)
            done.append(
                f"{publication.comparison}: {'taken down' if publication.retracted_at else f'version {publication.number} written'}"
            )
    return done


def rewrite(parts: Parts, slug: str) -> None:
    """Write the newest version of a page, or take it down when it was retracted; then the site's own files."""
    publication = parts.store.publications.newest(slug)
    if publication is None:
        return
    page = page_of(parts, publication)
    if publication.retracted_at is not None:
        reason = publication.retracted_reason or ""
        withdraw(slug, page_title(page), reason, publication.retracted_at.date(), parts.sink, parts.site)
    else:
        publish(page, parts.sink, parts.site)
    parts.store.publications.mark_written(publication.id, parts.now())


def page_of(parts: Parts, publication: PublicationRecord) -> Page:
    """Everything the publisher needs for one version."""
    store = parts.store
    record = store.drafts.get(publication.draft_id)
    sheet = store.observations.sheet(publication.sheet_hash)
    if sheet is None:
        raise LookupError(f"the sheet {publication.sheet_hash} of publication {publication.id} is not in the store")
    approval = store.publications.approval(publication)
    used = {observation.source for observation in sheet.observations}
    by_data = record.drafter == "builtin"
    examined = examine(record.draft, sheet, parts.lexicon)
    return Page(
        sheet=sheet,
        draft=examined.rendered,
        claims=examined.report.claims,
        sources=tuple(source for source in parts.catalogue.sources if source.id in used),
        authorship=Authorship.DATA if by_data else Authorship.AI,
        number=publication.number,
        published_at=publication.published_at,
        verified_at=publication.verified_at,
        reviewed_by=approval.reviewed_by,
        reviewed_on=approval.reviewed_on,
        figures_updated_on=publication.published_at.date() if approval.carried_from is not None else None,
        checker_version=publication.checker_version,
        sheet_hash=publication.sheet_hash,
        changes=tuple(
            Change(on=version.published_at.date(), what=version.change)
            for version in store.publications.history(record.comparison)
        ),
        related=tuple(_related(parts, sheet)),
        articles=tuple(
            article
            for article in parts.catalogue.articles
            if set(article.entities) & set(sheet.comparison.entities) or sheet.category.id in article.categories
        ),
    )


def _release_approved(parts: Parts, record: DraftRecord) -> str:
    sheet = parts.store.observations.sheet(record.sheet_hash)
    approval = parts.store.drafts.approval(record.id)
    now = parts.now()
    if sheet is None or approval is None:
        parts.store.drafts.move(
            record.id, DraftState.FAILED, at=now, reason="approved, but its facts or its approval are gone"
        )
        return f"{record.comparison}: draft {record.id} failed: its facts or its approval are gone; run `tiebreak run {record.comparison}`"
    examined = examine(record.draft, sheet, parts.lexicon)
    if void := void_because(record, approval, sheet, examined):
        parts.store.drafts.move(record.id, DraftState.FAILED, at=now, reason=void)
        return (
            f"{record.comparison}: draft {record.id} was not released: {void}; run `tiebreak run {record.comparison}`"
        )
    page = release_draft(parts, record, sheet, examined, approval_id=approval.id)
    return f"{record.comparison}: published, {page}"


def void_because(record: DraftRecord, approval: ApprovalRecord, sheet: FactSheet, examined: Examined) -> str | None:
    """Why an approval does not hold for this text on these facts, or None when it does.

    An editor's approval stands over claims that the checker could not verify, never over one it calls contradicted.
    """
    if approval.revision_hash != record.revision_hash:
        return "the text was changed after the approval"
    if approval.fingerprint != sheet.fingerprint:
        return "the facts moved after the approval"
    if approval.labels_hash != labels_hash(examined):
        return "a claim changed its label after the approval"
    if examined.report.decision is Decision.REJECT or (
        examined.report.decision is Decision.REVIEW and approval.approved_by.startswith("policy:")
    ):
        return "a claim does not hold"
    return None


def _related(parts: Parts, sheet: FactSheet) -> Iterable[Related]:
    live = {one.comparison for one in parts.store.publications.all_newest() if one.retracted_at is None}
    here = sheet.comparison
    names = {entity.id: entity.name for entity in parts.catalogue.entities}
    for other in parts.catalogue.comparisons:
        near = other.category == here.category or set(other.entities) & set(here.entities)
        if other.slug != here.slug and other.slug in live and near:
            yield Related(slug=other.slug, title=f"{names[other.entities[0]]} vs {names[other.entities[1]]}")
