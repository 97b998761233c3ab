"""Every page of a scan becomes one grey picture or one clear error; nothing bursts the memory."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from pipeline.errors import LockedError, UnreadableError
from pipeline.reading import Kind
from pipeline.reading.scan._types import Picture
from pipeline.reading.scan.paper._paper import MOST_PIXELS, paper_size, true_size
from pipeline.reading.scan.paper._pictures import pictures
from tests.unit.reading.damage import FORMS, form, two_levelled

A4 = (595, 842)


def one(path: Path, kind: Kind = Kind.IMAGE) -> Picture:
    (page,) = list(pictures(path, kind))
    return page


def size(page: Picture) -> tuple[int, int]:
    return round(page.width), round(page.height)


def differ(a: np.ndarray, b: np.ndarray) -> float:
    assert a.shape == b.shape
    return float(np.abs(a.astype(int) - b.astype(int)).mean())


@pytest.fixture(scope="module")
def page() -> np.ndarray:
    return form("group-report-pdf-fields", 150)


def pdf_of(path: Path, content: bytes, images: list[tuple[int, int, bytes, bytes]], *, box: tuple[int, int] = A4, more: bytes = b"") -> Path:  # fmt: skip
    """A PDF of one page by hand; an image is width, height, dictionary and data."""
    names = b"".join(b"/I%d %d 0 R" % (n, 5 + n) for n in range(len(images)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<</XObject<<%s>>>>%s>>"
        % (*box, names, more),
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    for wide, high, about, data in images:
        objects.append(
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d%s/Length %d>>stream\n%s\nendstream"
            % (wide, high, about, len(data), data)
        )
    out, offsets = b"%PDF-1.4\n", []
    for number, entry in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, entry)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    path.write_bytes(out)
    return path


GREY8 = b"/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/FlateDecode"
WHOLE = b"q 595 0 0 842 0 0 cm /I0 Do Q"


def scanned(path: Path, grey: np.ndarray, content: bytes = WHOLE, **how: object) -> Path:
    return pdf_of(
        path, content, [(grey.shape[1], grey.shape[0], GREY8, zlib.compress(grey.tobytes()))], **how
    )  # type: ignore[arg-type]


def test_a_page_that_is_one_picture_is_taken_out_unchanged(tmp_path: Path, page: np.ndarray) -> None:
    found = one(scanned(tmp_path / "a.pdf", page), Kind.PDF)
    assert np.array_equal(found.grey, page)
    assert size(found) == A4


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_the_pages_own_rotation_is_applied(tmp_path: Path, page: np.ndarray, turn: int) -> None:
    found = one(scanned(tmp_path / "a.pdf", page, more=b"/Rotate %d" % turn), Kind.PDF)
    assert np.array_equal(found.grey, np.rot90(page, -turn // 90))
    assert found.rotation == turn
    assert size(found) == (A4 if turn == 180 else A4[::-1])


@pytest.mark.parametrize("shade", [0, 1])
def test_what_lies_over_the_picture_is_seen(tmp_path: Path, page: np.ndarray, shade: int) -> None:
    dark = np.full_like(page, 90)
    found = one(scanned(tmp_path / "a.pdf", dark, WHOLE + b" %d g 100 100 200 200 re f" % shade), Kind.PDF)
    high, wide = found.grey.shape
    assert found.grey[high - high * 200 // 842, wide * 200 // 595] == 255 * shade
    assert found.grey[10, 10] == 90
    assert high >= 842 * 200 // 72 - 1


@pytest.mark.parametrize(
    "place", [b"q 0 842 -595 0 595 0 cm /I0 Do Q", b"q -595 0 0 842 595 0 cm /I0 Do Q", b"q 300 0 0 400 0 0 cm /I0 Do Q",
              b"q 595 0 0 842 0 0 cm 0 0 0.5 0.5 re W n /I0 Do Q"]
)  # fmt: skip
def test_a_picture_placed_otherwise_is_drawn_as_a_viewer_shows_it(
    tmp_path: Path, page: np.ndarray, place: bytes
) -> None:
    path = scanned(tmp_path / "a.pdf", page, place)
    found = one(path, Kind.PDF)
    with pdfium.PdfDocument(path) as document:
        scale = found.grey.shape[0] / 842
        seen = document[0].render(scale=scale, grayscale=True).to_numpy().squeeze()
    high, wide = min(seen.shape[0], found.grey.shape[0]), min(seen.shape[1], found.grey.shape[1])
    assert differ(found.grey[:high, :wide], seen[:high, :wide]) < 3


def test_form_fields_are_drawn() -> None:
    path = next(path for path in FORMS if "group-report-pdf-fields" in path.name)
    found = one(path, Kind.PDF)
    with pdfium.PdfDocument(path) as document:
        without = (
            document[0].render(scale=300 / 72, grayscale=True, may_draw_forms=False).to_numpy().squeeze()
        )
    assert (found.grey < 128).sum() > (without < 128).sum() + 10_000
    assert found.grey.shape == (3508, 2480)


def test_single_pages_are_asked_for_and_a_broken_one_loses_none(tmp_path: Path, page: np.ndarray) -> None:
    shades = [Image.new("L", (620, 877), shade) for shade in (10, 60, 110, 160)]
    path = tmp_path / "a.tif"
    shades[0].save(path, save_all=True, append_images=shades[1:], compression="tiff_deflate", dpi=(75, 75))
    assert [p.number for p in pictures(path, Kind.IMAGE, numbers={2, 4})] == [2, 4]
    assert [int(p.grey[5, 5]) for p in pictures(path, Kind.IMAGE)] == [10, 60, 110, 160]
    with Image.open(path) as image:
        image.seek(1)
        (strip,) = image.tag_v2[273][:1]
    data = bytearray(path.read_bytes())
    data[strip : strip + 40] = b"\xff" * 40
    path.write_bytes(data)
    found, broken = [], []
    pages = pictures(path, Kind.IMAGE)
    for number in range(1, 5):
        try:
            found.append(next(pages).number)
        except UnreadableError as error:
            broken.append((number, error.code))
    assert found == [1, 3, 4]
    assert broken == [(2, "broken")]


def test_many_pages_of_a_pdf_come_in_order(tmp_path: Path) -> None:
    with pdfium.PdfDocument.new() as document:
        for n in range(90):
            document.new_page(300 + n, 400)
        document.save(str(tmp_path / "a.pdf"))
    found = [(p.number, round(p.width)) for p in pictures(tmp_path / "a.pdf", Kind.PDF)]
    assert found == [(n + 1, 300 + n) for n in range(90)]
    assert [p.number for p in pictures(tmp_path / "a.pdf", Kind.PDF, numbers=[3, 88])] == [3, 88]


def saved(image: Image.Image, path: Path, **how: object) -> Picture:
    image.save(path, **how)
    return one(path)


def test_every_mode_is_grey_on_white(tmp_path: Path, page: np.ndarray) -> None:
    grey = Image.fromarray(page)
    clear = np.zeros((*page.shape, 4), np.uint8)
    clear[..., 3] = 255 - page
    dpi = (150, 150)
    made = {
        "rgb.png": grey.convert("RGB"),
        "palette.png": grey.convert("P"),
        "deep.png": Image.fromarray(page.astype(np.uint16) * 257),
        "deep.tif": Image.fromarray(page.astype(np.uint16) * 257),
        "clear.png": Image.fromarray(clear),
        "la.png": Image.merge("LA", (Image.new("L", grey.size, 0), Image.fromarray(255 - page))),
        "cmyk.tif": grey.convert("CMYK"),
        "float.tif": Image.fromarray(page.astype(np.float32) / 255),
    }
    for name, image in made.items():
        found = saved(image, tmp_path / name, dpi=dpi)
        assert differ(found.grey, page) < 2, name
        assert np.allclose((found.width, found.height), A4, atol=1), name
    for name in ("a.jpg", "a.bmp", "a.gif", "a.webp"):
        assert differ(saved(grey, tmp_path / name, dpi=dpi).grey, page) < 4, name
    jpeg = saved(grey.convert("RGB"), tmp_path / "jpeg.tif", compression="jpeg", dpi=dpi)
    assert differ(jpeg.grey, page) < 6
    assert differ(saved(grey.convert("CMYK"), tmp_path / "cmyk.jpg", dpi=dpi).grey, page) < 6


def test_a_fax_keeps_its_shape_and_is_known_as_two_levelled(tmp_path: Path) -> None:
    fax = Image.fromarray(two_levelled(form("group-consent-pdf-text", 204)[::2])).convert("1")
    found = saved(fax, tmp_path / "fax.tif", compression="group4", dpi=(204, 102))
    assert found.bilevel
    assert abs(found.width - 595) < 2
    assert abs(found.height - 842) < 2
    grey = saved(Image.fromarray(form("group-consent-pdf-text", 100)), tmp_path / "grey.png", dpi=(100, 100))
    assert not grey.bilevel


@pytest.mark.parametrize("name", ["a.jpg", "a.tif", "packed.tif", "a.png"])
@pytest.mark.parametrize("orientation", [2, 3, 4, 5, 6, 7, 8])
def test_the_cameras_turn_is_applied(tmp_path: Path, name: str, orientation: int) -> None:
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}[
        orientation
    ]  # Image.Transpose that a viewer's is the opposite of
    page = np.full((300, 200), 250, np.uint8)
    page[:60, :100] = 20
    page[200:, 150:] = 120
    stored = Image.fromarray(page).transpose(Image.Transpose(undo))
    exif = Image.Exif()
    exif[0x0112] = orientation
    how: dict[str, object] = {"dpi": (50, 50)}
    if name.endswith("tif"):
        how |= {"tiffinfo": {274: orientation}, "compression": "tiff_lzw" if name.startswith("p") else None}
    else:
        how["exif"] = exif
    stored.save(tmp_path / name, **how)  # type: ignore[arg-type]
    found = one(tmp_path / name)
    assert differ(found.grey, page) < 4
    assert size(found) == (288, 432)


def test_a_resolution_is_believed_when_it_can_be_true() -> None:
    assert tuple(map(round, paper_size(2480, 3508, (300, 300)))) == A4
    for dpi in (None, (72, 72), (1, 1), (0, 0), (30_000, 30_000)):
        assert tuple(map(round, paper_size(2480, 3508, dpi))) == A4
    assert tuple(map(round, paper_size(1728, 1143, (2.04, 0.98)))) == (611, 842)  # the ratio alone
    assert max(paper_size(300, 100, None)) == 144
    assert true_size(595, 842) == (595, 842)
    assert tuple(map(round, true_size(10_183, 14_401))) == A4


def png_bomb(wide: int, high: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    deflate = zlib.compressobj(9)
    row = b"\0" + b"\xff" * ((wide + 7) // 8)
    data = b"".join(deflate.compress(row) for _ in range(high)) + deflate.flush()
    head = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_bombs_are_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png_bomb(20_000, 20_000))
    rows = zlib.compress(b"\xff" * 3_750 * 100, 9)
    one_bit = b"/ColorSpace/DeviceGray/BitsPerComponent 1/Filter/FlateDecode"
    bits = pdf_of(tmp_path / "a.pdf", WHOLE, [(30_000, 30_000, one_bit, rows)])
    deep = pdf_of(tmp_path / "b.pdf", WHOLE, [(30_000, 30_000, GREY8, rows)])
    header = struct.pack("<2sHIH", b"II", 42, 8, 9)
    for tag, kind, value in ((256, 4, 30_000), (257, 4, 30_000), (258, 3, 1), (259, 3, 4), (262, 3, 0),
                             (273, 4, 200), (277, 3, 1), (278, 4, 30_000), (279, 4, 100)):  # fmt: skip
        header += struct.pack("<HHII", tag, kind, 1, value)
    (tmp_path / "a.tif").write_bytes(header + bytes(400))
    for path, kind in ((tmp_path / "a.png", Kind.IMAGE), (tmp_path / "a.tif", Kind.IMAGE), (bits, Kind.PDF), (deep, Kind.PDF)):  # fmt: skip
        with pytest.raises(UnreadableError) as caught:
            one(path, kind)
        assert caught.value.code == "too-large"
        assert "300 dpi" in caught.value.text


def test_a_large_picture_is_made_smaller(tmp_path: Path) -> None:
    Image.new("L", (9_000, 12_000), 200).save(tmp_path / "a.jpg", quality=20)
    found = one(tmp_path / "a.jpg")
    assert found.grey.size <= MOST_PIXELS
    assert max(found.grey.shape) == 3508
    with pdfium.PdfDocument.new() as document:
        document.new_page(14_401, 14_401)
        document.new_page(0.5, 14_401)
        document.save(str(tmp_path / "a.pdf"))
    for page in pictures(tmp_path / "a.pdf", Kind.PDF):
        assert page.grey.size <= MOST_PIXELS
        assert round(page.height) == 14_401


def test_damaged_files_give_a_clerks_sentence(tmp_path: Path, page: np.ndarray) -> None:
    for form_of in ("JPEG", "PNG", "TIFF", "GIF", "BMP", "WEBP"):
        whole = io.BytesIO()
        Image.fromarray(page).save(whole, form_of)
        data = whole.getvalue()
        for share in (0.02, 0.5, 0.9):
            path = tmp_path / "a.bin"
            path.write_bytes(data[: int(len(data) * share)])
            with pytest.raises(UnreadableError) as caught:
                one(path)
            assert caught.value.code in {"broken", "image-format"}
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(UnreadableError):
        one(tmp_path / "a.pdf", Kind.PDF)


def test_a_locked_pdf_says_so(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    writer.encrypt("hemmelig")
    writer.write(tmp_path / "a.pdf")
    with pytest.raises(LockedError):
        one(tmp_path / "a.pdf", Kind.PDF)


def test_a_single_pixel_is_a_page(tmp_path: Path) -> None:
    assert saved(Image.new("L", (1, 1), 255), tmp_path / "a.png").grey.shape == (1, 1)
