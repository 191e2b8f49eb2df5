"""The scripted model server of the tests in a process of its own, so that its work is not counted as ours."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def model_server(latency_s: float = 0) -> Iterator[str]:
    """Its base URL. It stands beside the tests, which no wheel carries: benchmarks run from a checkout."""
    command = [sys.executable, "-m", "tests.servers.scripted", "0", str(latency_s)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as server:
        try:
            assert server.stdout is not None  # noqa: S101 - asked for above
            yield f"http://127.0.0.1:{int(server.stdout.readline())}/v1"
        finally:
            server.terminate()
