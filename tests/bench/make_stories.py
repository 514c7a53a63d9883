"""Write a project of many stories for benchmarks: eight steps each, at cities all over the world, always the same."""

from __future__ import annotations

import random
from pathlib import Path

CITIES = (
    "Tokyo Lima Prague Cairo Nairobi Sydney Toronto Mumbai Jakarta Madrid Warsaw Athens Oslo Stockholm Helsinki Dublin "
    "Lisbon Vienna Budapest Berlin Munich Hamburg Milan Naples Zagreb Sofia Bucharest Kyiv Ankara Tehran Baghdad "
    "Karachi Delhi Kolkata Dhaka Bangkok Hanoi Manila Seoul Osaka Beijing Shanghai Shenzhen Taipei Perth Brisbane "
    "Auckland Honolulu Calgary Seattle Chicago Boston Miami Havana Bogotá Quito Santiago Montevideo Lagos Accra "
    "Dakar Casablanca Algiers Tunis Khartoum Kampala Kinshasa Luanda Harare Pretoria Antananarivo Kabul Tashkent Almaty"
).split()
WORDS = (
    "the ship left harbour before dawn and nobody on the quay knew what the letter said until the telegraph office "
    "opened and a clerk copied each word twice for the ministry while the river carried ice past the old bridge"
).split()


def make_project(folder: Path, *, stories: int, steps: int = 8) -> None:
    """Write `stories` stories of `steps` steps into `folder`: about 80 words, a link and a footnote in each step."""
    (folder / "stories").mkdir(parents=True)
    (folder / "storymap.toml").write_text('title = "Benchmark"\n', encoding="utf-8")
    for number in range(stories):
        chance = random.Random(number)
        places = chance.sample(CITIES, steps)
        text = [f"---\ntitle: Story {number}\nsummary: From {places[0]} to {places[-1]}.\nline: great-circle\n---\n"]
        for step, place in enumerate(places, 1):
            prose = " ".join(chance.choice(WORDS) for _ in range(80))
            zoom = f"zoom: {chance.randint(4, 9)}\n" if chance.random() < 0.5 else ""
            text.append(
                f"## Step {step} of {number}\nplace: {place}\ndate: {1900 + step}-05\n{zoom}\n"
                f"In [{place}](place:{place}), {prose}.[^{step}]\n\n"
                f"[^{step}]: A source, page {chance.randint(1, 400)}.\n"
            )
        (folder / "stories" / f"story-{number:04}.md").write_text("\n".join(text), encoding="utf-8")
