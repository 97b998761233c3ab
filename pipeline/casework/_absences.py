"""A coordinator away, and who answers meanwhile: short by a deputy, long by a new coordinator (R-40 to R-43, T-26)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.casework._delivery import tell_family
from pipeline.casework._handing_over import ABSENCE_TASKS
from pipeline.casework._ledger import Ledger
from pipeline.casework._outcome import Outcome, Situation
from pipeline.casework._tidings import reach
from pipeline.casework._words import same
from pipeline.domain import Appointment, Case, EventKind, Fact, Matter, MatterKind
from pipeline.errors import RefusedError

_DEPUTY_MISSING = "deputy-missing"


def absent(
    case: Case,
    situation: Situation,
    *,
    from_date: date,
    until: date | None = None,
    deputy_name: str = "",
    deputy_contact: str = "",
    long: bool = False,
) -> Outcome:
    """The coordinator is away from a day, until another (None: nobody knows). ``long``: a person says that it is a long one (T-26).

    Without ``deputy_name`` the registered deputy answers. Raises ``RefusedError`` with the rule that forbids it.
    """
    coordinator = _coordinator(case, "R-40")
    if case.matters_of(MatterKind.ABSENCE, running=True):
        raise RefusedError("Koordinatoren er allerede meldt borte. Avslutt det fraværet først", rule="T-26")
    if until is not None and until < from_date:
        raise RefusedError("Fraværet kan ikke slutte før det begynner", rule="T-26")
    if coordinator.from_date is not None and from_date < coordinator.from_date:
        raise RefusedError("Fraværet kan ikke begynne før koordinatoren selv begynte", rule="T-26")
    _not_the_coordinator(coordinator, deputy_name)
    ledger = Ledger(case, situation)
    rules = situation.profile.absence
    days = (until - from_date).days + 1 if until is not None else None
    is_long = long or (days is not None and rules.long_days is not None and days >= rules.long_days)
    name = deputy_name or coordinator.deputy_name
    contact = deputy_contact or (coordinator.deputy_contact if same(name, coordinator.deputy_name) else "")
    matter = ledger.open_matter(
        MatterKind.ABSENCE,
        from_date,
        until=until,
        about=coordinator.id,
        who=name,
        text=contact,
        employee=coordinator.employee,
        scope=("long",) if is_long else ("short",),
    )
    if is_long:
        _ask_for_new(ledger)
    elif until is None:
        ledger.task(
            "absence-length",
            "Det står ikke når koordinatoren er tilbake. Avgjør om fraværet er så langt at en ny skal oppnevnes.",
            rule="T-26",
        )
    if name:
        _deputise(ledger, coordinator, matter, name, contact)
    else:
        _ask_who(ledger)
    return ledger.outcome()


def absence_ended(case: Case, situation: Situation, on: date) -> Outcome:
    """The coordinator is back; ``on`` is the last day away. Raises ``RefusedError`` when nobody is away, or for an impossible day."""
    running = case.matters_of(MatterKind.ABSENCE, running=True)
    if not running:
        raise RefusedError("Det er ikke meldt at koordinatoren er borte", rule="T-26")
    if on < running[-1].on:
        raise RefusedError("Fraværet kan ikke slutte før det begynner", rule="T-26")
    if on > situation.today:
        raise RefusedError("Fraværet kan ikke være slutt en dag som ikke er kommet", rule="T-26")
    ledger = Ledger(case, situation)
    for matter in running:
        ledger.change_matter(matter, done_on=on, until=on, outcome="returned")
    ledger.settle(*ABSENCE_TASKS)
    return ledger.outcome()


def register_deputy(case: Case, situation: Situation, *, name: str, contact: str = "") -> Outcome:
    """Write who answers when the coordinator is away (R-43). Raises ``RefusedError`` without a coordinator, or for the coordinator's own name."""
    coordinator = _coordinator(case, "R-43")
    if not name.strip():
        raise RefusedError("Si hvem som skal svare når koordinatoren er borte", rule="R-43")
    _not_the_coordinator(coordinator, name)
    ledger = Ledger(case, situation)
    known = coordinator.deputy_contact if same(name, coordinator.deputy_name) else ""
    new = replace(coordinator, deputy_name=name, deputy_contact=contact or known)
    if new != coordinator:
        appointments = tuple(new if a.id == new.id else a for a in case.appointments)
        ledger.change(replace(ledger.case, appointments=appointments))
        ledger.note(EventKind.TEAM_CHANGED, appointment=new.id, fields=("deputy",), rule="R-43")
    ledger.settle(_DEPUTY_MISSING)
    return ledger.outcome()


def ask_for_deputy(ledger: Ledger, appointment: Appointment) -> None:
    """A coordinator without a deputy is a task where the municipality wants one registered (R-43)."""
    profile = ledger.situation.profile
    if appointment.deputy_name:
        ledger.settle(_DEPUTY_MISSING)
    elif profile.absence.deputy_missing_warned:
        ledger.task(
            _DEPUTY_MISSING,
            f"Koordinatoren har ingen registrert {profile.terms.deputy}. Avklar hvem det er, og registrer det: skjemaflyt deputy SAK.",
            rule=profile.sources.get("absence.deputy_missing_warned", "R-43"),
        )


def _coordinator(case: Case, rule: str) -> Appointment:
    if not case.open:
        raise RefusedError("Saken er avsluttet", rule=rule)
    if case.coordinator is None:
        raise RefusedError("Saken har ingen koordinator", rule=rule)
    return case.coordinator


def _not_the_coordinator(coordinator: Appointment, name: str) -> None:
    if name and same(name, coordinator.name):
        raise RefusedError("Koordinatoren kan ikke svare for seg selv", rule="R-43")


def _ask_for_new(ledger: Ledger) -> None:
    profile = ledger.situation.profile
    surely = profile.absence.long == "new_coordinator"
    ledger.task(
        "new-coordinator-needed",
        "Koordinatoren blir lenge borte. "
        + ("Det skal oppnevnes en ny" if surely else "Avgjør om det skal oppnevnes en ny")
        + ", og vurderes om en annen tjeneste passer bedre: skjemaflyt change SAK.",
        rule=profile.sources.get("absence.long", "R-42"),
    )


def _ask_who(ledger: Ledger) -> None:
    profile = ledger.situation.profile
    asks = {
        "delegate_in_team": f"Koordinatoren skal la en annen i {profile.terms.team_definite} ta over.",
        "manager_finds_deputy": f"Be {profile.terms.leader} finne en {profile.terms.deputy}.",
        "": "Avklar hvem det er.",
    }
    ledger.task(
        "absence-deputy",
        f"Koordinatoren er borte, og det står ikke hvem som tar over. {asks[profile.absence.short]}",
        rule=profile.sources.get("absence.short", "R-43"),
    )


def _deputise(ledger: Ledger, coordinator: Appointment, matter: Matter, name: str, contact: str) -> None:
    """Tell the family who answers meanwhile; where another of the team is to do it, see that it is one."""
    profile, staff = ledger.situation.profile, ledger.situation.staff
    team = ledger.case.team
    present = team.present if team is not None and team.active else ()
    if profile.absence.short == "delegate_in_team" and not any(same(name, m.name) for m in present):
        ledger.task(
            "absence-deputy-outside",
            f"Den som tar over, står ikke i {profile.terms.team_definite}. Se om det er rett person.",
            rule=profile.sources.get("absence.short", "R-41"),
        )
    phone, email = reach(contact)
    employee = staff.named(name)
    facts: dict[str, Fact] = {
        "measure": coordinator.measure.value,
        "coordinator_name": coordinator.name,
        "deputy_name": name,
        "deputy_phone": phone or (employee.phone if employee else ""),
        "deputy_email": email or (employee.email if employee else ""),
        "from_date": matter.on,
        "until": matter.until,
    }
    tell_family(ledger, "deputy-user", matter.id, facts, coordinator.measure)
