"""How far from the words a figure may stand: a bound holds of nearly anything, so it gets no wider band than its words give."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.check.bands import COUNT_BAND, widest
from flows.check.stated import Hedge, as_stated
from flows.check.typed import Form, TypedClaim
from flows.quantities import find_quantities


@pytest.mark.parametrize(
    ("hedge", "wide"), [(Hedge.PLAIN, True), (Hedge.AT_LEAST, False), (Hedge.OVER, False), (Hedge.UNDER, False)]
)
def test_only_a_plain_bare_number_may_be_another_count_of_the_same_thing(hedge: Hedge, wide: bool) -> None:
    stated = replace(as_stated(find_quantities("750,000")[0], "750,000"), hedge=hedge)
    claim = TypedClaim(Form.ABSOLUTE, 0, 7, stated=stated, items=(0, 1))
    assert (widest(claim) == COUNT_BAND) is wide
