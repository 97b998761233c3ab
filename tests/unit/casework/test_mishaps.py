"""What goes wrong: death, wrong cases, two cases for one, letters gone astray, conflicts of interest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.casework import (
    CameBack,
    answer_complaint,
    born,
    came_back,
    close,
    come_back,
    complain,
    conflict,
    decide_complaint,
    foresee,
    forward_complaint,
    hours_left,
    leave,
    merge,
    notice,
    report_due,
    split,
)
from pipeline.domain import (
    Case,
    Consent,
    EventKind,
    Letter,
    LetterOrder,
    LetterStatus,
    MatterKind,
    Party,
    PartyRole,
    Phase,
    Plan,
)
from pipeline.errors import RefusedError
from tests.unit.casework.material import (
    ALL,
    DAY,
    NEED,
    ORAL,
    codes,
    form,
    kinds,
    named,
    need,
    opened,
    situation,
    take,
    with_team,
)


def letter(status: LetterStatus = LetterStatus.SENT, ordered: datetime | None = None) -> Letter:
    """A letter of the usual case."""
    order = LetterOrder(
        key="k", kind="appointment-user", case="2026/412", to=Party(role=PartyRole.USER, name="X")
    )
    return Letter(
        id="L1",
        order=order,
        municipality="orland",
        number=1,
        status=status,
        ordered_at=ordered or datetime(2026, 11, 1, tzinfo=UTC),
    )


def test_r_45_death_ends_all_and_orders_nothing() -> None:
    """R-45: measures end, a person tells coordinator and team, and undoing it gives the case back as it was."""
    before = replace(with_team(), plan=Plan(exists=True, active=True))
    died = leave(before, situation(), how=EventKind.PERSON_DIED, on=DAY, letters=[letter()])
    assert died.letters == ()
    assert died.case.phase is Phase.TERMINATED
    assert died.case.coordinator is None
    assert {"tell-of-leaving", "letters-already-signed"} <= codes(died.case)
    back = come_back(died.case, situation(), how=EventKind.PERSON_DIED, events=died.events)
    assert back.letters == ()
    assert replace(back.case, tasks=before.tasks) == before


def test_c_5_a_later_message_about_somebody_dead_or_moved_makes_no_letter() -> None:
    """C.5: also an open case whose person is gone orders nothing, but asks a person."""
    heard = form("need-notification", NEED | ORAL)
    for gone in ({"deceased_on": DAY}, {"moved_on": DAY}):
        case = opened()
        outcome = take(replace(case, person=replace(case.person, **gone)), heard, document="d2")
        assert outcome.letters == ()
        assert "letter-not-made" in codes(outcome.case)


def test_r_45_a_day_to_come_is_refused() -> None:
    """Nobody is registered as dead beforehand."""
    with pytest.raises(RefusedError):
        leave(opened(), situation(), how=EventKind.PERSON_DIED, on=DAY + timedelta(days=1))


def test_c_7_an_expected_child_is_born() -> None:
    """C.7: the due date gives way to the birth date; without a name a person must say it."""
    case = opened()
    expected = replace(case, person=replace(case.person, birth_date=None, due_date=date(2026, 12, 1)))
    outcome = born(expected, situation(), on=DAY, name="Ylva Moen")
    assert (outcome.case.person.birth_date, outcome.case.person.due_date) == (DAY, None)
    assert "child-name" in codes(born(expected, situation(), on=DAY).case)
    with pytest.raises(RefusedError):
        born(case, situation(), on=DAY)


def test_b_1_notice_gives_days_to_answer() -> None:
    """B.1, R-45: before the due day the case can't be closed against the wish; on it, it can."""
    noticed = notice(named(opened()).case, situation(), why="Behovet er over.")
    assert [kind for kind, _ in kinds(noticed)] == ["prior-notice"]
    (matter,) = noticed.case.matters_of(MatterKind.PRIOR_NOTICE)
    assert matter.due == DAY + timedelta(days=ALL["orland"].closing.notice_days)
    late = {"agreed": False, "why": "Behovet er over.", "ends_on": date(2027, 1, 1)}
    with pytest.raises(RefusedError, match="frist til"):
        close(noticed.case, situation(on=matter.due - timedelta(days=1)), **late)
    closed = close(noticed.case, situation(on=matter.due), **late)
    assert not closed.case.matters_of(MatterKind.PRIOR_NOTICE, running=True)
    assert closed.letters[0].facts["noticed_on"] == DAY


def test_f_001_6_the_leader_is_told_where_the_municipality_says_so() -> None:
    """F-001-6: Søndre Land's leader hears that it ended; elsewhere nobody does."""
    ends = {"agreed": True, "why": "Over.", "ends_on": date(2027, 1, 1)}
    where = situation("sondre_land")
    theirs = close(named(opened("sondre_land"), where).case, where, **ends)
    assert ("termination-manager", "manager") in kinds(theirs)
    assert ("termination-manager", "manager") not in kinds(close(named(opened()).case, situation(), **ends))


@pytest.mark.parametrize(("received", "late"), [(date(2026, 10, 28), False), (date(2026, 11, 20), True)])
def test_b_1_a_late_complaint_is_kept_with_a_task(received: date, late: bool) -> None:
    """Pbrl. § 7-5: four weeks from the letter; later it is kept all the same."""
    outcome = complain(
        named(opened()).case,
        situation(),
        received_on=received,
        about="Valg av koordinator",
        letter=letter(ordered=datetime(2026, 10, 1, tzinfo=UTC)),
    )
    assert ("complaint-late" in codes(outcome.case)) is late
    assert outcome.case.matters_of(MatterKind.COMPLAINT, running=True)
    assert [kind for kind, _ in kinds(outcome)] == ["complaint-received"]


@given(st.datetimes(datetime(2022, 9, 1), datetime(2040, 1, 1), timezones=st.just(UTC)))
def test_b_12_the_clock_counts_hours_over_weekends_and_summer_time(known: datetime) -> None:
    """B.12, art. 33: 72 hours by the clock, whatever day it is and whatever the wall shows."""
    due = report_due(known, ALL.law)
    assert due - known == timedelta(hours=72)
    assert hours_left(known, due, ALL.law) == 0
    assert hours_left(known.astimezone(situation().now.tzinfo), known, ALL.law) == 72


def test_b_12_only_a_wrong_reader_is_a_deviation() -> None:
    """B.12: a wrong address is a task; a letter another has read is a deviation."""
    case = named(opened()).case
    assert "letter-returned" in codes(
        came_back(case, situation(), letter=letter(), why=CameBack.ADDRESS).case
    )
    wrong = came_back(case, situation(), letter=letter(), why=CameBack.WRONG_PERSON).case
    assert [m.about for m in wrong.matters_of(MatterKind.DEVIATION, running=True)] == ["L1"]


def test_fvl_6_an_employee_kept_out_is_not_appointed() -> None:
    """Fvl. § 6: never coordinator or deputy."""
    case = conflict(opened(), situation(), name="Ingunn Sætre", why="Søster.").case
    with pytest.raises(RefusedError, match="inhabil"):
        named(case)
    with pytest.raises(RefusedError, match="inhabil"):
        named(case, name="Pål Aune", service="Fysioterapi", deputy_name="ingunn sætre")


def test_fvl_6_an_employee_with_the_address_of_a_parent_is_a_warning() -> None:
    """Fvl. § 6: name and address both; a person finds out."""
    where = situation()
    staff = where.staff.employees
    own = replace(staff[0], name="Vilde Brekkås", address="Strandgata 14")
    told = take(None, need(), replace(where, staff=replace(where.staff, employees=(own, *staff[1:]))))
    assert "own-family" in codes(told.case)
    assert "own-family" not in codes(take(None, need(), where).case)


def other(**changes: object) -> Case:
    """Another case of the same person, with nothing in it yet."""
    case = opened()
    return replace(replace(case, id="2026/500", tasks=()), **changes)


def test_r_8_two_coordinators_cannot_be_joined() -> None:
    """R-8 and R-4: one coordinator and one plan at a time."""
    one = named(opened()).case
    with pytest.raises(RefusedError, match="R-8"):
        merge(one, replace(one, id="2026/500"), situation(), same_person=True)
    plan = Plan(exists=True, active=True)
    with pytest.raises(RefusedError, match="R-4"):
        merge(replace(one, plan=plan), other(plan=plan), situation(), same_person=True)


@given(st.booleans(), st.booleans(), st.booleans())
def test_r_8_split_undoes_merge(first: bool, team: bool, consent: bool) -> None:
    """R-8: whichever of the two held the coordinator, parted both stand as before."""
    full = replace(with_team(), tasks=(), plan=Plan(exists=True, active=True))
    if not team:
        full = replace(full, team=None)
    lean = other(consents=(Consent(id="c1", kind="share", granted=consent, signed=True),))
    kept, gone = (full, lean) if first else (replace(lean, id="2026/412"), replace(full, id="2026/500"))
    joined, merged = merge(kept, gone, situation(), same_person=True)
    assert joined.case.coordinator is not None
    assert joined.case.coordinator.name == "Ingunn Sætre"
    assert merged.case.phase is Phase.MERGED
    assert joined.letters == merged.letters == ()
    back, freed = split(joined.case, merged.case, situation())
    for was, now in ((kept, back.case), (gone, freed.case)):
        assert replace(now, matters=was.matters, tasks=was.tasks) == was
    assert "split-changed" not in codes(back.case)


def test_b_2_a_complaint_the_unit_stands_by_goes_to_the_complaint_body() -> None:
    """B.2, pbrl. § 7-2: acknowledged, sent on with a transmittal letter by name, decided there; each step once and in order."""
    received = complain(named(opened()).case, situation(), received_on=DAY, about="Valget av koordinator")
    assert ("complaint-received", "family") in kinds(received)
    stood = decide_complaint(received.case, situation(), upheld=False, why="Rådet fra tjenesten følges.")
    assert "complaint-forward" in codes(stood.case)
    with pytest.raises(RefusedError, match="ikke sendt videre"):
        answer_complaint(stood.case, situation(), outcome="upheld", on=DAY)
    sent = forward_complaint(stood.case, situation(), forwarded_on=DAY)
    (order,) = [one for one in sent.letters if one.kind == "complaint-transmittal"]
    assert (order.to.role, order.to.name, order.to.address_lines) == (
        PartyRole.COMPLAINT_BODY,
        ALL["orland"].office.complaint_body,
        (),
    )
    assert ("complaint-forwarded", "family") in kinds(sent)
    (line,) = [one for one in foresee(sent) if one.startswith("Oversendelse")]
    assert "sendes gjennom kommunens egen kanal" in line
    assert "adressen" not in line
    assert "complaint-send" in codes(sent.case)
    assert "complaint-forward" not in codes(sent.case)
    with pytest.raises(RefusedError, match="alt sendt videre"):
        forward_complaint(sent.case, situation(), forwarded_on=DAY)
    with pytest.raises(RefusedError, match="frem i tid"):
        answer_complaint(sent.case, situation(), outcome="changed", on=DAY + timedelta(days=1))
    for outcome in ("upheld", "changed", "set-aside"):
        ended = answer_complaint(sent.case, situation(), outcome=outcome, on=DAY)
        (matter,) = ended.case.matters_of(MatterKind.COMPLAINT)
        assert (matter.outcome, matter.done_on) == (outcome, DAY)
        assert f"complaint-{outcome}" in codes(ended.case)
        assert "complaint-send" not in codes(ended.case)


def test_b_2_a_known_address_of_the_complaint_body_is_printed_and_posted() -> None:
    """B.2: where the municipality's profile has the address, nothing is said of another channel."""
    where = situation()
    office = replace(where.profile.office, complaint_address=("Prøvegata 1", "0001 Prøveby"))
    where = replace(where, profile=replace(where.profile, office=office))
    received = complain(named(opened()).case, where, received_on=DAY, about="Valget")
    sent = forward_complaint(received.case, where, forwarded_on=DAY)
    (order,) = [one for one in sent.letters if one.kind == "complaint-transmittal"]
    assert order.to.address_lines == ("Prøvegata 1", "0001 Prøveby")
    assert "complaint-send" not in codes(sent.case)
    assert not any("kanal" in line for line in foresee(sent))


def test_t_21_the_name_of_a_child_may_come_after_its_birth() -> None:
    """T-21, C.7: until then the letters go to the family by the name that stood there; then the one who bore it is next of kin."""
    case = opened()
    mother = replace(case.person, name="Anna Ask", birth_date=None, due_date=date(2026, 12, 1))
    expected = replace(case, person=mother)
    nameless = born(expected, situation(), on=DAY)
    told = notice(named(nameless.case).case, situation(), why="Behovet er over.")
    assert {order.to.name for order in told.letters} == {"Familien til Anna Ask"}
    for wrong in ({"on": DAY}, {"name": "  "}, {"on": DAY - timedelta(days=1), "name": "Ylva Ask"}):
        with pytest.raises(RefusedError):
            born(nameless.case, situation(), **wrong)
    later = born(nameless.case, situation(), name=" Ylva  Ask ").case
    assert (later.person.name, later.person.birth_date) == ("Ylva Ask", DAY)
    assert "child-name" not in codes(later)
    assert ("Anna Ask", "next_of_kin") in {(one.name, one.role.value) for one in later.contacts}
    assert later == replace(born(expected, situation(), on=DAY, name="Ylva Ask").case, tasks=later.tasks)
    with pytest.raises(RefusedError, match="ventet"):
        born(later, situation(), name="Ylva Ask")
    for day in (date(1901, 1, 1), date(2025, 11, 1), DAY + timedelta(days=1)):
        with pytest.raises(RefusedError):
            born(expected, situation(), on=day)
