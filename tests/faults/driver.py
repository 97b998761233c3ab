"""Runs the program in real processes that are killed (SIGKILL) at a chosen step.

A step is an executed line of the rooms that take a file from the inbox to the outbox. The driver reads lines ``HOME STEP`` on standard
input, works through HOME in a child of its own that is killed at STEP (0: never), and answers how the child ended (``-9``: killed) and
how many steps it took. It starts a child for each line, so that a thousand kills don't load the program a thousand times.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from pipeline import flow, wiring

ROOMS = tuple(f"{os.sep}pipeline{os.sep}{room}{os.sep}" for room in ("intake", "flow", "store", "dispatch"))
LEFT_OUT = f"{os.sep}migrations{os.sep}"


def once(home: Path, fatal: int) -> int:
    """Work through a home; die at a step, or give how many there were."""
    steps = 0

    def on_line(_frame: FrameType, event: str, _argument: Any) -> Callable[..., Any] | None:
        nonlocal steps
        if event == "line":
            steps += 1
            if steps == fatal:
                os.kill(os.getpid(), signal.SIGKILL)
        return on_line

    def on_call(frame: FrameType, _event: str, _argument: Any) -> Callable[..., Any] | None:
        name = frame.f_code.co_filename
        return on_line if any(room in name for room in ROOMS) and LEFT_OUT not in name else None

    with wiring.open_desk(home, working=True) as desk:
        running = wiring.runner(desk)
        sys.settrace(on_call)
        running.once()
        sys.settrace(None)
    return steps


def in_a_child(home: Path, fatal: int) -> tuple[int, int]:
    """Run ``once`` in a process of its own; gives how it ended and its steps."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        os.write(writing, str(once(home, fatal)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        steps = int(told.read() or 0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), steps


def main() -> None:
    """Serve until standard input ends."""
    # Load what a run needs before the first child: the children share it.
    assert flow.work and flow.make_letters and wiring.open_desk and wiring.runner and flow.read_forms  # noqa: PT018
    for line in sys.stdin:
        home, step = line.rsplit(" ", 1)
        sys.stdout.write("{} {}\n".format(*in_a_child(Path(home), int(step))))
        sys.stdout.flush()


if __name__ == "__main__":
    main()
