"""The server: who may do and see what, and how it travels between the engine and its faces."""
