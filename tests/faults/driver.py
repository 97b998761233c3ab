"""Run the program in a real process that is killed (SIGKILL) at a chosen step.

A step is an executed line of the rooms that take a file from the inbox to the outbox. ``driver.py HOME`` counts the
steps of one ``run --once``; ``driver.py HOME N`` kills the process at step N.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

ROOMS = tuple(f"{os.sep}pipeline{os.sep}{room}{os.sep}" for room in ("intake", "flow", "store", "dispatch"))
LEFT_OUT = f"{os.sep}migrations{os.sep}"


def main() -> None:
    """Count the steps, or die at one."""
    home = Path(sys.argv[1])
    fatal = int(sys.argv[2]) if len(sys.argv) > 2 else -1
    from pipeline.wiring import open_desk, runner

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

    with open_desk(home, working=True) as desk:
        running = runner(desk)
        sys.settrace(on_call)
        running.once()
        sys.settrace(None)
    sys.stdout.write(f"{steps}\n")


if __name__ == "__main__":
    main()
