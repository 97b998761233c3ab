"""New assessments, who appoints at a change, and the relay until a decision (F-000-5, F-000-7, R-21, R-10)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.casework import (
    CLOSING,
    SERVICE,
    Appointer,
    Outcome,
    answer_notice,
    appointed_by,
    ask_reassessment,
    change,
    close,
    decide_reassessment,
    notice,
    refuse,
)
from pipeline.domain import Case, Matter, MatterKind, Measure, Phase, Submission
from pipeline.errors import RefusedError
from tests.unit.casework.material import DAY, codes, form, kinds, named, opened, situation, take

VT = "vestre_toten"
LATER = date(2027, 2, 1)


def coordinated(key: str = VT) -> Case:
    """A case whose coordinator is Ingunn Sætre of Ergoterapi from 1 December, named by the unit."""
    return named(opened(key), situation(key)).case


def only(case: Case, kind: MatterKind) -> Matter:
    """The one matter of a kind."""
    (found,) = case.matters_of(kind)
    return found


def asked(case: Case, what: str, why: str = "Skolestart.") -> Case:
    """A new assessment asked for."""
    return ask_reassessment(case, situation(case.municipality), what=what, why=why, who="Siv Brekkås").case


def swapped(case: Case, **changes: object) -> Outcome:
    """Another coordinator from February."""
    return change(case, situation(case.municipality), from_date=LATER, **changes)  # type: ignore[arg-type]


def test_f_000_5_a_request_for_another_service_is_the_units_and_answered_by_the_change() -> None:
    """F-000-5: a matter and a task; asking another service to name somebody answers it, the former goes on meanwhile."""
    case = asked(coordinated(), SERVICE)
    assert "service-reassessment" in codes(case)
    done = swapped(case, service="Fysioterapi").case
    matter = only(done, MatterKind.REASSESSMENT)
    assert (matter.outcome, matter.done_on, matter.who) == ("changed", DAY, "Siv Brekkås")
    assert done.awaiting is not None
    assert matter.about == done.awaiting.id
    assert done.coordinator is not None
    assert "service-reassessment" not in codes(done)


def test_f_000_5_another_person_in_the_same_service_does_not_answer_it() -> None:
    """F-000-5: the question was of the service."""
    done = swapped(asked(coordinated(), SERVICE), name="Berit Moe", by=Appointer.LEADER).case
    assert only(done, MatterKind.REASSESSMENT).open


def test_f_000_5_the_service_may_be_kept_with_reasons_only() -> None:
    """F-000-5: decided by keeping it; reasons are kept beside the request."""
    case = asked(coordinated(), SERVICE)
    with pytest.raises(RefusedError, match="begrunnes"):
        decide_reassessment(case, situation(VT), goes_on=True, why=" ")
    with pytest.raises(RefusedError, match="Bytt tjeneste"):
        decide_reassessment(case, situation(VT), goes_on=False, why="Nei.")
    matter = only(
        decide_reassessment(case, situation(VT), goes_on=True, why="Kjenner barnet.").case,
        MatterKind.REASSESSMENT,
    )
    assert (matter.outcome, matter.text) == ("goes-on", "Skolestart.\nKjenner barnet.")


def test_f_000_5_nothing_to_assess_and_nothing_twice() -> None:
    """F-000-5: refused without a service, without reasons, and while one runs."""
    with pytest.raises(RefusedError, match="Ingen tjeneste"):
        asked(opened(VT), SERVICE)
    with pytest.raises(RefusedError, match="hvorfor"):
        asked(coordinated(), SERVICE, why="")
    with pytest.raises(RefusedError, match="alt bedt om"):
        asked(asked(coordinated(), SERVICE), SERVICE)


def disputed() -> Case:
    """A case noticed to end, whose person wants to go on."""
    case = notice(coordinated(), situation(VT), why="Behovet er over.").case
    return asked(case, CLOSING, why="Vi trenger henne ennå.")


def test_f_000_7_a_wish_to_go_on_holds_the_closing_and_answers_the_notice() -> None:
    """F-000-7: nothing ends against the wish until it is assessed; the wish is the answer to the notice."""
    case = disputed()
    assert only(case, MatterKind.PRIOR_NOTICE).scope == ("Vi trenger henne ennå.",)
    assert "closing-reassessment" in codes(case)
    with pytest.raises(RefusedError, match="vurderes på nytt") as held:
        close(case, situation(VT), agreed=False, why="Over.", ends_on=LATER)
    assert held.value.rule == "F-000-7"
    agreed = close(case, situation(VT), agreed=True, why="Enige likevel.", ends_on=LATER).case
    assert not only(agreed, MatterKind.REASSESSMENT).open


def test_f_000_7_going_on_takes_the_notice_back() -> None:
    """F-000-7: the conditions are still met."""
    done = decide_reassessment(disputed(), situation(VT), goes_on=True, why="Vilkårene er oppfylt.").case
    assert done.phase is Phase.ACTIVE
    assert only(done, MatterKind.PRIOR_NOTICE).outcome == "withdrawn"
    assert only(done, MatterKind.REASSESSMENT).outcome == "goes-on"
    assert "tell-going-on" in codes(done)
    assert not codes(done) & {"closing-reassessment", "notice-answered"}


def test_f_000_7_ending_is_a_termination_against_the_wish_with_these_reasons() -> None:
    """F-000-7, L-000-1: the letter gives the reasons of the assessment, and what was answered."""
    outcome = decide_reassessment(
        disputed(), situation(VT), goes_on=False, why="Vilkårene er ikke oppfylt.", ends_on=LATER
    )
    assert outcome.case.phase is Phase.TERMINATED
    assert only(outcome.case, MatterKind.REASSESSMENT).outcome == "ends"
    letter = next(order for order in outcome.letters if order.kind == "termination-against-wish")
    assert letter.facts["reasons"] == "Vilkårene er ikke oppfylt."
    assert letter.facts["answer"] == "Vi trenger henne ennå."


def test_f_000_7_it_does_not_end_without_notice() -> None:
    """R-45: the assessment doesn't stand for the notice."""
    case = asked(coordinated(), CLOSING)
    with pytest.raises(RefusedError, match="varsles først"):
        decide_reassessment(case, situation(VT), goes_on=False, why="Over.", ends_on=LATER)


def test_f_000_7_the_coordinators_message_of_disagreement_opens_it() -> None:
    """F-000-7: the form that says that the person wants to go on."""
    told = form(
        "closure-notice", {"recipient.name": "Vilde", "closes.coordinator": True, "agreement.disagreed": True}
    )
    case = take(coordinated(), told, situation(VT), document="d4").case
    assert only(case, MatterKind.REASSESSMENT).about == "d4"
    assert {"closure-notice", "closing-reassessment"} <= codes(case)
    done = decide_reassessment(case, situation(VT), goes_on=True, why="Ja.").case
    assert not codes(done) & {"closure-notice", "closing-reassessment"}


def test_r_45_an_answer_to_the_notice_alone_is_no_new_assessment() -> None:
    """R-45: an answer that asks for nothing may be followed by the closing."""
    case = notice(coordinated(), situation(VT), why="Over.").case
    case = answer_notice(case, situation(VT), answer="Greit.").case
    assert close(case, situation(VT), agreed=False, why="Over.", ends_on=LATER).case.phase is Phase.TERMINATED


def test_r_21_the_unit_does_not_change_the_person_where_the_leader_does() -> None:
    """R-21: in the same service the leader names the next; the refusal says who named the former."""
    with pytest.raises(RefusedError, match="oppnevnt av KTK") as refused:
        swapped(coordinated(), name="Berit Moe")
    assert refused.value.rule == "R-21"
    done = swapped(coordinated(), name="Berit Moe", by=Appointer.LEADER).case
    new = done.appointments[-1]
    assert appointed_by(done, new) is Appointer.LEADER
    with pytest.raises(RefusedError, match="oppnevnt av leder ved tjenestestedet"):
        change(done, situation(VT), from_date=date(2027, 5, 1), name="Kari Li")


def test_r_21_the_leader_does_not_change_the_service() -> None:
    """R-21: another service is the unit's."""
    with pytest.raises(RefusedError, match="avgjøres av KTK"):
        swapped(coordinated(), name="Pål Aune", service="Fysioterapi", by=Appointer.LEADER)
    done = swapped(coordinated(), name="Pål Aune", service="Fysioterapi").case
    assert appointed_by(done, done.appointments[-1]) is Appointer.UNIT


def test_r_21_a_service_that_was_asked_answers_by_its_leader() -> None:
    """R-21: what answers the unit's request is the leader's, without being said."""
    case = swapped(coordinated()).case
    done = swapped(case, name="Berit Moe").case
    assert appointed_by(done, done.appointments[-1]) is Appointer.LEADER


def test_r_21_elsewhere_the_unit_changes_the_person() -> None:
    """R-21, R-23: no such rule in a municipality whose profile is silent; who appointed is kept all the same."""
    done = swapped(coordinated("orland"), name="Berit Moe").case
    assert appointed_by(done, done.appointments[-1]) is Appointer.UNIT


def answer(**changes: object) -> Submission:
    """A department's answer that names somebody."""
    values: dict[str, object] = {
        "recipient.name": "Vilde Brekkås",
        "designation.done": True,
        "coordinator.name": "Berit Moe",
        "coordinator.service": "Ergoterapi",
        "from_date": "2027-02-01",
        "signed": True,
        "prepared.time": True,
    }
    return form("coordinator-designation", values | changes)


def test_r_21_the_leaders_unasked_message_changes_the_person() -> None:
    """R-21: in the same service the leader need not be asked."""
    case = take(coordinated(), answer(), situation(VT)).case
    assert case.appointments[-1].name == "Berit Moe"
    assert appointed_by(case, case.appointments[-1]) is Appointer.LEADER


def test_f_000_5_the_leaders_unasked_message_of_another_service_is_a_request() -> None:
    """F-000-5: nobody is appointed by it; the unit assesses."""
    told = answer(**{"coordinator.service": "Fysioterapi", "coordinator.name": "Pål Aune"})
    case = take(coordinated(), told, situation(VT)).case
    assert case.coordinator is not None
    assert case.coordinator.name == "Ingunn Sætre"
    assert "service-reassessment" in codes(case)


def test_r_10_the_services_cooperate_until_the_application_is_decided() -> None:
    """R-10: begun when it comes in, over when a coordinator begins."""
    case = opened(VT)
    assert only(case, MatterKind.RELAY).on == DAY
    assert "relay-until-decided" in codes(case)
    done = named(case, situation(VT)).case
    assert only(done, MatterKind.RELAY).outcome == "coordinator"
    assert "relay-until-decided" not in codes(done)


def test_r_10_a_refusal_ends_it_and_other_municipalities_have_none() -> None:
    """R-10: decided is decided; the key is the municipality's."""
    outcome = refuse(opened(VT), situation(VT), measure=Measure.COORDINATOR, why="Vilkårene mangler.")
    assert only(outcome.case, MatterKind.RELAY).outcome == "refused"
    assert ("refusal", "family") in kinds(outcome)
    assert not opened("orland").matters_of(MatterKind.RELAY)


def test_r_10_another_message_begins_nothing_more() -> None:
    """R-10: one cooperation for one wait, none beside a coordinator."""
    case = opened(VT)
    assert len(replace(case).matters_of(MatterKind.RELAY)) == 1
    from tests.unit.casework.material import need

    again = take(case, need(), situation(VT), document="d2").case
    assert len(again.matters_of(MatterKind.RELAY)) == 1
    assert not take(coordinated(), need(), situation(VT), document="d2").case.matters_of(
        MatterKind.RELAY, running=True
    )
