"""Death, moving and birth: what ends, who must be told by a person, and how a wrong report is undone (C.4, C.5, R-1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from pipeline.casework._closing import end_measures
from pipeline.casework._details import add_contact
from pipeline.casework._ending import CASE_CLOSED, ending
from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._parties import NO_NAME, unnamed
from pipeline.casework._words import listed, same
from pipeline.domain import Case, Contact, ContactRole, Event, EventKind, Letter, LetterStatus, Person, Phase
from pipeline.errors import RefusedError

UNSIGNED = frozenset({LetterStatus.ORDERED, LetterStatus.DRAFT, LetterStatus.READY})
"""The letters that can still be stopped without anybody noticing."""
EXPECTED = timedelta(days=366)
"""No child is born longer than this before it was expected."""
_GONE = {EventKind.PERSON_DIED: "er registrert som død", EventKind.PERSON_MOVED: "er registrert som flyttet"}
_FIELD = {EventKind.PERSON_DIED: "deceased_on", EventKind.PERSON_MOVED: "moved_on"}


def leave(
    case: Case,
    situation: Situation,
    *,
    how: EventKind,
    on: date,
    to: str = "",
    letters: Sequence[Letter] = (),
) -> Outcome:
    """The person died or moved (``how``) on a day: the measures end, and a person tells coordinator and team. No letter is ordered.

    ``letters`` are the case's: those already signed can't be withdrawn and become a task. ``to`` is the municipality moved to. The event
    keeps how the case stood before, so that ``come_back`` can undo it. Raises ``RefusedError`` for a day to come (R-45).
    """
    if on > situation.today:
        raise RefusedError("Dagen kan ikke være frem i tid. Registrer det når det har skjedd", rule="R-45")
    if getattr(case.person, _FIELD[how]) is not None:
        raise RefusedError(f"Personen {_GONE[how]} fra før. Er det feil, angre med --undo", rule="R-45")
    ledger = Ledger(case, situation)
    ledger.change(replace(case, person=_with_day(case.person, how, on)))
    ledger.note(how, on=on, to=to, before=_before(case))
    if case.open:
        _tell(ledger, how, to)
        end_measures(ledger, phase=Phase.TERMINATED, why=how.value, ends_on=on)
    _too_late(ledger, how, letters)
    return ledger.outcome()


def come_back(case: Case, situation: Situation, *, how: EventKind, events: Sequence[Event]) -> Outcome:
    """Undo a wrong report of death or moving: the case stands as before, and nothing is made by itself.

    ``events`` are the case's own, oldest first. Raises ``RefusedError`` when nothing was reported (R-45).
    """
    if getattr(case.person, _FIELD[how]) is None:
        raise RefusedError(f"Personen {_GONE[how].replace('er ', 'er ikke ', 1)}", rule="R-45")
    told = next((event for event in reversed(events) if event.kind is how), None)
    ledger = Ledger(case, situation)
    ledger.change(replace(case, person=_with_day(case.person, how, None)))
    ledger.note(EventKind.PERSON_UPDATED, fields=(_FIELD[how],), undone=how.value)
    before = told.data.get("before") if told is not None else None
    if told is not None and isinstance(before, Mapping) and before["open"] and not case.open:
        _restore(ledger, before, ended=date.fromisoformat(str(told.data["on"])))
    ledger.settle("tell-of-leaving", "letters-already-signed")
    ledger.task(
        "leaving-undone",
        "En melding om død eller flytting er angret. Brevene som ble trukket, lages ikke av seg selv: se hvilke som skal lages på nytt, og gi"
        " beskjed til dem som hadde fått vite det.",
        rule="R-45",
    )
    return ledger.outcome()


def born(case: Case, situation: Situation, *, on: date | None = None, name: str = "") -> Outcome:
    """The child that was expected is born: the due date gives way to the birth date; the family's case goes on (C.7).

    ``name`` may come later, with another call: until then letters go to the family as before. Raises ``RefusedError`` when the case is
    about somebody already born, without a day, or for one to come or long before the child was expected (T-21).
    """
    person, known_as = case.person, " ".join(name.split())
    if unnamed(case):
        return _name_child(case, situation, on=on, name=known_as)
    if person.birth_date is not None or (person.due_date is None and not person.family):
        raise RefusedError("Saken gjelder ikke et barn som er ventet", rule="T-21")
    if on is None:
        raise RefusedError("Si når barnet ble født, med --on", rule="T-21")
    if on > situation.today:
        raise RefusedError("Fødselsdagen kan ikke være frem i tid", rule="T-21")
    if on < (person.due_date or case.opened_on) - EXPECTED:
        raise RefusedError(
            "Barnet kan ikke være født så lenge før det var ventet. Se om året er riktig", rule="T-21"
        )
    ledger = Ledger(case, situation)
    ledger.change(replace(case, person=replace(person, birth_date=on, due_date=None)))
    ledger.note(EventKind.PERSON_UPDATED, fields=("birth_date", "due_date"))
    if known_as:
        _put_name(ledger, known_as)
    else:
        ledger.task(
            NO_NAME,
            "Barnet er født, men navnet er ikke oppgitt. Navnet i saken kan være en av foreldrenes. Skriv barnets navn når det er kjent, med:"
            " skjemaflyt born SAK --name NAVN",
            rule="B.17",
        )
    return ledger.outcome()


def _name_child(case: Case, situation: Situation, *, on: date | None, name: str) -> Outcome:
    born_on = case.person.birth_date
    if on not in (None, born_on):
        raise RefusedError(
            f"Barnet er alt registrert som født {born_on:%d.%m.%Y}. Skriv bare navnet, med --name",
            rule="T-21",
        )
    if not name:
        raise RefusedError("Barnet er alt registrert som født. Skriv navnet, med --name", rule="T-21")
    ledger = Ledger(case, situation)
    _put_name(ledger, name)
    ledger.settle(NO_NAME)
    return ledger.outcome()


def _put_name(ledger: Ledger, name: str) -> None:
    """Put the child's name in the place of what stood there; that may be a parent's, who then stays in the case as next of kin."""
    case = ledger.case
    former = case.person.name
    ledger.change(replace(case, person=replace(case.person, name=name)))
    ledger.note(EventKind.PERSON_UPDATED, fields=("name",))
    kin = (one.name for one in case.contacts if one.role is ContactRole.NEXT_OF_KIN)
    if not former.strip() or any(same(one, former) for one in (name, *kin)):
        return
    add_contact(ledger, Contact(id="", role=ContactRole.NEXT_OF_KIN, name=former), "pårørende", several=True)
    ledger.task(
        "former-name",
        "Navnet som sto i saken før barnet fikk navn, er lagt inn som pårørende. Se om det stemmer.",
        rule="B.17",
    )


def _with_day(person: Person, how: EventKind, day: date | None) -> Person:
    return replace(person, deceased_on=day) if how is EventKind.PERSON_DIED else replace(person, moved_on=day)


def _before(case: Case) -> dict[str, Any]:
    team, plan = case.team, case.plan
    return {
        "open": case.open,
        "phase": case.phase.value,
        "appointments": [one.id for one in case.appointments if one.to_date is None],
        "team": team is not None and team.active,
        "members": [one.id for one in team.present] if team is not None else [],
        "plan_active": plan.active if plan is not None else None,
        "plan_as_of": plan.as_of.isoformat() if plan is not None and plan.as_of is not None else None,
        "consents": [one.id for one in case.consents if one.valid],
        "matters": {one.id: one.outcome for one in ending(case)},
    }


def _restore(ledger: Ledger, before: Mapping[str, Any], *, ended: date) -> None:
    case = ledger.case
    team, plan = case.team, case.plan
    if team is not None and before["team"]:
        members = tuple(replace(m, to_date=None) if m.id in before["members"] else m for m in team.members)
        team = replace(team, dissolved_on=None, members=members)
    if plan is not None and plan.as_of == ended:
        as_of = before["plan_as_of"]
        plan = replace(plan, active=before["plan_active"], as_of=date.fromisoformat(as_of) if as_of else None)
    ledger.change(
        replace(
            case,
            phase=Phase(before["phase"]),
            closed_on=None,
            appointments=tuple(
                replace(a, to_date=None) if a.id in before["appointments"] else a for a in case.appointments
            ),
            team=team,
            plan=plan,
            consents=tuple(
                replace(c, withdrawn_on=None) if c.id in before["consents"] and c.withdrawn_on == ended else c
                for c in case.consents
            ),
        )
    )
    outcomes = before.get("matters", {})
    for matter in ledger.case.matters:
        if matter.id in outcomes and matter.outcome == CASE_CLOSED:
            ledger.change_matter(matter, done_on=None, outcome=outcomes[matter.id])
    ledger.note(EventKind.CASE_REOPENED, phase=before["phase"], rule="R-45")


def _tell(ledger: Ledger, how: EventKind, to: str) -> None:
    case = ledger.case
    told = []
    if case.coordinator is not None:
        told.append("koordinatoren")
    elif case.awaiting is not None:
        told.append("tjenesten som skulle peke ut koordinator")
    if case.team is not None and case.team.active:
        told.append("deltakerne i teamet")
    if told:
        ledger.task(
            "tell-of-leaving",
            f"Personen {_GONE[how]}. Gi beskjed selv til: {listed(told)}. Det lages ikke brev om det.",
            rule="R-45",
        )
    if to:
        ledger.task(
            "moved-to",
            f"Personen er flyttet til {to}. Avklar med den det gjelder om noe skal overføres dit.",
            rule="R-45",
        )


def _too_late(ledger: Ledger, how: EventKind, letters: Sequence[Letter]) -> None:
    signed = [one.id for one in letters if one.status is LetterStatus.SIGNED]
    sent = [one.id for one in letters if one.status is LetterStatus.SENT]
    parts = [f"underskrevet: {listed(signed)}"] if signed else []
    parts += [f"sendt: {listed(sent)}"] if sent else []
    if parts:
        ledger.task(
            "letters-already-signed",
            f"Personen {_GONE[how]}, men disse brevene er ikke trukket, for de er alt {' og '.join(parts)}. Stopp det som kan stoppes.",
            rule="R-45",
        )
