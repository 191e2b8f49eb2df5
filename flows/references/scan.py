"""Finds references in source text by one pattern; whatever else looks like one is a leftover, which is an error.

The text is never handed to a template engine: what stands between braces is looked up in a table or refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# An id is at most 64 characters (schemas.catalogue.Id); the bound keeps hostile input linear.
_ID = r"[a-z][a-z0-9_]{0,63}"
_REFERENCE = re.compile(rf"(?<!\{{)\{{\{{[ \t]*(?P<path>{_ID}(?:\.{_ID}){{1,2}})[ \t]*\}}\}}(?!\}})")
_DELIMITER = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
# A reference in single braces would be printed to the reader as it stands.
_SINGLE = re.compile(rf"\{{[ \t]{{0,8}}{_ID}(?:\.\w{{1,64}}){{1,4}}[ \t]{{0,8}}\}}")
# Wide and ornamental forms that a reader, or a later normalisation, takes for the delimiters. One character to one,
# so that spans stay.
_LOOKALIKES = str.maketrans(
    {"｛": "{", "﹛": "{", "❴": "{", "｝": "}", "﹜": "}", "❵": "}", "％": "%", "﹪": "%", "＃": "#", "﹟": "#"}
)


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference in source text. `path` is what stands between the braces; the span covers the braces."""

    path: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Leftover:
    """A delimiter, or a reference in single braces, that is part of no reference."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scan:
    """What `scan` found. `text` is the source with line ends made LF; spans are half-open characters of it."""

    text: str
    references: tuple[Reference, ...]
    leftovers: tuple[Leftover, ...]


@lru_cache(maxsize=2048)
def scan(text: str) -> Scan:
    """All references and leftovers of `text`, in order, in time linear in its length. Never raises.

    Kept for a while: shaping, repair, rendering and the pins of a revision all look at the same sentences.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and "{" not in text and "}" not in text:
        # Most values and sentences hold no brace, and every delimiter has one.
        return Scan(text, (), ())
    references = tuple(Reference(m["path"], m.start(), m.end()) for m in _REFERENCE.finditer(text))
    return Scan(text, references, tuple(_leftovers(text, references)))


def _leftovers(text: str, references: tuple[Reference, ...]) -> list[Leftover]:
    found: list[Leftover] = []
    folded = text if text.isascii() else text.translate(_LOOKALIKES)
    at = 0
    for start, end in [*((r.start, r.end) for r in references), (len(text), len(text))]:
        gap = folded[at:start]
        # Every delimiter has a brace; most gaps between references have none.
        for pattern in (_DELIMITER, _SINGLE) if "{" in gap or "}" in gap else ():
            found += [
                Leftover(text[at + m.start() : at + m.end()], at + m.start(), at + m.end())
                for m in pattern.finditer(gap)
            ]
        at = end
    return sorted(found, key=lambda leftover: leftover.start)
