"""What the dates and files of an index may be believed for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from packaging.version import Version
from pypi_simple import ProjectPage

from flows.gather.package_index import (
    Release,
    configured_index,
    first_upload,
    latest_upload,
    releases_of,
    split_credentials,
)


def day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def releases(**dates: str | None) -> list[Release]:
    """`v1_0="2020-01-01"`: version 1.0 of that day."""
    made = [
        Release(Version(name.removeprefix("v").replace("_", ".")), day(date) if date else None, ())
        for name, date in dates.items()
    ]
    return sorted(made, key=lambda release: release.version)


def test_dates_in_the_order_of_the_versions_are_believed() -> None:
    order = releases(v0_1="2010-04-16", v1_0="2018-04-26", v2_0="2021-05-11", v3_1_3="2026-02-19")
    assert first_upload(order) == day("2010-04-16")
    assert latest_upload(order) == day("2026-02-19")


def test_a_first_version_that_is_newer_than_later_ones_dates_nothing() -> None:
    # A mirror that copied the oldest file last.
    order = releases(v0_14_0="2025-11-17", v1_0="2010-11-15", v4_18_2="2022-10-08")
    assert first_upload(order) is None
    assert latest_upload(order) is None


def test_an_old_series_may_be_maintained_after_a_new_one_is_out() -> None:
    order = releases(v1_26_0="2020-11-10", v1_26_20="2024-08-29", v2_0_0="2023-04-26", v2_2_2="2024-06-17")
    assert latest_upload(order) == day("2024-06-17")
    assert first_upload(order) == day("2020-11-10")


def test_a_latest_version_older_than_its_own_series_is_not_believed() -> None:
    assert latest_upload(releases(v1_0_0="2020-01-01", v1_0_1="2024-01-01", v1_0_2="2021-01-01")) is None


def test_uploads_of_one_day_may_come_in_any_order() -> None:
    order = releases(v1_0_0="2020-01-01T12:00", v1_0_1="2020-01-01T09:00")
    assert first_upload(order) == day("2020-01-01T09:00")
    assert latest_upload(order) == day("2020-01-01T09:00")


def test_an_index_without_dates_gives_none() -> None:
    assert first_upload(releases(v1_0=None)) is None
    assert latest_upload(releases(v1_0=None)) is None


def test_yanked_and_unreadable_files_are_no_releases() -> None:
    files = [
        {"filename": "x-1.0.tar.gz", "url": "x-1.0.tar.gz", "hashes": {}, "yanked": "broken"},
        {
            "filename": "x-1.1.tar.gz",
            "url": "x-1.1.tar.gz",
            "hashes": {},
            "size": 10,
            "upload-time": "2026-01-02T00:00:00Z",
        },
        {
            "filename": "x-1.1-py3-none-any.whl",
            "url": "w",
            "hashes": {},
            "size": 5,
            "upload-time": "2026-01-01T00:00:00Z",
        },
        {"filename": "x-nonsense.tar.gz", "url": "n", "hashes": {}},
        {"filename": "notes.txt", "url": "n", "hashes": {}},
    ]
    page = ProjectPage.from_json_data(
        {"meta": {"api-version": "1.1"}, "name": "x", "files": files}, "https://files.example/"
    )
    found = releases_of(page)
    assert [str(release.version) for release in found] == ["1.1"]
    assert found[0].uploaded == day("2026-01-01")


def test_the_index_of_pips_environment_wins_over_its_files(tmp_path: Path) -> None:
    (tmp_path / ".config" / "pip").mkdir(parents=True)
    (tmp_path / ".config" / "pip" / "pip.conf").write_text(
        "[global]\nindex-url = https://mirror.example/simple\n%broken = 1\n"
    )
    home = {"HOME": str(tmp_path), "PIP_CONFIG_FILE": ""}
    assert configured_index(home, "nowhere") == "https://mirror.example/simple"
    assert configured_index({**home, "PIP_INDEX_URL": "https://other.example/simple"}) == "https://other.example/simple"
    assert configured_index({**home, "PIP_CONFIG_FILE": "/dev/null"}) is None


def test_a_pip_file_that_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    broken = tmp_path / "pip.conf"
    broken.write_bytes(b"\xff\xfe no section")
    assert configured_index({"HOME": str(tmp_path), "PIP_CONFIG_FILE": str(broken)}) is None


@pytest.mark.parametrize(
    ("endpoint", "bare", "header"),
    [
        ("https://mirror.example/simple/", "https://mirror.example/simple/", {}),
        # "me:p@ss" in base 64
        (
            "https://me:p%40ss@mirror.example:8443/simple/",
            "https://mirror.example:8443/simple/",
            {"Authorization": "Basic bWU6cEBzcw=="},
        ),
    ],
)
def test_credentials_of_an_index_leave_its_address(endpoint: str, bare: str, header: dict[str, str]) -> None:
    assert split_credentials(endpoint) == (bare, header)
