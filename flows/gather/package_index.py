"""The Python package index, read through pypi-simple: releases, dates, sizes and the Python floor of a package."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from configparser import ConfigParser
from configparser import Error as ConfigError
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from flows.errors import SourceUnavailable
from flows.gather.port import Ask, unusable
from schemas.catalogue import Entity, Source
from schemas.facts import Observation

if TYPE_CHECKING:
    from packaging.version import Version
    from pypi_simple import DistributionPackage, ProjectPage

    from flows.net import Answer

#: What is read -> the metric that it fills.
METRICS = {
    "first_release": "first_release",
    "latest_release": "latest_release",
    "latest_version": "latest_version",
    "release_count": "release_count",
    "releases_last_year": "releases_last_year",
    "wheel_size": "wheel_size",
    "sdist_size": "sdist_size",
    "python_floor": "python_floor",
}
#: Uploads of one day may come in any order.
_SLACK = timedelta(days=1)
_DATES = "$.files[*]['upload-time']"
MAX_PAGE_BYTES = 30 * 1024 * 1024


@dataclass(frozen=True)
class Release:
    """One version: the earliest upload of its files, and the files."""

    version: Version
    uploaded: datetime | None
    files: tuple[DistributionPackage, ...]


class PackageIndex:
    """Adapter of kind `pypi`. Options: `endpoint` (a simple repository), `metrics` (what is read -> metric id)."""

    needs_network = True

    def covers(self, entity: Entity, _source: Source) -> bool:
        """Whether the entity names its package."""
        return "pypi" in entity.external

    def read(self, entity: Entity, ask: Ask) -> Iterable[Observation]:
        """What the project's page says. Dates that contradict the order of the versions are left out, and what rests on them."""
        from pypi_simple import ACCEPT_JSON_PREFERRED, PyPISimple

        endpoint, credentials = split_credentials(
            ask.option("endpoint", "") or configured_index(os.environ) or PyPISimple().endpoint
        )
        with PyPISimple(endpoint) as client:
            address = client.get_project_url(entity.external["pypi"])
        answer = ask.net.get(
            address,
            headers={"Accept": ACCEPT_JSON_PREFERRED},
            secret_headers=credentials,
            ca_file=_pip_certificates(os.environ),
            max_bytes=MAX_PAGE_BYTES,
            # The index is the operator's own choice (pip's settings): a mirror inside the network is as good. One that
            # the catalogue names is data.
            trusted="endpoint" not in ask.source.options,
        )
        page = _parse(answer, entity.external["pypi"], ask)
        releases = releases_of(page)
        if not releases:
            raise unusable(ask.source, f"no releases of {entity.external['pypi']!r}")
        yield from _observations(entity, ask, answer, releases)


def _observations(entity: Entity, ask: Ask, answer: Answer, releases: list[Release]) -> Iterable[Observation]:
    metric = ask.mapping("metrics", METRICS)
    final = [release for release in releases if not release.version.is_prerelease] or releases
    latest = final[-1]
    values: list[tuple[str, object, str]] = [
        ("latest_version", str(latest.version), "$.versions"),
        ("release_count", len(final), "$.versions"),
    ]
    first, last = first_upload(releases), latest_upload(final)
    if any(release.uploaded and not ask.has_happened(release.uploaded) for release in releases):
        first = last = None
    if first is not None:
        values.append(("first_release", first, _DATES))
    if last is not None:
        values.append(("latest_release", last, _DATES))
    if first is not None and last is not None:
        year_ago = ask.now - timedelta(days=365)
        recent = sum(release.uploaded > year_ago for release in final if release.uploaded is not None)
        values.append(("releases_last_year", recent, _DATES))
    elif any(release.uploaded for release in releases):
        ask.remark(f"its dates for {entity.external['pypi']} contradict the order of the versions and were left out")
    for name, kind in (("wheel_size", "wheel"), ("sdist_size", "sdist")):
        sizes = [
            file.size for file in latest.files if file.package_type == kind and file.size is not None and file.size > 0
        ]
        if sizes:
            # Wheels of one version differ by platform; the largest is the one that surprises nobody.
            values.append((name, f"{max(sizes)} bytes", f"$.files[*].size of {kind}s of {latest.version}"))
    floors = {file.requires_python for file in latest.files if file.requires_python}
    if len(floors) == 1:
        values.append(("python_floor", floors.pop(), f"$.files[*]['requires-python'] of {latest.version}"))
    for name, raw, path in values:
        yield from ask.observe(entity, metric.get(name), raw, answer, path, method="files of the simple repository")


def releases_of(page: ProjectPage) -> list[Release]:
    """The versions that can still be installed, oldest version first; those wholly yanked, or unreadable, are left out."""
    from packaging.version import InvalidVersion, Version

    files: dict[Version, list[DistributionPackage]] = {}
    for package in page.packages:
        if package.version is None or package.is_yanked:
            continue
        try:
            files.setdefault(Version(package.version), []).append(package)
        except InvalidVersion:
            continue
    releases = []
    for version in sorted(files):
        uploads = [_aware(file.upload_time) for file in files[version] if file.upload_time is not None]
        releases.append(Release(version, min(uploads, default=None), tuple(files[version])))
    return releases


def first_upload(releases: list[Release]) -> datetime | None:
    """When the package first appeared, or None where the index cannot be believed.

    The lowest version must carry the earliest date: a mirror may give the day of its copy instead, and an index that
    lost its oldest files would date a project too young.
    """
    dated = [release.uploaded for release in releases if release.uploaded is not None]
    if not dated or dated[0] > min(dated) + _SLACK:
        return None
    return min(dated)


def latest_upload(releases: list[Release]) -> datetime | None:
    """When the highest version appeared, or None where the other dates contradict it.

    It must not be older than a version of its own series (major.minor), nor than one two or more majors below that
    opens a series: old series are maintained long after, but 0.14.0 does not come out after 4.18.2.
    """
    latest = releases[-1]
    if latest.uploaded is None:
        return None
    opened: dict[tuple[int, int], datetime] = {}
    for release in releases:
        if release.uploaded is None:
            continue
        series = (release.version.major, release.version.minor)
        opened[series] = min(opened.get(series, release.uploaded), release.uploaded)
        if series == (latest.version.major, latest.version.minor) and release.uploaded > latest.uploaded + _SLACK:
            return None
    if any(day > latest.uploaded + _SLACK for series, day in opened.items() if series[0] < latest.version.major - 1):
        return None
    return latest.uploaded


def configured_index(environment: Mapping[str, str], prefix: str = sys.prefix) -> str | None:
    """The index that pip is told to use, by PIP_INDEX_URL or a pip configuration file; None for the default one."""
    if environment.get("PIP_INDEX_URL"):
        return environment["PIP_INDEX_URL"]
    if environment.get("PIP_CONFIG_FILE") == os.devnull:
        return None
    home = Path(environment.get("HOME") or Path.home())
    config_home = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    places = [
        environment.get("PIP_CONFIG_FILE", ""),
        str(Path(prefix) / "pip.conf"),
        str(config_home / "pip" / "pip.conf"),
        str(home / ".pip" / "pip.conf"),
        "/etc/pip.conf",
    ]
    for place in filter(None, places):
        parser = ConfigParser(interpolation=None)
        try:
            parser.read(place, encoding="utf-8")
        except (ConfigError, OSError, UnicodeDecodeError):
            continue
        for section in ("install", "global"):
            if parser.has_option(section, "index-url"):
                return parser.get(section, "index-url").strip() or None
    return None


def split_credentials(endpoint: str) -> tuple[str, dict[str, str]]:
    """An index address without the credentials in it, and the header that carries them instead."""
    from base64 import b64encode
    from urllib.parse import unquote

    parts = urlsplit(endpoint)
    if parts.username is None:
        return endpoint, {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    bare = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    return bare, {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


def _pip_certificates(environment: Mapping[str, str]) -> str | None:
    path = environment.get("PIP_CERT")
    return path if path and Path(path).exists() else None


def _parse(answer: Answer, project: str, ask: Ask) -> ProjectPage:
    from pypi_simple import ProjectPage, UnsupportedRepoVersionError

    try:
        if answer.content_type == "application/vnd.pypi.simple.v1+json":
            return ProjectPage.from_json_data(answer.json(), answer.url)
        if answer.content_type in ("text/html", "application/vnd.pypi.simple.v1+html"):
            return ProjectPage.from_html(project, answer.body, answer.url)
    except (ValueError, TypeError, UnsupportedRepoVersionError, RecursionError) as error:
        raise unusable(ask.source, f"a page of {project!r} that cannot be read") from error
    raise SourceUnavailable(
        f"{ask.source.name} answered with {answer.content_type or 'an unnamed type'} for {project!r}"
    )


def _aware(moment: datetime) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
