"""The names of streets as a reader sees them, over real cities.

None lies on another or on a pin, and what a step is about is named.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import shapely
from playwright.sync_api import Page

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

REAL = Path(__file__).resolve().parents[3] / "shared" / "real-data"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("cities"),
    pytest.mark.skipif(not REAL.is_dir(), reason="the real extracts are not here"),
]

OpenPage = Callable[..., tuple[Page, Any]]


class City(NamedTuple):
    """A file of streets, a place in it, and what its building, its square and its street are called."""

    file: str
    lat: float
    lon: float
    own: tuple[str, ...]


CITIES = {
    "monaco": City("osm/monaco.osm.pbf", 43.7371, 7.4245, ("Avenue John F. Kennedy",)),
    "london": City("osm/london-moorgate.osm.pbf", 51.5191, -0.0902, ("CityPoint", "Moor Lane")),
    "berlin": City("osm/berlin-siegessaeule.osm.gz", 52.5145, 13.3501, ("Großer Stern",)),
    "prague": City("osm/prague-nove-mesto-2011.osm", 50.0763, 14.4211, ("Fakultní poliklinika", "Karlovo náměstí")),
    "beijing": City("osm/beijing-tsinghua-2017.osm.bz2", 40.002, 116.3212, ("Sedimentation Bldg", "Xuetang Road")),
    "rivne": City("osm/rivne-block.osm", 50.6137, 26.2430, ()),
    "san-francisco": City(
        "osm/sf-downtown.osm.pbf", 37.7866, -122.402, ("Paramount", "Jessie Square", "Mission Street")
    ),
    "florence": City(
        "tiles/firenze-protomaps-v2.pmtiles", 43.7731, 11.2558, ("Santa Maria del Fiore", "Piazza del Duomo")
    ),
    "perth": City("tiles/perth-protomaps-v4.pmtiles", -31.9200, 115.8055, ()),
    "andorra": City(
        "tiles/andorra-la-vella-shortbread.pmtiles", 42.5063, 1.5218, ("Placeta Sant Esteve", "Rotonda de Govern")
    ),
    "paris": City("tiles/paris-z14-openmaptiles.mbtiles", 48.8792, 2.3401, ("Rue des Martyrs",)),
}

NOTE_NAMES = """
// What the canvas of names writes: a canvas tells nobody what is on it. Letters that are written one by one are a name.
window.written = []; window.rounds = 0;
const { setTransform, fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.setTransform = function (...all) {
  setTransform.apply(this, all);
  if (this.canvas.className.includes("map-labels")) {
    written = []; rounds += 1; window.base = this.getTransform().inverse();
  }
};
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  const { actualBoundingBoxLeft: left, actualBoundingBoxRight: right,
    actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = this.measureText(text);
  const turned = base.multiply(this.getTransform());
  const corners = [[x - left, y - up], [x + right, y - up], [x + right, y + down], [x - left, y + down]]
    .map(([cx, cy]) => turned.transformPoint({ x: cx, y: cy })).map((point) => [point.x, point.y]);
  const last = written[written.length - 1];
  if ([...text].length === 1 && last?.isLetters) { last.text += text; last.shapes.push(corners); }
  else written.push({ text, isLetters: [...text].length === 1, shapes: [corners] });
  return fillText.call(this, text, x, y);
};
"""
AT_REST = """(step) => document.querySelector('.is-current')?.id === step
  && document.querySelector('.map-window')?.childElementCount === 0
  && document.querySelector('.map-labels.is-drawn') && !map_1._flyToFrame && rounds"""
ON_PAGE = """() => {
  const corner = map_1.getContainer().getBoundingClientRect();
  const list = (selector) => [...document.querySelectorAll(selector)]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }))
    .map((each) => {
      const { left, top, right, bottom } = each.getBoundingClientRect();
      const corners = [[left, top], [right, top], [right, bottom], [left, bottom]]
        .map(([x, y]) => [x - corner.left, y - corner.top]);
      return { text: each.className, shapes: [corners] };
    });
  return [...written, ...list(".pin-name, .pin:not(.is-dot) .pin-disc")];
}"""
ON_STILL = """() => [...document.querySelectorAll(".s-full text:not(.s-pin-text), .s-full .s-pin")].map((each) => {
  const matrix = each.getCTM();
  const put = (boxes) => boxes.map(({ x, y, width, height }) =>
    [[x, y], [x + width, y], [x + width, y + height], [x, y + height]].map(([px, py]) => {
      const point = new DOMPoint(px, py).matrixTransform(matrix);
      return [point.x, point.y];
    }));
  if (each.tagName !== "text") return { text: "pin", shapes: put([each.getBBox()]) };
  // Of the box of a letter a fifth is above it, and as much below.
  const inked = ({ x, y, width, height }) => ({ x, y: y + height * 0.2, width, height: height * 0.6 });
  const letters = (each.getAttribute("rotate") ?? "").trim().split(" ");
  if (letters.length < 2) return { text: each.textContent, shapes: put([inked(each.getBBox())]) };
  return { text: each.textContent, shapes: letters.map((angle, number) => {
    const at = each.getStartPositionOfChar(number);
    const turn = new DOMMatrix().translate(at.x, at.y).rotate(Number(angle));
    const [width, size] = [each.getEndPositionOfChar(number), parseFloat(getComputedStyle(each).fontSize)];
    const long = Math.hypot(width.x - at.x, width.y - at.y);
    return [[0, -0.7 * size], [long, -0.7 * size], [long, 0.1 * size], [0, 0.1 * size]].map(([px, py]) => {
      const point = new DOMPoint(px, py).matrixTransform(turn).matrixTransform(matrix);
      return [point.x, point.y];
    });
  }) };
})"""


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cities")
    (folder / "streets").mkdir()
    (folder / "stories").mkdir()
    (folder / "storymap.toml").write_text('title = "Cities"\n', "utf-8")
    lines = ["---\ntitle: Cities\nground: { detail: coarse }\n---\n"]
    for name, city in CITIES.items():
        shutil.copy(REAL / city.file, folder / "streets")
        lines.append(f"## {name}\nplace: {city.lat}, {city.lon}\nzoom: 16.5\n\nA city.\n")
    (folder / "stories" / "cities.md").write_text("\n".join(lines), "utf-8")
    project = load_project(folder)
    write_site(build_site(project), project.site_folder, project=project)
    return project.site_folder


def list_meetings(names: list[dict[str, Any]]) -> Iterator[str]:
    """Which names lie on which others, by more than the antialiasing of their edges."""
    shapes = [shapely.union_all([shapely.Polygon(corners) for corners in name["shapes"]]) for name in names]
    for one, other in combinations(range(len(names)), 2):
        if shapely.area(shapely.intersection(shapes[one], shapes[other])) > 2:
            yield f"{names[one]['text']} on {names[other]['text']}"


def list_unsaid(own: tuple[str, ...], names: list[dict[str, Any]]) -> list[str]:
    """Which names are not among those that are written, in one line or in two."""
    said = [name["text"] for name in names]
    said += [f"{one} {other}" for one, other in pairwise(said)]
    return [name for name in own if name not in said]


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_building_the_square_and_the_street_of_a_step_are_named_and_no_name_lies_on_another_or_on_a_pin(
    open_page: OpenPage, cities: Path, size: tuple[int, int]
) -> None:
    page, _ = open_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page.add_init_script(NOTE_NAMES)
    amiss, most = [], 0
    for name, city in CITIES.items():
        page.goto("about:blank")
        page.goto(f"{(cities / 'cities.html').as_uri()}#{name}")
        page.wait_for_function(AT_REST, arg=name)
        names = page.evaluate(ON_PAGE)
        most = max(most, len(names))
        amiss += [f"{name}: {meeting}" for meeting in list_meetings(names)]
        amiss += [f"{name}: {unsaid} is not named" for unsaid in list_unsaid(city.own, names)]
    assert not amiss
    assert most > 20, "a city has names"


def test_so_it_is_on_a_still(open_page: OpenPage, cities: Path) -> None:
    page, _ = open_page(viewport={"width": 1280, "height": 800})
    amiss, most = [], 0
    for name, city in CITIES.items():
        page.goto((cities / "stills" / "cities" / f"{name}.svg").as_uri())
        names = page.evaluate(ON_STILL)
        most = max(most, len(names))
        amiss += [f"{name}: {meeting}" for meeting in list_meetings(names)]
        amiss += [f"{name}: {unsaid} is not named" for unsaid in list_unsaid(city.own, names)]
    assert not amiss
    assert most > 20, "a city has names"
