"""When to ask again, and when to stop: the clock of one question, and tenacity's wait and stop over it."""

from __future__ import annotations

import random
import time

from tenacity import RetryCallState
from tenacity.stop import stop_base
from tenacity.wait import wait_base

from flows.draft.chat import RequestFailed

#: Seconds: full jitter up to FIRST, doubled with each attempt up to LONGEST.
FIRST, LONGEST = 0.5, 30.0


class Deadline(stop_base):
    """Stops before the sleep that would pass the deadline, as `stop_before_delay` does.

    Time spent queueing for a free slot does not count: it says nothing about the endpoint, and with many comparisons
    under way it would use up the deadline of a question that was never asked.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._began = time.monotonic()
        self._queued = 0.0

    def queued(self, seconds: float) -> None:
        """Take out time that was spent waiting for a slot."""
        self._queued += seconds

    @property
    def left(self) -> float:
        """Seconds."""
        return self._seconds - (time.monotonic() - self._began - self._queued)

    def __call__(self, retry_state: RetryCallState) -> bool:
        return self.left <= retry_state.upcoming_sleep


class RetryAfterOrJitter(wait_base):
    """Retry-After where it was given, spread by up to a tenth so that a herd does not return together; else full jitter."""

    def __call__(self, retry_state: RetryCallState) -> float:
        error = retry_state.outcome.exception() if retry_state.outcome else None
        if isinstance(error, RequestFailed) and error.retry_after_s is not None:
            return error.retry_after_s * (1 + random.random() / 10)  # noqa: S311 - spreading load, not a secret
        return random.uniform(0, min(LONGEST, FIRST * 2.0 ** (retry_state.attempt_number - 1)))  # noqa: S311


def passes(error: BaseException) -> bool:
    """Whether asking again may help."""
    return isinstance(error, RequestFailed) and error.transient
