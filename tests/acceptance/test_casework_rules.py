"""New assessments, who appoints, the overview by name, and the start's check of reminders, through the real command line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.acceptance.conftest import Program
from tests.acceptance.test_decisions import Inside, inside, tasks

pytestmark = pytest.mark.unprinted

__all__ = ["inside"]

TODAY = date.today()


def coordinated(program: Program, municipality: str) -> str:
    """A child's case with a coordinator since New Year; the id."""
    program.inbox.joinpath(municipality).mkdir(exist_ok=True)
    program(
        "message", "add", "--form", "need-notification", "--municipality", municipality, "--set", "recipient.name=Vilde Brekkås",
        "--set", "recipient.birth_date=03.11.2014", "--set", "requested.coordinator=ja", "--set", f"date={TODAY:%d.%m.%Y}",
        "--set", "reported_by=Siv Brekkås", "--set", "next_of_kin.name=Siv Brekkås", "--set", "needs=Samordning.",
        "--channel", "telefon",
    )  # fmt: skip
    for item in program.rows("review"):
        program("review", "accept", str(item["id"]), ok=None)
    (case,) = program.rows("cases")
    return str(case["id"])


def test_f_000_5_f_000_7_r_21_a_new_assessment_from_asking_to_decision(inside: Inside) -> None:
    """F-000-5, F-000-7, R-21, R-10: each move is one command; what is forbidden is one sentence."""
    (inside.home / "people.csv").write_text(
        "name;title;service;role;role_service\nTuva Nes;ergoterapeut;Ergoterapi;;\nOdd Lie;fysioterapeut;Fysioterapi;;\n"
        "Eva Ro;leder;Ergoterapi;manager;Ergoterapi\n",
        encoding="utf-8",
    )
    inside("staff", "import", str(inside.home / "people.csv"), "--municipality", "vestre_toten")
    case = coordinated(inside, "vestre_toten")
    assert "relay-until-decided" in tasks(inside, case)
    since = (TODAY - timedelta(days=60)).isoformat()
    inside(
        "appoint", case, "--measure", "coordinator", "--service", "Ergoterapi", "--name", "Tuva Nes", "--from", since,
        "--why", "Nødvendig for forsvarlig hjelp.", "--by", "leader",
    )  # fmt: skip
    assert "relay-until-decided" not in tasks(inside, case)

    said = inside(
        "change", case, "--from", TODAY.isoformat(), "--name", "Eva Ro", "--why", "Nødvendig.", ok=1
    )
    assert "utelate --name" in said.stderr
    assert "R-21" in said.stderr
    inside("reassess", case, "--asks", "ting", "--why", "x", ok=2)
    inside("reassess", case, "--asks", "service", "--goes-on", "--why", "x", ok=2)
    inside(
        "reassess", case, "--asks", "service", "--why", "Har sluttet i ergoterapi.", "--who", "Siv Brekkås"
    )
    assert "service-reassessment" in tasks(inside, case)
    inside(
        "change", case, "--from", TODAY.isoformat(), "--name", "Odd Lie", "--service", "Fysioterapi",
        "--why", "Nødvendig for forsvarlig hjelp.",
    )  # fmt: skip
    assert "service-reassessment" not in tasks(inside, case)

    inside("notice", case, "--why", "Behovet er over.")
    inside("reassess", case, "--asks", "closing", "--why", "Vi trenger ham ennå.")
    held = inside("close", case, "--against-wish", "--why", "Over.", ok=1)
    assert "vurderes på nytt" in held.stderr
    done = inside.one("reassess", case, "--goes-on", "--why", "Vilkårene er fortsatt oppfylt.")
    assert done["state"] == "active"

    (row,) = [
        r
        for r in inside.rows("staff", "overview", "--municipality", "vestre_toten")
        if r["role"] == "coordinator"
    ]
    assert (row["service"], row["name"], row["case"]) == ("Fysioterapi", "Odd Lie", case)


def test_f_001_14_a_department_sees_its_coordinators_and_members_by_name(inside: Inside) -> None:
    """F-001-14: of one municipality and one service; the person the case is about is never named."""
    inside.drop("01")
    inside("run", "--once")
    (case,) = inside.rows("cases")
    inside(
        "appoint", str(case["id"]), "--measure", "child_coordinator", "--service", "Fysioterapi", "--name", "Siri Brandvoll",
        "--from", "2026-01-01", "--deputy", "Aud Fjell",
    )  # fmt: skip
    found = inside.rows("staff", "overview")
    assert {("Siri Brandvoll", "coordinator"), ("Aud Fjell", "deputy")} <= {
        (r["name"], r["role"]) for r in found
    }
    sheet = inside.home / "oversikt.csv"
    table = inside("staff", "overview", "--service", "fysioterapi", "--csv", str(sheet)).stdout
    written = sheet.read_text(encoding="utf-8-sig")
    assert "Siri Brandvoll" in table
    assert "Fysioterapi;Siri Brandvoll;koordinator" in written
    assert "Aud Fjell" not in written
    person = inside.one("case", str(case["id"]))["person"]
    assert isinstance(person, dict)
    assert str(person["name"]) not in table + written
    other = next(key for key in ("loten", "salangen") if key != case["municipality"])
    assert inside.rows("staff", "overview", "--municipality", other) == []
    assert "Kjenner ikke kommunen" in inside("staff", "overview", "--municipality", "ingen", ok=2).stderr


def test_b_1_a_reminder_without_its_letter_stops_the_start(inside: Inside) -> None:
    """B.1, C.5: exit code 3, with file, rule and step."""
    rules = inside.home / "config" / "reminders.toml"
    text = rules.read_text(encoding="utf-8")
    rules.write_text(text.replace('letter = "interim-reply"', 'letter = "interim-replies"'), encoding="utf-8")
    said = inside("remind", ok=3)
    assert "reminders.toml: rules.B.1.steps.1.letter" in said.stderr
    rules.write_text(text, encoding="utf-8")
    inside("remind")
