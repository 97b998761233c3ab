"""Write ``templates/letters/*.docx`` from ``texts/*.txt``. The same texts give the same bytes."""

from __future__ import annotations

from pathlib import Path

from tools.letter_templates._word import word_file

TEXTS = Path(__file__).parent / "texts"
TARGET = Path(__file__).parents[2] / "templates" / "letters"


def build() -> dict[str, bytes]:
    """Every template by file name, in the order of the names."""
    shared = {p.stem: p.read_text(encoding="utf-8") for p in sorted((TEXTS / "shared").glob("*.txt"))}
    return {
        f"{path.stem}.docx": word_file(path.read_text(encoding="utf-8"), shared)
        for path in sorted(TEXTS.glob("*.txt"))
    }


def main() -> None:
    """Write them beside their declarations."""
    for name, content in build().items():
        (TARGET / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")


if __name__ == "__main__":
    main()
