"""A face without a screen: speaks the protocol as phones and consoles do, for tests and the demo."""
