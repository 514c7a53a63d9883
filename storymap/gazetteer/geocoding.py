"""Ask a Nominatim server where something is: only when an author says so, and as its usage policy asks.

One question a second at most, across runs too; every answer is kept, so that no question is asked twice; whoever asks
is named. The policy of the public server: operations.osmfoundation.org/policies/nominatim.
"""

from __future__ import annotations

import hashlib
import json
import math
import queue
import threading
import time
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import Struct

from storymap.errors import Location, Report
from storymap.model.place import LonLat
from storymap.replacing import replace_file

PUBLIC_SERVER = "https://nominatim.openstreetmap.org"
"""The server that is asked unless another is named."""

CREDIT = "© OpenStreetMap contributors, ODbL"
"""How what it answers has to be credited."""

_SECONDS_BETWEEN = 1.0
_LARGEST_ANSWER = 200_000  # bytes; five places with their names in every language are a tenth of it
_MOST_ANSWERS = 5
_LONGEST_QUESTION = 200


class GeocodedPlace(Struct, frozen=True):
    """One place that the server knows, and whom to credit for it.

    `country` is an ISO code, empty where the server names none.
    """

    name: str
    full_name: str
    point: LonLat
    country: str
    source: str


def find_memory() -> Path:
    """The folder where this user's answers are kept."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("storymap", appauthor=False)) / "geocoding"


class Geocoder(Struct, frozen=True):
    """A server at `url`, which `agent` asks and which has `seconds` to answer; answers are kept in `memory`."""

    url: str
    agent: str
    memory: Path
    seconds: float = 10.0

    def ask(
        self,
        question: str,
        at: Location,
        report: Report,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> tuple[GeocodedPlace, ...] | None:
        """What the server answers, the likeliest first; None, and told, where it could not be asked."""
        asked = " ".join(question.split())[:_LONGEST_QUESTION]
        kept = self.memory / f"{self._digest(asked)}.json"
        found = _recall(kept)
        if found is None:
            self._wait(clock, sleep)
            found = self._ask_server(asked, at, report)
            if found is None:
                return None
            _keep(kept, json.dumps({"question": asked, "answers": found}, indent=1))
        answers = [answer for one in found if (answer := _read_answer(one))]
        return tuple({answer.full_name: answer for answer in reversed(answers)}.values())[::-1]

    def _digest(self, question: str) -> str:
        return hashlib.sha256(f"{self.url}\n{question.casefold()}".encode(errors="surrogatepass")).hexdigest()[:32]

    def _wait(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        """Let a second go by since the last question, which another run may have asked."""
        mark = self.memory / "last-asked"
        with suppress(OSError):
            passed = clock() - mark.stat().st_mtime
            if 0 <= passed < _SECONDS_BETWEEN:
                sleep(_SECONDS_BETWEEN - passed)
        _keep(mark, "")

    def _ask_server(self, question: str, at: Location, report: Report) -> list[Any] | None:
        """The raw answers; None, and told, where there is no way to have any."""
        try:
            answers = json.loads(_fetch(f"{self.url}/search", question, self.agent, self.seconds))
            if not isinstance(answers, list):
                raise TypeError(answers)
        except _NoAnswerError as error:
            report.error("geocoder-failed", f"{self._host} did not answer: {error}", at, error.help)
            return None
        except (ValueError, TypeError, RecursionError):  # no JSON, no list, or one that is nested without end
            message = f"{self._host} did not answer as a Nominatim server does"
            report.error("geocoder-failed", message, at, _CHECK_ADDRESS)
            return None
        return answers[:_MOST_ANSWERS]

    @property
    def _host(self) -> str:
        return self.url.partition("://")[2].partition("/")[0].rpartition("@")[2][:100]


class _NoAnswerError(Exception):
    """Why there is no answer, as a clause; `help` says what to do."""

    def __init__(self, message: str, help: str) -> None:
        self.help = help
        super().__init__(message)


_CHECK_ADDRESS = "check the address of --geocoder-url"
_CHECK_NETWORK = "check the network, or give the coordinates yourself: --at 50.0790,14.4306"


def _fetch(address: str, question: str, agent: str, seconds: float) -> bytes:
    """What `address` answers, all of it within `seconds`. Raises `_NoAnswerError`.

    A server that sends a byte now and then is never late for a library, which looks at each byte's time: so the asking
    is done aside, and is left to itself when the time is up.
    """
    answered: queue.SimpleQueue[bytes | _NoAnswerError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answered.put(_request(address, question, agent, seconds))
        except _NoAnswerError as error:
            answered.put(error)
        except Exception as error:  # noqa: BLE001 - whatever the library makes of an odd address or an odd answer
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            answered.put(_NoAnswerError(reason, _CHECK_ADDRESS))

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answered.get(timeout=seconds)
    except queue.Empty:
        raise _NoAnswerError(f"not all of it came within {seconds:g} seconds", _CHECK_NETWORK) from None
    if isinstance(answer, _NoAnswerError):
        raise answer
    return answer


def _request(address: str, question: str, agent: str, seconds: float) -> bytes:
    import requests
    from urllib3.exceptions import TimeoutError as NothingCameError

    asked: dict[str, str | int] = {
        "q": question, "format": "json", "limit": _MOST_ANSWERS, "addressdetails": 1, "accept-language": "en"
    }  # fmt: skip
    headers = {"User-Agent": agent, "Accept": "application/json", "Accept-Encoding": "identity"}
    try:
        with requests.Session() as session:
            session.trust_env = False  # no credentials of the author
            session.max_redirects = 3
            with session.get(address, params=asked, headers=headers, timeout=seconds, stream=True) as response:
                _judge(response.status_code)
                # As it comes: what is packed was not asked for, and may be a thousand times as large unpacked.
                data: bytes = response.raw.read(_LARGEST_ANSWER + 1, decode_content=False)
    except (requests.Timeout, NothingCameError) as error:  # before the first byte of the answer, and after it
        raise _NoAnswerError(f"nothing came within {seconds:g} seconds", _CHECK_NETWORK) from error
    except requests.ConnectionError as error:
        raise _NoAnswerError("there is no way to it", _CHECK_NETWORK) from error
    if len(data) > _LARGEST_ANSWER:
        raise _NoAnswerError(f"it sends more than {_LARGEST_ANSWER // 1000:,} kB", _CHECK_ADDRESS)
    return data


def _judge(status: int) -> None:
    if status == 429:
        help = "try again in an hour, or ask a server of your own: --geocoder-url"
        raise _NoAnswerError("it has had too many questions", help)
    if status in (401, 403):
        raise _NoAnswerError("it refuses this question", "say who asks: --contact you@example.org")
    if status != 200:
        raise _NoAnswerError(f"it says {status}", _CHECK_ADDRESS)


def _read_answer(raw: Any) -> GeocodedPlace | None:
    """An answer that can be used; what a server sends is not to be trusted."""
    if not isinstance(raw, dict):
        return None
    try:
        lon, lat = float(raw["lon"]), float(raw["lat"])
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    full_name = _read_name(raw.get("display_name"))
    if not (math.isfinite(lon) and abs(lon) <= 180 and math.isfinite(lat) and abs(lat) <= 90):
        return None
    if not full_name:
        return None
    address = raw.get("address")
    code = str(address.get("country_code", "")).upper() if isinstance(address, dict) else ""
    kind, number = raw.get("osm_type"), raw.get("osm_id")
    known = kind in {"node", "way", "relation"} and isinstance(number, int)
    return GeocodedPlace(
        name=_read_name(raw.get("name")) or full_name.split(",")[0],
        full_name=full_name,
        point=LonLat(lon, lat),
        country=code if len(code) == 2 and code.isascii() and code.isalpha() else "",
        source=f"{CREDIT} ({kind} {number})" if known else CREDIT,
    )


def _read_name(value: Any) -> str:
    """A name without blanks around it and without characters that no file could hold; empty where it is none."""
    if not isinstance(value, str):
        return ""
    kept = "".join(letter for letter in value if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cs"))
    return " ".join(kept.split())[:_LONGEST_QUESTION]


def _recall(kept: Path) -> list[Any] | None:
    """The answers to a question that was asked before; None where it was not, or they cannot be read."""
    try:
        answers = json.loads(kept.read_text(encoding="utf-8"))["answers"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return answers if isinstance(answers, list) else None


def _keep(file: Path, text: str) -> None:
    """Write into the memory. Where that is not possible, the next question is asked anew."""
    with suppress(OSError):
        replace_file(file, text.encode())
