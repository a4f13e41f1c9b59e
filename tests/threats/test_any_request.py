"""Threat: requests nobody thought of. Whatever comes in, the answer is never a fault of the engine.

Cases are made from the OpenAPI document: what fits it, and what does not. For long:

    FACILITATOR_CASES=6000 .venv/bin/python -m pytest tests/threats/test_any_request.py -s
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis.core.result import Ok

from facilitator.engine import RATE
from facilitator.server.access import DOORS
from facilitator.server.routes import ROUTES
from tests.server.cafe import Cafe, Engine

CASES: Final = int(os.environ.get("FACILITATOR_CASES", "600"))
TEXTS: Final = 13_000
NOT_ASKED: Final = {"stop"}  # it would do what it says
ENDLESS: Final = {route.name for route in ROUTES if route.gives == "text/event-stream"}
WHO: Final = ("console", "phone", "nobody")
AT_ONCE: Final = 50  # texts in one request

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.timeout(1800)]
Capture = pytest.CaptureFixture[str]
Case = Any  # a request, as the library makes it


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine that lets one phone send as much as it likes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(RATE, "1000000")
        running = Engine(tmp_path_factory.mktemp("engine"))
    yield running
    running.stop()


@pytest.fixture(scope="module")
def tokens(engine: Engine) -> dict[str, str]:
    """What each sends along; the phone sits in a meeting of its own."""
    return {"console": engine.card.console_token, "phone": Cafe(engine).join().token, "nobody": ""}


def operations(engine: Engine) -> Iterator[tuple[str, Any]]:
    """All that can be asked and ends by itself, by the name of its door."""
    document = engine.ask("GET", "/api/openapi.json").json()
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        name = operation.definition.raw["operationId"]
        assert name in DOORS
        if name not in NOT_ASKED | ENDLESS:
            yield name, operation


def asked(operation: Any, mode: Any, often: int, meeting: str, ask: Any) -> None:
    """So many cases of one operation; where an id is wanted, now and then one that is there."""

    @settings(
        max_examples=often,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    @given(case=operation.as_strategy(generation_mode=mode), real=st.booleans())
    def run(case: Case, real: bool) -> None:
        if real:
            if "id" in (case.path_parameters or {}) and "meetings" in case.path:
                case.path_parameters["id"] = meeting
            if "meeting" in (case.query or {}):
                case.query["meeting"] = meeting
        ask(case)

    try:
        run()
    except Unsatisfiable:
        assert mode is schemathesis.GenerationMode.NEGATIVE  # nothing there can be wrong


def test_no_request_is_the_engines_fault(
    engine: Engine, tokens: dict[str, str], capsys: Capture
) -> None:
    found = list(operations(engine))
    modes = (schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE)
    often = max(2, CASES // (len(found) * len(modes) * len(WHO)))
    answers: Counter[int] = Counter()
    for who in WHO:
        headers = {"authorization": f"Bearer {tokens[who]}"} if tokens[who] else {}

        def ask(case: Case, headers: dict[str, str] = headers) -> None:
            answer = case.call(base_url=engine.url, headers=headers)
            answers[answer.status_code] += 1
            assert answer.status_code < 500, (case.method, case.formatted_path, answer.text)
            if answer.status_code >= 400:
                assert set(answer.json()["error"]) == {"code", "values", "message"}

        for name, operation in found:
            for mode in modes:
                # one that many commands go through deserves more of them
                more = 8 if name == "commands" else 1
                meeting = Cafe(engine).id if name != "commands" else Cafe(engine, live=False).id
                asked(operation, mode, often * more, meeting, ask)
    told = ", ".join(f"{status}: {number}" for status, number in sorted(answers.items()))
    with capsys.disabled():
        sys.stdout.write(f"\n{sum(answers.values())} requests; {told}\n")
    assert sum(answers.values()) >= CASES / 2  # some operations have only one case
    assert engine.ask("GET", "/api/check", tokens["console"]).json() == {"findings": []}


@settings(
    max_examples=TEXTS // AT_ONCE,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
@given(data=st.data())
def one_letter(data: st.DataObject, cafe: Cafe, phone: Any, counted: Counter[str]) -> None:
    """Fifty texts of any kind, also such as are no text."""
    any_text = st.text(max_size=400) | st.text(st.characters(categories=["Cc", "Cf", "Cs", "Mn"]))
    texts = data.draw(st.lists(any_text, min_size=AT_ONCE, max_size=AT_ONCE))
    whole = [text for text in texts if _is_text(text)]
    halves = [text for text in texts if not _is_text(text)]
    for some in (whole, halves[:1]):
        if not some:
            continue
        answer = phone.send(*(phone.note(text) for text in some))
        assert answer.status_code == (200 if some is whole else 422), answer.text
        counted["texts"] += len(some)
        for result in answer.json().get("results", ()):
            counted[result["status"]] += 1
            assert result["status"] == "done" or result["code"] == "note.length", result


def _is_text(text: str) -> bool:
    """Whether there is no half of a character in it: such a thing is in no JSON."""
    try:
        text.encode("utf-16", "surrogatepass").decode("utf-16")
    except UnicodeDecodeError:
        return False
    return True


def test_no_text_is_the_engines_fault(engine: Engine, capsys: Capture) -> None:
    cafe = Cafe(engine)
    counted: Counter[str] = Counter()
    one_letter(cafe=cafe, phone=cafe.join(), counted=counted)
    with capsys.disabled():
        sys.stdout.write(f"\n{dict(counted)}\n")
    assert counted["texts"] >= TEXTS * 0.8  # of several halves in one letter the first is sent
    assert len(cafe.all("note")) == counted["done"]
