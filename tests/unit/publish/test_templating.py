"""The template engine sees the files of this package and nothing else."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from flows.publish.templating import TEMPLATES, environment, render

ROOT = Path(__file__).parents[3]
#: Ways to make a template out of a string.
FROM_TEXT = frozenset(
    {"from_string", "Template", "compile_expression", "NativeTemplate", "DictLoader", "FunctionLoader"}
)


@pytest.mark.parametrize("package", ["flows", "evals", "schemas"])
def test_no_text_becomes_a_template(package: str) -> None:
    found = []
    for path in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node, "attr", None) if isinstance(node, ast.Attribute) else getattr(node, "id", None)
            imported = {alias.name for alias in node.names} if isinstance(node, ast.ImportFrom) else set()
            from_jinja = isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jinja2")
            if name in FROM_TEXT - {"Template"} or (from_jinja and imported & FROM_TEXT):
                found.append(f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}")
    assert found == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.j2")), ids=lambda path: path.name)
def test_no_template_switches_escaping_off(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "autoescape" not in text
    assert "safe" not in text.split()
    assert "|safe" not in text.replace(" ", "")
    assert environment().autoescape is True


def test_a_name_that_is_not_given_is_an_error_and_not_an_empty_string() -> None:
    with pytest.raises(UndefinedError, match="is undefined"):
        render("withdrawn.html.j2", {})


def test_the_stylesheet_asks_for_nothing_and_cannot_end_its_element() -> None:
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8")
    for forbidden in ("url(", "@import", "</", "<!--"):
        assert forbidden not in style
