"""The screens on which every feature is tried, in both forms of a site, and what none of its controls may do there."""

from __future__ import annotations

import time
from typing import Any

from playwright.sync_api import Locator, Page, Position

DESK = (1280, 800)
SIZES = (DESK, (820, 1180), (390, 844), (844, 390), (360, 640), (320, 568))
"""A desk; a tablet; phones, upright and on its side, down to the smallest. All but the desk are touched."""

FORMS = ("disk", "server")

BY_KEYS = tuple((size, FORMS[number % 2]) for number, size in enumerate(SIZES))
"""Each size in one of the forms,"""

BY_HAND = tuple((size, FORMS[1 - number % 2]) for number, size in enumerate(SIZES))
"""and in the other: by keys and by hand together a feature is tried on every size in both."""

FAULTS = """() => {
  const within = [...document.querySelectorAll("dialog[open]")].pop() ?? document;
  const touched = matchMedia("(pointer: coarse)").matches;
  const finger = ".steps-bar *, dialog button, .map-sheet a, .map-return, .reading-notice *, .search-open";
  const faults = document.documentElement.scrollWidth > innerWidth ? ["the page is wider than the window"] : [];
  const controls = "a[href], button, input:not([type=checkbox]), label:has(input), select, textarea, summary,"
    + " [role=slider]";
  for (const control of within.querySelectorAll(controls)) {
    const { left, right, top, bottom, width, height } = control.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const { display, pointerEvents } = getComputedStyle(control);
    const isThere = width && height && pointerEvents !== "none"
      && control.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true });
    if (!isThere || control.closest(".pin, .visually-hidden, .skip-link")) continue;
    const tell = (fault) => faults.push(`${fault}: ${control.className || control.outerHTML.slice(0, 80)}`);
    if (left < -1 || right > innerWidth + 1) tell("sticks out");
    if (y < 0 || y > innerHeight) continue;
    const isHit = (dx, dy) => {
      const found = document.elementFromPoint(x + dx, y + dy);
      return found !== null && control.contains(found);
    };
    const box = control.closest(".search-results, .map-sheet, .keys-dialog, .share-panel")?.getBoundingClientRect();
    const isScrolledOff = box && (y - 22 < box.top || y + 22 > box.bottom);
    const isText = within === document && control.closest(".column") && !control.closest(".reading-notice");
    if (isScrolledOff || isText) continue; // the page scrolls
    const reach = touched && control.matches(finger) ? 21 : display === "inline" ? 0 : 11;
    const isReached = [[0, 0], [reach, 0], [-reach, 0], [0, reach], [0, -reach]].every(([dx, dy]) => isHit(dx, dy));
    if (!isReached) tell(isHit(0, 0) ? `smaller than ${2 * reach}` : "covered");
  }
  return faults;
}"""
"""The controls that stick out of the window, lie under something, or are smaller than 24 pixels each way; than 44 where
a finger has no other way."""


def screen_of(size: tuple[int, int]) -> dict[str, Any]:
    """The options of `open_page` for a screen of that size, whose reader wants no motion."""
    width, height = size
    touched = {} if size == DESK else {"has_touch": True, "is_mobile": True}
    return {"viewport": {"width": width, "height": height}, "reduced_motion": "reduce", **touched}


def find_faults(page: Page) -> list[str]:
    """What is wrong with the controls that the reader sees now."""
    return list(page.evaluate(FAULTS))


class Hand:
    """A reader's hand on a page: fingers where the screen is touched, else the mouse."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._session = page.context.new_cdp_session(page)
        self.is_finger = bool(page.evaluate("matchMedia('(pointer: coarse)').matches"))

    def touch(self, *moments: list[tuple[float, float]]) -> None:
        """Fingers, at each moment where they are, in pixels of the window; then they are lifted."""
        for number, points in enumerate(moments):
            is_move = number > 0 and len(moments[number - 1]) == len(points)
            spots = [{"x": round(x), "y": round(y), "id": finger} for finger, (x, y) in enumerate(points)]
            self._send("touchMove" if is_move else "touchStart", spots)
            if is_move:
                self._page.evaluate(
                    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
                )
        self._send("touchEnd", [])

    def tap_twice(self, x: float, y: float) -> None:
        """Tap a point twice, a tenth of a second apart by the clock of the screen, however busy the machine is."""
        start = time.time()
        for later in (0, 0.1):
            self._send("touchStart", [{"x": round(x), "y": round(y), "id": 0}], start + later)
            self._send("touchEnd", [], start + later + 0.02)

    def press(self, control: Locator, position: Position | None = None) -> None:
        """Tap a control, or click it; in its middle, or at a place of it."""
        if self.is_finger:
            control.tap(position=position)
        else:
            control.click(position=position)

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Go from one point of the window to another."""
        way = [
            (start[0] + (end[0] - start[0]) * part / 4, start[1] + (end[1] - start[1]) * part / 4) for part in range(5)
        ]
        if self.is_finger:  # rests before it is lifted: a page that glides on takes the next tap as its end
            self.touch(*([point] for point in (*way, end, end, end)))
            return
        self._page.mouse.move(*start)
        self._page.mouse.down()
        for x, y in way[1:]:
            self._page.mouse.move(x, y)
        self._page.mouse.up()

    def _send(self, kind: str, spots: list[dict[str, int]], moment: float = 0) -> None:
        when = {"timestamp": moment} if moment else {}
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": spots, **when})
