"""LibreOffice may hang, fail or be missing: the other letters get their PDFs all the same."""

from __future__ import annotations

import stat
import sys
import time
from pathlib import Path

import psutil
import pytest
from pypdf import PdfReader
from pypdfium2 import PdfDocument

from pipeline.letters import Composed, LetterSpecs, PdfPress, render
from tests.letters.longest import every
from tests.letters.test_template import swapped
from tests.letters.world import ORDERS, composed, order

FAKE = """#!{python}
import sys, time, zipfile, subprocess
from pathlib import Path
out = Path(sys.argv[sys.argv.index("--outdir") + 1])
files = [Path(a) for a in sys.argv[sys.argv.index("--outdir") + 2:]]
assert any(a.startswith("-env:UserInstallation=file:///") for a in sys.argv)
with open({log!r}, "a") as log:
    log.write(f"{{len(files)}}\\n")
for file in files:
    text = zipfile.ZipFile(file).read("word/document.xml").decode()
    if "HANGS" in text:
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        Path({log!r} + ".child").write_text(str(child.pid))
        time.sleep(600)
    if "FAILS" in text:
        continue
    if "EMPTY" in text:
        (out / (file.stem + ".pdf")).write_bytes(b"%PDF-1.7 cut")
        continue
    (out / (file.stem + ".pdf")).write_bytes(Path({pdf!r}).read_bytes())
"""


@pytest.fixture
def word(specs: LetterSpecs) -> bytes:
    data = composed(specs, order("team-dissolved-member"))
    assert isinstance(data, Composed)
    return render(specs["team-dissolved-member"], data.data)


@pytest.fixture
def fake(tmp_path: Path) -> Path:
    """A LibreOffice that does as the letter says."""
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    with (tmp_path / "one.pdf").open("wb") as file:
        writer.write(file)
    program = tmp_path / "soffice"
    program.write_text(
        FAKE.format(python=sys.executable, log=str(tmp_path / "log"), pdf=str(tmp_path / "one.pdf")),
        encoding="utf-8",
    )
    program.chmod(0o755)
    return program


def letters(folder: Path, word: bytes, *kinds: str) -> list[Path]:
    files = []
    for number, kind in enumerate(kinds, start=1):
        path = folder / f"2026-412-{number}.docx"
        path.write_bytes(swapped(word, "Takk for innsatsen.", kind or "Takk."))
        files.append(path)
    return files


def test_a_batch_is_one_call(tmp_path: Path, word: bytes, fake: Path) -> None:
    files = letters(tmp_path, word, "", "", "")
    out = tmp_path / "out"
    result = PdfPress(tmp_path / "profiles", fake).print(files, out)
    assert result == {file: out / f"{file.stem}.pdf" for file in files}
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o600 for p in out.iterdir())
    assert (tmp_path / "log").read_text().split() == ["3"]
    assert not list((tmp_path / "profiles").glob("tmp*"))


def test_workers_share_a_batch(tmp_path: Path, word: bytes, fake: Path) -> None:
    files = letters(tmp_path, word, "", "", "", "")
    result = PdfPress(tmp_path / "profiles", fake, workers=2).print(files, tmp_path / "out")
    assert all(isinstance(made, Path) for made in result.values())
    assert list(result) == files
    assert (tmp_path / "log").read_text().split() == ["2", "2"]


def test_the_bad_ones_are_set_aside_and_the_rest_go_on(tmp_path: Path, word: bytes, fake: Path) -> None:
    files = letters(tmp_path, word, "", "FAILS", "", "EMPTY", "")
    broken = tmp_path / "2026-412-9.docx"
    broken.write_bytes(b"PK not a word file")
    result = PdfPress(tmp_path / "profiles", fake).print([*files, broken], tmp_path / "out")
    good = {file for file, made in result.items() if isinstance(made, Path)}
    assert good == {files[0], files[2], files[4]}
    assert "LibreOffice klarte ikke" in str(result[files[1]])
    assert "LibreOffice klarte ikke" in str(result[files[3]])
    assert "ikke et Word-dokument" in str(result[broken])


def test_one_that_hangs_is_stopped_with_its_children(tmp_path: Path, word: bytes, fake: Path) -> None:
    files = letters(tmp_path, word, "", "HANGS", "", "")
    started = time.monotonic()
    press = PdfPress(tmp_path / "profiles", fake, time_limit=1.0)
    result = press.print(files, tmp_path / "out")
    assert time.monotonic() - started < 30
    assert {file for file, made in result.items() if isinstance(made, Path)} == {files[0], files[2], files[3]}
    assert "for lang tid" in str(result[files[1]])
    child = int((tmp_path / "log.child").read_text())
    deadline = time.monotonic() + 5
    while psutil.pid_exists(child) and psutil.Process(child).status() != psutil.STATUS_ZOMBIE:
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_without_libreoffice_the_word_file_stands_alone(tmp_path: Path, word: bytes) -> None:
    files = letters(tmp_path, word, "")
    press = PdfPress(tmp_path / "profiles", tmp_path / "nowhere")
    assert not press.available
    assert "ikke installert" in str(press.print(files, tmp_path / "out")[files[0]])


def test_two_letters_of_one_name_are_refused(tmp_path: Path, fake: Path) -> None:
    with pytest.raises(ValueError, match="same name"):
        PdfPress(tmp_path, fake).print([tmp_path / "a/1.docx", tmp_path / "b/1.docx"], tmp_path / "out")


@pytest.fixture(scope="session")
def printed(specs: LetterSpecs, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every letter through the real LibreOffice, in one batch."""
    room = tmp_path_factory.mktemp("print")
    files = {}
    for name in ORDERS:
        result = composed(specs, order(name))
        assert isinstance(result, Composed)
        files[name] = room / f"{name}.docx"
        files[name].write_bytes(render(specs[ORDERS[name][0]], result.data))
    made = PdfPress(room / "profiles", time_limit=120).print(list(files.values()), room / "out")
    pdfs = {name: made[file] for name, file in files.items()}
    assert all(isinstance(pdf, Path) for pdf in pdfs.values()), pdfs
    return {name: Path(pdf) for name, pdf in pdfs.items()}


def test_the_pdf_is_an_archive_file_that_can_be_read_aloud(printed: dict[str, Path]) -> None:
    for name, path in printed.items():
        pdf = PdfReader(path)
        root = pdf.trailer["/Root"]
        assert str(root["/Lang"]).startswith("nb"), name
        assert bool(root["/MarkInfo"]["/Marked"])
        assert "/StructTreeRoot" in root
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        xmp = root["/Metadata"].get_object().get_data().decode()
        assert "<pdfaid:part>2</pdfaid:part>" in xmp
        assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp
        assert pdf.metadata is not None
        assert pdf.metadata.title == "Brev i sak om koordinering"
        for page in pdf.pages:
            for font in page["/Resources"]["/Font"].values():
                one = font.get_object()
                inner = one["/DescendantFonts"][0].get_object() if "/DescendantFonts" in one else one
                descriptor = inner["/FontDescriptor"].get_object()
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor), name
                assert "LiberationSans" in descriptor["/FontName"], name


def test_every_page_is_marked_and_one_page_has_no_number(printed: dict[str, Path]) -> None:
    for name, path in printed.items():
        pages = [page.extract_text() for page in PdfReader(path).pages]
        assert all("Unntatt offentlighet" in text for text in pages), name
        assert "Side 1" not in pages[0]
        if len(pages) == 1:
            assert "Side " not in pages[0]
        for number, text in enumerate(pages[1:], start=2):
            assert f"Side {number} av {len(pages)}" in " ".join(text.split()), name


def test_the_ordinary_letter_is_one_page(printed: dict[str, Path]) -> None:
    """But for the form for minutes, whose form is a page of its own (F-002-9)."""
    pages = {name: len(PdfReader(path).pages) for name, path in printed.items()}
    assert pages == {name: 2 if name.startswith("minutes-form") else 1 for name in printed}


def test_the_address_stands_in_the_window_and_nothing_else_does(printed: dict[str, Path]) -> None:
    """C4, C5 and C6/5 together: 15 to 120 mm from the left, 39 to 82 mm from the top, and some play; the bar code's 18 mm at the left are free (NS 4129)."""
    mm = 72 / 25.4
    seen: list[tuple[str, float, float]] = []

    def look(text: str, _cm: object, tm: list[float], *_: object) -> None:
        if text.strip():
            seen.append((text.strip(), tm[4] / mm, 297 - tm[5] / mm))

    PdfReader(printed["appointment-user-family"]).pages[0].extract_text(visitor_text=look)
    window = [text for text, x, y in seen if 15 <= x <= 120 and 36 <= y <= 85]
    assert " ".join(window) == "Foreldrene til Vilde Brekkås Strandgata 14 9990 Fjordvik"
    assert min(x for _, x, _ in seen) >= 20


def test_letters_in_sami_are_embedded(specs: LetterSpecs, printed: dict[str, Path]) -> None:
    text = PdfReader(printed["team-dissolved-member"]).pages[0].extract_text()
    assert "Máret Ánne Đuŋŋá Šaŧžič" in text


@pytest.fixture(scope="session")
def longest(specs: LetterSpecs, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every letter with the longest data, in both languages, through the real LibreOffice in one batch."""
    room = tmp_path_factory.mktemp("longest")
    files = every(specs, room)
    made = PdfPress(room / "profiles", time_limit=240).print(list(files.values()), room / "out")
    pdfs = {name: made[file] for name, file in files.items()}
    assert all(isinstance(pdf, Path) for pdf in pdfs.values()), pdfs
    return {name: Path(pdf) for name, pdf in pdfs.items()}


def test_nothing_overflows_with_the_longest_names_addresses_and_lists(longest: dict[str, Path]) -> None:
    """Issue 4: all text stands inside the page and off its foot, no page is empty or has a scrap only, the window holds the
    address, and no page has a signature and nothing of its letter."""
    mm = 72 / 25.4
    for name, path in longest.items():
        pdf = PdfDocument(path)
        assert len(pdf) <= 3, name
        for number, page in enumerate(pdf):
            text = page.get_textpage()
            boxes = [text.get_rect(one) for one in range(text.count_rects())]
            assert min(left for left, _, _, _ in boxes) >= 20 * mm, (name, number)
            assert max(right for _, _, right, _ in boxes) <= 195 * mm, (name, number)
            assert min(bottom for _, bottom, _, _ in boxes) >= 5 * mm, (name, number)
            body = text.get_text_bounded(left=0, bottom=17 * mm, right=210 * mm, top=267 * mm)
            assert len(body) >= 150, (name, number, body)
            above, found, _ = body.partition("Med helsing" if name.endswith(".nn") else "Med hilsen")
            assert not found or len(above) > 60, (name, number, above)
        window = pdf[0].get_textpage().get_text_bounded(15 * mm, 212 * mm, 108 * mm, 258 * mm)
        assert window.startswith(("Kristoffer", "Foreldr", "Statsforvalt")), (name, window)
        assert window.rstrip().endswith(("Fjordland", "Fjordvik")), (name, window)
