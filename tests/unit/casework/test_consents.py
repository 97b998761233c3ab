"""Consents to a care team: boxes, signature, and what follows where one is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.casework import ready
from pipeline.domain import Case, Consent, EventKind, Problem
from tests.unit.casework.material import (
    ORAL,
    codes,
    group_consent,
    need,
    opened,
    report,
    situation,
    take,
    with_team,
)


def test_each_box_is_a_consent_of_its_own() -> None:
    """F-002-1: four boxes, four consents, with date and document."""
    case = take(opened("salangen"), group_consent(), situation("salangen"), "d7").case
    boxes = [c for c in case.consents if c.kind != "process"]
    assert [(c.kind, c.granted, c.signed, c.document) for c in boxes] == [
        (kind, True, True, "d7") for kind in ("establish", "share", "register", "voluntary")
    ]
    assert boxes[0].given_on == date(2026, 11, 20)
    assert not codes(case)


def test_r_51_an_empty_box_gives_no_consent_and_a_task() -> None:
    """R-51: no team without the person's own tick."""
    case = take(opened(), group_consent(boxes="share register voluntary")).case
    assert not case.consented("establish")
    assert case.consented("share")
    assert "team-consent-missing" in codes(case)


def test_r_51_without_signature_nothing_is_valid() -> None:
    """R-51: the boxes are kept as ticked, none counts."""
    outcome = take(opened(), group_consent(signed=False))
    assert not any(outcome.case.consented(kind) for kind in ("establish", "share", "register"))
    assert "team-consent-missing" in codes(outcome.case)
    assert EventKind.CONSENT_GIVEN not in {e.kind for e in outcome.events}


def test_r_51_a_signed_form_later_answers_the_task() -> None:
    """The task is done when the right form comes."""
    case = take(opened(), group_consent(signed=False)).case
    assert "team-consent-missing" not in codes(take(case, group_consent(), document="d2").case)


@pytest.mark.parametrize("changes", [{"boxes": "establish share voluntary"}, {"signed": False}])
def test_r_61_without_box_three_nothing_is_registered(changes: dict[str, object]) -> None:
    """R-61: the document is kept, a task is made; no consent, no team, no letter."""
    before = opened("salangen")
    outcome = take(before, group_consent(**changes), situation("salangen"), "d7")
    assert outcome.case.consents == before.consents
    assert outcome.case.team is None
    assert outcome.letters == ()
    assert "registration-not-consented" in codes(outcome.case)
    assert {"document": "d7", "rule": "R-61"} in [dict(e.data) for e in outcome.events]


def test_r_61_is_asked_only_where_the_profile_says() -> None:
    """Ørland doesn't ask box three: the empty box is just recorded."""
    case = take(opened(), group_consent(boxes="establish share voluntary")).case
    assert case.consented("establish")
    assert not case.consented("register")
    assert "registration-not-consented" not in codes(case)


def test_r_61_a_report_is_held_without_consent_to_register() -> None:
    """R-61: in Salangen no team is registered from a report until box three is ticked."""
    where = situation("salangen")
    held = take(opened("salangen"), report("annual"), where)
    assert held.case.team is None
    assert held.case.annual_reports == ()
    assert codes(held.case) == {"report-not-registered"}
    consented = take(held.case, group_consent(), where, "d2").case
    assert ready(consented) == ("d1",)  # the report is not forgotten when the consent comes
    allowed = take(consented, report("annual"), where, "d1")
    assert ready(allowed.case) == ()
    assert [r.document for r in allowed.case.annual_reports] == ["d1"]
    assert allowed.case.team is not None
    assert codes(allowed.case) == {"team-without-coordinator"}


def test_r_61_a_newer_form_without_box_three_ends_the_consent_to_register() -> None:
    """An older yes doesn't hold against a newer no; what the new form says otherwise is not taken over."""
    where = situation("salangen")
    case = take(opened("salangen"), group_consent(), where).case
    newer = take(case, group_consent(boxes="establish share voluntary"), where, "d2").case
    assert not newer.consented("register")
    assert newer.consented("share")
    assert codes(newer) == {"consent-changed", "registration-not-consented"}
    assert take(newer, report("annual"), where, "d3").case.team is None
    assert codes(take(newer, group_consent(), where, "d4").case) == set()


def test_a_missing_signature_on_a_consent_is_one_task() -> None:
    """The form's own remark about it would say the same again."""
    problem = Problem(rule="required", fields=("signed",), text="Underskrift mangler.")
    case = take(opened(), replace(group_consent(signed=False), problems=(problem,))).case
    assert codes(case) == {"team-consent-missing"}


def test_a_child_and_the_service_that_reported_do_not_consent_for_the_child() -> None:
    """Below the age of own consent somebody with parental responsibility signs; an unknown parent may."""

    def signed_by(name: str, **reported: object) -> Case:
        row = {"place": "", "date": "2026-11-20", "name": name, "signed": True}
        return take(None, need(consent__signatures=(row,), **reported)).case

    for case in (
        signed_by("Vilde Brekkås"),
        signed_by("Ingunn Sætre", reported_by="Ingunn Sætre, ergoterapeut"),
    ):
        assert not case.consents
        assert {"consent-signer", "consent-missing"} <= codes(case)
    assert signed_by("Per Brekkås").consented("process")


def test_r_54_a_newer_form_with_a_box_left_empty_is_looked_at() -> None:
    """Less is shared at once, and a person finds out whether it was withdrawn."""
    case = take(opened(), group_consent()).case
    newer = take(case, group_consent(boxes="establish register voluntary"), document="d2").case
    assert not newer.consented("share")
    assert "consent-changed" in codes(newer)


def test_r_55_a_new_member_asks_for_a_new_consent_where_the_profile_says() -> None:
    """R-55 is Søndre Land's; a member that no consent covers makes a task, one who left does not."""
    members = (
        {"name": "Pål Aune", "service": "Fysioterapi", "contact": None},
        {"name": "Ola Dahl", "service": "PPT", "contact": None},
    )
    where = situation("sondre_land")
    case = with_team("sondre_land")
    assert "reconsent" in codes(take(case, report("change", members=members, on_call_members=()), where).case)
    fewer = report("change", members=members[:1], on_call_members=())
    assert "reconsent" not in codes(take(case, fewer, where).case)
    assert "reconsent" not in codes(take(with_team(), report("change", members=members)).case)


def test_r_55_a_consent_that_names_the_member_covers_them() -> None:
    """A scope with the name or the service is enough; the new consent also answers the task."""
    members = ({"name": "Ola Dahl", "service": "PPT", "contact": None},)
    where = situation("sondre_land")
    case = with_team("sondre_land")
    consent = Consent(
        id="c9", kind="share", granted=True, signed=True, scope=("PPT",), given_on=date(2026, 1, 1)
    )
    scoped = replace(case, consents=(*case.consents, consent))
    message = report("change", members=members, on_call_members=())
    assert "reconsent" not in codes(take(scoped, message, where).case)
    asked = take(case, message, where).case
    assert "reconsent" in codes(asked)
    assert "reconsent" not in codes(take(asked, group_consent(date="2026-11-22"), where, "d3").case)


def test_an_oral_consent_that_is_not_accepted_is_said() -> None:
    """R-60 is Ørland's; elsewhere the clerk learns why the tick didn't do."""
    told = need(**ORAL, consent__signatures=())
    (task,) = [t for t in take(None, told, situation("salangen")).case.tasks if t.code == "consent-missing"]
    assert "godtar ikke muntlig samtykke" in task.text
    assert take(None, told).case.consented("oral")
