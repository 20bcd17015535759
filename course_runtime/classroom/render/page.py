"""One self-contained HTML page: nothing is fetched, nothing runs, whatever a student wrote is text."""

from __future__ import annotations

from functools import cache
from html import escape as escape_html
from pathlib import Path

from course_runtime.grading.render import safe

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
STYLE = Path(__file__).with_name("page.css")


def page(title: str, body: str, *, wide: bool = False) -> str:
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{text(title)}</title>\n<style>{_style()}</style></head>\n"
        f"<body><main{' class=wide' if wide else ''}>\n{body}\n</main></body></html>\n"
    )


def text(value: str) -> str:
    """Somebody's text: no markup of it, no character that hides or turns others."""
    return escape_html(safe(value))


def link(title: str, url: str) -> str:
    """Only to the web, and only by https."""
    if not url.startswith("https://"):
        return text(title)
    return f'<a href="{text(url)}" rel="noopener noreferrer">{text(title)}</a>'


def bar(share: float) -> str:
    percent = round(100 * min(max(share, 0.0), 1.0), 1)
    return f'<div class="bar"><i style="width:{percent:g}%"></i></div>'


@cache
def _style() -> str:
    return STYLE.read_text(encoding="utf-8")
