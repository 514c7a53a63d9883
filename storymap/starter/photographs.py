"""Make steps of a folder of photographs: in the order of time, those of one spot and one hour together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from storymap.cleaning.files import is_readable_heic
from storymap.cleaning.heic import HEIC_ENDINGS, INSTALL, expect_heic
from storymap.earth.distance import measure_distance
from storymap.gazetteer.builtin import BuiltinGazetteer
from storymap.gazetteer.describe import name_surroundings
from storymap.model.place import LonLat
from storymap.photographs.reading import ENDINGS, UNSHOWN_ENDINGS, PhotographError, read_photograph
from storymap.starter.steps import NewStep
from storymap.text.ordering import order_naturally

_SPOT_KILOMETRES = 0.05
"""How far apart two photographs are of one spot: as far as a telephone may be wrong, and across a square."""

_VISIT = timedelta(hours=1)
"""How long after the photograph before it one may be taken on the same visit."""

_NOWHERE = "More pictures"
"""The title of a step whose photographs tell nothing."""


class TakenPhotograph(Struct, frozen=True):
    """A photograph of the folder: its position or None, and its local time as ISO 8601 writes it, or empty."""

    file: Path
    position: LonLat | None
    taken: str

    @property
    def moment(self) -> datetime | None:
        """When it was taken, where that is noted; taken for a time of Greenwich where no zone is."""
        moment = datetime.fromisoformat(self.taken) if self.taken else None
        return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None


class PhotographFolder(Struct, frozen=True):
    """The photographs of a folder in the order of time, and the files that are left out, each with the reason."""

    photographs: tuple[TakenPhotograph, ...]
    left_out: tuple[tuple[Path, str], ...]


def read_folder(folder: Path) -> PhotographFolder:
    """Read every photograph that stands directly in `folder`. Raises `OSError`."""
    found: list[TakenPhotograph] = []
    left_out: list[tuple[Path, str]] = []
    for file in sorted(folder.iterdir(), key=lambda file: order_naturally(file.name)):
        suffix = file.suffix.lower()
        if file.name.startswith((".", "~")) or suffix not in ENDINGS | UNSHOWN_ENDINGS or not file.is_file():
            continue
        if suffix in UNSHOWN_ENDINGS and not is_readable_heic(file.name):
            way = f"{INSTALL}, or save it as JPEG" if suffix in HEIC_ENDINGS else "save it as JPEG"
            left_out.append((file, f"is not shown by browsers: {way}"))
            continue
        try:
            with file.open("rb") as opened:
                expect_heic(opened)
                photograph = read_photograph(opened)
        except (OSError, PhotographError) as error:
            left_out.append((file, str(error) if isinstance(error, PhotographError) else "cannot be read"))
            continue
        found.append(TakenPhotograph(file, photograph.position, photograph.taken))
    return PhotographFolder(_order(found), tuple(left_out))


def step_photographs(photographs: Sequence[TakenPhotograph], builtin: BuiltinGazetteer) -> Iterator[NewStep]:
    """A step for each visit of a spot, called by the town that is near and the time of day: "Prague, 14:30"."""
    for visit in _part_visits(photographs):
        placing = next((photograph for photograph in visit if photograph.position), None)
        first = visit[0].taken
        where = name_surroundings(placing.position, builtin) if placing and placing.position else ""
        yield NewStep(
            title=", ".join(filter(None, (where, first[11:16]))) or _NOWHERE,
            begins=first,
            place=placing.file if placing else None,
            date=first if first and not (placing and placing.taken) else "",
            pictures=tuple(photograph.file for photograph in visit),
        )


def _order(photographs: Iterable[TakenPhotograph]) -> tuple[TakenPhotograph, ...]:
    """By time, those without one last; by clocks on the wall unless every camera noted its zone."""
    found = list(photographs)
    timed = [photograph for photograph in found if photograph.taken]
    zoned = all(datetime.fromisoformat(photograph.taken).tzinfo for photograph in timed)

    def order(photograph: TakenPhotograph) -> tuple[bool, str]:
        moment = photograph.moment
        if moment is None:
            return True, ""
        return False, moment.astimezone(UTC).isoformat() if zoned else photograph.taken[:16]

    return tuple(sorted(found, key=order))


def _part_visits(photographs: Sequence[TakenPhotograph]) -> list[list[TakenPhotograph]]:
    visits: list[list[TakenPhotograph]] = []
    for photograph in photographs:
        if visits and _belongs(photograph, visits[-1]):
            visits[-1].append(photograph)
        else:
            visits.append([photograph])
    return visits


def _belongs(photograph: TakenPhotograph, visit: Sequence[TakenPhotograph]) -> bool:
    """Whether `photograph` was taken on the `visit`: soon after its last, and at its spot unless one notes none."""
    before, after = visit[-1].moment, photograph.moment
    if (before is None) != (after is None) or (before and after and after - before > _VISIT):
        return False
    spot = next((one.position for one in visit if one.position), None)
    if photograph.position is None or spot is None:
        return photograph.position is spot or before is not None
    return measure_distance(spot, photograph.position)[0] <= _SPOT_KILOMETRES
