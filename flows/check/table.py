"""Table: the cells of a line of a table in Markdown, and which of them name what the row is about."""

from __future__ import annotations

import re

_CELL = re.compile(r"[^|\\]*(?:\\.[^|\\]*)*")
_RULE = re.compile(r"[\s|:\-–—]+")
#: A name has few words, and says nothing of itself.
_NAME_WORDS = 4
_SAYING = re.compile(r"(?i)\b(?:than|more|less|is|has|no|not|with|from|only)\b|[%$€£,]|^\W*\d")


def cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the cells of a line "| a | b |", without blanks; none for a line of another kind."""
    line = text[start:end].rstrip()
    lead = len(line) - len(line.lstrip())
    if not line[lead:].startswith("|") or not line.endswith("|") or line.count("|") < 3:
        return []
    spans: list[tuple[int, int]] = []
    at = start + lead + 1
    stop = start + len(line)
    while at < stop:
        found = _CELL.match(text, at, stop)
        last = found.end() if found is not None else stop
        inner = text[at:last]
        first = at + len(inner) - len(inner.lstrip())
        spans.append((first, max(first, at + len(inner.rstrip()))))
        at = last + 1
    return spans


def is_rule(text: str, start: int, end: int) -> bool:
    """ "|---|:--|": what separates the heads from the rows."""
    return _RULE.fullmatch(text, start, end) is not None and "-" in text[start:end]


def naming(text: str, row: list[tuple[int, int]], column: int) -> list[int]:
    """The other cells of a row that may name what cell `column` is about: its first, and a short one beside it."""
    found = []
    for k in (0, 1):
        if k == column or k >= len(row):
            continue
        words = text[row[k][0] : row[k][1]]
        short = 0 < len(words.split()) <= _NAME_WORDS and _SAYING.search(words) is None
        if k == 0 or short:
            found.append(k)
    return found
