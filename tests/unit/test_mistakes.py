"""The catalogue knows every code that the package can tell, and no other; its entries are worth reading."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import storymap
from storymap.errors import Report, Severity
from storymap.mistakes.catalogue import STAGES, Mistake, load_mistakes, suggest_code
from storymap.settings.reading import parse_settings

PACKAGE = Path(storymap.__file__).parent
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
KEBAB = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
TELLS = {"error", "warning", "note"}
CARRIES = re.compile(r"(Error|Remark|Warning|Problem|Oddity|Refusal|Flaw)$|^_(refuse|warn|note|tell)\w*$")
MISTAKES = load_mistakes()


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def list_nodes() -> Iterator[ast.AST]:
    for file in sorted(PACKAGE.rglob("*.py")):
        if not {"browser", "bundling"} & set(file.relative_to(PACKAGE).parts):
            yield from ast.walk(ast.parse(file.read_text(encoding="utf-8")))


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def find_direct() -> Iterator[tuple[str, str]]:
    """Every code that is written where it is told, with how: `report.error("code", …)`."""
    for node in list_nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and name_of(node) in TELLS and node.args:
            first = node.args[0]
            options = (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,)
            for option in options:
                if isinstance(option, ast.Constant) and isinstance(option.value, str) and len(node.args) > 2:
                    yield option.value, name_of(node)


def find_carried() -> Iterator[str]:
    """Every code that is written elsewhere than it is told: in an exception, a default, or (code, message, help)."""
    for node in list_nodes():
        if isinstance(node, ast.Call) and CARRIES.search(name_of(node)):
            candidates = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "code")]
        elif isinstance(node, ast.arguments):
            candidates = [default for argument, default in pair_defaults(node) if argument.arg == "code"]
        elif isinstance(node, ast.Tuple) and len(node.elts) == 3 and not is_text(node.elts[1]):
            candidates = node.elts[:1]
        else:
            continue
        for candidate in candidates:
            if (
                isinstance(candidate, ast.Constant)
                and isinstance(candidate.value, str)
                and KEBAB.fullmatch(candidate.value)
            ):
                yield candidate.value


def pair_defaults(arguments: ast.arguments) -> Iterator[tuple[ast.arg, ast.expr]]:
    listed = [*arguments.posonlyargs, *arguments.args]
    yield from zip(listed[len(listed) - len(arguments.defaults) :], arguments.defaults, strict=True)
    yield from (
        (arg, default) for arg, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if default
    )


def find_patterns() -> Iterator[re.Pattern[str]]:
    """Codes that are put together where they are told, such as f"missing-{kind}"."""
    for node in list_nodes():
        if (
            isinstance(node, ast.Call)
            and name_of(node) in TELLS
            and node.args
            and isinstance(node.args[0], ast.JoinedStr)
        ):
            parts = node.args[0].values
            yield re.compile("".join(str(part.value) if isinstance(part, ast.Constant) else "[a-z]+" for part in parts))


def test_every_code_that_the_package_can_tell_is_explained() -> None:
    told = {code for code, _ in find_direct()} | set(find_carried())
    assert len(told) > 80
    assert sorted(told - set(MISTAKES)) == []


def test_every_code_that_is_explained_can_be_told() -> None:
    written = {node.value for node in list_nodes() if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    patterns = list(find_patterns())
    assert patterns
    untold = [code for code in MISTAKES if code not in written and not any(p.fullmatch(code) for p in patterns)]
    assert untold == []


def test_the_catalogue_says_how_bad_each_mistake_can_be() -> None:
    direct: dict[str, set[Severity]] = {}
    for code, level in find_direct():
        direct.setdefault(code, set()).add(Severity(level))
    carried = set(find_carried())
    order = list(Severity)
    wrong = {
        code: (MISTAKES[code].level, levels)
        for code, levels in direct.items()
        if (MISTAKES[code].level not in levels and code not in carried)
        or order.index(MISTAKES[code].level) > min(map(order.index, levels))
    }
    assert wrong == {}


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=str)
def test_an_entry_is_complete_and_shows_two_different_examples(mistake: Mistake) -> None:
    assert CODE.fullmatch(mistake.code)
    assert mistake.title[0].isupper()
    assert not mistake.title.endswith(".")
    assert len(mistake.title) <= 70
    for text in (mistake.why, mistake.mend):
        assert text[0].isupper() or text[0] == "`"
        assert text.endswith((".", "!"))
        assert len(text) <= 400
    assert mistake.wrong != mistake.right
    assert mistake.right or mistake.code == "unused-ignore"


def test_stages_are_the_files_of_the_catalogue() -> None:
    assert sorted(STAGES) == sorted(file.stem for file in (PACKAGE / "mistakes").glob("*.toml"))
    assert {mistake.stage for mistake in MISTAKES.values()} == set(STAGES)


@pytest.mark.parametrize(
    ("written", "meant"), [("mising-alt", "missing-alt"), ("Unknown_Place", "unknown-place"), ("xyzzy", "")]
)
def test_a_misspelt_code_is_recognised(written: str, meant: str) -> None:
    assert suggest_code(written) == meant


# The setting


def tell(text: str) -> list[tuple[str, int, int, str]]:
    report = Report()
    parse_settings(text, path="storymap.toml", table=(), report=report)
    return [(problem.code, problem.at.line, problem.at.column, problem.help) for problem in report.problems]


def test_checks_are_read_from_the_settings() -> None:
    report = Report()
    settings = parse_settings(
        '[checks]\nmissing-alt = "error"\nunused-footnote = "off"\n', path="storymap.toml", table=(), report=report
    )
    assert settings.checks == {"missing-alt": "error", "unused-footnote": "off"}
    assert report.problems == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('[checks]\nmising-alt = "off"', (2, 1)),
        ('checks = { missing-alt = "off", mising-alt = "off" }', (1, 33)),
        ('checks.mising-alt = "off"', (1, 8)),
        ('[checks]\n"mising-alt" = "off"', (2, 2)),
        ('title = "mising-alt"\n[ checks ]\n  mising-alt = "off"', (3, 3)),
    ],
)
def test_a_misspelt_code_in_the_settings_is_told_at_its_key(text: str, place: tuple[int, int]) -> None:
    assert tell(text) == [("unknown-code", *place, 'did you mean "missing-alt"?')]


def test_a_setting_of_another_table_is_not_taken_for_ours() -> None:
    report = Report()
    text = '[tool.other]\ntitel = "x"\n[tool.storymap]\ntitel = "y"\n[tool.storymap.checks]\nunknown-place = "off"\n'
    parse_settings(text, path="pyproject.toml", table=("tool", "storymap"), report=report)
    assert [(problem.code, problem.at.line) for problem in report.problems] == [("unknown-setting", 4)]


def test_every_mistake_that_leaves_nothing_to_build_with_is_refused_in_one_run() -> None:
    assert [
        found[:3] for found in tell('[checks]\nunknown-place = "off"\nno-steps = "warning"\nbad-json = "error"')
    ] == [
        ("hard-mistake", 2, 1),
        ("hard-mistake", 3, 1),
    ]


@pytest.mark.parametrize(
    "text", ['[checks]\nmissing-alt = "of"', "[checks]\nmissing-alt = 3", "checks = 3", "checks = []"]
)
def test_another_word_than_error_warning_and_off_is_refused(text: str) -> None:
    assert [found[0] for found in tell(text)] == ["bad-setting"]
