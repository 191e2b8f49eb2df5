"""One catalogue file as plain values with the line of each: YAML through a closed reader, CSV with its header checked.

The YAML reader builds values from the parser's events instead of calling `yaml.load`: only mappings, lists, text and
null can come out (a version `3.10` and a cell `yes` stay the text that stands in the file), nesting and aliases are
bounded before anything is built, a key that stands twice is an error, and every line is known.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from flows.errors import CatalogueError
from flows.facts.export import unguard

MAX_FILE_BYTES = 4_000_000
MAX_DEPTH = 24
MAX_ALIASES = 20
MAX_CELL_CHARS = 10_000

#: What a value may be once read. Scalars stay text; the schema turns them into numbers and dates.
Value = str | None | list["Value"] | dict[str, "Value"]
Place = tuple[str | int, ...]

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
# Control characters would break one-line messages and terminals; bidi and zero-width ones make two names look like one.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]")


@dataclass(slots=True)
class Document:
    """One file's content. `line_of(path)` gives the line of a key or list item, or of the nearest thing around it."""

    name: str
    value: Value
    #: Line of each key or index, by the identity of the container it stands in.
    lines: dict[int, dict[str | int, int]] = field(default_factory=dict)

    def line_of(self, path: Place) -> int:
        """Line (from 1) of the deepest part of `path` that exists."""
        line = 1
        here: Value = self.value
        for part in path:
            line = self.lines.get(id(here), {}).get(part, line)
            if isinstance(here, dict) and isinstance(part, str):
                here = here.get(part)
            elif isinstance(here, list) and isinstance(part, int) and part < len(here):
                here = here[part]
            else:
                break
        return line


def wrong(name: str, line: int | None, message: str) -> CatalogueError:
    """The error of one place: "data/x.yaml:12: message", in one line whatever the message quotes."""
    place = name if line is None else f"{name}:{line}"
    return CatalogueError(" ".join(f"{place}: {message}".split()))


def field_name(place: Place) -> str:
    """`metrics[3].unit` for ("metrics", 2, "unit"): entries count from 1, as a person would."""
    text = ""
    for part in place:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def read_text(path: Path, name: str) -> str:
    """The file as text with LF line ends.

    Raises CatalogueError for a file that is too large, not UTF-8, empty, or holds control or invisible characters.
    """
    try:
        if not path.is_file():
            raise wrong(name, None, "is not a file: put one in its place, or remove it")
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise wrong(name, None, f"is {size:,} bytes; the limit is {MAX_FILE_BYTES:,}: split it into several files")
        data = path.read_bytes()
    except OSError as error:
        raise wrong(name, None, f"cannot be read ({error.strerror or error})") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise wrong(name, line, "is not UTF-8 here: save the file as UTF-8") from error
    if not text.strip():
        raise wrong(name, None, "is empty: fill it or delete it")
    found = _FORBIDDEN.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise wrong(name, line, f"holds the invisible character U+{ord(found[0]):04X}: remove it")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_yaml(path: Path, name: str) -> Document:
    """The YAML file as a Document whose value is a mapping. Raises CatalogueError naming file and line."""
    text = read_text(path, name)
    try:
        document = _Builder(name, text).build()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = error.problem or error.context or "cannot be understood"
        hint = " (indent with spaces)" if "\\t" in what else ""
        # What is missing at the end is noticed behind it, where there is no line.
        line = min(mark.line, text.rstrip().count("\n")) + 1 if mark else None
        raise wrong(name, line, f"is not valid YAML: {what}{hint}") from error
    except yaml.YAMLError as error:
        raise wrong(name, None, f"is not valid YAML: {error}") from error
    if not isinstance(document.value, dict):
        raise wrong(name, 1, "must be a mapping of keys to values at the top")
    return document


class _Builder:
    """Builds plain values from YAML events, remembering lines. Recursion is bounded by MAX_DEPTH."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.events = yaml.parse(text, Loader=_Loader)
        self.lines: dict[int, dict[str | int, int]] = {}
        self.anchors: dict[str, Value] = {}
        self.aliases = 0

    def build(self) -> Document:
        value: Value = None
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise wrong(self.name, _line(event), "starts a second YAML document: keep one a file")
                value = self._value(next(self.events), 0)
        return Document(self.name, value, self.lines)

    def _value(self, event: yaml.Event, depth: int) -> Value:
        if isinstance(event, yaml.AliasEvent):
            return self._aliased(event)
        value: Value
        if isinstance(event, yaml.ScalarEvent):
            # A plain scalar may mean null; a quoted "" or "null" is text.
            value = None if event.implicit[0] and event.value in _NULLS else event.value
        elif depth >= MAX_DEPTH:
            raise wrong(self.name, _line(event), f"is nested more than {MAX_DEPTH} levels deep")
        elif isinstance(event, yaml.MappingStartEvent):
            value = self._mapping(depth)
        else:
            value = self._list(depth)
        # Known only once it is closed: a value that holds itself has no end.
        if isinstance(event, yaml.NodeEvent) and event.anchor:
            self.anchors[event.anchor] = value
        return value

    def _mapping(self, depth: int) -> dict[str, Value]:
        mapping: dict[str, Value] = {}
        lines = self.lines[id(mapping)] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            line = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise wrong(self.name, line, "uses a mapping, list or alias as a key: keys are words")
            key = event.value
            if key == "<<":
                raise wrong(self.name, line, "uses a merge key (<<): write the values out")
            if key in mapping:
                raise wrong(self.name, line, f"{key!r} stands twice in one mapping: keep one")
            lines[key] = line
            mapping[key] = self._value(next(self.events), depth + 1)
        return mapping

    def _list(self, depth: int) -> list[Value]:
        items: list[Value] = []
        lines = self.lines[id(items)] = {}
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            lines[len(items)] = _line(event)
            items.append(self._value(event, depth + 1))
        return items

    def _aliased(self, event: yaml.AliasEvent) -> Value:
        self.aliases += 1
        anchor = event.anchor or ""
        if self.aliases > MAX_ALIASES:
            raise wrong(self.name, _line(event), f"uses more than {MAX_ALIASES} YAML aliases: write the values out")
        if anchor not in self.anchors:
            raise wrong(self.name, _line(event), f"uses the alias *{anchor}, which is not defined above it")
        return self.anchors[anchor]


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def read_csv(
    path: Path, name: str, required: tuple[str, ...], optional: tuple[str, ...]
) -> list[tuple[int, dict[str, str]]]:
    """The rows of a CSV file as (line, {column: cell}); empty cells are left out, so are empty lines.

    A cell that begins with an apostrophe before = + - @ comes back without it: that is how exports keep a spreadsheet
    from running a cell as a formula. Raises CatalogueError naming file and line.
    """
    text = read_text(path, name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[tuple[int, dict[str, str]]] = []
    header: list[str] | None = None
    started = 1
    try:
        for cells in reader:
            line, started = started, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = _header(cells, name, line, required, optional)
                continue
            if len(cells) != len(header):
                why = "quote cells that hold a comma" if len(cells) > len(header) else "is the file cut off?"
                raise wrong(name, line, f"has {len(cells)} cells where the header has {len(header)}: {why}")
            row = {column: unguard(cell.strip()) for column, cell in zip(header, cells, strict=True) if cell.strip()}
            rows.append((line, row))
    except csv.Error as error:
        raise wrong(name, started, f"is not valid CSV ({error}): is a quote left open or the file cut off?") from error
    if not rows:
        raise wrong(name, None, "has a header and no rows: fill it or delete it")
    return rows


def _header(cells: list[str], name: str, line: int, required: tuple[str, ...], optional: tuple[str, ...]) -> list[str]:
    header = [cell.strip().casefold() for cell in cells]
    known = required + optional
    for column in header:
        if column not in known:
            shown = "a column has no name" if not column else f"unknown column {column!r}"
            raise wrong(name, line, f"{shown}; the first line names columns out of: {', '.join(known)}")
        if header.count(column) > 1:
            raise wrong(name, line, f"column {column!r} stands twice: keep one")
    missing = [column for column in required if column not in header]
    if missing:
        raise wrong(name, line, f"column {missing[0]!r} is missing; needed are: {', '.join(required)}")
    return header
