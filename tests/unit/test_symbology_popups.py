"""What a chosen feature tells: values stay text, whatever they hold."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from shapely.geometry import Point

from storymap.errors import Location, Report
from storymap.model.data import Column, Dataset, Feature, Value
from storymap.model.layer import Popup
from storymap.symbology.popups import LONGEST, read_popup

COLUMNS = (Column("name"), Column("price"), Column("link"))


class Reader(HTMLParser):
    """The tags and the text of a page, as a browser sees them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: text or "" for name, text in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(*written: str, rows: tuple[tuple[Value, ...], ...] = (("Ash", 12.5, "https://a.example/"),)) -> Popup:
    report = Report()
    popup = tell(written, rows, report)
    assert report.problems == []
    assert popup is not None
    return popup


def tell(written: tuple[str, ...], rows: tuple[tuple[Value, ...], ...], report: Report) -> Popup | None:
    dataset = Dataset("d", COLUMNS, tuple(Feature(Point(0, 0), row) for row in rows))
    shown = range(len(rows))
    return read_popup(written, dataset, shown, lang="cs", at=lambda *path: Location("/".join(path)), report=report)


def test_names_of_columns_are_columns() -> None:
    assert read("name", "price") == Popup(columns=(0, 1))


def test_a_text_is_written_for_each_feature_in_its_language() -> None:
    popup = read("**{name}**: { price } Kč", rows=(("Ash", 12.5, None), ("Elm", None, None)))
    assert popup.html == ("<p><strong>Ash</strong>: 12,5 Kč</p>", "<p><strong>Elm</strong>: – Kč</p>")


def test_a_value_may_be_where_a_link_leads() -> None:
    (body,) = read("[{name}]({link})").html
    assert 'href="https://a.example/"' in body


@pytest.mark.parametrize(
    "value",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "{{ 7*7 }}",
        '"><b onclick="alert(1)">',
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "storymapvalue0x",
        "[x](javascript:alert(1))",
    ],
)
def test_hostile_values_stay_text(value: str) -> None:
    (body,) = read("{name} [there]({link}) `{name}`", rows=((value, 1.0, value),)).html
    reader = Reader()
    reader.feed(body)
    assert [tag for tag, _ in reader.tags if tag != "a"] == ["p", "code"]
    for _, attributes in reader.tags:
        assert attributes.keys() <= {"href", "rel"}
        assert not attributes.get("href", "").lower().startswith(("javascript:", "data:"))
    assert reader.text.count(value) >= 2


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (("nmae",), "unknown-column"),
        (("**{nmae}**",), "unknown-column"),
    ],
)
def test_a_column_that_is_not_there_is_told(written: tuple[str, ...], code: str) -> None:
    report = Report()
    assert tell(written, (("Ash", 1.0, ""),), report) is None
    ((told, at, advice),) = [(found.code, found.at.path, found.help) for found in report.problems]
    assert (told, at, advice) == (code, "popup", 'did you mean "name"?')


def test_a_text_that_is_no_popup_is_refused() -> None:
    report = Report()
    assert tell(("{name} " + "word " * LONGEST,), (("Ash", 1.0, ""),), report) is None
    assert [found.code for found in report.problems] == ["long-popup"]
