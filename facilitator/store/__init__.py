"""The store: one database that holds all meetings, and the one thread that writes in it."""
