"""Adapters against the descriptions that vendors publish of their own interfaces.

What is asked must be allowed by the description, and what it says comes back must be understood. The examples in it are
no truth about values. GitHub's comes with a package; endoflife.date's is in no package and is kept in tests/recorded, where
README.md says which it is. ENDOFLIFE_SPEC names a newer copy to serve instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.errors import SourceUnavailable
from flows.gather.endoflife import EndOfLife
from flows.gather.github import GitHub
from flows.net import Net
from tests.integration.gather.recorded import FOLDER, entity, raws, read, source
from tests.require import require
from tests.tools.vendor_mock import GITHUB, cut_to, prism

pytestmark = pytest.mark.node

REPOSITORY = "/repos/{owner}/{repo}"
ENDOFLIFE = FOLDER / "endoflife_api_v1.yml"


@pytest.fixture
def net() -> Iterator[Net]:
    with Net(allow=["localhost"], attempts=1) as door:
        yield door


@pytest.fixture(scope="module")
def github(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    require(GITHUB.exists(), "GitHub's description (npm ci in tests/tools)")
    paths = [REPOSITORY, f"{REPOSITORY}/pulls", f"{REPOSITORY}/releases", f"{REPOSITORY}/releases/latest"]
    with prism(cut_to(GITHUB, paths, tmp_path_factory.mktemp("github") / "github.json")) as url:
        yield url


def test_githubs_own_description_accepts_what_is_asked_and_its_examples_are_understood(github: str, net: Net) -> None:
    remarks: list[str] = []
    found = read(GitHub(), entity(github="pallets/flask"), source("github", endpoint=github), net, remarks)
    # The vendor's example repository has 80 stars and 9 forks; its example list of releases has one page.
    assert {metric: raw for metric, raw in raws(found).items() if metric != "release_count"} == {
        "github_stars": "80",
        "github_forks": "9",
        "licence": "MIT",
        "archived": "No",
        "last_push": "2011-01-26",
        "latest_release": "2013-02-27",
        "latest_version": "v1.0.0",
    }
    assert int(found["release_count"].raw) >= 1
    # The example counts no open issues, but five pages of pull requests.
    assert remarks == ["counts more open pull requests than open issues for Flask; left out"]


def test_a_question_outside_the_description_is_refused_by_the_mock(github: str, net: Net) -> None:
    """Shows that the test above would notice a wrong query."""
    with pytest.raises(SourceUnavailable, match="422"):
        net.get(f"{github}/repos/pallets/flask/releases?per_page=abc")


@pytest.fixture(scope="module")
def endoflife(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    published = Path(os.environ.get("ENDOFLIFE_SPEC") or ENDOFLIFE).read_text(encoding="utf-8")
    # The file begins with the front matter of a site generator, which also fills in the address of the site.
    _front_matter, _, description = published.rpartition("\n---\n")
    plain = tmp_path_factory.mktemp("endoflife") / "endoflife.yml"
    plain.write_text(description.replace("{{ site.url }}", "https://endoflife.date"), encoding="utf-8")
    with prism(plain) as url:
        yield url


def test_endoflifes_own_description_accepts_what_is_asked_and_its_example_is_understood(
    endoflife: str, net: Net
) -> None:
    found = read(EndOfLife(), entity("Ubuntu", eol="ubuntu"), source("endoflife", endpoint=endoflife), net)
    assert raws(found) == {"supported_until": "2027-04-01", "latest_version": "22.04.2", "latest_release": "2022-04-21"}


def test_an_address_outside_endoflifes_description_is_refused_by_the_mock(endoflife: str, net: Net) -> None:
    """Shows that the test above would notice a wrong path."""
    with pytest.raises(SourceUnavailable, match="404"):
        net.get(f"{endoflife}/product/ubuntu")
