"""The package index as it answers today."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from flows.errors import SourceUnavailable
from flows.gather.package_index import PackageIndex
from flows.net import Net, NotThere
from tests.integration.gather.recorded import entity, read, source
from tests.require import require

pytestmark = pytest.mark.live


def test_the_index_that_pip_uses_gives_every_figure_of_a_package(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with Net(cache=tmp_path) as net:
        try:
            found = read(PackageIndex(), entity(pypi="flask"), source("pypi"), net, now=now)
        except SourceUnavailable as error:
            require(False, f"the package index ({error})")
            raise
    assert found["first_release"].raw == "2010-04-16"
    assert date(2026, 2, 19) <= date.fromisoformat(found["latest_release"].raw) <= now.date()
    assert int(found["release_count"].raw) >= 60
    assert found["wheel_size"].raw.endswith(" bytes")
    assert found["sdist_size"].raw.endswith(" bytes")
    assert found["python_floor"].raw.startswith(">=3.")
    assert urlsplit(found["first_release"].endpoint or "").path == "/simple/flask/"


def test_a_package_that_does_not_exist_is_not_there() -> None:
    with Net() as net:
        try:
            net_answers = bool(read(PackageIndex(), entity(pypi="flask"), source("pypi"), net, now=datetime.now(UTC)))
        except SourceUnavailable as error:
            require(False, f"the package index ({error})")
            raise
        assert net_answers
        with pytest.raises(NotThere):
            read(
                PackageIndex(),
                entity(pypi="tiebreak-has-no-such-package-0"),
                source("pypi"),
                net,
                now=datetime.now(UTC),
            )
