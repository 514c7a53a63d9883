"""The plane, alike for one point, for many and in the browser, which reads the same cases."""

import json
from pathlib import Path

import numpy as np
import pytest

from storymap.earth.mercator import (
    MERCATOR_LIMIT,
    project_latitude,
    project_longitude,
    project_points,
    unproject_points,
    unproject_x,
    unproject_y,
    width_at,
    world_pixels,
    zoom_of,
)

CASES = json.loads(Path(__file__).parent.with_name("cases").joinpath("mercator.json").read_text())
POINTS = [pytest.param(case, id=f"{case['lon']} {case['lat']}") for case in CASES["points"]]


@pytest.mark.parametrize("case", POINTS)
def test_a_point_lies_where_the_cases_say_and_comes_back(case):
    x, y = project_longitude(case["lon"]), project_latitude(case["lat"])
    assert (x, y) == pytest.approx((case["x"], case["y"]), abs=1e-12)
    assert unproject_x(x) == pytest.approx(case["lon"], abs=1e-9)
    assert unproject_y(y) == pytest.approx(max(-MERCATOR_LIMIT, min(MERCATOR_LIMIT, case["lat"])), abs=1e-9)
    assert width_at(case["lat"]) == pytest.approx(case["kilometres"], rel=1e-12)


def test_many_points_lie_where_each_alone_does():
    degrees = np.array([(case["lon"], case["lat"]) for case in CASES["points"]], dtype=float)
    plane = project_points(degrees)
    assert plane == pytest.approx(np.array([(case["x"], case["y"]) for case in CASES["points"]]), abs=1e-12)
    back = np.clip(degrees, (-np.inf, -MERCATOR_LIMIT), (np.inf, MERCATOR_LIMIT))
    assert unproject_points(plane) == pytest.approx(back, abs=1e-9)


@pytest.mark.parametrize("case", CASES["zooms"])
def test_a_zoom_has_its_pixels(case):
    assert world_pixels(case["zoom"]) == pytest.approx(case["pixels"])
    assert zoom_of(case["pixels"]) == pytest.approx(case["zoom"])
