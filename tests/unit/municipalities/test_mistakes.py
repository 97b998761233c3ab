"""A bad declaration stops the program, and every mistake names its file and key."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.errors import DeclarationError
from pipeline.municipalities import load_municipalities

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A copy of the shipped declarations that a test may spoil."""
    shutil.copytree(ROOT / "config/municipalities", tmp_path / "municipalities")
    for file in ("law.toml", "reminders.toml"):
        shutil.copy(ROOT / "config" / file, tmp_path / file)
    return tmp_path


def spoil(home: Path, name: str, old: str, new: str) -> None:
    """Change one place of a file."""
    file = home / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def mistakes(home: Path) -> tuple[str, ...]:
    """What the loader says is wrong."""
    with pytest.raises(DeclarationError) as caught:
        load_municipalities(home / "municipalities", home / "law.toml")
    return caught.value.mistakes


SPOILED = [
    ("sondre_land", "value = 14", 'value = "14"', "appointment.reply_days"),
    ("sondre_land", "value = 14", "value = -1", "appointment.reply_days"),
    ("sondre_land", "value = 14", "value = true", "appointment.reply_days"),
    ("sondre_land", "value = [4]", "value = [14]", "appointment.reminders_before_days"),
    ("sondre_land", '"team_change"', '"team_chang"', "consent.reconsent_on"),
    ("sondre_land", "escalation_leader = {", "# {", "terms.escalation_leader"),
    ("orland", '"team_decides_unit_appoints"', '"unit"', "appointment.model"),
    ("orland", '"06-01", source', '"06-31", source', "annual.due"),
    ("orland", '"06-01", source', '"02-29", source', "annual.due"),
    ("orland", '"06-01", source', '"6-1", source', "annual.due"),
    ("orland", '"06-15"', '"05-30"', "annual.overdue_on"),
    ("orland", '["05-01", "05-15"', '["06-02", "05-15"', "annual.remind_on"),
    ("orland", 'due        = { value = "06-01", source = "T-4" }', "", "annual.due"),
    ("orland", '"5057"', '"507"', "office.number"),
    ("orland", '{ value = "5057", source = "SSB klassifikasjon 131" }', '"5057"', "office.number"),
    ("orland", 'source = "SSB klassifikasjon 131"', 'source = " "', "office.number"),
    ("orland", 'key = "orland"', 'key = "Ørland"', "key"),
    ("orland", "[annual]", "[anual]", "anual"),
    ("orland", "person        =", "persons       =", "terms.persons"),
    ("orland", 'value = "tjenestemottaker"', 'value = " tjenestemottaker"', "terms.person"),
    ("orland", '["needs-checklist", "stakeholder-map"]', '"needs-checklist"', "messages.need_attachments"),
    ("orland", '["Ørland kommune"]', "[]", "recognised_names"),
    ("orland", '["Ørland kommune"]', '["Løten kommune"]', "recognised_names"),
    ("orland", '["Ørland kommune"]', "[1]", "recognised_names"),
    ("vestre_toten", "[nn]\nleader", "[nn]\nleder", "nn.leder"),
    ("orland", 'county         = { value = "Trøndelag", source = "A0" }', "", "office.county"),
]


@pytest.mark.parametrize(("name", "old", "new", "key"), SPOILED)
def test_a_bad_profile_names_file_and_key(home: Path, name: str, old: str, new: str, key: str) -> None:
    """File and key stand first."""
    spoil(home, f"municipalities/{name}.toml", old, new)
    assert any(said.startswith(f"{name}.toml: {key}: ") for said in mistakes(home)), mistakes(home)


LAW = [
    ('act = "hpl"', 'act = "hlp"', "citations[18].act"),
    ('citation = "pbrl-complaint"', 'citation = "pbrl"', "complaints.pbrl.citation"),
    ('"pbrl-coordinator", "hol-coordinator"', '"pbrl-x"', "bases.coordinator.citations"),
    ('complaint = "pbrl"', 'complaint = "x"', "bases.coordinator.complaint"),
    ('measure = "coordinator"', 'measure = "coordinate"', "bases.coordinate.measure"),
    ("weeks = 4", 'weeks = "fire"', "complaints[1].weeks"),
    ("weeks = 4\n", "", "complaints[1].weeks"),
    ("years = 18", "year = 18", "ages[3].year"),
    ('id = "majority"', 'id = "adult"', "ages.majority"),
    ('id = "hol-individual-plan"', 'id = "hol-coordinator"', "citations.hol-coordinator"),
    ('replaces = "fvl-1967"', 'replaces = "fvl-1966"', "acts.fvl-2025.replaces"),
    ("[6, 7]", '["saturday"]', "rest.weekdays"),
    ("weekdays =", "weekend =", "rest.weekend"),
    ("[rest]", "[rests]", "rests"),
    ('name = "helsepersonelloven"', 'name = "helseloven"', "citations[18].text"),
    ('name_nn = "helsepersonellova"', "name_nn = 1", "acts[3].name_nn"),
    ("valid_from = 2022-08-01", 'valid_from = "2022-08-01"', "acts[1].valid_from"),
    ('id = "fvl-impartiality"\nact = "fvl-2025"', 'id = "x"\nact = "fvl-2025"', "citations.fvl-impartiality"),
    ('id = "fvl-complaint"\nact = "fvl-2025"', 'id = "x"\nact = "fvl-2025"', "citations.fvl-complaint"),
    ('id = "breach-report"\nact', 'id = "x"\nact', "citations.breach-report"),
]


@pytest.mark.parametrize(("old", "new", "key"), LAW)
def test_a_bad_law_table_names_file_and_key(home: Path, old: str, new: str, key: str) -> None:
    """Every id that is used must be there, and no day may have two answers."""
    spoil(home, "law.toml", old, new)
    assert any(said.startswith(f"law.toml: {key}: ") for said in mistakes(home)), mistakes(home)


def test_every_mistake_is_named_at_once(home: Path) -> None:
    """The clerk corrects them all before the next try."""
    spoil(home, "municipalities/orland.toml", '"5057"', "5057")
    spoil(home, "municipalities/salangen.toml", '"5522"', '"552"')
    spoil(home, "law.toml", "years = 15", "years = []")
    spoil(home, "municipalities/_defaults.toml", "signature_from_age = 16", "")
    said = mistakes(home)
    files = {mistake.split(":")[0] for mistake in said}
    assert files >= {"orland.toml", "salangen.toml", "law.toml", "loten.toml"}


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("interim_reply_days = 30", "interim_reply_days = 'måned'", "letters.interim_reply_days"),
        ("interim_reply_days = 30", "interim_reply_day = 30", "letters.interim_reply_day"),
        ("[messages]", "[message]", "message"),
    ],
)
def test_the_defaults_are_checked_too(home: Path, old: str, new: str, key: str) -> None:
    """The product's own values have no less strict a reader."""
    spoil(home, "municipalities/_defaults.toml", old, new)
    assert any(said.startswith(f"_defaults.toml: {key}: ") for said in mistakes(home))


def test_files_that_cannot_be_read(home: Path) -> None:
    """Broken TOML and missing files are mistakes like others."""
    (home / "municipalities/orland.toml").write_text("key = ", encoding="utf-8")
    (home / "law.toml").unlink()
    said = mistakes(home)
    assert any(mistake.startswith("orland.toml: ") for mistake in said)
    assert any(mistake.startswith("law.toml: ") for mistake in said)


def test_an_empty_folder_is_a_mistake(tmp_path: Path) -> None:
    """Without municipalities there is nothing to do."""
    with pytest.raises(DeclarationError):
        load_municipalities(tmp_path, ROOT / "config/law.toml")
