"""Word files as bytes: an OOXML package of which two runs give the same bytes."""

import io
import zipfile
from collections.abc import Mapping

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_OFFICE = R + "/"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_LONG_AGO = (1980, 1, 1, 0, 0, 0)

_TYPES = f"""{_HEAD}<Types xmlns="{_CONTENT_TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}document.main+xml"/><Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}styles+xml"/><Override PartName="/word/numbering.xml" ContentType="{_WORD_TYPE}numbering+xml"/><Override PartName="/word/settings.xml" ContentType="{_WORD_TYPE}settings+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"""  # noqa: E501
_ROOT_RELS = f"""{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="rId1" Type="{_OFFICE}officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"""  # noqa: E501
_DOCUMENT_RELS = f"""{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}"><Relationship Id="rId1" Type="{_OFFICE}styles" Target="styles.xml"/><Relationship Id="rId2" Type="{_OFFICE}numbering" Target="numbering.xml"/><Relationship Id="rId3" Type="{_OFFICE}settings" Target="settings.xml"/></Relationships>"""  # noqa: E501
_STYLES = f"""{_HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="Arial" w:cs="Arial"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="nb-NO" w:eastAsia="nb-NO" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="9"/><w:qFormat/><w:pPr><w:keepNext/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:bCs/></w:rPr></w:style><w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style></w:styles>"""  # noqa: E501
_NUMBERING = f"""{_HEAD}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="454" w:hanging="227"/></w:pPr><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/></w:rPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""  # noqa: E501
_SETTINGS = f"""{_HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:defaultTabStop w:val="708"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="nb-NO"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"""  # noqa: E501


def package(document: etree._Element, title: str) -> bytes:
    """A Word file with this `w:document` and title."""
    core = etree.fromstring(
        b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title/><dc:language>nb-NO</dc:language></cp:coreProperties>'
    )
    core[0].text = title
    return zipped(
        {
            "[Content_Types].xml": _TYPES.encode(),
            "_rels/.rels": _ROOT_RELS.encode(),
            "word/document.xml": serialised(document),
            "word/_rels/document.xml.rels": _DOCUMENT_RELS.encode(),
            "word/styles.xml": _STYLES.encode(),
            "word/numbering.xml": _NUMBERING.encode(),
            "word/settings.xml": _SETTINGS.encode(),
            "docProps/core.xml": serialised(core),
        }
    )


def serialised(root: etree._Element) -> bytes:
    """An XML part as it stands in a package."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """The parts as a zip file with fixed times, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            entry.create_system = 3
            archive.writestr(entry, content)
    return out.getvalue()


def with_picture(parts: dict[str, bytes], picture: bytes) -> str:
    """Adds a PNG to the parts of a Word file; gives the relationship's id."""
    path = "word/_rels/document.xml.rels"
    relationships = etree.fromstring(parts[path])
    number = len(relationships) + 1
    parts[f"word/media/image{number}.png"] = picture
    etree.SubElement(
        relationships,
        f"{{{_RELATIONSHIPS}}}Relationship",
        {"Id": f"rId{number}", "Type": _OFFICE + "image", "Target": f"media/image{number}.png"},
    )
    parts[path] = serialised(relationships)
    return f"rId{number}"
