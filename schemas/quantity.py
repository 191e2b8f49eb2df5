"""A parsed value. Standard library only: `flows.quantities` may import nothing heavier."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from schemas.record import record


class Kind(StrEnum):
    """What a cell holds. A `range` is a quantity whose `low` and `high` differ."""

    QUANTITY = "quantity"
    RANGE = "range"
    BOOLEAN = "boolean"
    VERSION = "version"
    DATE = "date"
    TEXT = "text"
    MISSING = "missing"


class Bound(StrEnum):
    """Which side of the written number is open."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


@record
class Quantity:
    """One value as read from one string.

    `low`, `high` and `resolution` are in `unit`, the canonical unit (`s`, `byte`, `1/s`, `USD/month`, ... ; "1" for
    a count). For a single number `low == high`, also when a bound leaves one side open. All three are None where
    the string holds no number. Versions and dates keep their text in `qualifier`'s neighbour `raw`; `year` is the
    calendar year of a date.
    """

    kind: Kind
    raw: str
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    approx: bool = False
    bound: Bound | None = None
    #: Bracketed or trailing words that narrow the value ("per instance"), None when there are none.
    qualifier: str | None = None
    #: The string states a unit that differs from the one its column or metric has.
    unit_conflict: bool = False
    #: The reading of a boolean cell ("Yes (native)" is True); None for every other kind.
    boolean: bool | None = None
    #: Value of one unit in the last digit shown, in `unit`: 0.01 s for "0.29 s", 100 for "2.5K", 1 for "2,500".
    resolution: Decimal | None = None
    #: The numbers and the unit as written, before conversion: "7 minutes" has 7 and "min".
    written_low: Decimal | None = None
    written_high: Decimal | None = None
    written_unit: str | None = None
    #: ISO date at the precision of the text: "2018", "2018-12" or "2018-12-05". None unless kind is DATE.
    date: str | None = None
    #: Half-open character span in `raw` (for prose: in the whole text) of number and unit together.
    start: int = 0
    end: int = 0
    #: Spans of the parts in the same string, or None where the part is absent.
    number_span: tuple[int, int] | None = None
    unit_span: tuple[int, int] | None = None
    qualifier_span: tuple[int, int] | None = None
    #: Hedge before the number ("about", "more than", "~"), outside `start` and `end`; None without one. Prose only.
    prefix_span: tuple[int, int] | None = None

    @property
    def is_numeric(self) -> bool:
        """Whether arithmetic can be done with it."""
        return self.low is not None
