"""The Word reader: what each construct of a Word file becomes."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from pipeline.domain import (
    Document,
    Entry,
    EntryKind,
    Mark,
    MarkState,
    Reader,
    Table,
)
from pipeline.reading.word import read_word
from tests.unit.word_files import NAMES, cell, drawn, field, paragraph, run, sdt, table, text, write

W14_ON = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
W14_OFF = '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'


def read(tmp_path: Path, body: str, **kwargs: object) -> Document:
    return read_word(write(tmp_path / "form.docx", body, **kwargs), source="form.docx")  # type: ignore[arg-type]


def lines(tmp_path: Path, body: str, **kwargs: object) -> list[object]:
    return drawn(read(tmp_path, body, **kwargs).pages[0].blocks)


def one(tmp_path: Path, *content: str) -> object:
    found = lines(tmp_path, paragraph(*content))
    assert len(found) == 1, found
    return found[0]


def test_a_document_is_one_page_without_places(tmp_path: Path) -> None:
    document = read(tmp_path, text("Navn Åse"))
    assert (document.reader, document.paged, document.source, document.doubts) == (
        Reader.DOCX,
        False,
        "form.docx",
        (),
    )
    assert [page.number for page in document.pages] == [1]


def test_runs_cut_anywhere_are_words_again(tmp_path: Path) -> None:
    body = [run("Må"), '<w:proofErr w:type="spellStart"/>', run("lfr"), run("id A"), run("ne")]
    assert one(tmp_path, *body) == "Målfrid Ane"


def test_text_is_composed_and_freed_from_what_nobody_sees(tmp_path: Path) -> None:
    assert one(tmp_path, run("A\u030ase\u00a0S\u00adæ\u200btre")) == "Åse Sætre"
    assert one(tmp_path, "<w:r><w:t> Åse </w:t></w:r><w:r><w:t>Moen</w:t></w:r>") == "ÅseMoen"
    assert (
        one(
            tmp_path,
            run("a"),
            "<w:r><w:noBreakHyphen/></w:r>",
            run("b"),
            "<w:r><w:softHyphen/></w:r>",
            run("c"),
        )
        == "a-bc"
    )


def test_tabs_wide_blanks_and_breaks(tmp_path: Path) -> None:
    assert (
        one(tmp_path, run("Dato:"), "<w:r><w:tab/><w:tab/></w:r>", run("Navn:      Åse"))
        == "Dato: | Navn: | Åse"
    )
    assert lines(
        tmp_path, paragraph(run("en"), "<w:r><w:br/></w:r>", run("to"), "<w:r><w:cr/></w:r>", run("tre"))
    ) == ["en", "to", "tre"]
    assert lines(
        tmp_path,
        paragraph(
            run("en"), "<w:r><w:lastRenderedPageBreak/></w:r>", run(" to"), '<w:r><w:br w:type="page"/></w:r>'
        ),
    ) == ["en to"]


def test_fill_lines_are_words_of_their_own(tmp_path: Path) -> None:
    assert one(tmp_path, run("Navn:____Åse____")) == "Navn: +____ +Åse +____"
    assert one(tmp_path, run("Navn:Åse Sted.......")) == "Navn: +Åse Sted +......."
    assert one(tmp_path, run("a_b@example.no kl. 12:30")) == "a_b@example.no kl. 12:30"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("X Koordinator", "<on:X> Koordinator"),
        ("Koordinator x", "Koordinator <on:x>"),
        ("Ja X Nei", "Ja <on:X> Nei"),
        ("__X__ Ja", "__ <on:X> __ Ja"),
        ("☒ Ja ☐ Nei", "<on:☒> Ja <off:☐> Nei"),
        ("☒Ja ☐Nei", "<on:☒> Ja <off:☐> Nei"),
        ("☐X Ja", "<on:☐X> Ja"),
        ("X☐ Ja", "<on:X☐> Ja"),
        ("☐ X Ja", "<off:☐> <on:X> Ja"),
        ("[x] Ja [ ] Nei [] Vet ikke", "<on:[x]> Ja <off:[ ]> Nei <off:[]> Vet ikke"),
        ("(X) Ja ( ) Nei", "<on:(X)> Ja <off:( )> Nei"),
        ("Ja[x] Nei[ ]", "Ja <on:[x]> Nei <off:[ ]>"),
        ("[_] Ja", "<off:[_]> Ja"),
        ("✓ ✔ ✗ ☑ □ ○", "<on:✓> <on:✔> <on:✗> <on:☑> <off:□> <off:○>"),
        ("✔️ Ja", "<on:✔> Ja"),
        ("■ Ja", "<unsure:■> Ja"),
        ("\ufffd Ja", "<unsure:\ufffd> Ja"),
        ("K\ufffdre", "K\ufffdre"),
        ("3 x daglig", "3 x daglig"),
        ("Xenia Max x-et xX", "Xenia Max x-et xX"),
        ("barn(x) f(x)", "barn(x) f(x)"),
        ("foo() (mor)", "foo() (mor)"),
        ("\uf0fe Ja \uf0a8 Nei", "<on:☑> Ja <off:◻> Nei"),
        ("\uf0b7 punkt", "• punkt"),
        ("\uf000 ukjent", "\ufffd ukjent"),
    ],
)
def test_typed_ticks_and_boxes(tmp_path: Path, words: str, expected: str) -> None:
    assert one(tmp_path, run(words)) == expected


@pytest.mark.parametrize(
    ("font", "code", "state"),
    [
        *(("Wingdings", code, MarkState.ON) for code in ("F0FE", "F0FD", "F0FC", "F0FB", "F078", "00FE")),
        *(("Wingdings", code, MarkState.OFF) for code in ("F0A8", "F06F", "F071", "F072")),
        *(("Wingdings 2", code, MarkState.ON) for code in ("F050", "F04F", "F052", "F053", "F054")),
        ("Wingdings 2", "F0A3", MarkState.OFF),
        ("Webdings", "F061", MarkState.ON),
        ("MS Gothic", "2612", MarkState.ON),
        ("MS Gothic", "2610", MarkState.OFF),
        ("Wingdings", "F06E", MarkState.UNSURE),
    ],
)
def test_symbols(tmp_path: Path, font: str, code: str, state: MarkState) -> None:
    document = read(tmp_path, paragraph(f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'))
    [piece] = document.pages[0].pieces()
    assert isinstance(piece, Mark)
    assert piece.state is state


def test_plain_letters_in_a_font_of_symbols(tmp_path: Path) -> None:
    wingdings = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
    assert (
        one(tmp_path, run("þ", wingdings), run(" Ja "), run("o", wingdings), run(" Nei"))
        == "<on:☑> Ja <off:□> Nei"
    )
    assert one(tmp_path, run("Ja", '<w:rFonts w:hAnsi="Wingdings"/>')) == "Ja"
    styles = (
        f'<w:styles {NAMES}><w:style w:type="character" w:styleId="Box"><w:name w:val="Box"/>'
        f"<w:rPr>{wingdings}</w:rPr></w:style></w:styles>"
    )
    found = lines(
        tmp_path,
        paragraph(run("x", '<w:rStyle w:val="Box"/>'), run(" Ja")),
        parts={"word/styles.xml": styles},
        relations={"rId1": ("styles", "styles.xml")},
    )
    assert found == ["<on:☒> Ja"]


def test_unknown_symbols_are_no_boxes(tmp_path: Path) -> None:
    assert (
        one(tmp_path, '<w:r><w:sym w:font="Wingdings" w:char="F028"/></w:r>', run(" Telefon"))
        == "\ufffd Telefon"
    )
    assert (
        one(tmp_path, '<w:r><w:sym w:font="Wingdings" w:char="nei"/></w:r>', run(" Telefon"))
        == "\ufffd Telefon"
    )


def test_struck_text_and_hidden_text(tmp_path: Path) -> None:
    assert one(tmp_path, run("Per ", "<w:strike/>"), run("Kari")) == "~Per~ Kari"
    assert one(tmp_path, run("Pe", "<w:dstrike/>"), run("r")) == "~Pe~ +r"
    assert one(tmp_path, run("Per", '<w:strike w:val="0"/>')) == "Per"
    assert one(tmp_path, run("X", "<w:strike/>"), run(" Ja")) == "~X~ Ja"
    assert one(tmp_path, run("☒", "<w:strike/>"), run(" Ja")) == "<unsure:☒> Ja"
    assert one(tmp_path, run("skjult", "<w:vanish/>"), run("synlig")) == "synlig"


def test_tracked_changes(tmp_path: Path) -> None:
    inserted = f'<w:ins w:id="1" w:author="A">{run("Kari")}</w:ins>'
    deleted = '<w:del w:id="2" w:author="A"><w:r><w:delText>Per</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="3">{run("fra")}</w:moveFrom><w:moveTo w:id="4">{run(" til")}</w:moveTo>'
    assert one(tmp_path, deleted, inserted, moved) == "Kari til"
    body = (
        paragraph(run("en "), properties='<w:rPr><w:del w:id="1" w:author="A"/></w:rPr>')
        + text("to")
        + text("tre")
    )
    assert lines(tmp_path, body) == ["en to", "tre"]
    gone = f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr>{cell(text("borte"))}</w:tr>'
    kept = f'<w:tr><w:trPr><w:ins w:id="1"/></w:trPr>{cell(text("her"))}{cell(text("bort"), "<w:cellDel/>")}</w:tr>'
    assert lines(tmp_path, f"<w:tbl>{gone}{kept}</w:tbl>") == [{(0, 0, 1, 1): ["her"], (0, 1, 1, 1): []}]
    assert lines(tmp_path, f"<w:tbl>{gone}</w:tbl>") == []


def test_links_fields_and_frames_are_read_through(tmp_path: Path) -> None:
    link = f'<w:hyperlink w:anchor="a">{run("kari@example.no")}</w:hyperlink>'
    smart = f'<w:smartTag w:element="t">{run(" Åse")}</w:smartTag>'
    simple = f'<w:fldSimple w:instr=" PAGE ">{run(" 1")}</w:fldSimple>'
    maths = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t> x+1</m:t></m:r></m:oMath>'
    page = field("", "HYPERLINK", run(" lenke"))
    assert one(tmp_path, link, smart, simple, maths, page) == "kari@example.no Åse 1 x+1 lenke"
    ruby = f"<w:r><w:ruby><w:rt>{run('over')}</w:rt><w:rubyBase>{run('under')}</w:rubyBase></w:ruby></w:r>"
    assert one(tmp_path, ruby) == "under"


def test_a_text_control(tmp_path: Path) -> None:
    label = run("Navn: ")
    assert (
        one(tmp_path, label, sdt('<w:tag w:val="name"/><w:text/>', run("Åse Moen")))
        == "Navn: {name=Åse Moen}"
    )
    assert (
        one(tmp_path, label, sdt('<w:alias w:val="Navn"/><w:showingPlcHdr/><w:text/>', run("Skriv her")))
        == "Navn: {Navn=}"
    )
    assert one(tmp_path, label, sdt("<w:text/>", run("Per", "<w:strike/>") + run(" Åse"))) == "Navn: {=Åse}"
    assert one(tmp_path, label, sdt('<w:tag w:val="t"/><w:text/>', run("X"))) == "Navn: <on:X>"
    many = sdt('<w:tag w:val="n"/><w:text w:multiLine="1"/>', run("en") + "<w:r><w:br/></w:r>" + run("to"))
    document = read(tmp_path, paragraph(label, many))
    assert [p.value for p in document.pages[0].pieces() if isinstance(p, Entry)] == ["en\nto"]


def test_prompts_are_no_answers(tmp_path: Path) -> None:
    assert one(tmp_path, sdt("<w:text/>", run("__________"))) == "{=}"
    assert one(tmp_path, sdt("<w:text/>", run("Klikk eller trykk her for å skrive inn tekst."))) == "{=}"
    data = '<w:textInput><w:default w:val="Fornavn Etternavn"/></w:textInput>'
    document = read(
        tmp_path,
        paragraph(field(data, "FORMTEXT", run("Fornavn Etternavn")), field(data, "FORMTEXT", run("Åse"))),
    )
    entries = [p for p in document.pages[0].pieces() if isinstance(p, Entry)]
    assert [(e.value, bool(e.doubt)) for e in entries] == [("Fornavn Etternavn", True), ("Åse", False)]


def test_choices(tmp_path: Path) -> None:
    items = '<w:dropDownList><w:listItem w:displayText="Velg" w:value=""/><w:listItem w:displayText="Mor" w:value="m"/></w:dropDownList>'
    document = read(tmp_path, paragraph(sdt(items, run("Mor"))) + paragraph(sdt(items, run("Velg"))))
    entries = [p for p in document.pages[0].pieces() if isinstance(p, Entry)]
    assert [(e.kind, e.value) for e in entries] == [(EntryKind.CHOICE, "Mor"), (EntryKind.CHOICE, "")]


def test_a_date_that_shows_another_day_than_it_holds_is_a_doubt(tmp_path: Path) -> None:
    def entry(shown: str) -> Entry:
        day = '<w:date w:fullDate="2014-11-03T00:00:00Z"><w:dateFormat w:val="dd.MM.yyyy"/></w:date>'
        [piece] = read(tmp_path, paragraph(sdt(day, run(shown)))).pages[0].pieces()
        assert isinstance(piece, Entry)
        return piece

    assert (entry("3.11.2014").value, entry("3.11.2014").doubt) == ("3.11.2014", "")
    assert entry("03.11.14").doubt == ""
    assert entry("4.11.2014").doubt != ""


@pytest.mark.parametrize(
    ("box", "shown", "expected"),
    [
        (W14_ON, "☒", "<on:☒>"),
        (W14_OFF, "☐", "<off:☐>"),
        ("<w14:checkbox><w14:checked/></w14:checkbox>", "☒", "<on:☒>"),
        ("<w14:checkbox/>", "☐", "<off:☐>"),
        (W14_ON, "", "<on:t>"),
        (W14_OFF, "☒", "<unsure:☒>"),
        (W14_ON, "☐", "<unsure:☐>"),
        (W14_OFF, "X", "<unsure:X>"),
        (
            '<w14:checkbox><w14:checked w14:val="true"/><w14:checkedState w14:val="00FE" w14:font="Wingdings"/></w14:checkbox>',
            "\u00fe",
            "<on:þ>",
        ),
    ],
)
def test_check_box_controls(tmp_path: Path, box: str, shown: str, expected: str) -> None:
    content = run(shown) if shown else "<w:r/>"
    assert one(tmp_path, sdt(f'<w:tag w:val="t"/>{box}', content), run(" Ja")) == f"{expected} Ja"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("<w:checked/>", "on"),
        ('<w:default w:val="0"/><w:checked/>', "on"),
        ('<w:default w:val="1"/><w:checked w:val="0"/>', "off"),
        ('<w:default w:val="1"/>', "on"),
        ("<w:default/>", "on"),
        ('<w:default w:val="0"/>', "off"),
        ("", "off"),
        ('<w:checked w:val="false"/>', "off"),
    ],
)
def test_legacy_check_boxes(tmp_path: Path, state: str, expected: str) -> None:
    box = field(f'<w:name w:val="A1"/><w:checkBox><w:sizeAuto/>{state}</w:checkBox>', "FORMCHECKBOX")
    assert one(tmp_path, box, run(" Ja")) == f"<{expected}:A1> Ja"


def test_legacy_text_and_choice(tmp_path: Path) -> None:
    name = '<w:name w:val="T1"/><w:textInput/>'
    assert (
        one(tmp_path, run("Navn: "), field(name, "FORMTEXT", run("Åse ") + run("Moen")))
        == "Navn: {T1=Åse Moen}"
    )
    assert (
        one(tmp_path, run("Navn: "), field(name, "FORMTEXT", run("\u2002" * 5)), run(" Født:"))
        == "Navn: {T1=} Født:"
    )
    assert one(tmp_path, field(name, "FORMTEXT", run("X")), run(" Ja")) == "<on:X> Ja"
    entries = '<w:listEntry w:val="Mor"/><w:listEntry w:val="Far"/>'
    drop = f'<w:name w:val="D"/><w:ddList><w:result w:val="1"/>{entries}</w:ddList>'
    assert one(tmp_path, field(drop, "FORMDROPDOWN")) == "{D=Far}"
    assert one(tmp_path, field(f"<w:ddList>{entries}</w:ddList>", "FORMDROPDOWN")) == "{=Mor}"


def test_a_form_field_over_paragraphs_is_one_value(tmp_path: Path) -> None:
    begin, end = (
        field('<w:name w:val="T"/>', "FORMTEXT", run("en") + "</w:p><w:p>" + run("to")),
        run(" slutt"),
    )
    document = read(tmp_path, paragraph(run("Behov: "), begin, end))
    assert [p.value for p in document.pages[0].pieces() if isinstance(p, Entry)] == ["en\nto"]
    assert [line.text for line in document.pages[0].lines] == ["Behov: en\nto slutt"]


def test_a_field_that_never_ends_is_a_doubt(tmp_path: Path) -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("borte")
    assert [d.code for d in read(tmp_path, paragraph(broken)).doubts] == ["open-field"]


def test_controls_round_paragraphs_rows_and_cells(tmp_path: Path) -> None:
    assert lines(tmp_path, sdt('<w:tag w:val="n"/>', text("en") + text("to"))) == ["{n=en\nto}"]
    assert lines(tmp_path, sdt("<w:group/>", text("Navn:") + text("Dato:"))) == ["Navn:", "Dato:"]
    assert lines(tmp_path, sdt('<w:lock w:val="sdtContentLocked"/>', text("Navn"))) == ["Navn"]
    assert lines(tmp_path, sdt("", text("Navn: ____") + text("Dato: ____"))) == ["Navn: ____", "Dato: ____"]
    inside = table(cell(text("Navn")) + sdt('<w:tag w:val="n"/><w:text/>', cell(text("Åse"))))
    assert lines(tmp_path, sdt("", inside)) == [{(0, 0, 1, 1): ["Navn"], (0, 1, 1, 1): ["{n=Åse}"]}]
    row = sdt("", f"<w:tr>{cell(text('a'))}{cell(text('b'))}</w:tr>")
    assert lines(tmp_path, f"<w:tbl>{row}</w:tbl>") == [{(0, 0, 1, 1): ["a"], (0, 1, 1, 1): ["b"]}]
    pair = sdt("<w:richText/>", run("☒ Ja ☐ Nei"))
    assert one(tmp_path, pair) == "<on:☒> Ja <off:☐> Nei"
    nested = sdt(
        "",
        sdt('<w:tag w:val="a"/><w:text/>', run("en"))
        + run(" og ")
        + sdt('<w:tag w:val="b"/><w:text/>', run("to")),
    )
    assert one(tmp_path, nested) == "{a=en} og {b=to}"


def test_the_grid_of_a_table(tmp_path: Path) -> None:
    body = table(
        cell(text("topp"), '<w:gridSpan w:val="3"/>'),
        cell(text("høy"), '<w:vMerge w:val="restart"/>') + cell(text("b")) + cell(text("c")),
        cell(text("usynlig"), "<w:vMerge/>") + cell(text("e"), '<w:gridSpan w:val="2"/>'),
        f'<w:trPr><w:gridBefore w:val="1"/></w:trPr>{cell(text("f"))}',
        cell(text("g"), '<w:hMerge w:val="restart"/>') + cell("<w:p/>", "<w:hMerge/>") + cell(text("h")),
    )
    document = read(tmp_path, body)
    [found] = drawn(document.pages[0].blocks)
    assert found == {
        (0, 0, 1, 3): ["topp"],
        (1, 0, 2, 1): ["høy"],
        (1, 1, 1, 1): ["b"],
        (1, 2, 1, 1): ["c"],
        (2, 1, 1, 2): ["e"],
        (3, 1, 1, 1): ["f"],
        (4, 0, 1, 2): ["g"],
        (4, 2, 1, 1): ["h"],
    }
    [block] = document.pages[0].blocks
    assert isinstance(block, Table)
    assert (block.rows, block.columns) == (5, 3)


def test_tables_in_cells(tmp_path: Path) -> None:
    inner = table(cell(text("inne")))
    assert lines(tmp_path, table(cell(text("før") + inner + text("etter")))) == [
        {(0, 0, 1, 1): ["før", {(0, 0, 1, 1): ["inne"]}, "etter"]}
    ]


PICTURE = '<a:graphic><a:graphicData uri="pic"><pic:pic/></a:graphicData></a:graphic>'


def test_pictures_and_ink(tmp_path: Path) -> None:
    drawing = f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p"/>{PICTURE}</wp:inline></w:drawing></w:r>'
    assert one(tmp_path, run("Underskrift: "), drawing) == "Underskrift: [picture]"
    assert lines(tmp_path, paragraph(drawing.replace('name="p"', 'name="p" hidden="1"'))) == []
    vml = '<w:r><w:pict><v:shape><v:imagedata r:id="rId9"/></v:shape></w:pict></w:r>'
    assert one(tmp_path, vml) == "[picture]"
    pen = (
        '<w:r><mc:AlternateContent xmlns:wpi="urn:wpi"><mc:Choice Requires="wpi"><w:drawing><wp:inline>'
        f"<w14:contentPart/></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:drawing>{PICTURE}</w:drawing>"
        "</mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert one(tmp_path, pen) == "[strokes]"
    control = sdt('<w:tag w:val="s"/><w:text/>', drawing)
    assert one(tmp_path, control) == "[picture]"
    assert lines(tmp_path, paragraph(sdt("<w:showingPlcHdr/><w:picture/>", drawing))) == []


def test_a_signature_line_counts_when_it_is_signed(tmp_path: Path) -> None:
    line = '<w:r><w:pict><v:shape><v:imagedata r:id="rId9"/><o:signatureline id="{ABC}" issignatureline="t"/></v:shape></w:pict></w:r>'
    assert lines(tmp_path, paragraph(line)) == []
    signature = "<Signature><Object><SetupID>{abc}</SetupID></Object></Signature>"
    document = read(tmp_path, paragraph(line), parts={"_xmlsignatures/sig1.xml": signature})
    assert drawn(document.pages[0].blocks) == ["[digital]"]
    assert document.doubts == ()
    document = read(tmp_path, text("Navn"), parts={"_xmlsignatures/sig1.xml": signature})
    assert [doubt.code for doubt in document.doubts] == ["digital-signature"]


def test_text_boxes_once_and_at_their_anchor(tmp_path: Path) -> None:
    def box(kind: str, content: str) -> str:
        return (
            f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:{kind}><a:graphic><a:graphicData uri="wps">'
            f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>"
            f"</wp:{kind}></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{content}"
            "</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )

    assert lines(
        tmp_path, paragraph(run("Navn:"), box("inline", text("Åse")), run("Født:")) + text("etter")
    ) == ["Navn: Åse Født:", "etter"]
    assert lines(
        tmp_path, paragraph(run("Navn:"), box("anchor", text("Åse")), run("Født:")) + text("etter")
    ) == ["Navn: +Født:", "Åse", "etter"]
    assert lines(tmp_path, paragraph(run("A"), box("inline", text("en") + text("to")))) == ["A", "en", "to"]
    vml = "<w:r><w:pict><v:shape style='position:absolute'><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    assert lines(tmp_path, paragraph(run("Navn:"), vml.format(text("Åse")))) == ["Navn:", "Åse"]


def test_headers_footers_and_notes_stand_apart_in_front(tmp_path: Path) -> None:
    section = (
        '<w:sectPr><w:headerReference r:id="rId2" w:type="default"/><w:headerReference r:id="rId4" w:type="first"/>'
        '<w:headerReference r:id="rId6" w:type="even"/><w:footerReference r:id="rId3" w:type="default"/></w:sectPr>'
    )
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    parts = {
        "word/header1.xml": f"<w:hdr {NAMES}>{text('Ørland kommune')}</w:hdr>",
        "word/header2.xml": f"<w:hdr {NAMES}>{text('bare første side')}</w:hdr>",
        "word/header3.xml": f"<w:hdr {NAMES}>{text('bare partallssider')}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {NAMES}>{text('Side 1')}</w:ftr>",
        "word/footnotes.xml": (
            f'<w:footnotes {NAMES}><w:footnote w:id="0" w:type="separator">{text("--")}</w:footnote>'
            f'<w:footnote w:id="2">{text("fotnote")}</w:footnote></w:footnotes>'
        ),
    }
    relations = {
        "rId2": ("header", "header1.xml"),
        "rId3": ("footer", "footer1.xml"),
        "rId4": ("header", "header2.xml"),
        "rId5": ("footnotes", "footnotes.xml"),
        "rId6": ("header", "header3.xml"),
    }
    body = paragraph(run("Navn"), note) + section
    apart = {(0, 0, 1, 1): ["Ørland kommune"], (1, 0, 1, 1): ["Side 1"], (2, 0, 1, 1): ["fotnote"]}
    assert lines(tmp_path, body, parts=parts, relations=relations) == [apart, "Navn"]


def test_headings(tmp_path: Path) -> None:
    styles = (
        f'<w:styles {NAMES}><w:style w:type="paragraph" w:styleId="Overskrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Min"><w:name w:val="Min"/><w:basedOn w:val="Overskrift1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Ring"><w:name w:val="Ring"/><w:basedOn w:val="Ring"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Borte"><w:name w:val="B"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )
    body = "".join(
        paragraph(run(style), properties=f'<w:pStyle w:val="{style}"/>')
        for style in ("Overskrift1", "Min", "Ring", "Borte", "Ukjent")
    ) + paragraph(run("nivå"), properties='<w:outlineLvl w:val="1"/>')
    found = lines(
        tmp_path, body, parts={"word/styles.xml": styles}, relations={"rId1": ("styles", "styles.xml")}
    )
    assert found == ["# Overskrift1", "# Min", "Ring", "Ukjent", "# nivå"]


def test_what_only_a_person_can_read_is_a_doubt(tmp_path: Path) -> None:
    body = (
        '<w:altChunk r:id="rId7"/>'
        + paragraph('<w:r><w:object><w:control r:id="rId8"/></w:object></w:r>', run(" Ja"))
        + paragraph(
            '<w:r><w:drawing><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"/></w:drawing></w:r>'
        )
    )
    comments = f'<w:comments {NAMES}><w:comment w:id="1">{text("se her")}</w:comment></w:comments>'
    document = read(
        tmp_path,
        body,
        parts={"word/comments.xml": comments},
        relations={"rId1": ("comments", "comments.xml")},
    )
    assert {doubt.code for doubt in document.doubts} == {"alt-chunk", "activex", "diagram", "comments"}
    assert all(doubt.text.endswith(".") for doubt in document.doubts)
    assert drawn(document.pages[0].blocks) == ["<unsure:> Ja"]


def test_strict_files_read_the_same(tmp_path: Path) -> None:
    body = table(
        cell(text("Navn"))
        + cell(paragraph(sdt('<w:tag w:val="n"/><w:text/>', run("Åse"))), '<w:gridSpan w:val="2"/>')
    )
    body += paragraph(field('<w:name w:val="A"/><w:checkBox><w:checked/></w:checkBox>', "FORMCHECKBOX"))
    assert lines(tmp_path, body, strict=True) == lines(tmp_path, body)
    assert lines(tmp_path, body) == [{(0, 0, 1, 1): ["Navn"], (0, 1, 1, 2): ["{n=Åse}"]}, "<on:A>"]


def test_a_file_made_by_python_docx(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Melding om behov", level=1)
    grid = document.add_table(rows=2, cols=2)
    grid.cell(0, 0).merge(grid.cell(0, 1)).text = "Opplysninger"
    grid.cell(1, 0).text = "Navn"
    grid.cell(1, 1).text = "{{ 7*7 }} & <Åse> 😀 Ŋuŋká"
    document.sections[0].header.paragraphs[0].text = "Ørland kommune"
    document.save(str(tmp_path / "a.docx"))
    found = drawn(read_word(tmp_path / "a.docx", source="a.docx").pages[0].blocks)
    assert found == [
        {(0, 0, 1, 1): ["Ørland kommune"]},
        "# Melding om behov",
        {
            (0, 0, 1, 2): ["Opplysninger"],
            (1, 0, 1, 1): ["Navn"],
            (1, 1, 1, 1): ["{{ 7*7 }} & <Åse> 😀 Ŋuŋká"],
        },
    ]
