"""Every feature on every size of screen, from disk and from a server, by keys alone and by hand alone.

What a feature does in detail is looked at in the file of its name; here that everybody reaches it, and leaves it again.
"""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from sizes import BY_HAND, BY_KEYS, Hand, find_faults, screen_of

from storymap.building.build import build_site
from storymap.building.write import write_site
from storymap.project import load_project

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
Size = tuple[int, int]
MEDIA = Path(__file__).parents[1] / "projects/good/media/stories"
FILM = "https://player.vimeo.com/video/76979871"
TEXT = "There is enough to read at each step that the reader has to scroll. " * 6

STEPS = ("pictures", "then-and-now", "heard-and-seen", "elsewhere", "two-maps", "home")
STORY = f"""---
title: Seen and heard
date: 2020
author: Ana
tags: [hills]
cover: {{file: cliff.png, alt: A green hill under a pale sky, credit: Jana, position: 50% 20%}}
credits: {{beach.jpg: Petr, bell.wav: Jana, film.webm: Jana}}
---
It begins with a picture. {TEXT}

## Pictures
place: Calais

![A yellow hill by the sea](beach.jpg)
![A hill like a tower](tower.png)
![A green hill](cliff.png)

## Then and now
place: "Dover, United Kingdom"

| ![A brown hill](then.png) | ![A green hill under a blue sky](now.png) |
| --- | --- |
| 1894 | 2024 |

## Heard and seen
place: "Dover, United Kingdom"

![A bell rings once](bell.wav)

![A red ball crosses the picture](film.webm)

## Elsewhere
place: Calais

[![A talk about hills](then.png)](https://vimeo.com/76979871)

## Two maps
place: Calais
compare:
  - {{file: then.png, bounds: [1.2, 50.8, 2.4, 51.4], title: Before}}
  - {{file: now.png, bounds: [1.2, 50.8, 2.4, 51.4], title: After}}

{TEXT}

## Home
place: [Calais, Prague]
line: great-circle

From [Calais](place:Calais) home. {TEXT}
"""
CZECH = "---\ntitle: Viděno a slyšeno\nlang: cs\n---\nText.\n" + "".join(f"\n## Krok\n\n{TEXT}\n" for _ in STEPS)
OTHER = "---\ntitle: Story {n}\ndate: {year}\ntags: [{tag}]\n---\nOnce.\n\n## There\nplace: {place}\n\nText.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A story with everything in it, its Czech edition, and six others."""
    folder = tmp_path_factory.mktemp("sizes") / "a project é"
    stories = folder / "stories"
    stories.mkdir(parents=True)
    (folder / "storymap.toml").write_text('title = "Hills"\n', encoding="utf-8")
    (stories / "hills.md").write_text(STORY, encoding="utf-8")
    (stories / "hills.cs.md").write_text(CZECH, encoding="utf-8")
    for n, place in enumerate(("Prague", "Brno", "Vienna", "Berlin", "Warsaw", "Paris")):
        text = OTHER.format(n=n, year=1900 + 20 * n, tag="salt" if n % 2 else "rivers", place=place)
        (stories / f"s{n}.md").write_text(text, encoding="utf-8")
    for name in ("bell.wav", "bell.txt", "film.webm", "film.vtt", "film.png", "film.txt", "then.png", "now.png"):
        shutil.copy(MEDIA / name, stories / name)
    for name in ("tower.png", "cliff.png"):
        with Image.open(MEDIA / name) as small:
            small.resize((small.width * 11, small.height * 11)).save(stories / name)
    noise = random.Random(1).randbytes(150 * 100 * 3)
    Image.frombytes("RGB", (150, 100), noise).resize((1500, 1000)).save(stories / "beach.jpg", quality=60)
    project = load_project(folder)
    write_site(build_site(project), folder / "site", project=project)
    return folder / "site"


@pytest.fixture
def open_at(
    built: Path, open_page: Callable[..., tuple[Page, Any]], serve: Callable[[Path, str], str], size: Size, form: str
) -> Open:
    """Open a page of the site in that form on a screen of that size."""
    page, watch = open_page(**screen_of(size))
    root = serve(built, "/repository/") if form == "server" else f"{built.as_uri()}/"

    def arrive(name: str) -> Page:
        page.goto("about:blank")
        page.goto(root + name)
        page.wait_for_function("() => document.querySelector('.map-window').childElementCount === 0")
        return page

    arrive.watch = watch  # type: ignore[attr-defined]
    return arrive


def settle_on(page: Page, step: str) -> None:
    """Wait until the reader is at `step`, and see that its heading is."""
    page.wait_for_function("(step) => (document.querySelector('.is-current')?.id ?? '') === step", arg=step)
    page.wait_for_function("(step) => decodeURIComponent(location.hash.slice(1)) === step", arg=step)
    if step:
        page.wait_for_function(
            """(step) => {
              const { top, bottom } = document.querySelector(`#${step} h2`).getBoundingClientRect();
              const map = document.querySelector(".map-frame").getBoundingClientRect();
              return top >= (map.height < innerHeight ? map.bottom : 0) && bottom <= innerHeight;
            }""",
            arg=step,
        )


def expect_in_sight(control: Locator) -> None:
    """What has the focus is seen: within the window, and not below the map."""
    expect(control).to_be_focused()
    control.page.wait_for_function(
        """() => {
          const { left, right, top, bottom } = document.activeElement.getBoundingClientRect();
          const found = document.elementFromPoint((left + right) / 2, Math.max(top + 3, 0));
          const isWithin = left >= 0 && right <= innerWidth && bottom <= innerHeight + 1;
          return isWithin && document.activeElement.contains(found);
        }"""
    )


def expect_unlocked(page: Page) -> None:
    """The page can be scrolled: nothing has been left over it."""
    expect(page.locator("dialog[open]")).to_have_count(0)
    moved = page.evaluate(
        "() => { const before = scrollY; scrollBy({ top: before ? -9 : 9, behavior: 'instant' });"
        " const by = scrollY - before; scrollBy({ top: -by, behavior: 'instant' }); return Math.abs(by); }"
    )
    assert moved > 5
    assert page.evaluate("getComputedStyle(document.documentElement).overflowY + document.body.style.overflow") in (
        "visible",
        "auto",
        "scroll",
    )


@pytest.mark.parametrize(("size", "form"), BY_KEYS)
def test_a_story_is_read_by_keys_alone(open_at: Open, size: Size) -> None:
    page = open_at("hills.html")
    status, told = page.locator("#storymap-words + [role=status]"), page.locator("#storymap-words")
    expect(page.locator(".cover img")).to_be_visible()
    expect(told).to_contain_text("Calais")
    assert find_faults(page) == []
    page.evaluate(
        "() => { window.views = []; map_1.on('move zoom', () => views.push(map_1.getCenter() + map_1.getZoom())); }"
    )
    for number, step in enumerate(STEPS, 1):
        page.keyboard.press("j")
        settle_on(page, step)
        expect(status).to_contain_text(f"Step {number} of 6: ")
        expect(told).to_have_text(page.locator(f"#{step} .step-still img").get_attribute("alt") or "-")
        expect(page.locator(".steps-rail [aria-current]")).to_have_attribute("href", f"#{step}")
        expect(page.locator(".steps-left")).to_contain_text(f"{number} / 6")
        # A map that jumps has no views between those of the steps.
        assert page.evaluate("new Set(views).size") <= number
    assert page.evaluate("new Set(views).size") > 2
    assert find_faults(page) == []
    # To the link of the step, which moves the map and gives it back.
    link = page.locator("#home").get_by_role("link", name="Calais").last
    while not link.evaluate("(link) => link === document.activeElement"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('#home') !== null")
    expect_in_sight(link)
    for key, step in (("k", "two-maps"), ("Home", "pictures"), ("End", "home"), ("0", "")):
        page.keyboard.press(key)
        settle_on(page, step)
    page.keyboard.press("j")
    settle_on(page, "pictures")
    expect(status).to_contain_text("Step 1 of 6: ")

    # The map is the reader's, and then the story's again.
    page.keyboard.press("m")
    expect(page.locator(".folium-map")).to_be_focused()
    page.keyboard.press("ArrowRight")
    back = page.get_by_role("button", name="Return to the story")
    expect(back).to_be_visible()
    assert find_faults(page) == []
    page.keyboard.press("Escape")
    expect(back).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "pictures"

    # The list: a sheet, or the points beside the text.
    page.keyboard.press("l")
    expect_in_sight(page.locator(".steps-rail [aria-current]"))
    if page.locator(".steps-button").is_visible():
        assert find_faults(page) == []
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == "pictures"
    # The list of keys, to its end.
    page.locator(".share-button").focus()
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys")
    expect(keys).to_be_visible()
    assert find_faults(page) == []
    for _ in range(2):
        page.keyboard.press("Tab")
    expect_in_sight(keys.get_by_role("checkbox", name="Letters and signs are keys"))
    assert find_faults(page) == []
    page.keyboard.press("Escape")
    expect(keys).to_have_count(0)
    expect_in_sight(page.locator(".share-button"))
    # The panel to share, the words of the maps, and a copied link.
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Share")
    expect(panel.get_by_role("status")).not_to_be_empty()
    assert find_faults(page) == []
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect_in_sight(page.locator(".share-button"))
    page.keyboard.press("w")
    expect(page.locator("#pictures .step-words")).to_be_visible()
    page.keyboard.press("w")
    expect(page.locator(".step-words")).to_have_count(0)
    page.keyboard.press("c")
    expect(page.locator(".reading-notice")).to_be_in_viewport(ratio=1)
    expect_unlocked(page)

    # The other language, at this step, and back.
    other = page.locator(".leaflet-control[hreflang]")
    other.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/cs/hills.html#pictures")
    settle_on(page, "pictures")
    # The next time the story is begun, the place is offered.
    page = open_at("hills.html")
    offer = page.get_by_role("link", name="Continue where you were: Pictures")
    expect(offer).to_be_in_viewport(ratio=1)
    assert find_faults(page) == []
    offer.focus()
    page.keyboard.press("Enter")
    settle_on(page, "pictures")
    expect(offer).to_have_count(0)


@pytest.mark.parametrize(("size", "form"), BY_HAND)
def test_a_story_is_read_by_hand_alone(open_at: Open, size: Size) -> None:
    page = open_at("hills.html")
    hand = Hand(page)
    has_bar = page.locator(".steps-button").is_visible()
    points = page.locator(".steps-rail a")
    for number, step in enumerate(STEPS[:3], 1):
        hand.press(page.get_by_role("link", name="Next step") if has_bar else points.nth(number))
        settle_on(page, step)
    hand.press(page.get_by_role("link", name="Previous step") if has_bar else points.nth(2))
    settle_on(page, STEPS[1])
    if has_bar:
        for close in ("button", "beside", "entry"):
            hand.press(page.locator(".steps-button"))
            sheet = page.get_by_role("dialog", name="Steps of this story")
            expect(sheet).to_be_visible()
            assert find_faults(page) == []
            if close == "button":
                hand.press(sheet.get_by_role("button", name="Close"))
            elif close == "beside":
                hand.touch([(size[0] / 2, 20)])
            else:
                hand.press(sheet.get_by_role("link", name="Home"))
            expect(sheet).to_be_hidden()
            expect_unlocked(page)
    else:
        hand.press(points.nth(6))
    settle_on(page, "home")
    expect(page.locator("#storymap-words + [role=status]")).to_contain_text("Step 6 of 6: ")

    # Fingers move the map, a button gives it back.
    box = page.locator(".map-window").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    if has_bar:
        hand.touch(*([(x - 30 - by, y + by), (x + 30 - by, y + by)] for by in (0, 20, 40)))
    else:
        hand.drag((x, y + 40), (x - 80, y + 60))
    back = page.get_by_role("button", name="Return to the story")
    expect(back).to_be_visible()
    assert find_faults(page) == []
    hand.press(back)
    expect(back).to_be_hidden()
    # A finger on the text scrolls the page.
    hand.press(page.locator(".share-button"))
    panel = page.get_by_role("dialog", name="Share")
    expect(panel).to_be_visible()
    hand.press(panel.get_by_role("button", name="Close"))
    expect(panel).to_have_count(0)
    expect_unlocked(page)
    before = page.evaluate("scrollY")
    if hand.is_finger:
        column = page.locator(".column").bounding_box()
        assert column
        x = column["x"] + column["width"] / 2
        hand.drag((x, size[1] - 90), (x, size[1] - 30))
    else:
        page.mouse.move(200, 500)
        page.mouse.wheel(0, -60)
    page.wait_for_function("(before) => scrollY < before", arg=before)
    hand.press(page.locator("#home .step-number"))
    expect(page.locator(".reading-notice")).to_be_in_viewport(ratio=1)

    hand.press(page.locator(".leaflet-control[hreflang]"))
    page.wait_for_url("**/cs/hills.html#home")
    hand.press(page.locator(".leaflet-control[hreflang]"))
    page.wait_for_url(re.compile(r"[^s]/hills\.html#home$"))
    hand.press(page.get_by_role("link", name="Previous step") if has_bar else points.nth(5))
    settle_on(page, "two-maps")
    page.wait_for_function("() => Object.values(localStorage).includes('two-maps')")
    page = open_at("hills.html")
    offer = page.get_by_role("link", name="Continue where you were: Two maps")
    expect(offer).to_be_in_viewport(ratio=1)
    assert find_faults(page) == []
    hand.press(offer)
    settle_on(page, "two-maps")


def expect_at_picture(page: Page, where: float) -> None:
    """The lightbox is gone, and the reader is where it was opened."""
    expect(page.locator(".lightbox")).to_have_count(0)
    page.wait_for_function("() => !history.state?.storymapPicture && history.scrollRestoration === 'auto'")
    assert page.evaluate("document.activeElement.matches('.gallery .enlarge')")
    assert abs(page.evaluate("scrollY") - where) < 2
    page.wait_for_function("() => document.querySelector('.is-current').id === 'pictures'")
    page.wait_for_function("() => location.hash === '#pictures'")
    expect_unlocked(page)


IS_PLAYING = "() => ['audio', 'video'].map((name) => !document.querySelector(name).paused)"


def expect_playing(page: Page, *, audio: bool, video: bool) -> None:
    page.wait_for_function(f"(wanted) => String(({IS_PLAYING})()) === String(wanted)", arg=[audio, video])


def load_player(page: Page) -> None:
    """Wait for what a press on a player needs."""
    page.locator("video").scroll_into_view_if_needed()
    page.evaluate("() => { for (const one of document.querySelectorAll('audio, video')) one.muted = true; }")
    page.wait_for_function("() => [...document.querySelector('video').textTracks][0].cues?.length === 2")
    assert page.evaluate("document.querySelector('video').textTracks[0].mode") == "showing"


def expect_frame(page: Page, watch: Any) -> None:
    """The film that was pressed is asked for, and nobody else; it has the focus."""
    expect(page.locator("iframe")).to_have_attribute("src", re.compile("^" + re.escape(FILM)))
    page.wait_for_function("() => document.activeElement.tagName === 'IFRAME'")
    assert [url.partition("?")[0] for url in watch.strangers] == [FILM]
    watch.strangers.clear()
    watch.complaints.clear()  # nobody answers there


@pytest.mark.parametrize(("size", "form"), BY_KEYS)
def test_pictures_sound_film_and_comparisons_by_keys(open_at: Open, size: Size) -> None:
    page = open_at("hills.html#pictures")
    settle_on(page, "pictures")
    # As by Tab, which brings it into sight.
    page.locator(".gallery .enlarge").first.evaluate("(link) => link.focus()")
    where = page.evaluate("scrollY")
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Picture")
    expect(box.get_by_role("status")).to_have_text("1 of 3")
    assert find_faults(page) == []
    page.keyboard.press("ArrowRight")
    expect(box.locator("img")).to_have_attribute("alt", "A hill like a tower")
    page.keyboard.press("+")
    page.wait_for_function("() => document.querySelector('.lightbox-picture').style.transform.includes('scale(1.5)')")
    page.keyboard.press("0")
    page.keyboard.press("Escape")
    expect_at_picture(page, where)
    page.keyboard.press("Enter")
    expect(box.get_by_role("status")).to_have_text("1 of 3")
    page.go_back()
    expect_at_picture(page, where)

    line = page.get_by_role("slider", name="Move the line between the pictures: 1894 – 2024")
    line.focus()
    expect_in_sight(line)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("getComputedStyle(document.querySelector('.compare')).getPropertyValue('--line')") == "1%"

    load_player(page)
    page.locator("video").focus()
    page.keyboard.press(" ")
    expect_playing(page, audio=False, video=True)
    # Back to what is further up, and may lie below the map of a phone.
    page.evaluate("scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' })")
    page.locator("audio").focus()
    expect_in_sight(page.locator("audio"))
    page.keyboard.press(" ")
    page.wait_for_function(f"() => !({IS_PLAYING})()[1]")

    page.locator(".frame-link").focus()
    expect_in_sight(page.locator(".frame-link"))
    with page.expect_event("requestfailed"):
        page.keyboard.press("Enter")
    expect_frame(page, open_at.watch)  # type: ignore[attr-defined]

    page = open_at("hills.html#two-maps")
    line = page.get_by_role("slider", name="Line between “Before” on the left and “After” on the right")
    line.focus()
    page.keyboard.press("Home")
    expect(line).to_have_attribute("aria-valuenow", "0")
    page.keyboard.press("PageUp")
    expect(line).not_to_have_attribute("aria-valuenow", "0")
    assert find_faults(page) == []
    assert page.url.endswith("#two-maps")


@pytest.mark.parametrize(("size", "form"), BY_HAND)
def test_pictures_sound_film_and_comparisons_by_hand(open_at: Open, size: Size) -> None:
    page = open_at("hills.html#pictures")
    settle_on(page, "pictures")
    hand = Hand(page)
    link = page.locator(".gallery .enlarge").first
    link.scroll_into_view_if_needed()
    x, y = size[0] / 2, size[1] * 0.4
    hand.press(link)
    where = page.evaluate("scrollY")
    box = page.get_by_role("dialog", name="Picture")
    picture = box.locator(".lightbox-picture")
    expect(box.get_by_role("status")).to_have_text("1 of 3")
    assert find_faults(page) == []
    hand.press(box.get_by_role("button", name="Next"))
    expect(box.get_by_role("status")).to_have_text("2 of 3")
    hand.drag((x - 60, y), (x + 60, y + 4))
    expect(box.get_by_role("status")).to_have_text("1 of 3")
    if hand.is_finger:
        hand.tap_twice(x, y)
        expect(picture).to_have_attribute("style", re.compile(r"scale\(2\.25"))
        hand.tap_twice(x, y)
        expect(picture).to_have_attribute("style", re.compile("^(?!.*scale)"))
        apart = [[(x - half, y), (x + half, y)] for half in (40, 60, 80)]
        hand.touch([(x - 40, y)], *apart)
        expect(picture).to_have_attribute("style", re.compile(r"scale\(2"))
        hand.touch([(x - 80, y)], *apart[::-1], [(x - 10, y), (x + 10, y)])
        expect(picture).to_have_attribute("style", re.compile("^(?!.*scale)"))
    else:
        # Clicks on the picture close nothing, and two come close.
        for scale in (r"scale\(2\.25", "^(?!.*scale)"):
            page.mouse.dblclick(x, y)
            expect(picture).to_have_attribute("style", re.compile(scale))
    hand.drag((x, 60), (x, 200))
    expect_at_picture(page, where)
    hand.press(link)
    hand.press(box.get_by_role("button", name="Close"))
    expect_at_picture(page, where)

    line = page.locator(".compare-line")
    line.scroll_into_view_if_needed()
    place = line.bounding_box()
    assert place
    middle = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    hand.drag(middle, (middle[0] - place["width"] / 4, middle[1]))
    page.wait_for_function("() => document.querySelector('.compare-line').value < 40")

    load_player(page)
    for name, other in (("video", "audio"), ("audio", "video")):
        player = page.locator(name)
        player.scroll_into_view_if_needed()
        frame = player.bounding_box()
        assert frame
        # The button to play of Chromium's own controls.
        hand.press(player, {"x": 24, "y": frame["height"] - 60 if name == "video" else frame["height"] / 2})
        page.wait_for_function(
            "([one, other]) => !document.querySelector(one).paused && document.querySelector(other).paused",
            arg=[name, other],
        )

    with page.expect_event("requestfailed"):
        hand.press(page.locator(".frame-link"))
    expect_frame(page, open_at.watch)  # type: ignore[attr-defined]

    page = open_at("hills.html#two-maps")
    line = page.get_by_role("slider", name="Line between “Before” on the left and “After” on the right")
    place, before = line.bounding_box(), page.evaluate("map_1.getCenter().lng")
    assert place
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    hand.drag((x, y), (x - 60, y))
    page.wait_for_function("() => document.querySelector('.divider-handle').ariaValueNow < 45")
    assert page.evaluate("map_1.getCenter().lng") == before
    expect_unlocked(page)


@pytest.mark.parametrize(("size", "form"), BY_KEYS)
def test_the_atlas_by_keys(open_at: Open, size: Size) -> None:
    page = open_at("index.html")
    assert find_faults(page) == []
    page.locator(".filter summary").focus()
    page.keyboard.press("Enter")
    topic = page.get_by_label("Topic")
    page.keyboard.press("Tab")
    expect_in_sight(topic)
    page.keyboard.type("salt")
    status = page.locator(".filter [role=status]")
    expect(status).to_have_text("Stories: 3 of 7")
    assert "tag=salt" in page.url
    reset = page.get_by_role("button", name="Show all stories")
    reset.focus()
    expect_in_sight(reset)
    assert find_faults(page) == []
    page.keyboard.press("Enter")
    expect(page.locator(".card h2")).to_have_count(7)
    expect(topic).to_be_focused()
    page.locator("[data-search]").focus()
    page.keyboard.press("/")
    field = page.locator(".search-field")
    expect_in_sight(field)
    page.keyboard.type("vienna")
    expect(page.locator(".search-result mark").first).to_be_visible()
    assert find_faults(page) == []
    page.keyboard.press("ArrowDown")
    expect_in_sight(page.locator(".search-result").first)
    page.keyboard.press("Escape")
    expect(page.locator(".search")).to_be_hidden()
    expect_in_sight(page.locator("[data-search]"))
    expect_unlocked(page)
    # A pin names its place, and leads to its page.
    page.locator(".folium-map").focus()
    page.keyboard.press("Tab")
    expect_in_sight(page.locator(".pin:focus"))
    page.locator(".card h2 a").last.focus()
    expect_in_sight(page.locator(".card h2 a").last)
    page.keyboard.press("Enter")
    page.wait_for_url("**/s5.html")


@pytest.mark.parametrize(("size", "form"), BY_HAND)
def test_the_atlas_by_hand(open_at: Open, size: Size) -> None:
    page = open_at("index.html")
    hand = Hand(page)
    hand.press(page.get_by_text("Choose stories"))
    page.get_by_label("Topic").select_option("salt")
    expect(page.locator(".filter [role=status]")).to_have_text("Stories: 3 of 7")
    assert find_faults(page) == []
    hand.press(page.get_by_role("button", name="Show all stories"))
    expect(page.locator(".card h2")).to_have_count(7)
    card = page.locator(".card").nth(2)
    card.evaluate("(card) => card.scrollIntoView({ block: 'end', behavior: 'instant' })")
    if not hand.is_finger:
        card.hover()
    page.wait_for_function("() => document.querySelector('.pin.is-active')")
    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
    for close in (True, False):
        hand.press(page.locator("[data-search]"))
        page.locator(".search-field").fill("vienna")
        expect(page.locator(".search-result mark").first).to_be_visible()
        assert find_faults(page) == []
        if close:
            hand.press(page.get_by_role("dialog").get_by_role("button", name="Close"))
            expect(page.locator(".search")).to_be_hidden()
            expect_unlocked(page)
    hand.press(page.locator(".search-result", has_text="There").first)
    page.wait_for_url("**/s2.html#there")
    settle_on(page, "there")
