"""Forms and review items: every doubt waits for a person, and what a person did is never overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain import (
    Candidate,
    EventKind,
    FieldStatus,
    ReadingStatus,
    SubmissionStatus,
)
from pipeline.errors import RefusedError, UsageError
from pipeline.store import Register
from tests.unit.store.made import TOWN, arrival, case, doubtful_submission, field, submission


@pytest.fixture
def taken(register: Register) -> Register:
    """A register with one document."""
    register.record_arrival(arrival("a"), municipality=TOWN)
    return register


def test_a_sure_form_comes_back_as_it_was_saved(taken: Register) -> None:
    (saved,) = taken.save_submissions("D1", [submission()])
    assert (saved.id, saved.status, saved.submission) == ("S1", SubmissionStatus.ACCEPTED, submission())
    assert list(taken.review_items()) == []


def test_every_doubt_becomes_an_open_item(taken: Register) -> None:
    (saved,) = taken.save_submissions("D1", [doubtful_submission()])
    assert saved.status is SubmissionStatus.REVIEW
    items = list(taken.review_items(document="D1"))
    assert [(i.id, i.field, i.code, i.value, i.raw) for i in items] == [
        ("S1-1", "recipient.name", "low-confidence", "Tuva Myrlond", "Tuva Myrlond"),
        ("S1-2", None, "version", None, ""),
    ]


def test_a_doubtful_form_without_any_doubt_still_waits_for_a_person(taken: Register) -> None:
    taken.save_submissions("D1", [submission(status=ReadingStatus.REVIEW)])
    assert [i.code for i in taken.review_items()] == ["unsure"]


def test_the_last_decision_makes_the_form_accepted_and_its_event_keeps_the_old_value(taken: Register) -> None:
    taken.save_submissions("D1", [doubtful_submission()])
    after = taken.set_field("S1", "recipient.name", "Tuva Myrland", "kari")
    assert after.status is SubmissionStatus.REVIEW
    taken.resolve_review_item("S1-2", "kari")
    done = taken.submission("S1")
    assert done is not None
    assert (done.status, done.submission.status, done.submission.doubts) == (
        SubmissionStatus.ACCEPTED,
        ReadingStatus.ACCEPTED,
        (),
    )
    read = done.submission.fields["recipient.name"]
    assert (read.value, read.raw, read.status, read.confidence, read.page) == (
        "Tuva Myrland",
        "Tuva Myrlond",
        FieldStatus.ACCEPTED,
        1.0,
        2,
    )
    (event,) = taken.events(document="D1")
    assert (event.kind, event.actor, event.data["old"], event.data["new"]) == (
        EventKind.FIELD_CORRECTED,
        "kari",
        "Tuva Myrlond",
        "Tuva Myrland",
    )


def test_accepting_a_field_keeps_its_value(taken: Register) -> None:
    taken.save_submissions("D1", [doubtful_submission()])
    after = taken.accept_field("S1", "recipient.name", "kari")
    assert after.submission.text("recipient.name") == "Tuva Myrlond"
    assert [i.id for i in taken.review_items()] == ["S1-2"]
    assert [(i.id, i.resolution, i.resolved_by) for i in taken.review_items(resolved=True)] == [
        ("S1-1", "accepted", "kari")
    ]


def test_a_field_set_to_nothing_is_empty(taken: Register) -> None:
    taken.save_submissions("D1", [doubtful_submission()])
    assert taken.set_field("S1", "date", None, "kari").submission.fields["date"].status is FieldStatus.EMPTY


def test_rows_and_ticks_can_be_set(taken: Register) -> None:
    taken.save_submissions("D1", [submission(fields={"services": field(()), "x": field(False)})])
    rows = ({"service": "PPT", "contact": None, "signed": True},)
    assert taken.set_field("S1", "services", rows, "kari").submission.rows("services") == rows
    assert taken.set_field("S1", "x", True, "kari").submission.ticked("x")


def test_an_item_about_a_field_is_decided_by_the_field(taken: Register) -> None:
    taken.save_submissions("D1", [doubtful_submission()])
    with pytest.raises(RefusedError):
        taken.resolve_review_item("S1-1", "kari")


def test_an_accepted_form_with_a_new_question_waits_and_the_same_question_is_asked_once(
    taken: Register,
) -> None:
    taken.save_submissions("D1", [submission()])
    who = Candidate(case="2026/1", name="Tuva", birth_date=date(2014, 11, 3), speaks_for=("navnet stemmer",))
    first = taken.add_review_item("S1", field=None, code="near-match", reason="Ligner.", candidates=[])
    again = taken.add_review_item("S1", field=None, code="near-match", reason="Ligner.", candidates=[who])
    assert (first.id, again.id, again.candidates) == ("S1-1", "S1-1", (who,))
    found = taken.submission("S1")
    assert found is not None
    assert found.status is SubmissionStatus.REVIEW


def test_no_form_is_linked_while_a_field_is_doubtful(taken: Register) -> None:
    taken.save_submissions("D1", [doubtful_submission()])
    taken.save_case(case(), [])
    with pytest.raises(RefusedError):
        taken.link_submission("S1", "2026/1", "kari")
    taken.accept_field("S1", "recipient.name", "kari")
    linked = taken.link_submission("S1", "2026/1", "kari")
    assert (linked.status, linked.case) == (SubmissionStatus.LINKED, "2026/1")
    assert list(taken.review_items()) == []
    assert taken.link_submission("S1", "2026/1", "kari") == linked
    assert [e.kind for e in taken.events(case="2026/1")] == [EventKind.DOCUMENT_LINKED]
    assert taken.document_forms("D1") == (("need-notification", SubmissionStatus.LINKED, "2026/1"),)


def test_an_unlinked_form_waits_again(taken: Register) -> None:
    taken.save_submissions("D1", [submission()])
    taken.save_case(case(), [])
    taken.link_submission("S1", "2026/1", "kari")
    with pytest.raises(RefusedError):
        taken.reject_submission("S1", "feil", "kari")
    free = taken.unlink_submission("S1", "kari")
    assert (free.status, free.case) == (SubmissionStatus.REVIEW, None)
    assert [i.code for i in taken.review_items()] == ["unlinked"]
    assert [e.kind for e in taken.events(case="2026/1")][-1] is EventKind.DOCUMENT_UNLINKED
    with pytest.raises(RefusedError):
        taken.unlink_submission("S1", "kari")


def test_a_rejected_form_keeps_why_and_is_not_decided_again(taken: Register) -> None:
    taken.save_submissions("D1", [doubtful_submission()])
    gone = taken.reject_submission("S1", "Gjelder en annen.", "kari")
    assert (gone.status, gone.why) == (SubmissionStatus.REJECTED, "Gjelder en annen.")
    assert list(taken.review_items()) == []
    with pytest.raises(RefusedError):
        taken.set_field("S1", "date", "2026-01-01", "kari")
    taken.save_case(case(), [])
    with pytest.raises(RefusedError):
        taken.link_submission("S1", "2026/1", "kari")


def test_a_new_reading_replaces_what_nobody_has_touched(taken: Register) -> None:
    taken.save_submissions("D1", [doubtful_submission(), submission("group-report")])
    (only,) = taken.save_submissions("D1", [submission()])
    assert (only.id, only.status) == ("S1", SubmissionStatus.ACCEPTED)
    assert [s.id for s in taken.submissions()] == ["S1"]
    assert list(taken.review_items(resolved=None)) == []
    (_, new) = taken.save_submissions("D1", [submission(), submission("group-report")])
    assert new.id == "S3"
    assert taken.add_review_item("S1", field=None, code="x", reason="Se.").id == "S1-3"


def test_a_new_reading_leaves_a_persons_work_alone(taken: Register) -> None:
    taken.save_submissions("D1", [doubtful_submission(), doubtful_submission()])
    mine = taken.set_field("S1", "recipient.name", "Tuva Myrland", "kari")
    first, second = taken.save_submissions("D1", [submission(), submission()])
    assert (first, second.status) == (mine, SubmissionStatus.ACCEPTED)
    with pytest.raises(RefusedError):
        taken.save_submissions("D1", [submission("group-report"), submission()])
    with pytest.raises(RefusedError):
        taken.save_submissions("D1", [])


def test_a_rejected_reading_waits_for_nobody(taken: Register) -> None:
    (saved,) = taken.save_submissions("D1", [submission(None, status=ReadingStatus.REJECTED)])
    assert saved.status is SubmissionStatus.REJECTED


def test_documents_of_the_common_inbox_follow_their_first_case(taken: Register) -> None:
    taken.record_arrival(arrival("b", folder=TOWN), municipality=TOWN)
    taken.save_submissions("D1", [submission(), submission()])
    taken.save_submissions("D2", [submission()])
    taken.save_case(case("2026/7", municipality="utvik"), [])
    taken.link_submission("S1", "2026/7", "kari")
    moved = taken.document("D1")
    assert moved is not None
    assert moved.municipality == "utvik"
    with pytest.raises(RefusedError):
        taken.link_submission("S3", "2026/7", "kari")


def test_unknown_ids_are_wrong_usage(taken: Register) -> None:
    taken.save_submissions("D1", [submission()])
    assert taken.submission("S9") is None
    assert taken.review_item("S1-9") is None
    assert taken.review_item("nonsense") is None
    with pytest.raises(UsageError):
        taken.save_submissions("D9", [submission()])
    with pytest.raises(UsageError):
        taken.set_field("S1", "no.such", "x", "kari")
    with pytest.raises(UsageError):
        taken.link_submission("S1", "2026/99", "kari")
    with pytest.raises(UsageError):
        taken.add_review_item("S9", field=None, code="x", reason="y")
    with pytest.raises(UsageError):
        taken.resolve_review_item("S1-9", "kari")


def test_forms_are_found_by_status_document_and_case(taken: Register) -> None:
    taken.record_arrival(arrival("b"), municipality=TOWN)
    taken.save_submissions("D1", [submission(), doubtful_submission()])
    taken.save_submissions("D2", [replace(submission(), form=None)])
    taken.save_case(case(), [])
    taken.link_submission("S1", "2026/1", "kari")
    assert [s.id for s in taken.submissions(status=SubmissionStatus.REVIEW)] == ["S2"]
    assert [s.id for s in taken.submissions(document="D1")] == ["S1", "S2"]
    assert [s.id for s in taken.submissions(case="2026/1")] == ["S1"]
