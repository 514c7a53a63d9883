"""Stories in folders: what they name is found from their own folder, and their addresses stay flat."""

from __future__ import annotations

from pathlib import Path

import pytest

from storymap.building.build import build_site
from storymap.building.content import read_content
from storymap.building.exporting import export_source
from storymap.checking.project import check_project
from storymap.errors import Report
from storymap.project import Project, load_project

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63600000000200"
    "0148afa4710000000049454e44ae426082"
)
STORY = "---\ntitle: {title}\n---\n\n## A step\nplace: Prague\n\n"
AREAS = (
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"heat":3},"geometry":'
    '{"type":"Polygon","coordinates":[[[14,50],[15,50],[15,51],[14,51],[14,50]]]}}]}'
)
TRACK = (
    '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>'
    '<trkpt lat="50" lon="14"/><trkpt lat="50.1" lon="14.1"/></trkseg></trk></gpx>'
)


def lay(folder: Path, files: dict[str, str | bytes]) -> Project:
    """The project in `folder` with `files`."""
    for name, content in {"storymap.toml": 'title = "Test"\n', **files}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_project(folder)


def tell(project: Project) -> dict[str, str]:
    """What is wrong with a project, by code."""
    report = Report()
    read_content(project, report)
    return {problem.code: f"{problem.message} {problem.help}" for problem in report.problems}


def test_pictures_data_and_tracks_lie_beside_the_story(tmp_path):
    front = (
        "---\ntitle: War\ncover: plan.png\ntrack: walk.gpx\n"
        "layers:\n  heat: {from: heat.geojson}\n  towns: {from: towns.geojson}\n  all: {from: ../all.geojson}\n---\n\n"
    )
    step = (
        "## A step\nlayers: [heat, towns, all]\nimage: {file: scan.png, bounds: [14, 50, 15, 51]}\n\n"
        "![A plan](plan.png) ![Another](../plan.png) [Notes](notes.txt)\n"
    )
    project = lay(
        tmp_path,
        {
            "stories/war/a.md": front + step,
            "stories/war/plan.png": PNG,
            "stories/war/scan.png": PNG,
            "stories/plan.png": PNG + b" ",
            "stories/war/notes.txt": "Notes.\n",
            "stories/war/heat.geojson": AREAS,
            "stories/war/walk.gpx": TRACK,
            "stories/all.geojson": AREAS,
            "geo/data/towns.geojson": AREAS,
        },
    )
    site = build_site(project)
    page = site["a.html"].decode()
    assert 'src="media/war/plan.png"' in page
    assert 'src="media/plan.png"' in page
    assert 'href="media/war/notes.txt"' in page
    assert {"media/war/plan.png", "media/plan.png", "media/war/notes.txt"} <= site.keys()
    assert [path for path in site if path.startswith("media/war/scan-")]
    assert not [problem for problem in check_project(project) if problem.code.startswith("un")]


def test_a_link_leads_to_the_story_in_the_folder_that_it_names(tmp_path):
    project = lay(
        tmp_path,
        {
            "stories/a.md": STORY.format(title="A") + "[to b](war/b.md#a-step)\n",
            "stories/war/b.md": STORY.format(title="B") + "[to a](../a.md) [to c](c.md) [to d](../peace/d.md)\n",
            "stories/war/c.md": STORY.format(title="C"),
            "stories/peace/d.md": STORY.format(title="D") + "[to b](../war/b.md)\n",
        },
    )
    site = build_site(project)
    assert {"a.html", "b.html", "c.html", "d.html"} <= site.keys()
    assert 'href="b.html#a-step"' in site["a.html"].decode()
    assert all(f'href="{name}.html"' in site["b.html"].decode() for name in "acd")


@pytest.mark.parametrize(
    ("written", "code", "told"),
    [
        ("[x](b.md)", "unknown-story", 'no story "b.md" did you mean "../b.md"?'),
        ("![A plan](pan.png)", "missing-picture", 'no picture "pan.png" did you mean "plan.png"?'),
        ("![A plan](../pln.png)", "missing-picture", 'no picture "../pln.png" did you mean "plan.png"?'),
        ("![A plan](Plan.png)", "picture-case", 'write "plan.png"'),
        ("![A plan](../War/plan.png)", "picture-case", 'write "plan.png"'),
        ("![A plan](../../plan.png)", "outside-project", '"../../plan.png" leads out of the stories folder'),
        ("![A plan](../../../plan.png)", "outside-project", "leads out of the stories folder"),
        ("[x](none.pdf)", "missing-file", 'put the file at "stories/war/none.pdf"'),
    ],
)
def test_what_is_not_there_is_told_as_the_story_would_write_it(tmp_path, written, code, told):
    files = {"stories/b.md": STORY.format(title="B"), "stories/war/plan.png": PNG, "plan.png": PNG}
    project = lay(tmp_path, {**files, "stories/war/a.md": STORY.format(title="A") + written})
    assert told in tell(project)[code]


@pytest.mark.parametrize("name", ["../../geo/heat.csv", "../../../heat.geojson", "/heat.geojson", "../../heat.geojson"])
def test_data_is_read_from_the_folders_of_data_alone(tmp_path, name):
    front = f"---\ntitle: A\nlayers: {{heat: {{from: {name}}}}}\n---\n\n## A step\nlayers: heat\n"
    problems = tell(lay(tmp_path, {"stories/war/a.md": front, "heat.geojson": AREAS}))
    assert problems.keys() & {"missing-file", "outside-project"}


def test_stories_of_one_name_in_two_folders_are_told_with_both_places(tmp_path):
    story = STORY.format(title="A")
    problems = tell(lay(tmp_path, {"stories/war/a.md": story, "stories/peace/A.md": story}))
    assert '"stories/war/a.md" and "stories/peace/A.md"' in problems["duplicate-story-id"]


def test_a_story_that_moves_into_a_folder_keeps_its_page(tmp_path):
    story = STORY.format(title="A")
    before = build_site(lay(tmp_path / "before", {"stories/a.md": story}))
    after = build_site(lay(tmp_path / "after", {"stories/war/a.md": story}))
    assert before["a.html"] == after["a.html"]


def test_hidden_folders_have_no_stories(tmp_path):
    story = STORY.format(title="A")
    project = lay(tmp_path, {"stories/a.md": story, "stories/.obsidian/b.md": "notes", "stories/~x/c.md": "notes"})
    report = Report()
    assert [story.id for story in read_content(project, report).stories] == ["a"]


def test_an_edition_lies_beside_its_original(tmp_path):
    war = STORY.format(title="War") + "A battle.\n"
    edition = "---\ntitle: Válka\n---\n\n## Krok\n\n[Mír](../peace.md).\n"
    peace = {"stories/peace.md": war, "stories/peace.cs.md": edition.replace("../peace.md", "war/war.md")}
    project = lay(tmp_path, {**peace, "stories/war/war.md": war, "stories/war/war.cs.md": edition})
    site = build_site(project)
    assert {"war.html", "cs/war.html", "peace.html", "cs/peace.html"} <= set(site)
    assert b'<a href="peace.html">' in site["cs/war.html"]
    assert b'<a href="war.html">' in site["cs/peace.html"]
    assert site["cs/war.html"].count(b'id="a-step"') == 1, "the step is that of the original"
    (tmp_path / "stories/war/war.cs.md").rename(tmp_path / "stories/war.cs.md")
    assert "stories/war/war.md" in tell(project)["no-original"]


@pytest.mark.parametrize(("story", "up"), [("stories/a.md", ".."), ("stories/war/a.md", "../..")])
def test_a_link_into_static_leads_to_the_top_of_the_site(tmp_path, story, up):
    links = f"[data]({up}/static/report%20one.pdf#page=2) [old]({up}/static/old/) [tool]({up}/static/tool.html)\n"
    files = {"static/report one.pdf": "PDF", "static/old/index.html": "<p>Old", "static/tool.html": "<p>Tool"}
    project = lay(tmp_path, {story: STORY.format(title="A") + links, **files})
    site = build_site(project)
    page = site["a.html"].decode()
    assert [f'href="{path}"' in page for path in ("report%20one.pdf#page=2", "old/index.html", "tool.html")] == [
        True
    ] * 3
    assert not [path for path in site if path.startswith("media/")]
    assert not {problem.code for problem in check_project(project)} & {"broken-link", "missing-file", "unused-file"}
    packed = export_source(project, "a", Report())
    assert {"static/report one.pdf", "static/old/index.html"} <= packed.keys()


@pytest.mark.parametrize(
    ("target", "code", "told"),
    [
        ("../static/reprt.pdf", "missing-file", 'no file "../static/reprt.pdf" did you mean "../static/report.pdf"?'),
        ("../static/Report.pdf", "file-case", 'write "../static/report.pdf"'),
        ("eva@example.org", "missing-file", "write mailto:eva@example.org"),
        ("www.example.org", "missing-file", "write https://www.example.org"),
        ("../static/q.zip", "missing-file", 'put the file at "static/q.zip"'),
        ("../static/../storymap.toml", "outside-project", "leads out of the stories folder"),
    ],
)
def test_a_file_of_static_that_is_not_there_is_told(tmp_path, target, code, told):
    files = {"stories/a.md": STORY.format(title="A") + f"[data]({target})\n", "static/report.pdf": "PDF"}
    assert told in tell(lay(tmp_path, files))[code]
