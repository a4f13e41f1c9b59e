"""The Word file of 100, 1,000 and 5,000 notes, against writing the same notes into a zip by hand.

``python -m benchmarks.report`` or ``python benchmarks/report.py``; prints both sides and the ratio, for our own look, a
house style, and one with 400 styles more; how it grows, and what memory it takes.
By hand: the same notes, twice (in the matrix and in the appendix with table and round), as the shortest XML that Word
opens, without contents, languages, captions, or a check of anything.
"""

from __future__ import annotations

import statistics
import sys
import time
import tracemalloc
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
from facilitator.report.house.style import HouseStyle
from facilitator.report.word import report_docx
from facilitator.sample import sample_entities
from tests.report.house_file import FULL, house_file, style

NOTES = (100, 1000, 5000)
STYLES = 400
TIMES = 9
LIMIT = 3.0  # ratio, at 5,000 notes
GROWTH = 6.0  # from 1,000 to 5,000 notes

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
            merged=None,
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


def more_styles(number: int) -> str:
    """Styles that nobody uses, as a house style gathers them in its years."""
    return "".join(
        style(
            f"Merelveen{each}",
            f"Merelveen {each}",
            f'<w:rPr><w:color w:val="{each:06X}"/></w:rPr>',
            own=True,
        )
        for each in range(number)
    )


def timed(work: Callable[[State], bytes], state: State) -> float:
    """Seconds for one file."""
    begun = time.perf_counter()
    work(state)
    return time.perf_counter() - begun


def measured(look: str, work: Callable[[State], bytes], state: State) -> tuple[float, float]:
    """Our fastest seconds, and the ratio to those by hand; both sides in turn."""
    work(state)
    pairs = [(timed(work, state), timed(by_hand, state)) for _ in range(TIMES)]
    ours, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    notes = len(state.all(Note))
    ratio = statistics.median(one / other for one, other in pairs)
    print(
        f"{look:26} {notes:5} notes  {ours * 1000:7.1f} ms  by hand {theirs * 1000:6.1f} ms"
        f"  ratio {ratio:6.2f}"
    )
    return min(one for one, _other in pairs), ratio


def memory(look: str, work: Callable[[State], bytes], state: State) -> None:
    """Print what one file takes at its highest, beside what is there already."""
    tracemalloc.start()
    size = len(work(state))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(f"{look:26} {peak / 2**20:5.1f} MiB at its highest, for a file of {size / 2**20:.2f} MiB")


def main() -> int:
    """1 when a ratio or the growth is over its limit."""
    house, large = house_file(), house_file(styles=FULL + more_styles(STYLES))
    looks = {
        "our own look": report_docx,
        "a house style": lambda state: report_docx(state, house=house),
        f"with {STYLES} styles more": lambda state: report_docx(state, house=large),
    }
    states = [meeting(notes) for notes in NOTES]
    well = True
    for look, work in looks.items():
        found = [measured(look, work, state) for state in states]
        ratio, growth = found[-1][1], found[-1][0] / found[-2][0]
        print(
            f"{look:26} ratio {ratio:.2f} (at most {LIMIT}), growth {growth:.2f} (at most {GROWTH})"
        )
        memory(look, work, states[-1])
        well = well and ratio <= LIMIT and growth <= GROWTH
    begun = time.perf_counter()
    HouseStyle(large)
    print(
        f"looking through {STYLES} styles more, once: {(time.perf_counter() - begun) * 1000:.1f} ms"
    )
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
