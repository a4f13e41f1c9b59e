"""The link with the engine: starting or finding it, a replica of the meeting, commands."""
