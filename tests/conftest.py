"""What all tests share."""

from __future__ import annotations

import gc

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    """One flag renews all golden files: XML and pictures."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


class _Windows:
    """Whether a test made windows whose remains may still wait to be collected."""

    left = False


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Remains of windows are collected here, in the main thread.

    A test with threads would else collect them in one of its own, where Qt does not survive it.
    """
    uses_windows = "qapp" in getattr(item, "fixturenames", ())
    if _Windows.left and not uses_windows:
        gc.collect()
    _Windows.left = uses_windows


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))
