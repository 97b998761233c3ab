"""What goes wrong in real life: notices and complaints, death and moving, letters gone astray, employees with a conflict of interest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from pipeline import casework
from pipeline.casework import UNSIGNED, Outcome, Situation
from pipeline.domain import Case, EventKind, Letter, LetterStatus, MatterKind
from pipeline.errors import UsageError
from pipeline.flow._clock import OSLO
from pipeline.flow._deciding import Say, decided
from pipeline.flow._desk import Desk
from pipeline.flow._keeping import keep, withdraw
from pipeline.flow._lettering import lay_withdrawn, make_letters
from pipeline.store import Register

Row = dict[str, object]


def simply(
    desk: Desk, case_id: str, decide: Callable[[Case, Situation], Outcome], *, cause: str, say: Say
) -> Row:
    """Carry out a decision that needs the case and the situation alone. ``cause`` is the command. Raises as ``decided``."""

    def make(register: Register, case: Case) -> Outcome:
        return decide(case, desk.situation(register, case, case.municipality, cause=cause))

    return decided(desk, case_id, make, say)


def withdraw_notice(desk: Desk, case_id: str, *, why: str, say: Say) -> Row:
    """Take a prior notice back with the letters of it that nobody has signed."""

    def make(register: Register, case: Case) -> Outcome:
        letters = tuple(register.letters(case=case.id))
        situation = desk.situation(register, case, case.municipality, cause="notice")
        outcome = casework.withdraw_notice(case, situation, why=why, letters=letters)
        for letter in letters:
            if letter.order.kind == "prior-notice" and letter.status in UNSIGNED:
                withdraw(desk, register, letter)
        return _fresh_tasks(register, outcome)

    return decided(desk, case_id, make, say)


def decide_reassessment(
    desk: Desk, case_id: str, *, goes_on: bool, why: str, ends_on: date | None, say: Say
) -> Row:
    """Decide a new assessment (F-000-5, F-000-7); going on takes back the prior notice's letters that nobody has signed."""

    def make(register: Register, case: Case) -> Outcome:
        letters = tuple(register.letters(case=case.id))
        situation = desk.situation(register, case, case.municipality, cause="reassess")
        outcome = casework.decide_reassessment(
            case, situation, goes_on=goes_on, why=why, ends_on=ends_on, letters=letters
        )
        for letter in letters:
            if goes_on and letter.order.kind == "prior-notice" and letter.status in UNSIGNED:
                withdraw(desk, register, letter)
        return _fresh_tasks(register, outcome)

    return decided(desk, case_id, make, say)


def complain(desk: Desk, case_id: str, *, received_on: date, about: str, letter: str, say: Say) -> Row:
    """Take a complaint in; ``letter`` is the id of the one complained about, ``""`` when not known."""

    def make(register: Register, case: Case) -> Outcome:
        found = register.letter(letter) if letter else None
        if letter and (found is None or found.order.case != case.id):
            raise UsageError(f"Fant ikke brev {letter} i sak {case.id}. Se brevene med: skjemaflyt letters")
        situation = desk.situation(register, case, case.municipality, cause="complaint")
        return casework.complain(case, situation, received_on=received_on, about=about, letter=found)

    return decided(desk, case_id, make, say)


def leave(desk: Desk, case_id: str, *, how: EventKind, on: date, to: str = "", say: Say) -> Row:
    """The person of a case died or moved: all their cases end at once, and every letter not yet signed is withdrawn."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause=how.value)
        letters = list(register.letters(case=case.id))
        return casework.leave(case, situation, how=how, on=on, to=to, letters=letters)

    return for_all(desk, case_id, decide, say, lambda case: not _has(case, how))


def come_back(desk: Desk, case_id: str, *, how: EventKind, say: Say) -> Row:
    """Undo a wrong report of death or moving in all the person's cases; nothing is made by itself."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause=f"{how.value}-undone")
        return casework.come_back(case, situation, how=how, events=list(register.events(case=case.id)))

    return for_all(desk, case_id, decide, say, lambda case: _has(case, how))


def _has(case: Case, how: EventKind) -> bool:
    person = case.person
    return (person.deceased_on if how is EventKind.PERSON_DIED else person.moved_on) is not None


def letter_came_back(desk: Desk, wanted: str, *, why: str, say: Say) -> Row:
    """A letter that was sent came back or reached another. Raises UsageError for what isn't known."""
    if why not in set(casework.CameBack):
        raise UsageError(f"Si hvorfor med --why: {', '.join(casework.CameBack)}.")
    with desk.store.reading() as register:
        letter = register.letter(wanted)
    if letter is None or letter.status is LetterStatus.ORDERED:
        raise UsageError(f"Fant ikke brev {wanted}. Se listen med: skjemaflyt letters")
    found = letter
    return simply(
        desk,
        found.order.case,
        lambda case, situation: casework.came_back(case, situation, letter=found, why=casework.CameBack(why)),
        cause=found.id,
        say=say,
    )


def settle_deviation(desk: Desk, wanted: str, *, reported_at: datetime | None, why: str, say: Say) -> Row:
    """Say of a deviation, by its case or its letter, when it was reported, or why it need not be."""
    with desk.store.reading() as register:
        letter = register.letter(wanted)
    case_id, about = (letter.order.case, letter.id) if letter is not None else (wanted, "")

    def decide(case: Case, situation: Situation) -> Outcome:
        if reported_at is None:
            return casework.dismiss_deviation(case, situation, letter=about, why=why)
        return casework.report_deviation(case, situation, letter=about, reported_at=reported_at)

    return simply(desk, case_id, decide, cause="deviation", say=say)


def deviation_rows(desk: Desk) -> Iterator[Row]:
    """Every deviation, the open ones first by what is most urgent; instants as local time with their offset."""
    law, now = desk.municipalities.law, desk.now()
    rows: list[tuple[bool, datetime, Row]] = []
    with desk.store.reading() as register:
        hidden = desk.hidden(register)
        found = [
            (case, matter)
            for case, matter in register.matters(MatterKind.DEVIATION)
            if case not in hidden.cases and matter.at is not None
        ]
        known = {case: register.case(case) for case, _ in found}
    for case, matter in found:
        whole = known[case]
        if matter.at is None or whole is None:
            continue
        due = casework.report_due(matter.at, law)
        left = round(casework.hours_left(matter.at, now, law), 1) if matter.open else None
        row: Row = {
            "case": case,
            "letter": matter.about,
            "municipality": whole.municipality,
            "known_at": matter.at.astimezone(OSLO).isoformat(),
            "due_at": due.astimezone(OSLO).isoformat(),
            "hours_left": left,
            "state": "open" if matter.open else matter.outcome,
        }
        rows.append((not matter.open, due.astimezone(UTC), row))
    yield from (row for _, _, row in sorted(rows, key=lambda one: one[:2]))


def keep_out(desk: Desk, case_id: str, *, name: str, why: str, ended: bool, say: Say) -> Row:
    """Keep an employee out of a case, or let them in again. Letters not yet signed that they would sign are made anew for another."""

    def decide(register: Register, case: Case) -> Outcome:
        situation = desk.situation(register, case, case.municipality, cause="conflict")
        everybody = replace(situation, staff=register.staff(case.municipality))
        if ended:
            return casework.end_conflict(case, everybody, name=name)
        letters = list(register.letters(case=case.id))
        outcome = casework.conflict(case, everybody, name=name, why=why, letters=letters)
        employee = everybody.staff.named(name)
        for letter in letters:
            if employee is None or letter.status not in UNSIGNED or not casework.concerns(letter, employee):
                continue
            if letter.order.to.employee == employee.id:
                withdraw(desk, register, letter)
            elif letter.status is not LetterStatus.ORDERED:
                register.update_letter(_again(letter))
        return _fresh_tasks(register, outcome)

    return decided(desk, case_id, decide, say)


def _again(letter: Letter) -> Letter:
    """The letter as when it was ordered, so that it is made anew under the same name."""
    return replace(
        letter,
        status=LetterStatus.ORDERED,
        signer="",
        docx="",
        pdf="",
        docx_sha256="",
        pdf_sha256="",
        template_sha256="",
        data={},
    )


def _fresh_tasks(register: Register, outcome: Outcome) -> Outcome:
    """The outcome with the tasks that withdrawing its letters has closed since it was decided."""
    known = register.case(outcome.case.id)
    done = {task.id: task for task in known.tasks if task.done_on is not None} if known is not None else {}
    tasks = tuple(done.get(task.id, task) for task in outcome.case.tasks)
    return replace(outcome, case=replace(outcome.case, tasks=tasks))


def for_all(
    desk: Desk,
    case_id: str,
    decide: Callable[[Register, Case], Outcome],
    say: Say,
    concerned: Callable[[Case], bool],
) -> Row:
    """Decide the same in every case of one person that is ``concerned``, in one transaction: all are read before any is changed."""
    with desk.store.transaction() as register:
        case = register.case(case_id)
        if case is None:
            raise UsageError(f"Fant ikke sak {case_id}. Se listen med: skjemaflyt cases")
        cases = [case, *(one for one in _about_the_same(register, case)[1:] if concerned(one))]
        for one in cases:
            desk.refuse_kept_out(register, one)
        outcomes = [decide(register, one) for one in cases]
        waiting = [
            letter.id
            for one in cases
            for letter in register.letters(case=one.id)
            if letter.status in UNSIGNED
        ]
        for outcome in outcomes:
            for text in casework.foresee(outcome):
                say(text if len(cases) == 1 else f"Sak {outcome.case.id}: {text}")
            keep(desk, register, outcome)
        fresh = [register.letter(one) for one in waiting]
        withdrawn = [one.id for one in fresh if one is not None and one.status is LetterStatus.WITHDRAWN]
        if withdrawn:
            say(f"Brev som trekkes: {', '.join(withdrawn)}")
    lay_withdrawn(desk)
    make_letters(desk)
    return {
        "case": case_id,
        "cases": [one.id for one in cases],
        "state": outcomes[0].case.phase.value,
        "letters": [],
        "withdrawn": withdrawn,
    }


def _about_the_same(register: Register, case: Case) -> list[Case]:
    """The case and every other case about the same person, those joined to one another included."""
    found = {case.id: case}
    waiting = [case]
    while waiting:
        one = waiting.pop()
        ids = [summary.id for summary in register.cases_of_person(one.person.id)]
        ids += [m.about for m in one.matters_of(MatterKind.MERGER, running=True)]
        for other in ids:
            known = register.case(other) if other not in found else None
            if known is not None:
                found[known.id] = known
                waiting.append(known)
    return list(found.values())
