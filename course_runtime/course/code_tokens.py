"""Whether two pieces of code say the same, whatever their comments and blank lines."""

from __future__ import annotations

import io
import textwrap
import tokenize

PASSED_OVER = (tokenize.COMMENT, tokenize.NL, tokenize.ENCODING, tokenize.ENDMARKER)


def code_tokens(text: str) -> tuple[str, ...]:
    """Half-written code, which does not tokenize, is compared line by line."""
    text = textwrap.dedent(text)
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        return _code_lines(text)
    return tuple(_word(token) for token in tokens if token.type not in PASSED_OVER)


def _word(token: tokenize.TokenInfo) -> str:
    if token.type in (tokenize.INDENT, tokenize.DEDENT, tokenize.NEWLINE):
        return tokenize.tok_name[token.type]
    return token.string


def _code_lines(text: str) -> tuple[str, ...]:
    lines = (line.strip() for line in text.split("\n"))
    return ("half-written", *(line for line in lines if line and not line.startswith("#")))
