"""Making the browser bundle: npm's and esbuild's failures become a sentence, and nothing is fetched twice."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from storymap.bundling import BundlingError
from storymap.bundling.browser import bundle_browser, install_packages
from storymap.bundling.node import Node

OFFLINE = """\
npm error code ENOTFOUND
npm error syscall getaddrinfo
npm error errno ENOTFOUND
npm error network request to https://registry.example/leaflet failed, reason: getaddrinfo ENOTFOUND registry.example
npm error network This is a problem related to network connectivity.
npm error A complete log of this run can be found in: /home/somebody/.npm/_logs/1.log
"""
OUT_OF_STEP = """\
npm error code EUSAGE
npm error
npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.
"""


class Tools:
    """A folder of browser sources, and programs in the place of Node's that say and do what a test wants."""

    def __init__(self, folder: Path) -> None:
        self.browser = folder / "browser"
        self.browser.mkdir()
        (self.browser / "package-lock.json").write_text("{}")
        self.calls = folder / "calls"
        self.calls.touch()
        self.program = folder / "program"
        self.node = Node(node=(str(self.program),), npm=(str(self.program), "npm"))

    def act(self, script: str) -> None:
        self.program.write_text(f'#!/bin/sh\necho "$@" >> "{self.calls}"\n{script}\n', encoding="utf-8")
        self.program.chmod(0o755)

    def fail_with(self, text: str) -> None:
        (self.browser / "said").write_text(text, encoding="utf-8")
        self.act("cat said >&2; exit 1")


@pytest.fixture
def tools(tmp_path: Path) -> Tools:
    return Tools(tmp_path)


def test_installing_runs_no_package_script_and_leaves_nothing_out(tools):
    tools.act("mkdir node_modules")
    assert install_packages(tools.browser, node=tools.node) == tools.browser / "node_modules"
    assert "npm ci --ignore-scripts --include=dev --include=optional" in tools.calls.read_text()


def test_same_lock_file_is_installed_once(tools):
    tools.act("mkdir -p node_modules")
    install_packages(tools.browser, node=tools.node)
    install_packages(tools.browser, node=tools.node)
    assert len(tools.calls.read_text().splitlines()) == 1
    (tools.browser / "package-lock.json").write_text('{"lockfileVersion": 3}')
    install_packages(tools.browser, node=tools.node)
    assert len(tools.calls.read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("said", "cause"),
    [
        (OFFLINE, "reason: getaddrinfo ENOTFOUND registry.example"),
        (OUT_OF_STEP, "can only install packages when"),
        ("npm error code E404\nnpm error 404 Not Found", "code E404"),
        ("", "it said nothing"),
    ],
)
def test_failing_npm_is_one_sentence_that_names_the_cause(tools, said, cause):
    tools.fail_with(said)
    with pytest.raises(BundlingError) as caught:
        install_packages(tools.browser, node=tools.node)
    message = str(caught.value)
    assert message.startswith("npm could not install the browser packages (")
    assert cause in message
    assert "\n" not in message


def test_interrupted_installation_is_done_again(tools):
    tools.act("mkdir -p node_modules; exit 1")
    with pytest.raises(BundlingError):
        install_packages(tools.browser, node=tools.node)
    tools.act("mkdir -p node_modules")
    install_packages(tools.browser, node=tools.node)
    assert len(tools.calls.read_text().splitlines()) == 2


def test_bundling_tells_which_packages_went_in(tools, tmp_path):
    tools.act("""echo '{"packages": ["leaflet"]}'""")
    assert bundle_browser(tools.browser, node=tools.node, out=tmp_path / "static") == ("leaflet",)


def test_sources_that_do_not_compile_fail_with_what_esbuild_says(tools, tmp_path):
    tools.fail_with('✘ [ERROR] Could not resolve "./nowhere"\n    src/main.ts:1:7')
    with pytest.raises(BundlingError, match=r"esbuild could not bundle storymap/browser:\n.*nowhere.*\n.*main\.ts:1:7"):
        bundle_browser(tools.browser, node=tools.node, out=tmp_path / "static")


def test_lock_file_has_checksums_and_no_addresses(repository):
    """Any registry may serve the packages, and what it serves is checked."""
    text = (repository / "storymap" / "browser" / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: about for name, about in json.loads(text)["packages"].items() if name}
    assert [name for name, about in packages.items() if "resolved" in about] == []
    assert [name for name, about in packages.items() if not about.get("integrity", "").startswith("sha512-")] == []
    assert re.findall(r"https?://[^\"]*\.tgz", text) == []
