"""A PDF of the plain kind read from its bytes: one revision, one table of places, nothing packed or locked.

For the second look at what pdfium says: a few objects of a file that hides nothing. Whatever is out of the ordinary is
a ``ValueError``, and is asked of pypdf instead; so is every answer that disagrees with pdfium's.
"""

from __future__ import annotations

import re

Node = tuple[str, str, str | None]
"""A field that has a value: its full name, kind and own value."""
_START = re.compile(rb"startxref\s+(\d{1,10})\s+%%EOF\s*\Z")
_XREF = re.compile(rb"xref\r?\n0 (\d{1,7}) ?\r?\n")
_PLACE = re.compile(rb"(\d{10}) (\d{5}) n")
_OBJECT = re.compile(rb"\s{0,2}(\d+) (\d+) obj\b")
TELLING = re.compile(rb"/(?:T|V|Kids|FT)(?![A-Za-z0-9])|#")
"""A key of a field in an object's bytes, or a name written in a way that may hide one."""
_NO_BUTTON = re.compile(rb"/FT\s*/(?:Tx|Ch)\b")
_REF = re.compile(rb"(\d{1,7}) (\d{1,5}) R\b")
_REFS = re.compile(rb"\[\s*(?:\d{1,7} \d{1,5} R\s*)*\]")
_PIECE = re.compile(
    rb"\s*(?:(<<)|(>>)|(\[)|(\])|(/[A-Za-z0-9_.+*:,\-]+)"
    rb"|(\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>|\d{1,7} \d{1,5} R\b|[-+.\d]+|true\b|false\b|null\b))",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|(\r\n?|\n)|(.))", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_DEEPEST = 30


class Plain:
    """One file's table of places, root and form."""

    def __init__(self, data: bytes) -> None:
        """Find the table and the trailer; ``ValueError`` when the file is of another kind."""
        end = _START.search(data, max(0, len(data) - 64))
        if end is None or data.count(b"startxref") != 1:
            raise ValueError
        head = _XREF.match(data, int(end[1]))
        if head is None:
            raise ValueError
        self._data, self._first, self._count = data, head.end(), int(head[1])
        rest = data[self._first + 20 * self._count : end.start()].strip()
        if not rest.startswith(b"trailer"):
            raise ValueError
        trailer = _keys(rest[7:])
        if trailer.keys() & {b"/Encrypt", b"/Prev", b"/XRefStm"}:
            raise ValueError
        self._root = self._object(trailer.get(b"/Root", b""))
        self._form: dict[bytes, bytes] | None = None

    def pages(self) -> int:
        """How many pages the root of the page tree says there are."""
        tree = self._object(self._root.get(b"/Pages", b""))
        return int(tree.get(b"/Count", b""))

    def redrawn(self) -> bool:
        """Whether viewers are told to draw every field's value anew."""
        told = self._acroform().get(b"/NeedAppearances", b"false")
        if told not in {b"true", b"false"}:
            raise ValueError
        return told == b"true"

    def roots(self) -> int:
        """How many fields the form lists."""
        return len(self._refs(self._acroform().get(b"/Fields", b"")))

    def nodes(self, most: int, *, buttons: bool = False) -> list[Node]:
        """Every node of the field tree that has a value; text fields and choices are passed by when ``buttons`` are meant."""
        found: list[Node] = []
        stack = [(ref, "", "", 0) for ref in self._refs(self._acroform().get(b"/Fields", b""))]
        seen = 0
        while stack and seen < most:
            ref, above, kind, depth = stack.pop()
            seen += 1
            body = self._body(ref)
            if depth and TELLING.search(body) is None:
                continue
            if buttons and _NO_BUTTON.search(body) and b"/Kids" not in body and b"#" not in body:
                continue
            node = _keys(body)
            own = _text(node[b"/T"]) if b"/T" in node else ""
            name = f"{above}.{own}" if above and b"/T" in node else own if b"/T" in node else above
            kind = _name(node[b"/FT"]) if b"/FT" in node else kind
            if not name.isascii():
                raise ValueError
            if b"/V" in node:
                value = node[b"/V"]
                told = _name(value)[1:] if value.startswith(b"/") else _text(value)
                if kind == "/Btn" and not told.isascii():
                    raise ValueError
                found.append((name, kind, told))
            if depth < _DEEPEST and b"/Kids" in node:
                stack += [(kid, name, kind, depth + 1) for kid in self._refs(node[b"/Kids"])]
                del stack[:-most]  # those would never be reached
        return found

    def _acroform(self) -> dict[bytes, bytes]:
        if self._form is None:
            value = self._root.get(b"/AcroForm", b"")
            self._form = _keys(value) if value.startswith(b"<<") else self._object(value)
        return self._form

    def _object(self, ref: bytes) -> dict[bytes, bytes]:
        return _keys(self._body(ref))

    def _body(self, ref: bytes) -> bytes:
        """An object's bytes, when it stands where the table says."""
        asked = _REF.fullmatch(ref)
        if asked is None or int(asked[1]) >= self._count:
            raise ValueError
        place = _PLACE.match(self._data, self._first + 20 * int(asked[1]))
        if place is None or int(place[2]) != int(asked[2]):
            raise ValueError
        head = _OBJECT.match(self._data, int(place[1]))
        if head is None or (int(head[1]), int(head[2])) != (int(asked[1]), int(asked[2])):
            raise ValueError
        end = self._data.find(b"endobj", head.end())
        if end < 0:
            raise ValueError
        return self._data[head.end() : end]

    def _refs(self, value: bytes) -> list[bytes]:
        """An array of references, written in its place or as an object of its own."""
        if _REF.fullmatch(value):
            value = self._body(value).strip()
        if _REFS.fullmatch(value) is None:
            raise ValueError
        return [match[0] for match in _REF.finditer(value)]


def _keys(body: bytes) -> dict[bytes, bytes]:
    """A dictionary's own keys with their values as they are written."""
    found: dict[bytes, bytes] = {}
    at, depth, key, begin = 0, 0, b"", 0
    while True:
        piece = _PIECE.match(body, at)
        if piece is None:
            raise ValueError
        at = piece.end()
        group = piece.lastindex or 0
        if depth == 1 and not key and group not in {2, 5}:
            raise ValueError
        if depth == 1 and not key and group == 5:
            key, begin = piece[5], at
            continue
        depth += (group in {1, 3}) - (group in {2, 4})
        if depth == 0 and (key or group != 2):
            raise ValueError
        if depth == 0:
            break
        if depth == 1 and key:
            if key in found:
                raise ValueError
            found[key] = body[begin:at].strip()
            key = b""
    if body[at:].strip():
        raise ValueError
    return found


def _name(value: bytes) -> str:
    if not value.startswith(b"/"):
        raise ValueError
    return value.decode("ascii")


def _text(value: bytes) -> str:
    """A string's text; the few letters where PDF differs from Latin-1 come out wrong, no name has them."""
    if value.startswith(b"("):
        raw = _ESCAPED.sub(_unescaped, value[1:-1])
    elif value.startswith(b"<") and not value.startswith(b"<<"):
        raw = bytes.fromhex(value[1:-1].decode("ascii"))
    else:
        raise ValueError
    if raw.startswith(b"\xfe\xff"):
        return raw[2:].decode("utf-16-be")
    return raw.decode("latin-1")


def _unescaped(match: re.Match[bytes]) -> bytes:
    octal, ending, letter = match.groups()
    if octal is not None:
        return bytes([int(octal, 8) & 0xFF])
    return b"" if ending is not None else _LETTERS.get(letter, letter)
