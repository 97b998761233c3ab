"""The command line as a clerk meets it: Norwegian, one sentence for each mistake, the exit codes, never a traceback."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline.cli import main
from pipeline.wiring import make_home
from tests.every_command import commands

COMMANDS = commands()
"""All of them, by their words: a new one is met by every test below."""


class Said(NamedTuple):
    """What a command did."""

    code: int
    out: str
    err: str


class Caller:
    """The command line in this process, over one home."""

    def __init__(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.home, self._monkeypatch, self._capsys = home, monkeypatch, capsys

    def __call__(self, *arguments: str) -> Said:
        self._monkeypatch.setenv("SKJEMAFLYT_HOME", str(self.home))
        self._monkeypatch.setattr(sys, "argv", ["skjemaflyt", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = self._capsys.readouterr()
        assert "Traceback" not in captured.err
        return Said(int(ended.value.code or 0), captured.out, captured.err)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("hjem") / "hjem"
    make_home(home)
    return home


@pytest.fixture
def call(made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Caller]:
    before = os.umask(0o022)
    yield Caller(made, monkeypatch, capsys)
    os.umask(before)


def test_every_command_has_help_in_norwegian_with_an_example(call: Caller) -> None:
    for command in ("", *COMMANDS):
        said = call(*command.split(), "--help")
        assert (said.code, said.err) == (0, ""), command
        assert "Eksempel: skjemaflyt" in said.out, command
        assert said.out.startswith(f"Bruk: skjemaflyt {command}".strip()), command
        english = re.search(
            r"Usage|OPTIONS|COMMAND|Options:|Arguments|Commands|Show this|required|default|<str>", said.out
        )
        assert english is None, (command, english)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_wrong_call_of_any_command_is_one_sentence(call: Caller, command: str) -> None:
    """An option nobody knows, one word too many, and whatever it needs left out: code 2, Norwegian, and where the help is."""
    words = command.split()
    unknown = call(*words, "--tull")
    assert (unknown.code, unknown.out) == (2, ""), unknown
    assert unknown.err == f"Kjenner ikke valget --tull. Se: skjemaflyt {command} --help\n"
    needed = [p for p in COMMANDS[command].params if p.required]
    if needed:
        bare = call(*words)
        assert (bare.code, bare.out) == (2, ""), bare
        assert re.fullmatch(rf"Mangler .+\. Se: skjemaflyt {command} --help\n", bare.err), bare.err
    many = any(
        p.nargs == -1 or p.multiple for p in COMMANDS[command].params if p.param_type_name == "argument"
    )
    if not many and not getattr(COMMANDS[command], "commands", None):
        given = [p for p in COMMANDS[command].params if p.param_type_name == "argument"]
        options = [f"{p.opts[0]}=x" for p in needed if p.param_type_name == "option"]
        said = call(*words, *["9"] * (len(given) + 1), *options)
        assert (said.code, said.out) == (2, ""), said
        assert len(said.err.splitlines()) == 1, said.err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("tull",), "Kjenner ikke kommandoen «tull». Se: skjemaflyt --help\n"),
        (("case",), "Mangler ID. Se: skjemaflyt case --help\n"),
        (("case", "--x", "1"), "Kjenner ikke valget --x. Se: skjemaflyt case --help\n"),
        (
            ("trace", "1", "2"),
            "Forstår ikke «2» her: det er for mye på linjen. Se: skjemaflyt trace --help\n",
        ),
        (("case", "1", "2"), "Skriv én sak, eller: skjemaflyt case merge SAK SAK\n"),
        (("status", "--home"), "Si hvilken mappe hjemmet er: --home MAPPE\n"),
        (("letter", "L1", "tull"), "Kjenner ikke handlingen «tull»."),
        (("letters", "print", "--out", "/finnes/ikke/x.pdf"), "/finnes/ikke/x.pdf kan ikke skrives"),
        (("remind", "--on", "31.12.2026"), "«31.12.2026» er ikke en dato. Skriv den slik: 2026-06-01\n"),
        (("review", "accept", "S99-1"), "Fant ikke «S99-1». Se listen med: skjemaflyt review\n"),
        (("retry", "D99"), "Dokument D99 er ikke lagt til side."),
        (("staff", "import", "/"), "/ kan ikke leses."),
        (("message", "add", "--json-file", "/"), "/ kan ikke leses."),
        (("message", "add", "--form", "need-notification"), "Meldingen har ingen felt."),
        (
            ("message", "add", "--form", "need-notification", "--set", "requested.coordinator=kanskje"),
            "«requested.coordinator» skal være ja eller nei.\n",
        ),
    ],
)
def test_a_wrong_call_is_one_sentence(call: Caller, arguments: tuple[str, ...], sentence: str) -> None:
    said = call(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(sentence), said.err
    assert json.loads(call("status", "--json").out)["documents"]["rejected"] == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('{"form": "need-notification", "felter": {}}', "kjenner ikke «felter»"),
        ('{"form": "need-notification", "fields": ["a"]}', "der «fields» er et objekt"),
        ('{"form": ["need-notification"], "fields": {}}', "«form» skal være en tekst"),
        (
            '{"form": "group-report", "fields": {"members": [{"navn": "a"}]}}',
            "«members» har ikke kolonnen «navn»",
        ),
        (
            '{"form": "group-report", "fields": {"recipient.name": ["a"]}}',
            "«recipient.name» skal være en tekst",
        ),
        ("[" * 100_000, "er ikke gyldig JSON"),
    ],
)
def test_a_message_in_wrong_json_is_refused_and_nothing_is_kept(
    call: Caller, tmp_path: Path, content: str, sentence: str
) -> None:
    file = tmp_path / "melding.json"
    file.write_text(content)
    said = call("message", "add", "--json-file", str(file))
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert call("documents", "--json").out == ""


LISTS = {
    "name;email;role\nOla Vær;o@x.no;unit_leader\nOla Vær;o@x.no;unit_leader\n": "1 ansatt er lest inn.",
    "name,email,role\nOla Vær,o@x.no,sjef\n": "1 ansatt er lest inn. Ingen brev bruker rollen «sjef»",
    "name;email;phone\nOla;o@x.no;1\nOla;o@x.no;2\n": "linje 3: samme person står på en linje over med annen «phone»",
    "name;email\nOla;o@x.no;x\n": "linje 2: linjen har flere ruter enn det er kolonner",
    "name;email;email\nOla;o@x.no;x\n": "kolonnen «email» står to ganger",
    "navn;email\nOla;o@x.no\n": "ukjent kolonne «navn»",
    "name;email\n;o@x.no\n": "linje 2: mangler navn",
    "name;from\nOla;31.12.2020\n": "linje 2: «31.12.2020» er ikke en dato",
    "name;role;from;to\nOla;manager;2021-01-01;2020-01-01\n": "linje 2: rollen slutter før den begynner",
    'name;email\n"Ola;o@x.no\nKari;k@x.no\n': "linjen er ikke gyldig CSV",
    f'name;email\n"{"a" * 200_000}";x\n': "linjen er ikke gyldig CSV",
    "name;municipality\nOla;oslo\n": "linje 2: kjenner ikke kommunen «oslo»",
    "": "mangler kolonnen «name»",
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_staff_list_is_read_or_its_wrong_line_named(call: Caller, tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "ansatte.csv"
    for content, sentence in LISTS.items():
        file.write_bytes(content.encode(encoding))
        said = call("staff", "import", str(file))
        assert sentence in said.err, content[:80]
        assert said.code == (0 if "er lest inn" in sentence else 2), content[:80]
    (kept,) = call("staff", "--json").out.splitlines()
    assert json.loads(kept)["name"] == "Ola Vær"
    file.write_bytes(b"name;email\n\x81\x8d;o@x.no\n")
    assert "er ikke en tekstfil" in call("staff", "import", str(file)).err


BROKEN = {
    "config/settings.toml": ("x = [", "config/settings.toml: ikke gyldig TOML"),
    "config/forms/group-report.toml": ("x = [", "group-report.toml: "),
    "config/municipalities/orland.toml": ("x = [", "orland.toml: "),
    "config/law.toml": ("x = [", "law.toml: "),
    "templates/letters/_words.toml": ("x = [", "_words.toml: "),
    "templates/letters/acknowledgement.toml": ("x = [", "acknowledgement.toml: "),
    "templates/letters/acknowledgement.docx": ("hei", "acknowledgement.docx: "),
    "config/postal-codes.csv": ("\0", "postal-codes.csv: "),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_declaration_is_named_and_the_run_refuses(call: Caller, name: str) -> None:
    content, sentence = BROKEN[name]
    file = call.home / name
    kept = file.read_bytes()
    try:
        file.write_text(content)
        said = call("run", "--once")
        assert (said.code, said.out) == (3, "")
        assert f"\n  {sentence}" in said.err
    finally:
        file.write_bytes(kept)


@pytest.mark.parametrize(
    "part", ["config/forms", "config/municipalities", "templates/letters", "config/postal-codes.csv"]
)
def test_a_home_that_has_lost_a_part_is_not_filled_up_in_silence(call: Caller, part: str) -> None:
    place, away = call.home / part, call.home / "borte"
    place.rename(away)
    try:
        for command in (("run", "--once"), ("doctor",)):
            said = call(*command)
            assert said.code == 3, command
            assert Path(part).name in said.err + said.out
    finally:
        away.rename(place)


def test_a_folder_in_the_inbox_that_nobody_reads_is_told_of(call: Caller) -> None:
    folder = call.home / "inbox" / "Orland"
    folder.mkdir(parents=True)
    try:
        said = call("doctor")
        assert "Orland" in said.out + said.err
        assert "leses ikke" in said.out + said.err
    finally:
        folder.rmdir()


def test_settings_out_of_bounds_are_all_named(call: Caller) -> None:
    file = call.home / "config" / "settings.toml"
    kept = file.read_text()
    try:
        file.write_text(
            'default_municipality = "orland"\ntull = 1\n[inbox]\nlook_every = inf\npause = -1\nwatch = "x"\n'
            '[limits]\nretry_pauses = []\n[reminders]\nat = "6:30"\n'
        )
        said = call("status")
        assert said.code == 3
        for key in ("tull", "look_every", "pause", "watch", "retry_pauses", "reminders.at"):
            assert key in said.err
        file.write_text('default_municipality = "oslo"\n')
        assert call("status").code == call("doctor").code == 3
    finally:
        file.write_text(kept)


def test_what_cannot_be_reached_is_said_without_a_traceback(
    call: Caller, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = call.home / "inbox"
    inbox.rename(tmp_path / "borte")
    inbox.write_text("en fil")
    try:
        said = call("status")
        assert said.code == 3
        assert "inbox kan ikke leses eller skrives: det ligger noe annet der" in said.err
    finally:
        inbox.unlink()
        (tmp_path / "borte").rename(inbox)

    def broken(*_: object) -> None:
        raise ValueError("Iver Solhaug Moen")

    monkeypatch.setattr("pipeline.flow._status.status_row", broken)
    monkeypatch.setattr("pipeline.flow.status_row", broken, raising=False)
    said = call("status")
    assert said.code == 1
    assert "Noe uventet gikk galt i programmet (ValueError, broken:" in said.err
    assert "Iver" not in said.err


def test_a_home_that_cannot_be_written_is_not_set_up(call: Caller, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "data" and allowed(path, mode))
    said = call("run", "--once")
    assert (said.code, said.out) == (3, "")
    assert "kan ikke skrive i" in said.err
    assert "skjemaflyt doctor" in said.err


def test_ingest_goes_on_past_what_cannot_be_read_and_into_folders(call: Caller, tmp_path: Path) -> None:
    inner = tmp_path / "skannet" / "uke 47"
    inner.mkdir(parents=True)
    (inner / "tom.pdf").write_bytes(b"")
    (inner / ".skjult.pdf").write_bytes(b"x")
    os.mkfifo(tmp_path / "rør.pdf")
    said = call("ingest", str(tmp_path / "rør.pdf"), str(tmp_path / "skannet"), "--json")
    assert said.code == 1
    assert "rør.pdf kan ikke leses" in said.err
    assert [json.loads(line)["source"] for line in said.out.splitlines()] == ["tom.pdf"]
    assert (inner / "tom.pdf").exists()


def test_nothing_a_command_writes_can_be_read_by_others(call: Caller) -> None:
    call("status")
    call("remind")
    for written in [call.home / "data", *(call.home / "data").rglob("*"), call.home / "inbox"]:
        assert not written.stat().st_mode & 0o077, written
