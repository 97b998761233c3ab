"""Fillable PDFs: /V, /AS, /AP and the picture, and what happens when they disagree."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.domain import Document, EntryKind, Mark, MarkSource, Reader
from tests.unit.pdf_files import (
    entries,
    inks,
    line,
    lines,
    marks,
    pdf,
    read_bytes,
    states,
    stream,
    tables,
    text,
)

ON = stream(
    "q 0 G 1 w 1 1 10 10 re S 3 3 m 9 9 l 3 9 m 9 3 l S Q", "/Type /XObject /Subtype /Form /BBox [0 0 12 12]"
)
OFF = stream("q 0 G 1 w 1 1 10 10 re S Q", "/Type /XObject /Subtype /Form /BBox [0 0 12 12]")
FONT = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >>"
BOX = "/Type /Annot /Subtype /Widget /F 4"


def shows(words: str) -> str:
    """An appearance that shows words."""
    return stream(
        f"/Tx BMC q BT /F1 10 Tf 2 5 Td ({words}) Tj ET Q EMC",
        f"/Type /XObject /Subtype /Form /BBox [0 0 200 18] {FONT}",
    )


def form(
    tmp_path: Path, *objects: str, count: int = 1, fields: str = "", extra: str = "", page: str = ""
) -> Document:
    """Read a form; the first ``count`` objects are widgets on the page and, unless told, the form's fields."""
    refs = " ".join(f"{100 + n} 0 R" for n in range(count))
    root = f"/AcroForm << /Fields [{fields or refs}] {extra} /DA (/F1 10 Tf 0 g) /DR << >> >>"
    content = text(60, 705, "Navn:") + text(60, 605, "Koordinator")
    return read_bytes(tmp_path, pdf(content, annotations=refs, objects=objects, root=root, page=page))


def field(
    value: str, shown: str | None = None, *, more: str = "", rect: str = "100 700 300 718"
) -> tuple[str, ...]:
    """A text field, with an appearance when ``shown`` is given."""
    look = "/AP << /N 101 0 R >>" if shown is not None else ""
    objects = [f"<< {BOX} /FT /Tx /T (Text7) /Rect [{rect}] /V {value} {look} {more} >>"]
    return (*objects, shows(shown)) if shown is not None else tuple(objects)


def box(
    state: str, *, on: str = "Ja", on_look: str = ON, off_look: str = OFF, more: str = ""
) -> tuple[str, ...]:
    """A check box beside its word."""
    look = f"/AP << /N << /{on} 101 0 R /Off 102 0 R >> >>"
    return (
        f"<< {BOX} /FT /Btn /T (Avmerking3) /Rect [140 602 152 614] {look} {state} {more} >>",
        on_look,
        off_look,
    )


def test_a_text_field_is_an_entry_on_the_line_of_its_label(tmp_path: Path) -> None:
    document = form(tmp_path, *field("(Ola)", "Ola"))
    assert document.reader is Reader.PDF_FIELDS
    assert lines(document) == ["Navn: Ola", "Koordinator"]
    entry = entries(document)["Text7"]
    assert (entry.kind, entry.doubt, entry.confidence) == (EntryKind.TEXT, "", 1.0)


@pytest.mark.parametrize(
    ("value", "shown", "read", "doubt"),
    [
        ("(Ola)", None, "Ola", False),
        ("(Ola)", "Kari", "Ola", True),
        ("(Ola)", "", "Ola", True),
        ("()", "Kari", "Kari", True),
        ("()", "", "", False),
        ("(12.03.2014)", "12.03.2012", "12.03.2014", True),
        ("(Linje en\\rLinje to)", "Linje en Linje to", "Linje en\nLinje to", False),
        ("<FEFF00C50073006500200053011100E5>", "Åse S?å", "Åse Sđå", False),
        ("(\\305se S\\346tre)", "Åse Sætre", "Åse Sætre", False),
    ],
)
def test_a_value_and_its_picture(
    tmp_path: Path, value: str, shown: str | None, read: str, doubt: bool
) -> None:
    entry = entries(form(tmp_path, *field(value, shown)))["Text7"]
    assert entry.value == read
    assert bool(entry.doubt) is doubt
    assert (entry.confidence < 1) is doubt


def test_a_stale_picture_counts_for_nothing_when_viewers_draw_anew(tmp_path: Path) -> None:
    entry = entries(form(tmp_path, *field("(Ola)", ""), extra="/NeedAppearances true"))["Text7"]
    assert (entry.value, entry.doubt) == ("Ola", "")


def test_a_comb_shows_its_letters_apart(tmp_path: Path) -> None:
    entry = entries(form(tmp_path, *field("(031114)", "0 3 1 1 1 4", more="/Ff 16777216 /MaxLen 6")))["Text7"]
    assert (entry.value, entry.doubt) == ("031114", "")


def test_rich_text_without_a_value_gives_its_words(tmp_path: Path) -> None:
    rich = "/RV (<body><p>Ola &amp; Kari</p></body>) /Ff 33554432"
    assert entries(form(tmp_path, *field("()", None, more=rich)))["Text7"].value == "Ola & Kari"


@pytest.mark.parametrize("hide", ["/F 2", "/F 32"])
def test_a_hidden_field_is_no_value_but_is_told(tmp_path: Path, hide: str) -> None:
    objects = (field("(Skjult)")[0].replace("/F 4", hide),)
    document = form(tmp_path, *objects)
    assert not entries(document)
    assert [doubt.code for doubt in document.doubts] == ["hidden-field"]


def test_a_field_outside_the_page_is_hidden(tmp_path: Path) -> None:
    document = form(tmp_path, *field("(Skjult)", rect="900 900 950 918"))
    assert [doubt.code for doubt in document.doubts] == ["hidden-field"]


def test_a_value_without_a_place_is_told(tmp_path: Path) -> None:
    objects = (*field("(Ola)", "Ola"), "<< /FT /Tx /T (Usynlig) /V (Kari) >>")
    document = form(tmp_path, *objects, fields="100 0 R 102 0 R")
    assert [doubt.code for doubt in document.doubts] == ["unplaced-field"]


def test_names_and_values_are_inherited(tmp_path: Path) -> None:
    objects = (
        f"<< {BOX} /Parent 101 0 R /Rect [100 700 300 718] /T (navn) >>",
        "<< /T (mottaker) /FT /Tx /V (Ola) /Kids [100 0 R] >>",
    )
    document = form(tmp_path, *objects, fields="101 0 R")
    assert entries(document)["mottaker.navn"].value == "Ola"


@pytest.mark.parametrize("on", ["Ja", "On", "1", "Yes", "x#20y"])
@pytest.mark.parametrize(
    ("value", "state", "read"),
    [
        ("/V /{on}", "/AS /{on}", "on"),
        ("/V /Off", "/AS /Off", "off"),
        ("", "/AS /Off", "off"),
        ("", "", "off"),
        ("", "/AS /{on}", "on"),
        ("/V /{on}", "", "unsure"),
        ("/V /Off", "/AS /{on}", "unsure"),
        ("/V /{on}", "/AS /Off", "unsure"),
        ("/V /{on}", "/AS /Annet", "unsure"),
    ],
)
def test_a_check_box(tmp_path: Path, on: str, value: str, state: str, read: str) -> None:
    document = form(tmp_path, *box(f"{value} {state}".format(on=on), on=on))
    assert states(document) == [read]
    mark = marks(document)[0]
    assert (mark.source, mark.name) == (MarkSource.WIDGET, "Avmerking3")
    assert lines(document)[1] == "Koordinator"


def test_a_box_whose_picture_shows_the_opposite_is_unsure(tmp_path: Path) -> None:
    assert states(form(tmp_path, *box("/V /Ja /AS /Ja", on_look=OFF))) == ["unsure"]
    assert states(form(tmp_path, *box("/V /Off /AS /Off", off_look=ON))) == ["unsure"]


def test_a_box_without_any_picture_goes_by_its_value(tmp_path: Path) -> None:
    objects = (f"<< {BOX} /FT /Btn /T (A) /Rect [140 602 152 614] /V /Ja /AS /Ja >>",)
    assert states(form(tmp_path, *objects)) == ["on"]


def test_a_hidden_box_that_is_on_is_told(tmp_path: Path) -> None:
    objects = tuple(each.replace("/F 4", "/F 2") for each in box("/V /Ja /AS /Ja"))
    document = form(tmp_path, *objects)
    assert not marks(document)
    assert [doubt.code for doubt in document.doubts] == ["hidden-field"]


def radio(chosen: str, *states_: str) -> tuple[str, ...]:
    """Two radio buttons of one field."""
    kids = tuple(
        f"<< {BOX} /Parent 104 0 R /Rect [{140 + 40 * n} 602 {152 + 40 * n} 614] /AS /{states_[n]} "
        f"/AP << /N << /{name} 102 0 R /Off 103 0 R >> >> >>"
        for n, name in enumerate(("Ja", "Nei"))
    )
    return (*kids, ON, OFF, f"<< /FT /Btn /Ff 49152 /T (svar) {chosen} /Kids [100 0 R 101 0 R] >>")


@pytest.mark.parametrize(
    ("chosen", "first", "second", "read"),
    [
        ("/V /Ja", "Ja", "Off", ["on", "off"]),
        ("/V /Nei", "Off", "Nei", ["off", "on"]),
        ("", "Off", "Off", ["off", "off"]),
        ("", "Ja", "Off", ["on", "off"]),
        ("/V /Nei", "Ja", "Off", ["unsure", "unsure"]),
        ("/V /Off", "Ja", "Off", ["unsure", "off"]),
    ],
)
def test_radio_buttons(tmp_path: Path, chosen: str, first: str, second: str, read: list[str]) -> None:
    document = form(tmp_path, *radio(chosen, first, second), count=2, fields="104 0 R")
    assert states(document) == read
    assert {mark.name for mark in marks(document)} == {"svar"}


def test_a_choice_gives_what_it_shows(tmp_path: Path) -> None:
    more = "/FT /Ch /Ff 131072 /T (valg) /Opt [[(a) (Avlastning)] [(b) (BPA)]]"
    objects = (f"<< {BOX} {more} /Rect [100 700 300 718] /V (b) /AP << /N 101 0 R >> >>", shows("BPA"))
    entry = entries(form(tmp_path, *objects))["valg"]
    assert (entry.kind, entry.value, entry.doubt) == (EntryKind.CHOICE, "BPA", "")


def test_a_digital_signature_is_ink_on_its_line(tmp_path: Path) -> None:
    signed = f"<< {BOX} /FT /Sig /T (Signatur) /Rect [100 700 300 718] /V 101 0 R >>"
    value = "<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /Contents <30> /ByteRange [0 1 2 3] >>"
    document = form(tmp_path, signed, value)
    assert inks(document) == ["digital"]
    assert entries(document)["Signatur"].kind is EntryKind.SIGNATURE
    empty = form(tmp_path, signed.replace("/V 101 0 R", ""))
    assert not inks(empty)
    assert entries(empty)["Signatur"].value == ""


def test_a_signature_without_a_place_is_told(tmp_path: Path) -> None:
    signed = f"<< {BOX} /FT /Sig /T (Signatur) /Rect [0 0 0 0] /V 101 0 R >>"
    value = "<< /Type /Sig /Filter /Adobe.PPKLite /Contents <30> /ByteRange [0 1 2 3] >>"
    assert [doubt.code for doubt in form(tmp_path, signed, value).doubts] == ["hidden-field"]


def test_a_widget_stands_in_its_cell(tmp_path: Path) -> None:
    lines_ = (
        "".join(line(x, 690, x, 730) for x in (50, 95, 320))
        + line(50, 690, 320, 690)
        + line(50, 730, 320, 730)
    )
    root = "/AcroForm << /Fields [100 0 R] >>"
    data = pdf(
        text(60, 705, "Navn") + lines_, annotations="100 0 R", objects=field("(Ola)", "Ola"), root=root
    )
    (table,) = tables(read_bytes(tmp_path, data))
    assert [cell.text for cell in table.cells] == ["Navn", "Ola"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_fields_on_turned_pages(tmp_path: Path, turn: int) -> None:
    document = form(tmp_path, *box("/V /Ja /AS /Ja"), page=f"/Rotate {turn}")
    (mark,) = (piece for piece in document.pages[0].pieces() if isinstance(piece, Mark))
    assert mark.state.value == "on"
    assert mark.box is not None
    assert 0 < mark.box.x0 < document.pages[0].width
