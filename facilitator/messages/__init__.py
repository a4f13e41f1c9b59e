"""What a person reads for an error: what happened, and what to do now."""

from facilitator.messages.telling import FOR_PHONES, message, words_for_phones
from facilitator.messages.words import MESSAGES

__all__ = ["FOR_PHONES", "MESSAGES", "message", "words_for_phones"]
