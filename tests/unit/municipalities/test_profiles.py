"""The shipped profiles and law: what the register says, each value with its source."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

from pipeline.domain import Measure
from pipeline.municipalities import (
    DEFAULT,
    AppointmentModel,
    describe,
    load_municipalities,
    printed_names,
)
from pipeline.municipalities._statutes import CITED

ROOT = Path(__file__).resolve().parents[3]
ALL = load_municipalities(ROOT / "config/municipalities", ROOT / "config/law.toml")
DAY = date(2026, 11, 22)
KEYS = ["loten", "orland", "salangen", "sondre_land", "vestre_toten"]


def test_the_five_are_there_and_known_by_their_printed_names() -> None:
    """Keys as in the register; names map to them."""
    assert list(ALL) == KEYS
    assert ALL.names["Søndre Land kommune"] == "sondre_land"
    assert sorted(ALL.names.values()) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_every_value_is_told_with_a_source_or_as_default(key: str) -> None:
    """``municipality show``: no key is left out, no source is empty."""
    told = describe(ALL[key])
    assert len({row[0] for row in told}) == len(told)
    assert all(row[2] for row in told)
    by_key = {row[0]: row for row in told}
    assert by_key["office.name"][2] != DEFAULT
    assert by_key["letters.interim_reply_days"] == ("letters.interim_reply_days", 30, DEFAULT, "")


def test_the_differences_of_the_register() -> None:
    """A11: the values that the seeds give."""
    model = {key: ALL[key].appointment.model for key in KEYS}
    assert model == {
        "loten": AppointmentModel.UNIT,
        "orland": AppointmentModel.TEAM_DECIDES,
        "salangen": AppointmentModel.UNIT,
        "sondre_land": AppointmentModel.MANAGER_DESIGNATES,
        "vestre_toten": AppointmentModel.SERVICE_LEADER,
    }
    assert {k: ALL[k].appointment.reply_days for k in KEYS if ALL[k].appointment.reply_days} == {
        "sondre_land": 14
    }
    assert {k for k in KEYS if ALL[k].consent.registration_required} == {"salangen"}
    assert {k for k in KEYS if ALL[k].consent.oral_accepted_for_message} == {"orland"}
    assert {k for k in KEYS if ALL[k].annual.mode == "push"} == {"orland"}
    assert {k for k in KEYS if not ALL[k].appointment.user_wish_required} == {"vestre_toten"}
    assert {k: ALL[k].appointment.employee_required for k in KEYS} == {
        "loten": "warn",
        "orland": "warn",
        "salangen": "yes",
        "sondre_land": "warn",
        "vestre_toten": "yes",
    }
    assert ALL["sondre_land"].terms.team_definite == "oppfølgingsteamet"
    rows = {row[0]: row for row in describe(ALL["sondre_land"])}
    assert rows["appointment.reply_days"] == ("appointment.reply_days", 14, "T-1", "")


def test_measures_stand_on_their_paragraphs_and_complaint_track() -> None:
    """B.1, B.3: four weeks under pbrl; a care team stands on no act (R-6)."""
    for measure in Measure:
        basis = ALL.law.basis(measure.value)
        if measure is Measure.CARE_GROUP:
            assert basis is None
            continue
        assert basis is not None
        assert all(ALL.law.cite(citation, DAY) for citation in basis.citations)
        track = ALL.law.complaint(basis.complaint, DAY)
        assert track.weeks == 4
        assert "7-5" in ALL.law.cite(track.citation, DAY)
    child = ALL.law.basis("child_coordinator")
    assert child is not None
    assert ALL.law.cite(child.citations[1], DAY) == "helse- og omsorgstjenesteloven § 7-2 a"


def test_the_new_forvaltningslov_is_ready_and_not_in_force() -> None:
    """B.1: adopted, no date yet, so the old paragraphs are cited."""
    acts = {act.id: act.valid_from for act in ALL.law.acts}
    assert acts["fvl-2025"] is None
    assert ALL.law.cite("fvl-notice-of-decision", DAY) == "forvaltningsloven § 27"


def test_one_date_puts_the_new_forvaltningslov_in_force(tmp_path: Path) -> None:
    """The day before, the old one is cited; from the day, the new one."""
    text = (ROOT / "config/law.toml").read_text(encoding="utf-8")
    file = tmp_path / "law.toml"
    file.write_text(text.replace('replaces = "fvl-1967"', 'replaces = "fvl-1967"\nvalid_from = 2027-07-01'))
    law = load_municipalities(ROOT / "config/municipalities", file).law
    assert law.cite("fvl-interim-reply", date(2027, 6, 30)) == "forvaltningsloven § 11 a"
    assert law.cite("fvl-interim-reply", date(2027, 7, 1)) == "forvaltningsloven § 17"


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_b_1_whatever_the_program_cites_can_be_cited_under_every_version_of_its_act(
    tmp_path: Path, language: str
) -> None:
    """B.1: what code asks for by id, and what the bases and complaint tracks name, before and after the new act is in force."""
    text = (ROOT / "config/law.toml").read_text(encoding="utf-8")
    file = tmp_path / "law.toml"
    file.write_text(text.replace('replaces = "fvl-1967"', 'replaces = "fvl-1967"\nvalid_from = 2027-07-01'))
    law = load_municipalities(ROOT / "config/municipalities", file).law
    used = {*CITED, *(t.citation for t in law.complaints), *(one for b in law.bases for one in b.citations)}
    for citation in used:
        for day in (date(2022, 8, 1), DAY, date(2027, 6, 30), date(2027, 7, 1), date(2040, 1, 1)):
            assert law.cite(citation, day, language), citation
    assert law.cite("fvl-impartiality", date(2027, 6, 30)) == "forvaltningsloven § 6"
    assert "§ 6" not in law.cite("fvl-impartiality", date(2027, 7, 1))


def test_b_1_code_asks_for_no_paragraph_that_the_check_at_start_does_not_know() -> None:
    """B.1: an id of ``law.toml`` written in Python stands in ``CITED``, which the loader checks."""
    ids = {one.id for one in ALL.law.citations}
    written = {
        node.value
        for file in (ROOT / "pipeline").rglob("*.py")
        if file.name != "_statutes.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in ids
    }
    assert written == set(CITED)


def test_every_paragraph_has_its_nynorsk_name() -> None:
    """B.6: the act's nynorsk name, the paragraph as it is."""
    for one in ALL.law.citations:
        act, nynorsk = one.text.split(" ")[0], one.text_nn.split(" ")[0]
        if not act.endswith("-"):
            assert one.text_nn.removeprefix(nynorsk) == one.text.removeprefix(act)
        assert "lova §" in one.text_nn or "forordninga art." in one.text_nn
    assert ALL.law.cite("hol-child-coordinator", DAY, "nn") == "helse- og omsorgstenestelova § 7-2 a"
    assert ALL.law.cite("pbrl-complaint", DAY, "nn") == "pasient- og brukarrettslova §§ 7-2, 7-3 og 7-5"
    assert ALL.law.cite("fvl-interim-reply", DAY, "nn") == "forvaltningslova § 11 a"


def test_a_paragraph_is_not_cited_outside_its_days() -> None:
    """KeyError, never a guess."""
    with pytest.raises(KeyError):
        ALL.law.cite("hol-coordinator", date(2020, 1, 1))
    with pytest.raises(KeyError):
        ALL.law.cite("nothing", DAY)
    with pytest.raises(KeyError):
        ALL.law.complaint("nothing", DAY)
    with pytest.raises(KeyError):
        ALL.law.age("majority", date(2020, 1, 1))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 12, 11), date(2026, 12, 28)),
        (date(2027, 3, 11), date(2027, 3, 30)),
        (date(2026, 11, 9), date(2026, 11, 23)),
    ],
)
def test_fourteen_days_roll_over_holidays(start: date, end: date) -> None:
    """B.14: across Christmas, across Easter, and an ordinary fortnight."""
    assert ALL.law.deadline(start, days=14, roll_to_workday=True) == end


@pytest.mark.parametrize(
    ("due", "end"),
    [
        (date(2030, 6, 1), date(2030, 6, 3)),
        (date(2031, 6, 1), date(2031, 6, 3)),
        (date(2027, 6, 1), date(2027, 6, 1)),
    ],
)
def test_the_first_of_june_rolls_only_when_asked(due: date, end: date) -> None:
    """B.14: 2031 is a Sunday and Whit Monday follows."""
    assert ALL.law.deadline(due, days=0, roll_to_workday=True) == end
    assert ALL.law.deadline(due, days=0, roll_to_workday=False) == due


def test_the_printed_names_alone_are_those_of_the_profiles() -> None:
    assert printed_names(ROOT / "config" / "municipalities") == ALL.names


def test_names_are_not_taken_from_a_folder_with_mistakes(tmp_path: Path) -> None:
    assert printed_names(tmp_path) is None
    (tmp_path / "a.toml").write_text('key = "b"\nrecognised_names = ["A kommune"]\n', encoding="utf-8")
    assert printed_names(tmp_path) is None
    (tmp_path / "a.toml").write_text('key = "a"\nrecognised_names = ["A kommune"]\n', encoding="utf-8")
    assert printed_names(tmp_path) == {"A kommune": "a"}
    (tmp_path / "c.toml").write_text('key = "c"\nrecognised_names = ["A kommune"]\n', encoding="utf-8")
    assert printed_names(tmp_path) is None
