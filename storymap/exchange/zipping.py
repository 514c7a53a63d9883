"""Files as a zip that is the same for the same files, wherever and whenever it is made."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping

_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write_zip(files: Mapping[str, bytes], *, unpacked: Collection[str] = ()) -> bytes:
    """The zip of `files` in their order; those `unpacked` stand in it as they are."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, _LONG_AGO)
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if path in unpacked else zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)
    return data.getvalue()
