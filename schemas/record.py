"""Records: values that are made by the hundred for every text and never change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, dataclass_transform

_T = TypeVar("_T")

if TYPE_CHECKING:

    @dataclass_transform(frozen_default=True)
    def record(cls: type[_T]) -> type[_T]: ...

else:
    #: A frozen dataclass for the type checker, which alone forbids to set a field: at run time that would make each
    #: record four times as dear, as it sets its fields one by one past its own lock.
    def record(cls: type) -> type:
        return dataclass(slots=True, unsafe_hash=True)(cls)
