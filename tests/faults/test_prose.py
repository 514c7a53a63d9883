"""What people write in a story, paste into it, or send to break it."""

from __future__ import annotations


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
