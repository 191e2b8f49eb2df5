"""YAML files that a catalogue may have beside its categories: the policy, the models, the lexicon."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from flows.errors import CatalogueError

if TYPE_CHECKING:
    from pydantic import ValidationError

#: Such a file has some hundred lines; a larger one is a mistake.
MAX_BYTES = 1_000_000


def read_optional(path: Path) -> object:
    """What the file holds; None where there is none, or it says nothing.

    Raises CatalogueError naming the file, what is wrong with it and what to do.
    """
    if not path.exists():
        return None
    # PyYAML is needed only where there is such a file.
    import yaml

    if path.is_dir():
        raise CatalogueError(f"{path} is a folder: put a file in its place, or remove it")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise CatalogueError(f"{path}: larger than {MAX_BYTES:,} bytes")
        return yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CatalogueError(f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{path} is not UTF-8 (byte {error.start}): save it as UTF-8") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise CatalogueError(f"{path} is no YAML: {' '.join(str(error).split())}") from error


def wrong_field(path: Path, error: ValidationError) -> CatalogueError:
    """The first field that is wrong, as an error to raise."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    what = "no such key: correct or delete it" if first["type"] == "extra_forbidden" else first["msg"]
    return CatalogueError(f"{path}: {f'{place}: ' if place else ''}{what}")
