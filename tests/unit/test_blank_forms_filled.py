"""Filling the blanks: what was asked for stands in the value, in the state and in the picture."""

import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import docx
import pypdf
import pypdfium2
import pytest
from PIL import Image

from pipeline.domain import FieldStatus
from pipeline.wiring import reading_kit
from tools.blank_forms.fill import fill_docx, fill_pdf, resolved
from tools.blank_forms.letters import CODES
from tools.blank_forms.samples import declared, make_samples
from tools.blank_forms.word import field_ids

BLANKS = Path(__file__).parents[2] / "templates" / "forms"
SAMPLES = BLANKS / "samples"
WORD = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
SAMI = "Čáhppe Đorro Ŋiŋŋá Šuorri Ŧavvoŧ Žiŋka ÆØÅ æøå"


def picture(path: Path, page: int = 0, *, forms: bool = True) -> Image.Image:
    pdf = pypdfium2.PdfDocument(path)
    if forms:
        pdf.init_forms()
    image = pdf[page].render(scale=2, may_draw_forms=forms).to_pil().convert("L")
    pdf.close()
    return image


def dark(image: Image.Image, widget: Mapping[str, Iterable[float]], height: float) -> int:
    x0, y0, x1, y1 = (float(side) for side in widget["/Rect"])
    part = image.crop((round(x0 * 2), round((height - y1) * 2), round(x1 * 2), round((height - y0) * 2)))
    return sum(part.histogram()[:128])


def by_name(path: Path) -> dict[str, pypdf.generic.DictionaryObject]:
    return pypdf.PdfReader(path).get_fields() or {}


def widget_of(path: Path, name: str) -> tuple[pypdf.generic.DictionaryObject, float]:
    for page in pypdf.PdfReader(path).pages:
        for reference in page["/Annots"]:
            widget = node = reference.get_object()
            names = [node["/T"]]
            while "/Parent" in node:
                node = node["/Parent"].get_object()
                names.insert(0, node["/T"])
            if ".".join(names) == name:
                return widget, float(page.mediabox.height)
    raise LookupError(name)


def control_texts(path: Path) -> dict[str, str]:
    found = {}
    for control in docx.Document(str(path)).element.body.iter(f"{{{WORD['w']}}}sdt"):
        tag = control.xpath("./w:sdtPr/w:tag/@w:val", namespaces=WORD)[0]
        texts = control.xpath("./w:sdtContent//w:t/text()", namespaces=WORD)
        found[tag] = "".join(str(text) for text in texts)
    return found


def drawings(path: Path) -> int:
    return len(docx.Document(str(path)).element.body.xpath(".//w:drawing"))


def test_a_name_in_any_letters_stands_in_value_and_picture(tmp_path: Path) -> None:
    out = tmp_path / "filled.pdf"
    fill_pdf(BLANKS / "need-notification.pdf", {"recipient.name": unicodedata.normalize("NFD", SAMI)}, out)
    assert by_name(out)["recipient.name"]["/V"] == SAMI
    widget, height = widget_of(out, "recipient.name")
    assert dark(picture(out), widget, height) > 200
    look = widget["/AP"]["/N"]
    shown = bytes.fromhex(look.get_data().decode().split("<")[1].split(">")[0])
    letters = {code: letter for letter, code in CODES.items()}
    assert "".join(letters[code] for code in shown) == SAMI
    assert "/ToUnicode" in look["/Resources"]["/Font"]["/Skjema"]


def test_every_letter_of_the_font_is_drawn(tmp_path: Path) -> None:
    out = tmp_path / "filled.pdf"
    blank = picture(BLANKS / "stakeholder-map.pdf")
    for letter in "čđŋŧšžáæøåÆØÅłşğı":
        fill_pdf(BLANKS / "stakeholder-map.pdf", {"leisure": letter}, out)
        widget, height = widget_of(out, "leisure")
        assert dark(picture(out), widget, height) > dark(blank, widget, height) + 5, letter


def test_a_tick_agrees_in_value_state_and_picture(tmp_path: Path) -> None:
    out = tmp_path / "filled.pdf"
    values = {"requested.coordinator": True, "requested.care_group": False}
    fill_pdf(BLANKS / "need-notification.pdf", values, out)
    image = picture(out)
    ticked, height = widget_of(out, "requested.coordinator")
    empty, _ = widget_of(out, "requested.care_group")
    assert (ticked["/V"], ticked["/AS"]) == ("/Ja", "/Ja")
    assert (empty["/V"], empty["/AS"]) == ("/Off", "/Off")
    assert dark(image, ticked, height) > 1.3 * dark(image, empty, height)


def test_yes_and_no_tick_one_box_each(tmp_path: Path) -> None:
    pdf, word = tmp_path / "filled.pdf", tmp_path / "filled.docx"
    values = {"plan.exists": True, "plan.active": False}
    fill_pdf(BLANKS / "group-report.pdf", values, pdf)
    fill_docx(BLANKS / "group-report.docx", values, word)
    fields, texts = by_name(pdf), control_texts(word)
    answers = [f"plan.{what}.{answer}" for what in ("exists", "active") for answer in ("yes", "no")]
    assert [fields[name]["/V"] for name in answers] == ["/Ja", "/Off", "/Off", "/Ja"]
    assert [texts[name] for name in answers] == ["☒", "☐", "☐", "☒"]


def test_word_holds_the_value_and_is_no_longer_a_placeholder(tmp_path: Path) -> None:
    out = tmp_path / "filled.docx"
    values = {"recipient.name": SAMI + " & <b>{{ 7*7 }}", "needs": "Første linje\nandre linje"}
    fill_docx(BLANKS / "need-notification.docx", values, out)
    texts = control_texts(out)
    assert texts["recipient.name"] == values["recipient.name"]
    assert texts["needs"] == "Første linjeandre linje"
    body = docx.Document(str(out)).element.body
    assert not body.xpath(".//w:sdt[w:sdtPr/w:tag/@w:val='needs']/w:sdtPr/w:showingPlcHdr")
    assert len(body.xpath(".//w:sdt[w:sdtPr/w:tag/@w:val='needs']//w:br")) == 1


def test_a_due_date_is_written_in_the_birth_dates_place(tmp_path: Path) -> None:
    out = tmp_path / "filled.docx"
    fill_docx(BLANKS / "need-notification.docx", {"recipient.due_date": "12.03.2027"}, out)
    assert control_texts(out)["recipient.birth_date"] == "termin 12.03.2027"


@pytest.mark.parametrize(
    ("form_id", "name"),
    [
        ("group-consent", "signed"),
        ("need-notification", "oral_consent.signed"),
        ("need-notification", "consent.signatures.2.signed"),
    ],
)
def test_a_signature_is_a_picture_on_its_line(tmp_path: Path, form_id: str, name: str) -> None:
    pdf, word = tmp_path / "filled.pdf", tmp_path / "filled.docx"
    fill_pdf(BLANKS / f"{form_id}.pdf", {name: True}, pdf)
    reader = pypdf.PdfReader(pdf)
    blank = pypdf.PdfReader(BLANKS / f"{form_id}.pdf")  # a blank may carry a code and corner marks
    assert len(reader.pages[-1].images) == len(blank.pages[-1].images) + 1
    place = reader.named_destinations[name].dest_array
    image = picture(pdf, len(reader.pages) - 1)
    widget = {"/Rect": list(place)[2:]}
    assert dark(image, widget, float(reader.pages[-1].mediabox.height)) > 100
    fill_docx(BLANKS / f"{form_id}.docx", {name: True}, word)
    with zipfile.ZipFile(word) as archive:
        assert [part for part in archive.namelist() if part.startswith("word/media/")]
    assert drawings(word) == 1


def test_no_signature_leaves_no_picture(tmp_path: Path) -> None:
    pdf, word = tmp_path / "filled.pdf", tmp_path / "filled.docx"
    fill_pdf(BLANKS / "need-notification.pdf", {"consent.signatures.1.signed": False}, pdf)
    fill_docx(BLANKS / "need-notification.docx", {"consent.signatures.1.signed": False}, word)
    assert not pypdf.PdfReader(pdf).pages[1].images
    assert not drawings(word)


def test_long_text_gets_smaller_until_it_fits_and_then_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "filled.pdf"
    fill_pdf(BLANKS / "need-notification.pdf", {"needs": "Mange ord om behovet. " * 90}, out)
    widget, _ = widget_of(out, "needs")
    assert 5 <= float(widget["/DA"].split()[1]) < 10
    with pytest.raises(ValueError, match="needs: a value is too long"):
        fill_pdf(BLANKS / "need-notification.pdf", {"needs": "Mange ord om behovet. " * 900}, out)


def test_a_letter_the_font_lacks_is_refused_without_telling_the_value(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"recipient\.name: the form's font has no") as told:
        fill_pdf(BLANKS / "need-notification.pdf", {"recipient.name": "Hemmelig 😀"}, tmp_path / "x.pdf")
    assert "Hemmelig" not in str(told.value)
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    "values", [{"no.such.field": "x"}, {"recipient.name": True}, {"requested.coordinator": "ja"}]
)
def test_a_wrong_key_or_kind_is_refused(tmp_path: Path, values: dict[str, str | bool]) -> None:
    with pytest.raises(ValueError, match=r"field|takes"):
        fill_pdf(BLANKS / "need-notification.pdf", values, tmp_path / "x.pdf")
    with pytest.raises(ValueError, match=r"field|takes"):
        fill_docx(BLANKS / "need-notification.docx", values, tmp_path / "x.docx")


TYPED = [sample for sample in declared() if not sample.get("scanned")]
SCANNED = [sample for sample in declared() if sample.get("scanned")]


@pytest.mark.parametrize("sample", SCANNED, ids=lambda sample: sample["file"])
def test_the_scanned_sample_is_pictures_that_read_as_declared(sample: dict) -> None:
    path = SAMPLES / sample["file"]
    assert path.stat().st_size < 300_000
    pages = pypdf.PdfReader(path).pages
    assert [len(page.images) for page in pages] == [1] * len(pages)
    assert not any(page.extract_text().strip() for page in pages)
    (read,) = reading_kit(BLANKS.parents[1]).read(path)
    assert read.form == sample["forms"][0]
    accepted = {name: one for name, one in read.fields.items() if one.status is FieldStatus.ACCEPTED}
    compared = 0
    for name, value in sample["values"].items():
        if name in accepted:
            compared += 1
            assert (accepted[name].value if isinstance(value, bool) else accepted[name].raw) == value, name
    assert compared >= 8


@pytest.mark.parametrize("sample", TYPED, ids=lambda sample: sample["file"])
def test_the_samples_say_what_is_declared(sample: dict) -> None:
    path = SAMPLES / sample["file"]
    known = {name for form_id in sample["forms"] for name in field_ids(form_id)}
    signatures = {name for name in sample["values"] if name.endswith("signed")}
    wanted = resolved(sample["values"], known | signatures)
    pictures = sum(1 for name in signatures if sample["values"][name])
    if path.suffix == ".pdf":
        found = {name: str(field.get("/V", "")) for name, field in by_name(path).items() if "/FT" in field}
        seen = sum(len(page.images) for page in pypdf.PdfReader(path).pages)
        on, off = "/Ja", "/Off"
    else:
        found, seen = control_texts(path), drawings(path)
        on, off = "☒", "☐"
    assert seen == pictures
    for name, value in found.items():
        if name.endswith("signed"):
            continue
        expected = wanted.get(name, off if value in (on, off) else "")
        if isinstance(expected, bool):
            expected = on if expected else off
        assert value.strip("_\u2002") == expected, name


def test_making_the_samples_again_gives_the_same_files(tmp_path: Path) -> None:
    once, twice = tmp_path / "once", tmp_path / "twice"
    made = make_samples(BLANKS, once)
    make_samples(BLANKS, twice)
    assert {path.name for path in made} == {path.name for path in SAMPLES.iterdir()}
    for path in made:
        assert path.read_bytes() == (twice / path.name).read_bytes(), path.name
