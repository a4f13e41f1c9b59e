"""The Wi-Fi of the place: the text of the QR code by which a phone gets onto it."""

from __future__ import annotations

import re
from typing import Final

from facilitator.meeting.meeting import Meeting

_SPECIAL: Final = re.compile(r'([\\;,":])')


def wifi_code(meeting: Meeting) -> str:
    """What the QR code says; empty where no network is known.

    A name or password that looks like a hexadecimal number stands as it is: between quotation
    marks an iPhone takes the marks for a part of it, and Android adds its own.
    """
    if not meeting.wifi_name:
        return ""
    parts = [
        "T:WPA" if meeting.wifi_password else "T:nopass",
        f"S:{_escaped(meeting.wifi_name)}",
    ]
    if meeting.wifi_password:
        parts.append(f"P:{_escaped(meeting.wifi_password)}")
    if meeting.wifi_hidden:
        parts.append("H:true")
    return f"WIFI:{';'.join(parts)};;"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
