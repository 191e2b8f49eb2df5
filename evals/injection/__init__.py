"""Hostile texts: from sources, in names, and in answers of a model that was taken in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

Where = Literal["value", "name", "answer"]


@dataclass(frozen=True, slots=True)
class Case:
    """`text` is what is put in; `never` what may not be in the page that comes out."""

    id: str
    where: Where
    text: str
    never: tuple[str, ...]


def cases(where: Where) -> list[Case]:
    """All cases of one kind. Raises KeyError for a file that is not as it should be."""
    found = []
    for path in sorted(Path(__file__).parent.glob("*.yaml")):
        file: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        if file["where"] == where:
            found += [_case(where, one) for one in file["cases"]]
    return found


def _case(where: Where, row: dict[str, Any]) -> Case:
    repeated = row.get("text_repeated")
    text = repeated[0] * repeated[1] if repeated else row["text"]
    default = (text.rstrip("."),) if where == "answer" else ()
    return Case(row["id"], where, text, tuple(row.get("never", default)))
