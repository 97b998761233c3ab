"""Who answers for an appointment, by the person's age and the measure (R-22), and whose wish it was (R-25)."""

from __future__ import annotations

from pipeline.casework._ledger import Ledger
from pipeline.casework._parties import age_on
from pipeline.casework._words import folded
from pipeline.domain import Appointment, Fact, Measure
from pipeline.municipalities import AgeSplit

RESPONSIBLE = "responsible"
"""The fact by which a letter names the employee who answers for it, in place of the profile's own role."""


def decider(ledger: Ledger, measure: Measure) -> dict[str, Fact]:
    """The fact of who answers for the letters of a measure; empty where the municipality has no split, or nobody is known (a task)."""
    rules = ledger.situation.profile
    splits = tuple(s for s in rules.appointment.by_age if not s.measures or measure.value in s.measures)
    if not splits:
        return {}
    source = rules.sources.get("appointment.by_age", "R-22")
    role = _role(ledger, splits)
    if not role:
        ledger.task(
            "decider-unknown",
            "Hvem som oppnevner, følger alderen, og fødselsdatoen mangler. Avklar hvem som skal stå for oppnevningen.",
            rule=source,
        )
        return {}
    if role == rules.letters.responsible_role:
        return {}
    holder = ledger.situation.staff.holder(role, ledger.situation.today)
    if holder is None:
        ledger.task(
            "decider-missing",
            f"Ansattlisten har ikke én som har rollen {role}, og som skal stå for oppnevningen. Rett listen, og se over hvem som"
            " står som ansvarlig i brevene.",
            rule=source,
        )
        return {}
    return {RESPONSIBLE: holder.id}


def ask_about_wish(ledger: Ledger, appointment: Appointment, reasons: str) -> None:
    """Another coordinator than the one that was wished for, and no reasons: the wish counts, so a person says why (R-25)."""
    profile, wished = ledger.situation.profile, ledger.case.proposed_coordinator
    followed = not wished or folded(appointment.name) in folded(wished)
    if followed or reasons or not profile.appointment.user_wish_weight:
        return
    ledger.task(
        "wish-not-followed",
        "Den det gjelder har foreslått en annen koordinator. Snakk med dem om valget, og skriv ned hvorfor ønsket ikke ble fulgt.",
        rule=profile.sources.get("appointment.user_wish_weight", "R-25"),
    )


def _role(ledger: Ledger, splits: tuple[AgeSplit, ...]) -> str:
    person, today = ledger.case.person, ledger.situation.today
    if person.birth_date is not None:
        age = age_on(person.birth_date, today)
    elif person.due_date is not None:
        age = 0
    else:
        roles = {split.role for split in splits}
        return roles.pop() if len(roles) == 1 else ""
    fits = (s.role for s in splits if s.from_age <= age and (s.to_age is None or age <= s.to_age))
    return next(fits, "")
