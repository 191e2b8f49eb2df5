"""Revision text never reaches a template engine: held by the imports of every module, not by a promise."""

import ast
from pathlib import Path

import pytest

import flows

FLOWS = Path(flows.__file__).parent
#: Modules that render templates kept as files, never text that somebody wrote into the store.
MAY_USE_JINJA = ("flows/draft/prompt", "flows/publish/", "flows/desk/", "flows/commands/")
#: Calls that make a template of a string.
FROM_TEXT = {"from_string", "Template", "NativeTemplate"}


def modules() -> list[Path]:
    return sorted(FLOWS.rglob("*.py"))


def imported(tree: ast.AST) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module.split(".")[0]} | (
                {alias.name for alias in node.names} if node.module == "jinja2" else set()
            )
    return names


def calls(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            found.add(function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", ""))
    return found


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(FLOWS)))
def test_no_module_makes_a_template_of_text(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = imported(tree)
    assert not names & {"mako", "chevron", "pystache", "string.Template"}
    if "jinja2" in names:
        relative = "flows/" + str(path.relative_to(FLOWS))
        assert relative.startswith(MAY_USE_JINJA), f"{relative} may not import jinja2"
        assert not calls(tree) & FROM_TEXT, f"{relative} makes a template of a string"


def test_rendering_a_draft_works_without_a_template_engine() -> None:
    """The references room, and what it imports, never load one."""
    import subprocess
    import sys

    code = "import sys, flows.references; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=FLOWS.parent, check=False).returncode == 0
