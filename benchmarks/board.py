"""The board with 2,000 notes: what one frame of a drag costs, and painting all that is in sight.

``python -m benchmarks.board`` or ``python benchmarks/board.py``; prints milliseconds against the
limits, and against painting equally many bare rectangles and words.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from tests.ui.content import meeting_with
from tests.ui.local import LocalReplica
from ui import style
from ui.board.acts import NoteActs
from ui.board.model import BoardModel
from ui.board.surface import ZOOMS
from ui.board.view import BoardView

NOTES = 2000
SIZE = QSize(1360, 860)  # of the board in a window of 1600 × 1000
FRAMES = 240
FRAME, REPAINT = 16.0, 10.0  # milliseconds: the limits


def board() -> BoardView:
    """A board with 2,000 notes in five themes with categories of their own."""
    replica = LocalReplica(meeting_with(themes=5, notes=NOTES))
    model = BoardModel(replica)
    view = BoardView(model, NoteActs(replica, model))
    view.resize(SIZE)
    view.show()
    QApplication.processEvents()
    return view


def unfold(view: BoardView) -> None:
    """Show every note."""
    view.unfolded.update(box.cell for box in view.layout_now().boxes)
    relaid(view)


def relaid(view: BoardView) -> None:
    """Find a place for everything again."""
    view.rearrange()
    view.layout_now()


def timed(work: Callable[[], None], times: int) -> list[float]:
    """Milliseconds of each time."""
    found = []
    for _ in range(times):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1000)
    return found


def repaint(view: BoardView) -> list[float]:
    """Everything in sight, painted again."""
    view.viewport().repaint()
    return timed(view.viewport().repaint, 60)


def bare(view: BoardView) -> list[float]:
    """As many rectangles and words, without anything else: what Qt itself needs."""
    layout = view.layout_now()
    clip = view.viewport().rect().translated(view.on_board(QPoint()))
    places = [(r, view.board.note(n).text) for n, r in layout.places.items() if r.intersects(clip)]
    picture = QPixmap(view.viewport().size())

    def paint() -> None:
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRect(QPoint(), SIZE), QColor("#ffffff"))
        painter.translate(-clip.topLeft())
        flags = int(Qt.TextFlag.TextWordWrap)
        for place, text in places:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor("#FFE98A"))
            painter.drawRoundedRect(place, 7, 7)
            painter.setPen(QColor("#17232D"))
            painter.drawText(place, flags, text)
        painter.end()

    return timed(paint, 60)


def drag(view: BoardView) -> list[float]:
    """Each frame: the mouse moves, and what that changes is painted."""
    first = next(iter(view.layout_now().places))
    start = view.rect_of(first).center()
    mouse(view, QEvent.Type.MouseButtonPress, start)
    found = []
    for frame in range(FRAMES):
        at = QPoint(60 + frame * 5 % (SIZE.width() - 120), 120 + frame * 3 % (SIZE.height() - 220))
        begin = time.perf_counter()
        mouse(view, QEvent.Type.MouseMove, at)
        QApplication.processEvents()
        found.append((time.perf_counter() - begin) * 1000)
    mouse(view, QEvent.Type.MouseButtonRelease, QPoint(4, 4))
    return found


def mouse(view: BoardView, kind: QEvent.Type, at: QPoint) -> None:
    """One event of the mouse, as the system sends it."""
    none, left = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton
    event = QMouseEvent(
        kind,
        QPointF(at),
        QPointF(view.viewport().mapToGlobal(at)),
        none if kind is QEvent.Type.MouseMove else left,
        none if kind is QEvent.Type.MouseButtonRelease else left,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view.viewport(), event)


def p99(values: list[float]) -> float:
    """The value that 99 of 100 stay under."""
    return sorted(values)[int(len(values) * 0.99)]


def say(what: str, view: BoardView) -> bool:
    """Measure and print one line; whether it stays within the limits."""
    seen = statistics.median(repaint(view))
    plain = statistics.median(bare(view))
    frame = p99(drag(view))
    clip = view.viewport().rect().translated(view.on_board(QPoint()))
    count = sum(place.intersects(clip) for place in view.layout_now().places.values())
    print(
        f"{what:<34} {count:>5} in sight   repaint {seen:5.1f} ms (≤ {REPAINT:.0f}), "
        f"{seen / plain:4.2f}× bare {plain:5.1f}   drag p99 {frame:5.1f} ms (≤ {FRAME:.0f})"
    )
    return seen <= REPAINT and frame <= FRAME


def main() -> int:
    """Three boards: as it opens, all cells unfolded, and as small as it goes."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)  # noqa: S101 - for the type
    style.dress(application)
    view = board()
    good = say(f"{NOTES} notes, folded", view)
    begin = time.perf_counter()
    unfold(view)
    first = (time.perf_counter() - begin) * 1000
    view.rearrange()
    again = timed(lambda: relaid(view), 20)
    good &= say(f"{NOTES} notes, all unfolded", view)
    print(f"layout of all: first {first:.0f} ms, again {statistics.median(again):.1f} ms")
    view.zoom_to(0)
    good &= say(f"{NOTES} notes, unfolded, {ZOOMS[0]:.0%}", view)
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
