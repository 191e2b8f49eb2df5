"""What is set up, what is not, and how to mend it. Each part is looked at even when the one before is broken."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from flows.errors import TiebreakError
from flows.settings import Settings, read_settings


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line of `tiebreak doctor`. `fix` is what to do, empty when nothing is to be done."""

    part: str
    state: Literal["ok", "note", "wrong"]
    what: str
    fix: str = ""


def examine_all(*, offline: bool = False) -> list[Diagnosis]:
    """Settings, catalogue, store, site, model endpoint, sources."""
    try:
        settings = read_settings()
    except TiebreakError as error:
        return [Diagnosis("settings", "wrong", str(error), "correct or unset the variable")]
    found = [Diagnosis("settings", "ok", f"home {settings.home}, site {settings.site}")]
    looks: list[tuple[str, Callable[[Settings], Iterator[Diagnosis]]]] = [
        ("catalogue", _catalogue),
        ("store", _store),
        ("site", _site),
    ]
    if not offline:
        looks += [("model", _model), ("sources", _sources)]
    for part, look in looks:
        try:
            found.extend(look(settings))
        except TiebreakError as error:
            found.append(Diagnosis(part, "wrong", str(error), _ADVICE[part]))
    return found


_ADVICE = {
    "catalogue": "mend the file, or `tiebreak init DIR` writes one to start from",
    "store": "set TIEBREAK_HOME or TIEBREAK_DATABASE_URL",
    "site": "set TIEBREAK_SITE to a folder that can be written",
    "model": "set TIEBREAK_MODEL, TIEBREAK_MODEL_URL and OPENAI_API_KEY",
    "sources": "set TIEBREAK_OFFLINE=1 to go on without them",
}


def _catalogue(settings: Settings) -> Iterator[Diagnosis]:
    from flows.bootstrap import read_policy
    from flows.gather.catalogue import load_catalogue
    from flows.gather.lexicon import load_lexicon

    folder = settings.catalogue_folder
    catalogue = load_catalogue(folder)
    read_policy(folder)
    load_lexicon(folder)
    what = (
        f"{folder}: {len(catalogue.comparisons)} comparison{'s' * (len(catalogue.comparisons) != 1)}, {len(catalogue.entities)} entities, "
        f"{len(catalogue.metrics)} metrics, {len(catalogue.observations)} observations"
    )
    yield Diagnosis("catalogue", "ok", what)


def _store(settings: Settings) -> Iterator[Diagnosis]:
    from flows.store.store import Store
    from flows.sweep import PAUSED

    store = Store(settings.store_url)
    yield Diagnosis("store", "ok", f"{store.shown}, schema {store.revision}")
    if why := store.locks.switch(PAUSED):
        yield Diagnosis("publishing", "note", f"paused: {why}", "tiebreak resume publish")
    for comparison, due, reason in store.locks.parked():
        yield Diagnosis("parked", "note", f"{comparison} until {due:%Y-%m-%d %H:%M} UTC: {reason}")
    store.close()


def _site(settings: Settings) -> Iterator[Diagnosis]:
    folder = settings.site
    existing = folder
    while not existing.exists():
        existing = existing.parent
    if not existing.is_dir():
        yield Diagnosis("site", "wrong", f"{existing} is a file, not a folder", _ADVICE["site"])
        return
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        yield Diagnosis("site", "wrong", f"{folder} cannot be written: {error.strerror}", _ADVICE["site"])
        return
    yield Diagnosis("site", "ok", f"{folder} can be written")


def _model(settings: Settings) -> Iterator[Diagnosis]:
    if settings.model is None:
        key = " (OPENAI_API_KEY is set, but no model)" if os.environ.get("OPENAI_API_KEY") else ""
        yield Diagnosis(
            "model", "note", f"none: the built-in drafter writes{key}", "to use one, set TIEBREAK_MODEL" if key else ""
        )
        return
    from flows.draft.endpoint_check import look_at_endpoint

    for state, what, fix in look_at_endpoint(settings):
        # Some of the messages say themselves what to do.
        yield Diagnosis("model", state, what, "" if fix == "see above" else fix)


def _sources(settings: Settings) -> Iterator[Diagnosis]:
    if settings.offline:
        yield Diagnosis("sources", "note", "offline: none is asked", "unset TIEBREAK_OFFLINE")
        return
    from flows.bootstrap import build

    with build(settings) as parts:
        if not parts.catalogue.comparisons:
            return
        gathered = parts.gather(parts.catalogue.comparisons[0])
        by_source: dict[str, int] = {}
        for one in gathered.observations:
            by_source[one.source] = by_source.get(one.source, 0) + 1
    names = {source.id: source.name for source in parts.catalogue.sources}
    for source, count in by_source.items():
        yield Diagnosis(
            "source", "ok", f"{names.get(source, source)}: {count} values for {parts.catalogue.comparisons[0].slug}"
        )
    for note in gathered.notes:
        yield Diagnosis("source", "note", note, "check the network, or go on without it: pages keep their dates")
