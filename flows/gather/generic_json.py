"""Any JSON document at an address: which value fills which metric stands in the source's options."""

from __future__ import annotations

import string
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import quote

from flows.errors import InputError
from flows.gather.port import Ask
from flows.gather.shapes import day
from schemas.catalogue import Entity, Source
from schemas.facts import Observation

if TYPE_CHECKING:
    from jsonpath import JSONPath


class GenericJson:
    """Adapter of kind `json`. Options, in `data/sources.yaml`:

    `url`: an address with the entity's external names in braces ("https://api.example.org/{npm}/stats"; {id} is the
    entity's id). `values`: metric id -> JSONPath, or {path, unit, as_of, method} where `as_of` is the JSONPath of a
    date. `headers`: further headers. `key`: name of a secret (TIEBREAK_SOURCE_<NAME>), sent as the query parameter
    `key_param` or the header `key_header`. `page`: the address for readers, where it is another.
    """

    needs_network = True

    def covers(self, entity: Entity, source: Source) -> bool:
        """Whether the entity has every name that the address asks for."""
        template = source.options.get("url")
        return not isinstance(template, str) or all(
            name in _names(entity) for name in _placeholders(template, source.id)
        )

    def read(self, entity: Entity, ask: Ask) -> Iterable[Observation]:
        """One observation for each value whose path leads to exactly one node."""
        address = _filled(ask.option("url", ""), entity, ask.source.id)
        page = _filled(ask.option("page", ""), entity, ask.source.id) or None
        values = _values(ask.source)
        headers = {"Accept": "application/json", **ask.mapping("headers", {})}
        secret_headers: dict[str, str] = {}
        secret_params: dict[str, str] = {}
        secret = ask.secrets.get(ask.option("key", ""))
        if secret and ask.option("key_header", ""):
            secret_headers[ask.option("key_header", "")] = secret
        elif secret:
            secret_params[ask.option("key_param", "key")] = secret
        answer = ask.net.get(address, headers=headers, secret_headers=secret_headers, secret_params=secret_params)
        document = answer.json()
        for metric_id, value in values.items():
            found = _only(_compiled(value["path"], ask.source.id), document)
            if found is None:
                ask.remark(f"has not exactly one {value['path']} for {entity.name}")
                continue
            dated = _only(_compiled(value["as_of"], ask.source.id), document) if value.get("as_of") else None
            yield from ask.observe(
                entity,
                metric_id,
                found,
                answer,
                value["path"],
                url=page,
                as_of=day(dated),
                unit=value.get("unit"),
                method=value.get("method"),
            )


def _names(entity: Entity) -> dict[str, str]:
    return {**entity.external, "id": entity.id}


def _placeholders(template: str, source_id: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    except ValueError as error:
        raise InputError(f"Source {source_id!r}: option 'url' has unbalanced braces: {template!r}.") from error


def _filled(template: str, entity: Entity, source_id: str) -> str:
    """The template with each name percent-encoded: a name never adds a path, a query or a host."""
    for name in _placeholders(template, source_id):
        template = template.replace(f"{{{name}}}", quote(_names(entity).get(name, ""), safe=""))
    return template


def _values(source: Source) -> dict[str, dict[str, str]]:
    given = source.options.get("values")
    if not isinstance(given, dict) or not given:
        raise InputError(f"Source {source.id!r}: option 'values' must map metric ids to JSONPaths.")
    values: dict[str, dict[str, str]] = {}
    for metric_id, value in given.items():
        fields = {"path": value} if isinstance(value, str) else value
        if not isinstance(fields, dict) or not isinstance(fields.get("path"), str):
            raise InputError(
                f"Source {source.id!r}: the value for {metric_id!r} must be a JSONPath, or a mapping with a `path`."
            )
        values[str(metric_id)] = {str(key): str(text) for key, text in fields.items()}
    return values


def _compiled(path: str, source_id: str) -> JSONPath:
    import jsonpath
    from jsonpath import JSONPathError

    try:
        compiled = jsonpath.compile(path)
    except JSONPathError as error:
        raise InputError(f"Source {source_id!r}: {path!r} is no JSONPath ({error}).") from error
    if not isinstance(compiled, jsonpath.JSONPath):
        raise InputError(f"Source {source_id!r}: {path!r} joins several paths; write one.")
    return compiled


def _only(path: JSONPath, document: object) -> object | None:
    """The one value that a path leads to; None where there are none or several."""
    from jsonpath import JSONPathError

    if not isinstance(document, dict | list):
        return None
    try:
        found: list[object] = path.findall(document)
    except (JSONPathError, RecursionError):
        return None
    return found[0] if len(found) == 1 else None
