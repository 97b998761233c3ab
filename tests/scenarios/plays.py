"""One child's and one adult's years in each municipality, as its unit would live them. People and services are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from pipeline import flow
from pipeline.municipalities import AppointmentModel
from tests.scenarios.stage import Row, Stage

CHILD = "Jonas Holte"
ADULT = "Geir Moen"
MANAGERS = (AppointmentModel.MANAGER_DESIGNATES, AppointmentModel.SERVICE_LEADER)
BOXES: Row = {f"consents.{box}": "ja" for box in ("establish", "share", "register", "voluntary")}
MEMBERS = [
    {"name": "Ragnhild Øyen", "service": "PPT", "contact": "40 00 00 23"},
    {"name": "Frida Lie", "service": "Skolen", "contact": "40 00 07 77"},
]


def child(stage: Stage) -> None:
    """A boy of fifteen with a child coordinator: need, team, absence, reports, sixteen, eighteen, an agreed end."""
    case = _need_of_the_child(stage)
    stage.on("2026-01-12").act("enheten vurderer", lambda: flow.assess(stage.desk, case, say=stage.say))
    _appointed(stage, case, "2026-01-20", measure="child_coordinator", name=CHILD, born="14.03.2010")
    _team(stage, case, CHILD, "14.03.2010")
    for day in ("2026-05-01", "2026-05-15", "2026-06-01", "2026-06-15"):
        stage.remind(day)
    stage.on("2026-06-20")
    _report(stage, "annual", CHILD, "14.03.2010", case)
    stage.on("2026-08-17").act(
        "koordinatoren blir borte",
        lambda: flow.absent(
            stage.desk,
            case,
            from_date=date(2026, 8, 20),
            until=date(2026, 9, 10),
            deputy_name="Biret Šuoŋa Vatn",
            deputy_contact="40 00 00 24",
            say=stage.say,
        ),
    )
    stage.on("2026-09-11").act(
        "koordinatoren er tilbake",
        lambda: flow.back(stage.desk, case, on=date(2026, 9, 11), say=stage.say),
    )
    stage.on("2026-10-01")
    _report(stage, "change", CHILD, "14.03.2010", case, members=[*MEMBERS, _new_member()])
    for day in ("2027-06-15", "2027-09-14", "2028-02-14", "2028-03-14"):
        stage.remind(day)
    _end(stage, case, agreed=True, day="2028-04-03", why="Retten til barnekoordinator varer til fylte 18 år.")


def adult(stage: Stage) -> None:
    """A man of fifty-five: need, coordinator, a new one, evaluation, notice of the end against his wish, the end."""
    case = stage.message("melding om behov fra den voksne", "need-notification", _need_of_the_adult())
    assert case is not None
    stage.on("2026-01-12").act("enheten vurderer", lambda: flow.assess(stage.desk, case, say=stage.say))
    _appointed(stage, case, "2026-01-20", measure="coordinator", name=ADULT, born="02.05.1970")
    _team(stage, case, ADULT, "02.05.1970")
    stage.on("2026-09-01").act(
        "ny koordinator",
        lambda: flow.change(
            stage.desk,
            case,
            service="Ergoterapi",
            name="Biret Šuoŋa Vatn",
            from_date=date(2026, 9, 15),
            say=stage.say,
        ),
    )
    stage.on("2026-10-05").act(
        "møte planlagt",
        lambda: flow.plan_meeting(
            stage.desk,
            case,
            on=date(2026, 10, 26),
            clock="10.00",
            place="Møterom 2",
            agenda=("Målene i planen", "Hvem gjør hva"),
            cleared=True,
            say=stage.say,
        ),
    )
    stage.on("2026-10-26").act(
        "møtet er holdt", lambda: flow.meeting_held(stage.desk, case, on=date(2026, 10, 26), say=stage.say)
    )
    stage.on("2026-10-27").act(
        "evaluert", lambda: flow.evaluate(stage.desk, case, on=date(2026, 10, 26), say=stage.say)
    )
    for day in ("2027-05-01", "2027-06-15", "2027-11-01"):
        stage.remind(day)
    _end(
        stage,
        case,
        agreed=False,
        day="2027-12-01",
        why="Du får nå bare én tjeneste, og den er ikke avhengig av andre.",
    )


def _need_of_the_child(stage: Stage) -> str:
    fields: Row = {
        "requested.child_coordinator": "ja",
        "requested.care_group": "ja",
        "reported_by": "Mari Holte",
        "date": "02.01.2026",
        "recipient.name": CHILD,
        "recipient.birth_date": "14.03.2010",
        "recipient.address": "Bakkeveien 7",
        "recipient.postal_place": "7130 Brekstad",
        "recipient.phone": "40 00 01 00",
        "next_of_kin.name": "Mari Holte",
        "next_of_kin.relation": "Mor",
        "services": [{"service": "Fysioterapi", "contact": "Siri Brandvoll"}],
        "needs": "Trenger at tjenestene ses i sammenheng.",
        "consent.signatures": [{"date": "02.01.2026", "name": "Mari Holte", "signed": True}],
    }
    case = stage.message("melding om behov fra mor", "need-notification", fields)
    assert case is not None
    return case


def _need_of_the_adult() -> Row:
    return {
        "requested.coordinator": "ja",
        "requested.care_group": "ja",
        "reported_by": ADULT,
        "date": "02.01.2026",
        "recipient.name": ADULT,
        "recipient.birth_date": "02.05.1970",
        "recipient.address": "Havnegata 3",
        "recipient.postal_place": "7130 Brekstad",
        "recipient.phone": "40 00 02 00",
        "needs": "Flere tjenester må samordnes.",
        "consent.signatures": [{"date": "02.01.2026", "name": ADULT, "signed": True}],
    }


def _appointed(stage: Stage, case: str, day: str, *, measure: str, name: str, born: str) -> None:
    """As the municipality does it: the unit names somebody, or asks a service whose leader answers."""
    rules = stage.desk.municipalities[stage.municipality].appointment
    chosen: dict[str, Any] = {
        "measure": measure,
        "service": "Fysioterapi",
        "name": "" if rules.model in MANAGERS else "Siri Brandvoll",
        "from_date": date.fromisoformat(day),
        "reasons": "Flere tjenester må samordnes over lang tid.",
        "say": stage.say,
    }
    if rules.model is AppointmentModel.TEAM_DECIDES:
        chosen["decided_by_team"] = date.fromisoformat(day)
    stage.on(day).act("enheten oppnevner", lambda: flow.appoint(stage.desk, case, **chosen))
    if rules.model not in MANAGERS:
        return
    for later in ("2026-01-30", "2026-02-04"):
        stage.remind(later)
    stage.on("2026-02-05").message(
        "lederen svarer",
        "coordinator-designation",
        {
            "recipient.name": name,
            "recipient.birth_date": born,
            "case.number": case,
            "department": "Fysioterapi",
            "designation.done": "ja",
            "coordinator.name": "Siri Brandvoll",
            "coordinator.service": "Fysioterapi",
            "coordinator.contact": "40 00 00 21",
            "from_date": "10.02.2026",
            "completed_by": "Torgeir Aasland",
            "date": "05.02.2026",
            "signed": True,
        },
        link=case,
    )


def _team(stage: Stage, case: str, name: str, born: str) -> None:
    stage.on("2026-02-16").message(
        "samtykke til team",
        "group-consent",
        {"subject": name, "place": "Brekstad", "date": "14.02.2026", "signed": True, **BOXES},
        link=case,
    )
    _report(stage, "change", name, born, case)


def _report(stage: Stage, kind: str, name: str, born: str, case: str, *, members: object = MEMBERS) -> None:
    stage.message(
        f"rapport ansvarsgruppe: {kind}",
        "group-report",
        {
            f"kind.{kind}": "ja",
            "recipient.name": name,
            "recipient.birth_date": born,
            "coordinator.name": "Siri Brandvoll",
            "coordinator.service": "Fysioterapi",
            "deputy.name": "Biret Šuoŋa Vatn",
            "deputy.contact": "40 00 00 24",
            "members": members,
            "plan.exists": "ja",
            "plan.active": "ja",
            "completed_by": "Siri Brandvoll",
        },
        link=case,
    )


def _new_member() -> Row:
    return {"name": "Nils Aronsen", "service": "BUP", "contact": "40 00 08 88"}


def _end(stage: Stage, case: str, *, agreed: bool, day: str, why: str) -> None:
    stage.on(day)
    if not agreed:
        stage.act("varsel", lambda: stage.give_notice(case, why))
        stage.on("2028-01-10")
    stage.act(
        "avslutning",
        lambda: flow.close(
            stage.desk, case, agreed=agreed, why=why, ends_on=date.fromisoformat("2028-04-30"), say=stage.say
        ),
    )
