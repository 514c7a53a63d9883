"""Headings, empty steps, ids and footnotes: what is told, and what must not be."""

import pytest


def codes(problems):
    return [problem.code for problem in problems]


def test_headings_that_go_down_one_level_and_up_any_are_right(check):
    body = "### Opening\n\nText.\n\n## A step\nplace: Prague\n\n### 1\n\n#### 2\n\n##### 3\n\n### 4\n\nText.\n"
    assert check(body) == []


def test_a_heading_in_code_or_in_a_quotation_of_code_is_no_heading(check):
    assert check("## A step\nplace: Prague\n\nText.\n\n```\n##### Not a heading\n```\n\n    ##### Nor this\n") == []


def test_each_step_begins_anew(check):
    body = (
        "## A step\nplace: Prague\n\n### 1\n\n#### 2\n\nText.\n\n## Another\nplace: Prague\n\n#### Too deep\n\nText.\n"
    )
    (problem,) = check(body)
    assert (problem.code, problem.at.line, problem.at.length) == ("skipped-level", 17, 4)


def test_the_second_of_two_equal_headings_is_found_where_it_stands(check):
    body = "## A step\nplace: Prague\n\n#### Same\n\nText.\n\n### Same\n\nText.\n\n##### Same\n\nText.\n"
    assert [problem.at.line for problem in check(body)] == [8, 16]


@pytest.mark.parametrize(
    "body", ["Text.", "![The museum](museum.png)", "| a |\n| - |\n| b |", "- One\n- Two", "```\ncode\n```"]
)
def test_a_step_with_text_a_picture_a_table_or_a_list_is_not_empty(check, body):
    found = check(f"## A step\nplace: Prague\n\n{body}\n", files={"stories/museum.png": b"\x89PNG\r\n\x1a\n"})
    assert "empty-step" not in codes(found)


def test_a_step_with_a_comment_alone_is_empty(check):
    assert codes(check("## A step\nplace: Prague\n\n<!-- to be written -->\n")) == ["empty-step"]


def test_ids_of_headings_are_kept_and_in_code_are_no_ids(check):
    assert (
        check("## A step {#one}\nplace: Prague\n\n### Part {#part}\n\nText `x {#No}` and\n\n```\ny {#No}\n```\n") == []
    )


def test_classes_are_no_ids(check):
    assert check("## A step\nplace: Prague\n\n### Part {.my-class}\n\nText.\n") == []


def test_footnotes_of_different_names_and_in_code_are_no_doubles(check):
    body = "## A step\nplace: Prague\n\nOne.[^1] Two.[^2]\n\n[^1]: First.\n[^2]: Second.\n\n```\n[^1]: In code.\n```\n"
    assert check(body) == []


def test_a_title_and_a_summary_of_the_longest_length_are_no_mistake(check):
    assert check(f"## {'x' * 100}\nplace: Prague\n\nText.\n", front=f"summary: {'y' * 300}\n") == []
