"""Resolve a story: fields become views and lines, links become addresses, prose is finished.

The only stage that knows both what an author wrote (`storymap.reading`) and where things are (`storymap.gazetteer`).
What the story's names mean, which files it has and what it was once called are handed in, so that the same source and
the same answers always make the same story.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from storymap.earth import picture_plane
from storymap.earth.bounds import bounds_of_points
from storymap.earth.course import Course
from storymap.earth.views import CLOSEST_ZOOM, GROUND_ZOOM
from storymap.errors import Report
from storymap.layers.branches import Branches
from storymap.layers.image import Image
from storymap.layers.kinds import choose_script, draw
from storymap.layers.track import Track
from storymap.model.close_ground import CloseGround
from storymap.model.collection import StoryCollection
from storymap.model.data import Dataset
from storymap.model.ground import NO_EARTH, GroundDetail
from storymap.model.layer import DataLayer, Leg, LineStyle
from storymap.model.place import Place
from storymap.model.prose import Prose
from storymap.model.raster import Raster
from storymap.model.scene import Scene, View
from storymap.model.sign import Sign
from storymap.model.story import Step, Story
from storymap.model.track import Stage, TrackFile
from storymap.reading.image_fields import OPACITY
from storymap.reading.site_fields import SiteFields
from storymap.reading.source import StorySource
from storymap.reading.values import MAX_ZOOM
from storymap.reading.written import WrittenProse
from storymap.resolving.branches import draw_branches
from storymap.resolving.closer import Closer
from storymap.resolving.comparing import compare_layers, find_side
from storymap.resolving.data_layers import StoryData, show_data
from storymap.resolving.ground_pictures import settle_pictures
from storymap.resolving.grounds import show_grounds
from storymap.resolving.links import LinkedStep
from storymap.resolving.names import StoryNames
from storymap.resolving.picture_places import name_spots
from storymap.resolving.prose import resolve_prose
from storymap.resolving.rights import credit_story, head_story, list_rights
from storymap.resolving.routes import Walk, draw_arrival, draw_legs, find_route
from storymap.resolving.scenes import NO_TRACK, number_places, show_passage, show_step, show_story
from storymap.resolving.story_file import StoryFile, list_scaled
from storymap.resolving.swapped_bounds import tell_swapped_bounds
from storymap.resolving.swapped_layers import tell_swapped_layers
from storymap.resolving.tracks import choose_stages
from storymap.resolving.views import frame_places, frame_step
from storymap.settings.model import Settings
from storymap.text.slugs import make_slug

if TYPE_CHECKING:
    from storymap.resolving.sheets import Sheet


class StoryDefaults(Struct, frozen=True):
    """What the site decides where a story says nothing, and the closest zoom that its maps can serve.

    `site` are the layers that any story may show, `detail` how much of today's world its maps do, `signs` those of the
    categories by their names in lower case. With `downloads` pages offer places as files, with `embeds` what
    is shown elsewhere is shown on a page, too, when a reader wants it. `grounds` let maps come closer by themselves.
    """

    lang: str
    line: LineStyle
    closest: float
    site: SiteFields
    detail: GroundDetail
    signs: Mapping[str, Sign]
    downloads: bool = False
    embeds: bool = True
    grounds: tuple[CloseGround, ...] = ()

    @classmethod
    def of(
        cls, settings: Settings, site: SiteFields, signs: Mapping[str, Sign], grounds: tuple[CloseGround, ...] = ()
    ) -> StoryDefaults:
        """The defaults that `settings` give."""
        closest = MAX_ZOOM if settings.tiles else CLOSEST_ZOOM
        return cls(
            settings.lang,
            settings.line,
            closest,
            site,
            settings.ground.detail,
            signs,
            settings.downloads,
            settings.embeds,
            grounds,
        )


def resolve_story(
    source: StorySource,
    names: StoryNames,
    *,
    files: Mapping[str, StoryFile],
    story_links: Mapping[str, LinkedStep],
    aliases: tuple[str, ...],
    defaults: StoryDefaults,
    datasets: Sequence[Dataset] = (),
    tracks: Sequence[TrackFile] = (),
    rasters: Sequence[Raster] = (),
    sheet: Sheet | None = None,
    collection: StoryCollection | None = None,
    report: Report,
) -> Story:
    """The story that `source` tells, with everything it names found.

    `files` are its pictures and linked files by their paths as written, `story_links` the steps and stories that
    it links to by their targets, `datasets` the data of its layers, `tracks` the files of its tracks, `rasters` the
    pictures on its ground, `sheet` the picture that it is told on instead of the earth, whose positions its source has
    already. `collection` is the one that it belongs to, if any. Mistakes go to `report`; what comes back is whole only
    if there are none.
    """
    if sheet:
        names = name_spots(source, names, sheet.picture)
    front = source.front
    lang = front.lang or defaults.lang
    cover = files.get(front.cover.file) if front.cover else None
    credits = credit_story(source, files)
    finish = partial(
        resolve_prose, files=files, story_links=story_links, credits=credits, lang=lang, embeds=defaults.embeds
    )
    read = {track.path: track for track in tracks}
    style: LineStyle = front.line or ("route" if front.track else defaults.line)
    steps, opening = _resolve_steps(
        source,
        names,
        style=style,
        route=find_route(source, names, style, read, report),
        sheet=sheet,
        closest=picture_plane.CLOSEST_ZOOM if sheet else defaults.closest,
        closer=Closer(() if sheet else defaults.grounds),
        details=(NO_EARTH, (NO_EARTH,) * len(source.steps)) if sheet else show_grounds(source, defaults.detail),
        stages=choose_stages(source.steps, read, report),
        branches=draw_branches(source, names, read, report),
        images=_lay_images(source, rasters),
        data=show_data(source, defaults.site, datasets, signs=defaults.signs, lang=lang, report=report),
        finish=finish,
        report=report,
    )
    head = head_story(source, files, credits)
    text = (finish(source.opening, names.opening_links), *(step.prose for step in steps))
    notes = finish(source.notes, names.notes_links)
    return Story(
        id=source.id,
        title=source.title,
        summary=front.summary or "",
        lang=lang,
        authors=front.authors or front.author or (),
        when=front.date,
        opening=text[0],
        notes=notes,
        steps=steps,
        scene=opening,
        files=tuple(sorted({path for file in files.values() for path in file.published})),
        cover=cover.as_cover() if cover else None,
        rasters=tuple(rasters),
        aliases=aliases,
        draft=front.draft or (collection is not None and collection.draft),
        at=source.at,
        script=choose_script(
            {draw(layer).kind for scene in (opening, *(step.scene for step in steps)) for layer in scene.layers}
        ),
        picture=sheet.picture if sheet else None,
        # A spot of a picture lies nowhere on the earth.
        downloads=sheet is None and (defaults.downloads if front.downloads is None else front.downloads),
        published=front.published or "",
        updated=front.updated or "",
        tags=_join_tags(front.tags or (), collection.tags if collection else ()),
        leads=source.front.lead,
        # Among those of a collection, its order says nothing of its place on the site.
        has_order=source.front.order is not None and collection is None,
        collection=collection,
        scaled=list_scaled(files),
        head=head,
        rights=list_rights((*text, notes), head, credits),
    )


def _join_tags(own: Sequence[str], shared: Sequence[str]) -> tuple[str, ...]:
    """The tags of a story, and behind them those that all stories of its collection have."""
    known = set(map(make_slug, own))
    return (*own, *(tag for tag in shared if make_slug(tag) not in known))


def _resolve_steps(
    source: StorySource,
    names: StoryNames,
    *,
    style: LineStyle,
    route: Stage | None,
    sheet: Sheet | None,
    closest: float,
    closer: Closer,
    details: tuple[GroundDetail, tuple[GroundDetail, ...]],
    stages: Sequence[Stage | None],
    branches: Sequence[Branches],
    images: Sequence[tuple[Image, ...]],
    data: StoryData,
    finish: Callable[[WrittenProse, Sequence[Place]], Prose],
    report: Report,
) -> tuple[tuple[Step, ...], Scene]:
    """The steps, and the scene that frames them all with the lines between them."""
    arrivals: list[tuple[Leg, ...]] = []
    legs_of: list[tuple[Leg, ...]] = []
    last: Sequence[Place] = ()
    walk = Walk(Course.of(route)) if route else None
    for step, named, stage in zip(source.steps, names.steps, stages, strict=True):
        own = step.fields.line or style
        way_in = "none" if stage else own if len(named.places) == 1 else style
        arrivals.append(draw_arrival(last, named.places, way_in, walk))
        legs_of.append(draw_legs(named.places, own, walk))
        last = named.places or last
    way = tuple(leg for legs in zip(arrivals, legs_of, strict=True) for part in legs for leg in part)
    layers = [*data.opening, *(layer for shown in data.steps for layer in shown)]
    places = [place for named in names.steps for place in named.places]
    gone = [stage for stage in stages if stage]
    boxes = [image.raster.bounds for shown in images for image in shown]
    boxes += [bounds_of_points(point for run in branch.parts for point in run) for branch in branches[0].branches]

    def frame_all(most: float | None) -> View:
        return sheet.whole if sheet else frame_places(places, way, gone, layers, boxes, closest=most)

    frame_all_steps = partial(_frame_steps, source, names, legs_of, stages, images, data, route=route, closest=closest)
    inviting = closer.inviting
    overview = inviting.frame(frame_all)
    views = frame_all_steps(overview=overview, closer=inviting, report=report)
    nearest = max((view.zoom for view, _ in views), default=0.0)
    if closer != inviting and nearest > GROUND_ZOOM:
        # As close as the author brings the closest of its steps, the others and the whole of the story may come, too.
        overview = replace(closer, closest=min(nearest, closer.closest)).frame(frame_all)
        views = frame_all_steps(overview=overview, closer=replace(closer, closest=nearest), report=Report())
    if not sheet:
        _tell_swapped_bounds(source, names, stages, layers, report)
        tell_swapped_layers([[place.bounds for place in named.places] for named in names.steps], data.steps, report)
    zoom = max((view.zoom for view, _ in views), default=overview.zoom)
    marks = number_places([named.places for named in names.steps])
    steps: list[Step] = []
    drawn: list[Leg] = []
    came_from: Place | None = None
    for step, named, arrival, legs, pictured, shown, detail, (view, moves) in zip(
        source.steps, names.steps, arrivals, legs_of, images, data.steps, details[1], views, strict=True
    ):
        drawn += (*arrival, *legs)
        seen = [image for image in pictured if step.fields.pictures or view.bounds.meets(image.raster.bounds)]
        lying, fill = (*seen, *shown), named.highlight
        laid = (*lying, branches[step.number], _go_track(stages, step.number, zoom), *compare_layers(lying))
        if named.places:
            scene = show_step(
                view,
                number=step.number,
                places=named.places,
                arrival=arrival,
                legs=legs,
                fill=fill,
                laid=laid,
                detail=detail,
                came_from=came_from,
            )
            came_from = named.places[-1]
        else:
            is_overview = view == overview
            scene = show_passage(
                view, marks=marks, legs=drawn, fill=fill, is_overview=is_overview, laid=laid, detail=detail
            )
        scene = replace(scene, alt=step.fields.alt or "")
        steps.append(
            Step(
                number=step.number,
                id=step.id,
                title=step.title,
                title_html=step.title_html,
                prose=finish(step.prose, named.links),
                places=named.places,
                scene=sheet.lay_under(scene) if sheet else scene,
                moves_map=moves,
                when=step.fields.date or named.when,
                at=step.at,
            )
        )
    laid = (*data.opening, branches[0], _go_track(stages, len(stages) + 1, zoom))
    opening = show_story(overview, marks, way, laid=laid, detail=details[0])
    return tuple(steps), sheet.lay_under(opening) if sheet else opening


def _frame_steps(
    source: StorySource,
    names: StoryNames,
    legs_of: Sequence[tuple[Leg, ...]],
    stages: Sequence[Stage | None],
    images: Sequence[tuple[Image, ...]],
    data: StoryData,
    *,
    route: Stage | None,
    overview: View,
    closest: float,
    closer: Closer,
    report: Report,
) -> list[tuple[View, bool]]:
    """The view of each step, and whether it moves the map."""
    views: list[tuple[View, bool]] = []
    ways = [frame_places((), stages=(stage,)) if stage else None for stage in (*stages, route)]
    for step, named, legs, stage, laid, shown in zip(
        source.steps, names.steps, legs_of, stages, images, data.steps, strict=True
    ):
        framed = frame_step(
            step.fields,
            places=named.places,
            legs=legs,
            data=shown if step.fields.layer_names or step.fields.layers is not None else (),
            stage=stage,
            pictures=[image.raster.bounds for image in laid if step.fields.pictures],
            ways=[way for way in (*reversed(ways[: step.number]), *ways[step.number :]) if way],
            before=views[-1][0] if views else None,
            overview=overview,
            closest=closest,
            closer=closer,
            report=report,
        )
        views.append(framed)
    return views


def _tell_swapped_bounds(
    source: StorySource,
    names: StoryNames,
    stages: Sequence[Stage | None],
    layers: Sequence[DataLayer],
    report: Report,
) -> None:
    """Warn of bounds that seem to have the latitude first, by what the steps, or else the story, go to."""
    if not any(step.fields.bounds or (step.fields.image and step.fields.image.bounds) for step in source.steps):
        return
    ways = [[frame_places((), stages=(stage,)).bounds] if stage else [] for stage in stages]
    shown = [[*(place.bounds for place in named.places), *way] for named, way in zip(names.steps, ways, strict=True)]
    known = [box for boxes in shown for box in boxes]
    known += [frame_places((), layers=[layer]).bounds for layer in layers if layer.features]
    tell_swapped_bounds(source, shown, known, report)


def _lay_images(source: StorySource, rasters: Sequence[Raster]) -> tuple[tuple[Image, ...], ...]:
    """The pictures on the ground of each step; one that cannot be read was told of."""
    sources = {raster.source: raster for raster in rasters}
    found = {(source.name, source.bounds, source.points, source.crs): raster for source, raster in sources.items()}
    return tuple(
        tuple(
            Image(
                raster,
                title=fields.title or PurePosixPath(raster.tileset.name if raster.tileset else raster.source.name).stem,
                opacity=OPACITY if fields.opacity is None else fields.opacity,
                side=find_side(path),
            )
            for path, fields in pictured.shown
            if (raster := found.get((fields.file or "", fields.bounds, fields.points or (), fields.crs or "")))
        )
        for pictured in settle_pictures(source)
    )


def _go_track(stages: Sequence[Stage | None], number: int, zoom: float) -> Track:
    """What step `number` shows of the tracks of all steps; a number beyond the last is the opening, which shows all."""
    if not any(stages):
        return NO_TRACK
    own = stages[number - 1] if number <= len(stages) else None
    behind = tuple(stage for stage in stages[: number - 1] if stage)
    return Track(own, behind, tuple(stage for stage in stages[number:] if stage), zoom)
