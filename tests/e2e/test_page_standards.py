"""Pages against other people's rules: html-validate for the markup, axe-core for accessibility."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows.publish.sink import FolderSink
from flows.publish.site import publish, withdraw
from schemas.pages import Site
from tests.e2e.browser import open_browser
from tests.require import require
from tests.unit.publish import sheets
from tests.unit.publish.test_escaping import ATTACKS, hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.node

MODULES = Path(__file__).parents[1] / "tools" / "node_modules"

RULES = {
    "root": True,
    "extends": ["html-validate:recommended", "html-validate:document"],
    "rules": {
        # On a phone the rows of a table are laid out as a grid, and browsers then drop the implied roles.
        "no-redundant-role": "off"
    },
}


#: On the hostile pages both sides bear one long name, which these rules see.
OF_NAMES = frozenset({"unique-landmark", "long-title"})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages of every kind: plain, hostile, reverse, index, withdrawn; with and without an address."""
    folder = tmp_path_factory.mktemp("site")
    publish(sheets.page(), FolderSink(folder / "disk"))
    whole = Site(name="Tie", url="https://tie.example/", publisher="Tie Ltd", contact="desk@tie.example")
    publish(sheets.page(), FolderSink(folder / "web"), whole)
    withdraw("a-vs-b", "A vs B", "Wrong.", date(2026, 11, 1), FolderSink(folder / "web"), whole)
    for number, attack in enumerate(ATTACKS):
        publish(hostile(attack), FolderSink(folder / f"attack-{number}"))
    return folder


def test_every_kind_of_page_is_valid_html(site: Path, tmp_path: Path) -> None:
    program = MODULES / "html-validate" / "bin" / "html-validate.mjs"
    node = shutil.which("node")
    require(node is not None and program.exists(), "html-validate (npm ci in tests/tools)")
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps(RULES))
    answer = tmp_path / "answer.json"
    pages = [str(path) for path in sorted(site.rglob("*.html"))]
    assert len(pages) == 7 + 3 * len(ATTACKS)
    done = subprocess.run(
        [str(node), str(program), "--config", str(rules), "--formatter", f"json={answer}", *pages],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    complaints = [
        f"{Path(report['filePath']).relative_to(site)}:{message['line']}: {message['ruleId']}: {message['message']}"
        for report in json.loads(answer.read_text())
        for message in report["messages"]
        if not ("attack-" in report["filePath"] and message["ruleId"] in OF_NAMES)
    ]
    assert complaints == []
    assert done.returncode in {0, 1}, done.stderr


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", ["disk/kettle-vs-samovar", "disk", "web/a-vs-b"])
def test_axe_finds_nothing_wrong(browser: Browser, site: Path, name: str, width: int, scheme: str) -> None:
    axe = MODULES / "axe-core" / "axe.min.js"
    require(axe.exists(), "axe-core (npm ci in tests/tools)")
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        # The page's own policy lets no script in, this one included.
        bypass_csp=True,
    )
    tab = context.new_page()
    tab.goto((site / name / "index.html").as_uri())
    tab.add_script_tag(path=axe)
    result = tab.evaluate("axe.run(document)")
    context.close()
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in result["violations"]] == []
    assert len(result["passes"]) > 15
