"""Money and attempts: what one run may still spend, and what the day may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from flows.errors import BudgetExceeded, ModelUnavailable
from schemas.runs import Usage


@dataclass(slots=True)
class DayBudget:
    """All runs of this process together, on top of what the ledger had when the day's spending was last read.

    Money that is on its way is reserved, so that many calls at once cannot pass the limit together.
    """

    limit: Decimal
    spent_today: Callable[[], Decimal]
    reserved: Decimal = Decimal(0)

    def room(self) -> Decimal:
        """Dollars that may still be reserved. Asks the ledger each time, for other processes spend from the same day."""
        return self.limit - self.spent_today() - self.reserved


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
        if expected > self.day.room():
            raise BudgetExceeded(
                f"{self.comparison}: the next call may cost ${expected:.4f} and would pass the ${self.day.limit} of this "
                "day: raise TIEBREAK_MAX_COST_USD_PER_DAY, or run again tomorrow (UTC)"
            )
        self._reserved += expected
        self.day.reserved += expected
        self._take()

    def settle(self, expected: Decimal | None, usage: Usage, cost: Decimal | None) -> None:
        """After the request, whatever became of it."""
        if expected is not None:
            self._reserved -= expected
            self.day.reserved -= expected
        self.usage = self.usage + usage
        self.cost = None if cost is None or self.cost is None else self.cost + cost

    def _take(self) -> None:
        # Taken before the request: parts of one draft are asked for at the same time.
        self.attempts += 1
        self.attempts_left -= 1
