"""Find a story-map project on disk: its folder, its settings, and the folders that stories and places live in.

The first step of every command. A project is a folder with `storymap.toml`, or with `[tool.storymap]` in its
`pyproject.toml`, or simply with a `stories` folder. Its settings are loaded where they are asked for, so that a
folder is found at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from storymap.errors import Location, Report, StorymapError

if TYPE_CHECKING:
    from storymap.geodata.file_settings import FileSettings
    from storymap.settings.model import Settings


class Project(Struct, frozen=True):
    """A project on disk: `root` is its folder, absolute; `settings_path` is relative to it, empty for none."""

    root: Path
    settings: Settings
    settings_path: str

    @property
    def stories_folder(self) -> Path:
        """Where the stories are: one Markdown file each."""
        return self.root / "stories"

    @property
    def geo_folder(self) -> Path:
        """Where the places are."""
        return self.root / "geo"

    @property
    def data_folder(self) -> Path:
        """Where data is that maps show and that makes no places; it may also lie beside the stories."""
        from storymap.geodata.folder import DATA_FOLDER

        return self.geo_folder / DATA_FOLDER

    @property
    def streets_folder(self) -> Path:
        """Where street data is, of which maps are drawn that come closer than a city."""
        return self.root / "streets"

    @property
    def static_folder(self) -> Path:
        """Where files are that the site has as they are."""
        return self.root / "static"

    @property
    def styles_file(self) -> Path:
        """The site's own style sheet."""
        return self.root / "theme.css"

    @property
    def templates_folder(self) -> Path:
        """Where templates of the site's own are."""
        return self.root / "templates"

    @property
    def fonts_folder(self) -> Path:
        """Where fonts of the project's own are, for its cards."""
        return self.root / "fonts"

    @property
    def site_folder(self) -> Path:
        """Where the site is written unless the command says otherwise."""
        return self.root / "site"

    @property
    def geo_settings(self) -> dict[str, FileSettings]:
        """What the settings say of single files of `geo/`, by their paths in the project."""
        from storymap.geodata.file_settings import FileSettings, name_system

        return {
            f"geo/{name}": FileSettings(file.name, file.encoding, self.where("geo", name), name_system(file.crs))
            for name, file in self.settings.geo.items()
        }

    def where(self, *names: str) -> Location:
        """Where the setting with these nested names is written; the settings file where it is not."""
        if not self.settings_path:
            return Location("storymap.toml")
        from storymap.settings.reading import locate_setting

        try:
            text = (self.root / self.settings_path).read_text(encoding="utf-8-sig")
        except (OSError, ValueError):  # it went, or became something else, since it was read
            return Location(self.settings_path)
        table = () if self.settings_path == "storymap.toml" else ("tool", "storymap")
        return locate_setting(text, *names, path=self.settings_path, table=table)


def load_project(folder: Path | str = ".") -> Project:
    """Load the project that `folder` belongs to, looking in it and then in the folders above it.

    Raises `StorymapError` if there is none or its settings are wrong.
    """
    from storymap.settings.model import Settings

    root, path, table = _find_project(folder)
    report = Report()
    settings = _read_settings(root, path, table, report) if path else Settings()
    report.raise_errors()
    return Project(root, settings, path)


def find_root(folder: Path | str = ".") -> Path:
    """The folder of the project that `folder` belongs to, whatever its settings say; raises as `load_project` does."""
    return _find_project(folder)[0]


def read_geo_settings(root: Path) -> dict[str, FileSettings]:
    """What the settings of the project in `root` say of single files of `geo/`; nothing where they are wrong."""
    _, path, _ = _find_project(root)
    if not path or b"geo" not in (root / path).read_bytes():
        return {}  # nearly always, and then the settings need not be loaded
    try:
        return load_project(root).geo_settings
    except StorymapError:
        return {}


def _find_project(folder: Path | str) -> tuple[Path, str, tuple[str, ...]]:
    """The project's folder, its settings file and the table in it; path and table are empty where it has none.

    Raises `StorymapError` where there is no project, and where the system will not let one look.
    """
    report = Report()
    try:
        start = Path(folder).resolve()
        for candidate in (start, *start.parents):
            found = _find_settings(candidate) or (("", ()) if _has_stories(candidate, start) else None)
            if found is not None:
                return candidate, *found
    except (OSError, RuntimeError, ValueError) as error:  # the last two are a path's: links in a circle, a NUL
        place = getattr(error, "filename", None) or folder
        report.error(
            "unreadable-file",
            f'cannot look for a project in "{folder}": {getattr(error, "strerror", "") or error}',
            Location(str(place)),
            help="check that the folder exists, and that you may read what is in it",
        )
        raise StorymapError(report.errors) from error
    report.error(
        "no-project",
        f'no story-map project in "{start}" or above it',
        Location("storymap.toml"),
        help="run the command in a folder that has a stories folder, name one, or begin one: storymap new FOLDER",
    )
    raise StorymapError(report.errors)


def _find_settings(folder: Path) -> tuple[str, tuple[str, ...]] | None:
    """The settings file of `folder` and the table in it, None where there is none."""
    if (folder / "storymap.toml").is_file():
        return "storymap.toml", ()
    pyproject = folder / "pyproject.toml"
    if pyproject.is_file() and b"[tool.storymap]" in pyproject.read_bytes():
        return "pyproject.toml", ("tool", "storymap")
    return None


def _has_stories(folder: Path, start: Path) -> bool:
    """Whether `folder` is a project without settings: one that was asked for, or whose sources we stand in."""
    stories = folder / "stories"
    return stories.is_dir() and (
        start == folder or start.is_relative_to(stories) or start.is_relative_to(folder / "geo")
    )


def _read_settings(root: Path, path: str, table: tuple[str, ...], report: Report) -> Settings:
    from storymap.reading.text import read_text
    from storymap.settings.model import Settings
    from storymap.settings.reading import parse_settings

    source = read_text(root / path, path, report)
    return parse_settings(source.text, path=path, table=table, report=report) if source else Settings()
