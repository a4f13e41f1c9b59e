"""The phone's page."""

from __future__ import annotations

from facilitator.server.call import Call, Reply
from facilitator.server.house import House


async def page(house: House, call: Call) -> Reply:
    """The page itself; it asks for the code of a table."""
    return house.page.file("index.html", call)


async def page_at_table(house: House, call: Call) -> Reply:
    """The page, as the QR code of a table opens it."""
    return house.page.file("index.html", call)


async def web_file(house: House, call: Call) -> Reply:
    """A file of the page."""
    return house.page.file(call.keys[0], call)


async def words(house: House, call: Call) -> Reply:
    """The page's texts in a language, as ``<language>.json``."""
    return house.page.words(call.keys[0].removesuffix(".json"), call)
