"""Maps that real projects asked for and did not get."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

Lay = Callable[[str], Any]


def test_an_option_that_json_cannot_hold_is_a_failed_hook(fault: Lay) -> None:
    outcome = fault("attacks/hook-option-not-json").build()
    assert outcome.exit_code == 1
    assert "error[hook-failed]: the map hook failed with TypeError: " in outcome.output


def test_plugins_come_after_leaflet_and_with_the_site(fault: Lay) -> None:
    project = fault("hook-offline-cluster")
    outcome = project.build()
    assert outcome.exit_code == 0
    assert "needs no network" in outcome.output
    page = project.page("voda.html")
    assert 0 < page.index("assets/whole.js") < page.index("storymap.start(") < page.index("leaflet.markercluster.js")
    assert page.index("leaflet.markercluster.js") < page.index("L.markerClusterGroup")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the author's own file stays open
def test_a_choropleth_brings_its_script_after_the_map(fault: Lay) -> None:
    project = fault("hook-offline")
    outcome = project.build()
    assert "needs no network" in outcome.output
    page = project.page("ceny-bytu.html")
    assert page.index("storymap.start(") < page.index("d3/d3.js") < page.index("d3.scale")


def test_a_picture_over_the_map_comes_along(fault: Lay) -> None:
    project = fault("imageoverlay")
    assert "needs no network" in project.build().output
    assert ".leaflet-image-layer" in project.page("o.html")


def test_with_tiles_steps_are_framed_as_closely_as_they_ask(fault: Lay) -> None:
    project = fault("tiles-bounds")
    assert project.build().exit_code == 0
    data = re.search(r'id="storymap-data">(.*?)</script>', project.page("t.html"))
    assert data is not None
    payload = json.loads(data[1])
    bounds, zoom, alone = (step["view"] for step in payload["steps"])
    assert bounds == [15.42, 50.74, 15.54, 50.79]
    assert zoom[2] - zoom[0] == pytest.approx(800 / 256 / 2**13 * 360, abs=1e-4)
    assert alone[2] - alone[0] < 0.2
    assert payload["maxZoom"] >= 15
    assert '"zoomSnap": 0' in project.page("t.html")
