"""metrics: the registry, listed and looked over."""

from __future__ import annotations

import typer

from flows.commands.output import JSON, print_json, print_table


def register(app: typer.Typer) -> None:
    """Add the command of this file."""
    app.command()(metrics)


def metrics(
    category: str | None = typer.Argument(None, metavar="CATEGORY", help="Only this category."),
    as_json: bool = JSON,
) -> None:
    """Every metric with its unit and direction, and what is odd.

    Which direction is better, how many values there are, for how many days one counts as fresh. --json also has group,
    aliases and entities. Exit 2 when the catalogue cannot be read.

    Example: tiebreak metrics web_frameworks
    """
    from flows.errors import UnknownName
    from flows.gather.catalogue import load_catalogue
    from flows.gather.metrics_table import findings, rows
    from flows.settings import read_settings

    catalogue = load_catalogue(read_settings().catalogue_folder)
    if category is not None and category not in {one.id for one in catalogue.categories}:
        known = ", ".join(one.id for one in catalogue.categories)
        raise UnknownName(f"there is no category {category!r}; known: {known}")
    listed = rows(catalogue, category)
    odd = findings(catalogue, category)
    if as_json:
        print_json({"metrics": listed, "findings": odd})
        return
    better = {"higher_is_better": "higher", "lower_is_better": "lower"}
    table = [
        [
            row["id"],
            row["name"],
            row["unit"] or row["kind"],
            better.get(str(row["direction"]), "-"),
            row["values"],
            row["ttl_days"],
            *([] if category is not None else [row["categories"]]),
        ]
        for row in listed
    ]
    columns = ["id", "name", "unit or kind", "better", "values", "fresh days"]
    print_table([*columns, *([] if category is not None else ["categories"])], table, right=[4, 5], whole=[3])
    for line in odd:
        typer.echo(f"  {line}")
