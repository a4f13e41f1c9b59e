"""The pages of the sample's verslag as pictures, for the documentation.

``python tools/report_pictures.py --out docs/pictures`` writes verslag-1.png and so on, with
LibreOffice and poppler-utils; without them it says so.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from facilitator.meeting.features import empty_state
from facilitator.meeting.ids import MeetingId
from facilitator.report.word import report_docx
from facilitator.sample import sample_entities

ROOT = Path(__file__).resolve().parent.parent
DOTS = 80  # an inch
PATIENCE = 120  # seconds
MISSING = 4  # exit code: something is not installed


def pdf_of(folder: Path, office: str) -> Path:
    """The verslag of the sample meeting as LibreOffice lays it out."""
    state = empty_state()
    state.load(sample_entities(MeetingId(UUID(int=1))), revision=1)
    source = folder / "verslag.docx"
    source.write_bytes(report_docx(state))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command: list[str | Path] = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
        source,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)
    return source.with_suffix(".pdf")


def pictures_of(pdf: Path, out: Path) -> list[Path]:
    """Every page as a picture; those of before are gone."""
    for old in out.glob("verslag-*.png"):
        old.unlink()
    subprocess.run(["pdftoppm", "-png", "-r", str(DOTS), pdf, out / "verslag"], check=True)
    return sorted(out.glob("verslag-*.png"))


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
    with tempfile.TemporaryDirectory() as scratch:
        made = pictures_of(pdf_of(Path(scratch), office), out)
    print(f"{len(made)} pages of the verslag in {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
