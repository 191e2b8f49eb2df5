"""Which adapter reads which kind of source: those built in, and those of installed packages (`tiebreak.sources`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module

from flows.errors import InputError
from flows.gather.catalogue_source import CatalogueSource
from flows.gather.port import SourceAdapter
from schemas.catalogue import Catalogue

ENTRY_POINT_GROUP = "tiebreak.sources"
#: Kind -> module and class; imported when a source of that kind is read.
BUILT_IN = {
    "pypi": ("flows.gather.package_index", "PackageIndex"),
    "github": ("flows.gather.github", "GitHub"),
    "endoflife": ("flows.gather.endoflife", "EndOfLife"),
    "osv": ("flows.gather.osv", "Osv"),
    "stackexchange": ("flows.gather.stackexchange", "StackExchange"),
    "json": ("flows.gather.generic_json", "GenericJson"),
    "jsonld": ("flows.gather.jsonld", "JsonLd"),
}


class Adapters(Mapping[str, SourceAdapter]):
    """Adapters by kind, made at their first use. An entry point is a class or function that takes no argument."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._made: dict[str, SourceAdapter] = {"catalogue": CatalogueSource(catalogue)}

    def __getitem__(self, kind: str) -> SourceAdapter:
        if kind not in self._made:
            self._made[kind] = _make(kind)
        return self._made[kind]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(("catalogue", *BUILT_IN, *_installed_kinds())))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _make(kind: str) -> SourceAdapter:
    """Raises KeyError for a kind that nobody provides, InputError for an installed adapter that cannot be loaded."""
    if kind in BUILT_IN:
        module, name = BUILT_IN[kind]
        built: SourceAdapter = getattr(import_module(module), name)()
        return built
    from importlib.metadata import entry_points

    for point in entry_points(group=ENTRY_POINT_GROUP, name=kind):
        try:
            installed: SourceAdapter = point.load()()
        except Exception as error:  # code of another package may fail in any way
            raise InputError(f"Source adapter {kind!r} of {point.value!r} cannot be loaded: {error}") from error
        return installed
    raise KeyError(kind)


def _installed_kinds() -> Iterable[str]:
    from importlib.metadata import entry_points

    return (point.name for point in entry_points(group=ENTRY_POINT_GROUP))
