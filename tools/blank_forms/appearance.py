"""What a field looks like on the page: appearance streams for text and for tick boxes."""

from dataclasses import dataclass

from pypdf.generic import (
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    RectangleObject,
    StreamObject,
)

from tools.blank_forms.letters import Letters

FONT_NAME = "/Skjema"
SIZE = 10.0  # the letters' size in points where they have room
_SMALLEST = 5.0
_PADDING = 2.0
_LEADING = 1.18  # of the size, from line to line


@dataclass(frozen=True, kw_only=True)
class Writing:
    """A value as it is written in a field.

    size: of the letters, the largest that fits up to SIZE.
    """

    lines: tuple[str, ...]
    size: float


def fit(value: str, width: float, height: float, letters: Letters, *, multiline: bool) -> Writing:
    """Writes a value into a field of this size; raises ValueError when no readable size fits."""
    size = SIZE
    room = width - 2 * _PADDING
    while size >= _SMALLEST:
        lines = _wrapped(value, room, size, letters) if multiline else [" ".join(value.split())]
        high = len(lines) * size * _LEADING <= height - _PADDING if multiline else size <= height
        if high and all(letters.width(line, size) <= room for line in lines):
            return Writing(lines=tuple(lines), size=size)
        size -= 0.5
    raise ValueError("a value is too long for its field")


def text_appearance(
    writing: Writing | None,
    width: float,
    height: float,
    letters: Letters,
    *,
    multiline: bool,
    font: DictionaryObject,
) -> StreamObject:
    """The normal appearance of a text field; None is an empty one."""
    if writing is None:
        return _stream(b"/Tx BMC EMC", width, height, font)
    first = height - _PADDING - writing.size * 0.9 if multiline else (height - writing.size * 0.72) / 2
    parts = [b"/Tx BMC q"]
    parts.append(
        f"1 1 {width - 2:.2f} {height - 2:.2f} re W n BT {FONT_NAME} {writing.size:g} Tf 0 g".encode()
    )
    parts.append(f"{_PADDING:g} {first:.2f} Td {writing.size * _LEADING:.2f} TL".encode())
    for number, line in enumerate(writing.lines):
        code = letters.encode(line).hex().upper().encode()
        parts.append((b"T* " if number else b"") + b"<" + code + b"> Tj")
    parts.append(b"ET Q EMC")
    return _stream(b"\n".join(parts), width, height, font)


def box_appearance(width: float, height: float, *, on: bool) -> StreamObject:
    """A tick box: a square, with a cross from corner to corner when it is on."""
    right, top = width - 0.5, height - 0.5
    drawn = f"q 1 g 0 G 0.8 w 0.5 0.5 {width - 1:.2f} {height - 1:.2f} re B Q"
    if on:
        drawn += f" q 0 G 1.3 w 1 J 2.2 2.2 m {right - 1.7:.2f} {top - 1.7:.2f} l"
        drawn += f" 2.2 {top - 1.7:.2f} m {right - 1.7:.2f} 2.2 l S Q"
    return _stream(drawn.encode(), width, height, None)


def _stream(content: bytes, width: float, height: float, font: DictionaryObject | None) -> StreamObject:
    stream = DecodedStreamObject()
    stream.set_data(content)
    stream[NameObject("/Type")] = NameObject("/XObject")
    stream[NameObject("/Subtype")] = NameObject("/Form")
    stream[NameObject("/BBox")] = RectangleObject(
        (FloatObject(0), FloatObject(0), FloatObject(width), FloatObject(height))
    )
    if font is not None:
        stream[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): font})
    return stream


def _wrapped(value: str, room: float, size: float, letters: Letters) -> list[str]:
    lines = []
    for paragraph in value.splitlines() or [""]:
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if line and letters.width(longer, size) > room:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines
