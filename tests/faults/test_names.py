"""Names of places as real files have them."""


def test_a_column_nearly_called_name_is_taken_for_it(fault):
    project = fault("csv-id-taken-for-name")
    told = project.check()
    assert told.exit_code == 0
    assert 'no column is called "name", so "nameplace" is taken for it' in told.output
    assert project.build().exit_code == 0
    assert "<h1><bdi>Old mill (upper pond)</bdi></h1>" in project.page("places/oldmill.html")


def test_the_labels_of_a_wikidata_query_are_names(fault):
    project = fault("geojson-wikidata-itemlabel")
    told = project.build()
    assert told.exit_code == 0
    assert "unnamed-feature" not in told.output
    assert "<h1><bdi>Old mill</bdi></h1>" in project.page("places/old-mill.html")


def test_each_layer_of_a_geopackage_says_once_what_was_taken_for_the_name(fault):
    told = fault("gpkg-nazev").check()
    assert told.exit_code == 0
    assert told.output.count("taken-for-name") == 3
    assert "unnamed-feature" not in told.output


def test_ids_numbered_by_a_program_are_none(fault):
    project = fault("kml-two-arcgis-layers")
    assert project.build().exit_code == 0
    assert "<h1><bdi>Old mill</bdi></h1>" in project.page("places/old-mill.html")


def test_names_keep_their_own_letters_in_addresses(fault):
    project = fault("csv-cjk-names-with-same-digit")
    told = project.build()
    assert told.exit_code == 0
    assert "<h1><bdi>1号館</bdi></h1>" in project.page("places/1号館.html")
    assert "[第1会場](place:第1会場)" in project.check().output


def test_a_track_takes_the_name_of_its_metadata_else_of_its_file(fault):
    project = fault("gpx-track-without-name")
    assert project.build().exit_code == 0
    assert "<h1><bdi>Ride to the mill</bdi></h1>" in project.page("places/ride-to-the-mill.html")


def test_fields_without_a_schema_name_the_placemarks_of_a_kml(fault):
    project = fault("kml-schema-nombre")
    told = project.build()
    assert told.exit_code == 0
    assert told.output.count("taken-for-name") == 1
    assert "<h1><bdi>Calle Uno</bdi></h1>" in project.page("places/calle-uno.html")


def test_a_watch_without_names_makes_places_of_its_files(fault):
    project = fault("gpx-unnamed-watch")
    (project.folder / "geo").mkdir()
    (project.folder / "stories").mkdir()
    (project.folder / "watch-noname.gpx").rename(project.folder / "geo" / "watch-noname.gpx")
    (project.folder / "stories" / "s.md").write_text("---\ntitle: A\n---\n\n## Walk\nplace: watch-noname\n\nText.\n")
    assert project.build().exit_code == 0
    assert "<h1><bdi>watch-noname</bdi></h1>" in project.page("places/watch-noname.html")
