"""A need notification: what it opens, who is told, what a person must do."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.casework import complete, foresee, needs_case
from pipeline.domain import (
    ContactRole,
    EventKind,
    FieldReading,
    FieldStatus,
    Measure,
    PartyRole,
    Phase,
    Problem,
    Submission,
)
from pipeline.errors import RefusedError
from tests.unit.casework.material import (
    ORAL,
    adult,
    codes,
    form,
    group_consent,
    kinds,
    need,
    open_tasks,
    opened,
    report,
    situation,
    take,
)


def test_a_notification_opens_a_case_with_all_that_the_form_says() -> None:
    """F-003-1: person, contacts, need, services and measures."""
    outcome = take(None, need(gp__name="Lege Lie", gp__office="Legesenteret", requested__other="Avlastning"))
    case = outcome.case
    assert (case.id, case.municipality, case.phase) == ("2026/412", "orland", Phase.RECEIVED)
    assert case.person.name == "Vilde Brekkås"
    assert case.person.birth_date == date(2016, 3, 1)
    assert case.person.id == "2026/412-p"
    assert case.requested == (Measure.COORDINATOR,)
    assert case.requested_other == "Avlastning"
    assert case.services == ("Fysioterapi", "PPT")
    assert case.notified_on == date(2026, 11, 22)
    assert {c.role for c in case.contacts} == {ContactRole.NEXT_OF_KIN, ContactRole.GP, ContactRole.REPORTER}
    assert outcome.events[0].kind is EventKind.CASE_OPENED
    assert all(event.actor == "test" and event.cause == "d1" for event in outcome.events)
    assert not open_tasks(case)


def test_a_mother_who_reports_her_child_is_answered_as_the_family() -> None:
    """B.17: one acknowledgement, to the parents at the child's address."""
    (letter,) = take(None, need()).letters
    assert letter.to.role is PartyRole.FAMILY
    assert letter.to.name == "Foreldrene til Vilde Brekkås"
    assert letter.to.address_lines == ("Strandgata 14", "7130 Brekstad")
    assert letter.facts == {
        "received_on": date(2026, 11, 22),
        "measures": ("coordinator",),
        "by_service": False,
        "reporter_name": "Siv Brekkås",
    }


def test_an_adult_who_reports_themself_is_answered_once() -> None:
    """The reporter and the user are one: one letter, to the user, that doesn't tell them their own name."""
    (letter,) = take(None, adult()).letters
    assert (letter.to.role, letter.to.name) == (PartyRole.USER, "Eirik Østgård")
    assert "reporter_name" not in letter.facts


def test_r_60_a_service_with_the_oral_block_tells_both_the_reporter_and_the_family() -> None:
    """R-60: oral informed consent that a service signed; the family gets a letter too."""
    outcome = take(None, need(**ORAL, consent__signatures=()))
    assert kinds(outcome) == [("acknowledgement", "reporter"), ("acknowledgement", "family")]
    assert outcome.letters[0].to.employee == "e1"
    assert outcome.letters[0].facts["by_service"] is True
    assert [c.kind for c in outcome.case.consents] == ["oral"]
    assert outcome.case.consented("oral")


@pytest.mark.parametrize(
    "missing",
    [{"oral_consent.signed": False}, {"oral_consent.date": None}, {"oral_consent.contact": None}],
    ids=["signature", "date", "contact"],
)
def test_r_60_an_incomplete_oral_block_is_no_consent(missing: dict[str, object]) -> None:
    """R-60: only the whole block counts; then nobody but the reporter gets a letter."""
    outcome = take(None, need(consent__signatures=(), **(ORAL | missing)))
    assert not outcome.case.consents
    assert "consent-missing" in codes(outcome.case)
    assert all(role == "reporter" for _, role in kinds(outcome))
    assert EventKind.CONSENT_MISSING in {event.kind for event in outcome.events}


def test_r_60_oral_consent_counts_only_where_the_municipality_accepts_it() -> None:
    """R-60 is Ørland's; where the papers are silent a written consent is needed."""
    outcome = take(None, need(**ORAL, consent__signatures=()), situation("loten"))
    assert "consent-missing" in codes(outcome.case)
    assert not outcome.case.consents


def test_r_60_a_typed_name_is_no_signature() -> None:
    """A row without ink gives no consent."""
    outcome = take(None, need(consent__signatures=({"name": "Siv Brekkås", "signed": False},)))
    assert "consent-missing" in codes(outcome.case)
    assert not outcome.case.consents


def test_r_60_a_later_signed_notification_answers_the_task() -> None:
    """The task is done when the consent comes."""
    case = take(None, need(consent__signatures=())).case
    assert "consent-missing" in codes(case)
    assert "consent-missing" not in codes(take(case, need(), document="d2").case)


def test_t_19_from_sixteen_the_youth_signs() -> None:
    """T-19: a mother's signature for a sixteen-year-old is not the youth's consent."""
    outcome = take(None, need(recipient__birth_date="2010-11-22"))
    assert {"consent-signer", "consent-missing"} <= codes(outcome.case)
    still = take(None, need(recipient__birth_date="2010-11-23"))
    assert not codes(still.case)


def test_an_adults_guardian_may_sign_but_a_sister_may_not() -> None:
    """hpl § 22: for an adult the guardian, never just a relative."""
    signed = ({"name": "Liv Østgård", "date": None, "signed": True},)
    assert "consent-signer" in codes(take(None, adult(consent__signatures=signed)).case)
    guarded = take(None, adult(consent__signatures=signed, guardian__name="Liv Østgård"))
    assert guarded.case.consented("process")
    assert guarded.case.consent("process").capacity == "guardian"


def test_t_21_a_child_coordinator_for_an_adult_is_a_task() -> None:
    """T-21: the right ends at eighteen; the day before it stands."""
    asked = {"requested__child_coordinator": True}
    assert "child-coordinator-age" in codes(take(None, adult(**asked)).case)
    eve = take(None, need(recipient__birth_date="2008-11-23", **asked))
    assert "child-coordinator-age" not in codes(eve.case)
    birthday = take(None, need(recipient__birth_date="2008-11-22", **asked))
    assert "child-coordinator-age" in codes(birthday.case)


def test_f_003_4_a_service_that_reports_a_child_encloses_two_attachments() -> None:
    """F-003-4: each missing one is a task, and each answers its own."""
    case = take(None, need(**ORAL)).case
    wanted = {"attachment-missing-needs-checklist", "attachment-missing-stakeholder-map"}
    assert wanted <= codes(case)
    outcome = take(case, form("needs-checklist", {}), document="d2")
    assert wanted & codes(outcome.case) == {"attachment-missing-stakeholder-map"}
    assert EventKind.ATTACHMENT_RECEIVED in {event.kind for event in outcome.events}


def test_f_003_4_nobody_else_owes_attachments() -> None:
    """Not a mother, not for an adult, not where the municipality doesn't ask."""
    assert not any("attachment" in code for code in codes(take(None, need()).case))
    assert not any("attachment" in code for code in codes(take(None, adult(**ORAL)).case))
    assert not any(
        "attachment" in code for code in codes(take(None, need(**ORAL), situation("salangen")).case)
    )


def test_a_differing_phone_is_a_task_and_the_register_keeps_its_own() -> None:
    """Never a silent overwrite."""
    outcome = take(opened(), need(recipient__phone="+4790000002"), document="d2")
    assert outcome.case.person.phone == "+4790000001"
    assert "details-differ" in codes(outcome.case)


def test_half_an_address_never_mixes_with_another() -> None:
    """A known place with a new street would be a third address that nobody lives at."""
    case = opened(submission=need(recipient__address=""))
    outcome = take(
        case, need(recipient__address="Lia 2", recipient__postal_place="7140 Opphaug"), document="d2"
    )
    assert (outcome.case.person.address, outcome.case.person.postal_place) == ("", "7130 Brekstad")
    assert "details-differ" in codes(outcome.case)


def test_what_was_unknown_is_filled_in() -> None:
    """An e-mail the register lacked is taken over, with an event."""
    outcome = take(opened(), need(recipient__email="vilde@example.no"), document="d2")
    assert outcome.case.person.email == "vilde@example.no"
    assert EventKind.PERSON_UPDATED in {event.kind for event in outcome.events}


def test_a_second_notification_joins_the_open_case() -> None:
    """Measures, services and need are joined; contacts are not doubled."""
    first = opened()
    case = take(
        first, need(requested__coordinator=False, requested__individual_plan=True), document="d2"
    ).case
    assert case.requested == (Measure.INDIVIDUAL_PLAN, Measure.COORDINATOR)
    assert len(case.contacts) == len(first.contacts)
    assert case.need == "Trenger samordning."


def test_a_closed_case_is_not_reopened() -> None:
    """A new notification opens a new case for the same person; anything else is a task."""
    closed = replace(opened(), id="2025/1", phase=Phase.CLOSED)
    fresh = take(closed, need(), document="d2").case
    assert (fresh.id, fresh.phase, fresh.person.id) == ("2026/412", Phase.RECEIVED, closed.person.id)
    late = take(closed, report("annual"), document="d2")
    assert codes(late.case) == {"message-in-closed-case"}
    assert late.case.annual_reports == ()
    same_number = replace(closed, id="2026/412")
    assert codes(take(same_number, need()).case) == {"message-in-closed-case"}


def test_nothing_is_taken_in_while_a_field_waits_for_a_person() -> None:
    """An unsure value is never used."""
    unsure = need()
    fields = dict(unsure.fields) | {"recipient.name": FieldReading(value="V?lde", status=FieldStatus.REVIEW)}
    with pytest.raises(RefusedError, match="venter"):
        take(None, replace(unsure, fields=fields))


def test_another_municipalitys_form_or_case_is_refused() -> None:
    """A case is worked on with its own municipality's rules only."""
    with pytest.raises(RefusedError):
        take(opened(), need(), situation("salangen"))
    with pytest.raises(RefusedError):
        take(None, replace(need(), municipality="salangen"))


@pytest.mark.parametrize("submission", [report("annual"), group_consent(), form("stakeholder-map", {})])
def test_only_a_notification_opens_a_case(submission: Submission) -> None:
    """The others are linked by a person."""
    assert not needs_case(submission)
    with pytest.raises(RefusedError):
        take(None, submission)
    assert needs_case(need())
    assert not needs_case(need(recipient__name=""))


def test_a_problem_of_the_form_becomes_a_task() -> None:
    """What the form lacks is said, not guessed."""
    problem = Problem(rule="required", fields=("date",), text="Datoen mangler.")
    outcome = take(None, replace(need(), problems=(problem,)))
    assert [task.text for task in open_tasks(outcome.case)] == ["Datoen mangler."]


def test_without_an_address_the_letter_waits_until_it_is_known() -> None:
    """A letter never has a gap, and is not forgotten."""
    outcome = take(None, need(recipient__address="", recipient__postal_place=""))
    (order,) = outcome.letters
    assert order.to.address_lines == ()
    assert foresee(outcome) == ("Bekreftelse på mottatt melding: til familien, når adressen er registrert",)
    assert complete(order, outcome.case, situation()) == order
    known = take(outcome.case, need(), document="d2").case
    assert complete(order, known, situation()).to.address_lines == ("Strandgata 14", "7130 Brekstad")


def test_a_protected_address_gives_a_task_and_no_letter() -> None:
    """B.11: a person sends it."""
    case = opened()
    case = replace(case, person=replace(case.person, protected=True))
    outcome = take(case, need(), document="d2")
    assert outcome.letters == ()
    assert "letter-not-made" in codes(outcome.case)


def test_an_unknown_reporter_gets_no_letter_but_the_family_that_signed_does() -> None:
    """A neighbour's address isn't known; the signature tells that the family knows of the message."""
    outcome = take(None, need(reported_by="Nils Nabo"))
    assert kinds(outcome) == [("acknowledgement", "family")]
    assert "reporter_name" not in outcome.letters[0].facts
    assert "letter-not-made" in codes(outcome.case)


def test_an_employee_is_never_known_by_name_alone() -> None:
    """A namesake outside the municipality must not set off a letter to the employee."""
    outcome = take(None, need(reported_by="Ingunn Sætre"))
    assert kinds(outcome) == [("acknowledgement", "family")]
    told = take(None, need(reported_by="Ingunn Sætre, ergoterapeut"))
    assert kinds(told) == [("acknowledgement", "reporter"), ("acknowledgement", "family")]


def test_an_unborn_child_is_the_familys() -> None:
    """B.17: no birth date but a due date; the family is the subject."""
    outcome = take(None, need(recipient__birth_date=None, recipient__due_date="2027-02-01"))
    (letter,) = outcome.letters
    assert (letter.to.role, letter.to.name) == (PartyRole.FAMILY, "Familien til Vilde Brekkås")


def test_without_birth_date_a_person_chooses_the_recipient() -> None:
    """Age unknown: nobody can say who the letter is for."""
    outcome = take(None, need(recipient__birth_date=None))
    assert outcome.letters == ()
    assert "letter-not-made" in codes(outcome.case)


def test_a_child_that_reports_alone_is_not_answered_behind_its_back() -> None:
    """pbrl § 3-4: twelve to sixteen may not want their parents told."""
    alone = need(recipient__birth_date="2013-01-01", reported_by="Vilde Brekkås")
    assert take(None, alone).letters == ()
    youth = need(
        recipient__birth_date="2009-01-01",
        reported_by="Vilde Brekkås",
        consent__signatures=({"name": "Vilde Brekkås", "signed": True},),
    )
    (letter,) = take(None, youth).letters
    assert (letter.to.role, letter.to.name) == (PartyRole.USER, "Vilde Brekkås")


def test_the_day_it_came_in_counts_not_the_day_it_was_read() -> None:
    """A form that waited for a person keeps its day."""
    outcome = take(None, need(), situation(received_on=date(2026, 11, 3)))
    assert outcome.case.notified_on == date(2026, 11, 3)
    assert outcome.letters[0].facts["received_on"] == date(2026, 11, 3)


def test_a_guardian_who_reports_an_adult_is_not_taken_for_a_child() -> None:
    """B.17: the adult is told; where the guardian lives isn't known, so a person sees to that letter."""
    row = {"place": "", "date": "2026-11-20", "name": "Aud Verge", "signed": True}
    outcome = take(
        None, adult(reported_by="Aud Verge", guardian__name="Aud Verge", consent__signatures=(row,))
    )
    assert kinds(outcome) == [("acknowledgement", "user")]
    texts = [task.text for task in open_tasks(outcome.case)]
    assert "Bekreftelse på mottatt melding er ikke laget: adressen til vergen mangler." in texts
    assert not any("barn" in text for text in texts)
