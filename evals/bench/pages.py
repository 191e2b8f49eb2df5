"""What a page costs to make: milliseconds for the first one of a process and for those that follow, and its size.

    python -m evals.bench.pages [SLUG ...]

Every comparison of the packaged catalogue, from the catalogue's own values and with the built-in drafter's text. Writing
into a folder is counted apart, for it waits for the disk.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from flows.draft.builtin import write
from flows.facts.observe import make_observation
from flows.facts.registry import Registry
from flows.facts.sheet import build_sheet
from flows.gather.catalogue import load_catalogue
from flows.publish.machine import render_csv, render_json
from flows.publish.page import render_page
from flows.publish.sink import FolderSink
from flows.publish.site import publish
from flows.references import render
from schemas.pages import Authorship, Page

READ_AT = datetime(2026, 11, 1, tzinfo=UTC)
TIMES = 20


def pages(wanted: frozenset[str]) -> Iterator[Page]:
    """The pages of the catalogue whose slugs are wanted; all of them when none is named."""
    catalogue = load_catalogue(Path(__file__).parents[2] / "data")
    registry = Registry(catalogue)
    sources = {source.id: source for source in catalogue.sources}
    observations = [
        make_observation(
            entity=row.entity,
            metric=metric,
            raw=row.raw,
            source=sources[row.source],
            retrieved_at=READ_AT,
            as_of=row.as_of,
            url=row.url,
            context=row.context,
            unit=row.unit,
        )
        for row in catalogue.observations
        if (metric := registry.metric_for(row.attribute)) is not None
    ]
    for comparison in catalogue.comparisons:
        if wanted and comparison.slug not in wanted:
            continue
        sheet = build_sheet(comparison, registry, observations, READ_AT.date())
        yield Page(
            sheet=sheet,
            draft=render(write(sheet), sheet),
            sources=catalogue.sources,
            authorship=Authorship.DATA,
            number=1,
            published_at=READ_AT,
            verified_at=READ_AT,
        )


def best(call: Callable[[], object], times: int = TIMES) -> float:
    """Milliseconds of the quickest call: what the work takes when nothing else is going on."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        found.append(time.perf_counter() - began)
    return min(found) * 1000


def main() -> None:
    """Print one line a comparison."""
    made = list(pages(frozenset(sys.argv[1:])))
    first = best(partial(render_page, made[0]), times=1)
    print(f"first page of the process (imports and compiles the templates): {first:.0f} ms")
    print(f"{'comparison':38}{'facts':>6}{'HTML ms':>9}{'JSON ms':>9}{'CSV ms':>8}{'write ms':>10}{'HTML kB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        sink = FolderSink(Path(folder))
        for page in made:
            makers: tuple[Callable[[Page], str], ...] = (render_page, render_json, render_csv)
            html, json, csv = (best(partial(make, page)) for make in makers)
            whole = best(partial(publish, page, sink), times=3)
            size = len(render_page(page).encode()) / 1000
            print(
                f"{page.sheet.comparison.slug:38}{len(page.sheet.facts):6}{html:9.1f}{json:9.1f}{csv:8.1f}"
                f"{whole - html - json - csv:10.1f}{size:9.0f}"
            )


if __name__ == "__main__":
    main()
