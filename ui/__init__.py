"""The faces on the laptop: the facilitator's window and the hall's."""
