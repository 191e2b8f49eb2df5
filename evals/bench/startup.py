"""Seconds that whole processes take: `tiebreak --help`, and a warm, offline `tiebreak run flask-vs-fastapi`."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time

REPEATS = 7


def main() -> None:
    """Print median and best of several runs, wall and CPU, beside the bound that each is held to."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TIEBREAK_HOME": f"{folder}/home", "TIEBREAK_SITE": f"{folder}/site"}
        print(f"{'command':<46}{'median s':>9}{'best s':>9}{'CPU s':>9}{'bound s':>9}")
        _measure("tiebreak --help", ["--help"], environment, 0.3)
        _measure("first run (new store)", ["run", "flask-vs-fastapi", "--offline"], environment, None, repeats=1)
        _measure(
            "tiebreak run flask-vs-fastapi --offline, warm", ["run", "flask-vs-fastapi", "--offline"], environment, 1.5
        )


def _measure(
    name: str, arguments: list[str], environment: dict[str, str], bound: float | None, repeats: int = REPEATS
) -> None:
    seconds, cpu = [], []
    for _ in range(repeats):
        before, used = time.perf_counter(), os.times()
        subprocess.run([sys.executable, "-m", "flows", *arguments], env=environment, check=True, capture_output=True)
        seconds.append(time.perf_counter() - before)
        after = os.times()
        cpu.append(after.children_user + after.children_system - used.children_user - used.children_system)
    shown = "" if bound is None else f"{bound:>9.1f}"
    print(f"{name:<46}{statistics.median(seconds):>9.2f}{min(seconds):>9.2f}{statistics.median(cpu):>9.2f}{shown}")


if __name__ == "__main__":
    main()
