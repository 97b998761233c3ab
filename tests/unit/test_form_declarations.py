"""The declarations hold every field of the contract, and a bad one is told with every mistake."""

from pathlib import Path

import pytest

from pipeline.checking import RULES as CHECKS
from pipeline.errors import DeclarationError
from pipeline.forms import RULES, load_forms
from tests.unit.laying import FORMS

IDS = {
    "need-notification": """requested.individual_plan requested.coordinator requested.care_group
        requested.child_coordinator requested.other reported_by date recipient.name recipient.birth_date
        recipient.due_date recipient.address recipient.postal_place recipient.phone recipient.email
        next_of_kin.name next_of_kin.phone next_of_kin.relation gp.name gp.office guardian.name services needs
        proposed_coordinator consent.signatures oral_consent.date oral_consent.service oral_consent.contact
        oral_consent.signed""",
    "group-report": """kind.dissolution kind.change kind.annual recipient.name recipient.birth_date
        recipient.address recipient.phone next_of_kin.name next_of_kin.phone coordinator.name
        coordinator.service coordinator.contact deputy.name deputy.service deputy.contact members
        on_call_members other_plans plan.exists plan.active plan.informed plan.needed plan.exists_note
        plan.active_note plan.informed_note plan.needed_note plan.not_today_note plan.not_today completed_by""",
    "needs-checklist": """items items_other items_annet plan.entitled plan.wanted plan.consented
        plan.entitled_note plan.wanted_note plan.consented_note""",
    "stakeholder-map": "welfare_services family_network health_services leisure",
    "group-consent": """subject consents.establish consents.share consents.register consents.voluntary place
        date signed""",
    # The forms that are named but shown nowhere: our own (F-000-1, F-000-2, F-000-6, F-000-9, F-001-2, F-001-4 …).
    "collaboration-consent": """recipient.name recipient.birth_date case.number share_with.gp
        share_with.health_nurse share_with.care_services share_with.specialist share_with.school share_with.ppt
        share_with.child_welfare share_with.nav share_with.other persons information.health
        information.daily_life information.learning information.family information.finances information.plan
        information.except consents.share consents.voluntary place date signed guardian.name guardian.signed
        second_guardian.signed""",
    "consent-withdrawal": """recipient.name recipient.birth_date case.number withdraws.all withdraws.persons
        withdraws.information persons withdrawn_information remarks place date signed guardian.name
        guardian.signed""",
    "coordinator-designation": """recipient.name recipient.birth_date case.number department designation.done
        designation.not_yet coordinator.name coordinator.service coordinator.contact deputy.name deputy.service
        deputy.contact from_date prepared.time prepared.training prepared.user_told reason answer_by
        completed_by date signed""",
    "closure-notice": """recipient.name recipient.birth_date case.number coordinator.name coordinator.service
        closes.coordinator closes.care_group closes.individual_plan agreement.agreed agreement.disagreed
        agreement.not_asked ends_on reason user_view follow_up told.members told.manager completed_by date
        signed""",
    "service-request": """requested.coordinator requested.child_coordinator requested.individual_plan
        requested.care_group sender.self sender.guardian sender.relative sender.service reported_by
        reporter.service reporter.contact recipient.name recipient.birth_date recipient.due_date
        recipient.address recipient.postal_place recipient.phone recipient.email guardian.name interpreter
        services needs proposed_coordinator consents.process place date signed""",
    "team-evaluation": """recipient.name recipient.birth_date case.number coordinator.name evaluated_on
        evaluation.goals_reached evaluation.measures_work evaluation.services_work evaluation.cooperation_works
        evaluation.right_members evaluation.user_took_part evaluation.goals_reached_note
        evaluation.measures_work_note evaluation.services_work_note evaluation.cooperation_works_note
        evaluation.right_members_note evaluation.user_took_part_note works_well changes new_goals
        continue.coordinator continue.care_group continue.individual_plan continue.coordinator_note
        continue.care_group_note continue.individual_plan_note next_evaluation date completed_by""",
}
COLUMNS = {
    ("need-notification", "services"): ["service", "contact"],
    ("need-notification", "consent.signatures"): ["place", "date", "name", "signed"],
    ("group-report", "members"): ["name", "service", "contact"],
    ("group-report", "on_call_members"): ["name", "service", "contact"],
    ("collaboration-consent", "persons"): ["name", "allowed", "service", "information"],
    ("consent-withdrawal", "persons"): ["name", "service"],
    ("service-request", "services"): ["service", "contact"],
    ("needs-checklist", "items"): ["item", "coordination", "child_coordinator", "coordinator"],
}


def test_every_form_of_the_contract_is_declared() -> None:
    assert {spec.id for spec in FORMS} == set(IDS)


@pytest.mark.parametrize("form", IDS)
def test_every_field_of_the_contract_is_declared(form: str) -> None:
    assert {field.id for field in FORMS.of(form).fields} == set(IDS[form].split())


@pytest.mark.parametrize(("form", "field"), COLUMNS)
def test_rows_have_the_columns_of_the_contract(form: str, field: str) -> None:
    assert list(FORMS.of(form).field(field).columns) == COLUMNS[form, field]


def test_every_rule_a_declaration_may_name_has_a_check() -> None:
    assert set(CHECKS) == RULES


def test_every_mistake_is_told_with_file_and_key(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(
        'form = "x"\nversion = "1"\nrules = ["magic"]\n[recognise]\ntitles = ["T"]\ncues = ["a", "b"]\n'
        '[fields]\n"Name" = { type = "colour", name = "N", find = { label = "N", within = "nowhere" } }\n',
        encoding="utf-8",
    )
    (tmp_path / "b.toml").write_text("form = ", encoding="utf-8")
    with pytest.raises(DeclarationError) as caught:
        load_forms(tmp_path)
    text = "\n".join(caught.value.mistakes)
    for wanted in ("a.toml: title", "magic", "fields.Name", "fields.Name.type", "within", "b.toml"):
        assert wanted in text


def test_no_declaration_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError):
        load_forms(tmp_path)
