"""A Firefox that tests steer by Marionette, the protocol it speaks itself: Playwright drives only one of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
from pathlib import Path
from typing import Any

STARTING = 60
"""Seconds that it may take to start."""


class Firefox:
    """A window of the program at `path`, without a screen and with a profile of its own in `folder`."""

    def __init__(self, path: str, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        # The preferences under which it asks nobody for anything of its own accord.
        preferences = {
            "marionette.port": port,
            "remote.log.level": "Info",
            "remote.prefs.recommended": True,
            "app.update.auto": False,
        }
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences.items()]
        (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [path, "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
        self._process = subprocess.Popen(
            command,
            env={**os.environ, "HOME": str(folder), "MOZ_CRASHREPORTER_DISABLE": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self._is_ready = threading.Event()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._asked = 0
        try:
            self._socket = self._connect(port)
            self._read()
            self._ask("WebDriver:NewSession", {})
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise

    def open(self, address: str) -> None:
        """Go to a page, and wait until it is loaded."""
        self._ask("WebDriver:Navigate", {"url": address})

    def evaluate(self, script: str) -> Any:
        """What the body of a function returns in the page, whose own variables are `window.wrappedJSObject`."""
        return self._ask("WebDriver:ExecuteScript", {"script": script, "args": []})["value"]

    def close(self) -> None:
        """End it."""
        self._socket.close()
        self._process.terminate()
        self._process.wait(STARTING)
        self._listener.join(STARTING)

    def _connect(self, port: int) -> socket.socket:
        self._is_ready.wait(STARTING)
        return socket.create_connection(("127.0.0.1", port), timeout=STARTING)

    def _listen(self) -> None:
        """Read all that it prints, and note when it says that it listens, or ends without."""
        assert self._process.stdout is not None
        with self._process.stdout as printed:
            for line in printed:
                if b"Listening on port" in line:
                    self._is_ready.set()
        self._is_ready.set()

    def _ask(self, command: str, options: dict[str, Any]) -> dict[str, Any]:
        self._asked += 1
        message = json.dumps([0, self._asked, command, options]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(error["message"])
        return dict(result)

    def _read(self) -> Any:
        """One message: how long it is, a colon, and JSON."""
        length = b""
        while not length.endswith(b":"):
            length += self._receive(1)
        text = b""
        while len(text) < int(length[:-1]):
            text += self._receive(int(length[:-1]) - len(text))
        return json.loads(text)

    def _receive(self, most: int) -> bytes:
        data = self._socket.recv(most)
        if not data:
            raise ConnectionError("Firefox has gone")
        return data
