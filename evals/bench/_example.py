"""A made-up catalogue of any size, for benchmarks that need many comparisons which share nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from flows.bootstrap import build
from flows.parts import Parts
from flows.settings import Settings

_METRICS = [
    ("boil_time", "Boil time", "s", "lower_is_better", "faster", "slower"),
    ("volume", "Volume", "ml", "higher_is_better", "larger", "smaller"),
    ("price", "Price", "USD", "lower_is_better", "cheaper", "dearer"),
    ("weight", "Weight", "g", "lower_is_better", "lighter", "heavier"),
    ("power", "Power", "W", "higher_is_better", "stronger", "weaker"),
    ("cord", "Cord length", "cm", "higher_is_better", "longer", "shorter"),
]


def write_catalogue(folder: Path, pairs: int) -> Path:
    """`pairs` comparisons of two kettles each; no kettle is in two of them."""
    (folder / "categories").mkdir(parents=True)
    (folder / "observations").mkdir()
    category: dict[str, Any] = {
        "category": {"id": "kettles", "name": "Kettles", "noun": "kettle", "plural": "kettles"},
        "metrics": [
            {
                "id": metric,
                "name": name,
                "kind": "quantity",
                "unit": unit,
                "direction": direction,
                "wording": {
                    "noun": name.lower(),
                    "better": better,
                    "worse": worse,
                    "matters": f"care for {name.lower()}",
                },
            }
            for metric, name, unit, direction, better, worse in _METRICS
        ],
        "sources": [{"id": "leaflets", "name": "Leaflets", "tier": 3, "url": "https://example.org/leaflets"}],
        "entities": [
            {"id": f"{name}{_letters(pair)}", "name": f"{name.title()}{_letters(pair)}", "category": "kettles"}
            for pair in range(pairs)
            for name in ("swift", "homely")
        ],
        "comparisons": [
            {
                "slug": f"swift{_letters(pair)}-vs-homely{_letters(pair)}",
                "entities": [f"swift{_letters(pair)}", f"homely{_letters(pair)}"],
                "category": "kettles",
                "key_metrics": ["boil_time", "volume", "price"],
            }
            for pair in range(pairs)
        ],
    }
    (folder / "categories" / "kettles.yaml").write_text(yaml.safe_dump(category), encoding="utf-8")
    with (folder / "observations" / "leaflets.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["entity", "attribute", "raw", "source", "as_of"])
        for pair in range(pairs):
            for side, name in enumerate(("swift", "homely")):
                for number, (metric, *_rest) in enumerate(_METRICS):
                    value = 100 + (pair * 37 + number * 101 + side * 53) % 800
                    unit = {"USD": "USD"}.get(_METRICS[number][2], _METRICS[number][2])
                    writer.writerow([f"{name}{_letters(pair)}", metric, f"{value} {unit}", "leaflets", "2026-11-01"])
    return folder


@contextmanager
def application(folder: Path, pairs: int, **settings: object) -> Iterator[Parts]:
    """The assembled application on such a catalogue. Settings from the environment do not count."""
    data = write_catalogue(folder / "data", pairs)
    chosen = Settings(data=data, home=folder / "home", site=folder / "site", **settings)  # type: ignore[arg-type]  # fields by name
    with build(chosen, offline=True) as parts:
        yield parts


def _letters(number: int) -> str:
    """A suffix without digits, which a reader, or the checker, could take for a figure: 0 -> "aaa", 1 -> "aab"."""
    return "".join(chr(ord("a") + number // 26**place % 26) for place in (2, 1, 0))
