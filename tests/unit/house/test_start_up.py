"""What a command imports before it does anything."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {
    "prefect",
    "openai",
    "sqlalchemy",
    "alembic",
    "fastapi",
    "requests",
    "hishel",
    "jinja2",
    "yaml",
    "pydantic_settings",
}


def imported_by(code: str) -> set[str]:
    script = f"import sys, json\n{code}\nprint(json.dumps(sorted({{name.split('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_the_command_line_starts_without_anything_heavy():
    assert not imported_by("import flows.cli") & HEAVY


def test_quantities_are_parsed_by_the_standard_library_alone():
    loaded = imported_by("import flows.quantities; flows.quantities.parse_cell('12 ms')")
    assert not loaded & (HEAVY | {"pydantic", "typer", "rich"})


@pytest.mark.parametrize("module", ["flows.bootstrap", "flows.pipeline", "flows.draft.model_drafter"])
def test_the_pipeline_never_imports_prefect_or_the_model_sdk_by_itself(module: str):
    assert not imported_by(f"import {module}") & {"prefect", "openai", "alembic", "fastapi"}
