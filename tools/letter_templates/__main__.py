"""Write ``templates/letters/*.docx`` from ``texts/*.txt``, and ``nn/*.docx`` from ``texts/nn``. The same texts give the same bytes."""

from __future__ import annotations

from pathlib import Path

from tools.letter_templates._frame import FRAMES
from tools.letter_templates._word import word_file

TEXTS = Path(__file__).parent / "texts"
TARGET = Path(__file__).parents[2] / "templates" / "letters"


def build() -> dict[str, bytes]:
    """Every template by its path in the folder of letters, a language at a time, in the order of the names."""
    made = {}
    for number, (language, frame) in enumerate(FRAMES.items()):
        texts = TEXTS / language if number else TEXTS
        shared = {p.stem: p.read_text(encoding="utf-8") for p in sorted((texts / "shared").glob("*.txt"))}
        for path in sorted(texts.glob("*.txt")):
            name = f"{language}/{path.stem}.docx" if number else f"{path.stem}.docx"
            made[name] = word_file(path.read_text(encoding="utf-8"), shared, frame)
    return made


def main() -> None:
    """Write them beside their declarations."""
    for name, content in build().items():
        (TARGET / name).parent.mkdir(exist_ok=True)
        (TARGET / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes")


if __name__ == "__main__":
    main()
