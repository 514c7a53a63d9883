"""Templates of a site's own: each takes the place of the package's template of that name.

They are filled as those are, with everything escaped, and in Jinja's sandbox, where a template reaches nothing but the
page. The package's own stay to be had under `storymap/`, so that one can extend what it replaces.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from jinja2 import TemplateError, nodes

from storymap.errors import Report
from storymap.pages.theme import PACKAGED, Theme, make_environment
from storymap.reading.text import TextSource
from storymap.text.suggesting import ask_nearest

AUTHOR_PREFIX = "my-"
"""Templates that begin with this are the author's own, to be included by others."""


def add_templates(theme: Theme, own: Mapping[str, TextSource], report: Report) -> Theme:
    """`theme` with the templates in `own`, by their names. What is wrong with one is told, with its line."""
    packaged = dict(theme.templates)
    known = {name: source for name, source in own.items() if _is_known(name, source, packaged, report)}
    if not known:
        return theme
    texts = packaged | {f"{PACKAGED}{name}": text for name, text in packaged.items()}
    texts |= {name: source.text for name, source in known.items()}
    made = replace(theme, templates=tuple(sorted(texts.items())), own=tuple(sorted(known)))
    for name, source in known.items():
        _check(name, source, made, report)
    return made


def _is_known(name: str, source: TextSource, packaged: Mapping[str, str], report: Report) -> bool:
    """Whether a template of this name is ever used; where not, that is told."""
    if name in packaged or (name.startswith(AUTHOR_PREFIX) and name.endswith(".html")):
        return True
    otherwise = f"there are {', '.join(sorted(packaged))}; those of your own begin with {AUTHOR_PREFIX}"
    help = ask_nearest(name, sorted(packaged), otherwise=otherwise)
    report.warning("unknown-template", f'no page is made with a template called "{name}"', source.at(0), help)
    return False


def _check(name: str, source: TextSource, theme: Theme, report: Report) -> None:
    """Tell what keeps a template from being filled, as far as that can be seen before."""
    environment = make_environment(theme.templates, theme.own)
    try:
        tree = environment.parse(source.text, name)
        environment.compile(source.text, name)
    except TemplateError as error:
        line = getattr(error, "lineno", 0) or 0
        reason = (error.message or "it cannot be read").rstrip(".")
        report.error("bad-template", f"this is no template: {reason}", source.at(line), "mend it, or take the file out")
        return
    known = dict(theme.templates)
    for node, other in _list_others(tree):
        if other not in known:
            help = ask_nearest(other, sorted(known), otherwise="write the name of a file in templates/")
            report.error("bad-template", f'no template "{other}"', source.at(node.lineno), help)
        elif other == name:
            help = f'write "{PACKAGED}{name}" for the one of the package'
            report.error("bad-template", f'"{name}" builds on itself', source.at(node.lineno), help)


def _list_others(tree: nodes.Template) -> Iterator[tuple[nodes.Node, str]]:
    """The templates that one names, and where."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        named: nodes.Expr = node.template  # type: ignore[attr-defined] # all four have one
        if isinstance(named, nodes.Const) and isinstance(named.value, str):
            yield node, named.value
