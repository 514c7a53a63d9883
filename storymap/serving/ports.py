"""Find a port to serve on."""

from __future__ import annotations

import errno
import socket
import sys

TRIES = 50
"""How many ports after the first are tried."""

_TAKEN = {errno.EADDRINUSE, errno.EACCES}  # Windows refuses access to a port that another program holds


class PortTakenError(Exception):
    """`port` is in use; `free` is the next that is not, 0 where none was found."""

    def __init__(self, port: int, free: int) -> None:
        self.port = port
        self.free = free
        super().__init__(f"port {port} is taken")


def open_port(host: str, port: int) -> socket.socket:
    """A socket that is bound to `host` (a name or a number) and `port`; port 0 takes any that is free.

    Raises `PortTakenError`, with a free one to offer, and OSError for a host that is not this machine's.
    """
    try:
        return _bind(host, port)
    except OSError as error:
        if error.errno not in _TAKEN:
            raise
        raise PortTakenError(port, _find_free(host, port + 1)) from error


def _find_free(host: str, first: int) -> int:
    for port in range(first, min(first + TRIES, 65536)):
        try:
            _bind(host, port).close()
        except OSError:
            continue
        return port
    return 0


def _bind(host: str, port: int) -> socket.socket:
    """A bound, listening socket: two programs may bind one port, but only one may listen on it."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    bound = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there the option would share the port with whoever has it
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(128)
    except OSError:
        bound.close()
        raise
    return bound
