"""What stands on every answer, and who is turned away at the gate."""

from __future__ import annotations

import json
import re
from html import unescape
from uuid import uuid4

import httpx
import pytest

from facilitator.i18n import tongues
from facilitator.server.guard import Hosts, headers
from facilitator.server.routes import ROUTES
from facilitator.settings import RESOURCES
from tests.server.cafe import HOST, Cafe, Engine

PAGES = {"page", "page_at_table", "web_file", "words"}


def _check(answer: httpx.Response) -> None:
    for name, value in headers(answer.url.port or 0):
        assert answer.headers.get_list(name) == [value]
    assert "server" not in answer.headers


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_route_has_them(engine: Engine, route: object) -> None:
    method, name = route.method, route.name  # type: ignore[attr-defined]
    path: str = route.path  # type: ignore[attr-defined]
    filled = path.replace("{id}", str(uuid4())).replace("{file}", "phone.js")
    for token in ("", engine.card.hall_token):  # let in or turned away
        if name == "events" and token:
            continue
        answer = engine.ask(method, filled.replace("{code}", "BCDFG"), token)
        _check(answer)
        kept = "no-cache" if name in PAGES and answer.is_success else "no-store"
        assert answer.headers["cache-control"] == kept


def test_a_stream_has_them(engine: Engine, cafe: Cafe) -> None:
    with (
        httpx.Client(base_url=engine.url) as client,
        client.stream(
            "GET",
            f"/api/events?after=0&meeting={cafe.id}",
            headers={"authorization": f"Bearer {engine.card.hall_token}"},
        ) as answer,
    ):
        _check(answer)
        assert answer.headers["content-type"] == "text/event-stream"
        assert answer.headers["cache-control"] == "no-store"


def test_what_goes_wrong_has_them(engine: Engine) -> None:
    for method, path, status in (
        ("GET", "/api/nothing/at/all", 404),
        ("DELETE", "/api/state", 405),
        ("PUT", "/BCDFG", 405),
        ("OPTIONS", "/api/join", 405),
    ):
        answer = engine.ask(method, path)
        assert answer.status_code == status
        _check(answer)
    plain = engine.raw(b"nonsense\r\n\r\n").decode()
    assert all(f"{name}: {value}" in plain for name, value in headers(engine.card.port))


def test_the_short_lane_has_them(cafe: Cafe) -> None:
    phone = cafe.join()
    phone.write()
    answer = phone.send(phone.note())
    _check(answer)
    assert answer.headers["cache-control"] == "no-store"


def test_a_page_may_not_be_framed_or_run_what_is_not_ours(engine: Engine) -> None:
    policy = engine.ask("GET", "/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "require-trusted-types-for 'script'" in policy
    assert "unsafe" not in policy
    ways = policy.partition("connect-src ")[2].partition(";")[0]
    assert ways == f"'self' http://*:{engine.card.port}"  # to ask for us at another address


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "127.0.0.1", "127.0.0.1:1", "", "a.local"]
)
def test_another_name_is_turned_away(engine: Engine, host: str) -> None:
    answer = engine.ask("GET", "/api/hello", host=host)
    assert (answer.status_code, answer.json()["error"]["code"]) == (421, "host.unknown")


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "laptop-van-els.local"])
def test_own_names_are_known(engine: Engine, name: str) -> None:
    assert engine.ask("GET", "/api/hello", host=f"{name}:{engine.card.port}").is_success


def test_another_site_is_turned_away(engine: Engine, cafe: Cafe) -> None:
    phone = cafe.join()
    phone.write()
    body = {"commands": [phone.note()]}
    for origin in ("http://evil.example", "null", f"https://{HOST}:{engine.card.port}"):
        answer = engine.ask("POST", "/api/commands", phone.token, body, origin=origin)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "origin.unknown")
    assert engine.ask("POST", "/api/commands", phone.token, body, origin=engine.url).is_success


def test_an_older_page_may_ask_who_is_there_and_no_more(engine: Engine) -> None:
    older = "http://192.168.1.99:8765"
    answer = engine.ask("GET", "/api/hello", origin=older)
    assert answer.is_success
    assert answer.headers["access-control-allow-origin"] == "*"
    assert engine.ask("GET", "/", origin=older).status_code == 403


def test_addresses_of_this_machine_are_names_too() -> None:
    hosts = Hosts(8765)
    hosts.learn(["192.168.1.10", "fd00::2"])
    for host in (b"192.168.1.10:8765", b"[fd00::2]:8765"):
        assert hosts.knows({b"host": host})
        assert hosts.knows({b"host": host, b"origin": b"http://" + host})
        assert not hosts.knows({b"host": host, b"origin": b"http://elsewhere"})
    assert not hosts.knows({b"host": b"192.168.1.11:8765"})


def test_the_page_is_sent_once(engine: Engine) -> None:
    first = engine.ask("GET", "/")
    assert first.headers["content-type"] == "text/html; charset=utf-8"
    again = engine.ask("GET", "/BCDFG", **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert engine.ask("GET", "/web/..%2f..%2ftokens.json").status_code == 404
    assert engine.ask("GET", "/web/words/nl.json").json() == {}
    assert engine.ask("HEAD", "/").content == b""


def test_the_page_says_which_languages_there_are(engine: Engine) -> None:
    found = re.search('name="languages" content="(.*?)"', engine.ask("GET", "/").text)
    assert found is not None
    told = {one["code"]: one for one in json.loads(unescape(found[1]))}
    assert list(told)[:2] == ["nl", "en"]
    assert told["ar"] == {"code": "ar", "name": "العربية", "direction": "rtl", "reviewed": False}
    for code in told:
        assert engine.ask("GET", f"/web/words/{code}.json").is_success
    assert engine.ask("GET", "/web/words/xx.json").status_code == 404


def test_the_page_comes_packed_and_is_light_in_every_language(engine: Engine) -> None:
    texts = ["/", *(f"/web/{path.name}" for path in (RESOURCES / "web").iterdir())]
    for language in (tongue.code for tongue in tongues()):
        weight = 0
        for path in [*texts, f"/web/words/{language}.json"]:
            plain = engine.ask("GET", path, **{"accept-encoding": "identity"})
            packed = engine.ask("GET", path, **{"accept-encoding": "gzip, br"})
            assert "content-encoding" not in plain.headers
            assert packed.headers["content-encoding"] == "gzip"
            assert packed.content == plain.content
            assert packed.headers["etag"] != plain.headers["etag"]
            same = {"accept-encoding": "gzip", "if-none-match": packed.headers["etag"]}
            assert engine.ask("GET", path, **same).status_code == 304
            weight += int(packed.headers["content-length"])
        assert weight < 60_000
