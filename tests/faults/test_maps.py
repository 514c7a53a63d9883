"""Maps that real projects asked for and did not get."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Lay = Callable[[str], Any]


def test_an_option_that_json_cannot_hold_is_a_failed_hook(fault: Lay) -> None:
    outcome = fault("attacks/hook-option-not-json").build()
    assert outcome.exit_code == 1
    assert "error[hook-failed]: the map hook failed with TypeError: " in outcome.output
