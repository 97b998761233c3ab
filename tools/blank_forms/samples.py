"""Writes the samples of `skjemaflyt demo` from `samples.toml`."""

import tempfile
import tomllib
from pathlib import Path
from typing import Any

from tools.blank_forms.fill import fill_docx, fill_pdf
from tools.blank_forms.scan import scan_pdf
from tools.blank_forms.word import draw

_DECLARED = Path(__file__).parent / "samples.toml"


def declared() -> list[dict[str, Any]]:
    """The samples: `file`, `forms` and `values` of each; `scanned` where the file is a picture of the paper."""
    samples: list[dict[str, Any]] = tomllib.loads(_DECLARED.read_text("utf-8"))["sample"]
    return samples


def make_samples(blanks: Path, folder: Path) -> list[Path]:
    """Fills the blanks of one folder into sample files in another; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for sample in declared():
        out = folder / sample["file"]
        if sample.get("scanned"):
            with tempfile.TemporaryDirectory() as scratch:
                filled = Path(scratch, out.name)
                fill_pdf(blanks / f"{sample['forms'][0]}.pdf", sample["values"], filled)
                scan_pdf(filled, out)
        elif out.suffix == ".pdf":
            fill_pdf(blanks / f"{sample['forms'][0]}.pdf", sample["values"], out)
        else:
            with tempfile.TemporaryDirectory() as scratch:
                blank = Path(scratch, "blank.docx")
                blank.write_bytes(draw(sample["forms"]))
                fill_docx(blank, sample["values"], out)
        made.append(out)
    return made
