"""A blank form filled in with what is known, and with the code of its case."""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Mapping
from typing import cast

from lxml import etree

from pipeline.domain import FormCode
from pipeline.errors import InputError
from pipeline.letters._code_picture import code_picture
from pipeline.letters._package import BODY, PROPERTIES, R, W, parse, read_parts, write_parts
from pipeline.letters._template import unprintable
from pipeline.values import form_code_text

CODE_NAME = "Skjemakode"
"""What the code's picture is called in a blank."""
_ROW = re.compile(r"(.+)\.(\d+)\.([a-z_]+)")
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MOST_MORE = 6
"""Rows that a blank's table may be given more than it has, so that the rest of the form still has its place."""


def fill_blank(blank: bytes, values: Mapping[str, str], code: FormCode) -> bytes:
    """The Word file of a blank with these texts in its controls, by name, and this code where the blank has one.

    A name the blank doesn't have is passed over, but not a row: a table gets as many rows as are known. InputError when that
    can't be, or for a text that no Word file holds; UnreadableError when the blank is no Word file.
    """
    parts = read_parts(blank)
    document = parse(parts[BODY])
    controls = {tag: control for control in document.iter(f"{W}sdt") if (tag := _tag(control))}
    _more_rows(controls, values)
    for name, text in values.items():
        if unprintable(text):
            raise InputError(
                "Skjemaet kunne ikke fylles ut: en tekst har tegn som ikke kan stå der.", code="form-text"
            )
        if name in controls:
            _write(controls[name], text)
    parts[BODY] = _xml(document)
    if _put_code(parts, code_picture(code)) and PROPERTIES in parts:
        _put_subject(parts, form_code_text(code))
    return write_parts(parts)


def _tag(control: etree._Element) -> str:
    tag = control.find(f"{W}sdtPr/{W}tag")
    return "" if tag is None else str(tag.get(f"{W}val"))


def _more_rows(controls: dict[str, etree._Element], values: Mapping[str, str]) -> None:
    """Give tables the rows that are missing, and what follows them a new page when the form grows."""
    wanted = _counts(values)
    has = _counts(controls)
    for group, count in wanted.items():
        if group not in has or count <= has[group]:
            continue
        if count - has[group] > _MOST_MORE:
            raise InputError(
                "Skjemaet kunne ikke fylles ut: det er flere deltakere enn det har plass til.",
                code="form-rows",
            )
        last = {
            name: control for name, control in controls.items() if name.startswith(f"{group}.{has[group]}.")
        }
        row = next(next(iter(last.values())).iterancestors(f"{W}tr"))
        for number in range(has[group] + 1, count + 1):
            added = copy.deepcopy(row)
            place = cast("etree._Element", row.getparent())
            place.insert(place.index(row) + number - has[group], added)
            for control in added.iter(f"{W}sdt"):
                if found := _ROW.fullmatch(_tag(control)):
                    name = f"{group}.{number}.{found[3]}"
                    cast("etree._Element", control.find(f"{W}sdtPr/{W}tag")).set(f"{W}val", name)
                    controls[name] = control
            for mark in added.iter(f"{W}id"):
                mark.getparent().remove(mark)  # type: ignore[union-attr]
        _break_after(next(row.iterancestors(f"{W}tbl")))


def _counts(names: Mapping[str, object]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        if found := _ROW.fullmatch(name):
            counts[found[1]] = max(counts.get(found[1], 0), int(found[2]))
    return counts


def _break_after(table: etree._Element) -> None:
    """Begin a page with what stands below a table, so that nothing runs into the code at the page's foot."""
    following = table.getnext()
    if following is None or following.tag != f"{W}p":
        return
    properties = following.find(f"{W}pPr")
    if properties is None:
        properties = etree.SubElement(following, f"{W}pPr")
        following.insert(0, properties)
    if properties.find(f"{W}pageBreakBefore") is None:
        properties.insert(0, etree.Element(f"{W}pageBreakBefore"))


def _write(control: etree._Element, text: str) -> None:
    """Put text into a text control; on a rule it stays underlined as on paper."""
    held, content = control.find(f".//{W}r"), control.find(f"{W}sdtContent")
    if held is None or content is None or control.find(".//{*}checkbox") is not None:
        return
    properties = held.find(f"{W}rPr")
    written = etree.Element(f"{W}r")
    if properties is not None:
        for style in properties.findall(f"{W}rStyle"):
            properties.remove(style)
        if "_" in "".join(cast("list[str]", list(control.itertext()))):
            etree.SubElement(properties, f"{W}u", {f"{W}val": "single"})
        written.append(properties)
    shown = etree.SubElement(written, f"{W}t")
    shown.text = " ".join(text.split())
    shown.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    for placeholder in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
        placeholder.getparent().remove(placeholder)  # type: ignore[union-attr]
    content[:] = [written]


def _put_code(parts: dict[str, bytes], picture: bytes) -> bool:
    """Put the picture where the blank has its own code; whether it has one."""
    found = False
    for part in [name for name in parts if re.fullmatch(r"word/footer\d*\.xml", name)]:
        relations = parts.get(
            posixpath.join(posixpath.dirname(part), "_rels", f"{posixpath.basename(part)}.rels")
        )
        for anchor in parse(parts[part]).iter(f"{_WP}anchor", f"{_WP}inline"):
            named = anchor.find(f"{_WP}docPr")
            shown = anchor.find(f".//{_A}blip")
            if relations is None or named is None or shown is None or named.get("name") != CODE_NAME:
                continue
            wanted = shown.get(f"{R}embed")
            for relation in parse(relations):
                target = posixpath.normpath(posixpath.join("word", relation.get("Target", "")))
                if relation.get("Id") == wanted and target in parts:
                    parts[target] = picture
                    found = True
    return found


def _put_subject(parts: dict[str, bytes], text: str) -> None:
    """What the code says among the file's properties, for whoever reads the file and not the paper."""
    root = parse(parts[PROPERTIES])
    subject = root.find(f"{_DC}subject")
    if subject is None:
        subject = etree.SubElement(root, f"{_DC}subject")
    subject.text = text
    parts[PROPERTIES] = _xml(root)


def _xml(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
