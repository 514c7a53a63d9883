"""Print a page with the Chromium, Chrome or Edge that a machine has: into a PDF, without a network or a profile."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

LONGEST = 180.0
"""Seconds after which printing is given up."""

VARIABLE = "STORYMAP_CHROMIUM"
"""The environment variable that may name the program."""

_NAMES = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge"
)  # fmt: skip
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
_FLAGS = (
    "--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
    "--disable-dev-shm-usage",           # which is small in containers
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer", "--generate-pdf-document-outline",
)  # fmt: skip
_NO_SCRIPT = b'<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
"""What is printed needs no script."""

_FOLDED = re.compile(rb"<details(?=[ >])")
_DATES = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")
_LONG_AGO = rb"\g<1>19800101000000"


class PrintError(Exception):
    """A page could not be printed; `help` says what to do."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.help = help


def find_chromium() -> str:
    """The program that `VARIABLE` names, or one that this machine has. Raises `PrintError`."""
    if named := os.environ.get(VARIABLE):
        if found := shutil.which(named):
            return found
        raise PrintError(f'{VARIABLE} names "{named}", and there is no such program', "name another, or unset it")
    folders = [os.environ[name] for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA") if name in os.environ]
    places = [f"{folder}/{place}" for folder in folders for place in _WINDOWS]
    found = next(filter(None, map(shutil.which, (*_NAMES, *_PLACES, *places))), None)
    if found is None:
        raise PrintError(
            "a PDF is printed by Chromium, Chrome or Edge, and there is none",
            f"install one, or name its program in {VARIABLE}; or open the page in any browser and print it",
        )
    return found


def print_page(page: bytes, *, program: str = "", paper: str = "a4", longest: float = LONGEST) -> bytes:
    """The PDF of an HTML page that loads nothing, as its stylesheet for print has it. Raises `PrintError`.

    `program` is a Chromium, else one is found; `paper` a size that CSS knows; `longest` are the seconds that it may
    take.
    """
    program = program or find_chromium()
    # Pictures that are loaded when they come into view would be missing, and text that is folded away.
    text = _FOLDED.sub(b"<details open", page.replace(b' loading="lazy"', b""))
    text = text.replace(b"<head>", b"<head>%b<style>@page{size:%b}</style>" % (_NO_SCRIPT, paper.encode()), 1)
    with tempfile.TemporaryDirectory(prefix="storymap-print-", ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_bytes(text)
        rights = ("--no-sandbox",) if sys.platform == "linux" and os.geteuid() == 0 else ()  # root may have none
        command = (
            program, *_FLAGS, *rights, f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()
        )  # fmt: skip
        said = _run(command, longest)
        if not target.is_file() or not target.stat().st_size:
            raise PrintError(f"{program} printed nothing{said}", _otherwise())
        return _DATES.sub(_LONG_AGO, target.read_bytes())


def _run(command: tuple[str, ...], longest: float) -> str:
    """Run the program, and end it and its helpers when time is over; what it said last, ready for a message."""
    try:
        with subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=os.name == "posix",
        ) as process:
            try:
                _, said = process.communicate(timeout=longest)
            except subprocess.TimeoutExpired as error:
                _end(process)
                message = f"{command[0]} did not print the page within {longest:g} seconds"
                raise PrintError(message, _otherwise()) from error
            except BaseException:
                _end(process)
                raise
    except OSError as error:
        raise PrintError(f"{command[0]} cannot be run: {error.strerror or error}", _otherwise()) from error
    lines = [line for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
    return f": {lines[-1].strip()[:300]}" if lines and process.returncode else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a browser with the processes that it began."""
    if os.name == "posix":
        import signal

        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()


def _otherwise() -> str:
    return f"name another Chromium in {VARIABLE}, or open the page in any browser and print it"
