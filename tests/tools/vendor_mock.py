"""A vendor's OpenAPI description, served by prism on this machine."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.require import require

TOOLS = Path(__file__).parent / "node_modules"
PRISM = TOOLS / ".bin" / "prism"
GITHUB = TOOLS / "@octokit" / "openapi" / "generated" / "api.github.com.json"


@contextmanager
def prism(description: Path) -> Iterator[str]:
    """The address of a mock of `description`; skips (or fails) where prism is not installed."""
    require(PRISM.exists(), "prism (npm ci in tests/tools)")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = description.with_suffix(".log")
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [PRISM, "mock", "-h", "127.0.0.1", "-p", str(port), description], stdout=output, stderr=output
        ) as mock,
    ):
        try:
            _wait_until_it_listens(port, mock, log)
            yield f"http://localhost:{port}"
        finally:
            mock.terminate()
            mock.wait(10)


def cut_to(description: Path, paths: list[str], target: Path) -> Path:
    """The vendor's description with only the GET of `paths` and what these refer to: prism needs 20 s for the whole one."""
    document = json.loads(description.read_text(encoding="utf-8"))
    kept: dict[str, dict[str, object]] = {}
    document["paths"] = {path: {"get": document["paths"][path]["get"]} for path in paths}
    waiting: list[object] = [document["paths"]]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            waiting.extend(node.values())
            reference = node.get("$ref")
            if isinstance(reference, str):
                _, _, kind, name = reference.split("/")
                if name not in kept.setdefault(kind, {}):
                    kept[kind][name] = document["components"][kind][name]
                    waiting.append(kept[kind][name])
    document["components"] = kept
    document.pop("x-webhooks", None)
    target.write_text(json.dumps(document), encoding="utf-8")
    return target


def _wait_until_it_listens(port: int, mock: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        if mock.poll() is not None:
            raise AssertionError(f"prism ended: {log.read_text(errors='replace')[-800:]}")
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("prism does not listen after a minute")
