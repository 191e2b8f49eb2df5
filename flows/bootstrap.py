"""Settings -> the assembled application: the one place where things are put together."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from flows.draft.port import Drafter
from flows.errors import SettingsError
from flows.facts.registry import Registry
from flows.gather.catalogue import load_catalogue
from flows.gather.discovery import Adapters
from flows.gather.keys import keys_from
from flows.gather.lexicon import load_lexicon
from flows.gather.readings import Readings
from flows.gather.run import Gathered, gather
from flows.net import Net
from flows.parts import Gather, Parts, Progress
from flows.publish.sink import FolderSink
from flows.settings import Settings, read_settings
from flows.store.store import Store
from flows.yaml_file import read_optional, wrong_field
from schemas.catalogue import Catalogue, Comparison
from schemas.pages import Site
from schemas.policy import Policy

if TYPE_CHECKING:
    from flows.draft.second_reader import SecondReader


def utc_now() -> datetime:
    """The one clock."""
    return datetime.now(UTC)


@contextmanager
def build(
    settings: Settings | None = None,
    *,
    offline: bool = False,
    now: Callable[[], datetime] = utc_now,
    drafter: Drafter | None = None,
) -> Iterator[Parts]:
    """The application by `settings` (default: the environment's), closed at the end of the block.

    Raises SettingsError, CatalogueError, StoreError, each with one line that says what to do.
    """
    settings = settings or read_settings()
    catalogue = load_catalogue(settings.catalogue_folder)
    registry = Registry(catalogue)
    policy = read_policy(settings.catalogue_folder)
    store = Store(settings.store_url)
    try:
        yield Parts(
            catalogue=catalogue,
            registry=registry,
            store=store,
            gather=_gather(settings, catalogue, registry, now, offline=offline or settings.offline),
            drafter=drafter or _drafter(settings, store, policy, now),
            sink=FolderSink(settings.site),
            policy=policy,
            lexicon=load_lexicon(settings.catalogue_folder),
            now=now,
            site=read_site(settings),
            site_shown=str(settings.site),
            second_reader=None if settings.reader == "rules" else _second_reader(settings, store, now),
        )
    finally:
        store.close()


def read_policy(folder: Path) -> Policy:
    """`policy.yaml` of the catalogue, or the defaults where it has none. Raises CatalogueError."""
    path = folder / "policy.yaml"
    try:
        return Policy.model_validate(read_optional(path) or {})
    except ValidationError as error:
        raise wrong_field(path, error) from error


def read_site(settings: Settings) -> Site:
    """The site that pages stand in. Raises SettingsError for an address that is none."""
    url = settings.site_url.rstrip("/")
    try:
        return Site(
            name=settings.site_name,
            url=f"{url}/" if url else "",
            publisher=settings.publisher,
            contact=settings.contact or None,
        )
    except ValidationError as error:
        raise SettingsError(
            f"TIEBREAK_SITE_URL must begin with http:// or https://, not {settings.site_url!r}"
        ) from error


def open_net(settings: Settings) -> Net:
    """The HTTP door, as the settings want it."""
    return Net(
        cache=settings.home / "http",
        contact=settings.contact,
        allow=settings.allow_private_hosts.split(","),
        timeout_s=settings.http_timeout_s,
    )


def _gather(
    settings: Settings, catalogue: Catalogue, registry: Registry, now: Callable[[], datetime], *, offline: bool
) -> Gather:
    net = open_net(settings)
    adapters = Adapters(catalogue)
    readings = Readings(settings.home / "readings")
    secrets = keys_from(settings, os.environ)

    def ask(comparison: Comparison, progress: Progress | None = None) -> Gathered:
        def show(done: int, everything: int, what: str) -> None:
            if progress is not None:
                progress(f"gather {done}/{everything} {what}")

        return gather(
            catalogue.sources,
            [registry.entity(entity) for entity in comparison.entities],
            registry,
            net,
            now(),
            offline,
            show,
            adapters=adapters,
            readings=readings,
            secrets=secrets,
        )

    return ask


def _drafter(settings: Settings, store: Store, policy: Policy, now: Callable[[], datetime]) -> Drafter:
    if settings.model is None:
        from flows.draft.built_in_drafter import BuiltInDrafter

        return BuiltInDrafter()
    from flows.draft.model_drafter import model_drafter

    return model_drafter(settings, store.ledger, store.locks, policy, now)


@contextmanager
def open_second_reader(settings: Settings, now: Callable[[], datetime] = utc_now) -> Iterator[SecondReader]:
    """The second reader alone, for texts that bring their own facts. Raises SettingsError when no model is configured."""
    _wants_model(settings)
    store = Store(settings.store_url)
    try:
        yield _second_reader(settings, store, now)
    finally:
        store.close()


def _second_reader(settings: Settings, store: Store, now: Callable[[], datetime]) -> SecondReader:
    _wants_model(settings)
    from flows.draft.second_reader import model_second_reader

    return model_second_reader(settings, store.ledger, store.locks, now)


def _wants_model(settings: Settings) -> None:
    if settings.model is None:
        raise SettingsError(
            "a second reader needs a model, and none is configured: set TIEBREAK_MODEL, or read with the rules alone "
            "(TIEBREAK_READER=rules, --reader rules)"
        )
