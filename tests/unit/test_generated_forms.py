"""The generator of filled forms itself: its files open, a seed repeats itself, its truth is complete."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from pypdf import PdfReader

from tests.generated.compare import compare, compare_fault
from tests.generated.draw import CARRIERS, LAYOUTS, generate
from tests.generated.faults import MAKERS, faults

PERSON_AND_KIN = {"recipient.name", "recipient.birth_date", "recipient.address", "recipient.phone"}
SUBJECT = {"recipient.name", "recipient.birth_date", "case.number"}
CONSENTING = SUBJECT | {"persons", "place", "date", "signed", "guardian.name", "guardian.signed"}
IDS = {
    "need-notification": PERSON_AND_KIN
    | {
        f"requested.{key}"
        for key in ("individual_plan", "coordinator", "care_group", "child_coordinator", "other")
    }
    | {"reported_by", "date", "recipient.due_date", "recipient.postal_place", "recipient.email"}
    | {
        "next_of_kin.name",
        "next_of_kin.phone",
        "next_of_kin.relation",
        "gp.name",
        "gp.office",
        "guardian.name",
    }
    | {"services", "needs", "proposed_coordinator", "consent.signatures"}
    | {f"oral_consent.{key}" for key in ("date", "service", "contact", "signed")},
    "group-report": PERSON_AND_KIN
    | {"kind.dissolution", "kind.change", "kind.annual", "next_of_kin.name", "next_of_kin.phone"}
    | {f"{role}.{part}" for role in ("coordinator", "deputy") for part in ("name", "service", "contact")}
    | {"members", "on_call_members", "other_plans", "completed_by"}
    | {
        f"plan.{key}{end}"
        for key in ("exists", "active", "informed", "needed", "not_today")
        for end in ("", "_note")
    },
    "needs-checklist": {"items", "items_other", "items_annet"}
    | {f"plan.{key}{end}" for key in ("entitled", "wanted", "consented") for end in ("", "_note")},
    "stakeholder-map": {"welfare_services", "family_network", "health_services", "leisure"},
    "group-consent": {"subject", "place", "date", "signed"}
    | {f"consents.{key}" for key in ("establish", "share", "register", "voluntary")},
    "collaboration-consent": CONSENTING
    | {f"share_with.{key}" for key in ("gp", "health_nurse", "care_services", "specialist", "school")}
    | {f"share_with.{key}" for key in ("ppt", "child_welfare", "nav", "other")}
    | {f"information.{key}" for key in ("health", "daily_life", "learning", "family", "finances")}
    | {"information.plan", "information.except", "consents.share", "consents.voluntary"}
    | {"second_guardian.signed"},
    "consent-withdrawal": CONSENTING
    | {f"withdraws.{key}" for key in ("all", "persons", "information")}
    | {"withdrawn_information", "remarks"},
    "coordinator-designation": SUBJECT
    | {f"{role}.{part}" for role in ("coordinator", "deputy") for part in ("name", "service", "contact")}
    | {f"prepared.{key}" for key in ("time", "training", "user_told")}
    | {"department", "designation.done", "designation.not_yet", "from_date", "reason", "answer_by"}
    | {"completed_by", "date", "signed"},
    "closure-notice": SUBJECT
    | {f"closes.{key}" for key in ("coordinator", "care_group", "individual_plan")}
    | {f"agreement.{key}" for key in ("agreed", "disagreed", "not_asked")}
    | {"coordinator.name", "coordinator.service", "ends_on", "reason", "user_view", "follow_up"}
    | {"told.members", "told.manager", "completed_by", "date", "signed"},
    "service-request": PERSON_AND_KIN
    | {f"requested.{key}" for key in ("coordinator", "child_coordinator", "individual_plan", "care_group")}
    | {f"sender.{key}" for key in ("self", "guardian", "relative", "service")}
    | {"reported_by", "reporter.service", "reporter.contact", "recipient.due_date", "recipient.postal_place"}
    | {"recipient.email", "guardian.name", "interpreter", "services", "needs", "proposed_coordinator"}
    | {"consents.process", "place", "date", "signed"},
    "team-evaluation": SUBJECT
    | {
        f"evaluation.{key}{end}"
        for key in ("goals_reached", "measures_work", "services_work", "cooperation_works")
        for end in ("", "_note")
    }
    | {f"evaluation.{key}{end}" for key in ("right_members", "user_took_part") for end in ("", "_note")}
    | {
        f"continue.{key}{end}"
        for key in ("coordinator", "care_group", "individual_plan")
        for end in ("", "_note")
    }
    | {"coordinator.name", "evaluated_on", "works_well", "changes", "new_goals", "next_evaluation"}
    | {"date", "completed_by"},
}


def content(path: Path) -> bytes:
    """What a file holds, without the times and identifiers its writer puts in."""
    if path.suffix == ".docx":
        return zipfile.ZipFile(path).read("word/document.xml")
    return b"".join(page.get_contents().get_data() for page in PdfReader(path).pages)


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("form", LAYOUTS)
def test_every_form_opens_and_repeats_itself(form: str, carrier: str, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    for seed in range(5):
        filled = generate(form, carrier, seed, tmp_path)
        if seed < 2:
            second = generate(form, carrier, seed, again)
            assert filled.truth == second.truth
            assert content(filled.path) == content(second.path)
        assert set(filled.truth) == IDS[form]
        if carrier == "docx":
            assert "strict OOXML" in filled.notes or docx.Document(io.BytesIO(filled.path.read_bytes()))
        else:
            pdf = pypdfium2.PdfDocument(filled.path)
            pages = PdfReader(filled.path).pages
            assert len(pdf) == len(pages)
            assert bool(PdfReader(filled.path).get_fields()) == (carrier == "pdf-fields")
            pdf.close()


def test_seeds_differ(tmp_path: Path) -> None:
    assert len({str(generate("group-report", "docx", seed, tmp_path).truth) for seed in range(8)}) == 8


def test_printed_values_stand_in_the_file(tmp_path: Path) -> None:
    filled = generate("need-notification", "pdf-text", 3, tmp_path)
    text = (
        "".join(page.extract_text() for page in PdfReader(filled.path).pages)
        .replace(" ", "")
        .replace("\n", "")
        .replace("_", "")
    )
    for key in ("reported_by", "recipient.name", "gp.office"):
        assert (filled.truth[key] or "").replace(" ", "") in text


def test_field_values_stand_in_the_widgets(tmp_path: Path) -> None:
    filled = generate("need-notification", "pdf-fields", 1, tmp_path)
    values = [
        " ".join(str(field.get("/V") or "").split())
        for field in (PdfReader(filled.path).get_fields() or {}).values()
    ]
    assert filled.truth["recipient.name"] in values


@pytest.mark.parametrize("carrier", CARRIERS)
def test_every_unusual_file_is_drawn(carrier: str, tmp_path: Path) -> None:
    cases = faults(carrier, 1, tmp_path)
    assert [case.name for case in cases] == list(MAKERS)
    assert all(case.path.stat().st_size > 1000 for case in cases)


def line(truth: dict[str, object], form: str, **status: str) -> dict[str, object]:
    return {
        "form": form,
        "status": "review" if status else "accepted",
        "problems": [{"fields": list(truth)}],
        "fields": {
            key: {"value": value, "status": status.get(key, "accepted")} for key, value in truth.items()
        },
    }


def test_compare_sorts_fields_by_what_went_wrong(tmp_path: Path) -> None:
    filled = generate("group-consent", "docx", 2, tmp_path)
    faultless = compare(filled, [line(filled.truth, filled.form)])
    assert set(faultless.counts) == {"right"}
    assert faultless.faults == []
    assert compare(filled, [{**line(filled.truth, filled.form), "status": "review"}]).faults
    wrong = {**filled.truth, "subject": "Feil Navn", "place": "Feil sted"}
    del wrong["date"]
    counts = compare(filled, [line(wrong, filled.form, place="review", signed="review")]).counts
    assert counts["wrong-accepted"] == 1
    assert counts["wrong-in-review"] == 1
    assert counts["in-review-though-right"] == 1
    assert counts["missing"] == 1


def test_compare_does_not_take_null_for_false(tmp_path: Path) -> None:
    filled = generate("group-consent", "docx", 2, tmp_path)
    nulled = {key: None if value is False else value for key, value in filled.truth.items()}
    unticked = [key for key, value in filled.truth.items() if value is False]
    assert [judged.key for judged in compare(filled, [line(nulled, filled.form)]).wrong_accepted] == unticked


def test_compare_takes_a_contact_in_either_order(tmp_path: Path) -> None:
    filled = generate("group-consent", "docx", 2, tmp_path)
    filled.truth = {"coordinator.contact": "+4790123456; a@example.no"}
    turned = {"coordinator.contact": "a@example.no; +4790123456"}
    assert compare(filled, [line(turned, filled.form)]).counts == {"right": 1}


def test_an_unknown_form_may_not_be_recognised(tmp_path: Path) -> None:
    case = MAKERS["unknown-form"](carrier="docx", seed=1, folder=tmp_path)
    assert compare_fault(case, [{"form": None, "fields": {}}]).broken == []
    assert compare_fault(case, [{"form": "need-notification", "fields": {}}]).broken
