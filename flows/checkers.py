"""Where the drafts of a run of many are checked: apart from the event loop, which reads the answers.

A check computes. As a thread it would take turns with the loop, and each of the loop's reads and writes would wait for
its turn; in a process it has a core of its own. The check is the same, here or there: a case and a text in, a report out.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import struct
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date as Date
from functools import lru_cache, partial
from typing import IO, cast

from flows.check import Compiled, check_text, compile_case
from flows.check.lexicon import STANDARD, Lexicon
from flows.check.version import checker_version
from schemas.checking import CheckCase, Decision, Report, Unchecked

#: From this many comparisons on, a process is worth the half second that it takes to start.
MANY = 24
#: By the caller's own path: what lies in the working folder must not come before it.
_START = "import sys; sys.path[:] = sys.argv[1:]; from flows.checkers import serve; serve()"
_LENGTH = struct.Struct("!I")
#: A pickled CheckCase, a text, and the day on which it is read.
_Question = tuple[bytes, str, Date | None]


class Checkers:
    """One for a run of many. `close` it at the end; what is still being checked then is let go."""

    def __init__(self, lexicon: Lexicon, *, apart: bool) -> None:
        """`apart`: in a process, started at the first check; else on a thread."""
        self._lexicon, self._apart = lexicon, apart
        # It waits for the process, or does its work: one, so that questions and answers keep their order.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="check")
        self._process: subprocess.Popen[bytes] | None = None

    async def report(
        self, case: Callable[[], bytes], text: str, date: Date | None, here: Callable[[str], Report]
    ) -> Report:
        """The report on `text`; `case` gives a pickled CheckCase, `here` checks in this process and fails closed.

        A process that dies, or cannot be started, takes no draft with it: what it had is checked here, as is all that follows.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._one, case, text, date, here)

    def close(self) -> None:
        """Waits for nothing that is still to be checked."""
        self._thread.shutdown(wait=False, cancel_futures=True)
        self._end()

    def _one(self, case: Callable[[], bytes], text: str, date: Date | None, here: Callable[[str], Report]) -> Report:
        if self._apart:
            try:
                return self._asked((case(), text, date))
            except Exception:  # noqa: BLE001 - whatever it was, the check is made again
                self._end()
        return here(text)

    def _asked(self, question: _Question) -> Report:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - this very interpreter
                [sys.executable, "-c", _START, *sys.path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # Ctrl-C goes to a whole group of processes: the one that asked for the checks decides what ends.
                process_group=0,
            )
            _write(self._process.stdin, None if self._lexicon is STANDARD else self._lexicon)
        _write(self._process.stdin, question)
        answer = _read(self._process.stdout)
        if not isinstance(answer, Report):
            raise TypeError(f"no report: {answer!r}")
        return answer

    def _end(self) -> None:
        self._apart, process, self._process = False, self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError, ValueError):
                    assert pipe is not None  # noqa: S101 - both were asked for
                    pipe.close()
            process.wait()


def apart_for(comparisons: int) -> bool:
    """Whether to check in a process: not for few comparisons, nor where the event loop has the only core."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return comparisons >= MANY and cores > 1


def checked(text: str, compiled: Callable[[], Compiled], date: Date | None, lexicon: Lexicon) -> Report:
    """The report on one text. Fails closed: whatever breaks in the checker must stop the page, not the run."""
    try:
        return check_text(text, compiled(), date=date)
    except Exception as error:  # noqa: BLE001 - see above
        return Report(
            unchecked=(Unchecked(reason=f"the checker failed: {type(error).__name__}: {error}"),),
            decision=Decision.REVIEW,
            checker_version=checker_version(lexicon.digest),
        )


def serve() -> None:
    """The process: questions on standard input until it ends, which it does with whoever asks."""
    questions, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    with suppress(EOFError, BrokenPipeError):
        lexicon = _read(questions) or STANDARD
        assert isinstance(lexicon, Lexicon)  # noqa: S101 - narrows what was pickled above

        @lru_cache(maxsize=256)
        def compiled(case: bytes) -> Compiled:
            # A comparison's parts come seconds apart, and those of many others in between.
            unpickled: CheckCase = pickle.loads(case)  # noqa: S301 - from the process that started this one
            return compile_case(unpickled, lexicon)

        while True:
            case, text, date = cast("_Question", _read(questions))
            _write(answers, checked(text, partial(compiled, case), date, lexicon))


def _write(pipe: IO[bytes] | None, value: object) -> None:
    assert pipe is not None  # noqa: S101 - asked for
    body = pickle.dumps(value)
    pipe.write(_LENGTH.pack(len(body)) + body)
    pipe.flush()


def _read(pipe: IO[bytes] | None) -> object:
    """Raises EOFError at the end, also amid a value."""
    assert pipe is not None  # noqa: S101 - asked for
    head = pipe.read(_LENGTH.size)
    body = pipe.read(_LENGTH.unpack(head)[0]) if len(head) == _LENGTH.size else b""
    if not body:
        raise EOFError
    return pickle.loads(body)  # noqa: S301 - between two processes of one run
