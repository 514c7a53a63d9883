"""Try the links that lead out of a site, politely: for `storymap check --external`, and never otherwise.

Hosts are tried side by side and each host's addresses one after another, with a pause between. A page is asked for
with HEAD, and with GET where that is refused; what it says is not read. Redirects and patience are those of `requests`
and urllib3. Nothing is asked of addresses in private networks, on no step of the way.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from http import HTTPStatus
from itertools import pairwise
from typing import Any, Self
from urllib.parse import urldefrag, urlsplit

import requests
from msgspec import Struct
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import MaxRetryError
from urllib3.util import Retry

from storymap import __version__

HOSTS = 8
"""Servers that are tried at a time."""

PAUSE = 0.3
"""Seconds between two addresses of one server."""

TIMEOUT = 10.0
"""Seconds without a sign from a server."""

REDIRECTS = 8
"""Redirects from one address that are followed."""

RETRIES = 2
"""How often a server that asks for patience is asked again."""

LONGEST_WAIT = 30.0
"""Seconds of patience that are granted; a server that asks for more is not asked again."""

FAILURES = 3
"""Addresses in a row that cannot be reached, after which the rest of a server is given up."""

USER_AGENT = f"folium-storymap/{__version__} (checks the links of a story before it is published)"
_HEADERS = {"User-Agent": USER_AGENT, "Accept": "text/html,*/*;q=0.8", "Accept-Language": "en,*;q=0.5"}
_PATIENCE = (429, 503)
_GONE = (404, 410)
_REFUSED = (401, 402, 403, 405, 406, 407, 418, 429, 451, 999)


class State(StrEnum):
    """What became of trying an address."""

    ALIVE = "alive"
    MOVED = "moved"
    DEAD = "dead"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


class Answer(Struct, frozen=True):
    """What an address answered: its state, why in a few words, and where it has moved for good, if it has.

    `status` is that of HTTP, 0 where no server answered.
    """

    state: State
    reason: str = ""
    moved_to: str = ""
    status: int = 0

    @property
    def good(self) -> bool:
        """Whether a reader who follows the link gets there."""
        return self.state in (State.ALIVE, State.MOVED)


def try_addresses(addresses: Iterable[str], *, private: bool = False) -> dict[str, Answer]:
    """The answer of each of `addresses`, http or https, sorted by address.

    `private` allows addresses in private networks and on this computer.
    """
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in sorted(set(addresses)):
        by_host[_host(address)].append(address)
    with ThreadPoolExecutor(max_workers=HOSTS, thread_name_prefix="links") as pool:
        found = pool.map(lambda listed: _try_host(listed, private=private), by_host.values())
        answers = {address: answer for one in found for address, answer in one.items()}
    return dict(sorted(answers.items()))


def _try_host(addresses: list[str], *, private: bool) -> dict[str, Answer]:
    """The answers of addresses on one host, tried one after another."""
    answers: dict[str, Answer] = {}
    failures = 0
    with _open_session(private=private) as session:
        for number, address in enumerate(addresses):
            if failures >= FAILURES:
                answers[address] = Answer(State.UNREACHABLE, "nothing of this server could be reached")
                continue
            if number:
                time.sleep(PAUSE)
            answers[address] = _try_address(session, address)
            failures = failures + 1 if answers[address].state is State.UNREACHABLE else 0
    return answers


def _open_session(*, private: bool) -> requests.Session:
    """A session that sends no credentials of the author, and refuses private addresses unless they are allowed."""
    session = requests.Session()
    session.trust_env = False
    session.max_redirects = REDIRECTS
    session.headers.update(_HEADERS)
    patience = _Patience(
        total=RETRIES,
        connect=0,
        read=False,
        status_forcelist=_PATIENCE,
        allowed_methods=None,
        backoff_factor=1,
        raise_on_status=False,
    )
    for scheme in ("http://", "https://"):
        session.mount(scheme, (HTTPAdapter if private else _PublicAdapter)(max_retries=patience))
    return session


def _try_address(session: requests.Session, address: str) -> Answer:
    """What `address` answers, or why nothing did."""
    try:
        for method in ("HEAD", "GET"):
            with session.request(method, urldefrag(address).url, timeout=TIMEOUT, stream=True) as response:
                if response.status_code < 400 or response.status_code == 429:
                    break
    except _PrivateAddressError:
        return Answer(State.REFUSED, "it leads into a private network, where nothing is tried")
    except requests.RequestException as error:
        return _explain_failure(error)
    except (OSError, ValueError):  # a host name or a port that no library takes
        return Answer(State.DEAD, "this is no address")
    return _judge(response.status_code, _find_new_address(response))


def _find_new_address(response: requests.Response) -> str:
    """Where an address has moved for good: as far as redirects say so without a passing one; empty for nowhere."""
    moved_to = ""
    for step, following in pairwise((*response.history, response)):
        if not step.is_permanent_redirect:
            break
        moved_to = urldefrag(str(following.url)).url
    return moved_to


def _judge(status: int, moved_to: str) -> Answer:
    reason = f"{status} {_say_status(status)}".strip()
    if status < 400:
        state = State.MOVED if moved_to else State.ALIVE
        return Answer(state, "it has moved for good" if moved_to else reason, moved_to, status)
    state = State.DEAD if status in _GONE else State.REFUSED if status in _REFUSED else State.UNREACHABLE
    return Answer(state, f"the server answers {reason}", status=status)


def _say_status(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _explain_failure(error: requests.RequestException) -> Answer:
    """Why there was no answer. The text of `error` itself would repeat the address, and name objects in memory."""
    match error:
        case requests.TooManyRedirects():
            return Answer(State.DEAD, "it leads from one address to the next without end")
        case requests.exceptions.InvalidSchema():
            return Answer(State.DEAD, "it leads to an address that is neither http nor https")
        case requests.exceptions.InvalidURL() | requests.exceptions.MissingSchema():
            return Answer(State.DEAD, "this is no address")
        case requests.exceptions.SSLError():
            return Answer(State.UNREACHABLE, "its certificate cannot be trusted")
        case requests.Timeout():
            return Answer(State.UNREACHABLE, "the server does not answer in time")
        case requests.ConnectionError() if "NameResolutionError" in repr(error):
            return Answer(State.DEAD, "there is no server of this name")
        case requests.ConnectionError():
            return Answer(State.UNREACHABLE, "the server cannot be reached")
        case _:
            return Answer(State.UNREACHABLE, "the server answers nothing that can be understood")


def _host(address: str) -> str:
    """The server that `address` names, with its port; empty where it names none."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _is_private_name(host: str) -> bool:
    """Whether the name or number `host` itself says that it is in a private network."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host.lower().rstrip(".").endswith(("localhost", ".local", ".internal", ".home.arpa"))


class _Patience(Retry):
    """Waits as long as a server asks, but never longer than `LONGEST_WAIT`."""

    def increment(self, *args: Any, **more: Any) -> Self:
        """The retries that are left; raises `MaxRetryError` for a server that asks for too long a wait."""
        response = more.get("response")
        if response is not None and (self.get_retry_after(response) or 0) > LONGEST_WAIT:
            raise MaxRetryError(more["_pool"], None)
        return super().increment(*args, **more)


class _PrivateAddressError(Exception):
    """An address in a private network, or a public name that leads to one."""


def _refuse_private(connection: socket.socket) -> None:
    """Close a connection to a private network before anything is sent."""
    if not ipaddress.ip_address(connection.getpeername()[0].partition("%")[0]).is_global:
        connection.close()
        raise _PrivateAddressError


class _PublicConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        _refuse_private(connection)
        return connection


class _PublicSecureConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        connection = super()._new_conn()
        _refuse_private(connection)
        return connection


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicSecurePool(HTTPSConnectionPool):
    ConnectionCls = _PublicSecureConnection


class _PublicAdapter(HTTPAdapter):
    """Connects to public addresses only, whatever a name or a redirect leads to."""

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send `request`, unless its address says of itself that it is private."""
        if _is_private_name(urlsplit(request.url or "").hostname or ""):
            raise _PrivateAddressError
        return super().send(request, *args, **kwargs)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """The pools of direct connections, with ours in place of urllib3's."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicSecurePool}
