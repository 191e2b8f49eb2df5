"""`tiebreak` and `python -m flows`: run the command line, turn errors into one line and an exit code."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress


def main(arguments: list[str] | None = None) -> None:
    """Exit 0 done, 1 failed, 2 wrong use, 3 blocked, 130 stopped by hand. A traceback only with --debug or TIEBREAK_DEBUG=1.

    Always ends with SystemExit.
    """
    given = sys.argv[1:] if arguments is None else arguments
    debug = "--debug" in given or os.environ.get("TIEBREAK_DEBUG") == "1"
    _open_missing_streams()
    try:
        code = _run([argument for argument in given if argument != "--debug"])
        sys.stdout.flush()
    except BrokenPipeError:
        _forget_stdout()
        code = 0
    except SystemExit as end:
        # The command line's library turns a broken pipe into exit 1.
        if not isinstance(end.__context__, BrokenPipeError):
            raise
        _forget_stdout()
        code = 0
    except KeyboardInterrupt:
        code = 130
    except Exception as error:
        if debug:
            raise
        if type(error).__name__ == "NoArgsIsHelpError":
            # A group without a command. The library's classes are private; this one's message is the help, with its lines.
            print(error, file=sys.stderr)  # noqa: T201 - this is the command line's voice
            sys.exit(2)
        line, code = _explained(error)
        _say(line)
        if isinstance(error, OSError):
            # What is left in the buffer cannot be written either; the interpreter would complain a second time at exit.
            _forget_stdout()
    if code == 130:
        _say("stopped; nothing was half-written, run it again")
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    from flows.cli import app, with_default_command

    # Not standalone: errors of use come back as exceptions, so that they are one line like all the others.
    code = app(args=with_default_command(arguments), prog_name="tiebreak", standalone_mode=False)
    return code if isinstance(code, int) else 0


def _explained(error: Exception) -> tuple[str, int]:
    """What to say about an error, and the exit code."""
    from flows.errors import TiebreakError

    if isinstance(error, TiebreakError):
        return str(error), error.exit_code
    shown = getattr(error, "format_message", None)
    if shown is not None:
        # An error of use from the command line's library: its classes are private, what they offer is not.
        context = getattr(error, "ctx", None)
        where = f" (`{context.command_path} --help`)" if context is not None else ""
        return f"{' '.join(str(shown()).split()).rstrip('.')}{where}", getattr(error, "exit_code", 2)
    if isinstance(error, OSError):
        named = f"{error.filename}: " if error.filename else ""
        advice = ": make room and run it again" if error.errno in (errno.ENOSPC, errno.EDQUOT) else ""
        return f"{named}{error.strerror or error}{advice}", 1
    first = str(error).partition("\n")[0]
    return f"this should not happen: {type(error).__name__}: {first} (run it again with --debug, and report it)", 1


def _say(line: str) -> None:
    try:
        print(f"tiebreak: {line}", file=sys.stderr, flush=True)  # noqa: T201 - this is the command line's voice
    except OSError:
        # Nobody is left to hear it; the exit code still tells.
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - open until the process ends


def _open_missing_streams() -> None:
    """A process may be started without some of its standard streams; Python then has None in their place.

    The lowest free descriptors are filled as well, so that no file opened later is taken for a standard stream.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, open(nowhere, mode, encoding="utf-8", closefd=False))  # noqa: SIM115 - open until the process ends


def _forget_stdout() -> None:
    """Send what is still buffered nowhere, so that the interpreter's last flush cannot fail."""
    # Whoever runs this inside a process of their own may have put something else in its place.
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
