"""What may go wrong, each with a stable code.

FacilitatorError
├── Refused      the rules of the meeting do not allow it
│   └── Conflict somebody else was first
├── NotFound     it refers to something that is not there (any more)
├── Forbidden    this role may not do or see it
├── Malformed    it does not have the shape that was agreed
└── Unavailable  the engine cannot do it now; trying again may help

A code such as ``note.length`` never changes its meaning. The words that a person reads for it
stand in ``facilitator/messages/words.py``.
"""

from __future__ import annotations


class FacilitatorError(Exception):
    """Something went wrong that a person can be told about."""

    def __init__(self, code: str, **values: str | float) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        """The code and its values, for a log or a test."""
        values = ", ".join(f"{name}={value}" for name, value in self.values.items())
        return f"{self.code} ({values})" if values else self.code


class Refused(FacilitatorError):
    """The rules of the meeting do not allow it."""


class Conflict(Refused):
    """Somebody else was first."""


class NotFound(FacilitatorError):
    """It refers to something that is not there, or not any more."""


class Forbidden(FacilitatorError):
    """This role may not do or see it."""


class Malformed(FacilitatorError):
    """It does not have the shape that was agreed."""


class Unavailable(FacilitatorError):
    """The engine cannot do it now; trying again may help."""
