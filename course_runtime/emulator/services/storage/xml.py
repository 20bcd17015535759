"""XML as storage reads and writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote
from xml.etree import ElementTree
from xml.etree.ElementTree import Element as Element
from xml.etree.ElementTree import SubElement

from course_runtime.emulator.services.storage.errors import invalid_xml

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def document(root: Element) -> bytes:
    body: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>{body}'.encode()


def add(parent: Element, tag: str, text: object | None = None) -> Element:
    child = SubElement(parent, tag)
    if text is not None:
        child.text = str(text)
    return child


def add_all(parent: Element, values: Iterable[tuple[str, object | None]]) -> None:
    """The values that are there; None is left out."""
    for tag, value in values:
        if value is not None:
            add(parent, tag, value)


def add_name(parent: Element, name: str) -> None:
    """A name that XML cannot hold is percent-encoded, and says so."""
    child = SubElement(parent, "Name")
    if NOT_XML.search(name):
        child.set("Encoded", "true")
        name = quote(name, safe="/")
    child.text = name


def parse(body: bytes, root: str) -> Element:
    try:
        element = ElementTree.fromstring(body)
    except (ElementTree.ParseError, ValueError) as error:
        raise invalid_xml(str(error)) from None
    if element.tag != root:
        raise invalid_xml(f"The root element '{root}' was expected, '{element.tag}' came.")
    return element


def text_of(parent: Element, tag: str) -> str:
    return (parent.findtext(tag) or "").strip()
