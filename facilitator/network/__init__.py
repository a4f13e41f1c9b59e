"""What the system tells of this machine's networks, and by which address phones can reach it."""
