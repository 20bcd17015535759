from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.classroom.render.feedback import feedback_html
from course_runtime.course import Module

from .grades import MARKUP, graded, missing, refused, result

ALLOWED = {
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "header",
    "section",
    "div",
    "h1",
    "h2",
    "small",
}
ALLOWED |= {"i", "span", "ul", "li", "a", "p"}


class Page(HTMLParser):
    """What a browser would make of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def require_harmless(html: str) -> Page:
    page = Page(html)
    assert {tag for tag, _ in page.tags} <= ALLOWED
    for _, attributes in page.tags:
        assert not [name for name in attributes if name.startswith("on") or name in ("src", "srcset")]
        assert (attributes.get("href") or "https://").startswith("https://")
    assert not [odd for odd in "\x1b\u202e" if odd in html]
    return page


def test_points_messages_and_what_to_read(module: Module) -> None:
    page = Page(feedback_html(graded(), module))
    for words in (
        "Anna Meier",
        "6 of 10 points",
        "1 of 3 TODOs",
        "3 / 4",
        "partly",
        "not started",
        "Tax is added",
    ):
        assert words in page.text, words
    assert "with_tax(1, 7) should be 1.07; it is None." in page.text
    assert ("a", "https://docs.python.org/3/") in [(tag, found.get("href")) for tag, found in page.tags]


def test_nothing_is_fetched_and_nothing_may_run(module: Module) -> None:
    page = require_harmless(feedback_html(graded(), module))
    policies = [
        found["content"] for tag, found in page.tags if found.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1 and str(policies[0]).startswith("default-src 'none'")


@pytest.mark.parametrize("where", ["message", "note", "name", "student"])
def test_markup_is_text_wherever_it_stands(module: Module, where: str) -> None:
    grade = {
        "message": graded(result=result(message=MARKUP)),
        "note": graded(result=result(note=MARKUP)),
        "name": graded(name=MARKUP),
        "student": graded(MARKUP, name=""),
    }[where]
    page = require_harmless(feedback_html(grade, module))
    assert "<script>alert(1)</script>" in page.text


@given(st.text())
def test_any_message_is_text(text: str) -> None:
    from course_runtime.course import load_catalogue

    from ..conftest import COURSE

    html = feedback_html(graded(result=result(message=text, note=text)), load_catalogue(COURSE).module("1"))
    require_harmless(html.encode("utf-8", "backslashreplace").decode())


def test_late_and_what_it_cost(module: Module) -> None:
    page = Page(feedback_html(graded(seconds_late=90_000.0, penalty=2.0), module))
    assert "Handed in 1 d 1 h late: 2 of 6 points taken off." in page.text
    assert "4 of 10 points" in page.text


def test_one_that_could_not_be_read_says_why(module: Module) -> None:
    assert "ben.zip is encrypted." in Page(feedback_html(refused(), module)).text
    assert "Nothing was handed in." in Page(feedback_html(missing(), module)).text
