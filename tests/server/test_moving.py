"""The laptop moves to another network while the engine runs: who hears of it, and what."""

from __future__ import annotations

import pytest

from facilitator.network import asking
from facilitator.network.told import HERE, Adapter, Entry
from tests.server.cafe import Cafe, Engine, listen


def adapters(*hosts: str) -> tuple[Adapter, ...]:
    lo = Adapter("lo0", True, "", (Entry("ipv4", "127.0.0.1", "255.0.0.0"),))
    names = ("Wi-Fi", "Ethernet") if HERE == "windows" else ("wlan7", "eth7")
    ours = (
        Adapter(name, True, "", (Entry("ipv4", host, "255.255.255.0"),))
        for name, host in zip(names, hosts, strict=False)
    )
    return (lo, *ours)


def test_consoles_hear_the_new_address_and_phones_where_to_look(
    own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cafe = Cafe(own_engine)
    phone = cafe.join()
    port = own_engine.card.port
    urls = [f"http://192.0.2.{number}:{port}" for number in (77, 78)]
    with (
        listen(own_engine, own_engine.card.hall_token, cafe.revision, cafe.id) as hall,
        listen(own_engine, phone.token, cafe.revision) as heard,
    ):
        assert hall.next()[0] == heard.next()[0] == "beat"
        monkeypatch.setattr(asking, "adapters", lambda: adapters("192.0.2.77", "192.0.2.78"))
        assert hall.next("beat") == ("address", {"url": urls[0]})
        assert heard.next("beat") == ("addresses", {"addresses": urls})
        assert phone.state()["addresses"] == urls
        assert own_engine.console("GET", "/api/engine")["address"] == urls[0]
        own_engine.console("POST", "/api/address", {"url": urls[1]})
        assert hall.next("beat") == ("address", {"url": urls[1]})
        assert heard.next("beat") == ("addresses", {"addresses": urls[::-1]})
        monkeypatch.setattr(asking, "adapters", lambda: adapters("192.0.2.77", "192.0.2.99"))
        moved = f"http://192.0.2.99:{port}"
        assert hall.next("beat") == ("address", {"url": moved}), "the chosen adapter is followed"
        monkeypatch.setattr(asking, "adapters", adapters)
        assert hall.next("beat") == ("address", {"url": f"http://localhost:{port}"})
        assert own_engine.console("GET", "/api/engine")["addresses"] == []


def test_the_host_that_is_called_is_known_after_moving(
    own_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    cafe = Cafe(own_engine)
    port = own_engine.card.port
    with listen(own_engine, own_engine.card.hall_token, cafe.revision, cafe.id) as hall:
        assert hall.next()[0] == "beat"
        monkeypatch.setattr(asking, "adapters", lambda: adapters("192.0.2.77"))
        assert hall.next("beat")[0] == "address"
    for host, status in ((f"192.0.2.77:{port}", 200), (f"192.0.2.66:{port}", 421)):
        assert own_engine.ask("GET", "/api/hello", host=host).status_code == status
