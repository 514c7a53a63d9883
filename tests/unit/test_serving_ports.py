"""Finding a port: one that is taken is told together with the next that is free."""

from __future__ import annotations

import pytest

from storymap.serving.ports import PortTakenError, open_port

HOST = "127.0.0.1"


def test_any_free_port_is_bound_and_can_be_had_again() -> None:
    with open_port(HOST, 0) as bound:
        port = bound.getsockname()[1]
    with open_port(HOST, port) as again:
        assert again.getsockname() == (HOST, port)


def test_taken_port_offers_another_that_is_free() -> None:
    with open_port(HOST, 0) as bound:
        port = bound.getsockname()[1]
        with pytest.raises(PortTakenError) as caught:
            open_port(HOST, port)
        assert caught.value.port == port
        with open_port(HOST, caught.value.free) as other:
            assert other.getsockname()[1] > port


def test_strange_host_is_no_taken_port() -> None:
    with pytest.raises(OSError, match=r".") as caught:
        open_port("192.0.2.1", 0)
    assert not isinstance(caught.value, PortTakenError)
