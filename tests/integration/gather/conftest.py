from __future__ import annotations

from collections.abc import Iterator

import pytest

from flows.net import Net
from tests.integration.gather.server import ScriptedServer, scripted_server


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with scripted_server() as running:
        yield running


@pytest.fixture
def net() -> Iterator[Net]:
    """A door that may talk to this machine, tries twice and never sleeps."""
    with Net(allow=["localhost"], timeout_s=2, attempts=2, sleep=lambda _: None) as door:
        yield door
