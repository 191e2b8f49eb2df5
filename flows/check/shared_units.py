"""Shared units: a bare number takes the unit of the number that it is listed with, set against, or told after."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal

from flows.check.items import Item
from flows.check.stated import as_stated
from flows.quantities import find_quantities
from schemas.quantity import Kind


def share_units(items: list[Item]) -> None:
    """Bare numbers take the unit of the number that they are listed with, set against, or told after."""
    numbers = [at for at, item in enumerate(items) if item.kind == "n"]
    if len(numbers) < 2:
        return
    listed = False
    for at in range(len(items) - 3, -1, -1):
        # "2 and 3 s", "145, 180 and 210 seconds", "7.4 against 21.7 s": the unit is written after the last.
        bare, link, owner = items[at], items[at + 1].low, items[at + 2]
        if owner.stated is None or bare.stated is None:
            continue
        listed = link in ("and", "or", "&") or link in _AGAINST or (link == "," and listed)
        if not listed or (at and items[at - 1].low in ("the", "of", "all")) or not _take_unit(bare, owner):
            listed = False
    for before, at in itertools.pairwise(numbers):
        if items[before + 1].degree in ("", "positive") and (
            _set_against(items, before, at) or _told_after(items, before, at)
        ):
            _take_unit(items[at], items[before])


def _take_unit(bare: Item, owner: Item) -> bool:
    """Gives a bare number the unit of another, where that is written after its number; whether it could."""
    if bare.stated is None or owner.stated is None:
        return False
    unit_of, quantity = owner.stated.quantity, bare.stated.quantity
    if quantity.kind is Kind.VERSION and quantity.raw.count(".") < 2:
        # "SipHash 3.0" looks like a version until a figure stands before it.
        plain = [found for found in find_quantities(bare.low) if found.is_numeric]
        if not plain:
            return False
        quantity = plain[0]
        bare.stated = as_stated(quantity, bare.text)
    if quantity.unit not in (None, "1") or quantity.kind is not Kind.QUANTITY:
        return False
    if (
        unit_of.unit in (None, "1", "ratio")
        or unit_of.unit_span is None
        or unit_of.number_span is None
        or unit_of.unit_span[0] < unit_of.number_span[1]
    ):
        return False
    if not unit_of.written_low or unit_of.low is None:
        return False
    factor = unit_of.low / unit_of.written_low
    shared = replace(
        quantity, unit=unit_of.unit, low=bare.stated.low * factor, high=bare.stated.high * factor, resolution=(quantity.resolution or Decimal(0)) * factor,
        unit_span=unit_of.unit_span, number_span=unit_of.number_span,
    )  # fmt: skip
    bare.stated = as_stated(shared, bare.text)
    return True


_AGAINST = frozenset(["against", "versus", "vs"])


def _ends(items: list[Item], at: int) -> bool:
    """Whether nothing that is counted follows: "against 453.", "Flask just 14, ..."."""
    return at + 1 >= len(items) or items[at + 1].kind == "p" or items[at + 1].low in _AFTER_VALUE


_AFTER_VALUE = frozenset(["and", "or", "but", "while", "for", "with", "in", "on", "at", "when", "by"])


def _set_against(items: list[Item], before: int, at: int) -> bool:
    """ "8.9 hours instead of 8.2", "26 ms vs X's 20"."""
    words = [items[k].low for k in range(before + 1, at)]
    if len(words) > 6 or not _ends(items, at):
        return False
    against = any(word in _AGAINST for word in words) or " ".join(words).startswith(
        ("instead of", "rather than", "compared")
    )
    return against and not any(
        items[k].kind == "p" and items[k].low not in (",", "'", ".") for k in range(before + 1, at)
    )


def _told_after(items: list[Item], before: int, at: int) -> bool:
    """ "A manages 3.9 GB/s, B 3.0 and C just 1.2": a name with nothing but its number repeats what was said of the one before."""
    if not _ends(items, at):
        return False
    back = at - 1
    while back > before and items[back].low in _ONLY_HEDGES:
        back -= 1
    named = back > before and items[back].kind == "e"
    if not named and items[at - 1].kind == "p" and items[at - 1].low == "," and at + 1 < len(items):
        # "16.2 kB ArkType, 13.5 Zod"
        named = items[at + 1].kind == "e" and any(items[k].kind == "e" for k in range(before + 1, at))
    return named and not any(items[k].low in (".", ":", "|") for k in range(before + 1, at))


_ONLY_HEDGES = frozenset(
    ["just", "only", "about", "around", "roughly", "some", "nearly", "almost", "over", "under", "at", "with", "a", "mere", "needs", "takes", "gets", "'s", "has"]
)  # fmt: skip
