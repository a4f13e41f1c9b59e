"""The documentation names what there is: commands, settings, codes, calls, keys, words on screens."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path

import pytest

import dev
from facilitator import cli
from facilitator.i18n import Words
from facilitator.messages import MESSAGES
from facilitator.server.routes import ROUTES
from tools import translations
from ui import actions
from ui.__main__ import PARTS

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
GUIDES = {"nl": DOCS / "gebruik.md", "en": DOCS / "guide.md"}
CODE = ("facilitator", "ui", "tests", "tools", "benchmarks")
VARIABLE = re.compile(r"\bFACILITATOR_[A-Z]+\b|environ\.(?:get|setdefault)\(\"(\w+)\"")
OF_THE_SYSTEM = {"DISPLAY", "WAYLAND_DISPLAY"}
PLACE = re.compile(r"\{[^{}]*\}")
NUMBER = "{number}"
KEYS = {
    "nl": {"Space": "Spatie", "PgDown": "Page Down", "PgUp": "Page Up"},
    "en": {"Space": "Space", "PgDown": "Page Down", "PgUp": "Page Up"},
}


def text_of(*paths: Path) -> str:
    return "\n".join(path.read_text("utf-8") for path in paths)


def all_docs() -> str:
    return text_of(ROOT / "README.md", *sorted(DOCS.glob("*.md")))


def commands() -> dict[str, argparse.ArgumentParser]:
    (found,) = (
        action
        for action in cli._parser()._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    return dict(found.choices)


@pytest.mark.parametrize("command", commands())
def test_each_command_and_its_options_are_documented(command: str) -> None:
    assert re.search(rf"^\| `{command}[ `]", text_of(DOCS / "protocol.md"), re.MULTILINE)
    text = all_docs()
    options = [name for action in commands()[command]._actions for name in action.option_strings]
    assert [name for name in options if name.startswith("--") and name not in text] == []


@pytest.mark.parametrize("command", dev.COMMANDS)
def test_each_command_of_the_makers_is_documented(command: str) -> None:
    for page in (ROOT / "README.md", DOCS / "developing.md"):
        assert f"python3 dev.py {command}" in text_of(page)


def test_no_other_command_is_documented() -> None:
    text = all_docs()
    assert set(re.findall(r"dev\.py ([a-z]+)", text)) <= set(dev.COMMANDS)
    assert set(re.findall(r"-m facilitator ([a-z]+)", text)) <= set(commands())
    assert set(re.findall(r"-m ui ([a-z]+)", text)) == set(PARTS)


def test_each_check_is_documented() -> None:
    (line,) = re.findall(r"dev\.py check .*some: (.*)", text_of(DOCS / "developing.md"))
    assert line.split() == list(dev.checks())


def variables() -> set[str]:
    """What is read from the environment anywhere."""
    paths = [ROOT / "dev.py", *(path for top in CODE for path in (ROOT / top).rglob("*.py"))]
    found = VARIABLE.finditer(text_of(*paths))
    return {match[1] or match[0] for match in found} - OF_THE_SYSTEM


def test_each_setting_is_documented() -> None:
    text = all_docs()
    assert [name for name in sorted(variables()) if f"`{name}`" not in text] == []
    documented = set(re.findall(r"\bFACILITATOR_[A-Z]+\b", text))
    assert documented <= variables()


def test_each_error_is_documented_in_both_languages() -> None:
    text = text_of(DOCS / "errors.md")
    both = ((code, Words("en")(dutch)) for code, dutch in MESSAGES.items())
    rows = {code: f"| `{code}` | {MESSAGES[code]} | {english} |" for code, english in both}
    assert [code for code, row in rows.items() if row not in text] == [], "use --update-golden"


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_each_call_is_documented(route: object) -> None:
    method, path = route.method, route.path  # type: ignore[attr-defined]
    assert f"`{method} {path}" in text_of(DOCS / "protocol.md")


def test_each_page_can_be_found_from_the_front_door() -> None:
    text = text_of(ROOT / "README.md")
    assert [page.name for page in DOCS.glob("*.md") if f"](docs/{page.name})" not in text] == []


def test_each_benchmark_and_each_kind_of_test_is_documented() -> None:
    text = text_of(DOCS / "developing.md")
    runs = [path for path in (ROOT / "benchmarks").glob("*.py") if "__main__" in text_of(path)]
    alone = {
        path.stem for path in runs if "limit" in text_of(path).lower() or "BAR" in text_of(path)
    }
    assert alone == set(re.findall(r"^\| `([a-z_]+)` \| ", text, re.MULTILINE))
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    markers = re.findall(r'^    "([a-z0-9]+): ', settings, re.MULTILINE)
    assert markers
    assert [name for name in markers if f"`{name}`" not in text] == []


# The guides


def on_screens(language: str) -> Iterator[str]:
    """Every text of the app in a language, that of the phone too."""
    for domain in translations.DOMAINS:
        if language == "nl":
            for message in translations.by_key(translations.in_code(domain)).values():
                yield from translations.strings(message.id)
        else:
            for message in translations.by_key(translations.on_file(domain)).values():
                yield from translations.texts(message)


@cache
def patterns(language: str) -> list[re.Pattern[str]]:
    """The texts as patterns. What is filled in is a number, or after other words anything."""
    found = []
    for text in on_screens(language):
        parts = PLACE.split(text)
        names = PLACE.findall(text)
        if not parts[0] and any(name != NUMBER for name in names):
            continue
        filled = [r"\d+" if name == NUMBER else ".+" for name in names]
        pairs = zip_longest(map(re.escape, parts), filled, fillvalue="")
        found.append(re.compile("".join(part for pair in pairs for part in pair)))
    return found


@pytest.mark.parametrize("language", GUIDES)
def test_quoted_words_stand_on_a_screen(language: str) -> None:
    quoted = set(re.findall(r"“([^“”]+)”", text_of(GUIDES[language])))
    assert len(quoted) > 60
    known = patterns(language)
    assert [
        words for words in sorted(quoted) if not any(one.fullmatch(words) for one in known)
    ] == []


@pytest.mark.parametrize("language", GUIDES)
def test_each_key_is_in_the_guide(language: str) -> None:
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", text_of(GUIDES[language]), re.MULTILINE)
    told = {key for row in rows for key in re.split(r" (?:of|or|en|and|to|tot en met) ", row)}
    pages = {key for page in actions.PAGES for key in page.keys}
    assert {min(pages), max(pages)} <= told
    keys = {KEYS[language].get(key, key) for action in actions.ACTIONS for key in action.keys}
    assert keys - pages - told == set()


def shape(page: Path) -> list[str]:
    """What a guide is made of, whatever its language: headings, pictures, rows, points."""
    marks = re.compile(
        r"^(#+|\||\d+\.|- \[ \]|-|  -) |\]\(([^)#]+\.png)\)|src=\"([^\"]+)\"", re.MULTILINE
    )
    return ["".join(filter(None, found)) for found in marks.findall(text_of(page))]


def test_the_guides_say_the_same() -> None:
    dutch, english = map(shape, GUIDES.values())
    assert len(dutch) > 100
    assert dutch == english
