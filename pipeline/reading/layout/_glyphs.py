"""Characters that are boxes and ticks: Unicode's own, and those of Wingdings and its kin in their private places."""

from __future__ import annotations

from pipeline.domain import MarkState

ON, OFF, UNSURE = MarkState.ON, MarkState.OFF, MarkState.UNSURE

EMPTY = "☐□▢◻⬜❏❐❑❒⎕🗆"
TICKED = "☑☒✓✔✕✖✗✘☓⌧🗵🗷🗸🗹⮽"
FILLED = "■◼⬛▣◾"
GLYPHS: dict[str, MarkState] = (
    dict.fromkeys(EMPTY, OFF) | dict.fromkeys(TICKED, ON) | dict.fromkeys(FILLED, UNSURE)
)
"""A filled box alone may be a bullet: unsure."""

CROSSES = frozenset({"X", "x", "Х", "х", "×", "[x]", "[X]", "(x)", "(X)", "|x|", "|X|"})
"""A whole word of these is a typed tick (the second pair is Cyrillic)."""
BLANKS = frozenset({"[]", "()", "[_]", "|_|", "[__]"})
"""A whole word of these is a typed empty box."""
TYPED_IN_BOX = frozenset({"X", "x", "Х", "х", "×", "v", "V", "√", "+", "*", "/", "\\", "XX", "xx", "•", "●"})
"""What people type inside a drawn box to tick it."""

_WINGDINGS = {
    0x6F: "☐", 0x71: "❑", 0x72: "❒", 0xA8: "◻", 0x6E: "■", 0x78: "☒", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑", 0xA1: "○", 0xA4: "◉", 0xA7: "▪", 0x6C: "●", 0xD8: "➢", 0x9F: "•", 0x76: "❖",
}  # fmt: skip
_WINGDINGS2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x55: "☒", 0x56: "☒", 0x97: "●",
    0xA2: "■", 0xA3: "□", 0x2A: "☐", 0xA1: "■",
}  # fmt: skip
_WEBDINGS = {0x61: "✓", 0x63: "□", 0x67: "■", 0x72: "✗", 0x3D: "●", 0x6E: "●"}
_DINGBATS = {
    0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘", 0x6C: "●", 0x6E: "■", 0x6F: "❏",
    0x70: "❐", 0x71: "❑", 0x72: "❒", 0x6D: "❍",
}  # fmt: skip
_SYMBOL = {0xB7: "•", 0xD6: "√", 0xB4: "×", 0xA0: "□", 0x7F: "□", 0xD0: "∠"}
_CP1252 = {
    code: ord(char) for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))
}
_BYTES = {char: code for code, char in _CP1252.items()}

Table = dict[int, str]


def table_of(font: str) -> Table | None:
    """What a picture font's bytes mean, None for a font of letters."""
    name = font.rpartition("+")[2].replace(" ", "").replace("-", "").lower()
    if "wingdings2" in name:
        return _WINGDINGS2
    if "wingdings" in name and "wingdings3" not in name:
        return _WINGDINGS
    if "webdings" in name:
        return _WEBDINGS
    if "dingbats" in name:
        return _DINGBATS
    if name.startswith(("symbol", "standardsymbols")):
        return _SYMBOL
    return None


def meaning(code: int, table: Table | None) -> str:
    """The character that a code stands for in its font; ``\\ufffd`` when nobody can say."""
    if 0xF000 <= code <= 0xF0FF:
        return (table if table is not None else _WINGDINGS).get(code & 0xFF, "\ufffd")
    if table is not None and table is not _SYMBOL and (code < 0x100 or code in _BYTES):
        return table.get(_BYTES.get(code, code), chr(code) if code < 0x80 else "\ufffd")
    if code == 2:
        return "-"
    if code < 32 or 0xE000 <= code <= 0xF8FF or 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return chr(code)
