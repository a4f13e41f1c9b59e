"""WCAG 2.2 AA on every state of the page, in every language, by two programs that check it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from facilitator.i18n import tongues
from tests.e2e.cafe import Cafe, Phone
from tests.e2e.states import Walk

pytestmark = pytest.mark.e2e

MakePhone = Callable[..., Phone]

SNIFFER = (Path(__file__).parent / "vendor" / "HTMLCS.js").read_text("utf-8")
LANGUAGES = [tongue.code for tongue in tongues()]
RULES = {"runOnly": [*("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")]}
SNIFF = """() => new Promise((done) => {
    HTMLCS.process("WCAG2AA", document, () => done(HTMLCS.getMessages()
        .filter(({ type }) => type === HTMLCS.ERROR)
        .map(({ code, msg, element }) => `${code}: ${msg} ${(element.outerHTML || "").slice(0, 300)}`)));
})"""


def axe(page: Page) -> list[str]:
    """What axe has against the page."""
    found: list[dict[str, Any]] = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{rule['id']}: {rule['help']} {node['html'][:300]} {node.get('failureSummary')}"
        for rule in found
        for node in rule["nodes"]
    ]


def sniff(page: Page) -> list[str]:
    """What HTML_CodeSniffer has against it."""
    page.evaluate(SNIFFER + ";window.HTMLCS = HTMLCS")
    found: list[str] = page.evaluate(SNIFF)
    return found


@pytest.mark.parametrize(
    ("language", "scheme"), [*((code, "light") for code in LANGUAGES), ("nl", "dark")]
)
def test_nothing_is_reported_on_any_state(
    prepared_cafe: Cafe, a_phone: MakePhone, language: str, scheme: str
) -> None:
    faults: list[str] = []
    seen: list[str] = []

    def look(phone: Phone, state: str) -> None:
        seen.append(state)
        faults.extend(f"{state}: {fault}" for fault in (*axe(phone.page), *sniff(phone.page)))

    # the programs that check bring script with them, which the page's policy would not let in
    def make() -> Phone:
        return a_phone(bypass_csp=True, color_scheme=scheme)

    Walk(prepared_cafe, make, language, look).all()
    assert faults == []
    assert len(seen) > 20
