"""The streams of events: what a page is told, when, and how many may listen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from anyio.from_thread import start_blocking_portal

from storymap.serving.listeners import MOST, Listeners


class State:
    """What `find_state` gives, which a test changes."""

    def __init__(self) -> None:
        self.text = '{"version": "1"}'

    async def find(self) -> str:
        return self.text


async def next_event(events: AsyncIterator[bytes]) -> str:
    return (await anext(events)).decode()


def test_page_is_told_its_state_at_once_and_then_only_what_changed() -> None:
    async def check() -> None:
        listeners, state = Listeners(), State()
        events = listeners.listen(state.find)
        assert await next_event(events) == "retry: 300\n\n"
        assert await next_event(events) == 'data: {"version": "1"}\n\n'
        coming = asyncio.ensure_future(next_event(events))
        await asyncio.sleep(0)
        listeners.wake()  # a build that changes nothing for this page
        for _ in range(5):
            await asyncio.sleep(0)
        assert not coming.done()
        state.text = '{"version": "2"}'
        listeners.wake()
        assert await coming == 'data: {"version": "2"}\n\n'

    with start_blocking_portal() as portal:  # browser tests leave this thread an event loop that runs
        portal.call(check)


def test_oldest_is_told_to_rest_where_too_many_listen() -> None:
    async def check() -> None:
        listeners, state = Listeners(), State()
        streams = [listeners.listen(state.find) for _ in range(MOST + 1)]
        for stream in streams:
            await next_event(stream)
        assert await next_event(streams[0]) == "event: rest\ndata: \n\n"
        assert await anext(streams[0], None) is None
        assert await next_event(streams[1]) == 'data: {"version": "1"}\n\n'
        assert len(listeners) == MOST

    with start_blocking_portal() as portal:  # browser tests leave this thread an event loop that runs
        portal.call(check)


def test_stopping_ends_every_stream_and_lets_none_begin() -> None:
    async def check() -> None:
        listeners, state = Listeners(), State()
        events = listeners.listen(state.find)
        await next_event(events)
        await next_event(events)
        listeners.close()
        assert await anext(events, None) is None
        assert len(listeners) == 0
        assert [event async for event in listeners.listen(state.find)] == []

    with start_blocking_portal() as portal:  # browser tests leave this thread an event loop that runs
        portal.call(check)
