"""The templates of the package as the Python that Jinja makes of them, made when the package was built.

To make it takes several times as long as to fill them for a story, in every process of a build. What is kept is found
by the text of a template: one that differs, as those of a theme of one's own, Jinja compiles as ever. So it does with
all of them where another Jinja is installed than made them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from storymap.prepared import read_static

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.bccache import Bucket

FILE_NAME = "templates.json"
"""In `static/`: `made_with`, the version of Jinja, and `code`, what `write_code` gives."""


class PreparedTemplates(BytecodeCache):
    """Gives Jinja what was prepared of a template, and keeps nothing."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill `bucket`, if its template is one that was prepared."""
        code = _read_code().get(_name(bucket.key, bucket.checksum))
        if code is not None:
            bucket.code = compile(code, "<template>", "exec")  # called as Jinja calls what has no file

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Nothing: a process is done with its templates before that would pay."""


def write_code(environment: Environment) -> dict[str, str]:
    """The Python of all templates of `environment`, each by its name and text."""
    assert environment.loader is not None
    prepared, code = PreparedTemplates(), {}
    for name in environment.list_templates():
        text, _, _ = environment.loader.get_source(environment, name)
        entry = _name(prepared.get_cache_key(name), prepared.get_source_checksum(text))
        code[entry] = environment.compile(text, name, raw=True)
    return code


def jinja_version() -> str:
    """The version of Jinja that is installed."""
    return version("jinja2")


def _name(key: str, checksum: str) -> str:
    """What a template is kept under: Jinja's digests of its name and of its text."""
    return f"{key} {checksum}"


@lru_cache(maxsize=1)
def _read_code() -> Mapping[str, str]:
    """What was prepared; nothing where another Jinja is installed than made it."""
    prepared = json.loads(read_static(FILE_NAME))
    code: Mapping[str, str] = prepared["code"] if prepared["made_with"] == jinja_version() else {}
    return code
