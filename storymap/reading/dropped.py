"""Tell what the cleaning took out of a story's text, where it was written, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable

from storymap.errors import Location, Report
from storymap.reading.finding import TargetFinder
from storymap.reading.losses import Loss
from storymap.text.shortening import shorten
from storymap.text.unwanted import DIRECTION_OVERRIDE, tell_control, tell_override

MOST_TOLD = 100
"""Losses of one part of a story that are told; a page that was pasted as a whole has thousands of one kind."""

_FRAMES = frozenset({"iframe", "embed", "object", "frame", "portal"})
_FILMS = frozenset({"video", "audio"})
_INNER = frozenset({"source", "track", "param", "option", "optgroup", "tbody", "noembed", "noframes"})
"""What stands within other elements, which are told themselves."""
_FORMS = frozenset(
    {"form", "input", "button", "select", "textarea", "fieldset", "datalist", "output", "meter", "progress"}
)
_PAGES = frozenset({"html", "head", "body", "title", "meta", "link", "base", "!doctype"})


def tell_losses(losses: Iterable[Loss], finder: TargetFinder, report: Report) -> None:
    """Warn of everything in `losses`, which were found in the part of a story that `finder` looks into."""
    told = 0
    losses = tuple(losses)
    for number, loss in enumerate(losses):
        if told >= MOST_TOLD:
            return
        if loss.kind == "element" and loss.tag in _INNER:
            continue
        at = _locate(loss, finder)
        if at is None:
            continue
        told += 1
        match loss.kind:
            case "address":
                _tell_address(loss, at, report)
            case "attribute":
                what = f'class "{loss.value}"' if loss.name == "class" else f'attribute "{loss.name}"'
                message = f"the {what} of <{loss.tag}> is left out"
                report.warning("dropped-html", message, at, _advise_attribute(loss))
            case "character":
                tell = tell_override if (found := DIRECTION_OVERRIDE.match(loss.value)) else tell_control
                tell(found or re.match(".", loss.value, re.DOTALL), at, report)  # type: ignore[arg-type]
            case "text":
                report.warning("dropped-html", f'the text "{loss.value}" is left out', at, "write it outside of HTML")
            case _:
                name = at.excerpt[at.column : at.column - 1 + at.length] or loss.tag
                sources = (other.value for other in losses[number : number + 3] if other.tag in (loss.tag, "source"))
                address = next(filter(None, sources), "")
                report.warning("dropped-html", f"<{name}> is left out", at, _advise_element(loss.tag, name, address))


def _locate(loss: Loss, finder: TargetFinder) -> Location | None:
    """Where a loss is written; None for what the converter made of something else, or what is told elsewhere."""
    if loss.kind == "address":
        return finder.find(loss.value)
    if loss.kind == "character":
        code = ord(loss.value)
        return finder.find_pattern(rf"&#(?:x0*{code:x}|0*{code})(?![0-9a-f]);?") or finder.find_pattern("&#")
    if loss.kind == "text":
        return finder.find_pattern(re.escape(loss.value[:1]))
    if loss.kind == "element":
        name = re.escape(loss.tag)
        if loss.value and (found := finder.find_pattern(rf"<{name}(?=\s[^<>]{{0,500}}{re.escape(loss.value)})")):
            return found
        return finder.find_pattern(rf"<{name}(?![\w:-])")
    name = re.escape(loss.name)
    if loss.name in ("class", "id"):
        found = finder.find_pattern(rf"<{re.escape(loss.tag)}\b[^<>]*?\s({name})(?=\s*=)")
        return (
            found if found or loss.name == "id" else finder.find_pattern(rf"\.({re.escape(loss.value.split()[0])})\b")
        )
    return finder.find_pattern(rf"[\s{{:]({name})(?=\s*=)") or finder.find_pattern(rf"[\s{{:]({name})(?=[\s>/}}])")


def _tell_address(loss: Loss, at: Location, report: Report) -> None:
    shown = shorten(loss.value, 60)
    if loss.tag in ("img", "source") or loss.name == "src":
        report.warning(
            "dropped-address",
            f'the picture "{shown}" is left out',
            at,
            "save the picture beside the story and name its file: ![the museum at night](museum.jpg)",
        )
        return
    scheme = loss.value.partition(":")[0].strip().lower()
    if scheme == "file":
        help = "it leads to a file of this computer: put the file beside the story and name it: [the form](form.pdf)"
    elif scheme in ("javascript", "vbscript", "data"):
        help = "pages run no script of a story: link to a page or a file"
    else:
        help = "a link leads to a file of the project, or to an http:, https:, mailto:, tel:, geo: or place: address"
    report.warning("dropped-address", f'the address "{shown}" is left out, and its text is no link', at, help)


def _advise_attribute(loss: Loss) -> str:
    name = loss.name
    if not loss.value:
        return f"delete it; if <{loss.tag} …> is meant as text, put a backslash before it: \\<{loss.tag}"
    if name.startswith("on"):
        return "delete it: pages run no script of a story"
    if name == "class":
        return 'classes of your own begin with "my-"'
    if name == "style":
        return 'delete it, or give the element a class of your own, such as "my-note"'
    return "delete it; it does nothing here"


def _advise_element(tag: str, name: str, address: str) -> str:
    """What to write instead of an element, whose author wrote `name` for its `tag`; `address` is what it would show."""
    if tag in _FRAMES:
        shown = address or "https://…"
        return f"pages show films of YouTube, Vimeo and PeerTube, and posts; of others, link to it: [The film]({shown})"
    if tag in _FILMS:
        file = address.partition("?")[0].rpartition("/")[2]
        link = f"[The film]({file or 'film.mp4'})" if tag == "video" else f"[The sound]({file or 'sound.mp3'})"
        return f"put the file beside the story and show it: !{link}"
    if tag == "script":
        return "pages run no script of a story: link to what it shows; a map hook can add to the maps"
    if tag == "style":
        return 'delete it: a story brings no styles; classes of your own begin with "my-"'
    if tag in ("svg", "math", "canvas"):
        return "save it as a picture beside the story and name its file: ![the plan](plan.svg)"
    if tag in _FORMS:
        return "nobody is there to answer: link to a form, or write an address: <name@example.org>"
    if tag == "picture":
        return "name the picture's file: ![the museum at night](museum.jpg)"
    if tag in _PAGES:
        return "delete it: every page has its own"
    if tag.startswith(("?", "!")):
        return "delete it: a story is text, and nothing in it is run"
    return f"write it in Markdown; if it is meant as text, put a backslash before it: \\<{name}>"
