"""`tiebreak` and `python -m flows`: run the command line, turn errors into one line and an exit code."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Exit 0 done, 1 failed, 2 wrong use, 3 blocked. A traceback only with TIEBREAK_DEBUG=1 or --debug."""
    from flows.errors import TiebreakError

    debug = "--debug" in sys.argv or os.environ.get("TIEBREAK_DEBUG") == "1"
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    try:
        from flows.cli import app, with_default_command

        app(args=with_default_command(arguments), prog_name="tiebreak")
    except TiebreakError as error:
        if debug:
            raise
        print(f"tiebreak: {error}", file=sys.stderr)  # noqa: T201 - this is the command line's voice
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong. Keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        print("tiebreak: stopped; nothing was half-written", file=sys.stderr)  # noqa: T201
        sys.exit(130)
    except OSError as error:
        if debug:
            raise
        named = f"{error.filename}: " if error.filename else ""
        print(f"tiebreak: {named}{error.strerror or error}", file=sys.stderr)  # noqa: T201
        sys.exit(1)


if __name__ == "__main__":
    main()
