"""Beginning a project and a story: whole or not at all, over nothing that is there, whatever a title says."""

from __future__ import annotations

import json
import re
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, strategies
from yamlcore import CCoreLoader

from storymap.building.build import build_site
from storymap.errors import Report
from storymap.project import load_project
from storymap.reading.collection_fields import CollectionFields
from storymap.reading.fields import FrontMatter, StepFields
from storymap.reading.story import read_story
from storymap.reading.text import read_text
from storymap.starter import writing
from storymap.starter.quoting import quote_yaml
from storymap.starter.writing import StartError, begin_collection, state_requirement, write_project, write_story
from storymap.text.slugs import RESERVED_STORIES

STARTER = Path(writing.__file__).parent / "project"
NEEDS_AN_ADDRESS = {"requirements.txt", ".github/workflows/pages.yml", ".devcontainer/devcontainer.json"}


class Installed:
    """A distribution as an installer left it."""

    version = "7.0.1"

    def __init__(self, origin: dict[str, object] | None) -> None:
        self.origin = origin

    def read_text(self, name: str) -> str | None:
        assert name == "direct_url.json"
        return None if self.origin is None else json.dumps(self.origin)


def snapshot(folder: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def test_a_new_folder_gets_every_file_of_the_starter(tmp_path: Path) -> None:
    write_project(tmp_path / "walks")
    wanted = {name for name, content in snapshot(STARTER).items() if content is not None} - NEEDS_AN_ADDRESS
    written = {name for name, content in snapshot(tmp_path / "walks").items() if content is not None}
    assert written == wanted
    assert sorted(path.name for path in tmp_path.iterdir()) == ["walks"]


def test_others_may_look_into_the_new_folder(tmp_path: Path) -> None:
    write_project(tmp_path / "walks")
    assert (tmp_path / "walks").stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("name", ["a b", "ř/ž", "-walks", "story", "über alles", "%20", "a\tb"])
def test_any_name_of_a_folder_will_do(tmp_path: Path, name: str) -> None:
    write_project(tmp_path / name)
    assert (tmp_path / name / "storymap.toml").is_file()


def test_an_empty_folder_and_one_with_a_repository_alone_are_filled(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    write_project(tmp_path)
    assert (tmp_path / "stories" / "sixteen-hours.md").is_file()
    assert (tmp_path / ".git" / "HEAD").read_text() == "ref: refs/heads/main\n"
    assert not list(tmp_path.glob(".storymap-new-*"))


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "thesis.md").write_text("years of work")
    before = snapshot(tmp_path)
    with pytest.raises(StartError, match=r'is not empty: it holds "thesis.md"'):
        write_project(tmp_path)
    assert snapshot(tmp_path) == before


def test_a_file_or_a_dead_link_in_the_way_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "walks").write_text("a file")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    before = snapshot(tmp_path)
    for name, said in (("walks", "is a file"), ("walks/deeper", "is a file"), ("link", "leads nowhere")):
        with pytest.raises(StartError, match=said):
            write_project(tmp_path / name)
    assert snapshot(tmp_path) == before
    assert (tmp_path / "link").is_symlink()


def test_a_name_that_no_folder_can_have_is_told(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="name too long"):
        write_project(tmp_path / ("a" * 300))
    with pytest.raises(StartError, match="name too long"):
        write_project(tmp_path / "above" / ("a" * 300))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("exists", [False, True])
def test_a_failure_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exists: bool) -> None:
    if exists:
        (tmp_path / "above" / "walks").mkdir(parents=True)
    before = snapshot(tmp_path)
    rename, calls = Path.rename, 0

    def fail_later(path: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == (3 if exists else 1):
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail_later)
    with pytest.raises(StartError, match="No space left on device"):
        write_project(tmp_path / "above" / "walks")
    assert snapshot(tmp_path) == before


def test_a_project_is_built_on_github_by_the_commit_that_began_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    origin: dict[str, object] = {
        "url": "https://example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}
    }  # fmt: skip
    monkeypatch.setattr(metadata, "distribution", lambda _: Installed(origin))
    write_project(tmp_path / "walks")
    written = {name for name, content in snapshot(tmp_path / "walks").items() if content is not None}
    assert written == {name for name, content in snapshot(STARTER).items() if content is not None}
    lines = (tmp_path / "walks" / "requirements.txt").read_text(encoding="utf-8").splitlines()
    wanted = "folium-storymap @ git+https://example.org/a.git@c0ffee"
    assert [line for line in lines if not line.startswith("#")] == [wanted]


def test_no_name_is_ever_left_to_a_registry(tmp_path: Path) -> None:
    """Whoever registers it there would run code in the workflow of every site."""
    write_project(tmp_path / "walks")
    for name, content in snapshot(tmp_path / "walks").items():
        assert b"pip install" not in (content or b""), name
        assert b"folium-storymap" not in (content or b""), name


@pytest.mark.parametrize("folder", [STARTER / ".github", STARTER.parents[2] / ".github"])
def test_workflows_name_actions_by_their_commit(folder: Path) -> None:
    files = list(folder.rglob("*.yml"))
    assert files
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            if "uses:" not in line or line.startswith("#") or "uses: ./" in line:
                continue
            assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


@pytest.mark.parametrize(
    ("origin", "requirement"),
    [
        (
            {"url": "https://me:secret@example.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}},
            "folium-storymap @ git+https://example.org/a.git@c0ffee",
        ),
        (
            {"url": "ssh://git@example.org:2222/a.git", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}},
            "folium-storymap @ git+ssh://git@example.org:2222/a.git@c0ffee",
        ),
        (None, "folium-storymap==7.0.1"),  # by its name, from a registry
        ({"url": "file:///home/me/clone", "dir_info": {}}, ""),
        ({"url": "file:///home/me/folium_storymap-0.1.0-py3-none-any.whl", "archive_info": {}}, ""),
        (
            {"url": "file:///home/me/clone", "vcs_info": {"vcs": "git", "commit_id": "c0ffee"}},
            "",
        ),
    ],
)
def test_the_requirement_is_the_commit_or_the_release_that_was_installed(
    monkeypatch: pytest.MonkeyPatch, origin: dict[str, object] | None, requirement: str
) -> None:
    monkeypatch.setattr(metadata, "distribution", lambda _: Installed(origin))
    assert state_requirement() == requirement


def test_a_story_can_be_read_as_it_is_written(tmp_path: Path) -> None:
    file = write_story(tmp_path / "stories", "Up the river")
    assert file == tmp_path / "stories" / "up-the-river.md"
    report = Report()
    text = read_text(file, "stories/up-the-river.md", report)
    assert text is not None
    story = read_story(text, report)
    assert story is not None
    assert report.problems == []
    assert story.title == "Up the river"


def test_a_story_shows_every_field(tmp_path: Path) -> None:
    text = write_story(tmp_path / "stories", "One").read_text(encoding="utf-8")
    front, _, rest = text.partition("\n---\n")
    missing = [key for key in FrontMatter.model_fields if f"{key}: " not in front]
    missing += [key for key in StepFields.model_fields if f"{key}: " not in rest]
    assert missing == []


def test_an_example_in_a_new_story_is_right_once_its_mark_is_taken_away(tmp_path: Path) -> None:
    text = write_story(tmp_path / "stories", "One").read_text(encoding="utf-8")
    front = text.partition("---\n")[2].partition("\n---\n")[0]
    lines = [line.removeprefix("# ") for line in front.splitlines()[2:]]
    for line in lines:
        example = line.partition("   ")[0]
        key = example.partition(":")[0]
        FrontMatter.model_validate(yaml.load(example, CCoreLoader))
        assert key in FrontMatter.model_fields


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Up the river", "up-the-river.md"),
        ("Příběh Žižkova", "příběh-žižkova.md"),
        ("東京の話", "東京の話.md"),
        ("../../etc/passwd", "etcpasswd.md"),
        ("a/b\\c", "abc.md"),
        ("About", "story-about.md"),
        ("CON", "con-1.md"),
        ("storymap-page", "story-storymap-page.md"),
        ("𠀀" * 80, "𠀀" * 60 + ".md"),
        ("two\nlines\u2028three", "two-lines-three.md"),
    ],
)
def test_a_title_becomes_a_name_that_a_story_may_have(tmp_path: Path, title: str, name: str) -> None:
    file = write_story(tmp_path / "stories", title)
    assert file.name == name
    assert file.parent == tmp_path / "stories"
    assert file.stem not in RESERVED_STORIES


@pytest.mark.parametrize("title", ["", "  ", "!!!", "\udc80"])
def test_a_title_without_a_name_is_refused(tmp_path: Path, title: str) -> None:
    with pytest.raises(StartError):
        write_story(tmp_path / "stories", title)
    assert not (tmp_path / "stories").exists()


def test_a_story_that_is_there_is_kept_however_its_name_is_written(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "My Journey.md").write_text("mine")
    with pytest.raises(StartError, match=r"My Journey\.md"):
        write_story(tmp_path / "stories", "My journey!")
    assert snapshot(tmp_path / "stories") == {"My Journey.md": b"mine"}


@given(strategies.text(strategies.characters(exclude_categories=["Cs"])))
def test_a_quoted_title_means_itself(title: str) -> None:
    quoted = quote_yaml(title)
    assert "\n" not in quoted
    assert yaml.load(f"title: {quoted}", CCoreLoader) == {"title": title}


def test_a_story_is_begun_in_a_collection_that_is_begun_with_it(tmp_path: Path) -> None:
    stories = tmp_path / "stories"
    begun = begin_collection(stories, "The long drought")
    file = write_story(stories, "The well", folder=begun.folder)
    assert file.relative_to(stories).as_posix() == "the-long-drought/the-well.md"
    text = begun.file.read_text(encoding="utf-8")
    assert 'title: "The long drought"\n' in text
    assert [key for key in CollectionFields.model_fields if f"{key}: " not in text] == []
    again = begin_collection(stories, "the-long-drought")
    assert (again.file, again.is_new) == (begun.file, False)
    with pytest.raises(StartError, match=r"the-long-drought/the-well\.md"):
        write_story(stories, "The well")
    for name in ("", "..", "media", "???"):
        with pytest.raises(StartError):
            begin_collection(stories, name)
    site = build_site(load_project(tmp_path))
    assert {"the-well.html", "the-long-drought/index.html"} <= site.keys()
