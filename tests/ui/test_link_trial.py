"""The guided check, followed from a console at a real engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.link import PATIENCE, running_engine
from ui.link.http import decoded
from ui.link.trial import Trial, TrialNow


@pytest.mark.e2e
def test_it_begins_is_followed_and_ends(tmp_path: Path, qtbot: QtBot) -> None:
    with running_engine(tmp_path, qtbot) as engine:
        qtbot.waitUntil(lambda: engine.addresses.known, timeout=PATIENCE)
        trial = Trial(engine.http, engine)
        heard: list[TrialNow] = []
        trial.changed.connect(heard.append)
        trial.begin()
        qtbot.waitUntil(lambda: len(heard) > 1, timeout=PATIENCE)
        assert trial.now.on
        assert trial.now.code == f"{trial.now.url}/PROEF#{trial.now.key}"
        assert [step.name for step in trial.now.steps] == [
            *("address", "listening", "arrival", "page", "stream", "note"),
        ]
        assert all(step.words for step in trial.now.steps)
        assert trial.now.plan_b
        first = trial.now.key
        engine.http.post("/api/trial/page", {"key": first}, lambda _body, _error: None)
        count = len(heard)
        qtbot.waitUntil(lambda: len(heard) > count, timeout=PATIENCE)
        assert not trial.now.done("page")  # the laptop itself counts for nothing
        trial.begin()
        qtbot.waitUntil(lambda: trial.now.key not in {"", first}, timeout=PATIENCE)
        trial.end()
        after: list[TrialNow] = []

        def ended() -> bool:
            engine.http.get("/api/trial", decoded(TrialNow, lambda now, _: after.append(now)))  # type: ignore[arg-type]
            return bool(after) and not after[-1].on

        qtbot.waitUntil(ended, timeout=PATIENCE)
        assert trial.now == TrialNow()
