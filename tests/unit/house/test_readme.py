"""The README says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flows.settings import Settings

ROOT = Path(__file__).resolve().parents[3]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def settings_table() -> str:
    """The table that belongs between the marks: one row a setting, from the settings themselves."""
    rows = ["| variable | default | what |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        variable = "OPENAI_API_KEY" if name == "openai_api_key" else f"TIEBREAK_{name.upper()}"
        default = "" if field.default in (None, "") else f"`{field.default}`"
        rows.append(f"| `{variable}` | {default} | {field.description} |")
    return "\n".join(rows)


def test_the_settings_table_is_what_the_code_reads():
    written = README.partition("<!-- settings -->\n")[2].partition("<!-- /settings -->")[0].strip()
    assert written == settings_table()


def test_every_setting_says_what_it_is():
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\]\(([^)#]+)\)", README))))
def test_every_link_leads_somewhere(target: str):
    assert target.startswith("http") or (ROOT / target).exists()
