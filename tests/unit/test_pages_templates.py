"""Templates and view models fit: a template reads nothing that its model does not have, and all that it has is read.

The types of a model are followed through the template's syntax tree: a `for` gives the elements of a tuple.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from jinja2 import Environment, nodes
from msgspec import Struct

from storymap.language.words import interface_words
from storymap.pages.about import AboutPage
from storymap.pages.atlas import AtlasPage, CardsPage
from storymap.pages.credits import CreditsPage
from storymap.pages.feed_links import FeedLink
from storymap.pages.frame import Site
from storymap.pages.guide import GuidePage
from storymap.pages.moved import MovedPage
from storymap.pages.not_found import NotFoundPage
from storymap.pages.place import PlacePage
from storymap.pages.policy import Grant
from storymap.pages.story import StoryPage
from storymap.pages.theme import make_environment
from storymap.pages.themes.builtin import builtin_theme

PAGES = {
    "about.html": AboutPage,
    "credits.html": CreditsPage,
    "atlas.html": AtlasPage,
    "cards.html": CardsPage,
    "guide.html": GuidePage,
    "moved.html": MovedPage,
    "not_found.html": NotFoundPage,
    "place.html": PlacePage,
    "story.html": StoryPage,
}
Read = tuple[type, str]
FOR_MAKERS: set[Read] = {
    (Site, "url"),
    (Site, "description"),
    (Site, "feeds"),
    (Site, "cards"),
    (Site, "is_searched"),
    (Site, "home"),
    (Site, "others"),
    *((FeedLink, field) for field in ("path", "title", "language", "collection")),
}
"""Fields that the makers of pages read, and no template: whole addresses and cards are put together there."""


class UnknownNameError(Exception):
    """A template reads what is not there."""


@dataclass
class Reader:
    """Follows what a template reads of its model; `read` has each class with the field that was read."""

    read: set[Read]
    environment: Environment

    def visit(self, node: nodes.Node, names: dict[str, object]) -> object:
        """The type of an expression, None where it is of no interest; `names` are the types of variables."""
        match node:
            case nodes.Name(name=name, ctx="load"):
                if name not in names | {"super": None}:
                    raise UnknownNameError(name)
                return names.get(name)
            case nodes.Getattr(node=of, attr=attribute):
                return self._look_up(self.visit(of, names), attribute)
            case nodes.Getitem(node=of):
                return _element(self.visit(of, names))
            case nodes.For(target=nodes.Name(name=name), iter=items, body=body, else_=otherwise):
                inside = names | {name: _element(self.visit(items, names))}
                self._visit_all(body, inside)
                self._visit_all(otherwise, names)
            case nodes.Assign(target=nodes.Name(name=name), node=value):
                names[name] = self.visit(value, names)
            case nodes.With(targets=[nodes.Name(name=name)], values=[value], body=body):
                self._visit_all(body, names | {name: self.visit(value, names)})
            case nodes.Include(template=nodes.Const(value=part)):
                self.visit(parse_template(self.environment, part), dict(names))
            case nodes.Block(body=body):
                self._visit_all(body, {"page": names["page"]})  # a block does not see the variables around it
            case _:
                self._visit_all(node.iter_child_nodes(), names)
        return None

    def _visit_all(self, children: typing.Iterable[nodes.Node], names: dict[str, object]) -> None:
        for child in children:
            self.visit(child, names)

    def _look_up(self, of: object, attribute: str) -> object:
        if of is str and hasattr(str, attribute):
            return None
        if typing.get_origin(of) is Mapping:
            if attribute not in interface_words("en").page:
                raise UnknownNameError(attribute)
            return str
        if not (isinstance(of, type) and issubclass(of, Struct)) or attribute not in _fields(of):
            raise UnknownNameError(f"{of}.{attribute}")
        self.read.add((of, attribute))
        return _fields(of)[attribute]


def _fields(model: type) -> dict[str, object]:
    """The types of a model's fields, without `None` where one may be missing."""
    found = typing.get_type_hints(model)
    return {
        name: next(one for one in typing.get_args(kind) if one is not types.NoneType)
        if isinstance(kind, types.UnionType)
        else kind
        for name, kind in found.items()
    }


def _element(kind: object) -> object:
    if typing.get_origin(kind) is not tuple:
        raise UnknownNameError(f"{kind} is no tuple")
    return typing.get_args(kind)[0]


def parse_template(environment: Environment, name: str) -> nodes.Template:
    assert environment.loader is not None
    return environment.parse(environment.loader.get_source(environment, name)[0])


def read_template(environment: Environment, name: str, model: type) -> set[Read]:
    """What a template, and those that it extends, read of a page."""
    tree = parse_template(environment, name)
    reader = Reader(set(), environment)
    reader.visit(tree, {"page": model})
    for parent in tree.find_all(nodes.Extends):
        assert isinstance(parent.template, nodes.Const)
        reader.read |= read_template(environment, parent.template.value, model)
    return reader.read


def list_fields(model: type) -> Iterator[Read]:
    """Every field of a model and of the models in it."""
    for name, kind in _fields(model).items():
        yield model, name
        inner = _element(kind) if typing.get_origin(kind) is tuple else kind
        if isinstance(inner, type) and issubclass(inner, Struct) and inner is not model:
            yield from list_fields(inner)


@pytest.fixture(scope="module")
def environment() -> Environment:
    return make_environment(builtin_theme().templates)


def test_every_template_belongs_to_a_page(environment: Environment) -> None:
    parts = {
        "base.html",
        "card.html",
        "editions.html",
        "filter.html",
        "map_credits.html",
        "mapped.html",
        "search.html",
        "sharing.html",
        "tags.html",
        "track.html",
    }
    assert {*environment.list_templates()} == {*PAGES, *parts}


@pytest.mark.parametrize("name", PAGES)
def test_a_template_reads_what_its_model_has_and_all_that_is_its_own(environment: Environment, name: str) -> None:
    model = PAGES[name]
    read = read_template(environment, name, model)
    own = {(owner, field) for owner, field in list_fields(model) if owner.__module__ == model.__module__}
    assert own <= read


def test_what_pages_share_is_read_by_one_at_least(environment: Environment) -> None:
    read = {one for name, model in PAGES.items() for one in read_template(environment, name, model)}
    shared = {field for model in PAGES.values() for field in list_fields(model) if field[0] is not Grant}
    assert read | FOR_MAKERS == shared  # a grant goes whole to the policy


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.titel }}",
        "{{ page.frame.words.no_such_word }}",
        "{{ title }}",
        "{% for step in page.steps %}{{ step.titel }}{% endfor %}",
        "{% for step in page.steps %}{% endfor %}{{ step.title }}",
        "{% for step in page.title %}{% endfor %}",
        "{% if page.after %}{{ page.after.date }}{% endif %}",
        '<a href="{{ page.frame.site.house | upper }}">',
    ],
)
def test_a_name_that_a_model_does_not_have_is_found(text: str) -> None:
    with pytest.raises(UnknownNameError):
        read_template(make_environment((("story.html", text),)), "story.html", StoryPage)


def test_a_field_that_nobody_reads_is_found() -> None:
    read = read_template(make_environment((("story.html", "{{ page.title }}"),)), "story.html", StoryPage)
    assert read == {(StoryPage, "title")}
