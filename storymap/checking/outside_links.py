"""Check the links that lead out of the site: where each is written, and which of them fail.

Run by `storymap check --external` after every other check, because it takes long and depends on the world outside.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from storymap.checking.checked import CheckedProject
from storymap.checking.external import Answer, State, try_addresses
from storymap.checking.link_cache import recall_answers, remember_answers
from storymap.errors import Location, Report
from storymap.text.shortening import shorten

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")


def check_outside_links(
    checked: CheckedProject,
    report: Report,
    *,
    cache: Path | None,
    private: bool = False,
    now: Callable[[], float] = time.time,
) -> bool:
    """Tell which links of stories and settings lead nowhere or have moved; returns whether they could be tried.

    Answers are remembered in the file `cache`, if one is given; `private` allows addresses in private networks; `now`
    gives seconds since 1970.
    """
    links = list(list_outside_links(checked))
    addresses = {address for address, _ in links}
    known = recall_answers(cache, now=now()) if cache else {}
    asked = try_addresses(addresses - known.keys(), private=private)
    offline = _is_offline(asked)
    if offline:
        report.warning(
            "no-network",
            f"none of {len(asked)} outside links could be tried: no server answers",
            checked.project.where(),
            help="see whether this computer is connected, and try again",
        )
        asked = {}
    if cache and asked:
        remember_answers(cache, asked, now=now())
    answers = known | asked
    for address, at in links:
        if address in answers:
            _tell(address, answers[address], at, report)
    return not offline


def list_outside_links(checked: CheckedProject) -> Iterator[tuple[str, Location]]:
    """Every http and https address that stories and settings link to, with where it is written; stories in order."""
    for source in checked.sources:
        for link in (link for prose in source.prose for link in prose.links):
            if link.target.lower().startswith(("http://", "https://")):
                yield link.target, link.at
    settings = checked.project.settings
    for key, text in (("description", settings.description), ("tiles_attribution", settings.tiles_attribution)):
        for found in _ADDRESS.finditer(text):
            yield found[0].rstrip(".,;:!?)"), checked.project.where(key)


def _is_offline(asked: Mapping[str, Answer]) -> bool:
    """Whether several servers were asked and none answered anything, which means that this computer has no network."""
    failed = [address for address, answer in asked.items() if answer.state in (State.DEAD, State.UNREACHABLE)]
    return (
        len(failed) == len(asked)
        and not any(answer.status for answer in asked.values())
        and len({address.split("/")[2].lower() for address in failed}) > 1
    )


def _tell(address: str, answer: Answer, at: Location, report: Report) -> None:
    shown = shorten(address, 100)
    match answer.state:
        case State.DEAD:
            advice = "find where it went, link to a copy in a web archive, or take the link out"
            report.warning("dead-link", f'the link to "{shown}" leads nowhere: {answer.reason}', at, advice)
        case State.MOVED:
            report.warning("moved-link", f'"{shown}" has moved for good', at, f"write {answer.moved_to}")
        case State.UNREACHABLE:
            advice = "try it in a browser, and again later"
            report.warning("unreachable-link", f'the link to "{shown}" does not work now: {answer.reason}', at, advice)
        case State.REFUSED:
            advice = "open it in a browser to see whether it works"
            report.note("untried-link", f'the link to "{shown}" could not be tried: {answer.reason}', at, advice)
        case State.ALIVE:
            pass
