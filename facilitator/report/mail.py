"""A draft of the e-mail with which the verslag goes out, the Word file attached."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID

from facilitator.i18n import Words
from facilitator.kernel.state import State
from facilitator.kernel.text import tidy_line
from facilitator.meeting.meeting import the_meeting
from facilitator.report.content import held_at
from facilitator.report.progress import UNHEARD, Progress
from facilitator.report.source import as_told
from facilitator.report.word import report_docx

_WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


def report_eml(
    state: State,
    photos: Mapping[UUID, bytes],
    name: str,
    house: bytes | None = None,
    progress: Progress = UNHEARD,
) -> bytes:
    """An e-mail to nobody yet, that opens as a draft. ``name`` is that of the Word file."""
    meeting = the_meeting(as_told(state))
    t = Words(meeting.language)
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"  # so that Outlook opens it as a draft
    title = tidy_line(meeting.title)
    mail["Subject"] = t("Verslag van {title}").format(title=title)
    on = t(" op {date}").format(date=t.date(meeting.date)) if meeting.date else ""
    lines = [
        t("Beste allemaal,"),
        t("Hierbij het verslag van {title}{on}.").format(title=title, on=on),
        t("Klopt er iets niet, laat het dan weten."),
        tidy_line(meeting.writer) or tidy_line(meeting.organisation),
    ]
    mail.set_content("\n\n".join(filter(None, lines)) + "\n")
    kind, sort = _WORD
    report = report_docx(state, photos, house, progress.stretch(0, 0.4))
    mail.add_attachment(report, maintype=kind, subtype=sort, filename=name)
    mail.set_boundary(f"verslag-{meeting.id.hex}")
    del mail["Date"]
    held = held_at(meeting)
    if held is not None:
        mail["Date"] = held
    return mail.as_bytes()
