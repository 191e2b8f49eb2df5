"""Money and attempts: what one run may still spend, and what the day may."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from flows.errors import BudgetExceeded, ModelUnavailable
from schemas.runs import Usage

#: Seconds for which the ledger's total of the day is good enough while the limit is far, and how many calls away far is.
_FRESH_S, _FAR = 1.0, 100


@dataclass(slots=True)
class DayBudget:
    """All runs of this process together, on top of what the ledger has for the day.

    Money that is on its way and not in the ledger yet is reserved, so that many calls at once cannot pass the limit
    together. What other processes spend is read from the ledger: at once where the limit is near, else every second.
    """

    limit: Decimal
    spent_today: Callable[[], Decimal]
    reserved: Decimal = Decimal(0)
    clock: Callable[[], float] = time.monotonic
    _total: Decimal = Decimal(0)
    _read_at: float | None = None

    def room(self, expected: Decimal) -> Decimal:
        """Dollars that may still be reserved, for a call that may cost `expected`."""
        old = self._read_at is None or self.clock() - self._read_at > _FRESH_S
        if old or self.limit - self._total - self.reserved < _FAR * expected:
            self._total, self._read_at = self.spent_today(), self.clock()
        return self.limit - self._total - self.reserved

    def booked(self, dollars: Decimal) -> None:
        """The ledger has this much more, or less, than when it was read."""
        self._total += dollars


@dataclass(slots=True)
class Account:
    """What one run spends. One budget of attempts for transport retries and repairs together."""

    run_id: str
    comparison: str
    attempts_left: int
    limit: Decimal
    day: DayBudget
    usage: Usage = field(default_factory=Usage)
    #: None once an attempt had no known price.
    cost: Decimal | None = Decimal(0)
    attempts: int = 0
    _reserved: Decimal = Decimal(0)

    def reserve(self, expected: Decimal | None) -> None:
        """Before a request. `expected` None: the price is unknown, so money cannot stop it.

        Raises BudgetExceeded before the call that would pass a limit, ModelUnavailable when the attempts are used up.
        """
        if self.attempts_left <= 0:
            raise ModelUnavailable(
                f"{self.comparison}: all {self.attempts} attempts are used up (TIEBREAK_MODEL_ATTEMPTS)"
            )
        if expected is None:
            self._take()
            return
        spent = (self.cost or Decimal(0)) + self._reserved
        if spent + expected > self.limit:
            raise BudgetExceeded(
                f"{self.comparison}: the next call may cost ${expected:.4f} and would pass the ${self.limit} of this run, "
                f"${spent:.4f} of it spent: raise --max-cost or TIEBREAK_MAX_COST_USD_PER_RUN"
            )
        if expected > self.day.room(expected):
            raise BudgetExceeded(
                f"{self.comparison}: the next call may cost ${expected:.4f} and would pass the ${self.day.limit} of this "
                "day: raise TIEBREAK_MAX_COST_USD_PER_DAY, or run again tomorrow (UTC)"
            )
        self._reserved += expected
        self.day.reserved += expected
        self._take()

    def booked(self, expected: Decimal | None, likely: Decimal | None) -> None:
        """The request's row is in the ledger with its likely cost: that much is no longer only reserved."""
        if expected is not None and likely is not None:
            self.day.reserved -= min(expected, likely)
            self.day.booked(likely)

    def settle(
        self, expected: Decimal | None, usage: Usage, cost: Decimal | None, likely: Decimal | None = None
    ) -> None:
        """After the request, whatever became of it. `likely`: the cost that its row in the ledger had, None without a row."""
        if expected is not None:
            self._reserved -= expected
            self.day.reserved -= expected if likely is None else expected - min(expected, likely)
            self.day.booked((cost or Decimal(0)) - (likely or Decimal(0)))
        self.usage = self.usage + usage
        self.cost = None if cost is None or self.cost is None else self.cost + cost

    def _take(self) -> None:
        # Taken before the request: parts of one draft are asked for at the same time.
        self.attempts += 1
        self.attempts_left -= 1
