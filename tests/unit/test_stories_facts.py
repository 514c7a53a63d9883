"""The repository's own stories and places: every reference leads somewhere, and every place says where it is from."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import pytest

from storymap.language.tags import split_language
from storymap.text.slugs import make_slug

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "stories").glob("*.md"))}
EDITIONS = {name: text for name, text in TEXTS.items() if split_language(Path(name).stem)[1]}
STORIES = {name: text for name, text in TEXTS.items() if name not in EDITIONS}
FEATURES: list[dict[str, Any]] = json.loads((ROOT / "geo" / "places.geojson").read_text(encoding="utf-8"))["features"]
SPELLINGS = {
    spelling
    for file in (ROOT / "geo").glob("*.geojson")
    for properties in (feature["properties"] for feature in json.loads(file.read_text(encoding="utf-8"))["features"])
    for spelling in (properties["id"], properties["name"], *properties.get("aliases", ()))
}


def split_steps(text: str) -> list[str]:
    """The steps of a story: heading, fields and prose of each; the opening and the footnotes left out."""
    return re.split(r"(?m)^## ", re.sub(r"(?m)^\[\^\w+\]:.*(\n    .*)*", "", text))[1:]


def list_addresses(text: str) -> list[str]:
    return [make_slug(step.partition("\n")[0]) for step in split_steps(text)]


def count_words(step: str) -> int:
    """Words that a reader sees at once in a step: neither heading, nor fields, nor addresses, nor what folds open."""
    prose = re.sub(r"(?m)^\?\?\? .*(\n    .*)*", "", step.partition("\n\n")[2])
    return len(re.sub(r"\[\^\w+\]", "", re.sub(r"\]\([^)]*\)", "]", prose)).split())


def test_the_stories_are_there() -> None:
    assert {"declaration.md", "huawei-dispute.md", "list-that-grew.md", "date-line.md"} <= STORIES.keys()


@pytest.mark.parametrize("name", STORIES)
def test_story_has_six_to_nine_steps_of_readable_length_and_ends_with_an_overview(name: str) -> None:
    steps = split_steps(STORIES[name])
    assert 6 <= len(steps) <= 9
    assert [step.partition("\n")[0] for step in steps if not 85 <= count_words(step) <= 145] == []
    assert "\noverview: true\n" in steps[-1]


@pytest.mark.parametrize("name", STORIES)
def test_every_footnote_is_defined_and_used_and_names_an_address(name: str) -> None:
    text = STORIES[name]
    notes = dict(re.findall(r"(?m)^\[\^(\w+)\]: (.*(?:\n    .*)*)", text))
    assert notes.keys() == set(re.findall(r"\[\^(\w+)\](?!:)", text))
    assert [note for note, words in notes.items() if not re.search(r"\]\(https?://[^)\s]+\)", words)] == []


@pytest.mark.parametrize("name", STORIES)
def test_every_step_but_the_overview_cites_a_source(name: str) -> None:
    assert [step.partition("\n")[0] for step in split_steps(STORIES[name])[:-1] if "[^" not in step] == []


@pytest.mark.parametrize("name", STORIES)
def test_every_link_between_stories_leads_to_a_step(name: str) -> None:
    links = re.findall(r"\]\(([\w-]+\.md)(?:#([\w-]+))?\)", STORIES[name])
    assert links
    assert [(story, step) for story, step in links if step and step not in list_addresses(STORIES[story])] == []


@pytest.mark.parametrize("name", STORIES)
def test_every_place_is_defined_in_geo(name: str) -> None:
    fields = re.findall(r"(?m)^place: \[?(.*?)\]?$", STORIES[name])
    named = {place.strip() for field in fields for place in field.split(",")}
    named |= set(re.findall(r"\]\(place:([\w-]+)\)", STORIES[name]))
    assert named
    assert named - SPELLINGS == set()


@pytest.mark.parametrize("name", STORIES)
def test_a_czech_edition_cites_and_links_as_its_original_does(name: str) -> None:
    text, edition = STORIES[name], EDITIONS[name.replace(".md", ".cs.md")]
    ids = re.findall(r"(?m)^id: ([\w-]+)$", edition)
    assert ids == list_addresses(text)
    for own, theirs in zip(split_steps(edition), split_steps(text), strict=True):
        heading = own.partition("\n")[0]
        assert set(re.findall(r"\[\^\w+\]", own)) == set(re.findall(r"\[\^\w+\]", theirs)), heading
        links = r"\]\(((?:[\w-]+\.md|place:|geo:)[^)\s]*)\)"
        assert re.findall(links, own) == re.findall(links, theirs), heading
    outside = r"\]\((https?://[^)\s]+)\)"
    assert re.findall(outside, edition) == re.findall(outside, text)
    years = r"(?<![\d/.:-])(?:15|18|19|20)\d\d(?![\d/-])"
    told, cited = (re.sub(outside, "", one.partition("\n---\n")[2]) for one in (edition, text))
    assert set(re.findall(years, told)) == set(re.findall(years, cited))


@pytest.mark.parametrize("name", EDITIONS)
def test_no_line_of_a_czech_edition_ends_with_a_preposition(name: str) -> None:
    text = re.sub(r"\]\([^)]*\)", "]", EDITIONS[name])
    assert re.findall(r"(?m).*(?<![\w\u00a0.])[ksvzouaiKSVZOUAI]$", text) == []
    assert not re.search(r'(?m)^(?!!!!|\?\?\?).*"', text.partition("\n---\n")[2]), "Czech has „…“"


def test_the_call_has_the_address_that_others_link_to() -> None:
    assert "the-call" in list_addresses(STORIES["declaration.md"])


def test_the_day_of_the_call_on_which_sources_differ_is_footnoted() -> None:
    note = re.search(r"(?m)^\[\^date\]:.*(\n    .*)*", STORIES["declaration.md"])
    assert note
    assert "6 May" in note[0]
    assert "5 May" in note[0]


def test_every_feature_is_complete_and_its_id_is_its_own() -> None:
    ids = [feature["properties"]["id"] for feature in FEATURES]
    assert len(set(ids)) == len(ids)
    assert [place for place in ids if make_slug(place) != place] == []
    for feature in FEATURES:
        assert all(feature["properties"][key] for key in ("name", "category", "country", "description", "source"))


def test_no_spelling_means_two_places() -> None:
    spellings = [
        spelling.casefold()
        for feature in FEATURES
        for spelling in {feature["properties"]["name"], *feature["properties"]["aliases"]}
    ]
    assert len(set(spellings)) == len(spellings)


def test_longitude_comes_first() -> None:
    """The Czech and Belgian places lie in Europe, the American west of Greenwich, the Chinese east of 100°."""
    for feature in FEATURES:
        lon, lat = feature["geometry"]["coordinates"]
        inside = {
            "CZ": 12 < lon < 19 and 48.5 < lat < 51.1,
            "BE": 2.5 < lon < 6.5 and 49.4 < lat < 51.6,
            "US": -77.2 < lon < -76.9 and 38.7 < lat < 39,
            "CN": 113 < lon < 117 and 22 < lat < 41,
        }
        assert inside[feature["properties"]["country"]], feature["properties"]["id"]


def test_the_list_is_as_long_and_as_mixed_as_its_story_says() -> None:
    with (ROOT / "stories" / "signatories.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    forms = [row["form"] for row in rows]
    assert (len(rows), forms.count("joint declaration"), forms.count("memorandum of understanding")) == (12, 8, 4)
    assert [row["signed"] for row in rows] == sorted(row["signed"] for row in rows)
    assert all(row["signed"].startswith(row["year"]) for row in rows)
