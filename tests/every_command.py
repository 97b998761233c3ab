"""Every command of the program, walked from the program itself, so that no test forgets a new one."""

from __future__ import annotations

from collections.abc import Iterator

import click
import typer

from pipeline.cli._app import app


def commands() -> dict[str, click.Command]:
    """Every command and group of the program by its words."""

    def walk(words: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
        yield words, command
        for name, inner in getattr(command, "commands", {}).items():
            yield from walk(f"{words} {name}".strip(), inner)

    found = dict(walk("", typer.main.get_command(app)))
    del found[""]
    return found
