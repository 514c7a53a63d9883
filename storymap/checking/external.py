"""Try the links that lead out of a site, politely: for `storymap check --external`, and never otherwise.

Hosts are tried side by side and each host's addresses one after another, with a pause between. A page is asked for
with HEAD, and with GET where that is refused; what it says is not read. Redirects are followed by hand, so that every
address on the way is looked at: nothing is asked of addresses in private networks.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from storymap import __version__

USER_AGENT = f"folium-storymap/{__version__} (checks the links of a story before it is published)"
_HEADERS = {"User-Agent": USER_AGENT, "Accept": "text/html,*/*;q=0.8", "Accept-Language": "en,*;q=0.5"}
_PERMANENT = (301, 308)
_REDIRECTS = (*_PERMANENT, 302, 303, 307)
_GONE = (404, 410)
_REFUSED = (401, 402, 403, 405, 406, 407, 418, 429, 451, 999)


class State(StrEnum):
    """What became of trying an address."""

    ALIVE = "alive"
    MOVED = "moved"
    DEAD = "dead"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Answer:
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


@dataclass(frozen=True, slots=True)
class Manners:
    """How politely and how patiently addresses are tried.

    `hosts` at once; `pause` and `timeout` in seconds; a host that asks for patience gets up to `longest_wait` seconds,
    `retries` times; after `failures` addresses in a row that cannot be reached, the rest of a host is given up.
    `private` allows addresses in private networks and on this computer.
    """

    hosts: int = 8
    pause: float = 0.3
    timeout: float = 10.0
    redirects: int = 8
    retries: int = 2
    longest_wait: float = 30.0
    failures: int = 3
    private: bool = False


def try_addresses(
    addresses: Iterable[str], manners: Manners, *, wait: Callable[[float], None] = time.sleep
) -> dict[str, Answer]:
    """The answer of each of `addresses`, http or https, sorted by address. `wait` is called to pause, with seconds."""
    by_host: dict[str, list[str]] = defaultdict(list)
    for address in sorted(set(addresses)):
        by_host[_host(address)].append(address)
    with ThreadPoolExecutor(max_workers=manners.hosts, thread_name_prefix="links") as pool:
        found = pool.map(lambda listed: _try_host(listed, manners, wait), by_host.values())
        answers = {address: answer for one in found for address, answer in one.items()}
    return dict(sorted(answers.items()))


def _try_host(addresses: list[str], manners: Manners, wait: Callable[[float], None]) -> dict[str, Answer]:
    """The answers of addresses on one host, tried one after another."""
    answers: dict[str, Answer] = {}
    failures = 0
    with requests.Session() as session:
        _prepare(session, manners)
        for number, address in enumerate(addresses):
            if failures >= manners.failures:
                answers[address] = Answer(State.UNREACHABLE, "nothing of this server could be reached")
                continue
            if number:
                wait(manners.pause)
            answers[address] = _try_address(session, address, manners, wait)
            failures = failures + 1 if answers[address].state is State.UNREACHABLE else 0
    return answers


def _prepare(session: requests.Session, manners: Manners) -> None:
    """Send no credentials of the author, and refuse private addresses unless they are allowed."""
    session.trust_env = False
    session.headers.update(_HEADERS)
    if not manners.private:
        session.mount("http://", _PublicAdapter())
        session.mount("https://", _PublicAdapter())


def _try_address(session: requests.Session, address: str, manners: Manners, wait: Callable[[float], None]) -> Answer:
    """What `address` answers, or why nothing did."""
    try:
        return _follow(session, urldefrag(address).url, manners, wait)
    except _PrivateAddressError:
        return Answer(State.REFUSED, "it leads into a private network, where nothing is tried")
    except requests.RequestException as error:
        return _explain_failure(error)
    except (OSError, ValueError):  # a host name or a port that no library takes
        return Answer(State.DEAD, "this is no address")


def _follow(session: requests.Session, address: str, manners: Manners, wait: Callable[[float], None]) -> Answer:
    """The answer at the end of all redirects from `address`."""
    moved_to = ""
    permanent = True
    for _ in range(manners.redirects + 1):
        if not manners.private and _is_private_name(urlsplit(address).hostname or ""):
            raise _PrivateAddressError
        status, headers = _ask_patiently(session, address, manners, wait)
        if status not in _REDIRECTS or "Location" not in headers:
            return _judge(status, moved_to)
        address = urldefrag(urljoin(address, _read_location(headers["Location"]))).url
        if urlsplit(address).scheme not in ("http", "https"):
            return Answer(State.DEAD, "it leads to an address that is neither http nor https")
        permanent = permanent and status in _PERMANENT
        moved_to = address if permanent else moved_to
    return Answer(State.DEAD, "it leads from one address to the next without end")


def _ask_patiently(
    session: requests.Session, address: str, manners: Manners, wait: Callable[[float], None]
) -> tuple[int, Mapping[str, str]]:
    """The status and headers of `address`; a server that asks for patience is asked again after a while."""
    for attempt in range(manners.retries + 1):
        status, headers = _ask(session, address, manners)
        if status not in (429, 503) or attempt == manners.retries:
            break
        seconds = _read_patience(headers.get("Retry-After", ""))
        if seconds is None or seconds > manners.longest_wait:
            break
        wait(seconds)
    return status, headers


def _ask(session: requests.Session, address: str, manners: Manners) -> tuple[int, Mapping[str, str]]:
    for method in ("HEAD", "GET"):
        with session.request(method, address, timeout=manners.timeout, allow_redirects=False, stream=True) as response:
            if response.status_code < 400 or response.status_code == 429:
                break
    return response.status_code, response.headers


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
    """Why nothing was answered, without the address, which the author knows, and without addresses of memory."""
    match error:
        case requests.exceptions.SSLError():
            return Answer(State.UNREACHABLE, "its certificate cannot be trusted")
        case requests.Timeout():
            return Answer(State.UNREACHABLE, "the server does not answer in time")
        case requests.ConnectionError() if "NameResolutionError" in repr(error):
            return Answer(State.DEAD, "there is no server of this name")
        case requests.ConnectionError():
            return Answer(State.UNREACHABLE, "the server cannot be reached")
        case _ if isinstance(error, ValueError):
            return Answer(State.DEAD, "this is no address")
        case _:
            return Answer(State.UNREACHABLE, "the server answers nothing that can be understood")


def _read_location(written: str) -> str:
    """A Location header as text: bytes beyond ASCII are UTF-8, which the protocol's library reads as Latin-1."""
    try:
        return written.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return written


def _read_patience(written: str) -> float | None:
    """The seconds that a Retry-After header asks for, at least one; None for one that says nothing."""
    if not written.strip():
        return 1.0
    try:
        return max(1.0, float(written))
    except ValueError:
        pass
    try:
        return max(1.0, parsedate_to_datetime(written).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None


def _host(address: str) -> str:
    """The server that `address` names, with its port; empty where it names none."""
    try:
        return urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def _is_private_name(host: str) -> bool:
    """Whether `host` says of itself that it is in a private network."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host.lower().rstrip(".").endswith(("localhost", ".local", ".internal", ".home.arpa"))


class _PrivateAddressError(Exception):
    """A public name that leads to an address in a private network."""


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
    """Connects to public addresses only, whatever a name leads to. A proxy, if there is one, decides for itself."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """The pools of direct connections, with ours in place of urllib3's."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicSecurePool}
