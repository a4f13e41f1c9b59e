"""Dead links in our Markdown: files and headings that are not there."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parent.parent
OURS = {".venv", ".git", "demo-out", "build", "dist", "node_modules"}

FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(
    r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]+)>?[^)]*\)|(?:src|href)=\"([^\"]+)\""
)
PICTURE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)")  # also within a link
REFERENCE = re.compile(r"^\[[^\]]+\]:\s*(\S+)", re.MULTILINE)
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)
ANCHOR = re.compile(r"<a\s+(?:id|name)=\"([^\"]+)\"")
ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def pages() -> list[Path]:
    """Our Markdown files."""
    return [
        path
        for path in sorted(ROOT.rglob("*.md"))
        if not OURS.intersection(path.relative_to(ROOT).parts)
    ]


def slug(heading: str) -> str:
    """The anchor that is made of a heading."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    text = re.sub(r"[^\w\- ]", "", text.lower())
    return text.strip().replace(" ", "-")


def anchors(page: Path) -> set[str]:
    """All anchors of a page; a repeated heading gets a number."""
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    found: set[str] = set(ANCHOR.findall(text))
    seen: dict[str, int] = {}
    for heading in HEADING.findall(text):
        name = slug(heading)
        count = seen.get(name, 0)
        seen[name] = count + 1
        found.add(f"{name}-{count}" if count else name)
    return found


def links(page: Path) -> Iterator[str]:
    """The links of a page, not those in examples of code."""
    text = CODE.sub("", FENCE.sub("", page.read_text(encoding="utf-8")))
    for inline, attribute in LINK.findall(text):
        yield inline or attribute
    yield from PICTURE.findall(text)
    yield from REFERENCE.findall(text)


def fault(page: Path, link: str) -> str | None:
    """What is wrong with a link to something of ours; None when it is right."""
    if ELSEWHERE.match(link):
        return None
    file, _, anchor = unquote(link).partition("#")
    target = (page.parent / file).resolve() if file else page
    if not target.is_relative_to(ROOT):
        return "leaves the project"
    if not target.exists():
        return "is not there"
    if anchor and target.suffix == ".md" and anchor not in anchors(target):
        return "has no such heading"
    return None


def main() -> int:
    """1 when a link is dead."""
    dead = [
        f"{page.relative_to(ROOT).as_posix()}: {link} {reason}"
        for page in pages()
        for link in dict.fromkeys(links(page))
        if (reason := fault(page, link))
    ]
    for line in dead:
        print(line)
    return 1 if dead else 0


if __name__ == "__main__":
    sys.exit(main())
