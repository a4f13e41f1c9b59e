"""Threat: another site in the same browser posts a form to the engine, frames its page, or reads it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.cafe import Cafe
from tests.e2e.conftest import browser, cafe, chromium, prepared_cafe

__all__ = ["browser", "cafe", "chromium", "prepared_cafe"]

pytestmark = pytest.mark.e2e


class _Empty(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Win een fiets</title><body>")

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def other_site(browser: Browser) -> Iterator[Page]:
    """A page of somebody else."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Empty)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/")
    yield page
    context.close()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_form_of_another_site_is_turned_away(cafe: Cafe, other_site: Page) -> None:
    joining = f'{{"id":"{uuid4()}","code":"{cafe.table()["code"]}","name":"'
    with other_site.expect_response("**/api/join") as answered:
        other_site.evaluate(
            """([url, start]) => {
                const form = document.createElement("form");
                Object.assign(form, { method: "POST", enctype: "text/plain", action: url });
                const field = document.createElement("input");
                Object.assign(field, { name: start, value: '"}' });
                form.append(field);
                document.body.append(form);
                form.submit();
            }""",
            [f"{cafe.url}/api/join", joining],
        )
    assert answered.value.status == 403
    assert cafe.all("participant") == []


@pytest.mark.parametrize("mode", ["cors", "no-cors"])
def test_a_script_of_another_site_changes_and_reads_nothing(
    cafe: Cafe, other_site: Page, mode: str
) -> None:
    body = f'{{"id":"{uuid4()}","code":"{cafe.table()["code"]}"}}'
    read = other_site.evaluate(
        """async ([url, body, mode]) => {
            const ask = (path, more) => fetch(url + path, { mode, ...more });
            const texts = [];
            for (const [path, more] of [["/", {}], ["/api/state", {}], ["/api/join", { method: "POST", body }]]) {
                texts.push(await ask(path, more).then((answer) => answer.text(), () => ""));
            }
            return texts.join("");
        }""",
        [cafe.url, body, mode],
    )
    assert read == ""
    assert cafe.all("participant") == []


def test_another_site_learns_no_more_than_that_an_engine_is_there(
    cafe: Cafe, other_site: Page
) -> None:
    """The page of an older address of this engine has to find it; that is all it may read."""
    hello = other_site.evaluate(
        "(url) => fetch(url).then((a) => a.json())", f"{cafe.url}/api/hello"
    )
    assert set(hello) == {"app", "version", "epoch", "now"}


def test_the_page_cannot_be_framed(cafe: Cafe, other_site: Page) -> None:
    refused: list[str] = []
    other_site.on("console", lambda said: refused.append(said.text))
    other_site.evaluate(
        """(url) => new Promise((done) => {
            const frame = document.createElement("iframe");
            frame.onload = done;
            frame.src = url;
            document.body.append(frame);
        })""",
        cafe.url,
    )
    assert any("frame-ancestors" in said for said in refused), refused
    assert all("Welke tafel" not in (frame.content() or "") for frame in other_site.frames)
