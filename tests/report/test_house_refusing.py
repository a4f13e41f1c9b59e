"""What has no place in a house style is refused, each by a code of its own, and nothing is run."""

from __future__ import annotations

import socket
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.kernel.errors import Malformed
from facilitator.messages import MESSAGES
from facilitator.report.house import archive
from facilitator.report.house.refusing import FIELDS
from facilitator.report.house.style import HouseStyle, read_house_style
from facilitator.report.word import report_docx
from tests.report import house_file as made
from tests.report.house_file import field, house_file, relation
from tests.report.meetings import sampled

MICROSOFT = "http://schemas.microsoft.com/office"
VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'


def again(change: Callable[[str, bytes], bytes | None], raw: bytes | None = None) -> bytes:
    """The file with other parts; None takes one out."""
    new = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(raw or house_file())) as source,
        zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return new.getvalue()


def kind(main: str) -> bytes:
    """The file, which says that it is something else."""
    old = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return again(lambda _name, content: content.replace(old, main.encode()))


def thread(word: str, target: str = "x.bin", mode: str = "", space: str = made.R) -> str:
    one = relation("rId70", word, target, mode)
    return one.replace(f"{made.R}/{word}", f"{space}/{word}")


def with_part(word: str, space: str = made.R) -> bytes:
    return house_file(threads=thread(word, space=space), others={"word/x.bin": b"x"})


def outside(word: str, target: str) -> bytes:
    return house_file(threads=thread(word, target, "External"))


def in_header(inside: str) -> bytes:
    return house_file(header=f"<w:p><w:r>{inside}</w:r></w:p>")


def why_not(work: Callable[[], object]) -> str | None:
    """The code by which it was refused."""
    try:
        work()
    except Malformed as error:
        return error.code
    return None


SPLIT = field("DDE").replace(
    "> DDE <",
    '> DD</w:instrText></w:r><w:r><w:instrText xml:space="preserve">EAUTO c:\\\\x.exe <',
)
SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawn(inside: str, before: str = "", kind: str = "image/svg+xml") -> bytes:
    """The file with an SVG as its logo."""
    return house_file(
        kinds=f'<Default Extension="svg" ContentType="{kind}"/>',
        others={
            "word/media/image1.svg": f"{before}<svg {SVG}>{inside}</svg>",
            "word/_rels/header1.xml.rels": made.relations(
                relation("rId1", "image", "media/image1.svg")
            ),
        },
    )


def linked(target: str) -> bytes:
    """The file with a link in the footer, made by a field."""
    return house_file(footer=f"<w:p>{field(f'HYPERLINK {target}')}</w:p>")


VIDEO = (
    '<a:blip r:embed="rId1"><a:extLst><a:ext uri="x"><v:webVideoPr xmlns:v="http://schemas.'
    'microsoft.com/office/word/2012/wordprocessingDrawing" embeddedHtml="&lt;iframe&gt;"/></a:ext>'
    "</a:extLst></a:blip>"
)
INCLUDED = '<w:p><w:fldSimple w:instr="INCLUDEPICTURE http://x.example/y.png"/></w:p>'
CASES: dict[str, tuple[str, bytes]] = {
    "nothing": ("house.kind", b""),
    "text": ("house.kind", b"Beste secretaris"),
    "old word, or a password": ("house.locked", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600),
    "a zip of something else": ("house.kind", again(lambda n, c: c if "media" in n else None)),
    "a sheet": (
        "house.kind",
        kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
    ),
    "docm": ("house.macros", kind("application/vnd.ms-word.document.macroEnabled.main+xml")),
    "dotm": (
        "house.macros",
        kind("application/vnd.ms-word.template.macroEnabledTemplate.main+xml"),
    ),
    "vba": ("house.macros", with_part("vbaProject", f"{MICROSOFT}/2006/relationships")),
    "vba without a thread": ("house.macros", house_file(others={"word/vbaProject.bin": b"x"})),
    "keys": ("house.macros", with_part("keyMapCustomizations", f"{MICROSOFT}/2006/relationships")),
    "ribbon": ("house.ribbon", with_part("extensibility", f"{MICROSOFT}/2006/relationships/ui")),
    "active x": ("house.active", with_part("control")),
    "web add-in": ("house.active", with_part("webextension", f"{MICROSOFT}/2011/relationships")),
    "ole": ("house.embedded", with_part("oleObject")),
    "a sheet within": ("house.embedded", with_part("package")),
    "chunk": ("house.embedded", with_part("aFChunk")),
    "chunk in the text": ("house.embedded", house_file(body='<w:altChunk r:id="rId8"/>')),
    "subdocument": ("house.embedded", outside("subDocument", "deel.docx")),
    "frame": ("house.embedded", outside("frame", "http://x.example/")),
    "ole in the text": (
        "house.embedded",
        in_header(f'<w:object {VML}><o:OLEObject ProgID="x"/></w:object>'),
    ),
    "control in the text": ("house.active", in_header('<w:control w:name="x" r:id="rId1"/>')),
    "template elsewhere": ("house.external", outside("attachedTemplate", "file:///\\\\x\\y.dotm")),
    "picture elsewhere": ("house.external", outside("image", "http://x.example/logo.png")),
    "linked picture": (
        "house.external",
        house_file(header=made.logo().replace("r:embed", "r:link")),
    ),
    "old picture elsewhere": (
        "house.external",
        in_header(f'<w:pict {VML}><v:shape><v:imagedata src="\\\\x\\y.png"/></v:shape></w:pict>'),
    ),
    "link to a file": ("house.external", outside("hyperlink", "file:///c:/x.exe")),
    "link that runs": ("house.external", outside("hyperlink", "javascript:x")),
    "merge": ("house.external", outside("mailMergeSource", "x.csv")),
    "dde": ("house.field", in_header("</w:r>" + field("DDE cmd x") + "<w:r>")),
    "dde in pieces": ("house.field", in_header("</w:r>" + SPLIT + "<w:r>")),
    "include": ("house.field", house_file(footer=f"<w:p>{field('INCLUDETEXT x.docx')}</w:p>")),
    "include picture": (
        "house.field",
        house_file(footer='<w:p><w:fldSimple w:instr="includepicture http://x/y.png"/></w:p>'),
    ),
    "macro button": ("house.field", house_file(body=f"<w:p>{field('MACROBUTTON x y')}</w:p>")),
    "strict": (
        "house.strict",
        again(
            lambda _n, c: c.replace(
                made.R.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships"
            )
        ),
    ),
    "strict in one part": (
        "house.strict",
        again(
            lambda n, c: (
                c.replace(made.W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
                if n == "word/footer1.xml"
                else c
            ),
            house_file(footer=INCLUDED),
        ),
    ),
    "video of the web": (
        "house.active",
        house_file(header=made.logo().replace('<a:blip r:embed="rId1"/>', VIDEO)),
    ),
    "link by a field to a file": ("house.external", linked("&quot;file:///c:/x.exe&quot;")),
    "link by a field to a share": ("house.external", linked("&quot;\\\\x\\y&quot;")),
    "link by a field with a tip": (
        "house.external",
        linked("\\o &quot;x&quot; &quot;file:///c:/x.exe&quot;"),
    ),
    "link by a field that runs": ("house.external", linked("javascript:x")),
    "link by a field to what another says": ("house.external", linked("")),
    "drawing that runs": ("house.active", drawn("<script>x</script>")),
    "drawing that runs when seen": ("house.active", drawn('<rect onload="x"/>')),
    "drawing with a page": ("house.active", drawn("<foreignObject/>")),
    "drawing of what is elsewhere": (
        "house.external",
        drawn('<image xlink:href="http://x.example/y.png"/>'),
    ),
    "drawing of a file": ("house.external", drawn('<use href="file:///etc/passwd#a"/>')),
    "drawing in a style from elsewhere": (
        "house.external",
        drawn("<style>@import 'http://x.example/y.css';</style>"),
    ),
    "drawing filled from elsewhere": (
        "house.external",
        drawn('<rect style="fill:url(http://x.example/y#a)"/>'),
    ),
    "drawing that says it is something else": (
        "house.active",
        drawn("<script>x</script>", kind="image/png"),
    ),
    "drawing with a style sheet": (
        "house.external",
        drawn("<rect/>", '<?xml-stylesheet href="http://x.example/y.css"?>'),
    ),
    "cut off": ("house.kind", house_file()[:-200]),
    "part that is not there": ("house.broken", house_file(threads=thread("image", "weg.png"))),
    "out of the file": (
        "house.broken",
        house_file(threads=thread("image", "../../../../etc/passwd")),
    ),
    "not XML": ("house.broken", house_file(header="<w:p>")),
    "entities": (
        "house.broken",
        again(
            lambda n, c: (
                c.replace(b"<w:hdr", b'<!DOCTYPE x [<!ENTITY e "e">]><w:hdr', 1)
                if "header1.xml" in n and "rels" not in n
                else c
            )
        ),
    ),
    "entities in two bytes": (
        "house.broken",
        again(
            lambda n, c: (
                (
                    '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x SYSTEM "file:///etc/passwd">'
                    "<x/>"
                ).encode("utf-16")
                if n == "word/footer1.xml"
                else c
            )
        ),
    ),
    "too many parts": (
        "house.size",
        house_file(others={f"word/{number}.bin": b"" for number in range(archive.MOST_PARTS)}),
    ),
    "bomb": ("house.size", house_file(others={"word/x.bin": bytes(archive.UNPACKED)})),
    "too large": ("house.size", house_file() + bytes(archive.LARGEST)),
    "path in a name": ("house.kind", house_file(others={"../x.xml": b"<x/>"})),
    "the same name twice": ("house.kind", house_file(others={"word/STYLES.xml": b"<x/>"})),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_refused_by_its_code(case: str) -> None:
    code, raw = CASES[case]
    with pytest.raises(Malformed) as refused:
        HouseStyle(raw)
    assert refused.value.code == code
    MESSAGES[code].format_map(refused.value.values)
    with pytest.raises(Malformed):
        report_docx(sampled(), house=raw)


def test_all_codes_are_used() -> None:
    known = {code for code in MESSAGES if code.startswith("house.")}
    assert {code for code, _raw in CASES.values()} == known - {
        "house.most",
        "house.unknown",
        "house.kept",
    }


def test_links_to_pages_and_mail_are_no_reason_to_refuse() -> None:
    for target in ("https://www.merelveen.example", "mailto:info@merelveen.example"):
        assert HouseStyle(outside("hyperlink", target)).findings()


def test_a_drawing_of_its_own_is_a_logo_as_any_other() -> None:
    inside = (
        '<style>.a { fill: url(#b) }</style><linearGradient id="b"/><rect class="a"/>'
        '<a href="https://x.example"><use xlink:href="#b"/></a>'
        '<image href="data:image/png;base64,AAAA"/>'
    )
    assert HouseStyle(drawn(inside)).findings()


def test_links_by_a_field_that_lead_to_a_page_or_within_stay() -> None:
    page, place = "&quot;https://x.example&quot;", "\\l &quot;_Toc1&quot;"
    for target in (f"{page} \\o &quot;x&quot;", f"\\h {place}", f"{page} {place} \\t _blank"):
        assert HouseStyle(linked(target)).findings()


def test_fields_that_tell_of_the_document_stay() -> None:
    for name in ("PAGE", "NUMPAGES", "TITLE", "DATE", "STYLEREF", "DOCPROPERTY"):
        assert name in FIELDS
        assert HouseStyle(house_file(footer=f"<w:p>{field(f'{name} x')}</w:p>")).findings()


def test_a_field_in_what_stays_behind_counts_too() -> None:
    hidden = made.lines(made.control("Titel", "", "x")) + f"<w:p>{field('LINK Excel x')}</w:p>"
    with pytest.raises(Malformed) as refused:
        HouseStyle(house_file(body=hidden))
    assert refused.value.values == {"field": "LINK", "part": "word/document.xml"}


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def caught(*_given: object) -> None:
        raise AssertionError

    monkeypatch.setattr(socket.socket, "connect", caught)
    monkeypatch.setattr(socket, "getaddrinfo", caught)
    read_house_style.cache_clear()
    assert report_docx(sampled(), house=outside("hyperlink", "https://x.example"))
    for _code, raw in CASES.values():
        with pytest.raises(Malformed):
            HouseStyle(raw)


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_file_is_refused_or_read(data: st.DataObject) -> None:
    raw = bytearray(house_file())
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    assert why_not(lambda: HouseStyle(bytes(raw)).findings()) in {None, *MESSAGES}


@settings(max_examples=60)
@given(st.data())
def test_a_file_with_damaged_xml_is_refused_or_read(data: st.DataObject) -> None:
    parts = ["word/styles.xml", "word/document.xml", "word/numbering.xml", "word/header1.xml"]
    name = data.draw(st.sampled_from([*parts, "word/_rels/document.xml.rels"]))

    def change(part: str, content: bytes) -> bytes:
        if part != name:
            return content
        words = content.split(b'"')
        place = data.draw(st.integers(0, len(words) - 1))
        words[place] = data.draw(st.sampled_from([b"", b"x", b"-1", b"9" * 40, b"rId8", b"Kop1"]))
        return b'"'.join(words)

    raw = again(change)
    assert why_not(lambda: report_docx(sampled(), house=raw)) in {None, *MESSAGES}
