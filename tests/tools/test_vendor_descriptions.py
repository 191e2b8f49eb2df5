"""Adapters against the descriptions that vendors publish of their own interfaces.

What is asked must be allowed by the description, and what it says comes back must be understood. The examples in it are
no truth about values. endoflife.date publishes its description in its repository and in no package: ENDOFLIFE_SPEC
names a copy of `api_v1/openapi.yml`.
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
from tests.integration.gather.recorded import entity, raws, read, source
from tests.require import require
from tests.tools.vendor_mock import GITHUB, cut_to, prism

pytestmark = pytest.mark.node

REPOSITORY = "/repos/{owner}/{repo}"


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


def test_endoflifes_own_description_is_understood(tmp_path: Path, net: Net) -> None:
    named = os.environ.get("ENDOFLIFE_SPEC")
    if not named:
        # No package manager delivers it, so its absence never fails a run.
        pytest.skip("ENDOFLIFE_SPEC names no copy of endoflife.date's api_v1/openapi.yml")
    _front_matter, _, description = Path(named).read_text(encoding="utf-8").rpartition("\n---\n")
    plain = tmp_path / "endoflife.yml"
    plain.write_text(description.replace("{{ site.url }}", "https://endoflife.date"), encoding="utf-8")
    with prism(plain) as url:
        found = read(EndOfLife(), entity("Ubuntu", eol="ubuntu"), source("endoflife", endpoint=url), net)
    assert raws(found) == {"supported_until": "2027-04-01", "latest_version": "22.04.2", "latest_release": "2022-04-21"}
