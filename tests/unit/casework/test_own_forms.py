"""The six forms of our own: what each means in its case, and that none ends in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pipeline.domain import Case, Consent, ContactRole, Measure, Phase, Submission
from pipeline.municipalities import Municipalities
from pipeline.reminders import due
from tests.unit.casework.material import (
    ALL,
    DAY,
    STAFF,
    codes,
    dotted,
    form,
    group_consent,
    kinds,
    named,
    opened,
    situation,
    take,
    with_team,
)

SHARING = {
    "recipient.name": "Vilde Brekkås",
    "share_with.gp": True,
    "share_with.other": "Kulturskolen",
    "persons": (
        {"name": "Pål Aune", "allowed": True, "service": "Fysioterapi", "information": None},
        {"name": "Mari Lund", "allowed": False, "service": "Skole", "information": None},
    ),
    "information.health": True,
    "consents.share": True,
    "date": "2026-11-20",
    "guardian.name": "Siv Brekkås",
    "guardian.signed": True,
}
WITHDRAWAL = {"recipient.name": "Vilde Brekkås", "date": "2026-11-21", "guardian.signed": True}
DESIGNATED = {
    "recipient.name": "Vilde Brekkås",
    "designation.done": True,
    "designation.not_yet": False,
    "coordinator.name": "Ingunn Sætre",
    "coordinator.service": "Ergoterapi",
    "deputy.name": "Pål Aune",
    "from_date": "2026-12-01",
    "prepared.time": True,
    "completed_by": "Berit Moe",
    "date": "2026-11-22",
    "signed": True,
}
REQUEST = {
    "requested.coordinator": True,
    "requested.individual_plan": True,
    "sender.guardian": True,
    "reported_by": "Siv Brekkås",
    "recipient.name": "Vilde Brekkås",
    "recipient.birth_date": "2016-03-01",
    "recipient.address": "Strandgata 14",
    "recipient.postal_place": "7130 Brekstad",
    "guardian.name": "Siv Brekkås",
    "services": ({"service": "PPT", "contact": None},),
    "needs": "Trenger samordning.",
    "interpreter": "Nordsamisk",
    "place": "Brekstad",
    "date": "2026-11-20",
    "signed": True,
}
MUNICIPALITIES: Municipalities = ALL


def sharing(**changes: object) -> Submission:
    return form("collaboration-consent", SHARING | dotted(changes))


def withdrawal(**changes: object) -> Submission:
    return form("consent-withdrawal", WITHDRAWAL | dotted(changes))


def designation(**changes: object) -> Submission:
    return form("coordinator-designation", DESIGNATED | dotted(changes))


def asked() -> Case:
    """A case whose service has been asked to name somebody."""
    where = situation("sondre_land")
    return named(opened("sondre_land"), where, name="").case


def test_a_consent_to_share_covers_whom_it_names_and_nobody_else() -> None:
    """R-57, R-58: each by the box of its own; a person whose box stands empty isn't covered."""
    consent = take(opened(), sharing(), document="d2").case.consent("share")
    assert consent is not None
    assert consent.valid
    assert (consent.capacity, consent.signer) == ("parent", "Siv Brekkås")
    assert consent.scope == (
        "service:Fastlege", "service:Kulturskolen", "person:Pål Aune (Fysioterapi)", "information:health",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("born", "own", "other", "valid"),
    [
        ("2016-03-01", True, False, False),
        ("2016-03-01", False, True, True),
        ("2010-11-23", False, True, True),
        ("2010-11-22", False, True, False),
        ("2010-11-22", True, False, True),
        ("1980-05-04", False, True, False),
        (None, False, True, False),
        (None, True, False, True),
    ],
)
def test_from_sixteen_the_young_person_signs(born: str | None, own: bool, other: bool, valid: bool) -> None:
    """T-18, T-19, T-20: before that, those who have parental responsibility; an adult's guardian may."""
    known = opened()
    birth = date.fromisoformat(born) if born else None
    case = replace(known, person=replace(known.person, birth_date=birth))
    after = take(case, sharing(signed=own, guardian__signed=other), document="d2").case
    assert after.consented("share") is valid
    assert ("sharing-not-signed" in codes(after)) is not valid


def test_a_consent_that_gives_nothing_or_makes_exceptions_goes_to_a_person() -> None:
    """R-53, R-58: nothing is assumed, and what is kept back must be read by somebody."""
    empty = take(opened(), sharing(consents__share=False), document="d2").case
    assert not empty.consented("share")
    assert "sharing-not-granted" in codes(empty)
    limited = take(opened(), sharing(information__except="Journalen"), document="d2").case
    assert "sharing-limited" in codes(limited)
    assert "sharing-limited" not in codes(take(opened(), sharing(), document="d2").case)


def test_a_whole_withdrawal_ends_the_consents_and_stops_the_reminders() -> None:
    """R-54, T-24, C.3: at once, and somebody must tell those who share."""
    case = take(with_team(), group_consent(), document="d2").case
    on = date(2027, 6, 20)

    def reminded(of: Case) -> list[str]:
        found = due([of], MUNICIPALITIES, on, staff={"orland": STAFF})
        return [one.rule for one in found if one.order and one.rule == "T-4"]

    assert reminded(case)
    after = take(case, withdrawal(withdraws__all=True), document="d3").case
    assert not any(after.consented(kind) for kind in ("establish", "share", "register"))
    assert after.consented("process")
    assert "consent-withdrawn" in codes(after)
    assert not reminded(after)


def test_a_withdrawal_for_some_leaves_the_others() -> None:
    """R-54: in part; those who are named are taken out, the rest still covers."""
    case = take(opened(), sharing(), document="d2").case
    persons = ({"name": "Pål Aune", "service": "Kulturskolen"},)
    after = take(case, withdrawal(withdraws__persons=True, persons=persons), document="d3").case
    consent = after.consent("share")
    assert consent is not None
    assert consent.valid
    assert consent.scope == (
        "service:Fastlege", "service:Kulturskolen", "information:health", "without:person:Pål Aune (Kulturskolen)",
    )  # fmt: skip
    assert "consent-withdrawn-persons" in codes(after)
    services = ({"name": None, "service": "Fastlege"}, {"name": None, "service": "kulturskolen"})
    last = take(after, withdrawal(withdraws__persons=True, persons=services), document="d4").case
    assert not last.consented("share")


def test_a_withdrawal_for_kinds_of_information_is_a_task() -> None:
    after = take(opened(), withdrawal(withdraws__information=True), document="d3").case
    assert "consent-withdrawn-information" in codes(after)


def test_an_unsigned_withdrawal_is_asked_about_today_and_ends_nothing() -> None:
    case = take(opened(), group_consent(), document="d2").case
    after = take(case, withdrawal(withdraws__all=True, guardian__signed=False), document="d3").case
    assert after.consented("share")
    assert "withdrawal-not-signed" in codes(after)


def test_a_designation_appoints_and_stops_the_reminder() -> None:
    """T-1, R-20: the department's answer names the coordinator; nothing is overdue any more."""
    case = asked()
    where = situation("sondre_land")
    late = DAY + timedelta(days=20)
    assert "T-1" in [one.rule for one in due([case], MUNICIPALITIES, late)]
    outcome = take(case, designation(), where, "d2")
    coordinator = outcome.case.coordinator
    assert coordinator is not None
    assert (coordinator.name, coordinator.from_date) == ("Ingunn Sætre", date(2026, 12, 1))
    assert coordinator.deputy_name == "Pål Aune"
    assert coordinator.measure is Measure.COORDINATOR
    assert outcome.case.awaiting is None
    assert outcome.case.phase is Phase.ACTIVE
    assert ("appointment-user", "family") in kinds(outcome)
    assert "T-1" not in [one.rule for one in due([outcome.case], MUNICIPALITIES, late)]
    assert "coordinator-without-time" not in codes(outcome.case)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"signed": False}, "designation-not-appointed"),
        ({"coordinator.service": "Fysioterapi"}, "designation-not-appointed"),
        ({"from_date": None}, "designation-not-appointed"),
        ({"designation.done": False, "designation.not_yet": True}, "designation-delayed"),
    ],
)
def test_a_designation_that_does_not_answer_goes_to_a_person(changes: dict[str, object], code: str) -> None:
    """T-1: the deadline stands until somebody is named; why is a sentence for the clerk."""
    outcome = take(
        asked(), form("coordinator-designation", DESIGNATED | changes), situation("sondre_land"), "d2"
    )
    assert outcome.case.coordinator is None
    assert outcome.case.awaiting is not None
    assert code in codes(outcome.case)
    assert not outcome.letters


def test_a_refused_designation_says_why() -> None:
    """R-26: what a rule forbids when the unit appoints, it forbids here too."""
    grown = replace(asked(), person=replace(asked().person, deceased_on=DAY))
    outcome = take(grown, designation(), situation("sondre_land"), "d2")
    task = next(t for t in outcome.case.tasks if t.code == "designation-not-appointed")
    assert "personen er registrert som død" in task.text


def test_a_designation_nobody_asked_for_is_a_task() -> None:
    """F-001-3: a new coordinator in long absence; the unit decides."""
    after = take(named(opened()).case, designation(coordinator__name="Pål Aune"), document="d2").case
    assert "designation-not-asked" in codes(after)
    assert "designation-not-asked" not in codes(take(named(opened()).case, designation(), document="d2").case)


@pytest.mark.parametrize(
    ("ticked", "words"),
    [
        ("agreement.agreed", "er enig"),
        ("agreement.disagreed", "Vurder vilkårene på nytt"),
        ("agreement.not_asked", "Avklar det før noe avsluttes"),
    ],
)
def test_a_closure_notice_is_the_units_to_decide(ticked: str, words: str) -> None:
    """F-000-6, F-000-7: nothing is closed by the form itself."""
    values = {
        "recipient.name": "Vilde Brekkås",
        "closes.coordinator": True,
        "closes.care_group": True,
        ticked: True,
    }
    outcome = take(named(opened()).case, form("closure-notice", values), document="d2")
    task = next(t for t in outcome.case.tasks if t.code == "closure-notice")
    assert words in task.text
    assert "koordinator og ansvarsgruppe" in task.text
    assert outcome.case.open
    assert outcome.case.coordinator is not None


def test_an_application_opens_a_case_as_a_notification_does() -> None:
    """F-000-1, R-2: what is asked for, by whom, with whose consent; the interpreter is ordered by a person."""
    outcome = take(None, form("service-request", REQUEST))
    assert outcome.case.requested == (Measure.INDIVIDUAL_PLAN, Measure.COORDINATOR)
    assert outcome.case.consented("process")
    assert outcome.case.services == ("PPT",)
    assert ("acknowledgement", "family") in kinds(outcome) or outcome.letters
    assert "interpreter" in codes(outcome.case)
    assert "consent-missing" not in codes(outcome.case)


def test_a_childs_parent_is_no_guardian_of_the_adult_to_come() -> None:
    """T-20: next of kin while a child; only an adult's guardian is one."""
    child = take(None, form("service-request", REQUEST)).case
    assert {(c.role, c.relation) for c in child.contacts if c.name == "Siv Brekkås"} >= {
        (ContactRole.NEXT_OF_KIN, "foresatt")
    }
    assert not [c for c in child.contacts if c.role is ContactRole.GUARDIAN]
    grown = take(None, form("service-request", REQUEST | {"recipient.birth_date": "1980-05-04"})).case
    assert [c.name for c in grown.contacts if c.role is ContactRole.GUARDIAN] == ["Siv Brekkås"]


def test_a_service_applies_with_the_persons_consent_or_is_asked_for_it() -> None:
    """R-60: a service that signs says that the person agreed; without that box there is no consent."""
    service = {"sender.guardian": False, "sender.service": True, "reporter.service": "Ergoterapi"}
    service |= {"reporter.contact": "ingunn.satre@example.no", "reported_by": "Ingunn Sætre"}
    agreed = take(None, form("service-request", REQUEST | service | {"consents.process": True}))
    assert agreed.case.consented("oral")
    alone = take(None, form("service-request", REQUEST | service | {"consents.process": False}))
    assert not alone.case.consented("oral")
    assert "consent-missing" in codes(alone.case)


def test_an_unsigned_application_has_no_consent() -> None:
    after = take(None, form("service-request", REQUEST | {"signed": False})).case
    assert "consent-missing" in codes(after)
    assert after.consents == ()


def test_an_evaluation_is_kept_and_what_it_asks_for_is_a_task() -> None:
    """F-000-9, F-001-10: a wish to end, and changes in the team."""
    values: dict[str, object] = {"recipient.name": "Vilde Brekkås", "evaluated_on": "2026-11-12"}
    quiet = take(with_team(), form("team-evaluation", values | {"continue.coordinator": True}), document="d2")
    assert codes(quiet.case) == codes(with_team())
    assert any(event.data.get("evaluated_on") == "2026-11-12" for event in quiet.events)
    ends = take(
        with_team(),
        form("team-evaluation", values | {"continue.individual_plan": False, "changes": "Mer"}),
        document="d2",
    )
    assert {"evaluation-ends", "evaluation-changes"} <= codes(ends.case)


def test_a_narrower_consent_stands_before_a_wider_one() -> None:
    """R-55, R-58: the newest counts, and a member it doesn't name isn't covered any more."""
    case = take(with_team(), group_consent(), document="d2").case
    newest = take(case, sharing(), document="d3").case.consent("share")
    assert isinstance(newest, Consent)
    assert newest.scope
    assert "Mari Lund" not in newest.scope
