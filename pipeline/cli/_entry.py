"""Start the program: find the home, run the command, and turn every error into one sentence and an exit code."""

from __future__ import annotations

import errno
import io
import os
import sys
from contextlib import redirect_stdout

from pipeline.cli._fit import refuse_unfit
from pipeline.errors import DeclarationError, SetupError, SkjemaflytError, UsageError

HOME = "SKJEMAFLYT_HOME"
PROGRAM = "skjemaflyt"

REASONS = {
    errno.EACCES: "programmets bruker har ikke lov",
    errno.EPERM: "programmets bruker har ikke lov",
    errno.EROFS: "disken er skrivebeskyttet",
    errno.ENOSPC: "disken er full",
    errno.EDQUOT: "kvoten er brukt opp",
    errno.ENOENT: "finnes ikke",
    errno.ENOTDIR: "er ikke en mappe",
    errno.EISDIR: "er en mappe, ikke en fil",
    errno.EEXIST: "det ligger noe annet der",
}


def main() -> None:
    """Run the command line and exit: 0 done, 1 some input failed, 2 wrong usage, 3 not set up."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    os.umask(0o077)  # whatever is written is secret by law: for its owner only
    try:
        arguments = _with_home(sys.argv[1:])
        refuse_unfit(arguments)
        code = _run(arguments)
        sys.stdout.flush()
    except DeclarationError as fault:
        sys.stderr.write("Erklæringene har feil:\n" + "".join(f"  {m}\n" for m in fault.mistakes))
        code = fault.exit_code
    except SkjemaflytError as fault:
        sys.stderr.write(fault.text + "\n")
        code = fault.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        sys.stderr.write("Avbrutt.\n")
        code = 130
    except OSError as fault:
        sys.stderr.write(_out_of_reach(fault))
        code = SetupError.exit_code
    except Exception as fault:  # noqa: BLE001 - a clerk never sees a traceback, and its text may hold what is secret
        sys.stderr.write(f"Noe uventet gikk galt i programmet ({type(fault).__name__}, {_where(fault)}). ")
        sys.stderr.write("Si fra til den som drifter det.\n")
        code = 1
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    """Run the command; its exit code. What the command line library says is said in Norwegian."""
    import typer

    from pipeline.cli._app import app
    from pipeline.cli._help import frame, wrong_call

    try:
        if not {"-h", "--help"}.intersection(arguments):
            return int(app(arguments, prog_name=PROGRAM, standalone_mode=False) or 0)
        with redirect_stdout(io.StringIO()) as text:
            code = int(app(arguments, prog_name=PROGRAM, standalone_mode=False) or 0)
        sys.stdout.write(frame(text.getvalue()))
        return code
    except typer.Abort:
        raise KeyboardInterrupt from None
    except Exception as fault:
        context, message = getattr(fault, "ctx", None), getattr(fault, "format_message", None)
        if message is None:
            raise
        if type(fault).__name__ == "NoArgsIsHelpError":
            sys.stderr.write(frame(message()) + "\n")
        else:
            sys.stderr.write(wrong_call(message(), getattr(context, "command_path", PROGRAM)) + "\n")
        return UsageError.exit_code


def _out_of_reach(fault: OSError) -> str:
    what = (
        f"{fault.filename} kan ikke leses eller skrives"
        if fault.filename
        else "Noe kan ikke leses eller skrives"
    )
    why = REASONS.get(fault.errno or 0, os.strerror(fault.errno) if fault.errno else "ukjent feil")
    return f"{what}: {why}. Se etter med: skjemaflyt doctor\n"


def _where(fault: BaseException) -> str:
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace is not None else "ukjent sted"


def _with_home(arguments: list[str]) -> list[str]:
    """Take ``--home DIR`` out wherever it stands, so that it may follow the command as well as precede it."""
    rest: list[str] = []
    waiting = iter(arguments)
    for argument in waiting:
        if argument == "--":
            return [*rest, argument, *waiting]
        if argument == "--home" or argument.startswith("--home="):
            chosen = next(waiting, "") if argument == "--home" else argument.partition("=")[2]
            if not chosen:
                raise UsageError("Si hvilken mappe hjemmet er: --home MAPPE")
            os.environ[HOME] = chosen
        else:
            rest.append(argument)
    return rest
