"""A published site in a real browser: phone and desktop, light and dark, opened from disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from flows.publish.sink import FolderSink
from flows.publish.site import publish
from schemas.pages import Page
from tests.e2e.browser import open_browser
from tests.unit.publish import sheets
from tests.unit.publish.test_escaping import ATTACKS, hostile

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext
    from playwright.sync_api import Page as Tab

pytestmark = pytest.mark.browser

PHONE = (390, 844)
DESKTOP = (1280, 900)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with open_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hand-made page, and one whose every text is an attack."""
    folder = tmp_path_factory.mktemp("site")
    publish(sheets.page(), FolderSink(folder))
    return folder


@dataclass
class Visit:
    tab: Tab
    complaints: list[str]
    requests: list[str]


def visit(browser: Browser, path: Path, size: tuple[int, int], scheme: str = "light") -> Visit:
    """The file in a new tab, with everything that the console says and the network is asked."""
    context: BrowserContext = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    tab = context.new_page()
    seen = Visit(tab, [], [])
    tab.on("console", lambda message: seen.complaints.append(message.text))
    tab.on("pageerror", lambda error: seen.complaints.append(str(error)))
    # A dialog that nobody listens for is dismissed; it must not come to that.
    tab.add_init_script("for (const name of ['alert', 'confirm', 'prompt']) window[name] = () => console.error(name)")
    tab.on("request", lambda request: seen.requests.append(request.url))
    tab.goto(path.as_uri())
    return seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESKTOP, (320, 640)])
@pytest.mark.parametrize("name", ["kettle-vs-samovar/index.html", "index.html"])
def test_a_page_fits_its_screen_says_nothing_on_the_console_and_asks_for_nothing(
    browser: Browser, site: Path, name: str, size: tuple[int, int], scheme: str
) -> None:
    seen = visit(browser, site / name, size, scheme)
    assert seen.complaints == []
    assert seen.requests == [(site / name).as_uri()]
    assert seen.tab.evaluate("document.documentElement.scrollWidth") <= size[0]
    seen.tab.context.close()


def test_dark_mode_is_dark(browser: Browser, site: Path) -> None:
    lightness = {}
    for scheme in ("light", "dark"):
        seen = visit(browser, site / "kettle-vs-samovar/index.html", DESKTOP, scheme)
        colour = seen.tab.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        lightness[scheme] = sum(colour) / 3
        seen.tab.context.close()
    assert lightness["dark"] < 40
    assert lightness["light"] > 215


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_hostile_text_runs_or_breaks_the_page(browser: Browser, tmp_path: Path, attack: str) -> None:
    page: Page = hostile(attack)
    publish(page, FolderSink(tmp_path))
    seen = visit(browser, tmp_path / "kettle-vs-samovar/index.html", PHONE)
    assert seen.complaints == []
    assert len(seen.requests) == 1
    assert seen.tab.locator("h1").count() == 1
    assert seen.tab.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    seen.tab.context.close()


def test_a_figure_leads_to_its_source_by_keyboard_alone(browser: Browser, site: Path) -> None:
    tab = visit(browser, site / "kettle-vs-samovar/index.html", DESKTOP).tab
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Skip to the comparison"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "figure"
    tab.keyboard.press("Enter")
    target = tab.locator(":target")
    assert "Requests per second" in target.inner_text()
    assert target.evaluate("node => { const at = node.getBoundingClientRect(); return at.top >= 0 && at.top < 900 }")
    tab.context.close()


def test_the_filter_hides_equal_rows_without_a_script(browser: Browser, tmp_path: Path) -> None:
    sheet = sheets.sheet()
    facts = tuple(
        fact.model_copy(update={"display": "Yes"}) if fact.metric == "validation" else fact for fact in sheet.facts
    )
    publish(sheets.page(sheet=sheet.model_copy(update={"facts": facts})), FolderSink(tmp_path))
    tab = visit(browser, tmp_path / "kettle-vs-samovar/index.html", PHONE).tab
    equal = tab.locator("section[aria-labelledby=full] tr", has_text="Built-in validation")
    assert equal.is_visible()
    tab.get_by_label("Show differences only").check()
    assert not equal.is_visible()
    assert tab.locator("section[aria-labelledby=full] tr", has_text="Startup time").is_visible()
    tab.context.close()


def test_on_a_phone_a_table_is_still_a_table_to_assistive_technology(browser: Browser, site: Path) -> None:
    tab = visit(browser, site / "kettle-vs-samovar/index.html", PHONE).tab
    table = tab.get_by_role("table", name="Values that are known for both")
    assert table.get_by_role("columnheader").count() == 4
    assert table.get_by_role("rowheader").count() == 5
    assert table.get_by_role("cell").count() == 15
    tab.context.close()


def test_the_reverse_order_arrives_at_the_page(browser: Browser, site: Path) -> None:
    tab = visit(browser, site / "samovar-vs-kettle/index.html", PHONE).tab
    tab.wait_for_url("**/kettle-vs-samovar/index.html")
    assert tab.locator("h1").inner_text() == "Kettle vs Samovar"
    tab.context.close()


def test_from_the_index_to_a_page_and_back(browser: Browser, site: Path) -> None:
    tab = visit(browser, site / "index.html", DESKTOP).tab
    tab.get_by_role("link", name="Kettle vs Samovar").click()
    assert "figures, differences, verdict" in tab.title()
    tab.get_by_role("link", name="Tiebreak").first.click()
    assert tab.get_by_role("heading", level=1).inner_text() == "Comparisons"
    tab.context.close()
