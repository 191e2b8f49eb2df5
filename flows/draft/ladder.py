"""How an endpoint may be asked for structure: found out by asking, remembered in the store, forgotten after a while."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flows.draft.chat import Mode

if TYPE_CHECKING:
    from flows.store.locks import Locks

LADDER = (Mode.SCHEMA, Mode.OBJECT, Mode.TOOL, Mode.TEXT)
#: Endpoints learn: one that could not do better is asked again from the top after this time.
FORGOTTEN_AFTER = timedelta(days=7)


class Ladder:
    """The rung of one model at one endpoint.

    Questions that start while nothing is known all try the strongest way; the first rejection moves every later one
    down. Waiting for one probe instead would let a single slow answer hold up all the others, and a rejection costs no tokens.
    """

    def __init__(self, memory: Locks, address: str, model: str, now: Callable[[], datetime]) -> None:
        self._memory, self._now = memory, now
        self.name = f"ladder {address} {model}"[:300]
        self._floor: Mode | None = None
        #: An answer has arrived in this process: the endpoint is what it should be.
        self.proven = False

    @property
    def mode(self) -> Mode:
        """The strongest way that is not known to be refused."""
        if self._floor is None:
            self._floor = self._remembered()
        return self._floor

    def step_down(self, refused: Mode) -> Mode:
        """The endpoint does not know `refused`: the next way to try."""
        following = LADDER[LADDER.index(refused) + 1]
        if LADDER.index(following) > LADDER.index(self.mode):
            self._floor = following
        return self.mode if LADDER.index(self.mode) > LADDER.index(refused) else following

    def worked(self, mode: Mode) -> None:
        """An answer arrived by `mode`: remember it, once a process and once a change."""
        if self.proven and mode is self._floor:
            return
        self.proven, self._floor = True, mode
        until = "" if mode is LADDER[0] else f" until {self._now() + FORGOTTEN_AFTER:%Y-%m-%dT%H:%M:%S%z}"
        value = f"{mode.value}{until}"
        if self._remembered() is not mode or self._memory.switch(self.name) is None:
            self._memory.set_switch(self.name, value, self._now())

    def _remembered(self) -> Mode:
        value, _, until = (self._memory.switch(self.name) or "").partition(" until ")
        if value not in {mode.value for mode in LADDER}:
            return LADDER[0]
        if until and datetime.strptime(until, "%Y-%m-%dT%H:%M:%S%z") <= self._now():
            return LADDER[0]
        return Mode(value)
