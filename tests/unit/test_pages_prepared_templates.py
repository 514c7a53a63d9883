"""Templates that were compiled when the package was built are those that Jinja compiles now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from jinja2 import Environment

from storymap.pages import prepared_templates
from storymap.pages.prepared_templates import FILE_NAME, write_code
from storymap.pages.theme import make_environment
from storymap.pages.themes.builtin import builtin_theme
from storymap.prepared import read_static


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    for cache in (make_environment, prepared_templates._read_code):
        cache.cache_clear()
    yield
    for cache in (make_environment, prepared_templates._read_code):
        cache.cache_clear()


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that Jinja compiles."""
    names: list[str] = []
    compile_template = Environment.compile

    def compile_and_note(self: Environment, source: str, name: str, *rest: Any, **options: Any) -> Any:
        names.append(name)
        return compile_template(self, source, name, *rest, **options)

    monkeypatch.setattr(Environment, "compile", compile_and_note)
    return names


def test_what_was_prepared_is_what_jinja_makes() -> None:
    prepared = json.loads(read_static(FILE_NAME))
    assert prepared["code"] == write_code(make_environment(builtin_theme().templates))


def test_no_template_of_the_package_is_compiled(compiled: list[str]) -> None:
    environment = make_environment(builtin_theme().templates)
    assert all(environment.get_template(name).blocks for name in ("story.html", "place.html", "guide.html"))
    assert compiled == []


def test_a_template_of_another_text_is_compiled(compiled: list[str]) -> None:
    theirs = {**dict(builtin_theme().templates), "story.html": "{{ page }}!"}
    assert make_environment(tuple(theirs.items())).get_template("story.html").render(page="Mine") == "Mine!"
    assert compiled == ["story.html"]


def test_another_jinja_compiles_all_itself(compiled: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prepared_templates, "jinja_version", lambda: "99.0")
    make_environment(builtin_theme().templates).get_template("moved.html")
    assert compiled[0] == "moved.html"
