"""What a program says when it falls over: where, never what it was about."""

from __future__ import annotations

import logging
import subprocess
import sys

import pytest

from facilitator.kernel.remarks import Discreet

START = "from facilitator.kernel.remarks import fall_discreetly; fall_discreetly()\n"
FALLS = {
    "main": "raise ValueError('geheim van Els')",
    "cause": """
try:
    raise KeyError('geheim van Els')
except KeyError as error:
    raise RuntimeError('geheim') from error
""",
    "thread": """
import threading
def work(): raise ValueError('geheim van Els')
thread = threading.Thread(target=work)
thread.start(); thread.join(); raise SystemExit(1)
""",
    "unraisable": """
class Thing:
    def __del__(self): raise ValueError('geheim van Els')
Thing(); raise SystemExit(1)
""",
    "logging": """
import logging
try:
    raise ValueError('geheim van Els')
except ValueError:
    logging.getLogger('x').exception('it went wrong\\ngeheim van Els')
raise SystemExit(1)
""",
}


@pytest.mark.parametrize("fall", FALLS)
def test_it_says_where_and_not_what(fall: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", START + FALLS[fall]], check=False, capture_output=True, text=True
    )
    assert ended.returncode == 1
    assert "Error" in ended.stderr
    assert "<string>:" in ended.stderr
    assert "geheim" not in ended.stderr + ended.stdout


@pytest.mark.parametrize(
    ("name", "said", "left"),
    [
        ("asyncio", "Exception in callback Desk._told(Told('Els', 3))", "Desk._told"),
        ("asyncio", "Executing <Handle Els> took 1 second", "Executing"),
        ("asyncio", "Fatal error on transport\nprotocol: Els", "transport"),
        ("uvicorn.error", "Invalid HTTP request received.\nEls", "received."),
        ("facilitator.x", "no backup (yet)", "no backup (yet)"),
    ],
)
def test_a_remark_ends_where_its_values_begin(name: str, said: str, left: str) -> None:
    record = logging.LogRecord(name, logging.WARNING, "x.py", 1, said, None, None)
    line = Discreet().format(record)
    assert line.endswith(left)
    assert "Els" not in line


def test_who_stops_it_hears_nothing() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", f"{START}raise KeyboardInterrupt"], check=False, capture_output=True
    )
    assert ended.stderr == b""
