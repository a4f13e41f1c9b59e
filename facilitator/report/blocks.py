"""The parts of a verslag, whatever the format: plain values without any layout."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec

from facilitator.meeting.themes import Colour


class Fact(msgspec.Struct, frozen=True):
    """A line of the title block: what it is, and what it was."""

    label: str
    value: str


class Paragraph(msgspec.Struct, frozen=True):
    """Running text; lines within it stay lines. The label stands out in front of it."""

    text: str
    label: str = ""


class Heading(msgspec.Struct, frozen=True):
    """A heading within a section; level 2 or 3."""

    text: str
    level: int = 2


class Item(msgspec.Struct, frozen=True, gc=False):
    """One of a list, with a few words on where it comes from."""

    text: str
    source: str = ""


class Listing(msgspec.Struct, frozen=True):
    """A list, with bullets or with numbers from one."""

    items: tuple[Item, ...]
    numbered: bool = False
    small: bool = False


class Column(msgspec.Struct, frozen=True):
    """A column of a table, and how wide it is beside the others."""

    title: str
    share: float


class Grid(msgspec.Struct, frozen=True):
    """An ordinary table."""

    caption: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


class MatrixNote(msgspec.Struct, frozen=True, gc=False):
    """A note in a cell; a conclusion stands out. How many lie under it is told behind its words."""

    text: str
    conclusion: bool = False
    more: str = ""


class MatrixGroup(msgspec.Struct, frozen=True):
    """Notes under one title within a cell; without a title the only ones there."""

    title: str
    notes: tuple[MatrixNote, ...]


class MatrixColumn(msgspec.Struct, frozen=True):
    """The theme above a column."""

    title: str
    colour: Colour | None = None


class MatrixRow(msgspec.Struct, frozen=True):
    """A row: of own categories (without a title where it is the only one), or across all themes."""

    title: str
    cells: tuple[tuple[MatrixGroup, ...], ...]


class Matrix(msgspec.Struct, frozen=True):
    """Themes × categories. Not more columns than fit on one page."""

    caption: str
    description: str
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    corner: str = ""  # above the titles of the rows; empty where rows have none
    below: bool = False  # the matrix before it, on the same page where there is room


class Picture(msgspec.Struct, frozen=True):
    """A photo of the meeting; its bytes are given beside the verslag."""

    photo: UUID
    caption: str
    described: str  # what is read to who cannot see it
    width: int
    height: int


Block = Paragraph | Heading | Listing | Grid | Matrix | Picture


class Section(msgspec.Struct, frozen=True):
    """A part of the verslag with a heading of its own."""

    title: str
    blocks: tuple[Block, ...]
    wide: bool = False  # on pages that lie on their side


class Report(msgspec.Struct, frozen=True):
    """A whole verslag."""

    language: str
    kind: str  # "Verslag"
    title: str
    organisation: str
    writer: str
    written: dt.datetime | None
    facts: tuple[Fact, ...]
    brief: bool  # to be taken in at a glance: its facts stand behind one another
    sections: tuple[Section, ...]
