"""Appointing a coordinator: what is refused, what is written, who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.casework import close, complete, foresee, hear_child, outdated
from pipeline.domain import EventKind, Measure, Phase, Staff
from pipeline.errors import RefusedError
from tests.unit.casework.material import (
    COORDINATOR,
    DAY,
    ORAL,
    STAFF,
    adult,
    codes,
    kinds,
    named,
    need,
    opened,
    situation,
    with_team,
)

CHILD = {"measure": Measure.CHILD_COORDINATOR}


def test_an_appointment_tells_family_coordinator_and_leader() -> None:
    """C.2: three letters with their facts; the case is active and the measure granted."""
    outcome = named(opened(), reasons="Behov over tid.", deputy_name="Pål Aune", deputy_contact="+4772000002")
    assert kinds(outcome) == [
        ("appointment-user", "family"),
        ("appointment-coordinator", "coordinator"),
        ("appointment-manager", "manager"),
    ]
    family, coordinator, leader = outcome.letters
    assert family.facts == {
        "measure": "coordinator",
        "from_date": date(2026, 12, 1),
        "coordinator_name": "Ingunn Sætre",
        "coordinator_title": "ergoterapeut",
        "coordinator_service": "Ergoterapi",
        "coordinator_phone": "+4772000001",
        "coordinator_email": "ingunn.satre@example.no",
        "deputy_name": "Pål Aune",
        "deputy_phone": "+4772000002",
        "notified_on": DAY,
        "reasons": "Behov over tid.",
    }
    assert coordinator.to.employee == "e1"
    assert coordinator.facts["team"] is False
    assert leader.to.employee == "e3"
    assert set(leader.facts) == {"measure", "coordinator_name", "service", "from_date"}
    assert outcome.case.phase is Phase.ACTIVE
    assert outcome.case.granted == (Measure.COORDINATOR,)
    assert not any(order.batch for order in outcome.letters)


def test_letters_about_a_person_say_nothing_of_them_to_the_leader() -> None:
    """The leader's letter bears no name or need of the person."""
    leader = named(opened()).letters[2]
    assert "Brekkås" not in str(leader)


def test_t_4_the_coordinator_of_a_team_learns_of_the_first_of_june() -> None:
    """T-4 is Ørland's, and only where there is or will be a team."""
    asked = opened(submission=need(requested__care_group=True))
    assert named(asked).letters[1].facts["annual_due"] == "1. juni"
    assert "annual_due" not in named(opened()).letters[1].facts
    salangen = opened("salangen", need(requested__care_group=True))
    assert "annual_due" not in named(salangen, situation("salangen")).letters[1].facts


@pytest.mark.parametrize(
    ("birth", "measure", "roles"),
    [
        (date(2016, 3, 1), Measure.COORDINATOR, ["family"]),
        (date(2011, 11, 23), Measure.COORDINATOR, ["family"]),
        (date(2011, 11, 22), Measure.COORDINATOR, ["family", "user"]),
        (date(2010, 11, 23), Measure.COORDINATOR, ["family", "user"]),
        (date(2010, 11, 22), Measure.COORDINATOR, ["user"]),
        (date(2010, 11, 22), Measure.CHILD_COORDINATOR, ["family", "user"]),
        (date(2008, 11, 23), Measure.COORDINATOR, ["user"]),
        (date(2008, 11, 22), Measure.COORDINATOR, ["user"]),
    ],
)
def test_b_17_the_letter_goes_where_age_says(birth: date, measure: Measure, roles: list[str]) -> None:
    """B.17: fifteen gets an own letter, sixteen gets it alone, and a child coordinator is the family's right."""
    case = opened()
    case = replace(case, person=replace(case.person, birth_date=birth))
    outcome = named(case, measure=measure)
    assert [o.to.role.value for o in outcome.letters if o.kind == "appointment-user"] == roles
    youth = [o.to.name for o in outcome.letters if o.to.role.value == "user"]
    assert youth in ([], ["Vilde Brekkås"])
    assert len({o.key for o in outcome.letters}) == len(outcome.letters)


def test_b_17_an_adults_guardian_gets_a_letter_only_at_a_known_address() -> None:
    """A guardian without address or known mandate is a person's task."""
    case = opened(submission=adult(guardian__name="Aud Verge"))
    outcome = named(case)
    assert [o.to.role.value for o in outcome.letters][:1] == ["user"]
    assert "guardian-letter" in codes(outcome.case)
    contacts = tuple(
        replace(c, address="Torget 1", postal_place="7130 Brekstad") if c.name == "Aud Verge" else c
        for c in case.contacts
    )
    told = named(replace(case, contacts=contacts))
    assert [o.to.role.value for o in told.letters][:2] == ["user", "guardian"]


def test_r_8_the_former_coordinator_ends_the_day_before() -> None:
    """R-8: one at a time, with an event, and a handover task (R-44)."""
    first = named(opened()).case
    start = date(2027, 2, 1)
    outcome = named(first, service="Fysioterapi", name="Pål Aune", contact="+4772000002", from_date=start)
    assert [(a.name, a.to_date) for a in outcome.case.appointments] == [
        ("Ingunn Sætre", date(2027, 1, 31)),
        ("Pål Aune", None),
    ]
    assert EventKind.COORDINATOR_ENDED in {e.kind for e in outcome.events}
    assert "handover" in codes(outcome.case)


def test_r_8_the_same_again_or_an_earlier_start_is_refused() -> None:
    """R-8: the periods may not touch."""
    case = named(opened()).case
    with pytest.raises(RefusedError, match="allerede") as refusal:
        named(case)
    assert refusal.value.rule == "R-8"
    with pytest.raises(RefusedError):
        named(case, service="Fysioterapi", name="Pål Aune", from_date=date(2026, 12, 1))


def test_l_000_5_vestre_toten_tells_of_a_change_by_telephone() -> None:
    """L-000-5: no letter to the user, a task instead; the first appointment is a letter."""
    where = situation("vestre_toten")
    first = named(opened("vestre_toten"), where)
    assert ("appointment-user", "family") in kinds(first)
    start = date(2027, 2, 1)
    second = named(first.case, where, service="Fysioterapi", name="Pål Aune", from_date=start)
    assert not any(kind == "appointment-user" for kind, _ in kinds(second))
    assert "tell-user-by-phone" in codes(second.case)


def test_r_26_salangen_requires_an_employee() -> None:
    """R-26: not in the staff list, not appointed."""
    with pytest.raises(RefusedError, match="ansatt") as refusal:
        named(opened("salangen"), situation("salangen"), name="Per Privat")
    assert refusal.value.rule == "R-26"


def test_r_26_orland_warns() -> None:
    """R-26 against R-27: a task, and no letter to somebody without a place in the staff list."""
    outcome = named(opened(), name="Per Privat", contact="per@example.no")
    assert "coordinator-not-employee" in codes(outcome.case)
    assert [kind for kind, _ in kinds(outcome)] == ["appointment-user", "appointment-manager"]


def test_an_employee_id_must_be_the_named_one() -> None:
    """An id that isn't there, or is another's, is refused."""
    with pytest.raises(RefusedError):
        named(opened(), employee="e99")
    with pytest.raises(RefusedError):
        named(opened(), employee="e2")
    assert named(opened(), employee="e1", name="").case.coordinator is not None


def test_t_21_no_child_coordinator_from_eighteen() -> None:
    """T-21: the day the coordinator begins counts, not today."""
    asked = need(requested__child_coordinator=True, recipient__birth_date="2008-12-01")
    case = opened(submission=need(requested__child_coordinator=True))
    case = replace(case, person=replace(case.person, birth_date=date(2008, 12, 1)))
    with pytest.raises(RefusedError) as refusal:
        named(case, **CHILD)
    assert refusal.value.rule == "T-21"
    assert named(case, **CHILD, from_date=date(2026, 11, 30)).case.coordinator is not None
    assert asked.ticked("requested.child_coordinator")


def test_t_21_without_birth_date_a_person_looks() -> None:
    """Age unknown: appointed, with a task."""
    case = opened(submission=need(recipient__birth_date=None))
    assert "birth-date-missing" in codes(named(case, **CHILD).case)
    unborn = opened(submission=need(recipient__birth_date=None, recipient__due_date="2027-02-01"))
    outcome = named(unborn, **CHILD)
    assert "birth-date-missing" not in codes(outcome.case)
    assert outcome.letters[0].to.role.value == "family"


def test_r_32_a_wish_is_needed_where_the_profile_says() -> None:
    """R-32: Vestre Toten may appoint without consent, the others not; a child coordinator never without the family's wish."""
    silent = need(**ORAL | {"oral_consent.signed": False}, consent__signatures=())
    case = opened(submission=silent)
    with pytest.raises(RefusedError) as refusal:
        named(case)
    assert refusal.value.rule == "F-003-1"
    vestre = opened("vestre_toten", silent)
    with pytest.raises(RefusedError, match="begrunnes"):
        named(vestre, situation("vestre_toten"))
    told = named(
        vestre, situation("vestre_toten"), reasons="Helsehjelpen må samordnes for å være forsvarlig."
    )
    assert told.case.coordinator is not None
    assert "coordinator-without-consent" in codes(told.case)
    with pytest.raises(RefusedError):
        named(vestre, situation("vestre_toten"), reasons="Nødvendig.", **CHILD)


def test_a_mothers_own_message_is_a_wish_without_signature() -> None:
    """F-002-3: after wish or application from user or parents."""
    case = opened("salangen", need(consent__signatures=()))
    assert named(case, situation("salangen")).case.coordinator is not None


@pytest.mark.parametrize("key", ["orland", "salangen", "loten"])
def test_r_23_r_24_without_a_name_where_the_unit_appoints(key: str) -> None:
    """R-23, R-24: the unit must say who."""
    with pytest.raises(RefusedError, match="enheten selv"):
        named(opened(key), situation(key), name="")


def test_t_1_sondre_land_asks_the_leader_who_has_fourteen_days() -> None:
    """T-1: request, deadline, phase; the answer fills the same appointment in."""
    where = situation("sondre_land", date(2026, 12, 11))
    asked = named(opened("sondre_land"), where, name="")
    waiting = asked.case.awaiting
    assert waiting is not None
    assert (waiting.requested_on, waiting.reply_due) == (date(2026, 12, 11), date(2026, 12, 25))
    assert asked.case.phase is Phase.AWAITING_DESIGNATION
    assert kinds(asked) == [("designation-request", "manager")]
    assert asked.letters[0].facts == {
        "measure": "coordinator",
        "service": "Ergoterapi",
        "reply_due": date(2026, 12, 25),
    }
    answer = named(asked.case, where)
    assert answer.case.awaiting is None
    assert [a.id for a in answer.case.appointments] == ["a1"]
    assert answer.case.phase is Phase.ACTIVE
    with pytest.raises(RefusedError):
        named(asked.case, where, name="")


def test_t_1_across_christmas_where_deadlines_roll() -> None:
    """B.14: the 25th is a holiday, so is the 26th, then a Sunday; the key decides."""
    where = situation("sondre_land", date(2026, 12, 11))
    rules = replace(where.profile.appointment, roll_to_workday=True)
    rolling = replace(where, profile=replace(where.profile, appointment=rules))
    waiting = named(opened("sondre_land"), rolling, name="").case.awaiting
    assert waiting is not None
    assert waiting.reply_due == date(2026, 12, 28)


def test_t_1_another_service_is_asked_the_first_request_ends() -> None:
    """Only one waits at a time."""
    where = situation("sondre_land")
    asked = named(opened("sondre_land"), where, name="").case
    other = named(asked, where, name="", service="Fysioterapi").case
    assert [(a.service, a.to_date) for a in other.appointments] == [
        ("Ergoterapi", DAY),
        ("Fysioterapi", None),
    ]


def test_vestre_toten_has_no_deadline_for_the_leader() -> None:
    """The papers name none: none is invented."""
    where = situation("vestre_toten")
    outcome = named(opened("vestre_toten"), where, name="")
    assert outcome.case.awaiting is not None
    assert outcome.case.awaiting.reply_due is None
    assert "reply_due" not in outcome.letters[0].facts


def test_missing_people_become_tasks_never_gaps() -> None:
    """No leader, no phone or e-mail, no address: each says which letter was not made."""
    bare = replace(COORDINATOR, phone="", email="")
    where = situation(staff=Staff(employees=(bare,)))
    child = hear_child(opened(), where, on=DAY, view="Vil ha Ingunn.").case
    outcome = named(child, where, deputy_name="Pål Aune", decided_by_team=DAY)
    assert foresee(outcome) == (
        "Brev om oppnevning: til familien, når koordinatorens telefon eller e-post er registrert",
        "Brev til koordinatoren om oppnevningen: til koordinatoren",
        "Brev til lederen om oppnevningen: til lederen, når ansattlisten har en leder for tjenesten",
    )
    user, _, leader = outcome.letters
    later = situation()  # the staff list has been read in again, whole
    assert complete(user, outcome.case, later).facts["coordinator_phone"] == "+4772000001"
    assert complete(leader, outcome.case, later).to.employee == "e3"


def test_a_letter_that_waits_is_given_up_when_it_no_longer_holds() -> None:
    """What lay waiting for an address must not come out after another decision."""
    first = named(opened())
    second = named(first.case, service="Fysioterapi", name="Pål Aune", from_date=date(2027, 2, 1))
    assert [outdated(order, second.case) for order in first.letters] == [True, True, True]
    assert not any(outdated(order, second.case) for order in second.letters)
    where = situation("sondre_land")
    asked = named(opened("sondre_land"), where, name="")
    assert not outdated(asked.letters[0], asked.case)
    assert outdated(asked.letters[0], named(asked.case, where).case)


def test_a_service_that_was_asked_is_told_when_it_need_not_answer() -> None:
    """Asked in vain: another service was chosen, or the case was closed."""
    where = situation("sondre_land")
    asked = named(opened("sondre_land"), where, name="").case
    assert "tell-asked-service" in codes(named(asked, where, service="Fysioterapi", name="").case)
    assert "tell-asked-service" not in codes(named(asked, where).case)
    ended = close(asked, where, agreed=True, why="Behovet er over.", ends_on=date(2027, 1, 1))
    assert "tell-asked-service" in codes(ended.case)


def test_a_new_coordinator_is_told_of_as_a_change() -> None:
    """The right was granted before; a new measure is a new decision."""
    case = named(opened()).case
    changed = {
        "service": "Fysioterapi",
        "name": "Pål Aune",
        "from_date": date(2027, 2, 1),
        "contact": "72000002",
    }
    (letter, *_) = named(case, **changed).letters
    assert letter.facts["former_name"] == "Ingunn Sætre"
    (letter, *_) = named(case, **changed, measure=Measure.CHILD_COORDINATOR).letters
    assert "former_name" not in letter.facts


def test_the_family_holds_the_right_to_a_child_coordinator() -> None:
    assert named(opened(), measure=Measure.CHILD_COORDINATOR).case.person.family
    assert not named(opened()).case.person.family


def test_a_leader_who_coordinates_is_not_told_twice() -> None:
    """One person, one letter."""
    leader = next(e for e in STAFF.employees if e.id == "e3")
    outcome = named(opened(), name=leader.name, contact="berit@example.no")
    assert [kind for kind, _ in kinds(outcome)] == ["appointment-user", "appointment-coordinator"]


@pytest.mark.parametrize("measure", [Measure.INDIVIDUAL_PLAN, Measure.CARE_GROUP])
def test_r_1_only_coordinators_are_appointed(measure: Measure) -> None:
    """R-1: plan and team follow a coordinator."""
    with pytest.raises(RefusedError) as refusal:
        named(opened(), measure=measure)
    assert refusal.value.rule == "R-1"


def test_closed_and_dead_are_refused() -> None:
    """C.4: nothing is appointed in a case that has ended."""
    case = opened()
    with pytest.raises(RefusedError):
        named(replace(case, phase=Phase.CLOSED))
    with pytest.raises(RefusedError):
        named(replace(case, person=replace(case.person, deceased_on=DAY - timedelta(days=1))))
    with pytest.raises(RefusedError):
        named(case, service="", name="Per Privat")


def test_foresee_says_letters_and_tasks() -> None:
    """The clerk reads it before anything is written."""
    lines = foresee(named(with_team(), service="Fysioterapi", name="Pål Aune", from_date=date(2027, 2, 1)))
    assert "Brev til koordinatoren om oppnevningen: til koordinatoren" in lines
    assert any(line.startswith("Oppgave: Koordinatoren er byttet") for line in lines)


@pytest.mark.parametrize("born", [date(1926, 1, 1), date(2008, 11, 22), date(1990, 2, 28)])
def test_t_22_no_upper_age_for_a_coordinator(born: date) -> None:
    """T-22: an ordinary coordinator at any age."""
    case = opened(submission=adult())
    case = replace(case, person=replace(case.person, birth_date=born))
    assert named(case).case.coordinator is not None


def test_l_001_4_the_coordinator_learns_of_handbook_and_plan_tool_where_the_profile_has_them() -> None:
    """L-001-4: the letter names them in Søndre Land; elsewhere it says nothing of a handbook."""
    there = situation("sondre_land")
    told = [
        one for one in named(opened("sondre_land"), there).letters if one.kind == "appointment-coordinator"
    ]
    assert [(one.facts["handbook"], one.facts["plan_tool"]) for one in told] == [
        (True, "Visma Flyt Samspill")
    ]
    assert "handbook" not in named(opened()).letters[1].facts
