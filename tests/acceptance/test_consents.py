"""Consents through the command line: what a withdrawal pulls back, what waits for the consent to register, what a clerk registers."""

from __future__ import annotations

import json
import time
import zipfile

import pytest

from tests.acceptance.conftest import Program, Row

pytestmark = pytest.mark.unprinted


def message(program: Program, form: str, fields: Row, municipality: str = "") -> Row:
    """Register a message that came without a form; a row of ``documents``."""
    file = program.home / "melding.json"
    file.write_text(json.dumps({"form": form, "fields": fields, "municipality": municipality}))
    return program.one("message", "add", "--json-file", str(file))


def child(program: Program) -> str:
    """A child's case with a coordinator, opened by a form in the inbox."""
    program.drop("01")
    program("run", "--once")
    (case,) = program.rows("cases")
    program(
        "appoint", str(case["id"]), "--measure", "child_coordinator", "--service", "Fysioterapi",
        "--name", "Siri Brandvoll", "--from", "2026-01-01",
    )  # fmt: skip
    return str(case["id"])


REPORT: Row = {
    "kind.change": True,
    "recipient.name": "Iver Solhaug Moen",
    "recipient.birth_date": "14.03.2018",
    "coordinator.name": "Siri Brandvoll",
    "members": [
        {"name": "Petter Moen", "service": "Foresatt", "contact": "400 00 012"},
        {"name": "Ida Holm", "service": "BUP", "contact": None},
    ],
    "completed_by": "Siri Brandvoll",
}
SHARING: Row = {
    "recipient.name": "Iver Solhaug Moen",
    "recipient.birth_date": "14.03.2018",
    "persons": [
        {"name": "Petter Moen", "allowed": True, "service": "Foresatt", "information": None},
        {"name": "Ida Holm", "allowed": True, "service": "BUP", "information": None},
    ],
    "information.health": True,
    "consents.share": True,
    "date": "20.11.2026",
    "guardian.name": "Petter Moen",
    "guardian.signed": True,
}
WITHDRAWAL: Row = {
    "recipient.name": "Iver Solhaug Moen",
    "recipient.birth_date": "14.03.2018",
    "withdraws.all": True,
    "date": time.strftime("%d.%m.%Y"),
    "guardian.name": "Petter Moen",
    "guardian.signed": True,
}


def newest(program: Program, case: str, kind: str) -> Row:
    """The newest consent of a kind, as ``case --json`` shows it."""
    found = [c for c in program.one("case", case)["consents"] if c["kind"] == kind]  # type: ignore[attr-defined]
    return dict(found[-1])


def annual(program: Program, on: str) -> list[str]:
    """What a day's reminders came to for the yearly report (T-4); other rules have their own tests."""
    return [str(row["action"]) for row in program.rows("remind", "--on", on) if row["rule"] == "T-4"]


def codes(program: Program, case: str) -> set[str]:
    """The codes of a case's open tasks."""
    return {t["code"] for t in program.one("case", case)["tasks"] if not t["done_on"]}  # type: ignore[attr-defined]


def test_r_54_a_withdrawal_pulls_back_the_reminders_already_made(program: Program) -> None:
    """R-54: a draft and an approved letter are withdrawn with the form, a signed one is a person's to stop."""
    case = child(program)
    message(program, "group-report", REPORT)
    message(program, "collaboration-consent", SHARING)
    given = newest(program, case, "share")
    assert given["scope"] == ["person:Petter Moen (Foresatt)", "person:Ida Holm (BUP)", "information:health"]
    assert (given["valid"], given["why"], given["signer"]) == (True, None, "Petter Moen")
    year = time.localtime().tm_year + 1
    assert annual(program, f"{year}-05-01") == ["created"]
    (letter,) = [one for one in program.rows("letters") if one["kind"] == "reminder-annual-before"]
    assert letter["status"] == "draft"
    program("letter", str(letter["id"]), "approve")

    program("consent", case, "--withdraw", "--person", "Ida Holm (BUP)", "--information", "health")
    part = newest(program, case, "share")
    assert "without:person:Ida Holm (BUP)" in part["scope"]  # type: ignore[operator]
    assert {"consent-withdrawn-persons", "consent-withdrawn-information"} <= codes(program, case)
    states = {one["id"]: one["status"] for one in program.rows("letters")}
    assert states[letter["id"]] == "ready"  # the team's consent stands

    (row,) = message(program, "consent-withdrawal", WITHDRAWAL)["forms"]  # type: ignore[misc]
    assert row["case"] == case
    states = {one["id"]: one["status"] for one in program.rows("letters")}
    assert states[letter["id"]] == "withdrawn"
    assert "consent-withdrawn" in codes(program, case)
    ended = newest(program, case, "share")
    assert ended["valid"] is False
    assert str(ended["why"]).startswith("Trukket tilbake")
    assert annual(program, f"{year}-05-15") == ["stopped"]


def test_r_54_a_signed_reminder_is_a_persons_to_stop(program: Program) -> None:
    """R-54: what is signed but not sent is said, and may still be withdrawn."""
    case = child(program)
    message(program, "group-report", REPORT)
    year = time.localtime().tm_year + 1
    program("remind", "--on", f"{year}-05-01")
    (letter,) = [one for one in program.rows("letters") if one["kind"] == "reminder-annual-before"]
    program("letter", str(letter["id"]), "approve")
    program("letter", str(letter["id"]), "sign")
    program("consent", case, "--withdraw")
    assert {one["id"]: one["status"] for one in program.rows("letters")}[letter["id"]] == "signed"
    assert f"signed-but-withdrawn-{letter['id']}" in codes(program, case)
    program("letter", str(letter["id"]), "withdraw")


def test_r_61_salangens_form_with_box_three_empty_registers_nothing(program: Program) -> None:
    """R-61: the form is kept and nothing is registered; with the consent the report that waited comes in by itself."""
    need: Row = {
        "requested.coordinator": "ja",
        "reported_by": "Geir Moen",
        "date": "20.11.2026",
        "recipient.name": "Geir Moen",
        "recipient.birth_date": "02.05.1970",
        "recipient.address": "Havnegata 3",
        "recipient.postal_place": "9350 Sjøvegan",
        "consent.signatures": [{"date": "20.11.2026", "name": "Geir Moen", "signed": True}],
    }
    message(program, "need-notification", need, "salangen")
    (found,) = program.rows("cases")
    case = str(found["id"])
    letters = len(program.rows("letters"))
    boxes: Row = {"subject": "Geir Moen", "date": "20.11.2026", "signed": True, "consents.establish": True}
    boxes |= {"consents.share": True, "consents.voluntary": True}
    for form, fields in (
        ("group-report", REPORT | {"recipient.name": "Geir Moen", "recipient.birth_date": "02.05.1970"}),
        ("group-consent", boxes),
    ):
        row = message(program, form, fields, "salangen")
        for item in program.rows("review"):
            program("review", "link", str(item["id"]), case)
        assert row["status"] in {"done", "review"}
    whole = program.one("case", case)
    assert (whole["team"], whole["annual_reports"]) == (None, [])
    assert [c["kind"] for c in whole["consents"]] == ["process"]  # type: ignore[attr-defined]
    assert {"report-not-registered", "registration-not-consented"} <= codes(program, case)
    assert len(program.rows("letters")) == letters
    assert len(whole["documents"]) == 3  # type: ignore[arg-type]

    refused = program(
        "consent", case, "--given", "register", "--signer", "Geir Moen", "--capacity", "self", ok=1
    )
    assert "skriftlig" in refused.stderr
    program(
        "consent", case, "--given", "register", "--signer", "Geir Moen", "--capacity", "self",
        "--document", str(whole["documents"][2]["id"]),  # type: ignore[index]
    )  # fmt: skip
    after = program.one("case", case)
    assert [m["name"] for m in after["team"]["members"]] == ["Petter Moen", "Ida Holm"]  # type: ignore[index]
    assert {"establish", "share", "register", "voluntary"} <= {c["kind"] for c in after["consents"]}  # type: ignore[attr-defined]
    assert not {"report-not-registered", "registration-not-consented"} & codes(program, case)
    assert program("consent", case, "--given", "share", "--withdraw", ok=2).stderr.startswith("Si enten")


def test_r_50_f_003_6_r_65_a_childs_plan_from_the_meeting_to_the_withdrawal(program: Program) -> None:
    """F-003-6, R-65, R-59, R-50: each is asked for before, noted, and what rests on it stops in the same command."""
    program.drop("01")
    program("run", "--once")
    (found,) = program.rows("cases")
    case = str(found["id"])
    day = f"{time.localtime().tm_year + 1}-02-03"
    meeting = ("meeting", case, "--planned", day, "--preparatory")
    assert "trenger samtykke" in program(*meeting, ok=1).stderr
    own = ("--signer", "Petter Moen", "--capacity", "parent")
    program("consent", case, "--given", "preparatory", *own)
    program(*meeting)
    assert "call-preparatory-meeting" in codes(program, case)
    program("consent", case, "--withdraw", "--kind", "preparatory")
    assert "tell-meeting-called-off" in codes(program, case)

    program("heard", case, "--view", "Vil helst ha møtene på skolen.")
    program(
        "appoint", case, "--measure", "child_coordinator", "--service", "Fysioterapi",
        "--name", "Siri Brandvoll", "--from", "2026-01-01",
    )  # fmt: skip
    assert "child-to-be-heard" not in codes(program, case)
    (letter,) = [one for one in program.rows("letters") if one["kind"] == "appointment-user"]
    with zipfile.ZipFile(program.home / str(letter["docx"])) as file:
        text = file.read("word/document.xml").decode()
    assert "har fått informasjon og er hørt" in text
    assert "møtene på skolen" not in text

    program("plan", case)
    assert "plan-without-consent" in codes(program, case)
    program("consent", case, "--given", "plan", *own, "--person", "Ida Holm (BUP)")
    assert "plan-without-consent" not in codes(program, case)
    assert program.one("case", case)["plan"]["active"] is True  # type: ignore[index]
    program("consent", case, "--withdraw", "--kind", "plan")
    assert program.one("case", case)["plan"]["active"] is False  # type: ignore[index]
    assert "plan-consent-withdrawn" in codes(program, case)
    (document,) = program.rows("documents")
    program("consent", case, "--given", "share", *own, "--document", str(document["id"]))
    assert "consent-not-informed" in codes(program, case)
    program("consent", case, "--informed", time.strftime("%Y-%m-%d"))
    assert "consent-not-informed" not in codes(program, case)
    assert "--withdraw" in program("consent", case, "--given", "plan", "--kind", "plan", *own, ok=2).stderr
