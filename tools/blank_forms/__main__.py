"""`python -m tools.blank_forms [FOLDER]`: makes blanks and samples anew (default: templates/forms)."""

import sys
from collections.abc import Sequence
from pathlib import Path

from tools.blank_forms.acroform import Field, lay
from tools.blank_forms.code import coded
from tools.blank_forms.declaration import FORM_IDS, SEPARATOR, fields, load
from tools.blank_forms.places import find_places, print_pdfs
from tools.blank_forms.samples import make_samples
from tools.blank_forms.word import draw


def make(folder: Path, form_ids: Sequence[str] = FORM_IDS) -> list[Path]:
    """Writes the blank forms, Word and PDF; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {form_id: coded(form_id, draw([form_id], printed=True)) for form_id in form_ids}
    drawn |= {f"{form_id}-marked": draw([form_id], printed=True, marks=True) for form_id in form_ids}
    printed = print_pdfs(drawn)
    made = []
    for form_id in form_ids:
        form = load(form_id)
        declared = list(fields(form))
        places = find_places(printed[f"{form_id}-marked"], [field.get("kind", "") for field in declared])
        laid = [
            Field(
                name=field.get("id", ""),
                kind=field.get("kind", ""),
                label=field.get("label", ""),
                signature=field.get("signature", ""),
                place=place,
            )
            for field, place in zip(declared, places, strict=True)
        ]
        word, pdf = folder / f"{form_id}.docx", folder / f"{form_id}.pdf"
        word.write_bytes(coded(form_id, draw([form_id])))
        pdf.write_bytes(lay(printed[form_id], laid, form.get("title", "")))
        made += [word, pdf]
    return made


def main() -> None:
    """The command."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("templates/forms")
    for path in (*make(folder, (*FORM_IDS, SEPARATOR)), *make_samples(folder, folder / "samples")):
        print(path)


if __name__ == "__main__":
    main()
