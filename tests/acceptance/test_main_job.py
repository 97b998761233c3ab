"""The main job through the command line: from a dropped form to a letter ready to sign."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import docx

from tests.acceptance.conftest import SAMPLES, Program

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words(file: object) -> str:
    """All text of a Word letter."""
    with zipfile.ZipFile(str(file)) as opened:
        names = [n for n in opened.namelist() if n.startswith(("word/document", "word/header"))]
        parts = [opened.read(name).decode() for name in names]
    return " ".join(re.sub(r"<[^>]+>", "", part.replace("</w:p>", " ")) for part in parts)


def test_from_a_dropped_form_to_letters_signed_and_sent(program: Program) -> None:
    program.drop("01")
    program("run", "--once")

    (document,) = program.rows("documents")
    assert document["status"] == "done"
    assert document["forms"] == [
        {"form": "need-notification", "status": "linked", "case": document["forms"][0]["case"]}
    ]
    (case,) = program.rows("cases")
    assert case["person"]["name"] == "Iver Solhaug Moen"
    assert case["state"] == "received"
    (letter,) = program.rows("letters")
    assert (letter["kind"], letter["status"], letter["case"]) == ("acknowledgement", "ready", case["id"])
    assert Path(letter["pdf"]).read_bytes().startswith(b"%PDF")
    assert "Iver" not in Path(letter["docx"]).name

    said = program(
        "appoint", case["id"], "--measure", "child_coordinator", "--service", "Fysioterapi",
        "--name", "Siri Brandvoll", "--from", "2026-12-01", "--deputy", "Ragnhild Øyen", "--why", "Barnet trenger flere tjenester.",
    )  # fmt: skip
    assert "til familien" in said.stderr or "foreldre" in said.stderr.casefold()
    kinds = sorted(one["kind"] for one in program.rows("letters"))
    assert kinds == ["acknowledgement", "appointment-coordinator", "appointment-manager", "appointment-user"]
    whole = program.one("case", case["id"])
    assert whole["state"] == "active"
    assert whole["coordinator"]["name"] == "Siri Brandvoll"
    for one in whole["letters"]:
        text = words(one["docx"])
        assert "Unntatt offentlighet" in text
        if one["kind"] != "appointment-user":
            continue
        assert "Siri Brandvoll" in text
        assert "Statsforvalteren i Trøndelag" in text
        assert "fire uker" in text

    program("letter", letter["id"], "sign")
    program("letter", letter["id"], "send")
    assert program("letter", letter["id"], "withdraw", ok=1).stderr.startswith("Brevet er sendt")
    assert {one["id"]: one["status"] for one in program.rows("letters")}[letter["id"]] == "sent"

    program(
        "close",
        case["id"],
        "--agreed",
        "--why",
        "Behovet er dekket av fysioterapeuten.",
        "--on",
        "2027-06-30",
    )
    kinds = [one["kind"] for one in program.rows("letters")]
    assert {"termination-agreed", "termination-coordinator"} <= set(kinds)
    assert program.one("case", case["id"])["state"] == "closed"


def test_a_report_registers_the_year_and_a_dissolution_leaves_the_coordinator(program: Program) -> None:
    program.drop("01")
    program("run", "--once")
    (case,) = program.rows("cases")
    program(
        "appoint", case["id"], "--measure", "child_coordinator", "--service", "Fysioterapi",
        "--name", "Siri Brandvoll", "--from", "2026-01-01",
    )  # fmt: skip
    program.drop("03")
    program("run", "--once")
    whole = program.one("case", case["id"])
    assert len(whole["team"]["members"]) == 6
    assert [r["year"] for r in whole["annual_reports"]] == [time.localtime().tm_year]
    assert whole["plan"]["exists"] is True
    assert [d["forms"] for d in whole["documents"]] == [["need-notification"], ["group-report"]]


def test_a_consent_names_only_a_name_so_a_person_links_it(program: Program) -> None:
    program.drop("01", "02")
    program("run", "--once")
    (item,) = program.rows("review")
    assert item["code"] == "name-only"
    (candidate,) = item["candidates"]
    program("review", "link", item["id"], candidate["case"])
    assert program.rows("review") == []
    consents = program.one("case", candidate["case"])["consents"]
    assert {"establish", "share", "register", "voluntary"} <= {c["kind"] for c in consents}
    assert all(d["status"] == "done" for d in program.rows("documents"))


def answered(form: Path, out: Path) -> Path:
    """A pre-filled report as it comes back: ticked and signed off, the person's name and birth date wiped out."""
    document = docx.Document(str(form))
    for control in document.element.body.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag").get(f"{W}val")
        if tag in {"recipient.name", "recipient.birth_date", "completed_by"}:
            control.find(f".//{W}t").text = "Siri Brandvoll" if tag == "completed_by" else ""
        elif tag == "kind.annual":
            next(control.iter("{http://schemas.microsoft.com/office/word/2010/wordml}checked")).set(
                "{http://schemas.microsoft.com/office/word/2010/wordml}val", "1"
            )
            control.find(f".//{W}t").text = "☒"
    document.save(str(out))
    return out


def test_reminders_dry_run_then_once_and_stopped_by_the_answer(program: Program) -> None:
    program.drop("01")
    program("run", "--once")
    (case,) = program.rows("cases")
    program(
        "appoint", case["id"], "--measure", "child_coordinator", "--service", "Fysioterapi",
        "--name", "Siri Brandvoll", "--from", "2026-01-01",
    )  # fmt: skip
    message = {
        "form": "group-report",
        "fields": {
            "kind.change": True,
            "recipient.name": "Iver Solhaug Moen",
            "recipient.birth_date": "14.03.2018",
            "coordinator.name": "Siri Brandvoll",
            "members": [{"name": "Petter Moen", "service": "Foresatt", "contact": "400 00 012"}],
            "completed_by": "Siri Brandvoll",
        },
    }
    (program.home / "melding.json").write_text(json.dumps(message))
    program("message", "add", "--json-file", str(program.home / "melding.json"), "--channel", "telefon")
    year = time.localtime().tm_year + 1
    due = f"{year}-06-01"
    june = ("remind", "--cadence", "yearly", "--on", due)
    foreseen = program.rows(*june, "--dry-run")
    assert [(r["case"], r["action"]) for r in foreseen] == [(case["id"], "would-create")]
    assert [r["action"] for r in program.rows(*june)] == ["created"]
    assert [r["action"] for r in program.rows(*june)] == ["exists"]
    drafts = [one for one in program.rows("letters") if one["status"] == "draft"]
    assert [one["kind"].startswith("reminder-annual") for one in drafts] == [True]
    letter = program.home / str(drafts[0]["docx"])
    assert "Iver" not in words(drafts[0]["docx"])
    assert "Skjemaet ligger ved, ferdig utfylt" in words(drafts[0]["docx"])
    enclosed = letter.with_name(f"{letter.stem}-skjema.docx")
    (form,) = program.rows("extract", str(enclosed))
    filled = {key: field["value"] for key, field in form["fields"].items() if field["value"]}
    assert filled["recipient.name"] == "Iver Solhaug Moen"
    assert filled["recipient.birth_date"] == "2018-03-14"
    assert filled["coordinator.name"] == "Siri Brandvoll"
    assert [member["name"] for member in filled["members"]] == ["Petter Moen"]
    assert not any(key.startswith(("kind.", "plan.")) for key in filled)
    # It comes back with everything about the person crossed out but for the code: its case is known all the same.
    back = answered(enclosed, program.home / "retur.docx")
    program("ingest", str(back))
    assert [d["forms"][-1]["case"] for d in program.rows("documents") if d["source"] == "retur.docx"] == [
        case["id"]
    ]


def test_a_form_is_filled_in_for_a_case(program: Program, tmp_path: Path) -> None:
    program.drop("01")
    program("run", "--once")
    (case,) = program.rows("cases")
    out = tmp_path / "skjema.docx"
    program("forms", "fill", "collaboration-consent", "--case", str(case["id"]), "--out", str(out))
    (form,) = program.rows("extract", str(out))
    assert form["form"] == "collaboration-consent"
    assert form["fields"]["recipient.name"]["value"] == "Iver Solhaug Moen"
    assert form["fields"]["case.number"]["value"] == case["id"]
    for wrong in (("finnes-ikke", "--case", str(case["id"])), ("group-report", "--case", "1999/1")):
        assert "Traceback" not in program("forms", "fill", *wrong, ok=2).stderr


def test_the_bad_are_put_aside_with_a_reason_and_the_rest_goes_on(program: Program) -> None:
    program.drop("01")
    (program.inbox / "tom.pdf").write_bytes(b"")
    (program.inbox / "kuttet.docx").write_bytes(next(SAMPLES.glob("01*")).read_bytes()[:9000])
    (program.inbox / "feil.pdf").write_bytes(b"Dette er ikke en PDF.")
    (program.inbox / "bilde.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    (program.inbox / ("æ" * 115 + ".pdf")).write_bytes(b"%PDF-1.4\n%%EOF\n")
    (program.inbox / "linje\nskift.docx").write_bytes(b"PK")
    (program.inbox / "~$lås.docx").write_bytes(b"x")
    done = program("run", "--once", ok=1)
    assert "lagt til side" in done.stderr
    found = {str(d["source"]): d for d in program.rows("documents")}
    assert len(found) == 7
    aside = {d["id"]: d for d in found.values() if d["status"] in {"rejected", "locked"}}
    assert len(aside) == 6
    for identity, document in aside.items():
        assert str(document["reason"]).endswith(".")
        place = program.home / "put-aside" / str(identity)
        assert len(list(place.iterdir())) == 2
        assert str(document["reason"]) in (place / "Årsak.txt").read_text()
    assert found["bilde.png"]["reason_code"] == "image-format"
    assert found["01-melding-barn.docx"]["status"] == "done"
    assert [p.name for p in program.inbox.iterdir() if p.name != ".claimed"] == ["~$lås.docx"]
    status = program.one("status")
    assert status["put_aside"] == 6


def test_the_same_bytes_again_are_a_duplicate(program: Program) -> None:
    program.drop("01")
    program("run", "--once")
    program("ingest", str(next(SAMPLES.glob("01*"))))
    first, second = program.rows("documents")
    assert (second["status"], second["duplicate_of"]) == ("duplicate", first["id"])
    assert len(program.rows("cases")) == 1
    assert len(program.rows("letters")) == 1


def test_a_folder_is_its_municipality(program: Program) -> None:
    """A form that names another municipality than its folder waits for a person; one that names none follows it."""
    program.drop("01", "02", folder="salangen")
    program("run", "--once")
    assert program.rows("cases") == []
    assert {str(r["form"]): r["code"] for r in program.rows("review")} == {
        "need-notification": "municipality",
        "group-consent": "name-only",
    }
    assert {d["municipality"] for d in program.rows("documents")} == {"salangen"}


def test_usage_and_set_up_have_their_exit_codes(program: Program, tmp_path: Path) -> None:
    program("extract", "finnes-ikke.docx", ok=2)
    program("case", "2026/99", ok=2)
    program("tull", ok=2)
    elsewhere = Program(tmp_path)
    assert "skjemaflyt init" in elsewhere("run", "--once", ok=3).stderr
    other = tmp_path / "annet"
    other.mkdir()
    (other / "fil.txt").write_text("x")
    assert "noe annet" in elsewhere("init", str(other), ok=2).stderr


def _asked(home: Path, question: str) -> int:
    """A number from the register, asked beside the program that works in it."""
    with closing(sqlite3.connect(f"file:{home}/data/register.db?mode=ro", uri=True)) as register:
        return int(register.execute(question).fetchone()[0])


def test_a_run_asked_to_stop_stops_soon_and_the_next_one_goes_on(program: Program) -> None:
    sample = next(SAMPLES.glob("01*"))
    with zipfile.ZipFile(sample) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    count = 40
    for number in range(count):
        with zipfile.ZipFile(program.inbox / f"melding-{number}.docx", "w") as made:
            for name, content in parts.items():
                made.writestr(
                    name,
                    content + f"<!-- {number} -->".encode() if name.endswith("document.xml") else content,
                )
    running = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "--home", str(program.home), "run", "--once"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    worked = "SELECT count(*) FROM document WHERE status NOT IN ('received', 'working')"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not _asked(program.home, worked):
        time.sleep(0.02)
    running.terminate()
    assert running.wait(60) == 0
    waiting = [one for one in program.rows("documents") if one["status"] == "received"]
    assert waiting
    program("run", "--once")
    documents = program.rows("documents")
    assert len(documents) == count
    assert not [one for one in documents if one["status"] in {"received", "working"}]


def test_a_table_shows_the_clock_in_norway(program: Program) -> None:
    program.drop("01")
    program("ingest", str(program.inbox / next(SAMPLES.glob("01*")).name))
    (row,) = program.rows("documents")
    moment = datetime.fromisoformat(str(row["received_at"])).astimezone(ZoneInfo("Europe/Oslo"))
    assert f"{moment:%Y-%m-%d %H:%M}" in program("documents").stdout


def test_a_template_changed_after_it_was_found_sound_is_looked_through_again(program: Program) -> None:
    """The start spares only what is unchanged since it was last looked through."""
    template = program.home / "templates" / "letters" / "acknowledgement.docx"
    program("run", "--once")
    template.write_bytes(b"hei")
    for _ in range(2):
        assert "acknowledgement.docx" in program("run", "--once", ok=3).stderr
