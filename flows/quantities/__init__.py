"""Strings -> quantities, in cells and in prose; units and how quantities are shown. Standard library only."""

from __future__ import annotations

from flows.quantities.cells import parse_cell
from flows.quantities.prose import find_quantities

__all__ = ["find_quantities", "parse_cell"]
