"""The Word file of 5,000 notes, against writing the same notes into a zip by hand.

``python -m benchmarks.report`` or ``python benchmarks/report.py``; prints both sides and the ratio.
By hand: the same notes, twice (in the matrix and in the appendix with table and round), as the shortest XML that Word
opens, without contents, languages, captions, or a check of anything.
"""

from __future__ import annotations

import statistics
import sys
import time
import zipfile
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from uuid import UUID
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import msgspec

from facilitator.kernel.entity import in_order
from facilitator.kernel.state import State
from facilitator.meeting.features import empty_state
from facilitator.meeting.ids import MeetingId, NoteId
from facilitator.meeting.notes import Note
from facilitator.meeting.programme import rounds
from facilitator.meeting.tables import Table
from facilitator.meeting.themes import themes
from facilitator.report.word import report_docx
from facilitator.sample import sample_entities

NOTES = 5000
TIMES = 9
LIMIT = 3.0

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": f"""<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"
 ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override
 PartName="/word/document.xml" ContentType="{MAIN}.document.main+xml"/><Override
 PartName="/word/styles.xml" ContentType="{MAIN}.styles+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"
 Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>""",
    "word/_rels/document.xml.rels": f"""<Relationships xmlns="{PACKAGE}/relationships"><Relationship
 Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>""",
    "word/styles.xml": f"""<w:styles {W}><w:style w:type="paragraph" w:styleId="Note"><w:name
 w:val="Note"/></w:style><w:style w:type="character" w:styleId="Source"><w:name
 w:val="Source"/></w:style></w:styles>""",
}


def meeting(notes: int) -> State:
    """The sample meeting with this many notes."""
    entities = sample_entities(MeetingId(UUID(int=7)))
    said = [entity for entity in entities if isinstance(entity, Note)]
    others = [entity for entity in entities if not isinstance(entity, Note)]
    state = empty_state()
    more = (
        msgspec.structs.replace(
            said[number % len(said)],
            id=NoteId(UUID(int=number + 1)),
            text=f"{said[number % len(said)].text} ({number})",
            order=float(number),
        )
        for number in range(notes)
    )
    state.load([*others, *more], revision=1)
    return state


def by_hand(state: State) -> bytes:
    """The notes of each theme in a column, and then all of them in a list."""
    columns = [
        [note for note in in_order(state.all(Note)) if note.theme == theme.id]
        for theme in themes(state)
    ]
    cells = "".join(f"<w:tc>{_paragraphs(notes)}</w:tc>" for notes in columns)
    places = {table.id: table.number for table in state.all(Table)}
    numbers = {step.id: number for number, step in enumerate(rounds(state), start=1)}
    sources = {
        note.id: f"tafel {places[note.table]}, ronde {numbers[note.round]}"
        for note in state.all(Note)
        if note.table and note.round
    }
    rest = "".join(_paragraphs(notes, sources) for notes in columns)
    table = f"<w:tbl><w:tblPr/><w:tblGrid/><w:tr>{cells}</w:tr></w:tbl>"
    body = f"<w:document {W}><w:body>{table}{rest}</w:body></w:document>"
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in PARTS.items():
            file.writestr(name, text)
        file.writestr("word/document.xml", body)
    return made.getvalue()


def _paragraphs(notes: Iterable[Note], sources: Mapping[NoteId, str] = MappingProxyType({})) -> str:
    return "".join(
        '<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr><w:r><w:t xml:space="preserve">'
        f"{escape(note.text)}</w:t></w:r>{_source(sources.get(note.id))}</w:p>"
        for note in notes
    )


def _source(told: str | None) -> str:
    if told is None:
        return ""
    style = '<w:rPr><w:rStyle w:val="Source"/></w:rPr>'
    return f'<w:r>{style}<w:t xml:space="preserve"> {escape(told)}</w:t></w:r>'


def timed(work: Callable[[State], bytes], state: State) -> float:
    """Seconds for one file."""
    begun = time.perf_counter()
    work(state)
    return time.perf_counter() - begun


def main() -> int:
    """1 when the ratio is over its limit."""
    state = meeting(NOTES)
    report_docx(state)
    measured = [(timed(report_docx, state), timed(by_hand, state)) for _ in range(TIMES)]
    ours, theirs = (statistics.median(side) for side in zip(*measured, strict=True))
    ratio = ours / theirs
    print(f"verslag of {NOTES} notes  {ours * 1000:7.1f} ms")
    print(f"zip by hand           {theirs * 1000:7.1f} ms")
    print(f"ratio                 {ratio:7.2f}  (at most {LIMIT})")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
