"""`python -m evals.quantities`: scores of the labelled cells and sentences; `--misses` lists what went wrong in `develop`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import TextIO

from evals.quantities.score import PARTS, Miss, score_cells, score_prose


def main(argv: Sequence[str] | None = None, out: TextIO = sys.stdout) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.quantities", description=__doc__)
    parser.add_argument("part", nargs="?", choices=PARTS, help="both where left out")
    parser.add_argument("--misses", action="store_true", help="list the misses of develop (never those of look)")
    parser.add_argument("--json", action="store_true", help="the figures as JSON")
    arguments = parser.parse_args(argv)
    figures: dict[str, dict[str, float]] = {}
    misses: list[Miss] = []
    for part in [arguments.part] if arguments.part else PARTS:
        for kind, score in (("cells", score_cells), ("prose", score_prose)):
            figures[f"{part} {kind}"], missed = score(part)
            misses += missed if part == "develop" else []
    if arguments.json:
        print(json.dumps(figures, indent=1), file=out)
    else:
        for name, row in figures.items():
            shown = "  ".join(f"{key} {value:g}" if key == "n" else f"{key} {value:.1%}" for key, value in row.items())
            print(f"{name:14}  {shown}", file=out)
    if arguments.misses:
        for miss in misses:
            print(json.dumps(miss, ensure_ascii=False), file=out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
