"""The Word reader: a .docx as one page of lines and tables. It reads the XML itself, because libraries pass over
content controls and tracked insertions (and return merged cells several times)."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from pipeline.domain import Block, Cell, Document, Page, Reader, Table
from pipeline.errors import UnreadableError
from pipeline.reading.word._code import code_in
from pipeline.reading.word._names import attribute, child, is_on, name
from pipeline.reading.word._package import Package, Relation, cut_off, not_word, open_package
from pipeline.reading.word._source import Source
from pipeline.reading.word._story import blocks_of, margin_parts
from pipeline.reading.word._styles import Styles

_NOTES = {"footnotes": "footnote", "endnotes": "endnote"}


def read_word(path: Path, *, source: str) -> Document:
    """Read a Word file (.docx, .docm, .dotx; also strict OOXML).

    Headers, footers and notes stand first, each in a cell of a table of its own, so that they are never taken for
    the end of the form's last field. Raises ``UnreadableError`` or ``LockedError`` with one sentence and a code.
    """
    with path.open("rb") as stream:
        package = open_package(stream)
        with package.archive:
            return _document(package, source)


def _document(package: Package, source: str) -> Document:
    root = package.part(package.main)
    body = child(root, "body")
    if root is None or name(root) != "document" or body is None:
        raise not_word()
    relations = package.relations(package.main)
    found = Source(styles=Styles(lambda: _styles(package, relations)), signed=_signed_lines(package))
    if _has_comments(package, relations):
        found.doubt("comments")
    try:
        blocks = blocks_of(body, found)
        margins = _margins(package, relations, body, found)
    except RecursionError as error:
        raise UnreadableError(
            "Dokumentet er bygget opp på en måte som ikke kan leses.", code="too-deep"
        ) from error
    if package.signatures and not found.lines_signed:
        found.doubt("digital-signature")
    page = Page(number=1, blocks=(*margins, *blocks))
    return Document(
        source=source,
        reader=Reader.DOCX,
        pages=(page,),
        paged=False,
        doubts=found.doubts,
        code=code_in(package),
    )


def _related(package: Package, relations: dict[str, Relation], kind: str) -> etree._Element | None:
    target = next((r.target for r in relations.values() if r.kind == kind), None)
    return package.part(target) if target is not None else None


def _styles(package: Package, relations: dict[str, Relation]) -> bytes:
    target = next((r.target for r in relations.values() if r.kind == "styles"), "")
    return package.data(target) if target in package.names else b""


def _margins(
    package: Package, relations: dict[str, Relation], body: etree._Element, found: Source
) -> tuple[Table, ...]:
    """Headers, footers and notes as a table of one column."""
    even = any(
        attribute(one, "type") == "even" for one in body.iter("{*}headerReference", "{*}footerReference")
    )
    even = even and is_on(child(_related(package, relations, "settings"), "evenAndOddHeaders"))
    stretches: list[list[Block]] = []
    for part in margin_parts(body, relations, even=even):
        root = package.part(part)
        if root is None:
            raise cut_off()
        stretches.append(blocks_of(root, found))
    for kind, short in _NOTES.items():
        if any(True for _ in body.iter(f"{{*}}{short}Reference")):
            root = _related(package, relations, kind)
            notes = [one for one in (root if root is not None else ()) if name(one) == short]
            stretches.extend(blocks_of(one, found) for one in notes if attribute(one, "type") is None)
    cells = tuple(Cell(row=row, column=0, blocks=tuple(b)) for row, b in enumerate(filter(None, stretches)))
    return (Table(cells=cells, rows=len(cells), columns=1),) if cells else ()


def _has_comments(package: Package, relations: dict[str, Relation]) -> bool:
    root = _related(package, relations, "comments")
    return root is not None and any(name(one) == "comment" for one in root)


def _signed_lines(package: Package) -> frozenset[str]:
    """The ids of the signature lines that the package's digital signatures answer."""
    ids = set()
    for part in package.signatures:
        root = package.part(part)
        for one in root.iter("{*}SetupID") if root is not None else ():
            ids.add((one.text or "").strip().upper())
    return frozenset(ids - {""})
