"""Prints the blanks anew with LibreOffice: the PDF files in the repository are what the declarations give."""

from pathlib import Path

import pypdf
import pypdfium2

from tools.blank_forms.__main__ import make

BLANKS = Path(__file__).parents[2] / "templates" / "forms"
NEAR = 6.0  # points that another version of LibreOffice may place a line elsewhere


def rectangles(path: Path) -> list[list[tuple[str, list[float]]]]:
    return [
        [
            (str(widget["/TU"]), [float(side) for side in widget["/Rect"]])
            for widget in (reference.get_object() for reference in page.get("/Annots", []))
        ]
        for page in pypdf.PdfReader(path).pages
    ]


def printed(path: Path) -> list[list[str]]:
    pdf = pypdfium2.PdfDocument(path)
    text = [page.get_textpage().get_text_range().split() for page in pdf]
    pdf.close()
    return text


def test_the_blanks_are_what_the_declarations_give(tmp_path: Path) -> None:
    made = [path for path in make(tmp_path) if path.suffix == ".pdf"]
    assert len(made) == 11
    for path in made:
        stored = BLANKS / path.name
        assert printed(path) == printed(stored), path.name
        for new_page, old_page in zip(rectangles(path), rectangles(stored), strict=True):
            assert [label for label, _ in new_page] == [label for label, _ in old_page]
            for (label, new), (_, old) in zip(new_page, old_page, strict=True):
                assert all(abs(a - b) <= NEAR for a, b in zip(new, old, strict=True)), label
