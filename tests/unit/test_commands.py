"""Every command stands, in Norwegian, each with an example (``spec/commands``)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli._app import app

COMMANDS = [
    "init", "doctor", "demo", "run", "ingest", "extract", "inspect", "message add", "documents", "status", "trace", "review",
    "review accept", "review set", "review link", "review unlink", "review reject", "cases", "case", "appoint", "close", "assess", "refuse",
    "change", "absence", "deputy", "meeting", "evaluated", "staff",
    "staff import", "municipality show", "letters", "letters print", "letter", "remind", "statistics", "forms", "templates check", "retry", "db upgrade",
    "notice", "complaint", "deceased", "moved", "born", "conflict", "deviation", "deviations", "archive set", "archive case",
    "archive missing", "consent", "plan", "heard",
]  # fmt: skip
LISTS = [
    "doctor", "extract", "inspect", "documents", "status", "trace", "review", "cases", "case", "staff", "municipality show",
    "letters", "remind", "statistics", "forms", "templates check",
    "deviations", "archive missing",
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
