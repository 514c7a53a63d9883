"""Frame each step: its fields and places become the view that the map has to show."""

from __future__ import annotations

from collections.abc import Sequence

from storymap.earth.bounds import bounds_of_geometry, bounds_of_points, center_of_bounds, union_bounds
from storymap.earth.coordinates import CoordinateError, parse_coordinates
from storymap.earth.mercator import wrap_longitude
from storymap.earth.views import INHABITED, fit_bounds, fit_view, view_at, view_of_bounds
from storymap.errors import Report
from storymap.figures import FIGURES
from storymap.model.layer import DataLayer, Leg
from storymap.model.place import Bounds, LonLat, Place
from storymap.model.scene import View
from storymap.model.track import Stage
from storymap.reading.fields import StepFields
from storymap.resolving.closer import Closer


def frame_places(
    places: Sequence[Place],
    legs: Sequence[Leg] = (),
    stages: Sequence[Stage] = (),
    layers: Sequence[DataLayer] = (),
    pictures: Sequence[Bounds] = (),
    closest: float | None = None,
) -> View:
    """The view that shows all of these: `legs` are lines between places; the world where there are none.

    `stages` are parts of tracks, `layers` have the author's data, `pictures` are where pictures lie on the ground.
    `closest` is how close points may come, as in `fit_view`.
    """
    boxes = [bounds_of_points(LonLat(point.lon, point.lat) for point in stage.points) for stage in stages]
    boxes += [bounds_of_geometry(feature.shape) for layer in layers for feature in layer.features]
    boxes += pictures
    if boxes:
        gone = [*boxes[: len(stages)], *(place.bounds for place in places)]
        return fit_bounds(_turn_to(gone, union_bounds([*boxes, *(place.bounds for place in places)])))
    if not places:
        return view_of_bounds(INHABITED)
    view = fit_view(places, closest=closest)
    points = [point for leg in legs for part in leg.parts for point in part]
    if not points or all(view.bounds.contains(point) for point in points):
        return view
    return view_of_bounds(union_bounds([view.bounds, bounds_of_points(points)]))


def _turn_to(gone: Sequence[Bounds], bounds: Bounds) -> Bounds:
    """`bounds`; those of the whole world turned to what lies in `gone`, where that crosses 180°.

    Else the world would be cut just where the story is.
    """
    if not gone or bounds.width < FIGURES.frame.round_the_world:
        return bounds
    seen = union_bounds(gone)
    if not seen.crosses_antimeridian:
        return bounds
    middle, half = center_of_bounds(seen).lon, FIGURES.frame.round_the_world / 2
    return Bounds(wrap_longitude(middle - half), bounds.south, wrap_longitude(middle + half), bounds.north)


def frame_step(
    fields: StepFields,
    *,
    places: Sequence[Place],
    legs: Sequence[Leg],
    data: Sequence[DataLayer] = (),
    stage: Stage | None = None,
    pictures: Sequence[Bounds] = (),
    ways: Sequence[View] = (),
    before: View | None,
    overview: View,
    closest: float,
    closer: Closer,
    report: Report,
) -> tuple[View, bool]:
    """The view of a step and whether it moves the map.

    `legs` are the lines between its own places, `data` the author's data that it brings, `stage` the part of a track
    that it goes, `pictures` where its pictures lie; `ways` are views of the story's tracks, the one gone last first:
    a spot on one is shown as closely as that. `before` is the view of the step before it (None for the first),
    `overview` frames the whole story. `closest` is the closest zoom that the site's maps can serve, `closer` how close
    places come by themselves; a spot does so on ground that invites. Of the fields,
    `bounds` counts first, then `overview`, `center` and `zoom`, then the places, the track and the picture, then the
    data; a step with none of them keeps the map where it was.
    """
    if fields.bounds is not None:
        bounds = _read_bounds(fields, report)
        return (view_of_bounds(bounds), True) if bounds else (overview, True)
    if fields.overview:
        return overview, True
    stages = (stage,) if stage else ()
    if places or stages or pictures:
        own = closer if len({place.point for place in places}) > 1 else closer.inviting
        natural = own.frame(lambda most: frame_places(places, legs, stages, pictures=pictures, closest=most))
        natural = next((way for way in ways if _is_closer(way, natural, places)), natural)
    else:
        natural = frame_places((), layers=data) if data else before or overview
    if fields.center is None and fields.zoom is None:
        return natural, bool(places or stage or pictures or data) or before is None
    center = _read_center(fields, report) if fields.center is not None else None
    if center is None:
        center = places[0].point if len(places) == 1 else center_of_bounds(natural.bounds)
    return view_at(center, natural.zoom if fields.zoom is None else fields.zoom, closest=closest), True


def _is_closer(way: View, natural: View, places: Sequence[Place]) -> bool:
    """Whether the view of a track shows these places closer than they ask by themselves."""
    return way.zoom > natural.zoom and union_bounds([way.bounds, *(place.bounds for place in places)]) == way.bounds


def _read_bounds(fields: StepFields, report: Report) -> Bounds | None:
    assert fields.bounds is not None
    west, south, east, north = fields.bounds
    turned = south, west, north, east
    at = fields.where("bounds")
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= 90 and -90 <= north <= 90):
        report.error(
            "bad-bounds",
            f'"{_write_numbers(fields.bounds)}" lies outside the earth',
            at,
            help=f"west stands first, then south, east and north: did you mean [{_write_numbers(turned)}]?"
            if -90 <= west < east <= 90 and -180 <= south < north <= 180
            else "write west, south, east, north in degrees: [12.1, 48.5, 18.9, 51.1]",
        )
    elif south >= north or west == east:
        report.error(
            "bad-bounds",
            f'"{_write_numbers(fields.bounds)}" is empty: south must be less than north',
            at,
            help="write west, south, east, north; west above east crosses 180°",
        )
    else:
        return Bounds(west, south, east, north)
    return None


def _write_numbers(numbers: Sequence[float]) -> str:
    """Numbers as an author writes them."""
    return ", ".join(f"{number:g}" for number in numbers)


def _read_center(fields: StepFields, report: Report) -> LonLat | None:
    assert fields.center is not None
    at = fields.where("center")
    try:
        found = parse_coordinates(fields.center)
    except CoordinateError as error:
        report.error(error.code, str(error), at, help=error.help)
        return None
    if found is None:
        report.error(
            "bad-coordinates", f'"{fields.center}" is no pair of coordinates', at, help="write 50.0790, 14.4306"
        )
        return None
    return found.point
