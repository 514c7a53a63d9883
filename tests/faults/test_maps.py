"""Maps that real projects asked for and did not get."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Lay = Callable[[str], Any]


def test_an_option_that_json_cannot_hold_is_a_failed_hook(fault: Lay) -> None:
    outcome = fault("attacks/hook-option-not-json").build()
    assert outcome.exit_code == 1
    assert "error[hook-failed]: the map hook failed with TypeError: " in outcome.output


def test_plugins_come_after_leaflet_and_the_site_says_whom_it_asks(fault: Lay) -> None:
    project = fault("hook-offline-cluster")
    outcome = project.build()
    assert outcome.exit_code == 0
    assert "needs no network" not in outcome.output
    assert "its maps ask cdn.jsdelivr.net, cdnjs.cloudflare.com" in outcome.output
    page = project.page("voda.html")
    assert 0 < page.index("assets/storymap.js") < page.index("storymap.start(") < page.index("leaflet.markercluster.js")
    assert page.index("leaflet.markercluster.js") < page.index("L.markerClusterGroup")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the author's own file stays open
def test_a_choropleth_brings_its_script_after_the_map(fault: Lay) -> None:
    project = fault("hook-offline")
    outcome = project.build()
    assert "its maps ask cdnjs.cloudflare.com" in outcome.output
    page = project.page("ceny-bytu.html")
    assert page.index("storymap.start(") < page.index("d3.min.js") < page.index("d3.scale")


def test_a_picture_over_the_map_comes_along(fault: Lay) -> None:
    project = fault("imageoverlay")
    assert "needs no network" in project.build().output
    assert ".leaflet-image-layer" in project.page("o.html")
