"""Things to put into a register: invented people only."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipeline.domain import (
    AnnualReport,
    Appointment,
    Arrival,
    Box,
    Case,
    Consent,
    Contact,
    ContactRole,
    Doubt,
    Event,
    EventKind,
    FieldReading,
    FieldStatus,
    LetterOrder,
    Measure,
    Member,
    Party,
    PartyRole,
    Person,
    Plan,
    Problem,
    ReadingStatus,
    Submission,
    Task,
    Team,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TOWN = "fjelldal"


def arrival(token: str, *, content: str = "", folder: str = "", source: str = "melding.docx") -> Arrival:
    """A claimed file; different tokens have different bytes unless ``content`` says otherwise."""
    return Arrival(
        token=token,
        source=source,
        path=Path("waiting") / token,
        sha256=hashlib.sha256((content or token).encode()).hexdigest(),
        size=7,
        received_at=NOW,
        folder=folder,
    )


def person(identity: str = "P1", **more: Any) -> Person:
    """Somebody."""
    known = {"name": "Tuva Myrland", "birth_date": date(2014, 11, 3), "phone": "+4790000001", **more}
    return Person(id=identity, **known)


def case(identity: str = "2026/1", **more: Any) -> Case:
    """A case with nothing but a person."""
    known: dict[str, Any] = {
        "municipality": TOWN,
        "person": person(),
        "opened_on": date(2026, 3, 2),
        **more,
    }
    return Case(id=identity, **known)


def full_case(identity: str = "2026/1") -> Case:
    """A case with everything in it."""
    return case(
        identity,
        requested=(Measure.COORDINATOR, Measure.CARE_GROUP),
        requested_other="Støttekontakt",
        granted=(Measure.COORDINATOR,),
        notified_on=date(2026, 2, 27),
        need="Trenger én å forholde seg til & mindre møter <snart>",
        services=("PPT", "Helsestasjon"),
        contacts=(
            Contact(id="k1", role=ContactRole.NEXT_OF_KIN, name="Ragna Myrland", relation="mor"),
            Contact(id="k2", role=ContactRole.GP, name="Dr. Åsheim", office="Legesenteret"),
        ),
        appointments=(
            Appointment(
                id="a1",
                measure=Measure.COORDINATOR,
                service="PPT",
                name="Ylva Sand",
                from_date=date(2026, 3, 1),
                to_date=date(2026, 3, 2),
            ),
            Appointment(id="a2", measure=Measure.COORDINATOR, service="PPT", reply_due=date(2026, 3, 16)),
        ),
        team=Team(
            established_on=date(2026, 3, 1), members=(Member(id="m1", name="Ylva Sand", on_call=True),)
        ),
        consents=(Consent(id="c1", kind="share", granted=True, scope=("fastlege", "skole"), document="D1"),),
        plan=Plan(exists=False, needed=True, as_of=date(2026, 3, 1)),
        annual_reports=(AnnualReport(id="r1", year=2025, received_on=date(2025, 5, 30), document="D1"),),
        tasks=(
            Task(id="t1", code="address", text="Finn adressen.", created_on=date(2026, 3, 1)),
            Task(id="t2", code="x", text="Ferdig.", created_on=date(2026, 3, 1), done_on=date(2026, 3, 2)),
        ),
        archive_case="24/1077",
        language="nn",
    )


def event(case_id: str, kind: EventKind = EventKind.CASE_OPENED, **more: Any) -> Event:
    """Something that happened."""
    known: dict[str, Any] = {"at": NOW, "actor": "test", "cause": "D1", **more}
    return Event(case=case_id, kind=kind, **known)


def field(value: Any, **more: Any) -> FieldReading:
    """A surely read field."""
    return FieldReading(value=value, raw=str(value), status=FieldStatus.ACCEPTED, **more)


def doubtful(value: Any) -> FieldReading:
    """A field that a person must look at."""
    return FieldReading(
        value=value,
        raw=str(value),
        confidence=0.4,
        status=FieldStatus.REVIEW,
        page=2,
        box=Box(10.5, 20, 30, 40.25),
        doubt=Doubt(code="low-confidence", text="Utydelig."),
        found_by="label",
    )


def submission(form: str | None = "need-notification", **more: Any) -> Submission:
    """A surely read form, unless ``fields`` or ``status`` say otherwise."""
    known: dict[str, Any] = {
        "source": "melding.docx",
        "status": ReadingStatus.ACCEPTED,
        "fields": {"recipient.name": field("Tuva Myrland"), "requested.coordinator": field(True)},
        "problems": (Problem(rule="R-60", fields=("consent.signatures",), text="Underskrift mangler."),),
        "pages": (1, 2),
        **more,
    }
    return Submission(form=form, **known)


def doubtful_submission() -> Submission:
    """A form with one doubtful field and one doubt about the whole."""
    return submission(
        status=ReadingStatus.REVIEW,
        fields={"recipient.name": doubtful("Tuva Myrlond"), "date": field("2026-03-01")},
        doubts=(
            ("recipient.name", Doubt(code="low-confidence", text="Utydelig.")),
            ("document", Doubt(code="version", text="Ny utgave av skjemaet.")),
        ),
    )


def order(case_id: str, key: str = "k", **more: Any) -> LetterOrder:
    """A letter to order."""
    known: dict[str, Any] = {
        "kind": "acknowledgement",
        "to": Party(role=PartyRole.USER, name="Tuva Myrland", address_lines=("Bakken 1", "0001 Fjelldal")),
        "facts": {
            "received_on": date(2026, 3, 1),
            "measures": ("coordinator",),
            "by_service": True,
            "year": 2026,
            "phone": None,
        },
        **more,
    }
    return LetterOrder(key=key, case=case_id, **known)
