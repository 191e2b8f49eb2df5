"""Many askers, few transactions: everyone gets their own, and one bad entry costs nobody else theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

import pytest

from flows.draft.books import Books
from schemas.runs import Attempt


class Ledger:
    """Refuses the attempt named `bad`, and with it the transaction."""

    def __init__(self) -> None:
        self.writes: list[list[str]] = []
        self.reads = 0
        self.kept: set[str] = set()

    def answers(self, keys: Sequence[str]) -> dict[str, str]:
        self.reads += 1
        return {key: f"answer to {key}" for key in keys if key != "new"}

    def book(self, booked: Sequence[Attempt], *, keep: Collection[str] = ()) -> None:
        if any(one.id == "bad" for one in booked):
            raise OSError("refused")
        self.writes.append([one.id for one in booked])
        self.kept |= set(keep)


def attempt(name: str) -> Attempt:
    return Attempt(
        id=name, run_id="run", comparison="a-vs-b", at=datetime(2026, 11, 22, tzinfo=UTC), model="m", prompt="verdict",
        prompt_hash="p", answer_key="k", outcome="asked", latency_s=0.0,
    )  # fmt: skip


def books(ledger: Ledger) -> Books:
    return Books(ledger)  # type: ignore[arg-type]  # what books use of a ledger


def test_what_is_booked_at_once_is_one_transaction():
    ledger = Ledger()

    async def all_at_once() -> None:
        book = books(ledger)
        await asyncio.gather(*(book.book(attempt(str(n)), keep_answer=n == 3) for n in range(64)))
        assert await asyncio.gather(*(book.answer(key) for key in ("a", "new"))) == ["answer to a", None]

    asyncio.run(all_at_once())
    assert ledger.writes == [[str(n) for n in range(64)]]
    assert (ledger.kept, ledger.reads) == ({"3"}, 1)


def test_an_entry_that_is_refused_fails_its_own_asker_alone():
    ledger = Ledger()

    async def one_bad() -> list[object]:
        book = books(ledger)
        return list(
            await asyncio.gather(*(book.book(attempt(name)) for name in ("1", "bad", "2")), return_exceptions=True)
        )

    first, refused, second = asyncio.run(one_bad())
    assert (first, second) == (None, None)
    assert isinstance(refused, OSError)
    assert ledger.writes == [["1"], ["2"]]


def test_an_asker_that_was_cancelled_does_not_hold_up_the_others():
    ledger = Ledger()

    async def one_leaves() -> None:
        book = books(ledger)
        leaving, staying = (asyncio.create_task(book.book(attempt(name))) for name in ("1", "2"))
        await asyncio.sleep(0)
        leaving.cancel()
        await staying
        with pytest.raises(asyncio.CancelledError):
            await leaving

    asyncio.run(one_leaves())
    # What was asked is booked, whoever still waits for it.
    assert ledger.writes == [["1", "2"]]
