"""What the console says of something that went wrong."""

from __future__ import annotations

from facilitator.i18n import words
from facilitator.kernel.errors import FacilitatorError
from facilitator.messages import message


def sentence(error: FacilitatorError) -> str:
    """What went wrong and what to do now: in the engine's words, or else in ours."""
    said = error.values.get("message")
    return str(said) if said else message(error, words())
