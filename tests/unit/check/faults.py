"""Plants a fault in any function of a package, wherever the function has been imported to."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from types import CodeType, FrameType, FunctionType, ModuleType

import pytest


def modules(package: ModuleType) -> list[str]:
    """The names of a package and of all modules below it."""
    below = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    return [package.__name__, *sorted(found.name for found in below)]


def functions(module: str) -> dict[str, FunctionType]:
    """The functions and methods that a module's own source defines, by qualified name; cached ones are unwrapped."""
    loaded = importlib.import_module(module)
    found: dict[str, FunctionType] = {}
    for value in vars(loaded).values():
        for candidate in (value, *vars(value).values()) if inspect.isclass(value) else (value,):
            function = _function(candidate)
            if function is not None and function.__code__.co_filename == loaded.__file__:
                found[f"{module}.{function.__qualname__}"] = function
    return found


def _function(candidate: object) -> FunctionType | None:
    if isinstance(candidate, property):
        candidate = candidate.fget
    if isinstance(candidate, staticmethod | classmethod):
        candidate = candidate.__func__
    candidate = inspect.unwrap(candidate) if callable(candidate) else candidate
    return candidate if isinstance(candidate, FunctionType) else None


def plant(monkeypatch: pytest.MonkeyPatch, name: str, function: FunctionType) -> str:
    """Makes every call of `function` raise; returns what the error says.

    The code of the function is exchanged, not a name that refers to it, so that `from x import f` elsewhere is reached.
    """
    message = f"planted in {name}"
    free = function.__code__.co_freevars
    held = "".join(f"    {each} = None\n" for each in free)
    inner = f"def fault(*args, **kwargs):\n    {'; '.join(free) or 'pass'}\n    raise RuntimeError({message!r})\n"
    source = f"def make():\n{held}" + "".join(f"    {line}\n" for line in (inner + "return fault").splitlines())
    space: dict[str, Callable[[], FunctionType]] = {}
    exec(compile(source, "<fault>", "exec"), space)  # noqa: S102 - the source is written here
    monkeypatch.setattr(function, "__code__", space["make"]().__code__)
    clear_caches(function.__module__.rpartition(".")[0])
    return message


def clear_caches(package: str) -> None:
    """Empties the caches of a package's functions, so that a fault behind one is reached and its absence is, too."""
    root = package.partition(".")[0] + "."
    for name, module in list(sys.modules.items()):
        if name.startswith(root):
            for clear in _clearing(module, len(vars(module))):
                clear()


@cache
def _clearing(module: ModuleType, _names: int) -> tuple[Callable[[], None], ...]:
    """How to empty each cache that a module names. A module that got another name since is looked through again."""
    found = (getattr(value, "cache_clear", None) for value in vars(module).values() if not inspect.isclass(value))
    return tuple(clear for clear in found if callable(clear))


def called_by(work: Callable[[], object]) -> set[CodeType]:
    """The code of every Python function that `work` calls."""
    seen: set[CodeType] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        if event == "call":
            seen.add(frame.f_code)

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return seen


def lines_run(work: Callable[[], object], within: str) -> int:
    """How many source lines `work` executes in files whose path holds `within`: a measure of work that no clock disturbs."""
    count = 0

    def line(_frame: FrameType, event: str, _argument: object) -> object:
        nonlocal count
        count += event == "line"
        return line

    def call(frame: FrameType, _event: str, _argument: object) -> object:
        return line if within in frame.f_code.co_filename else None

    before = sys.gettrace()
    sys.settrace(call)  # type: ignore[arg-type]  # the local tracer is typed as it is used
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def leaf_names(found: Iterator[str]) -> list[str]:
    """Short test ids: the last part of each dotted name."""
    return [name.removeprefix("flows.") for name in found]
