"""Time and memory that `storymap build` takes for inputs that are too much: each is done or refused, soon.

    python tests/bench/hostile_input.py [NAMES OF INPUTS]

Makes the inputs itself, in a folder of its own, and prints for each how large it is, how the build ended, seconds of
the processor and of the clock, megabytes at the peak, and what was told first. An input of 1 MB should take no more
than 10 s and 500 MB; one that takes two minutes is stopped.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

STORY = "---\ntitle: A\n---\n\n## There\nplace: Prague\n\nText.\n"
KML = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
)
GPX = '<?xml version="1.0"?><gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1">{}</gpx>'
SPOT = "<Placemark><name>{}</name><Point><coordinates>14,50</coordinates></Point></Placemark>"

Files = dict[str, str | bytes]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to: its exit code, seconds of the processor and the clock, megabytes, and its last words."""

    code: int
    processor: float
    clock: float
    megabytes: float
    words: str


def collect(features: Iterable[object]) -> str:
    """A FeatureCollection of `features`."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def feature(kind: str, coordinates: object, **properties: object) -> dict[str, object]:
    """A feature of that type of geometry."""
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": coordinates}}


def rows_off_the_earth() -> Files:
    """A table with its columns swapped."""
    return {"geo/x.csv": "name,lat,lon\n" + "".join(f"P{n},{100 + n / 1e5},10\n" for n in range(12_000))}


def rows_at_one_spot() -> Files:
    """As many rows as are read, all of them in one spot and of one name."""
    return {"geo/x.csv": "name,lat,lon\n" + "P,50,14\n" * 20_000}


def points_in_metres() -> Files:
    """A GeoJSON in metres that does not say so."""
    return {"geo/x.geojson": collect(feature("Point", [1_600_000 + n, 6_400_000], name=f"P{n}") for n in range(9_000))}


def doubled_keys() -> Files:
    """An object in which every key stands twice."""
    keys = ",".join(f'"k{n}":1,"k{n}":2' for n in range(30_000))
    return {"geo/x.geojson": '{"type":"FeatureCollection","features":[],' + keys + "}"}


def deep_json() -> Files:
    """Brackets within brackets."""
    return {"geo/x.geojson": "[" * 500_000 + "]" * 500_000}


def deep_aliases() -> Files:
    """Brackets within brackets, in a property that may hold a list."""
    return {"geo/x.geojson": collect([feature("Point", [14, 50], name="A", aliases="[" * 900_000)])}


def long_numbers() -> Files:
    """Numbers of 400 and of 100,000 digits, as coordinates, as ids and as names."""
    digits = "9" * 400
    text = collect(
        [feature("Point", [14, 50], name="N", id="I"), feature("LineString", [[14, 50], [15, 51]], name="M")]
    )
    text = text.replace('"N"', digits).replace('"I"', "7" * 100_000).replace("15,", f"{digits},").replace("15]", digits)
    return {"geo/x.geojson": text, "geo/y.csv": f"name,lat,lon\nA,{digits},14\n{digits},50,{'9' * 100_000}\n"}


def many_columns() -> Files:
    """A KML whose schema has 20,000 fields."""
    fields = "".join(f'<SimpleField type="string" name="f{n}"/>' for n in range(20_000))
    return {"geo/x.kml": KML.format(f'<Schema name="s" id="s">{fields}</Schema>{SPOT.format("A")}')}


def many_columns_and_rows() -> Files:
    """A KML whose schema has 8,000 fields, and 5,000 placemarks."""
    fields = "".join(f'<SimpleField type="string" name="f{n}"/>' for n in range(8_000))
    spots = "".join(SPOT.format(f"A{n}") for n in range(5_000))
    return {"geo/x.kml": KML.format(f'<Schema name="s" id="s">{fields}</Schema>{spots}')}


def many_folders() -> Files:
    """A KML of 3,000 folders."""
    folders = "".join(f"<Folder><name>F{n}</name>{SPOT.format(f'A{n}') * 3}</Folder>" for n in range(3_000))
    return {"geo/x.kml": KML.format(folders)}


def nested_folders() -> Files:
    """A KML of 20,000 folders, each within the one before."""
    return {"geo/x.kml": KML.format("<Folder>" * 20_000 + SPOT.format("A") + "</Folder>" * 20_000)}


def many_entities() -> Files:
    """An XML whose entities unfold into a billion words."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY e0 "lol">{entities}]>'
    return {"geo/x.kml": head + KML.partition("\n")[2].format(SPOT.format("&e9;"))}


def many_waypoints() -> Files:
    """A GPX of 20,000 waypoints without names."""
    return {"geo/x.gpx": GPX.format('<wpt lat="50" lon="14"/>' * 20_000)}


def many_segments() -> Files:
    """A GPX of 20,000 segments of one point."""
    segments = '<trkseg><trkpt lat="50" lon="14"/></trkseg>' * 20_000
    return {"geo/x.gpx": GPX.format(f"<trk><name>A</name>{segments}</trk>")}


def jagged_polygon() -> Files:
    """A polygon whose ring crosses itself at every step."""
    ring = [[n % 170 + n / 1e5, (n * 7) % 80 + n / 1e5] for n in range(30_000)]
    return {"geo/x.geojson": collect([feature("Polygon", [ring], name="A")])}


def star_polygon() -> Files:
    """A star of which each side crosses nearly all others."""
    ring = [[10 + n / 1e4, 50 * (n % 2) + n / 1e4] for n in range(2_000)]
    return {"geo/x.geojson": collect([feature("Polygon", [ring[::1] + ring[::-3]], name="A")])}


def endless_turns() -> Files:
    """A line that runs to and fro over 180°."""
    line = [[179 if n % 2 else -179, n / 1e3] for n in range(50_000)]
    return {"geo/x.geojson": collect([feature("LineString", line, name="A")])}


def endless_ring() -> Files:
    """An area that runs to and fro over 180°."""
    ring = [[179 if n % 2 else -179, n / 1e3] for n in range(50_000)]
    return {"geo/x.geojson": collect([feature("Polygon", [ring], name="A")])}


def big_line() -> Files:
    """A line of 1,900,000 points that a story goes to: 49 MB, more than the others."""
    line = [[n % 179 + 0.123456, n % 89 + 0.123456] for n in range(1_900_000)]
    return {
        "geo/x.geojson": collect([feature("LineString", line, name="L")]),
        "stories/a.md": STORY.replace("Prague", "L"),
    }


def name_not_utf8() -> Files:
    """A file whose name is not UTF-8, holding a bare geometry."""
    return {os.fsdecode(b"geo/caf\xe9.geojson"): '{"type": "Point", "coordinates": [14, 50]}'}


def lone_surrogates() -> Files:
    """Halves of characters in every text of a feature."""
    return {
        "geo/x.geojson": (
            r'{"type": "Feature", "id": "\ud800", "properties": {"name": "A\ud800", "description": "\udfff", '
            r'"k\ud800": "\ud800", "aliases": ["\ud800"]}, "geometry": {"type": "Point", "coordinates": [14, 50]}}'
        )
    }


INPUTS: tuple[Callable[[], Files], ...] = (
    rows_off_the_earth, rows_at_one_spot, points_in_metres, doubled_keys, deep_json, deep_aliases, long_numbers,
    many_columns, many_columns_and_rows, many_folders, nested_folders, many_entities, many_waypoints, many_segments,
    jagged_polygon, star_polygon, endless_turns, endless_ring, name_not_utf8, lone_surrogates, big_line,
)  # fmt: skip


def measure(folder: Path) -> Outcome:
    """Build the project in `folder` in a process of its own."""
    before = time.monotonic()
    script = "import sys; sys.argv[0] = 'storymap'; from storymap.cli import main; sys.exit(main())"
    process = subprocess.Popen(
        [sys.executable, "-c", script, "build", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
    )  # fmt: skip
    assert process.stdout is not None
    timer = threading.Timer(120, process.kill)
    timer.start()
    words = process.stdout.read()
    timer.cancel()
    _, status, usage = os.wait4(process.pid, 0)
    peak = usage.ru_maxrss / 1e3 if sys.platform != "darwin" else usage.ru_maxrss / 1e6
    told = [line for line in words.splitlines() if "[" in line and "]: " in line and ": note[" not in line]
    last = (told or words.splitlines() or [""])[0 if told else -1]
    return Outcome(os.waitstatus_to_exitcode(status), _sum(usage), time.monotonic() - before, peak, last[:110])


def _sum(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


def main() -> None:
    """Build every input, or those that are named, and print a line for each."""
    wanted = sys.argv[1:]
    print(f"{'input':24}{'MB':>7}{'exit':>6}{'cpu s':>8}{'s':>8}{'MB peak':>9}{'largest page':>14}")
    for make in INPUTS:
        if wanted and make.__name__ not in wanted:
            continue
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            files = {"storymap.toml": "", "stories/a.md": STORY, **make()}
            for path, content in files.items():
                (folder / path).parent.mkdir(exist_ok=True)
                (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
            size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
            outcome = measure(folder)
            pages = [file.stat().st_size for file in folder.glob("site/**/*.html")]
        print(
            f"{make.__name__:24}{size:7.2f}{outcome.code:6}{outcome.processor:8.1f}{outcome.clock:8.1f}"
            f"{outcome.megabytes:9.0f}{max(pages, default=0) / 1e6:11.2f} MB  {outcome.words}",
            flush=True,
        )


if __name__ == "__main__":
    main()
