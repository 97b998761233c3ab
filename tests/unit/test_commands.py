"""Every command stands, in Norwegian, each with an example (``spec/commands``)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli._app import app
from tests.every_command import commands

COMMANDS = commands()
LISTS = [
    "doctor", "extract", "inspect", "documents", "status", "trace", "review", "review tally", "cases", "case", "staff", "municipality show",
    "letters", "remind", "remind approve", "statistics", "forms", "templates check", "deviations", "archive missing", "staff overview", "tasks",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example(command: str) -> None:
    said = CliRunner().invoke(app, [*command.split(), "--help"])
    assert said.exit_code == 0
    assert f"Eksempel: skjemaflyt {command}" in re.sub(r"\s+", " ", said.output)


@pytest.mark.parametrize("command", LISTS)
def test_what_lists_something_takes_json(command: str) -> None:
    assert "--json" in CliRunner().invoke(app, [*command.split(), "--help"]).output


def test_the_readme_names_only_commands_that_exist() -> None:
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^skjemaflyt (?:--home \S+ )?([a-z]+)", readme, re.MULTILINE)
    assert named
    assert set(named) <= {command.split()[0] for command in COMMANDS}
