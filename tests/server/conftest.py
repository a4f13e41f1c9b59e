"""One engine for all tests of the server that don't stop it, and a meeting for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.cafe import Cafe, Engine


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    running = Engine(tmp_path_factory.mktemp("engine"))
    yield running
    running.stop()


@pytest.fixture
def own_engine(tmp_path: Path) -> Iterator[Engine]:
    """An engine that the test may stop."""
    running = Engine(tmp_path)
    yield running
    if running.thread.is_alive():
        running.stop()


@pytest.fixture
def cafe(engine: Engine) -> Cafe:
    return Cafe(engine)
