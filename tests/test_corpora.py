"""Whole builds of hostile input: each is answered with a site or with a problem that names the file, never a crash.

The corpora lie beside a developer's checkout; without them these tests skip.
"""

from __future__ import annotations

import html
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from storymap.cli.commands import storymap

OWN = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "own"
FILES = (
    sorted(path for folder in ("yaml", "enc", "geojson") for path in (OWN / folder).glob("*")) if OWN.is_dir() else []
)
STORY = "---\ntitle: One\n---\n\n## A\nplace: {place}\n\nText.\n"


def build(folder: Path) -> Result:
    shutil.rmtree(folder / "site", ignore_errors=True)
    result = CliRunner().invoke(storymap, ["build", str(folder), "--output", str(folder / "site")])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in {0, 1}, result.output
    assert (folder / "site").exists() == (result.exit_code == 0)
    return result


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "stories").mkdir()
    (tmp_path / "geo").mkdir()
    (tmp_path / "storymap.toml").write_text('title = "Test"\n')
    (tmp_path / "stories" / "one.md").write_text(STORY.format(place="Prague"))
    return tmp_path


@pytest.mark.skipif(not FILES, reason="the corpora are not beside this checkout")
@pytest.mark.parametrize("file", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_hostile_file_is_published_or_named(file: Path, project: Path) -> None:
    folder, suffix = ("geo", ".geojson") if file.suffix == ".geojson" else ("stories", ".md")
    (project / folder / f"hostile{suffix}").write_bytes(file.read_bytes())
    result = build(project)
    if result.exit_code:
        assert f"{folder}/hostile{suffix}" in result.stderr
        assert "help:" in result.stderr


@pytest.mark.skipif(not FILES, reason="the corpora are not beside this checkout")
def test_every_coordinate_gets_its_verdict_in_a_story(project: Path) -> None:
    for case in json.loads((OWN / "coordinates.json").read_text(encoding="utf-8")):
        written = json.dumps(f"{case['lat']}, {case['lon']}", ensure_ascii=False)
        (project / "stories" / "one.md").write_text(STORY.format(place=written), encoding="utf-8")
        result = build(project)
        if case["expect"] == "error" or case["expect"].startswith(("error:", "error that", "clear error")):
            assert result.exit_code == 1, case
            assert "stories/one.md:6:8: error[" in result.stderr, case
        elif case["expect"].startswith("ok"):
            assert result.exit_code == 0, (case, result.stderr)


@pytest.mark.skipif(not FILES, reason="the corpora are not beside this checkout")
def test_every_template_marker_comes_out_as_written(project: Path) -> None:
    markers = json.loads((OWN / "template_injection.json").read_text(encoding="utf-8"))
    for marker in markers:
        quoted = json.dumps(marker, ensure_ascii=False)
        (project / "stories" / "one.md").write_text(
            f"---\ntitle: {quoted}\nsummary: {quoted}\n---\n\n## A\nplace: Prague\n\nText.\n", encoding="utf-8"
        )
        result = build(project)
        if not marker.strip():
            continue  # an empty title is told
        assert result.exit_code == 0, (marker, result.stderr)
        page = (project / "site" / "one.html").read_text(encoding="utf-8")
        assert f"<h1>{html.escape(marker).replace('&quot;', '&#34;').replace('&#x27;', '&#39;')}</h1>" in page, marker
