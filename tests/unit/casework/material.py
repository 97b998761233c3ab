"""Invented people, messages and situations for the tests of casework and reminders."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

from pipeline.casework import Outcome, Situation, appoint, receive
from pipeline.domain import (
    Case,
    Employee,
    FieldReading,
    FieldStatus,
    Measure,
    Member,
    ReadingStatus,
    RoleHolding,
    Staff,
    Submission,
    Task,
    Team,
)
from pipeline.municipalities import Municipalities, load_municipalities

ROOT = Path(__file__).resolve().parents[3]
ALL: Municipalities = load_municipalities(ROOT / "config/municipalities", ROOT / "config/law.toml")
DAY = date(2026, 11, 22)

COORDINATOR = Employee(
    id="e1",
    municipality="orland",
    name="Ingunn Sætre",
    title="ergoterapeut",
    service="Ergoterapi",
    phone="+4772000001",
    email="ingunn.satre@example.no",
)
OTHER = Employee(
    id="e2", municipality="orland", name="Pål Aune", title="fysioterapeut", service="Fysioterapi"
)
LEADER = Employee(
    id="e3",
    municipality="orland",
    name="Berit Moe",
    title="leder",
    service="Ergoterapi",
    roles=(
        RoleHolding(role="manager", service="Ergoterapi"),
        RoleHolding(role="manager", service="Fysioterapi"),
    ),
)
CHIEF = Employee(id="e4", municipality="orland", name="Jon Li", roles=(RoleHolding(role="kommunalsjef"),))
STAFF = Staff(employees=(COORDINATOR, OTHER, LEADER, CHIEF))


def situation(key: str = "orland", on: date = DAY, **changes: object) -> Situation:
    """A quiet Sunday noon in one of the municipalities."""
    made = Situation(
        profile=ALL[key],
        law=ALL.law,
        staff=STAFF,
        now=datetime.combine(on, time(12), UTC),
        actor="test",
        cause="d1",
    )
    return replace(made, **changes)


def form(name: str, values: dict[str, object]) -> Submission:
    """A submission that was read surely."""
    return Submission(
        source="skjema.docx",
        form=name,
        status=ReadingStatus.ACCEPTED,
        fields={key: FieldReading(value=value, status=FieldStatus.ACCEPTED) for key, value in values.items()},
    )


NEED = {
    "requested.coordinator": True,
    "reported_by": "Siv Brekkås",
    "date": "2026-11-20",
    "recipient.name": "Vilde Brekkås",
    "recipient.birth_date": "2016-03-01",
    "recipient.address": "Strandgata 14",
    "recipient.postal_place": "7130 Brekstad",
    "recipient.phone": "+4790000001",
    "next_of_kin.name": "Siv Brekkås",
    "next_of_kin.relation": "Mor",
    "services": ({"service": "Fysioterapi", "contact": "Pål Aune"}, {"service": "PPT", "contact": None}),
    "needs": "Trenger samordning.",
    "consent.signatures": (
        {"place": "Brekstad", "date": "2026-11-20", "name": "Siv Brekkås", "signed": True},
    ),
}
ADULT = NEED | {
    "reported_by": "Eirik Østgård",
    "recipient.name": "Eirik Østgård",
    "recipient.birth_date": "1980-05-04",
    "next_of_kin.name": "Liv Østgård",
    "next_of_kin.relation": "Søster",
    "consent.signatures": ({"place": "", "date": "2026-11-20", "name": "Eirik Østgård", "signed": True},),
}
ORAL = {
    "oral_consent.date": "2026-11-19",
    "oral_consent.service": "Ergoterapi",
    "oral_consent.contact": "ingunn.satre@example.no",
    "oral_consent.signed": True,
    "reported_by": "Ingunn Sætre",
}
UNSIGNED: dict[str, object] = {"consent.signatures": ()}


def need(**changes: object) -> Submission:
    """A mother's notification about her child, signed; fields by id with ``__`` for the dot."""
    return form("need-notification", NEED | dotted(changes))


def adult(**changes: object) -> Submission:
    """An adult's own notification, signed."""
    return form("need-notification", ADULT | dotted(changes))


def dotted(changes: dict[str, object]) -> dict[str, object]:
    """Keyword names as field ids."""
    return {name.replace("__", "."): value for name, value in changes.items()}


def report(kind: str, **changes: object) -> Submission:
    """A team report of one kind with two fixed members and one on call."""
    values: dict[str, object] = {
        "kind.dissolution": kind == "dissolution",
        "kind.change": kind == "change",
        "kind.annual": kind == "annual",
        "recipient.name": "Vilde Brekkås",
        "coordinator.name": "Ingunn Sætre",
        "members": (
            {"name": "Pål Aune", "service": "Fysioterapi", "contact": None},
            {"name": "Mari Lund", "service": "Skole", "contact": "+4772000009"},
        ),
        "on_call_members": ({"name": None, "service": "BUP", "contact": None},),
        "completed_by": "Ingunn Sætre",
    }
    return form("group-report", values | dotted(changes))


def group_consent(*, boxes: str = "establish share register voluntary", **changes: object) -> Submission:
    """A signed consent to a care team with the named boxes ticked."""
    values: dict[str, object] = {
        "subject": "Vilde Brekkås",
        "date": "2026-11-20",
        "place": "Sjøvegan",
        "signed": True,
    }
    values |= {
        f"consents.{box}": box in boxes.split() for box in ("establish", "share", "register", "voluntary")
    }
    return form("group-consent", values | dotted(changes))


def take(
    case: Case | None, submission: Submission, where: Situation | None = None, document: str = "d1"
) -> Outcome:
    """Receive a message."""
    return receive(case, submission, where or situation(), case_id="2026/412", document=document)


def opened(key: str = "orland", submission: Submission | None = None) -> Case:
    """A case just opened by a notification."""
    return take(None, submission or need(), situation(key)).case


def named(case: Case, where: Situation | None = None, **changes: object) -> Outcome:
    """Appoint the usual coordinator from 1 December."""
    chosen: dict[str, object] = {
        "measure": Measure.COORDINATOR,
        "service": "Ergoterapi",
        "name": "Ingunn Sætre",
        "from_date": date(2026, 12, 1),
    }
    return appoint(case, where or situation(), **(chosen | changes))


def with_team(key: str = "orland", **team: object) -> Case:
    """A case with a coordinator and a team of two."""
    case = named(opened(key), situation(key)).case
    members = (
        Member(id="m1", name="Pål Aune", service="Fysioterapi", from_date=date(2026, 1, 1)),
        Member(id="m2", name="Mari Lund", service="Skole", from_date=date(2026, 1, 1)),
    )
    return replace(case, team=Team(members=members, **team))


def kinds(outcome: Outcome) -> list[tuple[str, str]]:
    """The letters ordered: kind and who gets it."""
    return [(order.kind, order.to.role.value) for order in outcome.letters]


def open_tasks(case: Case) -> list[Task]:
    """The tasks not done."""
    return [task for task in case.tasks if task.done_on is None]


def codes(case: Case) -> set[str]:
    """The codes of the tasks not done."""
    return {task.code for task in open_tasks(case)}
