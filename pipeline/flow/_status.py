"""``status``: the whole register in one object, at the cost of what is due and not of what is registered."""

from __future__ import annotations

from datetime import date

from pipeline.domain import DocumentStatus, LetterStatus, SubmissionStatus
from pipeline.flow._desk import Desk
from pipeline.flow._hidden import Hidden, seen
from pipeline.flow._seeking import candidates
from pipeline.reminders import next_due, questions
from pipeline.store import Register

Row = dict[str, object]


def status_row(desk: Desk) -> Row:
    """The whole register in one object."""
    with desk.store.reading() as register:
        hidden = desk.hidden(register)
        counts = seen(register, hidden) if hidden.cases else register.counts()
        documents = {status.value: counts.documents.get(status, 0) for status in DocumentStatus}
        oldest = counts.oldest_waiting
        upcoming = _next_reminder(desk, register, hidden)
    return {
        "documents": documents,
        "submissions": {s.value: counts.submissions.get(s, 0) for s in SubmissionStatus},
        "cases": counts.cases,
        "letters": {s.value: counts.letters.get(s, 0) for s in LetterStatus if s is not LetterStatus.ORDERED},
        "put_aside": documents["rejected"] + documents["locked"],
        "oldest_waiting_seconds": max(0, int((desk.now() - oldest).total_seconds()))
        if oldest is not None
        else None,
        "next_reminder": upcoming.isoformat() if upcoming is not None else None,
    }


AHEAD = (1, 7, 31, 366, 20 * 366)
"""How many days ahead the next reminder is looked for, further only while there is none: a big register has one tomorrow."""


def _next_reminder(desk: Desk, register: Register, hidden: Hidden) -> date | None:
    today, known = desk.today(), desk.municipalities
    for days in AHEAD:
        asked = questions(known, today, ahead=days)
        cases = (case for case in candidates(register, asked) if case.id not in hidden.cases)
        found = next_due(cases, known, today)
        if found is not None and (found - today).days <= days:
            return found
    return None
