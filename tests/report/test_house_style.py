"""The house style of an organisation: what of it is used, and what is said of the rest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from openxml_audit import OpenXmlValidator

from facilitator.i18n import Words
from facilitator.meeting.outline import ReportForm
from facilitator.report.house.findings import WORDS, Finding, all_told, told
from facilitator.report.house.style import read_house_style
from facilitator.report.word import report_docx
from tests.report import house_file as made
from tests.report.docx_file import DocxFile, W, text_of
from tests.report.house_file import house_file, latent
from tests.report.meetings import complete, held, sampled
from tests.report.odd import ODD
from tests.report.test_styles import contrast

HOUSES = {
    "docx": house_file(),
    "dotx": house_file(template=True),
    "latent": latent(),
    "bare": house_file(styles=made.BASE, numbering="", body="", section="", footer=""),
}


def faults(content: bytes, path: Path) -> list[str]:
    path.write_bytes(content)
    return [str(error) for error in OpenXmlValidator().validate(path).errors]


def written(raw: bytes, language: str = "nl") -> DocxFile:
    return DocxFile(report_docx(sampled(language), house=raw))


def codes(raw: bytes) -> list[str]:
    return [finding.code for finding in read_house_style(raw).findings()]


def styles_of(file: DocxFile) -> dict[str, etree._Element]:
    """Styles by their names."""
    found = {}
    for style in file.xml("word/styles.xml").iter(f"{W}style"):
        name = style.find(f"{W}name")
        assert name is not None
        found[str(name.get(f"{W}val"))] = style
    return found


@pytest.mark.parametrize("kind", ["docx", "dotx", "latent"])
def test_the_templates_of_these_tests_are_sound(kind: str, tmp_path: Path) -> None:
    ending = "docx" if kind == "docx" else "dotx"
    assert faults(HOUSES[kind], tmp_path / f"house.{ending}") == []


@pytest.mark.parametrize("house", HOUSES)
def test_an_auditor_finds_nothing(house: str, tmp_path: Path) -> None:
    for state in (sampled(), held(ODD, across=2, themes=7), held(themes=0)):
        assert faults(report_docx(state, house=HOUSES[house]), tmp_path / "verslag.docx") == []


@pytest.mark.parametrize("house", HOUSES)
def test_the_same_meeting_gives_the_same_bytes(house: str) -> None:
    raw = HOUSES[house]
    assert report_docx(sampled(), house=raw) == report_docx(sampled(), house=raw)
    read_house_style.cache_clear()
    first = report_docx(sampled(), house=raw)
    read_house_style.cache_clear()
    assert first == report_docx(sampled(), house=raw)


def fonts(style: etree._Element) -> list[str]:
    return [str(mark.get(f"{W}ascii")) for mark in style.iterfind(f"{W}rPr/{W}rFonts")]


def test_styles_are_found_by_their_names() -> None:
    file = written(HOUSES["docx"])
    used = {style for style, _text in file.paragraphs()}
    found = styles_of(file)
    for name in ("heading 1", "heading 2", "caption", "List Number", "toc 1", "Table Text"):
        assert found[name].get(f"{W}styleId") in used
    assert fonts(found["heading 1"]) == ["Georgia"]
    assert found["Verslag Matrix Note"].get(f"{W}styleId") in used
    assert found["Matrix Note"].get(f"{W}type") == "character"


def test_a_style_of_theirs_with_an_id_of_ours_stays_what_it_is() -> None:
    other = made.style("Heading1", "Tabelkop", "<w:rPr><w:caps/></w:rPr>", own=True)
    lower = made.style("notetext", "Voetnoot", "<w:rPr><w:smallCaps/></w:rPr>", own=True)
    rests = made.style("Rust", "Rust", own=True).replace('"Standaard"', '"Heading1"')
    cap = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Kop</w:t></w:r></w:p>'
    file = written(house_file(styles=made.FULL + other + lower + rests, header=cap + made.logo()))
    found = styles_of(file)
    assert found["heading 1"].get(f"{W}styleId") == "Heading1"
    there = found["Tabelkop"].get(f"{W}styleId")
    assert there == "HouseHeading1"
    assert found["Tabelkop"].find(f"{W}rPr/{W}caps") is not None
    based = found["Rust"].find(f"{W}basedOn")
    assert based is not None
    assert based.get(f"{W}val") == there
    header = file.xml("word/house/header1.xml")
    assert next(header.iter(f"{W}pStyle")).get(f"{W}val") == there
    assert found["Voetnoot"].find(f"{W}rPr/{W}smallCaps") is not None
    assert found["Note Text"].get(f"{W}styleId") == "NoteText"


def test_names_are_unique_and_every_style_that_is_used_is_there() -> None:
    for raw in HOUSES.values():
        file = written(raw)
        sheet = file.xml("word/styles.xml")
        names = [str(n.get(f"{W}val")).casefold() for n in sheet.iter(f"{W}name")]
        keys = [str(style.get(f"{W}styleId")) for style in sheet.iter(f"{W}style")]
        assert len(set(names)) == len(names)
        assert len(set(keys)) == len(keys)
        links = ("pStyle", "rStyle", "tblStyle", "basedOn", "next")
        for name in file.parts:
            if name.startswith("word/") and name.endswith(".xml"):
                marks = file.xml(name).iter(*(f"{W}{link}" for link in links))
                assert {str(mark.get(f"{W}val")) for mark in marks} <= set(keys)


def test_what_is_latent_is_made_with_its_own_level_in_their_colour() -> None:
    made_styles = styles_of(written(HOUSES["latent"]))
    for level in (1, 2, 3):
        outline = made_styles[f"heading {level}"].find(f"{W}pPr/{W}outlineLvl")
        assert outline is not None
        assert outline.get(f"{W}val") == str(level - 1)
    based = made_styles["heading 2"].find(f"{W}basedOn")
    assert based is not None
    assert based.get(f"{W}val") == made_styles["Normal"].get(f"{W}styleId")
    assert made_styles["Normal"].get(f"{W}default") == "1"
    subtitle = made_styles["Subtitle"].find(f"{W}rPr/{W}color")
    assert subtitle is not None
    assert subtitle.get(f"{W}val") == "1F4E79"
    assert made_styles["heading 2"].get(f"{W}customStyle") is None


def test_a_heading_without_a_level_gets_it_and_what_is_too_pale_gets_darker() -> None:
    found = styles_of(written(HOUSES["docx"]))
    level = found["heading 3"].find(f"{W}pPr/{W}outlineLvl")
    assert level is not None
    assert level.get(f"{W}val") == "2"
    colour = found["heading 2"].find(f"{W}rPr/{W}color")
    assert colour is not None
    assert contrast("C45911", "FFFFFF") < 4.5 <= contrast(str(colour.get(f"{W}val")), "FFFFFF")
    kept = found["heading 1"].find(f"{W}rPr/{W}color")
    assert kept is not None
    assert kept.get(f"{W}val") == "5C2D91"


@pytest.mark.parametrize("house", HOUSES)
def test_every_colour_of_text_can_be_read(house: str) -> None:
    file = written(HOUSES[house])
    used = {style for style, _text in file.paragraphs()}
    for style in file.xml("word/styles.xml").iter(f"{W}style"):
        colour = style.find(f"{W}rPr/{W}color")
        if colour is not None and style.get(f"{W}styleId") in used:
            assert contrast(str(colour.get(f"{W}val")), "FFFFFF") >= 4.5


def test_pages_header_and_footer_are_theirs() -> None:
    file = written(HOUSES["docx"])
    sizes = [
        (size.get(f"{W}w"), size.get(f"{W}h"), size.get(f"{W}orient"))
        for size in file.document.iter(f"{W}pgSz")
    ]
    upright = ("11906", "16838", None)
    assert sizes == [upright, ("16838", "11906", "landscape"), upright]
    assert {m.get(f"{W}left") for m in file.document.iter(f"{W}pgMar")} == {"1701"}
    widths = {
        sum(int(str(col.get(f"{W}w"))) for col in grid)
        for grid in file.document.iter(f"{W}tblGrid")
    }
    assert widths == {11906 - 1701 - 1134, 16838 - 1701 - 1134}
    footer = file.xml("word/house/footer1.xml")
    assert text_of(footer) == "Gemeente Merelveen | 1 / 9"
    told = [mark.text for mark in footer.iter(f"{W}instrText")]
    assert told == [" PAGE ", " NUMPAGES "]
    assert file.parts["word/house/media/image1.png"] == made.picture()


def test_fonts_and_sizes_follow_theirs() -> None:
    file = written(HOUSES["docx"])
    assert b"Calibri" not in file.parts["word/styles.xml"]
    assert b"Verdana" in file.parts["word/house/fontTable.xml"]
    size = styles_of(file)["Note Text"].find(f"{W}rPr/{W}sz")
    assert size is not None
    assert size.get(f"{W}val") == "17"  # as 20 is to our 22


def test_a_page_number_is_put_where_there_is_none() -> None:
    said = "<w:p><w:r><w:t>Gemeente Merelveen</w:t></w:r></w:p>"
    raw = house_file(footer=said)
    assert "footer_page" in codes(raw)
    footer = written(raw).xml("word/house/footer1.xml")
    assert text_of(footer) == "Gemeente MerelveenPagina 1 van 1"
    bare = written(HOUSES["bare"])
    assert "footer_page" in codes(HOUSES["bare"])
    assert text_of(bare.xml("word/footer_default.xml")) == "Pagina 1 van 1"


def test_lists_are_theirs_and_each_begins_at_one() -> None:
    file = written(HOUSES["docx"])
    numbering = file.xml("word/numbering.xml")
    own = {
        str(num.get(f"{W}numId")): num
        for num in numbering.iter(f"{W}num")
        if num.find(f"{W}lvlOverride/{W}startOverride") is not None
    }
    assert len(own) == 2
    behind = {n.get(f"{W}val") for num in own.values() for n in num.iter(f"{W}abstractNumId")}
    assert behind == {"5"}
    lists = {m.get(f"{W}val") for m in file.document.iterfind(f".//{W}p/{W}pPr/{W}numPr/{W}numId")}
    assert lists == set(own)


HANGING = '<w:ind w:left="284" w:hanging="284"/>'


def test_lines_of_a_list_begin_below_one_another() -> None:
    flat = house_file(numbering=made.NUMBERING.replace(HANGING, ""))
    assert "style_hanging" not in codes(HOUSES["docx"])
    assert codes(flat).count("style_hanging") == 1
    found = styles_of(written(flat))
    for name, hanging in (("List Bullet", "397"), ("List Number", None)):
        mark = found[name].find(f"{W}pPr/{W}ind")
        assert (None if mark is None else mark.get(f"{W}hanging")) == hanging
    told = made.FULL.replace(
        '<w:numId w:val="7"/></w:numPr>', f'<w:numId w:val="7"/></w:numPr>{HANGING}'
    )
    raw = house_file(styles=told, numbering=made.NUMBERING.replace(HANGING, ""))
    assert "style_hanging" not in codes(raw)


def test_a_list_style_without_bullets_is_not_used() -> None:
    flat = made.FULL.replace('<w:numPr><w:numId w:val="7"/></w:numPr>', "")
    raw = house_file(styles=flat)
    assert "style_list" in codes(raw)
    assert "Verslag List Bullet" in styles_of(written(raw))


def test_content_controls_are_filled_in() -> None:
    file = written(HOUSES["docx"])
    texts = [text_of(control) for control in file.document.iter(f"{W}sdt")]
    assert texts == [
        "Leersessie teamleiders: dichtbij en op koers",
        "30 oktober 2026",
        "Welzijnsgroep Merelveen",
        "",
        "Bo, secretariaat",
    ]
    for gone in ("showingPlcHdr", "dataBinding", "placeholder"):
        assert not list(file.document.iter(f"{W}{gone}"))
    date = next(file.document.iter(f"{W}date"))
    assert date.get(f"{W}fullDate") == "2026-10-30T00:00:00Z"
    assert "Tekstvantijdelijkeaanduiding" not in file.parts["word/document.xml"].decode()
    shown = [text for _style, text in file.paragraphs()]
    assert shown.count("Leersessie teamleiders: dichtbij en op koers") == 1
    assert "Tijd\t11.00–13.00 uur" in shown  # of our title block: what theirs does not ask for
    assert not any(text.startswith(("Datum\t", "Organisatie\t")) for text in shown)
    assert "Hier komt de tekst." not in shown


def test_controls_in_a_header_are_filled_in_english_too() -> None:
    header = (
        made.line(made.control("Title", "", "[Title]"))
        + made.line(made.control("", "Publish_Date", "[Date]"))
        + made.line(made.control("Company", "", "[Company]"))
        + made.line(made.control("Author", "", "[Author]"))
    )
    file = written(house_file(header=header, body=""), language="en")
    assert [text_of(c) for c in file.xml("word/house/header1.xml").iter(f"{W}sdt")] == [
        "Learning session for team leaders: close by and on course",
        "30 October 2026",
        "Merelveen Welfare Group",
        "Bo, secretariat",
    ]
    assert file.styled("Title")  # our own title block stays


def test_one_language_everywhere_and_nothing_of_theirs_that_locks_or_follows() -> None:
    file = written(HOUSES["dotx"])
    for name, content in file.parts.items():
        if name.startswith("word/") and name.endswith(".xml") and "theme" not in name:
            for mark in etree.fromstring(content).iter(f"{W}lang", f"{W}themeFontLang"):
                assert mark.get(f"{W}val") == "nl-NL"
    settings = file.parts["word/settings.xml"]
    assert b"documentProtection" not in settings
    assert b"trackRevisions" not in settings
    assert b"template.main" not in file.parts["[Content_Types].xml"]


def test_findings_are_told_in_words() -> None:
    found = read_house_style(HOUSES["docx"]).findings()
    assert {finding.code for finding in found} == {
        *("style_contrast", "style_level", "style_renamed", "text_left", "control_unknown"),
    }
    (pale,) = [finding for finding in found if finding.code == "style_contrast"]
    assert told(pale, Words("nl")).startswith(
        "De kleur van “Kop 2” heeft te weinig contrast: 4,4, en 4,5 is nodig."
    )
    missing = [
        f for f in read_house_style(HOUSES["latent"]).findings() if f.code == "style_missing"
    ]
    assert {"heading 2", "Title", "List Bullet"} <= {str(f.values["style"]) for f in missing}
    bare = codes(HOUSES["bare"])
    assert {"page_none", "header_none", "footer_page", "logo_none", "control_none"} <= set(bare)


def test_styles_that_are_not_there_are_told_in_one_sentence() -> None:
    title, third = (Finding("style_missing", {"style": name}) for name in ("Title", "heading 3"))
    other = Finding("header_none")
    (alone,) = all_told([title], Words("nl"))
    assert alone == (title, told(title, Words("nl")))
    assert [message for _, message in all_told([title, other, third], Words("nl"))] == [
        (
            "Deze stijlen zijn niet gevonden: “Titel”, “Kop 3”. "
            "Het verslag gebruikt onze stijlen, in uw lettertype en kleur."
        ),
        told(other, Words("nl")),
    ]


def test_styles_that_nobody_sees_are_not_missed() -> None:
    missed = {str(f.values.get("style")) for f in read_house_style(HOUSES["bare"]).findings()}
    assert missed.isdisjoint({"Default Paragraph Font", "Normal Table", "No List"})
    assert "Title" in missed


def test_every_finding_can_come_up() -> None:
    raws = (
        *HOUSES.values(),
        house_file(header=made.logo("")),
        house_file(styles=made.FULL.replace('<w:numPr><w:numId w:val="7"/></w:numPr>', "")),
    )
    raws += (house_file(numbering=made.NUMBERING.replace(HANGING, "")),)
    assert {code for raw in raws for code in codes(raw)} == set(WORDS)


def test_a_logo_without_words_gets_them() -> None:
    file = written(house_file(header=made.logo("")))
    (picture,) = file.xml("word/house/header1.xml").iter("{*}docPr")
    assert picture.get("descr") == "Logo van Welzijnsgroep Merelveen"


def test_a_verslag_in_our_own_look_is_a_house_style_too(tmp_path: Path) -> None:
    first = report_docx(sampled())
    again = report_docx(sampled(), house=first)
    assert faults(again, tmp_path / "verslag.docx") == []
    assert DocxFile(again).styled("Heading1") == DocxFile(first).styled("Heading1")
    assert styles_of(DocxFile(again)).keys() == styles_of(DocxFile(first)).keys()


@pytest.mark.parametrize("house", HOUSES)
def test_a_form_without_names_fills_in_none(house: str) -> None:
    names = ("Quirijn", "Zonneveldt", "Wendelmoet")
    state = complete(ReportForm.FEEDBACK, writer="Quirijn Zonneveldt")
    file = DocxFile(report_docx(state, house=HOUSES[house]))
    for content in file.parts.values():
        assert not any(name.encode() in content for name in names)


def test_the_first_page_keeps_its_own_header_and_only_that_one() -> None:
    first = made.SECTION.replace(
        "<w:pgSz", '<w:headerReference w:type="first" r:id="rId8"/><w:pgSz', 1
    ).replace("<w:cols", "<w:titlePg/><w:cols", 1)
    first = re.sub(r"(<w:footerReference[^>]*>)(<w:headerReference[^>]*>)", r"\2\1", first)
    first = re.sub(r"<w:titlePg/>(<w:cols[^>]*/>)", r"\1<w:titlePg/>", first)
    file = written(house_file(section=first))
    sections = list(file.document.iter(f"{W}sectPr"))
    assert [section.find(f"{W}titlePg") is not None for section in sections] == [True, False, False]
    kinds = [mark.get(f"{W}type") for mark in sections[0].iter(f"{W}headerReference")]
    assert sorted(map(str, kinds)) == ["default", "first"]


def test_a_page_on_its_side_in_columns_still_gives_pages_that_stand() -> None:
    turned = made.SECTION.replace(
        'w:w="11906" w:h="16838"', 'w:w="15840" w:h="12240" w:orient="landscape"'
    ).replace('<w:cols w:space="708"/>', '<w:cols w:num="2" w:space="708"/>')
    file = written(house_file(section=turned))
    sizes = [(s.get(f"{W}w"), s.get(f"{W}h")) for s in file.document.iter(f"{W}pgSz")]
    assert sizes == [("12240", "15840"), ("15840", "12240"), ("12240", "15840")]
    assert not list(file.document.iter(f"{W}cols"))


def test_headers_of_an_earlier_section_hold_for_the_later_one() -> None:
    cover = f"<w:p><w:pPr>{made.SECTION}</w:pPr></w:p>"
    later = re.sub(r"<w:(header|footer)Reference[^>]*/>", "", made.SECTION)
    file = written(house_file(body=cover, section=later))
    for section in file.document.iter(f"{W}sectPr"):
        assert section.find(f"{W}headerReference") is not None
        assert section.find(f"{W}footerReference") is not None


def test_a_logo_on_top_of_the_text_goes_along(tmp_path: Path) -> None:
    top = made.logo().replace("rId1", "rId60")
    thread = made.relation("rId60", "image", "media/image1.png")
    raw = house_file(header="<w:p/>", body=top, threads=thread)
    content = report_docx(sampled(), house=raw)
    assert faults(content, tmp_path / "verslag.docx") == []
    file = DocxFile(content)
    assert len(list(file.document.iter("{*}docPr"))) == 1
    assert next(iter(file.paragraphs()))[0] == "Header"
    assert "logo_none" not in codes(raw)


def test_pages_left_and_right_both_have_a_number() -> None:
    even = "<w:p><w:r><w:t>Links</w:t></w:r></w:p>"
    section = made.SECTION.replace(
        "<w:pgSz", '<w:footerReference w:type="even" r:id="rId61"/><w:pgSz', 1
    )
    raw = house_file(
        section=section,
        settings="<w:evenAndOddHeaders/>",
        threads=made.relation("rId61", "footer", "footer2.xml"),
        kinds=(f'<Override PartName="/word/footer2.xml" ContentType="{made.MAIN}.footer+xml"/>'),
        others={"word/footer2.xml": f"{made.HEAD.format('ftr')}{even}</w:ftr>"},
    )
    file = written(raw)
    assert text_of(file.xml("word/house/footer2.xml")) == "LinksPagina 1 van 1"
    assert b"evenAndOddHeaders" in file.parts["word/settings.xml"]


def test_fields_show_the_properties_of_the_verslag() -> None:
    shown = (
        f"<w:p>{made.field('TITLE MERGEFORMAT', 'Oude titel')}</w:p>"
        f"<w:p>{made.field('DOCPROPERTY  Company', 'Oud')}</w:p>"
        '<w:p><w:fldSimple w:instr=" AUTHOR "><w:r><w:t>Oud</w:t></w:r></w:fldSimple></w:p>'
        f"<w:p>{made.field('DOCPROPERTY Kenmerk', 'K-12')}{made.field('PAGE')}</w:p>"
    )
    header = written(house_file(header=shown)).xml("word/house/header1.xml")
    assert [text_of(paragraph) for paragraph in header] == [
        "Leersessie teamleiders: dichtbij en op koers",
        "Welzijnsgroep Merelveen",
        "Bo, secretariaat",
        "K-121",
    ]
