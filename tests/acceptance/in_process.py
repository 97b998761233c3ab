"""The command line in this process, over a copy of a home that has been worked through once: quick enough for tables of calls."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pipeline.cli import main
from pipeline.wiring import make_home
from tests.acceptance.conftest import REPO, SAMPLES


class Said(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


class Caller:
    """The command line over one home, as one employee or another."""

    def __init__(self, home: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.home, self._patch, self._capsys = home, patch, capsys

    def __call__(self, *arguments: str, actor: str = "prøve", ok: int | None = 0) -> Said:
        code = call_once(self._patch, self.home, actor, arguments)
        said = Said(code, *self._capsys.readouterr())
        assert ok is None or code == ok, (arguments, said)
        assert "Traceback" not in said.err
        assert "Noe uventet gikk galt" not in said.err, (arguments, said.err)
        return said

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        """The JSON Lines of a command."""
        return [json.loads(line) for line in self(*arguments, "--json").out.splitlines()]

    def one(self, *arguments: str) -> dict[str, Any]:
        """The single JSON object of a command."""
        (row,) = self.rows(*arguments)
        return row


def call_once(patch: pytest.MonkeyPatch, home: Path, actor: str, arguments: tuple[str, ...]) -> int:
    """Run one command as somebody; its exit code."""
    patch.setenv("SKJEMAFLYT_HOME", str(home))
    patch.setenv("SKJEMAFLYT_ACTOR", actor)
    patch.setattr(sys, "argv", ["skjemaflyt", *arguments])
    umask = os.umask(0o022)
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        os.umask(umask)
    return int(ended.value.code or 0)


def make_worked_home(home: Path, samples: tuple[str, ...], *calls: tuple[str, ...]) -> Path:
    """A home with the sample staff, where some sample forms have been worked through and some commands given."""
    make_home(home)
    for name in samples:
        (found,) = SAMPLES.glob(f"{name}*")
        shutil.copy(found, home / "inbox")
    settings = home / "config" / "settings.toml"
    settings.write_text(settings.read_text().replace("patience = 20", "patience = 1"))
    with pytest.MonkeyPatch.context() as patch:
        first = (("staff", "import", str(REPO / "templates" / "staff-example.csv")), ("run", "--once"))
        for arguments in (*first, *calls):
            assert call_once(patch, home, "prøve", arguments) == 0, arguments
    return home
