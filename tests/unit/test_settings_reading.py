"""Settings are read whole or not at all, and whatever is wrong with them is told where it is written."""

from __future__ import annotations

import pytest

from storymap.errors import Problem, Report
from storymap.settings.model import Settings
from storymap.settings.reading import locate_setting, parse_settings


def parse(text: str, table: tuple[str, ...] = ()) -> tuple[Settings, list[Problem]]:
    report = Report()
    return parse_settings(text, path="storymap.toml", table=table, report=report), report.problems


def test_every_wrong_setting_is_told_in_one_go_with_its_line_and_a_suggestion() -> None:
    settings, problems = parse('titel = "x"\nlang = "?"\nmap_hook = "no function"\nurl = "ftp://x"\n')
    assert settings == Settings()
    assert [str(problem.at) for problem in problems] == [f"storymap.toml:{line}:1" for line in (1, 2, 3, 4)]
    assert problems[0].help == 'did you mean "title"?'


@pytest.mark.parametrize(
    ("text", "code", "message", "help"),
    [
        ("geo = 3", "bad-setting", '"geo" should be a table', "for example: geo = "),
        ('[geo]\n"a.csv" = 3', "bad-setting", '"a.csv" should be a table',
         'write a table [geo."a.csv"] with name, encoding'),
        ('[geo."a.csv"]\nname = 3', "bad-setting", '"name" should be a text in quotation marks, or a list of them',
         'for example: name = "nazev" or name = ["nazev", "jmeno"]'),
        ('[geo."a.csv"]\nencoding = "x"', "bad-setting", '"encoding" should be an encoding',
         'encoding = "windows-1250"'),
        ('[geo."a.csv"]\nnames = "x"', "unknown-setting", 'no setting "names"', 'did you mean "name"?'),
        ('[categories.x]\nsymbol = "museum"', "bad-setting", '"x" has no "color"',
         "write a table [categories.x] with color, symbol, title"),
        ('[categories.x]\ncolour = "red"\ncolor = "red"', "unknown-setting", 'no setting "colour"',
         'did you mean "color"?'),
        ("[categories.x]\ncolor = 3", "bad-setting", '"color" should be a text',
         'color = "#7a3b8f" or color = "darkgreen"'),
        ('checks.missing-alt = "of"', "bad-setting", '"missing-alt" should be "error", "warning" or "off"',
         'did you mean "off"?'),
        ("checks.missing-alt = 3", "bad-setting", '"missing-alt" should be', 'missing-alt = "warning"'),
        ("ground = 3", "bad-setting", '"ground" should be a table', "for example: ground = "),
        ('ground.borders = "no"', "bad-setting", '"borders" should be "all" or "none"', '"none"'),
        ('ground.names = "waters"', "bad-setting", '"names" should be "all", "water" or "none"', '"water"'),
        ('ground.name = "none"', "unknown-setting", 'no setting "name"', 'did you mean "names"?'),
        ('cname = "https://a.example.org/b"', "bad-setting", '"cname" should be the name of a host alone',
         'write cname = "a.example.org"'),
        ('cname = "localhost"', "bad-setting", '"cname" should be the name of a host alone', "walks.example.org"),
        ('cname = "192.0.2.1"', "bad-setting", '"cname" should be the name of a host, and not its number', "walks"),
        ('cname = "a_b.example.org"', "bad-setting", '"cname" is no name that a host can have', "walks.example.org"),
        ('cname = "-a.example.org"', "bad-setting", '"cname" is no name that a host can have', "walks.example.org"),
        ('cname = "*.example.org"', "bad-setting", '"cname" is no name that a host can have', "walks.example.org"),
        ('url = "https://b.example.org"\ncname = "a.example.org"', "bad-setting",
         '"cname" is another host than that of url, "b.example.org"', "give the same in both"),
        ("checks = 3", "bad-setting", '"checks" should be a table', "for example: checks = "),
        ('languages = "cs"', "bad-setting", '"languages" should be a table',
         'for example: languages = { cs = { title = "Nad Atlantikem" } }'),
        ('languages = { cs = "Česky" }', "bad-setting", '"cs" should be a table',
         "write a table [languages.cs] with title, description"),
        ("[languages.cs]\ntitle = 3", "bad-setting", '"title" should be a text',
         'for example: title = "Nad Atlantikem"'),
        ('[languages.cs]\ntitel = "x"', "unknown-setting", 'no setting "titel"', 'did you mean "title"?'),
        ('[languages.czech]\ntitle = "x"', "bad-setting", '"czech" should be a language code',
         "for example: [languages.cs]"),
        ('checks.mising-alt = "off"', "unknown-code", 'no check has the code "mising-alt"', '"missing-alt"?'),
    ],
)  # fmt: skip
def test_a_wrong_value_says_what_to_write(text: str, code: str, message: str, help: str) -> None:
    _, (problem,) = parse(text)
    assert problem.code == code
    assert problem.message.startswith(message)
    assert help in problem.help
    assert problem.at.line


@pytest.mark.parametrize(
    ("text", "cname", "url"),
    [
        ('cname = "walks.example.org"', "walks.example.org", "https://walks.example.org"),
        ('cname = " Walks.Example.org "', "walks.example.org", "https://walks.example.org"),
        ('cname = "příklad.cz"', "xn--pklad-zsa96e.cz", "https://xn--pklad-zsa96e.cz"),
        ('url = "http://walks.example.org/"\ncname = "walks.example.org"', "walks.example.org",
         "http://walks.example.org"),
        ('cname = ""', "", ""),
    ],
)  # fmt: skip
def test_a_site_with_a_domain_of_its_own_stands_there(text: str, cname: str, url: str) -> None:
    settings, problems = parse(text)
    assert problems == []
    assert (settings.cname, settings.url) == (cname, url)


def test_broken_toml_is_told_with_line_and_column() -> None:
    _, (problem,) = parse('title = "x"\nlang = \n')
    assert (str(problem.at), problem.code) == ("storymap.toml:2:8", "broken-toml")


def test_escapes_bring_nothing_into_settings_that_is_refused_when_written_plainly() -> None:
    _, problems = parse('title = "a\\u0000b"\ndescription = "a\\u202eb"\n')
    assert [(problem.code, problem.at.line) for problem in problems] == [
        ("control-character", 1),
        ("direction-override", 2),
    ]


@pytest.mark.parametrize(
    ("text", "names", "table", "line", "column"),
    [
        ('title = "x"', ("title",), (), 1, 1),
        ('[checks]\n  "missing-alt" = "off"', ("checks", "missing-alt"), (), 2, 4),
        ('a = 1\nchecks = { vague-link = "off", missing-alt = "off" }', ("checks", "missing-alt"), (), 2, 32),
        ('[geo."a.b.csv"]\nname = "x"', ("geo", "a.b.csv", "name"), (), 2, 1),
        ('[tool.storymap]\ntitle = "x"', ("title",), ("tool", "storymap"), 2, 1),
        ("[checks]", ("checks", "missing-alt"), (), 1, 2),
        ('title = "x"', ("url",), (), 0, 0),
    ],
)
def test_a_setting_is_found_where_it_or_the_table_around_it_is_written(
    text: str, names: tuple[str, ...], table: tuple[str, ...], line: int, column: int
) -> None:
    at = locate_setting(text, *names, path="storymap.toml", table=table)
    assert (at.line, at.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("title = “Site”", 'write title = "Site"'),
        ('tiles = "C:\\tiles\\{z}.png"', 'write / instead: tiles = "C:/tiles/{z}.png"'),
    ],
)
def test_what_is_no_toml_is_told_with_what_to_write(text: str, help: str) -> None:
    _, (problem,) = parse(text)
    assert (problem.code, problem.help) == ("broken-toml", help)


@pytest.mark.parametrize("key", [key for key, field in Settings.model_fields.items() if field.examples])
def test_what_help_shows_as_an_example_is_a_setting(key: str) -> None:
    refused = "3" if Settings.model_fields[key].annotation is not int else '"x"'
    _, problems = parse(f"{key} = {refused}")
    for problem in problems:
        for example in problem.help.removeprefix("for example: ").split(f" or {key} = "):
            line = example if example.startswith(key) else f"{key} = {example}"
            assert parse(line)[1] == []
