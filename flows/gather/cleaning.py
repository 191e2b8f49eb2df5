"""Values from outside, made fit to be kept: one line of visible text, of bounded length."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal

MAX_VALUE_LENGTH = 300

_MARKUP = re.compile(r"<[/!?A-Za-z]")
#: Cc controls, Cf formats (bidi overrides and isolates, zero-width characters), Cs surrogates, Co private use, Cn unassigned.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(value: object) -> str | None:
    """The text of a scalar that a source gave, or None when it is no value.

    Control, bidi and other invisible characters go, white space becomes one space, text over the cap or with markup in
    it is refused: half a value is a wrong value. Booleans read "Yes" and "No", a time reads as its date.
    """
    match value:
        case bool():
            return "Yes" if value else "No"
        case int():
            # Past this size it is no figure of anything, and Python refuses to print the largest ones.
            return str(value) if abs(value) < 10**30 else None
        case Decimal():
            return f"{value:f}" if value.is_finite() and abs(value.adjusted()) < 30 else None
        case float():
            return clean(Decimal(repr(value)))
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case str():
            # Bounded first: the walk over the characters must not cost what a hostile length asks for.
            visible = visible_text(value[: 4 * MAX_VALUE_LENGTH])
            if (
                not visible
                or len(visible) > MAX_VALUE_LENGTH
                or len(value) > 4 * MAX_VALUE_LENGTH
                or _MARKUP.search(visible)
            ):
                return None
            return visible
        case _:
            return None


def visible_text(text: str) -> str:
    """`text` as one line without invisible characters; what stands for white space becomes one space."""
    kept = (" " if character in "\t\n\r\v\f\x85" else character for character in text)
    shown = "".join(character for character in kept if unicodedata.category(character) not in _INVISIBLE)
    return " ".join(shown.replace("�", " ").split())
