"""The second parser, pypdf: counts the pages again, and walks the field tree where pdfium can't.

Whatever it makes of a damaged file, the answer is a doubt, never an error.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from typing import Any

from pipeline.domain import Doubt

MOST_NODES = 20_000
Visit = Callable[[str, str, str | None], None]


class SecondParser:
    """Opened for every file, asked only for what pdfium can't say."""

    def __init__(self, data: bytes) -> None:
        """Open the file again, with another library."""
        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        import pypdf

        self._reader: Any = None
        self._values: dict[str, str | None] | None = None
        try:
            reader = pypdf.PdfReader(io.BytesIO(data))
            if reader.is_encrypted:
                reader.decrypt("")
            self._reader = reader
        except Exception:  # noqa: BLE001 - whatever pypdf makes of a damaged file, the answer is a doubt
            self._reader = None

    def compared(self, count: int) -> list[Doubt]:
        """A doubt when the two parsers count different numbers of pages."""
        try:
            other = self._reader.get_num_pages()
        except Exception:  # noqa: BLE001 - as above
            other = None
        if other == count:
            return []
        return [
            Doubt(
                code="page-count",
                text="To programbiblioteker leser ulikt antall sider i PDF-en; den kan være skadet.",
            )
        ]

    def _form(self) -> Any:
        return self._reader.trailer["/Root"]["/AcroForm"]

    def redrawn(self) -> bool:
        """Whether viewers are told to draw every field's value anew."""
        try:
            value = self._form().get("/NeedAppearances")
            return bool(value is not None and value.get_object().value)
        except Exception:  # noqa: BLE001 - as above
            return False

    def button_values(self) -> dict[str, str | None]:
        """/V of every button field by its full name."""
        if self._values is None:
            found: dict[str, str | None] = {}

            def keep(name: str, kind: str, value: str | None) -> None:
                if kind == "/Btn":
                    found[name] = value

            self._walk(keep)
            self._values = found
        return self._values

    def unplaced(self, names: frozenset[str]) -> list[Doubt]:
        """A doubt when a field with a value has no place on any page."""
        try:
            roots = len(self._form()["/Fields"])
        except Exception:  # noqa: BLE001 - as above
            return []
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

    def _walk(self, visit: Visit) -> None:
        """Visit every node of the field tree with its full name, kind and own value."""
        try:
            stack = [(ref, "", "", 0) for ref in self._form()["/Fields"]]
            seen = 0
            while stack and seen < MOST_NODES:
                ref, above, kind, depth = stack.pop()
                node = ref.get_object()
                seen += 1
                own = node.get("/T")
                name = (
                    f"{above}.{own}" if above and own is not None else str(own) if own is not None else above
                )
                kind = str(node.get("/FT", kind))
                if "/V" in node:
                    value = node["/V"]
                    visit(name, kind, str(value).removeprefix("/") if value is not None else None)
                if depth < 30:
                    stack += [(kid, name, kind, depth + 1) for kid in node.get("/Kids", [])]
        except Exception:  # noqa: BLE001 - as above: what can't be walked holds nothing for us
            return
