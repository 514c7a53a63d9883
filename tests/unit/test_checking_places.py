"""The places of `geo/`: used, and with a source."""


def codes(problems):
    return [problem.code for problem in problems]


TABLE = "name,lat,lon,source\nSpot,50.1,14.4,survey\nOther,50.2,14.5,survey\n"


def test_places_that_steps_name_and_prose_links_to_are_used(check):
    body = "## A step\nplace: Spot\n\nText, and [the other](place:other).\n"
    assert check(body, files={"geo/places.csv": TABLE}) == []


def test_a_place_that_a_footnote_or_coordinates_lead_to_is_used(check):
    body = "## A step\nplace: Spot\n\nText.[^1]\n\n[^1]: Near [the other](place:Other).\n"
    assert check(body, files={"geo/places.csv": TABLE}) == []
    assert check("## A step\nplace: Spot\n\n[There](geo:50.2,14.5) it stands.\n", files={"geo/places.csv": TABLE}) == []


def test_a_place_that_a_misspelt_name_may_have_meant_is_not_told_as_unused(check):
    assert codes(check("## A step\nplace: [Spot, Othr]\n\nText.\n", files={"geo/places.csv": TABLE})) == [
        "unknown-place"
    ]


def test_a_collection_is_told_once(check):
    table = "name,lat,lon,source\n" + "".join(f"Spot {n},50.{n},14.4,survey\n" for n in range(1, 30))
    (problem,) = check("## A step\nplace: Spot 1\n\nText.\n", files={"geo/places.csv": table})
    assert (problem.code, problem.at.line) == ("unused-place", 0)


def test_a_file_in_which_some_places_name_a_source_is_noted_once(check):
    table = "name,lat,lon,source\nSpot,50.1,14.4,\nOther,50.2,14.5,\nThird,50.3,14.6,survey\n"
    (found,) = check("## A step\nplace: [Spot, Other, Third]\n\nText.\n", files={"geo/places.csv": table})
    assert (found.code, found.severity) == ("missing-source", "note")
    assert found.message == '2 of the 3 places of this file do not say where their positions are from: "Spot", "Other"'


def test_a_file_without_any_source_is_not_told(check):
    table = "name,lat,lon\nSpot,50.1,14.4\nOther,50.2,14.5\n"
    assert check("## A step\nplace: [Spot, Other]\n\nText.\n", files={"geo/places.csv": table}) == []


def test_more_unused_places_than_can_be_read_at_a_glance_are_told_as_one(check):
    table = "name,lat,lon\n" + "".join(f"Stage {n},50.{n},14.4\n" for n in range(1, 11))
    (found,) = check("## A step\nplace: Stage 3\n\nText.\n", files={"geo/stages.csv": table})
    assert found.message == (
        'no story goes to 9 of the 10 places of this file: "Stage 1", "Stage 2", "Stage 4" and 6 more'
    )


def test_a_name_whose_record_has_a_mistake_is_an_error_that_gives_it_whatever_the_settings_say(check):
    settings = '[checks]\nbad-csv = "off"\n'
    table = "name,lat,lon,source\nSpot,50.1,14.4,survey,more\n"
    (problem,) = check("## A step\nplace: Spot\n\nText.\n", files={"geo/places.csv": table}, settings=settings)
    assert (problem.code, problem.severity) == ("place-left-out", "error")
    assert problem.message == '"Spot" of geo/places.csv:2:23 is left out: the line has 5 values for 4 columns'


OSM = '<?xml version="1.0"?><osm><node lat="50.1" lon="14.4">{}<tag k="addr:city" v="Prague"/></node></osm>'


def test_a_name_in_a_file_of_a_format_that_is_not_read_is_no_town_of_that_name(check):
    named = {"geo/map.osm": OSM.format('<tag k="name" v="Paris"/>'), "geo/a.pmtiles": "Prague\n"}
    told = check("## A step\nplace: Paris\n\nText.\n", files=named)
    (problem,) = [one for one in told if one.severity == "error"]
    assert problem.code == "place-left-out"
    assert problem.message.startswith('"Paris" seems to stand in geo/map.osm, but "map.osm" is raw data')
    assert not [one for one in check("## A step\nplace: Prague\n\nText.\n", files=named) if one.severity == "error"]


def test_where_every_place_has_a_page_none_is_unused(check):
    body = "## A step\nplace: Spot\n\nText.\n"
    assert codes(check(body, files={"geo/places.csv": TABLE})) == ["unused-place"]
    assert check(body, files={"geo/places.csv": TABLE}, settings='pages = "all"\n') == []


CATEGORIES = '[categories.museum]\ncolor = "#7a3b8f"\n\n[categories.statoin]\ncolor = "#7a3b8f"\n'


def test_a_category_of_the_settings_that_no_place_has_is_noted(check):
    table = "name,lat,lon,category\nSpot,50.1,14.4,Museum\nOther,50.2,14.5,station\n"
    body = "## A step\nplace: [Spot, Other]\n\nText.\n"
    (found,) = check(body, files={"geo/places.csv": table}, settings=CATEGORIES)
    assert (found.code, found.severity, found.at.excerpt) == ("unused-category", "note", "[categories.statoin]")
    assert found.help == 'did you mean "station"?'
