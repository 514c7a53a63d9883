"""A real Chromium on the repository's own site, in which every request that leaves the machine fails the test.

Most of a browser test's time goes into opening pages. So one test looks at much of one page; sizes and schemes that ask
for no page of their own are set on the page that is there; and what only needs HTML needs no browser. Use

- `stories`, the repository's own stories, for what a story's page does: as pages of the site, and as files by
  themselves; `site` for what leads from page to page;
- or one project for all tests of a file, made by a fixture of the module, with a story for each of them (as in
  test_hooks.py), which `in_form` gives in both forms. Where making it takes long, `xdist_group` has it made by one
  worker;
- `open_page` for every page: its context stays from test to test (see contexts.py);
- the six sizes of `sizes.py` for what everybody has to reach on every screen: test_sizes.py walks through all of it;
- `in_turn` for what is tried with several parameters, as forms and sizes: every second combination of them is tried;
- `find_violations`, which looks at both colour schemes at once.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import subprocess
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import pytest
from click.testing import CliRunner
from contexts import PATIENCE, Contexts
from firefox import Firefox
from playwright.sync_api import Browser, ConsoleMessage, Frame, Page, Route, ViewportSize, expect, sync_playwright

from storymap.building.write import write_site
from storymap.cli.commands import storymap
from storymap.outputs.single_page import make_single_page
from storymap.project import load_project

ROOT = Path(__file__).parents[2]
AXE = ROOT / "storymap" / "browser" / "node_modules" / "axe-core" / "axe.min.js"
ALSO = {rule: {"enabled": True} for rule in ("target-size", "scrollable-region-focusable", "label")}
"""Rules that hold whatever a later version of axe-core runs by itself: target-size is not among those of this one."""

SCREEN: ViewportSize = {"width": 1280, "height": 800}

OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules whose result depends on the colour scheme."""

FIND = """async ([within, options]) => (await axe.run(within, { ...options, resultTypes: ["violations"] }))
  .violations.map(({ id, nodes }) => id + ": " + nodes[0].html)"""

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Chromium as the platform installed it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("STORYMAP_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert path, "no Chromium was found: install the chromium package, or set STORYMAP_CHROMIUM to one"
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS), timeout=PATIENCE)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Firefox, where there is one."""
    path = os.environ.get("STORYMAP_FIREFOX") or shutil.which("firefox") or shutil.which("firefox-esr")
    if not path:
        pytest.skip("no Firefox was found: install the package firefox-esr, or set STORYMAP_FIREFOX to one")
    window = Firefox(path, tmp_path_factory.mktemp("profile"))
    yield window
    window.close()


@pytest.fixture(scope="session")
def site(own_site: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own stories, built and written to a folder whose name needs escaping in an address."""
    folder = tmp_path_factory.mktemp("built") / "a site é"
    write_site(own_site, folder, project=load_project(ROOT))
    return folder


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new project, deployed to a branch of a repository on this disk, as it stands on that branch."""
    folder = tmp_path_factory.mktemp("deployed")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{name}_NAME", "Jana")
            patch.setenv(f"GIT_{name}_EMAIL", "jana@example.org")
        patch.setenv("GIT_CONFIG_GLOBAL", str(folder / "none"))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.chdir(folder)
        storymap(["new", "walks"], standalone_mode=False)
        patch.chdir("walks")
        for line in (
            "init --quiet --bare ../remote.git",
            "init --quiet -b main",
            "add .",
            "commit --quiet -m First",
            "remote add origin ../remote.git",
            "push --quiet -u origin main",
        ):
            subprocess.run(("git", *line.split()), check=True)
        result = CliRunner().invoke(storymap, ["deploy"])
        assert result.exit_code == 0, result.output
        subprocess.run(("git", "clone", "--quiet", "--branch", "gh-pages", "../remote.git", "../published"), check=True)
    return folder / "published"


FORMS = ("site", "single files")
"""What a story is read as: one of the pages of its site, or a file by itself."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of tests marked `in_turn` keep every second combination of the parameters that are named there.

    So each size, say, comes in one of the forms, and each form with half of the sizes.
    """
    met: defaultdict[tuple[str, str], list[object]] = defaultdict(list)
    kept: defaultdict[tuple[str, str], list[object]] = defaultdict(list)
    left_out = []
    for item in items:
        if isinstance(item, pytest.Function) and (marker := item.get_closest_marker("in_turn")):
            values = {(item.nodeid.partition("[")[0], name): item.callspec.params[name] for name in marker.args}
            for key, value in values.items():
                if value not in met[key]:
                    met[key].append(value)
            if sum(met[key].index(value) for key, value in values.items()) % 2:
                left_out.append(item)
            else:
                for key, value in values.items():
                    kept[key].append(value)
    lost = [(key, value) for key, values in met.items() for value in values if value not in kept[key]]
    assert lost == [], "these would not be tried at all"
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(scope="session")
def in_form(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The site in a folder in one of `FORMS`: as it is, or as a folder with nothing but its stories.

    Each of those is what `storymap export --format html` makes of its page; without `url` its links lead nowhere.
    `only` names one that is enough.
    """

    def take(form: str, site: Path, *, url: str = "", only: str = "*") -> Path:
        if form == "site":
            return site
        folder = tmp_path_factory.mktemp("single files é")
        files = {file.relative_to(site).as_posix(): file for file in site.rglob("*") if file.is_file()}
        for file in site.glob(f"{only}.html"):
            page = file.read_text(encoding="utf-8")
            if '<article class="story"' in page:
                single = make_single_page(page, file.name, _Files(files), url=url)
                (folder / file.name).write_text(single, encoding="utf-8")
        return folder

    return take


class _Files(Mapping[str, bytes]):
    """The files of a site on disk, each read when it is asked for."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = files

    def __getitem__(self, path: str) -> bytes:
        return self._files[path].read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


@pytest.fixture(scope="session")
def single_files(site: Path, in_form: Callable[..., Path]) -> Path:
    """The stories of the site, each as a file by itself."""
    return in_form("single files", site)


@pytest.fixture(params=FORMS)
def stories(request: pytest.FixtureRequest) -> Path:
    """The folder with the repository's own stories, in each form; `stories / "declaration.html"` is one of them.

    It is for what a story's page does. Which tests are of the site alone, and why, stands in test_forms.py.
    """
    return Path(request.getfixturevalue("site" if request.param == "site" else "single_files"))


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line on standard error for each."""

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path, str], str]]:
    """Serve a folder on loopback under a path such as `/` or `/repository/`; returns its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(folder: Path, path: str) -> str:
        root = tmp_path_factory.mktemp("served")
        if path == "/":
            root = folder
        else:
            (root / path.strip("/")).symlink_to(folder, target_is_directory=True)
        server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(QuietHandler, directory=str(root)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}{path}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@dataclass
class Watch:
    """What a page asked for and complained about."""

    requests: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def assert_clean(self) -> None:
        """Fail if the page asked another host for anything, or complained."""
        assert self.strangers == []
        assert self.complaints == []


@pytest.fixture(scope="session")
def contexts(chromium: Browser) -> Contexts:
    """The contexts of this run; what `open_page` takes them from."""
    return Contexts(chromium)


@pytest.fixture
def open_page(contexts: Contexts) -> Iterator[Callable[..., tuple[Page, Watch]]]:
    """Make pages that are watched; each test fails at its end if one of its pages was not clean.

    Takes the options of `Browser.new_context`. Each page has a context for itself.
    """
    watches: list[Watch] = []
    with contextlib.ExitStack() as borrowed:

        def make(
            *,
            viewport: ViewportSize = SCREEN,
            permissions: Sequence[str] = (),
            color_scheme: Literal["dark", "light"] = "light",
            reduced_motion: Literal["reduce", "no-preference"] = "no-preference",
            **options: object,
        ) -> tuple[Page, Watch]:
            context = borrowed.enter_context(contexts.lend(options))
            watch = Watch()
            context.route("**/*", functools.partial(_let_local_through, watch))
            if permissions:
                context.grant_permissions(permissions)
            page = context.new_page()
            page.set_viewport_size(viewport)
            page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
            page.on("console", functools.partial(_note_console, watch))
            page.on("pageerror", lambda error: watch.complaints.append(str(error)))
            watches.append(watch)
            return page, watch

        yield make
    for watch in watches:
        watch.assert_clean()


@pytest.fixture(scope="session")
def find_violations() -> Callable[..., list[str]]:
    """What axe-core finds wrong on a page as it stands, each rule with the first element that violates it.

    `within` is a selector of the part that is looked at. `in_both_schemes` looks at the colours once more in the dark
    scheme: nothing else depends on it.
    """

    def find(page: Page | Frame, within: str = "html", *, in_both_schemes: bool = False) -> list[str]:
        if not page.evaluate("'axe' in window"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate(FIND, [within, {"rules": ALSO}])
        if in_both_schemes:
            window = page.page if isinstance(page, Frame) else page
            window.emulate_media(color_scheme="dark")
            found += [f"in the dark, {each}" for each in page.evaluate(FIND, [within, {"runOnly": OF_COLOURS}])]
            window.emulate_media(color_scheme="light")
        return list(found)

    return find


def _let_local_through(watch: Watch, route: Route) -> None:
    url = route.request.url
    watch.requests.append(url)
    if url.startswith(("file://", "http://127.0.0.1:", "data:", "blob:", "about:")):
        route.continue_()
    else:
        watch.strangers.append(url)
        route.abort()


def _note_console(watch: Watch, message: ConsoleMessage) -> None:
    # Chromium advises who reads a canvas, as heat maps do, or does not, as it likes.
    if message.type in {"error", "warning"} and "willReadFrequently" not in message.text:
        watch.complaints.append(message.text)
