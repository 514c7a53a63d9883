"""A build that is killed at any moment leaves the old site or the new one, whole, and the next build is right.

With processes and the cache on disk. Moments are counted in acts on files and databases, so that they
spread over the whole course of a build: while stories are read, while files are made, while folders are exchanged.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

MOMENTS = 25
STORY = """---
title: Story {number}
---

## There
place: {place}

{word} text of {number}.

## And there
place: Tokyo

More of it.
"""
PLACES = ("Lima", "Prague", "Cairo", "Nairobi", "Oslo", "Sydney")

PROGRAM = """
import json, multiprocessing, os, shutil, sys
from pathlib import Path

from storymap.building import executors
from storymap.building.disk_cache import find_cache_file
from storymap.building.output import MANIFEST
from storymap.cli import build as command
from storymap.project import load_project

ACTS = {"open", "os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.listdir", "os.scandir",
        "ctypes.dlsym", "sqlite3.connect", "pickle.find_class"}
root, moments = Path(sys.argv[1]), int(sys.argv[2])
site, cache, kept = root / "site", find_cache_file(root).parent, root.parent / "kept"
executors.ENOUGH = executors.Local.__init__.__kwdefaults__["enough"] = 2
executors.Local.__init__.__defaults__ = (2,)
executors._choose_context = lambda: multiprocessing.get_context("fork")  # this process has no threads yet


def build(limit):
    # In a process of its own, which is killed at the act of that number; its exit code, and the number of acts.
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        own, acts = os.getpid(), 0

        def act(event, _):
            nonlocal acts
            if event in ACTS and os.getpid() == own:
                acts += 1
                if acts == limit:
                    os.kill(own, 9)

        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        sys.addaudithook(act)
        code = command._run(root, output=None, open_site=False, strict=False, drafts=False, url=None,
                            is_cached=True, scheduler=None)
        os.write(writing, str(acts).encode())
        os._exit(code)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    with open(reading) as acts:
        return os.waitstatus_to_exitcode(status), int(acts.read() or 0)


def write(word):
    for file in (root / "stories").glob("*.md"):
        text = file.read_text()
        file.write_text(text.replace("Old text", f"{word} text").replace("New text", f"{word} text"))


def read():
    files = (file for file in site.rglob("*") if file.is_file() and file.name != MANIFEST)
    return {file.relative_to(site).as_posix(): file.read_bytes() for file in files}


def restore():
    for folder in (site, cache):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(kept / folder.name, folder)
    cache.chmod(0o700)
    write("New")


assert build(0)[0] == 0
old = read()
for folder in (site, cache):
    shutil.copytree(folder, kept / folder.name)
restore()
code, acts = build(0)
assert code == 0
new = read()
found = {"killed": 0, "old": 0, "new": 0, "mixed": [], "wrong": [], "left": []}
for number in range(moments):
    moment = 1 + number * acts // moments
    restore()
    code, _ = build(moment)
    state = read()
    found["killed"] += code == -9
    found["old"] += state == old
    found["new"] += state == new
    if state not in (old, new):
        found["mixed"].append(moment)
    if build(0)[0] or read() != new:
        found["wrong"].append(moment)
    found["left"] += [path.name for path in root.iterdir() if path.name not in {"stories", "site"}]
print(json.dumps(found))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="processes are copied")
def test_a_build_killed_at_any_moment_leaves_the_old_site_or_the_new_and_the_next_is_right(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "stories").mkdir(parents=True)
    for number, place in enumerate(PLACES):
        text = STORY.format(number=number, place=place, word="Old")
        (project / "stories" / f"story-{number}.md").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(project), str(MOMENTS)], check=True, capture_output=True, text=True
    )
    found = json.loads(done.stdout)
    assert found["killed"] > MOMENTS * 0.8
    assert found["old"] > 0
    assert found["old"] + found["new"] == MOMENTS
    assert found["mixed"] == found["wrong"] == found["left"] == []
