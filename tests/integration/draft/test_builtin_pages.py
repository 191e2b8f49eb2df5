"""Every comparison of the shipped catalogue, drafted from its rows, as a reader would get it."""

import asyncio
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import data
from evals.local import LocalApp
from evals.overlap import overlap
from flows.draft.builtin import write
from flows.draft.builtin.content import content
from flows.draft.builtin.plans import shape
from flows.errors import CatalogueError
from flows.examine import Examiner
from flows.pipeline import publishable
from flows.references import render
from schemas.checking import Decision

TODAY = date(2026, 11, 22)


@cache
def app() -> LocalApp:
    return LocalApp(Path(data.__file__).parent, TODAY)


def slugs() -> list[str]:
    try:
        return [comparison.slug for comparison in app().catalogue.comparisons]
    except CatalogueError:
        return []  # the catalogue's own tests say what is wrong with it


@pytest.mark.parametrize("slug", slugs())
def test_a_page_is_publishable_with_no_sentence_taken_out(slug: str) -> None:
    sheet = app().sheet(slug)
    draft = write(sheet)
    best, examined = asyncio.run(publishable(draft, Examiner(sheet)))
    written, left = (sum(len(block.sentences) for block in one.blocks) for one in (draft, best))
    assert examined.report.decision is Decision.PUBLISH
    assert left == written


@pytest.mark.parametrize("slug", slugs())
def test_what_is_a_bound_itself_is_not_bounded_again(slug: str) -> None:
    sheet = app().sheet(slug)
    assert not re.search(r"no more than [^.]*\bup to\b", render(write(sheet), sheet).text)


def test_pages_do_not_read_alike() -> None:
    candidates = list(app()(slugs()))
    assert len(candidates) >= 10
    assert overlap(candidates).median < 0.5


def test_the_catalogue_needs_at_least_six_plans() -> None:
    assert len({shape(content(app().sheet(slug))).plan for slug in slugs()}) >= 6
