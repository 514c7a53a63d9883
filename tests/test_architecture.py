"""The shape of the package: every module can be imported first, and says what it is for.

That imports run one way import-linter says, which .dev/test runs.
"""

from __future__ import annotations

import ast
import graphlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "storymap").rglob("*.py")
    if "node_modules" not in path.parts and path.name != "__main__.py"
)


def find_first_imports(module: str) -> set[str]:
    """The modules of the package that importing `module` needs at once: not what its functions import, nor types do."""
    path = ROOT.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    needed: set[str] = set()
    todo: list[ast.AST] = [ast.parse(path.read_text(encoding="utf-8"))]
    while todo:
        match node := todo.pop():
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda() | ast.If(test=ast.Name("TYPE_CHECKING")):
                continue
            case ast.Import():
                needed.update(alias.name for alias in node.names)
            case ast.ImportFrom():
                assert node.level == 0, f"{module} imports from where it stands, not from the package"
                needed.add(node.module or "")
                needed.update(f"{node.module}.{alias.name}" for alias in node.names)
        todo += ast.iter_child_nodes(node)
    needed.update(package for name in tuple(needed) for package in list_packages(name))
    return needed & set(MODULES) - {module, *list_packages(module)}


def list_packages(module: str) -> list[str]:
    """The packages that a module stands in: they come before it."""
    parts = module.split(".")
    return [".".join(parts[:number]) for number in range(1, len(parts))]


def test_every_module_can_be_imported_first():
    """No module needs one that needs it, so that it does not matter which comes first."""
    try:
        graphlib.TopologicalSorter({module: find_first_imports(module) for module in MODULES}).prepare()
    except graphlib.CycleError as error:
        pytest.fail(" needs ".join(reversed(error.args[1])))


IMPORT_EACH = """\
import contextlib, importlib, io, sys
for module in sys.argv[1:]:
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            importlib.import_module(module)
    except Exception as error:
        said.write(repr(error))
    if said.getvalue():
        print(f"{module}: {said.getvalue()}")
"""


def test_every_module_is_imported_in_silence():
    """No warning, nothing printed."""
    ended = subprocess.run(
        (sys.executable, "-W", "error", "-c", IMPORT_EACH, *MODULES),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")


def test_names_say_what_is_inside():
    """A folder or file named for nothing collects everything."""
    vague = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "lib"}
    assert [module for module in MODULES if vague.intersection(module.split("."))] == []


def test_every_module_says_its_purpose():
    silent = []
    for module in MODULES:
        path = ROOT.joinpath(*module.split("."))
        text = (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")
        if not text.startswith('"""'):
            silent.append(module)
    assert silent == []


@pytest.mark.parametrize("command", [("-m", "storymap"), ("-m", "storymap", "build", "--help")])
def test_heavy_libraries_wait_until_they_are_needed(command):
    """Help comes at once: neither geopandas nor Folium nor pyproj is loaded for it."""
    probe = (
        "import runpy, sys\n"
        f"sys.argv = ['storymap', *{command[2:]!r}, *(() if '--help' in {command!r} else ('--help',))]\n"
        "try:\n    runpy.run_module('storymap', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        "heavy = {'folium', 'geopandas', 'pandas', 'numpy', 'pyproj', 'shapely', 'pyogrio'}\n"
        "print('loaded:', sorted(heavy & set(sys.modules)))"
    )
    ended = subprocess.run((sys.executable, "-c", probe), cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.stdout.splitlines()[-1] == "loaded: []", ended.stdout + ended.stderr


def test_a_small_site_is_built_without_what_it_does_not_need(tmp_path):
    """A first build takes little more than its imports: what brings much along waits for a site that asks for it."""
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "walk.md").write_text(
        "---\ntitle: A walk\n---\n\n## Out\nplace: Prague\n\nOut.\n\n## Back\nplace: Brno\n\nBack.\n", encoding="utf-8"
    )
    unneeded = {
        "concurrent.futures", "dask", "deflate", "folium", "geopandas", "multiprocessing", "pandas", "PIL",
        "pymdownx.magiclink", "pypdfium2", "requests", "resvg_py", "storymap.drawing.pdf_page",
        "storymap.outputs.cards", "storymap.outputs.feed", "storymap.outputs.oembed", "uharfbuzz", "xml.sax.saxutils",
    }  # fmt: skip
    assert build_and_list(tmp_path, unneeded) == "loaded: []"
    assert (tmp_path / "site" / "walk.html").is_file()
    # Where nothing changed since, what reads stories and draws maps waits, too.
    unread = {"jinja2", "markdown", "numpy", "pyproj", "shapely", "storymap.reading.fields", "yaml"}
    assert build_and_list(tmp_path, unneeded | unread) == "loaded: []"


def build_and_list(project, unneeded):
    """Build a project, with a cache beside it, and list what was loaded of what is not needed for it."""
    probe = (
        "import sys\n"
        f"sys.argv = ['storymap', 'build', '--output', {str(project / 'site')!r}, {str(project)!r}]\n"
        "from storymap.cli import main\n"
        "try:\n    main()\n"
        "except SystemExit:\n    pass\n"
        f"print('loaded:', sorted({unneeded!r} & set(sys.modules)))"
    )
    environment = os.environ | {"XDG_CACHE_HOME": str(project / "cache")}
    ended = subprocess.run(
        (sys.executable, "-c", probe), cwd=ROOT, capture_output=True, text=True, check=False, env=environment
    )
    return ended.stdout.splitlines()[-1] if not ended.returncode else ended.stderr
