"""Pictures in the Word file: as wide as the text, and low enough for two on a page."""

from __future__ import annotations

from typing import Final

from facilitator.kernel.text import tidy_line
from facilitator.report.blocks import Picture
from facilitator.report.sheet import A4, Sheet
from facilitator.report.text import attribute, paragraph

EMU: Final = 635  # English metric units in a twip
DRAWING: Final = "http://schemas.openxmlformats.org/drawingml/2006"


def picture(block: Picture, relation: str, number: int, sheet: Sheet = A4) -> str:
    """A paragraph with the picture, and what is read to who cannot see it."""
    width, height = size(block, sheet)
    told = attribute(tidy_line(block.described))
    extent = f'cx="{width}" cy="{height}"'
    drawing = (
        f'<w:drawing><wp:inline xmlns:wp="{DRAWING}/wordprocessingDrawing" '
        'distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent {extent}/><wp:docPr id="{number}" name="Photo {number}" descr="{told}"/>'
        f'<a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr>'
        f'<pic:cNvPr id="{number}" name="Photo {number}" descr="{told}"/><pic:cNvPicPr/>'
        f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/>'
        f'</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/>'
        '</a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    return paragraph("Picture", f"<w:r>{drawing}</w:r>")


def size(block: Picture, sheet: Sheet = A4) -> tuple[int, int]:
    """Width and height on paper, in English metric units."""
    width, height = max(1, block.width), max(1, block.height)
    scale = min(sheet.portrait / width, sheet.picture / height)
    return max(1, round(width * scale)) * EMU, max(1, round(height * scale)) * EMU
