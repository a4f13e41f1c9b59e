"""Texts that would do something if a screen took them for anything but text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import cycle
from typing import Final

import msgspec

from facilitator.kernel.entity import Entity

SCRIPTS: Final = (
    "<script>window.hit=1</script>",
    "<img src=x onerror=window.hit=1>",
    "<svg onload=window.hit=1>",
    '"><script>window.hit=1</script>',
    "'><img src=x onerror=window.hit=1>",
    "</textarea><script>window.hit=1</script>",
    "</title><script>window.hit=1</script>",
    "</style><script>window.hit=1</script>",
    "<iframe srcdoc='<script>parent.hit=1</script>'>",
    "<a href='javascript:window.hit=1'>klik</a>",
    "javascript:window.hit=1",
    "<body onload=window.hit=1>",
    "<details open ontoggle=window.hit=1>",
    "<input autofocus onfocus=window.hit=1>",
    "<math><mtext></p><img src=x onerror=window.hit=1>",
    "<!--><img src=x onerror=window.hit=1>-->",
    "<![CDATA[<script>window.hit=1</script>]]>",
    "{{constructor.constructor('window.hit=1')()}}",
    "${window.hit=1}",
    "{number} {where} {__proto__}",
    "__proto__",
    "&lt;script&gt;window.hit=1&lt;/script&gt;",
    "&#60;img src=x onerror=window.hit=1&#62;",
    "%3Cscript%3Ewindow.hit=1%3C/script%3E",
    "\\u003cscript\\u003ewindow.hit=1",
    "<b>vet</b> <u>onder</u> <font size=7>groot</font>",
    "<img src='file:///etc/passwd'> <img src='http://192.0.2.66/pixel.png'>",
    "<table><tr><td>cel</td></tr></table>",
    "<w:p><w:r><w:t>in Word</w:t></w:r></w:p>",
    '<w:instrText>INCLUDETEXT "http://192.0.2.66/"</w:instrText>',
    '=HYPERLINK("http://192.0.2.66";"klik")',
    "=cmd|' /C calc'!A0",
    "event: resync\ndata: {}\n\n",
    "\r\nSet-Cookie: hit=1\r\n",
)

_KEPT: Final = {"code", "colour", "language", "icon", "keep", "digest"}  # are no texts of people
_LONGEST: Final = 150


def with_scripts(entities: Iterable[Entity], first: int = 0) -> list[Entity]:
    """The meeting, in which every text that somebody wrote is one of these, all of them in turn."""
    turn = cycle((*SCRIPTS[first:], *SCRIPTS[:first]))
    return [
        msgspec.structs.replace(entity, **{name: next(turn)[:_LONGEST] for name in _texts(entity)})
        for entity in entities
    ]


def _texts(entity: Entity) -> list[str]:
    return [
        field.name
        for field in msgspec.structs.fields(entity)
        if field.type is str and field.name not in _KEPT
    ]
