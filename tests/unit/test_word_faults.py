"""Bad Word files: one clerk's sentence and a code each, never anything else."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.domain import Document
from pipeline.errors import InputError, LockedError, UnreadableError
from pipeline.reading.word import read_word
from pipeline.reading.word._lines import compose
from tests.unit.word_files import ROOT_RELATIONS, TYPES, cell, field, paragraph, run, sdt, table, text, write

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1024)


def refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        read_word(path, source="skjema.docx")
    error = caught.value
    assert error.text.endswith(".")
    assert str(path) not in error.text
    assert error.text.count("\n") == 0
    return error


def saved(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "skjema.docx"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"Hei", "not-word"),
        (b"%PDF-1.7\n%%EOF", "not-word"),
        (b"{\\rtf1 Hei}", "not-word"),
        (b"PK\x03\x04", "cut-off"),
        (OLE, "not-word"),
        (OLE + "WordDocument".encode("utf-16-le"), "old-doc"),
    ],
)
def test_what_is_no_word_file(tmp_path: Path, data: bytes, code: str) -> None:
    error = refused(saved(tmp_path, data))
    assert isinstance(error, UnreadableError)
    assert error.code == code


def test_a_password(tmp_path: Path) -> None:
    error = refused(saved(tmp_path, OLE + "EncryptedPackage".encode("utf-16-le")))
    assert isinstance(error, LockedError)
    assert error.code == "encrypted"


def test_every_cut_is_noticed(tmp_path: Path) -> None:
    whole = write(tmp_path / "whole.docx", text("Navn " * 200)).read_bytes()
    for end in range(8, len(whole) - 1, max(len(whole) // 60, 1)):
        assert refused(saved(tmp_path, whole[:end])).code == "cut-off"


def test_damage_in_the_middle(tmp_path: Path) -> None:
    whole = bytearray(write(tmp_path / "whole.docx", text("Navn")).read_bytes())
    at = whole.find(b"word/document.xml") + len(b"word/document.xml") + 5
    whole[at : at + 20] = b"\xff" * 20
    assert refused(saved(tmp_path, bytes(whole))).code in ("cut-off", "broken-xml")


def package(tmp_path: Path, **parts: bytes | str) -> Path:
    """A package of named parts (``__`` is ``/``)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT_RELATIONS)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return saved(tmp_path, stream.getvalue())


def test_other_packages(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    assert refused(saved(tmp_path, stream.getvalue())).code == "not-word"
    assert refused(package(tmp_path, word__document="<workbook/>")).code == "not-word"
    assert refused(package(tmp_path)).code == "cut-off"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("", "broken-xml"),
        ("<w:document", "broken-xml"),
        ("<a>" * 500 + "</a>" * 500, "broken-xml"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "entities"),
        ('<!DOCTYPE a SYSTEM "http://example.invalid/a.dtd"><a/>', "entities"),
        (
            '<?xml version="1.0"?>'
            + " " * 5000
            + '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>',
            "entities",
        ),
    ],
)
def test_hostile_xml(tmp_path: Path, document: str, code: str) -> None:
    assert refused(package(tmp_path, word__document=document)).code == code


def test_billion_laughs(tmp_path: Path) -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    for gap in ("", " " * 5000):
        bomb = f'<?xml version="1.0"?>{gap}<!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><a b="&l9;">&l9;</a>'
        assert refused(package(tmp_path, word__document=bomb)).code in ("entities", "broken-xml")


def test_bombs(tmp_path: Path) -> None:
    assert refused(package(tmp_path, word__document=b" " * (60 * 1024**2))).code == "zip-bomb"
    assert refused(package(tmp_path, word__document=b"<a>" + b"<b/>" * 2_500_000 + b"</a>")).code in (
        "zip-bomb",
        "too-big",
    )


def test_too_big_for_a_form(tmp_path: Path) -> None:
    noise = random.Random(1).randbytes(9 * 1024**2).hex()
    path = tmp_path / "big.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", ROOT_RELATIONS)
        archive.writestr("word/document.xml", f"<a>{noise}</a>")
    assert refused(path).code == "too-big"


def test_a_lying_size_is_noticed(tmp_path: Path) -> None:
    path = package(tmp_path, word__document=b" " * (60 * 1024**2))
    data = path.read_bytes()
    size = (60 * 1024**2).to_bytes(4, "little")
    assert refused(saved(tmp_path, data.replace(size, (1000).to_bytes(4, "little")))).code in (
        "cut-off",
        "zip-bomb",
        "broken-xml",
    )


def test_tables_too_deep(tmp_path: Path) -> None:
    body = text("bunn")
    for _ in range(35):
        body = table(cell(body))
    assert refused(write(tmp_path / "deep.docx", body)).code in ("too-deep", "broken-xml")
    body = run("bunn")
    for _ in range(110):
        body = sdt("", body)
    path = write(tmp_path / "deep.docx", paragraph(body))
    assert isinstance(read_or_refuse(path), Document | InputError)


def read_or_refuse(path: Path) -> Document | InputError:
    try:
        return read_word(path, source="skjema.docx")
    except InputError as error:
        return error


@pytest.mark.parametrize(
    "unit", ["a", "_", "_ ", ".", "…", "x ", "[", "[ ", "( ", "(x", "☐", "☐X", "\ufffd", "a:", " ", "\u00ad"]
)
def test_no_line_is_too_long(unit: str) -> None:
    started = time.process_time()
    compose([(unit * 20_000, False)])
    assert time.process_time() - started < 2


PIECES = (
    text("Navn: ____ Åse"),
    paragraph(run("X", "<w:strike/>"), run(" Ja \uf0fe [x] ( ) \ufffd")),
    table(
        cell(text("a"), '<w:vMerge w:val="restart"/>') + cell(text("b")),
        cell("<w:p/>", "<w:vMerge/>") + cell(text("c")),
    ),
    paragraph(sdt('<w:tag w:val="t"/><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>', run("☒"))),
    sdt('<w:tag w:val="d"/><w:date w:fullDate="2014-11-03T00:00:00Z"/>', text("3.11.2014")),
    paragraph(
        field('<w:name w:val="T"/>', "FORMTEXT", run("Åse")),
        field("<w:checkBox><w:checked/></w:checkBox>", "FORMCHECKBOX"),
    ),
    paragraph(
        run("Mor"),
        "<w:r><w:pict><v:shape><v:textbox><w:txbxContent><w:p/></w:txbxContent></v:textbox></v:shape></w:pict></w:r>",
    ),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.lists(st.sampled_from(PIECES), min_size=1, max_size=5),
    edits=st.lists(
        st.tuples(
            st.integers(0, 10_000),
            st.integers(0, 60),
            st.sampled_from(
                ["", "<w:p>", "</w:p>", "<w:tbl>", "w:sdt", '"', "-1", "99999999999", "&#0;", "ø"]
            ),
        )
    ),
    tags=st.lists(
        st.tuples(
            st.sampled_from(
                [
                    "w:p",
                    "w:tc",
                    "w:tr",
                    "w:sdt",
                    "w:sdtContent",
                    "w:r",
                    "w:fldChar",
                    "w:val",
                    "begin",
                    "end",
                    "separate",
                ]
            ),
            st.sampled_from(["w:r", "w:tbl", "w:ins", "w:tr", "w:x", "w:sdtPr", "end", "begin"]),
        ),
        max_size=3,
    ),
)
def test_mutated_xml_gives_a_document_or_a_typed_error(
    tmp_path: Path, order: list[str], edits: list[tuple[int, int, str]], tags: list[tuple[str, str]]
) -> None:
    body = "".join(order)
    for old, new in tags:
        body = body.replace(old, new)
    for at, length, new in edits:
        start = at % (len(body) + 1)
        body = body[:start] + new + body[start + length :]
    assert isinstance(read_or_refuse(write(tmp_path / "mutated.docx", body)), Document | InputError)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    edits=st.lists(
        st.tuples(st.integers(0, 100_000), st.binary(min_size=1, max_size=4)), min_size=1, max_size=8
    )
)
def test_flipped_bytes_give_a_document_or_a_typed_error(
    tmp_path: Path, edits: list[tuple[int, bytes]]
) -> None:
    data = bytearray(write(tmp_path / "whole.docx", "".join(PIECES)).read_bytes())
    for at, new in edits:
        start = at % len(data)
        data[start : start + len(new)] = new
    assert isinstance(read_or_refuse(saved(tmp_path, bytes(data))), Document | InputError)
