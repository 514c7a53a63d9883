"""Tables as real people save and export them."""

import pytest


@pytest.mark.parametrize(
    ("slug", "page", "position"),
    [
        ("csv-semicolon-decimal-comma", "places/dolni-mlyn.html", "50.11° N, 14.51° E"),
        ("tsv-decimal-comma", "places/dolni-mlyn.html", "50.11° N, 14.51° E"),
    ],
)
def test_decimal_commas_are_read(fault, slug, page, position):
    project = fault(slug)
    assert project.build().exit_code == 0
    assert position in project.page(page)


def test_the_points_of_a_wikidata_query_are_read(fault):
    project = fault("csv-wikidata-point")
    told = project.build()
    assert told.exit_code == 0
    assert "no-coordinate-columns" not in told.output
    assert "50.11° N, 14.51° E" in project.page("places/old-mill.html")
