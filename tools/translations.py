"""Whether every Dutch text has an English one; ``--update`` brings the catalogues up to date.

And whether each further language of the phone's page has all of its texts, and those of what a
phone may be refused.
"""

import io
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
LOCALE = ROOT / "resources" / "locale"

from facilitator.messages import words_for_phones  # noqa: E402 - found by the line above

Spec = tuple[int | tuple[int, str], ...]
KEYWORDS: Mapping[str, Spec | None] = {
    "_": None,
    "N_": None,
    "t": None,
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
OPTIONS = {"parse_template_string": True}  # also what stands within `${…}`
PLACE = re.compile(r"\{[^{}]*\}|%\([^)]*\)[a-z]|%[sd]")

HEAD = """\
# English texts of Facilitator; the Dutch ones stand in the code.
msgid ""
msgstr ""
"Language: en\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""

Key = tuple[str | None, str]


@dataclass(frozen=True)
class Domain:
    """A catalogue and the code whose texts it holds."""

    name: str
    language: str  # of the code
    folders: tuple[str, ...]
    pattern: str
    locale: str = "en"

    @property
    def file(self) -> Path:
        """Where the catalogue lies."""
        return LOCALE / self.locale / "LC_MESSAGES" / f"{self.name}.po"

    @property
    def head(self) -> str:
        """What stands above the texts; what a further language says of itself is kept."""
        if self.locale == "en" or not self.file.exists():
            return HEAD
        return self.file.read_text("utf-8").partition("\n\n")[0] + "\n\n"

    def sources(self) -> list[Path]:
        """The files with texts."""
        return [path for top in self.folders for path in sorted((ROOT / top).rglob(self.pattern))]


DOMAINS = (
    Domain("facilitator", "python", ("facilitator", "ui"), "*.py"),
    Domain("phone", "javascript", ("resources/web",), "*.js"),
)


def domains() -> list[Domain]:
    """All catalogues: the English ones, and one for each further language of the phone."""
    files = sorted(LOCALE.glob("*/LC_MESSAGES/phone.po"))
    codes = [path.parents[1].name for path in files if path.parents[1].name != "en"]
    return [*DOMAINS, *(replace(DOMAINS[1], locale=code) for code in codes)]


def key(message: Message) -> Key:
    """What tells one message from another."""
    return message.context, strings(message.id)[0]


def strings(value: str | Sequence[str]) -> list[str]:
    """One text, or one a plural form, as a list."""
    return [value] if isinstance(value, str) else list(value)


def texts(message: Message) -> list[str]:
    """The translations of a message: one, or one a plural form."""
    return strings(message.string or "")


def by_key(catalog: Catalog) -> dict[Key, Message]:
    """The messages of a catalogue, without its head."""
    return {key(message): message for message in catalog if message.id}


def in_code(domain: Domain) -> Catalog:
    """All texts that the code shows."""
    catalog = Catalog(locale=domain.locale, fuzzy=False)
    for path in domain.sources():
        found = extract_from_file(
            domain.language, path, KEYWORDS, comment_tags=["i18n:"], options=OPTIONS
        )
        for _line, text, comments, context in found:
            catalog.add(text, auto_comments=comments, context=context)
    if domain.locale != "en":
        for text in words_for_phones():
            catalog.add(text)
    return catalog


def on_file(domain: Domain) -> Catalog:
    """The catalogue as it lies there; an empty one if there is none."""
    if not domain.file.exists():
        return Catalog(locale=domain.locale, fuzzy=False)
    with domain.file.open("rb") as file:
        return read_po(file, locale=domain.locale)


def places(text: str) -> set[str]:
    """What is filled in: {name} and %(name)s."""
    return set(PLACE.findall(text))


def faults(domain: Domain) -> Iterator[str]:
    """What is wrong with a catalogue."""
    catalog = on_file(domain)
    wanted, present = by_key(in_code(domain)), by_key(catalog)
    if domain.locale != "en":
        yield from head_faults(domain.head)
    yield from (f"not in the catalogue: {text!r}" for _, text in wanted.keys() - present.keys())
    yield from (f"no longer in the code: {text!r}" for _, text in present.keys() - wanted.keys())
    yield from (f"obsolete: {text!r}" for text in catalog.obsolete)
    for message in present.values():
        yield from translation_faults(message)


def head_faults(head: str) -> Iterator[str]:
    """What a further language does not say of itself."""
    for said in ("X-Name: .+", "X-Direction: (ltr|rtl)", "X-Reviewed: (yes|no)"):
        if not re.search(rf'^"{said}\\n"$', head, re.MULTILINE):
            yield f"its head lacks a line: {said}"


def translation_faults(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    originals = strings(message.id)
    allowed = {place for original in originals for place in places(original)}
    text = originals[0]
    if not all(texts(message)):
        yield f"not translated: {text!r}"
    elif any(places(translation) - allowed for translation in texts(message)):
        yield f"fills in something else: {text!r}"
    elif places(originals[-1]) - places(texts(message)[-1]):
        yield f"fills in less: {text!r}"
    if message.fuzzy:
        yield f"fuzzy: {text!r}"


def updated(domain: Domain) -> Catalog:
    """The texts of the code with the translations there are."""
    catalog, present = in_code(domain), by_key(on_file(domain))
    for found, message in by_key(catalog).items():
        old = present.get(found)
        if old is not None and isinstance(old.id, str) == isinstance(message.id, str):
            message.string, message.user_comments = old.string, old.user_comments
    return catalog


def written(catalog: Catalog, head: str) -> str:
    """A catalogue as text: sorted, without dates and line numbers, so that it changes little."""
    body = io.BytesIO()
    write_po(body, catalog, width=100, no_location=True, omit_header=True, sort_output=True)
    return head + body.getvalue().decode().strip() + "\n"


def update(domain: Domain) -> None:
    """Write a catalogue anew, keeping its translations."""
    catalog = updated(domain)
    if by_key(catalog) or domain.file.exists():
        domain.file.parent.mkdir(parents=True, exist_ok=True)
        domain.file.write_text(written(catalog, domain.head), encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    """1 when a text has no translation, or a translation no text."""
    if "--update" in arguments:
        for domain in domains():
            update(domain)
    wrong = [
        f"{domain.locale} {domain.name}: {fault}"
        for domain in domains()
        for fault in sorted(faults(domain))
    ]
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
