"""Consents by scope, signer, age and duration; renewal; what a clerk registers without a form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.casework import Outcome, consent, halted, renew_by_age, withdraw
from pipeline.casework._holding import cover, holds, standing
from pipeline.casework._scope import Cover, read_scope
from pipeline.domain import (
    Case,
    Contact,
    ContactRole,
    LetterOrder,
    MatterKind,
    Member,
    Party,
    PartyRole,
    Submission,
)
from pipeline.errors import RefusedError
from tests.unit.casework.material import (
    ALL,
    DAY,
    codes,
    form,
    group_consent,
    kinds,
    opened,
    report,
    situation,
    take,
    with_team,
)

CHILD = {"signers": ("Siv Brekkås",), "capacity": "parent", "on": DAY}
YOUTH = date(2010, 11, 22)
"""Sixteen on the day."""


def sharing(*names: tuple[str, str], **changes: object) -> Submission:
    values: dict[str, object] = {
        "recipient.name": "Vilde Brekkås",
        "persons": tuple({"name": n, "allowed": True, "service": s, "information": None} for n, s in names),
        "consents.share": True,
        "date": "2026-11-20",
        "guardian.name": "Siv Brekkås",
        "guardian.signed": True,
    }
    return form("collaboration-consent", values | {k.replace("__", "."): v for k, v in changes.items()})


def born(case: Case, on: date) -> Case:
    return replace(case, person=replace(case.person, birth_date=on))


def change(*names: tuple[str, str]) -> Submission:
    rows = tuple({"name": n, "service": s, "contact": None} for n, s in names)
    return report("change", members=rows, on_call_members=())


def renewals(case: Case, *, running: bool) -> list[tuple[str, ...]]:
    return [m.scope for m in case.matters_of(MatterKind.CONSENT_RENEWAL, running=running)]


@pytest.mark.parametrize(
    ("scope", "name", "service", "said"),
    [
        (("person:Ida Holm (BUP)",), "ida  holm", "bup", Cover.YES),
        (("person:Ida Holm (BUP)",), "Ida Holm", "Skole", Cover.DOUBT),
        (("person:Ida Holm",), "Ida Holm", "BUP", Cover.DOUBT),
        (("Ida Holm",), "Ida Holm", "BUP", Cover.DOUBT),
        (("BUP",), "Ida Holm", "BUP", Cover.YES),
        (("service:BUP",), "BUP", "BUP", Cover.YES),
        (("service:Barnehage eller skole",), "Mari Lund", "Skole", Cover.DOUBT),
        (("person:Ida Holm (BUP)",), "Per Vik", "BUP", Cover.NO),
        (("service:BUP", "without:person:Ida Holm"), "Ida Holm", "BUP", Cover.NO),
        (("information:health",), "Ida Holm", "BUP", Cover.UNSAID),
        ((), "Ida Holm", "BUP", Cover.UNSAID),
    ],
)
def test_r_57_never_on_a_name_alone(scope: tuple[str, ...], name: str, service: str, said: Cover) -> None:
    """R-57: name and service, or a whole service; a name alone is doubtful, and what was withdrawn is out."""
    assert read_scope(scope).member(name, service) is said
    assert read_scope(scope).texts == scope


def test_r_58_what_each_may_share_is_kept_with_them() -> None:
    """R-58: access may differ; the words stand in the scope, and a person reads them."""
    rows = ({"name": "Ida Holm", "allowed": True, "service": "BUP", "information": "skole"},)
    case = take(opened(), sharing(persons=rows, information__except="økonomien vår"), document="d2").case
    given = case.consent("share")
    assert given is not None
    assert given.scope == ("person:Ida Holm (BUP)|information:skole", "without:information:økonomien vår")
    assert "sharing-limited" in codes(case)


def test_r_54_an_older_form_does_not_revive_what_was_withdrawn() -> None:
    """R-54: the newest statement counts, in whatever order they come."""
    case = withdraw(opened(), situation(), on=DAY).case
    late = take(case, sharing(("Ida Holm", "BUP")), document="d2").case
    assert not late.consented("share")
    assert "consent-older" in codes(late)
    again = take(case, sharing(("Ida Holm", "BUP"), date="2026-11-22"), document="d3").case
    assert again.consented("share")


def test_r_54_members_whose_consent_is_withdrawn_are_told_nothing_more() -> None:
    """R-54: no letter to them, a task instead; the others are told as before."""
    case = take(with_team(), group_consent(), document="d2").case
    part = withdraw(case, situation(), on=DAY, persons=("Pål Aune (Fysioterapi)",)).case
    party = Party(role=PartyRole.MEMBER, name="Pål Aune", employee="e2")
    order = LetterOrder(key="change-member:a1:m1", kind="change-member", case=case.id, to=party, rule="R-42")
    assert not halted(case, ALL["orland"], order, DAY)
    assert halted(part, ALL["orland"], order, DAY)
    assert not halted(part, ALL["orland"], replace(order, key="change-member:a1:m2"), DAY)
    rows = ({"name": "Pål Aune", "service": "Fysioterapi", "contact": None},)
    outcome = take(part, report("dissolution", members=rows, on_call_members=()), document="d4")
    assert ("team-dissolved-member", "member") not in kinds(outcome)
    assert any("trukket tilbake" in t.text for t in outcome.case.tasks if t.code == "letter-not-made")


def test_r_55_a_new_member_opens_a_renewal_that_a_newer_consent_answers() -> None:
    """R-55: coordinator and family are written to once; the consent that covers the member closes it."""
    where = situation("sondre_land")
    case = with_team("sondre_land")
    asked = take(case, change(("Pål Aune", "Fysioterapi"), ("Ola Dahl", "PPT")), where, "d2")
    assert ("consent-renewal", "coordinator") in kinds(asked)
    assert ("consent-request", "family") in kinds(asked)
    assert renewals(asked.case, running=True) == [("person:Ola Dahl (PPT)",)]
    again = take(asked.case, change(("Pål Aune", "Fysioterapi"), ("Ola Dahl", "PPT")), where, "d3")
    assert not [kind for kind, _ in kinds(again) if kind.startswith("consent")]
    other = take(again.case, sharing(("Per Vik", "PPT")), where, "d4").case
    assert renewals(other, running=True)
    both = sharing(("Ola Dahl", "PPT"), ("Pål Aune", "Fysioterapi"), date="2026-11-22")
    answered = take(other, both, where, "d5").case
    assert renewals(answered, running=False) == [("person:Ola Dahl (PPT)",)]
    assert "reconsent" not in codes(answered)


def test_r_55_the_same_name_in_another_service_is_looked_at() -> None:
    """R-55: never on a name alone; nobody is written to before a person has looked."""
    where = situation("sondre_land")
    case = take(with_team("sondre_land"), group_consent(), where, "d2").case
    outcome = take(case, change(("Pål Aune", "BUP"), ("Mari Lund", "Skole")), where, "d3")
    assert "reconsent-doubt" in codes(outcome.case)
    assert not [kind for kind, _ in kinds(outcome) if kind.startswith("consent")]


def test_r_55_elsewhere_only_an_explicit_scope_asks() -> None:
    """R-55: a municipality without the rule has a task where the consent names others, and no letters."""
    case = take(with_team(), sharing(("Pål Aune", "Fysioterapi")), document="d2").case
    outcome = take(case, change(("Pål Aune", "Fysioterapi"), ("Ola Dahl", "PPT")), document="d3")
    assert "reconsent" in codes(outcome.case)
    assert not outcome.letters
    silent = take(with_team(), change(("Ola Dahl", "PPT")), document="d3").case
    assert "reconsent" not in codes(silent)


def test_r_55_a_plan_that_the_consent_leaves_out_asks_for_a_new_one() -> None:
    """R-55: a new kind of information; a consent that covers the plan asks nothing."""
    where = situation("sondre_land")
    people = (("Pål Aune", "Fysioterapi"), ("Mari Lund", "Skole"))
    told = report("change", plan__exists=True, on_call_members=())
    narrow = take(with_team("sondre_land"), sharing(*people, information__health=True), where, "d2").case
    outcome = take(narrow, told, where, "d3")
    assert ("consent-request", "family") in kinds(outcome)
    wide = take(with_team("sondre_land"), sharing(*people, information__plan=True), where, "d2").case
    assert not take(wide, told, where, "d3").letters


def test_t_18_a_parents_consent_lapses_at_sixteen_and_is_asked_for_once() -> None:
    """T-18: from the day it needs the young person's own; the renewal is written once and answered by it."""
    case = born(take(with_team(), group_consent(date="2026-10-01"), document="d2").case, YOUTH)
    assert not holds(case, situation(), "share")
    assert holds(case, situation(on=date(2026, 11, 21)), "share")
    given = case.consent("share")
    assert given is not None
    assert "eget samtykke" in standing(case, ALL["orland"], given, DAY)
    outcome = renew_by_age(case, situation())
    assert ("consent-request", "user") in kinds(outcome)
    assert ("consent-request", "family") not in kinds(outcome)
    assert "own-consent" in codes(outcome.case)
    assert renew_by_age(outcome.case, situation()).events == ()


def test_t_19_a_parent_who_signs_for_a_sixteen_year_old_is_said() -> None:
    """T-19: it counts for nothing, and the task says what to do."""
    after = take(born(opened(), YOUTH), sharing(("Ida Holm", "BUP")), document="d2").case
    (task,) = [t for t in after.tasks if t.code == "sharing-not-signed"]
    assert not after.consented("share")
    assert "har fylt 16 år" in task.text
    assert "--cannot-consent" in task.text


def test_t_20_a_guardian_for_one_who_cannot_consent_is_a_persons_decision() -> None:
    """T-20: refused without the reason, kept with it, and over at eighteen."""
    case = born(opened(), YOUTH)
    with pytest.raises(RefusedError) as refused:
        consent(case, situation(), kind="share", document="d1", **CHILD)
    assert refused.value.rule == "T-19"
    why = "Forstår ikke hva et samtykke er."
    done = consent(case, situation(), kind="share", document="d1", cannot_consent=why, **CHILD).case
    assert holds(done, situation(), "share")
    assert not holds(done, situation(on=date(2028, 11, 22)), "share")
    (kept,) = [m for m in done.matters if m.outcome == "cannot-consent"]
    assert (kept.text, kept.about, kept.open) == (why, done.consents[-1].id, False)


def test_an_adults_guardian_must_be_known_in_the_case() -> None:
    """B.17: an adult's parent consents for nobody; a registered guardian does."""
    adult = born(opened(), date(1980, 5, 4))
    assert not take(adult, sharing(("Ida Holm", "BUP")), document="d2").case.consented("share")
    guardian = Contact(id="k9", role=ContactRole.GUARDIAN, name="Aud Verge")
    known = replace(adult, contacts=(*adult.contacts, guardian))
    signed = take(known, sharing(("Ida Holm", "BUP"), guardian__name="Aud Verge"), document="d2").case
    assert signed.consented("share")


def test_b_17_a_signer_nobody_knows_is_a_task() -> None:
    """B.17: kept as given, and a person finds out who it is."""
    after = take(opened(), sharing(("Ida Holm", "BUP"), guardian__name="Ukjent Person"), document="d2").case
    assert "signer-unknown" in codes(after)


def two_guardians(rule: str) -> object:
    where = situation()
    rules = replace(where.profile.consent, two_guardians=rule)
    return replace(where, profile=replace(where.profile, consent=rules))


def test_b_17_two_guardians_where_the_profile_says() -> None:
    """B.17, barnelova § 30: not valid until the second has signed the same."""
    where = two_guardians("yes")
    one = take(opened(), sharing(("Ida Holm", "BUP")), where, "d2").case
    assert not one.consented("share")
    assert "second-guardian-missing" in codes(one)
    second = sharing(("Ida Holm", "BUP"), guardian__name="Per Brekkås", date="2026-11-21")
    both = take(one, second, where, "d3").case
    assert both.consented("share")
    assert "second-guardian-missing" not in codes(both)
    at_once = take(opened(), sharing(("Ida Holm", "BUP"), second_guardian__signed=True), where, "d2").case
    assert at_once.consented("share")


def test_b_17_two_parents_in_two_homes_are_asked_about_once() -> None:
    """B.17: by case: valid, and a task."""
    homes = tuple(
        Contact(id=f"k{n}", role=ContactRole.NEXT_OF_KIN, name=name, relation=who, address=street, postal_place="7130 B")
        for n, name, who, street in ((8, "Siv Brekkås", "Mor", "Gata 1"), (9, "Per Brekkås", "Far", "Gata 2"))
    )  # fmt: skip
    case = replace(opened(), contacts=homes)
    after = take(case, sharing(("Ida Holm", "BUP")), document="d2").case
    assert after.consented("share")
    assert "second-guardian-missing" in codes(after)
    assert "second-guardian-missing" not in codes(take(opened(), sharing(("Ida Holm", "BUP"))).case)


def test_t_24_a_consent_lasts_as_long_as_the_service_where_the_profile_says() -> None:
    """T-24 is Søndre Land's, T-25 Salangen's: until it is withdrawn."""

    def after(key: str) -> Case:
        where = situation(key)
        case = take(with_team(key), group_consent(), where, "d2").case
        return take(case, report("dissolution"), where, "d3").case

    assert not after("sondre_land").consented("establish")
    assert after("salangen").consented("establish")


def decide(case: Case, key: str = "orland", **changes: object) -> Outcome:
    told: dict[str, object] = {"kind": "share", "document": "d1"} | CHILD | changes
    return consent(case, situation(key), **told)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("key", "changes", "rule"),
    [
        ("orland", {"document": ""}, "R-52"),
        ("orland", {"kind": "establish", "document": ""}, "R-51"),
        ("salangen", {"kind": "oral", "capacity": "service", "signers": ("BUP",)}, "R-60"),
        ("orland", {"kind": "share", "capacity": "service"}, "R-60"),
        ("orland", {"capacity": "self", "signers": ("Vilde Brekkås",)}, "T-18"),
        ("orland", {"on": date(2026, 11, 23)}, "R-53"),
        ("orland", {"information": ("alt",)}, "R-57"),
        ("salangen", {"kind": "establish"}, "R-61"),
    ],
)
def test_what_may_not_be_registered_is_refused(key: str, changes: dict[str, object], rule: str) -> None:
    """R-51, R-52, R-60, R-61, T-18: the rule that forbids it is named."""
    with pytest.raises(RefusedError) as refused:
        decide(opened(key), key, **changes)
    assert refused.value.rule == rule


def test_r_60_an_oral_consent_is_the_services_that_heard_it() -> None:
    """R-60: where the municipality accepts it."""
    done = decide(opened(), kind="oral", capacity="service", signers=("Ergoterapi",), document="").case
    assert done.consented("oral")


def test_r_52_a_consent_without_a_form_has_its_scope() -> None:
    """R-52, R-57: persons and information as the clerk says."""
    done = decide(opened(), persons=("Ida Holm (BUP)", "(PPT)"), information=("health",)).case
    given = done.consent("share")
    assert given is not None
    assert given.scope == ("person:Ida Holm (BUP)", "service:PPT", "information:health")
    assert cover(done, situation(), Member(id="m1", name="Ola Dahl", service="PPT")) is Cover.YES
