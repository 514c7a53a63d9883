"""Check how a site is found and shared: whether it knows its address, and its stories the day they were published."""

from __future__ import annotations

from storymap.checking.checked import CheckedProject
from storymap.errors import Report


def check_sharing(checked: CheckedProject, report: Report) -> None:
    """Tell, once for the site, what is missing of it, and what that costs; and days that cannot be right."""
    for source in checked.sources:
        front = source.front
        if front.published and front.updated and front.updated < front.published:
            report.warning(
                "updated-too-early",
                f"the story was updated on {front.updated}, before it was published on {front.published}",
                front.where("updated"),
                help="correct one of the two days, or leave updated out",
            )
    if not checked.project.settings.url:
        report.note(
            "no-site-address",
            "the site does not know where it will stand: it has no feed and no sitemap, and a link to one of its pages "
            "is shown without a card",
            checked.project.where("url"),
            help='give url in the settings, such as url = "https://example.org/walks", or say --url when you build',
        )
        return
    told = [source for source in checked.sources if not source.front.draft]
    undated = [source for source in told if not (source.front.published or source.front.updated)]
    if undated:
        first = undated[0]
        more = f", and {len(undated) - 1} more like it," if len(undated) > 1 else ""
        report.note(
            "not-published",
            f'"{first.title}"{more} does not say when it was published: the feed dates it by what it tells of',
            first.at,
            help="write the day into its front matter: published: 2026-11-27",
        )
