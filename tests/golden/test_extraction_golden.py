"""Golden pairs: each form in each carrier, beside what its extraction must say (values, statuses, problems).

``python -m tests.golden.test_extraction_golden`` writes them anew; read the difference before you commit it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.cli._submissions import as_row
from pipeline.wiring import reading_kit

FOLDER = Path(__file__).parent / "forms"
REPO = FOLDER.parents[2]
FILES = sorted(p for p in FOLDER.iterdir() if p.suffix in {".docx", ".pdf"})


def told(path: Path) -> list[dict[str, object]]:
    """What an extraction says, without places and confidences."""
    rows = [as_row(one) for one in reading_kit(REPO).read(path)]
    for row in rows:
        del row["form_confidence"]
        row["fields"] = {
            name: {key: field[key] for key in ("value", "raw", "status")}
            for name, field in row["fields"].items()  # type: ignore[attr-defined]
        }
    return rows


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_a_form_says_what_was_reviewed(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    assert told(path) == expected


@pytest.mark.parametrize(
    "form", sorted({p.stem.partition("-docx")[0] for p in FILES if p.stem.endswith("-docx")})
)
def test_the_carriers_of_one_filling_agree(form: str) -> None:
    """The three carriers hold the same answers, so their values are the same."""
    carriers = [
        json.loads((FOLDER / f"{form}-{c}.json").read_text("utf-8"))
        for c in ("docx", "pdf-fields", "pdf-text")
    ]
    said = [
        {n: (f["value"], f["status"]) for row in rows for n, f in row["fields"].items()} for rows in carriers
    ]
    assert said[0] == said[1] == said[2]


if __name__ == "__main__":
    for path in FILES:
        text = json.dumps(told(path), ensure_ascii=False, indent=1)
        path.with_suffix(".json").write_text(text + "\n", encoding="utf-8")
