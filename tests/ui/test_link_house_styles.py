"""House styles with a real engine: handed in from a file, listed, chosen, taken out, refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from facilitator.kernel.errors import FacilitatorError
from tests.report.house_file import house_file, latent
from tests.ui.link import PATIENCE, running_engine
from ui.link.engine import Engine
from ui.link.house_styles import Kept, RemoteHouseStyles, StyleDone

pytestmark = pytest.mark.e2e


@pytest.fixture
def engine(tmp_path: Path, qtbot: QtBot) -> Iterator[Engine]:
    with running_engine(tmp_path / "data", qtbot) as made:
        yield made


def test_a_house_style_goes_to_the_engine_and_back(
    engine: Engine, qtbot: QtBot, tmp_path: Path
) -> None:
    styles = RemoteHouseStyles(engine.http, engine)

    def said(ask: Callable[[StyleDone], None]) -> str:
        heard: list[FacilitatorError | None] = []
        ask(heard.append)
        qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE)
        return heard[0].code if heard[0] is not None else ""

    def listed() -> Kept:
        heard: list[Kept | None] = []
        styles.list(lambda kept, _error: heard.append(kept))
        qtbot.waitUntil(lambda: bool(heard), timeout=PATIENCE)
        assert heard[0] is not None
        return heard[0]

    good, bad = tmp_path / "Merelveen & co.dotx", tmp_path / "macro.docx"
    good.write_bytes(latent())
    bad.write_bytes(house_file(others={"word/vbaProject.bin": b"x"}))
    assert said(lambda done: styles.add(good, done)) == ""
    (style,) = listed().styles
    assert style.name == "Merelveen & co"
    assert style.findings[0].message
    assert listed().in_use == style.id
    assert said(lambda done: styles.add(bad, done)) == "house.macros"
    assert said(lambda done: styles.add(tmp_path / "weg.docx", done)) == "file.access"
    assert said(lambda done: styles.use(None, done)) == ""
    assert listed().in_use is None
    assert said(lambda done: styles.use(style.id, done)) == ""
    assert said(lambda done: styles.remove(style.id, done)) == ""
    assert listed() == Kept()
