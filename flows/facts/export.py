"""A sheet as rows of a catalogue CSV, safe to open in a spreadsheet and to carry back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from schemas.catalogue import ObservationRow
from schemas.facts import Context, FactSheet, Observation

COLUMNS = (
    "entity",
    "attribute",
    "raw",
    "source",
    "as_of",
    "url",
    "method",
    "unit",
    "context",
    "shown_diff",
    "shown_winner",
    "source_id",
)

#: What makes a spreadsheet read a cell as a formula; a tab or carriage return may hide one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def facts_csv(sheet: FactSheet) -> tuple[dict[str, str], ...]:
    """The observations of a sheet as CSV rows under `COLUMNS`, by metric, entity and source; settlements are left out.

    Cells are spreadsheet-safe; `read_back` undoes that. Settlements live in the store, not in the catalogue.
    """
    position = {metric.id: number for number, metric in enumerate(sheet.metrics)}
    chosen = [one for one in sheet.observations if one.source != "editor"]
    chosen.sort(key=lambda one: (position[one.metric], one.entity, one.source, one.id))
    return tuple(_row(one) for one in chosen)


def read_back(rows: Iterable[Mapping[str, str]]) -> tuple[ObservationRow, ...]:
    """Rows of an exported CSV as catalogue rows. Raises pydantic's ValidationError for what is none."""
    return tuple(
        ObservationRow.model_validate(
            {name: unguard(cell) for name, cell in row.items() if name in COLUMNS and cell != ""}
        )
        for row in rows
    )


def guard(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before one that begins like one.

    A cell that begins with apostrophes and then like a formula gets one more, so that `unguard` always gives back the cell.
    """
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def unguard(cell: str) -> str:
    """The cell that `guard` was given."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def context_text(context: Context) -> str:
    """Context pairs as a catalogue cell writes them."""
    return "; ".join(f"{key}={value}" for key, value in context)


def _row(one: Observation) -> dict[str, str]:
    cells = {
        "entity": one.entity,
        "attribute": one.attribute or one.metric,
        "raw": one.raw,
        "source": one.source,
        "as_of": one.as_of.isoformat() if one.as_of else "",
        "url": one.url or "",
        "method": one.method or "",
        "unit": one.unit or "",
        "context": context_text(one.context),
        "shown_diff": one.shown_diff or "",
        "shown_winner": one.shown_winner or "",
        "source_id": one.source_id or "",
    }
    return {name: guard(cells[name]) for name in COLUMNS}
