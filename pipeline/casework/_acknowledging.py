"""The acknowledgement of a need notification: who gets it, and where."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.casework._delivery import tell_family
from pipeline.casework._ledger import Ledger
from pipeline.casework._parties import addressees, internal, is_minor
from pipeline.casework._words import same
from pipeline.domain import Employee, Fact, Measure, Party, PartyRole


@dataclass(frozen=True, kw_only=True, slots=True)
class Reporter:
    """Who sent the message: an employee or another service, the person's own voice, or somebody else."""

    name: str
    employee: Employee | None
    by_service: bool
    own_voice: bool


def acknowledge(
    ledger: Ledger,
    reporter: Reporter,
    asked: tuple[Measure, ...],
    *,
    document: str,
    consented: bool,
) -> None:
    """The letter to the one who reported; also to the user or family who consented, when somebody else reported."""
    facts: dict[str, Fact] = {
        "received_on": ledger.situation.arrived,
        "measures": tuple(measure.value for measure in asked),
        "by_service": reporter.by_service,
        "reporter_name": reporter.name,
    }
    to_reporter = _reporter_party(ledger, reporter)
    if isinstance(to_reporter, Party):
        own = facts | {"reporter_name": ""} if to_reporter.role is PartyRole.USER else facts
        ledger.order("acknowledgement", to_reporter, f"{document}:{to_reporter.role.value}", own)
    elif to_reporter:
        ledger.no_letter("acknowledgement", to_reporter)
    if not consented or (reporter.own_voice and not _guardian_of_adult(ledger, reporter)):
        return
    measure = Measure.CHILD_COORDINATOR if Measure.CHILD_COORDINATOR in asked else Measure.COORDINATOR
    # Who reported is told only where a service did: a private person's name is theirs to give.
    told = facts if reporter.by_service else facts | {"reporter_name": ""}
    tell_family(ledger, "acknowledgement", document, told, measure)


def _guardian_of_adult(ledger: Ledger, reporter: Reporter) -> bool:
    """Whether an adult's guardian reported: then the adult is told as well."""
    person, situation = ledger.case.person, ledger.situation
    grown = not is_minor(person, situation.law, situation.today)
    return reporter.own_voice and grown and not same(reporter.name, person.name)


def _reporter_party(ledger: Ledger, reporter: Reporter) -> Party | str:
    """Where the reporter gets the letter, or why not."""
    if not reporter.name:
        return "den som meldte, har ikke oppgitt navn"
    if reporter.employee is not None:
        return internal(PartyRole.REPORTER, reporter.employee)
    for known in ledger.case.contacts:
        if same(known.name, reporter.name) and known.address and known.postal_place:
            lines = (known.address, known.postal_place)
            return Party(role=PartyRole.REPORTER, name=known.name, address_lines=lines)
    if reporter.own_voice:
        return _own_voice_party(ledger, reporter)
    return "adressen til den som meldte, mangler"


def _own_voice_party(ledger: Ledger, reporter: Reporter) -> Party | str:
    """The person at their own address; a parent of a child as the family, at the child's address."""
    case, situation = ledger.case, ledger.situation
    person = case.person
    themself = same(reporter.name, person.name) and (person.birth_date is not None or person.due_date is None)
    if themself and not is_minor(person, situation.law, situation.today):
        if person.protected:
            return "adressen er sperret, så brevet må sendes av en person"
        lines = (person.address, person.postal_place) if person.address and person.postal_place else ()
        return Party(role=PartyRole.USER, name=person.name, address_lines=lines)
    found = addressees(case, situation.law, situation.today, Measure.CHILD_COORDINATOR)
    wanted = PartyRole.USER if themself else PartyRole.FAMILY
    party = next((party for party in found.parties if party.role is wanted), None)
    if party is not None:
        return party
    if found.parties and _guardian_of_adult(ledger, reporter):
        return "adressen til vergen mangler"
    if found.parties:
        return "et barn har meldt selv, så avklar hvem som skal ha brevet"
    return found.hindrance
