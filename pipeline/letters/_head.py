"""What stands around every letter: the office, the references, the recipient and those who sign."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from pipeline.domain import Case, Employee, LetterOrder, Party, PartyRole, Staff
from pipeline.letters._spec import LetterSpec
from pipeline.letters._words import Words, capital
from pipeline.municipalities import Profile

_CIVIL = frozenset({PartyRole.USER, PartyRole.FAMILY, PartyRole.GUARDIAN})
_DESCRIBED = frozenset({PartyRole.FAMILY, PartyRole.COMPLAINT_BODY})
"""Recipients that may be named in words («Foreldrene til …»), which have a form in each language."""
_POSTAL = re.compile(r"(?<!\d)\d{4}(?!\d)\s+\S")


def hindrances(order: LetterOrder, case: Case) -> list[str]:
    """Why no letter may be made to this recipient at all; codes of ``_words.toml``, ``gap``."""
    party, found = order.to, []
    if party.role is PartyRole.MANAGER and party.employee is None:
        return ["no_leader"]
    if party.role is PartyRole.COMPLAINT_BODY:
        return [] if party.name.strip() else ["no_complaint_body"]
    outside = party.employee is None
    private = party.role in _CIVIL or (
        party.role is PartyRole.REPORTER and not order.facts.get("by_service", False)
    )
    if case.person.protected and ((outside and private) or order.batch):
        found.append("protected")
    if case.person.deceased_on is not None and party.role in _CIVIL:
        found.append("deceased")
    if not party.name.strip() or (party.role is PartyRole.GUARDIAN and not case.person.name.strip()):
        found.append("no_name")
    lines = _tidy(party.address_lines)
    # One line without a postal code is half an address.
    if outside and not (len(lines) > 1 or any(_POSTAL.search(line) for line in lines)):
        found.append("no_address")
    return found


def addressee(party: Party, profile: Profile) -> Party:
    """The complaint body is named by the profile (B.2). Its letter goes by a secure channel with the case's documents, so no street
    address is asked for; an address the order gives is printed. Any other party is as it was ordered."""
    if party.role is not PartyRole.COMPLAINT_BODY:
        return party
    return replace(party, name=party.name.strip() or profile.office.complaint_body)


def office(profile: Profile, words: Words) -> dict[str, object]:
    """The municipality's own words and ways."""
    home, terms, rules = profile.office, profile.terms, profile.letters
    plain = words.plain
    named = plain["municipality_word"] in home.name.casefold()
    name = home.name if named else plain["municipality"].replace("{name}", home.name)
    phone = f"{plain['phone']} {home.phone}" if home.phone else ""
    line = [name, home.address, home.postal_place, phone, home.email, home.website]
    return {
        "municipality": name,
        "unit": capital(terms.unit),
        "unit_text": terms.unit,
        "office_line": " · ".join(_tidy(tuple(line))),
        "marking": rules.marking,
        "neutral_title": rules.neutral_title,
        "electronic": rules.approval == "electronic",
        "team": terms.team,
        "team_definite": terms.team_definite,
        "Team_definite": capital(terms.team_definite),
        "leader": terms.leader,
        "escalation_leader": terms.escalation_leader or None,
        "partial_withdrawal": profile.consent.partial_withdrawal,
        "expected_period": words.weeks(rules.expected_weeks) if rules.expected_weeks else None,
    }


def references(order: LetterOrder, case: Case, number: int, on: date, words: Words) -> dict[str, object]:
    """Date and references. A case number of the archive's stands alone: its document number is not ours to count."""
    yours = order.facts.get("your_ref")
    return {
        "date": words.day(on),
        "case_ref": case.archive_case or case.id,
        "our_ref": case.archive_case or f"{case.id}-{number}",
        "your_ref": yours.strip() or None if isinstance(yours, str) else None,
    }


def recipient(party: Party, case: Case, spec: LetterSpec) -> dict[str, object]:
    """The address window and how the reader is spoken to. An employee is reached through the service."""
    named = spec.words.form(party.name) if party.role in _DESCRIBED else party.name
    lines = (named, party.service) if party.employee is not None else (named, *party.address_lines)
    made: dict[str, object] = {
        "recipient_lines": _tidy(lines),
        "to_reporter": party.role is PartyRole.REPORTER,
        "to_user": party.role is PartyRole.USER,
        "to_family": party.role is PartyRole.FAMILY,
        "to_guardian": party.role is PartyRole.GUARDIAN,
        **spec.words.pronouns(party.role, case.person.name),
    }
    if spec.names_person:
        made["person_name"] = None if case.person.protected else case.person.name or None
    return made


def case_worker_of(order: LetterOrder, profile: Profile, staff: Staff, on: date) -> Employee | None:
    """The one the case says, else the one who holds the role; None when nobody or more than one does."""
    said = order.facts.get("case_worker")
    if isinstance(said, str) and said:
        return next((one for one in staff.employees if one.id == said), None)
    return staff.holder(profile.letters.case_worker_role, on)


def responsible_of(order: LetterOrder, profile: Profile, staff: Staff, on: date) -> Employee | None:
    """The one the order says (R-22), else the one who holds the profile's role; None when nobody or more than one does."""
    said = order.facts.get("responsible")
    if isinstance(said, str) and said:
        return next((one for one in staff.employees if one.id == said), None)
    return staff.holder(profile.letters.responsible_role, on)


def signers(
    case_worker: Employee, responsible: Employee, profile: Profile, words: Words
) -> dict[str, object]:
    """Who has the case and who answers for it, and where they are reached."""
    phone = case_worker.phone or profile.office.phone
    email = profile.office.email or case_worker.email
    ways = [phone, email]
    return {
        "case_worker": case_worker.name,
        "case_worker_title": words.form(case_worker.title) or None,
        "case_worker_phone": phone or None,
        "responsible": responsible.name,
        "responsible_title": words.form(responsible.title) or None,
        "same_signer": case_worker.id == responsible.id,
        "contact": words.plain["or"].join(way for way in ways if way),
    }


def _tidy(lines: tuple[str, ...]) -> list[str]:
    return [" ".join(line.split()) for line in lines if line.strip()]
