"""A letter's text to a Word file: one head, one foot, one set of styles, no dates and no names of machines.

The text's own marks: ``# `` the letter's heading, ``## `` a heading inside it, ``- `` a point, ``**bold**``, ``{%p …%}`` a
condition on a line of its own, ``@include name`` a shared passage. Each other line is a paragraph. What follows ``@after`` is a
form on a page of its own after the signatures; its rows are ``| label | height in mm | text`` (``name[]``: a list with room).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from tools.letter_templates import _parts
from tools.letter_templates._frame import Frame

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_AFTER = "\n@after\n"


def word_file(text: str, shared: Mapping[str, str], frame: Frame) -> bytes:
    """The Word file of one letter's text, in the language of ``frame``."""
    parts = {
        "[Content_Types].xml": _parts.CONTENT_TYPES,
        "_rels/.rels": _parts.PACKAGE_RELATIONS,
        "docProps/core.xml": _parts.core(frame.code),
        "docProps/app.xml": _parts.APP,
        "word/document.xml": _parts.document(
            _address(frame) + _body(text, shared) + _signatures(frame) + _form(text)
        ),
        "word/_rels/document.xml.rels": _parts.DOCUMENT_RELATIONS,
        "word/styles.xml": _parts.styles(frame.code),
        "word/settings.xml": _parts.settings(frame.code),
        "word/fontTable.xml": _parts.FONTS,
        "word/numbering.xml": _parts.NUMBERING,
        "word/header1.xml": _parts.header(_first_head()),
        "word/header2.xml": _parts.header(_next_head(frame)),
        "word/footer1.xml": _parts.footer(_first_foot()),
        "word/footer2.xml": _parts.footer(_next_foot(frame)),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            package.writestr(entry, content.encode("utf-8"))
    return out.getvalue()


def paragraph(text: str, style: str = "Normal", *, keep: bool = False) -> str:
    """One paragraph; ``**…**`` is bold."""
    properties = f'<w:pStyle w:val="{style}"/>' + ("<w:keepNext/><w:keepLines/>" if keep else "")
    return f"<w:p><w:pPr>{properties}</w:pPr>{_runs(text)}</w:p>"


def _runs(text: str) -> str:
    runs = []
    for number, piece in enumerate(_BOLD.split(text)):
        if piece:
            bold = "<w:rPr><w:b/></w:rPr>" if number % 2 else ""
            runs.append(f'<w:r>{bold}<w:t xml:space="preserve">{escape(piece)}</w:t></w:r>')
    return "".join(runs)


def _lines(text: str, shared: Mapping[str, str]) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        if line.startswith("@include "):
            lines += _lines(shared[line.removeprefix("@include ").strip()], shared)
        elif line.strip():
            lines.append(line.strip())
    return lines


def _body(text: str, shared: Mapping[str, str]) -> str:
    lines = _lines(text.partition(_AFTER)[0], shared)
    last = max(n for n, line in enumerate(lines) if not line.startswith("{%p"))
    made = []
    for number, line in enumerate(lines):
        if line.startswith("{%p"):
            made.append(paragraph(line, "Betingelse"))
        elif line.startswith("# "):
            made.append(paragraph(line[2:], "Heading1"))
        elif line.startswith("## "):
            made.append(paragraph(line[3:], "Heading2"))
        elif line.startswith("- "):
            made.append(paragraph(line[2:], "Punkt"))
        else:
            made.append(paragraph(line, keep=number == last))
    return "".join(made)


def _form(text: str) -> str:
    """The page to fill in, when the letter has one."""
    lines = _lines(text.partition(_AFTER)[2], {})
    if not lines:
        return ""
    heading = paragraph(lines[0].removeprefix("# "), "Skjematittel")
    rows = [_row(*line.strip("| ").split("|")) for line in lines[1:]]
    return heading + _parts.form([2900, 6454], rows) + paragraph("", "Liten")


def _row(label: str, height: str, text: str = "") -> tuple[int, str, str]:
    held = text.strip()
    if held.endswith("[]"):
        cell = (
            paragraph(f"{{%p for line in {held[:-2]} %}}", "Betingelse")
            + paragraph("{{ line }}", "Sakspunkt")
            + paragraph("{%p endfor %}", "Betingelse")
        )
    else:
        cell = paragraph(held, "Rubrikk") if held else ""
    return int(height), paragraph(f"**{label.strip()}**", "Rubrikk"), cell + paragraph("", "Liten")


def _address(frame: Frame) -> str:
    left = (
        paragraph("{%p for line in recipient_lines %}", "Betingelse")
        + paragraph("{{ line }}", "Adresse")
        + paragraph("{%p endfor %}", "Betingelse")
    )
    right = "".join(
        [
            paragraph(f"{frame.date}: {{{{ date }}}}", "Referanse"),
            paragraph(f"{frame.our_ref}: {{{{ our_ref }}}}", "Referanse"),
            paragraph("{%p if your_ref %}", "Betingelse"),
            paragraph(f"{frame.your_ref}: {{{{ your_ref }}}}", "Referanse"),
            paragraph("{%p endif %}", "Betingelse"),
            paragraph(f"{frame.case_worker}: {{{{ case_worker }}}}", "Referanse"),
            paragraph("{%p if case_worker_phone %}", "Betingelse"),
            paragraph(f"{frame.phone}: {{{{ case_worker_phone }}}}", "Referanse"),
            paragraph("{%p endif %}", "Betingelse"),
        ]
    )
    return _parts.table([5500, 3854], [left, right], height=2240, rule="atLeast") + paragraph("", "Liten")


def _signatures(frame: Frame) -> str:
    def block(lines: list[str], style: str) -> str:
        return "".join(
            paragraph(line, "Betingelse" if line.startswith("{%p") else style, keep=True) for line in lines
        )

    responsible = [
        "{{ responsible }}",
        "{%p if responsible_title %}",
        "{{ responsible_title }}",
        "{%p endif %}",
    ]
    case_worker = [
        "{%p if not same_signer %}",
        "{{ case_worker }}",
        "{%p if case_worker_title %}",
        "{{ case_worker_title }}",
        "{%p endif %}",
        "{%p endif %}",
    ]
    line = paragraph("{%p if not electronic %}", "Betingelse", keep=True)
    end = paragraph("{%p endif %}", "Betingelse", keep=True)
    ruled = line + paragraph("", "Underskrift", keep=True) + end
    second = (
        paragraph("{%p if not same_signer and not electronic %}", "Betingelse", keep=True)
        + paragraph("", "Underskrift", keep=True)
        + end
    )
    # In one row with the signatures, so that these lines never stand alone on a page.
    notes = "".join(
        paragraph(text, style, keep=True)
        for text, style in (
            ("{%p if electronic %}", "Betingelse"),
            (frame.electronic, "Merknad"),
            ("{%p endif %}", "Betingelse"),
            ("{%p if enclosures %}", "Betingelse"),
            (f'{frame.enclosures}: {{{{ enclosures|join(", ") }}}}', "Merknad"),
            ("{%p endif %}", "Betingelse"),
        )
    )
    return (
        paragraph(frame.greeting, "Hilsen", keep=True)
        + _parts.table(
            [4500, 354, 4500],
            [
                ruled + block(responsible, "Signatur") + notes + paragraph("", "Liten", keep=True),
                paragraph("", "Signatur", keep=True),
                second + block(case_worker, "Signatur") + paragraph("", "Liten", keep=True),
            ],
            height=0,
            rule="",
        )
        + paragraph("", "Liten")
    )


def _first_head() -> str:
    left = paragraph("{{ municipality }}", "Kommune") + paragraph("{{ unit }}", "Enhet")
    right = paragraph("{{ marking }}", "Gradering")
    return _parts.table([5500, 3854], [left, right], height=2070, rule="exact") + paragraph("", "Liten")


def _next_head(frame: Frame) -> str:
    left = paragraph(f"{{{{ municipality }}}}, {frame.our_ref_next} {{{{ our_ref }}}}", "Topptekst")
    right = paragraph("{{ marking }}", "Gradering")
    return _parts.table([5500, 3854], [left, right], height=0, rule="") + paragraph("", "Liten")


def _first_foot() -> str:
    return paragraph("{{ office_line }}", "Bunntekst")


def _next_foot(frame: Frame) -> str:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    return (
        '<w:p><w:pPr><w:pStyle w:val="Sidetall"/></w:pPr>'
        + _runs(f"{frame.page} ")
        + field.format("PAGE")
        + _runs(f" {frame.page_of} ")
        + field.format("NUMPAGES")
        + "</w:p>"
    )
