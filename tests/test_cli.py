"""The command line, alone and beside a running engine: the same either way."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from facilitator import cli
from facilitator.file import write_cafe
from facilitator.meeting.ids import MeetingId
from facilitator.network.ranking import ranked
from facilitator.network.reading import links
from facilitator.network.told import Told
from facilitator.report.pdf import MARK, libreoffice
from facilitator.sample import sample_entities
from facilitator.server.stationery import KeptStyle, Stationery
from facilitator.settings import LIBREOFFICE
from facilitator.shelf import Alone, Beside, open_shelf
from tests.report.house_file import house_file
from tests.server.cafe import Engine

COMMANDS = ("engine", "demo", "meetings", "import", "export", "backup", "wipe", "check", "doctor")
Run = Callable[..., tuple[int, Any]]


@pytest.fixture(params=["alone", "beside"])
def run(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Runs a command with ``--json``; its exit code and what it said."""
    folder = tmp_path / "data"
    engine = Engine(folder) if request.param == "beside" else None
    with open_shelf(folder) as shelf:
        assert isinstance(shelf, Beside if engine else Alone)

    def run(*arguments: object) -> tuple[int, Any]:
        name, *rest = map(str, arguments)
        code = cli.main([name, "--data", str(folder), "--json", *rest])
        return code, json.loads(capsys.readouterr().out)

    yield run
    if engine is not None:
        engine.stop()


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "voorbeeld.cafe"
    path.write_bytes(write_cafe(sample_entities(MeetingId(UUID(int=5)))))
    return path


def test_the_verslag_is_in_the_house_style_that_is_in_use(tmp_path: Path) -> None:
    added = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
    raw = house_file()
    kept = Stationery(tmp_path)
    kept.put(KeptStyle(id=UUID(int=9), name="Ons", added=added, size=len(raw)), raw)
    with open_shelf(tmp_path) as shelf:
        meeting = shelf.bring(write_cafe(sample_entities(MeetingId(UUID(int=5)))))
        styled = shelf.file(meeting, "docx")
    kept.use(None)
    with open_shelf(tmp_path) as shelf:
        plain = shelf.file(meeting, "docx")
    parts = [zipfile.ZipFile(BytesIO(content)).namelist() for content in (styled, plain)]
    assert ["word/house/header1.xml" in names for names in parts] == [True, False]


def test_a_meeting_goes_in_and_comes_out(run: Run, sample: Path, tmp_path: Path) -> None:
    assert run("meetings") == (0, [])
    code, said = run("import", sample)
    assert code == 0
    code, (line,) = run("meetings")
    assert (line["id"], line["notes"]) == (said["id"], 60)
    for kind, wanted in (("docx", said["id"]), ("cafe", line["title"]), ("json", "LEERSESSIE")):
        path = tmp_path / f"uit.{kind}"
        assert run("export", wanted, "--to", path) == (0, {"id": said["id"], "file": str(path)})
        assert path.stat().st_size > 1_000
    assert "word/document.xml" in zipfile.ZipFile(tmp_path / "uit.docx").namelist()
    assert run("import", tmp_path / "uit.json")[0] == 0
    code, said = run("export", "leersessie", "--to", tmp_path / "een.cafe")
    assert (code, said["error"]["code"]) == (1, "meeting.which")


def test_a_backup_and_a_look_at_the_data(run: Run, sample: Path, tmp_path: Path) -> None:
    run("import", sample)
    path = tmp_path / "kopie.db"
    assert run("backup", "--to", path) == (0, {"file": str(path)})
    assert path.read_bytes().startswith(b"SQLite format 3")
    assert run("doctor") == (0, {"findings": []})


def test_the_network_check_says_what_the_engine_shows(run: Run) -> None:
    code, said = run("check")
    assert code == (0 if said["usable"] else 1)
    assert said["url"].startswith("http://")
    assert {"firewall", "vpn", "profile"} <= set(said["surroundings"])
    assert [known["address"]["score"] for known in said["addresses"]] == [
        sum(why["points"] for why in known["why"]) for known in said["addresses"]
    ]
    assert all(cause["what"] and cause["cure"] for cause in said["causes"])


def test_what_the_system_tells_can_be_recorded(run: Run, tmp_path: Path) -> None:
    code, said = run("check", "--record", tmp_path / "netwerk.json")
    told = msgspec.json.decode((tmp_path / "netwerk.json").read_bytes(), type=Told)
    assert said["usable"] is (code == 0)
    hosts = {known["address"]["host"] for known in said["addresses"]}
    assert {way.host.host for way in ranked(links(told))} == hosts


def test_what_fails_says_why(run: Run, sample: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "fout.cafe"
    wrong.write_bytes(b"niets")
    for arguments, expected in (
        (("import", wrong), "file."),
        (("import", tmp_path / "er niet"), "file.access"),
        (("export", "er niet", "--to", tmp_path / "a.docx"), "meeting.unknown"),
        (("export", "er niet", "--to", tmp_path / "a.doc"), "file.format"),
    ):
        code, said = run(*arguments)
        assert code == 1
        assert said["error"]["code"].startswith(expected)
        assert said["error"]["message"]
    assert run("meetings") == (0, [])
    assert not (tmp_path / "a.docx").exists()


def test_a_pdf_needs_libreoffice_and_says_so(
    run: Run, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "uit.pdf"
    monkeypatch.setenv(LIBREOFFICE, "nowhere/soffice")
    run("import", sample)
    code, said = run("export", "leer", "--to", path)
    assert (code, said["error"]["code"]) == (1, "pdf.absent")
    assert "LibreOffice" in said["error"]["message"]
    assert not path.exists()


@pytest.mark.skipif(libreoffice() is None, reason="needs LibreOffice")
def test_a_pdf_for_all_comes_out(run: Run, sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "uit.pdf"
    run("import", sample)
    assert run("export", "leer", "--to", path)[0] == 0
    assert MARK in path.read_bytes()


def test_for_people_it_speaks_in_sentences(
    tmp_path: Path, sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = ("--data", str(tmp_path / "data"))
    for arguments, said in (
        (("meetings", *data), "Er zijn nog geen bijeenkomsten."),
        (("import", *data, str(sample)), "Ingelezen als"),
        (("meetings", *data), "60 notities"),
        (("doctor", *data), "Alles is heel."),
        (("check", *data), "Alle adressen, het waarschijnlijkste eerst:"),
        (("export", *data, "leer", "--to", str(tmp_path / "x.json")), "Geschreven:"),
        (("backup", *data, "--to", str(tmp_path / "x.db")), "Reservekopie"),
    ):
        assert cli.main(arguments) == 0
        assert said in capsys.readouterr().out
    assert cli.main(["export", *data, "weg", "--to", str(tmp_path / "x.json")]) == 1
    assert capsys.readouterr().err.strip().endswith(".")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main([command, "--help"])
    assert caught.value.code == 0
    assert "--json" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [[], ["sing"], ["export"], ["engine", "--port", "x"]])
def test_what_is_not_understood(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err


def test_a_meeting_is_wiped_by_who_is_sure(run: Run, sample: Path, tmp_path: Path) -> None:
    run("import", sample)
    _code, (line,) = run("meetings")
    assert line["phase"] == "closed"
    code, said = run("wipe", line["title"])
    assert (code, said["error"]["code"]) == (1, "wipe.sure")
    assert run("wipe", line["title"], "--yes") == (0, {"id": line["id"]})
    path = tmp_path / "uit.json"
    run("export", line["id"], "--to", path)
    things = json.loads(path.read_bytes())["things"]
    assert things["meeting"][0]["wiped"] is True
    assert {person["name"] for person in things["participant"]} == {""}
