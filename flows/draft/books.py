"""The ledger as many askers at once use it: what they read or write in one turn of the event loop is one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, TypeVar

from schemas.runs import Attempt

if TYPE_CHECKING:
    from flows.store.ledger import Ledger

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Books:
    """Returns to an asker once what it wrote is committed. With 64 answers at once that is a few transactions, not 64."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._answers: _Batch[str, str | None] = _Batch(self._read)
        self._attempts: _Batch[tuple[Attempt, bool], None] = _Batch(self._write)

    async def answer(self, key: str) -> str | None:
        """The kept answer to a question, or None."""
        return await self._answers.add(key)

    async def book(self, attempt: Attempt, *, keep_answer: bool = False) -> None:
        """Store an attempt, or what became of one that was asked; `keep_answer`: its text answers the same question again."""
        await self._attempts.add((attempt, keep_answer))

    def _read(self, keys: list[str]) -> list[str | None]:
        found = self._ledger.answers(keys)
        return [found.get(key) for key in keys]

    def _write(self, entries: list[tuple[Attempt, bool]]) -> list[None]:
        self._ledger.book([attempt for attempt, _ in entries], keep={one.id for one, kept in entries if kept})
        return [None] * len(entries)


class _Batch(Generic[_Given, _Made]):
    """Gathers what is added before the event loop turns, does it at once, and gives everyone their own."""

    def __init__(self, do: Callable[[list[_Given]], list[_Made]]) -> None:
        self._do = do
        self._waiting: list[tuple[_Given, asyncio.Future[_Made]]] = []

    async def add(self, given: _Given) -> _Made:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[_Made] = loop.create_future()
        self._waiting.append((given, future))
        if len(self._waiting) == 1:
            loop.call_soon(self._flush)
        return await future

    def _flush(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            made = self._do([given for given, _ in batch])
        except Exception as error:  # noqa: BLE001 - whoever waits has to hear of it, whatever it is
            # One entry that the store does not take must not cost the others theirs.
            if len(batch) > 1:
                for one in batch:
                    self._alone(*one)
                return
            _fail(batch[0][1], error)
            return
        for (_, future), one_made in zip(batch, made, strict=True):
            if not future.done():
                future.set_result(one_made)

    def _alone(self, given: _Given, future: asyncio.Future[_Made]) -> None:
        try:
            (made,) = self._do([given])
        except Exception as error:  # noqa: BLE001 - as above
            _fail(future, error)
        else:
            if not future.done():
                future.set_result(made)


def _fail(future: asyncio.Future[_Made], error: Exception) -> None:
    if not future.done():
        future.set_exception(error)
