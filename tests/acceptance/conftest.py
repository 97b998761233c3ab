"""A home in a temporary folder, and the real command line over it."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

import pytest

from pipeline.cli import main

REPO = Path(__file__).resolve().parents[2]
SAMPLES = REPO / "templates" / "forms" / "samples"

Row = dict[str, object]


class Program:
    """The command ``skjemaflyt`` over one home: ``run`` in a process of its own, the other commands in this one, which spares each a
    second of imports."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.inbox = home / "inbox"
        self.outbox = home / "outbox"

    def __call__(
        self, *arguments: str, ok: int | None = 0, feed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        apart = arguments[0] in {"run", "demo"}
        done = self._apart(arguments, feed) if apart else self._here(arguments, feed)
        if ok is not None:
            assert done.returncode == ok, (
                arguments,
                done.returncode,
                done.stdout[-2000:],
                done.stderr[-2000:],
            )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def _apart(self, arguments: tuple[str, ...], feed: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pipeline", "--home", str(self.home), *arguments],
            capture_output=True,
            text=True,
            input=feed,
            timeout=120,
            check=False,
            cwd=REPO,
            env={**os.environ, "PYTHONPATH": str(REPO), "SKJEMAFLYT_ACTOR": "prøve"},
        )

    def _here(self, arguments: tuple[str, ...], feed: str) -> subprocess.CompletedProcess[str]:
        before = os.umask(0o022)
        told = ["skjemaflyt", "--home", str(self.home), *arguments]
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch.object(sys, "argv", told),
            mock.patch.object(sys, "stdin", io.StringIO(feed)),
            mock.patch.dict(os.environ, {"SKJEMAFLYT_ACTOR": "prøve"}),
            redirect_stdout(out),
            redirect_stderr(err),
            pytest.raises(SystemExit) as ended,
        ):
            main()
        os.umask(before)
        return subprocess.CompletedProcess(told, int(ended.value.code or 0), out.getvalue(), err.getvalue())

    def rows(self, *arguments: str, ok: int | None = 0) -> list[Row]:
        """The JSON Lines of a command."""
        return [json.loads(line) for line in self(*arguments, "--json", ok=ok).stdout.splitlines()]

    def one(self, *arguments: str) -> Row:
        """The single JSON object of a command."""
        (row,) = self.rows(*arguments)
        return row

    def drop(self, *samples: str, folder: str = "") -> None:
        """Put sample forms, by the start of their names, into the inbox."""
        target = self.inbox / folder
        target.mkdir(exist_ok=True)
        for sample in samples:
            (found,) = SAMPLES.glob(f"{sample}*")
            shutil.copy(found, target)


@pytest.fixture(scope="session")
def fresh_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home as ``init`` makes it, with the sample staff; tests copy it."""
    home = tmp_path_factory.mktemp("home") / "hjem"
    program = Program(home)
    subprocess.run(
        [sys.executable, "-m", "pipeline", "init", str(home)], check=True, capture_output=True, cwd=REPO
    )
    program("staff", "import", str(REPO / "templates" / "staff-example.csv"))
    settings = home / "config" / "settings.toml"
    settings.write_text(settings.read_text().replace("patience = 20", "patience = 3"))
    program(
        "run", "--once"
    )  # looks through the letter templates, which takes seconds: each test's copy is spared that
    return home


@pytest.fixture
def program(fresh_home: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Program:
    """The program over a home of its own; ``unprinted``: without LibreOffice, where the letters' PDFs are not what is asked about."""
    home = tmp_path / "hjem"
    shutil.copytree(fresh_home, home)
    if request.node.get_closest_marker("unprinted"):
        settings = home / "config" / "settings.toml"
        settings.write_text(settings.read_text().replace('soffice = ""', 'soffice = "/finnes/ikke"'))
    return Program(home)
