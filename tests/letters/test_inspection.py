"""``templates check`` finds what a municipality may get wrong in Word, and says where."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.errors import DeclarationError
from pipeline.letters import TemplateReport, check_templates, load_letters
from tests.letters.test_template import swapped
from tests.letters.world import TEMPLATES

KIND = "appointment-user"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One letter alone."""
    for name in (f"{KIND}.docx", f"{KIND}.toml", "_words.toml"):
        shutil.copy(TEMPLATES / name, tmp_path)
    return tmp_path


def change(folder: Path, old: str, new: str, part: str = "word/document.xml", count: int = 1) -> None:
    path = folder / f"{KIND}.docx"
    path.write_bytes(swapped(path.read_bytes(), old, new, part, count))


def checked(folder: Path) -> TemplateReport:
    (report,) = check_templates(folder)
    return report


def test_the_shipped_letters_have_no_mistakes() -> None:
    reports = check_templates(TEMPLATES)
    assert len(reports) == 2 * 43, "forty-three letters in two languages"
    assert not [mistake for report in reports for mistake in report.mistakes]
    assert all({"marking", "recipient_lines", "responsible"} <= set(report.fields) for report in reports)


BODY = "brødteksten (document.xml)"
MUTATIONS = {
    "misspelt": (
        "er {{ role_definite }} {{ din }}",
        "er {{ role_definit }} {{ din }}",
        "word/document.xml",
        f"{BODY}, avsnittet «{{{{ coordinator_name }}}}{{% if coordinator_title",
        "ukjent felt «role_definit». Mente du «role_definite»?",
    ),
    "misspelt in a head": (
        "{{ municipality }}",
        "{{ municpality }}",
        "word/header2.xml",
        "toppteksten (header2.xml), avsnittet «{{ municpality }}, vår ref.",
        "ukjent felt «municpality». Mente du «municipality»?",
    ),
    "misspelt in the properties": (
        "{{ neutral_title }}",
        "{{ neutral }}",
        "docProps/core.xml",
        "egenskapene (core.xml)",
        "ukjent felt «neutral»",
    ),
    "misspelt condition": (
        "{%p if right %}",
        "{%p if rigth %}",
        "word/document.xml",
        f"{BODY}, avsnittet «{{%p if rigth %}}»",
        "ukjent felt «rigth». Mente du «right»?",
    ),
    "no marking on later pages": (
        "{{ marking }}",
        "Unntatt",
        "word/header2.xml",
        "topp- og bunnteksten på sidene etter den første",
        "«{{ marking }}» mangler",
    ),
    "no marking on the first page": (
        "{{ marking }}",
        "",
        "word/header1.xml",
        "topp- og bunnteksten på første side",
        "«{{ marking }}» mangler",
    ),
    "no complaint body": (
        "{{ complaint_body }}",
        "Statsforvalteren",
        "word/document.xml",
        BODY,
        "«{{ complaint_body }}» mangler",
    ),
    "complaint under another condition": (
        "{%p if complaint_body and complaint_period %}",
        "{%p if complaint_body and complaint_period and is_child %}",
        "word/document.xml",
        BODY,
        "«{{ complaint_period }}» mangler eller står under en betingelse",
    ),
    "never ended": (
        "{%p endif %}",
        "",
        "word/document.xml",
        BODY,
        "går ikke opp",
    ),
    "torn braces": (
        "{{ din }} fra",
        "{{ din } fra",
        "word/document.xml",
        f"{BODY}, avsnittet «{{{{ coordinator_name }}}}",
        "",
    ),
    "left braces": (
        "{{ din }} fra",
        "din }} fra",
        "word/document.xml",
        f"{BODY}, avsnittet «{{{{ coordinator_name }}}}",
        "krøllparentesene går ikke opp",
    ),
    "optional without its condition": (
        "{%p if reasons %}",
        "{%p if from_date %}",
        "word/document.xml",
        f"{BODY}, avsnittet «{{{{ reasons }}}}»",
        "«reasons» kan mangle: sett {% if reasons %} rundt setningen",
    ),
    "a flag printed": (
        "{{ din }} fra",
        "{{ is_child }} fra",
        "word/document.xml",
        BODY,
        "«is_child» er ja eller nei",
    ),
    "a list printed": (
        "{{ date }}",
        "{{ recipient_lines }}",
        "word/document.xml",
        BODY,
        "«recipient_lines» er en liste",
    ),
    "a call": (
        "{{ din }} fra",
        "{{ din.upper() }} fra",
        "word/document.xml",
        BODY,
        "«Call» er ikke lov i et brev",
    ),
    "arithmetic": (
        "{{ din }} fra",
        "{{ 7*7 }} fra",
        "word/document.xml",
        BODY,
        "«Mul» er ikke lov i et brev",
    ),
    "an unsafe filter": (
        "{{ din }} fra",
        "{{ din|safe }} fra",
        "word/document.xml",
        BODY,
        "",
    ),
    "an attribute": (
        "{{ din }} fra",
        "{{ din.__class__ }} fra",
        "word/document.xml",
        BODY,
        "«Getattr» er ikke lov i et brev",
    ),
    "a loop over text": (
        "for line in recipient_lines",
        "for line in date",
        "word/document.xml",
        BODY,
        "«date» er ikke en liste",
    ),
    "an inclusion": (
        "{{ din }} fra",
        "{% include 'x' %} fra",
        "word/document.xml",
        BODY,
        "«Include» er ikke lov",
    ),
    "a field in an attribute": (
        '<w:pStyle w:val="Heading1"/>',
        '<w:pStyle w:val="{{ du }}"/>',
        "word/document.xml",
        BODY,
        "et felt står der ingenting fylles inn",
    ),
    "a field code that fetches": (
        " NUMPAGES ",
        ' INCLUDETEXT "x" ',
        "word/footer2.xml",
        "bunnteksten (footer2.xml)",
        "feltkoden «INCLUDETEXT» er ikke lov i et brev",
    ),
    "tracked changes": (
        '<w:p><w:pPr><w:pStyle w:val="Hilsen"/>',
        '<w:p><w:ins w:id="1" w:author="x"/><w:pPr><w:pStyle w:val="Hilsen"/>',
        "word/document.xml",
        BODY,
        "sporede endringer",
    ),
    "something from outside": (
        'Target="styles.xml"',
        'TargetMode="External" Target="http://example.org/x"',
        "word/_rels/document.xml.rels",
        "word/_rels/document.xml.rels",
        "malen henter noe utenfra",
    ),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mistake_is_found_in_its_place(folder: Path, name: str) -> None:
    old, new, part, place, said = MUTATIONS[name]
    change(folder, old, new, part)
    mistakes = checked(folder).mistakes
    assert any(m.place.startswith(place) and said in m.text for m in mistakes), [str(m) for m in mistakes]
    with pytest.raises(DeclarationError, match=rf"{KIND}\.docx: "):
        load_letters(folder)


def test_every_mistake_is_named_not_only_the_first(folder: Path) -> None:
    change(folder, "{{ role_definite }}", "{{ en }}")
    change(folder, "{{ date }}", "{{ to }}")
    assert {m.text.split(".")[0] for m in checked(folder).mistakes} >= {
        "ukjent felt «en»",
        "ukjent felt «to»",
    }


def test_a_tag_split_over_runs_as_word_saves_it_is_read(folder: Path) -> None:
    change(folder, "{{ Hvem }}", '{{ Hv</w:t></w:r><w:proofErr w:type="spellEnd"/><w:r><w:t>em }}')
    assert checked(folder).mistakes == ()


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04 cut"])
def test_a_file_that_is_no_word_file_is_named(folder: Path, content: bytes) -> None:
    (folder / f"{KIND}.docx").write_bytes(content)
    assert [str(m) for m in checked(folder).mistakes] == ["Filen er ikke et Word-dokument."]


def test_entities_are_refused(folder: Path) -> None:
    change(folder, "<w:document ", '<!DOCTYPE x [<!ENTITY a "b">]><w:document ')
    assert "dokumenttype" in str(checked(folder).mistakes[0])


DECLARATIONS = {
    'kind       = "appointment-user"': ('kind = "other"', "«kind» skal være filens navn"),
    "complaint  = true": ('complaint = "yes"', "«complaint» skal være true eller false"),
    'recipients = ["user", "family", "guardian"]': ('recipients = ["uncle"]', "ukjent mottaker «uncle»"),
    'every_page = ["marking"]': ('every_page = ["mark"]', "«must_print.every_page» har ukjent felt «mark»"),
    'type = "measure"': ('type = "thing"', "«facts.measure.type» er ukjent: «thing»"),
    "title      =": ("titel =", "ukjent nøkkel «titel»"),
    '["coordinator_phone", "coordinator_email"]': ('["fax"]', "«fax» er ikke erklært under «facts»"),
    "kind       =": ("kind", "kan ikke leses som TOML"),
    'language   = "nb"': ('language = "nn"', "«language» er nn, men _words.toml har nb"),
}


@pytest.mark.parametrize("old", DECLARATIONS)
def test_a_mistake_in_a_declaration_names_file_and_key(folder: Path, old: str) -> None:
    new, said = DECLARATIONS[old]
    path = folder / f"{KIND}.toml"
    source = path.read_text(encoding="utf-8")
    assert old in source
    path.write_text(source.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DeclarationError) as wrong:
        load_letters(folder)
    assert any(m.startswith(f"{KIND}.toml: ") and said in m for m in wrong.value.mistakes), (
        wrong.value.mistakes
    )


def test_missing_files_are_named(folder: Path) -> None:
    (folder / f"{KIND}.docx").rename(folder / "stray.docx")
    (folder / "_words.toml").unlink()
    with pytest.raises(DeclarationError) as wrong:
        load_letters(folder)
    said = "\n".join(wrong.value.mistakes)
    assert f"{KIND}.docx: filen mangler" in said
    assert "stray.docx: erklæringen stray.toml mangler" in said
    assert "_words.toml: filen mangler" in said


def test_a_missing_word_is_named(folder: Path) -> None:
    path = folder / "_words.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('uenig    = "uenige"', ""), encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"_words\.toml: «address\.family\.uenig» mangler"):
        load_letters(folder)


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(DeclarationError):
        load_letters(tmp_path)
