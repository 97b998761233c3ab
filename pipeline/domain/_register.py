"""The register's nouns: people, cases, care teams, consents and appointments.

A ``Case`` is the whole a decision needs; casework gives a new one back (``dataclasses.replace``), the store saves it.
Children of a case (appointments, members …) carry ids that are unique within the case (``a1``, ``m3``) and are never reused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pipeline.domain._matters import Matter, MatterKind
from pipeline.domain._standing import lapse


class Measure(StrEnum):
    """What a need notification asks for and the unit grants (the ids of ``requested.*``)."""

    INDIVIDUAL_PLAN = "individual_plan"
    COORDINATOR = "coordinator"
    CARE_GROUP = "care_group"
    CHILD_COORDINATOR = "child_coordinator"


class Phase(StrEnum):
    """Where a case stands (``domain/product.md`` C.4)."""

    RECEIVED = "received"
    ASSESSMENT = "assessment"
    REFUSED = "refused"
    GRANTED = "granted"
    AWAITING_DESIGNATION = "awaiting-designation"
    ACTIVE = "active"
    CLOSING_NOTICED = "closing-noticed"
    CLOSED = "closed"
    TERMINATED = "terminated"
    MERGED = "merged"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """The one a case is about. A birth number is never required; an unborn child has a due date instead.

    ``address`` is street and number, ``postal_place`` is ``7130 Brekstad``. ``protected``: the address may never be shown.
    ``moved_on``: when they left the municipality.
    ``family``: the family holds the right (child coordinator), and ``name`` is the child's or the family's.
    """

    id: str
    name: str
    birth_date: date | None = None
    due_date: date | None = None
    national_id: str | None = None
    address: str = ""
    postal_place: str = ""
    phone: str = ""
    email: str = ""
    protected: bool = False
    deceased_on: date | None = None
    moved_on: date | None = None
    family: bool = False


class ContactRole(StrEnum):
    """What a contact is to the person."""

    NEXT_OF_KIN = "next_of_kin"
    GUARDIAN = "guardian"
    GP = "gp"
    REPORTER = "reporter"


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """Somebody about the person. ``relation`` in the form's own words (mor, far); ``office`` for a GP or a service."""

    id: str
    role: ContactRole
    name: str
    relation: str = ""
    phone: str = ""
    email: str = ""
    office: str = ""
    address: str = ""
    postal_place: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Appointment:
    """One coordinator over a period, with deputy. ``to_date`` None: still in force. ``name`` empty: not yet designated."""

    id: str
    measure: Measure
    service: str
    name: str = ""
    employee: str | None = None
    from_date: date | None = None
    to_date: date | None = None
    deputy_name: str = ""
    deputy_contact: str = ""
    contact: str = ""
    requested_on: date | None = None
    reply_due: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """A member of the care team over a period. ``contact`` is a phone or e-mail, normalised."""

    id: str
    name: str
    service: str = ""
    contact: str = ""
    on_call: bool = False
    from_date: date | None = None
    to_date: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Team:
    """A care team (ansvarsgruppe, oppfølgingsteam)."""

    established_on: date | None = None
    dissolved_on: date | None = None
    members: tuple[Member, ...] = ()

    @property
    def active(self) -> bool:
        """Whether the team has not been dissolved."""
        return self.dissolved_on is None

    @property
    def present(self) -> tuple[Member, ...]:
        """The members that have not left."""
        return tuple(m for m in self.members if m.to_date is None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Consent:
    """One consent. ``kind``: ``establish``, ``share``, ``register``, ``voluntary``, ``process``, ``oral``, ``plan`` or ``preparatory``.

    ``scope`` lists what it covers as prefixed texts (``person:Ida Holm (BUP)``, ``service:PPT``, ``information:health``, and
    ``without:`` before what was withdrawn or kept back), empty when the form doesn't say. ``granted`` False: the box was left empty, or it
    is a withdrawal. ``capacity``: ``self``, ``parent``, ``guardian`` or ``service`` (that heard it), ``""`` when the form doesn't say.
    ``document`` is the document id.
    """

    id: str
    kind: str
    granted: bool
    given_on: date | None = None
    signer: str = ""
    capacity: str = ""
    signed: bool = False
    scope: tuple[str, ...] = ()
    withdrawn_on: date | None = None
    document: str = ""

    @property
    def valid(self) -> bool:
        """Whether it was given, signed (by the one who consents, or by the service that heard it) and not withdrawn."""
        return self.granted and self.signed and self.withdrawn_on is None


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What is known of the individual plan; None where nobody has said. ``as_of``: when it was reported."""

    exists: bool | None = None
    active: bool | None = None
    informed: bool | None = None
    needed: bool | None = None
    not_today: bool = False
    notes: str = ""
    as_of: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AnnualReport:
    """A yearly report that was registered: it answers ``year`` (rule T-4)."""

    id: str
    year: int
    received_on: date
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """Something a person must do: a stable ``code``, one Norwegian sentence, when it came up and when it was done."""

    id: str
    code: str
    text: str
    created_on: date
    done_on: date | None = None
    rule: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One person's (or family's) case in one municipality.

    ``id`` is also the reference in letters: ``2026/412``. ``municipality`` is the profile's key. ``archive_case`` is the number
    in the archive system when known; letters then carry that one. ``merged_into``: the case that goes on in this one's place.
    """

    id: str
    municipality: str
    person: Person
    phase: Phase = Phase.RECEIVED
    opened_on: date
    closed_on: date | None = None
    requested: tuple[Measure, ...] = ()
    requested_other: str = ""
    granted: tuple[Measure, ...] = ()
    notified_on: date | None = None
    need: str = ""
    services: tuple[str, ...] = ()
    proposed_coordinator: str = ""
    contacts: tuple[Contact, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    team: Team | None = None
    consents: tuple[Consent, ...] = ()
    plan: Plan | None = None
    annual_reports: tuple[AnnualReport, ...] = ()
    tasks: tuple[Task, ...] = ()
    matters: tuple[Matter, ...] = ()
    merged_into: str = ""
    archive_case: str = ""
    language: str = "nb"

    @property
    def open(self) -> bool:
        """Whether the case is still worked on."""
        return self.phase not in (Phase.REFUSED, Phase.CLOSED, Phase.TERMINATED, Phase.MERGED)

    def consent(self, kind: str) -> Consent | None:
        """The newest consent of a kind, valid or not; None when none was ever registered."""
        return next((consent for consent in reversed(self.consents) if consent.kind == kind), None)

    def consented(self, kind: str) -> bool:
        """Whether the newest consent of a kind is valid. A box left empty on a newer form counts (nothing is assumed)."""
        newest = self.consent(kind)
        return newest is not None and newest.valid

    def lapses_on(self, consent: Consent, *, own_consent: int, majority: int) -> date | None:
        """The first day on which one of the case's consents no longer counts for age (T-18, T-20), None when it never does.

        ``own_consent`` and ``majority``: ages in years. An undated consent is reckoned from the day the case was opened.
        """
        given, born = consent.given_on or self.opened_on, self.person.birth_date
        return lapse(born, given, consent.capacity, own_consent=own_consent, majority=majority)

    def holds(self, kind: str, on: date, *, own_consent: int, majority: int) -> bool:
        """Whether the newest consent of a kind is valid and holds on a day, the person's age considered (T-18)."""
        newest = self.consent(kind)
        if newest is None or not newest.valid:
            return False
        ends = self.lapses_on(newest, own_consent=own_consent, majority=majority)
        return ends is None or on < ends

    def matters_of(self, kind: MatterKind, *, running: bool | None = None) -> tuple[Matter, ...]:
        """The matters of a kind, oldest first; ``running``: only those that are open, or only those that are not."""
        return tuple(m for m in self.matters if m.kind is kind and running in (None, m.open))

    @property
    def coordinator(self) -> Appointment | None:
        """The appointment in force with a named coordinator, None when there is none (rule R-8: at most one)."""
        for appointment in reversed(self.appointments):
            if appointment.to_date is None and appointment.name:
                return appointment
        return None

    @property
    def awaiting(self) -> Appointment | None:
        """The appointment whose service has not yet named a person (rule T-1)."""
        for appointment in reversed(self.appointments):
            if appointment.to_date is None and not appointment.name:
                return appointment
        return None
