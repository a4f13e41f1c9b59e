"""Texts that are hard on a file: odd ones by name, and any that can be typed."""

from __future__ import annotations

from hypothesis import strategies as st

ODD = [
    *("a\x00b", "a\x07b", "a\x1b[31mb", "a\x0bb", "a\x0cb", "a\x1fb", "a\x7fb", "a\x85b"),
    *("a\x9fb", "a\ud83db", "a\ude00b", "a\ud83d\ude00b", "a\ufffeb", "a\uffffb", "a\ufdd0b"),
    *("👍🏽 top", "👨‍👩‍👧", "שלום عربى", "a\u202eb", "a\nb", "a\r\nb", "a\rb", "a\tb"),
    *("a\u2028b", "  a  b  ", "wijk\u00adteam", "a\u00a0b", "x" * 10_000, "woord " * 1_700),
    *("<b>&amp; ]]> \"'", "🧑"),
]

TEXTS = st.text(st.characters(exclude_categories=()), min_size=1, max_size=60)  # also halves
