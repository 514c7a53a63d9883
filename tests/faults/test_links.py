"""Links and addresses as authors spell them."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import unquote

import pytest


def addresses(page: str) -> list[str]:
    """Every `href` and `src` of a page, as a browser reads them."""
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value or "" for name, value in attrs if name in ("href", "src"))

    Reader().feed(page)
    return found


@pytest.mark.parametrize("drafts", [False, True])
def test_a_link_to_a_draft_is_told_as_that_by_build_and_check_alike(fault, drafts: bool) -> None:
    found = fault("link-to-draft")
    if drafts:
        assert found.build("--drafts").exit_code == 0
        return
    told = [
        [line for line in found.run(command).output.splitlines() if "error[" in line] for command in ("build", "check")
    ]
    assert told[0] == told[1]
    assert len(told[0]) == 1
    assert "error[link-to-draft]" in told[0][0]
    assert "is a draft" in told[0][0]


@pytest.mark.parametrize(
    ("name", "page"),
    [("link-to-story-with-blank", "my-walk.html"), ("link-to-story-with-capitals", "příběh-č-1.html")],
)
def test_a_link_to_a_story_leads_to_its_page_however_its_file_is_called(fault, name: str, page: str) -> None:
    found = fault(name)
    assert found.build().exit_code == 0
    assert found.check().exit_code == 0
    led = [unquote(address.partition("#")[0]) for address in addresses(found.page("a.html"))]
    assert page in led
    assert not [address for address in led if address.endswith(".md")]
    assert (found.folder / "site" / page).is_file()


def test_the_address_of_a_picture_is_encoded(fault) -> None:
    found = fault("picture-percent-in-name")
    assert found.build().exit_code == 0
    assert "media/Ml%25C3%25BDn.png" in addresses(found.page("s.html"))
    assert (found.folder / "site" / "media" / "Ml%C3%BDn.png").is_file()
