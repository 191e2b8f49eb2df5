"""The lexicon that people extend: `lexicon.yaml` in the catalogue folder, merged over the checker's standard tables."""

from __future__ import annotations

from pathlib import Path

from flows.check.lexicon import STANDARD, Lexicon, extend
from flows.errors import CatalogueError, InputError
from flows.yaml_file import read_optional

NAME = "lexicon.yaml"


def load_lexicon(folder: Path) -> Lexicon:
    """The standard lexicon with the additions of `folder/lexicon.yaml`; the standard one where there is no such file.

    Raises CatalogueError naming the file and what is wrong in it.
    """
    path = folder / NAME
    content = read_optional(path)
    if content is None:
        return STANDARD
    if not isinstance(content, dict):
        raise CatalogueError(f"{path}: expected a mapping of tables, such as `synonyms:`")
    try:
        return extend(STANDARD, {str(key): value for key, value in content.items()})
    except InputError as error:
        raise CatalogueError(f"{path}: {error}") from error
