"""Closing a case: by agreement or against the wish."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.casework import Outcome, Situation, close
from pipeline.domain import Case, EventKind, Phase, Plan
from pipeline.errors import RefusedError
from tests.unit.casework.material import DAY, codes, kinds, named, opened, situation, with_team

END = date(2027, 1, 1)


def closed(case: Case, where: Situation | None = None, **changes: object) -> Outcome:
    """Close by agreement at New Year."""
    chosen: dict[str, object] = {"agreed": True, "why": "Behovet er over.", "ends_on": END}
    return close(case, where or situation(), **(chosen | changes))


def test_r_1_coordinator_team_and_plan_end_together() -> None:
    """R-1: all end the same day; the plan still exists, nobody carries it on."""
    outcome = closed(replace(with_team(), plan=Plan(exists=True, active=True)))
    case = outcome.case
    assert case.phase is Phase.CLOSED
    assert case.closed_on == END
    assert [a.to_date for a in case.appointments] == [END]
    assert case.team is not None
    assert case.team.dissolved_on == END
    assert all(m.to_date == END for m in case.team.members)
    assert case.plan == Plan(exists=True, active=False, as_of=END)
    assert {EventKind.COORDINATOR_ENDED, EventKind.TEAM_DISSOLVED, EventKind.CASE_CLOSED} <= {
        e.kind for e in outcome.events
    }


def test_r_45_by_agreement_the_letters_are_short() -> None:
    """R-45: family, coordinator and the member that is an employee."""
    outcome = closed(with_team())
    assert kinds(outcome) == [
        ("termination-agreed", "family"),
        ("termination-coordinator", "coordinator"),
        ("termination-member", "member"),
    ]
    assert outcome.letters[0].facts == {
        "measure": "coordinator",
        "ends_on": END,
        "reason": "Behovet er over.",
        "team_ends": True,
        "plan_exists": False,
        "consents_end": False,
        "relay": False,
    }
    assert "reason" not in outcome.letters[1].facts


def test_l_000_1_against_the_wish_gives_reasons_and_notice() -> None:
    """L-000-1: reasons, when notice was given and what was answered; terminated, not closed."""
    outcome = closed(
        named(opened()).case, agreed=False, noticed_on=date(2026, 10, 20), answer="Redd for å stå alene."
    )
    assert outcome.case.phase is Phase.TERMINATED
    letter = outcome.letters[0]
    assert letter.kind == "termination-against-wish"
    assert letter.facts["reasons"] == "Behovet er over."
    assert letter.facts["noticed_on"] == date(2026, 10, 20)
    assert letter.facts["answer"] == "Redd for å stå alene."
    assert "no-prior-notice" not in codes(outcome.case)


def test_against_the_wish_without_notice_is_a_task_and_without_reasons_refused() -> None:
    """B.1: notice first; reasons always."""
    case = named(opened()).case
    assert "no-prior-notice" in codes(
        closed(case, agreed=False, without_notice=True, why_not="Flyttet.").case
    )
    with pytest.raises(RefusedError, match="begrunnes"):
        closed(case, agreed=False, why=" ")


@pytest.mark.parametrize("noticed", [date(2026, 11, 23), date(2027, 1, 2)])
def test_a_notice_after_the_fact_is_refused(noticed: date) -> None:
    """A notice lies before the decision."""
    with pytest.raises(RefusedError):
        closed(named(opened()).case, agreed=False, noticed_on=noticed)


def test_a_case_is_closed_once_and_not_before_it_began() -> None:
    """R-45: a second closing, or an end before the start, is refused."""
    case = named(opened()).case
    with pytest.raises(RefusedError):
        closed(closed(case).case)
    with pytest.raises(RefusedError):
        closed(case, ends_on=date(2026, 11, 30))


def test_t_24_consents_end_with_the_service_where_the_profile_says() -> None:
    """T-24 is Søndre Land's; in Salangen they stand until withdrawn (T-25)."""
    sondre = closed(named(opened("sondre_land"), situation("sondre_land")).case, situation("sondre_land"))
    assert [c.withdrawn_on for c in sondre.case.consents] == [END]
    assert sondre.letters[0].facts["consents_end"] is True
    salangen = closed(named(opened("salangen"), situation("salangen")).case, situation("salangen"))
    assert [c.withdrawn_on for c in salangen.case.consents] == [None]
    assert salangen.letters[0].facts["consents_end"] is False


def test_r_9_the_relay_is_offered_where_the_profile_says() -> None:
    """R-9 is Vestre Toten's."""
    where = situation("vestre_toten")
    outcome = closed(named(opened("vestre_toten"), where).case, where)
    assert outcome.letters[0].facts["relay"] is True


def test_without_coordinator_there_is_nothing_to_end_by_letter() -> None:
    """A letter that says the coordinator ends would be untrue: a task instead."""
    outcome = closed(opened())
    assert outcome.letters == ()
    assert "tell-of-closing" in codes(outcome.case)


def test_the_dead_get_no_letter() -> None:
    """C.5: a person tells the bereaved and the coordinator; no letter leaves the case."""
    case = named(opened()).case
    outcome = closed(replace(case, person=replace(case.person, deceased_on=DAY)))
    assert outcome.letters == ()
    assert closed(case).letters[1].facts["user_told"] is True
    assert "letter-not-made" in codes(outcome.case)


def test_a_waiting_request_ends_too() -> None:
    """No request outlives its case."""
    where = situation("sondre_land")
    case = closed(named(opened("sondre_land"), where, name="").case, where).case
    assert case.awaiting is None
