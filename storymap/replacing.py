"""Put new contents in the place of a file, in one step: for the few files that are written one by one."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def replace_file(file: Path, data: bytes) -> None:
    """Make `data` what `file` holds. Its folder is made if it is missing; what may be done with the file stays.

    Nobody ever sees half of it, and if the system goes down it is the old file or the new one. Raises `OSError`, with
    the file as it was.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(data)
            opened.flush()
            os.fsync(opened.fileno())
        unfinished.chmod(file.stat().st_mode & 0o777 if file.exists() else 0o644)
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
