"""What the names of all stories mean: ids, notes and names, settled in one pass in the order of the atlas."""

import pickle
from importlib import resources

import pytest

from storymap.errors import Report
from storymap.gazetteer.gazetteer import Gazetteer
from storymap.gazetteer.places import load_places
from storymap.reading.outline import list_references
from storymap.reading.story import read_story
from storymap.reading.text import decode_text
from storymap.resolving import names as naming
from storymap.resolving.names import tell_remarks
from storymap.resolving.uses import list_uses

DATA = resources.files("storymap") / "static" / "gazetteer.sqlite"
pytestmark = pytest.mark.skipif(not DATA.is_file(), reason="the built-in gazetteer is not prepared")

TABLE = "name,lat,lon\nTokyo,50.1,14.4\nSquare,50.2,14.5\n"


def read(name, body):
    report = Report()
    text = decode_text(f"---\ntitle: A story\n---\n\n{body}".encode(), f"stories/{name}.md", report)
    source = read_story(text, report)
    assert not report.errors
    return source


def find_names(sources, gazetteer):
    return naming.find_names(map(list_references, sources), gazetteer)


def tell(sources, gazetteer):
    """The problems of each of `sources`."""
    remarks = find_names(sources, gazetteer).remarks
    return [tell_remarks(source, own) for source, own in zip(sources, remarks, strict=True)]


@pytest.fixture
def gazetteer(tmp_path):
    (tmp_path / "geo").mkdir()
    (tmp_path / "geo" / "places.csv").write_text(TABLE, encoding="utf-8")
    return Gazetteer(load_places(tmp_path / "geo", tmp_path, Report()))


def test_a_note_is_told_once_in_a_site_and_an_error_wherever_it_stands():
    sources = [read(name, "## A step\nplace: [Lima, Springfield]\n\n[Lima](place:Lima)\n") for name in ("a", "b")]
    first, second = tell(sources, Gazetteer())
    assert [problem.code for problem in first] == ["built-in-place", "ambiguous-place"]
    assert [problem.code for problem in second] == ["ambiguous-place"]
    assert [problem.at.path for problem in (*first, *second)] == ["stories/a.md", "stories/a.md", "stories/b.md"]


def test_a_note_is_told_at_the_first_name_in_the_text():
    source = read("a", "To [Lima](place:Lima).\n\n## A step\nplace: Lima\n\nText.\n")
    ((note,),) = tell([source], Gazetteer())
    assert note.at.line == 5


def test_each_name_is_told_where_it_stands_whatever_part_of_the_story_that_is():
    lines = {
        5: "[x](place:Nowhere1)[^1]",
        7: "## A step",
        8: "place: [Lima, Nowhere2]",
        9: "highlight: [CZ, Nowhere3]",
        11: "[y](place:Lima), [z](place:Nowhere4)",
        13: "[^1]: [n](place:Nowhere5)",
    }
    source = read("a", "\n".join(lines.get(line, "") for line in range(5, 14)) + "\n")
    (problems,) = tell([source], Gazetteer())
    found = [(problem.at.line, problem.at.excerpt) for problem in problems if problem.severity == "error"]
    assert sorted(found) == [(line, text) for line, text in lines.items() if "Nowhere" in text]


def test_the_first_to_be_named_has_the_id_that_suits_both(gazetteer):
    town, country = "## A step\nplace: Luxembourg, LU\n\nText.\n", "## A step\nplace: Luxembourg\n\nText.\n"
    for bodies in ((town, country), (country, town)):
        names = find_names([read(name, body) for name, body in zip("ab", bodies, strict=True)], gazetteer)
        ids = [story.steps[0].places[0].id for story in names.stories]
        assert sorted(ids) == ["luxembourg", "luxembourg-luxembourg"]
    elsewhere = find_names([read("a", "## A step\nplace: 'Tokyo, Japan'\n\nText.\n")], gazetteer)
    (place,) = elsewhere.stories[0].steps[0].places
    assert (place.id, place.country) == ("tokyo-japan", "JP")
    assert elsewhere.places["tokyo"].origin == "geo"
    assert elsewhere.places["tokyo-japan"].defined_at.path == "stories/a.md"


def test_a_site_has_the_same_names_whatever_was_asked_before(gazetteer):
    sources = [
        read("a", "## A step\nplace: [Praha, Lima]\n\n[there](geo:50.2,14.5), [x](place:Tokyo,%20JP)\n"),
        read("b", "## A step\nplace: Prague\nhighlight: [CZ, Peru]\n\nText.\n"),
    ]
    before = find_names(sources, gazetteer)
    find_names(sources[::-1], gazetteer)
    assert find_names(sources, gazetteer) == before
    assert find_names(sources, Gazetteer(gazetteer.own)) == before
    assert pickle.loads(pickle.dumps(before)) == before


def test_a_place_is_called_as_the_author_writes_it_and_a_spot_by_its_link(gazetteer):
    body = "## A step\nplace: Praha\n\n[The square](geo:50.2,14.5), [A spot](geo:1,2), [prague](place:prague)\n"
    names = find_names([read("a", body)], gazetteer)
    (step,) = names.stories[0].steps
    assert [place.name for place in (*step.places, *step.links)] == ["Praha", "Square", "A spot", "Prague"]
    assert [names.call_by_own_name(place).name for place in step.places] == ["Prague"]


def test_uses_are_listed_by_own_names_and_once_a_step(gazetteer):
    body = "[Square](place:square)\n\n## A step\nplace: Praha\n\n[Prague](place:Prague), [Square](place:square)\n"
    sources = [read("a", body)]
    uses = list_uses(sources, find_names(sources, gazetteer))
    assert [(use.place.name, use.story, use.step) for use in uses] == [
        ("Square", "a", ""),
        ("Prague", "a", "a-step"),
        ("Square", "a", "a-step"),
    ]
