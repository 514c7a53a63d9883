"""What people write in a story, paste into it, or send to break it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from storymap.errors import Report
from storymap.reading.story import read_story
from storymap.reading.text import read_text

FAULTS = Path(__file__).resolve().parents[3] / "shared" / "faults"


def test_a_heading_of_blanks_is_read_at_once(fault):
    outcome = fault("attacks/redos-heading-spaces").build()
    assert outcome.exit_code == 0
    assert "Nothing was written" not in outcome.output


def test_a_number_of_400_digits_is_no_zoom(fault):
    outcome = fault("attacks/zoom-400-digits").build()
    assert 'stories/one.md:7:7: error[wrong-value]: "zoom" should be from 0' in outcome.output


def test_escapes_bring_in_nothing_that_is_refused_when_written_plainly(fault):
    outcome = fault("attacks/escaped-control-characters").build()
    assert "stories/one.md:2:8: error[control-character]: control character U+0000" in outcome.output
    assert "stories/one.md:2:8: warning[direction-override]: U+202E" in outcome.output


def test_what_systems_and_editors_leave_beside_a_story_is_none(fault):
    project = fault("attacks/hidden-stories")
    assert project.build().exit_code == 0
    assert project.check().exit_code == 0
    assert not list((project.folder / "site").glob("*two*"))


def test_the_help_of_a_date_says_the_date(fault):
    outcome = fault("date-as-jekyll-writes-it").build()
    assert "help: write 2015-03-25T22:52" in outcome.output
    assert "help: write 2020-02-09T13:50" in outcome.output
    assert "help: write 17XX" in outcome.output


def test_a_list_needs_no_blank_line_before_it(fault):
    project = fault("md-list-after-paragraph")
    assert project.build().exit_code == 0
    assert re.search(r"<p>We took with us:</p>\s*<ul>\s*<li>bread</li>\s*<li>water</li>", project.page("s.html"))


def test_lists_are_nested_by_two_blanks(fault):
    project = fault("md-nested-list-two-blanks")
    assert project.build().exit_code == 0
    assert re.search(r"<li>water<ul>\s*<li>in bottles</li>\s*<li>in cans</li>\s*</ul>", project.page("s.html"))


def test_a_table_needs_no_blank_line_before_it(fault):
    project = fault("md-table-after-paragraph")
    assert project.build().exit_code == 0
    assert re.search(r"<p>What it cost:</p>\s*<table>.*<td>Bread</td>", project.page("s.html"), re.DOTALL)


def test_lines_of_chinese_are_joined(fault):
    project = fault("zh-line-break-becomes-blank")
    assert project.build().exit_code == 0
    assert "水磨在河边转动，声音传得很远很远直到天黑。" in project.page("s.html")


def test_the_code_that_a_service_gives_becomes_a_card_that_asks_it_when_it_is_pressed(fault):
    project = fault("html-iframe-vanishes")
    assert project.build().exit_code == 0
    assert 'data-frame="https://www.youtube-nocookie.com/embed/' in project.page("s.html")
    assert "<iframe" not in project.page("s.html")


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("video-dropped", ('v.md:8:13: error[missing-file]: no file "nowhere.mp4"', "v.md:9:1: warning[dropped-html]")),
        (
            "attacks/silent-loss",
            (
                "one.md:8:10: warning[dropped-html]: <your>",
                "one.md:8:34: warning[dropped-html]: <String>",
                "one.md:10:14: warning[dropped-address]",
                "one.md:10:61: warning[dropped-address]",
                "one.md:12:1: warning[dropped-html]: <iframe>",
                'one.md:14:13: error[missing-file]: no file "film.mp4"',
                "one.md:16:10: warning[dropped-address]",
            ),
        ),
    ],
)
def test_what_cleaning_takes_out_is_told(fault, command, name, told):
    outcome = fault(name).run(command)
    assert all(words in outcome.output for words in told), outcome.output


def test_a_no_break_space_after_the_marks_begins_a_step(fault):
    project = fault("nbsp-heading")
    assert project.build().exit_code == 0
    page = project.page("p.html")
    assert re.findall(r'<section[^>]* id="(radio|second)"|id="(radio|second)"', page)
    assert re.search(r"<li>one</li>\s*<li>two</li>", page)


def test_text_from_a_word_processor_is_read_as_it_is_meant(tmp_path):
    if not FAULTS.is_dir():
        pytest.skip("the faults are not beside this checkout")
    report = Report()
    source = read_text(FAULTS / "pasted-from-word" / "pasted-from-word.md", "stories/p.md", report)
    assert source is not None
    story = read_story(source, report)
    assert story is not None
    assert [step.title for step in story.steps] == ["Rozhlas", "Pankrác", "Trojský most", "Staroměstské náměstí"]
    assert story.steps[1].fields.place == ("Pankrác",)
    assert story.steps[2].fields.zoom == 14
    opening = str(story.opening.pieces)
    assert opening.count("<li>") == 3
    assert "V&nbsp;sobotu 5.&nbsp;května" in opening
    told = {(problem.at.line, problem.code) for problem in report.errors}
    assert told == {(41, "wrong-value"), (42, "wrong-value")}  # a pair in brackets, a day in words
