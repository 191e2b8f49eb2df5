"""A group whose first word may be left out: `tiebreak facts SLUG` is `tiebreak facts show SLUG`."""

from __future__ import annotations

import click
from typer.core import TyperGroup


class DefaultGroup(TyperGroup):
    """Runs the command named by `default` when the first argument is no command of the group."""

    default = "show"

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        asks_help = any(argument in ctx.help_option_names for argument in args[:1])
        if not asks_help and (not args or args[0] not in self.commands):
            args = [self.default, *args]
        return super().parse_args(ctx, args)


class ListGroup(DefaultGroup):
    """The same with `list`."""

    default = "list"
