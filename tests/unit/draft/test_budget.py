"""Money and attempts: what stops before the call that would pass a limit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from flows.draft.budget import Account, DayBudget
from flows.errors import BudgetExceeded, ModelUnavailable
from schemas.runs import Usage


def account(limit: str = "1", day: str = "10", spent: str = "0", attempts: int = 3) -> Account:
    return Account("run", "a-vs-b", attempts, Decimal(limit), DayBudget(Decimal(day), lambda: Decimal(spent)))


def test_a_call_that_just_fits_is_let_through_and_the_next_is_not():
    one = account(limit="0.30")
    one.reserve(Decimal("0.30"))
    with pytest.raises(BudgetExceeded, match=r"would pass the \$0\.30 of this run"):
        one.reserve(Decimal("0.01"))


def test_what_was_reserved_and_not_spent_is_free_again():
    one = account(limit="0.30")
    one.reserve(Decimal("0.30"))
    one.settle(Decimal("0.30"), Usage(input_tokens=1), Decimal("0.10"))
    # 0.30 - 0.10 spent
    one.reserve(Decimal("0.20"))
    assert one.cost == Decimal("0.10")


def test_calls_under_way_cannot_pass_the_days_limit_together():
    day = DayBudget(Decimal(1), lambda: Decimal("0.5"))
    first, second = (Account(name, "a-vs-b", 3, Decimal(9), day) for name in ("one", "two"))
    first.reserve(Decimal("0.4"))
    # 1 - 0.5 spent - 0.4 reserved leaves 0.1
    with pytest.raises(BudgetExceeded, match="TIEBREAK_MAX_COST_USD_PER_DAY"):
        second.reserve(Decimal("0.2"))


def test_an_unknown_price_is_stopped_by_attempts_alone_and_stays_unknown():
    one = account(attempts=2)
    for _ in range(2):
        one.reserve(None)
        one.settle(None, Usage(), None)
    assert one.cost is None
    with pytest.raises(ModelUnavailable, match="all 2 attempts are used up"):
        one.reserve(None)


def test_an_attempt_is_taken_before_its_request_so_that_calls_under_way_count():
    one = account(attempts=1)
    one.reserve(Decimal("0.1"))
    with pytest.raises(ModelUnavailable):
        one.reserve(Decimal("0.1"))


def test_a_call_whose_row_is_in_the_ledger_is_not_counted_twice():
    ledger = [Decimal("0.2")]
    day = DayBudget(Decimal(1), lambda: ledger[0])
    first, second = (Account(name, "a-vs-b", 3, Decimal(9), day) for name in ("one", "two"))
    first.reserve(Decimal("0.5"))
    # Its row is written with what it is likely to cost; the rest of the worst case stays reserved.
    ledger[0] += Decimal("0.1")
    first.booked(Decimal("0.5"), Decimal("0.1"))
    second.reserve(Decimal("0.3"))
    with pytest.raises(BudgetExceeded):
        second.reserve(Decimal("0.01"))
    # The answer cost 0.3 in the end: 0.2 are free again.
    ledger[0] += Decimal("0.2")
    first.settle(Decimal("0.5"), Usage(), Decimal("0.3"), Decimal("0.1"))
    assert day.room(Decimal("0.01")) == Decimal("0.2")
    second.settle(Decimal("0.3"), Usage(), Decimal(0))
    assert day.reserved == 0


def test_far_from_the_limit_the_ledger_is_read_once_a_second_and_near_it_every_time():
    reads: list[float] = []
    now = [0.0]

    def spent() -> Decimal:
        reads.append(now[0])
        return Decimal(3)

    day = DayBudget(Decimal(10), spent, clock=lambda: now[0])
    for at in (0.0, 0.3, 0.9, 1.2):
        now[0] = at
        assert day.room(Decimal("0.001")) == Decimal(7)
    assert reads == [0.0, 1.2]
    now[0] = 1.3
    day.room(Decimal("0.08"))
    assert reads == [0.0, 1.2, 1.3]


def test_what_this_process_books_counts_before_the_ledger_is_read_again():
    day = DayBudget(Decimal(10), lambda: Decimal(0), clock=lambda: 0.0)
    one = Account("run", "a-vs-b", 9, Decimal(99), day)
    one.reserve(Decimal("0.01"))
    one.booked(Decimal("0.01"), Decimal("0.004"))
    one.settle(Decimal("0.01"), Usage(), Decimal("0.006"), Decimal("0.004"))
    assert day.room(Decimal("0.001")) == Decimal(10) - Decimal("0.006")
