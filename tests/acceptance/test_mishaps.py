"""What goes wrong in real life, through the real command line (R-45, R-8, B.4, B.12)."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta

import pytest

from tests.acceptance.conftest import REPO, SAMPLES, Program, Row

pytestmark = pytest.mark.unprinted


def appointed(program: Program) -> Row:
    """A case with a coordinator and letters that lie ready."""
    program.drop("01")
    program("run", "--once")
    (case,) = program.rows("cases")
    program(
        "appoint", str(case["id"]), "--measure", "child_coordinator", "--service", "Fysioterapi",
        "--name", "Siri Brandvoll", "--from", "2026-01-01",
    )  # fmt: skip
    return program.one("case", str(case["id"]))


def statuses(program: Program) -> dict[str, str]:
    """The letters' states by id."""
    return {str(row["id"]): str(row["status"]) for row in program.rows("letters")}


def tasks(case: Row) -> set[str]:
    """The codes of the tasks that are not done."""
    found = case["tasks"]
    assert isinstance(found, list)
    return {task["code"] for task in found if task["done_on"] is None}


def test_r_45_death_stops_every_letter_the_same_second(program: Program) -> None:
    """R-45, C.5: what is not signed is withdrawn, a later message makes no letter, and undo makes nothing by itself."""
    case = appointed(program)
    letters = list(statuses(program))
    program("letter", letters[0], "sign")
    said = program("deceased", case["id"], "--on", "2026-11-20")
    assert "Brev som trekkes" in said.stderr
    after = statuses(program)
    assert after[letters[0]] == "signed"
    assert {after[one] for one in letters[1:]} == {"withdrawn"}
    whole = program.one("case", case["id"])
    assert whole["state"] == "terminated"
    assert whole["coordinator"] is None
    assert {"tell-of-leaving", "letters-already-signed"} <= tasks(whole)

    program.drop("02")
    program("run", "--once")
    for item in program.rows("review"):
        program("review", "link", item["id"], case["id"])
    assert program.rows("remind", "--on", "2027-06-20") == []
    assert len(statuses(program)) == len(letters)

    again = program("deceased", case["id"], "--on", "2026-11-20", ok=1)
    assert "fra før" in again.stderr
    program("deceased", case["id"], "--undo")
    back = program.one("case", case["id"])
    assert back["state"] == "active"
    assert back["coordinator"]["name"] == "Siri Brandvoll"
    assert back["person"]["deceased_on"] is None
    assert "leaving-undone" in tasks(back)
    assert statuses(program) == after


def test_r_54_unlink_takes_back_what_the_form_brought(program: Program) -> None:
    """R-54: consents of a form in the wrong case are gone, with the letters that followed; the rest is a task that names it."""
    program.drop("01", "02")
    program("run", "--once")
    (item,) = program.rows("review")
    (candidate,) = item["candidates"]
    program("review", "link", item["id"], candidate["case"])
    before = program.one("case", candidate["case"])
    given = [c for c in before["consents"] if c["granted"] and c["document"]]
    (document,) = (d["id"] for d in before["documents"] if "group-consent" in d["forms"])
    assert any(c["document"] == document for c in given)
    program("review", "unlink", item["submission"])
    after = program.one("case", candidate["case"])
    assert not any(c["document"] == document for c in after["consents"])
    assert [c for c in after["consents"] if c["kind"] == "taken-back"]
    assert "document-unlinked" in {e["kind"] for e in after["events"]}

    (need,) = (row for row in program.rows("documents") if row["id"] != document)
    program("letter", next(iter(statuses(program))), "approve", ok=1)
    program("review", "unlink", "S1" if need["id"] == "D1" else "S2")
    empty = program.one("case", candidate["case"])
    assert empty["requested"] == []
    assert empty["need"] is None
    assert set(statuses(program).values()) == {"withdrawn"}
    (task,) = (t for t in empty["tasks"] if t["code"] == "unlinked" and need["id"] in t["text"])
    assert "saken ble opprettet av skjemaet" in task["text"]


def test_r_8_two_cases_become_one_and_part_again(program: Program) -> None:
    """R-8: joined, the other's documents are found from the one that stays; parted, both stand as before."""
    case = appointed(program)
    program.drop("02")
    program("run", "--once")
    (item,) = program.rows("review")
    program("review", "link", item["id"], "ny")
    other = next(str(row["id"]) for row in program.rows("cases") if row["id"] != case["id"])
    assert "--same-person" in program("case", "merge", case["id"], other, ok=1).stderr
    before = program.one("case", case["id"]), program.one("case", other)
    program("case", "merge", case["id"], other, "--same-person")
    joined, gone = program.one("case", case["id"]), program.one("case", other)
    assert gone["state"] == "merged"
    assert gone["merged_into"] == case["id"]
    assert joined["merged"] == [other]
    assert len(joined["documents"]) == 2
    assert {c["id"] for c in joined["consents"]} > {c["id"] for c in before[0]["consents"]}
    assert "alt slått sammen" in program("case", "merge", case["id"], other, "--same-person", ok=1).stderr

    program("case", "merge", case["id"], other, "--undo")
    for was, now in zip(before, (program.one("case", case["id"]), program.one("case", other)), strict=True):
        same = ("state", "consents", "appointments", "team", "plan", "requested", "contacts", "documents")
        assert {k: now[k] for k in same} == {k: was[k] for k in same}


def test_b_4_the_journal_list_is_neutral_and_shrinks(program: Program) -> None:
    """B.4: what came in and what was signed stands there without a name until it has its number."""
    case = appointed(program)
    (letter, *_) = statuses(program)
    listed = program.rows("archive", "missing")
    assert [row["id"] for row in listed] == ["D1"]
    program("letter", letter, "sign")
    shown = program("archive", "missing", "--json").stdout
    assert {json.loads(line)["id"] for line in shown.splitlines()} == {"D1", letter}
    for word in case["person"]["name"].split():
        assert word not in shown
    program("archive", "set", "D1", "--case", "2026/1234", "--journal", "5", "--document", "2")
    program("archive", "set", letter, "--case", "2026/1234", "--journal", "6")
    assert program.rows("archive", "missing") == []
    assert program.rows("archive", "missing", "--on", "2020-01-01") == []
    program("archive", "case", case["id"], "2026/1234")
    whole = program.one("case", case["id"])
    assert whole["archive_case"] == "2026/1234"
    (document,) = whole["documents"]
    assert (document["archive_case"], document["journal_number"], document["document_number"]) == (
        "2026/1234",
        "5",
        "2",
    )
    assert {one["journal_number"] for one in whole["letters"]} == {"6", None}
    assert [e["kind"] for e in whole["events"]].count("journalled") == 3
    assert "Fant ikke" in program("archive", "set", "L99", "--case", "1", "--journal", "1", ok=2).stderr


def test_b_12_the_deviation_clock_gives_72_hours(program: Program) -> None:
    """B.12, art. 33: a letter that reached another runs against the clock until it is reported."""
    appointed(program)
    (letter, *_) = statuses(program)
    assert "ikke sendt" in program("letter", letter, "came-back", "--why", "wrong-person", ok=1).stderr
    program("letter", letter, "sign")
    program("letter", letter, "send")
    program("letter", letter, "came-back", "--why", "wrong-person")
    (row,) = program.rows("deviations")
    known, due = datetime.fromisoformat(row["known_at"]), datetime.fromisoformat(row["due_at"])
    assert due - known == timedelta(hours=72)
    assert 71.9 <= row["hours_left"] <= 72
    assert program("deviation", letter, "--not-reportable", ok=2).stderr
    program("deviation", letter, "--reported", datetime.now(tz=known.tzinfo).isoformat())
    (row,) = program.rows("deviations")
    assert (row["state"], row["hours_left"]) == ("reported", None)


def test_r_45_ending_against_the_wish_is_noticed_first(program: Program) -> None:
    """R-45, B.1: no notice, no ending; an answer is enough; withdrawn, the case goes on."""
    case = appointed(program)
    against = ("close", case["id"], "--against-wish", "--why", "Behovet er dekket.")
    assert "varsles først" in program(*against, ok=1).stderr
    said = program("notice", case["id"], "--why", "Behovet er dekket.")
    assert "Varsel om at tiltaket kan avsluttes" in said.stderr
    whole = program.one("case", case["id"])
    assert whole["state"] == "closing-noticed"
    assert "frist til" in program(*against, ok=1).stderr
    program("notice", case["id"], "--withdraw")
    assert program.one("case", case["id"])["state"] == "active"
    program("notice", case["id"], "--why", "Behovet er dekket.")
    program("notice", case["id"], "--answer", "Vil gjerne fortsette.")
    program(*against)
    assert program.one("case", case["id"])["state"] == "terminated"
    program("complaint", case["id"], "--received", "2026-11-01", "--about", "Opphøret")
    program("complaint", case["id"], "--upheld", "--why", "Behovet består.", "--reopen")
    assert program.one("case", case["id"])["state"] == "assessment"


def test_fvl_6_a_kept_out_employee_neither_signs_nor_works(program: Program) -> None:
    """Fvl. § 6: letters wait for another case worker, and the employee is refused at the desk."""
    case = appointed(program)
    said = program("conflict", case["id"], "--employee", "Tuva Fossheim", "--why", "Nabo.")
    assert said.stderr
    ready = [row for row in program.rows("letters") if row["status"] == "ready"]
    assert all(row["signer"] != "Tuva Fossheim" for row in ready)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "--home", str(program.home), "case", case["id"]],
        capture_output=True, text=True, check=False, cwd=REPO,
        env={"PYTHONPATH": str(REPO), "SKJEMAFLYT_ACTOR": "Tuva Fossheim", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == 1
    assert "forvaltningsloven § 6" in done.stderr
    program("conflict", case["id"], "--employee", "Tuva Fossheim", "--ended")
    assert SAMPLES.is_dir()
