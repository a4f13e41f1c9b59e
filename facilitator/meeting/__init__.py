"""What is in a meeting and what may be done in it: one module a feature, all of it pure."""
