"""GitHub's REST API: stars, forks, open issues, licence, activity and, where no package index tells them, releases."""

from __future__ import annotations

import re
from collections.abc import Iterable

from flows.errors import InputError
from flows.gather.port import Ask, unusable
from flows.gather.shapes import count, listing, mapping, moment, text
from flows.net import Answer, NotThere
from schemas.catalogue import Entity, Source
from schemas.facts import Observation

API = "https://api.github.com"
#: What is read -> the metric that it fills.
METRICS = {
    "stars": "github_stars",
    "forks": "github_forks",
    "open_issues": "open_issues",
    "licence": "licence",
    "archived": "archived",
    "last_push": "last_push",
    "release_count": "release_count",
    "latest_release": "latest_release",
    "latest_version": "latest_version",
}
_RELEASES = ("release_count", "latest_release", "latest_version")
_REPOSITORY = re.compile(r"(?:https://github\.com/)?([A-Za-z0-9-]{1,39})/([A-Za-z0-9._-]{1,100}?)(?:\.git)?/?")
_LAST_PAGE = re.compile(r'[?&]page=(\d{1,9})[^<>]*>;\s*rel="last"')


class GitHub:
    """Adapter of kind `github`; `external.github` is "owner/name". Options: `endpoint`, `metrics` (what is read -> metric id).

    A token (secret `github_token`) raises the limit from 60 to 5,000 requests an hour; answers are revalidated by their
    ETag, which costs nothing against it.
    """

    needs_network = True

    def covers(self, entity: Entity, _source: Source) -> bool:
        """Whether the entity names its repository."""
        return "github" in entity.external

    def read(self, entity: Entity, ask: Ask) -> Iterable[Observation]:
        """The repository's figures. Each further request is made only for a metric that the category has."""
        base = f"{ask.option('endpoint', API).rstrip('/')}/repos/{_name(entity)}"
        metric = ask.mapping("metrics", METRICS)
        answer = self._get(ask, base)
        repository = mapping(answer.json(), "the repository")
        if "stargazers_count" not in repository:
            raise unusable(ask.source, "no repository")
        page = text(repository.get("html_url")) or f"https://github.com/{_name(entity)}"
        licence = repository.get("license")
        spdx = text(licence.get("spdx_id")) if isinstance(licence, dict) else None
        pushed = moment(repository.get("pushed_at"))
        archived = repository.get("archived")
        for name, value, path in (
            ("stars", count(repository.get("stargazers_count")), "$.stargazers_count"),
            ("forks", count(repository.get("forks_count")), "$.forks_count"),
            ("licence", None if spdx == "NOASSERTION" else spdx, "$.license.spdx_id"),
            ("archived", archived if isinstance(archived, bool) else None, "$.archived"),
            ("last_push", pushed if pushed and ask.has_happened(pushed) else None, "$.pushed_at"),
        ):
            yield from ask.observe(entity, metric.get(name), value, answer, path, url=page, endpoint=base)
        everything = count(repository.get("open_issues_count"))
        if everything is not None and self._wanted(ask, entity, metric.get("open_issues")):
            yield from self._open_issues(ask, entity, metric["open_issues"], base, page, everything)
        # Two registries that count releases differently would dispute each other: the package index is nearer to them.
        if "pypi" not in entity.external and any(self._wanted(ask, entity, metric.get(name)) for name in _RELEASES):
            yield from self._releases(ask, entity, metric, base, page)

    def _open_issues(
        self, ask: Ask, entity: Entity, metric_id: str, base: str, page: str, everything: int
    ) -> Iterable[Observation]:
        """GitHub's count of open issues holds the open pull requests; these are counted and taken off."""
        address = f"{base}/pulls?state=open&per_page=1"
        answer = self._get(ask, address)
        pulls = _counted(answer)
        if pulls > everything:
            ask.remark(f"counts more open pull requests than open issues for {entity.name}; left out")
            return
        yield from ask.observe(
            entity,
            metric_id,
            everything - pulls,
            answer,
            "$.open_issues_count - count of /pulls",
            url=f"{page}/issues",
            endpoint=address,
            method="open issues without pull requests",
        )

    def _releases(
        self, ask: Ask, entity: Entity, metric: dict[str, str], base: str, page: str
    ) -> Iterable[Observation]:
        try:
            latest_answer = self._get(ask, f"{base}/releases/latest")
        except NotThere:
            return
        latest = mapping(latest_answer.json(), "the latest release")
        published = moment(latest.get("published_at"))
        url = f"{page}/releases"
        if published is not None and ask.has_happened(published):
            yield from ask.observe(
                entity,
                metric.get("latest_release"),
                published,
                latest_answer,
                "$.published_at",
                url=url,
                method="GitHub releases",
            )
        version = text(latest.get("tag_name"))
        yield from ask.observe(
            entity,
            metric.get("latest_version"),
            version,
            latest_answer,
            "$.tag_name",
            url=url,
            method="GitHub releases",
        )
        if self._wanted(ask, entity, metric.get("release_count")):
            answer = self._get(ask, f"{base}/releases?per_page=1")
            yield from ask.observe(
                entity,
                metric["release_count"],
                _counted(answer),
                answer,
                "last page",
                url=url,
                method="GitHub releases",
            )

    def _wanted(self, ask: Ask, entity: Entity, metric_id: str | None) -> bool:
        return metric_id is not None and ask.metrics.metric_for(metric_id, entity.category) is not None

    def _get(self, ask: Ask, address: str) -> Answer:
        token = ask.secrets.get("github_token")
        return ask.net.get(
            address,
            headers={
                "Accept": "application/vnd.github+json, application/json;q=0.9",
                "X-GitHub-Api-Version": "2022-11-28",
            },
            secret_headers={"Authorization": f"Bearer {token}"} if token else None,
        )


def _name(entity: Entity) -> str:
    found = _REPOSITORY.fullmatch(entity.external["github"])
    if found is None:
        raise InputError(
            f"Entity {entity.id!r}: external.github must be owner/name, it is {entity.external['github']!r}."
        )
    return f"{found[1]}/{found[2]}"


def _counted(answer: Answer) -> int:
    """How many things a list has, asked for one a page: the number of its last page, or what the only page holds."""
    last = _LAST_PAGE.search(answer.headers.get("link", ""))
    return int(last[1]) if last else len(listing(answer.json(), "the list"))
