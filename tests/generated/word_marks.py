"""The ways Word holds what a person wrote: runs, controls, form fields, tracked changes, tick marks."""

from __future__ import annotations

from random import Random
from xml.sax.saxutils import escape, quoteattr

VEHICLES = (
    "plain",
    "plain",
    "split",
    "run-sdt",
    "formtext",
    "inserted",
    "replaced",
    "struck",
    "hyperlink",
    "smart",
)
BLOCKS = ("block-sdt", "cell-sdt", "nested", "textbox")
BOXES = ("glyph", "sym", "private", "w14", "legacy", "bracket", "round", "none")
STAMP = 'w:author="Saksbehandler" w:date="2025-03-04T10:00:00Z"'
PLACEHOLDER = "Klikk eller trykk her for å skrive inn tekst."


def run(text: str, *, props: str = "", special: Random | None = None) -> str:
    """A run; line breaks, tabs and invisible hyphens become their elements."""
    if not text:
        return ""
    body = f'<w:t xml:space="preserve">{escape(text)}</w:t>'
    if special is not None:
        at = special.randrange(len(text) + 1)
        if "-" in text and special.random() < 0.5:
            left, right = text.split("-", 1)
            body = (
                f'<w:t xml:space="preserve">{escape(left)}</w:t><w:noBreakHyphen/>'
                f'<w:t xml:space="preserve">{escape(right)}</w:t>'
            )
        elif text[max(at - 1, 0) : at + 1].isalpha() and 0 < at < len(text):
            left, right = text[:at], text[at:]
            body = (
                f'<w:t xml:space="preserve">{escape(left)}</w:t><w:softHyphen/>'
                f'<w:t xml:space="preserve">{escape(right)}</w:t>'
            )
    rpr = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f"<w:r>{rpr}{body}</w:r>"


def lines(rng: Random, texts: tuple[str, ...], *, props: str = "") -> str:
    """Runs with a line break between the lines; some blanks become no-break spaces."""
    parts = []
    for text in texts:
        shown = text.replace(" ", "\u00a0", 1) if rng.random() < 0.04 else text
        special = rng if rng.random() < 0.04 else None
        parts.append(run(shown, props=props, special=special))
    return "<w:r><w:br/></w:r>".join(parts)


def split(rng: Random, texts: tuple[str, ...], *, props: str = "") -> str:
    """The runs Word leaves behind after spelling and editing: cut in the middle of words."""
    parts = []
    for text in texts:
        cuts = (
            sorted(rng.sample(range(1, len(text)), min(len(text) - 1, rng.randint(1, 4))))
            if len(text) > 1
            else []
        )
        pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
        runs = '<w:proofErr w:type="spellStart"/>'.join(
            run(piece, props=props).replace("<w:r>", f'<w:r w:rsidR="00{rng.randrange(16**6):06X}">')
            for piece in pieces
        )
        parts.append(runs + '<w:bookmarkStart w:id="7" w:name="_GoBack"/><w:bookmarkEnd w:id="7"/>')
    return "<w:r><w:br/></w:r>".join(parts)


def sdt(content: str, *, number: int, placeholder: bool = False, kind: str = "<w:text/>") -> str:
    flag = "<w:showingPlcHdr/>" if placeholder else ""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="Felt {number}"/><w:tag w:val="t{number}"/>'
        f'<w:id w:val="{number + 1000}"/>{flag}{kind}</w:sdtPr>'
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
    )


def formtext(content: str, *, number: int) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="Tekst{number}"/>'
        '<w:enabled/><w:calcOnExit w:val="0"/>'
        "<w:textInput/></w:ffData></w:fldChar></w:r>"
        '<w:r><w:instrText xml:space="preserve"> FORMTEXT </w:instrText></w:r><w:r>'
        '<w:fldChar w:fldCharType="separate"/></w:r>'
        f'{content}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def value(rng: Random, vehicle: str, texts: tuple[str, ...], *, props: str, number: int) -> str:
    """The inline XML of a value as `vehicle` holds it; an empty control shows its placeholder."""
    if not texts:
        if vehicle == "run-sdt":
            grey = '<w:rStyle w:val="Plassholdertekst"/><w:color w:val="808080"/>'
            return sdt(run(PLACEHOLDER, props=grey), number=number, placeholder=True)
        if vehicle == "formtext":
            return formtext(run("\u2002" * 5, props=props), number=number)
        if vehicle == "replaced":
            return deleted(rng, "skal ikke stå her", number)
        return ""
    if vehicle == "split":
        return split(rng, texts, props=props)
    if vehicle == "run-sdt":
        return sdt(lines(rng, texts, props=props), number=number)
    if vehicle == "formtext":
        return formtext(lines(rng, texts, props=props), number=number)
    if vehicle == "inserted":
        return f'<w:ins w:id="{number}" {STAMP}>{lines(rng, texts, props=props)}</w:ins>'
    if vehicle == "replaced":
        new = f'<w:ins w:id="{number}" {STAMP}>{lines(rng, texts, props=props)}</w:ins>'
        return deleted(rng, "Feil person", number + 5000) + new
    if vehicle == "struck":
        return run("Gammel tekst", props=props + "<w:strike/>") + run(" ") + lines(rng, texts, props=props)
    if vehicle == "hyperlink":
        return f'<w:hyperlink w:anchor="_GoBack">{lines(rng, texts, props=props)}</w:hyperlink>'
    if vehicle == "smart":
        return f'<w:smartTag w:uri="urn:x" w:element="t">{lines(rng, texts, props=props)}</w:smartTag>'
    return lines(rng, texts, props=props)


def deleted(rng: Random, text: str, number: int) -> str:
    return (
        f'<w:del w:id="{number}" {STAMP}><w:r><w:delText xml:space="preserve">{escape(text)}'
        "</w:delText></w:r></w:del>"
    )


def textbox(paragraph: str, number: int) -> str:
    """A frame drawn at the field with the value inside."""
    return (
        '<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml">'
        f'<v:shape id="tb{number}" type="#_x0000_t202" style="width:100pt;height:26pt" stroked="f">'
        f"<v:textbox><w:txbxContent>{paragraph}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def symbol(char: str, props: str = "") -> str:
    rpr = f"<w:rPr>{props}</w:rPr>" if props else ""
    return f'<w:r>{rpr}<w:sym w:font="Wingdings" w:char="{char}"/></w:r>'


def private(char: str, props: str) -> str:
    """A letter of Wingdings typed as text, from the private part of Unicode."""
    font = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings" w:cs="Wingdings" w:hint="default"/>'
    return run(char, props=font + props)


def checkbox(on: bool, number: int, rng: Random) -> str:
    state = (
        f'<w14:checkbox><w14:checked w14:val="{int(on)}"/><w14:checkedState w14:val="2612" '
        'w14:font="MS Gothic"/>'
    )
    state += '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    font = '<w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/>'
    shown = f"<w:r><w:rPr>{font}</w:rPr>"
    return sdt(f"{shown}<w:t>{'☒' if on else '☐'}</w:t></w:r>", number=number, kind=state)


def legacy(on: bool, number: int, rng: Random) -> str:
    """FORMCHECKBOX: `checked` when it is there (without a value it means on), else the default."""
    off, on_now = '<w:default w:val="0"/>', '<w:default w:val="1"/>'
    if on:
        state = rng.choice((f"{off}<w:checked/>", '<w:checked w:val="1"/>', on_now, "<w:default/>"))
    else:
        state = rng.choice((off, f'{off}<w:checked w:val="0"/>', f'{on_now}<w:checked w:val="0"/>'))
    return (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData>'
        f"<w:name w:val={quoteattr(f'Avmerking{number}')}/><w:enabled/>"
        f'<w:calcOnExit w:val="0"/><w:checkBox><w:sizeAuto/>{state}</w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText xml:space="preserve"> FORMCHECKBOX </w:instrText></w:r><w:r>'
        '<w:fldChar w:fldCharType="end"/></w:r>'
    )


def tick(rng: Random, box: str, on: bool, mark: str, *, props: str, number: int) -> str:
    if box == "none":
        return run(mark, props=props) if on else ""
    if box == "glyph":
        return run(mark if mark in "☒☑" else "☒", props=props) if on else run("☐", props=props)
    if box == "sym":
        return symbol({"☑": "F0FE", "✓": "F0FE", "✔": "F0FE"}.get(mark, "F078") if on else "F0A8", props)
    if box == "private":
        return private("\uf0fe" if on else "\uf0a8", props)
    if box == "w14":
        return checkbox(on, number, rng)
    if box == "legacy":
        return legacy(on, number, rng)
    if box == "over":
        return run(mark, props=props) if on else run("☐", props=props)
    left, right = "[]" if box == "bracket" else "()"
    inside = mark if on and mark in "Xx" else ("x" if on else " ")
    return run(f"{left}{inside}{right}", props=props)


def nested(text: str) -> str:
    props = '<w:tblW w:w="3000" w:type="dxa"/>'
    grid = '<w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid>'
    return (
        f"<w:tbl><w:tblPr>{props}</w:tblPr>{grid}<w:tr><w:tc><w:tcPr>"
        f'<w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{text}</w:tc></w:tr></w:tbl>'
    )


def borders(kind: str) -> str:
    on = {
        "all": "top left bottom right insideH insideV",
        "rows": "top bottom insideH",
        "outer": "top left bottom right",
        "none": "",
    }[kind]
    sides = "".join(
        f'<w:{side} w:val="{"single" if side in on.split() else "nil"}" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return f"<w:tblBorders>{sides}</w:tblBorders>"
