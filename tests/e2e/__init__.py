"""The whole way: real engine, real browser, real window."""
