"""Bad PDFs and other files: one clerk's sentence and a code each, never anything else, and never a hang."""

from __future__ import annotations

import io
import logging
import struct
import zipfile
import zlib
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.domain import Document, Reader
from pipeline.errors import InputError, LockedError, UnreadableError
from pipeline.reading import read
from tests.unit.pdf_files import cross, line, lines, pdf, read_bytes, square, stream, text, words

GOOD = pdf(text(60, 700, "Navn: Ola") + square(60, 600) + cross(60, 600), text(60, 700, "Side to"))


def refused(tmp_path: Path, data: bytes, name: str = "skjema.pdf") -> InputError:
    """The error that reading gives; its text is fit for a clerk."""
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read(path, source=name)
    error = caught.value
    assert error.text.endswith(".")
    assert "\n" not in error.text
    assert str(tmp_path) not in error.text
    return error


def outcome(path: Path) -> Document | InputError:
    """What reading gives, be it the error."""
    try:
        return read(path, source=path.name)
    except InputError as error:
        return error


def encrypted(user: str, owner: str, algorithm: str) -> bytes:
    """The good file with passwords."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(GOOD)))
    writer.encrypt(user, owner, algorithm=algorithm)
    stream_ = io.BytesIO()
    writer.write(stream_)
    return stream_.getvalue()


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
def test_passwords(tmp_path: Path, algorithm: str) -> None:
    assert "Ola" in words(read_bytes(tmp_path, encrypted("", "eier", algorithm)))
    error = refused(tmp_path, encrypted("hemmelig", "eier", algorithm))
    assert isinstance(error, LockedError)
    assert error.code == "locked"


def archive(**files: bytes) -> bytes:
    """A zip of files."""
    stream_ = io.BytesIO()
    with zipfile.ZipFile(stream_, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, data in files.items():
            pack.writestr(name, data)
    return stream_.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (bytes(5000), "blank"),
        (b"{\\rtf1 hei}", "rtf"),
        (OLE, "old-doc"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"Bare tekst.", "unknown-kind"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (archive(mimetype=b"application/vnd.oasis.opendocument.text"), "odt"),
        (archive(**{"xl/workbook.xml": b"<x/>"}), "unknown-kind"),
        (archive(a=b"hei" * 500)[:60], "broken"),
        (b"PK\x03\x04 ikke noe arkiv", "broken"),
        (b"%PDF-1.7\n", "broken"),
        (b"%PDF-1.7\n" + b"tull " * 400, "broken"),
    ],
    # A zip holds the time it was made: names of tests must not.
    ids=[
        "empty",
        "blank",
        "rtf",
        "doc",
        "locked",
        "text",
        "html",
        "odt",
        "xlsx",
        "cut",
        "zip",
        "pdf",
        "nonsense",
    ],
)
@pytest.mark.parametrize("name", ["skjema.pdf", "skjema.docx"])
def test_what_is_no_form(tmp_path: Path, data: bytes, code: str, name: str) -> None:
    assert refused(tmp_path, data, name).code == code


@pytest.mark.parametrize(
    ("head", "count"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(20), 1),
        (b"\xff\xd8\xff\xe0" + bytes(20), 1),
        (b"II*\x00" + struct.pack("<IHI", 8, 0, 14) + struct.pack("<HI", 0, 0), 2),
        (b"II*\x00" + struct.pack("<IHI", 8, 0, 8), 1),
        (b"MM\x00*\x00", 1),
        (bytes(4) + b"ftypheic" + bytes(20), 1),
    ],
)
def test_images_wait_for_the_scan_reader(tmp_path: Path, head: bytes, count: int) -> None:
    document = read_bytes(tmp_path, head)
    assert document.reader is Reader.SCAN
    assert [page.readable for page in document.pages] == [False] * count
    assert [doubt.code for doubt in document.doubts] == ["not-read"]


def test_a_pdf_of_images_waits_too(tmp_path: Path) -> None:
    document = read_bytes(tmp_path, pdf("q 595 0 0 842 0 0 cm /Im Do Q", "q 595 0 0 842 0 0 cm /Im Do Q"))
    assert document.reader is Reader.SCAN
    assert [page.readable for page in document.pages] == [False, False]


def test_a_file_cut_off_is_refused_or_doubtful(tmp_path: Path) -> None:
    for share in (0.3, 0.6, 0.9, 0.97):
        path = tmp_path / "kuttet.pdf"
        path.write_bytes(GOOD[: int(len(GOOD) * share)])
        found = outcome(path)
        if isinstance(found, Document):
            assert found.doubts
        else:
            assert found.code == "broken"


def test_too_many_pages(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    for _ in range(30):
        writer.add_blank_page(595, 842)
    stream_ = io.BytesIO()
    writer.write(stream_)
    path = tmp_path / "lang.pdf"
    path.write_bytes(stream_.getvalue())
    with pytest.raises(UnreadableError) as caught:
        read(path, source="lang.pdf", max_pages=20)
    assert caught.value.code == "too-many-pages"
    assert len(read(path, source="lang.pdf").pages) == 30


def test_xfa(tmp_path: Path) -> None:
    packets = "/XFA [(template) 100 0 R] /Fields []"
    wait = text(60, 700, "Please wait...")
    data = pdf(wait, objects=(stream("<x/>"),), root=f"/NeedsRendering true /AcroForm << {packets} >>")
    assert refused(tmp_path, data).code == "xfa"
    data = pdf(wait, objects=(stream("<x/>"),), root=f"/AcroForm << {packets} >>")
    assert refused(tmp_path, data).code == "xfa"
    beside = pdf(
        text(60, 705, "Navn:"),
        annotations="100 0 R",
        objects=(
            "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (Ola) /Rect [100 700 300 718] /F 4 >>",
            stream("<x/>"),
        ),
        root="/AcroForm << /XFA [(template) 101 0 R] /Fields [100 0 R] >>",
    )
    document = read_bytes(tmp_path, beside)
    assert lines(document) == ["Navn: Ola"]
    assert [doubt.code for doubt in document.doubts] == ["xfa"]


def bombed(data: bytes, filters: bytes) -> bytes:
    """A page whose content is a compressed stream."""
    body = b"<< /Length %d /Filter %s >>\nstream\n%s\nendstream" % (len(data), filters, data)
    return GOOD.replace(b"5 0 obj\n", b"200 0 obj\n" + body + b"\nendobj\n5 0 obj\n", 1)


def test_stream_bombs(tmp_path: Path) -> None:
    folder = zlib.compressobj(9)
    zeros = bytes(1 << 20)
    once = b"".join(folder.compress(zeros) for _ in range(120)) + folder.flush()
    assert refused(tmp_path, bombed(once, b"/FlateDecode")).code == "bomb"
    twice = zlib.compress(once, 9)
    assert refused(tmp_path, bombed(twice, b"[ /FlateDecode /FlateDecode ]")).code == "bomb"


def test_a_page_tree_in_a_loop(tmp_path: Path) -> None:
    data = GOOD.replace(b"/Kids [10 0 R 12 0 R]", b"/Kids [ 2 0 R 10 0 R]")
    path = tmp_path / "runde.pdf"
    path.write_bytes(data)
    found = outcome(path)
    if isinstance(found, Document):
        assert found.doubts
    else:
        assert found.code == "broken"


def test_parsers_that_count_different_pages_raise_a_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pypdf.PdfReader, "get_num_pages", lambda self: 0)
    assert [doubt.code for doubt in read_bytes(tmp_path, GOOD).doubts] == ["page-count"]


def test_forms_within_forms_without_end(tmp_path: Path) -> None:
    loop = stream(
        "q /Fm Do Q",
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Fm 100 0 R >> >>",
    )
    data = pdf(text(60, 700, "Navn") + "/Fm Do", objects=(loop,)).replace(b"/Fm 6 0 R", b"/Fm 100 0 R")
    assert words(read_bytes(tmp_path, data)) == ["Navn"]


def test_a_page_of_countless_lines_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, pdf("0 0 m 9 9 l S\n" * 20_100)).code == "too-many-objects"
    ruled = "".join(square(n % 60 * 9.9, n // 60 * 11, 8) for n in range(1600))
    assert refused(tmp_path, pdf(ruled)).code == "too-many-objects"
    hatch = "".join(line(x / 10, 100, x / 10 + 20, 100 + x % 7) for x in range(3000))
    assert isinstance(read_bytes(tmp_path, pdf(text(60, 700, "Navn") + hatch)), Document)


def test_a_page_of_14401_points(tmp_path: Path) -> None:
    box = "<< /Type /Annot /Subtype /Widget /FT /Btn /T (a) /AS /Off /Rect [100 100 112 112] /F 4 >>"
    data = pdf(text(60, 14000, "Navn"), page="/MediaBox [0 0 14401 14401]", annotations="100 0 R", objects=(box,),
               root="/AcroForm << /Fields [100 0 R] >>")  # fmt: skip
    assert words(read_bytes(tmp_path, data)) == ["Navn"]


def test_attachments_are_told(tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(io.BytesIO(GOOD)))
    writer.add_attachment("vedlegg.txt", b"hei")
    stream_ = io.BytesIO()
    writer.write(stream_)
    assert [doubt.code for doubt in read_bytes(tmp_path, stream_.getvalue()).doubts] == ["attachments"]


def test_nothing_is_said_on_the_side(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "rar.pdf"
    with caplog.at_level(logging.WARNING):
        for share in (0.5, 0.8, 0.95):
            path.write_bytes(GOOD[: int(len(GOOD) * share)] + b"%%EOF")
            outcome(path)
    out, err = capfd.readouterr()
    assert out == ""
    assert err == ""
    assert not caplog.records


FORM = pdf(
    text(60, 705, "Navn:"),
    annotations="100 0 R",
    objects=("<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (Ola) /Rect [100 700 300 718] /F 4 /AP << /N 101 0 R >> >>",
             stream("BT (Ola) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 9 9]")),
    root="/AcroForm << /Fields [100 0 R] >>",
)  # fmt: skip


@settings(max_examples=120, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    base=st.sampled_from([GOOD, FORM]),
    changes=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), st.one_of(st.binary(max_size=8), st.sampled_from([b"0 R", b"<<", b"]", b"-1", b"99999999999"]))),
        min_size=1,
        max_size=6,
    ),
)  # fmt: skip
def test_mutated_files_give_a_document_or_a_typed_error(
    tmp_path: Path, base: bytes, changes: list[tuple[float, int, bytes]]
) -> None:
    data = base
    for share, size, new in changes:
        at = int(share * len(data))
        data = data[:at] + new + data[at + size :]
    path = tmp_path / "mutert.pdf"
    path.write_bytes(data)
    found = outcome(path)
    if isinstance(found, Document):
        assert found.pages
    else:
        assert found.code
        assert found.text.endswith(".")
