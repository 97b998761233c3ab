"""Reminders from rule to letter through the real command line: batches, approval, lists (T-1, T-4, R-51, R-43)."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from tests.acceptance.conftest import Program

pytestmark = pytest.mark.unprinted

YEAR = time.localtime().tm_year + 1


def team(program: Program) -> str:
    """A child coordinator and a care team of one, without consent."""
    program.drop("01")
    program("run", "--once")
    (case,) = program.rows("cases")
    program(
        "appoint", str(case["id"]), "--measure", "child_coordinator", "--service", "Fysioterapi",
        "--name", "Siri Brandvoll", "--from", "2026-01-01",
    )  # fmt: skip
    report(program, "change")
    return str(case["id"])


def report(program: Program, kind: str) -> None:
    """A report by telephone."""
    fields = {
        f"kind.{kind}": True,
        "recipient.name": "Iver Solhaug Moen",
        "recipient.birth_date": "14.03.2018",
        "coordinator.name": "Siri Brandvoll",
        "members": [{"name": "Petter Moen", "service": "Foresatt", "contact": "400 00 012"}],
        "completed_by": "Siri Brandvoll",
    }
    file = program.home / "melding.json"
    file.write_text(json.dumps({"form": "group-report", "fields": fields}))
    program("message", "add", "--json-file", str(file), "--channel", "telefon")


def test_t_4_a_batch_is_made_approved_and_the_missing_report_listed_until_it_comes(program: Program) -> None:
    """T-4 and C.5: drafts in a batch, approved as a whole; ``--missing`` and the lists say who owes; the answer ends it."""
    case = team(program)
    (made,) = program.rows("remind", "--cadence", "yearly", "--on", f"{YEAR}-05-15")
    assert (made["rule"], made["action"], made["cadence"]) == ("T-4", "created", "yearly")
    batch = str(made["batch"])
    assert batch.startswith("orland-yearly-")
    (draft,) = [row for row in program.rows("letters") if row["status"] == "draft"]
    assert draft["batch"] == batch
    (done,) = program.rows("remind", "approve", batch)
    assert (done["letter"], done["action"]) == (draft["id"], "approved")
    assert [row["status"] for row in program.rows("letters") if row["id"] == draft["id"]] == ["ready"]
    assert "Fant ingen utkast" in program("remind", "approve", batch, ok=2).stderr

    (missing,) = program.rows("remind", "--missing", "--year", str(YEAR))
    assert (missing["case"], missing["coordinator"], missing["due"]) == (
        case,
        "Siri Brandvoll",
        f"{YEAR}-06-01",
    )
    soon = program.rows("remind", "--list", "forfall", "--on", f"{YEAR}-05-20")
    assert ("T-4", f"{YEAR}-06-01") in [(row["rule"], row["due"]) for row in soon]
    late = program.rows("remind", "--list", "restanse", "--on", f"{YEAR}-06-02")
    assert ("T-4", f"{YEAR}-06-01") in [(row["rule"], row["due"]) for row in late]
    report(program, "dissolution")
    assert program.rows("remind", "--missing", "--year", str(YEAR)) == []
    assert "Årlig rapport" not in program("remind", "--list", "restanse", "--on", f"{YEAR}-06-02").stdout


def test_c_5_a_letter_is_stopped_with_a_reason_and_never_made_again(program: Program) -> None:
    """C.5: letter by letter; what a person stopped stays stopped, and the reason stands in the case."""
    team(program)
    june = ("remind", "--cadence", "yearly", "--on", f"{YEAR}-05-01")
    program(*june)
    (draft,) = [row for row in program.rows("letters") if row["status"] == "draft"]
    letter = str(draft["id"])
    assert program("remind", "stop", letter, "--why", " ", ok=2).stderr.startswith("Si hvorfor")
    (done,) = program.rows("remind", "stop", letter, "--why", "Avtalt på telefon")
    assert (done["action"], done["why"]) == ("stopped", "Avtalt på telefon")
    assert [row["action"] for row in program.rows(*june)] == ["exists"]
    assert [row["status"] for row in program.rows("letters") if row["id"] == letter] == ["withdrawn"]
    assert "ikke lenger et utkast" in program("remind", "stop", letter, "--why", "igjen", ok=2).stderr
    assert not (program.outbox / Path(str(draft["docx"])).name).exists()


def test_r_51_and_r_43_come_weekly_and_only_in_the_weekly_batch(program: Program) -> None:
    """R-51, R-43: consent and deputy are missing; the weekly batch says so, the daily doesn't."""
    team(program)
    weekly = program.rows("remind", "--cadence", "weekly", "--on", f"{YEAR}-02-02", "--dry-run")
    assert {row["rule"] for row in weekly} == {"R-51", "R-43"}
    assert program.rows("remind", "--cadence", "daily", "--on", f"{YEAR}-02-02", "--dry-run") == []
    assert program("remind", "--cadence", "hourly", ok=2).stderr.startswith("Kjenner ikke takten «hourly»")


def test_a_mistake_in_the_rules_is_named_with_file_and_key(program: Program) -> None:
    """Rules are data, checked at start: every mistake with file and key, no traceback."""
    file = program.home / "config" / "reminders.toml"
    file.write_text(
        file.read_text()
        .replace("appointment.reminders_before_days", "appointment.remindres", 1)
        .replace('stop    = "replied"', 'stop    = "svart"', 1)
    )
    said = program("remind", ok=3).stderr
    assert "reminders.toml: rules.T-1.steps.1.before: " in said
    assert "reminders.toml: rules.B.1.stop: " in said


def test_b_2_a_complaint_about_a_closed_case_is_a_task_when_its_day_comes(program: Program) -> None:
    """B.2: the case was closed before the complaint came; the run makes the task once, the lists show it, the decision ends it."""
    case = team(program)
    program("close", case, "--agreed", "--why", "Målene er nådd.")
    program("complaint", case, "--received", time.strftime("%Y-%m-%d"), "--about", "Avslutningen")
    late = ("remind", "--on", f"{YEAR + 1}-01-10")
    (listed,) = program.rows("remind", "--list", "restanse", "--on", f"{YEAR + 1}-01-10")
    assert (listed["rule"], listed["case"]) == ("B.2", case)
    (made,) = program.rows(*late)
    assert (made["rule"], made["action"], made["letter"]) == ("B.2", "created", None)
    assert [row["action"] for row in program.rows(*late)] == ["exists"]

    def waiting() -> list[str]:
        (shown,) = program.rows("case", case)
        return [task["code"] for task in shown["tasks"] if not task["done_on"]]

    assert "reminder-B.2" in waiting()
    program("complaint", case, "--not-upheld", "--why", "Vilkårene er ikke lenger til stede.")
    program("complaint", case, "--forwarded", time.strftime("%Y-%m-%d"))
    program("complaint", case, "--outcome", "upheld")
    assert "reminder-B.2" not in waiting()
    assert program.rows("remind", "--on", f"{YEAR + 1}-01-11") == []


def test_t_28_l_003_8_a_transition_is_told_of_once(program: Program) -> None:
    """T-28, L-003-8: born in 2018, so lower secondary school in 2031: a letter to the coordinator and a task, the autumn before."""
    team(program)
    made = program.rows("remind", "--cadence", "monthly", "--on", "2030-10-15")
    told = {str(row["rule"]): row for row in made if row["rule"] in ("T-28", "L-003-8")}
    assert set(told) == {"T-28", "L-003-8"}
    assert all(row["due"] == "2031-08-15" for row in told.values())
    assert any(row["kind"] == "transition-phase" for row in program.rows("letters"))
    assert told["L-003-8"]["letter"] is None
    assert "overgang" in str(told["L-003-8"])
    again = program.rows("remind", "--cadence", "monthly", "--on", "2030-11-01")
    assert not [row for row in again if row["rule"] in told and row["action"] == "created"]
