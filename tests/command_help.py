"""Every command's help text as one page: `python -m tests.command_help > docs/commands.md`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from flows.cli import app

#: What the page is folded to, whatever the terminal.
COLUMNS = 80

HEAD = """\
# The commands

Made from the help texts by `python -m tests.command_help > docs/commands.md`; a test holds it to them.

Results go to standard output, everything else to standard error. Exit codes: 0 done (also "waiting for review"),
1 failed, 2 wrong use, 3 blocked by a check, 130 stopped by hand. An error is one line that says what to do; `--debug`
shows the traceback.
"""


def commands_page() -> str:
    """The page, in the order in which `tiebreak --help` lists the commands."""
    parts = [HEAD]
    for name, command, context in commands():
        level = "##" if name.count(" ") < 2 else "###"
        text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        parts.append(f"{level} {name}\n\n```text\n{text.rstrip()}\n```\n")
    return "\n".join(parts)


def commands(command=None, name="tiebreak", parent=None) -> Iterator[tuple[str, Any, Any]]:  # type: ignore[no-untyped-def]  # the library's classes are private
    """Name, command and context of each, groups before what they hold."""
    command = command or typer.main.get_command(app)
    context = command.context_class(
        command,
        info_name=name.rpartition(" ")[2],
        parent=parent,
        terminal_width=COLUMNS,
        max_content_width=COLUMNS,
        **command.context_settings,
    )
    yield name, command, context
    for below, child in getattr(command, "commands", {}).items():
        yield from commands(child, f"{name} {below}", context)


if __name__ == "__main__":
    print(commands_page(), end="")
