"""Facilitator: the engine that runs a World Café. Nothing in here knows of a window."""

__version__ = "0.1.0"
