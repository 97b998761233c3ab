"""Start the program: find the home, run the command, and turn every error into one sentence and an exit code."""

from __future__ import annotations

import os
import sys

from pipeline.errors import DeclarationError, SkjemaflytError

HOME = "SKJEMAFLYT_HOME"


def main() -> None:
    """Run the command line and exit: 0 done, 1 some input failed, 2 wrong usage, 3 not set up."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = _with_home(sys.argv[1:])
    try:
        from pipeline.cli._app import app

        app(arguments, prog_name="skjemaflyt")
    except DeclarationError as fault:
        sys.stderr.write("Erklæringene har feil:\n" + "".join(f"  {m}\n" for m in fault.mistakes))
        sys.exit(fault.exit_code)
    except SkjemaflytError as fault:
        sys.stderr.write(fault.text + "\n")
        sys.exit(fault.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.stderr.write("Avbrutt.\n")
        sys.exit(130)


def _with_home(arguments: list[str]) -> list[str]:
    """Take ``--home DIR`` out wherever it stands, so that it may follow the command as well as precede it."""
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            return [*rest, argument, *waiting]
        if argument == "--home":
            os.environ[HOME] = next(waiting, "")
        elif argument.startswith("--home="):
            os.environ[HOME] = argument.partition("=")[2]
        else:
            rest.append(argument)
    return rest
