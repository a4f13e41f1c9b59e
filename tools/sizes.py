"""Files and functions that have grown too large to read at once."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MAX_LINES, MAX_STATEMENTS = 400, 40

# What may be larger, and why. Empty is best.
ALLOWED: dict[str, str] = {}


def statements(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many statements a function has, those of functions within it too."""
    return sum(isinstance(node, ast.stmt) for node in ast.walk(function)) - 1


def too_large(path: Path) -> Iterator[tuple[str, str]]:
    """What is too large in one file: its name, and how large it is."""
    name = path.relative_to(ROOT).as_posix()
    text = path.read_text(encoding="utf-8")
    lines = text.count("\n")
    if lines > MAX_LINES:
        yield name, f"{lines} lines; at most {MAX_LINES}"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            count = statements(node)
            if count > MAX_STATEMENTS:
                place = f"{name}:{node.lineno} {node.name}"
                yield place, f"{count} statements; at most {MAX_STATEMENTS}"


def main() -> int:
    """1 when something is too large without a reason."""
    files = [path for top in ("facilitator", "ui") for path in sorted((ROOT / top).rglob("*.py"))]
    found = [(place, size) for path in files for place, size in too_large(path)]
    bad = [(place, size) for place, size in found if place.partition(":")[0] not in ALLOWED]
    for place, size in bad:
        print(f"{place}: {size}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
