"""The lexicon that people extend: `lexicon.yaml` in the catalogue folder, merged over the checker's standard tables."""

from __future__ import annotations

from pathlib import Path

from flows.check.lexicon import STANDARD, Lexicon, extend
from flows.errors import CatalogueError, InputError

NAME = "lexicon.yaml"
#: A lexicon is some hundred lines; a larger file is a mistake.
MAX_BYTES = 1_000_000


def load_lexicon(folder: Path) -> Lexicon:
    """The standard lexicon with the additions of `folder/lexicon.yaml`; the standard one where there is no such file.

    Raises CatalogueError naming the file and what is wrong in it.
    """
    path = folder / NAME
    if not path.is_file():
        return STANDARD
    # PyYAML is needed only where someone has additions.
    import yaml

    if path.stat().st_size > MAX_BYTES:
        raise CatalogueError(f"{path}: larger than {MAX_BYTES:,} bytes")
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: not readable as YAML: {error}") from error
    if content is None:
        return STANDARD
    if not isinstance(content, dict):
        raise CatalogueError(f"{path}: expected a mapping of tables, such as `synonyms:`")
    try:
        return extend(STANDARD, {str(key): value for key, value in content.items()})
    except InputError as error:
        raise CatalogueError(f"{path}: {error}") from error
