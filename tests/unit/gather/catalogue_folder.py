"""A small sound catalogue on disk, to be broken in one place at a time."""

from __future__ import annotations

from pathlib import Path

CATEGORY = """\
category:
  id: kettles
  name: Kettles
  noun: kettle
  plural: kettles
metrics:
  - id: volume
    name: Volume
    kind: quantity
    unit: l
    direction: higher_is_better
    aliases: [capacity, "Water Volume (max)"]
  - id: boil_time
    name: Time to boil
    kind: quantity
    unit: s
    direction: lower_is_better
  - id: colour
    name: Colour
    kind: category
rules:
  - {lower: volume, upper: boil_time, because: a test needs a rule}
entities:
  - {id: red, name: Red Kettle}
  - {id: blue, name: Blue Kettle, aliases: [The Blue]}
comparisons:
  - slug: red-vs-blue
    entities: [red, blue]
    key_metrics: [volume]
sources:
  - {id: maker, name: The maker, tier: official}
"""

OBSERVATIONS = """\
entity,attribute,raw,source,as_of
red,Volume,1.7 l,maker,2026-01-31
blue,water volume max,1.5 l,maker,2026-01-31
"""


def write_catalogue(folder: Path, *, category: str = CATEGORY, observations: str | bytes = OBSERVATIONS) -> Path:
    """Write the catalogue into `folder` and return it."""
    (folder / "categories").mkdir(parents=True, exist_ok=True)
    (folder / "observations").mkdir(exist_ok=True)
    (folder / "categories" / "kettles.yaml").write_text(category, encoding="utf-8")
    data = observations if isinstance(observations, bytes) else observations.encode()
    (folder / "observations" / "kettles.csv").write_bytes(data)
    return folder
