"""The stage: one municipality's unit, a clock that is moved by hand, and a transcript of everything that followed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from docx import Document

from pipeline import flow
from pipeline.casework import Outcome, Situation, notice
from pipeline.domain import Case
from pipeline.errors import RefusedError
from pipeline.flow import Desk

REPO = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).parent / "golden"
OSLO = ZoneInfo("Europe/Oslo")
STAFF = (REPO / "templates" / "staff-example.csv").read_text(encoding="utf-8")
Row = dict[str, Any]


class Stage:
    """Plays a case's years. Every act is written down with the letters, tasks and state that followed."""

    def __init__(self, desk: Desk, municipality: str, *, staff: str = STAFF) -> None:
        """Set the stage in one municipality on 2 January 2026."""
        self._today = date(2026, 1, 2)
        self.desk = replace(desk, default_municipality=municipality, now=self._now)
        self.municipality = municipality
        self.transcript: list[str] = []
        self._letters: dict[str, str] = {}
        self._tasks: set[tuple[str, str]] = set()
        self._state: dict[str, str] = {}
        file = self.desk.home / f"ansatte-{municipality}.csv"
        file.write_text(staff, encoding="utf-8")
        flow.import_staff(self.desk, file, municipality="")

    def _now(self) -> datetime:
        return datetime.combine(self._today, time(9, 0), OSLO)

    def on(self, day: str) -> Stage:
        """Move the clock to a day, running the reminders of each day that something may fall due on the way."""
        new = date.fromisoformat(day)
        assert new >= self._today, "the clock only goes forward"
        self._today = new
        return self

    def act(self, what: str, move: Callable[[], object]) -> Any:
        """Do something and write down what followed. A refusal is an answer too."""
        self.transcript.append(f"\n== {self._today:%d.%m.%Y} · {what}")
        try:
            result = move()
        except RefusedError as refused:
            self.transcript.append(f"   avvist ({refused.rule}): {refused.text}")
            result = None
        self._look()
        return result

    def say(self, text: str) -> None:
        """What the command tells the clerk before it is done."""
        self.transcript.append(f"   › {text}")

    def give_notice(self, case: str, why: str) -> object:
        """Give prior notice of an end against the wish."""

        def decide(known: Case, situation: Situation) -> Outcome:
            return notice(known, situation, why=why)

        return self.decide(case, decide)

    def decide(self, case: str, decide: Callable[[Case, Situation], Outcome]) -> object:
        """Carry out a decision of casework's in a case."""
        return flow.simply(self.desk, case, decide, cause="scene", say=self.say)

    def message(self, what: str, form: str, fields: Row, *, link: str = "") -> str | None:
        """A message by telephone with a form's fields; its case, linked by a person when it finds none itself."""

        def move() -> str | None:
            row = flow.add_message(
                self.desk, form=form, fields=fields, municipality=self.municipality, channel="telefon"
            )
            (taken,) = row["forms"]  # type: ignore[misc]
            if taken["case"] is None and link:
                (item,) = [i for i in flow.review_rows(self.desk) if i["document"] == row["id"]]
                flow.link_to(self.desk, str(item["submission"]), link)
                return link
            return taken["case"]

        found: str | None = self.act(what, move)
        return found

    def remind(self, day: str) -> None:
        """Run the reminders of a day."""
        self.on(day)

        def move() -> None:
            for row in flow.remind(self.desk, on=self._today, dry_run=False):
                if row["action"] != "exists":
                    self.transcript.append(
                        f"   {row['rule']} {row['action']}: {row['letter']} til {row['to']}"
                    )

        self.act("purrekjøring", move)

    def _look(self) -> None:
        for row in flow.letter_rows(self.desk):
            known = self._letters.get(str(row["id"]))
            if known is None and row["docx"]:
                self.transcript.append(f"   brev {row['kind']} til {row['to']} [{row['status']}]")
                self.transcript += [f"   | {line}" for line in lines_of(self.desk.home / str(row["docx"]))]
            elif known is not None and known != row["status"]:
                self.transcript.append(f"   brev {row['kind']} til {row['to']}: {known} → {row['status']}")
            if row["docx"] or known is not None:
                self._letters[str(row["id"])] = str(row["status"])
        for case in flow.case_rows(self.desk):
            whole = flow.case_row(self.desk, str(case["id"]))
            assert whole is not None
            if self._state.get(whole["id"]) != whole["state"]:
                self.transcript.append(f"   sak {whole['id']}: {whole['state']}")
                self._state[whole["id"]] = whole["state"]
            for task in whole["tasks"]:
                key = (f"{whole['id']}{task['id']}", str(task["done_on"] is not None))
                if key not in self._tasks:
                    self._tasks.add(key)
                    word = "gjort" if task["done_on"] else "oppgave"
                    self.transcript.append(f"   {word} {task['code']}: {task['text']}")


def lines_of(path: Path) -> list[str]:
    """The lines of a letter that a reader sees, without its head."""
    document = Document(str(path))
    lines = [re.sub(r"\s+", " ", p.text).strip() for p in document.paragraphs]
    return [line for line in lines if line]
