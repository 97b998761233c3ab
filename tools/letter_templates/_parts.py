"""The fixed parts of the Word package: relations, styles, fonts, numbering, tables.

Measures are twentieths of a point (1 mm is 56.7). The address stands 47 mm from the top and 25 mm from the left, inside the
window of C5, C4 and C6/5 envelopes (NS 4129); what is not the address stands 122 mm or more from the left, outside it.
"""

from __future__ import annotations

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_NS = f'xmlns:w="{_W}" xmlns:r="{_R}"'
_OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FONT = "Liberation Sans"

CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_OFFICE}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_OFFICE}.{kind}+xml"/>'
        for name, kind in (
            ("styles", "styles"),
            ("settings", "settings"),
            ("fontTable", "fontTable"),
            ("numbering", "numbering"),
            ("header1", "header"),
            ("header2", "header"),
            ("footer1", "footer"),
            ("footer2", "footer"),
        )
    )
    + '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    '<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>'
    "</Types>"
)

PACKAGE_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{_R}/extended-properties" Target="docProps/app.xml"/>'
    "</Relationships>"
)

DOCUMENT_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}.xml"/>'
        for number, (kind, target) in enumerate(
            (
                ("styles", "styles"),
                ("settings", "settings"),
                ("fontTable", "fontTable"),
                ("numbering", "numbering"),
                ("header", "header1"),
                ("header", "header2"),
                ("footer", "footer1"),
                ("footer", "footer2"),
            ),
            start=1,
        )
    )
    + "</Relationships>"
)


def core(language: str) -> str:
    """The properties; ``language`` as in ``nb-NO``."""
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        "<dc:title>{{ neutral_title }}</dc:title><dc:creator>{{ municipality }}</dc:creator>"
        f"<dc:language>{language}</dc:language></cp:coreProperties>"
    )


APP = (
    f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Skjemaflyt</Application></Properties>"
)


def settings(language: str) -> str:
    """The settings."""
    return (
        f'{_HEAD}<w:settings {_NS}><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        f'<w:themeFontLang w:val="{language}"/></w:settings>'
    )


FONTS = (
    f'{_HEAD}<w:fonts {_NS}><w:font w:name="{FONT}"><w:altName w:val="Arial"/>'
    '<w:panose1 w:val="020B0604020202020204"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)

NUMBERING = (
    f'{_HEAD}<w:numbering {_NS}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="340" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def _style(
    key: str,
    name: str,
    *,
    size: float = 11,
    bold: bool = False,
    before: int = 0,
    after: int = 0,
    extra: str = "",
    colour: str = "",
    line: int = 0,
) -> str:
    spacing = f'<w:spacing w:before="{before}" w:after="{after}"' + (
        f' w:line="{line}" w:lineRule="exact"/>' if line else "/>"
    )
    weight = "<w:b/>" if bold else ""
    ink = f'<w:color w:val="{colour}"/>' if colour else ""
    points = int(size * 2)
    return (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{extra.partition('|')[0]}{spacing}{extra.partition('|')[2]}</w:pPr>"
        f'<w:rPr>{weight}{ink}<w:sz w:val="{points}"/><w:szCs w:val="{points}"/></w:rPr></w:style>'
    )


def styles(language: str) -> str:
    """The styles, with the language every text is in."""
    return (
        f"{_HEAD}<w:styles {_NS}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
        '<w:sz w:val="22"/><w:szCs w:val="22"/>'
        f'<w:lang w:val="{language}" w:eastAsia="{language}" w:bidi="{language}"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl/><w:spacing w:before="0" w:after="100" w:line="245" w:lineRule="auto"/></w:pPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
        + _style(
            "Heading1",
            "heading 1",
            size=15,
            bold=True,
            before=0,
            after=120,
            extra='<w:keepNext/><w:keepLines/>|<w:outlineLvl w:val="0"/>',
        )
        + _style(
            "Heading2",
            "heading 2",
            bold=True,
            before=130,
            after=20,
            extra='<w:keepNext/><w:keepLines/>|<w:outlineLvl w:val="1"/>',
        )
        + _style(
            "Punkt",
            "Punkt",
            after=100,
            extra='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>|<w:ind w:left="340" w:hanging="284"/>'
            "<w:contextualSpacing/>",
        )
        + _style("Adresse", "Adresse")
        + _style("Referanse", "Referanse", size=9.5, after=40)
        + _style("Kommune", "Kommune", size=15, bold=True, after=20)
        + _style("Enhet", "Enhet", size=10.5)
        + _style("Gradering", "Gradering", size=8.5)
        + _style("Topptekst", "Topptekst", size=8.5)
        + _style("Bunntekst", "Bunntekst", size=8.5)
        + _style("Sidetall", "Sidetall", size=8.5, extra='|<w:jc w:val="right"/>')
        + _style("Hilsen", "Hilsen", before=160, after=40, extra="<w:keepNext/>|")
        + _style(
            "Underskrift",
            "Underskrift",
            before=380,
            after=40,
            extra='<w:keepNext/><w:pBdr><w:bottom w:val="single" w:sz="4" w:space="1" w:color="595959"/></w:pBdr>|',
        )
        + _style("Signatur", "Signatur")
        + _style("Merknad", "Merknad", size=10, before=120)
        + _style("Liten", "Liten", size=1, line=20)
        + _style(
            "Skjematittel",
            "Skjematittel",
            size=15,
            bold=True,
            after=160,
            extra='<w:keepNext/><w:pageBreakBefore/>|<w:outlineLvl w:val="0"/>',
        )
        + _style("Rubrikk", "Rubrikk", before=40, after=40)
        + _style("Sakspunkt", "Sakspunkt", before=40, after=850)
        + _style("Betingelse", "Betingelse", size=8, colour="767676")
        + "</w:styles>"
    )


def document(body: str) -> str:
    """The main part: A4, the first page with a head of its own."""
    return (
        f"{_HEAD}<w:document {_NS}><w:body>{body}<w:sectPr>"
        '<w:headerReference w:type="first" r:id="rId5"/><w:headerReference w:type="default" r:id="rId6"/>'
        '<w:footerReference w:type="first" r:id="rId7"/><w:footerReference w:type="default" r:id="rId8"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1474" w:right="1134" w:bottom="964" w:left="1418" '
        'w:header="567" w:footer="454" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )


def header(content: str) -> str:
    """A head."""
    return f"{_HEAD}<w:hdr {_NS}>{content}</w:hdr>"


def footer(content: str) -> str:
    """A foot."""
    return f"{_HEAD}<w:ftr {_NS}>{content}</w:ftr>"


def table(widths: list[int], cells: list[str], *, height: int, rule: str) -> str:
    """One row without lines, as wide as the text."""
    row = f'<w:trHeight w:val="{height}" w:hRule="{rule}"/>' if height else ""
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + f"</w:tblGrid><w:tr><w:trPr><w:cantSplit/>{row}</w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, cells, strict=True)
        )
        + "</w:tr></w:tbl>"
    )


def form(widths: list[int], rows: list[tuple[int, str, str]]) -> str:
    """Ruled rows to fill in: the least height in millimetres, the label's cell, the cell with room."""
    edge = 'w:val="single" w:sz="4" w:space="0" w:color="595959"'
    edges = "".join(
        f"<w:{side} {edge}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )

    def cell(width: int, content: str) -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'

    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="100" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr><w:tblGrid>"
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid>"
        + "".join(
            f'<w:tr><w:trPr><w:trHeight w:val="{round(height * 56.7)}" w:hRule="atLeast"/></w:trPr>'
            + cell(widths[0], label)
            + cell(widths[1], room)
            + "</w:tr>"
            for height, label, room in rows
        )
        + "</w:tbl>"
    )
