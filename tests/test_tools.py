"""The checks of links, translations and sizes find what they are for, and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from facilitator.messages import words_for_phones
from tools import links, sizes, translations

DOMAIN = translations.Domain("facilitator", "python", ("ui",), "*.py")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one page, one module and no catalogue."""
    for tool in (links, sizes, translations):
        monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "LOCALE", tmp_path / "locale")
    (tmp_path / "ui").mkdir()
    return tmp_path


def write(path: Path, text: str) -> Path:
    """A file with a text."""
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("other.md", None),
        ("other.md#de-klok-en-de-zaal", None),
        ("other.md#twee-1", None),
        ("#hier", None),
        ("https://example.org/none", None),
        ("none.md", "is not there"),
        ("other.md#none", "has no such heading"),
        ("../outside.md", "leaves the project"),
    ],
)
def test_a_dead_link_is_told_with_its_reason(project: Path, link: str, reason: str | None) -> None:
    write(project / "other.md", "# De klok, en de zaal\n## Twee\n## Twee\n")
    page = write(project / "page.md", f"# Hier\n[a]({link})\n")
    assert [links.fault(page, found) for found in links.links(page)] == [reason]


def test_a_link_in_an_example_of_code_does_not_count(project: Path) -> None:
    page = write(project / "page.md", "```\n[a](none.md)\n```\nand `[a](none.md)`\n")
    assert not list(links.links(page))


def test_a_link_around_a_picture_is_two_links(project: Path) -> None:
    page = write(project / "page.md", '[![b](one.png)](two.md) <img src="three.png">')
    assert set(links.links(page)) == {"one.png", "two.md", "three.png"}


def test_a_text_without_a_translation_is_told(project: Path) -> None:
    write(project / "ui" / "a.py", '_("Tafel")\n')
    assert list(translations.faults(DOMAIN)) == ["not in the catalogue: 'Tafel'"]
    translations.update(DOMAIN)
    assert list(translations.faults(DOMAIN)) == ["not translated: 'Tafel'"]


def test_updating_keeps_translations_and_drops_what_is_gone(project: Path) -> None:
    write(project / "ui" / "a.py", '_("Tafel {n}")\n_("Zaal")\n')
    translations.update(DOMAIN)
    text = DOMAIN.file.read_text(encoding="utf-8")
    write(DOMAIN.file, text.replace('{n}"\nmsgstr ""', '{n}"\nmsgstr "Table {n}"'))
    write(project / "ui" / "a.py", '_("Tafel {n}")\n')
    assert "no longer in the code: 'Zaal'" in list(translations.faults(DOMAIN))
    translations.update(DOMAIN)
    assert not list(translations.faults(DOMAIN))
    assert "Zaal" not in DOMAIN.file.read_text(encoding="utf-8")


def test_updating_twice_changes_nothing(project: Path) -> None:
    write(project / "ui" / "a.py", 'ngettext("{n} briefje", "{n} briefjes", n)\npgettext("a", "b")')
    translations.update(DOMAIN)
    once = DOMAIN.file.read_text(encoding="utf-8")
    translations.update(DOMAIN)
    assert DOMAIN.file.read_text(encoding="utf-8") == once


@pytest.mark.parametrize(
    ("translation", "fault"),
    [("Table {name}", "fills in something else"), ("Table", "fills in less")],
)
def test_a_translation_fills_in_what_the_text_does(
    project: Path, translation: str, fault: str
) -> None:
    write(project / "ui" / "a.py", '_("Tafel {n}")\n')
    translations.update(DOMAIN)
    text = DOMAIN.file.read_text(encoding="utf-8")
    write(DOMAIN.file, text.replace('{n}"\nmsgstr ""', f'{{n}}"\nmsgstr "{translation}"'))
    assert [found.partition(":")[0] for found in translations.faults(DOMAIN)] == [fault]


def test_the_phone_s_texts_are_found_within_templates(project: Path) -> None:
    write(project / "ui" / "a.js", 'x(`<b>${t("Naam")}</b>`); _("Tafel");')
    phone = translations.Domain("phone", "javascript", ("ui",), "*.js")
    found = {text for _, text in translations.by_key(translations.in_code(phone))}
    assert found == {"Naam", "Tafel"}


ARABIC = replace(translations.DOMAINS[1], locale="ar", folders=("ui",))


def a_language(project: Path, head: str, text: str) -> None:
    """A page with one text, and a file with its translation."""
    write(project / "ui" / "a.js", 't("Tafel {number}");')
    ARABIC.file.parent.mkdir(parents=True)
    write(ARABIC.file, f'msgid ""\nmsgstr ""\n{head}\n\n{text}')


def test_a_further_language_is_a_file_that_says_what_it_is(project: Path) -> None:
    a_language(project, '"X-Direction: right\\n"', "")
    assert [domain.locale for domain in translations.domains()] == ["en", "en", "ar"]
    told = [fault for fault in translations.faults(ARABIC) if fault.startswith("its head")]
    assert [fault.partition(": ")[2].partition(":")[0] for fault in told] == [
        "X-Name",
        "X-Direction",
        "X-Reviewed",
    ]


def test_a_further_language_has_every_text_of_the_phone_and_every_refusal(project: Path) -> None:
    head = '"X-Name: A\\n"\n"X-Direction: rtl\\n"\n"X-Reviewed: no\\n"'
    a_language(project, head, 'msgid "Tafel {number}"\nmsgstr "الطاولة {nummer}"')
    told = list(translations.faults(ARABIC))
    assert "fills in something else: 'Tafel {number}'" in told
    assert f"not in the catalogue: {words_for_phones()[0]!r}" in told
    translations.update(ARABIC)
    text = ARABIC.file.read_text("utf-8")
    assert "X-Reviewed: no" in text
    assert "الطاولة {nummer}" in text
    told = list(translations.faults(ARABIC))
    assert len([fault for fault in told if "not translated" in fault]) == len(words_for_phones())


def test_what_is_too_large_is_told(project: Path) -> None:
    body = "    x = 1\n" * (sizes.MAX_STATEMENTS + 1)
    path = write(project / "ui" / "a.py", f"def f():\n{body}" + "\n" * sizes.MAX_LINES)
    places = [place for place, _ in sizes.too_large(path)]
    assert places == ["ui/a.py", "ui/a.py:1 f"]
