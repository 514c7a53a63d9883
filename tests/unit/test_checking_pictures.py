"""The files beside the stories."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image


def codes(problems):
    return [problem.code for problem in problems]


def make_png(width, height):
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * ((width + 7) // 8)) * height)
    parts = ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080030004001011100ffd9")


def test_files_that_stories_show_link_to_or_take_for_a_cover_are_used(check):
    body = (
        "## A step\nplace: Prague\n\n![The museum](a.png)\n\n[The table](b.csv), <img src='c.png' alt='The square'>\n"
    )
    files = {f"stories/{name}": make_png(2, 2) for name in ("a.png", "c.png", "cover.png")} | {"stories/b.csv": "a,b\n"}
    assert check(body, front="cover: cover.png\n", files=files) == []


def test_a_folder_that_is_linked_into_the_stories_is_told(check, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "more").symlink_to(tmp_path / "elsewhere")
    (problem,) = check()
    assert (problem.code, problem.at.path) == ("linked-folder", "stories/more")


def test_hidden_files_and_words_about_the_folder_need_no_use(check):
    files = {"stories/.DS_Store": b"\0", "stories/README.md": "About.\n", "stories/old/README.md": "Old.\n"}
    assert check(files=files) == []


def test_a_picture_of_a_draft_is_used(check):
    draft = "---\ntitle: A draft\ndraft: true\n---\n\n## A step\nplace: Prague\n\n![The museum](a.png)\n"
    assert check(files={"stories/draft.md": draft, "stories/a.png": make_png(2, 2)}) == []


def test_data_that_maps_show_are_used(check):
    square = '{"type":"Feature","properties":{"id":"a"},"geometry":{"type":"Polygon","coordinates":'
    square += "[[[14,50],[15,50],[15,51],[14,50]]]}}"
    track = '{"type":"LineString","coordinates":[[14.4,50.1],[14.5,50.2]]}'
    front = "layers: {land: {from: land.geojson, join: {table: d/heat.csv, on: id}, by: heat}}\n"
    files = {
        "stories/land.geojson": square,
        "stories/d/heat.csv": "id,heat\na,3\n",
        "stories/d/ride.geojson": track,
        "stories/site.geojson": square,
        "stories/plan.png": make_png(2, 2),
    }
    body = "## A step\nlayers: land\n\nText.\n\n## Another\ntrack: d/ride.geojson\n\nText.\n"
    body += "\n## On a plan\nimage: {file: plan.png, bounds: [14, 50, 15, 51]}\n\nText.\n"
    found = check(body, front=front, files=files, settings='[layers]\nsite = {from = "site.geojson"}\n')
    assert not {"unused-file", "no-places"} & set(codes(found))


def test_a_misspelt_picture_is_told_once_and_not_as_unused_too(check):
    found = check(
        "## A step\nplace: Prague\n\n![The museum](musem.png)\n", files={"stories/museum.png": make_png(2, 2)}
    )
    assert codes(found) == ["missing-picture"]
    assert "museum.png" in found[0].help


def test_a_picture_that_windows_would_find_is_told_where_it_is_written(check):
    (problem,) = check("## A step\nplace: Prague\n\n| ![A](img\\hall.png) | B |\n|---|---|\n| 1 | 2 |\n")
    assert (problem.code, problem.at.column, problem.at.length) == ("missing-picture", 8, 12)


def test_a_picture_in_other_letters_is_an_error_whatever_the_file_system_forgives(check):
    found = check("## A step\nplace: Prague\n\n![The museum](museum.JPG)\n", files={"stories/museum.jpg": JPEG})
    assert "picture-case" in codes(found)
    assert "unused-file" not in codes(found)


def test_a_picture_of_the_largest_size_is_right(check):
    body = "## A step\nplace: Prague\n\n![The museum](a.png)\n"
    assert check(body, files={"stories/a.png": make_png(3000, 3000)}) == []


def test_a_drawing_may_have_any_number_of_pixels(check):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="9000"/>'
    assert check("## A step\nplace: Prague\n\n![The plan](a.svg)\n", files={"stories/a.svg": drawing}) == []


def test_a_picture_of_many_bytes_is_told_with_its_size(check):
    body = "## A step\nplace: Prague\n\n![The museum](a.png)\n"
    (problem,) = check(body, files={"stories/a.png": make_png(2, 2) + b"\0" * 2_400_000})
    assert (problem.code, problem.message) == ("large-picture", '"a.png" is large: 2.4 MB')


def test_a_picture_that_two_stories_show_is_told_once(check):
    other = "---\ntitle: Another\n---\n\n## A step\nplace: Prague\n\n![The museum](a.png)\n"
    files = {"stories/a.png": make_png(4000, 2), "stories/other.md": other}
    assert codes(check("## A step\nplace: Prague\n\n![The museum](a.png)\n", files=files)) == ["large-picture"]


@pytest.mark.parametrize("alt", ["The picture that hung there", "A photo of Jana", "Image of the hall at night"])
def test_an_alternative_text_with_more_than_the_word_picture_is_right(check, alt):
    assert check(f"## A step\nplace: Prague\n\n![{alt}](a.png)\n", files={"stories/a.png": make_png(2, 2)}) == []


@pytest.mark.parametrize(
    "picture",
    [
        '![The museum](a.jpg "Photo: Jana Nováková")',
        "![The museum](a.jpg)\n*Photo: Jana Nováková*",
        "![The museum](a.jpg)\n\n/// caption\nPhoto: Jana Nováková\n///",
        "<figure><img src='a.jpg' alt='The museum'><figcaption>Photo: Jana Nováková</figcaption></figure>",
    ],
)
def test_a_photograph_with_its_credit_is_right(check, picture):
    assert check(f"## A step\nplace: Prague\n\n{picture}\n", files={"stories/a.jpg": JPEG}) == []


def test_a_picture_whose_accents_are_composed_otherwise_is_an_error_that_says_so(check):
    files = {"stories/cafe\u0301.png": make_png(2, 2)}  # as macOS writes it
    (problem,) = check("## A step\nplace: Prague\n\n![The museum](caf\u00e9.png)\n", files=files)
    assert problem.code == "picture-case"
    assert "look the same" in problem.message


def test_a_picture_that_may_not_be_read_and_a_name_that_no_file_can_have_are_told_where_they_are_written(
    check, monkeypatch
):
    opened = Path.open

    def refuse(file, mode="r", *more, **others):
        if file.name == "a.png" and mode == "rb":
            raise PermissionError(13, "Permission denied")
        return opened(file, mode, *more, **others)

    monkeypatch.setattr(Path, "open", refuse)
    body = "## A step\nplace: Prague\n\n![The museum](a.png)\n\n[The table](b%00.csv)\n"
    found = [(problem.code, problem.at.line) for problem in check(body, files={"stories/a.png": make_png(2, 2)})]
    assert [code for code, _ in found] == ["unreadable-file", "unreadable-file"]
    assert [line for _, line in found] == [8, 10]


@pytest.mark.parametrize(("bounds", "told"), [("[14, 49.6, 15, 50.5]", False), ("[20, 49.6, 21, 50.5]", True)])
def test_a_close_zoom_is_right_where_a_picture_of_an_earlier_step_still_lies(check, bounds, told):
    body = f"## A plan\nimage: {{file: plan.png, bounds: {bounds}}}\n\nText.\n"
    body += "\n## A house on it\nplace: Prague\nzoom: 13\n\nText.\n"
    found = check(body, files={"stories/plan.png": make_png(40, 60)})
    assert ("no-streets" in codes(found)) is told


def write_picture(kind, **options):
    made = io.BytesIO()
    Image.effect_noise((64, 48), 60).convert("RGB").save(made, kind, **options)
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("a.jpg", write_picture("JPEG")),
        ("b.jpg", write_picture("JPEG", progressive=True, exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0\xff\xd9")),
        ("c.png", write_picture("PNG")),
        ("d.webp", write_picture("WEBP")),
    ],
)
def test_a_picture_that_is_cut_off_is_told(check, name, whole):
    body = f"## A step\nplace: Prague\n\n![A red tram on the bridge]({name})\n"
    assert "broken-picture" not in codes(check(body, files={f"stories/{name}": whole + b"\0" * 9}))
    (problem,) = [one for one in check(body, files={f"stories/{name}": whole[:-400]}) if one.code == "broken-picture"]
    assert problem.message == f'"{name}" ends in the middle of the picture; pages leave it out'


def test_a_picture_that_is_empty_is_told_once_and_is_used(check):
    body = "## A step\nplace: Prague\n\n![A red tram](a.png)\n\n![The same tram](a.png)\n"
    (problem,) = check(body, files={"stories/a.png": b""})
    assert (problem.code, problem.severity, problem.at.line) == ("broken-picture", "warning", 8)
    assert problem.message == '"a.png" is empty; pages leave it out'
