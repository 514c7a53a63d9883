"""Pages of a mapped file leave the memory, and what was written to them is still there."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from storymap.streets.mapped_pages import release_pages

SMAPS = Path("/proc/self/smaps")


def measure(file: Path) -> int:
    """Kilobytes of `file` that this process holds in memory."""
    parts = re.split(r"^(?=[0-9a-f]+-[0-9a-f]+ )", SMAPS.read_text("utf-8"), flags=re.MULTILINE)
    return sum(int(found[1]) for part in parts if str(file) in part and (found := re.search(r"Rss: +(\d+)", part)))


@pytest.mark.skipif(not SMAPS.exists(), reason="only Linux says what a process holds")
def test_pages_are_let_go_and_keep_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "places"
    mapped = np.memmap(file, dtype=np.int64, mode="w+", shape=(1 << 18,))
    mapped[:] = np.arange(len(mapped))
    assert measure(file) >= 2048
    release_pages(file)
    assert measure(file) == 0
    assert mapped[12345] == 12345
    assert int(mapped.sum()) == (1 << 18) * ((1 << 18) - 1) // 2
