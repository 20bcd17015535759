"""What an answer to a malformed request must be: no 5xx, and a refusal in the service's own envelope."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

from course_runtime.emulator.client import Answer


def judge(answer: Answer, *asked: Any) -> None:
    """ARM, Key Vault and the ADLS host: `{"error": {"code", "message"}}`."""
    _no_failure(answer, asked)
    if answer.status >= 400 and answer.body is not None:
        assert answer.body["error"]["code"] and answer.body["error"]["message"], (answer, asked)


def judge_xml(answer: Answer, *asked: Any) -> None:
    """Blobs and file shares: `<Error><Code>…</Code><Message>…`, the code among the headers too."""
    _no_failure(answer, asked)
    if answer.status < 400:
        return
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert headers["x-ms-error-code"], (answer, asked)
    if answer.body is not None:
        root = ElementTree.fromstring(answer.body)
        assert (root.tag, root.findtext("Code")) == ("Error", headers["x-ms-error-code"]), (answer, asked)
        assert root.findtext("Message"), (answer, asked)


def judge_any(answer: Answer, *asked: Any) -> None:
    """A data plane that tells errors its own way: by a word or an object, and a sentence."""
    _no_failure(answer, asked)
    if answer.status >= 400 and answer.body is not None:
        body = answer.body
        assert body.get("error") or body.get("error_code"), (answer, asked)
        inner = body["error"] if isinstance(body.get("error"), dict) else body
        assert inner.get("message") or inner.get("error_description"), (answer, asked)


def _no_failure(answer: Answer, asked: Any) -> None:
    assert answer.status < 500 or answer.status == 501, (answer, asked)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert headers.get("x-ms-error-code") != "InsufficientStorage", "the database refused it, not the service"
