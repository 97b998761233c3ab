"""A hand-made register with every figure worked out by hand (A7). The day is 1 June 2026, the period the year to 30 June."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.domain import (
    AnnualReport,
    Appointment,
    Case,
    Consent,
    Employee,
    EventKind,
    Matter,
    MatterKind,
    Measure,
    Member,
    Phase,
    Plan,
    Team,
)
from pipeline.figures import OTHER, Counting, Tally
from pipeline.store import Register, Store
from tests.unit.store.made import NOW, TOWN, case, event, person

OSLO = ZoneInfo("Europe/Oslo")
DAY = date(2026, 6, 1)
COUNTING = Counting(
    municipality=TOWN, on=DAY, since=date(2026, 1, 1), until=date(2026, 6, 30), report_due=DAY,
    report_exempt_after=date(2026, 3, 1),
)  # fmt: skip


def day(text: str) -> date:
    return date.fromisoformat(text)


def made(number: int, **more: Any) -> Case:
    opened = more.pop("opened_on", day("2024-01-10"))
    who = more.pop("person", person(f"P{number}", birth_date=day("1980-05-05")))
    return case(f"2024/{number}", person=who, opened_on=opened, phase=more.pop("phase", Phase.ACTIVE), **more)


def named(identity: str, since: str, to: str = "", **more: Any) -> Appointment:
    known: dict[str, Any] = {
        "measure": Measure.COORDINATOR,
        "service": "PPT",
        "name": "Ylva Sand",
        "employee": "e1",
        "deputy_name": "Odd",
        **more,
    }
    return Appointment(id=identity, from_date=day(since), to_date=day(to) if to else None, **known)


def consent(identity: str, kind: str, given: str, **more: Any) -> Consent:
    return Consent(id=identity, kind=kind, granted=True, signed=True, given_on=day(given), **more)


def tally(register: Register, **rules: Any) -> Tally:
    return register.tally(replace(COUNTING, **rules), zone=OSLO)


def test_teams_by_their_days_l_002_5(register: Register) -> None:
    teams = [
        Team(established_on=day("2025-02-01")),
        Team(established_on=day("2026-02-01")),
        Team(established_on=day("2026-06-02")),  # after the day, in the period
        Team(established_on=day("2025-02-01"), dissolved_on=DAY),  # ended by the end of the day
        Team(established_on=day("2025-02-01"), dissolved_on=day("2026-06-02")),
        Team(established_on=day("2024-02-01"), dissolved_on=day("2025-12-31")),
        None,
    ]
    for number, team in enumerate(teams):
        register.save_case(made(number, team=team), ())
    register.save_case(made(9, team=teams[0], phase=Phase.MERGED, merged_into="2024/1"), ())
    counts = tally(register).counts
    assert (counts["teams.active"], counts["teams.established"], counts["teams.dissolved"]) == (3, 2, 2)
    before = tally(register, on=day("2025-12-30")).counts
    assert before["teams.active"] == 4


def test_a_team_made_anew_has_two_lives_and_a_mended_one_has_one(register: Register) -> None:
    first = made(1, team=Team(established_on=day("2025-01-01"), dissolved_on=day("2026-02-01")))
    register.save_case(first, ())
    register.save_case(replace(first, team=Team(established_on=day("2026-04-01"))), ())
    mended = made(2, team=Team(established_on=day("2025-01-01"), dissolved_on=day("2026-02-01")))
    register.save_case(mended, ())
    register.save_case(replace(mended, team=Team(established_on=day("2025-01-01"))), ())
    assert tally(register, on=day("2026-01-15")).counts["teams.active"] == 2
    assert (
        tally(register, on=day("2026-03-15")).counts["teams.active"] == 1
    )  # the mended one was never dissolved
    counts = tally(register).counts
    assert (counts["teams.active"], counts["teams.established"], counts["teams.dissolved"]) == (2, 1, 1)


def test_a_team_nobody_may_register_is_not_counted_r_61(register: Register) -> None:
    team = Team(established_on=day("2025-02-01"), members=(Member(id="m1", name="Åse", service="PPT"),))
    register.save_case(made(1, team=team), ())
    register.save_case(made(2, team=team, consents=(consent("c1", "register", "2025-01-01"),)), ())
    gone = consent("c1", "register", "2025-01-01", withdrawn_on=day("2026-05-01"))
    register.save_case(made(3, team=team, consents=(gone,)), ())
    empty = Consent(id="c2", kind="register", granted=False, signed=True, given_on=day("2026-01-01"))
    register.save_case(
        made(4, team=team, consents=(consent("c1", "register", "2025-01-01"), empty)), ()
    )  # the newest form's box stands empty
    assert tally(register).counts["teams.active"] == 4
    strict = tally(register, registration_required=True)
    assert strict.counts["teams.active"] == 1
    assert strict.counts["teams.members"] == 1
    assert strict.counts["reports.missing"] == 1
    assert tally(register, registration_required=True, on=day("2025-06-01")).counts["teams.active"] == 3


def test_teams_that_changed_and_their_members_f_003_2(register: Register) -> None:
    def team(*members: tuple[str, str], dissolved: str = "") -> Team:
        return Team(
            established_on=day("2025-02-01"),
            dissolved_on=day(dissolved) if dissolved else None,
            members=tuple(
                Member(
                    id=f"m{n}", name=f"Deltaker {n}", from_date=day(since), to_date=day(to) if to else None
                )
                for n, (since, to) in enumerate(members)
            ),
        )

    register.save_case(made(1, team=team(("2025-02-01", ""), ("2025-02-01", "2026-03-01"))), ())
    register.save_case(made(2, team=team(("2025-02-01", ""), ("2026-06-20", ""))), ())
    register.save_case(made(3, team=team(("2025-02-01", ""), ("2025-05-01", "2025-08-01"))), ())
    ended = team(("2025-02-01", "2026-02-01"), ("2025-02-01", "2026-02-01"), dissolved="2026-02-01")
    register.save_case(made(4, team=ended), ())  # they left because it ended
    counts = tally(register).counts
    assert (counts["teams.changed"], counts["teams.members"]) == (2, 3)


def test_coordinators_in_force_by_measure_and_service(register: Register) -> None:
    register.import_staff(
        TOWN, [Employee(id="e1", municipality=TOWN, name="Ylva Sand", service="PPT")], now=NOW, actor="x"
    )
    child = Measure.CHILD_COORDINATOR
    register.save_case(made(1, appointments=(named("a1", "2025-01-01"),)), ())
    register.save_case(made(2, appointments=(named("a1", "2025-01-01", measure=child, deputy_name=""),)), ())
    changed = (
        named("a1", "2025-01-01", "2026-05-31"),
        named("a2", "2026-06-01", service="ppt", employee="e2"),
    )
    register.save_case(made(3, appointments=changed), ())
    register.save_case(
        made(4, appointments=(named("a1", "2025-01-01", "2026-06-01"),)), ()
    )  # the last day counts
    register.save_case(made(5, appointments=(named("a1", "2026-06-02"),)), ())
    asked = Appointment(id="a1", measure=child, service="PPT", from_date=day("2026-01-01"))
    register.save_case(made(6, appointments=(asked,)), ())
    private = named("a1", "2025-01-01", service="Kari Foss ENK", employee=None, name="Kari Foss")
    register.save_case(made(7, appointments=(private,)), ())
    found = tally(register)
    assert found.counts["coordinators.in_force"] == 5
    assert found.counts["coordinators.coordinator"] == 4
    assert found.counts["coordinators.child_coordinator"] == 1
    assert found.counts["coordinators.people"] == 3
    assert found.counts["attention.deputy"] == 1
    # What a form says of a service may name a person: only the staff list's own names are told.
    assert found.services["coordinators.in_force"] == {"PPT": 4, OTHER: 1}


def test_plans_as_they_were_known_that_day(register: Register) -> None:
    there = Plan(exists=True, active=True, informed=True, as_of=day("2026-03-01"))
    register.save_case(made(1, plan=there), ())
    two = made(2, plan=Plan(exists=False, needed=True, as_of=day("2026-01-01")))
    register.save_case(two, ())
    register.save_case(replace(two, plan=replace(there, active=False, as_of=day("2026-06-15"))), ())
    register.save_case(made(3, plan=Plan(not_today=True, as_of=day("2026-01-01"))), ())
    register.save_case(made(4, plan=there, phase=Phase.CLOSED, closed_on=day("2026-05-01")), ())
    names = ("existing", "active", "none", "informed", "needed", "not_today")
    counts = tally(register).counts
    assert [counts[f"plans.{name}"] for name in names] == [1, 1, 1, 1, 1, 1]
    later = tally(register, on=day("2026-06-20")).counts
    assert [later[f"plans.{name}"] for name in names] == [2, 1, 0, 2, 0, 1]


def test_reports_received_and_missing_t_4(register: Register) -> None:
    def report(on: str) -> tuple[AnnualReport, ...]:
        return (AnnualReport(id="r1", year=day(on).year, received_on=day(on), document="D1"),)

    old, new = Team(established_on=day("2024-05-01")), Team(established_on=day("2026-03-02"))
    register.save_case(made(1, team=old, annual_reports=report("2026-01-01")), ())
    register.save_case(made(2, team=old, annual_reports=report("2025-12-31")), ())  # answers the year before
    register.save_case(made(3, team=old, annual_reports=report("2026-06-30")), ())
    register.save_case(made(4, team=new), ())  # exempt: established after 1 March
    register.save_case(made(5, team=new, annual_reports=report("2026-05-01")), ())
    register.save_case(made(6, team=replace(old, dissolved_on=day("2026-05-30"))), ())
    register.save_case(
        made(7, team=replace(old, dissolved_on=day("2026-06-20"))), ()
    )  # stood on the day it was due
    counts = tally(register).counts
    assert (counts["reports.received"], counts["reports.missing"]) == (3, 2)
    assert "reports.missing" not in tally(register, report_due=None).counts


def test_days_from_need_to_coordinator(register: Register) -> None:
    for number, (told, began) in enumerate(
        [("2026-01-01", "2026-01-11"), ("2026-01-01", "2026-01-11"), ("2025-11-01", "2026-02-01"), ("2026-05-01", "2026-04-01")]
    ):  # fmt: skip
        register.save_case(
            made(number, notified_on=day(told), appointments=(named("a1", began), named("a2", "2026-06-05"))),
            (),
        )
    register.save_case(made(7, notified_on=day("2026-06-30")), ())
    found = tally(register)
    assert found.counts["needs.notified"] == 4
    assert found.counts["needs.appointed"] == 3  # who had a coordinator before the message did not wait
    assert found.days == {10: 2, 92: 1}


def test_designations_answered_in_time_and_late_t_1(register: Register) -> None:
    def asked(due: str, **more: Any) -> tuple[Appointment, ...]:
        known = {"requested_on": day("2026-02-01"), "reply_due": day(due), **more}
        return (named("a1", "2026-04-01", **known),)

    def answer(number: int, at: datetime) -> Any:
        return event(f"2024/{number}", EventKind.COORDINATOR_APPOINTED, at=at, data={"appointment": "a1"})

    # 22:30 UTC on 14 April is past midnight in Norway, 21:30 is not.
    register.save_case(
        made(1, appointments=asked("2026-04-14")), (answer(1, datetime(2026, 4, 14, 21, 30, tzinfo=UTC)),)
    )
    register.save_case(
        made(2, appointments=asked("2026-04-14")), (answer(2, datetime(2026, 4, 14, 22, 30, tzinfo=UTC)),)
    )
    register.save_case(made(3, appointments=asked("2026-04-14", name="")), ())
    withdrawn = replace(asked("2026-04-14", name="")[0], to_date=day("2026-04-10"))
    register.save_case(made(4, appointments=(withdrawn,)), ())
    register.save_case(made(5, appointments=asked("2026-06-30", name="")), ())
    register.save_case(made(6, appointments=asked("2026-07-01", name="")), ())
    counts = tally(register).counts
    assert (counts["designations.in_time"], counts["designations.late"]) == (1, 3)
    counts = tally(register, over=False).counts  # the last day isn't over: its deadline is not missed
    assert counts["designations.late"] == 2


def test_children_passing_16_and_18_t_18_t_20(register: Register) -> None:
    born = ["2010-06-01", "2010-06-02", "2010-12-01", "2010-12-02", "2008-06-02", "2008-12-01", "2012-01-01"]
    for number, birth in enumerate(born):
        register.save_case(made(number, person=person(f"P{number}", birth_date=day(birth))), ())
    dead = person("P8", birth_date=day("2010-07-01"), deceased_on=day("2026-05-01"))
    moved = person("P9", birth_date=day("2010-07-01"), moved_on=day("2026-05-01"))
    register.save_case(made(8, person=dead), ())
    register.save_case(made(9, person=moved), ())
    counts = tally(register).counts
    assert (counts["attention.consent_age"], counts["attention.majority"]) == (2, 2)


def test_consents_missing_r_51_r_52(register: Register) -> None:
    team = Team(established_on=day("2025-02-01"))
    both = (consent("c1", "establish", "2025-01-01"), consent("c2", "share", "2025-01-01"))
    register.save_case(made(1, team=team, consents=both), ())
    register.save_case(made(2, team=team, consents=both[:1]), ())
    register.save_case(made(3, team=team, consents=(replace(both[0], signed=False), both[1])), ())
    register.save_case(made(4, team=team, consents=(replace(both[0], given_on=day("2026-06-02")),)), ())
    register.save_case(made(5), ())
    counts = tally(register).counts
    assert (counts["attention.consent_team"], counts["attention.consent_share"]) == (2, 2)
    bare = tally(register, team_consent=False, share_consent=False).counts
    assert "attention.consent_team" not in bare
    assert "attention.consent_share" not in bare


def test_refusals_closings_and_complaints_r_45(register: Register) -> None:
    refusal = Matter(id="x1", kind=MatterKind.REFUSAL, on=day("2025-12-01"), done_on=day("2026-01-05"))
    open_one = replace(refusal, id="x2", done_on=None)
    complaint = Matter(id="x3", kind=MatterKind.COMPLAINT, on=day("2026-02-01"))
    earlier = Matter(id="x4", kind=MatterKind.COMPLAINT, on=day("2025-12-20"), done_on=day("2026-01-20"))
    register.save_case(made(1, matters=(refusal, open_one, complaint, earlier)), ())
    for number, phase in enumerate((Phase.CLOSED, Phase.CLOSED, Phase.TERMINATED), start=2):
        register.save_case(made(number, phase=phase, closed_on=day("2026-03-01")), ())
    dead = person("P8", deceased_on=day("2026-02-27"))
    register.save_case(made(8, person=dead, phase=Phase.CLOSED, closed_on=day("2026-03-01")), ())
    counts = tally(register).counts
    names = (
        "refused",
        "closed_agreed",
        "closed_against_wish",
        "closed_gone",
        "complaints",
        "complaints_decided",
    )
    assert [counts[f"decisions.{name}"] for name in names] == [1, 2, 1, 1, 1, 1]


def test_another_municipality_is_not_counted(register: Register) -> None:
    register.save_case(made(1, municipality="dalvik", team=Team(established_on=day("2025-02-01"))), ())
    assert not any(tally(register).counts.values())
    assert register.has_cases("dalvik")
    assert not register.has_cases(TOWN)


@pytest.mark.parametrize("field", ["counts", "days"])
@settings(max_examples=50)
@given(data=st.data())
def test_the_sum_of_municipalities_is_every_number_added(field: str, data: st.DataObject) -> None:
    keys = st.sampled_from(["teams.active", "a", "b"]) if field == "counts" else st.integers(0, 9)
    tallies = [
        Tally(**{"counts": {}, field: found})
        for found in data.draw(st.lists(st.dictionaries(keys, st.integers(0, 50)), max_size=5))
    ]
    summed = getattr(Tally.summed(tallies), field)
    for key in {key for one in tallies for key in getattr(one, field)}:
        assert summed[key] == sum(getattr(one, field).get(key, 0) for one in tallies)


def test_all_municipalities_together_are_the_sum_of_each(store: Store) -> None:
    with store.transaction() as register:
        for number in range(12):
            register.save_case(
                made(
                    number, municipality=("dalvik", TOWN, "fossheim")[number % 3], notified_on=day("2026-01-01"),
                    team=Team(established_on=day(f"2026-0{1 + number % 6}-01")), appointments=(named("a1", f"2026-01-{10 + number}"),),
                ),
                (),
            )  # fmt: skip
        each = [tally(register, municipality=key) for key in ("dalvik", TOWN, "fossheim")]
    together = Tally.summed(each)
    assert together.counts["teams.established"] == 12
    assert together.counts["needs.appointed"] == sum(together.days.values()) == 12
    assert together.services["coordinators.in_force"] == {OTHER: 12}
