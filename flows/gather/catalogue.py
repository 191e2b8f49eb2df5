"""The catalogue in a folder of YAML and CSV files -> one validated `Catalogue`.

    categories/<category>.yaml   category, metrics, rules, entities, comparisons; optionally sources, articles, observations
    metrics.yaml                 metrics that several categories share
    sources.yaml, articles.yaml  lists under the key of that name
    observations/*.csv           one observation a row

Everything that is wrong is collected; the error names file, line and field of the first and counts the rest.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from flows.errors import CatalogueError
from flows.gather.crosschecks import Placed, crosscheck, nearest
from flows.gather.documents import Document, Place, Value, field_name, read_csv, read_yaml, wrong
from schemas.catalogue import (
    Article,
    Catalogue,
    Category,
    Comparison,
    Entity,
    Metric,
    ObservationRow,
    Rule,
    Source,
)

MAX_FILES = 2_000
#: Looking for the nearest name takes time; nobody reads more than these at once.
MAX_PROBLEMS = 100
REQUIRED_COLUMNS = ("entity", "attribute", "raw", "source")
OPTIONAL_COLUMNS = ("as_of", "url", "method", "unit", "context", "shown_diff", "shown_winner", "source_id")

_LISTS: dict[str, type[BaseModel]] = {
    "metrics": Metric,
    "rules": Rule,
    "entities": Entity,
    "comparisons": Comparison,
    "sources": Source,
    "articles": Article,
    "observations": ObservationRow,
}
_CATEGORY_KEYS = ("category", "shared_metrics", *_LISTS)


class CatalogueProblems(CatalogueError):
    """Everything that is wrong with a catalogue; the message is the first problem and the number of the others."""

    def __init__(self, problems: list[str]) -> None:
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(problems[0] + more)
        self.problems = tuple(problems)


def load_catalogue(folder: Path) -> Catalogue:
    """The catalogue of `folder`, cross-checked. Raises CatalogueError, one line, naming file, line and field."""
    parts = _Parts()
    for path in _files(folder, parts):
        name = path.relative_to(folder).as_posix()
        try:
            if path.suffix == ".csv":
                _read_observations(path, name, parts)
            else:
                _read_document(read_yaml(path, name), name, parts)
        except CatalogueError as error:
            parts.problems.append(str(error))
    # Names that are unknown only because the file that defines them is broken would drown the real problem.
    if not parts.problems:
        _share_metrics(parts)
        parts.problems += islice(crosscheck(parts.items), MAX_PROBLEMS)
    if parts.problems:
        raise CatalogueProblems(parts.problems)
    return Catalogue(
        categories=parts.of(Category),
        metrics=parts.of(Metric),
        rules=parts.of(Rule),
        entities=parts.of(Entity),
        comparisons=parts.of(Comparison),
        sources=parts.of(Source),
        articles=parts.of(Article),
        observations=parts.of(ObservationRow),
    )


T = TypeVar("T", bound=BaseModel)


@dataclass
class _Parts:
    items: dict[type[BaseModel], list[Placed]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    #: (metric id, category that takes it up, where it says so)
    shared: list[tuple[str, str, Document, Place]] = field(default_factory=list)

    def add(self, item: BaseModel, document: Document | None, name: str, place: Place, category: str | None) -> None:
        self.items.setdefault(type(item), []).append(Placed(item, name, document, place, category))

    def of(self, kind: type[T]) -> tuple[T, ...]:
        return tuple(placed.item for placed in self.items.get(kind, ()) if isinstance(placed.item, kind))


def _share_metrics(parts: _Parts) -> None:
    """Give each metric of metrics.yaml the categories that take it up."""
    metrics = parts.items.get(Metric, [])
    places = {placed.item.id: number for number, placed in enumerate(metrics) if isinstance(placed.item, Metric)}
    for metric_id, category, document, place in parts.shared:
        number = places.get(metric_id)
        if number is None:
            hint = nearest(metric_id, places) or "; define it in metrics.yaml"
            message = f"{field_name(place)}: unknown metric {metric_id!r}{hint}"
            parts.problems.append(str(wrong(document.name, document.line_of(place), message)))
            continue
        placed = metrics[number]
        if isinstance(placed.item, Metric):
            taken_up = placed.item.model_copy(update={"categories": (*placed.item.categories, category)})
            metrics[number] = replace(placed, item=taken_up)


def _files(folder: Path, parts: _Parts) -> Iterator[Path]:
    """The catalogue's files in a fixed order; whatever else lies in its folders is a problem, not a silent loss."""
    if not folder.is_dir():
        raise CatalogueError(f"{folder}: no catalogue here: `tiebreak init {folder}` writes one to start from")
    found: list[Path] = []
    for part, suffix in (("categories", ".yaml"), ("observations", ".csv")):
        here = folder / part
        for path in sorted(here.iterdir()) if here.is_dir() else ():
            if path.name.startswith((".", "~")) or path.name.endswith("~"):
                continue
            if path.is_dir() and path.suffix != suffix:
                continue
            if path.suffix == suffix:
                found.append(path)
            else:
                parts.problems.append(f"{part}/{path.name}: only {suffix} files belong in {part}/: move or rename it")
    # Shared metrics after the categories' own: pages show metrics in this order.
    shared = (folder / name for name in ("metrics.yaml", "sources.yaml", "articles.yaml"))
    found += [path for path in shared if path.exists()]
    if not any(path.parent.name == "categories" for path in found):
        raise CatalogueError(
            f"{folder}: no catalogue here: categories/ holds no .yaml file: `tiebreak init DIR` writes one to start from"
        )
    if len(found) > MAX_FILES:
        raise CatalogueError(f"{folder}: {len(found):,} files; the limit is {MAX_FILES:,}: put more rows into one file")
    yield from found


def _read_document(document: Document, name: str, parts: _Parts) -> None:
    value = document.value
    if not isinstance(value, dict):
        raise wrong(name, 1, "must be a mapping of keys to values at the top")
    category: str | None = None
    keys: tuple[str, ...]
    if name.startswith("categories/"):
        keys = _CATEGORY_KEYS
        header = _item(Category, value.get("category"), document, name, ("category",), parts)
        if isinstance(header, Category):
            category = header.id
            parts.add(header, document, name, ("category", "id"), category)
            if category != Path(name).stem:
                parts.problems.append(
                    str(
                        wrong(
                            name,
                            document.line_of(("category", "id")),
                            f"category.id: is {category!r} in a file named {Path(name).name!r}: give both one name",
                        )
                    )
                )
    else:
        keys = (Path(name).stem,)
    for key, items in value.items():
        line = document.line_of((key,))
        if key not in keys:
            parts.problems.append(
                str(wrong(name, line, f"unknown key {key!r}{nearest(key, keys)}; known here: {', '.join(keys)}"))
            )
        elif key == "category" or items is None:
            continue
        elif key == "shared_metrics" and isinstance(items, list) and category is not None:
            parts.shared += [
                (str(item), category, document, ("shared_metrics", number)) for number, item in enumerate(items)
            ]
        elif not isinstance(items, list):
            parts.problems.append(str(wrong(name, line, f"{key}: must be a list: begin each entry with `- `")))
        else:
            _read_list(key, items, document, name, category, parts)


def _read_list(
    key: str, items: list[Value], document: Document, name: str, category: str | None, parts: _Parts
) -> None:
    kind = _LISTS[key]
    for number, value in enumerate(items):
        if category is not None and isinstance(value, dict):
            if kind in (Entity, Comparison):
                value.setdefault("category", category)
            elif kind is Metric:
                value.setdefault("categories", [category])
        place: Place = (key, number)
        item = _item(kind, value, document, name, place, parts)
        if item is not None:
            parts.add(item, document, name, place, category)


def _item(
    kind: type[BaseModel], value: Value, document: Document, name: str, place: Place, parts: _Parts
) -> BaseModel | None:
    if value is None:
        what = "is missing" if len(place) == 1 else "is empty"
        parts.problems.append(
            str(wrong(name, document.line_of(place), f"{field_name(place)}: {what}: write its fields below it"))
        )
        return None
    if not isinstance(value, dict):
        parts.problems.append(
            str(
                wrong(
                    name,
                    document.line_of(place),
                    f"{field_name(place)}: must be a mapping with the keys {', '.join(kind.model_fields)}",
                )
            )
        )
        return None
    try:
        return kind.model_validate(value)
    except ValidationError as error:
        for where, message in _explained(error, kind, value):
            line = document.line_of((*place, *where))
            parts.problems.append(str(wrong(name, line, f"{field_name((*place, *where))}: {message}")))
        return None


def _read_observations(path: Path, name: str, parts: _Parts) -> None:
    for line, row in read_csv(path, name, REQUIRED_COLUMNS, OPTIONAL_COLUMNS):
        try:
            item = ObservationRow.model_validate(row)
        except ValidationError as error:
            for where, message in _explained(error, ObservationRow, row):
                parts.problems.append(str(wrong(name, line, f"{field_name(where)}: {message}")))
        else:
            parts.add(item, None, name, (line,), None)


def _explained(error: ValidationError, kind: type[BaseModel], value: object) -> Iterator[tuple[Place, str]]:
    """Each fault of a validation as (path, what to do)."""
    for fault in error.errors(include_url=False):
        where: Place = tuple(fault["loc"])
        given = fault.get("input")
        shown = f"{given!r}" if isinstance(given, str) and len(given) <= 80 else "the value"
        match fault["type"]:
            case "missing":
                yield (
                    where,
                    "is missing: add it"
                    if not isinstance(value, dict) or "raw" not in kind.model_fields
                    else "is missing: fill the cell",
                )
            case "extra_forbidden":
                known = tuple(kind.model_fields) if len(where) == 1 else ()
                yield (
                    where,
                    f"unknown key{nearest(str(where[-1]), known)}" + (f"; known: {', '.join(known)}" if known else ""),
                )
            case "string_pattern_mismatch" if where and where[0] == "slug":
                yield where, f"{shown} is no slug: lower-case letters, digits and single hyphens"
            case "string_pattern_mismatch":
                yield where, f"{shown} is no id: begin with a letter, then lower-case letters, digits and _"
            case "value_error":
                yield where, str(fault["msg"]).removeprefix("Value error, ")
            case "string_type":
                yield (
                    where,
                    "must be text: put it in quotes" if given is not None else "is empty: fill it or delete the key",
                )
            case _:
                message = str(fault["msg"])
                yield where, f"{shown}: {message[0].lower()}{message[1:]}"
