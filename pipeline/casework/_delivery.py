"""Ordering the letters of one decision: to the user or family, and to the team's members."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.casework._holding import withdrawn_for
from pipeline.casework._ledger import Ledger
from pipeline.casework._parties import addressees, employee_told_of, internal, marks
from pipeline.casework._words import letter_noun, same
from pipeline.domain import Fact, Measure, Member, PartyRole


def tell_family(ledger: Ledger, kind: str, key: str, facts: Mapping[str, Fact], measure: Measure) -> bool:
    """A letter each to the user, the family, the youth, a guardian; a task where one can't be made. Says whether anybody gets one."""
    situation = ledger.situation
    found = addressees(ledger.case, situation.law, situation.today, measure)
    for party, mark in zip(found.parties, marks(found.parties), strict=True):
        ledger.order(kind, party, f"{key}:{mark}", facts)
    if found.hindrance:
        ledger.no_letter(kind, found.hindrance)
    if found.ask_guardian:
        ledger.task(
            "guardian-letter",
            f"Saken har verge. Avklar om vergen også skal ha brevet, og hvor det skal sendes: {letter_noun(kind)}.",
            rule="B.17",
        )
    return bool(found.parties)


def tell_members(
    ledger: Ledger, kind: str, members: Sequence[Member], key: str, facts: Mapping[str, Fact]
) -> None:
    """A letter to each member that is an employee; for the others no address is known, so a person tells them."""
    coordinator = ledger.case.coordinator
    outside = silent = 0
    for member in members:
        if withdrawn_for(ledger.case, member):
            silent += 1
            continue
        if coordinator is not None and same(member.name, coordinator.name):
            continue
        employee = employee_told_of(
            ledger.situation.staff, member.name, service=member.service, contact=member.contact
        )
        if employee is None:
            outside += 1
        else:
            ledger.order(kind, internal(PartyRole.MEMBER, employee), f"{key}:{member.id}", facts)
    if outside:
        who = "ett medlem" if outside == 1 else f"{outside} medlemmer"
        ledger.no_letter(kind, f"adressen til {who} mangler, så gi beskjed på annen måte")
    if silent:
        who = "ett medlem" if silent == 1 else f"{silent} medlemmer"
        ledger.no_letter(kind, f"samtykket til å dele opplysninger med {who} er trukket tilbake")
