"""Steps and ways as KML 2.2: a folder for each story, in it a placemark for each step at each of its places.

Written with the standard library: fastkml wants a library of dates and lxml beside it, simplekml is no longer kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from storymap.exchange.records import StepRecord, StoryRecord, WayRecord
from storymap.model.place import Place
from storymap.model.time import PartialDate, When

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&(?=#|\w+;)")
"""What a description that is read as HTML would take for markup."""


def write_kml(stories: Sequence[StoryRecord]) -> bytes:
    """A document in UTF-8."""
    root = ET.Element("kml", xmlns=_NAMESPACE)
    document = ET.SubElement(root, "Document")
    _add(document, "name", stories[0].title if len(stories) == 1 else "")
    for story in stories:
        folder = ET.SubElement(document, "Folder")
        _add(folder, "name", story.title)
        _add(folder, "description", _escape(story.summary))
        for step, place in story.visits:
            folder.append(_write_visit(story, step, place))
        for way in story.ways:
            folder.append(_write_way(story, way))
    ET.indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"


def _write_visit(story: StoryRecord, step: StepRecord, place: Place) -> ET.Element:
    mark = ET.Element("Placemark")
    _add(mark, "name", place.name)
    _add(mark, "description", _escape("\n\n".join(filter(None, (step.title, step.date, step.text)))))
    _add_time(mark, step.when)
    _add_data(mark, story=story.title, step=str(step.number), title=step.title, date=step.date, url=step.url)
    point = ET.SubElement(mark, "Point")
    _add(point, "coordinates", f"{place.point.lon:.7f},{place.point.lat:.7f}")
    return mark


def _write_way(story: StoryRecord, way: WayRecord) -> ET.Element:
    mark = ET.Element("Placemark")
    _add(mark, "name", way.name)
    _add_data(mark, story=story.title, step=str(way.step or ""))
    lines = mark if len(way.parts) == 1 else ET.SubElement(mark, "MultiGeometry")
    for part in way.parts:
        line = ET.SubElement(lines, "LineString")
        _add(line, "tessellate", "1")
        _add(line, "coordinates", " ".join(f"{point.lon:.7f},{point.lat:.7f}" for point in part))
    return mark


def _add_time(mark: ET.Element, when: When | None) -> None:
    """When it happens, as far as KML can say it: it has no year before the first."""
    if when is None:
        return
    edges = tuple(_say_edges(when))
    if when.start == when.end and edges:
        stamp = ET.SubElement(mark, "TimeStamp")
        _add(stamp, "when", edges[0][1])
    elif edges:
        span = ET.SubElement(mark, "TimeSpan")
        for name, day in edges:
            _add(span, name, day)


def _say_edges(when: When) -> Iterator[tuple[str, str]]:
    for name, day in (("begin", when.start), ("end", when.end)):
        if day and 1 <= day.year <= 9999:
            yield name, _say_day(day, is_end=name == "end")


def _say_day(day: PartialDate, *, is_end: bool) -> str:
    """A date as exactly as it is known, where XML Schema can say that: a year, a month or a day."""
    if day.is_span or day.month > 12:
        return day.last if is_end else day.first
    parts = [f"{day.year:04d}", *(f"{part:02d}" for part in (day.month, day.day) if part)]
    return "-".join(parts)


def _add_data(mark: ET.Element, **values: str) -> None:
    data = ET.SubElement(mark, "ExtendedData")
    for name, value in values.items():
        if value:
            _add(ET.SubElement(data, "Data", name=name), "value", value)


def _add(parent: ET.Element, tag: str, text: str) -> None:
    if text:
        ET.SubElement(parent, tag).text = text


def _escape(text: str) -> str:
    """Plain text for those who read descriptions as HTML, which is the same for those who do not, but for markup."""
    return _MARKUP.sub(lambda found: "&lt;" if found[0] == "<" else "&amp;", text)
