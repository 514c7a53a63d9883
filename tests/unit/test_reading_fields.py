"""Fields take what authors write, refuse the rest with an example, and know where each value stands."""

from __future__ import annotations

import re

import pytest

from storymap.errors import Report
from storymap.reading.field_reading import read_fields, suggest_key
from storymap.reading.fields import FrontMatter, StepFields
from storymap.reading.source import StorySource
from storymap.reading.story import read_story
from storymap.reading.text import decode_text
from storymap.reading.titles import name_story
from storymap.reading.yaml_mapping import parse_yaml


def _fields(text: str, model: type[StepFields | FrontMatter] = StepFields):
    report = Report()
    source = decode_text(text.encode(), "a.md", report)
    assert source is not None
    mapping = parse_yaml(source, report, first=1, last=len(source.lines))
    return read_fields(model, mapping, report, at=source.at(1)), report


def _story(text: str) -> tuple[StorySource, Report]:
    report = Report()
    source = decode_text(text.encode(), "stories/a.md", report)
    assert source is not None
    story = read_story(source, report)
    assert story is not None
    return story, report


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ("Prague National Museum", ("Prague National Museum",)),
        ("Washington, D.C.", ("Washington, D.C.",)),
        ("50.0790, 14.4306", ("50.0790, 14.4306",)),
        ("[Prague, Washington]", ("Prague", "Washington")),
        ('["Washington, D.C.", NO]', ("Washington, D.C.", "NO")),
        ("\n  - Prague\n  - 50.1, 14.4", ("Prague", "50.1, 14.4")),
        ("geo:50.1,14.4;u=20", ("geo:50.1,14.4;u=20",)),
        ("1984", ("1984",)),
    ],
)
def test_places_are_texts_as_written(written, places):
    fields, report = _fields(f"place: {written}")
    assert (fields.place, report.problems) == (places, [])


@pytest.mark.parametrize(
    ("line", "message", "help"),
    [
        ("zoom: far", "should be a number", "zoom: 9"),
        ('zoom: "9"', "should be a number", "zoom: 9"),
        ("zoom: 19", "from 0", "zoom: 9"),
        ("zoom: .nan", "should be a number", "zoom: 9"),
        ("zoom: true", "should be a number", "zoom: 9"),
        ("overview: yes", "true or false", "write true"),
        ("place:", "is empty", "place: Prague"),
        ("place: []", "empty list", "place: Prague"),
        ("place: {a: 1}", "a text or a list", "place: Prague"),
        ("place: [50.1, 14.4]", "two numbers", "50.1, 14.4"),
        ("bounds: [1, 2, 3]", "four numbers", "[12.1, 48.5, 18.9, 51.1]"),
        ("bounds: [-77,08, 38,85, -76,96, 38,92]", "commas within", "[-77.08, 38.85, -76.96, 38.92]"),
        ("bounds: -0,5, 38,85, 1,05, 38,92", "commas within", "[-0.5, 38.85, 1.05, 38.92]"),
        ("track: walk.gpx#Stage 2", "leg behind a #", "track: {file: walk.gpx, leg: Stage 2}"),
        ("bounds: 1, 2, 3, inf", "four numbers", "[12.1"),
        ("center: [50, 14]", "coordinate pair", "50, 14"),
        ("line: curved", "great-circle, straight, route or none", "line: straight"),
        ("id: The Call", "lower-case", "the-call"),
        ("id: storymap-x", "lower-case", "write x"),
        ("date: 2024-02-30", "29 days", "2020-05-06"),
        ("date: [2020]", "should be a text", "date: 2020-05-06"),
        ("extra: x", "keys of your own", "extra:"),
    ],
)
def test_wrong_values_say_what_was_expected_and_point_at_the_value(line, message, help):
    _, report = _fields(f"highlight: CZ\n{line}")
    (problem,) = report.errors
    assert (problem.code, problem.at.line) == ("wrong-value", 2)
    assert problem.at.column == line.index(":") + (3 if line.partition(":")[2] else 2)
    assert message in problem.message
    assert help in problem.help


def test_one_wrong_value_does_not_hide_the_others():
    fields, report = _fields("place: Prague\nzoom: far\ncolour: x\nid: A B\nplcae: y")
    assert fields.place == ("Prague",)
    assert [(problem.code, problem.at.line) for problem in report.errors] == [
        ("wrong-value", 2),
        ("unknown-key", 3),
        ("wrong-value", 4),
        ("unknown-key", 5),
    ]


def test_keys_of_the_other_kind_are_sent_to_their_place():
    _, report = _fields("title: x")
    assert "front matter" in report.errors[0].help
    _, report = _fields("zoom: 9", FrontMatter)
    assert "heading" in report.errors[0].help


def test_where_points_at_values_items_and_parents():
    fields, _ = _fields("place: [Prague, Brno]\nzoom: 9")
    assert str(fields.where("place")) == "a.md:1:8"
    assert str(fields.where("place", 1)) == "a.md:1:17"
    assert str(fields.where("zoom", 3)) == "a.md:2:7"
    assert str(fields.where("date")) == "a.md:1"
    assert str(fields.where_key("zoom")) == "a.md:2:1"
    assert (fields.wrote("zoom"), fields.wrote("date")) == (True, False)


@pytest.mark.parametrize("model", [FrontMatter, StepFields])
def test_every_field_has_a_meaning_and_examples_that_are_right(model):
    for name, field in model.model_fields.items():
        assert field.description
        assert field.examples
        for example in field.examples:
            _, report = _fields(f"{name}: {example}", model)
            assert report.problems == []


@pytest.mark.parametrize(
    ("line", "is_field"),
    [
        ("place: Prague", True),
        ("plcae: Prague", True),
        ("Place: Prague", True),
        ("location: Prague", True),
        ("mood: dark\nplace: Prague", True),
        ("Note: the hall was empty.", False),
        ("Data: what the paper said.", False),
        ("Date: the day on which it all began to go wrong for them", False),
        ("Prague: a city", False),
        ("https://example.org", False),
        ("He said: place it there.", False),
    ],
)
def test_fields_mistyped_fields_and_prose_are_told_apart(line, is_field, as_html):
    story, _ = _story(f"# T\n\n## A\n\n{line}\n\nText.\n")
    html = re.sub("</?a[^>]*>", "", as_html(story.steps[0].prose))
    assert html == ("<p>Text.</p>" if is_field else f"<p>{line}</p>\n<p>Text.</p>")


@pytest.mark.parametrize(
    ("key", "meant"),
    [("plcae", "place"), ("centre", "center"), ("Zoom", "zoom"), ("higlight", "highlight"), ("note", "")],
)
def test_suggestions_are_near(key, meant):
    assert suggest_key(StepFields, key) == meant


@pytest.mark.parametrize(
    ("name", "story_id", "codes"),
    [
        ("stories/huawei-dispute.md", "huawei-dispute", []),
        ("stories/My Story.md", "my-story", ["file-name"]),
        ("stories/Plzen\u030c.md", "plzeň", ["file-name"]),
        ("stories/plzen\u030c.md", "plzeň", []),
        ("stories/index.md", "index", ["reserved-name"]),
        ("stories/404.md", "404", ["reserved-name"]),
        ("stories/CON.md", "con-1", ["reserved-name"]),
        ("stories/storymap-x.md", "storymap-x", ["reserved-name"]),
        ("stories/!!!.md", "story", ["file-name"]),
    ],
)
def test_file_names_become_addresses(name, story_id, codes):
    report = Report()
    assert name_story(name, report) == story_id
    assert [problem.code for problem in report.problems] == codes


def test_pictures_of_other_servers_are_an_error():
    story, report = _story("# T\n\n## A\n\n![A hall](https://a.invalid/b.jpg)\n")
    assert [problem.code for problem in report.errors] == ["remote-picture"]
    assert story.pictures == ()


def test_links_are_located_one_by_one_wherever_they_are_written():
    story, _ = _story(
        "# T\n\n## A\n\n`(geo:1,2)` and geo:1,2\nthen [a](geo:1,2), [b](geo:1,23) [c](geo:1,2) [d][r]\n\n[r]: geo:3,4\n"
    )
    assert [(link.target, link.at.line, link.at.column) for link in story.steps[0].links[1:]] == [
        ("geo:1,23", 6, 24),
        ("geo:1,2", 6, 38),
        ("geo:3,4", 8, 6),
    ]


def test_ids_are_chosen_by_the_author_or_made_of_the_heading():
    story, report = _story("# T\n\n## A b\n\n## B {#c-d}\n\n## E\nid: f\n\n## A b\n\n## G {#a-b-2}\n")
    assert [step.id for step in story.steps] == ["a-b", "c-d", "f", "a-b-3", "a-b-2"]
    assert [problem.code for problem in report.problems] == ["duplicate-heading"]
    _, report = _story("# T\n\n## A {#x}\n\n## B\nid: x\n\n## C {#y}\nid: z\n")
    assert [problem.code for problem in report.errors] == ["two-ids", "duplicate-id"]


# Values that have keys of their own

LAYERS = "layers:\n  regions:\n    from: a.geojson\n    "


@pytest.mark.parametrize(
    ("written", "place", "message", "help"),
    [
        ("color: {scheem: equal}", "a.md:4:13", 'unknown key "scheem"', 'did you mean "scheme"?'),
        ("colour: red", "a.md:4:5", 'unknown key "colour"', 'did you mean "color"?'),
        ("color: {classes: many}", "a.md:4:22", '"classes" should be a number', "for example: classes: 5"),
        ("color: {breaks: [1, two]}", "a.md:4:25", '"breaks" should be a number', "for example: breaks: [10, 20, 50]"),
        ("palette: reds", "a.md:4:5", 'unknown key "palette"', 'it belongs into "color": color: {palette: …}'),
        ("color: {label: a}", "a.md:4:13", 'unknown key "label"', 'it belongs beside "color", not into it'),
        ("join: {table: a.csv}", "a.md:4:11", '"join" has no "on"', "for example: join: {table: heat.csv, on: code}"),
        (
            "join: {table: a, on: {a: b, c: d}}",
            "a.md:4:26",
            '"on" should be one column, or one of each',
            "for example: on: code or on: {nuts: code}",
        ),
        (
            "join: {table: a, on: {}}",
            "a.md:4:26",
            '"on" should be one column, or one of each',
            "for example: on: code or on: {nuts: code}",
        ),
        (
            "join: {table: a, on: {a: [b]}}",
            "a.md:4:26",
            '"on" should be one column, or one of each',
            "for example: on: code or on: {nuts: code}",
        ),
        (
            "join: {table: a, on: [a]}",
            "a.md:4:26",
            '"on" should be the name of a column',
            "for example: on: code or on: {nuts: code}",
        ),
        ("join: a.csv", "a.md:4:11", '"join" should be a table', "for example: join: {table: heat.csv, on: code}"),
        ("join: {nonsense: 1, table: a, on: b}", "a.md:4:12", 'unknown key "nonsense"', "known keys are table, on"),
    ],
)
def test_a_mistake_within_a_value_is_told_where_it_stands(written, place, message, help):
    fields, report = _fields(f"{LAYERS}{written}", FrontMatter)
    assert [(str(problem.at), problem.message, problem.help) for problem in report.problems] == [(place, message, help)]
    assert fields.layers["regions"].from_ == "a.geojson"


def test_what_is_wrong_of_one_layer_leaves_the_others():
    fields, report = _fields("layers: {a: {color: red}, b: b.csv, c: 5, d: [e]}", FrontMatter)
    assert [str(problem.at) for problem in report.problems] == ["a.md:1:13", "a.md:1:46"]
    assert {name: layer.from_ for name, layer in fields.layers.items()} == {"b": "b.csv", "c": "5"}


def test_a_mistake_in_how_a_step_shows_a_layer_is_told_there():
    fields, report = _fields("layers: {a: {widht: 3, by: x}, b: {}}")
    assert [(str(problem.at), problem.help) for problem in report.problems] == [("a.md:1:14", 'did you mean "width"?')]
    assert fields.layers["a"].by == "x"


def test_layers_that_repeat_one_another_without_end_are_refused():
    bomb = "a: &a {from: x}\n" + "".join(
        f"{letter}: &{letter} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, letter in zip("abcdefgh", "bcdefghi", strict=True)
    )
    _, report = _fields(f"layers:\n  {bomb.replace(chr(10), chr(10) + '  ')}", FrontMatter)
    assert [problem.code for problem in report.problems] == ["yaml-too-large"]
