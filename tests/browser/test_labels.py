"""The names on the map: which are there, on every screen, and that none stands on another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenPage = Callable[..., tuple[Page, Any]]

NOTE_NAMES = """
// What the canvas of names writes, box by box in pixels of the map: a canvas tells nobody what is on it.
window.written = []; window.rounds = 0;
const { setTransform, fillText } = CanvasRenderingContext2D.prototype;
CanvasRenderingContext2D.prototype.setTransform = function (...all) {
  if (this.canvas.className.includes("map-labels")) { written = []; rounds += 1; }
  return setTransform.apply(this, all);
};
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  const { width } = this.measureText(text);
  const height = parseFloat(/([\\d.]+)px/.exec(this.font)[1]);
  written.push({ text, left: x, top: y - height / 2, right: x + width, bottom: y + height / 2 });
  return fillText.call(this, text, x, y);
};
"""
AT_REST = """() => document.querySelector('.map-window')?.childElementCount === 0
  && document.querySelector('.map-labels.is-drawn') && !map_1._flyToFrame"""
SEEN_NAMES = """() => { const { x, y } = map_1.getSize();
  return written.filter(({ left, top, right, bottom }) => left >= 0 && top >= 0 && right <= x && bottom <= y)
    .map(({ text }) => text); }"""


def open_at(open_page: OpenPage, url: str, size: tuple[int, int], **options: Any) -> Page:
    """A page whose map has come to rest, with its names noted."""
    page, _ = open_page(viewport={"width": size[0], "height": size[1]}, **options)
    page.add_init_script(NOTE_NAMES)
    page.goto(url)
    page.wait_for_function(AT_REST)
    return page


def test_places_and_towns_are_named_at_every_width(site: Path, open_page: OpenPage) -> None:
    address = f"{site.as_uri()}/declaration.html#the-sixth-of-may"
    page = open_at(open_page, address, (1280, 800))
    for width in (320, 390, 600, 680, 681, 768, 820, 899, 900, 1024, 1280, 1920):
        page.goto("about:blank")  # a page that is there would turn to another step as its width changes
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address)
        page.wait_for_function(AT_REST)
        expect(page.locator(".pin.is-active .pin-name:visible"), str(width)).to_have_text(["Plzeň"])
        assert len(page.evaluate(SEEN_NAMES)) >= 3, width


STORIES = ("declaration", "huawei-dispute", "date-line", "list-that-grew")
STEPS = "() => JSON.parse(document.getElementById('storymap-data').textContent)"
TURN_TO = """(id) => { window.since = rounds; location.hash = encodeURIComponent(id); }"""
TURNED = """([id, places]) => document.querySelector('.is-current')?.id === id && rounds > since
  && [...document.querySelectorAll('.pin.is-active .pin-name')].map((name) => name.textContent).sort().join()
    === places"""
BOXES = """() => {
  const corner = map_1.getContainer().getBoundingClientRect();
  const boxOf = (kind, element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { kind, text: element.textContent, left: left - corner.left, top: top - corner.top,
      right: right - corner.left, bottom: bottom - corner.top };
  };
  const seen = (selector) => [...document.querySelectorAll(selector)]
    .filter((each) => each.checkVisibility({ visibilityProperty: true }));
  const { x, y } = map_1.getSize();
  return [
    ...seen(".pin-name").map((each) => boxOf("plate", each)),
    ...seen(".pin:not(.is-dot) .pin-disc").map((each) => boxOf("pin", each)),
    ...written.filter(({ left, top, right, bottom }) => left < x && top < y && right > 0 && bottom > 0)
      .map((name) => ({ kind: "name", ...name })),
    ...seen(".steps-rail-label, .steps-rail ol, .steps-left, .leaflet-control").map((each) => boxOf("cover", each)),
    { kind: "cover", text: "edge", left: -2000, top: 0, right: 1, bottom: y },
    { kind: "cover", text: "edge", left: x - 1, top: 0, right: x + 2000, bottom: y },
    { kind: "cover", text: "edge", left: 0, top: -2000, right: x, bottom: 1 },
    { kind: "cover", text: "edge", left: 0, top: y - 1, right: x, bottom: y + 2000 },
  ];
}"""


def meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two boxes have more in common than an edge."""
    across = min(one["right"], other["right"]) - max(one["left"], other["left"])
    down = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    return bool(across > 1 and down > 1)


@pytest.mark.parametrize(
    ("folder", "story", "size"),
    [
        *(("site", story, size) for story in STORIES for size in ((390, 844), (1280, 800))),
        ("single_files", "date-line", (1280, 800)),
    ],
)
def test_each_step_names_its_places_and_no_name_meets_another_or_a_pin_or_is_cut(
    request: pytest.FixtureRequest, open_page: OpenPage, folder: str, story: str, size: tuple[int, int]
) -> None:
    address = f"{request.getfixturevalue(folder).as_uri()}/{story}.html"
    page = open_at(open_page, address, size, reduced_motion="reduce")
    payload = page.evaluate(STEPS)
    amiss = []
    for number, step in enumerate(payload["steps"], 1):
        shown: dict[str, Any] = next(
            (layer for layer in step["layers"] if layer["kind"] == "markers"), {"places": [], "numbers": []}
        )
        names = [payload["places"][place]["name"] for place in shown["places"]]
        page.evaluate(TURN_TO, step["id"])
        page.wait_for_function(TURNED, arg=[step["id"], ",".join(sorted(names))])
        boxes = page.evaluate(BOXES)
        said = {box["text"] for box in boxes}
        own = [name for name, of in zip(names, shown["numbers"], strict=True) if of == number]
        amiss += [f"{step['id']}: {name} is not named" for name in own if name not in said]
        amiss += [
            f"{step['id']}: {one['kind']} {one['text']} meets {other['kind']} {other['text']}"
            for number, one in enumerate(boxes)
            for other in boxes[number + 1 :]
            if {one["kind"], other["kind"]} & {"name", "plate"} and meet(one, other)
        ]
    assert amiss == []


@pytest.mark.parametrize("size", [(390, 844), (1280, 800)])
@pytest.mark.parametrize(
    ("step", "city"),
    [
        ("huawei-dispute.html#an-answer-from-shenzhen", "Shenzhen"),
        ("huawei-dispute.html#a-list-in-washington", "Washington"),
        ("huawei-dispute.html#a-warning-from-brno", "Brno"),
        ("declaration.html#a-subject-for-the-alliance", "Brussels"),
    ],
)
def test_the_city_that_a_step_is_about_is_named(
    site: Path, open_page: OpenPage, step: str, city: str, size: tuple[int, int]
) -> None:
    page = open_at(open_page, f"{site.as_uri()}/{step}", size)
    assert city in page.evaluate(SEEN_NAMES)
