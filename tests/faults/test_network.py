"""What a hall's network does to phones: each fault by its name, and that no note is lost by it."""

from __future__ import annotations

import pytest

from .conftest import MakePhone
from .hall import Hall
from .net import Net

pytestmark = [pytest.mark.e2e, pytest.mark.faults]


def test_client_isolation(net: Net, hall: Hall, a_phone: MakePhone) -> None:
    phone = a_phone().join()
    phone.write("Voor").received("Voor")
    net.isolate(on=True)
    phone.write("Tijdens").waiting("Tijdens")
    assert hall.stored() == ["Voor"]
    net.isolate(on=False)
    phone.received("Voor", "Tijdens")
    assert hall.stored() == ["Tijdens", "Voor"]
