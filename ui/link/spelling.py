"""The spelling of words, judged by a program beside the window: it is asked, and never waited for."""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from facilitator.spelling import WORDS, Answer, Question
from ui.link.process import command, root

MOST: Final = 200  # words in a question, so that it always fits in the pipe
TRIES: Final = 3  # times that the program is started again
GATHERED: Final = 30  # ms in which words are gathered for one question
OWN: Final = "woordenlijst.txt"
_NO_WINDOW: Final = 0x08000000  # CREATE_NO_WINDOW
_LOG: Final = logging.getLogger(__name__)

Mended = Callable[[tuple[str, ...]], None]


class Spelling(QObject):
    """Knows which words are wrong, asks for those that it does not know yet, and tells when it does."""

    judged = Signal()  # more is known than before
    failed = Signal()  # there is no spelling here: no list, no library, or the program falls over
    _heard = Signal(object, object)  # the process, an Answer or None; from another thread

    def __init__(self, folder: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.able = folder is not None  # without one this is a picture
        self.language = "nl"
        self._file = folder / OWN if folder is not None else None
        self._own = _read(self._file)
        self._names: frozenset[str] = frozenset()
        self._verdicts: dict[tuple[str, str], bool] = {}
        self._waiting: dict[tuple[str, str], None] = {}
        self._mends: list[tuple[Question, Mended]] = []
        self._asked: tuple[Question, Mended | None] | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._tries = TRIES
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(GATHERED)
        self._soon.timeout.connect(self._ask)
        self._heard.connect(self._take)
        held: list[subprocess.Popen[bytes]] = []
        self._held = held
        self.destroyed.connect(lambda: _let_go(*held))

    def know(self, texts: Iterable[str]) -> None:
        """Take the words of these texts for right: names."""
        names = frozenset(
            word.casefold() for text in texts for word in (*text.split(), *WORDS.findall(text))
        )
        if names != self._names:
            self._names = names
            self.judged.emit()

    def speak(self, language: str) -> None:
        """Judge by the list of this language from now on."""
        if language != self.language:
            self.language = language
            self.judged.emit()

    def right(self, word: str) -> bool | None:
        """Whether a word is right; None where that is not known yet. Then it is asked."""
        if not self.able or word.casefold() in self._names or word.casefold() in self._own:
            return True
        key = self.language, word
        known = self._verdicts.get(key)
        if known is None and key not in self._waiting:
            self._waiting[key] = None
            self._soon.start()
        return known

    def mend(self, word: str, done: Mended) -> None:
        """Ask what the word might be instead."""
        if not self.able:
            done(())
            return
        self._mends.append((Question(language=self.language, mend=word), done))
        self._ask()

    def add(self, word: str) -> None:
        """Take a word for right from now on, in every meeting on this laptop."""
        self._own.add(word.casefold())
        if self._file is not None:
            try:
                with self._file.open("a", encoding="utf-8") as file:
                    file.write(f"{word}\n")
            except OSError:
                _LOG.exception("the own word list can't be written")
        self.judged.emit()

    def close(self) -> None:
        """Let the program end."""
        process, self._process = self._process, None
        if process is not None:
            _let_go(process)

    def _ask(self) -> None:
        if self._asked is not None or not self.able:
            return
        done: Mended | None = None
        if self._mends:
            question, done = self._mends.pop(0)
        else:
            language = next(iter(self._waiting), (self.language, ""))[0]
            row = [word for spoken, word in self._waiting if spoken == language][:MOST]
            question = Question(language=language, words=tuple(row))
        if not question.words and not question.mend:
            return
        self._asked = question, done
        process = self._process or self._start()
        if process is None or process.stdin is None:
            self._take(process, None)
            return
        try:
            process.stdin.write(msgspec.json.encode(question) + b"\n")
            process.stdin.flush()
        except OSError:
            self._take(process, None)

    def _start(self) -> subprocess.Popen[bytes] | None:
        options: dict[str, Any] = {"creationflags": _NO_WINDOW} if sys.platform == "win32" else {}
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program, no shell
                command("ui", "spelling"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONUTF8": "1"},
                cwd=root(),
                **options,
            )
        except OSError:
            return None
        self._process = process
        self._held[:] = [process]
        threading.Thread(target=_listen, args=(process, self._heard.emit), daemon=True).start()
        return process

    def _take(self, process: subprocess.Popen[bytes] | None, answer: Answer | None) -> None:
        if process is not self._process and process is not None:
            return  # one that was let go before
        if self._asked is None and answer is not None:
            return
        if answer is None:
            self._fell_over()
            return
        asked = self._asked
        self._asked = None
        if not answer.able:
            self._give_up()
        if asked is not None:
            self._learn(*asked, answer)
        self._ask()

    def _learn(self, question: Question, done: Mended | None, answer: Answer) -> None:
        for word in question.words:
            self._verdicts[question.language, word] = word not in answer.wrong
            self._waiting.pop((question.language, word), None)
        if done is not None:
            done(answer.mends)
        else:
            self.judged.emit()

    def _fell_over(self) -> None:
        """The program ended. What it was asked last may be why, so that is not asked again."""
        self._process = None
        asked, self._asked = self._asked, None
        self._tries -= 1
        if asked is not None:
            self._learn(*asked, Answer())
        if self._tries <= 0:
            self._give_up()
        else:
            self._ask()

    def _give_up(self) -> None:
        if self.able:
            self.able = False
            self._waiting.clear()
            self.failed.emit()


def _listen(process: subprocess.Popen[bytes], told: Callable[[object, object], object]) -> None:
    """In a thread: each answer, and None at the end."""
    with contextlib.suppress(RuntimeError):  # the window went meanwhile
        assert process.stdout is not None  # noqa: S101 - it is a pipe
        for line in process.stdout:
            try:
                told(process, msgspec.json.decode(line, type=Answer))
            except msgspec.MsgspecError:
                break
        told(process, None)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def _let_go(*processes: subprocess.Popen[bytes]) -> None:
    """It ends by itself where nobody asks any more."""
    for process in processes:
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()


def _read(file: Path | None) -> set[str]:
    """The words that were added on this laptop."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace") if file is not None else ""
    except OSError:
        text = ""
    return {line.strip().casefold() for line in text.splitlines() if line.strip()}
