"""Files as addresses that hold them: data URIs."""

from __future__ import annotations

import base64
import mimetypes
import re
from urllib.parse import quote

_OWN = {
    ".geojson": "application/geo+json", ".gpx": "application/gpx+xml", ".js": "text/javascript",
    ".kml": "application/vnd.google-earth.kml+xml", ".avif": "image/avif", ".webp": "image/webp",
    ".woff": "font/woff", ".woff2": "font/woff2", ".md": "text/markdown",
}  # fmt: skip
"""Kinds that not every system knows."""


def write_data_uri(path: str, data: bytes) -> str:
    """`data`, the file at `path`, as a data URI. A drawing stays readable text, which is smaller than Base64."""
    kind = find_media_type(path)
    if kind == "image/svg+xml":
        text = re.sub(r"\s*\n\s*", "\n", data.decode("utf-8", "replace"))
        return f"data:{kind};charset=utf-8,{quote(text, safe=_READABLE)}"
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def find_media_type(path: str) -> str:
    """The media type of the file at `path`, by its ending."""
    ending = re.search(r"\.[^./]*$", path.lower())
    kind = _OWN.get(ending[0]) if ending else None
    return kind or mimetypes.guess_type(path, strict=True)[0] or "application/octet-stream"


_READABLE = " !$&'()*+,-./:;=?@[]_~{}|^`"
"""Characters that a data URI between double quotes may hold as they are."""
