"""Letters once, reminders once, staff over time, and the register in numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from pipeline.domain import (
    DocumentStatus,
    Employee,
    LetterStatus,
    ReminderStatus,
    RoleHolding,
    SubmissionStatus,
)
from pipeline.errors import InputError, RefusedError, UsageError
from pipeline.store import Register, StaffImport, Store
from tests.unit.store.made import NOW, TOWN, arrival, case, order, person, submission


@pytest.fixture
def two(register: Register) -> Register:
    """A register with two cases."""
    register.save_case(case("2026/1"), [])
    register.save_case(case("2026/2", person=person("P2")), [])
    return register


def test_a_letter_is_ordered_once_and_numbers_count_within_the_case(two: Register) -> None:
    orders = [order("2026/1", "a"), order("2026/2", "a"), order("2026/1", "b"), order("2026/1", "a")]
    letters = two.order_letters(orders, municipality=TOWN, now=NOW, actor="test")
    assert [(x.id, x.order.case, x.number) for x in letters] == [
        ("L1", "2026/1", 1),
        ("L2", "2026/2", 1),
        ("L3", "2026/1", 2),
        ("L1", "2026/1", 1),
    ]
    assert [x.order for x in letters] == orders
    assert {x.status for x in letters} == {LetterStatus.ORDERED}
    assert two.letter("2026/1-2") == two.letter("L3") == letters[2]
    assert two.letter("2026/1-9") is two.letter("L9") is two.letter("") is None
    assert [x.id for x in two.letters(case="2026/2")] == ["L2"]


def test_r_54_a_withdrawn_letter_does_not_stand_in_the_way_of_a_new_one(two: Register) -> None:
    """R-54: the same key again is another letter with another number; a live one is still ordered once, a reminder ever once."""
    orders = [order("2026/1", "a"), order("2026/1", "p", batch=True)]

    def again() -> list[str]:
        return [x.id for x in two.order_letters(orders, municipality=TOWN, now=NOW, actor="test")]

    assert again() == again() == ["L1", "L2"]
    for one in ("L1", "L2"):
        letter = two.letter(one)
        assert letter is not None
        two.update_letter(replace(letter, status=LetterStatus.WITHDRAWN))
    assert again() == again() == ["L3", "L2"]
    old, new = two.letter("L1"), two.letter("L3")
    assert old is not None
    assert new is not None
    assert (old.status, new.status) == (LetterStatus.WITHDRAWN, LetterStatus.ORDERED)
    assert (old.number, new.number, new.order) == (1, 3, orders[0])
    two.update_letter(replace(new, status=LetterStatus.WITHDRAWN))
    assert again() == ["L4", "L2"]


def test_a_letter_goes_its_way_but_stays_the_one_ordered(two: Register) -> None:
    (ordered,) = two.order_letters([order("2026/1")], municipality=TOWN, now=NOW, actor="test")
    made = replace(
        ordered,
        status=LetterStatus.READY,
        docx="outbox/2026-1-1.docx",
        data={"å": ["ä", 1, None]},
        signer="E1",
    )
    two.update_letter(made)
    assert two.letter("L1") == made
    assert [x.id for x in two.letters_without_pdf()] == ["L1"]
    assert list(two.letters(status=LetterStatus.ORDERED)) == []
    two.update_letter(replace(made, status=LetterStatus.WITHDRAWN))
    assert list(two.letters_without_pdf()) == []
    for other in (
        replace(made, number=2),
        replace(made, order=order("2026/1", facts={})),
        replace(made, municipality="utvik"),
    ):
        with pytest.raises(RefusedError):
            two.update_letter(other)
    with pytest.raises(UsageError):
        two.update_letter(replace(made, id="L9"))


def test_letters_are_for_the_cases_own_municipality(two: Register) -> None:
    with pytest.raises(RefusedError):
        two.order_letters([order("2026/1")], municipality="utvik", now=NOW, actor="test")
    with pytest.raises(UsageError):
        two.order_letters([order("2026/9")], municipality=TOWN, now=NOW, actor="test")


@pytest.mark.parametrize("fact", [datetime(2026, 1, 1), (1,), ["a"], {"day": "2026-01-01"}, 1.5])
def test_facts_are_what_the_types_say(two: Register, fact: object) -> None:
    with pytest.raises(InputError):
        two.order_letters([order("2026/1", facts={"x": fact})], municipality=TOWN, now=NOW, actor="test")


def test_archive_numbers_of_documents_and_letters(two: Register) -> None:
    two.record_arrival(arrival("a"), municipality=TOWN)
    two.order_letters([order("2026/1")], municipality=TOWN, now=NOW, actor="test")
    assert two.archive_reference("D1") is None
    for subject in ("D1", "L1"):
        two.set_archive_reference(subject, archive_case="24/1", journal_number="1", actor="test")
        two.set_archive_reference(subject, archive_case="24/1", journal_number="2", actor="test")
        assert two.archive_reference(subject) == ("24/1", "2")
    for subject in ("D9", "L9", "2026/1"):
        with pytest.raises(UsageError):
            two.set_archive_reference(subject, archive_case="x", journal_number="y", actor="test")


def test_a_reminder_is_claimed_once_for_each_case_rule_and_period(two: Register) -> None:
    due = date(2026, 6, 1)
    claims = [
        ("2026/1", "T-4", "2026"),
        ("2026/1", "T-4", "2026"),
        ("2026/1", "T-4", "2027"),
        ("2026/2", "T-4", "2026"),
    ]
    assert [two.claim_reminder(*c, due, NOW) for c in claims] == [True, False, True, True]
    assert two.stop_reminder("2026/1", "T-1", "a2", due, NOW)
    assert not two.claim_reminder("2026/1", "T-1", "a2", due, NOW)
    assert two.reminder_status("2026/1", "T-1", "a2") is ReminderStatus.STOPPED
    assert two.reminder_status("2026/1", "T-4", "2026") is ReminderStatus.CREATED
    assert two.reminder_status("2026/1", "T-4", "2028") is None
    assert [(r.rule, r.period) for r in two.reminders(case="2026/1")] == [
        ("T-4", "2026"),
        ("T-4", "2027"),
        ("T-1", "a2"),
    ]
    assert len(list(two.reminders(rule="T-4"))) == 3


def leader(**more: object) -> Employee:
    """A unit leader."""
    known = {
        "name": "Gro Lien",
        "service": "Tildeling",
        "roles": (RoleHolding(role="unit_leader", from_date=date(2020, 1, 1)),),
        **more,
    }
    return Employee(id="E1", municipality=TOWN, **known)


def test_the_same_staff_list_again_changes_nothing(register: Register) -> None:
    other = Employee(id="E2", municipality=TOWN, name="Nils Vik")
    first = register.import_staff(TOWN, [leader(), other], now=NOW, actor="test")
    again = register.import_staff(TOWN, [leader(), other], now=NOW, actor="test")
    assert (first, again) == (StaffImport(new=2), StaffImport(unchanged=2))
    assert register.staff(TOWN).employees == (leader(), other)
    assert register.staff("utvik").employees == ()


def test_who_leaves_the_list_has_left_and_may_come_back(register: Register) -> None:
    register.import_staff(TOWN, [leader()], now=NOW, actor="test")
    gone = register.import_staff(TOWN, [], now=NOW + timedelta(days=1), actor="test")
    assert gone == StaffImport(left=1)
    assert register.staff(TOWN).employees == ()
    back = register.import_staff(TOWN, [leader(title="Leder")], now=NOW + timedelta(days=2), actor="test")
    assert back == StaffImport(new=1)
    assert register.staff(TOWN).holder("unit_leader", date(2026, 3, 10)) == leader(title="Leder")


def test_a_role_taken_off_the_list_ended_the_day_before(register: Register) -> None:
    later = RoleHolding(role="case_worker", from_date=date(2026, 9, 1))
    past = RoleHolding(role="manager", service="PPT", from_date=None, to_date=date(2019, 1, 1))
    roles = (*leader().roles, later, past)
    register.import_staff(TOWN, [leader(roles=roles)], now=NOW, actor="test")
    counts = register.import_staff(TOWN, [leader(roles=())], now=NOW, actor="test")
    assert counts == StaffImport(changed=1)
    staff = register.staff(TOWN)
    assert staff.holder("unit_leader", date(2026, 3, 1)) is not None
    assert staff.holder("unit_leader", date(2026, 3, 2)) is None
    assert staff.holder("case_worker", date(2026, 9, 2)) is None
    assert staff.holder("manager", date(2018, 1, 1)) is not None


def test_a_list_that_contradicts_itself_is_refused(register: Register) -> None:
    for wrong in ([leader(), leader(name="Annen")], [replace(leader(), municipality="utvik")]):
        with pytest.raises(RefusedError):
            register.import_staff(TOWN, wrong, now=NOW, actor="test")


def test_the_register_in_numbers(store: Store) -> None:
    with store.transaction() as register:
        assert register.counts().oldest_waiting is None
        register.record_arrival(arrival("a"), municipality=TOWN)
        register.record_arrival(
            replace(arrival("b"), received_at=NOW - timedelta(hours=1)), municipality=TOWN
        )
        register.save_submissions("D1", [submission()])
        register.save_case(case(), [])
        register.order_letters([order("2026/1")], municipality=TOWN, now=NOW, actor="test")
        register.settle_document("D1", DocumentStatus.REVIEW)
    with store.reading() as register:
        counts = register.counts()
    assert (counts.documents[DocumentStatus.RECEIVED], counts.documents[DocumentStatus.REVIEW]) == (1, 1)
    assert counts.submissions[SubmissionStatus.ACCEPTED] == counts.letters[LetterStatus.ORDERED] == 1
    assert (counts.cases, counts.oldest_waiting, counts.oldest_review) == (1, NOW - timedelta(hours=1), NOW)
    assert set(counts.documents) == set(DocumentStatus)
