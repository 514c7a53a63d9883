"""Contexts of Chromium that stay from test to test, because making one takes longer than most tests."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Browser, BrowserContext

PATIENCE = 60_000
"""Milliseconds until what does not come has failed: far more than it takes on a machine that others use as well."""


class Contexts:
    """Contexts of Chromium, which tests use one after another and one test at a time.

    Opening the first page of a context takes longer than what most tests do with it: a profile is made, and scripts are
    compiled anew. So a context stays, with an empty page that keeps it warm. What a test does to its page (its history,
    its session storage, its scripts) goes with the page; of a context, permissions, cookies and what pages
    from disk kept are taken back.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: dict[str, list[BrowserContext]] = {}

    @contextlib.contextmanager
    def lend(self, options: Mapping[str, Any]) -> Iterator[BrowserContext]:
        """A context that was made with these options, and that nobody else uses meanwhile."""
        free = self._free.setdefault(repr(sorted(options.items())), [])
        context = free.pop() if free else self._make(options)
        warming = context.pages[0]
        yield context
        for page in context.pages:
            if page is not warming:
                page.close()
        context.unroute_all(behavior="ignoreErrors")
        context.clear_permissions()
        context.clear_cookies()
        session = context.new_cdp_session(warming)
        session.send("Storage.clearDataForOrigin", {"origin": "file:///", "storageTypes": "local_storage"})
        session.detach()
        free.append(context)

    def _make(self, options: Mapping[str, Any]) -> BrowserContext:
        context = self._browser.new_context(**options)
        context.set_default_timeout(PATIENCE)
        context.new_page()
        return context
