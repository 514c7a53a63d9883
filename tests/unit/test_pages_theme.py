"""A theme is a plain value: another template makes another page, and it looks the same in another process."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from storymap.pages.frame import Site
from storymap.pages.not_found import make_not_found_page, render_not_found
from storymap.pages.theme import Theme, read_templates
from storymap.pages.themes.builtin import builtin_theme

PAGE = make_not_found_page(Site("Walks & <rides>", "", "en", "https://example.org"), css="p{}")


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    (tmp_path / "not_found.html").write_text("{{ page.frame.site.title }}: {{ page.home_url }}\n", encoding="utf-8")
    return replace(builtin_theme(), templates=read_templates(tmp_path))


def test_a_folder_of_templates_makes_other_pages(theme: Theme) -> None:
    assert render_not_found(PAGE, theme) == "Walks &amp; &lt;rides&gt;: https://example.org/index.html\n"
    assert "<!doctype html>" in render_not_found(PAGE, builtin_theme())


def test_a_theme_and_a_page_can_go_to_another_process(theme: Theme) -> None:
    copies = pickle.loads(pickle.dumps((PAGE, theme)))
    assert copies == (PAGE, theme)
    assert hash(copies[1]) == hash(theme)
    assert render_not_found(*copies) == render_not_found(PAGE, theme)


def test_a_template_that_reads_what_is_not_there_fails(theme: Theme) -> None:
    with pytest.raises(UndefinedError):
        render_not_found(PAGE, replace(theme, templates=(("not_found.html", "{{ page.titel }}"),)))
