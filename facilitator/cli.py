"""The command line: the engine, and what can be done without a window.

Beside a running engine every command goes through it, so that the data folder has one owner.
Exit codes: 0 done, 1 refused or failed (with a sentence that says why), 2 not understood.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from uuid import uuid4

import msgspec

from facilitator import __version__, i18n, settings
from facilitator.i18n import _, words
from facilitator.kernel.errors import FacilitatorError, Malformed, NotFound, Refused, Unavailable
from facilitator.messages import message
from facilitator.report.formats import FORMATS

if TYPE_CHECKING:
    from facilitator.shelf import Line, Shelf

FILES: Final = (*FORMATS, "cafe", "json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what was asked; the exit code."""
    i18n.choose(settings.language())
    asked = _parser().parse_args(arguments)
    try:
        done: Callable[[argparse.Namespace], int | None] = asked.do
        return done(asked) or 0
    except FacilitatorError as error:
        return _complain(error, in_json=getattr(asked, "json", False))
    except OSError as error:
        failed = Unavailable(
            "file.access", file=str(error.filename or ""), why=error.strerror or ""
        )
        return _complain(failed, in_json=getattr(asked, "json", False))
    except KeyboardInterrupt:
        return 1


def engine(asked: argparse.Namespace) -> None:
    """Be the engine, until told to stop. Says it is up with one line of JSON."""
    from facilitator.engine import Card, run  # noqa: PLC0415 - slow to load

    def ready(card: Card) -> None:
        print(msgspec.json.encode(card).decode(), flush=True)

    run(asked.data, asked.port, ready)


def meetings(asked: argparse.Namespace) -> None:
    """List all meetings, the last changed first."""
    with _shelf(asked) as shelf:
        found = shelf.meetings()
    if asked.json:
        _print_json(found)
        return
    for line in found:
        day = words().date(line.date) if line.date else _("geen datum")
        notes = words().plural("{number} notitie", "{number} notities", line.notes)
        print(f"{line.id}  {line.title}  ({day}, {notes})")
    if not found:
        print(_("Er zijn nog geen bijeenkomsten."))


def bring_in(asked: argparse.Namespace) -> None:
    """Take in a meeting from its file."""
    raw = asked.file.read_bytes()
    with _shelf(asked) as shelf:
        meeting = shelf.bring(raw)
    if asked.json:
        _print_json({"id": meeting})
    else:
        print(_("Ingelezen als {id}.").format(id=meeting))


def export(asked: argparse.Namespace) -> None:
    """Write a meeting to a file: its verslag, or the meeting itself."""
    kind = asked.to.suffix.removeprefix(".").lower()
    if kind not in FILES:
        raise Malformed("file.format", formats=", ".join(FILES))
    with _shelf(asked) as shelf:
        meeting = _chosen(shelf.meetings(), asked.meeting)
        try:
            _write(asked.to, shelf.file(meeting.id, kind))
        except KeyboardInterrupt as error:
            raise Unavailable("export.stopped") from error
    if asked.json:
        _print_json({"id": meeting.id, "file": str(asked.to)})
    else:
        print(_("Geschreven: {file}").format(file=asked.to))


def backup(asked: argparse.Namespace) -> None:
    """Copy the whole database, also while it is being used."""
    with _shelf(asked) as shelf:
        shelf.backup(asked.to)
    if asked.json:
        _print_json({"file": str(asked.to)})
    else:
        print(_("Reservekopie gemaakt: {file}").format(file=asked.to))


def wipe(asked: argparse.Namespace) -> None:
    """Forget who took part in a closed meeting. It can't be taken back, so it asks for ``--yes``."""
    with _shelf(asked) as shelf:
        meeting = _chosen(shelf.meetings(), asked.meeting)
        if not asked.yes:
            raise Refused("wipe.sure")
        shelf.wipe(meeting.id)
    if asked.json:
        _print_json({"id": meeting.id})
    else:
        print(_("Persoonsgegevens gewist: {title}").format(title=meeting.title))


def doctor(asked: argparse.Namespace) -> int:
    """Look whether the data are whole. The exit code is 1 when something is wrong."""
    with _shelf(asked) as shelf:
        findings = shelf.check()
    if asked.json:
        _print_json({"findings": findings})
    else:
        for finding in findings:
            print(finding)
        if not findings:
            print(_("Alles is heel."))
    return 1 if findings else 0


def check(asked: argparse.Namespace) -> int:
    """Look whether phones can reach this machine. The exit code is 1 where there is no network."""
    from facilitator.reach import look, record, sentences  # noqa: PLC0415 - slow to load

    if asked.record is not None:
        _write(asked.record, record())
    reach = look(asked.data, words())
    if asked.json:
        _print_json(reach)
    else:
        for sentence in sentences(reach, words()):
            print(sentence)
    return 0 if reach.usable else 1


def demo(asked: argparse.Namespace) -> int:
    """Play a whole café on a real engine, and write the verslag and the pictures."""
    from facilitator.demo import play  # noqa: PLC0415 - slow to load

    return int(play(asked.out, participants=asked.participants, seed=asked.seed) or 0)


def _chosen(found: list[Line], wanted: str) -> Line:
    """The meeting with this id, this title, or the beginning of one of them."""
    asked = wanted.casefold()
    exact = [line for line in found if asked in {str(line.id), line.title.casefold()}]
    starts = [
        line for line in found if f"{line.id}".startswith(asked) or asked in line.title.casefold()
    ]
    matching = exact or starts
    if not matching:
        raise NotFound("meeting.unknown")
    if len(matching) > 1:
        raise Malformed("meeting.which", number=len(matching))
    return matching[0]


def _shelf(asked: argparse.Namespace) -> Shelf:
    from facilitator.shelf import open_shelf  # noqa: PLC0415 - slow to load

    return open_shelf(asked.data)


def _write(path: Path, content: bytes) -> None:
    """The whole file or none: a full disk leaves an older one as it was, and so does Ctrl+C."""
    new = path.with_name(f".{path.stem[:40]}-{uuid4().hex[:8]}.part")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        new.unlink(missing_ok=True)


def _complain(error: FacilitatorError, *, in_json: bool) -> int:
    said = message(error, words())
    if in_json:
        _print_json({"error": {"code": error.code, "values": error.values, "message": said}})
    print(said, file=sys.stderr)
    return 1


def _print_json(thing: Any) -> None:
    print(msgspec.json.encode(thing).decode(), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="facilitator",
        description=_("Een World Café van klaarzetten tot verslag, zonder venster."),
        epilog=_("Uitgang: 0 gelukt, 1 geweigerd of mislukt, 2 niet begrepen."),
    )
    parser.add_argument("--version", action="version", version=__version__)
    add = parser.add_subparsers(required=True, metavar=_("OPDRACHT")).add_parser

    one = _command(add, "engine", engine, _("de motor draaien; meldt zich met één regel JSON"))
    one.add_argument("--port", type=int, help=_("de poort; die blijft daarna van deze map"))

    one = _command(add, "demo", demo, _("een heel café naspelen; verslag en beelden in een map"))
    one.add_argument(
        "--out", type=Path, default=Path("demo-out"), help=_("de map voor het resultaat")
    )
    one.add_argument("--participants", type=int, default=17, help=_("aantal telefoons"))
    one.add_argument("--seed", type=int, default=1, help=_("zelfde getal, zelfde café"))

    one = _command(add, "meetings", meetings, _("alle bijeenkomsten tonen"))

    one = _command(add, "import", bring_in, _("een bijeenkomst inlezen uit een bestand"))
    one.add_argument("file", type=Path, metavar=_("BESTAND"), help=_("een .cafe- of .json-bestand"))

    one = _command(add, "export", export, _("een bijeenkomst wegschrijven"))
    one.add_argument(
        "meeting", metavar=_("BIJEENKOMST"), help=_("het nummer, de titel of een deel ervan")
    )
    one.add_argument(
        "--to",
        type=Path,
        required=True,
        help=_("het bestand; het formaat volgt uit het einde van de naam"),
    )

    one = _command(add, "backup", backup, _("een reservekopie van alles maken"))
    one.add_argument("--to", type=Path, required=True, help=_("het bestand"))

    one = _command(add, "wipe", wipe, _("de persoonsgegevens van een bijeenkomst wissen"))
    one.add_argument(
        "meeting", metavar=_("BIJEENKOMST"), help=_("het nummer, de titel of een deel ervan")
    )
    one.add_argument("--yes", action="store_true", help=_("ja, voorgoed"))

    one = _command(add, "check", check, _("nakijken of telefoons deze laptop kunnen bereiken"))
    one.add_argument(
        "--record", type=Path, help=_("schrijf op wat het systeem over zijn netwerken vertelt")
    )
    _command(add, "doctor", doctor, _("nakijken of de gegevens heel zijn"))
    return parser


def _command(
    add: Callable[..., argparse.ArgumentParser],
    name: str,
    do: Callable[[argparse.Namespace], int | None],
    does: str,
) -> argparse.ArgumentParser:
    """A command, with what all of them take."""
    one = add(name, help=does, description=does)
    one.add_argument(
        "--data",
        type=Path,
        default=settings.data_folder(),
        metavar=_("MAP"),
        help=_("de gegevensmap; anders die van deze gebruiker"),
    )
    one.add_argument("--json", action="store_true", help=_("antwoorden in JSON"))
    one.set_defaults(do=do)
    return one
