"""Tell markup of other programs that pages would show as it is typed, with what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from storymap.errors import Report
from storymap.reading.lines import Lines
from storymap.reading.plain import PlainText
from storymap.text.shortening import shorten

MOST_TOLD = 100
"""How many are told of one story: a page that was never cleared of another program's markup has hundreds."""

_Advice = Callable[[re.Match[str]], str]


def tell_foreign(plain: PlainText, parts: Iterable[Lines], report: Report) -> None:
    """Warn of what stands in the prose of `parts` for another program than this one."""
    told = 0
    for part in parts:
        first, last = plain.span(part)
        if not _MARK.search(plain.text, first, last):
            continue
        for found in _FOREIGN.finditer(plain.text, first, last):
            if (
                found["escaped"]
                or found.lastgroup is None
                or (found.lastgroup == "emoji" and not _find_emoji(found[0]))
            ):
                continue
            if (told := told + 1) > MOST_TOLD:
                return
            name, advise = _ADVICE[found.lastgroup]
            text = shorten(" ".join(found[0].split()), 60)
            at = plain.at(found.start(), len(found[0].rstrip("\n")))
            report.warning("foreign-markup", f'"{text}" is {name}, and stays on the page as it is', at, advise(found))


def _advise_shortcode(found: re.Match[str]) -> str:
    words = re.findall(r"[\w./:-]+", found[0])
    name = words[0] if words else ""
    address = re.search(r"(?:src|link|href|ref)\s*=\s*[\"']([^\"']+)", found[0])
    quoted = re.search(r"[\"']([^\"']+)[\"']", found[0])
    if name in ("figure", "img", "image"):
        return f"write ![what it shows]({address[1].rpartition('/')[2] if address else 'picture.jpg'})"
    if name in ("youtube", "vimeo"):
        site = "https://www.youtube.com/watch?v=" if name == "youtube" else "https://vimeo.com/"
        return f"write a link: [The film]({site}{words[-1] if len(words) > 1 else '…'})"
    if name in ("ref", "relref"):
        return f"write [its name]({quoted[1].rpartition('/')[2] if quoted else 'story.md'})"
    return "write in Markdown what it makes: a link, a picture, a box (> [!NOTE])"


def _advise_tag(found: re.Match[str]) -> str:
    words = re.findall(r"[\w./-]+", found[0])
    name = words[0] if words else ""
    if name in ("link", "post_url") and len(words) > 1:
        return f"write [its name]({words[1].rpartition('/')[2].removesuffix('.md')}.md)"
    if name in ("highlight", "endhighlight", "raw", "endraw"):
        return "put code between two lines of ```"
    return "nothing is filled in here: write the text itself, or delete it"


def _advise_wiki(found: re.Match[str]) -> str:
    target, _, text = found[0].strip("![]").partition("|")
    page, mark, heading = target.partition("#")
    step = mark + re.sub(r"\s+", "-", heading.strip().lower()) if mark else ""
    name = page.strip()
    address = f"{name}.md{step}" if name else step
    return f"write [{(text or name or heading).strip()}]({f'<{address}>' if ' ' in address else address})"


def _advise_embed(found: re.Match[str]) -> str:
    target = found[0].strip("![]").partition("|")[0].strip()
    file = f"<{target}>" if " " in target else target
    if re.search(r"\.\w{2,5}$", target):
        return f"write ![what it shows]({file})"
    return f"nothing is taken in from other files: write a link, [{target}](<{target}.md>)"


def _advise_box(found: re.Match[str]) -> str:
    kind = re.sub(r"\W", "", found[0]).upper()
    known = {"NOTE": "NOTE", "INFO": "NOTE", "TIP": "TIP", "WARNING": "WARNING", "DANGER": "CAUTION"}
    return f"write > [!{known.get(kind, 'NOTE')}], and > before each line of the box"


def _find_emoji(name: str) -> str:
    """The sign that GitHub shows for a short name, such as ":smile:"; empty where it knows none."""
    from pymdownx import gemoji_db

    name = gemoji_db.aliases.get(name, name)
    found = gemoji_db.emoji.get(name, {}).get("unicode", "")
    return "".join(chr(int(code, 16)) for code in found.split("-")) if found else ""


_FORUM = "(?:b|i|u|s|url|img|quote)"

# Each may look at a character once: the classes between the marks leave out what begins the next.
_MARKUP: tuple[tuple[str, str, str, _Advice], ...] = (
    ("shortcode", r"\{\{[<%][^{}\n]*[>%]\}\}", "a Hugo shortcode", _advise_shortcode),
    ("tag", r"\{%[^%{}\n]*%\}", "Liquid", _advise_tag),
    ("output", r"\{\{[^{}\n]*\}\}", "Liquid", lambda _: "nothing is filled in here: write the text itself"),
    (
        "editor",
        r"\{(?:\+\+[^{}\n]*\+\+|--[^{}\n]*--|~~[^{}\n]*~~|>>[^{}\n]*<<|==[^{}\n]*==)\}",
        "a mark of an editor (CriticMarkup)",
        lambda _: "accept or reject the change: write the text as readers shall see it",
    ),
    (
        "instruction",
        r"\{(?:::|:/)[^{}\n]*\}|\{:toc[^{}\n]*\}",
        "an instruction of Kramdown",
        lambda _: "delete it; a comment is written <!-- … -->",
    ),
    (
        "picture",
        r"\[\[(?:File|Image|Soubor|Datei|Fichier):[^\[\]\n]+\]\]",
        "a picture of MediaWiki",
        lambda found: f"write ![what it shows]({found[0].strip('[]').partition('|')[0].partition(':')[2].strip()})",
    ),
    ("embed", r"!\[\[[^\[\]\n]+\]\]", "an embed of Obsidian", _advise_embed),
    (
        "toc",
        r"\[\[_?(?:toc|TOC)_?\]\]|^\[(?:toc|TOC)\]$",
        "a table of contents",
        lambda _: "delete it: the page has a list of its steps",
    ),
    ("wiki", r"\[\[[^\[\]\n]+\]\](?!\()", "a link of Obsidian", _advise_wiki),
    (
        "mark",
        r"(?<![=\w])==(?=[^\s=])[^=\n]*[^\s=]==(?![=\w])",
        "a highlight of Obsidian",
        lambda found: f"write <mark>{found[0].strip('=')}</mark>",
    ),
    (
        "comment",
        r"%%[^%\n]+%%|^%%\n[^%]{1,5000}+^%%$",
        "a comment of Obsidian",
        lambda found: f"write <!-- {found[0].strip('%').strip()} -->",
    ),
    ("box", r"^ {0,3}:::++[ \t]*(?:\w[\w-]*|\{[^{}\n]*\})", "a box of another program", _advise_box),
    (
        "note",
        r"\^\[[^\[\]\n]+\]",
        "an inline footnote",
        lambda found: f"write [^1], and on a line of its own [^1]: {found[0][2:-1]}",
    ),
    (
        "attributes",
        r"(?<=[\])])\{[.#:\w][^{}\n]*\}",
        "what Pandoc and Quarto say of a text or a picture",
        lambda _: 'delete it; styles of your own have classes that begin with my-: <span class="my-name">',
    ),
    (
        "formula",
        r"\$\$[^$]{1,2000}+\$\$|(?<![\w$])\$(?=[^\s$])[^$\n\\^_]*+[\\^_][^$\n]*+(?<=\S)\$(?![\w$])",
        "a formula of TeX",
        lambda _: "write it in signs, x² + y², or as a picture",
    ),
    (
        "script",
        r"(?<=[^\W_])(?:~\w{1,4}~(?!~)|\^\w{1,4}\^)",
        "a sign below or above the line as Pandoc writes it",
        lambda found: "write <{0}>{1}</{0}>".format("sub" if found[0][0] == "~" else "sup", found[0][1:-1]),
    ),
    (
        "module",
        r"^(?:import|export)[ \t]+[\w{*][^\n]*[\"'];?$",
        "a line of MDX",
        lambda _: "delete it: no component is taken in here",
    ),
    (
        "snippet",
        r"^ {0,3}(?:-+8<-+[ \t]+\S[^\n]*|===[+!]?[ \t]+[\"'][^\n]*)$",
        "a snippet or a tab of MkDocs",
        lambda _: "write what stands in it, below a heading of its own: ### …",
    ),
    (
        "insertion",
        r"(?<!\^)\^\^(?=[^\s^])[^^\n]+\^\^",
        "an insertion of MkDocs",
        lambda found: f"write <ins>{found[0].strip('^')}</ins>",
    ),
    (
        "icon",
        r"(?<![\w:]):(?:material|fontawesome|octicons|simple)-[\w-]+:",
        "an icon of MkDocs",
        lambda _: "delete it, or write a sign",
    ),
    (
        "emoji",
        r"(?<![\w:/]):[a-z0-9_+-]{2,40}:(?![\w:])",
        "the short name of an emoji",
        lambda found: f"write the sign itself: {_find_emoji(found[0])}",
    ),
    (
        "label",
        r"^\([\w-]+\)=$",
        "a label of MyST",
        lambda _: "delete it; a link leads to the heading of a step: #the-call",
    ),
    (
        "directive",
        r"^\.\. [\w-]+::[^\n]*$",
        "a directive of reStructuredText",
        lambda _: "write in Markdown what it makes: a picture, a box (> [!NOTE])",
    ),
    (
        "citation",
        r"\[-?@\w[^\[\]\n]*\](?!\()|(?<![\w@.])@(?:fig|tbl|sec|eq|cr)-[\w-]+",
        "a reference of Pandoc or Quarto",
        lambda _: "write a note, [^1], and on a line of its own [^1]: where it is from; or name it in words",
    ),
    (
        "block",
        r"(?<=[ \t])\^[A-Za-z0-9-]{3,}$",
        "the id of a block of Obsidian",
        lambda _: "delete it; a link leads to the heading of a step: #the-call",
    ),
    (
        "wordpress",
        r"\[/?(?:caption|gallery|embed|video|audio|playlist)(?:[ \t][^\[\]\n]*)?\](?![\[(:])",
        "a shortcode of WordPress",
        lambda _: "write ![what it shows](picture.jpg), with its caption in emphasis on the line below",
    ),
    (
        "quotes",
        r"(?<![\w'])'{2,3}(?=[^\s'])[^'\n]+'{2,3}(?![\w'])",
        "bold or italic of MediaWiki",
        lambda found: (
            f"write {'**' if found[0].startswith(chr(39) * 3) else '*'}{found[0].strip(chr(39))}"
            f"{'**' if found[0].startswith(chr(39) * 3) else '*'}"
        ),
    ),
    (
        "essay",
        r"<param[ \t]+ve-[^<>\n]*>|^ {0,3}\.ve-[\w-]+[ \t][^\n]*$",
        "a tag of Juncture",
        lambda _: "write the field of a step: place: 50.08, 14.43",
    ),
    (
        "forum",
        rf"\[{_FORUM}(?:=[^\[\]\n]*)?\][^\[\]\n]*\[/{_FORUM}\]",
        "the markup of a forum",
        lambda _: "write Markdown: **bold**, *italic*, [text](address), ![picture](file)",
    ),
)
_FOREIGN = re.compile(
    r"(?P<escaped>\\)?(?:" + "|".join(f"(?P<{key}>{pattern})" for key, pattern, _, _ in _MARKUP) + ")", re.MULTILINE
)
_MARK = re.compile(
    r"\{\{|\{%|\[\[|\[/|\[toc\]|\[TOC\]|==|%%|:::|\^\[|\]\{|\)\{|\$|~\w{1,4}~|\^\w{1,4}\^"
    r"|\{[-+~>:]|===|8<-|\^\^|:[a-z0-9_+-]+:|\)=\n|:: |::\n|@|[ \t]\^[A-Za-z0-9]|''|ve-"
    r"|^(?:import|export)[ \t]|\[(?:caption|gallery|embed|video|audio|playlist)",
    re.MULTILINE,
)
"""One of these is in all of it, and in few parts of few stories. Each begins with a sign, for which regular expressions
look fast."""

_ADVICE = {key: (name, advise) for key, _, name, advise in _MARKUP}
