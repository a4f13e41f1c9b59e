"""The room's window: scenes for the hall, each a pure function of state, time and size."""
