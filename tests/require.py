"""What a test needs from the machine: absent means skipped, with a reason; under TIEBREAK_REQUIRE=all it means failed."""

from __future__ import annotations

import os

import pytest


def require(tool_present: bool, what: str) -> None:
    """Go on when the tool is there. Otherwise skip, or fail where the environment demands every tool."""
    if tool_present:
        return
    if os.environ.get("TIEBREAK_REQUIRE") == "all":
        pytest.fail(f"TIEBREAK_REQUIRE=all, but missing: {what}", pytrace=False)
    pytest.skip(f"missing: {what}")
