"""The guide tells the truth: its examples work, its commands exist, and nothing that can be written is left out."""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from PIL import Image
from PIL.ExifTags import GPS, IFD, Base as Tag

from storymap.building.build import build_site
from storymap.building.content import read_content
from storymap.cli.commands import storymap
from storymap.errors import Problem, Report, Severity, StorymapError
from storymap.geodata.properties import PlaceProperties
from storymap.guide.reference import GENERATED, write_reference
from storymap.language.dates import say_when
from storymap.mistakes.catalogue import load_mistakes
from storymap.project import load_project
from storymap.reading.chapters import SOURCES, list_chapters
from storymap.reading.collection_fields import CollectionFields
from storymap.reading.dates import read_date
from storymap.reading.fields import FrontMatter, StepFields
from storymap.reading.story_files import COLLECTION_FILE
from storymap.settings.model import Settings
from storymap.starter.writing import write_project
from storymap.text.slugs import make_slug

CHAPTERS = {path.name: path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.md"))}
WRITTEN = [name for name, text in CHAPTERS.items() if GENERATED not in text]


@dataclass(frozen=True)
class Block:
    """Fenced text of a chapter: `mark` is the comment above it, such as `wrong stories/channel.md`."""

    mark: str
    language: str
    text: str
    line: int


def read_blocks(chapter: str) -> Iterator[Block]:
    text = CHAPTERS[chapter]
    pattern = r"(?:<!-- (?P<mark>[^>]+) -->\n)?^(?P<fence>`{3,})(?P<language>\w*)\n(?P<text>.*?)^(?P=fence)$"
    for found in re.finditer(pattern, text, re.MULTILINE | re.DOTALL):
        yield Block(found["mark"] or "", found["language"], found["text"], text.count("\n", 0, found.start()) + 1)


def draw_picture() -> bytes:
    written = io.BytesIO()
    Image.new("L", (600, 400), 200).save(written, "PNG")
    return written.getvalue()


def take_photograph() -> bytes:
    exif = Image.Exif()
    north, east = (51.0, 7.0, 52.0), (1.0, 19.0, 34.0)
    exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitude: north, GPS.GPSLongitude: east})
    exif.get_ifd(IFD.Exif)[Tag.DateTimeOriginal] = "2026:05:12 14:30:05"
    written = io.BytesIO()
    Image.new("RGB", (8, 8)).save(written, "JPEG", exif=exif)
    return written.getvalue()


def write_tiles(project: Path) -> None:
    """Tiles of the author's own, as the guide names them: in a folder, and in a file beside the story."""
    tile = io.BytesIO()
    Image.new("L", (256, 256), 200).save(tile, "PNG")
    path = project / "tiles" / "8" / "129" / "86.png"
    path.parent.mkdir(parents=True)
    path.write_bytes(tile.getvalue())
    with closing(sqlite3.connect(project / "stories" / "plan-1894.mbtiles")) as database:
        database.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data)")
        database.execute("INSERT INTO tiles VALUES (8, 129, 169, ?)", (tile.getvalue(),))
        database.commit()


def write_example(project: Path, block: Block) -> None:
    """Put what a block shows where an author would: into its file, or into a story around it."""
    name = block.mark.removeprefix("wrong").strip() or "stories/example.md"
    text = block.text
    if block.language in ("markdown", "yaml") and not text.startswith("---\n"):
        text = f"---\ntitle: Example\n---\n\n{text}" if text.startswith(("## ", "place:")) else (
            f"---\ntitle: Example\n---\n\n## A step\nplace: Calais\n\n{text}"
        )  # fmt: skip
    elif text.startswith("---\n") and "\n## " not in text and not name.endswith(COLLECTION_FILE):
        text += "\n## A step\nplace: Calais\n\nText.\n"
    file = project / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    for picture in re.findall(r"[\w-]+\.(?:jpg|png|pdf)", text):
        (project / "stories" / picture).write_bytes(draw_picture())
        (file.parent / picture).write_bytes(draw_picture())
    for sound in re.findall(r"[\w-]+\.mp3", text):
        (project / "stories" / sound).write_bytes(b"ID3")
    for film in re.findall(r"[\w-]+\.mp4", text):
        (project / "stories" / film).write_bytes(b"\0\0\0\x08ftyp")
    for photograph in re.findall(r"[\w-]+\.JPG", text):
        (project / "stories" / photograph).write_bytes(take_photograph())


def find_problems(folder: Path) -> list[Problem]:
    report = Report()
    try:
        project = load_project(folder)
    except StorymapError as error:
        return list(error.problems)
    report.follow(project.settings.checks)
    read_content(project, report)
    problems = [problem for problem in report.problems if problem.severity is not Severity.NOTE]
    return sorted(problems, key=lambda problem: (problem.at.path, problem.at.line, problem.at.column))


@pytest.mark.parametrize("chapter", WRITTEN)
def test_its_examples_are_without_mistakes_and_its_mistakes_are_told_as_shown(
    chapter: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    write_story(tmp_path)
    write_tiles(tmp_path)
    blocks = list(read_blocks(chapter))
    for block in blocks:  # stories of one chapter may link to each other
        if block.mark.startswith("stories/"):
            write_example(tmp_path, block)
    for number, block in enumerate(blocks):
        if block.language not in ("markdown", "yaml", "toml", "csv", "json"):
            continue
        where = f"{chapter}:{block.line}"
        if block.language == "toml":
            (tmp_path / "storymap.toml").write_text(block.text, encoding="utf-8")
        else:
            write_example(tmp_path, block)
        told = "\n\n".join(str(problem) for problem in find_problems(tmp_path))
        if block.mark.startswith("wrong"):
            answer = next(other for other in blocks[number:] if other.language == "text")
            if request.config.getoption("--accept"):
                accept(chapter, answer, told + "\n")
            else:
                assert told + "\n" == answer.text, where
            (tmp_path / (block.mark.removeprefix("wrong").strip() or "stories/example.md")).unlink()
        else:
            assert told == "", where
        (tmp_path / "storymap.toml").unlink(missing_ok=True)


def write_story(project: Path) -> None:
    (project / "stories").mkdir(parents=True, exist_ok=True)
    story = "---\ntitle: One\n---\n\n## A\nplace: Calais\n\nText.\n"
    (project / "stories" / "across-the-channel.md").write_text(story, encoding="utf-8")


def test_its_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_story(tmp_path)
    monkeypatch.chdir(tmp_path)
    blocks = list(read_blocks("python.md"))
    for block in blocks:
        if block.language == "python" and not block.mark:
            exec(compile(block.text, f"python.md:{block.line}", "exec"), {})
        elif block.mark:
            (tmp_path / block.mark).write_text(block.text, encoding="utf-8")
    site = build_site(load_project(tmp_path))
    assert b"assets/plugins/leaflet.fullscreen/" in site["index.html"]
    assert b"radius" in site["across-the-channel.html"]


def accept(chapter: str, answer: Block, told: str) -> None:
    text = (SOURCES / chapter).read_text(encoding="utf-8")
    lines = text.split("\n")
    first = answer.line
    last = lines.index("```", first)
    lines[first:last] = told.rstrip("\n").split("\n")
    (SOURCES / chapter).write_text("\n".join(lines), encoding="utf-8", newline="\n")


def test_dates_are_shown_as_it_says() -> None:
    table = CHAPTERS["stories.md"].partition("| Written | Shown |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.*?) \|$", table, re.MULTILINE)
    assert rows
    assert [(written, say_when(read_date(written), "en")) for written, _ in rows] == rows


def test_an_example_of_every_field_is_taken() -> None:
    for model in (FrontMatter, StepFields, CollectionFields):
        for name, field in model.model_fields.items():
            assert field.description, name
            assert field.examples, name


@pytest.mark.parametrize("chapter", ["commands.md", "fields.md", "mistakes.md", "settings.md"])
def test_the_reference_is_what_the_code_says(chapter: str, request: pytest.FixtureRequest) -> None:
    written = write_reference()[chapter]
    if request.config.getoption("--accept"):
        (SOURCES / chapter).write_text(written, encoding="utf-8", newline="\n")
        return
    assert CHAPTERS[chapter] == written, "run: python -m storymap.guide"


def test_nothing_is_left_out_of_the_reference() -> None:
    fields, settings, commands, mistakes = (
        CHAPTERS[name] for name in ("fields.md", "settings.md", "commands.md", "mistakes.md")
    )
    front, _, rest = fields.partition("## Fields of a step")
    step, _, rest = rest.partition("## Front matter of a collection")
    collection, _, place = rest.partition("## Properties of a place")
    assert re.findall(r"^### `(\w+)`", collection, re.MULTILINE) == list(CollectionFields.model_fields)
    assert re.findall(r"^### `(\w+)`", place, re.MULTILINE) == list(PlaceProperties.model_fields)
    assert re.findall(r"^### `(\w+)`", front, re.MULTILINE) == list(FrontMatter.model_fields)
    assert re.findall(r"^### `(\w+)`", step, re.MULTILINE) == list(StepFields.model_fields)
    assert re.findall(r"^### `(\w+)`", settings, re.MULTILINE) == list(Settings.model_fields)
    assert sorted(re.findall(r"^### ([a-z0-9-]+)$", mistakes, re.MULTILINE)) == sorted(load_mistakes())
    for words, command in list_commands(storymap, ()):
        section = re.search(rf"^##+ storymap {' '.join(words)}\n(.*?)(?=^##|\Z)", commands, re.MULTILINE | re.DOTALL)
        assert section, words
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert all(option in section[1] for option in parameter.opts), (words, parameter.opts)


def list_commands(group: click.Group, words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if command.hidden:
            continue
        yield (*words, name), command
        if isinstance(command, click.Group):
            yield from list_commands(command, (*words, name))


def list_shown_commands() -> list[tuple[str, str]]:
    """Every command line in a chapter, in a block or in the text, with where it stands."""
    shown = []
    for chapter in WRITTEN:
        text = CHAPTERS[chapter]
        lines = [
            line for block in read_blocks(chapter) if block.language == "console" for line in block.text.split("\n")
        ]
        lines += re.findall(r"(?<!`)`(storymap [^`]+)`(?!`)", text)
        shown += [(chapter, line.removeprefix("$ ")) for line in lines if "storymap " in line and "pip " not in line]
    return shown


@pytest.mark.parametrize(("chapter", "line"), list_shown_commands())
def test_every_command_that_it_shows_exists_with_its_options(chapter: str, line: str) -> None:
    program, *words = shlex.split(line)
    assert program == "storymap"
    check_command(storymap, words, click.Context(storymap, info_name="storymap"))


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git")
def test_its_git_commands_publish_what_was_written_and_not_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        line
        for block in read_blocks("publishing.md")
        for line in block.text.split("\n")
        if line.startswith("$ git ") or line == "$ storymap deploy"
    ]
    remote = next(line.split()[-1] for line in lines if "remote add" in line)
    settings = {f"url.{tmp_path / 'remote'}.insteadOf": remote, "user.name": "Jana", "user.email": "jana@example.org"}
    monkeypatch.setenv("GIT_CONFIG_COUNT", str(len(settings)))
    for number, (key, value) in enumerate(settings.items()):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", key)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    git(tmp_path, "init", "--bare", "-b", "main", "remote")
    project = tmp_path / "walks"
    write_project(project)
    (project / "site" / "index.html").write_text("built", encoding="utf-8")
    for number, line in enumerate(lines):
        if line == "$ storymap deploy":
            told = CliRunner().invoke(storymap, ["deploy", str(project)])
            assert told.exit_code == 0, told.output
            continue
        if line.startswith("$ git add"):
            write_story(project)
            story = project / "stories" / "across-the-channel.md"
            story.write_text(f"{story.read_text(encoding='utf-8')}\nChange {number}.\n", encoding="utf-8")
        git(project, *shlex.split(line.removeprefix("$ git ")))
    pushed = git(tmp_path / "remote", "ls-tree", "-r", "--name-only", "main").splitlines()
    written = [path.relative_to(project).as_posix() for path in project.rglob("*") if path.is_file()]
    assert sorted(pushed) == sorted(path for path in written if not path.startswith((".git/", "site/index")))
    for branch in ("main", "gh-pages"):
        assert len(git(tmp_path / "remote", "log", "--oneline", branch).splitlines()) == 2
    assert "across-the-channel.html" in git(tmp_path / "remote", "ls-tree", "--name-only", "gh-pages")


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True).stdout


def check_command(command: click.Command, words: list[str], parent: click.Context) -> None:
    """Parse `words` as the command would, and do nothing. Raises click's usage error for what does not exist."""
    if "--help" in words or "--version" in words:
        return
    if isinstance(command, click.Group) and words:
        name, inner, rest = command.resolve_command(parent, list(words))
        if inner is not None:
            check_command(inner, rest, click.Context(inner, info_name=name, parent=parent))
            return
    known = [text for parameter in command.params for text in (*parameter.opts, *parameter.secondary_opts)]
    unknown = [word for word in words if word.startswith("-") and word.partition("=")[0] not in known]
    assert unknown == []
    command.make_parser(parent).parse_args(list(words))


def list_addresses(chapter: str) -> set[str]:
    text = re.sub(r"^(`{3,}).*?^\1$", "", CHAPTERS[chapter], flags=re.MULTILINE | re.DOTALL)
    return {make_slug(heading) for heading in re.findall(r"^##+ (.+)$", text, re.MULTILINE)}


@pytest.mark.parametrize("chapter", sorted(CHAPTERS))
def test_its_links_lead_to_chapters_and_headings(chapter: str) -> None:
    text = re.sub(r"^(`{3,}).*?^\1$", "", CHAPTERS[chapter], flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"`[^`\n]+`", "", text)  # code shows links, and has none
    for file, heading in re.findall(r"\]\((?!https?:)([\w./-]*)(?:#([^)]*))?\)", text):
        target = file or chapter
        assert target in CHAPTERS, (chapter, file)
        assert not heading or heading in list_addresses(target), (chapter, file, heading)


def test_every_chapter_is_listed_in_the_contents() -> None:
    assert sorted(f"{chapter.name}.md" for chapter in list_chapters()) == sorted(CHAPTERS)


def make_site(folder: Path, *, guide: bool) -> dict[str, bytes]:
    write_story(folder)
    (folder / "storymap.toml").write_text(f'title = "A site"\nguide = {str(guide).lower()}\n')
    return dict(build_site(load_project(folder)))


def test_a_site_carries_it_only_when_asked(tmp_path: Path) -> None:
    plain = make_site(tmp_path / "plain", guide=False)
    assert not [path for path in plain if path.startswith("guide/")]
    assert b"guide/" not in plain["index.html"]
    asked = make_site(tmp_path / "asked", guide=True)
    assert {path.removesuffix(".html") for path in asked if path.startswith("guide/")} == {
        f"guide/{'index' if chapter.name == 'README' else chapter.name}" for chapter in list_chapters()
    }
    assert b'href="guide/index.html"' in asked["index.html"]


def test_its_pages_need_no_script_and_their_links_lead_somewhere(tmp_path: Path) -> None:
    site = make_site(tmp_path / "site", guide=True)
    pages = {path: page.decode() for path, page in site.items() if path.startswith("guide/")}
    ids = {path: set(re.findall(r' id="([^"]+)"', page)) for path, page in pages.items()}
    for path, page in pages.items():
        assert "<script src" not in page
        assert "<title>" in page
        for link in re.findall(r'<a [^>]*href="([^"]+)"', page):
            if link.startswith(("http:", "https:")):
                continue
            target, _, anchor = link.partition("#")
            file = (
                ("guide/" + target if not target.startswith("../") else target.removeprefix("../")) if target else path
            )
            assert file in site, (path, link)
            assert not anchor or anchor in ids[file], (path, link)
