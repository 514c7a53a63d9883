from __future__ import annotations

from collections.abc import Callable

from storymap.streets.kept_reads import KeptReads


def test_what_was_read_is_read_again_only_after_it_was_let_go_of() -> None:
    read: list[str] = []

    def reading(name: str, count: int) -> Callable[[], list[str]]:
        def read_now() -> list[str]:
            read.append(name)
            return [name] * count

        return read_now

    kept = KeptReads(most=10)
    for name in ("a", "b", "a", "c", "a", "b"):
        assert kept.find(name, reading(name, 4)) == [name] * 4
    assert read == ["a", "b", "c", "b"], "that which nobody asked for longest goes first"
    assert kept.find("none", reading("none", 0)) == []
    assert kept.find("none", reading("none", 1)) == [], "nothing is kept, too"
    assert len(kept.find("large", reading("large", 40))) == 40


def test_what_is_read_for_several_at_once_is_kept_once() -> None:
    kept = KeptReads(most=10)

    def read_meanwhile() -> list[str]:
        assert kept.find("a", lambda: ["first"] * 4) == ["first"] * 4
        return ["second"] * 4

    assert kept.find("a", read_meanwhile) == ["second"] * 4
    assert kept.find("a", list) == ["first"] * 4
    assert kept.find("b", lambda: ["b"] * 4) == ["b"] * 4
    assert kept.find("a", list) == ["first"] * 4, "there is room for two"
