"""The checker's version: a hash of everything that decides a label."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

#: The rooms whose code decides a label; the lexicon lies inside the first.
_ROOMS = ("flows.check", "flows.references", "flows.facts", "flows.quantities")


@cache
def checker_version(lexicon_digest: str = "") -> str:
    """Twelve hex digits over the sources of the rooms that decide a label, and a person's additions to the lexicon.

    Read once a process from the installed package itself; two installations of the same code have the same version.
    """
    digest = hashlib.sha256(lexicon_digest.encode())
    for room in _ROOMS:
        _add(digest, resources.files(room), room)
    return digest.hexdigest()[:12]


def _add(digest: hashlib._Hash, folder: resources.abc.Traversable, name: str) -> None:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir() and not entry.name.startswith("__"):
            _add(digest, entry, f"{name}/{entry.name}")
        elif entry.name.endswith(".py"):
            digest.update(f"{name}/{entry.name}\0".encode())
            digest.update(entry.read_bytes())
