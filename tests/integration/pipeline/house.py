"""A small house for tests: a catalogue in a folder, settings that point at it, a clock that stands still."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from flows.bootstrap import build
from flows.draft.port import Drafter, DraftJob, DraftResult
from flows.parts import Parts
from flows.settings import Settings
from flows.store.engine import backup, open_engine
from schemas.drafts import Draft
from schemas.facts import FactSheet

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)

CATEGORY = """\
category: {id: kettles, name: Kettles, noun: kettle, plural: kettles}
metrics:
  - {id: boil_time, name: Boil time, kind: quantity, unit: s, direction: lower_is_better, aliases: [time to boil],
     wording: {noun: boil time, better: faster, worse: slower, matters: are in a hurry}}
  - {id: volume, name: Volume, kind: quantity, unit: l, direction: higher_is_better,
     wording: {noun: volume, better: larger, worse: smaller, matters: boil for many}}
  - {id: price, name: Price, kind: quantity, unit: USD, direction: lower_is_better,
     wording: {noun: price, better: cheaper, worse: dearer, matters: watch the price}}
  - {id: weight, name: Weight, kind: quantity, unit: kg, direction: lower_is_better,
     wording: {noun: weight, better: lighter, worse: heavier, matters: carry it}}
sources:
  - {id: leaflets, name: Makers' leaflets, tier: 3, url: "https://example.org/leaflets"}
entities:
  - {id: swift, name: Swift, category: kettles}
  - {id: homely, name: Homely, category: kettles}
comparisons:
  - {slug: swift-vs-homely, entities: [swift, homely], category: kettles, key_metrics: [boil_time, volume, price]}
"""
ROWS = {
    ("swift", "boil_time"): "120 s",
    ("homely", "boil_time"): "240 s",
    ("swift", "volume"): "1.0 l",
    ("homely", "volume"): "1.7 l",
    ("swift", "price"): "$60",
    ("homely", "price"): "$30",
    ("swift", "weight"): "0.9 kg",
    ("homely", "weight"): "1.2 kg",
}


class House:
    """The folder; `parts` opens the application on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        (self.data / "categories").mkdir(parents=True)
        (self.data / "observations").mkdir()
        (self.data / "categories" / "kettles.yaml").write_text(CATEGORY)
        self.now = NOON
        self.write(ROWS)

    def write(self, rows: dict[tuple[str, str], str]) -> None:
        """What the one source says."""
        with (self.data / "observations" / "leaflets.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["entity", "attribute", "raw", "source", "as_of"])
            writer.writerows([entity, metric, raw, "leaflets", "2026-11-01"] for (entity, metric), raw in rows.items())

    def settings(self, **more: object) -> Settings:
        return Settings(data=self.data, home=self.folder / "home", site=self.folder / "site", **more)  # type: ignore[arg-type]  # fields by name

    @contextmanager
    def parts(self, drafter: Drafter | None = None, **more: object) -> Iterator[Parts]:
        """The application, on a store that is at the newest schema already: how one gets there is the store's tests' business."""
        store = self.folder / "home" / "tiebreak.db"
        if "database_url" not in more and not store.exists():
            store.parent.mkdir(parents=True, exist_ok=True)
            store.write_bytes(_new_store())
        with build(self.settings(**more), offline=True, now=lambda: self.now, drafter=drafter) as parts:
            yield parts


@cache
def _new_store() -> bytes:
    """The file of a store that was made just now."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'made.db'}")
        copy = Path(folder) / "copy.db"
        backup(engine, copy)
        engine.dispose()
        return copy.read_bytes()


class WrittenDrafter:
    """Stands for a model: answers with what it was given, and counts how often it was asked."""

    name = "model"
    model: str | None = "written-by-hand"
    prompt_hash: str | None = "p"

    def __init__(self, write: Callable[[FactSheet], Draft]) -> None:
        self._write = write
        self.asked = 0

    async def draft(self, sheet: FactSheet, job: DraftJob) -> DraftResult:
        self.asked += 1
        return DraftResult(self._write(sheet))

    async def close(self) -> None:
        """It holds nothing."""
