"""The second parser: counts the pages again, and walks the field tree where pdfium can't.

A plain file is read from its bytes; any other, and a plain one that disagrees with pdfium, by pypdf.
Whatever it makes of a damaged file, the answer is a doubt, never an error.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable
from typing import Any, TypeVar

from pipeline.domain import Doubt
from pipeline.reading.pdf._plain import TELLING, Node, Plain

MOST_NODES = 20_000
PAGE_COUNT = Doubt(
    code="page-count", text="To programbiblioteker leser ulikt antall sider i PDF-en; den kan være skadet."
)
Visit = Callable[[str, str, str | None], None]
Answer = TypeVar("Answer")
_OBJECT = re.compile(rb"\s*(\d+)\s+(\d+)\s+obj\b")


class SecondParser:
    """Opened for every file, asked only for what pdfium can't say.

    pypdf is asked strictly first: that spares it looking every object up. What it refuses is asked again leniently.
    """

    def __init__(self, data: bytes) -> None:
        """Look at the file again, without pdfium."""
        self._data = data
        self._values: dict[str, str | None] | None = None
        self._strict = True
        self._library: list[Any] = []
        try:
            self._plain: Plain | None = Plain(data)
        except ValueError:
            self._plain = None

    @property
    def _reader(self) -> Any:
        """pypdf's reader, opened when it is first asked."""
        if not self._library:
            logging.getLogger("pypdf").setLevel(logging.CRITICAL)
            reader = self._opened()
            self._library[:] = [reader]
        return self._library[0]

    def _opened(self) -> Any:
        import pypdf

        try:
            reader = pypdf.PdfReader(io.BytesIO(self._data), strict=self._strict)
            if reader.is_encrypted:
                reader.decrypt("")
        except Exception:  # noqa: BLE001 - whatever pypdf makes of a damaged file, the answer is a doubt
            return self._leniently() if self._strict else None
        return reader

    def _leniently(self) -> Any:
        self._strict = False
        self._library[:] = [self._opened()]
        return self._library[0]

    def _plainly(self, question: Callable[[Plain], Answer]) -> Answer | None:
        """Ask of the bytes alone; None when the file, or the answer, is not of the plain kind."""
        if self._plain is None:
            return None
        try:
            return question(self._plain)
        except ValueError:
            return None

    def _asked(self, question: Callable[[], Answer], otherwise: Answer) -> Answer:
        """Ask, leniently when the strict reader refuses; ``otherwise`` when both do."""
        try:
            return question()
        except Exception:  # noqa: BLE001 - as above
            if not self._strict:
                return otherwise
        self._leniently()
        return self._asked(question, otherwise)

    def compared(self, count: int) -> list[Doubt]:
        """A doubt when the two parsers count different numbers of pages."""
        if self._plainly(Plain.pages) == count or self._asked(self._pages, None) == count:
            return []
        if self._strict:
            self._leniently()
            return self.compared(count)
        return [PAGE_COUNT]

    def _pages(self) -> int | None:
        return int(self._reader.get_num_pages())

    def _form(self) -> Any:
        return self._reader.trailer["/Root"]["/AcroForm"]

    def redrawn(self) -> bool:
        """Whether viewers are told to draw every field's value anew."""

        plainly = self._plainly(Plain.redrawn)
        if plainly is not None:
            return plainly

        def told() -> bool:
            value = self._form().get("/NeedAppearances")
            return bool(value is not None and value.get_object().value)

        return self._asked(told, False)

    def button_values(self) -> dict[str, str | None]:
        """/V of every button field by its full name."""
        if self._values is None:
            found: dict[str, str | None] = {}

            def keep(name: str, kind: str, value: str | None) -> None:
                if kind == "/Btn":
                    found[name] = value

            self._walk(keep, buttons=True)
            self._values = found
        return self._values

    def unplaced(self, names: frozenset[str]) -> list[Doubt]:
        """A doubt when a field with a value has no place on any page."""
        roots = self._plainly(Plain.roots)
        if roots is None:
            roots = self._asked(lambda: len(self._form()["/Fields"]), 0)
        if roots <= len(names):
            return []
        held: list[str] = []

        def note(name: str, kind: str, value: str | None) -> None:
            if value and value != "Off" and name.partition(".")[0] not in names:
                held.append(kind)

        self._walk(note)
        if not held:
            return []
        return [Doubt(code="unplaced-field", text="PDF-en har felt med verdier som ikke står på noen side.")]

    def _walk(self, visit: Visit, *, buttons: bool = False) -> None:
        """Visit every node of the field tree that has a value: its full name, kind and own value.

        Other fields may be left out when only ``buttons`` are asked for.
        """
        found: list[Node] = []
        plainly = self._plainly(lambda plain: plain.nodes(MOST_NODES, buttons=buttons))
        if plainly is None:
            self._asked(lambda: self._nodes(found), None)
        for name, kind, value in found if plainly is None else plainly:
            visit(name, kind, value)

    def _nodes(self, found: list[Node]) -> None:
        """Gather the nodes; what can't be walked holds nothing for us, what came before it does."""
        found.clear()
        stack = [(ref, "", "", 0) for ref in self._form()["/Fields"]]
        seen = 0
        while stack and seen < MOST_NODES:
            ref, above, kind, depth = stack.pop()
            seen += 1
            if depth and self._says_nothing(ref):
                continue
            node = ref.get_object()
            own = node.get("/T")
            name = f"{above}.{own}" if above and own is not None else str(own) if own is not None else above
            kind = str(node.get("/FT", kind))
            if "/V" in node:
                value = node["/V"]
                found.append((name, kind, str(value).removeprefix("/") if value is not None else None))
            if depth < 30:
                stack += [(kid, name, kind, depth + 1) for kid in node.get("/Kids", [])]

    def _says_nothing(self, ref: Any) -> bool:
        """Whether a node is a mere widget, with no name, value or kids of its own; told from its bytes, unparsed."""
        number, generation = getattr(ref, "idnum", 0), getattr(ref, "generation", 0)
        if number in self._reader.xref_objStm:
            return False
        start = self._reader.xref.get(generation, {}).get(number)
        head = _OBJECT.match(self._data, start) if start else None
        if head is None or (int(head[1]), int(head[2])) != (number, generation):
            return False
        end = self._data.find(b"endobj", head.end())
        return end > 0 and TELLING.search(self._data, head.end(), end) is None
