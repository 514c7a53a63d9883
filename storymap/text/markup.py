"""Write text into XML: of stills, and of cleaned pictures.

As `xml.sax.saxutils` does, which brings all of `urllib.request` along: a tenth of the time that a small site takes.
"""

from __future__ import annotations

from html import escape as escape_html


def escape(text: str) -> str:
    """`text` as the text of an element."""
    return escape_html(text, quote=False)


def quote_attribute(text: str) -> str:
    """`text` as the value of an attribute, in quotation marks; line breaks in it stay what they are."""
    quoted = escape(text).replace('"', "&quot;")
    for character in "\n\r\t":
        quoted = quoted.replace(character, f"&#{ord(character)};")
    return f'"{quoted}"'
