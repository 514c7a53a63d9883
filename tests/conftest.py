"""What every test may use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import settings

# The same examples on every run and no deadline: a test must not fail by chance or on a slow machine.
settings.register_profile("storymap", derandomize=True, deadline=None)
settings.load_profile("storymap")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The top of this repository."""
    return Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def own_site(repository: Path) -> Mapping[str, bytes]:
    """The site of this repository's own stories, built once for all tests that look at it."""
    from storymap.building.build import build_site
    from storymap.project import load_project

    return MappingProxyType(build_site(load_project(repository)))


@pytest.fixture(scope="session", autouse=True)
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that stands for the user's cache in every test, and in the programs that tests run."""
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session")
def corpora(repository: Path) -> Path:
    """The folder of public test corpora that lies beside a developer's checkout; not part of the project."""
    folder = repository.parent / "shared" / "corpora"
    if not folder.is_dir():
        pytest.skip("the corpora are not beside this checkout")
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept` writes what a golden test gives, to be read before it is committed."""
    parser.addoption("--accept", action="store_true", help="write golden files instead of comparing with them")
