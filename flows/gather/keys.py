"""Secrets that sources may use, by name: read once from settings and environment, handed to adapters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.settings import Settings

#: A generic source names its key; only variables with this prefix can be named, so that no catalogue can send another secret away.
PREFIX = "TIEBREAK_SOURCE_"


def keys_from(settings: Settings, environment: Mapping[str, str]) -> dict[str, str]:
    """github_token, stackexchange_key, and every TIEBREAK_SOURCE_<NAME> under its <NAME> in lower case."""
    keys = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(PREFIX) and value
    }
    if settings.github_token is not None:
        keys["github_token"] = settings.github_token.get_secret_value()
    if settings.stackexchange_key is not None:
        keys["stackexchange_key"] = settings.stackexchange_key.get_secret_value()
    return keys
