"""Meetings of the team: called in good time, held or called off (T-2, T-3, L-002-3); and the preparatory one before it (F-003-6)."""

from __future__ import annotations

from datetime import date, timedelta

from pipeline.casework._delivery import tell_family, tell_members
from pipeline.casework._holding import holds
from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._parties import internal
from pipeline.casework._words import written_day
from pipeline.domain import Appointment, Case, Fact, Matter, MatterKind, PartyRole
from pipeline.errors import RefusedError

_PREPARATORY = "preparatory"


def plan_meeting(
    case: Case,
    situation: Situation,
    *,
    on: date,
    clock: str = "",
    place: str = "",
    agenda: tuple[str, ...] = (),
    minutes: int | None = None,
    short_notice: bool = False,
    cleared: bool = False,
) -> Outcome:
    """Call a meeting; family, members and coordinator get the notice. ``minutes`` None: the profile's longest, when it has one.

    Later than the profile's ``agenda_days`` before the meeting only with ``short_notice`` (everybody has agreed). Where
    ``agenda_cleared`` says so, an agenda goes out only when ``cleared`` with the user (L-001-9).
    Raises ``RefusedError`` with the rule that forbids it.
    """
    coordinator = _coordinator(case)
    _check_day(case, situation, on, short_notice=short_notice)
    _check_agenda(situation, agenda, cleared=cleared)
    ledger = Ledger(case, situation)
    rules = situation.profile.meetings
    if minutes is None and rules.duration_minutes:
        minutes = max(rules.duration_minutes)
    matter = ledger.open_matter(
        MatterKind.MEETING,
        on,
        due=on - timedelta(days=rules.agenda_days) if rules.agenda_days is not None else None,
        text=", ".join(part for part in (clock and f"kl. {clock}", place) if part),
        scope=agenda,
    )
    facts: dict[str, Fact] = {
        "meeting_on": on,
        "clock": clock,
        "place": place,
        "agenda": agenda,
        "minutes": minutes,
    }
    tell_family(ledger, "meeting-notice", matter.id, facts, coordinator.measure)
    if case.team is not None and case.team.active:
        tell_members(ledger, "meeting-notice", case.team.present, matter.id, facts)
    staff = situation.staff
    employee = next((known for known in staff.employees if known.id == coordinator.employee), None)
    if employee is None:
        ledger.no_letter("meeting-notice", "koordinatoren står ikke i ansattlisten")
    else:
        party = internal(PartyRole.COORDINATOR, employee)
        ledger.order("meeting-notice", party, f"{matter.id}:coordinator", facts)
        # The seven things a team's minutes hold (F-002-9), ready to fill in, and where to keep them (C-3, C-5 to C-7).
        form: dict[str, Fact] = {
            "meeting_on": on,
            "agenda": agenda,
            "kept": rules.minutes_stored,
            "plan_tool": situation.profile.plan.tool,
        }
        ledger.order("minutes-form", party, f"{matter.id}", form)
    return ledger.outcome()


def plan_preparatory(
    case: Case, situation: Situation, *, on: date, clock: str = "", place: str = ""
) -> Outcome:
    """Note a preparatory meeting, where who may coordinate is discussed; a person calls those whom the consent to it concerns (F-003-6).

    Raises ``RefusedError`` with the rule that forbids it: no consent where the profile asks for one, a closed case or a day gone by.
    """
    if not case.open:
        raise RefusedError("Saken er avsluttet, så det kan ikke innkalles i den", rule="R-45")
    if on < situation.today:
        raise RefusedError("Det kan ikke innkalles til en dag som har vært", rule="F-003-6")
    if any(matter.on == on for matter in _called(case)):
        raise RefusedError("Det er allerede innkalt til møte den dagen", rule="F-003-6")
    if situation.profile.consent.preparatory_required and not holds(case, situation, _PREPARATORY):
        raise RefusedError(
            "Et møte der forslag til koordinator drøftes, trenger samtykke. Registrer det først: skjemaflyt consent SAK --given preparatory",
            rule=situation.profile.sources.get("consent.preparatory_required", "F-003-6"),
        )
    ledger = Ledger(case, situation)
    where = ", ".join(part for part in (clock and f"kl. {clock}", place) if part)
    ledger.open_matter(MatterKind.MEETING, on, text=where, about=_PREPARATORY)
    ledger.task(
        "call-preparatory-meeting",
        f"Innkall til det forberedende møtet {written_day(on)}, bare dem samtykket gjelder.",
        rule="F-003-6",
    )
    return ledger.outcome()


def stop_preparatory(ledger: Ledger, on: date) -> None:
    """The consent to preparatory meetings was withdrawn on a day: those not held are called off (F-003-6, R-54)."""
    for matter in _called(ledger.case):
        if matter.about == _PREPARATORY:
            ledger.change_matter(matter, done_on=on, outcome="called-off")
            ledger.settle("call-preparatory-meeting")
            _tell_called_off(ledger, matter.on)


def _tell_called_off(ledger: Ledger, on: date) -> None:
    ledger.task(
        "tell-meeting-called-off",
        f"Møtet {written_day(on)} er avlyst. Gi beskjed til dem som er innkalt.",
        rule="T-3",
    )


def meeting_held(case: Case, situation: Situation, *, on: date) -> Outcome:
    """Note that a meeting was held; one that was called for that day is closed (T-6 to T-8).

    Raises ``RefusedError`` for a day to come, one already noted, or a case that is closed.
    """
    if not case.open:
        raise RefusedError("Saken er avsluttet", rule="T-8")
    if on > situation.today:
        raise RefusedError("Møtet kan ikke være holdt en dag som ikke er kommet", rule="T-8")
    same_day = [m for m in case.matters_of(MatterKind.MEETING) if m.on == on]
    if any(matter.outcome == "held" for matter in same_day):
        raise RefusedError("Møtet den dagen er allerede registrert som holdt", rule="T-8")
    ledger = Ledger(case, situation)
    called = next((matter for matter in same_day if matter.open), None)
    if called is not None:
        ledger.change_matter(called, done_on=on, outcome="held")
        if called.about == _PREPARATORY:
            ledger.settle("call-preparatory-meeting")
    else:
        ledger.open_matter(MatterKind.MEETING, on, done_on=on, outcome="held")
    return ledger.outcome()


def call_off_meeting(case: Case, situation: Situation, *, on: date) -> Outcome:
    """Call off the meeting of a day; a person tells those who were called. Raises ``RefusedError`` when none was called."""
    called = next((m for m in _called(case) if m.on == on), None)
    if called is None:
        raise RefusedError("Det er ikke innkalt til noe møte den dagen", rule="T-3")
    ledger = Ledger(case, situation)
    ledger.change_matter(called, done_on=situation.today, outcome="called-off")
    if called.about == _PREPARATORY:
        ledger.settle("call-preparatory-meeting")
    _tell_called_off(ledger, on)
    return ledger.outcome()


def _coordinator(case: Case) -> Appointment:
    if not case.open:
        raise RefusedError("Saken er avsluttet, så det kan ikke innkalles i den", rule="R-1")
    if case.coordinator is None:
        raise RefusedError("Saken har ingen koordinator som kan lede møtet. Oppnevn en først", rule="R-1")
    return case.coordinator


def _called(case: Case) -> tuple[Matter, ...]:
    return case.matters_of(MatterKind.MEETING, running=True)


def _check_day(case: Case, situation: Situation, on: date, *, short_notice: bool) -> None:
    profile = situation.profile
    days, rule = profile.meetings.agenda_days, profile.sources.get("meetings.agenda_days", "T-3")
    if on < situation.today:
        raise RefusedError("Det kan ikke innkalles til en dag som har vært", rule=rule)
    if any(matter.on == on for matter in _called(case)):
        raise RefusedError("Det er allerede innkalt til møte den dagen", rule=rule)
    if days is not None and not short_notice and (on - situation.today).days < days:
        raise RefusedError(
            f"Innkallingen skal være ute {days} dager før møtet. Velg en senere dag, eller bruk --short-notice når alle er enige",
            rule=rule,
        )


def _check_agenda(situation: Situation, agenda: tuple[str, ...], *, cleared: bool) -> None:
    profile = situation.profile
    if agenda and profile.meetings.agenda_cleared and not cleared:
        raise RefusedError(
            "Sakene på sakslisten skal klareres med den det gjelder, foresatte eller verge før innkallingen går ut."
            " Bruk --cleared når det er gjort",
            rule=profile.sources.get("meetings.agenda_cleared", "L-001-9"),
        )
