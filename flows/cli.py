"""The `tiebreak` command: every group of commands, put together. Nothing heavy is imported before a command runs."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

import typer

from flows.commands import checking, costs, evaluating, facts, maintenance, metrics, quantities, review, running

app = typer.Typer(
    name="tiebreak",
    help=(
        "Writes the verdict of a comparison page and publishes it only when every claim in it holds against the facts.\n\n"
        "\b\nExamples:\n"
        "  tiebreak run flask-vs-fastapi        gather, draft, check, publish\n"
        "  tiebreak facts flask-vs-fastapi      what is known, from where, and what is wrong with it\n"
        "  tiebreak review list                 what waits for an editor\n"
        "  tiebreak doctor                      what is set up, and how to mend what is not"
    ),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


#: Groups whose most used command may be left out: `tiebreak facts SLUG` is `tiebreak facts show SLUG`.
_DEFAULTS = {"facts": ("show", {"list", "show", "settle"}), "runs": ("list", {"list", "show"})}


def with_default_command(arguments: list[str]) -> list[str]:
    """The same arguments with the command of a group put in where it was left out; with nothing named, that is `list`."""
    if not arguments or arguments[0] not in _DEFAULTS:
        return arguments
    default, known = _DEFAULTS[arguments[0]]
    rest = arguments[1:]
    if rest[:1] in (["-h"], ["--help"]) or (rest and rest[0] in known):
        return arguments
    if not [one for one in rest if one != "--json"]:
        default = "list"
    return [arguments[0], default, *rest]


def _version(wanted: bool) -> None:
    if not wanted:
        return
    try:
        typer.echo(f"tiebreak {version('tiebreak')}")
    except PackageNotFoundError:
        typer.echo("tiebreak (not installed)")
    raise typer.Exit


@app.callback()
def _root(
    _show_version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version."),
    _debug: bool = typer.Option(False, "--debug", help="Show a traceback where something fails."),
) -> None:
    """Options that stand before the command."""


for group in (running, facts, metrics, quantities, checking, review, evaluating, costs, maintenance):
    group.register(app)
