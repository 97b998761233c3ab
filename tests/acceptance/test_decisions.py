"""The unit's decisions through the command line: assessed, refused, a new coordinator, one away, meetings, evaluations."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.cli import main
from tests.acceptance.conftest import SAMPLES, Program, Row

pytestmark = pytest.mark.unprinted

TODAY = date.today()


class Inside(Program):
    """The command line over one home, called in this process: many commands in a short time."""

    def __init__(
        self, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        super().__init__(home)
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(
        self, *arguments: str, ok: int | None = 0, feed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        assert not feed
        self._monkeypatch.setenv("SKJEMAFLYT_HOME", str(self.home))
        self._monkeypatch.setattr(sys, "argv", ["skjemaflyt", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        said = self._capsys.readouterr()
        code = int(ended.value.code or 0)
        assert ok is None or code == ok, (arguments, code, said.err[-2000:])
        assert "Traceback" not in said.err
        return subprocess.CompletedProcess(arguments, code, said.out, said.err)


@pytest.fixture
def inside(program: Program, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Inside:
    """A home of one's own, over which the commands are called in this process."""
    return Inside(program.home, monkeypatch, capsys)


def days(number: int) -> str:
    """A day from today, as the command line takes it."""
    return (TODAY + timedelta(days=number)).isoformat()


def tasks(program: Program, case: str) -> dict[str, str]:
    """The open tasks of a case: code and text."""
    found = program.one("case", case)["tasks"]
    assert isinstance(found, list)
    return {task["code"]: task["text"] for task in found if task["done_on"] is None}


def events(program: Program, case: str) -> set[str]:
    """The kinds of what has happened in a case."""
    found = program.one("case", case)["events"]
    assert isinstance(found, list)
    return {event["kind"] for event in found}


def opened(program: Program, sample: str) -> str:
    """The case that a sample opens."""
    (file,) = SAMPLES.glob(f"{sample}*")
    program("ingest", str(file))
    (case,) = program.rows("cases")
    return str(case["id"])


def test_c_4_a_notification_is_assessed_and_refused_with_reasons(inside: Inside) -> None:
    """C.4, F-003-4, L-000-7: the checklist that came with the notification speaks; a person refuses; the letter is foreseen."""
    case = opened(inside, "09")
    asked = inside.one("case", case)["requested"]
    assert isinstance(asked, list)
    done = inside.one("assess", case)
    assert done["state"] == "assessment"
    suggestions = done["suggestions"]
    assert isinstance(suggestions, list)
    assert [one["measure"] for one in suggestions] == [
        "coordination",
        "coordinator",
        "child_coordinator",
        "individual_plan",
    ]
    assert any(ground["ticks"] for one in suggestions for ground in one["for"])
    assert all(ground["rule"] for one in suggestions for ground in (*one["for"], *one["against"]))
    shown = inside("assess", case)
    assert "Barnekoordinator" in shown.stdout
    assert "A4.2" in shown.stdout

    assert inside("refuse", case, "--measure", asked[0], "--why", " ", ok=1).stderr.count("begrunnes") == 1
    assert "Kjenner ikke" in inside("refuse", case, "--measure", "plan", "--why", "Nei.", ok=2).stderr
    for measure in asked:
        if inside.one("case", case)["state"] == "refused":
            break
        said = inside("refuse", case, "--measure", measure, "--why", "Behovet dekkes av én tjeneste.")
        assert "Avslag: til familien" in said.stderr
    assert {"case-assessed", "case-refused"} <= events(inside, case)
    assert "allerede" in inside("assess", case, ok=1).stderr or inside.one("case", case)["state"] == "refused"


def test_r_42_a_coordinator_is_appointed_goes_away_and_is_followed_by_another(inside: Inside) -> None:
    """R-24, R-43, T-26, R-42, R-44: each says what follows, and keeps the case whole."""
    case = opened(inside, "01")
    appointed: Row = inside.one(
        "appoint", case, "--measure", "child_coordinator", "--service", "Fysioterapi",
        "--name", "Siri Brandvoll", "--from", days(-30),
    )  # fmt: skip
    assert appointed["state"] == "active"
    assert {"team-decision-missing", "deputy-missing"} <= set(tasks(inside, case))
    inside("assess", case, "--decided-by-team", days(-31))
    inside("deputy", case, "--name", "Ragnhild Øyen", "--contact", "40 00 00 23")
    assert not {"team-decision-missing", "deputy-missing"} & set(tasks(inside, case))

    said = inside("absence", case, "--from", days(1), "--until", days(14), "--long")
    assert "tar over mens koordinatoren er borte: til familien" in said.stderr
    assert "new-coordinator-needed" in tasks(inside, case)
    assert "allerede meldt borte" in inside("absence", case, "--from", days(2), ok=1).stderr
    assert "--ended" in inside("absence", case, ok=2).stderr

    said = inside(
        "change", case, "--name", "Biret Šuoŋa Vatn", "--service", "Ergoterapi", "--from", days(3),
        "--decided-by-team", days(0),
    )  # fmt: skip
    assert "Brev til den forrige koordinatoren: til koordinatoren" in said.stderr
    whole = inside.one("case", case)
    assert isinstance(whole["coordinator"], dict)
    assert whole["coordinator"]["name"] == "Biret Šuoŋa Vatn"
    assert "handover" in tasks(inside, case)
    assert "new-coordinator-needed" not in tasks(inside, case)
    inside("change", case, "--handed-over", days(0))
    assert "handover" not in tasks(inside, case)
    assert "--from" in inside("change", case, "--name", "Siri Brandvoll", ok=2).stderr


def test_t_3_meetings_and_evaluations_are_registered(inside: Inside) -> None:
    """T-3, T-13: called in time, held once, evaluated; what isn't there can't end."""
    case = opened(inside, "01")
    assert "ingen koordinator" in inside("meeting", case, "--planned", days(20), ok=1).stderr
    inside(
        "appoint", case, "--measure", "child_coordinator", "--service", "Fysioterapi", "--name", "Siri Brandvoll",
        "--from", days(-30), "--decided-by-team", days(-31),
    )  # fmt: skip
    assert "14 dager før møtet" in inside("meeting", case, "--planned", days(13), ok=1).stderr
    said = inside(
        "meeting", case, "--planned", days(14), "--clock", "12.00", "--place", "Rådhuset", "--agenda", "Mål", "--agenda", "Skole",
    )  # fmt: skip
    assert "Møteinnkalling: til familien" in said.stderr
    assert "Møteinnkalling: til koordinatoren" in said.stderr
    inside("meeting", case, "--called-off", days(14))
    assert "tell-meeting-called-off" in tasks(inside, case)
    inside("meeting", case, "--held", days(0))
    assert "én av disse" in inside("meeting", case, ok=2).stderr
    assert "ikke er kommet" in inside("evaluated", case, "--on", days(1), ok=1).stderr
    assert "ingen individuell plan" in inside("evaluated", case, "--ends-plan", ok=1).stderr
    inside("evaluated", case)
    assert {"matter-opened", "matter-closed"} <= events(inside, case)
