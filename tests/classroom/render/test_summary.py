from __future__ import annotations

import io

from rich.console import Console

from course_runtime.classroom import print_overview
from course_runtime.classroom.render.summary import summary_html
from course_runtime.course import Module

from .grades import MARKUP, graded, missing, refused
from .test_feedback import ALLOWED, Page

TABLE = {"table", "thead", "tbody", "tr", "th", "td", "b"}


def test_everybody_and_every_todo(module: Module) -> None:
    grades = [graded(seconds_late=3_600.0), refused(), missing()]
    page = Page(summary_html(grades, module, {"anna": "feedback/anna.html"}))
    for words in (
        "Anna Meier",
        "ben",
        "cleo",
        "1 h late",
        "ben.zip is encrypted.",
        "nothing handed in",
        "1 of 1",
    ):
        assert words in page.text, words
    assert [found["href"] for tag, found in page.tags if tag == "a"] == ["feedback/anna.html"]


def test_markup_is_text(module: Module) -> None:
    page = Page(summary_html([graded(name=MARKUP), refused("x", MARKUP)], module, {}))
    assert {tag for tag, _ in page.tags} <= ALLOWED | TABLE
    assert not [found for _, found in page.tags if any(name.startswith("on") for name in found)]


def test_on_a_terminal(module: Module) -> None:
    shown = io.StringIO()
    print_overview(Console(file=shown, width=80), [graded(), refused("\x1b[2Jben"), missing()], module)
    text = shown.getvalue()
    assert "3 students, median 3 of 10 points, 0 passed everything" in text
    assert "ben: not readable. ben.zip is encrypted." in text
    assert "\x1b" not in text


def test_a_class_of_nobody(module: Module) -> None:
    shown = io.StringIO()
    print_overview(Console(file=shown, width=80), [], module)
    assert "0 students, no grades" in shown.getvalue()
    assert "0 of 0" in summary_html([], module, {})
