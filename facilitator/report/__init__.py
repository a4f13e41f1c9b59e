"""The verslag: what it says (``content``) and how it looks on paper, one module a format."""
