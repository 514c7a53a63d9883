"""The keys of a collection's front matter, at the top of its `_collection.md`."""

from __future__ import annotations

from pydantic import Field

from storymap.reading.cover_fields import Credits
from storymap.reading.fields import WrittenFields
from storymap.reading.values import Extra, Flag, Lang, Order, Text, Texts


class CollectionFields(WrittenFields):
    """What stands between the two `---` lines at the top of `_collection.md`."""

    title: Text | None = Field(
        None,
        description="The collection's name, on its front page, its card and its stories. Without it, a `# heading` at "
        "the top names it, or else its folder.",
        examples=["The long drought"],
    )
    summary: Text | None = Field(
        None,
        description="One sentence that says what the collection is about, for its card and its feed.",
        examples=["Seven villages along a river that no longer reaches the sea."],
    )
    lang: Lang | None = Field(
        None,
        description="The language that the collection is described in, as a BCP 47 tag. Without it, it is the site's.",
        examples=["en", "cs"],
    )
    cover: Text | None = Field(
        None,
        description="The picture of the collection's card: a file beside `_collection.md`. Without it, the card shows "
        "a map of its stories.",
        examples=["river.jpg"],
    )
    tags: Texts | None = Field(
        None,
        description="What all stories of the collection are about, in a word or two each: they have these tags besides "
        "their own.",
        examples=["drought", "[drought, rivers]"],
    )
    credits: Credits = Field(
        default_factory=dict,
        description="Whose the pictures, sounds and films are that the front page shows, as in a story.",
        examples=["{river.jpg: Jana Nováková}"],
    )
    order: Order | None = Field(
        None,
        description="Where the collection stands on the atlas, lowest first. Without it, where the earliest of its "
        "stories would.",
        examples=["1"],
    )
    lead: Flag = Field(
        default=False,
        description="Whether the collection stands first and large on the atlas.",
        examples=["true"],
    )
    draft: Flag = Field(
        default=False,
        description="Keep the collection and all its stories out of the site until it is finished; `--drafts` "
        "shows it.",
        examples=["true"],
    )
    aliases: Texts | None = Field(
        None,
        description="Earlier names of the collection's folder: each leaves a page that leads to the present one.",
        examples=["[drought-2025]"],
    )
    extra: Extra = Field(
        default_factory=dict,
        description="Keys of your own, which the site ignores and Python code can read.",
        examples=["{editor: Jana}"],
    )

    @property
    def cover_file(self) -> str:
        """The name of its cover, or empty."""
        return self.cover or ""
