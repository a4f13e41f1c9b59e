"""Putting things into WordprocessingML where the format wants them: it has an order for all."""

from __future__ import annotations

from typing import Final

from lxml import etree

from facilitator.report.house.archive import W

_ORDERS: Final = {
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden
        unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr
        tcPr tblStylePr""",
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr
        suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct
        topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind
        contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint
        noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect
        bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath""",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc
        pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi
        rtlGutter docGrid printerSettings sectPrChange""",
    "docDefaults": "rPrDefault pPrDefault",
    "rPrDefault": "rPr",
    "styles": "docDefaults latentStyles style",
    "settings": """zoom displayBackgroundShape embedTrueTypeFonts embedSystemFonts saveSubsetFonts
        mirrorMargins gutterAtTop defaultTabStop autoHyphenation consecutiveHyphenLimit
        hyphenationZone doNotHyphenateCaps evenAndOddHeaders characterSpacingControl compat
        themeFontLang clrSchemeMapping decimalSymbol listSeparator""",
}
_PLACES: Final = {
    parent: {name: place for place, name in enumerate(names.split())}
    for parent, names in _ORDERS.items()
}


def place(parent: etree._Element, child: etree._Element) -> None:
    """Put a child in, instead of one of the same name."""
    places = _PLACES[etree.QName(parent).localname]
    own = places[etree.QName(child).localname]
    for other in parent.findall(child.tag):
        parent.remove(other)
    before = 0
    for index, other in enumerate(parent):
        if places.get(etree.QName(other).localname, len(places)) < own:
            before = index + 1
    parent.insert(before, child)


def put(parent: etree._Element, name: str, **values: str) -> etree._Element:
    """A new child with these values, instead of one of the same name."""
    child = etree.Element(f"{W}{name}", {f"{W}{key}": value for key, value in values.items()})
    place(parent, child)
    return child


def grown(parent: etree._Element, name: str) -> etree._Element:
    """The child of this name; made where there is none."""
    found = parent.find(f"{W}{name}")
    return put(parent, name) if found is None else found


def value(parent: etree._Element | None, name: str, key: str = "val") -> str:
    """What a child says; empty where there is none."""
    found = None if parent is None else parent.find(f"{W}{name}")
    return "" if found is None else str(found.get(f"{W}{key}") or "")


def number(parent: etree._Element | None, name: str, key: str, otherwise: int) -> int:
    """What a child says, where that is a number."""
    told = value(parent, name, key)
    try:
        return round(float(told))
    except (ValueError, OverflowError):
        return otherwise
