"""Check: rendered prose and a fact sheet in, a report with a decision out. Pure and deterministic."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.check.compiling import compile_case
    from flows.check.report import check_text
    from flows.check.sheet import Compiled
    from flows.check.sheet_case import case_from_sheet

__all__ = ["Compiled", "case_from_sheet", "check_text", "compile_case"]

_HOMES = {"Compiled": "sheet", "compile_case": "compiling", "check_text": "report", "case_from_sheet": "sheet_case"}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"flows.check.{home}"), name)
