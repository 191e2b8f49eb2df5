"""Who may ask next: a fixed number of requests at once, and an order among those who wait."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Slots:
    """A semaphore with two queues. What others wait for goes first, so that there is always enough to ask until the end.

    A verdict is followed by three more questions: with verdicts at the back, the last one would be asked when nothing
    else is left, and its questions after it, alone.
    """

    def __init__(self, slots: int) -> None:
        self._free = slots
        self._first: deque[asyncio.Future[None]] = deque()
        self._then: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def take(self, *, first: bool) -> AsyncIterator[None]:
        """A slot for the block; `first`: before those that wait without it."""
        await self._acquire(first=first)
        try:
            yield
        finally:
            self._release()

    async def _acquire(self, *, first: bool) -> None:
        if self._free > 0:
            self._free -= 1
            return
        queue = self._first if first else self._then
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                # The slot was handed over in the same moment: someone else takes it.
                self._release()
            raise

    def _release(self) -> None:
        for queue in (self._first, self._then):
            while queue:
                turn = queue.popleft()
                if not turn.done():
                    # Handed over, never free in between: whoever comes now does not overtake those who wait.
                    turn.set_result(None)
                    return
        self._free += 1
