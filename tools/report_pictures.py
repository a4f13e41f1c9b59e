"""The pages of the verslag of the sample meeting as pictures, for the documentation.

``python tools/report_pictures.py --out docs/pictures`` writes each page of the full form
(verslag-1.png and so on), and a sheet with all pages of each form, of two forms in the house style
of an organisation, and of the OpenDocument text: with LibreOffice and poppler-utils; without them
it says so.
"""

from __future__ import annotations

import argparse
import io
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from PIL import Image, ImageDraw, ImageFont

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import msgspec

from facilitator.kernel.state import State
from facilitator.meeting.features import empty_state
from facilitator.meeting.ids import MeetingId
from facilitator.meeting.meeting import Meeting
from facilitator.meeting.outline import Part, ReportForm
from facilitator.report.odt import report_odt
from facilitator.report.word import report_docx
from facilitator.sample import sample_entities
from facilitator.settings import RESOURCES
from tests.report.house_file import house_file

ROOT = Path(__file__).resolve().parent.parent
DOTS = 80  # an inch
SMALL = 50  # on a sheet
ACROSS = 4  # pages beside one another on a sheet
COLOURS = 128
GAP = 10  # pixels around a page
BEHIND = "#8A8A8A"
PATIENCE = 120  # seconds
MISSING = 4  # exit code: something is not installed


def meeting(language: str = "nl", **changes: Any) -> State:
    """The sample meeting, with other fields of the meeting itself."""
    state = empty_state()
    entities = sample_entities(MeetingId(UUID(int=1)), language)
    state.load(
        (
            msgspec.structs.replace(entity, **changes) if isinstance(entity, Meeting) else entity
            for entity in entities
        ),
        revision=1,
    )
    return state


def files() -> Iterator[tuple[str, bytes]]:
    """What is pictured: names with their endings, and the files."""
    for form in ReportForm:
        yield f"{form}.docx", report_docx(meeting(report=form))
    yield "english.docx", report_docx(meeting("en"))
    first = (Part.FACTS, Part.HARVEST, Part.DECISIONS, Part.AGREEMENTS, Part.NEXT)
    yield "matrix-first.docx", report_docx(meeting(parts=first))
    house = house_file(template=True, others={"word/media/image1.png": logo()})
    for form in (ReportForm.FULL, ReportForm.ACTIONS):
        yield f"house-{form}.docx", report_docx(meeting(report=form), house=house)
    yield "opendocument.odt", report_odt(meeting(), {})


def logo() -> bytes:
    """The logo of an organisation that does not exist."""
    picture = Image.new("RGB", (640, 160), "#5C2D91")
    font = ImageFont.truetype(str(next((RESOURCES / "fonts").rglob("*Bold*.ttf"))), 76)
    ImageDraw.Draw(picture).text((40, 36), "Merelveen", fill="#FFFFFF", font=font)
    made = io.BytesIO()
    picture.save(made, "PNG")
    return made.getvalue()


def laid_out(folder: Path, office: str) -> list[Path]:
    """The PDF of each file, as LibreOffice lays it out."""
    sources = []
    for name, content in files():
        sources.append(folder / name)
        sources[-1].write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command: list[str | Path] = [office, profile, "--headless", "--convert-to", "pdf"]
    command += ["--outdir", folder, *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return [source.with_suffix(".pdf") for source in sources]


def pages(pdf: Path, dots: int) -> list[Image.Image]:
    """Each page as a picture."""
    with tempfile.TemporaryDirectory() as scratch:
        subprocess.run(["pdftoppm", "-png", "-r", str(dots), pdf, f"{scratch}/page"], check=True)
        return [Image.open(path).convert("RGB") for path in sorted(Path(scratch).glob("*.png"))]


def sheet(row: Sequence[Image.Image]) -> Image.Image:
    """All pages on one picture."""
    lines = [row[start : start + ACROSS] for start in range(0, len(row), ACROSS)]
    wide = max(sum(page.width + GAP for page in line) for line in lines) + GAP
    high = sum(max(page.height for page in line) + GAP for line in lines) + GAP
    made, top = Image.new("RGB", (wide, high), BEHIND), GAP
    for line in lines:
        left = GAP
        for page in line:
            made.paste(page, (left, top))
            left += page.width + GAP
        top += max(page.height for page in line) + GAP
    return made


def save(picture: Image.Image, path: Path) -> None:
    """Write a picture, in few colours."""
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def picture_all(out: Path, office: str) -> int:
    """All pictures; those of before are gone. How many there are."""
    for old in out.glob("verslag-*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as scratch:
        made = laid_out(Path(scratch), office)
        for number, page in enumerate(pages(made[0], DOTS), start=1):
            save(page, out / f"verslag-{number}.png")
        for pdf in made[1:]:
            save(sheet(pages(pdf, SMALL)), out / f"verslag-{pdf.stem}.png")
    return len(list(out.glob("verslag-*.png")))


def main() -> int:
    """The pictures; 4 when a program is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "pictures")
    out = parser.parse_args().out.resolve()
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None or shutil.which("pdftoppm") is None:
        print("Install libreoffice-writer-nogui and poppler-utils to picture the verslag.")
        return MISSING
    out.mkdir(parents=True, exist_ok=True)
    print(f"{picture_all(out, office)} pictures of the verslag in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
