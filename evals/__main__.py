"""Runs a suite over the catalogue with the built-in drafter.

    python -m evals run --suite small [--json]
    python -m evals overlap            how alike the pages of the catalogue read
    python -m evals carriers           whether each reference in a neutral sentence is supported

Exit 0 when the gate holds, 1 when it does not, 2 for wrong use. `tiebreak eval run` does the same through the store.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from evals.carriers import carried
from evals.local import LocalApp
from evals.overlap import overlap
from evals.report import carrier_table, overlap_table, table, to_json
from evals.runner import run_suite
from flows.errors import TiebreakError


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse, run, print; the exit code is the gate's."""
    parser = argparse.ArgumentParser(
        prog="python -m evals", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("data"), help="the catalogue folder")
    parser.add_argument("--today", type=date.fromisoformat, default=datetime.now(UTC).date(), help="YYYY-MM-DD")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="grade the comparisons of a suite")
    run.add_argument("--suite", default="small")
    run.add_argument("--json", action="store_true")
    commands.add_parser("overlap", help="how alike the pages of the catalogue read")
    commands.add_parser("carriers", help="check every reference of the catalogue in a neutral sentence")
    given = parser.parse_args(arguments)
    try:
        app = LocalApp(given.data, given.today)
        if given.command == "overlap":
            slugs = [comparison.slug for comparison in app.catalogue.comparisons]
            sys.stdout.write(overlap_table(overlap(list(app(slugs)))) + "\n")
            return 0
        if given.command == "carriers":
            checked = [one for comparison in app.catalogue.comparisons for one in carried(app.sheet(comparison.slug))]
            sys.stdout.write(carrier_table(checked) + "\n")
            return 0 if all(one.passed for one in checked) else 1
        result = run_suite(given.suite, app)
    except TiebreakError as error:
        sys.stderr.write(f"evals: {error}\n")
        return error.exit_code
    sys.stdout.write((to_json(result) if given.json else table(result)) + "\n")
    return 0 if result.passed else 1


if __name__ == "__main__":
    sys.exit(main())
