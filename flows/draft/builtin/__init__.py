"""The built-in drafter: writes a page from facts alone, with references for every figure. Needs no model."""

from flows.draft.builtin.write import write

__all__ = ["write"]
