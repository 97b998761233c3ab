"""Change of coordinator, absence, deputy and handover (T-26, R-8, R-21, R-40 to R-44)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.casework import (
    Outcome,
    Situation,
    absence_ended,
    absent,
    change,
    close,
    handed_over,
    outdated,
    register_deputy,
)
from pipeline.domain import Case, EventKind, MatterKind, Measure
from pipeline.errors import RefusedError
from tests.unit.casework.material import (
    DAY,
    codes,
    kinds,
    named,
    opened,
    report,
    situation,
    take,
    with_team,
)

NEW = date(2027, 2, 1)
LATER = situation(on=NEW)


def changed(case: Case, where: Situation | None = None, **changes: object) -> Outcome:
    """Pål Aune of Fysioterapi from 1 February."""
    chosen: dict[str, object] = {"name": "Pål Aune", "service": "Fysioterapi", "from_date": NEW}
    return change(case, where or situation(), **(chosen | changes))


def away(case: Case, where: Situation | None = None, **changes: object) -> Outcome:
    """Away the first two weeks of the new year."""
    chosen: dict[str, object] = {"from_date": date(2027, 1, 1), "until": date(2027, 1, 14)}
    return absent(case, where or situation(), **(chosen | changes))


def away_case() -> Case:
    """A case whose coordinator is away, with a deputy."""
    return away(with_team(), deputy_name="Pål Aune").case


def test_r_42_r_44_a_change_tells_the_former_one_and_the_members_and_opens_a_handover() -> None:
    """R-42, R-44, R-8: letters, a matter with its day, a task that ends when it is done."""
    outcome = changed(with_team())
    found = kinds(outcome)
    assert ("coordinator-ended", "coordinator") in found
    # Pål Aune is a member, and now the coordinator: he gets the coordinator's letters. Mari Lund has no address here.
    assert ("change-member", "member") not in found
    ended = next(order for order in outcome.letters if order.kind == "coordinator-ended")
    assert ended.to.employee == "e1"
    assert ended.facts == {
        "measure": "coordinator",
        "ends_on": date(2027, 1, 31),
        "successor_name": "Pål Aune",
    }
    (matter,) = outcome.case.matters_of(MatterKind.HANDOVER)
    assert (matter.open, matter.due, matter.who) == (True, NEW, "Ingunn Sætre")
    assert outcome.case.coordinator is not None
    assert matter.about == outcome.case.coordinator.id
    assert {"handover", "letter-not-made"} <= codes(outcome.case)
    assert "relay-to-close" not in codes(outcome.case)
    done = handed_over(outcome.case, LATER, NEW).case
    assert "handover" not in codes(done)
    assert not done.matters_of(MatterKind.HANDOVER, running=True)
    with pytest.raises(RefusedError, match=r"R-44"):
        handed_over(done, LATER, NEW)


def test_r_42_a_member_that_is_an_employee_gets_a_letter() -> None:
    """R-42: who takes over, from when, after whom."""
    case = with_team()
    assert case.team is not None
    members = tuple(
        replace(m, name="Berit Moe", service="Ergoterapi") if m.id == "m2" else m for m in case.team.members
    )
    outcome = changed(replace(case, team=replace(case.team, members=members)))
    told = [order for order in outcome.letters if order.kind == "change-member"]
    assert [(order.to.employee, dict(order.facts)) for order in told] == [
        ("e3", {"coordinator_name": "Pål Aune", "from_date": NEW, "former_name": "Ingunn Sætre"})
    ]


def test_r_44_a_former_coordinator_from_outside_is_told_by_a_person() -> None:
    """R-44: no letter to somebody the staff list doesn't have."""
    case = named(opened(), name="Per Privat", service="Privat").case
    outcome = changed(case)
    assert "tell-former-coordinator" in codes(outcome.case)
    assert not any(kind == "coordinator-ended" for kind, _ in kinds(outcome))


@pytest.mark.parametrize(("key", "letter"), [("vestre_toten", False), ("orland", True)])
def test_l_000_5_the_user_hears_by_letter_or_phone(key: str, letter: bool) -> None:
    """L-000-5: where the profile says phone, there is a task in place of the letter."""
    where = situation(key)
    outcome = changed(named(opened(key), where).case, where)
    assert (("appointment-user", "family") in kinds(outcome)) is letter
    assert ("tell-user-by-phone" in codes(outcome.case)) is not letter


def test_r_8_there_must_be_somebody_to_follow_and_another_than_before() -> None:
    """R-8: one at a time; change is no first appointment."""
    with pytest.raises(RefusedError, match=r"R-8"):
        changed(opened())
    with pytest.raises(RefusedError, match="allerede koordinator"):
        changed(named(opened()).case, name="Ingunn Sætre", service="Ergoterapi")
    with pytest.raises(RefusedError, match="samme dag"):
        changed(named(opened()).case, from_date=date(2026, 12, 1))


def test_r_21_the_service_may_be_asked_to_name_the_next_while_the_former_goes_on() -> None:
    """R-21: without a name the service's leader appoints; measure and service are the former one's unless said."""
    where = situation("vestre_toten")
    outcome = change(named(opened("vestre_toten"), where).case, where, from_date=NEW)
    assert ("designation-request", "manager") in kinds(outcome)
    assert outcome.case.coordinator is not None
    assert outcome.case.coordinator.name == "Ingunn Sætre"
    waiting = outcome.case.awaiting
    assert waiting is not None
    assert (waiting.service, waiting.measure) == ("Ergoterapi", Measure.COORDINATOR)


def test_r_41_a_short_absence_is_answered_by_one_of_the_team() -> None:
    """R-41, T-26: the family is told who answers; a deputy outside the team is asked about."""
    outcome = away(with_team(), deputy_name="Pål Aune", deputy_contact="+4772000002")
    assert kinds(outcome) == [("deputy-user", "family")]
    assert outcome.letters[0].facts == {
        "measure": "coordinator",
        "coordinator_name": "Ingunn Sætre",
        "deputy_name": "Pål Aune",
        "deputy_phone": "+4772000002",
        "from_date": date(2027, 1, 1),
        "until": date(2027, 1, 14),
    }
    assert not codes(outcome.case) & {"absence-deputy", "absence-deputy-outside", "new-coordinator-needed"}
    (matter,) = outcome.case.matters_of(MatterKind.ABSENCE)
    assert (matter.about, matter.employee, matter.scope) == ("a1", "e1", ("short",))
    assert outcome.case.coordinator is not None
    assert "absence-deputy-outside" in codes(away(with_team(), deputy_name="Berit Moe").case)


@pytest.mark.parametrize(
    ("key", "rule", "words"),
    [("orland", "R-41", "la en annen i ansvarsgruppen"), ("sondre_land", "R-40", "avdelingsleder finne en vikar")],
)  # fmt: skip
def test_r_40_r_41_nobody_to_answer_is_a_task_in_the_municipality_s_way(
    key: str, rule: str, words: str
) -> None:
    """R-40, R-41: the leader finds one, or the coordinator delegates."""
    where = situation(key)
    case = away(named(opened(key), where).case, where).case
    task = next(t for t in case.tasks if t.code == "absence-deputy")
    assert task.rule == rule
    assert words in task.text


def test_r_42_a_long_absence_asks_for_a_new_coordinator() -> None:
    """R-42, T-26: long by the profile's days, or because a person says so; done when one is appointed."""
    assert "new-coordinator-needed" not in codes(away(with_team()).case)
    said = away(with_team(), long=True)
    assert "new-coordinator-needed" in codes(said.case)
    profile = situation().profile
    counted = replace(profile, absence=replace(profile.absence, long_days=14))
    assert "new-coordinator-needed" in codes(away(with_team(), situation(profile=counted)).case)
    longer = replace(profile, absence=replace(profile.absence, long_days=15))
    assert "new-coordinator-needed" not in codes(away(with_team(), situation(profile=longer)).case)
    after = changed(said.case).case
    assert "new-coordinator-needed" not in codes(after)
    (matter,) = after.matters_of(MatterKind.ABSENCE)
    assert (matter.open, matter.outcome) == (False, "replaced")


def test_t_26_an_absence_without_an_end_is_a_question() -> None:
    """T-26: the seeds give no length; a person decides."""
    assert "absence-length" in codes(away(with_team(), until=None).case)
    assert "absence-length" not in codes(away(with_team(), until=None, long=True).case)


def test_t_26_the_coordinator_comes_back() -> None:
    """T-26: the absence ends, its tasks are done, and a letter that still waits isn't sent."""
    outcome = away(with_team(), deputy_name="Berit Moe")
    back = situation(on=date(2027, 1, 11))
    after = absence_ended(outcome.case, back, date(2027, 1, 10)).case
    (matter,) = after.matters_of(MatterKind.ABSENCE)
    assert (matter.done_on, matter.until, matter.outcome) == (
        date(2027, 1, 10),
        date(2027, 1, 10),
        "returned",
    )
    assert not codes(after) & {"absence-deputy", "absence-deputy-outside", "absence-length"}
    assert outdated(outcome.letters[0], after)
    assert not outdated(outcome.letters[0], outcome.case)
    for wrong, day in ((outcome.case, date(2026, 12, 31)), (outcome.case, date(2027, 2, 1)), (after, DAY)):
        with pytest.raises(RefusedError, match=r"T-26"):
            absence_ended(wrong, back, day)


@pytest.mark.parametrize(
    ("case", "changes", "rule"),
    [
        (opened(), {}, "R-40"),
        (with_team(), {"until": date(2026, 12, 31)}, "T-26"),
        (with_team(), {"from_date": date(2026, 11, 30)}, "T-26"),
        (with_team(), {"deputy_name": "ingunn  sætre"}, "R-43"),
        (away_case(), {}, "T-26"),
        (close(with_team(), situation(), agreed=True, why="Slutt.", ends_on=NEW).case, {}, "R-40"),
    ],
)
def test_an_absence_that_cannot_be(case: Case, changes: dict[str, object], rule: str) -> None:
    """T-26, R-40, R-43: no coordinator, impossible days, one's own deputy, away twice."""
    with pytest.raises(RefusedError) as caught:
        away(case, **changes)
    assert caught.value.rule == rule


def test_r_43_a_coordinator_without_deputy_is_a_task_where_it_is_warned() -> None:
    """R-43: until one is registered, by command or by a report."""
    case = named(opened()).case
    assert "deputy-missing" in codes(case)
    assert "deputy-missing" not in codes(named(opened("loten"), situation("loten")).case)
    assert "deputy-missing" not in codes(named(opened(), deputy_name="Pål Aune").case)
    outcome = register_deputy(case, situation(), name="Pål Aune", contact="+4772000002")
    assert "deputy-missing" not in codes(outcome.case)
    assert outcome.case.coordinator is not None
    assert outcome.case.coordinator.deputy_name == "Pål Aune"
    assert outcome.case.coordinator.deputy_contact == "+4772000002"
    assert EventKind.TEAM_CHANGED in {event.kind for event in outcome.events}
    assert not register_deputy(outcome.case, situation(), name="Pål Aune").events
    kept = register_deputy(outcome.case, situation(), name="Pål Aune").case.coordinator
    assert kept is not None
    assert kept.deputy_contact == "+4772000002"


def test_r_43_a_report_that_names_the_deputy_answers() -> None:
    """R-43, F-003-2: the form has a field for it."""
    after = take(named(opened()).case, report("annual", deputy__name="Pål Aune"), document="d2").case
    assert "deputy-missing" not in codes(after)


@pytest.mark.parametrize(
    ("case", "name"), [(opened(), "Pål Aune"), (with_team(), "Ingunn Sætre"), (with_team(), " ")]
)
def test_r_43_a_deputy_that_cannot_be(case: Case, name: str) -> None:  # fmt: skip
    """R-43: there must be somebody to stand in for, and another than them."""
    with pytest.raises(RefusedError, match=r"R-43"):
        register_deputy(case, situation(), name=name)


def test_r_9_the_relay_ends_when_a_coordinator_begins() -> None:
    """R-9: a task where the profile says so, at the first coordinator only."""
    where = situation("vestre_toten")
    first = named(opened("vestre_toten"), where).case
    task = next(t for t in first.tasks if t.code == "relay-to-close")
    assert task.rule == "R-9"
    assert "Stafettloggen" in task.text
    assert "relay-to-close" not in codes(named(opened()).case)
    assert len([t for t in changed(first, where).case.tasks if t.code == "relay-to-close"]) == 1
