"""Who may ask next."""

from __future__ import annotations

import asyncio

from flows.draft.slots import Slots


def order(waiting: list[tuple[str, bool]], slots: int = 1, cancelled: str = "") -> list[str]:
    """In which order those who wait get their turn while one holds the only slot."""

    async def run() -> list[str]:
        gate, turns = Slots(slots), []

        async def ask(name: str, first: bool) -> None:
            async with gate.take(first=first):
                turns.append(name)
                await asyncio.sleep(0)

        async with gate.take(first=False):
            tasks = {name: asyncio.create_task(ask(name, first)) for name, first in waiting}
            await asyncio.sleep(0)
            if cancelled:
                tasks[cancelled].cancel()
        await asyncio.wait_for(asyncio.gather(*tasks.values(), return_exceptions=True), 5)
        # Every slot came back.
        async with gate.take(first=False):
            pass
        return turns

    return asyncio.run(run())


def test_what_others_wait_for_goes_first_and_the_rest_in_turn():
    assert order([("a", False), ("b", False), ("x", True), ("c", False), ("y", True)]) == ["x", "y", "a", "b", "c"]


def test_one_who_gave_up_takes_no_turn_and_loses_no_slot():
    assert order([("a", False), ("b", False), ("c", False)], cancelled="b") == ["a", "c"]


def test_one_who_gives_up_in_the_moment_of_the_turn_hands_it_on():
    async def run() -> list[str]:
        gate, turns = Slots(1), []

        async def ask(name: str) -> None:
            async with gate.take(first=False):
                turns.append(name)

        holder = gate.take(first=False)
        await holder.__aenter__()
        one, two = asyncio.create_task(ask("one")), asyncio.create_task(ask("two"))
        await asyncio.sleep(0)
        await holder.__aexit__(None, None, None)
        one.cancel()
        await asyncio.wait_for(asyncio.gather(one, two, return_exceptions=True), 5)
        return turns

    assert asyncio.run(run()) == ["two"]


def test_never_more_at_once_than_there_are_slots():
    async def run() -> int:
        gate, now, most = Slots(3), 0, 0

        async def ask(number: int) -> None:
            nonlocal now, most
            async with gate.take(first=number % 4 == 0):
                now += 1
                most = max(most, now)
                await asyncio.sleep(0)
                now -= 1

        await asyncio.gather(*(ask(number) for number in range(50)))
        return most

    assert asyncio.run(run()) == 3
