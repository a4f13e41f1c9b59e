"""Frames and proposals: each proposal held against each frame, and whether there is consent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from facilitator.i18n import N_, Words
from facilitator.meeting import proposals as meeting
from facilitator.meeting.frames import Frame, frames
from facilitator.meeting.proposals import Proposal, Response, Stance, Standing
from facilitator.report.blocks import Block, Column, Grid, Heading, Item, Listing, Paragraph
from facilitator.report.source import Source
from facilitator.report.wording import NOTHING, of_theme, paragraphs

STANDINGS: Final = {
    Standing.CONSENT: N_("Besloten: niemand heeft een beredeneerd bezwaar."),
    Standing.OBJECTED: N_("Niet besloten: er is nog een bezwaar."),
    Standing.UNMET: N_("Niet besloten: het voldoet nog niet aan elk kader."),
    Standing.OPEN: N_("Niet besloten: nog niet aan allen gevraagd."),
}


def proposals(source: Source) -> Iterator[Block]:
    """The frames, and then the proposals one by one."""
    state, t = source.state, source.t
    set_up = frames(state)
    if set_up:
        yield Heading(t("Kaders"))
        yield _frames(set_up, t)
    for number, proposal in enumerate(meeting.proposals(state), start=1):
        theme = of_theme(state, proposal.theme, t)
        title = t("Voorstel {number}").format(number=number)
        yield Heading(f"{title} ({theme})" if theme else title)
        yield from paragraphs(proposal.text)
        if set_up:
            yield _held_against(source, number, proposal, set_up)
        yield from _objections(source, proposal)
        told = STANDINGS[meeting.standing(state, proposal)]
        yield Paragraph(t(told), label=t("Consent"))


def _frames(row: list[Frame], t: Words) -> Grid:
    told = any(frame.set_by for frame in row)
    return Grid(
        caption=t("De kaders"),
        description=t("Een rij voor elk kader, met zijn nummer."),
        columns=(
            Column(t("Nr"), 1.0),
            Column(t("Kader"), 10.7),
            *((Column(t("Van"), 4.5),) if told else ()),
        ),
        rows=tuple(
            (
                str(number),
                _with_points(frame),
                *((frame.set_by or NOTHING,) if told else ()),
            )
            for number, frame in enumerate(row, start=1)
        ),
    )


def _with_points(frame: Frame) -> str:
    """The frame, and its sub-points under it: a, b, c."""
    first, *points = [line.strip() for line in frame.text.split("\n") if line.strip()]
    lettered = (f"{chr(ord('a') + place % 26)}. {point}" for place, point in enumerate(points))
    return "\n".join((first, *lettered))


def _held_against(source: Source, number: int, proposal: Proposal, row: list[Frame]) -> Grid:
    t = source.t
    said = [meeting.response_to(source.state, proposal.id, frame.id) for frame in row]
    return Grid(
        caption=t("Voorstel {number} naast de kaders").format(number=number),
        description=t("Een rij voor elk kader: voldoet het voorstel, en waarom."),
        columns=(
            Column(t("Kader"), 6.2),
            Column(t("Voldoet"), 3.0),
            Column(t("Toelichting"), 7.0),
        ),
        rows=tuple(
            (
                f"{place}. {frame.text.split(chr(10))[0]}",
                _meets(response, t),
                (response.reason if response else "") or NOTHING,
            )
            for place, (frame, response) in enumerate(zip(row, said, strict=True), start=1)
        ),
    )


def _meets(response: Response | None, t: Words) -> str:
    if response is None:
        return t("niet besproken")
    if response.stance is Stance.AGREES:
        return t("ja")
    return t("opgelost") if response.settled else t("nee")


def _objections(source: Source, proposal: Proposal) -> Iterator[Block]:
    t, ngettext = source.t, source.t.plural
    row = meeting.objections(source.state, proposal.id)
    if row:
        told = ngettext("Er was {number} bezwaar.", "Er waren {number} bezwaren.", len(row))
        yield Paragraph(told, label=t("Bezwaren"))
        settled = t("opgelost")
        items = (Item(each.reason, settled if each.settled else "") for each in row)
        yield Listing(tuple(items))
