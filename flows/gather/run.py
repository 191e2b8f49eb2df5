"""All sources about all entities, at once: observations, and one line for whatever could not be had."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from flows.errors import TiebreakError
from flows.gather.cleaning import visible_text
from flows.gather.port import Ask, Metrics, SourceAdapter
from flows.gather.readings import Kept, Readings
from flows.net import Net, NotThere
from schemas.catalogue import Entity, Source
from schemas.facts import Observation

#: Requests under way at once over all sources; the door holds each host to fewer.
MAX_WORKERS = 12
_NAMED = 3

#: Called with (done, all, what was just read); `all` counts the pairs of source and entity.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Gathered:
    """`observations` in the order of sources, then entities. `notes`: one line a source about what is missing, and why.

    `read`: the (source, entity) pairs that answered in full, also with nothing: what they no longer say is over.
    """

    observations: tuple[Observation, ...]
    notes: tuple[str, ...]
    read: tuple[tuple[str, str], ...] = ()


@dataclass
class _Account:
    """What became of one source: filled by several threads under `lock`."""

    source: Source
    adapter: SourceAdapter
    lock: threading.Lock = field(default_factory=threading.Lock)
    found: dict[str, list[Observation]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    unasked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    reason: str | None = None
    remarks: list[str] = field(default_factory=list)

    def book(self, entity: Entity, kept: Kept) -> None:
        """Note what the source said, however little."""
        with self.lock:
            self.found[entity.id] = kept.observations
            self.remarks.extend(kept.remarks)
            if kept.unknown:
                self.unknown.append(entity.name)


def gather(
    sources: Sequence[Source],
    entities: Sequence[Entity],
    metrics: Metrics,
    net: Net,
    now: datetime,
    offline: bool,
    progress: Progress | None = None,
    *,
    adapters: Mapping[str, SourceAdapter],
    readings: Readings | None = None,
    secrets: Mapping[str, str] | None = None,
) -> Gathered:
    """Observe `entities` in `sources`.

    A failure costs what that source would still have said, and one note; it never ends the run. After a failure that
    is not about one entity the source is asked nothing more. `offline`: nothing is asked; readings that are still
    fresh are used, and a note names what was not refreshed.
    """
    accounts, notes = _accounts(sources, adapters)
    work: list[tuple[_Account, Entity]] = []
    counter = _Counter(progress)
    ask = _Asker(metrics, net, now, dict(secrets or {}), readings)
    for account in accounts:
        covered = [entity for entity in entities if _covers(account, entity)]
        counter.add(len(covered))
        for entity in covered:
            known = (
                readings.fresh(account.source, entity, metrics, now)
                if readings and account.adapter.needs_network
                else None
            )
            if known is not None:
                account.book(entity, known)
                counter.done(account.source.name)
            elif account.adapter.needs_network and offline:
                account.unasked.append(entity.name)
                counter.done(account.source.name)
            elif account.adapter.needs_network:
                work.append((account, entity))
            else:
                ask.one(account, entity)
                counter.done(account.source.name)
    _ask_all(work, ask, counter)
    read = [(account.source.id, entity.id) for account, entity in _answered(accounts, entities)]
    _fill_from_files(accounts, entities, adapters.get("catalogue"), ask)
    order = [entity.id for entity in entities]
    observations = [seen for account in accounts for name in order for seen in account.found.get(name, ())]
    for account in accounts:
        notes.extend(_notes(account, entities))
    unasked = list(dict.fromkeys(account.source.name for account in accounts if account.unasked))
    if unasked:
        notes.append(
            f"offline: {_listed(unasked)} not asked; the figures {'it' if len(unasked) == 1 else 'they'} would refresh keep their date"
        )
    return Gathered(tuple(observations), tuple(notes), tuple(read))


def _answered(accounts: Sequence[_Account], entities: Sequence[Entity]) -> list[tuple[_Account, Entity]]:
    return [
        (account, entity)
        for account in accounts
        for entity in entities
        if entity.name not in account.failed and (entity.id in account.found or entity.name in account.unknown)
    ]


class _Counter:
    """Progress, counted from any thread."""

    def __init__(self, progress: Progress | None) -> None:
        self._progress = progress
        self._lock = threading.Lock()
        self._done = self._all = 0

    def add(self, more: int) -> None:
        self._all += more

    def done(self, what: str) -> None:
        with self._lock:
            self._done += 1
            if self._progress is not None:
                self._progress(self._done, self._all, what)


class _Asker:
    """Asks one source about one entity and books the outcome."""

    def __init__(
        self, metrics: Metrics, net: Net, now: datetime, secrets: dict[str, str], readings: Readings | None
    ) -> None:
        self._metrics, self._net, self._now, self._secrets, self._readings = metrics, net, now, secrets, readings

    def of(self, account: _Account, remark: Callable[[str], None] = lambda _line: None) -> Ask:
        """What an adapter is given to read the source of `account`."""
        return Ask(account.source, self._metrics, self._net, self._now, self._secrets, remark)

    def one(self, account: _Account, entity: Entity) -> None:
        with account.lock:
            if account.reason is not None:
                account.failed.append(entity.name)
                return
        remarks: list[str] = []
        ask = self.of(account, remarks.append)
        found: list[Observation] = []
        try:
            # One at a time, so that what was read before a failure is kept.
            for observation in account.adapter.read(entity, ask):
                found.append(observation)  # extend() would lose what came before an exception
        except NotThere:
            self._complete(account, entity, Kept(found, tuple(remarks), unknown=True))
        except TiebreakError as error:
            self._failed(account, entity, str(error))
            account.book(entity, Kept(found, tuple(remarks), unknown=False))
        except Exception as error:  # noqa: BLE001  # an answer of a shape nobody foresaw, or an installed adapter's bug
            self._failed(account, entity, f"its answer could not be read ({type(error).__name__})")
            account.book(entity, Kept(found, tuple(remarks), unknown=False))
        else:
            self._complete(account, entity, Kept(found, tuple(remarks), unknown=False))

    def _complete(self, account: _Account, entity: Entity, kept: Kept) -> None:
        account.book(entity, kept)
        if account.adapter.needs_network and self._readings is not None:
            self._readings.keep(account.source, entity, kept, self._now)

    def _failed(self, account: _Account, entity: Entity, reason: str) -> None:
        with account.lock:
            account.failed.append(entity.name)
            account.reason = account.reason or reason


def _accounts(sources: Sequence[Source], adapters: Mapping[str, SourceAdapter]) -> tuple[list[_Account], list[str]]:
    accounts, notes = [], []
    for source in sources:
        try:
            accounts.append(_Account(source, adapters[source.kind]))
        except KeyError:
            notes.append(f"{source.name}: no adapter of kind {source.kind!r} is installed")
        except TiebreakError as error:
            notes.append(f"{source.name}: {error}")
    return accounts, notes


def _covers(account: _Account, entity: Entity) -> bool:
    try:
        return account.adapter.covers(entity, account.source)
    except Exception as error:  # noqa: BLE001  # an installed adapter's bug costs its source, not the run
        account.reason = account.reason or f"its adapter failed ({type(error).__name__})"
        account.failed.append(entity.name)
        return False


def _ask_all(work: list[tuple[_Account, Entity]], ask: _Asker, counter: _Counter) -> None:
    """Ask in a round over the sources, so that a slow one does not take all places."""
    if not work:
        return
    turns: dict[str, int] = {}
    placed = []
    for account, entity in work:
        turn = turns[account.source.id] = turns.get(account.source.id, -1) + 1
        placed.append((turn, account, entity))
    placed.sort(key=lambda item: item[0])

    def one(item: tuple[int, _Account, Entity]) -> None:
        ask.one(item[1], item[2])
        counter.done(item[1].source.name)

    with ThreadPoolExecutor(max_workers=min(MAX_WORKERS, len(placed)), thread_name_prefix="gather") as pool:
        for _ in pool.map(one, placed):
            pass


def _fill_from_files(
    accounts: Sequence[_Account], entities: Sequence[Entity], files: SourceAdapter | None, ask: _Asker
) -> None:
    """What the catalogue's files hold of a source that is asked over the network: an export that was carried back.

    It stands where the source itself says nothing, with the date that the file gives it.
    """
    if files is None:
        return
    for account in accounts:
        for entity in entities if account.adapter.needs_network else ():
            if not files.covers(entity, account.source):
                continue
            said = account.found.setdefault(entity.id, [])
            known = {seen.metric for seen in said}
            said += [row for row in files.read(entity, ask.of(account)) if row.metric not in known]


def _notes(account: _Account, entities: Sequence[Entity]) -> list[str]:
    name = account.source.name
    # Threads finish in any order; a note names things in the order in which they were asked for.
    place = {entity.name: number for number, entity in enumerate(entities)}
    account.unknown.sort(key=place.__getitem__)
    account.failed.sort(key=place.__getitem__)
    notes = [f"{name}: {visible_text(remark)[:300]}" for remark in dict.fromkeys(account.remarks)]
    if account.unknown:
        notes.append(f"{name}: does not know {_listed(account.unknown)}")
    if account.failed:
        notes.append(
            f"{name}: {visible_text(account.reason or 'failed')[:300]}; nothing of it for {_listed(account.failed)}"
        )
    return notes


def _listed(names: list[str]) -> str:
    """ "Flask, Django and 12 more"."""
    shown = list(dict.fromkeys(names))
    if len(shown) <= _NAMED:
        return " and ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
    return f"{', '.join(shown[:_NAMED])} and {len(shown) - _NAMED} more"
