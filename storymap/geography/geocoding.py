"""Ask a Nominatim server where something is: only when an author says so, and as its usage policy asks.

One question a second at most, across runs too; every answer is kept, so that no question is asked twice; whoever asks
is named. The policy of the public server: operations.osmfoundation.org/policies/nominatim.
"""

from __future__ import annotations

import hashlib
import json
import math
import time
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from storymap.errors import Location, Report
from storymap.model import LonLat
from storymap.replacing import replace_file

PUBLIC_SERVER = "https://nominatim.openstreetmap.org"
"""The server that is asked unless another is named."""

CREDIT = "© OpenStreetMap contributors, ODbL"
"""How what it answers has to be credited."""

_SECONDS_BETWEEN = 1.0
_SECONDS_TO_WAIT = 10
_MOST_ANSWERS = 5
_LONGEST_QUESTION = 200


@dataclass(frozen=True, slots=True)
class Answer:
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


@dataclass(frozen=True, slots=True)
class Geocoder:
    """A server at `url`, which `agent` asks. Answers are kept in the folder `memory`."""

    url: str
    agent: str
    memory: Path

    def ask(
        self,
        question: str,
        at: Location,
        report: Report,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> tuple[Answer, ...] | None:
        """What the server answers, the likeliest first; None, and told, where it could not be asked."""
        asked = " ".join(question.split())[:_LONGEST_QUESTION]
        kept = self.memory / f"{self._digest(asked)}.json"
        found = _recall(kept)
        if found is None:
            self._wait(clock, sleep)
            found = self._ask_server(asked, at, report)
            if found is None:
                return None
            _keep(kept, json.dumps({"question": asked, "answers": found}, ensure_ascii=False, indent=1))
        answers = [answer for one in found if (answer := _read_answer(one))]
        return tuple({answer.full_name: answer for answer in reversed(answers)}.values())[::-1]

    def _digest(self, question: str) -> str:
        return hashlib.sha256(f"{self.url}\n{question.casefold()}".encode()).hexdigest()[:32]

    def _wait(self, clock: Callable[[], float], sleep: Callable[[float], None]) -> None:
        """Let a second go by since the last question, which another run may have asked."""
        mark = self.memory / "last-asked"
        with suppress(OSError):
            passed = clock() - mark.stat().st_mtime
            if 0 <= passed < _SECONDS_BETWEEN:
                sleep(_SECONDS_BETWEEN - passed)
        _keep(mark, "")

    def _ask_server(self, question: str, at: Location, report: Report) -> list[Mapping[str, Any]] | None:
        """The raw answers; None, and told, where there is no way to have any."""
        try:
            from geopy import exc
            from geopy.geocoders import Nominatim
        except ImportError:
            report.error(
                "missing-geocoder",
                "asking a geocoder takes geopy, which is not installed",
                at,
                'pip install "folium-storymap[geocode]"',
            )
            return None
        parts = urlsplit(self.url)
        server = Nominatim(
            user_agent=self.agent,
            scheme=parts.scheme,
            domain=f"{parts.netloc}{parts.path}".rstrip("/"),
            timeout=_SECONDS_TO_WAIT,
        )
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of positions off the earth, which are left out below
                found = server.geocode(
                    question, exactly_one=False, limit=_MOST_ANSWERS, addressdetails=True, language="en"
                )
        except exc.GeopyError as error:
            report.error("geocoder-failed", f"{parts.netloc} did not answer: {_explain(error)}", at, _advise(error))
            return None
        except (ValueError, KeyError, TypeError, AttributeError):
            report.error(
                "geocoder-failed", f"{parts.netloc} did not answer as a Nominatim server does", at, _CHECK_ADDRESS
            )
            return None
        return [one.raw for one in found or ()]


_CHECK_ADDRESS = "check the address of --geocoder-url"


def _explain(error: Exception) -> str:
    """Why there is no answer, in few words."""
    from geopy import exc

    if isinstance(error, exc.GeocoderTimedOut):
        return f"nothing came within {_SECONDS_TO_WAIT} seconds"
    if isinstance(error, exc.GeocoderRateLimited | exc.GeocoderQuotaExceeded):
        return "it has had too many questions"
    if isinstance(error, exc.GeocoderInsufficientPrivileges | exc.GeocoderAuthenticationFailure):
        return "it refuses this question"
    if isinstance(error, exc.GeocoderUnavailable):
        return "there is no way to it"
    return " ".join(str(error).split())[:120] or type(error).__name__


def _advise(error: Exception) -> str:
    from geopy import exc

    if isinstance(error, exc.GeocoderRateLimited | exc.GeocoderQuotaExceeded):
        return "try again in an hour, or ask a server of your own: --geocoder-url"
    if isinstance(error, exc.GeocoderInsufficientPrivileges | exc.GeocoderAuthenticationFailure):
        return "say who asks: --contact you@example.org"
    if isinstance(error, exc.GeocoderUnavailable | exc.GeocoderTimedOut):
        return "check the network, or give the coordinates yourself: --at 50.0790,14.4306"
    return _CHECK_ADDRESS


def _read_answer(raw: Mapping[str, Any]) -> Answer | None:
    """An answer that can be used; what a server sends is not to be trusted."""
    if not isinstance(raw, dict):
        return None
    try:
        lon, lat = float(raw["lon"]), float(raw["lat"])
    except (KeyError, TypeError, ValueError):
        return None
    full_name = raw.get("display_name")
    if not (math.isfinite(lon) and abs(lon) <= 180 and math.isfinite(lat) and abs(lat) <= 90):
        return None
    if not isinstance(full_name, str) or not full_name.strip():
        return None
    full_name = " ".join(full_name.split())[:_LONGEST_QUESTION]
    name = raw.get("name")
    address = raw.get("address")
    code = str(address.get("country_code", "")).upper() if isinstance(address, dict) else ""
    kind, number = raw.get("osm_type"), raw.get("osm_id")
    known = kind in {"node", "way", "relation"} and isinstance(number, int)
    return Answer(
        name=name.strip()[:_LONGEST_QUESTION] if isinstance(name, str) and name.strip() else full_name.split(",")[0],
        full_name=full_name,
        point=LonLat(lon, lat),
        country=code if len(code) == 2 and code.isascii() and code.isalpha() else "",
        source=f"{CREDIT} ({kind} {number})" if known else CREDIT,
    )


def _recall(kept: Path) -> list[Mapping[str, Any]] | None:
    """The answers to a question that was asked before; None where it was not, or they cannot be read."""
    try:
        answers = json.loads(kept.read_text(encoding="utf-8"))["answers"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return answers if isinstance(answers, list) else None


def _keep(file: Path, text: str) -> None:
    """Write into the memory. Where that is not possible, the next question is asked anew."""
    with suppress(OSError):
        replace_file(file, text.encode())
