"""Write XML of the standard library's elements: the same bytes each time, and no character that XML does not have."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, indent, tostring

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_xml(root: Element) -> bytes:
    """`root` as a document in UTF-8, a line for each element; characters that XML 1.0 does not have are left out."""
    for element in root.iter():
        element.text = _NOT_IN_XML.sub("", element.text) if element.text else element.text
        for name, value in element.attrib.items():
            element.set(name, _NOT_IN_XML.sub("", value))
    indent(root, space=" ")
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
