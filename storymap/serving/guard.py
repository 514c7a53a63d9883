"""Turn away requests that come through the author's browser from other sites, and let none of them show the preview.

A page on the web can send requests to this machine, and a name that it owns can be made to point here ("DNS
rebinding"): the preview therefore answers to names of this machine alone, and nothing of its own to other origins.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURE = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",  # the same, for browsers that know the older word
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every answer says: no other site may show, load or reach into the preview."""

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Guard:
    """Lets a request through to `app` only under a name of this machine.

    `host` is where the author asked to serve, `forwarded` the name under which a machine on the web that the author
    works on shows this preview to its owner alone, empty elsewhere.
    """

    def __init__(self, app: ASGIApp, *, host: str, forwarded: str = "") -> None:
        self._app = app
        self._host = host.lower()
        self._names = _LOOPBACK | {self._host} | ({forwarded.lower()} if forwarded else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(SECURE)
            await send(message)

        refusal = self._refuse(Headers(scope=scope))
        if refusal:
            await PlainTextResponse(f"{refusal}\n", status_code=403)(scope, receive, send_secured)
        else:
            await self._app(scope, receive, send_secured)

    def _refuse(self, headers: Headers) -> str:
        """Why a request is turned away, empty where it is not."""
        host = headers.get("host", "")
        if not self._is_ours(_name_of(f"//{host}")):
            return f'This preview does not answer to the name "{host[:80]}".'
        origin = headers.get("origin")
        foreign = origin is not None and origin.partition("://")[2].lower() != host.lower()
        # A link from elsewhere may lead here ("navigate"); nothing elsewhere may read or embed what stands here.
        embeds = headers.get("sec-fetch-site") in {"cross-site", "same-site"} and (
            headers.get("sec-fetch-mode") != "navigate"
        )
        return "This preview answers no other site." if foreign or embeds else ""

    def _is_ours(self, name: str) -> bool:
        if name in self._names:
            return True
        # Asked to serve to a network, it is reached by an address of this machine; a number cannot be rebound.
        return not is_loopback(self._host) and _is_number(name)


def find_forwarded_name(environment: Mapping[str, str], port: int) -> str:
    """The name under which a codespace of GitHub shows `port` to its owner; empty on any other machine."""
    name, domain = environment.get("CODESPACE_NAME"), environment.get("GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN")
    return f"{name}-{port}.{domain}" if name and domain else ""


def is_loopback(host: str) -> bool:
    """Whether `host`, a name or a number, can be reached from this machine alone."""
    return host in _LOOPBACK or (_is_number(host) and ipaddress.ip_address(host).is_loopback)


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _name_of(address: str) -> str:
    """The host's name in an address, without its port; empty where the address is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
