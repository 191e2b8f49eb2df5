"""The top-level packages have plain names: nothing that is installed may use one of them, nor a module a standard name."""

from __future__ import annotations

import sys
from importlib.metadata import distributions
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = {"flows", "schemas", "prompts", "data", "evals"}


def test_no_installed_distribution_ships_one_of_our_names():
    others = [one for one in distributions() if one.metadata["Name"] != "tiebreak"]
    taken = {
        (one.metadata["Name"], Path(str(file)).parts[0])
        for one in others
        for file in one.files or ()
        if Path(str(file)).parts[0] in PACKAGES and str(file).endswith(".py")
    }
    assert taken == set()


def test_no_file_of_flows_is_named_after_a_standard_module():
    names = {path.stem for path in (ROOT / "flows").glob("*.py")} - {"__init__", "__main__"}
    assert not names & set(sys.stdlib_module_names)
