"""The public API: what `storymap.__all__` names exists, is documented, and costs nothing until it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import storymap


@pytest.mark.parametrize("name", storymap.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    member = getattr(storymap, name)
    assert (member.__doc__ or "").strip()


def test_the_public_names_are_exactly_those_that_have_a_home() -> None:
    assert storymap.__all__ == sorted(storymap._HOMES)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'story'"):
        _ = storymap.story


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = {"folium", "geopandas", "shapely", "markdown", "pandas", "numpy", "pydantic"}
    script = f"import storymap, sys; print(*sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""
