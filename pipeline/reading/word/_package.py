"""A Word file's package: opened carefully, its parts parsed without entities, network or huge trees."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from typing import IO

from lxml import etree

from pipeline.errors import LockedError, UnreadableError

_MAX_ENTRIES = 10_000
_MAX_UNPACKED = 2 * 1024**3
_MAX_PART = 16 * 1024**2
_SUSPECT_PART = 4 * 1024**2
_MAX_RATIO = 200
_MAX_TAGS = 2_000_000

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_OLE_HEAD = 16 * 1024**2
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Relation:
    """A relationship of a part: the last word of its type, and the part it points at."""

    kind: str
    target: str


@dataclass(kw_only=True, slots=True)
class Package:
    """An open Word file. ``main`` is the name of the part that holds the text."""

    archive: zipfile.ZipFile
    main: str = ""
    names: frozenset[str] = field(default_factory=frozenset)
    _left: int = 3 * _MAX_PART

    @property
    def signatures(self) -> list[str]:
        """The parts that hold digital signatures."""
        return sorted(n for n in self.names if n.startswith("_xmlsignatures/") and n.endswith(".xml"))[:20]

    def part(self, part: str) -> etree._Element | None:
        """The root of an XML part, None when there is no such part."""
        if part not in self.names:
            return None
        return parsed(self.data(part))

    def relations(self, part: str) -> dict[str, Relation]:
        """A part's relationships inside the package, by id."""
        folder, _, last = part.rpartition("/")
        root = self.part(f"{folder}/_rels/{last}.rels" if folder else f"_rels/{last}.rels")
        found: dict[str, Relation] = {}
        for element in root if root is not None else ():
            target, kind = element.get("Target", ""), element.get("Type", "")
            if element.get("TargetMode") == "External" or not target:
                continue
            path = (
                target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
            found[element.get("Id", "")] = Relation(kind=kind.rsplit("/", 1)[-1], target=path)
        return found

    def data(self, part: str) -> bytes:
        """A part's bytes, within the limits of what a form can be."""
        info = self.archive.getinfo(part)
        if info.flag_bits & 0x1:
            raise LockedError(code="encrypted")
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > _SUSPECT_PART and ratio > _MAX_RATIO:
            raise _bomb()
        if info.file_size > _MAX_PART:
            raise _too_big()
        try:
            with self.archive.open(info) as stream:
                data = stream.read(min(_MAX_PART, self._left) + 1)
        except _DAMAGED as error:
            raise cut_off() from error
        self._left -= len(data)
        if self._left < 0 or len(data) > _MAX_PART:
            raise _bomb()
        return data


def open_package(stream: IO[bytes]) -> Package:
    """Open a Word file's package; whatever else it is raises with one sentence for the clerk."""
    _check_start(stream)
    try:
        archive = zipfile.ZipFile(stream)
        entries = archive.infolist()
    except _DAMAGED as error:
        raise cut_off() from error
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
        raise _bomb()
    package = Package(archive=archive, names=frozenset(entry.filename for entry in entries))
    if "[Content_Types].xml" not in package.names:
        raise not_word()
    main = [r.target for r in package.relations("").values() if r.kind == "officeDocument"]
    if not main:
        raise not_word()
    if main[0] not in package.names:
        raise cut_off()
    package.main = main[0]
    return package


def _check_start(stream: IO[bytes]) -> None:
    start = stream.read(8)
    if not start:
        raise UnreadableError("Filen er tom.", code="empty")
    if start == _OLE:
        head = start + stream.read(_OLE_HEAD)
        if "EncryptedPackage".encode("utf-16-le") in head:
            raise LockedError(code="encrypted")
        if "WordDocument".encode("utf-16-le") in head:
            raise UnreadableError(
                "Filen er i det gamle Word-formatet (.doc). Lagre den som .docx og legg den inn på nytt.",
                code="old-doc",
            )
        raise not_word()
    if not start.startswith(b"PK"):
        raise not_word()
    stream.seek(0)


def parsed(data: bytes) -> etree._Element:
    """The root of an XML part; a part that is no XML, defines entities or is huge raises ``UnreadableError``."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    if b"<!DOCTYPE" in data[:4096]:
        raise _entities()
    if data.count(b"<") > _MAX_TAGS:
        raise _too_big()
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(
            "Filen er skadet og kan ikke leses. Be avsender om en ny.", code="broken-xml"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _entities()
    return root


def not_word() -> UnreadableError:
    """The file is something else."""
    return UnreadableError("Filen er ikke et Word-dokument.", code="not-word")


def cut_off() -> UnreadableError:
    """The file is damaged or not whole."""
    return UnreadableError("Filen er skadet eller ikke hel. Be avsender om en ny.", code="cut-off")


def _bomb() -> UnreadableError:
    return UnreadableError(
        "Filen pakker seg ut til mer enn et skjema kan være, og ble ikke åpnet.", code="zip-bomb"
    )


def _too_big() -> UnreadableError:
    return UnreadableError("Dokumentet er for stort til å være et skjema.", code="too-big")


def _entities() -> UnreadableError:
    return UnreadableError(
        "Filen inneholder definisjoner som ikke hører hjemme i et Word-dokument.", code="entities"
    )
