"""Word files as a Dutch Word writes them: what an organisation would hand us as its house style."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Final

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:{0} '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    f'xmlns:r="{R}" xmlns:w="{W}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w14 w15">'
)

LATENT: Final = (
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" '
    'w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376">'
    '<w:lsdException w:name="Normal" w:uiPriority="0" w:qFormat="1"/>'
    '<w:lsdException w:name="heading 1" w:uiPriority="9" w:qFormat="1"/>'
    '<w:lsdException w:name="heading 2" w:semiHidden="1" w:uiPriority="9" '
    'w:unhideWhenUsed="1" w:qFormat="1"/></w:latentStyles>'
)
DEFAULTS: Final = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Verdana" w:hAnsi="Verdana" '
    'w:eastAsia="Verdana" w:cs="Times New Roman"/><w:lang w:val="en-US" w:eastAsia="en-US" '
    'w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
)


def style(
    key: str,
    name: str,
    inside: str = "",
    kind: str = "paragraph",
    more: str = "",
    *,
    own: bool = False,
) -> str:
    """A style as it stands in the file."""
    custom = ' w:customStyle="1"' if own else ""
    based = "" if "w:default" in more else '<w:basedOn w:val="Standaard"/>'
    based = based if kind == "paragraph" else ""
    return (
        f'<w:style w:type="{kind}"{custom} w:styleId="{key}"{more}><w:name w:val="{name}"/>'
        f"{based}<w:qFormat/>{inside}</w:style>"
    )


def heading(level: int, colour: str, size: int, *, outline: bool = True) -> str:
    told = f'<w:outlineLvl w:val="{level - 1}"/>' if outline else ""
    return style(
        f"Kop{level}",
        f"heading {level}",
        f'<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="60"/>{told}</w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia"/><w:b/><w:color w:val="{colour}"/>'
        f'<w:sz w:val="{size}"/></w:rPr>',
    )


BASE: Final = (
    style(
        "Standaard",
        "Normal",
        '<w:pPr><w:spacing w:after="120" w:line="280" w:lineRule="atLeast"/></w:pPr><w:rPr>'
        '<w:sz w:val="19"/><w:szCs w:val="19"/><w:lang w:val="nl-NL"/></w:rPr>',
        more=' w:default="1"',
    )
    + style(
        "Standaardalinea-lettertype", "Default Paragraph Font", "", "character", ' w:default="1"'
    )
    + '<w:style w:type="table" w:default="1" w:styleId="Standaardtabel"><w:name w:val="Normal '
    'Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" '
    'w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    + style("Geenlijst", "No List", "", "numbering", ' w:default="1"')
)
FULL: Final = (
    BASE
    + style("Titel", "Title", '<w:rPr><w:color w:val="5C2D91"/><w:sz w:val="48"/></w:rPr>')
    + style("Ondertitel", "Subtitle", '<w:rPr><w:color w:val="5C2D91"/></w:rPr>')
    + heading(1, "5C2D91", 30)
    + heading(2, "C45911", 24)  # too pale to be read: 4.3
    + heading(3, "5C2D91", 20, outline=False)
    + style("Bijschrift", "caption", "<w:rPr><w:i/></w:rPr>")
    + style("Koptekst", "header", '<w:rPr><w:sz w:val="16"/></w:rPr>')
    + style("Voettekst", "footer", '<w:rPr><w:sz w:val="16"/></w:rPr>')
    + style(
        "Lijstopsomteken", "List Bullet", '<w:pPr><w:numPr><w:numId w:val="7"/></w:numPr></w:pPr>'
    )
    + style(
        "Lijstnummering", "List Number", '<w:pPr><w:numPr><w:numId w:val="8"/></w:numPr></w:pPr>'
    )
    + style("Inhopg1", "toc 1")
    + style("Tabeltekst", "Table Text", own=True)
    + style("Opmaak", "Matrix Note", "<w:rPr><w:b/></w:rPr>", "character", own=True)
    + style(
        "Tekstvantijdelijkeaanduiding",
        "Placeholder Text",
        '<w:rPr><w:color w:val="808080"/></w:rPr>',
        "character",
    )
)
NUMBERING: Final = (
    '<w:abstractNum w:abstractNumId="4"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="Lijstopsomteken"/>'
    '<w:lvlText w:val="–"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="284" w:hanging="284"/>'
    '</w:pPr></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="5"><w:multiLevelType '
    'w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:pStyle w:val="Lijstnummering"/><w:lvlText w:val="%1)"/><w:lvlJc w:val="left"/><w:pPr>'
    '<w:ind w:left="340" w:hanging="340"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="7">'
    '<w:abstractNumId w:val="4"/></w:num><w:num w:numId="8"><w:abstractNumId w:val="5"/></w:num>'
)


def control(alias: str, tag: str, text: str, inside: str = "<w:text/>", number: int = 1) -> str:
    """A content control that still shows its example text."""
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="{alias}"/><w:tag w:val="{tag}"/><w:id w:val="{number}"/>'
        '<w:placeholder><w:docPart w:val="DefaultPlaceholder_1"/></w:placeholder>'
        f"<w:showingPlcHdr/>{inside}</w:sdtPr><w:sdtContent>{{0}}"
        '<w:r><w:rPr><w:rStyle w:val="Tekstvantijdelijkeaanduiding"/></w:rPr>'
        f"<w:t>{text}</w:t></w:r>{{1}}</w:sdtContent></w:sdt>"
    )


def line(text: str, key: str = "") -> str:
    """A paragraph around a control."""
    told = f'<w:pPr><w:pStyle w:val="{key}"/></w:pPr>' if key else ""
    return f"<w:p>{told}{text.format('', '')}</w:p>"


def lines(text: str, key: str = "") -> str:
    """A control around a paragraph."""
    told = f'<w:pPr><w:pStyle w:val="{key}"/></w:pPr>' if key else ""
    return text.format(f"<w:p>{told}", "</w:p>")


DATE: Final = (
    '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="nl-NL"/>'
    '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
)
BOUND: Final = (
    (
        "<w:dataBinding w:prefixMappings=\"xmlns:ns0='http://schemas.openxmlformats.org/officeDocument/"
        '2006/extended-properties\' " w:xpath="/ns0:Properties[1]/ns0:Company[1]" '
        'w:storeItemID="{6668398D-A668-4E3E-A5EB-62B293D839F1}"/><w:text/>'
    )
    .replace("{", "{{")
    .replace("}", "}}")
)
ASKED: Final = (
    lines(control("Titel", "titel", "Klik om de titel in te voeren", number=11), "Titel")
    + '<w:p><w:r><w:t xml:space="preserve">Datum: </w:t></w:r>'
    + control("Vergaderdatum", "", "Kies een datum", DATE, number=12).format("", "")
    + "</w:p>"
    + line(control("Bedrijf", "x1", "[Bedrijf]", BOUND, number=13))
    + line(control("Kenmerk", "kenmerk", "[Kenmerk]", number=14))
    + line(control("Notulist", "", "[Naam]", number=15))
)


def logo(described: str = ' descr="Logo Merelveen"') -> str:
    """A picture in a paragraph."""
    return (
        '<w:p><w:pPr><w:pStyle w:val="Koptekst"/></w:pPr><w:r><w:drawing><wp:inline distT="0" '
        'distB="0" distL="0" distR="0"><wp:extent cx="1440000" cy="360000"/><wp:docPr id="1" '
        f'name="Afbeelding 1"{described}/><a:graphic><a:graphicData uri="http://schemas.openxmlformats'
        '.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="logo.png"/>'
        '<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/>'
        '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1440000" '
        'cy="360000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def field(told: str, shown: str = "1") -> str:
    """A field in pieces, as Word writes them."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> '
        f'{told} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>'
        f'<w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


NUMBERED: Final = (
    '<w:p><w:pPr><w:pStyle w:val="Voettekst"/></w:pPr><w:r><w:t xml:space="preserve">Gemeente '
    f'Merelveen | </w:t></w:r>{field("PAGE")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>'
    f"{field('NUMPAGES', '9')}</w:p>"
)
SECTION: Final = (
    '<w:sectPr><w:headerReference w:type="default" r:id="rId8"/><w:footerReference '
    'w:type="default" r:id="rId9"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2268" '
    'w:right="1134" w:bottom="1418" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/>'
    '<w:cols w:space="708"/><w:docGrid w:linePitch="360"/></w:sectPr>'
)


def house_file(
    *,
    template: bool = False,
    styles: str = FULL,
    numbering: str = NUMBERING,
    body: str = ASKED,
    header: str = "",
    footer: str = NUMBERED,
    section: str = SECTION,
    others: Mapping[str, str | bytes] | None = None,
    kinds: str = "",
    threads: str = "",
    settings: str = "",
) -> bytes:
    """A .docx, or a .dotx. ``others``: parts beside these; ``threads``: relations to them."""
    main = "template" if template else "document"
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
            f'<Override PartName="/word/document.xml" ContentType="{MAIN}.{main}.main+xml"/>'
            + "".join(
                f'<Override PartName="/word/{name}.xml" ContentType="{MAIN}.{kind}+xml"/>'
                for name, kind in (
                    *(("styles", "styles"), ("settings", "settings"), ("numbering", "numbering")),
                    *(("header1", "header"), ("footer1", "footer"), ("fontTable", "fontTable")),
                )
            )
            + f'<Override PartName="/word/theme/theme1.xml" ContentType="{THEME}"/>{kinds}</Types>'
        ),
        "_rels/.rels": relations(relation("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": (
            f"{HEAD.format('document')}<w:body>{body}<w:p><w:r><w:t>Hier komt de tekst.</w:t></w:r>"
            f"</w:p>{section}</w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": relations(
            relation("rId1", "styles", "styles.xml"),
            relation("rId2", "settings", "settings.xml"),
            relation("rId3", "numbering", "numbering.xml"),
            relation("rId4", "fontTable", "fontTable.xml"),
            relation("rId5", "theme", "theme/theme1.xml"),
            relation("rId8", "header", "header1.xml"),
            relation("rId9", "footer", "/word/footer1.xml"),
            threads,
        ),
        "word/styles.xml": f"{HEAD.format('styles')}{DEFAULTS}{LATENT}{styles}</w:styles>",
        "word/settings.xml": (
            f'{HEAD.format("settings")}<w:zoom w:percent="100"/><w:trackRevisions/>'
            '<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:defaultTabStop '
            f'w:val="708"/>{settings}</w:settings>'
        ),
        "word/numbering.xml": f"{HEAD.format('numbering')}{numbering}</w:numbering>",
        "word/header1.xml": f"{HEAD.format('hdr')}{header or logo()}</w:hdr>",
        "word/_rels/header1.xml.rels": relations(relation("rId1", "image", "media/image1.png")),
        "word/footer1.xml": f"{HEAD.format('ftr')}{footer}</w:ftr>",
        "word/media/image1.png": picture(),
        "word/theme/theme1.xml": Document().part.part_related_by(RT.THEME).blob,
        "word/fontTable.xml": (
            f'{HEAD.format("fonts")}<w:font w:name="Verdana"><w:family w:val="swiss"/></w:font>'
            "</w:fonts>"
        ),
        **(others or {}),
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def latent(**more: object) -> bytes:
    """A template in which nothing was ever used but its ordinary text and its first heading."""
    parts: dict[str, object] = {
        "styles": BASE + heading(1, "1F4E79", 28),
        "numbering": "",
        "body": "",
        "header": logo().replace('<w:pPr><w:pStyle w:val="Koptekst"/></w:pPr>', ""),
        "footer": NUMBERED.replace('<w:pPr><w:pStyle w:val="Voettekst"/></w:pPr>', ""),
        **more,
    }
    return house_file(template=True, **parts)  # type: ignore[arg-type]


def picture() -> bytes:
    """A logo."""
    made = BytesIO()
    Image.new("RGB", (160, 40), "#5C2D91").save(made, "PNG")
    return made.getvalue()


def relation(key: str, kind: str, target: str, mode: str = "") -> str:
    outside = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{outside}/>'


def relations(*each: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(each)}</Relationships>'
