"""The engine and the meeting of the tests of the server."""

from tests.server.conftest import cafe, engine, own_engine

__all__ = ["cafe", "engine", "own_engine"]
