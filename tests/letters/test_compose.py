"""A letter is made of what is known; what isn't known is asked for, never guessed and never a gap."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from pipeline.domain import Measure, PartyRole, Staff
from pipeline.errors import DeclarationError
from pipeline.letters import Composed, LetterSpecs, Missing, render
from pipeline.letters._fields import FactType
from tests.letters.words import plain
from tests.letters.world import (
    CASE,
    LAW,
    LEADER,
    ORDERS,
    PROFILE,
    STAFF,
    USER,
    WORKER,
    composed,
    order,
)


def codes(result: Composed | Missing) -> set[str]:
    assert isinstance(result, Missing), "a letter was made"
    assert all(text.endswith(".") for _, text in result.gaps)
    return {code for code, _ in result.gaps}


def text(specs: LetterSpecs, result: Composed | Missing, name: str) -> str:
    assert isinstance(result, Composed), result
    return plain(render(specs[ORDERS[name][0]], result.data))


@pytest.mark.parametrize("name", ORDERS)
def test_each_required_fact_is_asked_for_when_it_is_missing(specs: LetterSpecs, name: str) -> None:
    spec = specs[ORDERS[name][0]]
    for fact in spec.facts.values():
        if fact.required:
            assert "missing" in codes(composed(specs, order(name, facts={fact.name: None})))
            if fact.type is FactType.TEXT:
                assert "missing" in codes(composed(specs, order(name, facts={fact.name: "  "})))


@pytest.mark.parametrize("name", ORDERS)
def test_a_sentence_without_its_fact_is_left_out(specs: LetterSpecs, name: str) -> None:
    spec = specs[ORDERS[name][0]]
    one_of = {n for group in spec.one_of for n in group[1:]}
    gone = {f.name: None for f in spec.facts.values() if not f.required and f.name not in one_of}
    said = text(specs, composed(specs, order(name, facts=gone)), name)
    assert "None" not in said
    assert "  " not in said
    assert not any(line.lstrip("#- ") == "" or " ." in line or " ," in line for line in said.splitlines())


@pytest.mark.parametrize("name", ORDERS)
def test_the_data_survives_json(specs: LetterSpecs, name: str) -> None:
    result = composed(specs, order(name))
    assert isinstance(result, Composed)
    spec = specs[ORDERS[name][0]]
    assert render(spec, json.loads(json.dumps(result.data))) == render(spec, result.data)
    assert set(result.data) == set(spec.fields)


def test_one_way_to_reach_the_coordinator_is_needed(specs: LetterSpecs) -> None:
    without = {"coordinator_phone": None, "coordinator_email": None}
    assert codes(composed(specs, order("appointment-user", facts=without))) == {"one-of"}
    for way in without:
        facts = {**without, way: "post@fjordvik.example"}
        said = text(specs, composed(specs, order("appointment-user", facts=facts)), "appointment-user")
        assert "Du når Ingunn Sætre på post@fjordvik.example." in said


@pytest.mark.parametrize("lines", [(), ("",), ("Strandgata 14",), ("  ", "Strandgata 14")])
def test_no_address_or_half_an_address_is_a_task(specs: LetterSpecs, lines: tuple[str, ...]) -> None:
    wanted = order("appointment-user", to=replace(USER, address_lines=lines))
    assert codes(composed(specs, wanted)) == {"no-address"}


def test_a_place_alone_is_an_address(specs: LetterSpecs) -> None:
    wanted = order("appointment-user", to=replace(USER, address_lines=("9990 Fjordvik",)))
    assert isinstance(composed(specs, wanted), Composed)


def test_a_protected_address_is_never_printed(specs: LetterSpecs) -> None:
    case = replace(CASE, person=replace(CASE.person, protected=True))
    for name, (_, to, facts) in ORDERS.items():
        result = composed(specs, order(name), case=case)
        # A service reads at work, and the complaint body gets the case's documents by a secure channel.
        at_work = to.role is PartyRole.COMPLAINT_BODY or bool(facts.get("by_service"))
        at_work = at_work and to.role not in {PartyRole.USER, PartyRole.FAMILY, PartyRole.GUARDIAN}
        if to.employee is None and not at_work:
            assert codes(result) == {"protected"}
        else:
            said = text(specs, result, name)
            assert "Strandgata" not in said
            assert "Østgård" not in said
    assert "protected" in codes(composed(specs, order("reminder-annual-before", batch=True), case=case))


def test_nobody_writes_to_the_dead(specs: LetterSpecs) -> None:
    case = replace(CASE, person=replace(CASE.person, deceased_on=date(2026, 11, 1)))
    assert codes(composed(specs, order("termination-agreed"), case=case)) == {"deceased"}
    assert isinstance(composed(specs, order("termination-coordinator"), case=case), Composed)


def test_signers_must_be_one_and_no_more(specs: LetterSpecs) -> None:
    wanted = order("appointment-user")
    assert codes(composed(specs, wanted, staff=Staff())) == {"no-case-worker", "no-responsible"}
    two = Staff(employees=(*STAFF.employees, replace(WORKER, id="e3", name="Siv Solheim")))
    assert codes(composed(specs, wanted, staff=two)) == {"no-case-worker"}
    said = composed(specs, order("appointment-user", facts={"case_worker": "e3"}), staff=two)
    assert isinstance(said, Composed)
    assert (said.signer, said.responsible) == ("Siv Solheim", "Gaute Kvåle")


def test_r_22_the_order_may_say_who_answers_for_the_letter(specs: LetterSpecs) -> None:
    """R-22: the role by age answers in place of the profile's own; somebody who has left answers for nothing."""
    other = replace(LEADER, id="e9", name="Liv Haug", title="barne- og familiekoordinator", roles=())
    two = Staff(employees=(*STAFF.employees, other))
    said = composed(specs, order("appointment-user", facts={"responsible": "e9"}), staff=two)
    assert isinstance(said, Composed)
    assert (said.responsible, said.data["responsible_title"]) == ("Liv Haug", "barne- og familiekoordinator")
    gone = composed(specs, order("appointment-user", facts={"responsible": "e9"}))
    assert codes(gone) == {"no-responsible"}


def test_one_who_is_both_signs_once(specs: LetterSpecs) -> None:
    both = Staff(employees=(replace(LEADER, roles=(*WORKER.roles, *LEADER.roles)),))
    said = text(specs, composed(specs, order("appointment-user"), staff=both), "appointment-user")
    assert said.count("leder for koordinerende enhet") == 1


def test_no_way_to_reach_the_unit_is_a_task(specs: LetterSpecs) -> None:
    bare = replace(PROFILE, office=replace(PROFILE.office, phone="", email=""))
    staff = Staff(employees=(replace(WORKER, phone=""), LEADER))
    assert codes(composed(specs, order("appointment-user"), profile=bare, staff=staff)) == {"no-contact"}


def test_electronic_approval_is_said_and_has_no_line(specs: LetterSpecs) -> None:
    electronic = replace(PROFILE, letters=replace(PROFILE.letters, approval="electronic"))
    said = text(specs, composed(specs, order("appointment-user"), profile=electronic), "appointment-user")
    assert "Brevet er godkjent elektronisk og har derfor ikke underskrift." in said
    assert "godkjent elektronisk" not in text(
        specs, composed(specs, order("appointment-user")), "appointment-user"
    )


def test_the_complaint_follows_the_legal_basis_of_the_day(specs: LetterSpecs) -> None:
    track = LAW.complaints[0]
    law = replace(
        LAW,
        complaints=(
            replace(track, valid_to=date(2026, 12, 31)),
            replace(track, weeks=6, valid_from=date(2027, 1, 1)),
        ),
    )
    wanted = order("termination-against-wish")
    said = text(specs, composed(specs, wanted, law=law), wanted.kind)
    assert "Fristen er fire uker fra du fikk dette brevet." in said
    later = text(specs, composed(specs, wanted, law=law, on=date(2027, 1, 2)), wanted.kind)
    assert "Fristen er seks uker" in later


def test_a_team_has_no_right_and_no_complaint(specs: LetterSpecs) -> None:
    wanted = order("appointment-user", facts={"measure": Measure.CARE_GROUP})
    unnamed = replace(LAW, bases=LAW.bases[:3])
    for law in (LAW, unnamed):
        said = text(specs, composed(specs, wanted, law=law), wanted.kind)
        assert "# Du får ansvarsgruppe" in said
        assert "klage" not in said
        assert "Retten" not in said


def test_doubt_about_the_law_is_a_task(specs: LetterSpecs) -> None:
    wanted = order("appointment-user")
    for law in (
        replace(LAW, bases=()),
        replace(LAW, bases=(*LAW.bases, LAW.bases[1])),
        replace(LAW, complaints=()),
        replace(LAW, citations=()),
    ):
        assert codes(composed(specs, wanted, law=law)) == {"no-legal-basis"}
    bodiless = replace(PROFILE, office=replace(PROFILE.office, complaint_body=""))
    assert codes(composed(specs, wanted, profile=bodiless)) == {"no-complaint-body"}


def test_the_archives_number_stands_alone(specs: LetterSpecs) -> None:
    case = replace(CASE, archive_case="2026/9001")
    said = text(specs, composed(specs, order("appointment-user"), case=case), "appointment-user")
    assert "Vår ref.: 2026/9001\n" in said
    assert "2026/412" not in said


def test_a_character_no_letter_can_hold_is_a_task(specs: LetterSpecs) -> None:
    assert codes(composed(specs, order("appointment-user", facts={"reasons": "a\x00b"}))) == {"bad-text"}
    assert codes(composed(specs, order("appointment-user", facts={"reasons": "a" * 20_001}))) == {"too-long"}


@pytest.mark.parametrize("facts", [{"nothing_like_it": 1}, {"from_date": "1. mai"}, {"measure": "house"}])
def test_an_order_that_disagrees_with_the_declaration_is_an_error(
    specs: LetterSpecs, facts: dict[str, object]
) -> None:
    with pytest.raises(DeclarationError, match=r"appointment-user\.toml: «facts\."):
        composed(specs, order("appointment-user", facts=facts))


def test_a_letter_goes_only_to_those_it_is_meant_for(specs: LetterSpecs) -> None:
    with pytest.raises(DeclarationError, match="recipients"):
        composed(specs, order("appointment-manager", to=USER))


def test_letters_to_employees_tell_nothing_of_the_person(specs: LetterSpecs) -> None:
    for name, (kind, to, _) in ORDERS.items():
        if to.employee is not None:
            said = text(specs, composed(specs, order(name)), name)
            heading = next(line for line in said.splitlines() if line.startswith("# "))
            assert "Østgård" not in heading
            assert ("Østgård" in said) == (kind == "appointment-coordinator")


def test_the_date_decides_between_is_and_was(specs: LetterSpecs) -> None:
    before = text(
        specs, composed(specs, order("reminder-designation"), on=date(2026, 11, 18)), "reminder-designation"
    )
    assert "Fristen er 18. november 2026" in before
    after = text(specs, composed(specs, order("reminder-designation")), "reminder-designation")
    assert "Fristen var 18. november 2026" in after
