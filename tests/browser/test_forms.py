"""A story does as a single file what its page does: which browser tests look at one of the two alone, and why."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

HERE = Path(__file__).parent
OF_FORMS = {"in_form", "stories", "single_files"}
"""The fixtures of conftest.py that give stories as files by themselves."""

ASKS = "request.getfixturevalue"

OF_ONE_FORM = {
    # Other pages, and the ways between them.
    "test_atlas": "the atlas is a page of the site",
    "test_categories::test_on_the_atlas_and_on_the_page_of_a_place_the_symbol_stands_in_the_marker": "other pages",
    "test_collections": "a collection is a page with ways to its stories",
    "test_deploy": "a site is deployed",
    "test_editions": "an edition is another page",
    "test_guide": "the guide is pages of the site",
    "test_journeys::test_the_page_of_a_place_tells_of_the_way_that_leads_on_from_it": "another page",
    "test_links": "all links of a site; those of a single file are looked at in test_single_page.py",
    "test_map_focus::test_every_pin_of_the_atlas_that_is_focused_is_named_ringed_and_above_its_neighbours": "the atlas",
    "test_narrow": "what languages do to widths, which are those of one stylesheet",
    "test_new": "a new site",
    "test_reading::test_a_long_word_breaks_with_a_hyphen_and_widens_nothing": "the atlas, and rules of one stylesheet",
    "test_reading::test_every_page_has_an_icon_and_asks_for_none": "every kind of page",
    "test_search": "it is the site that is searched",
    "test_site::test_the_atlas_leads_to_both_stories_and_back": "ways between pages",
    "test_site::test_a_card_of_the_atlas_lights_its_story": "the atlas",
    "test_site::test_a_click_on_a_link_in_prose_stays_on_the_page_and_a_modified_one_follows_it": "a way between pages;"
    " the click alone is looked at in test_single_page.py",
    "test_workflows": "a site is built and deployed",
    # Files beside the page.
    "test_faces": "fonts beside the page, from a server and in Firefox; that they set text is looked at in both forms",
    "test_sharing::test_without_the_script_for_frames_the_page_is_as_ever": "in a single file no script can be missing",
    "test_site::test_every_story_with_its_map_stays_within_its_weight": "the weight of pages and what they load",
    "test_site::test_while_a_story_loads_and_is_read_nothing_moves_and_nothing_else_is_loaded": "what is loaded from a"
    " server; that a single file loads nothing is looked at in test_single_page.py",
    "test_accessible_languages": "every kind of page; single files are looked at in test_accessibility.py",
    "test_maps": "files of tiles elsewhere, and maps that stand in no page; tiles in a single file are looked at in"
    " test_picture_maps.py",
    # What the map draws depends on the page's data alone, which both forms have.
    "test_branches::test_without_script_pictures_and_their_texts_name_every_route": "the files of stills",
    "test_labels::test_places_and_towns_are_named_at_every_width": "what the map draws",
    "test_labels::test_the_city_that_a_step_is_about_is_named": "what the map draws",
    "test_look::test_the_small_map_gives_way_to_a_place_in_its_corner": "what the map draws",
    "test_street_names": "what the map and its stills draw",
    "test_journeys": "what the map draws; the profile and the words are looked at in both forms",
    "test_picture_maps": "what the map draws; the rest is looked at in both forms",
    "test_hooks": "how hooks are read and files kept; all elements of Folium together are looked at in both forms",
    # No page of a story, or nothing else.
    "test_single_page": "what a single file has that the site has not",
    "test_guest_layers": "maps that are not ours",
    "test_pdf": "a PDF is printed from a single file",
    "test_serve": "the preview",
    "test_stills": "pictures",
    "test_sizes": "every feature on every size, from disk and from a server; single files in the tests of each feature",
}
"""By file, or by test, why it does not run on single files too."""


def list_tests() -> Iterator[tuple[str, bool]]:
    """Every browser test, as `file::test`, and whether it looks at single files too."""
    for file in sorted({*HERE.glob("test_*.py")} - {Path(__file__)}):
        defined = list_definitions(ast.parse(file.read_text(encoding="utf-8")))
        for name in defined:
            if name.startswith("test_"):
                yield f"{file.stem}::{name}", bool(OF_FORMS & collect_names(name, defined))


def list_definitions(module: ast.Module) -> dict[str, ast.AST]:
    """The functions and the constants of a file by their names."""
    found: dict[str, ast.AST] = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    for node in module.body:
        if isinstance(node, ast.Assign):
            found |= {target.id: node.value for target in node.targets if isinstance(target, ast.Name)}
    return found


def collect_names(name: str, defined: Mapping[str, ast.AST]) -> set[str]:
    """The fixtures that a test asks for, and of the functions and constants of its file those that it needs for it."""
    met: set[str] = set()
    waiting = [name]
    while waiting:
        asked, named = list_names(defined[waiting.pop()])
        new = (asked | (named & defined.keys())) - met
        met |= new
        waiting += new & defined.keys()
    return met


def list_names(node: ast.AST) -> tuple[set[str], set[str]]:
    """What a function or a constant takes or may ask for by a text, and what it names besides."""
    asking = [call for call in ast.walk(node) if isinstance(call, ast.Call) and ast.unparse(call.func) == ASKS]
    texts = [*asking, *(node.decorator_list if isinstance(node, ast.FunctionDef) else [node])]
    constants = {each.value for text in texts for each in ast.walk(text) if isinstance(each, ast.Constant)}
    asked = {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
    named = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return asked | {text for text in constants if isinstance(text, str)}, named


def test_each_test_looks_at_both_forms_or_is_listed_with_a_reason() -> None:
    tests = dict(list_tests())
    assert len(tests) > 200
    listed = {test for test in tests if test in OF_ONE_FORM or test.partition("::")[0] in OF_ONE_FORM}
    assert {test for test, both in tests.items() if not both} - listed == set(), "take `stories`, or say why not"
    assert {test for test in OF_ONE_FORM if "::" in test and tests.get(test, True)} == set(), "looks at both forms"
    needless = {
        name
        for name in OF_ONE_FORM
        if "::" not in name and all(both for test, both in tests.items() if test.startswith(f"{name}::"))
    }
    assert needless == set(), "every test of it looks at both forms"
