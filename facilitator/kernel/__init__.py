"""The kernel: what an entity, a command, a change, an entry and the state of a meeting are."""
