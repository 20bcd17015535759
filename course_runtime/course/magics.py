"""Comments out what only a notebook understands: %magics, !commands and help?."""

from __future__ import annotations

import re

MAGIC = re.compile(
    r"^(\s*)(?:%{1,2}[A-Za-z_]|!|\?{1,2}\w|[\w.]+\?{1,2}\s*$|\w[\w., \t]*=\s*(?:%[A-Za-z_]|!))"
)
CELL_MAGIC = re.compile(r"^\s*%%[A-Za-z_!]")
RUNS_PYTHON = re.compile(r"^\s*%%(?:time|timeit|capture|prun)\b")
PIECE = re.compile(
    r"""(?P<comment>\#.*)|(?P<triple>\"\"\"|''')|(?P<text>"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?)"""
    r"""|(?P<open>[(\[{])|(?P<close>[)\]}])"""
)


def without_magics(lines: list[str]) -> list[str]:
    """As many lines as came: line numbers must stay true."""
    first = next((line for line in lines if line.strip()), "")
    if CELL_MAGIC.match(first) and not RUNS_PYTHON.match(first):
        return [f"# {line}" for line in lines]
    position = _Position()
    return [_plain(line, position) for line in lines]


class _Position:
    """Whether the next line begins a statement, or goes on inside brackets or a long string."""

    def __init__(self) -> None:
        self.depth = 0
        self.quote = ""
        self.continued = False

    @property
    def begins_statement(self) -> bool:
        return not (self.depth or self.quote or self.continued)

    def pass_over(self, line: str) -> None:
        at = 0
        self.continued = False
        while at < len(line):
            if self.quote:
                at = self._after_quote(line, at)
                continue
            piece = PIECE.search(line, at)
            if piece is None or piece.lastgroup == "comment":
                break
            at = piece.end()
            self._enter(piece)
        self.continued = not self.quote and line.endswith("\\")

    def _enter(self, piece: re.Match[str]) -> None:
        if piece.lastgroup == "triple":
            self.quote = piece.group()
        elif piece.lastgroup == "open":
            self.depth += 1
        elif piece.lastgroup == "close":
            self.depth = max(0, self.depth - 1)

    def _after_quote(self, line: str, at: int) -> int:
        found = line.find(self.quote, at)
        while found > 0 and line[found - 1] == "\\":
            found = line.find(self.quote, found + 1)
        if found < 0:
            return len(line)
        self.quote = ""
        return found + 3


def _plain(line: str, position: _Position) -> str:
    magic = MAGIC.match(line) if position.begins_statement else None
    if magic is None:
        position.pass_over(line)
        return line
    indent = magic.group(1)
    # A magic may be all a block holds, and a block of comments alone does not compile.
    return f"{indent}pass  # {line[len(indent) :]}" if indent else f"# {line}"
