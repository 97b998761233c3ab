"""Where one decision is written up while it is being made. It never leaves the room: ``outcome`` gives frozen values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._silence import silence
from pipeline.casework._words import LETTER_RULES, letter_noun
from pipeline.domain import Case, Event, EventKind, Fact, LetterOrder, Matter, MatterKind, Party, Task


def next_id(prefix: str, taken: Iterable[str]) -> str:
    """An id that no child of that kind has had: ``m4`` after ``m3``. Children are ended, never removed."""
    numbers = (int(known[len(prefix) :]) for known in taken if known[len(prefix) :].isdecimal())
    return f"{prefix}{max(numbers, default=0) + 1}"


class Ledger:
    """A case with what happened to it and the letters that follow."""

    def __init__(self, case: Case, situation: Situation) -> None:
        """Open the ledger at the case as it is."""
        self.case = case
        self.situation = situation
        self._events: list[Event] = []
        self._letters: list[LetterOrder] = []

    def change(self, case: Case) -> None:
        """Go on with a changed case. Tasks change by ``task`` and ``settle`` alone: a stale copy would lose them in silence."""
        if case.tasks != self.case.tasks:
            raise ValueError("the changed case is a stale copy")
        self.case = case

    def adopt(self, outcome: Outcome) -> None:
        """Go on from what another decision in the same case came to, its events and letters included."""
        self.case = outcome.case
        self._events += outcome.events
        self._letters += outcome.letters

    def note(self, kind: EventKind, /, **data: object) -> None:
        """Write down an event. Dates become ISO text, so that the data is JSON."""
        self._events.append(
            Event(
                case=self.case.id,
                kind=kind,
                at=self.situation.now,
                actor=self.situation.actor,
                cause=self.situation.cause,
                data={key: _json(value) for key, value in data.items()},
            )
        )

    def task(self, code: str, text: str, *, rule: str = "") -> None:
        """Ask a person to do something; once only while the same thing is open."""
        if any(t.code == code and t.text == text and t.done_on is None for t in self.case.tasks):
            return
        task = Task(
            id=next_id("t", (t.id for t in self.case.tasks)),
            code=code,
            text=text,
            created_on=self.situation.today,
            rule=rule,
        )
        self.case = replace(self.case, tasks=(*self.case.tasks, task))
        self.note(EventKind.TASK_CREATED, task=task.id, code=code, rule=rule)

    def settle(self, *codes: str) -> None:
        """Mark tasks as done that the message has answered."""
        for task in self.case.tasks:
            if task.code in codes and task.done_on is None:
                self.finish(task)

    def finish(self, task: Task) -> None:
        """Mark one of the case's open tasks as done."""
        done = replace(task, done_on=self.situation.today)
        self.case = replace(self.case, tasks=tuple(done if t.id == task.id else t for t in self.case.tasks))
        self.note(EventKind.TASK_DONE, task=task.id, code=task.code)

    def open_matter(self, kind: MatterKind, on: date, /, **facts: Any) -> Matter:
        """Open a matter; ``facts`` are the other attributes of a ``Matter``. One that is ``done_on`` at once is closed at once."""
        matter = Matter(id=next_id("x", (m.id for m in self.case.matters)), kind=kind, on=on, **facts)
        self.case = replace(self.case, matters=(*self.case.matters, matter))
        opened = EventKind.MATTER_OPENED if matter.open else EventKind.MATTER_CLOSED
        self.note(opened, matter=matter.id, about_kind=kind.value, on=on, outcome=matter.outcome)
        return matter

    def change_matter(self, matter: Matter, /, **facts: Any) -> Matter:
        """Change a matter of this case; with ``done_on`` it is closed."""
        new = replace(matter, **facts)
        self.case = replace(self.case, matters=tuple(new if m.id == new.id else m for m in self.case.matters))
        kind = EventKind.MATTER_CLOSED if matter.open and not new.open else EventKind.MATTER_CHANGED
        # Free text stays in the matter: an event's data is shown in more places than the case.
        told = {name: value for name, value in facts.items() if name not in ("text", "who")}
        self.note(kind, matter=new.id, about_kind=new.kind.value, **told)
        return new

    def order(self, kind: str, to: Party, key: str, facts: Mapping[str, Fact]) -> None:
        """Order a letter; ``key`` makes it once only. Facts that nobody knows are left out.

        Nobody gets one about somebody dead or moved away: a person sees to it instead (C.5).
        """
        if hindrance := silence(self.case.person):
            self.no_letter(kind, hindrance)
            return
        known = {name: fact for name, fact in facts.items() if fact not in (None, "", ())}
        self._letters.append(
            LetterOrder(
                key=f"{kind}:{key}",
                kind=kind,
                case=self.case.id,
                to=to,
                rule=LETTER_RULES[kind],
                facts=known,
            )
        )

    def no_letter(self, kind: str, reason: str) -> None:
        """Say that a letter was not made and why: a person must see to it."""
        noun = letter_noun(kind)
        self.task("letter-not-made", f"{noun} er ikke laget: {reason}.", rule=LETTER_RULES[kind])

    def outcome(self) -> Outcome:
        """What it came to."""
        return Outcome(case=self.case, events=tuple(self._events), letters=tuple(self._letters))


def _json(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_json(item) for item in value]
    return value
