"""A TrueType font read and cut down to the letters a form needs; glyphs keep their numbers."""

import struct
from collections.abc import Iterable
from pathlib import Path

_KEPT = ("cvt ", "fpgm", "prep")
_MORE_COMPONENTS, _WORDS, _SCALE, _XY_SCALE, _TWO_BY_TWO = 0x20, 0x01, 0x08, 0x40, 0x80


class Font:
    """One TrueType file.

    units: the font's units in one em.
    """

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        self._tables: dict[str, bytes] = {}
        for number in range(struct.unpack_from(">H", data, 4)[0]):
            tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * number)
            self._tables[tag.decode()] = data[offset : offset + length]
        self.units = struct.unpack_from(">H", self._tables["head"], 18)[0]
        self._glyphs = struct.unpack_from(">H", self._tables["maxp"], 4)[0]
        self._metrics = struct.unpack_from(">H", self._tables["hhea"], 34)[0]
        wide = struct.unpack_from(">h", self._tables["head"], 50)[0]
        count = self._glyphs + 1
        offsets = struct.unpack_from(f">{count}{'L' if wide else 'H'}", self._tables["loca"])
        self._loca = offsets if wide else tuple(offset * 2 for offset in offsets)
        self._cmap = self._read_cmap()

    def glyph(self, letter: str) -> int:
        """The glyph of a letter; raises KeyError when the font has none."""
        return self._cmap[ord(letter)]

    def advance(self, glyph: int) -> int:
        """How wide a glyph is, in thousandths of the size."""
        place = min(glyph, self._metrics - 1) * 4
        width: int = struct.unpack_from(">H", self._tables["hmtx"], place)[0]
        return round(width * 1000 / self.units)

    def descriptor(self) -> dict[str, int]:
        """The numbers of a PDF font descriptor, in thousandths of the size."""
        rise, fall = struct.unpack_from(">hh", self._tables["hhea"], 4)
        capitals = struct.unpack_from(">h", self._tables["OS/2"], 88)[0]
        return {
            "/Flags": 32,
            "/ItalicAngle": 0,
            "/Ascent": self._em(rise),
            "/Descent": self._em(fall),
            "/CapHeight": self._em(capitals),
            "/StemV": 80,
        }

    def box(self) -> list[int]:
        """The box around all glyphs, in thousandths of the size."""
        return [self._em(side) for side in struct.unpack_from(">hhhh", self._tables["head"], 36)]

    def subset(self, letters: Iterable[str]) -> bytes:
        """A font file that holds these letters alone."""
        codes = {ord(letter): self._cmap[ord(letter)] for letter in letters}
        kept = self._with_parts({0, *codes.values()})
        count = max(kept) + 1
        glyphs, places = bytearray(), [0]
        for glyph in range(count):
            if glyph in kept:
                glyphs += self._glyph_data(glyph)
                glyphs += b"\0" * (-len(glyphs) % 4)
            places.append(len(glyphs))
        metrics = b"".join(
            self._metric(glyph) if glyph in kept else struct.pack(">Hh", 0, 0) for glyph in range(count)
        )
        head = bytearray(self._tables["head"])
        struct.pack_into(">L", head, 8, 0)
        struct.pack_into(">h", head, 50, 1)
        tables = {tag: self._tables[tag] for tag in _KEPT if tag in self._tables} | {
            "head": bytes(head),
            "hhea": self._tables["hhea"][:34] + struct.pack(">H", count),
            "maxp": self._tables["maxp"][:4] + struct.pack(">H", count) + self._tables["maxp"][6:],
            "hmtx": metrics,
            "loca": struct.pack(f">{len(places)}L", *places),
            "glyf": bytes(glyphs),
            "cmap": _cmap_table(codes),
            "post": struct.pack(">LLhhLLLLL", 0x00030000, 0, -217, 150, 0, 0, 0, 0, 0),
        }
        return _assembled(tables)

    def _em(self, units: int) -> int:
        return round(units * 1000 / self.units)

    def _metric(self, glyph: int) -> bytes:
        if glyph < self._metrics:
            return self._tables["hmtx"][glyph * 4 : glyph * 4 + 4]
        bearing = self._metrics * 4 + (glyph - self._metrics) * 2
        last = (self._metrics - 1) * 4
        return self._tables["hmtx"][last : last + 2] + self._tables["hmtx"][bearing : bearing + 2]

    def _glyph_data(self, glyph: int) -> bytes:
        return self._tables["glyf"][self._loca[glyph] : self._loca[glyph + 1]]

    def _with_parts(self, glyphs: set[int]) -> set[int]:
        """The glyphs and those that they are put together of."""
        kept, open_ = set(), set(glyphs)
        while open_:
            glyph = open_.pop()
            kept.add(glyph)
            open_ |= set(_parts(self._glyph_data(glyph))) - kept
        return kept

    def _read_cmap(self) -> dict[int, int]:
        table = self._tables["cmap"]
        for number in range(struct.unpack_from(">H", table, 2)[0]):
            platform, encoding, offset = struct.unpack_from(">HHL", table, 4 + 8 * number)
            if (platform, encoding) == (3, 1):
                return _format_4(table[offset:])
        raise ValueError("the font has no Unicode table")


def _parts(glyph: bytes) -> list[int]:
    if not glyph or struct.unpack_from(">h", glyph)[0] >= 0:
        return []
    parts, place, flags = [], 10, _MORE_COMPONENTS
    while flags & _MORE_COMPONENTS:
        flags, part = struct.unpack_from(">HH", glyph, place)
        parts.append(part)
        place += 8 if flags & _WORDS else 6
        place += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _TWO_BY_TWO else 0
    return parts


def _format_4(table: bytes) -> dict[int, int]:
    double = struct.unpack_from(">H", table, 6)[0]
    count = double // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + double)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 2 * double)
    at = 16 + 3 * double
    ranges = struct.unpack_from(f">{count}H", table, at)
    found = {}
    for segment in range(count):
        for code in range(starts[segment], min(ends[segment], 0xFFFE) + 1):
            glyph = code
            if ranges[segment]:
                place = at + 2 * segment + ranges[segment] + 2 * (code - starts[segment])
                glyph = struct.unpack_from(">H", table, place)[0]
                if not glyph:
                    continue
            found[code] = (glyph + deltas[segment]) & 0xFFFF
    return found


def _cmap_table(codes: dict[int, int]) -> bytes:
    """A Unicode table with a segment for each letter."""
    letters = sorted(codes)
    count = len(letters) + 1
    power = 1 << (count.bit_length() - 1)
    ends = struct.pack(f">{count}H", *letters, 0xFFFF)
    deltas = struct.pack(f">{count}H", *((codes[code] - code) & 0xFFFF for code in letters), 1)
    body = struct.pack(">HHHH", count * 2, power * 2, power.bit_length() - 1, (count - power) * 2)
    body += ends + b"\0\0" + ends + deltas + b"\0\0" * count
    table = struct.pack(">HHH", 4, len(body) + 6, 0) + body
    return struct.pack(">HHHHL", 0, 1, 3, 1, 12) + table


def _assembled(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(
        ">LHHHH", 0x00010000, count, power * 16, power.bit_length() - 1, (count - power) * 16
    )
    directory, body = b"", b""
    start = len(header) + 16 * count
    for tag in sorted(tables):
        content = tables[tag]
        padded = content + b"\0" * (-len(content) % 4)
        directory += struct.pack(">4sLLL", tag.encode(), _checksum(padded), start + len(body), len(content))
        body += padded
    whole = bytearray(header + directory + body)
    head = start + sum(-(-len(tables[tag]) // 4) * 4 for tag in sorted(tables) if tag < "head")
    struct.pack_into(">L", whole, head + 8, (0xB1B0AFBA - _checksum(bytes(whole))) & 0xFFFFFFFF)
    return bytes(whole)


def _checksum(padded: bytes) -> int:
    return sum(struct.unpack(f">{len(padded) // 4}L", padded)) & 0xFFFFFFFF
