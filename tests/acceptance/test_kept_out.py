"""An employee with a conflict of interest sees nothing of the case, in no list (B.1, fvl. § 6)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.in_process import Caller, make_worked_home
from tests.every_command import commands

OUT = "Tuva Fossheim"
CASE = "2026/1"
"""The case everything below is about: a child's, with a consent that waits for a person and a yearly report."""

LISTS: dict[tuple[str, ...], str] = {
    ("documents",): '"D1"',
    ("status",): '"cases": 1',
    ("review",): '"S2-1"',
    ("cases",): CASE,
    ("letters",): '"L1"',
    ("deviations",): CASE,
    ("tasks",): CASE,
    ("archive", "missing"): '"D1"',
    ("staff", "overview"): CASE,
    ("remind", "--dry-run", "--on", "2027-12-01"): CASE,
    ("remind", "--list", "restanse", "--on", "2028-01-01"): CASE,
    ("remind", "--list", "forfall", "--on", "2027-05-20", "--days", "60"): CASE,
    ("remind", "--missing", "--year", "2027"): CASE,
}
"""Each list by case, with what another employee sees there and the one who is kept out does not."""
REFUSED: tuple[tuple[str, ...], ...] = (
    ("case", CASE),
    ("case", CASE, "--language", "nn"),
    ("trace", "D1"),
    ("trace", "01-melding-barn.docx"),
    ("assess", CASE),
    ("appoint", CASE, "--measure", "coordinator", "--service", "X", "--name", "Y", "--from", "2026-12-01"),
    ("change", CASE, "--name", "Y", "--from", "2026-12-01"),
    ("refuse", CASE, "--measure", "coordinator", "--why", "x"),
    ("close", CASE, "--agreed", "--why", "x"),
    ("absence", CASE, "--from", "2026-12-01", "--until", "2026-12-20"),
    ("deputy", CASE, "--name", "Y"),
    ("meeting", CASE, "--planned", "2026-12-20"),
    ("evaluated", CASE, "--on", "2026-11-20"),
    ("consent", CASE, "--given", "share", "--signer", "Y", "--on", "2026-11-20", "--capacity", "parent"),
    ("notice", CASE, "--why", "x"),
    ("complaint", CASE, "--received", "2026-11-20", "--about", "x"),
    ("deceased", CASE, "--on", "2026-11-20"),
    ("moved", CASE, "--on", "2026-11-20"),
    ("born", CASE, "--on", "2026-11-20"),
    ("person", "rectify", CASE, "--phone", "40 00 01 09"),
    ("person", "contact", CASE, "Y"),
    ("tasks", "done", CASE, "t1"),
    ("objection", CASE, "--why", "x"),
    ("conflict", CASE, "--employee", OUT, "--ended"),
    ("deviation", "L1", "--not-reportable", "--why", "x"),
    ("plan", CASE),
    ("heard", CASE, "--view", "x"),
    ("reassess", CASE, "--asks", "service", "--why", "x"),
    ("reassess", CASE, "--goes-on", "--why", "x"),
    ("letter", "L1", "withdraw"),
    ("letter", "L1", "came-back", "--why", "address"),
    ("archive", "set", "D1", "--case", "1", "--journal", "1"),
    ("archive", "case", CASE, "1"),
    ("review", "picture", "S2-1", "bilde.png"),
    ("review", "accept", "S2"),
    ("review", "set", "S2", "subject", "x"),
    ("review", "link", "S2", CASE),
    ("review", "unlink", "S1"),
    ("review", "reject", "S2", "--why", "x"),
    ("remind", "approve", "L2"),
    ("remind", "stop", "L2", "--why", "x"),
    ("forms", "fill", "group-report", "--case", CASE, "--out", "ut.docx"),
)
"""What works in one case, one document or one letter: refused with the act's paragraph."""
NOTHING_OF_A_CASE = {
    "ingest": "shows the files the employee has at hand and gives in",
    "message add": "shows the message the employee has taken down",
    "extract": "reads a file without the register",
    "inspect": "reads a file without the register",
    "review tally": "counts by field, over all cases",
    "statistics": "counts over all cases, small numbers hidden",
    "staff": "employees",
    "staff import": "employees",
    "municipality show": "the profile",
    "municipality": "the profiles",
    "forms": "the declarations",
    "templates": "the declarations",
    "templates check": "the declarations",
    "letters print": "its own test below",
    "doctor": "what a run needs",
    "demo": "a home of its own",
    "init": "makes a home",
    "run": "works through the inbox",
    "retry": "a document that could not be read is in no case",
    "db": "the database",
    "db upgrade": "the database",
    "message": "a group",
    "archive": "a group",
}


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the case, a letter that reached another, a reminder in draft, and an employee who is kept out."""
    return make_worked_home(
        tmp_path_factory.mktemp("hjem") / "hjem",
        ("01", "02", "03"),
        ("letter", "L1", "sign"),
        ("letter", "L1", "send"),
        ("letter", "L1", "came-back", "--why", "wrong-person"),
        ("remind", "--on", "2026-12-24"),
        ("conflict", CASE, "--employee", OUT, "--why", "Nabo."),
    )


@pytest.fixture
def call(
    worked: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Caller:
    monkeypatch.chdir(tmp_path)
    return Caller(worked, monkeypatch, capsys)


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_b_1_a_list_leaves_out_what_belongs_to_the_case(call: Caller, command: tuple[str, ...]) -> None:
    """Another sees it; the one who is kept out sees no row of it, also not in the table for people."""
    other, out = call(*command, "--json"), call(*command, "--json", actor=OUT)
    assert LISTS[command] in other.out
    plain = call(*command, actor=OUT, ok=None)
    for shown in (out.out + out.err, plain.out + plain.err):
        for word in (LISTS[command], CASE, "Iver", "Solhaug", "01-melding-barn"):
            assert word not in shown


@pytest.mark.parametrize("command", REFUSED, ids=" ".join)
def test_b_1_nothing_is_done_in_the_case(call: Caller, command: tuple[str, ...]) -> None:
    """One sentence with the paragraph, and nothing of the case in it."""
    said = call(*command, actor=OUT, ok=None)
    assert (said.code, said.out) == (1, ""), said
    assert "forvaltningsloven § 6" in said.err
    assert "Iver" not in said.err


def test_b_1_the_print_leaves_out_the_letters_of_the_case(call: Caller, tmp_path: Path) -> None:
    """A letter in the case that lies ready is not printed for the one who is kept out."""
    assert (
        call("letters", "print", "--out", str(tmp_path / "ut.pdf"), actor=OUT).err == "Ingen brev er klare.\n"
    )
    assert not (tmp_path / "ut.pdf").exists()


def test_b_1_every_command_is_in_one_of_the_tables() -> None:
    """A new command must say whether it is a list by case, works in a case, or has nothing of a case."""
    known = commands()
    tabled = {" ".join(words[:n]) for words in (*LISTS, *REFUSED) for n in (1, 2)} & set(known)
    assert set(known) - tabled == set(NOTHING_OF_A_CASE) - tabled
    assert set(NOTHING_OF_A_CASE) <= set(known)
