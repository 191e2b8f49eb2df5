"""Suites: which comparisons are graded, and what the result must reach."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from evals.graders import GRADERS
from flows.errors import InputError, UnknownName
from schemas.catalogue import Closed, Slug

_FOLDER = Path(__file__).parent / "suites"
Share = Annotated[float, Field(ge=0, le=1)]


class Gate(Closed):
    """The least that the mean and the worst value of a grader may be."""

    mean: Share = 0.0
    worst: Share = 0.0


class Suite(Closed):
    """One suite file. `overlap`: the highest median overlap of a page with its nearest neighbour."""

    name: str
    about: str
    comparisons: tuple[Slug, ...] = Field(min_length=1)
    min_comparisons: int = 1
    min_categories: int = 1
    gates: dict[str, Gate] = Field(default_factory=dict)
    overlap: Share = 1.0


def names(folder: Path = _FOLDER) -> list[str]:
    """The suites there are."""
    return sorted(path.stem for path in folder.glob("*.yaml"))


def load_suite(name: str, folder: Path = _FOLDER) -> Suite:
    """The suite of that name. Raises UnknownName, or InputError naming file and field."""
    import yaml

    path = folder / f"{name}.yaml"
    if name not in names(folder):
        raise UnknownName(f"There is no suite {name!r}. Known: {', '.join(names(folder))}.")
    try:
        suite = Suite.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        first = error.errors()[0] if isinstance(error, ValidationError) else None
        what = (
            f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
            if first
            else str(error).replace("\n", " ")
        )
        raise InputError(f"{path.name}: {what}") from error
    unknown = [grader for grader in suite.gates if grader not in GRADERS]
    if unknown:
        raise InputError(f"{path.name}: gates: unknown grader {unknown[0]!r}. Known: {', '.join(GRADERS)}.")
    return suite
