"""Run an XML parser over a whole file; what makes it stop is told as a reason not to publish the file."""

from __future__ import annotations

from xml.parsers import expat

from storymap.cleaning.cleaned import UncleanError


def parse_xml(parser: expat.XMLParserType, data: bytes, *, refusal: str) -> None:
    """Have `parser` call its handlers for all of `data`. Raises `UncleanError`, whose message begins with `refusal`."""
    try:
        parser.Parse(data, True)  # noqa: FBT003 - positional only
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code) or "it is damaged"
        raise UncleanError(f"{refusal}: {reason}, in line {error.lineno}") from error
    except (LookupError, ValueError) as error:  # an encoding that there is none of
        raise UncleanError(f"{refusal}: save it as UTF-8") from error
