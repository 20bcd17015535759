"""43 HTML, scripts and XML in what a student's code says, in every rendering there is."""

from __future__ import annotations

from xml.etree import ElementTree

from course_runtime.grading.render import junit_xml

from .attack import Attack

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>]]></failure><testcase name='forged'/>&bomb;"


def test_it_is_text_in_junit(attack: Attack) -> None:
    result = attack("", f"raise ValueError({MARKUP!r})")
    assert MARKUP in result.todos[0].message
    document = ElementTree.fromstring(junit_xml(result))
    assert [case.get("name") for case in document.iter("testcase") if "forged" in str(case.get("name"))] == []
    assert "<script>" in "".join(document.itertext()) or any(
        "<script>" in str(e.attrib) for e in document.iter()
    )


def test_an_exceptions_name_is_text_too(attack: Attack) -> None:
    result = attack("Odd = type('<b>\\x00\\x1b[31m', (Exception,), {})", "raise Odd('<i>')")
    ElementTree.fromstring(junit_xml(result))
