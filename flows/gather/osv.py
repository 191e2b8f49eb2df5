"""OSV: how many security advisories are known for a package, each counted once however many databases list it."""

from __future__ import annotations

from collections.abc import Iterable

from flows.errors import InputError
from flows.gather.port import Ask, unusable
from flows.gather.shapes import listing, mapping, text
from flows.net import Answer
from schemas.catalogue import Entity, Source
from schemas.facts import Observation

API = "https://api.osv.dev"
#: What is read -> the metric that it fills.
METRICS = {"advisories": "known_vulnerabilities"}
MAX_PAGES = 20


class Osv:
    """Adapter of kind `osv`. The package is `external.osv` ("ecosystem/name"), else `purl`, else the one of `pypi`.

    Options: `endpoint`, `metrics`. Counts every advisory ever published, of whatever version, without withdrawn ones.
    """

    needs_network = True

    def covers(self, entity: Entity, _source: Source) -> bool:
        """Whether the entity names a package."""
        return any(key in entity.external for key in ("osv", "purl", "pypi"))

    def read(self, entity: Entity, ask: Ask) -> Iterable[Observation]:
        """One count. An answer that goes on past the page limit is no count."""
        address = f"{ask.option('endpoint', API).rstrip('/')}/v1/query"
        query: dict[str, object] = {"package": _package(entity)}
        groups = Advisories()
        answer: Answer | None = None
        for _ in range(MAX_PAGES):
            answer = ask.net.post(address, json=query)
            document = mapping(answer.json(), "the answer")
            # No advisories: OSV leaves the key out. Another document without it must not read as "none known".
            if not document.keys() <= {"vulns", "next_page_token"}:
                raise unusable(ask.source, "keys that a list of advisories does not have")
            for entry in listing(document.get("vulns", []), "vulns"):
                groups.add(mapping(entry, "an advisory"))
            token = text(document.get("next_page_token"))
            if not token:
                break
            query["page_token"] = token
        else:
            raise unusable(ask.source, f"more than {MAX_PAGES} pages")
        if answer is not None:
            metric = ask.mapping("metrics", METRICS)
            yield from ask.observe(
                entity,
                metric.get("advisories"),
                groups.count(),
                answer,
                "count of $.vulns[*] by alias",
                url=_page(entity),
                endpoint=address,
            )


class Advisories:
    """Advisories joined by their aliases: one flaw often has an id in each of several databases."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._listed: set[str] = set()

    def add(self, advisory: dict[str, object]) -> None:
        """Take in one advisory; a withdrawn one, or one without an id, does not count."""
        own = text(advisory.get("id"))
        if own is None or advisory.get("withdrawn"):
            return
        self._listed.add(own)
        aliases = advisory.get("aliases")
        for alias in aliases if isinstance(aliases, list) else ():
            if isinstance(alias, str):
                self._parent[self._root(alias)] = self._root(own)
        self._root(own)

    def count(self) -> int:
        """How many flaws they are."""
        return len({self._root(own) for own in self._listed})

    def _root(self, name: str) -> str:
        self._parent.setdefault(name, name)
        while self._parent[name] != name:
            self._parent[name] = self._parent[self._parent[name]]
            name = self._parent[name]
        return name


def _package(entity: Entity) -> dict[str, str]:
    named = entity.external.get("osv")
    if named is not None:
        ecosystem, slash, name = named.partition("/")
        if not slash or not name:
            raise InputError(f"Entity {entity.id!r}: external.osv must be ecosystem/name, it is {named!r}.")
        return {"ecosystem": ecosystem, "name": name}
    if "purl" in entity.external:
        return {"purl": entity.external["purl"]}
    return {"ecosystem": "PyPI", "name": entity.external["pypi"]}


def _page(entity: Entity) -> str:
    from urllib.parse import urlencode

    package = _package(entity)
    if "purl" in package:
        return "https://osv.dev/list"
    return f"https://osv.dev/list?{urlencode({'q': package['name'], 'ecosystem': package['ecosystem']})}"
