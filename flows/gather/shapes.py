"""Reading documents of unknown shape: each look says what was expected where it was not there."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flows.errors import SourceUnavailable


def mapping(document: object, where: str) -> dict[str, object]:
    """`document` as a JSON object. Raises SourceUnavailable."""
    if isinstance(document, dict):
        return document
    raise SourceUnavailable(f"answered in an unexpected shape: {where} is {_kind(document)}, not an object")


def listing(document: object, where: str) -> list[object]:
    """`document` as a JSON list. Raises SourceUnavailable."""
    if isinstance(document, list):
        return document
    raise SourceUnavailable(f"answered in an unexpected shape: {where} is {_kind(document)}, not a list")


def count(value: object) -> int | None:
    """A whole number that is not negative, or None: a text or a boolean in its place is no count."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def text(value: object) -> str | None:
    """A text, or None."""
    return value if isinstance(value, str) else None


def moment(value: object) -> datetime | None:
    """An ISO time with its zone (UTC where it names none), or None."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        parsed = datetime.fromisoformat(value)
    except ValueError:
        return None
    return parsed if parsed.tzinfo is not None else parsed.replace(tzinfo=UTC)


def day(value: object) -> date | None:
    """An ISO date, or None."""
    parsed = moment(value)
    return parsed.date() if parsed is not None else None


def _kind(document: object) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "a boolean", type(None): "null"}
    return names.get(type(document), "a number")
