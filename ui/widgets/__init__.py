"""Things drawn that know nothing of a meeting."""
