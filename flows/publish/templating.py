"""The one Jinja environment of pages: templates are files, everything else is data and is escaped."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flows.publish.escaping import contact_address, host_name, shown, web_address
from flows.publish.wording import day, day_attribute

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"


def render(name: str, values: Mapping[str, object]) -> str:
    """The template file `name` with `values`. An undefined name is an error, never an empty string."""
    return environment().get_template(name).render(values)


@cache
def environment() -> Environment:
    """Compiled once a process. Importing Jinja costs more than a page, so it waits for the first page."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    def finalize(value: object) -> object:
        """Every expression of every template passes here before it is escaped."""
        # Exactly str: Markup is a kind of str that has passed here before.
        if type(value) is str:
            return shown(value)
        return "" if value is None else value

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["web"] = web_address
    made.filters["contact"] = contact_address
    made.filters["host"] = host_name
    made.filters["day"] = day
    made.filters["day_attribute"] = day_attribute
    style = (TEMPLATES / "style.css").read_text(encoding="utf-8").strip()
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    # The stylesheet is ours and holds no data. It stands inside each page, so that a page and its looks are replaced
    # in one move, and the policy admits this one style and nothing else.
    made.globals["style"] = Markup(style)  # noqa: S704 - a file of this package
    made.globals["policy"] = Markup(  # noqa: S704 - built from a digest
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'self'; base-uri 'none'; form-action 'self'"
    )
    return made
