"""The picture of a published page for the README: a desktop by day, and its key figures on a phone by night.

python -m tests.e2e.screenshot site/flask-vs-fastapi/index.html docs/page.png
"""

from __future__ import annotations

import sys
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from tests.e2e.browser import open_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HEIGHT = 880
DESKTOP_WIDTH = 1180
PHONE_WIDTH = 390

FRAME = """<!DOCTYPE html><style>
body {{ margin: 0; padding: 28px; display: flex; gap: 28px; background: #d9dee8; width: max-content }}
img {{ border-radius: 12px; display: block }}
</style>{images}"""


def take(page: Path, picture: Path) -> None:
    """Write the picture of `page`."""
    with open_browser() as browser:
        shots = (
            _shot(browser, page, DESKTOP_WIDTH, "light"),
            _shot(browser, page, PHONE_WIDTH, "dark", at="#figures"),
        )
        images = "".join(f'<img src="data:image/png;base64,{b64encode(shot).decode()}">' for shot in shots)
        frame = browser.new_page(viewport={"width": DESKTOP_WIDTH + PHONE_WIDTH + 84, "height": HEIGHT + 56})
        frame.set_content(FRAME.format(images=images))
        picture.parent.mkdir(parents=True, exist_ok=True)
        frame.screenshot(path=picture)


def _shot(browser: Browser, page: Path, width: int, scheme: Literal["light", "dark"], at: str = "") -> bytes:
    tab = browser.new_page(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme, reduced_motion="reduce")
    tab.goto(page.resolve().as_uri() + at)
    return tab.screenshot()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    take(Path(sys.argv[1]), Path(sys.argv[2]))
