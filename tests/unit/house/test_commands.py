"""What the commands say of themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_help import commands, commands_page

ROOT = Path(__file__).resolve().parents[3]
SECTIONS = {
    section.partition("\n")[0].strip("# "): section
    for section in commands_page().replace("\n### ", "\n## ").split("\n## ")[1:]
}


def test_the_page_of_commands_is_current():
    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert written == commands_page(), "run: python -m tests.command_help > docs/commands.md"


@pytest.mark.parametrize("command", SECTIONS)
def test_every_command_shows_an_example(command: str):
    assert "Example" in SECTIONS[command]


@pytest.mark.parametrize("name", SECTIONS)
def test_every_option_and_argument_says_what_it_is(name: str):
    (command,) = [command for each, command, _context in commands() if each == name]
    assert [option.name for option in command.params if not option.help] == []


@pytest.mark.parametrize("command", SECTIONS)
def test_no_summary_is_cut_short_in_the_list_of_its_group(command: str):
    listed = SECTIONS[command].partition("Commands:")[2]
    assert "..." not in listed
