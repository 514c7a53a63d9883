"""See that an XML file of places, GPX or KML, is nothing but that: browsers run what XML of other kinds holds."""

from __future__ import annotations

from typing import NoReturn
from xml.parsers import expat

from storymap.cleaning.cleaned import Cleaned, UncleanError
from storymap.cleaning.parsing import parse_xml

_RUNNING = ("http://www.w3.org/1999/xhtml ", "http://www.w3.org/2000/svg ", "http://www.w3.org/1999/XSL/Transform ")


def clean_document(data: bytes) -> Cleaned:
    """`data` as it is. Raises `UncleanError` where it is no XML, or where something in it would run in a browser."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = _judge_element
    parser.ProcessingInstructionHandler = _judge_instruction
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parse_xml(parser, data, refusal="is no XML that can be read")
    return Cleaned(data)


def _judge_element(name: str, _attributes: dict[str, str]) -> None:
    if name.startswith(_RUNNING):
        raise UncleanError(f"holds <{name.rpartition(' ')[2]}> of another language, which browsers run")


def _judge_instruction(target: str, _text: str) -> None:
    if target == "xml-stylesheet":
        raise UncleanError("names a style sheet, with which browsers run it")


def _refuse_doctype(*_: object) -> NoReturn:
    raise UncleanError("has a document type, which such files need not have")
