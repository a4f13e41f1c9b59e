"""The tests, beside the source that they mirror."""
