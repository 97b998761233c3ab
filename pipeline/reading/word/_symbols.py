"""Symbols: which characters, in which fonts, are boxes, ticks and crosses."""

from __future__ import annotations

from pipeline.domain import Mark, MarkSource, MarkState

ON = "☒☑✓✔✗✘✕✖☓🗸🗹🗷🗵⮽⊠◉⦿"
OFF = "☐□▢◻⬜❏❐❑❒⎕🗆🞎🞏🞐○◯❍"
# Filled, or lost on the way: a person must look.
LOST = "\ufffd"
UNSURE = "■▣⬛◼●" + LOST
TYPED = "xX×√"
"""Ticks only where they stand alone."""

_STATES = {
    **dict.fromkeys(ON, MarkState.ON),
    **dict.fromkeys(OFF, MarkState.OFF),
    **dict.fromkeys(UNSURE, MarkState.UNSURE),
}

# What a code in a font of symbols shows. Bullets and arrows are print, smileys are what Word makes of « :) ».
_WINGDINGS = {
    **{
        0xFE: "☑",
        0xFD: "☒",
        0xFC: "✔",
        0xFB: "✗",
        0x78: "☒",
        0xA8: "◻",
        0x6F: "□",
        0x70: "□",
        0x71: "❑",
        0x72: "❒",
    },
    **{0x6E: "■", 0xA1: "○", 0xA4: "◉", 0x6D: "❍", 0xA6: "○"},
    **{0x4A: "☺", 0x4B: "😐", 0x4C: "☹", 0xE0: "→", 0xDF: "←", 0xE8: "→", 0xF0: "→", 0xD8: "➢"},
    **dict.fromkeys((0x6C, 0x73, 0x74, 0x75, 0x76, 0x77, 0x9E, 0x9F, 0xA7, 0xB2), "•"),
}
_WINGDINGS_2 = {
    **{
        0x50: "✓",
        0x4F: "✗",
        0x51: "☒",
        0x52: "☑",
        0x53: "☒",
        0x54: "☒",
        0x55: "☒",
        0xA3: "□",
        0xA2: "□",
        0x2A: "□",
    },
    **dict.fromkeys((0x95, 0x96, 0x97, 0x98, 0x99), "•"),
}
_WEBDINGS = {0x61: "✔", 0x72: "✖", 0x63: "□", 0x67: "■", 0x3C: "•", 0x3D: "•"}
_DINGBATS = {
    **{0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘"},
    **{0x6F: "❏", 0x70: "❐", 0x71: "❑", 0x72: "❒", 0x6E: "■", 0x6C: "•"},
}
_SYMBOL = {
    0xB7: "•",
    0xD6: "√",
    0xB4: "×",
    0x2D: "-",
    0xD7: "·",
    0xA8: "•",
    0xA3: "≤",
    0xB3: "≥",
    0xB1: "±",
    0xAE: "→",
}
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": {},
    "webdings": _WEBDINGS,
    "zapfdingbats": _DINGBATS,
    "zapf dingbats": _DINGBATS,
    "itc zapf dingbats": _DINGBATS,
    "monotype sorts": _DINGBATS,
    "symbol": _SYMBOL,
}
# A private code in an ordinary font: the font was lost. Where two fonts would show different states, nobody knows.
_LOST = {
    **{code: shown for code, shown in _WINGDINGS.items() if code >= 0x80 or code in (0x6F, 0x71, 0x72, 0x78)},
    **{0xA3: "□", 0x52: "☑", 0x53: "☒", 0xB7: "•"},
}
UNKNOWN = "\ufffe"
"""Stands for a symbol that nobody here knows; it is text, not a box."""


def is_symbol_font(font: str) -> bool:
    """Whether a font (lower case) shows symbols in the place of letters."""
    return font in _FONTS


def shown(code: int, font: str) -> str:
    """The character that a symbol font (lower case) shows for a code, private (U+F0FE) or plain (0xFE)."""
    short = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if font in _FONTS:
        if short == 0x20:
            return " "
        return _FONTS[font].get(short, UNKNOWN)
    if 0xF000 <= code <= 0xF0FF:
        return _LOST.get(short, UNKNOWN)
    return chr(code) if 0x20 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else UNKNOWN


def mark_of(character: str, *, struck: bool = False) -> Mark:
    """The mark that a box or tick character is; struck out, nobody knows."""
    state = MarkState.UNSURE if struck else _STATES.get(character, MarkState.ON)
    return Mark(state=state, source=MarkSource.GLYPH, glyph=character)
