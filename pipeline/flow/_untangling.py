"""What landed in the wrong place: a form's traces taken back, two cases joined or parted."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline import casework
from pipeline.casework import UNSIGNED
from pipeline.domain import Case, Event, EventKind, Letter, LetterStatus
from pipeline.errors import UsageError
from pipeline.flow._deciding import Say
from pipeline.flow._desk import Desk
from pipeline.flow._keeping import keep, withdraw
from pipeline.flow._lettering import lay_withdrawn, make_letters
from pipeline.store import Register, SubmissionRecord


def take_back_form(desk: Desk, register: Register, saved: SubmissionRecord) -> None:
    """Take out of a case what a form brought: consents, requests, members, reports, and the letters nobody has signed.

    The form has left the case already; ``saved`` is how it stood before.
    """
    case = register.case(saved.case) if saved.case else None
    if case is None:
        return
    happened = _happened(list(register.events(case=case.id)), saved)
    letters = _followed(list(register.letters(case=case.id)), happened)
    signed = [one.id for one in letters if one.status in (LetterStatus.SIGNED, LetterStatus.SENT)]
    outcome = casework.take_back(
        case,
        desk.situation(register, case, case.municipality, cause=saved.document),
        form=saved.submission,
        document=saved.document,
        happened=happened,
        others=[one.submission for one in register.submissions(case=case.id)],
        signed=signed,
    )
    keep(desk, register, outcome)
    for letter in letters:
        if letter.status in UNSIGNED:
            withdraw(desk, register, letter)


def _happened(events: Sequence[Event], saved: SubmissionRecord) -> list[Event]:
    """What was written down when the form was linked: all that its document caused just before, the link itself last."""
    found: list[Event] = []
    run: list[Event] = []
    for event in events:
        if event.cause != saved.document:
            continue
        if event.kind is EventKind.DOCUMENT_UNLINKED:
            run = []
            continue
        run.append(event)
        if event.kind is EventKind.DOCUMENT_LINKED:
            if event.data.get("submission") == saved.id:
                found = run
            run = []
    return found


def _followed(letters: Sequence[Letter], happened: Sequence[Event]) -> list[Letter]:
    """The letters ordered in the same step as the form was linked."""
    if not happened:
        return []
    first, last = happened[0].at, happened[-1].at
    return [one for one in letters if first <= one.ordered_at <= last]


def merge_cases(desk: Desk, kept: str, gone: str, *, same_person: bool, say: Say) -> dict[str, object]:
    """Join case ``gone`` to ``kept``. Raises UsageError for an unknown case, RefusedError for what a rule forbids."""
    with desk.store.transaction() as register:
        into, out = _case(desk, register, kept), _case(desk, register, gone)
        situation = desk.situation(register, into, into.municipality, cause="merge")
        for outcome in casework.merge(into, out, situation, same_person=same_person):
            _say(outcome, say)
            keep(desk, register, outcome)
    _after(desk)
    return {"case": kept, "merged": gone, "state": into.phase.value, "letters": []}


def split_cases(desk: Desk, kept: str, gone: str, *, say: Say) -> dict[str, object]:
    """Part two cases that were joined. Raises as ``merge_cases``."""
    with desk.store.transaction() as register:
        into, out = _case(desk, register, kept), _case(desk, register, gone)
        situation = desk.situation(register, into, into.municipality, cause="split")
        for outcome in casework.split(into, out, situation):
            _say(outcome, say)
            keep(desk, register, outcome)
    _after(desk)
    return {"case": kept, "split": gone, "state": into.phase.value, "letters": []}


def _say(outcome: casework.Outcome, say: Say) -> None:
    for text in casework.foresee(outcome):
        say(text)


def _case(desk: Desk, register: Register, wanted: str) -> Case:
    case = register.case(wanted)
    if case is None:
        raise UsageError(f"Fant ikke sak {wanted}. Se listen med: skjemaflyt cases")
    desk.refuse_kept_out(register, case)
    return case


def _after(desk: Desk) -> None:
    lay_withdrawn(desk)
    make_letters(desk)
