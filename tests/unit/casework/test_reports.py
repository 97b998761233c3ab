"""Reports about a care team: yearly, change, dissolution."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain import Appointment, EventKind, Measure, Phase, Plan
from tests.unit.casework.material import (
    DAY,
    codes,
    group_consent,
    kinds,
    named,
    opened,
    report,
    situation,
    take,
    with_team,
)


@pytest.mark.parametrize("ticked", [(), ("dissolution", "annual"), ("change", "annual", "dissolution")])
def test_f_003_2_none_or_two_kinds_change_nothing(ticked: tuple[str, ...]) -> None:
    """Exactly one kind; else a person looks."""
    case = with_team()
    message = report("", **{f"kind__{kind}": True for kind in ticked})
    outcome = take(case, message)
    assert codes(outcome.case) - codes(case) == {"report-kind-unclear"}
    assert replace(outcome.case, tasks=case.tasks) == case


@pytest.mark.parametrize("day", [date(2026, 1, 1), date(2026, 6, 1), date(2026, 12, 31)])
def test_t_4_an_annual_report_answers_the_year_it_came_in(day: date) -> None:
    """T-4: 1 January to 31 December."""
    where = situation(on=date(2027, 1, 5), received_on=day)
    outcome = take(with_team(), report("annual"), where)
    assert [(r.year, r.received_on) for r in outcome.case.annual_reports] == [(2026, day)]
    assert EventKind.ANNUAL_REPORT_REGISTERED in {e.kind for e in outcome.events}
    again = take(outcome.case, report("annual"), where)
    assert len(again.case.annual_reports) == 1


def test_a_change_report_is_not_the_yearly_one() -> None:
    """T-4: only the annual tick answers the year."""
    assert take(with_team(), report("change")).case.annual_reports == ()


def test_r_51_the_first_report_establishes_the_team_as_reported() -> None:
    """The team is what the report says; the missing written consent is a task."""
    outcome = take(named(opened()).case, report("annual"))
    team = outcome.case.team
    assert team is not None
    assert [(m.id, m.name, m.on_call) for m in team.members] == [
        ("m1", "Pål Aune", False),
        ("m2", "Mari Lund", False),
        ("m3", "BUP", True),
    ]
    assert team.established_on == DAY
    assert "team-consent-missing" in codes(outcome.case)
    consented = take(named(opened()).case, group_consent()).case
    assert "team-consent-missing" not in codes(take(consented, report("annual"), document="d3").case)


def test_a_change_keeps_who_left_with_the_day() -> None:
    """Old and new members with dates; ids are not reused."""
    message = report(
        "change",
        members=(
            {"name": "pål  aune", "service": "Fysioterapi", "contact": "+4772000005"},
            {"name": "Ola Dahl", "service": "PPT", "contact": None},
        ),
        on_call_members=(),
    )
    team = take(with_team(), message).case.team
    assert team is not None
    assert [(m.id, m.name, m.contact, m.from_date, m.to_date) for m in team.members] == [
        ("m1", "Pål Aune", "+4772000005", date(2026, 1, 1), None),
        ("m2", "Mari Lund", "", date(2026, 1, 1), DAY),
        ("m3", "Ola Dahl", "", DAY, None),
    ]


def test_two_members_of_one_name_stay_two() -> None:
    """Namesakes in two services are two people."""
    twins = (
        {"name": "Kari Li", "service": "Skole", "contact": None},
        {"name": "Kari Li", "service": "PPT", "contact": None},
    )
    case = take(named(opened()).case, report("change", members=twins, on_call_members=())).case
    again = take(
        case, report("annual", members=tuple(reversed(twins)), on_call_members=()), document="d2"
    ).case
    assert again.team is not None
    assert [(m.id, m.service) for m in again.team.present] == [("m1", "Skole"), ("m2", "PPT")]


def test_a_change_that_changes_nothing_is_a_confirmation() -> None:
    """It leaves an event and nothing else."""
    first = take(named(opened()).case, report("change")).case
    outcome = take(first, report("change"), document="d2")
    assert outcome.case == first
    assert [e.kind for e in outcome.events] == [EventKind.TEAM_CHANGED]


def test_a_report_without_members_empties_no_team() -> None:
    """An empty table is a question, not an answer."""
    outcome = take(with_team(), report("annual", members=(), on_call_members=()))
    assert outcome.case.team is not None
    assert len(outcome.case.team.present) == 2
    assert "members-missing" in codes(outcome.case)
    assert len(outcome.case.annual_reports) == 1


def test_r_1_a_report_in_a_case_without_coordinator_is_a_task() -> None:
    """R-1: the team is registered as reported, and the unit decides who coordinates."""
    outcome = take(opened(), report("annual"))
    assert outcome.case.coordinator is None
    assert "team-without-coordinator" in codes(outcome.case)
    assert "team-without-coordinator" not in codes(named(outcome.case).case)


def test_r_8_another_coordinator_is_never_appointed_by_a_report() -> None:
    """The unit decides; the register keeps its own."""
    outcome = take(with_team(), report("change", coordinator__name="Mari Lund"))
    assert outcome.case.coordinator is not None
    assert outcome.case.coordinator.name == "Ingunn Sætre"
    assert "coordinator-differs" in codes(outcome.case)


def test_r_43_a_new_deputy_is_recorded() -> None:
    """R-43: the deputy stands on the appointment, with an event."""
    message = report("annual", deputy__name="Pål Aune", deputy__contact="+4772000002")
    outcome = take(with_team(), message)
    coordinator = outcome.case.coordinator
    assert coordinator is not None
    assert (coordinator.deputy_name, coordinator.deputy_contact) == ("Pål Aune", "+4772000002")
    assert any(e.data.get("deputy") == "Pål Aune" for e in outcome.events)
    kept = take(outcome.case, report("annual"), document="d2").case
    assert kept.coordinator == coordinator


def test_a_dissolution_ends_the_team_and_tells_members_and_family() -> None:
    """Coordinator and plan stand until the unit closes them; members listed on the form are fine."""
    case = replace(with_team(), plan=Plan(exists=True, active=True))
    outcome = take(case, report("dissolution"))
    team = outcome.case.team
    assert team is not None
    assert team.dissolved_on == DAY
    assert team.present == ()
    assert outcome.case.coordinator is not None
    assert outcome.case.phase is Phase.ACTIVE
    assert outcome.case.plan is not None
    assert outcome.case.plan.active is True
    assert kinds(outcome) == [("team-dissolved-user", "family"), ("team-dissolved-member", "member")]
    assert outcome.letters[0].facts == {
        "dissolved_on": DAY,
        "coordinator_name": "Ingunn Sætre",
        "child": False,
        "plan_goes_on": True,
    }
    assert outcome.letters[1].to.employee == "e2"
    told = [t.text for t in outcome.case.tasks if t.code == "letter-not-made"]
    assert any("2 medlemmer" in text for text in told)


def test_a_dissolved_team_is_neither_dissolved_again_nor_revived() -> None:
    """Late messages are tasks."""
    case = take(with_team(), report("dissolution")).case
    twice = take(case, report("dissolution"), document="d2")
    assert twice.letters == ()
    assert "team-already-dissolved" in codes(twice.case)
    revived = take(case, report("change"), document="d3").case
    assert revived.team == case.team
    assert "team-dissolved-but-reported" in codes(revived)


def test_a_dissolution_of_a_team_nobody_knew_of() -> None:
    """Those it names are told, and a person looks."""
    outcome = take(named(opened()).case, report("dissolution"))
    assert ("team-dissolved-member", "member") in kinds(outcome)
    assert "dissolved-team-unknown" in codes(outcome.case)
    assert outcome.case.team is not None
    assert not outcome.case.team.active


def test_answers_about_the_plan_are_registered_and_silence_is_not_an_answer() -> None:
    """A question left open keeps what was known; a new answer to the first resets those that hang on it."""
    yes = report("annual", plan__exists=True, plan__active=True, plan__active_note="VFS", other_plans="IOP")
    plan = take(with_team(), yes).case.plan
    assert plan == Plan(exists=True, active=True, notes="I drift: VFS\nAndre planer: IOP", as_of=DAY)
    case = replace(with_team(), plan=plan)
    assert take(case, report("annual")).case.plan == plan
    no = report("annual", plan__exists=False, plan__informed=True, plan__needed=None, plan__not_today=True)
    changed = take(case, no).case.plan
    assert changed is not None
    assert (changed.exists, changed.active, changed.informed, changed.needed) == (False, None, True, None)
    assert changed.not_today


def test_r_1_a_plan_without_coordinator_is_a_task() -> None:
    """R-1: also a plan needs a coordinator."""
    assert "plan-without-coordinator" in codes(take(opened(), report("annual", plan__exists=True)).case)


def test_a_child_coordinator_of_a_sixteen_year_old_two_letters() -> None:
    """B.17: family and youth each get their own when a team of a child coordinator ends."""
    case = with_team()
    person = replace(case.person, birth_date=date(2010, 1, 1))
    appointment = Appointment(
        id="a1", measure=Measure.CHILD_COORDINATOR, service="Ergoterapi", name="Ingunn Sætre"
    )
    outcome = take(replace(case, person=person, appointments=(appointment,)), report("dissolution"))
    assert [role for _, role in kinds(outcome)][:2] == ["family", "user"]


def members(*services: str) -> tuple[dict[str, object], ...]:
    """One member of each service; ``""``: nobody wrote which."""
    return tuple(
        {"name": f"Medlem {chr(65 + at)}", "service": service or None, "contact": None}
        for at, service in enumerate(services)
    )


@pytest.mark.parametrize(
    ("municipality", "count", "asked"),
    [("orland", 6, False), ("orland", 7, True), ("vestre_toten", 9, False)],
)
def test_r_13_a_large_team_is_a_question_never_a_refusal(municipality: str, count: int, asked: bool) -> None:
    """R-13: three to six where the profile says so; the team is registered as reported all the same."""
    where = situation(municipality)
    message = report("change", members=members(*["BUP"] * count), on_call_members=())
    after = take(with_team(municipality), message, where).case
    assert after.team is not None
    assert len(after.team.present) == count
    assert ("team-large" in codes(after)) is asked
    smaller = report("change", members=members("BUP", "PPT", "Fysioterapi"), on_call_members=())
    assert "team-large" not in codes(take(after, smaller, where, document="d9").case)


def test_r_15_a_team_of_too_few_services_is_a_question() -> None:
    """R-15: more than two services in Ørland. One whose service nobody wrote may be of a third, so nothing is asked."""
    case = replace(with_team(), services=())
    coordinators = case.coordinator.service if case.coordinator else ""
    few = report("change", members=members("BUP", "bup", coordinators), on_call_members=())
    assert "team-few-services" in codes(take(case, few).case)
    unknown = report("change", members=members("BUP", coordinators, ""), on_call_members=())
    assert "team-few-services" not in codes(take(case, unknown).case)
    three = report("change", members=members("BUP", "PPT", coordinators), on_call_members=())
    assert "team-few-services" not in codes(take(take(case, few).case, three, document="d9").case)
    elsewhere = replace(with_team("salangen"), services=())
    assert "team-few-services" not in codes(take(elsewhere, few, situation("salangen")).case)
