"""Which reader reads: the rules alone, or a model beside them, for one text and for a stream of cases."""

from __future__ import annotations

import asyncio
import os
import sys
import uuid
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

from flows.check.proposals import Reader

if TYPE_CHECKING:
    from flows.check import Compiled
    from flows.check.lexicon import Lexicon
    from flows.check.proposals import Reading
    from schemas.checking import CheckCase, Report


def chosen_reader(given: str | None) -> Reader:
    """The reader of the option, else of the settings. Raises InputError for a word that is none."""
    from flows.errors import InputError

    if given is None:
        # The settings cost a quarter of a start; without the variable they say "rules".
        if "TIEBREAK_READER" not in {name.upper() for name in os.environ}:
            return Reader.RULES
        from flows.settings import read_settings

        return Reader(read_settings().reader)
    try:
        return Reader(given)
    except ValueError:
        raise InputError(f"--reader is rules, model or both, not {given!r}") from None


def read_case(case: CheckCase, who: Reader, lexicon: Lexicon | None = None) -> Report:
    """The report on one case. Raises SettingsError where a model is wanted and none is configured."""
    from flows.check import check_text, compile_case

    compiled = compile_case(case) if lexicon is None else compile_case(case, lexicon)
    if who is Reader.RULES:
        return check_text(case.text, compiled, date=case.date)
    with _Model(who) as model:
        reading = model.read(case, compiled)
    for one in reading.thrown:
        sys.stderr.write(f"second reader: left out claim {one.number}, {one.quote!r}: {one.reason}\n")
    return reading.report


def answer_cases(lines: Iterable[str], who: Reader) -> Iterator[str]:
    """The answers to a stream of cases, in order, one in memory at a time. Raises SettingsError before the first line."""
    from flows.check.cases import answer_lines

    if who is Reader.RULES:
        return answer_lines(lines)
    model = _Model(who)
    model.__enter__()
    return _answer_with(model, lines)


def _answer_with(model: _Model, lines: Iterable[str]) -> Iterator[str]:
    from flows.check.cases import answer_lines

    with model:
        yield from answer_lines(lines, check=lambda case, compiled: model.read(case, compiled).report)


class _Model:
    """A second reader on an event loop of its own, open as long as there are texts. Entering twice opens once."""

    def __init__(self, who: Reader) -> None:
        self._who = who
        self._stack: ExitStack | None = None

    def __enter__(self) -> _Model:
        if self._stack is None:
            from flows.bootstrap import open_second_reader
            from flows.settings import read_settings

            stack = ExitStack()
            try:
                self._second = stack.enter_context(open_second_reader(read_settings()))
                self._loop = stack.enter_context(asyncio.Runner())
            except BaseException:
                stack.close()
                raise
            self._stack = stack
        return self

    def __exit__(self, *_error: object) -> None:
        if self._stack is not None:
            self._loop.run(self._second.close())
            self._stack.close()

    def read(self, case: CheckCase, compiled: Compiled) -> Reading:
        """One reading; the ledger books it under a run of its own."""
        from flows.draft.reading import read_text

        run_id = f"check-{uuid.uuid4().hex}"
        return self._loop.run(read_text(case, compiled, self._second, reader=self._who, date=case.date, run_id=run_id))
