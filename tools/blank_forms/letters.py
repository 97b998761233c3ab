"""The letters a filled field is written in: a part of Liberation Sans (SIL Open Font License).

A one-byte font, because every viewer can write with one: Windows-1252, and in the places that it leaves empty
or a form never needs, the Sámi letters and those of the languages most often met in families' names.
"""

import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from tools.blank_forms.truetype import Font

_EXTRA = {
    "Č": "Ccaron", "č": "ccaron", "Đ": "Dcroat", "đ": "dcroat",
    "Ŋ": "Eng", "ŋ": "eng", "Ŧ": "Tbar", "ŧ": "tbar",
    "Ą": "Aogonek", "ą": "aogonek", "Ć": "Cacute", "ć": "cacute", "Ę": "Eogonek", "ę": "eogonek",
    "Ł": "Lslash", "ł": "lslash", "Ń": "Nacute", "ń": "nacute", "Ś": "Sacute", "ś": "sacute",
    "Ź": "Zacute", "ź": "zacute", "Ż": "Zdotaccent", "ż": "zdotaccent",
    "Ğ": "Gbreve", "ğ": "gbreve", "Ş": "Scedilla", "ş": "scedilla", "ı": "dotlessi",
    "İ": "Idotaccent", "ā": "amacron", "ē": "emacron", "ī": "imacron", "ū": "umacron",
    "ě": "ecaron", "ř": "rcaron", "ů": "uring",
    "ő": "ohungarumlaut", "ű": "uhungarumlaut", "ă": "abreve", "ș": "scommaaccent", "ė": "edotaccent",
    "į": "iogonek", "ų": "uogonek", "ņ": "ncommaaccent", "ļ": "lcommaaccent", "ķ": "kcommaaccent",
}  # fmt: skip
_NEVER_NEEDED = "¤¦¨¬¯¸¹³¼¾ƒˆ˜"
_EMPTY = [*range(1, 9), 11, 12, *range(14, 32), 127, 129, 141, 143, 144, 157]


def _codes() -> dict[str, int]:
    codes = {bytes([code]).decode("cp1252"): code for code in range(32, 256) if code not in _EMPTY}
    codes.pop("\u00ad")
    free = [*_EMPTY, *(codes.pop(letter) for letter in _NEVER_NEEDED)]
    return codes | dict(zip(_EXTRA, free, strict=True))


CODES = _codes()  # letter to its byte


class LetterError(ValueError):
    """A value holds a letter that the form's font doesn't have."""


@dataclass(frozen=True, kw_only=True)
class Letters:
    """The font as a viewer sees it.

    widths: of the letters by code, in thousandths of the size.
    """

    widths: Sequence[int]

    @classmethod
    def of_pdf(cls, font: DictionaryObject) -> "Letters":
        """The font of a blank form, by its dictionary."""
        first = int(font["/FirstChar"])
        widths = [int(width) for width in font["/Widths"]]  # type: ignore[attr-defined]
        return cls(widths=[0] * first + widths)

    def encode(self, text: str) -> bytes:
        """The text in the font's own bytes; raises LetterError, which doesn't repeat the text."""
        try:
            return bytes(CODES[letter] for letter in unicodedata.normalize("NFC", text))
        except KeyError as error:
            name = unicodedata.name(str(error.args[0]), "a control character")
            raise LetterError(f"the form's font has no {name}") from None

    def width(self, text: str, size: float) -> float:
        """How long a text is, in points."""
        return sum(self.widths[code] for code in self.encode(text)) * size / 1000


def embedded(writer: PdfWriter) -> DictionaryObject:
    """The font as a PDF dictionary, its file and tables added to the document."""
    font = Font(_font_path())
    widths = [0] * 256
    for letter, code in CODES.items():
        widths[code] = font.advance(font.glyph(letter))
    program = DecodedStreamObject()
    program.set_data(font.subset(CODES))
    compressed = program.flate_encode()
    compressed[NameObject("/Length1")] = NumberObject(len(program.get_data()))
    differences = ArrayObject()
    for letter, name in sorted(_EXTRA.items(), key=lambda pair: CODES[pair[0]]):
        differences.extend((NumberObject(CODES[letter]), NameObject(f"/{name}")))
    to_unicode = DecodedStreamObject()
    to_unicode.set_data(_to_unicode())
    name = NameObject("/SKJEMA+LiberationSans")
    descriptor = DictionaryObject(
        {NameObject("/Type"): NameObject("/FontDescriptor"), NameObject("/FontName"): name}
    )
    for key, number in font.descriptor().items():
        descriptor[NameObject(key)] = NumberObject(number)
    box = ArrayObject(NumberObject(side) for side in font.box())
    descriptor[NameObject("/FontBBox")] = box
    descriptor[NameObject("/FontFile2")] = writer._add_object(compressed)
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/TrueType"),
            NameObject("/BaseFont"): name,
            NameObject("/FirstChar"): NumberObject(0),
            NameObject("/LastChar"): NumberObject(255),
            NameObject("/Widths"): ArrayObject(NumberObject(width) for width in widths),
            NameObject("/Encoding"): DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Encoding"),
                    NameObject("/BaseEncoding"): NameObject("/WinAnsiEncoding"),
                    NameObject("/Differences"): differences,
                }
            ),
            NameObject("/FontDescriptor"): writer._add_object(descriptor),
            NameObject("/ToUnicode"): writer._add_object(to_unicode.flate_encode()),
        }
    )


def _font_path() -> Path:
    command = ["fc-match", "-f", "%{file}", "Liberation Sans:style=Regular"]
    path = Path(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    if not path.name.startswith("LiberationSans-Regular"):
        raise FileNotFoundError("the font Liberation Sans is not installed (fonts-liberation)")
    return path


def _to_unicode() -> bytes:
    pairs = sorted((code, letter) for letter, code in CODES.items())
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    lines = ["/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap"]
    lines += ["/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def"]
    lines += ["/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def"]
    lines += ["1 begincodespacerange", "<00> <FF>", "endcodespacerange"]
    for block in blocks:
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:02X}> <{ord(letter):04X}>" for code, letter in block]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode()
