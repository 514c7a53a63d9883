"""Files that hold more, less or something else than they seem to."""


def test_every_shapefile_of_a_zip_is_read(fault):
    project = fault("zip-two-shapefiles")
    told = project.check()
    assert told.exit_code == 0
    assert [line for line in told.output.splitlines() if line.startswith("geo/")] == [
        'geo/mills.zip: warning[unused-place]: no story goes to "Old mill"'
    ]
    assert project.build().exit_code == 0
    assert "<h1><bdi>Stone bridge</bdi></h1>" in project.page("places/stone-bridge.html")


def test_what_macos_leaves_in_a_zip_is_passed_over(fault):
    project = fault("zip-made-on-a-mac")
    assert project.build().exit_code == 0
    assert "<h1><bdi>Old mill</bdi></h1>" in project.page("places/old-mill.html")


def test_a_shapefile_in_utf_8_is_read_so_without_a_cpg(fault):
    told = fault("shapefile-without-cpg-utf8").check()
    assert told.exit_code == 0
    assert 'no story goes to "Dolní mlýn"' in told.output
    assert 'no story goes to "Žďár"' in told.output
    assert "unknown-encoding" not in told.output


def test_an_address_without_coordinates_is_told_with_its_place_and_a_way_out(fault):
    told = fault("kml-address-only").build()
    assert told.exit_code == 1
    assert '"Old mill": it has the address "Mlýnská 1, Praha" and no coordinates' in told.output
    assert 'storymap places add "Mlýnská 1, Praha" --geocode --name "Old mill"' in told.output
    assert "no-features" not in told.output


def test_a_file_that_only_links_says_where_to_and_how_to_get_the_places(fault):
    told = fault("kmz-network-link").build()
    assert "a link to https://www.google.com/maps/d/kml?mid=EXAMPLE, which is not followed" in told.output
    assert "Keep data up to date" in told.output
    assert "no-features" not in told.output


def test_html_in_a_description_is_no_text(fault):
    project = fault("geojson-html-description")
    assert project.build().exit_code == 0
    assert "<p>A <i>water</i> mill&nbsp;and pond</p>" in project.page("places/old-mill.html")


def test_html_of_google_my_maps_is_no_text_and_its_pictures_are_left_out(fault):
    project = fault("kml-html-description")
    assert project.build().exit_code == 0
    page = project.page("places/old-mill.html")
    assert "Built in <b>1850</b> &amp; restored.<br>Open on Sundays" in page.replace("\u00ad", "")
    assert "example.org/mill.jpg" not in page


def test_the_answer_of_an_arcgis_service_is_told_as_that_with_the_way_to_geojson(fault):
    told = fault("json-of-arcgis").build()
    assert "geo/mills.json: warning[bad-geojson]: this is Esri JSON, which is not read" in told.output
    assert "ask the service for it with f=geojson" in told.output
    assert "FeatureCollection" not in told.output
