from __future__ import annotations

import pytest

from course_runtime.course.links import link_fault


@pytest.mark.parametrize(
    "url",
    [
        "https://learn.microsoft.com/azure/machine-learning/",
        "https://www.tensorflow.org/guide",
        "https://docs.scipy.org/doc/scipy/",
        "https://docs.python.org/3/library/json.html#json.dumps",
    ],
)
def test_primary_documentation_is_fine(url: str) -> None:
    assert link_fault(url) == ""


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://learn.microsoft.com/", "https"),
        ("learn.microsoft.com", "https"),
        ("https://", "whole URL"),
        ("https://learn.microsoft.com/a b", "whole URL"),
        ("https://example.com/", "example.com"),
        ("https://evilgithub.com/", "evilgithub.com"),
        ("https://github.com.evil.net/", "github.com.evil.net"),
        ("https://github.com@evil.net/", "evil.net"),
        ("https://[broken/", "not a URL"),
    ],
)
def test_anything_else_is_said_in_words(url: str, said: str) -> None:
    assert said in link_fault(url)
