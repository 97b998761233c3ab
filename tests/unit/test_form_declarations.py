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
}
COLUMNS = {
    ("need-notification", "services"): ["service", "contact"],
    ("need-notification", "consent.signatures"): ["place", "date", "name", "signed"],
    ("group-report", "members"): ["name", "service", "contact"],
    ("group-report", "on_call_members"): ["name", "service", "contact"],
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
