"""All formats of the verslag: what each is called, and who makes it.

The libraries behind a format are loaded when it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, Protocol
from uuid import UUID

import msgspec

from facilitator.i18n import N_, Words
from facilitator.kernel.state import State
from facilitator.kernel.text import file_words
from facilitator.meeting.meeting import the_meeting
from facilitator.report.forms import KINDS
from facilitator.report.progress import UNHEARD, Progress

LONGEST_NAME: Final = 120  # characters of a file name, without its ending

Photos = Mapping[UUID, bytes]
NO_PHOTOS: Final[Photos] = MappingProxyType({})


class Making(Protocol):
    """Writes the verslag down, and tells how far it is."""

    def __call__(self, state: State, photos: Photos, progress: Progress = UNHEARD, /) -> bytes:
        """The bytes of the file."""


class Format(msgspec.Struct, frozen=True):
    """One way to write the verslag down."""

    ending: str
    media: str
    made: Making
    words: str = ""  # what stands in the name of the file; empty: the form of the verslag
    styled: Callable[[State, Photos, Progress, bytes], bytes] | None = None  # in a house style
    pictured: bool = True  # whether photos go along

    def written(
        self,
        state: State,
        photos: Photos,
        house: bytes | None = None,
        progress: Progress = UNHEARD,
    ) -> bytes:
        """The verslag; in the house style of an organisation where this format can have one."""
        if house is None or self.styled is None:
            return self.made(state, photos, progress)
        return self.styled(state, photos, progress, house)


def _docx(
    state: State, photos: Photos, progress: Progress = UNHEARD, house: bytes | None = None
) -> bytes:
    from facilitator.report.word import report_docx  # noqa: PLC0415 - slow to load

    return report_docx(state, photos, house, progress)


def _pdf(
    state: State, photos: Photos, progress: Progress = UNHEARD, house: bytes | None = None
) -> bytes:
    from facilitator.report.pdf import report_pdf  # noqa: PLC0415

    return report_pdf(state, photos, house, progress)


def _odt(state: State, photos: Photos, progress: Progress = UNHEARD) -> bytes:
    from facilitator.report.odt import report_odt  # noqa: PLC0415 - slow to load

    return report_odt(state, photos, progress)


def _html(state: State, photos: Photos, progress: Progress = UNHEARD) -> bytes:
    from facilitator.report.html import report_html  # noqa: PLC0415

    return report_html(state, photos, progress)


def _markdown(state: State, _photos: Photos, _progress: Progress = UNHEARD) -> bytes:
    from facilitator.report.markdown import report_markdown  # noqa: PLC0415

    return report_markdown(state)


def _xlsx(state: State, _photos: Photos, progress: Progress = UNHEARD) -> bytes:
    from facilitator.report.sheets import report_xlsx  # noqa: PLC0415

    return report_xlsx(state, progress)


def _csv(state: State, _photos: Photos, _progress: Progress = UNHEARD) -> bytes:
    from facilitator.report.sheets import report_csv  # noqa: PLC0415

    return report_csv(state)


def _ics(state: State, _photos: Photos, _progress: Progress = UNHEARD) -> bytes:
    from facilitator.report.calendar import report_ics  # noqa: PLC0415

    return report_ics(state)


def _eml(
    state: State, photos: Photos, progress: Progress = UNHEARD, house: bytes | None = None
) -> bytes:
    from facilitator.report.mail import report_eml  # noqa: PLC0415

    return report_eml(state, photos, file_name(state, "docx"), house, progress)


FORMATS: Final[Mapping[str, Format]] = {
    made.ending: made
    for made in (
        Format(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            _docx,
            styled=_docx,
        ),
        Format("pdf", "application/pdf", _pdf, styled=_pdf),
        Format("odt", "application/vnd.oasis.opendocument.text", _odt),
        Format("html", "text/html; charset=utf-8", _html),
        Format("md", "text/markdown; charset=utf-8", _markdown, pictured=False),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _xlsx,
            N_("Opbrengst"),
            pictured=False,
        ),
        Format("csv", "text/csv; charset=utf-8", _csv, N_("Notities"), pictured=False),
        Format("ics", "text/calendar; charset=utf-8", _ics, N_("Afspraken"), pictured=False),
        Format("eml", "message/rfc822", _eml, N_("E-mail"), _eml),
    )
}
"""Ending → format."""


def file_name(state: State, ending: str) -> str:
    """2026-10-30 Verslag Leersessie teamleiders.docx: a name that every system takes."""
    meeting = the_meeting(state)
    date = f"{meeting.date.isoformat()} " if meeting.date else ""
    words = FORMATS[ending].words or KINDS[meeting.report]
    name = f"{date}{Words(meeting.language)(words)} {meeting.title}"
    return f"{file_words(name, LONGEST_NAME)}.{ending}"
