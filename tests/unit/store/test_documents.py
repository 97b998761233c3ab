"""Documents: recorded once, worked through in order, never forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.domain import DocumentStatus
from pipeline.errors import RefusedError, UsageError
from pipeline.store import Register
from tests.unit.store.made import NOW, TOWN, arrival, case, submission


def test_the_same_claim_is_recorded_once(register: Register) -> None:
    first = register.record_arrival(arrival("a"), municipality=TOWN)
    assert register.record_arrival(arrival("a"), municipality=TOWN) == first
    assert [d.id for d in register.documents()] == ["D1"]


def test_a_token_used_for_other_bytes_is_refused(register: Register) -> None:
    register.record_arrival(arrival("a"), municipality=TOWN)
    with pytest.raises(RefusedError):
        register.record_arrival(arrival("a", content="other"), municipality=TOWN)


def test_the_same_bytes_again_point_at_the_first(register: Register) -> None:
    for token in ("a", "b", "c"):
        register.record_arrival(arrival(token, content="same"), municipality=TOWN)
    assert [(d.status.value, d.duplicate_of) for d in register.documents()] == [
        ("received", None),
        ("duplicate", "D1"),
        ("duplicate", "D1"),
    ]


def test_the_same_bytes_for_two_municipalities_are_two_documents(register: Register) -> None:
    register.record_arrival(arrival("a", content="same", folder=TOWN), municipality=TOWN)
    second = register.record_arrival(arrival("b", content="same", folder="utvik"), municipality="utvik")
    assert second.status is DocumentStatus.RECEIVED


def test_the_same_bytes_in_the_common_inbox_are_known_after_the_first_has_moved(register: Register) -> None:
    first = register.record_arrival(arrival("a", content="same"), municipality=TOWN)
    register.move_document(first.id, "utvik")
    assert register.record_arrival(arrival("b", content="same"), municipality=TOWN).duplicate_of == first.id


def test_the_oldest_that_is_due_comes_next_and_is_counted(register: Register) -> None:
    for token in ("a", "b"):
        register.record_arrival(arrival(token), municipality=TOWN)
    later = NOW + timedelta(minutes=5)
    first = register.next_document(NOW)
    assert first is not None
    assert (first.id, first.status, first.attempts) == ("D1", DocumentStatus.WORKING, 1)
    register.postpone_document("D1", reason="Disken var full.", reason_code="passing-fault", try_after=later)
    assert [d.id for d in iter(lambda: register.next_document(NOW), None)] == ["D2"]
    again = register.next_document(later)
    assert again is not None
    assert (again.id, again.attempts, again.try_after) == ("D1", 2, None)


def test_what_a_killed_process_worked_on_comes_again(register: Register) -> None:
    register.record_arrival(arrival("a"), municipality=TOWN)
    register.next_document(NOW)
    assert register.release_working() == 1
    again = register.next_document(NOW)
    assert again is not None
    assert again.attempts == 2


def test_settling_keeps_the_reason_and_received_starts_anew(register: Register) -> None:
    register.record_arrival(arrival("a"), municipality=TOWN)
    register.next_document(NOW)
    register.settle_document(
        "D1", DocumentStatus.REVIEW, reason="Kan ikke leses ennå.", reason_code="not-read"
    )
    assert [d.id for d in register.waiting_for("not-read")] == ["D1"]
    assert [d.id for d in register.documents(status=DocumentStatus.REVIEW)] == ["D1"]
    register.settle_document("D1", DocumentStatus.RECEIVED)
    found = register.document("D1")
    assert found is not None
    assert (found.reason, found.reason_code, found.attempts) == ("", "", 0)


def test_a_long_list_comes_whole_and_in_order_also_while_it_changes(register: Register) -> None:
    for number in range(1203):
        register.record_arrival(arrival(str(number)), municipality=TOWN if number % 2 else "utvik")
    seen = []
    for found in register.documents():
        seen.append(found.id)
        register.settle_document(found.id, DocumentStatus.DONE)
    assert seen == [f"D{n}" for n in range(1, 1204)]
    assert sum(1 for _ in register.documents(municipality=TOWN)) == 601


def test_found_by_the_name_it_came_under(register: Register) -> None:
    odd = "bl\N{COMBINING RING ABOVE}a\n'; DROP TABLE document; --😀.docx"
    register.record_arrival(arrival("a", source=odd), municipality=TOWN)
    assert [d.source for d in register.documents_named(odd)] == [odd]


def test_steps_come_in_the_order_they_were_noted(register: Register) -> None:
    register.record_arrival(arrival("a"), municipality=TOWN)
    register.add_step("D1", "received", NOW, "skjemaflyt", "Filen er tatt imot.")
    register.add_step("D1", "read", NOW, "skjemaflyt")
    assert [(s.step, s.text) for s in register.steps("D1")] == [
        ("received", "Filen er tatt imot."),
        ("read", ""),
    ]


@pytest.mark.parametrize("identity", ["", "D", "D99", "S1", "D1x", "D-1", "D٣", "D" + "9" * 40, "1"])
def test_an_unknown_id_is_none_to_ask_for_and_wrong_usage_to_change(
    register: Register, identity: str
) -> None:
    assert register.document(identity) is None
    with pytest.raises(UsageError):
        register.settle_document(identity, DocumentStatus.DONE)


def test_a_document_moves_only_before_a_form_in_it_belongs_to_a_case(register: Register) -> None:
    register.record_arrival(arrival("a"), municipality=TOWN)
    register.save_submissions("D1", [submission()])
    register.save_case(case(), [])
    register.link_submission("S1", "2026/1", "test")
    with pytest.raises(RefusedError):
        register.move_document("D1", "utvik")
