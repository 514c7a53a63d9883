"""A licence is what those say who spread a package; where nobody says one, none is made up."""

from __future__ import annotations

import pytest

from storymap.building.licensing import find_description, find_licence


@pytest.mark.parametrize(
    ("address", "description"),
    [
        (
            "https://cdn.jsdelivr.net/npm/leaflet-ant-path@1.1.2/dist/a.min.js",
            "npm/leaflet-ant-path@1.1.2/package.json",
        ),
        ("https://cdn.jsdelivr.net/npm/@scope/name/dist/a.js", "npm/@scope/name/package.json"),
        ("https://cdn.jsdelivr.net/gh/jieter/Leaflet.Sync/L.Map.Sync.min.js", "gh/jieter/Leaflet.Sync/package.json"),
        ("https://unpkg.com/leaflet.boatmarker/leaflet.boatmarker.min.js", "unpkg.com/leaflet.boatmarker/package.json"),
        ("https://unpkg.com/@geoman-io/a@latest/dist/b.js", "https://unpkg.com/@geoman-io/a@latest/package.json"),
        (
            "https://cdnjs.cloudflare.com/ajax/libs/leaflet.draw/1.0.2/leaflet.draw.js",
            "https://api.cdnjs.com/libraries/leaflet.draw?fields=license",
        ),
        ("https://example.org/npm.js", ""),
        ("https://teastman.github.io/Leaflet.pattern/leaflet.pattern.js", ""),
        ("vendor/badge.js", ""),
    ],
)
def test_a_package_describes_itself_beside_its_files(address: str, description: str) -> None:
    found = find_description(address)
    assert found.endswith(description)
    assert bool(found) == bool(description)


@pytest.mark.parametrize(
    ("said", "licence"),
    [
        (b'{"license": "MIT"}', "MIT"),
        (b'{"license": {"type": "BSD-2-Clause"}}', "BSD-2-Clause"),
        (b'{"licenses": [{"type": "MIT"}, {"type": "GPL-2.0"}]}', "MIT OR GPL-2.0"),
        (b'{"license": ""}', ""),
        (b'{"license": 7}', ""),
        (b"[]", ""),
        (b"no JSON", ""),
    ],
)
def test_a_licence_is_read_however_it_is_written(said: bytes, licence: str) -> None:
    assert find_licence("https://unpkg.com/a/b.js", lambda _: said) == licence


def test_a_server_that_does_not_answer_names_no_licence() -> None:
    def fail(_: str) -> bytes:
        raise OSError

    assert find_licence("https://unpkg.com/a/b.js", fail) == ""
